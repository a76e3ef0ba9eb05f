//! A parameter or knob in one line: a slider and a number for what is measured, a box to tick or a menu for what is chosen.

use egui::{Button, Popup, Role, Ui, WidgetInfo, vec2};

use super::number_field::{NumberField, push_read, read, spelled};
use super::row::{self, Columns};
use super::track::{self, Slide, Track};
use crate::landscapes::Parameter;
use crate::state::Command;
use crate::ui::theme;

/// A knob, ready to be shown.
pub struct Knob<'a> {
    /// What it is.
    pub parameter: &'a Parameter,
    /// Its value.
    pub value: f64,
    /// What its accessible name ends with: whose knob it is.
    pub owner: &'a str,
}

/// A choice as it reads in the window; its id stays what it is on the command line.
pub fn choice_words(id: &str) -> String {
    match id {
        "pytorch" => "PyTorch",
        "keras" => "Keras",
        "hessian" => "Hessian",
        "gauss_newton" => "Gauss–Newton",
        "ema" => "EMA",
        "ema_debiased" => "EMA, debiased",
        "false" => "no",
        "true" => "yes",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

impl Knob<'_> {
    /// Shows the knob; a new value becomes a command, a bad one a message.
    pub fn show(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        match self.parameter.choices() {
            Some(["false", "true"]) => self.tick_box(ui, commands, command),
            Some(words) => self.menu(ui, words, commands, command),
            None => self.slider(ui, commands, command),
        }
    }

    fn name(&self) -> String {
        format!("{} of {}", self.parameter.label, self.owner)
    }

    fn slider(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let Self { parameter, value, .. } = *self;
        let columns = Columns::of(ui);
        let name = self.name();
        ui.horizontal(|ui| {
            row::muted_label(ui, row::caption(parameter), columns.label).on_hover_text(parameter.help);
            let track = Track::of(parameter, value);
            let slid = Slide { track, value, name: &name, width: columns.slider }.show(ui);
            track::paint(ui, &slid, track.share(value));
            slid.response.on_hover_text(parameter.help);
            let field = format!("{name}, as a number");
            let typed =
                NumberField { name: &field, help: parameter.help, shown: spelled(value), width: columns.number }
                    .show(ui);
            if let Some(read) = typed.map(|text| read(parameter, &text)).or(slid.moved.map(Ok)) {
                push_read(read, commands, command);
            }
        });
    }

    fn tick_box(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let mut on = self.value != 0.0;
        let text = theme::muted(row::caption(self.parameter)).small();
        let response = ui.checkbox(&mut on, text).on_hover_text(self.parameter.help);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, self.name()));
        if response.changed() {
            commands.push(command(f64::from(u8::from(on))));
        }
    }

    fn menu(&self, ui: &mut Ui, words: &[&str], commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let columns = Columns::of(ui);
        let chosen = self.value as usize;
        let spoken = |index: usize| words.get(index).map_or_else(String::new, |word| choice_words(word));
        ui.horizontal(|ui| {
            row::muted_label(ui, row::caption(self.parameter), columns.label).on_hover_text(self.parameter.help);
            ui.spacing_mut().button_padding.y *= 0.5;
            let size =
                vec2(columns.slider + columns.number + ui.spacing().item_spacing.x, ui.spacing().interact_size.y);
            let button = Button::new(spoken(chosen)).right_text("▾").truncate();
            let response = ui.add_sized(size, button).on_hover_text(self.parameter.help);
            row::declare_menu(ui, &response, &self.name(), &spoken(chosen));
            let picked = Popup::menu(&response).width(size.x).show(|ui| {
                (0..words.len())
                    .filter(|index| ui.add(Button::selectable(*index == chosen, spoken(*index))).clicked())
                    .last()
            });
            if let Some(index) = picked.and_then(|menu| menu.inner).filter(|index| *index != chosen) {
                commands.push(command(index as f64));
            }
        });
    }
}
