//! Many random starts: where each of them ends with the selected run's method, or a tournament of methods from them.

mod controls;
mod restarts;
mod tournament;

use egui::Ui;

pub use tournament::{tournament_still_size, tournament_still_ui};

use super::canvas::{nothing, pane_title};
use crate::state::{Command, Pane, StartsMode, State};

/// Shows it in the room there is.
pub fn starts_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Starts, ui, commands, |_, _| {});
    controls::controls_ui(state, ui, commands);
    match state.view.scene.starts.mode {
        StartsMode::Tournament => tournament::tournament_ui(state, ui, commands),
        StartsMode::Restarts => match (state.derived.restarts(), state.derived.no_restarts()) {
            (Some((restarts, groups)), _) => restarts::restarts_ui(state, restarts, groups, ui, commands),
            (None, Some(why)) => nothing(ui, &format!("No restarts: {why}")),
            (None, None) => nothing(ui, "The critical points are still being searched …"),
        },
    }
}
