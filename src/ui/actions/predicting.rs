//! Predict, then see: what asks a class, reveals and goes on.

use egui::Key;

use super::action::{Action, Menu, action};
use crate::quiz::{PredictionKind, Span};
use crate::state::{Command, Phase, PredictCommand};

/// Predict, then see.
pub(super) fn predicting() -> [Action; 4] {
    let ask = |id: &'static str, label: &'static str, help: &'static str, (kind, span): (PredictionKind, Span)| {
        action(id, label, help, move |_| Command::Predict(PredictCommand::Ask { kind, span, question: None }))
            .menu(Menu::Run, 4)
    };
    [
        action(
            "predict",
            "Predict",
            "Hides what comes next until a class has predicted it; then shows the answer beside the guesses; then goes on. Score: 3 points for a guess off by at most 10 % of the way, 2 up to 25 %, 1 up to 50 %; 3 for a true word; the second vote counts where there is one.",
            |_| Command::Predict(PredictCommand::Next),
        )
        .named(|state| match state.predictions.open().map(|open| open.phase) {
            None => "Predict",
            Some(Phase::Asked) => "Reveal the answer",
            Some(Phase::Revealed) => "Close the prediction",
        }
        .to_owned())
        .plain(Key::G)
        .menu(Menu::Run, 4),
        ask("predict run", "Predict the end of the run", "Hides what comes next until a class has predicted where the run ends.", (PredictionKind::Landing, Span::Run)),
        ask("predict path", "Predict the path of the run", "Hides what comes next until a class has drawn the path of the run.", (PredictionKind::Path, Span::Run)),
        ask("predict outcome", "Predict the outcome", "Hides the next step until a class has said what the loss does: as predicted, less, more, rises, crosses the valley, diverges.", (PredictionKind::Outcome, Span::Step)),
    ]
}
