//! The glossary, over the views: what every word and symbol on the screen means, and a field to seek one.

use egui::style::ScrollStyle;
use egui::{Align2, Id, Label, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::over_views::{room_in_window, window};
use crate::state::{Command, State, WindowCommand};
use crate::ui::glossary::{Chapter, Word, chapters, found};
use crate::ui::theme;

/// The largest width of the list, in points at normal type.
const WIDTH: f32 = 720.0;
/// The width of its words, in points at normal type.
const WORDS: f32 = 210.0;
/// Words and sentences stand side by side from this width on; else the sentence stands below its word.
const SIDE_BY_SIDE: f32 = 480.0;

/// The glossary, if it is open.
pub fn glossary_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if !state.view.chrome.glossary_open {
        ui.data_mut(|data| data.remove::<String>(sought_id()));
        return;
    }
    let mut open = true;
    let k = state.view.chrome.type_scale.factor();
    let room = room_in_window(ui);
    window("Words and symbols", &mut open).anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0)).show(ui.ctx(), |ui| {
        ui.set_width(room.x.min(WIDTH * k));
        let sought = search_ui(ui);
        ui.spacing_mut().scroll = ScrollStyle::solid();
        let height = room.y - 3.0 * ui.spacing().interact_size.y;
        ScrollArea::vertical().auto_shrink(false).max_height(height).show(ui, |ui| list_ui(&sought, k, ui));
    });
    if !open {
        commands.push(Command::Window(WindowCommand::ToggleGlossary));
    }
}

/// Where it is remembered what is sought, while the glossary is open.
fn sought_id() -> Id {
    Id::unique("sought in the glossary")
}

/// The field, which has the focus when the glossary opens; what is sought.
fn search_ui(ui: &mut Ui) -> String {
    let before: Option<String> = ui.data(|data| data.get_temp(sought_id()));
    let has_opened = before.is_none();
    let mut sought = before.unwrap_or_default();
    let field = TextEdit::singleline(&mut sought).hint_text("Seek a word or a symbol").desired_width(f32::INFINITY);
    let response = ui.add(field);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("seek a word or a symbol"));
    if has_opened {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(sought_id(), sought.clone()));
    sought
}

/// All words by chapters, or those that are sought, the best first.
fn list_ui(sought: &str, k: f32, ui: &mut Ui) {
    if sought.trim().is_empty() {
        for Chapter { title, words } in chapters() {
            ui.add_space(ui.spacing().item_spacing.y);
            ui.label(theme::title(title));
            for word in words {
                word_ui(&word, k, ui);
            }
        }
        return;
    }
    let words = found(sought);
    for word in &words {
        word_ui(word, k, ui);
    }
    if words.is_empty() {
        ui.label(theme::muted(format!("No word or symbol on the screen contains “{}”.", sought.trim())));
    }
}

/// A word and its symbols, beside their meaning or above it.
fn word_ui(word: &Word, k: f32, ui: &mut Ui) {
    let meaning = Label::new(RichText::new(word.meaning)).wrap();
    if ui.available_width() > SIDE_BY_SIDE * k {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(WORDS * k);
                ui.spacing_mut().item_spacing.y = 0.0;
                name_ui(word, ui);
            });
            ui.add(meaning);
        });
    } else {
        name_ui(word, ui);
        ui.add(meaning);
    }
    ui.separator();
}

fn name_ui(word: &Word, ui: &mut Ui) {
    ui.add(Label::new(theme::strong(word.name)).wrap());
    if !word.symbols.is_empty() {
        ui.add(Label::new(theme::muted(word.symbols.join("   "))).wrap());
    }
}
