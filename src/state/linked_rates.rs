//! Runs that share one learning rate: those whose rate multiplies the same thing, such as the gradient (their [`StepScale`]).

use std::mem::discriminant;

use super::{Card, CardId, Document};
use crate::analysis::{Bound, Curvature, LocalModel};
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

/// What a rate is, in words that begin "its rate is …".
fn words(scale: StepScale) -> &'static str {
    match scale {
        StepScale::Gradient(_) => "its rate is a multiple of the gradient",
        StepScale::Frame(_) => "its rate is the length of a step",
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

    /// Gives the runs that are linked to this one its rate; false, and nothing changes, where that is beyond the stability limit of one
    /// of them at the start.
    pub(super) fn share_rate(&mut self, id: CardId) -> bool {
        let Some(rate) = self.card(id).and_then(|card| card.optimizer.rate()) else { return true };
        let linked = self.linked_rates(id).linked;
        let has_room = |id: &CardId| {
            self.card(*id).is_none_or(|card| !self.limit_at_start(card).is_some_and(|limit| rate > limit))
        };
        if !linked.iter().all(has_room) {
            return false;
        }
        for id in linked {
            self.take_rate(id, rate);
        }
        true
    }

    /// Gives a run a rate, from its first step on.
    pub(super) fn take_rate(&mut self, id: CardId, rate: f64) {
        if let Some(card) = self.card_mut(id)
            && let Some(index) = card.optimizer.entry.rate_index()
        {
            card.changes.retain(|change| change.parameter != index);
            card.optimizer.parameters[index] = rate;
        }
    }

    /// Of every group of visible runs whose rates mean the same the one whose rate the others take: this one, or else the first.
    pub(super) fn leaders(&self, first: CardId) -> Vec<CardId> {
        let shown = self.cards.iter().filter(|card| !card.hidden && !card.ghost).map(|card| card.id);
        let mut done: Vec<CardId> = Vec::new();
        let mut leaders = Vec::new();
        let first = Some(first).filter(|id| self.card(*id).is_some_and(|card| !card.ghost));
        for id in first.into_iter().chain(shown) {
            if !done.contains(&id) {
                leaders.push(id);
                done.push(id);
                done.extend(self.linked_rates(id).linked);
            }
        }
        leaders
    }

    /// The largest stable rate of a run at its start; `None` where nothing bounds it.
    fn limit_at_start(&self, card: &Card) -> Option<f64> {
        let bound = card.optimizer.stability_bound().ok()?;
        let model = LocalModel::new(self.landscape.loss(), self.start_of(card));
        match bound.bound(&Curvature::of(&model)?) {
            Bound::Limit { limit, .. } => Some(limit),
            Bound::Flat | Bound::CurvesDown { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::state::{Command, DocumentCommand, HistoryCommand, PlayCommand, RunCommand, State};

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
        state.apply(vec![Command::Runs(RunCommand::LinkRates(true))]);
        assert_eq!(rates(&state), [0.011, 0.011, 0.03, 0.07], "at once");
        let said = |state: &State| state.message.as_ref().map(|message| message.text.clone());
        assert_eq!(said(&state).as_deref(), Some("Rates linked: Momentum takes η = 0.01100 of Gradient descent"));
        state.apply(vec![Command::History(HistoryCommand::TakeHold)]);
        let before = state.document.clone();
        for value in [0.012, 0.013, 0.014] {
            state.apply(vec![set(value)]);
        }
        state.apply(vec![Command::History(HistoryCommand::LetGo)]);
        assert_eq!(rates(&state), [0.014, 0.014, 0.03, 0.07], "the hidden one and Adam's are left alone");
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!(state.document, before, "a whole drag of all of them");
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!(rates(&state), [0.011, 0.02, 0.03, 0.07], "and the link before it");
        assert!(!state.view.scene.slider.links_rates);
        state.apply(vec![Command::Runs(RunCommand::LinkRates(true)), Command::Runs(RunCommand::LinkRates(false))]);
        assert_eq!(rates(&state), [0.011, 0.011, 0.03, 0.07], "to let them go changes none");
        let found = state.document.linked_rates(card);
        let names: Vec<&str> = found.left_out.iter().map(|(name, _)| *name).collect();
        assert_eq!((found.linked, names), (vec![state.document.cards[1].id], vec!["Adam", "Newton"]));
    }

    /// Every group of runs has one rate, and a run that joins has it, too.
    #[test]
    fn what_joins_linked_runs_takes_their_rate() {
        let mut state = state();
        let [hidden, newton] = [2, 4].map(|place| state.document.cards[place].id);
        state.apply(vec![
            Command::Runs(RunCommand::Add("rmsprop")),
            Command::Runs(RunCommand::Select(newton)),
            Command::Runs(RunCommand::LinkRates(true)),
        ]);
        assert_eq!(rates(&state), [0.01, 0.01, 0.03, 0.07, 0.07], "that of the first of each");
        state.apply(vec![
            Command::Runs(RunCommand::SetHidden(hidden, false)),
            Command::Runs(RunCommand::SetMethod(newton, "nesterov")),
            Command::Runs(RunCommand::Add("sign_gd")),
        ]);
        let found = rates(&state);
        assert_eq!(found[..6], [0.01, 0.01, 0.01, 0.07, 0.01, 0.07]);
        let suggested = state.document.suggested_rate(&state.document.cards[6].optimizer).unwrap().1;
        let alike = |place: usize| discriminant(&meaning(&state.document.cards[place]));
        let expected = [0, 3].into_iter().find(|place| alike(*place) == alike(6)).map(|place| found[place]);
        assert_eq!(found[6], expected.unwrap_or(suggested));
    }

    #[test]
    fn from_this_step_on_every_linked_run_keeps_its_past() {
        let mut state = state();
        let card = state.document.cards[0].id;
        state.apply(vec![
            Command::Play(PlayCommand::GoTo(5)),
            Command::Runs(RunCommand::ApplyFromThisStep(true)),
            Command::Runs(RunCommand::LinkRates(true)),
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
        let card = state.document.cards[0].id;
        state.apply(vec![Command::Runs(RunCommand::LinkRates(true))]);
        let before = state.document.clone();
        state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: -1.0 })]);
        assert_eq!(state.document, before);
    }

    /// On another landscape every method has a rate that suits it; linked ones have one.
    #[test]
    fn linked_rates_are_one_on_another_landscape() {
        for landscape in ["rosenbrock", "double_well", "matyas", "beale", "l1", "tanh2"] {
            for first in [0, 1] {
                let mut state = state();
                state.document.cards[2].hidden = false;
                let card = state.document.cards[first].id;
                state.apply(vec![
                    Command::Runs(RunCommand::Select(card)),
                    Command::Runs(RunCommand::LinkRates(true)),
                    Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.012 }),
                    Command::Document(DocumentCommand::ChooseLandscape(landscape)),
                ]);
                let found = rates(&state);
                let suggested = state.document.suggested_rate(&state.document.cards[first].optimizer).unwrap().1;
                assert_eq!(found[first], suggested, "{landscape}: the selected run has the rate that suits it");
                let is_one = found[..3].iter().all(|rate| *rate == found[0]);
                assert_eq!(is_one, state.view.scene.slider.links_rates, "{landscape}: {found:?}");
                let beyond = |card: &Card| state.document.limit_at_start(card).is_some_and(|limit| suggested > limit);
                assert_eq!(is_one, !state.document.cards[..3].iter().any(beyond), "{landscape}: {found:?}");
                let said = state.message.as_ref().map_or("", |message| message.text.as_str());
                let expected = if is_one { "Rates stay linked: " } else { "Rates are linked no longer: " };
                assert!(said.starts_with(expected), "{landscape}: {said}");
            }
        }
    }

    /// A rate follows a landscape that is refined where it is the suggested one, and one that is linked to it goes with it.
    #[test]
    fn linked_rates_are_one_after_the_formula_was_changed() {
        let mut state = state();
        let typed = |text: &str| Command::Document(DocumentCommand::TypeFormula(text.to_owned()));
        state.apply(vec![Command::Runs(RunCommand::LinkRates(true)), typed("x^2 + 3 y^2")]);
        let before = rates(&state);
        state.apply(vec![typed("x^2 + 30 y^2")]);
        assert_ne!(rates(&state)[0], before[0], "the suggested rate follows");
        let found = rates(&state);
        assert!(state.view.scene.slider.links_rates && found[0] == found[1], "{found:?}");
        // Newton's method has no rate: the others have one all the same.
        let newton = state.document.cards[4].id;
        state.apply(vec![
            Command::Runs(RunCommand::Select(newton)),
            Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")),
        ]);
        let found = rates(&state);
        assert_eq!(found[0] == found[1], state.view.scene.slider.links_rates, "{found:?}");
    }
}
