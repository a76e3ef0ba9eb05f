//! Data.

use egui::Ui;

use super::Canvases;
use super::canvas::pane_title;
use crate::state::{Command, Pane, State};

/// Shows it in the room there is.
pub fn data_ui(state: &State, _canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Data, ui, commands, |_, _| {});
}
