//! Links the rates of runs, and keeps linked ones equal.

use crate::landscapes::InputError;
use crate::numbers::numerals::number;
use crate::optimizers::short_name;
use crate::state::{Card, CardId, State};

impl State {
    /// Links the rates, or lets them go. Linked ones are one at once: that of the selected run, and in every other group of runs whose
    /// rates mean the same that of its first run.
    pub(super) fn link_rates(&mut self, on: bool) -> Result<(), InputError> {
        self.view.scene.slider.links_rates = on;
        let mut said = Vec::new();
        for leader in self.document.leaders(self.selected).into_iter().filter(|_| on) {
            let from = self.first_affected_step(leader).unwrap_or(0);
            let card = self.document.card(leader);
            let rate =
                card.and_then(|card| Some(self.document.parameters_at(card, from)[card.optimizer.entry.rate_index()?]));
            if let Some(rate) = rate {
                said.extend(self.taking(leader, rate, from));
                self.give_linked(leader, rate, Self::first_affected_step)?;
            }
        }
        if !said.is_empty() {
            self.say(format!("Rates linked: {}", said.join("; ")));
        }
        Ok(())
    }

    /// Which runs take the rate of one, in words; `None` where all that are linked to it have it.
    fn taking(&self, leader: CardId, rate: f64, from: usize) -> Option<String> {
        let document = &self.document;
        let name = |card: &Card| short_name(card.optimizer.entry.name);
        let has_another = |card: &&Card| {
            let index = card.optimizer.entry.rate_index();
            index.is_some_and(|index| document.parameters_at(card, from)[index] != rate)
        };
        let linked = document.linked_rates(leader).linked;
        let takers: Vec<String> =
            linked.iter().filter_map(|id| document.card(*id)).filter(has_another).map(name).collect();
        let (last, others) = takers.split_last()?;
        let takers = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
        let verb = if others.is_empty() { "takes" } else { "take" };
        Some(format!("{takers} {verb} η = {} of {}", number(rate), name(document.card(leader)?)))
    }

    /// Gives a rate to the runs that are linked to one, each from the step on that `from` says.
    pub(super) fn give_linked(
        &mut self,
        card: CardId,
        value: f64,
        from: fn(&Self, CardId) -> Option<usize>,
    ) -> Result<(), InputError> {
        for other in self.document.linked_rates(card).linked {
            let first = from(self, other);
            self.document.set_rate(other, value, first)?;
        }
        Ok(())
    }

    /// A run that joins linked ones takes their rate.
    pub(super) fn join_linked(&mut self, id: CardId) {
        if !self.view.scene.slider.links_rates || self.document.card(id).is_none_or(|card| card.ghost) {
            return;
        }
        let found = self.document.linked_rates(id).linked.first().and_then(|first| self.document.card(*first));
        let rate = found.and_then(|card| Some(card.optimizer.parameters[card.optimizer.entry.rate_index()?]));
        if let Some(rate) = rate {
            self.document.take_rate(id, rate);
        }
    }

    /// Where rates are linked, another landscape or other samples leave them equal: at the rate of the selected run, in every group of
    /// runs whose rates mean the same; or else they are linked no longer, which is said. That they stay so is said where the landscape
    /// is new, not at every step of a drag.
    pub(super) fn keep_rates_linked(&mut self, is_new: bool) {
        if !self.view.scene.slider.links_rates {
            return;
        }
        let mut said = Vec::new();
        for id in self.document.leaders(self.selected) {
            let card = self.document.card(id);
            let rate = card.and_then(|card| card.optimizer.rate());
            let taking = rate.and_then(|rate| self.taking(id, rate, 0));
            if !self.document.share_rate(id) {
                self.view.scene.slider.links_rates = false;
                let rate = rate.map_or_else(String::new, number);
                self.say(format!("Rates are linked no longer: η = {rate} is beyond the limit of one of the runs here"));
                return;
            }
            said.extend(taking);
        }
        if is_new && !said.is_empty() {
            self.say(format!("Rates stay linked: {}", said.join("; ")));
        }
    }
}
