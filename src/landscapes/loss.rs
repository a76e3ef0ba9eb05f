//! What can be asked of a loss at a point, and over many points at once.

use super::{FirstOrder, Fisher, SampledLoss, SecondOrder};
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Dimension, Jet1, Jet2, Lanes, Point, Rounded, ScalarField, Symmetric2, Vector, batch, parallel};

/// The errors of a value and its derivatives.
pub(super) fn errors(jet: Jet2<Rounded>) -> [f64; 6] {
    [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy].map(|number| number.error)
}

/// The object-safe loss: single points in `f64`, grids in lanes, both from the same formula.
///
/// Nothing here fails: where the loss has no value the numbers are not finite, and the caller says so.
pub trait Loss: Send + Sync {
    /// How many weights it has.
    fn dimension(&self) -> Dimension {
        Dimension::Two
    }

    /// The samples that it is a sum or mean over, and what only such a loss answers; `None` for a plain surface.
    fn as_samples(&self) -> Option<&dyn SampledLoss> {
        None
    }

    /// The work for one sample, in multiples of that of the smallest network; for a loss without samples, in multiples of a short
    /// formula.
    fn effort(&self) -> usize {
        1
    }

    /// The Gauss–Newton matrix, which a method may use instead of the Hessian; `None` where there are no samples.
    fn gauss_newton(&self, at: Point) -> Option<Symmetric2> {
        Some(self.as_samples()?.gauss_newton(at))
    }

    /// The Fisher matrix, where the loss is the negative logarithm of a density.
    fn fisher(&self, at: Point) -> Option<Fisher> {
        self.as_samples()?.fisher(at)
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
    let cost = loss.as_samples().map_or(1, SampledLoss::count).saturating_mul(loss.effort());
    if out.len().saturating_mul(cost) < MUCH {
        return loss.values(xs, ys, out);
    }
    parallel::for_each_row(out, SHARE, |row, out| {
        let points = row * SHARE..row * SHARE + out.len();
        loss.values(&xs[points.clone()], &ys[points], out);
    });
}

/// A loss written once, generic over the number type: everything else follows from it.
impl<F: ScalarField> Loss for F {
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
