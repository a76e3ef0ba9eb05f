//! The title above a picture of one view: the landscape with its formula, and the runs with their rates.

use egui::{Label, Ui};

use super::run_names_ui;
use crate::state::State;
use crate::ui::theme;

/// The title, in as many lines as it needs.
pub fn export_title_ui(state: &State, ui: &mut Ui) {
    let landscape = &state.document.landscape;
    ui.add_space(ui.spacing().item_spacing.y);
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::strong(landscape.name()));
        ui.add(Label::new(theme::muted(landscape.formula())).wrap());
    });
    run_names_ui(state, ui);
}
