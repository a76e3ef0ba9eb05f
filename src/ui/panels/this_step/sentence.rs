//! The sentence of this step and its bars, in a room of their own size: nothing below them moves while something is dragged.

use egui::text::LayoutJob;
use egui::{
    Align, FontSelection, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, TextStyle, Ui, Vec2, WidgetInfo, vec2,
};

use super::super::column;
use crate::drawing::compose::Layer;
use crate::drawing::ink::Ink;
use crate::drawing::reduction_bars::{Compact, ReductionBars};
use crate::drawing::sentence::Piece;
use crate::render::layers::{self, Fonts};
use crate::run::KnownOfStep;
use crate::state::{Command, Pane, Picture, State, ViewCommand, WindowCommand};
use crate::ui::theme;
use crate::ui::views::picture_switch::switch_ui;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::{small_button_width, small_menu};

/// The sentence has room for this many lines of a heading.
const LINES: f32 = 3.0;
/// The bars and the line of the model error, in lines of small type.
const BARS: f32 = 5.2;
/// The bars in a row with names, digits and ρ, in the same lines.
const ROW: f32 = 1.3;
/// From this height on, in the same lines, each bar has a line of its own.
const LEAST_BARS: f32 = 4.0;
/// Above and below what stands in the card, in points.
const FRAME: f32 = 16.0;
/// What the bars in a row use of that at the bottom, in points.
const BELOW: f32 = 3.0;

/// Room at the right for the bar by which it scrolls, in points: a sentence that needs it for the lines it has would scroll on and on.
const BAR: f32 = 8.0;

/// What of the bars stands below the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarsBelow {
    /// Each in a line with its name and its digits.
    All,
    /// All of them in a row, each with its name and short digits, and ρ.
    Row,
}

/// The height of the card, in points, with this much of its bars.
pub fn height(bars: BarsBelow, ui: &Ui) -> f32 {
    let lines = |lines: f32| ui.spacing().item_spacing.y + lines * ui.text_style_height(&TextStyle::Small);
    let below = match bars {
        BarsBelow::All => lines(BARS),
        BarsBelow::Row => lines(ROW),
    };
    sentence_height(ui) + below + FRAME
}

fn sentence_height(ui: &Ui) -> f32 {
    LINES * ui.text_style_height(&TextStyle::Heading) + ui.spacing().item_spacing.y
}

/// The sentence, and below it the bars.
pub fn sentence_ui(state: &State, ui: &mut Ui) {
    let room = ui.available_rect_before_wrap();
    let small = ui.text_style_height(&TextStyle::Small);
    let height = (room.height() - BARS * small).max(sentence_height(ui)).min(room.height());
    let (upper, lower) = room.split_top_bottom_at_y(room.top() + height);
    within(ui, upper, |ui| sentence_or_reason(state, &SIZES, ui));
    let below = Rect::from_min_max(lower.min + vec2(0.0, ui.spacing().item_spacing.y), lower.max);
    if below.height() > LEAST_BARS * small {
        within(ui, below, |ui| bars_ui(state, ui));
    } else if lower.height() > 0.8 * small {
        // Two lines of small type have room where they use a little of the margin below them.
        let lower = lower.with_max_y(lower.bottom() + BELOW);
        within(ui, lower, |ui| compact_bars_ui(state, ui));
    }
}

/// Type of the sentence while presenting, as multiples of that of a heading: the first with which it has two lines; beside the page of a
/// lesson it has three, or four smaller ones.
const PRESENTED: [f32; 9] = [1.2, 1.1, 1.0, 0.9, 0.8, 0.74, 0.69, 0.63, 0.57];
/// Type of the sentence at a desk, in the same way, the last one hardly smaller than all other words.
const SIZES: [f32; 5] = [1.0, 0.9, 0.8, 0.72, 0.66];
/// The height of the sentence while presenting, in lines of a heading: two of the largest lines; beside the page of a lesson in a narrow
/// window, three or four.
const PRESENTED_HEIGHTS: [f32; 2] = [2.0 * PRESENTED[0], 3.0];
/// A sentence in less width than this, in lines of a heading, needs a fourth line.
const NARROW: f32 = 16.5;

/// The sentence of this step alone, over the width that there is, with a way out of the presentation at its right end.
pub fn presented_sentence_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.view.chrome.presenting.is_none() {
        return sentence_or_reason(state, &SIZES, ui);
    }
    let room = ui.available_rect_before_wrap();
    let words = Picture::ALL.map(|picture| small_button_width(ui, &menu_of(picture)));
    let [tabs, leave] = [format!("{TABS} ▾"), LEAVE.to_owned()].map(|text| small_button_width(ui, &text));
    let controls = words.into_iter().fold(tabs + ui.spacing().item_spacing.x + leave, f32::max);
    let (left, right) = room.split_left_right_at_x(room.right() - controls);
    within(ui, left.with_max_x(left.right() - ui.spacing().item_spacing.x), |ui| {
        sentence_or_reason(state, &PRESENTED, ui);
    });
    within(ui, right, |ui| {
        ui.with_layout(Layout::top_down(Align::Max), |ui| {
            let row = ui.text_style_height(&TextStyle::Small) + 2.0 * ui.spacing().button_padding.y;
            ui.allocate_ui_with_layout(vec2(controls, row), Layout::right_to_left(Align::Min), |ui| {
                let leave = ui.small_button(LEAVE).hint("Leaves the presentation: F5 or Escape.");
                leave.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), "leave the presentation"));
                if leave.clicked() {
                    commands.push(Command::Window(WindowCommand::TogglePresenting));
                }
                let help = "A tab beside the picture, as the race of the runs. The same one again takes it away.";
                small_menu(ui, "tab of the picture", TABS, help, |ui| tabs_ui(state, ui, commands));
            });
            if state.has_surface() {
                let help = "The loss as a map, as a surface, or as both. Key T: the next.";
                let shown = state.shown_picture();
                small_menu(ui, "picture of the loss", shown.title(), help, |ui| switch_ui(state, ui, commands));
            }
        });
    });
}

/// What the menu of tabs says while presenting, and the way out.
const TABS: &str = "Tab";
const LEAVE: &str = "✕";

/// The tabs that have something to show, to stand beside the picture.
fn tabs_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ScrollArea::vertical().max_height(0.6 * ui.ctx().content_rect().height()).show(ui, |ui| {
        for pane in Pane::TABS.into_iter().filter(|pane| state.tab_lack(*pane).is_none()) {
            let is_shown = state.presented_tab() == Some(pane);
            if ui.selectable_label(is_shown, pane.short_title()).hint(pane.help()).clicked() {
                commands.push(Command::View(ViewCommand::ShowTab(pane)));
            }
        }
    });
}

/// The words of the menu of pictures while this one is shown.
fn menu_of(picture: Picture) -> String {
    format!("{} ▾", picture.title())
}

/// The height of the sentence while presenting, in points; another one beside the page of a lesson in a narrow window.
pub fn presented_sentence_height(beside_page: bool, ui: &Ui) -> f32 {
    let line = ui.text_style_height(&TextStyle::Heading);
    let is_narrow = beside_page && ui.available_width() < NARROW * line;
    PRESENTED_HEIGHTS[usize::from(is_narrow)] * line + ui.spacing().item_spacing.y
}

/// The sentence, and beside it the bars: for a wide room that is not high.
pub fn wide_sentence_ui(state: &State, ui: &mut Ui) {
    /// The share of the sentence.
    const SHARE: f32 = 0.56;
    let room = ui.available_rect_before_wrap();
    let (left, right) = room.split_left_right_at_fraction(SHARE);
    // Where it is too long for that the bars give way.
    if fitting(state, &SIZES, left.size(), ui).is_none() {
        return sentence_or_reason(state, &SIZES, ui);
    }
    within(ui, left, |ui| sentence_or_reason(state, &SIZES, ui));
    let gap = vec2(2.0 * ui.spacing().item_spacing.x, 0.0);
    within(ui, Rect::from_min_max(right.min + gap, right.max), |ui| bars_ui(state, ui));
}

fn within(ui: &mut Ui, room: Rect, contents: impl FnOnce(&mut Ui)) {
    ui.scope_builder(egui::UiBuilder::new().max_rect(room), contents);
}

/// The sentence, and why the run ends here; or why there is none. It has the first of these sizes, as multiples of that of a
/// heading, with which it fits, or that of all other words; it scrolls where even that is too large.
fn sentence_or_reason(state: &State, sizes: &[f32], ui: &mut Ui) {
    let Some(pieces) = state.sentence() else { return nothing_to_show(state, ui) };
    let end = the_end(state);
    let body = TextStyle::Body.resolve(ui.style()).size;
    let job = fitting(state, sizes, ui.available_size(), ui).unwrap_or_else(|| spoken(state, &pieces, body, ui));
    column(ui).id_salt("sentence").show(ui, |ui| {
        ui.add(Label::new(job).wrap());
        if let Some(text) = end {
            ui.add(Label::new(text).wrap()).hint("Why the selected run ends here");
        }
    });
}

/// The sentence in the first of these sizes in which it fits with why the run ends, in a room of this size; `None` where it does in none,
/// or there is no sentence.
fn fitting(state: &State, sizes: &[f32], room: Vec2, ui: &Ui) -> Option<LayoutJob> {
    let pieces = state.sentence()?;
    let heading = TextStyle::Heading.resolve(ui.style()).size;
    let height = |text: egui::WidgetText| {
        text.into_galley(ui, None, room.x - BAR, TextStyle::Small).size().y + ui.spacing().item_spacing.y
    };
    let below = the_end(state).map_or(0.0, |text| height(text.into()));
    let mut jobs = sizes.iter().map(|factor| spoken(state, &pieces, factor * heading, ui));
    jobs.find(|job| height(job.clone().into()) + below <= room.y + 1.0)
}

/// Why there is no step.
pub(super) fn nothing_to_show(state: &State, ui: &mut Ui) {
    let run = state.derived.run(state.selected);
    let why = run.and_then(|run| run.stop()).map_or("There is no step to show yet.", |stop| stop.text.as_str());
    ui.label(theme::strong(why).heading());
}

/// The sentence, its numbers in the color of what they speak of; read aloud as one.
fn spoken(state: &State, pieces: &[Piece], size: f32, ui: &Ui) -> LayoutJob {
    let mut job = LayoutJob::default();
    for piece in pieces {
        let text = theme::strong(piece.text.replace(" %", "\u{a0}%")).size(size);
        let text = match piece.ink {
            Some(ink) => text.color(theme::color(ink.text(state.view.chrome.theme))),
            None => text,
        };
        text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    }
    job
}

/// Why the run stops here, if it does and the sentence has not said it already.
fn the_end(state: &State) -> Option<RichText> {
    let Piece { text, ink } = state.spoken_end()?;
    let text = match ink {
        None => RichText::new(text),
        Some(Ink::Muted) => theme::muted(text),
        Some(ink) => theme::role(state.view.chrome.theme, text, ink),
    };
    Some(text.small())
}

/// What the bars of the step show; `None` where there are none.
fn bars(state: &State) -> Option<ReductionBars> {
    let analysis = state.derived.analysis()?;
    let known = KnownOfStep::of(analysis, state.derived.queries());
    ReductionBars::of(analysis, known, state.view.in_fog(), state.stop_here().is_some())
}

/// The predictions beside the actual change, on one scale.
fn bars_ui(state: &State, ui: &mut Ui) {
    let layers = |bars: &ReductionBars, rect: Rect, ui: &Ui| {
        bars.layers(rect, &Fonts(ui), state.view.chrome.theme, state.view.chrome.type_scale.factor())
    };
    drawn_bars_ui(state, layers, ui);
}

/// The height of the bars below each other; 0 where there are none.
pub(in crate::ui::panels) fn stacked_bars_height(state: &State, ui: &Ui) -> f32 {
    let line = ui.text_style_height(&TextStyle::Small);
    bars(state).map_or(0.0, |bars| bars.stacked_height(line, state.view.chrome.type_scale.factor()))
}

/// The bars below each other, each below its name.
pub(in crate::ui::panels) fn stacked_bars_ui(state: &State, ui: &mut Ui) {
    let layers = |bars: &ReductionBars, rect: Rect, ui: &Ui| {
        bars.stacked(rect, &Fonts(ui), state.view.chrome.theme, state.view.chrome.type_scale.factor())
    };
    drawn_bars_ui(state, layers, ui);
}

/// How wide the bars in a few lines are at least, with this much said beside them; `None` where there are none, or not this height.
pub(in crate::ui::panels) fn compact_bars_width(state: &State, compact: Compact, height: f32, ui: &Ui) -> Option<f32> {
    let bars = bars(state).filter(|bars| bars.compact_height(compact, &Fonts(ui)) <= height + 0.5)?;
    bars.compact_width(compact, &Fonts(ui), state.view.chrome.type_scale.factor())
}

/// The bars in a few lines, with as much said beside them as has room.
pub(in crate::ui::panels) fn compact_bars_ui(state: &State, ui: &mut Ui) {
    let layers = |bars: &ReductionBars, rect: Rect, ui: &Ui| {
        let chrome = &state.view.chrome;
        bars.compact(rect, &Compact::ALL, &Fonts(ui), (chrome.theme, chrome.type_scale.factor()))
    };
    drawn_bars_ui(state, layers, ui);
}

fn drawn_bars_ui(state: &State, layers_of: impl Fn(&ReductionBars, Rect, &Ui) -> Vec<Layer>, ui: &mut Ui) {
    let Some(bars) = bars(state) else { return };
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let drawn = layers_of(&bars, rect, ui);
    ui.painter().extend(layers::shapes(drawn, ui));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, bars.described()));
    response.hint_ui(|ui| {
        for row in &bars.rows {
            ui.label(theme::strong(format!("{}: {}", row.name, row.text)));
            ui.label(theme::muted(&row.help));
        }
        ui.label(theme::muted(
            "ρ = actual/predicted: at 1 the model was exact, below 0 the loss changed in the other direction.",
        ));
    });
}
