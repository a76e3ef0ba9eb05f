//! Everything that determines a run on a given landscape.

use crate::numbers::Point;
use crate::optimizers::Choice;

/// More steps than this are refused: their records would not fit in the memory of a small laptop.
pub const MAX_STEPS: usize = 1_000_000;

/// A parameter that was changed on the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterChange {
    /// The first step that is taken with the new value.
    pub step: usize,
    /// The parameter's position in the optimizer's entry.
    pub parameter: usize,
    /// The new value.
    pub value: f64,
}

/// Optimizer, start, length, tolerance and the changes made on the way; with a landscape it determines a run to the last bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// The rule and its parameters at step 0.
    pub optimizer: Choice,
    /// w₀.
    pub start: Point,
    /// How many steps to take at most.
    pub steps: usize,
    /// Stop once ‖∇f‖ is this small; `None` to go on.
    pub tolerance: Option<f64>,
    /// Whether a run that has diverged goes on until its numbers end.
    pub goes_on_diverged: bool,
    /// Changes on the way, by rising step.
    pub changes: Vec<ParameterChange>,
}

impl Recipe {
    /// A run without changes or tolerance, which goes on even when it has diverged.
    pub fn new(optimizer: Choice, start: Point, steps: usize) -> Self {
        Self {
            optimizer,
            start,
            steps: steps.min(MAX_STEPS),
            tolerance: None,
            goes_on_diverged: true,
            changes: Vec::new(),
        }
    }

    /// The parameters with which step `step` is taken.
    pub fn parameters_at(&self, step: usize) -> Vec<f64> {
        let mut parameters = self.optimizer.parameters.clone();
        for change in self.changes.iter().take_while(|change| change.step <= step) {
            parameters[change.parameter] = change.value;
        }
        parameters
    }

    /// Records a change; changes of the same parameter at that step or later are superseded.
    pub fn change_from(&mut self, change: ParameterChange) {
        change_from(&mut self.changes, change);
    }
}

/// Records a change among those made on the way; changes of the same parameter at that step or later are superseded.
pub fn change_from(changes: &mut Vec<ParameterChange>, change: ParameterChange) {
    changes.retain(|old| old.parameter != change.parameter || old.step < change.step);
    let place = changes.partition_point(|old| old.step <= change.step);
    changes.insert(place, change);
}
