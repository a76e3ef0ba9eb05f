//! Runs at equal work: where each stands when it has spent as much as the selected one, and which of them wait.

use crate::drawing::Waiting;
use crate::drawing::loss_chart::{ChartAxis, ChartChoice, Spending, XAxis};
use crate::optimizers::CostModel;
use crate::run::Run;

/// A run waits where its next step costs at least this many of the selected run's: with fewer it is seen to walk.
const STEPS: f64 = 2.0;

fn operations(model: CostModel) -> XAxis {
    XAxis::of(&ChartChoice { against: ChartAxis::Operations, ..ChartChoice::default() }, model)
}

/// The last iterate of a run whose cost does not exceed that of `other` at `step`.
pub(in crate::state) fn step_at_equal_work(run: &Run, other: &Run, step: usize, model: CostModel) -> usize {
    let axis = operations(model);
    let step = step.min(other.iterates().len().saturating_sub(1));
    let place = axis.place(&Spending::new(other, None), step);
    place.map_or(0, |place| axis.step(&Spending::new(run, None), place))
}

/// The step that a run waits for while `other` walks to `step`, and how much of it is paid; `None` where it walks along, or has
/// come to its end.
pub(in crate::state) fn waiting(run: &Run, other: &Run, step: usize, model: CostModel) -> Option<Waiting> {
    let axis = operations(model);
    let (own, others) = (Spending::new(run, None), Spending::new(other, None));
    let step = step.min(other.iterates().len().checked_sub(1)?);
    let [before, spent] = [step.checked_sub(1)?, step].map(|step| axis.place(&others, step));
    let now = axis.step(&own, spent?);
    let next = Some(now + 1).filter(|next| *next < run.iterates().len())?;
    let [here, there] = [axis.place(&own, now)?, axis.place(&own, next)?];
    let is_dear = there - here >= STEPS * (spent? - before?);
    is_dear.then(|| Waiting { step: next, paid: ((spent.unwrap_or(here) - here) / (there - here)).clamp(0.0, 1.0) })
}
