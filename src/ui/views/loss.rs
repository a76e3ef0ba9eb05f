//! The chart of the runs: a quantity of every step, read by the pointer, scrubbed by dragging.

mod controls;
mod legend;
mod ruler;

use egui::{CursorIcon, Label, RichText, TextStyle, Ui, vec2};

use super::canvas::{announce, height_of, look, nothing, pane_title};
use super::{Canvases, drawn_run};
use crate::analysis::KnownMinima;
use crate::drawing::ink::Ink;
use crate::drawing::loss_chart::{
    ChartAxis, ChartScale, Curve, Floor, LossChart, LossChartInput, Spending, loss_chart,
};
use crate::drawing::primitive::{Anchor, Primitive};
use crate::numbers::Point;
use crate::numbers::numerals::number;
use crate::render::flat::{Axes, FlatResponse, FlatView, Mapping};
use crate::state::{Card, Command, Pane, PlayCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// From this width and height on, in points at normal type, the axes have their names beside them.
const ROOMY: [f32; 2] = [420.0, 190.0];
/// The least height of the chart, at normal type: notes that would leave it less are left out, from below, then runs. Beside the
/// notes that stay, which go last, it may be lower.
const LEAST: [f32; 2] = [120.0, 100.0];
/// Below this height, at normal type, the values are beside the controls, and the chart has the room of the legend.
const LOW: f32 = 150.0;

/// What the chart keeps from frame to frame.
#[derive(Default)]
pub struct LossCanvas {
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows it in the room there is.
pub fn loss_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Loss, ui, commands, |_, _| {});
    let chosen = &state.view.scene.chart;
    if state.view.in_fog() && !chosen.quantity.is_seen_in_fog() {
        controls::controls_ui(state, chosen.scale, None, ui, commands);
        return nothing(ui, "Hidden by fog: the method has not asked for this (9 lifts it)");
    }
    let none = KnownMinima::default();
    let under_pointer = canvases.loss.mapping.zip(ui.ctx().pointer_hover_pos());
    let input = LossChartInput {
        choice: *chosen,
        curves: curves(state),
        minima: state.derived.minima().unwrap_or(&none),
        floor: state.derived.floor(&state.view),
        span: state.last_step(),
        playhead: state.shown_step(),
        pointed: under_pointer.filter(|(page, at)| page.frame().contains(*at)).map(|(page, at)| page.point(at).x),
        in_fog: state.view.in_fog(),
        model: state.view.scene.compare.model,
        premise: state.derived.premise(),
    };
    let mut chart = loss_chart(&input);
    for (card, reading) in legend::cards(state).zip(&mut chart.readings) {
        reading.name = state.document.distinct_name(card);
    }
    let chart = chart;
    let scale = theme::factor_in(ui);
    let is_low = ui.available_height() < LOW * scale;
    let reading = chart.readings.iter().find(|reading| reading.selected).filter(|_| is_low);
    let reading = reading.map(|reading| format!("{}: {}", chart.place, reading.text));
    controls::controls_ui(state, chart.scale, reading.as_deref(), ui, commands);
    let large = state.view.chrome.maximized == Some(Pane::Loss);
    let style = if large { TextStyle::Body } else { TextStyle::Small };
    let (lines, notes) = below(state, &chart, input.floor.as_ref().ok(), (reading.is_none(), &style), ui);
    let height = ui.available_height() - lines.height() - height_of(&joined(&notes), &TextStyle::Small, ui);
    let room = vec2(ui.available_width(), height.max(1.0));
    ui.allocate_ui(room, |ui| {
        ui.set_min_size(room);
        if chart.is_empty {
            canvases.loss.mapping = None;
            nothing(ui, "There is nothing to draw");
        } else {
            let roomy = room.x > ROOMY[0] * scale && room.y > ROOMY[1] * scale;
            let shown = show(state, &chart, roomy, &input, ui);
            canvases.loss.mapping = Some(shown.mapping);
            announce(&shown.response, || announcement(&chart));
            interact(state, &chart, &shown, &lines, ui, commands);
            ruler::handles_ui(&chart, &input, &shown.mapping, ui, commands);
        }
    });
    lines.show(ui);
    for words in joined(&notes) {
        ui.add(Label::new(RichText::new(words).text_style(TextStyle::Small).weak()).wrap());
    }
}

/// What stands below the chart in the room there is: the runs that are read, at least one where it `keeps_one`, and the notes.
fn below(
    state: &State,
    chart: &LossChart,
    floor: Option<&Floor>,
    (keeps_one, style): (bool, &TextStyle),
    ui: &Ui,
) -> (legend::Lines, Vec<String>) {
    let [least, low] = LEAST.map(|least| least * theme::factor_in(ui));
    let lines_in = |floor: Option<&str>, most: usize| legend::lines(state, chart, floor, (style, most), ui);
    let mut lines = lines_in(None, usize::MAX);
    let mut notes = chart.notes.clone();
    let row = lines.height() / lines.len().max(1) as f32;
    let free = |rows: usize, notes: &[String]| {
        ui.available_height() - row * rows as f32 - height_of(&joined(notes), &TextStyle::Small, ui)
    };
    while notes.len() > chart.lasting && free(lines.len(), &notes) < least {
        notes.pop();
    }
    let fewest = usize::from(keeps_one);
    let room_of_runs = if notes.is_empty() { least } else { low };
    let most = (fewest..lines.len()).rev().find(|rows| free(*rows, &notes) >= room_of_runs).unwrap_or(fewest);
    if free(lines.len(), &notes) < room_of_runs && most < lines.len() {
        lines = lines_in(None, most);
        // Every run is read before there is a note.
        if lines.is_cut() && keeps_one && free(most + 1, &[]) >= low {
            lines = lines_in(None, most + 1);
        }
    }
    while !notes.is_empty() && free(lines.len(), &notes) < low {
        notes.pop();
    }
    // Before a class, which has no other names, those of the runs come before notes.
    if state.view.chrome.presenting.is_some() && !lines.are_named() {
        let rows = (fewest..=chart.readings.len()).rev().find(|rows| free(*rows, &[]) >= low).unwrap_or(fewest);
        let named = lines_in(None, rows);
        if named.are_named() {
            lines = named;
            while !notes.is_empty() && free(lines.len(), &notes) < low {
                notes.pop();
            }
        }
    }
    // What the axis is above is said in any case.
    if let Some(floor) = floor
        && chart.scale == ChartScale::LogAbove
        && notes.is_empty()
    {
        lines = lines_in(Some(&format!("f* = {}", number(floor.value))), lines.len());
    }
    if !state.view.chrome.has_legend() {
        while lines.len() > 0 {
            lines.cut();
        }
        notes.clear();
    }
    (lines, notes)
}

/// The notes as one text; none where there are none.
fn joined(notes: &[String]) -> Vec<String> {
    if notes.is_empty() { Vec::new() } else { vec![notes.join("  ·  ")] }
}

/// Every run, in the order of the cards.
fn curves<'a>(state: &'a State) -> Vec<Curve<'a>> {
    let curve = |card: &'a Card| {
        let path = drawn_run(state, card)?;
        let (trace, seconds) = (state.derived.trace(card.id)?, state.derived.seconds_per_step(card.id));
        Some(Curve { path, hidden: card.hidden, trace, seconds })
    };
    state.document.cards.iter().filter_map(curve).collect()
}

fn show(state: &State, chart: &LossChart, roomy: bool, input: &LossChartInput<'_>, ui: &mut Ui) -> FlatResponse {
    let mut primitives = chart.primitives.clone();
    if let Some(at) = input.pointed {
        let top = Point::new(at, chart.view.y[1] - 0.01 * chart.view.height());
        let is_right = at > chart.view.center().x;
        let anchor = if is_right { Anchor::Right } else { Anchor::Left };
        primitives.push(Primitive::text(top, chart.place.clone(), Ink::Truth, anchor));
    }
    let axes =
        Axes::Named { log: [chart.x.is_log(), chart.y.is_log()], names: if roomy { chart.names } else { ["", ""] } };
    FlatView { axes, ..FlatView::chart("loss", chart.view, primitives, look(state, ui)) }.show(ui)
}

/// A press or a drag moves the playhead; where runs are left out of the legend, the pointer tells all of them.
fn interact(
    state: &State,
    chart: &LossChart,
    shown: &FlatResponse,
    lines: &legend::Lines,
    ui: &Ui,
    commands: &mut Vec<Command>,
) {
    let response = &shown.response;
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if lines.is_cut() && !response.dragged() {
        response.clone().hint_at_pointer(legend::words(chart));
    }
    // Already the press moves it, before it is known whether it becomes a click or a drag.
    let position = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on());
    let step = position.and_then(|position| step_at(state, chart, shown.mapping.point(position).x));
    if let Some(step) = step.filter(|step| *step != state.playback.playhead) {
        commands.push(Command::Play(PlayCommand::GoTo(step)));
    }
}

/// The step of the selected run at a place of the x axis.
fn step_at(state: &State, chart: &LossChart, x: f64) -> Option<usize> {
    let run = state.derived.run(state.selected)?;
    let step = match state.view.scene.chart.against {
        ChartAxis::Steps => chart.x.count(x) as usize,
        _ => chart.x.step(&Spending::new(run, state.derived.seconds_per_step(state.selected)), x),
    };
    Some(step.min(state.last_step()))
}

fn announcement(chart: &LossChart) -> String {
    let ruler = chart.ruler.as_ref().map_or_else(String::new, |ruler| format!("; ruler: {}", ruler.words));
    let runs = legend::words(chart).replace('\n', ", ");
    format!("Chart of {} against {}: {runs}{ruler}", chart.names[1], chart.names[0])
}
