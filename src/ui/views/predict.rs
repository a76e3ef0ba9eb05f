//! What is shown instead of a view that would give away what a class is to predict.

use egui::Ui;

use super::canvas::pane_title;
use crate::state::{Command, Pane, State};
use crate::ui::theme;

/// A note in the room of a view.
pub fn hidden_ui(state: &State, pane: Pane, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, pane, ui, commands, |_, _| {});
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() / 2.0 - ui.spacing().interact_size.y).max(0.0));
        ui.label(theme::muted("Hidden until the answer is revealed (G)"));
    });
}
