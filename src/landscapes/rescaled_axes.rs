//! Rescaled axes: f(Ay), the same loss in coordinates y that are stretched and turned, x = Ay.
//!
//! The chain rule gives its derivatives, ∇ = Aᵀ∇f and H = `AᵀHA`. Newton's path is the same in both coordinate systems,
//! x = Ay at every iterate; that of gradient descent is not.
//!
//! Source: S. Boyd and L. Vandenberghe, Convex Optimization (2004), section 9.5.1.

use std::sync::Arc;

use super::landscape::Origin;
use super::{
    Argument, CriticalSet, FirstOrder, Fisher, InputError, KinkLine, Landscape, Loss, SampledLoss, SecondOrder,
    Suggestion, ViewBox, key_values,
};
use crate::numbers::numerals::{exact, number};
use crate::numbers::{Dimension, Point, Symmetric2, Vector, extremes};

/// The largest factor of an axis, and the reciprocal of the least.
const MOST: f64 = 1e6;
/// The keys of both numbers on the command line.
const KEYS: [&str; 2] = ["stretch", "angle"];

/// x = Ay with A = R(angle) diag(stretch, 1): the first coordinate times a factor, then a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RescaledAxes {
    /// The factor of the first coordinate.
    pub stretch: f64,
    /// The angle of the turn, in radians, counter-clockwise.
    pub angle: f64,
}

impl RescaledAxes {
    /// The axes as they are.
    pub const PLAIN: Self = Self { stretch: 1.0, angle: 0.0 };

    /// The columns of A.
    pub fn columns(self) -> [Vector; 2] {
        let (sine, cosine) = libm::sincos(self.angle);
        [Vector::new(cosine, sine) * self.stretch, Vector::new(-sine, cosine)]
    }

    /// x = Ay.
    pub fn out_of(self, y: Point) -> Point {
        let [first, second] = self.columns();
        Point::from(first * y.x + second * y.y)
    }

    /// y = A⁻¹x.
    pub fn into(self, x: Point) -> Point {
        let (sine, cosine) = libm::sincos(self.angle);
        Point::new((cosine * x.x + sine * x.y) / self.stretch, cosine * x.y - sine * x.x)
    }

    /// Whether a loss with this number of weights can be seen in them.
    fn check(self, dimension: Dimension) -> Result<(), InputError> {
        if !(1.0 / MOST..=MOST).contains(&self.stretch) {
            return Err(InputError::Data(format!("stretch cannot be {}: it must be from 10⁻⁶ to 10⁶", self.stretch)));
        }
        if !self.angle.is_finite() {
            return Err(InputError::Data(format!("angle cannot be {}: it must be a finite number", self.angle)));
        }
        if dimension.is_one() && self.angle != 0.0 {
            return Err(InputError::Data("angle turns two weights: this loss has one".to_owned()));
        }
        Ok(())
    }
}

/// A landscape in other axes.
pub(super) struct Rescaled {
    /// The landscape itself.
    pub(super) inner: Landscape,
    pub(super) axes: RescaledAxes,
    /// Its formula, with what was done to it.
    pub(super) formula: String,
}

impl PartialEq for Rescaled {
    fn eq(&self, other: &Self) -> bool {
        self.axes == other.axes && self.inner == other.inner
    }
}

impl Landscape {
    /// The same loss in other axes, instead of those it is seen in; [`RescaledAxes::PLAIN`] gives back the landscape itself.
    ///
    /// # Errors
    /// [`InputError::Data`] for an invalid factor, and for a rotation of a loss of one weight.
    pub fn with_axes(&self, axes: RescaledAxes) -> Result<Self, InputError> {
        axes.check(self.dimension())?;
        let inner = self.without_axes().clone();
        if axes == RescaledAxes::PLAIN {
            return Ok(inner);
        }
        let loss: Arc<dyn Loss> = Arc::new(RescaledLoss::new(Arc::clone(&inner.loss), axes));
        let corners = inner.domain().corners().map(|corner| axes.into(corner));
        let [x, y] = [0, 1].map(|axis| extremes(corners.map(|corner| corner[axis])));
        // One weight is shown over the values that the other had.
        let own_domain = ViewBox { x, y: if inner.dimension().is_one() { inner.domain().y } else { y } };
        let Suggestion { start, rate } = inner.suggestion();
        // The largest curvature grows by up to the square of the factor.
        let rate = rate / (axes.stretch * axes.stretch).max(1.0);
        let suggestion = Suggestion { start: axes.into(Point::from(start)).into(), rate };
        let formula =
            format!("{} at Ay, A = R({}) diag({}, 1)", inner.formula(), number(axes.angle), number(axes.stretch));
        let (entry, values) = (inner.entry, inner.values.clone());
        let origin = Origin::Rescaled(Arc::new(Rescaled { inner, axes, formula }));
        Ok(Self { entry, values, origin, own_domain, chosen_domain: None, suggestion, loss })
    }

    /// Whether a key is of the axes, and not of a parameter that is called so.
    pub(super) fn is_of_axes(&self, key: &str) -> bool {
        KEYS.contains(&key) && self.parameters().iter().all(|parameter| parameter.name != key)
    }

    /// The same loss in axes of which one number is another, as `key=value` spells it.
    pub(super) fn with_axes_word(&self, key: &str, value: &str) -> Result<Self, InputError> {
        let (axes, value) = (self.axes(), key_values::number(key, value)?);
        let axes = if key == KEYS[0] {
            RescaledAxes { stretch: value, ..axes }
        } else {
            RescaledAxes { angle: value, ..axes }
        };
        Ok(self.with_axes(axes)?.with_domain(self.chosen_domain))
    }

    /// The axes that it is seen in.
    pub fn axes(&self) -> RescaledAxes {
        match &self.origin {
            Origin::Rescaled(rescaled) => rescaled.axes,
            _ => RescaledAxes::PLAIN,
        }
    }

    /// The landscape in its own axes.
    pub fn without_axes(&self) -> &Self {
        match &self.origin {
            Origin::Rescaled(rescaled) => &rescaled.inner,
            _ => self,
        }
    }
}

impl Rescaled {
    /// The spelling of the command line.
    pub(super) fn spelled(&self) -> String {
        let (RescaledAxes { stretch, angle }, inner) = (self.axes, self.inner.to_string());
        let separator = if inner.contains(':') { ',' } else { ':' };
        format!("{inner}{separator}{}={},{}={}", KEYS[0], exact(stretch), KEYS[1], exact(angle))
    }

    /// What is to be known of them: A, and where a start of the landscape itself lies.
    pub(super) fn note(&self) -> String {
        let columns = self.axes.columns();
        let row = |row: usize| columns.map(|column| number(column[row])).join(", ");
        format!("The axes are rescaled: the loss at y is f(Ay) with A = ({}; {}).", row(0), row(1))
    }

    pub(super) fn critical_sets(&self) -> Vec<CriticalSet> {
        let into = |places: &[Point]| places.iter().map(|at| self.axes.into(*at)).collect::<Vec<Point>>();
        let moved = |set: CriticalSet| CriticalSet {
            kind: set.kind,
            text: format!("{} (in the axes of f)", set.text),
            polyline: into(&set.polyline),
            gaps: set.gaps.iter().map(|gap| into(gap)).collect(),
            label: set.label.map(|(at, text)| (self.axes.into(at), text)),
        };
        self.inner.critical_sets().into_iter().map(moved).collect()
    }

    pub(super) fn corners(&self) -> Vec<Point> {
        self.inner.corners().into_iter().map(|at| self.axes.into(at)).collect()
    }

    pub(super) fn kink_lines(&self) -> Vec<KinkLine> {
        let moved = |line: KinkLine| {
            let argument = match line.argument {
                Argument::Line { normal, constant } => {
                    Argument::Line { normal: pulled(self.axes.columns(), normal), constant }
                }
                Argument::Curve(inner) => Argument::Curve(Arc::new(RescaledLoss::new(inner, self.axes))),
            };
            KinkLine { argument, ..line }
        };
        self.inner.kink_lines().into_iter().map(moved).collect()
    }
}

/// A loss in other axes. Of its samples it says what its derivatives need, and nothing of their network, whose weights are
/// those of the other axes.
struct RescaledLoss {
    inner: Arc<dyn Loss>,
    /// The columns of A.
    columns: [Vector; 2],
}

/// Aᵀg: the gradient in the coordinates y.
fn pulled([first, second]: [Vector; 2], gradient: Vector) -> Vector {
    Vector::new(first.dot(&gradient), second.dot(&gradient))
}

impl RescaledLoss {
    fn new(inner: Arc<dyn Loss>, axes: RescaledAxes) -> Self {
        Self { inner, columns: axes.columns() }
    }

    /// x = Ay.
    fn out_of(&self, at: Point) -> Point {
        Point::from(self.columns[0] * at.x + self.columns[1] * at.y)
    }

    fn gradient(&self, gradient: Vector) -> Vector {
        pulled(self.columns, gradient)
    }

    /// `AᵀHA`.
    fn congruent(&self, hessian: Symmetric2) -> Symmetric2 {
        let [first, second] = self.columns;
        if hessian.dimension.is_one() {
            return Symmetric2::of_one_weight(first.x * first.x * hessian.xx);
        }
        let bent = hessian.apply(second);
        Symmetric2::new(hessian.form(first), first.dot(&bent), second.dot(&bent))
    }

    /// The places in the axes of the loss itself.
    fn places(&self, xs: &[f64], ys: impl Iterator<Item = f64>) -> [Vec<f64>; 2] {
        let (xs, ys) = xs.iter().zip(ys).map(|(x, y)| self.out_of(Point::new(*x, y))).map(|at| (at.x, at.y)).unzip();
        [xs, ys]
    }
}

impl Loss for RescaledLoss {
    fn dimension(&self) -> Dimension {
        self.inner.dimension()
    }

    fn gauss_newton(&self, at: Point) -> Option<Symmetric2> {
        Some(self.congruent(self.inner.gauss_newton(self.out_of(at))?))
    }

    fn fisher(&self, at: Point) -> Option<Fisher> {
        let fisher = self.inner.fisher(self.out_of(at))?;
        Some(Fisher { matrix: self.congruent(fisher.matrix), ..fisher })
    }

    fn effort(&self) -> usize {
        self.inner.effort().saturating_mul(self.inner.as_samples().map_or(1, SampledLoss::count).max(1))
    }

    fn value(&self, at: Point) -> f64 {
        self.inner.value(self.out_of(at))
    }

    fn ends_along(&self, from: Point, unit: Vector, limit: f64) -> Option<f64> {
        let way = self.out_of(Point::from(unit)).coords;
        let length = way.norm();
        Some(self.inner.ends_along(self.out_of(from), way / length, limit * length)? / length)
    }

    fn hessian_noise(&self) -> Symmetric2 {
        let size = |noise: Symmetric2| noise.xx.abs().max(noise.xy.abs()).max(noise.yy.abs());
        let noise = self.inner.hessian_noise();
        // As much for every entry as A can make of any.
        let longest = self.columns.map(|column| column.norm()).into_iter().fold(0.0, f64::max);
        let most = size(noise) * 2.0 * longest * longest;
        if most == 0.0 { noise } else { Symmetric2 { xx: most, xy: most, yy: most, ..noise } }
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        let FirstOrder { value, gradient } = self.inner.first_order(self.out_of(at));
        FirstOrder { value, gradient: self.gradient(gradient) }
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        let SecondOrder { value, gradient, hessian } = self.inner.second_order(self.out_of(at));
        SecondOrder { value, gradient: self.gradient(gradient), hessian: self.congruent(hessian) }
    }

    fn is_level(&self, at: Point) -> bool {
        self.inner.is_level(self.out_of(at))
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        let [xs, ys] = self.places(xs, std::iter::repeat(y));
        self.inner.values(&xs, &ys, out);
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let [xs, ys] = self.places(xs, ys.iter().copied());
        self.inner.values(&xs, &ys, out);
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        let [xs, ys] = self.places(xs, ys.iter().copied());
        self.inner.second_orders(&xs, &ys, out);
        for [_, dx, dy, xx, xy, yy] in out {
            let gradient = self.gradient(Vector::new(*dx, *dy));
            let hessian = self.congruent(Symmetric2::new(*xx, *xy, *yy));
            [*dx, *dy] = [gradient.x, gradient.y];
            [*xx, *xy, *yy] = [hessian.xx, hessian.xy, hessian.yy];
        }
    }
}

#[cfg(test)]
mod tests;
