//! The column right of the picture: the sentence with its bars, and the tabs below them where they have room.

use egui::{Button, Label, Rect, Role, TextStyle, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use super::boxed_view::{GAP, ROOM_FOR_ALL, boxed, pane_in};
use super::panels::{BarsBelow, QuestionRoom, pilot_ui, predict_ui, sentence_height, sentence_ui};
use super::question_height::QuestionHeight;
use super::theme::{self, TypeScale};
use super::views::{Canvases, picture};
use super::widgets::hint::Hint as _;
use crate::drawing::WindowPart;
use crate::state::{Command, Pane, Picture, State, ViewCommand, WindowCommand};

/// Its share of the width.
const SHARE: f32 = 0.38;
/// Its least and its largest width, in points at normal type.
const WIDTHS: [f32; 2] = [388.0, 620.0];
/// The same where it has no tabs.
const NARROW_WIDTHS: [f32; 2] = [300.0, 420.0];
/// The least height of the tabs, in points at their type.
const ROOM_FOR_TABS: f32 = 170.0;
/// The height from which on a table of many runs leaves the bars what they have, in points at normal type.
const ROOM_FOR_TABLE: f32 = 250.0;
/// The least width of the picture beside a column with tabs, the gaps around both included; in points whatever the type.
const PICTURE: f32 = 472.0;
/// From this size on, in points whatever the type, picture, sentence, slider and transport are seen whatever is called for.
const ALWAYS_TOGETHER: Vec2 = vec2(1000.0, 680.0);
/// The lines in which it is said that a tab has no room.
const NO_ROOM_LINES: f32 = 2.0;
/// The width from which on it stands in a low window, where a sentence above the picture would leave little of that.
const ROOM_WITHOUT_TABS: f32 = 620.0;
/// The least height of the sentence with a row of bars, in points at normal type.
const SENTENCE: f32 = 120.0;
/// A tab that has little height has no smaller letters than these.
const LEAST_TYPE: TypeScale = TypeScale::Large;
/// The width from which on a question stands in a column, in points at normal type.
const ROOM_FOR_QUESTION: f32 = 860.0;
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
    let k = state.view.chrome.type_scale.factor();
    let is_wide = if is_of_step { has_tabs_beside(beside * k, k) } else { beside > ROOM_FOR_QUESTION };
    !gives_way && (is_wide || is_low && is_of_step && beside > ROOM_WITHOUT_TABS)
}

/// Whether this width, in points, is enough for a picture and a column that is wide enough for tabs in type of this size.
fn has_tabs_beside(width: f32, k: f32) -> bool {
    width > WIDTHS[0] * k + PICTURE
}

/// What makes room for a tab that is called for where none is seen: two pictures become one, and Set-up is closed; nothing where
/// neither is there, as the window is too low for its type. A small window shows the tab alone.
pub(super) fn room_for_tab(state: &State, tab: Pane, window: Vec2) -> Vec<Command> {
    let is_small = window.x < ALWAYS_TOGETHER.x || window.y < ALWAYS_TOGETHER.y;
    let is_of_step = state.predictions.open().is_none() && state.pilot.is_none();
    if is_small || !is_of_step {
        return vec![Command::Window(WindowCommand::ToggleMaximized(tab))];
    }
    let shown = state.shown_picture();
    let one = Picture::of(shown.main()).unwrap_or_default();
    let one = (shown == Picture::Both).then_some(Command::View(ViewCommand::ShowPicture(one)));
    let closed = state.view.chrome.setup_open.then_some(Command::Window(WindowCommand::ToggleSetup));
    one.into_iter().chain(closed).collect()
}

/// The room for the picture, and that for the column at its right.
pub(super) fn divided(state: &State, room: Rect) -> (Rect, Option<Rect>) {
    let k = state.view.chrome.type_scale.factor();
    let [least, largest] = if has_tabs_beside(room.width() + GAP, k) { WIDTHS } else { NARROW_WIDTHS };
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
    let bars = if is_of_step { bars_above_tab(state, right.height(), ui) } else { BarsBelow::All };
    let height = sentence_height(bars, ui).round();
    // Where a question or a flight needs the room the tabs give way.
    let question = (!is_of_step).then(|| QuestionHeight::of(ui, [height, right.height()]));
    let height = question.as_ref().map_or(height, |question| question.shown);
    let (upper, lower) = right.split_top_bottom_at_y(right.top() + height.min(right.height()));
    let lower = Rect::from_min_max(lower.min + vec2(0.0, GAP), lower.max);
    // A sentence is at least as high as that, also in the frame in which the type has just become larger.
    let least = least_of_tab(state);
    let has_tabs = lower.height() > least && right.height() > least + SENTENCE * k;
    // Bars come before the words on why there is no tab.
    let of_row = GAP + NO_ROOM_LINES * ui.text_style_height(&TextStyle::Small);
    let is_said = !has_tabs && is_of_step && right.height() > sentence_height(BarsBelow::All, ui) + of_row;
    let upper = match (has_tabs, is_said) {
        (true, _) => upper,
        (false, true) => right.with_max_y(right.bottom() - of_row),
        (false, false) => right,
    };
    canvases.parts.push((WindowPart::Sentence, upper));
    let mut excess = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt("sentence and bars"), |ui| {
        boxed(ui, |ui| match state.predictions.open() {
            Some(open) => {
                let room = if right.width() < CLOSE * k { QuestionRoom::Low } else { QuestionRoom::Wide };
                excess = predict_ui(state, open, room, ui, commands);
            }
            None if state.pilot.is_some() => excess = pilot_ui(state, ui, commands),
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
    if is_said {
        let row = right.with_min_y(upper.bottom() + GAP);
        ui.scope_builder(UiBuilder::new().max_rect(row).id_salt("no room"), |ui| no_room_ui(state, ui, commands));
    }
    has_tabs
}

/// How much of the bars stands above a tab in a column so high. Where there is too little room for all of them they are one row, in a
/// low window below a table of many runs sooner than below any other tab; a tab never takes that row: before that it gives way itself.
fn bars_above_tab(state: &State, height: f32, ui: &Ui) -> BarsBelow {
    let below = |bars: BarsBelow| height - sentence_height(bars, ui) - GAP;
    let has_room = |bars: &BarsBelow| below(*bars) > least_of_tab(state);
    let of_table = ROOM_FOR_TABLE * state.view.chrome.type_scale.factor();
    let is_free = |bars: &BarsBelow| !state.shown_tab().needs_height() || below(*bars) >= of_table;
    let all = [BarsBelow::All, BarsBelow::Row];
    let chosen = all.into_iter().find(|bars| has_room(bars) && is_free(bars));
    chosen.or_else(|| all.into_iter().rev().find(has_room)).unwrap_or(BarsBelow::All)
}

/// The least height of a tab, in points: in letters that are no larger than those of a low one.
fn least_of_tab(state: &State) -> f32 {
    ROOM_FOR_TABS * state.view.chrome.type_scale.factor().min(LEAST_TYPE.factor())
}

/// Said where the window is too low for a tab: which one that is, and what brings it.
fn no_room_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let tab = state.shown_tab();
    ui.horizontal_top(|ui| {
        let words =
            format!("Window too low for the tab {}: make it larger, or the type smaller (Ctrl −).", tab.short_title());
        let button =
            ui.add(Button::new("↗").frame(false)).hint("Fills the window with this tab, until Escape is pressed.");
        button.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Fill the window with this view: {}", tab.title()))
        });
        if button.clicked() {
            commands.push(Command::Window(WindowCommand::ToggleMaximized(tab)));
        }
        ui.add(Label::new(theme::muted(words).small()).wrap());
    });
}

/// The largest letters for which the tab is high enough, as long as the last row can read them.
fn type_of_tab(state: &State, height: f32) -> TypeScale {
    let chosen = state.view.chrome.type_scale;
    let least = LEAST_TYPE.factor().min(chosen.factor());
    let has_room = |scale: &TypeScale| height >= state.view.scene.least_height(state.shown_tab()) * scale.factor();
    let smaller = TypeScale::ALL.into_iter().filter(|scale| (least..=chosen.factor()).contains(&scale.factor()));
    smaller.clone().rev().find(has_room).or(smaller.clone().next()).unwrap_or(chosen)
}
