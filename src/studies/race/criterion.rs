//! The criterion by which a walk has finished: a tolerance, or a used-up budget.

use super::RaceWalk;
use crate::optimizers::{CostModel, MethodCost};

/// What has to be small, or used up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Criterion {
    /// Loss − f*.
    Loss(f64),
    /// ‖∇f‖.
    Gradient(f64),
    /// The distance to the nearest known minimum.
    Distance(f64),
    /// Evaluations, in gradients.
    Budget(f64),
}

/// ‖∇f‖ at which a walk rests at the latest.
const REST: f64 = 1e-8;
/// ‖∇f‖ at which it rests, as a share of its tolerance, also where that is one of loss − f* or of a distance:
/// close to a minimum both are as small as ‖∇f‖, but for the curvature.
const BELOW: f64 = 1e-3;

impl Criterion {
    /// ‖∇f‖ at which a walk has come to rest: well below the tolerance, so that it is met before.
    pub fn rest(self) -> f64 {
        self.tolerance().map_or(REST, |tolerance| (BELOW * tolerance).min(REST))
    }

    /// What has to be met; `None` for a budget.
    pub fn tolerance(self) -> Option<f64> {
        match self {
            Self::Loss(tolerance) | Self::Gradient(tolerance) | Self::Distance(tolerance) => Some(tolerance),
            Self::Budget(_) => None,
        }
    }
}

/// A criterion with what it depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finish {
    /// What has to be small, or used up.
    pub criterion: Criterion,
    /// f*; `None` where there is none, and then no loss is small enough.
    pub f_star: Option<f64>,
    /// What evaluations cost: it counts for a budget only.
    pub model: CostModel,
}

/// Where a walk is counted up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The iterate up to which it is counted.
    pub step: usize,
    /// Whether the criterion was met there, and not the walk at its end.
    pub is_met: bool,
}

impl Finish {
    /// Whether an iterate is within the tolerance; false for a budget.
    pub(super) fn is_met_at(&self, walk: &RaceWalk, step: usize) -> bool {
        match self.criterion {
            Criterion::Loss(tolerance) => self.f_star.is_some_and(|f_star| walk.loss(step) - f_star <= tolerance),
            Criterion::Gradient(tolerance) => walk.slope(step) <= tolerance,
            Criterion::Distance(tolerance) => walk.distance(step).is_some_and(|away| away <= tolerance),
            Criterion::Budget(_) => false,
        }
    }

    /// Up to which iterate a walk is counted: the first that meets the criterion or, with a budget, the last within it.
    pub fn counted(&self, walk: &RaceWalk, method: &MethodCost) -> Counted {
        let last = walk.len().saturating_sub(1);
        if let Criterion::Budget(most) = self.criterion {
            let beyond =
                (0..walk.len()).find(|step| self.model.gradients(method, walk.evaluations(*step), *step) > most);
            // A walk that has ended before may have come to rest: it had no more costs.
            return Counted { step: beyond.map_or(last, |step| step.saturating_sub(1)), is_met: beyond.is_some() };
        }
        let is_met = |step: &usize| self.is_met_at(walk, *step);
        let step = if walk.is_to_stay() {
            (0..walk.len()).rev().take_while(is_met).last()
        } else {
            (0..walk.len()).find(is_met)
        };
        Counted { step: step.unwrap_or(last), is_met: step.is_some() }
    }
}
