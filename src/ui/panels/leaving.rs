//! The question before the window is closed, where samples that were set by hand would be lost.

use std::path::Path;

use egui::{Align, Button, Id, Key, Layout, Modal, RichText, TextStyle, Ui};

use crate::landscapes::excerpt::path_text;
use crate::state::{Command, Leave, Leaving, State, WindowCommand};
use crate::ui::theme;

/// How wide the question is, in lines of text.
const WIDTH: f32 = 22.0;

/// The question, while the user is asked.
pub fn leaving_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let evaluations = Id::unique("asked before closing");
    if state.leaving != Leaving::Asked {
        ui.data_mut(|data| data.remove_temp::<bool>(evaluations));
        return;
    }
    // The keyboard is at the answer that loses nothing.
    let is_new = !ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(evaluations), true));
    let width = (WIDTH * ui.text_style_height(&TextStyle::Body)).min(ui.ctx().content_rect().width() - 48.0);
    let shown = Modal::new(Id::unique("closing")).show(ui.ctx(), |ui| {
        ui.set_width(width.max(0.0));
        ui.label(theme::strong("Close without saving the samples?"));
        ui.label("The samples of the network were set by hand and are not saved.");
        ui.add_space(ui.spacing().item_spacing.y);
        ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| answers_ui(state, is_new, ui))
            .inner
    });
    // A click beside the question is no answer: it may have been meant for something else.
    let escaped = ui.input(|input| input.key_pressed(Key::Escape)).then_some(Leave::NotYet);
    commands.extend(shown.inner.or(escaped).map(WindowCommand::Leave).map(Command::Window));
}

fn answers_ui(state: &State, is_new: bool, ui: &mut Ui) -> Option<Leave> {
    let save = match &state.document.file {
        Some(path) => format!("Save in {}", path_text(Path::new(path.file_name().unwrap_or(path.as_os_str())))),
        None => "Save the samples…".to_owned(),
    };
    let answers = [
        (RichText::new(save).strong(), Leave::Saved, "Saves the samples, then closes the window."),
        (RichText::new("Close without saving"), Leave::Anyway, "Closes the window; the samples are lost."),
        (RichText::new("Stay"), Leave::NotYet, "Goes back to the window (Esc)."),
    ];
    let mut chosen = None;
    for (words, leave, help) in answers {
        let button = ui.add(Button::new(words).truncate()).on_hover_text(help);
        if is_new && leave == Leave::Saved {
            button.request_focus();
        }
        chosen = chosen.or(button.clicked().then_some(leave));
    }
    chosen
}
