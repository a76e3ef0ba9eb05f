//! Graph.

use egui::Ui;

use super::Canvases;
use super::canvas::pane_title;
use crate::state::{Command, Pane, State};

/// Shows it in the room there is.
pub fn graph_ui(state: &State, _canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Graph, ui, commands, |_, _| {});
}
