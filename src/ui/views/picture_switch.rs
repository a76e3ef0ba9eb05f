//! The switch between map, surface and both.

use egui::Ui;

use crate::state::{Command, Picture, State, ViewCommand};
use crate::ui::widgets::hint::Hint as _;

/// The three choices, as one control.
pub fn switch_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x *= 0.25;
    for picture in Picture::ALL {
        let is_shown = state.shown_picture() == picture;
        let response = ui.selectable_label(is_shown, picture.title());
        if response.hint(format!("{} Key T: the next.", picture.help())).clicked() && !is_shown {
            commands.push(Command::View(ViewCommand::ShowPicture(picture)));
        }
    }
}
