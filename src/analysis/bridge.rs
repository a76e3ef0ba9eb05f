//! The bridge from first to second order: the minimizers s(Δ) of the quadratic model in a ball, from −∇f for Δ → 0 to Newton's
//! step, and beside them the true best steps δ*(Δ) of the same lengths.

mod valleys;

use self::valleys::{Bottom, Valleys};
use super::finite_step::sample_directions;
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
    /// The other best step of this length where there are two, as beside the axis of a symmetric loss.
    pub twin: Option<Vector>,
    /// Whether it does not go on from that of the radius before, since another valley of the circle has become the lowest.
    pub jumps: bool,
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
        let scaled = |step: Vector| step * (wanted / length(step));
        Some(TrueStep { step: scaled(found.step), twin: found.twin.map(scaled), ..found })
    }

    /// The true curve in pieces: from one to the next δ* jumps to another valley of the circle, or has no value.
    pub fn pieces(&self) -> Vec<Vec<Vector>> {
        let mut pieces: Vec<Vec<Vector>> = vec![vec![Vector::zeros()]];
        let mut is_first = true;
        let mut was_known = true;
        for found in &self.best {
            if let Some(TrueStep { step, jumps, .. }) = *found {
                match pieces.last_mut().filter(|_| (is_first || was_known) && !jumps) {
                    Some(piece) => piece.push(step),
                    None => pieces.push(vec![step]),
                }
                is_first = false;
            }
            was_known = found.is_some();
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    /// The second branch of the true curve, wherever two steps of a length are best: it leaves the first one, and may meet it again.
    pub fn twin_pieces(&self) -> Vec<Vec<Vector>> {
        let mut pieces: Vec<Vec<Vector>> = Vec::new();
        let mut last: Option<TrueStep> = None;
        for found in &self.best {
            let goes_on = found.is_some_and(|found| !found.jumps) && last.is_some();
            let was_twin = last.is_some_and(|last| last.twin.is_some());
            match found.and_then(|found| found.twin) {
                Some(twin) if goes_on && was_twin => pieces.last_mut().into_iter().for_each(|piece| piece.push(twin)),
                Some(twin) => {
                    let stem = last.filter(|_| goes_on).map(|last| last.step);
                    pieces.push(stem.into_iter().chain([twin]).collect());
                }
                None if goes_on && was_twin => {
                    let meeting = found.map(|found| found.step);
                    pieces.last_mut().into_iter().for_each(|piece| piece.extend(meeting));
                }
                None => {}
            }
            last = *found;
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    /// Whether the true best step jumps somewhere on its way outward.
    pub fn jumps(&self) -> bool {
        self.best.iter().flatten().any(|found| found.jumps)
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

    /// The lowest point of a circle; where two valleys of it are equally low, the one that goes on from the radius before.
    fn best_at(&self, radius: f64) -> Option<TrueStep> {
        let heights = sample_directions(self.landscape.loss(), self.bridge.model.at, radius, DIRECTIONS);
        let circle = Valleys::new(self.landscape.loss(), self.bridge.model.at, radius, heights);
        let best = circle.bottom(circle.lowest()?);
        let mut equal = circle.as_low_as(&best);
        equal.insert(0, best);
        let last = self.bridge.best.last().copied().flatten().map(|last| last.step);
        if let Some(last) = last {
            equal.sort_by(|a, b| angle(last, a.step).total_cmp(&angle(last, b.step)));
        }
        let best = equal.remove(0);
        // More than one of them is a symmetry of which one branch is enough.
        let twin = equal.pop().filter(|_| equal.is_empty());
        let Some(last) = last else {
            return Some(TrueStep {
                step: best.step,
                value: best.value,
                twin: twin.map(|twin| twin.step),
                jumps: false,
            });
        };
        let known = circle.valley_of(last);
        let is_of_valley = |bottom: &Bottom| circle.is_same_valley(known, bottom.place);
        let goes_on = is_of_valley(&best) || twin.as_ref().is_some_and(is_of_valley);
        let jumps = !goes_on || angle(last, best.step) >= JUMP;
        Some(TrueStep { step: best.step, value: best.value, twin: twin.map(|twin| twin.step), jumps })
    }
}

#[cfg(test)]
mod tests;
