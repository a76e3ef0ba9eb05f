//! A lesson in the window: its page over the whole height at the right, and left of it the picture below the sentence.
//!
//! The tab of which a page speaks stands below the page, in the other half of the window. Where there is little room, parts give
//! way in this order: the letters of the page become smaller, as long as the last row can read them; then the tab waits behind a
//! button of the page and comes in its place; in a narrow window the page stands below the picture, and in one that is low, too,
//! not at all.

use egui::{Panel, Rect, Ui, UiBuilder, Vec2, vec2};

use super::boxed_view::{GAP, boxed, frame_of_box, pane_in};
use super::panels::{back_to_page_ui, lesson_page_height, lesson_page_ui};
use super::theme::{self, TypeScale};
use super::views::Canvases;
use crate::drawing::WindowPart;
use crate::state::{Command, Pane, State, WindowCommand};

/// The share of the width that a page without a tab has beside the picture, and its least and largest width, in points at normal
/// type.
const PAGE: f32 = 0.4;
const PAGE_WIDTHS: [f32; 2] = [296.0, 560.0];
/// Room for the page beside the picture, or below it.
const ROOM_FOR_PAGE: [f32; 2] = [560.0, 360.0];
/// While presenting without a lesson: the least width and height of the picture with a tab beside it.
const ROOM_FOR_TAB: Vec2 = vec2(360.0, 150.0);
/// The share of its height that a tab keeps where a hint comes on the page above it.
const SQUEEZED: f32 = 0.6;
/// The share of the picture with a tab beside it, or with the page and its tab.
const PICTURE: f32 = 0.5;
/// The share of the height up to which a page above its tab has larger letters than the smallest.
const PAGE_ABOVE_TAB: f32 = 0.5;
/// The type of a tab that has little height is not smaller than this, if it has the width.
const LEAST: f32 = 1.25;
/// A tab has letters of a size only where it is this wide, in points at normal type: a little more than the column of a narrow
/// window, so that its rows of controls do not push it over the picture.
const TAB: f32 = 398.0;

fn factor(state: &State) -> f32 {
    state.view.chrome.type_scale.factor()
}

fn has_page(state: &State) -> bool {
    state.lesson().is_some() && state.view.chrome.maximized.is_none()
}

/// The page beside everything that stands above the bars, with its tab below it, where the window is wide enough; whether it is shown.
pub(super) fn page_beside_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) -> bool {
    let (k, room) = (factor(state), ui.available_size());
    if !has_page(state) || room.x <= ROOM_FOR_PAGE[0] * k {
        return false;
    }
    let half = (PICTURE * room.x).round();
    let page_height = page_above_tab(state, canvases, vec2(half, room.y) - vec2(GAP, GAP), ui);
    give_room(state, page_height.is_some(), commands);
    let wanted = state.presented_tab().filter(|tab| is_seen(state, *tab));
    let [least, largest] = PAGE_WIDTHS;
    let width = if wanted.is_some() { half } else { (PAGE * room.x).clamp(least * k, largest * k).round() };
    let frame = egui::Frame::new().inner_margin(egui::Margin::same((GAP / 2.0) as i8));
    let panel = Panel::right("lesson").exact_size(width).frame(frame).resizable(false).show_separator_line(false);
    panel.show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        match (wanted, page_height) {
            (Some(tab), Some(height)) if state.view.chrome.tab_has_room => {
                let (upper, lower) = room.split_top_bottom_at_y(room.top() + height);
                page_or_tab_ui(state, canvases, None, upper, ui, commands);
                let lower = Rect::from_min_max(lower.min + vec2(0.0, GAP), lower.max);
                tab_beside_ui(state, canvases, (tab, lower), ui, commands);
            }
            (wanted, _) => {
                let covering = wanted.filter(|_| !state.view.chrome.tab_has_room);
                page_or_tab_ui(state, canvases, covering, room, ui, commands);
            }
        }
    });
    true
}

/// The height of the page above its tab in a column of this size; `None` where it has no room for both.
fn page_above_tab(state: &State, canvases: &Canvases, column: Vec2, ui: &Ui) -> Option<f32> {
    let (has_chips, tab) = (has_chips(canvases), state.shown_tab());
    let frame = frame_of_box(ui).total_margin().sum();
    let page = |most| frame.y + lesson_page_height(state, has_chips, column.x - frame.x, most, ui).ceil();
    let (least, room) = (page(None), column.y - GAP);
    let scale = type_scales(state, column.x).find(|scale| least + tab.squeezed_height() * scale.factor() <= room)?;
    let kept = tab.least_height() * scale.factor();
    let most = (PAGE_ABOVE_TAB * column.y).min(room - tab.good_height() * scale.factor());
    // A hint that comes takes room of the tab, which stays; the page is whole all the same.
    Some(page(Some(most - frame.y)).min(room - SQUEEZED * kept).max(least))
}

/// Notes whether a tab has room beside the page, so that its key brings it there or in the place of the page.
fn give_room(state: &State, has_room: bool, commands: &mut Vec<Command>) {
    if has_room != state.view.chrome.tab_has_room {
        commands.push(Command::Window(WindowCommand::GiveTabRoom(has_room)));
    }
}

/// The tab that stands in the place of the page, where there is no room for both.
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
pub(super) fn above_page(state: &State, room: Rect, commands: &mut Vec<Command>) -> (Rect, Option<Rect>) {
    if !has_page(state) || room.height() <= ROOM_FOR_PAGE[1] * factor(state) {
        return (room, None);
    }
    give_room(state, false, commands);
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

/// The room for the picture, and that for the tab that was called for beside it while presenting; that of a lesson stands below its page.
pub(super) fn beside_tab(state: &State, room: Rect) -> (Rect, Option<(Pane, Rect)>) {
    let least = ROOM_FOR_TAB * factor(state);
    let has_room = !has_page(state) && room.width() > least.x && room.height() > least.y;
    let tab = state.presented_tab().filter(|tab| has_room && is_seen(state, *tab));
    let Some(tab) = tab else { return (room, None) };
    let (left, right) = room.split_left_right_at_fraction(PICTURE);
    (Rect::from_min_max(left.min, left.max - vec2(GAP, 0.0)), Some((tab, right)))
}

/// The sizes of letters that a tab so wide may have, the largest first: while presenting none that the last row cannot read.
fn type_scales(state: &State, width: f32) -> impl Iterator<Item = TypeScale> {
    let chosen = state.view.chrome.type_scale.factor();
    let fits = move |scale: &TypeScale| scale.factor() <= chosen && width >= TAB * scale.factor();
    let least = TypeScale::ALL.into_iter().filter(fits).map(TypeScale::factor).fold(1.0, f32::max).min(LEAST);
    TypeScale::ALL.into_iter().rev().filter(fits).filter(move |scale| scale.factor() >= least)
}

/// The tab beside the picture, or below the page, in the largest letters for which it is wide enough.
pub(super) fn tab_beside_ui(
    state: &State,
    canvases: &mut Canvases,
    (tab, room): (Pane, Rect),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let has_room = |scale: &TypeScale| room.height() >= tab.least_height() * scale.factor();
    let scales: Vec<TypeScale> = type_scales(state, room.width()).collect();
    let scale = scales.iter().find(|scale| has_room(scale)).or(scales.last()).copied().unwrap_or_default();
    canvases.parts.push((WindowPart::Tab, room));
    ui.scope(|ui| {
        theme::set_in(ui, state.view.chrome.theme, scale);
        pane_in(state, canvases, tab, room, ui, commands);
    });
}
