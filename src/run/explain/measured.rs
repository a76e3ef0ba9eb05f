//! What several facts of a step are decided from: its tolerance, noise, and what bounds its length.

use crate::optimizers::{Carried, NOISE, Quantity, Role, Step, Verdict, playing};
use crate::run::{Run, StepAnalysis, StepReplay};

/// An actual change further off than this share of the predicted one never agrees with it.
const WIDEST: f64 = 0.5;

/// What bounds the steps of a method, and is changed by how well they do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptation {
    /// What it is.
    pub bound: StepBound,
    /// With which value the step was made.
    pub before: f64,
    /// The value after it.
    pub after: f64,
}

/// What keeps a step short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepBound {
    /// Δ.
    TrustRadius,
    /// μ.
    Damping,
}

/// Whether the method's gradients have noise added.
pub(super) fn noisy(analysis: &StepAnalysis, run: &Run) -> bool {
    let values = run.recipe().optimizer.entry.values(&analysis.replayed.parameters);
    values.find(NOISE).is_some_and(|noise| noise > 0.0)
}

/// Within which share of it a prediction counts as right: the one by which the models are measured, up to a half.
pub(super) fn share(analysis: &StepAnalysis) -> f64 {
    analysis.share.min(WIDEST)
}

/// The trust radius that bound the step, and the one after it.
pub(super) fn trust_radius(replayed: &StepReplay) -> Option<Adaptation> {
    let find = |state: &[(Quantity, Carried)]| {
        state.iter().find_map(|(_, carried)| if let Carried::Radius(radius) = carried { Some(*radius) } else { None })
    };
    Some(Adaptation { bound: StepBound::TrustRadius, before: find(&replayed.before)?, after: find(&replayed.state)? })
}

/// The damping with which the step was made, and the one after it.
pub(super) fn damping(replayed: &StepReplay) -> Option<Adaptation> {
    let find = |state: &[(Quantity, Carried)]| match playing(state, Role::Damping) {
        Some(Carried::Number(damping)) => Some(*damping),
        _ => None,
    };
    Some(Adaptation { bound: StepBound::Damping, before: find(&replayed.before)?, after: find(&replayed.state)? })
}

/// The damping of a step that was not even tried, since the damped quadratic, too, falls without end.
pub(super) fn untried(analysis: &StepAnalysis, step: &Step) -> Option<Adaptation> {
    damping(&analysis.replayed).filter(|_| step.verdict == Verdict::Rejected && step.trials.is_empty())
}
