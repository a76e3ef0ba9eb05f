//! A parameter: a slider and a number for what is measured, a number to step for what is counted, a box to tick or a menu for what is chosen.
//!
//! All in one line, or in two where the label would be cut.

use egui::{Align, Button, Layout, Popup, RichText, Role, Ui, WidgetInfo, vec2};

use super::icon::sign_button;
use super::number_field::{NumberField, push_read, read, spelled};
use super::row::{self, Columns};
use super::track::{self, Slide, Track};
use crate::landscapes::{InputError, Parameter, Scale};
use crate::state::Command;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// A parameter, ready to be shown.
pub struct ParameterControl<'a> {
    /// What it is.
    pub parameter: &'a Parameter,
    /// Its value.
    pub value: f64,
    /// What its accessible name ends with: whose parameter it is.
    pub owner: &'a str,
}

/// A choice as it reads in the window; its id stays what it is on the command line.
pub fn choice_words(id: &str) -> String {
    match id {
        "pytorch" => "PyTorch",
        "keras" => "Keras",
        "pr" => "Polak–Ribière",
        "fr" => "Fletcher–Reeves",
        "1" => "1, the longer",
        "2" => "2, the shorter",
        "warmup_cosine" => "warm-up, cosine",
        "hessian" => "Hessian",
        "gauss_newton" => "Gauss–Newton",
        "ema" => "EMA",
        "fista" => "FISTA",
        "ema_debiased" => "EMA, bias-corrected",
        "sse" => "sum of squares",
        "mse" => "mean of squares",
        "mae" => "mean of |errors|",
        "huber" => "Huber’s loss",
        "ce" => "cross-entropy",
        "relu" => "ReLU",
        "false" => "no",
        "true" => "yes",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

impl ParameterControl<'_> {
    /// Shows the parameter; a new value becomes a command, a bad one a message.
    pub fn show(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        match self.parameter.choices() {
            Some(["false", "true"]) => self.tick_box(ui, commands, command),
            Some(words) => self.menu(ui, words, commands, command),
            None if self.parameter.scale == Scale::Whole => self.stepper(ui, commands, command),
            None => self.slider(ui, commands, command),
        }
    }

    fn name(&self) -> String {
        format!("{} of {}", self.parameter.label, self.owner)
    }

    fn label(&self, ui: &mut Ui, width: f32) {
        row::muted_label(ui, row::caption(self.parameter), width).hint(self.parameter.help);
    }

    fn fits(&self, ui: &Ui, width: f32) -> bool {
        row::fits(ui, &row::caption(self.parameter), width)
    }

    fn slider(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let columns = Columns::of(ui);
        let (typed, moved) = if self.fits(ui, columns.label) {
            let line = ui.horizontal(|ui| {
                self.label(ui, columns.label);
                let moved = self.track(ui, columns.slider);
                (self.field(ui, columns.number), moved)
            });
            line.inner
        } else {
            let line = ui.horizontal(|ui| {
                self.label(ui, columns.label + columns.slider);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.field(ui, columns.number)).inner
            });
            (line.inner, self.track(ui, ui.available_width()))
        };
        if let Some(read) = typed.or(moved.map(Ok)) {
            push_read(read, commands, command);
        }
    }

    /// The slider; what it was moved to.
    fn track(&self, ui: &mut Ui, width: f32) -> Option<f64> {
        let track = Track::of(self.parameter, self.value);
        let slid = Slide { track, value: self.value, snaps: &[], name: &self.name(), width }.show(ui);
        track::paint(ui, &slid, track.share(self.value));
        slid.response.hint(self.parameter.help);
        slid.moved
    }

    /// The number; what was typed.
    fn field(&self, ui: &mut Ui, width: f32) -> Option<Result<f64, InputError>> {
        let name = format!("{}, as a number", self.name());
        let field = NumberField { name: &name, help: self.parameter.help, shown: spelled(self.value), width };
        field.show(ui).map(|text| read(self.parameter, &text))
    }

    /// A whole number between a button that takes one away and one that adds one.
    fn stepper(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let columns = Columns::of(ui);
        let button = ui.spacing().interact_size.y;
        let room = ui.available_width() - 2.0 * button - columns.number;
        let one_line = self.fits(ui, room);
        if !one_line {
            self.label(ui, ui.available_width());
        }
        let set = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if one_line {
                self.label(ui, room);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let more = self.step_button(ui, "+", 1.0);
                let typed = self.field(ui, columns.number);
                let less = self.step_button(ui, "−", -1.0);
                typed.or(more.or(less).map(Ok))
            })
            .inner
        });
        if let Some(read) = set.inner {
            push_read(read, commands, command);
        }
    }

    /// One more or one less, ten with Shift; grey where that would be no value.
    fn step_button(&self, ui: &mut Ui, sign: &str, by: f64) -> Option<f64> {
        let target = |by: f64| Some(self.value + by).filter(|value| self.parameter.check(*value).is_ok());
        let word = if by > 0.0 { "more" } else { "less" };
        let name = format!("one {word}: {}", self.name());
        let help = format!("One {word}; with Shift ten.");
        let button = |ui: &mut Ui| sign_button(ui, sign, &name, &help).clicked();
        let clicked = ui.add_enabled_ui(target(by).is_some(), button).inner;
        let tens = ui.input(|input| input.modifiers.shift).then(|| target(10.0 * by)).flatten();
        clicked.then(|| tens.or(target(by))).flatten()
    }

    fn tick_box(&self, ui: &mut Ui, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let mut on = self.value != 0.0;
        let text = theme::muted(row::caption(self.parameter)).small();
        let response = ui.checkbox(&mut on, text).hint(self.parameter.help);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, self.name()));
        if response.changed() {
            commands.push(command(f64::from(u8::from(on))));
        }
    }

    fn menu(&self, ui: &mut Ui, words: &[&str], commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
        let columns = Columns::of(ui);
        let picked = if self.fits(ui, columns.label) {
            let line = ui.horizontal(|ui| {
                self.label(ui, columns.label);
                self.choices(ui, words, columns.slider + columns.number + ui.spacing().item_spacing.x)
            });
            line.inner
        } else {
            self.label(ui, ui.available_width());
            self.choices(ui, words, ui.available_width())
        };
        commands.extend(picked.map(|index| command(index as f64)));
    }

    /// The button and the menu under it; what was picked, if another.
    fn choices(&self, ui: &mut Ui, words: &[&str], width: f32) -> Option<usize> {
        let chosen = self.value as usize;
        let spoken = |index: usize| words.get(index).map_or_else(String::new, |word| choice_words(word));
        let size = vec2(width, ui.spacing().interact_size.y);
        let padding = ui.spacing().button_padding;
        ui.spacing_mut().button_padding.y *= 0.5;
        let button = Button::new(RichText::new(spoken(chosen)).small()).right_text("▾").truncate();
        let response = ui.add_sized(size, button).hint(self.parameter.help);
        ui.spacing_mut().button_padding = padding;
        row::declare_menu(ui, &response, &self.name(), &spoken(chosen));
        let picked = Popup::menu(&response).width(size.x).show(|ui| {
            (0..words.len())
                .filter(|index| ui.add(Button::selectable(*index == chosen, spoken(*index))).clicked())
                .last()
        });
        picked.and_then(|menu| menu.inner).filter(|index| *index != chosen)
    }
}
