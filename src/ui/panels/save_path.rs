//! The path of a scene that is to be saved, asked for in the window: where the system has no dialog, and where another file
//! is in the way.

use std::path::{Path, PathBuf};

use egui::{Align, Button, Id, Key, Layout, RichText, Ui};

use super::over_views::question_ui;
use crate::landscapes::excerpt::{of_path, path_text};
use crate::state::{Command, FileCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::path_field::{PathField, is_entered};

/// How wide the question is, in lines of text.
pub(super) const WIDTH: f32 = 26.0;

/// The question, while the path is asked for.
pub fn save_path_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let id = Id::unique("path of the scene");
    let Some(asked) = &state.files.scenes.asked else {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        return;
    };
    let is_new = ui.data(|data| data.get_temp::<String>(id)).is_none();
    question_ui("saving the scene", WIDTH, ui, |ui| match &asked.in_the_way {
        Some((path, why)) => replace_ui(path, why, is_new, ui, commands),
        None => path_ui(state, id, is_new, ui, commands),
    });
    if asked.in_the_way.is_some() {
        ui.data_mut(|data| data.insert_temp(id, String::new()));
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        commands.push(Command::Files(FileCommand::CancelSaving));
    }
}

/// Another file is in the way.
fn replace_ui(path: &Path, why: &str, is_new: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let name = of_path(Path::new(path.file_name().unwrap_or(path.as_os_str())));
    ui.label(theme::strong(format!("{name} {why}"))).hint(of_path(path));
    ui.label("It was not touched.");
    ui.add_space(ui.spacing().item_spacing.y);
    ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| {
        replace_answers_ui(path, is_new, ui, commands);
    });
}

fn replace_answers_ui(path: &Path, is_new: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let replace = FileCommand::SaveSceneAs { path: path.to_owned(), replace: true };
    let answers = [
        ("Save under another name…", FileCommand::AskPath, "Asks for another path."),
        ("Replace it", replace, "Overwrites the file with the scene."),
        ("Do not save", FileCommand::CancelSaving, "Nothing is written (Esc)."),
    ];
    for (place, (words, command, help)) in answers.into_iter().enumerate() {
        let button = ui.add(Button::new(words)).hint(help);
        if is_new && place == 0 {
            button.request_focus();
        }
        if button.clicked() {
            commands.push(Command::Files(command));
        }
    }
}

/// A field for the path.
fn path_ui(state: &State, id: Id, is_new: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let mut text =
        ui.data(|data| data.get_temp::<String>(id)).filter(|text| !text.is_empty()).unwrap_or_else(|| suggested(state));
    ui.label(theme::strong("Save the scene"));
    ui.label(
        theme::muted("This system has no file dialog: write where the file shall be, ~ is your own folder.").small(),
    );
    let field = PathField { id: id.with("field"), name: "path of the scene", hint: "path of a .toml file", margin: 4 };
    let response = field.show(&mut text, ui);
    if is_new {
        response.request_focus();
    }
    let entered = is_entered(&response, ui);
    ui.add_space(ui.spacing().item_spacing.y);
    ui.horizontal(|ui| answers_ui(text.trim(), entered, ui, commands));
    ui.data_mut(|data| data.insert_temp(id, text));
}

fn answers_ui(path: &str, entered: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let saves = ui.add_enabled(!path.is_empty(), Button::new(RichText::new("Save").strong()));
    if saves.hint("Writes the scene to this file (Enter).").clicked() || entered && !path.is_empty() {
        let command = FileCommand::SaveSceneAs { path: PathBuf::from(path), replace: false };
        commands.push(Command::Files(command));
    }
    if ui.button("Do not save").hint("Nothing is written (Esc).").clicked() {
        commands.push(Command::Files(FileCommand::CancelSaving));
    }
}

/// The file of the scene, or one of that name in the user's own folder.
fn suggested(state: &State) -> String {
    state.path_to_save().map_or_else(|| format!("~/{}", state.suggested_name()), path_text)
}
