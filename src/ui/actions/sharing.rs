//! What leaves the program: a picture to the clipboard or to a file.

use egui::{Key, Modifiers};

use super::action::{Action, Menu, action};
use crate::state::{Command, ExportCommand};

pub(super) fn sharing() -> [Action; 2] {
    [
        action(
            "copy picture",
            "Copy picture",
            "Copies the picture, or the view that fills the window, to the clipboard, in the size chosen for exports.",
            |_| Command::Export(ExportCommand::Copy),
        )
        .key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E)
        .menu(Menu::Share, 0),
        action("export", "Export…", "Writes a view or the whole window to a file: how large, light or dark.", |_| {
            Command::Export(ExportCommand::Toggle)
        })
        .key(Modifiers::COMMAND, Key::E)
        .menu(Menu::Share, 0),
    ]
}
