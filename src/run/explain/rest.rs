//! Where there is nothing to walk down: what kind of point it is, and how it compares with the lowest that is known.

use crate::analysis::LevelPoint;
use crate::numbers::{Dimension, length};
use crate::run::{Run, StepAnalysis};

/// A level place, or one that the tolerance takes for level.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any of them may hold")]
pub struct RestPoint {
    /// What kind of point it is.
    pub kind: LevelPoint,
    /// The number of weights.
    pub dimension: Dimension,
    /// ‖∇f‖ there.
    pub gradient: f64,
    /// Whether the run has converged.
    pub converged: bool,
    /// How far the velocity would carry it in the next step, where that is seen: the run counts as converged as soon as the
    /// gradient is small, however fast it is.
    pub carried: Option<f64>,
    /// The tolerance by which it has, if it has.
    pub tolerance: Option<f64>,
    /// Whether the method went by a quadratic model, to which a saddle is as good as a minimum.
    pub by_quadratic: bool,
    /// Whether the unit of a network is off for every sample.
    pub is_dead: bool,
    /// How far the loss lies above the lowest critical value that is known; `None` where none is known.
    pub above_lowest: Option<f64>,
    /// Whether the loss is the lowest known one, up to a millionth of how far above it the run began.
    pub is_lowest: bool,
}

/// A loss above the lowest known by less than this share of how far the run began above it is the lowest.
const SAME: f64 = 1e-6;

/// A step of this share of the region shown is seen.
const SEEN: f64 = 2e-3;

/// The length of the next step of a method with a velocity, where it is seen.
fn carried(analysis: &StepAnalysis, run: &Run) -> Option<f64> {
    run.recipe().optimizer.entry.gradient_sum?;
    analysis.proposed().map(length).filter(|way| *way > SEEN * run.landscape().domain().size())
}

impl RestPoint {
    pub(super) fn of(analysis: &StepAnalysis, run: &Run, converged: bool, lowest: Option<f64>) -> Self {
        let landscape = run.landscape();
        let switched_on = landscape.sampled_loss().and_then(|loss| loss.switched_on(analysis.iterate.at));
        let above_lowest = lowest.map(|lowest| analysis.iterate.loss - lowest);
        let began_above = lowest.zip(run.iterates().first()).map(|(lowest, first)| first.loss - lowest);
        let is_lowest = above_lowest.zip(began_above).is_some_and(|(above, began)| above <= SAME * began.max(0.0));
        Self {
            kind: LevelPoint::of(landscape, analysis.iterate.at),
            dimension: landscape.dimension(),
            gradient: length(analysis.iterate.gradient),
            converged,
            carried: carried(analysis, run).filter(|_| converged),
            tolerance: run.recipe().tolerance.filter(|_| converged),
            by_quadratic: run.recipe().optimizer.entry.second_order(),
            is_dead: switched_on.is_some_and(|on| !on.contains(&true)),
            above_lowest,
            is_lowest,
        }
    }
}
