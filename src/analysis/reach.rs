//! How far along a direction a local model is right, and a bound of how wrong the plane can be.

use super::{LocalModel, ModelOrder};
use crate::landscapes::Loss;
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, Symmetric2, Vector};

/// Growth of the search from one sample to the next: fine enough not to jump over a crossing of a landscape of the catalog.
pub(super) const GROWTH: f64 = 1.04;
/// Samples of the search never lie further apart than this share of the whole range.
const COARSEST: f64 = 1.0 / 400.0;
/// Lengths that are tried at once.
const BATCH: usize = 64;
/// Errors below this share of the numbers they are the difference of are rounding: they break no prediction.
const ROUNDING: f64 = 2e-15;
/// Lengths below this share of the whole range are none.
const NOTHING: f64 = 1e-13;
/// Stretches of a step between two samples of the curvature along it.
const STRETCHES: u32 = 64;

/// What a local model predicts along one direction, and within which share of that it must be right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prediction {
    share: f64,
    value: f64,
    /// g·u.
    slope: f64,
    /// ½uᵀHu; 0 for the plane.
    bend: f64,
    /// g·u and ½uᵀHu without signs, by which rounding is measured.
    sizes: [f64; 2],
    /// From this length on the loss is known to have no value.
    end: f64,
}

impl Prediction {
    /// What a local model predicts along a vector, in lengths of it.
    pub(super) fn new(model: &LocalModel, order: ModelOrder, unit: Vector, share: f64) -> Self {
        let bend = match order {
            ModelOrder::Linear => 0.0,
            ModelOrder::Quadratic => 0.5 * model.hessian.form(unit),
        };
        let Symmetric2 { xx, xy, yy, .. } = model.hessian;
        let (along, across) = (unit.x.abs(), unit.y.abs());
        let sizes = [
            model.gradient.x.abs() * along + model.gradient.y.abs() * across,
            0.5 * (xx.abs() * along * along + 2.0 * xy.abs() * along * across + yy.abs() * across * across),
        ];
        Self { share, value: model.value, slope: model.linear(unit), bend, sizes, end: f64::INFINITY }
    }

    /// This prediction for a loss that may know where its values end along the unit vector, up to a limit.
    pub(super) fn on(self, loss: &dyn Loss, model: &LocalModel, unit: Vector, limit: f64) -> Self {
        Self { end: loss.ends_along(model.at, unit, limit).unwrap_or(f64::INFINITY), ..self }
    }

    /// Whether a loss at this distance is within the share: |Δf − t g·u − ½t²uᵀHu| ≤ share · (t|g·u| + ½t²|uᵀHu|).
    ///
    /// A loss that is not finite keeps no prediction.
    pub(super) fn kept(&self, t: f64, loss: f64) -> bool {
        let error = loss - self.value - t * (self.slope + t * self.bend);
        let predicted = t * (self.slope.abs() + t * self.bend.abs());
        let size = loss.abs() + self.value.abs() + t * (self.sizes[0] + t * self.sizes[1]);
        t <= self.end && loss.is_finite() && error.abs() <= self.share * predicted + ROUNDING * size
    }
}

/// The least t > 0 at which |f(w + tu) − f(w) − t g·u| reaches `share` · t|g·u|, for a unit vector u, up to `limit`.
///
/// `None` where the plane holds up to the limit, or where it predicts nothing (g·u = 0).
/// Where the loss stops being finite the plane has stopped holding. Accurate to about 1e-12 relative.
pub fn linear_validity_radius(
    loss: &dyn Loss,
    model: &LocalModel,
    unit: Vector,
    share: f64,
    limit: f64,
) -> Option<f64> {
    if model.linear(unit) == 0.0 {
        return None;
    }
    reach(loss, model, ModelOrder::Linear, unit, share, limit)
}

/// The least t > 0 at which a local model's error along a unit vector u exceeds `share` of what it predicts, up to `limit`.
///
/// The error is |Δf − g·d| and the prediction |g·d| for the plane, |Δf − g·d − ½dᵀHd| and |g·d| + ½|dᵀHd| for the
/// quadratic, with d = tu. `None` where the local model holds up to the limit, or is not finite.
pub fn reach(
    loss: &dyn Loss,
    model: &LocalModel,
    order: ModelOrder,
    unit: Vector,
    share: f64,
    limit: f64,
) -> Option<f64> {
    let prediction = Prediction::new(model, order, unit, share).on(loss, model, unit, limit);
    let [good, bad] = bracket(loss, model, &prediction, unit, limit)?;
    Some(end(|t| prediction.kept(t, loss.value(model.at + unit * t)), good, bad))
}

/// The radius to about six digits, in lanes: for pictures.
pub(super) fn rough_validity_radius(
    loss: &dyn Loss,
    model: &LocalModel,
    order: ModelOrder,
    unit: Vector,
    share: f64,
    limit: f64,
) -> Option<f64> {
    const ROUNDS: usize = 3;
    const PARTS: usize = 24;
    let prediction = Prediction::new(model, order, unit, share).on(loss, model, unit, limit);
    let [mut good, mut bad] = bracket(loss, model, &prediction, unit, limit)?;
    let mut values = [0.0; PARTS - 1];
    for _ in 0..ROUNDS {
        let lengths: [f64; PARTS - 1] =
            std::array::from_fn(|index| good + (bad - good) * (index + 1) as f64 / PARTS as f64);
        along(loss, model, unit, &lengths, &mut values);
        let broken = std::iter::zip(&lengths, &values).position(|(t, value)| !prediction.kept(*t, *value));
        let first = broken.unwrap_or(PARTS - 1);
        let last_good = first.checked_sub(1).map_or(good, |index| lengths[index]);
        (good, bad) = (last_good, lengths.get(first).copied().unwrap_or(bad));
    }
    Some(f64::midpoint(good, bad))
}

/// A length at which a local model is valid and the next one that was tried, at which it is not; `None` where it holds up to the
/// limit, or is not finite. Both are 0 where it holds nowhere.
fn bracket(loss: &dyn Loss, model: &LocalModel, prediction: &Prediction, unit: Vector, limit: f64) -> Option<[f64; 2]> {
    if !model.is_finite() || !limit.is_finite() || limit <= 0.0 {
        return None;
    }
    let mut good = first_sample(model, unit, prediction.share, limit);
    while !prediction.kept(good, loss.value(model.at + unit * good)) {
        good *= 0.5;
        if good < limit * NOTHING || good == 0.0 {
            return Some([0.0; 2]);
        }
    }
    let mut lengths = Vec::with_capacity(BATCH);
    let mut values = [0.0; BATCH];
    loop {
        lengths.clear();
        lengths.extend(further(good, COARSEST, limit).take(BATCH));
        let last = lengths.last().copied()?;
        along(loss, model, unit, &lengths, &mut values[..lengths.len()]);
        let broken = |(t, value): (&f64, &f64)| !prediction.kept(*t, *value);
        if let Some(bad) = std::iter::zip(&lengths, &values).position(broken) {
            let before = bad.checked_sub(1).map_or(good, |index| lengths[index]);
            return Some([before, lengths[bad]]);
        }
        good = last;
    }
}

/// The least t ≥ 0 from which on the loss has no value along a unit vector u, up to `limit`; `None` where it has values all
/// the way, as far as samples tell, and where it has none at the point itself.
pub fn end_of_values(loss: &dyn Loss, at: Point, unit: Vector, limit: f64) -> Option<f64> {
    if !loss.value(at).is_finite() {
        return None;
    }
    if let Some(end) = loss.ends_along(at, unit, limit) {
        return Some(end);
    }
    let has_value = |t: f64| loss.value(at + unit * t).is_finite();
    let first = limit * NOTHING;
    if !has_value(first) {
        return Some(0.0);
    }
    let mut good = first;
    for t in further(first, COARSEST, limit) {
        if !has_value(t) {
            return Some(end(has_value, good, t));
        }
        good = t;
    }
    None
}

/// The losses so far along a direction, in lanes.
fn along(loss: &dyn Loss, model: &LocalModel, unit: Vector, lengths: &[f64], values: &mut [f64]) {
    let place = |t: &f64| model.at + unit * *t;
    let (xs, ys): (Vec<f64>, Vec<f64>) = lengths.iter().map(place).map(|at: Point| (at.x, at.y)).unzip();
    loss.values(&xs, &ys, values);
}

/// Lengths from one on, each a little longer than the last, to the limit; their gaps are at most this share of it.
pub(super) fn further(from: f64, coarsest: f64, limit: f64) -> impl Iterator<Item = f64> {
    let next = move |t: f64| (t * GROWTH).min(t + limit * coarsest).min(limit);
    std::iter::successors(Some(from), move |t| Some(next(*t)).filter(|next| next > t)).skip(1)
}

/// Well inside the plane's second-order estimate 2·share·|g·u| / |uᵀHu|, where rounding does not yet drown the error.
pub(super) fn first_sample(model: &LocalModel, unit: Vector, share: f64, limit: f64) -> f64 {
    let estimate = 2.0 * share * (model.linear(unit) / model.hessian.form(unit)).abs();
    (estimate / 4.0).min(limit * 1e-3).max(limit * NOTHING)
}

/// The length at which something ends to hold.
fn end(holds: impl Fn(f64) -> bool, good: f64, bad: f64) -> f64 {
    /// More than a length has bits.
    const HALVINGS: usize = 80;
    let [good, bad] = bisect(holds, good, bad, HALVINGS);
    f64::midpoint(good, bad)
}

/// How wrong the plane is at the end of a displacement, and how wrong it can be at most.
///
/// |Δf − g·d| ≤ ½L‖d‖², where L is the largest ‖H‖ between the two points (Nesterov, Lectures on Convex Optimization
/// (2018), lemma 1.2.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneBound {
    /// L, the largest ‖H‖₂ among samples of the segment: an estimate from below.
    pub steepest: f64,
    /// ½L‖d‖².
    pub bound: f64,
    /// |Δf − g·d|; zero where it is rounding alone.
    pub error: f64,
}

impl PlaneBound {
    /// The bound along a displacement; `None` where the loss or its Hessian is not finite on the way.
    pub fn of(loss: &dyn Loss, model: &LocalModel, d: Vector) -> Option<Self> {
        let at = |index: u32| model.at + d * (f64::from(index) / f64::from(STRETCHES));
        let norms = (0..=STRETCHES).map(|index| loss.second_order(at(index)).hessian.norm());
        let steepest = norms.fold(0.0, |largest: f64, norm| if norm.is_nan() { norm } else { largest.max(norm) });
        let actual = model.change(loss, d).actual;
        let error = (actual - model.linear(d)).abs();
        let error = if error <= model.rounding(d, actual) { 0.0 } else { error };
        let found = Self { steepest, bound: 0.5 * steepest * d.norm_squared(), error };
        (found.bound.is_finite() && error.is_finite()).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn on_a_quadratic_the_estimate_is_exact() {
        let landscape = Landscape::parse("quad").unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(1.0, -0.7));
        let unit = -model.gradient.normalize();
        for share in [0.01, 0.1, 0.5, 1.0] {
            let exact = 2.0 * share * model.gradient.norm() / model.hessian.form(unit);
            let found = linear_validity_radius(landscape.loss(), &model, unit, share, 10.0).unwrap();
            assert!((found - exact).abs() < 1e-9 * exact, "share {share}: {found} instead of {exact}");
        }
        assert_eq!(reach(landscape.loss(), &model, ModelOrder::Quadratic, unit, 0.01, 1e3), None, "it is the loss");
    }

    #[test]
    fn a_plane_that_predicts_nothing_has_no_reach() {
        let landscape = Landscape::parse("trough").unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(1.0, 0.0));
        assert_eq!(
            linear_validity_radius(landscape.loss(), &model, Vector::new(0.0, 1.0), 0.1, 3.0),
            None,
            "along the trough"
        );
        let bowl = Landscape::parse("bowl").unwrap();
        let model = LocalModel::new(bowl.loss(), Point::new(1.0, 0.0));
        let across = reach(bowl.loss(), &model, ModelOrder::Linear, Vector::new(0.0, 1.0), 0.1, 3.0).unwrap();
        assert!(across < 1e-5, "wrong at once: {across}");
    }

    #[test]
    fn a_local_model_ends_where_the_land_ends() {
        let landscape = Landscape::of_formula("sqrt(1 - x^2 - y^2)").unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(0.5, 0.0));
        for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
            let found = reach(landscape.loss(), &model, order, Vector::x(), 1e9, 3.0).unwrap();
            assert!((found - 0.5).abs() < 1e-9, "{order:?} good to {found}, the loss to 0.5");
        }
        assert_eq!(PlaneBound::of(landscape.loss(), &model, Vector::x()), None, "no curvature beyond");
    }

    #[test]
    fn the_end_of_values_is_found_where_it_is() {
        for (formula, at, expected) in [
            ("log(x)+y", [2.0, 0.0], Some(2.0)),
            ("sqrt(x+1)", [0.0, 0.0], Some(1.0)),
            ("sqrt(x)+y", [0.0, 0.0], Some(0.0)),
            ("x^2+y^2", [2.0, 0.0], None),
            ("log(x)", [-1.0, 0.0], None),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let found = end_of_values(landscape.loss(), Point::from(at), -Vector::x(), 10.0);
            let is_it = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
                (found, expected) => found == expected,
            };
            assert!(is_it, "{formula} from {at:?}: {found:?}, not {expected:?}");
        }
    }

    #[test]
    fn rounding_is_no_error_of_the_plane() {
        let landscape = Landscape::parse("l1").unwrap();
        let bound = |step: f64| {
            let model = LocalModel::new(landscape.loss(), Point::new(1.33, -0.87));
            PlaneBound::of(landscape.loss(), &model, Vector::new(-step, step)).unwrap()
        };
        for step in [0.05, 0.1, 0.3, 0.77] {
            assert_eq!((bound(step).error, bound(step).bound), (0.0, 0.0), "one face, {step} far");
        }
        assert!((bound(1.0).error - 0.26).abs() < 1e-12, "over the kink of y: {:?}", bound(1.0));
    }

    proptest! {
        #[test]
        fn the_error_keeps_to_its_bound_on_quadratics(x in -3.0..3.0, y in -3.0..3.0, dx in -2.0..2.0, dy in -2.0..2.0) {
            for text in ["quad", "saddle", "bowl", "quad:kappa=100"] {
                let landscape = Landscape::parse(text).unwrap();
                let model = LocalModel::new(landscape.loss(), Point::new(x, y));
                let bound = |d: Vector| PlaneBound::of(landscape.loss(), &model, d).unwrap();
                let any = bound(Vector::new(dx, dy));
                let slack = 1e-10 * (1.0 + any.bound);
                prop_assert!(any.error <= any.bound + slack, "{}: {:?}", text, any);
                prop_assert!((any.steepest - model.hessian.norm()).abs() <= 1e-12 * any.steepest, "L is λmax on {}", text);
                let eigen = model.hessian.eigen();
                let stiffest = usize::from(eigen.values[1].abs() >= eigen.values[0].abs());
                let along = bound(eigen.vectors[stiffest] * dx);
                prop_assert!((along.error - along.bound).abs() <= 1e-10 * (1.0 + along.bound), "{}: equal along λmax", text);
            }
        }
    }
}
