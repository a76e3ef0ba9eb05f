//! The sub-steps of a step: a button that opens them, then what the rule does, one thing after the other.

use egui::{Label, Role, TextStyle, Ui, WidgetInfo};

use crate::drawing::ink::Ink;
use crate::state::{Command, Inside, PlayCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::icon::sign_button;

/// The button that opens the sub-steps.
pub(super) fn way_in_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.view.scene.inside.is_some() {
        return;
    }
    let button = egui::Button::new(theme::role(state.view.chrome.theme, "Inside this step ▸", Ink::Accent).small())
        .frame_when_inactive(false);
    let help = "Shows the operations of the update rule one by one, with words and arrows on the map (. and ,)";
    let response = ui.add(button).hint(help);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), "Inside this step"));
    if response.clicked() {
        commands.push(Command::Play(PlayCommand::StepInside(1)));
    }
}

/// What the rule does at this place inside the step, and the buttons to go on.
pub(super) fn inside_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let substeps = state.derived.substeps();
    let Some((inside, one)) = state.view.scene.inside.and_then(|inside| Some((inside, substeps.get(inside.place)?)))
    else {
        return;
    };
    theme::card(ui.style()).inner_margin(6.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| buttons_ui(inside, substeps.len(), ui, commands));
        ui.add(Label::new(theme::strong(&one.caption).text_style(TextStyle::Small)).wrap());
        if !one.numbers.is_empty() {
            ui.add(Label::new(theme::muted(&one.numbers).small()).wrap());
        }
    });
}

/// Back, play and on; at the other end the way out.
fn buttons_ui(inside: Inside, count: usize, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let mut button = |ui: &mut Ui, sign: &str, name: &str, help: &str, command: PlayCommand| {
        if sign_button(ui, sign, name, help).clicked() {
            commands.push(Command::Play(command));
        }
    };
    button(ui, "◀", "One operation back", "The previous operation (,)", PlayCommand::StepInside(-1));
    let (sign, name) = if inside.playing { ("⏸", "Stop inside this step") } else { ("▶", "Play inside this step") };
    button(ui, sign, name, "Plays the operations one by one", PlayCommand::PlayInside);
    button(ui, "▶|", "One operation on", "The next operation (.)", PlayCommand::StepInside(1));
    ui.add_space(6.0);
    ui.label(theme::strong(format!("{} of {count}", inside.place + 1)).text_style(TextStyle::Small));
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let help = "Shows the step as a whole again (Esc)";
        button(ui, "✕", "Leave the inside of the step", help, PlayCommand::ShowWholeStep);
    });
}
