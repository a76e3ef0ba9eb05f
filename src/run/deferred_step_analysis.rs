//! The analysis of a step in the background, where that costs more than a frame.

use std::sync::Arc;

use super::{QueryLog, Replay, Run, StepAnalysis};

/// A step of a run that is to be analyzed, and the analysis once there is one.
#[derive(Clone)]
pub struct DeferredStepAnalysis {
    serial: u64,
    replay: Replay,
    share: f64,
    found: Option<(Arc<StepAnalysis>, QueryLog)>,
}

impl DeferredStepAnalysis {
    /// The step from an iterate of a run, or from its last; `None` if it has no iterate. See [`StepAnalysis::within`].
    pub fn new(run: &Run, index: usize, share: f64) -> Option<Self> {
        let index = index.min(run.iterates().len().checked_sub(1)?);
        Some(Self { serial: run.serial(), replay: run.replay_at(index)?, share, found: None })
    }

    /// Whether it is the same step of the same run, done or not.
    pub fn is_same(&self, other: &Self) -> bool {
        let key = |one: &Self| (one.serial, one.replay.index(), one.replay.iterate(), one.share);
        key(self) == key(other)
    }

    /// Takes it apart.
    pub fn finish(&mut self) {
        if self.found.is_none() {
            let (replayed, queries) = self.replay.replayed();
            let queries = QueryLog { queries, steps: 1, left_out: self.replay.index() };
            self.found = Some((Arc::new(StepAnalysis::of_replay(&self.replay, replayed, self.share)), queries));
        }
    }

    /// The analyzed step, and what the method asked for it; `None` while that is not done.
    pub fn found(&self) -> Option<&(Arc<StepAnalysis>, QueryLog)> {
        self.found.as_ref()
    }
}
