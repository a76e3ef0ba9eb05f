//! The parameters of a run's method, those of schedule and noise folded away, and what was changed of them on the way.

use egui::{Id, Ui};

use super::ShownCard;
use crate::landscapes::{Acts, Parameter};
use crate::numbers::numerals;
use crate::optimizers::{Choice, SCHEDULE, SEED};
use crate::run::ParameterChange;
use crate::state::{Command, RunCommand};
use crate::ui::theme;
use crate::ui::widgets::disclosure::Disclosure;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::parameter_control::{ParameterControl, choice_words};
use crate::ui::widgets::row::fits;

impl ShownCard<'_> {
    pub(super) fn body(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let entry = self.method.entry;
        ui.scope(|ui| self.notes(ui));
        // That of the selected run stands under the picture.
        let main = entry.main_index().filter(|_| self.selected);
        if let Some(rate) = entry.rate_index().filter(|rate| Some(*rate) != main) {
            self.rate(ui, rate, commands);
        }
        let others = (0..entry.parameters.len())
            .filter(|parameter| Some(*parameter) != main && Some(*parameter) != entry.rate_index());
        let is_one = self.state.document.landscape.dimension().is_one();
        let others = others.filter(|parameter| !(is_one && entry.parameters[*parameter].of_second_weight));
        let (extras, own): (Vec<usize>, Vec<usize>) = others.partition(|parameter| is_extra(&self.method, *parameter));
        for parameter in own {
            self.parameter(parameter, ui, commands);
        }
        if !extras.is_empty() {
            self.extras(&extras, ui, commands);
        }
    }

    /// A parameter, if it does anything.
    fn parameter(&self, place: usize, ui: &mut Ui, commands: &mut Vec<Command>) {
        if self.method.acts(place) {
            let (parameter, value) = (&self.method.entry.parameters[place], self.method.parameters[place]);
            let set = |value| Command::Runs(RunCommand::SetParameter { card: self.card.id, parameter: place, value });
            ParameterControl { parameter, value, owner: &self.name }.show(ui, commands, set);
        }
    }

    /// Schedule and noise under a kink line, which is open where something of them is chosen.
    fn extras(&self, parameters: &[usize], ui: &mut Ui, commands: &mut Vec<Command>) {
        let id = Id::unique(("schedule and noise", self.card.id));
        let chosen = self.extras_in_words(parameters);
        let folded_by_hand: Option<bool> = ui.data(|data| data.get_temp(id));
        let open = folded_by_hand.unwrap_or(!chosen.is_empty());
        let closed = if chosen.is_empty() { "none" } else { &chosen };
        let disclosure = Disclosure {
            open,
            title: theme::muted("schedule & noise").small(),
            name: &format!("schedule & noise of {}", self.name),
            help: "A learning rate that depends on the step, and noise on the gradients, as from a mini-batch.",
            aside: theme::muted(if open { "" } else { closed }).small(),
        };
        if disclosure.show(ui) {
            ui.data_mut(|data| data.insert_temp(id, !open));
        }
        if open {
            for parameter in parameters {
                self.parameter(*parameter, ui, commands);
            }
        }
    }

    /// What is chosen of schedule and noise: `cosine, σ = 0.5`; empty where nothing is.
    fn extras_in_words(&self, parameters: &[usize]) -> String {
        let changed = |place: &&usize| {
            let parameter = &self.method.entry.parameters[**place];
            self.method.acts(**place) && self.method.parameters[**place] != parameter.default
        };
        let words = |place: &usize| value_words(&self.method.entry.parameters[*place], self.method.parameters[*place]);
        parameters.iter().filter(changed).map(words).collect::<Vec<_>>().join(", ")
    }

    /// The rule, a line for every assignment if one line is too short, and what happened on the way.
    pub(super) fn notes(&self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let rule = self.card.optimizer.entry.rule;
        let is_wide = |text: &str| !fits(ui, text, ui.available_width());
        // What stands after a semicolon is another form, or of something else.
        let line = |part: &str| if is_wide(part) { part.replace(",  ", "\n") } else { part.to_owned() };
        let rule =
            if is_wide(rule) { rule.split(";  ").map(line).collect::<Vec<_>>().join("\n") } else { rule.to_owned() };
        ui.label(theme::muted(rule).small()).hint_ui(|ui| self.rule_with_numbers(ui));
        let history = self.history();
        if !history.is_empty() {
            ui.label(theme::muted(history).small());
        }
        if self.card.own_start.is_some() {
            ui.label(theme::muted("has its own start").small());
        }
    }

    /// The branch and the changed parameters, in the order of their steps.
    fn history(&self) -> String {
        let branch = self.card.branched_at.map(|step| (step, format!("branched at step {step}")));
        let changes = self.card.changes.iter().map(|change| (change.step, self.change_words(change)));
        let mut events: Vec<(usize, String)> = branch.into_iter().chain(changes).collect();
        events.sort_by_key(|(step, _)| *step);
        events.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("; ")
    }

    fn change_words(&self, change: &ParameterChange) -> String {
        let words = value_words(&self.method.entry.parameters[change.parameter], change.value);
        format!("from step {}: {words}", change.step)
    }
}

/// Whether a parameter is of schedule or noise; a seed that a method draws from itself is its own.
fn is_extra(method: &Choice, parameter: usize) -> bool {
    let entry = method.entry;
    entry.index_of(SCHEDULE).is_some_and(|first| parameter >= first)
        && !(entry.index_of(SEED) == Some(parameter) && entry.parameters[parameter].acts == Acts::Always)
}

/// A parameter and its value by the shorter of its names: `β = 0.9`.
fn value_words(parameter: &Parameter, value: f64) -> String {
    let name = if parameter.symbol.is_empty() { parameter.label } else { parameter.symbol };
    match parameter.choices() {
        Some(_) => format!("{name} = {}", choice_words(&parameter.spell(value))),
        None => format!("{name} = {}", numerals::parameter(value)),
    }
}
