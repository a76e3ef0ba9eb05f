//! The column right of the picture: the sentence with its bars, and the tabs below them where they have room.

use egui::{Rect, Ui, UiBuilder, Vec2, vec2};

use super::panels::{pilot_ui, predict_ui, sentence_height, sentence_ui};
use super::question_height::QuestionHeight;
use super::theme::{self, TypeScale};
use super::views::{Canvases, picture};
use super::window::{GAP, ROOM_FOR_ALL, boxed, pane_in};
use crate::drawing::WindowPart;
use crate::state::{Command, State};

/// Its share of the width.
const SHARE: f32 = 0.38;
/// Its least and its largest width, in points at normal type.
const WIDTHS: [f32; 2] = [388.0, 620.0];
/// The same where it has no tabs.
const NARROW_WIDTHS: [f32; 2] = [300.0, 420.0];
/// The width of a window from which on it has tabs, and their least height; in points at normal type.
const ROOM_FOR_TABS: [f32; 2] = [860.0, 170.0];
/// The width from which on it stands in a low window, where a sentence above the picture would leave little of that.
const ROOM_WITHOUT_TABS: f32 = 620.0;
/// The least height of the sentence.
const SENTENCE: f32 = 80.0;
/// A tab that has little height has no smaller letters than these.
const LEAST_TYPE: TypeScale = TypeScale::Large;
/// A question is laid out closer in a column that is no wider than this, in points at normal type.
const CLOSE: f32 = 420.0;

/// Whether a window of this size, in points at normal type, has room for it beside the picture; `beside` is the width that a drawer at
/// the left leaves. Where two pictures side by side would be slim, it gives way to them.
pub(super) fn has_room(state: &State, window: Vec2, beside: f32) -> bool {
    let is_low = window.y <= ROOM_FOR_ALL;
    // A question has many buttons, and needs the whole width where a column is narrow.
    let is_of_step = state.predictions.open().is_none() && state.pilot.is_none();
    let width = (SHARE * window.x).clamp(WIDTHS[0], WIDTHS[1]);
    let gives_way = !is_low && is_of_step && picture::both_are_slim(state, window.x - width - 3.0 * GAP);
    !gives_way && (beside > ROOM_FOR_TABS[0] || is_low && is_of_step && beside > ROOM_WITHOUT_TABS)
}

/// The room for the picture, and that for the column at its right.
pub(super) fn divided(state: &State, room: Rect) -> (Rect, Option<Rect>) {
    let k = state.view.chrome.type_scale.factor();
    let [least, largest] = if room.width() > (ROOM_FOR_TABS[0] - GAP) * k { WIDTHS } else { NARROW_WIDTHS };
    let width = (SHARE * room.width()).clamp(least * k, largest * k).round();
    let (left, right) = room.split_left_right_at_x(room.right() - width);
    (Rect::from_min_max(left.min, left.max - vec2(GAP, 0.0)), Some(right))
}

/// The sentence with its bars, and the tabs; whether these have room.
pub(super) fn column_ui(
    state: &State,
    canvases: &mut Canvases,
    right: Rect,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> bool {
    let k = state.view.chrome.type_scale.factor();
    let is_of_step = state.predictions.open().is_none() && state.pilot.is_none();
    let has_room = |has_bars: bool| right.height() - sentence_height(has_bars, ui) - GAP > ROOM_FOR_TABS[1] * k;
    // Bars give way to a tab that has no room below them: to a table or a picture of many runs sooner than to any other. Where it
    // has room they stay, and the row of tabs with them.
    let below_bars = right.height() - sentence_height(true, ui) - GAP;
    let is_taken = state.shown_tab().takes_bars() && below_bars < state.view.scene.least_height(state.shown_tab()) * k;
    let give_way = is_of_step && (is_taken || !has_room(true) && has_room(false));
    let height = sentence_height(!give_way, ui).round();
    // Where a question needs the room the tabs give way.
    let question = state.predictions.open().map(|_| QuestionHeight::of(ui, [height, right.height()]));
    let height = question.as_ref().map_or(height, |question| question.shown);
    let (upper, lower) = right.split_top_bottom_at_y(right.top() + height.min(right.height()));
    let lower = Rect::from_min_max(lower.min + vec2(0.0, GAP), lower.max);
    // A sentence is at least as high as that, also in the frame in which the type has just become larger.
    let has_tabs = lower.height() > ROOM_FOR_TABS[1] * k && right.height() > (ROOM_FOR_TABS[1] + SENTENCE) * k;
    let upper = if has_tabs { upper } else { right };
    canvases.parts.push((WindowPart::Sentence, upper));
    let mut excess = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt("sentence and bars"), |ui| {
        boxed(ui, |ui| match state.predictions.open() {
            Some(open) => excess = predict_ui(state, open, right.width() < CLOSE * k, ui, commands),
            None if state.pilot.is_some() => pilot_ui(state, ui, commands),
            None => sentence_ui(state, ui),
        });
    });
    if let Some(question) = question {
        question.keep(upper.height(), excess, ui);
    }
    if has_tabs {
        canvases.parts.push((WindowPart::Tab, lower));
        ui.scope(|ui| {
            theme::set_in(ui, state.view.chrome.theme, type_of_tab(state, lower.height()));
            pane_in(state, canvases, state.shown_tab(), lower, ui, commands);
        });
    }
    has_tabs
}

/// The largest letters for which the tab is high enough, as long as the last row can read them.
fn type_of_tab(state: &State, height: f32) -> TypeScale {
    let chosen = state.view.chrome.type_scale;
    let least = LEAST_TYPE.factor().min(chosen.factor());
    let has_room = |scale: &TypeScale| height >= state.view.scene.least_height(state.shown_tab()) * scale.factor();
    let smaller = TypeScale::ALL.into_iter().filter(|scale| (least..=chosen.factor()).contains(&scale.factor()));
    smaller.clone().rev().find(has_room).or(smaller.clone().next()).unwrap_or(chosen)
}
