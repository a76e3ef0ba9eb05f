//! The paths of the runs that a drag moves, as they were before it, shown while it lasts.

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
        assert_eq!(state.paths_before, [], "typed: nothing is dragged");
        state.apply(vec![set(0.012), Command::History(HistoryCommand::TakeHold)]);
        for rate in [0.013, 0.014] {
            state.apply(vec![set(rate)]);
            let [kept] = &state.paths_before[..] else { panic!("one path") };
            assert_eq!((kept.card, &kept.places), (card, &before), "the path before the drag");
        }
        state.apply(vec![Command::History(HistoryCommand::LetGo)]);
        assert_eq!(state.paths_before, [], "let go");
    }

    /// Every run that moves has its path before, and no other.
    #[test]
    fn every_linked_run_keeps_its_path() {
        let mut state = State::opening();
        let card = state.selected;
        state.apply(["momentum", "adam"].map(RunCommand::Add).map(Command::Runs).to_vec());
        state.apply(vec![Command::Runs(RunCommand::Select(card)), Command::Runs(RunCommand::LinkRates(true))]);
        let ids: Vec<_> = state.document.cards.iter().map(|card| card.id).collect();
        let places = |state: &State, id| -> Vec<_> {
            state.derived.run(id).unwrap().iterates().iter().map(|iterate| iterate.at).collect()
        };
        let linked = state.document.linked_rates(card).linked;
        assert!(!linked.is_empty() && linked.len() + 1 < ids.len(), "Adam is left out");
        let moved: Vec<_> = std::iter::once(card).chain(linked).collect();
        let before: Vec<_> = moved.iter().map(|id| (*id, places(&state, *id))).collect();
        state.apply(vec![Command::History(HistoryCommand::TakeHold)]);
        for value in [0.011, 0.012] {
            state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value })]);
            let kept: Vec<_> = state.paths_before.iter().map(|path| (path.card, path.places.clone())).collect();
            assert_eq!(kept, before, "at {value}");
        }
        state.apply(vec![Command::Runs(RunCommand::SetCoefficient { card: ids[1], value: 0.5 })]);
        let kept: Vec<_> = state.paths_before.iter().map(|path| path.card).collect();
        assert_eq!(kept, [ids[1]], "β is its own");
    }
}
