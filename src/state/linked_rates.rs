//! Runs that share one learning rate: those whose rates mean the same.

use std::mem::discriminant;

use super::{Card, CardId, Document};
use crate::optimizers::StepScale;

/// Which other runs a rate would be set for, and which are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkedRates {
    /// Visible runs whose rate means the same as that of the run.
    pub linked: Vec<CardId>,
    /// The other visible runs: the name of the method, and why.
    pub left_out: Vec<(&'static str, &'static str)>,
}

/// What a rate is, and so whether another one means the same.
fn meaning(card: &Card) -> StepScale {
    card.optimizer.step_scale()
}

/// What a rate is, in words that end "its rate is …".
fn words(scale: StepScale) -> &'static str {
    match scale {
        StepScale::Gradient(_) => "its rate is a multiple of the gradient",
        StepScale::Region(_) => "its rate is the length of a step",
        StepScale::Fixed(_) | StepScale::Own => "its rate is a number of its own kind",
    }
}

impl Document {
    /// The runs that take the rate of this one where rates are linked.
    pub fn linked_rates(&self, id: CardId) -> LinkedRates {
        let mut found = LinkedRates::default();
        let Some(own) = self.card(id).filter(|card| card.optimizer.entry.rate_index().is_some()) else { return found };
        for card in self.cards.iter().filter(|card| card.id != id && !card.hidden && !card.ghost) {
            let entry = card.optimizer.entry;
            if entry.rate_index().is_none() {
                found.left_out.push((entry.name, "it has no learning rate"));
            } else if discriminant(&meaning(card)) != discriminant(&meaning(own)) {
                found.left_out.push((entry.name, words(meaning(card))));
            } else {
                found.linked.push(card.id);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::state::{Command, HistoryCommand, PlayCommand, RunCommand, State};

    /// Descent, momentum, Nesterov hidden, Adam, Newton.
    fn state() -> State {
        let mut document = Document::new(Landscape::parse("himmelblau").unwrap());
        document.cards.clear();
        for method in ["gd:lr=0.01", "momentum:lr=0.02", "nesterov:lr=0.03", "adam:lr=0.07", "newton"] {
            document.add(Choice::parse(method).unwrap());
        }
        document.cards[2].hidden = true;
        State::new(document)
    }

    fn rates(state: &State) -> Vec<f64> {
        state.document.cards.iter().filter_map(|card| card.optimizer.get("lr")).collect()
    }

    #[test]
    fn rates_that_mean_the_same_are_one_and_undo_takes_all_of_them_back_at_once() {
        let mut state = state();
        let card = state.document.cards[0].id;
        let set = |value| Command::Runs(RunCommand::SetParameter { card, parameter: 0, value });
        state.apply(vec![set(0.011)]);
        assert_eq!(rates(&state), [0.011, 0.02, 0.03, 0.07], "not linked");
        state.apply(vec![Command::Runs(RunCommand::LinkRates(true)), Command::History(HistoryCommand::TakeHold)]);
        let before = state.document.clone();
        for value in [0.012, 0.013, 0.014] {
            state.apply(vec![set(value)]);
        }
        state.apply(vec![Command::History(HistoryCommand::LetGo)]);
        assert_eq!(rates(&state), [0.014, 0.014, 0.03, 0.07], "the hidden one and Adam's are left alone");
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!(state.document, before, "a whole drag of all of them");
        let found = state.document.linked_rates(card);
        let names: Vec<&str> = found.left_out.iter().map(|(name, _)| *name).collect();
        assert_eq!((found.linked, names), (vec![state.document.cards[1].id], vec!["Adam", "Newton"]));
    }

    #[test]
    fn from_this_step_on_every_linked_run_keeps_its_past() {
        let mut state = state();
        let card = state.document.cards[0].id;
        state.apply(vec![
            Command::Play(PlayCommand::GoTo(5)),
            Command::Runs(RunCommand::LinkRates(true)),
            Command::Runs(RunCommand::ApplyFromThisStep(true)),
            Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.004 }),
        ]);
        for (place, before) in [(0, 0.01), (1, 0.02)] {
            let card = &state.document.cards[place];
            let at = |step| state.document.parameters_at(card, step)[0];
            assert_eq!([at(4), at(5)], [before, 0.004], "run {place}");
        }
    }

    #[test]
    fn a_rate_that_cannot_be_changes_none() {
        let mut state = state();
        let before = state.document.clone();
        let card = state.document.cards[0].id;
        state.apply(vec![
            Command::Runs(RunCommand::LinkRates(true)),
            Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: -1.0 }),
        ]);
        assert_eq!(state.document, before);
    }
}
