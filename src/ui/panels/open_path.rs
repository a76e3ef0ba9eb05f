//! The path of a file that is to be opened, asked for in the window where the system has no dialog.

use std::path::PathBuf;

use egui::{Button, Id, Key, Margin, Modal, RichText, TextEdit, TextStyle, Ui, vec2};

use super::save_path::WIDTH;
use crate::drawing::ink::Ink;
use crate::state::{Command, FileCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The question, while it is asked: it stays until a file is open, and says why one is not.
pub fn open_path_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let id = Id::unique("path of a file to open");
    if !state.files.scenes.opens {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        return;
    }
    let width = (WIDTH * ui.text_style_height(&TextStyle::Body)).min(ui.ctx().content_rect().width() - 48.0);
    Modal::new(Id::unique("opening a file")).show(ui.ctx(), |ui| {
        ui.set_width(width.max(0.0));
        path_ui(state, id, ui, commands);
    });
    // A click beside the question is no answer, as everywhere.
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        commands.push(Command::Files(FileCommand::OpenNothing));
    }
}

fn path_ui(state: &State, id: Id, ui: &mut Ui, commands: &mut Vec<Command>) {
    const NOTE: &str = "The system’s file dialog was not found: write the path of a scene (.toml), a lesson (.md), samples or a measured grid (.csv, .npz, .npy); ~ is your own folder. A file can be dropped on the window, too.";
    let kept = ui.data(|data| data.get_temp::<String>(id));
    let is_new = kept.is_none();
    let mut text = kept.unwrap_or_default();
    ui.label(theme::strong("Open a file"));
    ui.label(theme::muted(NOTE).small());
    let field_id = id.with("field");
    let field =
        TextEdit::singleline(&mut text).id(field_id).hint_text("path of a file").margin(Margin::symmetric(6, 4));
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    let response = ui.add_sized(size, field);
    ui.ctx().accesskit_node_builder(field_id, |node| node.set_label("path of the file to open"));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // Where the file is refused, the path is mended.
    if is_new || entered {
        response.request_focus();
    }
    if let Some(why) = state.refused_file() {
        ui.label(theme::role(state.view.chrome.theme, why, Ink::Gap).small());
    }
    ui.add_space(ui.spacing().item_spacing.y);
    ui.horizontal(|ui| {
        // Quotes as copied paths have them keep spaces at the ends of a name.
        let plain = text.trim().trim_matches(['"', '\'']);
        let opens = ui.add_enabled(!plain.is_empty(), Button::new(RichText::new("Open").strong()));
        if opens.hint("Opens the file (Enter).").clicked() || entered && !plain.is_empty() {
            commands.push(Command::Files(FileCommand::Open(PathBuf::from(plain))));
        }
        if ui.button("Cancel").hint("Opens nothing (Esc).").clicked() {
            commands.push(Command::Files(FileCommand::OpenNothing));
        }
        if state.file_request.is_some() {
            ui.label(theme::muted("reading the file…"));
        }
    });
    ui.data_mut(|data| data.insert_temp(id, text));
}
