//! The bridge from first to second order: the minimizers s(Δ) of the quadratic model in a ball, from −∇f for Δ → 0 to Newton's
//! step, and beside them the true best steps δ*(Δ) of the same lengths.

use super::circle::sample_directions;
use super::{BallStep, LocalModel, dogleg, dogleg_corners, trust_region_step};
use crate::landscapes::{Landscape, Loss};
use crate::numbers::{Vector, length};

/// Radii at which the true best step is looked for.
const RADII: usize = 96;
/// Directions that are tried at each radius.
const DIRECTIONS: usize = 720;
/// Points of the curve of the model.
const POINTS: usize = 256;
/// The radii grow with this power: dense near the point, where the curve turns.
const POWER: f64 = 1.5;
/// Two neighbors of the true curve whose directions differ by more than this, in radians, are no longer one curve: another
/// point of the circle has become the lowest.
const JUMP: f64 = 0.5;

/// A true best step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrueStep {
    /// δ*, right to a small part of a degree.
    pub step: Vector,
    /// f(w + δ*).
    pub value: f64,
}

/// The step of a radius, and what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BridgeStep {
    /// s(Δ).
    pub step: BallStep,
    /// What the loss does over it.
    pub actual: f64,
    /// What the loss does over the dogleg of that length; `None` where the Hessian is not positive definite.
    pub dogleg: Option<f64>,
}

/// Both curves at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// The quadratic model.
    pub model: LocalModel,
    /// How far out they are followed.
    pub reach: f64,
    /// s(Δ) for rising Δ, where the radius holds it back; then Newton's step, if the model has a minimum within reach.
    pub steps: Vec<BallStep>,
    /// δ*(Δ) for rising Δ, as many as are known; `None` where the loss has no finite value on the circle.
    pub best: Vec<Option<TrueStep>>,
}

/// A radius of a curve out to `reach`.
fn radius(index: usize, count: usize, reach: f64) -> f64 {
    reach * libm::pow((index + 1) as f64 / count as f64, POWER)
}

impl Bridge {
    /// The step of a radius, held against the loss.
    pub fn held(&self, loss: &dyn Loss, radius: f64) -> BridgeStep {
        let actual = |step: Vector| loss.value(self.model.at + step) - self.model.value;
        let step = self.step(radius);
        BridgeStep { step, actual: actual(step.step), dogleg: self.dogleg(radius).map(actual) }
    }

    /// The curve of a model out to a radius; `None` where the model is not finite.
    pub fn of(model: LocalModel, reach: f64) -> Option<Self> {
        let LocalModel { gradient, hessian, .. } = model;
        if !(length(gradient).is_finite() && hessian.is_finite() && reach > 0.0 && reach.is_finite()) {
            return None;
        }
        let newton = dogleg_corners(gradient, hessian).map(|[_, newton]| length(newton));
        let end = newton.map_or(reach, |newton| newton.min(reach));
        let mut radii: Vec<f64> = (0..POINTS).map(|index| radius(index, POINTS, end)).collect();
        // In the hard case the curve has a corner there.
        radii.extend(corner(&model).filter(|corner| *corner < end));
        radii.sort_by(f64::total_cmp);
        let steps = radii.into_iter().map(|radius| trust_region_step(gradient, hessian, radius)).collect();
        Some(Self { model, reach, steps, best: Vec::new() })
    }

    /// s(Δ).
    pub fn step(&self, radius: f64) -> BallStep {
        trust_region_step(self.model.gradient, self.model.hessian, radius)
    }

    /// The dogleg at a radius; `None` where H is not positive definite.
    pub fn dogleg(&self, radius: f64) -> Option<Vector> {
        dogleg(self.model.gradient, self.model.hessian, radius)
    }

    /// The corners of the dogleg, the second one Newton's step; `None` where H is not positive definite.
    pub fn dogleg_corners(&self) -> Option<[Vector; 2]> {
        dogleg_corners(self.model.gradient, self.model.hessian)
    }

    /// δ* at the radius of those that were tried that is nearest; `None` where it is not known.
    pub fn best_at(&self, wanted: f64) -> Option<TrueStep> {
        let place = libm::pow(wanted / self.reach, 1.0 / POWER) * RADII as f64 - 1.0;
        let index = place.round().max(0.0) as usize;
        let found = self.best.get(index).copied().flatten()?;
        // Turned to the radius that is wanted.
        Some(TrueStep { step: found.step * (wanted / length(found.step)), ..found })
    }

    /// The true curve in pieces: from one to the next δ* jumps to another valley of the circle, or has no value.
    pub fn pieces(&self) -> Vec<Vec<Vector>> {
        let mut pieces: Vec<Vec<Vector>> = vec![vec![Vector::zeros()]];
        let mut last: Option<Vector> = None;
        for found in &self.best {
            let step = found.map(|found| found.step);
            let goes_on = match (last, step) {
                (Some(last), Some(step)) => angle(last, step) < JUMP,
                (None, Some(_)) => pieces.len() == 1,
                (_, None) => false,
            };
            match step {
                Some(step) if goes_on => pieces.last_mut().into_iter().for_each(|piece| piece.push(step)),
                Some(step) => pieces.push(vec![step]),
                None => {}
            }
            last = step;
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }
}

/// The radius from which on the hard case goes along the eigenvector of λ₁, if the model is one.
fn corner(model: &LocalModel) -> Option<f64> {
    let eigen = model.hessian.eigen();
    let [low, high] = eigen.values;
    let across = eigen.vectors[1].dot(&model.gradient) / (high - low);
    (low <= 0.0 && across.is_finite() && across != 0.0).then_some(across.abs())
}

/// Between two directions, from 0 to π.
fn angle(a: Vector, b: Vector) -> f64 {
    libm::atan2((a.x * b.y - a.y * b.x).abs(), a.dot(&b))
}

/// A [`Bridge`] whose true curve is found a slice at a time.
#[derive(Clone, Debug)]
pub struct BridgeSearch {
    landscape: Landscape,
    bridge: Bridge,
}

impl BridgeSearch {
    /// Only the curve of the model is known yet; `None` where the model is not finite.
    pub fn new(landscape: &Landscape, model: LocalModel, reach: f64) -> Option<Self> {
        Some(Self { landscape: landscape.clone(), bridge: Bridge::of(model, reach)? })
    }

    /// What all of it costs, in evaluations of one sample each.
    pub fn cost(&self) -> usize {
        (RADII * DIRECTIONS).saturating_mul(self.landscape.cost())
    }

    /// Whether it is of the same curves, however far it has come.
    pub fn is_same(&self, other: &Self) -> bool {
        self.is_of(&other.landscape, &other.bridge.model, other.bridge.reach)
    }

    /// Whether it is of these curves.
    pub fn is_of(&self, landscape: &Landscape, model: &LocalModel, reach: f64) -> bool {
        self.bridge.model == *model && self.bridge.reach == reach && self.landscape == *landscape
    }

    /// Whether the true curve is known.
    pub fn is_finished(&self) -> bool {
        self.bridge.best.len() >= RADII
    }

    /// The curves, the true one as far as it is known.
    pub fn bridge(&self) -> &Bridge {
        &self.bridge
    }

    /// Continues for about `budget` evaluations of one sample each, at least by one radius; true once all is known.
    pub fn advance(&mut self, budget: usize) -> bool {
        let each = DIRECTIONS.saturating_mul(self.landscape.cost());
        let count = (budget / each.max(1)).max(1);
        for _ in 0..count {
            if self.is_finished() {
                return true;
            }
            let radius = radius(self.bridge.best.len(), RADII, self.bridge.reach);
            let found = self.best_at(radius);
            self.bridge.best.push(found);
        }
        self.is_finished()
    }

    /// The lowest direction that is tried, moved to the lowest point of the parabola through it and its neighbors.
    fn best_at(&self, radius: f64) -> Option<TrueStep> {
        let heights = sample_directions(self.landscape.loss(), self.bridge.model.at, radius, DIRECTIONS);
        let (lowest, value) = heights.iter().copied().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        if !value.is_finite() {
            return None;
        }
        let neighbor = |by: usize| heights[(lowest + by) % DIRECTIONS];
        let (before, after) = (neighbor(DIRECTIONS - 1), neighbor(1));
        let bend = before - 2.0 * value + after;
        let share = 0.5 * (before - after) / bend;
        let share = if bend > 0.0 && share.is_finite() { share.clamp(-0.5, 0.5) } else { 0.0 };
        let turn = (lowest as f64 + share) * (std::f64::consts::TAU / DIRECTIONS as f64);
        let (sine, cosine) = libm::sincos(turn);
        let step = Vector::new(cosine, sine) * radius;
        let refined = self.landscape.loss().value(self.bridge.model.at + step);
        // The parabola says nothing across a kink.
        if refined <= value {
            return Some(TrueStep { step, value: refined });
        }
        let (sine, cosine) = libm::sincos(lowest as f64 * (std::f64::consts::TAU / DIRECTIONS as f64));
        Some(TrueStep { step: Vector::new(cosine, sine) * radius, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{FiniteStep, downhill_angle};
    use crate::landscapes::entries;
    use crate::numbers::Point;

    /// Places all over a landscape, and its start.
    fn places(landscape: &Landscape) -> Vec<Point> {
        let view = landscape.view();
        let at = |x: f64, y: f64| Point::new(view.x[0] + x * view.width(), view.y[0] + y * view.height());
        let shares = [[0.37, 0.61], [0.5, 0.5], [0.81, 0.5], [0.12, 0.9], [0.66, 0.07]];
        let start = Point::from(landscape.suggestion().start);
        shares.map(|[x, y]| at(x, y)).into_iter().chain([start, Point::origin(), Point::new(1.0, 0.0)]).collect()
    }

    #[test]
    fn at_every_radius_on_every_landscape_the_conditions_hold_to_twelve_digits() {
        let (mut checked, mut hard) = (0, 0);
        for landscape in entries().map(Landscape::of).filter(|landscape| !landscape.dimension().is_one()) {
            for at in places(&landscape) {
                let model = LocalModel::new(landscape.loss(), at);
                let Some(bridge) = Bridge::of(model, landscape.view().size()) else { continue };
                for index in 0..100 {
                    let radius = landscape.view().size() * libm::pow(10.0, -7.0 + 0.08 * f64::from(index));
                    let step = bridge.step(radius);
                    let residual = step.residual(model.gradient, model.hessian, radius);
                    assert!(residual <= 1e-12, "{landscape} at {at}, Δ = {radius}: {residual:e} of {step:?}");
                    checked += 1;
                    hard += usize::from(step.twin.is_some());
                }
            }
        }
        assert!(checked > 20_000 && hard > 300, "{checked} steps, of which {hard} hard cases");
    }

    #[test]
    fn it_leads_from_minus_gradient_to_the_newton_step() {
        for (text, at) in [("rosenbrock", [-1.2, 1.0]), ("quad", [1.0, 2.0]), ("himmelblau", [4.0, 3.0])] {
            let landscape = Landscape::parse(text).unwrap();
            let model = LocalModel::new(landscape.loss(), Point::from(at));
            let bridge = Bridge::of(model, 100.0 * landscape.view().size()).unwrap();
            let [first, last] = [bridge.steps[0], bridge.steps[bridge.steps.len() - 1]];
            assert!(angle(first.step, -model.gradient) < 0.2, "{text}: begins along −∇f");
            let newton = bridge.dogleg_corners().unwrap()[1];
            assert!((last.step - newton).norm() <= 1e-9 * newton.norm(), "{text}: ends at Newton's step");
            let lengths: Vec<f64> = bridge.steps.iter().map(|step| step.step.norm()).collect();
            assert!(lengths.is_sorted(), "{text}: the curve goes out");
            let damping: Vec<f64> = bridge.steps.iter().map(|step| -step.multiplier).collect();
            assert!(damping.is_sorted(), "{text}: and the damping falls to 0");
        }
    }

    #[test]
    fn the_true_curve_is_that_of_the_best_finite_steps_however_it_is_divided() {
        for (text, at) in [("himmelblau", [0.15, 0.35]), ("rosenbrock", [-1.2, 1.0]), ("tanh2", [0.4, 0.3])] {
            let landscape = Landscape::parse(text).unwrap();
            let model = LocalModel::new(landscape.loss(), Point::from(at));
            let reach = landscape.view().size();
            let [mut whole, mut sliced] = [(); 2].map(|()| BridgeSearch::new(&landscape, model, reach).unwrap());
            whole.advance(usize::MAX);
            while !sliced.advance(1) {}
            assert_eq!(whole.bridge(), sliced.bridge(), "{text}");
            for (index, found) in whole.bridge().best.iter().enumerate().step_by(9) {
                let radius = radius(index, RADII, reach);
                let exact = FiniteStep::of(landscape.loss(), model.at, model.gradient, radius).best.unwrap();
                let found = found.unwrap();
                let range = 1e-4 * (1.0 + (exact.value - model.value).abs());
                assert!(found.value >= exact.value - 1e-9 * range, "{text} at {radius}: none is lower");
                assert!(found.value - exact.value <= range, "{text} at {radius}: {} and {}", found.value, exact.value);
            }
            let first = whole.bridge().pieces()[0][1];
            let downhill = downhill_angle(model.gradient).unwrap();
            let along = Vector::new(libm::cos(downhill), libm::sin(downhill));
            assert!(angle(first, along) < 0.2, "{text}: both begin along −∇f");
        }
    }
}
