//! What can be asked of a loss at a point, and over many points at once.

use super::ViewBox;
use super::computation::Computation;
use super::networks::{OneUnit, SampleValues};
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Dimension, Jet1, Jet2, Lanes, Point, Rounded, ScalarField, Symmetric2, Vector, batch, parallel};

/// Value and gradient at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstOrder {
    /// Loss, f.
    pub value: f64,
    /// ∇f.
    pub gradient: Vector,
}

/// Value, gradient and Hessian at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondOrder {
    /// Loss, f.
    pub value: f64,
    /// ∇f.
    pub gradient: Vector,
    /// ∇²f.
    pub hessian: Symmetric2,
}

impl From<Jet1<f64>> for FirstOrder {
    fn from(jet: Jet1<f64>) -> Self {
        Self { value: jet.value, gradient: Vector::from(alike([jet.dx, jet.dy])) }
    }
}

impl From<Jet2<f64>> for SecondOrder {
    fn from(jet: Jet2<f64>) -> Self {
        let [xx, xy, yy] = alike([jet.dxx, jet.dxy, jet.dyy]);
        Self { value: jet.value, gradient: Vector::from(alike([jet.dx, jet.dy])), hessian: Symmetric2::new(xx, xy, yy) }
    }
}

/// Derivatives of one order; where one of them is NaN, infinite ones become NaN, too. Both mean that the derivative is beyond the
/// range of a number, and an infinity would claim a sign that is not known either.
fn alike<const N: usize>(derivatives: [f64; N]) -> [f64; N] {
    let is_unknown = derivatives.iter().any(|derivative| derivative.is_nan());
    derivatives.map(|derivative| if is_unknown && derivative.is_infinite() { f64::NAN } else { derivative })
}

/// The errors of a value and its derivatives.
pub(super) fn errors(jet: Jet2<Rounded>) -> [f64; 6] {
    [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy].map(|number| number.error)
}

/// How much the samples tell about the weights, if they come from the distribution that the loss supposes.
///
/// Source: S. Amari, Natural gradient works efficiently in learning (1998).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fisher {
    /// k Σ E\[∇ ln p(y|x) ∇ ln p(y|x)ᵀ\], y drawn from p, with the factor k of [`Sampled::scale`].
    pub matrix: Symmetric2,
    /// The distribution p, in words.
    pub noise: &'static str,
}

/// What the Hessian of a loss over samples is the sum of, H = G + R, and how large each factor is.
///
/// Source: Nocedal and Wright, Numerical Optimization (2006), section 10.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HessianParts {
    /// G = k Σ l″ J Jᵀ, J = ∂o/∂w: how the loss of an output bends.
    pub gauss_newton: Symmetric2,
    /// R = k Σ l′ K, K = ∂²o/∂w²: residual × curvature of the network.
    pub residual: Symmetric2,
    /// k Σ |l′| ‖K‖, with the norm of Frobenius: R without what cancels between samples.
    pub residual_size: f64,
    /// The largest ‖K‖: 0 where every output is linear in the weights.
    pub output_bend: f64,
    /// The largest ‖J‖: 0 where no weight moves any output.
    pub output_gradient: f64,
    /// The largest |l″|: 0 where the loss of every output has a constant slope.
    pub loss_bend: f64,
}

/// Queries that only a loss over samples answers; a plain surface keeps the defaults.
pub trait Sampled {
    /// The Gauss–Newton matrix.
    fn gauss_newton(&self, _at: Point) -> Option<Symmetric2> {
        None
    }

    /// What the Hessian is the sum of.
    fn hessian_parts(&self, _at: Point) -> Option<HessianParts> {
        None
    }

    /// The Fisher matrix, where the loss is the negative logarithm of a density: of a squared error that of normal noise of
    /// variance 1, half the Gauss–Newton matrix; of cross-entropy that of the classes, the whole of it.
    fn fisher(&self, _at: Point) -> Option<Fisher> {
        None
    }

    /// The work for one sample, in multiples of that of the smallest network; for a loss without samples, in multiples of a short
    /// formula.
    fn effort(&self) -> usize {
        1
    }

    /// How many samples the loss is a sum or mean over.
    fn samples(&self) -> Option<usize> {
        None
    }

    /// The factor k of f = k Σ lᵢ: 1 for a sum over the n samples, 1/n for a mean.
    fn scale(&self) -> Option<f64> {
        None
    }

    /// Whether it is a sum over samples, and not their mean, which for one sample is the same.
    fn is_sum(&self) -> bool {
        false
    }

    /// The same loss over a batch, the samples with these indices, each as often as it stands there: their sum where
    /// the loss is a sum, their mean where it is a mean; not finite for an index beyond the samples.
    fn batch(&self, _at: Point, _samples: &[usize]) -> Option<FirstOrder> {
        None
    }

    /// What every sample sends forward through the nodes and back, in the samples' order; where there is one hidden unit.
    fn backprop(&self, _at: Point) -> Option<Vec<SampleValues>> {
        None
    }

    /// The operations of the network as a graph, from weights and input to what a sample adds to the loss.
    fn computation(&self) -> Option<Computation> {
        None
    }

    /// The pieces of a network with one hidden unit.
    fn one_unit(&self) -> Option<OneUnit> {
        None
    }

    /// The network's output o(w; x) for an input.
    fn output(&self, _at: Point, _x: f64) -> Option<f64> {
        None
    }

    /// The outputs for many inputs, in lanes: for pictures, equal to [`Sampled::output`] up to the last bits. False, and
    /// nothing written, where there is no network.
    fn outputs(&self, _at: Point, _xs: &[f64], _out: &mut [f64]) -> bool {
        false
    }

    /// ∂f/∂oᵢ = k l′ where the network answers `output` and `y` is wanted.
    fn output_slope(&self, _output: f64, _y: f64) -> Option<f64> {
        None
    }

    /// The probability of class 1 that an output stands for, σ(o), where the samples are classes and o is a logit.
    fn probability(&self, _output: f64) -> Option<f64> {
        None
    }

    /// Every sample's own loss lᵢ, in order; f is their sum times [`Sampled::scale`].
    fn sample_losses(&self, _at: Point) -> Option<Vec<f64>> {
        None
    }

    /// n k ∇lᵢ of every sample, in order: their mean is ∇f. For a mean that is ∇lᵢ itself, for a sum n times it.
    fn sample_gradients(&self, _at: Point) -> Option<Vec<Vector>> {
        None
    }

    /// For every sample, in order, whether it switches the unit on, u > 0; where there is one rectified unit.
    fn switched_on(&self, _at: Point) -> Option<Vec<bool>> {
        None
    }

    /// The part of a box where the unit is off for every sample and the gradient vanishes: a convex polygon,
    /// counter-clockwise, or empty; where there is one rectified unit. Of several layers, a part where the last
    /// unit is off for every input.
    fn dead_region(&self, _view: &ViewBox) -> Option<Vec<Point>> {
        None
    }
}

/// The object-safe loss: single points in `f64`, grids in lanes, both from the same formula.
///
/// Nothing here fails: where the loss has no value the numbers are not finite, and the caller says so.
pub trait Loss: Sampled + Send + Sync {
    /// How many weights it has.
    fn dimension(&self) -> Dimension {
        Dimension::Two
    }

    /// f(w).
    fn value(&self, at: Point) -> f64;
    /// The distance from a point along a unit vector to the first place without a value. `None` if there is none up to the limit, or
    /// if only evaluations could tell.
    fn ends_along(&self, _from: Point, _unit: Vector, _limit: f64) -> Option<f64> {
        None
    }

    /// What the entries of the Hessian are known to beside their own roundings: 0 for a formula, more where they are differences
    /// of measured values.
    fn hessian_noise(&self) -> Symmetric2 {
        Symmetric2::new(0.0, 0.0, 0.0)
    }

    /// How far f, ∂x, ∂y, ∂xx, ∂xy, ∂yy may be from their exact values, by the roundings on the way; `None` where that is not
    /// known.
    fn roundings(&self, _at: Point) -> Option<[f64; 6]> {
        None
    }

    /// f and ∇f; the value has the same bits as [`Loss::value`].
    fn first_order(&self, at: Point) -> FirstOrder;
    /// f, ∇f and ∇²f; value and gradient have the same bits as those of [`Loss::first_order`].
    fn second_order(&self, at: Point) -> SecondOrder;
    /// Whether the point lies on an area or a line along which the loss is known to be constant, of those that the
    /// landscape knows without a search.
    fn is_level(&self, _at: Point) -> bool {
        false
    }
    /// f at (xs\[i\], y), in lanes: for pictures, equal to [`Loss::value`] up to the last bits.
    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]);
    /// f at (xs\[i\], ys\[i\]), in lanes.
    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]);
    /// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy at (xs\[i\], ys\[i\]), in lanes.
    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]);

    /// f, ∂x, ∂y at packs of points, the first three of f, ∂x, ∂y, ∂xx, ∂xy, ∂yy; equal to [`Loss::first_order`] up to the last
    /// bits, and where nothing but arithmetic and roots occurs, to all of them.
    fn first_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        for (at, out) in at.iter().zip(out) {
            each_lane(at, out, |at| {
                let FirstOrder { value, gradient } = self.first_order(at);
                [value, gradient.x, gradient.y, 0.0, 0.0, 0.0]
            });
        }
    }

    /// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy at packs of points; equal to [`Loss::second_order`] up to the last bits, and where nothing
    /// but arithmetic and roots occurs, to all of them.
    fn second_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        for (at, out) in at.iter().zip(out) {
            each_lane(at, out, |at| {
                let SecondOrder { value, gradient, hessian } = self.second_order(at);
                [value, gradient.x, gradient.y, hessian.xx, hessian.xy, hessian.yy]
            });
        }
    }
}

/// Numbers of every point of a pack, one after the other.
fn each_lane(at: &[Lanes; 2], out: &mut [Lanes; 6], numbers: impl Fn(Point) -> [f64; 6]) {
    for lane in 0..WIDTH {
        let found = numbers(Point::new(at[0].0[lane], at[1].0[lane]));
        for (out, number) in out.iter_mut().zip(found) {
            out.0[lane] = number;
        }
    }
}

/// As [`Loss::values`], on all cores where that is much work; the same numbers.
pub fn values_on_all_cores(loss: &dyn Loss, xs: &[f64], ys: &[f64], out: &mut [f64]) {
    /// Points that one core is given: whole packs, so that each point stands in the pack where it would stand alone.
    const SHARE: usize = 1024;
    /// Evaluations of one sample each that are worth it.
    const MUCH: usize = 2_000_000;
    let cost = loss.samples().unwrap_or(1).saturating_mul(loss.effort());
    if out.len().saturating_mul(cost) < MUCH {
        return loss.values(xs, ys, out);
    }
    parallel::for_each_row(out, SHARE, |row, out| {
        let points = row * SHARE..row * SHARE + out.len();
        loss.values(&xs[points.clone()], &ys[points], out);
    });
}

/// A loss written once, generic over the number type: everything else follows from it.
impl<F: ScalarField + Sampled> Loss for F {
    fn value(&self, at: Point) -> f64 {
        ScalarField::value(self, at.x, at.y)
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        ScalarField::value(self, Jet1::x(at.x), Jet1::y(at.y)).into()
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        ScalarField::value(self, Jet2::x(at.x), Jet2::y(at.y)).into()
    }

    fn roundings(&self, at: Point) -> Option<[f64; 6]> {
        let [x, y] = [at.x, at.y].map(Rounded::exact);
        Some(errors(ScalarField::value(self, Jet2::x(x), Jet2::y(y))))
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        batch::value_row(self, xs, y, out);
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        batch::values(self, xs, ys, out);
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        batch::hessians(self, xs, ys, out);
    }

    fn first_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        batch::first_orders_of_packs(self, at, out);
    }

    fn second_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        batch::second_orders_of_packs(self, at, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn the_cores_change_no_bit() {
        let landscape = Landscape::parse("depth:n=3000").unwrap();
        let xs: Vec<f64> = (0..2500).map(|index| f64::from(index) * 1e-3 - 1.0).collect();
        let ys: Vec<f64> = xs.iter().map(|x| 0.5 - x * x).collect();
        let mut both = [vec![0.0; xs.len()], vec![0.0; xs.len()]];
        landscape.loss().values(&xs, &ys, &mut both[0]);
        values_on_all_cores(landscape.loss(), &xs, &ys, &mut both[1]);
        assert_eq!(both[0], both[1]);
    }
}
