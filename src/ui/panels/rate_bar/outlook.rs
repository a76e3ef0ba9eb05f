//! What becomes of a run whose rate is beyond the limit here: many come down all the same, and that is no alarm.

use crate::run::{Run, StopReason};
use crate::ui::panels::run_card::ShownCard;
use crate::ui::widgets::rate_assessment::half;

/// How a run that does not leave goes on from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It ends lower than it is there; at its end, lower than it began.
    ComesDown,
    /// It converges, if not to a lower loss.
    Converges,
}

/// How the run goes on from the playhead; `None` where it diverges or ends higher, and while a class is to predict that.
pub(super) fn of(shown: &ShownCard<'_>) -> Option<Outlook> {
    let state = shown.state;
    let run = state.derived.run(shown.card.id).filter(|_| state.held_step().is_none())?;
    Outlook::after(run, state.step_of(shown.card.id))
}

impl Outlook {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Zone;
    use crate::landscapes::{Landscape, entries};
    use crate::state::{Command, Document, PlayCommand, RunCommand, State};

    /// Whether the rate is beyond the limit at a step, and what becomes of the run.
    fn seen(state: &mut State, step: usize) -> (bool, Option<Outlook>) {
        state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
        state.finish_runs();
        let place = state.document.place(state.selected).unwrap();
        let shown = ShownCard::of(state, place, &state.document.cards[place]);
        let is_beyond = shown.rate_now().or(shown.method.rate()).is_some_and(|rate| {
            let assessment = shown.assessment();
            assessment.zone(rate) == Zone::Diverging
        });
        (is_beyond, of(&shown))
    }

    #[test]
    fn a_rate_beyond_the_limit_is_no_alarm_where_the_run_converges() {
        let (mut calm, mut beyond) = (0, 0);
        for entry in entries() {
            let mut state = State::new(Document::new(Landscape::of(entry)));
            state.finish_runs();
            let run = state.derived.run(state.selected).unwrap();
            let [first, last] = [&run.iterates()[0], run.iterates().last().unwrap()].map(|iterate| iterate.loss);
            let end = run.iterates().len() - 1;
            let leaves = run.stop().is_some_and(|stop| stop.reason == StopReason::Diverged);
            if leaves || !run.walker().arrived() && last >= first {
                continue;
            }
            for step in [0, 1, 3, end / 2, end] {
                let (is_beyond, outlook) = seen(&mut state, step);
                beyond += usize::from(is_beyond);
                let run = state.derived.run(state.selected).unwrap();
                let comes_down = run.walker().arrived() || step == end || run.iterates()[step].loss > last;
                assert_eq!(outlook.is_some(), comes_down, "{} at step {step}", entry.id);
                calm += usize::from(comes_down);
            }
        }
        assert!(beyond > 1 && calm > 60, "{beyond} beyond the limit, {calm} that come down");
    }

    #[test]
    fn a_run_that_leaves_stays_an_alarm_and_a_long_note_gets_shorter() {
        let mut state = State::new(Document::new(Landscape::parse("himmelblau").unwrap()));
        let card = state.selected;
        state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.5 })]);
        for step in [0, 1] {
            assert_eq!(seen(&mut state, step).1, None, "step {step}");
        }
        let text = "beyond 2/λmax = 0.001366 here";
        let said = [100, 40].map(|most| Outlook::ComesDown.added_to(text, |text| text.chars().count() < most));
        assert_eq!(said[0], "beyond 2/λmax = 0.001366 here; the run still comes down");
        assert_eq!(said[1], "beyond 2/λmax; the run still comes down");
    }
}
