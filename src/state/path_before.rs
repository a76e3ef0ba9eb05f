//! The path of a run before its parameter was dragged, shown while the drag lasts.

use super::CardId;
use crate::numbers::Point;
use crate::run::Run;

/// The most points of a path that are kept: more cannot be distinguished on the screen.
const PLACES: usize = 2000;

/// The path of a run before its parameter was dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct PathBefore {
    /// The run.
    pub card: CardId,
    /// Its iterates, evenly thinned if there are very many.
    pub places: Vec<Point>,
}

impl PathBefore {
    pub(super) fn of(card: CardId, run: &Run) -> Self {
        let iterates = run.iterates();
        let stride = iterates.len().div_ceil(PLACES).max(1);
        Self { card, places: iterates.iter().step_by(stride).map(|iterate| iterate.at).collect() }
    }
}

#[cfg(test)]
mod tests {
    use crate::state::{Command, HistoryCommand, RunCommand, State};

    #[test]
    fn the_path_before_a_drag_stays_while_it_lasts() {
        let mut state = State::opening();
        let card = state.selected;
        let set = |value: f64| Command::Runs(RunCommand::SetParameter { card, parameter: 0, value });
        let places = |state: &State| -> Vec<_> {
            state.derived.run(card).unwrap().iterates().iter().map(|iterate| iterate.at).collect()
        };
        let before = places(&state);
        state.apply(vec![set(0.01)]);
        assert_eq!(state.path_before, None, "typed: nothing is dragged");
        state.apply(vec![set(0.012), Command::History(HistoryCommand::TakeHold)]);
        for rate in [0.013, 0.014] {
            state.apply(vec![set(rate)]);
            let kept = state.path_before.as_ref().unwrap();
            assert_eq!((kept.card, &kept.places), (card, &before), "the path before the drag");
        }
        state.apply(vec![Command::History(HistoryCommand::LetGo)]);
        assert_eq!(state.path_before, None, "let go");
    }
}
