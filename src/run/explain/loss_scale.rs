//! What changes of the loss are compared with: its rounding, and what was gained before.

use crate::run::StepAnalysis;
use crate::run::step_report::RESOLUTION;

/// What changes of the loss are compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LossScale {
    /// Changes up to this size are rounding.
    pub(crate) resolution: f64,
    /// How far the loss has fallen since the start of the run.
    pub(crate) gained: f64,
}

impl LossScale {
    pub(super) fn of(analysis: &StepAnalysis) -> Self {
        Self { resolution: RESOLUTION * analysis.iterate.loss.abs(), gained: analysis.decrease }
    }
}
