//! The whole window: which panel stands where, and what gives way when there is little room.

use egui::{Frame, Margin, Panel, Rect, Ui, Vec2};

use super::boxed_view::{GAP, ROOM_FOR_ALL, boxed, pane_in};
use super::column;
use super::keyboard::{ends_drag, key_commands};
use super::lesson_room::{above_page, beside_tab, page_below_ui, page_beside_ui, tab_beside_ui};
use super::panels::{
    QuestionRoom, critical_table_ui, export_title_ui, export_ui, free_of_run_chips, glossary_ui, has_message, keys_ui,
    leaving_ui, menu_ui, message_beside_runs_ui, message_ui, open_path_ui, pilot_ui, predict_ui,
    presented_sentence_height, presented_sentence_ui, rate_bar_ui, run_chips_ui, run_names_ui, save_path_ui, setup_ui,
    status_ui, time_bar_ui, time_in_a_row, wide_sentence_ui,
};
use super::pointing::frames_ui;
use super::presented::beside_runs;
use super::question_room::{question_beside_ui, question_on_top_ui};
use super::theme;
use super::views::picture::Arrangement;
use super::views::{Canvases, Hover, picture};
use crate::drawing::WindowPart;
use crate::state::{Command, HistoryCommand, Pane, Picture, State, TypeScale, ViewCommand, WindowCommand};

// The width of the set-up panel, and the heights of the bars; in points at normal type.
const SETUP: f32 = 292.0;
const MENU: f32 = 34.0;
const CHIPS: f32 = 36.0;
const STATUS: f32 = 26.0;
const TIME: f32 = 60.0;
/// The bar of the rate, with its zones and marks by name, and where there is too little room for them.
const RATE: [f32; 2] = [78.0, 44.0];
/// The bar of the time and that of the rate with its zones in a low window, where the picture needs the room.
const LOW_BARS: [f32; 2] = [60.0, 70.0];
/// That of the time there, if it is one row.
const ROW: f32 = 44.0;
/// Three lines of the sentence, where it stands above the picture.
const SENTENCE: f32 = 86.0;
/// Two lines of it, where the window is low: a third makes all of them small. Beside the page of a lesson three small ones.
const LOW_SENTENCE: [f32; 2] = [65.0, 80.0];
/// Around the sentence while presenting, in points: margins of the panel and of its frame.
const FRAME: f32 = GAP + 18.0;
/// What it is higher where the bars stand beside it.
const BARS: f32 = 20.0;
/// What the picture keeps below a question, whatever that has to say.
const PICTURE: f32 = 140.0;
// The room from which on the window shows a part, in points at normal type; a pair is of width and height. Where there is less,
// parts give way in this order: the bars above the tabs, tabs, chips, inset, names at the slider.
const ROOM_FOR_WIDE_BARS: f32 = 600.0;
const ROOM_FOR_SETUP: f32 = 560.0;
const ROOM_FOR_CHIPS: [f32; 2] = [400.0, 560.0];
/// The same of the height where the sentence stands beside the picture and takes nothing of it.
const ROOM_FOR_CHIPS_BESIDE: f32 = 430.0;
const ROOM_FOR_STATUS: f32 = 560.0;
const ROOM_FOR_SENTENCE: f32 = 330.0;
const ROOM_FOR_TIME: [f32; 2] = [560.0, 300.0];
const ROOM_FOR_ZONES: f32 = 440.0;

/// The menus, and below them the runs where there is room.
fn menu_and_chips_ui(
    state: &State,
    canvases: &mut Canvases,
    (room, has_column): (Vec2, bool),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let scale = state.view.chrome.type_scale.factor();
    let menu = Panel::top("menu").exact_size(MENU * scale);
    let place = bar(ui, menu, |ui| menu_ui(state, ui, commands));
    canvases.parts.push((WindowPart::Menu, place));
    let height = if has_column { ROOM_FOR_CHIPS_BESIDE } else { ROOM_FOR_CHIPS[1] };
    let has_chips = room.x > ROOM_FOR_CHIPS[0] && room.y > height;
    if has_chips && state.view.chrome.maximized.is_none() {
        let chips = Panel::top("chips").exact_size(CHIPS * scale);
        let place = bar(ui, chips, |ui| run_chips_ui(state, ui, commands));
        canvases.parts.push((WindowPart::Chips, place));
    }
}

/// The sentence above the picture, or what stands in its place, where no column beside the picture has it; `has_page`: beside the page
/// of a lesson.
fn sentence_on_top_ui(
    state: &State,
    canvases: &mut Canvases,
    (room, has_page): (Vec2, bool),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let chrome = &state.view.chrome;
    let is_low = room.y < ROOM_FOR_ALL || chrome.maximized.is_some();
    let is_alone = chrome.presenting.is_some() || chrome.maximized.is_some();
    let width = ui.available_width() / chrome.type_scale.factor();
    let has_bars = !is_alone && width > ROOM_FOR_WIDE_BARS && !is_low;
    let low = LOW_SENTENCE[usize::from(state.lesson().is_some())];
    let height = if is_low { low } else { SENTENCE } + if has_bars { BARS } else { 0.0 };
    let height = (height + GAP) * chrome.type_scale.factor();
    let height = if chrome.presenting.is_some() { presented_sentence_height(has_page, ui) + FRAME } else { height };
    let most = ui.available_height() - PICTURE * chrome.type_scale.factor();
    let place = match state.predictions.open() {
        Some(open) => {
            let is_close = is_low && chrome.presenting.is_none();
            let room = if is_close { QuestionRoom::Low } else { QuestionRoom::Wide };
            question_on_top_ui([height, most], ui, |ui| predict_ui(state, open, room, ui, commands))
        }
        None if state.pilot.is_some() => question_on_top_ui([height, most], ui, |ui| pilot_ui(state, ui, commands)),
        None => side(ui, Panel::top("sentence").exact_size(height), |ui| {
            if has_bars { wide_sentence_ui(state, ui) } else { presented_sentence_ui(state, ui, commands) }
        }),
    };
    canvases.parts.push((WindowPart::Sentence, place));
}

/// What stands beside the picture over the whole height.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Page,
    Question,
}

/// The sentence in a window of this size, if it stands on top, and what stands beside it and the picture.
fn sentence_and_page_ui(
    state: &State,
    canvases: &mut Canvases,
    room: Option<Vec2>,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> Beside {
    if room.is_some() && question_beside_ui(state, canvases, ui, commands) {
        return Beside::Question;
    }
    // A question has many buttons, and needs the whole width; so does a flight, which leaves the page of a lesson its height.
    let is_wide = state.predictions.open().is_some() || state.pilot.is_some() && state.lesson().is_none();
    if let Some(room) = room.filter(|_| is_wide) {
        sentence_on_top_ui(state, canvases, (room, false), ui, commands);
    }
    let has_page = page_beside_ui(state, canvases, ui, commands);
    if let Some(room) = room.filter(|_| !is_wide) {
        sentence_on_top_ui(state, canvases, (room, has_page), ui, commands);
    }
    if has_page { Beside::Page } else { Beside::Nothing }
}

/// What makes room for a tab that is called for where no tab has room beside the picture, in a window of this size in points.
fn room_for_called(state: &State, window: Vec2, commands: &[Command]) -> Vec<Command> {
    let wanted = commands.iter().find_map(|command| match command {
        Command::View(ViewCommand::ShowTab(tab)) => Some(*tab),
        _ => None,
    });
    let Some(wanted) = wanted.filter(|tab| tab.suits(&state.document.landscape)) else { return Vec::new() };
    let alone = Command::Window(WindowCommand::ToggleMaximized(wanted));
    // From the menu of the tabs it fills the window.
    if commands.contains(&alone) { Vec::new() } else { column::room_for_tab(state, wanted, window) }
}

/// Shows everything; what the user does comes back as commands.
pub fn window_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui) -> Vec<Command> {
    theme::apply(ui.ctx(), state.view.chrome.theme, state.view.chrome.type_scale);
    let mut commands = Vec::new();
    // What is done from here until the pointer is lifted is one change.
    if ui.input(|input| input.pointer.any_pressed()) {
        commands.push(Command::History(HistoryCommand::TakeHold));
    }
    commands.extend(key_commands(ui.ctx(), state));
    let scale = state.view.chrome.type_scale.factor();
    let window = ui.available_size();
    let room = window / scale;
    let presenting = state.view.chrome.presenting.is_some();
    canvases.parts.clear();
    commands.extend(smaller_type(state, window));
    let is_alone = presenting || state.view.chrome.maximized.is_some();
    let has_setup = state.view.chrome.setup_open && !is_alone && room.x > ROOM_FOR_SETUP;
    let beside = room.x - if has_setup { SETUP + GAP } else { 0.0 };
    let has_column = !is_alone && state.lesson().is_none() && column::has_room(state, room, beside);
    if !presenting {
        menu_and_chips_ui(state, canvases, (room, has_column), ui, &mut commands);
    }
    // The status line names what is under the pointer, which the views find out below: it shows the last frame's.
    let hover = canvases.hover.take();
    let lit = (canvases.touched.take(), canvases.sample, canvases.pointed_method);
    let mut is_long = has_message(state, ui);
    // In a low window, and while presenting, the picture needs its room.
    if room.y > ROOM_FOR_STATUS && !presenting {
        bar(ui, Panel::bottom("status").exact_size(STATUS * scale), |ui| {
            is_long = status_ui(state, hover.as_ref(), canvases.tabs_gave_way, ui, &mut commands);
        });
    }
    time_and_rate_ui(state, canvases, room, ui, &mut commands);
    if has_setup {
        let setup = Panel::left("setup").exact_size((SETUP + GAP) * scale);
        side(ui, setup, |ui| setup_ui(state, ui, &mut commands));
    }
    let has_sentence = !has_column && room.x > ROOM_FOR_TIME[0] && room.y > ROOM_FOR_SENTENCE;
    let stands_beside = sentence_and_page_ui(state, canvases, has_sentence.then_some(room), ui, &mut commands);
    let has_page = stands_beside == Beside::Page;
    let ground = Frame::new().inner_margin(Margin::same((GAP / 2.0) as i8));
    let mut gave_way = false;
    egui::CentralPanel::default().frame(ground).show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        // The picture comes first: a tab shows in the same frame what is under the pointer there.
        let (picture, column) = if has_column { column::divided(state, room) } else { (room, None) };
        let (picture, page) = if has_page { (picture, None) } else { above_page(state, picture, &mut commands) };
        let (picture, tab) = beside_tab(state, picture);
        // Below a question, and below a flight in half of the width, the picture needs its height; beside a question the runs are there.
        let is_half = has_page && (state.predictions.open().is_some() || state.pilot.is_some());
        let has_room = !is_half && stands_beside != Beside::Question;
        let is_shared = has_page || page.is_some() || tab.is_some();
        let picture = if has_room { beside_runs(state, is_shared, picture, ui, &mut commands) } else { picture };
        canvases.parts.push((WindowPart::Picture, picture));
        large(state, canvases, picture, ui, &mut commands);
        if let Some(tab) = tab {
            tab_beside_ui(state, canvases, tab, ui, &mut commands);
        }
        if let Some(page) = page {
            page_below_ui(state, canvases, page, ui, &mut commands);
        }
        let has_tabs = column.is_some_and(|column| column::column_ui(state, canvases, column, ui, &mut commands));
        gave_way = !has_tabs && !is_alone && page.is_none() && !has_page;
    });
    if gave_way {
        commands.extend(room_for_called(state, window, &commands));
    }
    // The status line says it in the next frame.
    if std::mem::replace(&mut canvases.tabs_gave_way, gave_way) != gave_way {
        ui.ctx().request_repaint();
    }
    if is_long {
        long_message_ui(state, canvases, ui, &mut commands);
    }
    let has_changed = is_long != state.view.chrome.message_covers;
    commands.extend(has_changed.then_some(Command::Window(WindowCommand::CoverByMessage(is_long))));
    frames_ui(state, canvases, ui);
    dialogs_ui(state, ui, &mut commands);
    // After what the controls have made of the pointer in this frame.
    commands.extend(end_of_drag(ui));
    let place = |hover: Option<Hover>| hover.map(|hover| hover.at);
    canvases.sample = canvases.sample.filter(|_| state.view.has(Pane::Data) && !state.view.in_fog());
    canvases.pointed_method = canvases.pointed_method.filter(|_| state.view.has(Pane::Circle));
    // What a view lights in another is seen there in the next frame.
    let is_lit = lit.0 != canvases.touched || lit.1 != canvases.sample || lit.2 != canvases.pointed_method;
    if is_lit || place(hover) != place(canvases.hover) {
        ui.ctx().request_repaint();
    }
    commands
}

/// A message without room in the bottom line: beside the runs, or over the tab or the picture.
fn long_message_ui(state: &State, canvases: &Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    if let Some(row) = canvases.place(WindowPart::Chips) {
        let free = free_of_run_chips(row, ui);
        if message_beside_runs_ui(state, free, ui, commands) {
            return;
        }
    }
    let places = [WindowPart::Tab, WindowPart::Picture].map(|part| canvases.place(part));
    let whole = ui.ctx().content_rect();
    message_ui(state, places.into_iter().flatten().next().unwrap_or(whole), ui, commands);
}

/// A drag ends with the pointer lifted, or with Escape, which takes it back.
fn end_of_drag(ui: &Ui) -> impl Iterator<Item = Command> {
    let taken_back = ends_drag(ui.ctx()).then_some(HistoryCommand::TakeBackDrag);
    let let_go = ui.input(|input| input.pointer.any_released()).then_some(HistoryCommand::LetGo);
    taken_back.into_iter().chain(let_go).map(Command::History)
}

/// What lies over the rest where it is open.
fn dialogs_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    critical_table_ui(state, ui, commands);
    keys_ui(state, ui, commands);
    glossary_ui(state, ui, commands);
    export_ui(state, ui, commands);
    leaving_ui(state, ui, commands);
    save_path_ui(state, ui, commands);
    open_path_ui(state, ui, commands);
}

/// While presenting in a small window: the largest type that leaves the sentence and both bars there, if the type is larger.
fn smaller_type(state: &State, size: Vec2) -> Option<Command> {
    let chrome = &state.view.chrome;
    let fits = |scale: &TypeScale| {
        let room = size / scale.factor();
        room.x > ROOM_FOR_TIME[0] && room.y > ROOM_FOR_SENTENCE
    };
    let is_too_large = chrome.presenting.is_some() && !fits(&chrome.type_scale);
    let smaller = TypeScale::ALL.into_iter().filter(|scale| scale.factor() < chrome.type_scale.factor());
    let largest = smaller.filter(fits).max_by(|a, b| a.factor().total_cmp(&b.factor()));
    largest.filter(|_| is_too_large).map(|scale| Command::Window(WindowCommand::SetTypeScale(scale)))
}

/// The bars of the time and of the rate at the bottom, in a window of this size in points at normal type.
fn time_and_rate_ui(state: &State, canvases: &mut Canvases, room: Vec2, ui: &mut Ui, commands: &mut Vec<Command>) {
    if room.x <= ROOM_FOR_TIME[0] || room.y <= ROOM_FOR_TIME[1] {
        return;
    }
    let scale = state.view.chrome.type_scale.factor();
    let is_low = room.y < ROOM_FOR_ALL;
    let is_row = is_low && time_in_a_row(room.x);
    let [time, rate] = if is_low { LOW_BARS } else { [TIME, RATE[0]] };
    let time = if is_row { ROW } else { time };
    let rate = if room.y > ROOM_FOR_ZONES { rate } else { RATE[1] };
    let bars = [
        Panel::bottom("time").exact_size((time + GAP) * scale),
        Panel::bottom("rate").exact_size((rate + GAP) * scale),
    ];
    let [time, rate] = bars;
    let place = side(ui, time, |ui| time_bar_ui(state, is_row, ui, commands));
    canvases.parts.push((WindowPart::Transport, place));
    let place = side(ui, rate, |ui| rate_bar_ui(state, ui, commands));
    canvases.parts.push((WindowPart::Rate, place));
}

/// Shows one view alone, for a picture of it.
pub fn view_ui(state: &State, canvases: &mut Canvases, pane: Pane, ui: &mut Ui) -> Vec<Command> {
    theme::apply(ui.ctx(), state.view.chrome.theme, state.view.chrome.type_scale);
    let mut commands = Vec::new();
    if state.view.chrome.exported.is_some_and(|frame| frame.title) {
        bar(ui, Panel::top("title of the picture"), |ui| export_title_ui(state, ui));
    } else if names_runs(state, pane) {
        // Two paths in a handout mean nothing without their names, which a title has.
        bar(ui, Panel::bottom("runs of the picture"), |ui| run_names_ui(state, ui));
    }
    let room = ui.available_rect_before_wrap();
    pane_in(state, canvases, pane, room, ui, &mut commands);
    commands
}

/// Whether the legend of a picture of this view names the runs: where there are several of them on the map or the surface.
fn names_runs(state: &State, pane: Pane) -> bool {
    let chrome = &state.view.chrome;
    let seen = state.document.cards.iter().filter(|card| !card.hidden).count();
    chrome.exported.is_some() && chrome.has_legend() && Picture::of(pane).is_some() && seen > 1
}

/// A bar along the window's edge, on the ground.
fn bar(ui: &mut Ui, panel: Panel, contents: impl FnOnce(&mut Ui)) -> Rect {
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 2));
    panel.frame(frame).resizable(false).show_separator_line(false).show(ui, contents).response.rect
}

/// A panel that stands on the ground with a gap around it.
pub(super) fn side(ui: &mut Ui, panel: Panel, contents: impl FnOnce(&mut Ui)) -> Rect {
    let frame = Frame::new().inner_margin(Margin::same((GAP / 2.0) as i8));
    let shown = panel.frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| boxed(ui, contents));
    shown.response.rect.shrink(GAP / 2.0)
}

/// The picture, or the view that fills the window.
fn large(state: &State, canvases: &mut Canvases, room: Rect, ui: &mut Ui, commands: &mut Vec<Command>) {
    let shown = state.shown_picture();
    // The picture is map and surface, also where it fills the window.
    let is_picture = |pane: &Pane| *pane == shown.main() || shown == Picture::Both && *pane == shown.other();
    let alone = state.view.chrome.maximized.filter(|pane| pane.suits(&state.document.landscape) && !is_picture(pane));
    let arrangement =
        if alone.is_none() && state.has_surface() { picture::arrangement(state, room) } else { Arrangement::Inset };
    canvases.shows_both = arrangement != Arrangement::Inset;
    if alone.is_some() || canvases.shows_both {
        canvases.inset = None;
    }
    if let Some(pane) = alone {
        // A class reads what fills its window in the letters of a tab: those that leave it room.
        if state.view.chrome.presenting.is_some() && Pane::TABS.contains(&pane) {
            return tab_beside_ui(state, canvases, (pane, room), ui, commands);
        }
        return pane_in(state, canvases, pane, room, ui, commands);
    }
    // With one weight there is no surface: the curve has all of the room.
    if !state.has_surface() {
        return pane_in(state, canvases, Pane::Map, room, ui, commands);
    }
    if let Some([first, second]) = arrangement.halves(room) {
        pane_in(state, canvases, shown.main(), first, ui, commands);
        return pane_in(state, canvases, shown.other(), second, ui, commands);
    }
    pane_in(state, canvases, shown.main(), room, ui, commands);
    picture::inset_ui(state, canvases, room, ui, commands);
}
