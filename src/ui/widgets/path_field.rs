//! Fields of one line: whether Enter was pressed in one, and the path that is written in it.

use std::path::PathBuf;

use egui::{Id, Key, Margin, Response, TextEdit, Ui, vec2};

/// Whether the field was left with Enter.
pub fn is_entered(field: &Response, ui: &Ui) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Gives a field its accessible name.
pub fn name_field(field: &Response, name: &str, ui: &Ui) {
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(name));
}

/// What was written, without the quotes that copied paths have; they keep spaces at the ends of a name.
pub fn path_of(text: &str) -> Option<PathBuf> {
    let plain = text.trim().trim_matches(['"', '\'']);
    (!plain.is_empty()).then(|| PathBuf::from(plain))
}

/// A field for a path that takes all of the width: its accessible name, and what it says while it is empty.
pub struct PathField {
    /// By which egui knows it.
    pub id: Id,
    /// What it is called.
    pub name: &'static str,
    /// What stands in it while it is empty.
    pub hint: &'static str,
    /// The room above and below its text, in points.
    pub margin: i8,
}

impl PathField {
    /// Shows it with `text`, which the user changes.
    pub fn show(&self, text: &mut String, ui: &mut Ui) -> Response {
        let margin = Margin::symmetric(6, self.margin);
        let field = TextEdit::singleline(text).id(self.id).hint_text(self.hint).margin(margin);
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        let response = ui.add_sized(size, field);
        name_field(&response, self.name, ui);
        response
    }
}
