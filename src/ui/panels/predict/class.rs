//! The answers of a class in the panel: the code of a guess to copy, codes to paste, and how far they are off.

use egui::{Label, Rect, Role, Sense, TextStyle, Ui, WidgetInfo, vec2};

use crate::drawing::ink::Ink;
use crate::numbers::numerals::counted;
use crate::quiz::{Answers, BARS, PredictionKind, StepOutcome};
use crate::state::{Command, CopyAs, FileCommand, OpenQuestion, Phase, PredictCommand, State};
use crate::ui::theme;
use crate::ui::widgets::icon::sign_button;
use crate::ui::widgets::qr::qr_ui;

/// The code, the way in for the codes of others, and what they say.
pub(super) fn class_ui(state: &State, open: &OpenQuestion, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        if open.phase == Phase::Asked {
            code_ui(state, open, ui);
        }
        let help = "Takes the answers of a class from the clipboard (Ctrl+V): a code in each line, or a table with them. A file with them can be dropped on the window, too. Nothing but the codes is read.";
        if ui.button("Paste answers").on_hover_text(help).clicked() {
            commands.push(Command::Files(FileCommand::WantPaste));
        }
        if open.phase == Phase::Asked {
            scene_ui(state, ui, commands);
        }
        if let Some(answers) = &open.answers {
            ui.label(counted(answers.guesses.len(), "answer"));
            if sign_button(ui, "✕", "forget the answers", "Takes the answers of the class away.").clicked() {
                commands.push(Command::Predict(PredictCommand::ForgetAnswers));
            }
        }
    });
    if let Some(answers) = open.answers.as_ref().filter(|_| open.phase == Phase::Revealed) {
        revealed_ui(state, open, answers, ui);
    }
}

/// The code of the guess that was made last, to be sent to the teacher.
fn code_ui(state: &State, open: &OpenQuestion, ui: &mut Ui) {
    let teams = state.predictions.teams();
    let mut latest = std::iter::once(state.predictions.team()).chain((0..teams).rev());
    let Some(guess) = latest.find_map(|team| open.guess(team, open.vote)) else { return };
    let Some(code) = state.code_of(guess) else {
        ui.label(theme::muted("no code: too far outside"));
        return;
    };
    ui.label(theme::muted("Code"));
    let help = "Your answer as a code, without your name: send it to your teacher. A click copies it.";
    let button = ui.button(theme::strong(&code).monospace()).on_hover_text(help);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("copy the code {code}")));
    if button.clicked() {
        ui.ctx().copy_text(code);
    }
}

/// The scene for the devices of the class: as a QR code and as a link.
fn scene_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    /// The side of the code, in points at normal type.
    const SIDE: f32 = 260.0;
    let side = SIDE * state.view.chrome.type_scale.factor();
    let menu = ui.menu_button("Scene ▾", |ui| {
        let shown = state.scene_link().is_some_and(|link| qr_ui(ui, &link, "QR code of the scene to predict", side));
        if !shown {
            ui.label("This scene is too long for a QR code: hand it out as a file or as a link.");
        }
        if ui.button("Copy as link text").on_hover_text(CopyAs::Link.help()).clicked() {
            commands.push(Command::Files(FileCommand::Copy(CopyAs::Link)));
            ui.close();
        }
    });
    let help = "The scene to predict, as a QR code and as a link: pasted into another Taylorscope it opens there, and the codes of its guesses belong to this question.";
    menu.response.on_hover_text(help);
}

/// How the answers compare with the truth.
fn revealed_ui(state: &State, open: &OpenQuestion, answers: &Answers, ui: &mut Ui) {
    let whole = answers.guesses.len().max(1);
    if open.kind == PredictionKind::Outcome {
        for (outcome, count) in std::iter::zip(StepOutcome::ALL, answers.votes()) {
            bar_ui(state, outcome.title(), count, whole, ui);
        }
        return;
    }
    let Some(truth) = &open.truth else { return };
    if let Some(mistake) = state.common_mistake() {
        let text = format!("Most common mistake: {} of {whole} at {}", mistake.count, mistake.words());
        ui.add(Label::new(theme::strong(text)).wrap());
    }
    let names = BARS.map(|end| format!("off by up to {:.0} %", 100.0 * end));
    let last = format!("off by more than {:.0} %", 100.0 * BARS[BARS.len() - 1]);
    for (name, count) in names.into_iter().chain([last]).zip(answers.histogram(truth)) {
        bar_ui(state, &name, count, whole, ui);
    }
}

/// A bar of a histogram with its words.
fn bar_ui(state: &State, name: &str, count: usize, whole: usize, ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let height = ui.text_style_height(&TextStyle::Small);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let text = format!("{name}: {count} of {whole}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    let words = 150.0 * k;
    let font = TextStyle::Small.resolve(ui.style());
    let (words_at, ink) = (rect.left_top(), ui.visuals().text_color());
    ui.painter().text(words_at, egui::Align2::LEFT_TOP, format!("{name}: {count}"), font, ink);
    let track = Rect::from_min_max(rect.min + vec2(words, 2.0), rect.max - vec2(0.0, 2.0));
    let width = track.width().max(0.0) * count as f32 / whole as f32;
    let fill = theme::color(Ink::Accent.fill(state.view.chrome.theme));
    ui.painter().rect_filled(Rect::from_min_size(track.min, vec2(width, track.height())), 1.0, fill);
}
