//! Files of scenes and samples, and scenes as text for others.

use std::path::Path;

use egui::{Key, Modifiers};

use super::action::{Action, Menu, action};
use crate::landscapes::excerpt::path_text;
use crate::state::{Command, CopyAs, FileCommand, FileDialog, Leave, State, WindowCommand};

pub(super) fn scenes() -> [Action; 4] {
    [
        action("new", "New", "To begin anew: the opening scene of the program, with another landscape and one run. Asks first if the scene has unsaved changes; undo brings it back.", |_| {
            Command::Files(FileCommand::New)
        })
        .key(Modifiers::COMMAND, Key::N)
        .menu(Menu::File, 0),
        action(
            "open",
            "Open…",
            "Opens a scene (.toml), samples for the network (.csv with the header x,y) or a measured grid.",
            |_| Command::Files(FileCommand::Ask(FileDialog::Open)),
        )
        .key(Modifiers::COMMAND, Key::O)
        .menu(Menu::File, 0),
        action(
            "save",
            "Save…",
            "Writes the scene to its file, or to one you choose: landscape, runs, start and view, to be opened again. A file that was changed by another program is replaced only after a confirmation.",
            |_| Command::Files(FileCommand::SaveScene),
        )
        .named(|state| match state.scene_path() {
            Some(path) => format!("Save {}", name(path)),
            None => "Save…".to_owned(),
        })
        .key(Modifiers::COMMAND, Key::S)
        .menu(Menu::File, 1),
        action("save as", "Save as…", "Writes the scene to another file, which it belongs to from then on.", |_| {
            Command::Files(FileCommand::Ask(FileDialog::SaveScene))
        })
        .key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S)
        .menu(Menu::File, 1),
    ]
}

/// What stands below them: samples alone, and the end.
pub(super) fn files() -> [Action; 3] {
    let has_samples = |state: &State| state.document.landscape.data().is_some();
    [
        action(
            "save samples",
            "Save the samples…",
            "Writes the samples of the network to the .csv file they belong to, or to one you choose. A file that holds something else is replaced only after a confirmation.",
            |_| Command::Files(FileCommand::SaveSamplesAgain),
        )
        .named(|state| match &state.document.file {
            Some(path) => format!("Save the samples in {}", name(path)),
            None => "Save the samples…".to_owned(),
        })
        .when(has_samples)
        .menu(Menu::File, 2),
        action(
            "save samples as",
            "Save the samples as…",
            "Writes the samples of the network to a .csv file with the header x,y, which you choose.",
            |_| Command::Files(FileCommand::Ask(FileDialog::Save)),
        )
        .when(has_samples)
        .menu(Menu::File, 2),
        action("quit", "Quit", "Closes the window. Asks first if the scene has unsaved changes.", |_| {
            Command::Window(WindowCommand::Leave(Leave::Wanted))
        })
        .key(Modifiers::COMMAND, Key::Q)
        .menu(Menu::File, 3),
    ]
}

/// A scene as text: copied in three forms, and pasted in any.
pub(super) fn sharing() -> impl Iterator<Item = Action> {
    let copy = CopyAs::ALL.into_iter().map(|form| {
        action(form.title(), form.title(), form.help(), move |_| Command::Files(FileCommand::Copy(form)))
            .menu(Menu::Share, 1)
    });
    let paste = action(
        "paste",
        "Open the pasted scene",
        "Opens the scene that was copied as a command, as link text or as TOML.",
        |_| Command::Files(FileCommand::WantPaste),
    )
    .key(Modifiers::COMMAND, Key::V)
    .menu(Menu::Share, 1);
    copy.chain([paste])
}

/// The name alone of a file.
fn name(path: &Path) -> String {
    path_text(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}
