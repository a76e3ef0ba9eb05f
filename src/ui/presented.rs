//! While presenting: the names of the runs with the bars of the step beside the picture, or the names alone in lines above it.

use egui::{Rect, Ui, UiBuilder, vec2};

use super::boxed_view::{GAP, boxed};
use super::panels::{presented_column_ui, presented_lines, presented_lines_ui};
use crate::state::{Command, State};

/// The width of the column beside the picture, in points at normal type.
const COLUMN: f32 = 196.0;
/// The least width and height of a picture beside the column, in points at normal type.
const PICTURE: [f32; 2] = [330.0, 130.0];
/// The height of a line above the picture, in points at normal type.
const LINE: f32 = 28.0;
/// The least height of a picture below the lines, in points at normal type.
const BELOW_LINE: f32 = 160.0;
/// The same below lines of their own for the bars.
const BELOW_BARS: f32 = 200.0;

/// The runs below each other with the bars of the step, in this room.
pub(super) fn presented_runs_ui(state: &State, room: Rect, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt("presented runs"), |ui| {
        boxed(ui, |ui| presented_column_ui(state, ui, commands));
    });
}

/// Shows the runs where they have room, and says what is left for the picture. `is_shared`: a tab or a page of a lesson stands
/// beside the picture already.
pub(super) fn beside_runs(
    state: &State,
    is_shared: bool,
    room: Rect,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> Rect {
    let chrome = &state.view.chrome;
    if chrome.presenting.is_none() || chrome.maximized.is_some() {
        return room;
    }
    let k = chrome.type_scale.factor();
    let [width, height] = PICTURE;
    if !is_shared && room.width() > (COLUMN + width) * k + GAP && room.height() > height * k {
        let (left, right) = room.split_left_right_at_x(room.right() - COLUMN * k);
        presented_runs_ui(state, right, ui, commands);
        return Rect::from_min_max(left.min, left.max - vec2(GAP, 0.0));
    }
    let lines_above = |picture: f32| ((room.height() / k - picture) / LINE).ceil() - 1.0;
    let most = lines_above(BELOW_LINE);
    if most < 1.0 {
        return room;
    }
    let most = [most, lines_above(BELOW_BARS)].map(|lines| lines.max(0.0) as usize);
    let lines = presented_lines(state, [room.width(), LINE * k], most, ui);
    let (upper, lower) = room.split_top_bottom_at_y(room.top() + lines.height());
    ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt("presented runs"), |ui| {
        presented_lines_ui(state, lines, ui, commands);
    });
    lower
}
