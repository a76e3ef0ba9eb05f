//! What is shown instead of a view that shows nothing but the loss, while the loss is in fog.

use egui::Ui;

use super::canvas::pane_title;
use crate::state::{Command, Pane, State};
use crate::ui::theme;

/// A note in the room of a view.
pub fn fog_ui(state: &State, pane: Pane, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, pane, ui, commands, |_, _| {});
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() / 2.0 - ui.spacing().interact_size.y).max(0.0));
        ui.label(theme::muted("Hidden by fog: the method has not evaluated this (9 lifts it)"));
    });
}
