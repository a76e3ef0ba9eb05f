//! What a walk with a learning rate has come to, and which of two rates is the better one.

use std::cmp::Ordering;

use super::{Criterion, Finish, RaceEnd, RaceQuestion, RaceWalk};
use crate::analysis::{Bound, Curvature, Kind, LocalModel};
use crate::numbers::Point;
use crate::optimizers::{Choice, MethodCost};

/// A rate, and a momentum coefficient where that is tuned, too.
pub(super) type Pair = (f64, Option<f64>);

/// A rate that was tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateTrial {
    /// The rate.
    pub rate: f64,
    /// The momentum coefficient, where that is tuned, too.
    pub beta: Option<f64>,
    /// The step at which the criterion was met, of several seeds the mean; `None` where it was not by all of them, and with a budget.
    pub reached: Option<usize>,
    /// Evaluations up to there in gradients, or all.
    pub gradients: f64,
    /// The loss there; infinite where the walk diverged.
    pub loss: f64,
    /// Whether nothing is known that keeps it from its minimum: it did not diverge, nor end near one at which its rate is beyond the
    /// limit of stability.
    pub(super) is_stable: bool,
    /// Whether the walk shrinks to the last: one that oscillates for ever has met the criterion, and does not settle.
    pub(super) settles: bool,
    /// Whether its walk was left, beyond what the best one needs: then it cannot be the best.
    pub(super) is_given_up: bool,
}

impl RateTrial {
    /// Whether it is better than another: sooner at the tolerance, and there to stay; or else at a rate that can get there; or else
    /// lower.
    pub(super) fn beats(&self, other: &Self) -> bool {
        match (self.reached, other.reached) {
            (Some(_), Some(_)) if self.settles != other.settles => self.settles,
            (Some(_), Some(_)) if self.gradients != other.gradients => self.gradients < other.gradients,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) if self.is_stable != other.is_stable => self.is_stable,
            _ => self.loss < other.loss,
        }
    }

    /// The better one first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        if self.beats(other) {
            Ordering::Less
        } else if other.beats(self) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }

    /// One that is worse than every other one.
    fn worst((rate, beta): Pair) -> Self {
        Self {
            rate,
            beta,
            reached: None,
            gradients: 0.0,
            loss: f64::INFINITY,
            is_stable: false,
            settles: false,
            is_given_up: false,
        }
    }

    pub(super) fn given_up(pair: Pair) -> Self {
        Self { is_given_up: true, ..Self::worst(pair) }
    }
}

/// What several seeds come to together; `None` for none.
pub(super) fn mean(trials: impl Iterator<Item = RateTrial>) -> Option<RateTrial> {
    let trials: Vec<RateTrial> = trials.collect();
    let [first, others @ ..] = trials.as_slice() else { return None };
    if others.is_empty() {
        return Some(*first);
    }
    let mean = |of: fn(&RateTrial) -> f64| trials.iter().map(of).sum::<f64>() / trials.len() as f64;
    let is_met = trials.iter().all(|trial| trial.reached.is_some());
    Some(RateTrial {
        reached: is_met.then(|| mean(|trial| trial.reached.unwrap_or(0) as f64).round() as usize),
        gradients: mean(|trial| trial.gradients),
        loss: mean(|trial| trial.loss),
        is_stable: trials.iter().all(|trial| trial.is_stable),
        settles: trials.iter().all(|trial| trial.settles),
        ..*first
    })
}

pub(super) fn trial((rate, beta): Pair, walk: &RaceWalk, cost: &MethodCost, finish: &Finish) -> RateTrial {
    if walk.is_empty() {
        return RateTrial::worst((rate, beta));
    }
    let counted = finish.counted(walk, cost);
    let is_tolerance = !matches!(finish.criterion, Criterion::Budget(_));
    // A walk that left for infinity is no good at any loss that it met on its way, and a saddle is not what is looked for.
    let is_lost = walk.end() == Some(RaceEnd::Diverged);
    let is_high = walk.end().is_some_and(RaceEnd::is_high);
    // What is met in passing, and lost again, is no convergence.
    let stays = counted.is_met && finish.is_met_at(walk, walk.len() - 1);
    RateTrial {
        rate,
        beta,
        reached: Some(counted.step).filter(|_| is_tolerance && stays && !is_high && !is_lost),
        gradients: finish.model.gradients(cost, walk.evaluations(counted.step), counted.step),
        loss: if is_lost { f64::INFINITY } else { walk.loss(counted.step) },
        is_stable: !is_lost,
        settles: settles(walk),
        is_given_up: false,
    }
}

/// Whether a walk comes to rest, or at least nearer to it up to its last steps: of one that oscillates without end the gradient is no
/// shorter in the last part than in the one before.
fn settles(walk: &RaceWalk) -> bool {
    /// The parts of a walk that are held against each other: its last tenth, and the tenth before.
    const PARTS: usize = 10;
    let part = (walk.len() / PARTS).max(1);
    let longest = |from_end: usize| {
        let end = walk.len().saturating_sub(from_end);
        (end.saturating_sub(part)..end).map(|step| walk.slope(step)).fold(0.0, f64::max)
    };
    match walk.end() {
        Some(RaceEnd::Cycle) => false,
        Some(RaceEnd::NotYet) => longest(0) < longest(part),
        _ => true,
    }
}

/// Whether a walk ended near a minimum at which its rate is beyond the limit of stability: however low it came, it comes no closer.
pub(super) fn is_kept_off(question: &RaceQuestion, choice: &Choice, rate: f64, walk: &RaceWalk) -> bool {
    /// The largest distance of such a minimum, as a share of the region.
    const NEAR: f64 = 0.05;
    let (Some(at), Ok(law)) = (walk.place(), choice.stability_bound()) else { return false };
    let landscape = &question.landscape;
    let away = |point: Point| landscape.dimension().part(point - at).norm();
    let minima = question.critical.iter().filter(|point| point.kind == Kind::Minimum).map(|point| point.at);
    let nearest = minima.min_by(|a, b| away(*a).total_cmp(&away(*b)));
    let near = nearest.filter(|point| away(*point) <= NEAR * landscape.domain().size());
    let curvature = near.and_then(|point| Curvature::of(&LocalModel::new(landscape.loss(), point)));
    let bound = curvature.map(|curvature| law.bound(&curvature));
    matches!(bound, Some(Bound::Limit { limit, .. }) if rate > limit)
}
