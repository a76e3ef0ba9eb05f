//! The loss on a circle around a point, and the best step of that length.

use std::f64::consts::PI;

use super::finite_step::{DIRECTIONS_TRIED, sample};
use super::{FiniteStep, LocalModel, downhill_angle};
use crate::landscapes::{Landscape, Loss};
use crate::numbers::{Point, Vector};

/// Samples from −180° to 180°, both among them: one every half degree, the middle one along −g exactly.
const SAMPLES: usize = 721;
/// Changes of the loss below this share of it are rounding.
const ROUNDING: f64 = 1e-14;

/// The loss on a circle around a point, seen from the direction of −g.
#[derive(Clone, Debug, PartialEq)]
pub struct CircleProfile {
    /// The center, w.
    pub at: Point,
    /// The length of every step.
    pub radius: f64,
    /// Whether turns are counted from −g; where g is zero or not finite they are from the x axis.
    pub from_minus_gradient: bool,
    /// The best step beside that along −g.
    pub step: FiniteStep,
    /// f(w + δ) − f(w) at [`CircleProfile::turn`] of its index; not finite where the loss is not.
    pub changes: Vec<f64>,
    /// What the changes are known to: a change of less than this is rounding.
    pub rounding: f64,
    /// The direction of turn 0, counter-clockwise from the x axis.
    zero: f64,
}

impl CircleProfile {
    /// The circle of a radius; `value` and `gradient` are those of the loss at the point.
    pub fn of(loss: &dyn Loss, at: Point, value: f64, gradient: Vector, radius: f64) -> Self {
        Self::with(loss, at, value, gradient, FiniteStep::of(loss, at, gradient, radius))
    }

    /// The circle if the best step of its length is known.
    fn with(loss: &dyn Loss, at: Point, value: f64, gradient: Vector, step: FiniteStep) -> Self {
        let radius = step.radius;
        let downhill = downhill_angle(gradient);
        let mut profile = Self {
            at,
            radius,
            from_minus_gradient: downhill.is_some(),
            step,
            changes: vec![0.0; SAMPLES],
            rounding: 0.0,
            zero: downhill.unwrap_or(0.0),
        };
        let places: Vec<Point> = (0..SAMPLES).map(|index| at + profile.delta(Self::turn(index))).collect();
        let [xs, ys] = [0, 1].map(|axis| places.iter().map(|place| place[axis]).collect::<Vec<f64>>());
        loss.values(&xs, &ys, &mut profile.changes);
        let finite = profile.changes.iter().filter(|value| value.is_finite());
        profile.rounding = ROUNDING * finite.fold(value.abs(), |most, value| most.max(value.abs()));
        profile.changes.iter_mut().for_each(|change| *change -= value);
        profile
    }

    /// The angle of a sample, in radians from −π to π, counter-clockwise.
    pub fn turn(index: usize) -> f64 {
        let half = (SAMPLES / 2) as f64;
        (index as f64 - half) * (PI / half)
    }

    /// The step of the circle's length in a direction.
    pub fn delta(&self, turn: f64) -> Vector {
        let (sine, cosine) = libm::sincos(self.zero + turn);
        Vector::new(cosine, sine) * self.radius
    }

    /// The turn of a direction, in (−π, π\]; `None` where the vector has no direction.
    pub fn turn_of(&self, direction: Vector) -> Option<f64> {
        let length = direction.norm();
        let turn = libm::atan2(direction.y, direction.x) - self.zero;
        (length > 0.0 && length.is_finite()).then(|| PI - (PI - turn).rem_euclid(2.0 * PI))
    }

    /// Whether the loss has a finite value in any of the sampled directions.
    pub fn has_values(&self) -> bool {
        self.changes.iter().any(|change| change.is_finite())
    }

    /// The turn of the best step; `None` where the circle is level or the loss has no finite value at its lowest.
    pub fn best_turn(&self) -> Option<f64> {
        let best = self.step.best.filter(|best| best.local_minima > 0)?;
        if self.from_minus_gradient { Some(self.step.angle_from_minus_gradient) } else { self.turn_of(best.delta) }
    }

    /// How much lower the best step lands than that along −g; 0 where that is lost in rounding, `None` where one of them has no value.
    pub fn forgone(&self) -> Option<f64> {
        let best = self.step.best.filter(|best| best.local_minima > 0)?;
        let forgone = self.step.minus_gradient_value - best.value;
        forgone.is_finite().then_some(if forgone > self.rounding { forgone } else { 0.0 })
    }
}

/// A [`CircleProfile`] that is found a slice at a time.
#[derive(Clone, Debug)]
pub struct CircleProfileSearch {
    landscape: Landscape,
    model: LocalModel,
    radius: f64,
    heights: Vec<f64>,
    found: Option<CircleProfile>,
}

impl CircleProfileSearch {
    /// Directions in one slice at least: as many as lanes fill several times.
    const LEAST: usize = 64;

    /// Nothing is known yet of the circle of a radius around the point of a model.
    pub fn new(landscape: &Landscape, model: LocalModel, radius: f64) -> Self {
        Self { landscape: landscape.clone(), model, radius, heights: Vec::new(), found: None }
    }

    /// What all of it costs, in evaluations of one sample each.
    pub fn cost(&self) -> usize {
        DIRECTIONS_TRIED.saturating_mul(self.landscape.cost())
    }

    /// Whether it is of the same circle, however far it has come.
    pub fn is_same(&self, other: &Self) -> bool {
        self.is_of(&other.landscape, other.model.at, other.radius)
    }

    /// Whether it is of this circle.
    pub fn is_of(&self, landscape: &Landscape, at: Point, radius: f64) -> bool {
        self.model.at == at && self.radius == radius && self.landscape == *landscape
    }

    /// Continues for about `budget` evaluations of one sample each; true once the circle is known.
    pub fn advance(&mut self, budget: usize) -> bool {
        if self.found.is_some() {
            return true;
        }
        let (loss, LocalModel { at, value, gradient, .. }) = (self.landscape.loss(), self.model);
        if self.heights.len() < DIRECTIONS_TRIED {
            // Whole lanes, so that it does not matter how it is divided.
            let count = (budget / self.landscape.cost()).max(Self::LEAST) / Self::LEAST * Self::LEAST;
            sample(loss, at, self.radius, &mut self.heights, count);
        }
        if self.heights.len() < DIRECTIONS_TRIED {
            return false;
        }
        let step = FiniteStep::among(loss, at, gradient, self.radius, &self.heights);
        self.found = Some(CircleProfile::with(loss, at, value, gradient, step));
        true
    }

    /// The circle, once it is known.
    pub fn found(&self) -> Option<&CircleProfile> {
        self.found.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::Symmetric2;

    fn profile(landscape: &str, at: [f64; 2], radius: f64) -> CircleProfile {
        let landscape = Landscape::parse(landscape).unwrap();
        let here = landscape.loss().first_order(Point::from(at));
        CircleProfile::of(landscape.loss(), Point::from(at), here.value, here.gradient, radius)
    }

    /// However it is divided, the circle is the same to the last bit, and so is what it cost.
    #[test]
    fn a_circle_found_in_slices_is_the_circle() {
        for (text, at, radius) in [
            ("himmelblau", [0.15, 0.35], 1.3),
            ("depth:n=50", [0.4, -0.3], 0.7),
            ("relu", [0.0, -2.0], 0.1),
            ("ackley", [0.0, 0.0], 2.0),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            let model = LocalModel::new(landscape.loss(), Point::from(at));
            let whole = CircleProfile::of(landscape.loss(), model.at, model.value, model.gradient, radius);
            for budget in [1, 1000 * landscape.cost(), usize::MAX] {
                let mut search = CircleProfileSearch::new(&landscape, model, radius);
                let mut slices = 1;
                while !search.advance(budget) {
                    slices += 1;
                }
                let found = search.found().unwrap();
                assert_eq!((&found.changes, found.step.cost), (&whole.changes, whole.step.cost), "{text}");
                assert_eq!(found.step.best, whole.step.best, "{text} in {slices} slices");
                assert!(budget > 1 || slices > 200, "{text}: small slices, {slices}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn a_shrinking_circle_turns_the_best_step_into_minus_gradient(share_x in 0.05..0.95, share_y in 0.05..0.95) {
            for id in ["quad", "rosenbrock", "himmelblau", "camel3", "mccormick", "double_well", "tanh2"] {
                let landscape = Landscape::parse(id).unwrap();
                let (loss, view) = (landscape.loss(), landscape.domain());
                let at = Point::new(view.x[0] + share_x * view.width(), view.y[0] + share_y * view.height());
                let here = loss.second_order(at);
                let [g, h] = [here.gradient.norm(), here.hessian.norm()];
                // How fast the Hessian changes around the point.
                let third = (0..8).map(|eighth| {
                    let (sine, cosine) = libm::sincos(f64::from(eighth) * PI / 4.0);
                    let there = loss.second_order(at + Vector::new(cosine, sine) * 1e-3).hessian;
                    let [xx, xy, yy] = [there.xx - here.hessian.xx, there.xy - here.hessian.xy, there.yy - here.hessian.yy];
                    Symmetric2::new(xx, xy, yy).norm() / 1e-3
                });
                let bend = third.fold(h * h / g, f64::max) / g;
                let radius = 1e-3 / (h / g + bend.sqrt());
                prop_assume!(radius.is_finite());
                let n = here.gradient / g;
                let predicted = -radius * n.dot(&here.hessian.apply(Vector::new(-n.y, n.x))) / g;
                let found = CircleProfile::of(loss, at, here.value, here.gradient, radius);
                let error = found.best_turn().unwrap() - predicted;
                prop_assert!(error.abs() <= 4.0 * bend * radius * radius + 1e-12, "{id} at {at}: {error:e} off {predicted:e}");
                // And the truth becomes the cosine of the plane.
                for (index, change) in found.changes.iter().enumerate() {
                    let gap = change / (g * radius) + libm::cos(CircleProfile::turn(index));
                    let noise = 4.0 * found.rounding / (g * radius);
                    prop_assert!(gap.abs() <= radius * h / g + noise, "{id} at {at}: {gap:e} off the cosine");
                }
            }
        }

        #[test]
        fn nothing_around_is_lower_than_the_best(share_x in 0.0..1.0, share_y in 0.0..1.0, size in 0.001..0.4) {
            // Networks are as any other surface, but slow.
            for landscape in entries().map(Landscape::of).filter(|landscape| landscape.data().is_none() && !landscape.dimension().is_one()) {
                let entry = landscape.entry();
                let view = landscape.domain();
                let at = Point::new(view.x[0] + share_x * view.width(), view.y[0] + share_y * view.height());
                let here = landscape.loss().first_order(at);
                let found = CircleProfile::of(landscape.loss(), at, here.value, here.gradient, size * view.size());
                let best = found.step.best.unwrap();
                let lowest = found.changes.iter().copied().fold(f64::INFINITY, f64::min);
                prop_assert!(best.value - here.value <= lowest + 100.0 * found.rounding, "{}: {lowest} is lower", entry.id);
                if found.from_minus_gradient {
                    let middle = found.changes[SAMPLES / 2] - (found.step.minus_gradient_value - here.value);
                    prop_assert!(middle.abs() <= 100.0 * found.rounding, "{}: −g is the middle", entry.id);
                    let turned = found.best_turn().map_or(Vector::zeros(), |turn| found.delta(turn) - best.delta);
                    prop_assert!(turned.norm() <= 1e-9 * found.radius, "{}: one direction, two ways", entry.id);
                }
            }
        }
    }

    #[test]
    fn what_it_cost_is_what_was_asked() {
        let found = profile("himmelblau", [0.1, -0.5], 3.0);
        let minima = found.step.best.unwrap().local_minima as u32;
        assert_eq!(found.step.cost.values, 14_400 + 2 * minima, "values");
        assert!((30 * minima..80 * minima).contains(&found.step.cost.gradients), "{:?}", found.step.cost);
        assert_eq!(found.step.cost.hessians, 0, "no Hessian");
    }

    #[test]
    fn level_circles_holes_and_no_gradient_are_said_to_be_so() {
        let top = profile("bowl", [0.0, 0.0], 1.0);
        assert!(!top.from_minus_gradient && top.best_turn().is_none() && top.forgone().is_none(), "a level line");
        let saddle = profile("saddle", [0.0, 0.0], 1.0);
        let best = saddle.best_turn().unwrap();
        assert!((best.abs() - PI / 2.0).abs() < 1e-9, "down along y, counted from the x axis: {best}");
        assert_eq!(saddle.forgone(), None, "−g is no step");
        let endless = profile("himmelblau", [0.5, 0.5], 1e200);
        assert!(endless.step.best.is_none() && !endless.has_values(), "no value");
        assert_eq!(profile("quad", [1.0, 1.0], 1e-13).forgone(), Some(0.0), "lost in rounding");
    }
}
