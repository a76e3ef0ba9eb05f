//! A quantity of every run against its steps or evaluations: a chart that says when something lies outside the frame.
//!
//! [`StepQuantity`] is the registry of what can be drawn, a [`Trace`] its values along a run, [`loss_chart`] the picture.

mod chart;
mod choice;
mod columns;
mod curve;
mod guides;
mod premise;
mod quantity;
mod range;
mod read_out;
mod ruler;
mod scale;
mod sparkline;
#[cfg(test)]
mod tests;
mod trace;

pub use chart::{LossChart, LossChartInput, loss_chart};
pub use choice::{ChartAxis, ChartChange, ChartChoice, ChartScale, Floor};
pub use curve::Curve;
pub use premise::Premise;
pub use quantity::{Cost, StepQuantity};
pub use read_out::ReadOut;
pub use ruler::{Ruler, ShownRuler, on_selected};
pub use scale::{Spending, XAxis, YScale};
pub use sparkline::{Sparkline, sparkline};
pub use trace::{Trace, Wanted};

use crate::run::{Run, StopReason};

/// A loss this many times its size at the start has left.
const GREW: f64 = 100.0;

/// The step at which a run diverged, or after which the loss has no value; `None` for all others.
fn lost_at(run: &Run) -> Option<usize> {
    let lost = |reason| matches!(reason, StopReason::Diverged | StopReason::NotFinite);
    let stop = run.stop().filter(|stop| lost(stop.reason))?;
    Some(stop.step.min(run.iterates().len().checked_sub(1)?))
}

/// Whether a run leaves for infinity, by itself alone: it is lost, or its loss has grown a hundredfold.
pub(super) fn leaves(run: &Run) -> bool {
    let ends = run.iterates().first().zip(run.iterates().last());
    let grew = ends.is_some_and(|(first, last)| last.loss.abs() > GREW * first.loss.abs() && first.loss != 0.0);
    grew || lost_at(run).is_some()
}
