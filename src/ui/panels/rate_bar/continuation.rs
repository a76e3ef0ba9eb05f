//! What becomes of a run whose rate is beyond the limit here: many come down all the same, and that is no alarm.

use crate::run::{Run, StopReason};
use crate::ui::panels::run_card::ShownCard;
use crate::ui::widgets::rate_assessment::half;

/// How a run that does not leave goes on from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Continuation {
    /// It ends lower than it is there; at its end, lower than it began.
    ComesDown,
    /// It converges, if not to a lower loss.
    Converges,
}

/// How the run goes on from the playhead; `None` where it diverges or ends higher, and while a class is to predict that.
pub(super) fn of(shown: &ShownCard<'_>) -> Option<Continuation> {
    let state = shown.state;
    let run = state.derived.run(shown.card.id).filter(|_| state.held_step().is_none())?;
    Continuation::after(run, state.step_of(shown.card.id))
}

impl Continuation {
    fn after(run: &Run, step: usize) -> Option<Self> {
        if run.stop().is_some_and(|stop| stop.reason == StopReason::Diverged) {
            return None;
        }
        let last = run.iterates().len().checked_sub(1)?;
        let from = if step < last { step } else { 0 };
        let comes_down = run.iterates()[last].loss < run.iterates()[from].loss;
        comes_down.then_some(Self::ComesDown).or(run.walker().arrived().then_some(Self::Converges))
    }

    /// What is said of a rate beyond the limit with this added, shorter where it does not fit.
    pub(super) fn added_to(self, text: &str, fits: impl Fn(&str) -> bool) -> String {
        let added = match self {
            Self::ComesDown => "the run still comes down",
            Self::Converges => "the run still converges",
        };
        let whole = format!("{text}; {added}");
        if fits(&whole) {
            return whole;
        }
        let brief = half(text).split(" = ").next().unwrap_or(text);
        format!("{brief}; {added}")
    }
}
