//! Where a question stands: in a column beside the picture, which keeps its height, or above it.

use egui::{Frame, Margin, Panel, Rect, Ui, UiBuilder};

use super::boxed_view::{GAP, boxed};
use super::panels::{QuestionRoom, predict_ui};
use super::presented::presented_runs_ui;
use super::question_height::QuestionHeight;
use super::views::Canvases;
use super::window::side;
use crate::drawing::WindowPart;
use crate::quiz::PredictionKind;
use crate::state::{Command, State};

/// The share of the width of a question beside the picture, and the room it needs there, in points at normal type.
const QUESTION: f32 = 0.42;
const ROOM_FOR_QUESTION: [f32; 2] = [260.0, 250.0];
/// The width where many buttons stand beside each other: answers in words, more than two teams.
const ROOM_FOR_BUTTONS: f32 = 365.0;
/// The height from which on what several teams or a class say has room there without being laid out closer.
const ROOM_FOR_ANSWERS: f32 = 350.0;
/// The least height of the runs below it, in points at normal type.
const RUNS_BELOW_QUESTION: f32 = 90.0;

/// A question in a column beside the picture, which keeps its height, and below it the runs while presenting, where no page of a lesson
/// stands there and the window is wide enough; whether it is shown.
pub(super) fn question_beside_ui(
    state: &State,
    canvases: &mut Canvases,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> bool {
    let (k, room) = (state.view.chrome.type_scale.factor(), ui.available_size());
    let Some(open) = state.predictions.open().filter(|_| state.lesson().is_none()) else { return false };
    let width = (QUESTION * room.x).round();
    // Outside of a presentation a low window has the room for it above the picture.
    let is_presenting = state.view.chrome.presenting.is_some();
    let least = if is_presenting { ROOM_FOR_QUESTION[1] } else { ROOM_FOR_ANSWERS };
    let has_many = state.predictions.teams() > 2;
    let least_width = if open.kind.is_drawn() && !has_many { ROOM_FOR_QUESTION[0] } else { ROOM_FOR_BUTTONS };
    if width < least_width * k || room.y < least * k {
        return false;
    }
    let says_much = has_many || open.answers.is_some() || open.kind == PredictionKind::Outcome;
    let is_crowded = says_much && room.y < ROOM_FOR_ANSWERS * k;
    let given = if is_crowded { QuestionRoom::Crowded } else { QuestionRoom::Tall };
    let frame = Frame::new().inner_margin(Margin::same((GAP / 2.0) as i8));
    let column = Panel::right("question").exact_size(width).frame(frame).resizable(false).show_separator_line(false);
    column.show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        let least_of_runs =
            if state.view.chrome.presenting.is_some() { RUNS_BELOW_QUESTION * k } else { f32::INFINITY };
        let height = QuestionHeight::of(ui, [0.0, room.height()]);
        let has_runs = room.height() - height.shown - GAP >= least_of_runs;
        let (upper, lower) = room.split_top_bottom_at_y(room.top() + height.shown);
        let upper = if has_runs { upper } else { room };
        let mut excess = 0.0;
        ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt("question"), |ui| {
            boxed(ui, |ui| excess = predict_ui(state, open, given, ui, commands));
        });
        height.keep(upper.height(), excess, ui);
        canvases.parts.push((WindowPart::Sentence, upper));
        if has_runs {
            presented_runs_ui(state, lower.with_min_y(lower.top() + GAP), ui, commands);
        }
    });
    true
}

/// A question or a flight instead of the sentence, as high as it is, between the least and the largest height.
pub(super) fn question_on_top_ui(range: [f32; 2], ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> f32) -> Rect {
    let height = QuestionHeight::of(ui, range);
    let mut excess = 0.0;
    let place = side(ui, Panel::top("sentence").exact_size(height.shown), |ui| excess = contents(ui));
    height.keep(height.shown, excess, ui);
    place
}
