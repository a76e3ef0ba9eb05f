//! Where there is nothing to walk down: what kind of point it is, and how it compares with the lowest that is known.

use crate::analysis::LevelPoint;
use crate::numbers::{Dimension, length};
use crate::run::{Run, StepAnalysis};

/// A level place, or one that the tolerance takes for level.
#[derive(Clone, Debug, PartialEq)]
pub struct RestPoint {
    /// What kind of point it is.
    pub kind: LevelPoint,
    /// Of how many weights.
    pub dimension: Dimension,
    /// ‖∇f‖ there.
    pub gradient: f64,
    /// Whether the run has converged.
    pub converged: bool,
    /// The tolerance by which it has, if it has.
    pub tolerance: Option<f64>,
    /// Whether the unit of a network is off for every sample.
    pub is_dead: bool,
    /// How far the loss lies above the lowest critical value that is known; `None` where none is known.
    pub above_lowest: Option<f64>,
}

impl RestPoint {
    pub(super) fn of(analysis: &StepAnalysis, run: &Run, converged: bool, lowest: Option<f64>) -> Self {
        let landscape = run.landscape();
        let switched_on = landscape.loss().switched_on(analysis.iterate.at);
        Self {
            kind: LevelPoint::of(landscape, analysis.iterate.at),
            dimension: landscape.dimension(),
            gradient: length(analysis.iterate.gradient),
            converged,
            tolerance: run.recipe().tolerance.filter(|_| converged),
            is_dead: switched_on.is_some_and(|on| !on.contains(&true)),
            above_lowest: lowest.map(|lowest| analysis.iterate.loss - lowest),
        }
    }
}
