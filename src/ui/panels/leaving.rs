//! The question before a scene is left, where its changes or samples that were set by hand would be lost.

use std::path::Path;

use egui::{Align, Button, Id, Key, Layout, RichText, Ui};

use super::over_views::question_ui;
use crate::landscapes::excerpt::path_text;
use crate::state::{Command, Leave, LeaveFor, Leaving, State, Unsaved, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// How wide the question is, in lines of text.
const WIDTH: f32 = 22.0;

/// The question, while the user is asked.
pub fn leaving_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let asked_id = Id::unique("asked before closing");
    if state.leaving != Leaving::Asked {
        ui.data_mut(|data| data.remove_temp::<bool>(asked_id));
        return;
    }
    // The keyboard is at the answer that loses nothing.
    let is_new = !ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(asked_id), true));
    let answer = question_ui("closing", WIDTH, ui, |ui| {
        let (title, words) = question(state);
        ui.label(theme::strong(title));
        ui.label(words);
        ui.add_space(ui.spacing().item_spacing.y);
        ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| answers_ui(state, is_new, ui))
            .inner
    });
    // A click beside the question is no answer: it may have been meant for something else.
    let escaped = ui.input(|input| input.key_pressed(Key::Escape)).then_some(Leave::NotYet);
    commands.extend(answer.or(escaped).map(WindowCommand::Leave).map(Command::Window));
}

/// What is asked, and why.
fn question(state: &State) -> (&'static str, String) {
    let asked = state.files.asked.as_ref();
    let title = match asked.map(|asked| &asked.question) {
        Some(LeaveFor::New) => "Begin anew without saving the scene?",
        Some(LeaveFor::Show(_)) => "Open the other scene without saving this one?",
        Some(LeaveFor::Close) | None => "Close without saving?",
    };
    let words = match (asked.map(|asked| asked.unsaved), state.own_path()) {
        (Some(Unsaved::Samples(_)), _) => {
            "The samples that a network had before were set by hand and are not saved.".to_owned()
        }
        (_, Some(path)) => format!("{} has changes that are not saved.", name(path)),
        (_, None) => "The scene has changes and is in no file.".to_owned(),
    };
    (title, words)
}

fn name(path: &Path) -> String {
    path_text(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}

fn answers_ui(state: &State, is_new: bool, ui: &mut Ui) -> Option<Leave> {
    let closes = state.files.asked.as_ref().is_none_or(|asked| asked.question == LeaveFor::Close);
    let anyway = if closes { "Close without saving" } else { "Go on without saving" };
    let answers = [
        (RichText::new(save_words(state)).strong(), Leave::Saved, "Saves it, then goes on."),
        (RichText::new(anyway), Leave::Anyway, "Goes on; what is not saved is left."),
        (RichText::new("Stay"), Leave::NotYet, "Goes back to the window (Esc)."),
    ];
    let mut chosen = None;
    for (words, leave, help) in answers {
        let button = ui.add(Button::new(words).truncate()).hint(help);
        if is_new && leave == Leave::Saved {
            button.request_focus();
        }
        chosen = chosen.or(button.clicked().then_some(leave));
    }
    chosen
}

/// What the button says that saves what would be lost.
fn save_words(state: &State) -> String {
    let is_of_samples = state.files.asked.as_ref().is_some_and(|asked| matches!(asked.unsaved, Unsaved::Samples(_)));
    let (file, without) = if is_of_samples {
        (state.document.file.as_deref(), "Save the samples…")
    } else {
        (state.own_path(), "Save the scene…")
    };
    file.map_or_else(|| without.to_owned(), |path| format!("Save in {}", name(path)))
}
