//! The path of a file that is to be opened, asked for in the window where the system has no dialog.

use std::path::PathBuf;

use egui::{Button, Id, Key, RichText, Ui};

use super::over_views::question_ui;
use super::save_path::WIDTH;
use crate::drawing::ink::Ink;
use crate::state::{Command, FileCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::path_field::{PathField, is_entered, path_of};

/// The question, while it is asked: it stays until a file is open, and says why one is not.
pub fn open_path_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let id = Id::unique("path of a file to open");
    if !state.files.scenes.opens {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        return;
    }
    question_ui("opening a file", WIDTH, ui, |ui| path_ui(state, id, ui, commands));
    // A click beside the question is no answer, as everywhere.
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        commands.push(Command::Files(FileCommand::CancelOpening));
    }
}

fn path_ui(state: &State, id: Id, ui: &mut Ui, commands: &mut Vec<Command>) {
    const NOTE: &str = "The system’s file dialog was not found: write the path of a scene (.toml), a lesson (.md), samples or a measured grid (.csv, .npz, .npy); ~ is your own folder. A file can be dropped on the window, too.";
    let kept = ui.data(|data| data.get_temp::<String>(id));
    let is_new = kept.is_none();
    let mut text = kept.unwrap_or_default();
    ui.label(theme::strong("Open a file"));
    ui.label(theme::muted(NOTE).small());
    let field = PathField { id: id.with("field"), name: "path of the file to open", hint: "path of a file", margin: 4 };
    let response = field.show(&mut text, ui);
    let entered = is_entered(&response, ui);
    // Where the file is refused, the path is mended.
    if is_new || entered {
        response.request_focus();
    }
    if let Some(why) = state.refused_file() {
        ui.label(theme::role(state.view.chrome.theme, why, Ink::Gap).small());
    }
    ui.add_space(ui.spacing().item_spacing.y);
    ui.horizontal(|ui| answers_ui(state, path_of(&text), entered, ui, commands));
    ui.data_mut(|data| data.insert_temp(id, text));
}

fn answers_ui(state: &State, path: Option<PathBuf>, entered: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let opens = ui.add_enabled(path.is_some(), Button::new(RichText::new("Open").strong()));
    if opens.hint("Opens the file (Enter).").clicked() || entered {
        commands.extend(path.map(FileCommand::Open).map(Command::Files));
    }
    if ui.button("Cancel").hint("Opens nothing (Esc).").clicked() {
        commands.push(Command::Files(FileCommand::CancelOpening));
    }
    if state.file_request.is_some() {
        ui.label(theme::muted("reading the file…"));
    }
}
