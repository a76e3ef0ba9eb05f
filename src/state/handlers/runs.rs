//! Carries out the commands of the runs: adds and removes them, and sets their methods and parameters.

use super::Touched;
use crate::landscapes::InputError;
use crate::numbers::Vector;
use crate::optimizers::Choice;
use crate::run::velocity_for;
use crate::state::document::{first_affected_step, here};
use crate::state::{Card, CardId, MAX_CARDS, PathBefore, RunCommand, State};
use crate::studies::rate_beside;

impl State {
    /// Carries out a command for the runs.
    pub(super) fn carry_out_runs(&mut self, command: RunCommand) -> Result<Touched, InputError> {
        let document = &mut self.document;
        match command {
            RunCommand::Add(id) => {
                let mut optimizer = Choice::parse(id)?;
                document.suggest(&mut optimizer);
                let optimizer = document.with_own_seed(optimizer, None);
                let added = document.add(optimizer);
                self.select_added(added);
                if let Some(id) = added {
                    self.join_linked(id);
                }
            }
            RunCommand::Duplicate(id) => {
                let added = document.duplicate(id);
                self.select_added(added);
            }
            RunCommand::Remove(id) if document.cards.len() > 1 => document.remove(id),
            RunCommand::Remove(_) => {
                self.say("At least one run must remain: choose another method for it instead".to_owned());
            }
            RunCommand::RemoveOthers(id) if document.place(id).is_some() => {
                let others: Vec<CardId> =
                    document.cards.iter().map(|card| card.id).filter(|other| *other != id).collect();
                for other in others {
                    document.remove(other);
                }
                self.selected = id;
            }
            RunCommand::RemoveOthers(_) => {}
            RunCommand::SetMethod(id, method) => {
                document.set_method(id, Choice::parse(method)?);
                self.join_linked(id);
            }
            RunCommand::SetParameter { card, parameter, value } => {
                self.set_parameter(card, parameter, value, Self::first_affected_step)?;
            }
            RunCommand::SetParameters { card, values } => {
                for (parameter, value) in values.into_iter().flatten() {
                    self.set_parameter(card, parameter, value, Self::first_affected_step)?;
                }
            }
            RunCommand::SetParameterFromHere { card, parameter, value } => {
                self.set_parameter(card, parameter, value, |state, card| Some(state.here(card)))?;
            }
            RunCommand::SetCoefficient { card, value } => self.set_coefficient(card, value)?,
            RunCommand::Launch { card, coast } => self.launch(card, coast)?,
            RunCommand::KeepAsymptoticRate(on) => self.view.scene.slider.keeps_asymptotic_rate = on,
            RunCommand::LinkRates(on) => self.link_rates(on)?,
            RunCommand::SlideCoefficient(on) => self.view.scene.slider.slides_coefficient = on,
            RunCommand::SetOwnStart(id, start) => {
                if let Some(card) = document.card_mut(id) {
                    card.own_start = start.filter(|at| at.coords.iter().all(|coordinate| coordinate.is_finite()));
                }
            }
            RunCommand::Restyle(id, style) => {
                if let Some(card) = document.card_mut(id) {
                    card.style = style % MAX_CARDS;
                }
            }
            RunCommand::SetHidden(id, hidden) => {
                if let Some(card) = document.card_mut(id) {
                    card.hidden = hidden;
                }
                if !hidden {
                    self.join_linked(id);
                }
                // What is not seen is not what the step, the sentence and the sliders speak of.
                if hidden && id == self.selected {
                    self.select(self.visible_neighbor(1));
                }
            }
            RunCommand::Branch(id) => self.branch(id),
            RunCommand::Select(id) => self.select(id),
            RunCommand::SelectNext(direction) => self.select(self.visible_neighbor(direction)),
            RunCommand::ApplyFromThisStep(on) => {
                self.view.scene.slider.from_here_on = on;
                return Ok(Touched::Nothing);
            }
        }
        Ok(Touched::Scene)
    }

    /// Sets a parameter of a run from the step on that `from` gives for a run; a rate also for those that are linked to it.
    fn set_parameter(
        &mut self,
        card: CardId,
        parameter: usize,
        value: f64,
        from: fn(&Self, CardId) -> Option<usize>,
    ) -> Result<(), InputError> {
        let is_rate = |card: &Card| card.optimizer.entry.rate_index() == Some(parameter);
        let is_shared = self.view.scene.slider.links_rates && self.document.card(card).is_some_and(is_rate);
        let others = if is_shared { self.document.linked_rates(card).linked } else { Vec::new() };
        if !self.begin_change(card, &others) {
            return Ok(());
        }
        let first = from(self, card);
        self.document.set_parameter(card, parameter, value, first)?;
        if is_shared {
            self.give_linked(card, value, from)?;
        }
        Ok(())
    }

    /// Sets the momentum coefficient of a run, and where the view keeps η/(1−β) its rate.
    fn set_coefficient(&mut self, card: CardId, value: f64) -> Result<(), InputError> {
        let known = self.document.card(card);
        let Some(known) = known else { return Ok(()) };
        let entry = known.optimizer.entry;
        let Some(coefficient) = known.optimizer.coefficient_index() else { return Ok(()) };
        let first = self.first_affected_step(card);
        let before = self.document.parameters_at(known, first.unwrap_or(0));
        if !self.begin_change(card, &[]) {
            return Ok(());
        }
        self.document.set_parameter(card, coefficient, value, first)?;
        if let Some(rate) = entry.rate_index().filter(|_| self.view.scene.slider.keeps_asymptotic_rate) {
            let moved = rate_beside(before[rate], before[coefficient], value);
            self.document.set_parameter(card, rate, moved, first)?;
        }
        Ok(())
    }

    /// Sets the initial velocity of a run by where it would carry the ball; nothing happens for a method that begins without.
    fn launch(&mut self, card: CardId, coast: Vector) -> Result<(), InputError> {
        let Some(choice) = self.document.card(card).map(|card| &card.optimizer) else { return Ok(()) };
        let Some((indices, velocity)) = choice.initial_indices().zip(velocity_for(choice, coast)) else {
            return Ok(());
        };
        if self.begin_change(card, &[]) {
            for (index, component) in std::iter::zip(indices, [velocity.x, velocity.y]) {
                self.document.set_parameter(card, index, component, None)?;
            }
        }
        Ok(())
    }

    /// Keeps the path of a run whose parameter is about to be dragged, and those of the `others` that move with it; false, with a
    /// message, for a ghost, which cannot be changed.
    fn begin_change(&mut self, card: CardId, others: &[CardId]) -> bool {
        if self.document.card(card).is_some_and(|card| card.ghost) {
            self.say("A ghost cannot be changed: duplicate it to change the copy".to_owned());
            return false;
        }
        if self.history.is_held() && self.paths_before.first().is_none_or(|before| before.card != card) {
            let moved = std::iter::once(card).chain(others.iter().copied());
            let path = |id| self.derived.run(id).map(|run| PathBefore::of(id, run));
            self.paths_before = moved.filter_map(path).collect();
        }
        true
    }

    fn select(&mut self, id: CardId) {
        self.view.scene.inside = None;
        self.selected = id;
    }

    /// The visible run this many places after the selected one, in a circle.
    fn visible_neighbor(&self, direction: i32) -> CardId {
        let visible: Vec<CardId> = self.document.cards.iter().filter(|card| !card.hidden).map(|card| card.id).collect();
        let Some(place) = visible.iter().position(|id| *id == self.selected) else {
            return visible.first().copied().unwrap_or(self.selected);
        };
        let next = (place as i64 + i64::from(direction)).rem_euclid(visible.len() as i64);
        visible[next as usize]
    }

    /// The step from which a parameter of this run acts: the playhead, the branch, or the whole run.
    pub(in crate::state) fn first_affected_step(&self, card: CardId) -> Option<usize> {
        first_affected_step(
            &self.document,
            self.view.scene.slider.from_here_on,
            card,
            self.derived.run(card),
            self.playback.playhead,
        )
    }

    /// The playhead, or the end of this run if it is shorter.
    fn here(&self, card: CardId) -> usize {
        here(self.derived.run(card), self.playback.playhead)
    }

    pub(in crate::state) fn select_added(&mut self, added: Option<CardId>) {
        match added {
            Some(id) => self.selected = id,
            None => self.say(format!("At most {MAX_CARDS} runs can be shown: remove one first")),
        }
    }

    /// The copy goes on with the exact state: it has the same recipe, and its parameters now act from the playhead on.
    fn branch(&mut self, id: CardId) {
        let playhead = self.here(id);
        let Some(copy) = self.document.copy(id) else {
            return self.select_added(None);
        };
        if let Some(card) = self.document.card_mut(copy) {
            card.branched_at = Some(playhead);
        }
        if let Some(old) = self.document.card_mut(id) {
            old.ghost = true;
        }
        self.selected = copy;
        // Whose parameters are open are those that can be changed now.
        let open = &mut self.view.chrome.open_run;
        *open = open.map(|run| if run == id { copy } else { run });
        self.say(format!(
            "Branched at step {playhead}: its parameters apply from there on, the old run stays as a ghost"
        ));
    }
}
