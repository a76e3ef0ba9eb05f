//! A step explained, as data: the situation, what was predicted and by which model, what the loss did and why, and where a run ended.
//!
//! Everything that is to be decided about a step is decided here; `drawing/sentence` only finds the words for it.

mod facts;
mod loss_scale;
mod measured;
mod model_step;
mod opening;
mod oscillation;
mod path;
mod rest;
mod sampled_step;

use crate::numbers::{Dimension, Vector};
use crate::optimizers::{Step, Undefined};
use crate::run::{Run, StepAnalysis, Stop, StopReason};
pub use facts::SignChange;
pub(crate) use facts::StepFacts;
#[cfg(test)]
pub(crate) use loss_scale::LossScale;
pub use measured::{Adaptation, StepBound};
pub use model_step::{Agreement, Cause, LossChange, ModelStep, Prediction, StepModel};
pub use opening::{KinkKind, StepOpening};
pub use oscillation::crosses_kinks_near;
pub use path::PathFeature;
pub use rest::RestPoint;
pub use sampled_step::{SampledOpening, SampledStep};

/// The explanation of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// How many weights the loss has: of one the tangent plane is a line.
    pub dimension: Dimension,
    /// Where the run has come to, if it goes no further from here.
    pub ending: Option<RunEnd>,
    /// The step from the iterate, or the one that would come next.
    pub step: StepCase,
    /// Why the run stopped here, if it did.
    pub stopped: Option<StopReason>,
    /// Whether the run, which ends here, crosses the same kink back and forth.
    pub oscillates: bool,
}

/// The end of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum RunEnd {
    /// The weights left for infinity: the reason is the stop's.
    Diverged(Stop),
    /// There is nothing to walk down.
    AtRest(RestPoint),
}

/// What the method does at an iterate.
#[derive(Clone, Debug, PartialEq)]
pub enum StepCase {
    /// It has no step here.
    Undefined(Undefined),
    /// It has one that it did not try, since its damped quadratic has no lowest point either.
    Untried(Adaptation),
    /// It stays where it is.
    Stays,
    /// It stays where it is, since the samples that it drew have no slope here: how many they are, and how many different ones.
    BatchIsLevel {
        /// Samples drawn.
        drawn: usize,
        /// Different ones among them.
        different: usize,
    },
    /// A step by the plane of a batch.
    Sampled(SampledStep),
    /// A step by a model of the whole loss.
    Model(ModelStep),
}

impl Explanation {
    /// Explains the analyzed step. `stop` is why the run stopped, if it stopped at this iterate; `lowest` is the lowest known
    /// critical value.
    pub fn of(analysis: &StepAnalysis, run: &Run, stop: Option<&Stop>, lowest: Option<f64>) -> Self {
        let step = StepCase::of(analysis, run, stop.is_some());
        let ending = match stop {
            Some(stop) if stop.reason == StopReason::Diverged => Some(RunEnd::Diverged(stop.clone())),
            _ => {
                let converged = stop.is_some_and(|stop| stop.reason == StopReason::Converged);
                let is_at_rest = converged || step.is_at_rest(analysis);
                is_at_rest.then(|| RunEnd::AtRest(RestPoint::of(analysis, run, converged, lowest)))
            }
        };
        let oscillates = stop.is_some() && oscillation::crosses_to_and_fro(run);
        let dimension = run.landscape().dimension();
        Self { dimension, ending, step, stopped: stop.map(|stop| stop.reason), oscillates }
    }

    /// Whether the step goes over a valley to its other side.
    pub fn crosses_valley(&self) -> bool {
        let StepCase::Model(step) = &self.step else { return false };
        matches!(step.path, PathFeature::Valley | PathFeature::Over { .. })
    }

    /// Whether it says itself why the run ends here, so that the reason of the stop would only repeat it.
    pub fn says_why_it_ends(&self) -> bool {
        match &self.ending {
            Some(RunEnd::Diverged(_)) => true,
            Some(RunEnd::AtRest(point)) => point.converged,
            None => matches!(self.step, StepCase::Undefined(_)),
        }
    }
}

impl StepCase {
    fn of(analysis: &StepAnalysis, run: &Run, is_pending: bool) -> Self {
        let (step, change): (&Step, _) = match (&analysis.replayed.step, analysis.change) {
            (Ok(step), Some(change)) => (step, change),
            (Ok(_), None) => return Self::Stays,
            (Err(why), _) => return Self::Undefined(why.clone()),
        };
        if let Some(damping) = measured::untried(analysis, step) {
            return Self::Untried(damping);
        }
        let batch = analysis.batch.as_ref();
        if step.proposed == Vector::zeros() {
            let level = batch.filter(|_| analysis.iterate.gradient != Vector::zeros());
            return level.map_or(Self::Stays, |batch| Self::BatchIsLevel {
                drawn: batch.samples.len(),
                different: batch.counts().len(),
            });
        }
        match batch {
            Some(batch) => Self::Sampled(SampledStep::of(analysis, run, (batch, change.actual), is_pending)),
            None => Self::Model(StepFacts::gather(analysis, run, step, change, is_pending).explained()),
        }
    }

    /// Whether there is nothing to walk down, or nothing that the method finds to walk down.
    fn is_at_rest(&self, analysis: &StepAnalysis) -> bool {
        match self {
            Self::Undefined(_) => analysis.iterate.gradient == Vector::zeros(),
            Self::Stays => true,
            Self::Untried(_) | Self::BatchIsLevel { .. } | Self::Sampled(_) | Self::Model(_) => false,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
