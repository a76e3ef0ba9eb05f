//! A lesson in the window: its page over the whole height at the right, and left of it, below the sentence, the picture beside the
//! tab of which the page speaks.
//!
//! Where there is little room, parts give way in this order: the letters of the page become smaller, then those of the tab; then
//! the tab waits behind a button of the page and comes in its place; in a narrow window the page stands below the picture, and in
//! one that is low, too, not at all.

use egui::{Panel, Rect, Ui, UiBuilder, Vec2, vec2};

use super::panels::{back_to_page_ui, lesson_page_ui};
use super::theme::{self, TypeScale};
use super::views::Canvases;
use super::window::{GAP, boxed, pane_in, side};
use crate::drawing::WindowPart;
use crate::state::{Command, Pane, State, WindowCommand};

/// The share of the width that the page has beside the picture, and its least and largest width, in points at normal type: where a tab
/// stands beside the picture, and where none does.
const PAGE: [f32; 2] = [0.335, 0.4];
const PAGE_WIDTHS: [[f32; 2]; 2] = [[220.0, 560.0], [296.0, 560.0]];
/// Room for the page beside the picture, or below it.
const ROOM_FOR_PAGE: [f32; 2] = [560.0, 360.0];
/// The picture with a tab beside it: the least width and height of both, and the share that the picture has: half of it while presenting,
/// less beside the page of a lesson.
const ROOM_FOR_TAB: Vec2 = vec2(360.0, 150.0);
const PICTURE: f32 = 0.5;
const PICTURE_BESIDE_PAGE: f32 = 0.415;
/// A tab has letters of a size only where it is this wide, in points at normal type: as in the column of a narrow window.
const TAB: f32 = 388.0;

fn factor(state: &State) -> f32 {
    state.view.chrome.type_scale.factor()
}

fn has_page(state: &State) -> bool {
    state.lesson().is_some() && state.view.chrome.maximized.is_none()
}

/// The page beside everything that stands above the bars, where the window is wide enough; whether it is shown.
pub(super) fn page_beside_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) -> bool {
    let (k, room) = (factor(state), ui.available_size());
    if !has_page(state) || room.x <= ROOM_FOR_PAGE[0] * k {
        return false;
    }
    let covering = covering_tab(state);
    // A tab instead of the page needs more room.
    let is_alone = usize::from(state.presented_tab().is_none_or(|tab| !is_seen(state, tab)));
    let share = if covering.is_some() { PICTURE } else { PAGE[is_alone] };
    let [least, largest] = PAGE_WIDTHS[is_alone];
    let width = (share * room.x).clamp(least * k, largest.max(least) * k).round();
    let panel = Panel::right("lesson").exact_size(width);
    if let Some(tab) = covering {
        let place = panel.frame(egui::Frame::NONE).resizable(false).show_separator_line(false);
        place.show(ui, |ui| page_or_tab_ui(state, canvases, Some(tab), ui.available_rect_before_wrap(), ui, commands));
    } else {
        let has_chips = has_chips(canvases);
        side(ui, panel, |ui| lesson_page_ui(state, has_chips, ui, commands));
    }
    true
}

/// The tab that is shown instead of the page, where there is no room for both.
fn covering_tab(state: &State) -> Option<Pane> {
    state.presented_tab().filter(|_| !state.view.chrome.tab_has_room)
}

/// Whether there is something to see in a tab: what a question asks for is hidden in some of them.
fn is_seen(state: &State, tab: Pane) -> bool {
    state.held_step().is_none() || tab.is_seen_while_asked()
}

fn has_chips(canvases: &Canvases) -> bool {
    canvases.parts.iter().any(|(part, _)| *part == WindowPart::Chips)
}

/// The room for the picture, and that for the page below it, in a window too narrow for both side by side.
pub(super) fn above_page(state: &State, room: Rect) -> (Rect, Option<Rect>) {
    if !has_page(state) || room.height() <= ROOM_FOR_PAGE[1] * factor(state) {
        return (room, None);
    }
    let (upper, lower) = room.split_top_bottom_at_fraction(PICTURE);
    (Rect::from_min_max(upper.min, upper.max - vec2(0.0, GAP)), Some(lower))
}

/// The page in this room, or the tab in its place, with the way back.
pub(super) fn page_or_tab_ui(
    state: &State,
    canvases: &mut Canvases,
    tab: Option<Pane>,
    room: Rect,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let Some(tab) = tab else {
        let has_chips = has_chips(canvases);
        ui.scope_builder(UiBuilder::new().max_rect(room).id_salt("lesson"), |ui| {
            boxed(ui, |ui| lesson_page_ui(state, has_chips, ui, commands));
        });
        return;
    };
    let row = ui.spacing().interact_size.y + GAP;
    let (upper, lower) = room.split_top_bottom_at_y(room.top() + row);
    ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt("back"), |ui| back_to_page_ui(state, ui, commands));
    canvases.parts.push((WindowPart::Tab, lower));
    pane_in(state, canvases, tab, lower, ui, commands);
}

/// The page below the picture, or the tab in its place.
pub(super) fn page_below_ui(
    state: &State,
    canvases: &mut Canvases,
    room: Rect,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    page_or_tab_ui(state, canvases, covering_tab(state), room, ui, commands);
}

/// The room for the picture, and that for the tab beside it: while presenting the one that was called for, with a lesson that of its
/// page. What is hidden until a question is answered takes no room.
pub(super) fn beside_tab(state: &State, room: Rect, commands: &mut Vec<Command>) -> (Rect, Option<(Pane, Rect)>) {
    let k = factor(state);
    let least = ROOM_FOR_TAB * k;
    let has_room = room.width() > least.x && room.height() > least.y;
    if has_page(state) && has_room != state.view.chrome.tab_has_room {
        commands.push(Command::Window(WindowCommand::GiveTabRoom(has_room)));
    }
    let tab = state.presented_tab().filter(|tab| has_room && is_seen(state, *tab));
    let Some(tab) = tab else { return (room, None) };
    let share = if has_page(state) { PICTURE_BESIDE_PAGE } else { PICTURE };
    let (left, right) = room.split_left_right_at_fraction(share);
    (Rect::from_min_max(left.min, left.max - vec2(GAP, 0.0)), Some((tab, right)))
}

/// The tab beside the picture, in the largest letters for which it is wide enough.
pub(super) fn tab_beside_ui(
    state: &State,
    canvases: &mut Canvases,
    (tab, room): (Pane, Rect),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let chosen = state.view.chrome.type_scale;
    let fits = |scale: &TypeScale| scale.factor() <= chosen.factor() && room.width() >= TAB * scale.factor();
    let scale = TypeScale::ALL.into_iter().rev().find(fits).unwrap_or_default();
    canvases.parts.push((WindowPart::Tab, room));
    ui.scope(|ui| {
        theme::set_in(ui, state.view.chrome.theme, scale);
        pane_in(state, canvases, tab, room, ui, commands);
    });
}
