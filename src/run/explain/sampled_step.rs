//! A step that asked a few samples only: what their plane predicted, what their loss did, and what that of all of them did.

use super::facts::{SignChange, sign_changes};
use super::loss_scale::LossScale;
use super::measured::noisy;
use super::model_step::LossChange;
use super::opening::KinkKind;
use crate::numbers::Vector;
use crate::run::{Batch, Run, StepAnalysis};

/// A step by the plane of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledStep {
    /// How many samples were drawn.
    pub drawn: usize,
    /// How many different ones.
    pub different: usize,
    /// How many there are.
    pub of: usize,
    /// Whether their gradient has noise added.
    pub is_noisy: bool,
    /// What is special about its situation.
    pub opening: Option<SampledOpening>,
    /// The change of the batch's loss by its plane.
    pub prediction: LossChange,
    /// The change of the batch's loss.
    pub actual: LossChange,
    /// The change of the loss of all samples.
    pub whole: LossChange,
    /// Of each weight, whether it changes its sign.
    pub sign_changes: [Option<SignChange>; 2],
    /// Whether the step is not taken any more, as the run ends here.
    pub is_pending: bool,
}

/// The situation of a step by a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampledOpening {
    /// There is no tangent plane here.
    Kink(KinkKind),
    /// The batch has no slope here, and old velocity alone makes the step.
    OldVelocity,
    /// What the method remembers carries the step up the plane of the batch.
    Uphill,
}

impl SampledStep {
    /// `whole` is the change of the loss of all samples.
    pub(super) fn of(analysis: &StepAnalysis, run: &Run, (batch, whole): (&Batch, f64), is_pending: bool) -> Self {
        let change = |by: f64| LossChange::new(by, LossScale::of(analysis));
        Self {
            drawn: batch.samples.len(),
            different: batch.counts().len(),
            of: batch.of,
            is_noisy: noisy(analysis, run),
            opening: SampledOpening::of(analysis, run, batch),
            prediction: change(batch.predicted),
            actual: change(batch.actual),
            whole: change(whole),
            sign_changes: analysis.proposed().map_or([None; 2], |step| sign_changes(analysis, run, step)),
            is_pending,
        }
    }

    /// Whether the batch loss falls while the full loss rises.
    pub fn misleads(&self) -> bool {
        self.whole.by > 0.0 && !self.whole.is_lost && self.actual.by < 0.0 && self.different < self.of
    }
}

impl SampledOpening {
    fn of(analysis: &StepAnalysis, run: &Run, batch: &Batch) -> Option<Self> {
        match KinkKind::at(analysis, run) {
            Some(kink) => Some(Self::Kink(kink)),
            None if batch.gradient == Vector::zeros() => Some(Self::OldVelocity),
            None => (batch.predicted > 0.0).then_some(Self::Uphill),
        }
    }
}
