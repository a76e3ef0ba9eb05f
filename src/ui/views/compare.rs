//! The race of the runs: a table of what each needs, the number of weights, and a chart of what that costs.

mod chart;
mod controls;
mod copied;
mod legend;
mod names;
mod table;
mod words;

use egui::{Button, Id, Label, RichText, TextStyle, Ui, vec2};

use super::Canvases;
use super::canvas::{announce, height_of, nothing, pane_title};
use crate::render::flat::Mapping;
use crate::state::{Command, Comparison, Pane, State, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The least height of the chart, at normal type; with less it is left out.
const LEAST: f32 = 96.0;
/// Rows that are seen at least, before the controls above them give way; the others are scrolled to.
const SEEN: usize = 2;

/// What the comparison keeps from frame to frame.
#[derive(Default)]
pub struct CompareCanvas {
    /// Where things of the chart were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows it in the room there is: what a class looks for, the winner and the number of weights, in any.
pub fn compare_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Compare, ui, commands, |_, _| {});
    let Some(comparison) = state.derived.comparison() else {
        canvases.compare.mapping = None;
        let why = if state.view.in_fog() {
            "Hidden by fog: a race is walked ahead (9 lifts it)"
        } else {
            "The minima are still being searched …"
        };
        return nothing(ui, why);
    };
    let words = words::all(state, &comparison);
    let least = Least::of(&words, comparison.rows.len(), ui);
    let has_controls = controls_ui(state, &comparison, &least, ui, commands);
    table::table_ui(state, &comparison, (ui.available_height() - least.below_table, has_controls), ui, commands);
    controls::weights_ui(state, &comparison, ui, commands);
    let has_chart = words_ui(state, &comparison, &words, ui, commands);
    if !has_chart {
        canvases.compare.mapping = None;
        if state.view.chrome.maximized != Some(Pane::Compare) {
            larger_ui(ui.available_height(), ui, commands);
        }
        return;
    }
    let room = vec2(ui.available_width(), ui.available_height());
    ui.allocate_ui(room, |ui| {
        ui.set_min_size(room);
        chart_ui(state, &comparison, canvases, ui, commands);
    });
}

/// Shows the controls above the table where there is room for them, and says whether it does. Before a class that sees nothing else
/// they give way to the chart.
fn controls_ui(
    state: &State,
    comparison: &Comparison<'_>,
    least: &Least,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> bool {
    // As high as in the last frame in which they were shown: they take another line in a narrow view.
    let id = Id::unique("height of the controls of the race").with(ui.available_width() as i32);
    let height = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(ui.spacing().interact_size.y);
    let chrome = &state.view.chrome;
    let before = ui.available_height();
    let is_watched = chrome.presenting.is_some() && chrome.maximized == Some(Pane::Compare);
    let in_the_way = is_watched && (least.with_chart..height + least.with_chart).contains(&before);
    let has_room = before >= height + least.without_controls && !in_the_way;
    if has_room {
        controls::criterion_ui(state, comparison, ui, commands);
        ui.data_mut(|data| data.insert_temp(id, before - ui.available_height()));
    }
    has_room
}

/// The heights without which it would not say who wins.
struct Least {
    /// Of the number of weights and the first sentence, with the gaps before them.
    below_table: f32,
    /// Of all but the controls, with the rows that are seen in any case.
    without_controls: f32,
    /// The same with all rows and the chart.
    with_chart: f32,
}

impl Least {
    fn of(words: &[String], runs: usize, ui: &Ui) -> Self {
        let (line, gap) = (ui.spacing().interact_size.y, ui.spacing().item_spacing.y);
        let first = words.first().map(|first| vec![first.clone()]).unwrap_or_default();
        let below_table = line + height_of(&first, &TextStyle::Small, ui) + 3.0 * gap;
        Self {
            below_table,
            without_controls: table::height(runs.min(SEEN), ui) + below_table,
            with_chart: table::height(runs, ui) + below_table + LEAST * theme::factor_in(ui),
        }
    }
}

/// Shows the sentences that have room, at least the first, and says whether the chart has room below them.
fn words_ui(
    state: &State,
    comparison: &Comparison<'_>,
    words: &[String],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> bool {
    let least = LEAST * theme::factor_in(ui);
    let played = controls::played(state, comparison);
    let height = |count: usize| {
        let last = played.iter().map(|played| format!("{played} {}", controls::PLAY));
        let text = words[..count].iter().cloned().chain(last).collect::<Vec<_>>().join(" ");
        // The button is higher than a line.
        let button = played.as_ref().map_or(0.0, |_| 2.0 * ui.spacing().button_padding.y + 4.0);
        if text.is_empty() { 0.0 } else { button + height_of(&[text], &TextStyle::Small, ui) }
    };
    // Where no larger view is left, and below words of its own, the chart comes before the words but the first; else after them.
    let is_largest = state.view.chrome.maximized == Some(Pane::Compare);
    let comes_first = is_largest || words::of_chart(state, comparison).is_some();
    let fitting = |room: f32| (1..=words.len()).rev().find(|count| height(*count) <= room);
    let beside_chart = fitting(ui.available_height() - least).filter(|_| comes_first);
    let count = beside_chart.or_else(|| fitting(ui.available_height())).unwrap_or(words.len().min(1));
    let said = words[..count].join(" ");
    let label = (count > 0).then(|| Label::new(RichText::new(said).small()).wrap());
    ui.scope(|ui| {
        let Some(played) = played else {
            if let Some(label) = label {
                ui.add(label);
            }
            return;
        };
        // Lines as close as those of a text.
        ui.spacing_mut().interact_size.y = ui.text_style_height(&TextStyle::Small);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal_wrapped(|ui| {
            if let Some(label) = label {
                ui.add(label);
            }
            controls::played_ui(state, comparison, played, ui, commands);
        });
    });
    ui.available_height() >= least
}

fn chart_ui(
    state: &State,
    comparison: &Comparison<'_>,
    canvases: &mut Canvases,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    match chart::chart(state, comparison) {
        Ok(chart) => {
            let (picture, legend) = chart.legend.beside(ui.max_rect(), theme::factor_in(ui));
            let shown = ui.scope_builder(egui::UiBuilder::new().max_rect(picture), |ui| chart.show(state, ui)).inner;
            if let Some(legend) = legend {
                chart.legend.show(state, legend, ui);
            }
            canvases.compare.mapping = Some(shown.mapping);
            announce(&shown.response, || chart.description.clone());
            chart.interact(&shown, ui, commands);
        }
        Err(why) => {
            canvases.compare.mapping = None;
            nothing(ui, &why);
        }
    }
}

/// Where the chart has no room, a way to more of it.
fn larger_ui(room: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    if room < ui.spacing().interact_size.y {
        return;
    }
    let text = RichText::new("Show the chart ↗").small();
    let help = "The chart has no room here: this view fills the window then (F).";
    if ui.add(Button::new(text)).hint(help).clicked() {
        commands.push(Command::Window(WindowCommand::ToggleMaximized(Pane::Compare)));
    }
}
