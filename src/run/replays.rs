//! Steps of a run to replay for what was not recorded of them: in the background if a step costs more than a frame.

use std::sync::Arc;

use super::{Replay, Run, StepReplay};
use crate::analysis::LocalModel;
use crate::landscapes::Landscape;
use crate::numbers::{Point, Symmetric2};
use crate::optimizers::{Carried, Role, playing};

/// What only a replay finds out about a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReplayFacts {
    /// The multiple α of its direction that a line search accepted.
    pub multiple: Option<f64>,
    /// ‖B − H‖, where B is the method's own matrix instead of the Hessian.
    pub matrix_error: Option<f64>,
}

impl ReplayFacts {
    /// The facts of a replayed step from a point; `is_taken`: it leads to an iterate, and is not the one that would come next.
    pub fn of(replayed: &StepReplay, landscape: &Landscape, at: Point, is_taken: bool) -> Self {
        let multiple = match playing(&replayed.working, Role::Multiple) {
            Some(Carried::Number(multiple)) if is_taken && replayed.step.is_ok() => Some(*multiple),
            _ => None,
        };
        let matrix_error = replayed.own_curvature().map(|(_, own)| {
            let hessian = LocalModel::new(landscape.loss(), at).hessian;
            Symmetric2::new(own.xx - hessian.xx, own.xy - hessian.xy, own.yy - hessian.yy).norm()
        });
        Self { multiple, matrix_error }
    }
}

impl Run {
    /// What is known of the step from an iterate once it is taken again; `None` past the end.
    pub fn replay_facts(&self, step: usize) -> Option<ReplayFacts> {
        let at = self.iterates().get(step)?.at;
        let is_taken = step + 1 < self.iterates().len();
        Some(ReplayFacts::of(&self.replayed(step)?, self.landscape(), at, is_taken))
    }
}

/// Steps of a run to replay, and what was found so far.
#[derive(Clone)]
pub struct Replays {
    run: u64,
    steps: Arc<Vec<Replay>>,
    /// The last iterate of the run, from which no step was taken.
    last: usize,
    found: Vec<(usize, ReplayFacts)>,
}

impl Replays {
    /// The steps from these iterates of a run, in this order; none is taken yet.
    pub fn new(run: &Run, steps: &[usize]) -> Self {
        let steps = steps.iter().filter_map(|step| run.replay_at(*step)).collect();
        let last = run.iterates().len().saturating_sub(1);
        Self { run: run.serial(), steps: Arc::new(steps), last, found: Vec::new() }
    }

    /// Whether they are of the same run and the same steps, whatever has been found.
    pub fn is_same(&self, other: &Self) -> bool {
        self.run == other.run && self.steps.iter().map(Replay::index).eq(other.steps.iter().map(Replay::index))
    }

    /// Whether they are of this run.
    pub fn is_of(&self, run: &Run) -> bool {
        self.run == run.serial()
    }

    /// Takes steps until about this many evaluations of one sample each are spent; true once all are taken.
    pub fn advance(&mut self, budget: usize) -> bool {
        let mut spent = 0;
        while let Some(replay) = self.steps.get(self.found.len()).filter(|_| spent < budget) {
            let landscape = replay.landscape();
            let is_taken = replay.index() < self.last;
            let facts = ReplayFacts::of(&replay.replayed().0, landscape, replay.iterate().at, is_taken);
            self.found.push((replay.index(), facts));
            spent += replay.recipe().optimizer.entry.evaluations_per_step.max(1).saturating_mul(landscape.cost());
        }
        self.is_finished()
    }

    /// Whether all are taken.
    pub fn is_finished(&self) -> bool {
        self.found.len() == self.steps.len()
    }

    /// What was found of each step, in the order in which they were taken.
    pub fn found(&self) -> &[(usize, ReplayFacts)] {
        &self.found
    }
}
