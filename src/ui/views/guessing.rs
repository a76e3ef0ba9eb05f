//! Clicks and drags on a picture while a class predicts: they are guesses.

use egui::{CursorIcon, PointerButton, Pos2, Response, Ui};

use crate::numbers::Point;
use crate::quiz::{Guess, PredictionKind};
use crate::state::{Command, PredictCommand, State};

/// Takes a click for a landing, or a drag for a path; `place` finds the weights at a position. True where nothing else is to be
/// done with the pointer.
pub(super) fn takes_guess(
    state: &State,
    response: &Response,
    ui: &Ui,
    place: impl Fn(Pos2) -> Option<Point>,
    commands: &mut Vec<Command>,
) -> bool {
    let Some(open) = state.predictions.asked() else { return false };
    match open.kind {
        PredictionKind::Landing => takes_click(state, response, ui, place, commands),
        PredictionKind::Path => {
            sketch(response, ui, place, commands);
            response.clone().on_hover_cursor(CursorIcon::Crosshair);
            true
        }
        // Words are answered beside the picture, and the start stays where it is.
        PredictionKind::Outcome => true,
    }
}

/// Takes a click for a landing. True while one is asked for.
pub(super) fn takes_click(
    state: &State,
    response: &Response,
    ui: &Ui,
    place: impl Fn(Pos2) -> Option<Point>,
    commands: &mut Vec<Command>,
) -> bool {
    if state.predictions.asked().is_none_or(|open| open.kind != PredictionKind::Landing) {
        return false;
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    // The second click of two is not the next team's.
    if response.clicked() && !response.double_clicked() {
        let at = response.interact_pointer_pos().and_then(place);
        commands.extend(at.map(|at| Command::Predict(PredictCommand::Guess(Guess::Place(at)))));
    }
    true
}

/// A drag draws a path, from where it was pressed.
fn sketch(response: &Response, ui: &Ui, place: impl Fn(Pos2) -> Option<Point>, commands: &mut Vec<Command>) {
    let mut push = |position: Option<Pos2>, begins: bool| {
        let at = position.and_then(&place);
        commands.extend(at.map(|at| Command::Predict(PredictCommand::Sketch { at, begins })));
    };
    if response.drag_started_by(PointerButton::Primary) {
        push(ui.input(|input| input.pointer.press_origin()), true);
    }
    if response.dragged_by(PointerButton::Primary) {
        push(response.interact_pointer_pos(), false);
    }
    if response.drag_stopped_by(PointerButton::Primary) {
        commands.push(Command::Predict(PredictCommand::EndSketch));
    }
}
