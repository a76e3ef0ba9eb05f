//! The race of the runs: a table of what each needs, the number of weights, and a chart of what that costs.

mod chart;
mod controls;
mod copied;
mod details;
mod names;
mod table;
mod words;

use egui::{Button, Id, Label, RichText, TextStyle, Ui, UiBuilder, vec2};

use super::Canvases;
use super::canvas::{announce, height_in, nothing, pane_title};
use crate::render::flat::Mapping;
use crate::state::{Command, Comparison, Pane, State, Until, WindowCommand};
use crate::studies::SAME_STEPS;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The least height of the chart, at normal type, without the name of its axis; with less it stands beside the table, or is left out.
const LEAST: f32 = 80.0;
/// Rows that are seen at least, before the controls above them give way; the others are scrolled to.
const SEEN: usize = 5;
/// The least widths of the table and of the chart beside it, and the share of the chart, in points at normal type.
const BESIDE: [f32; 2] = [309.0, 138.0];
const SHARE: f32 = 0.42;

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
    if is_picture(state) {
        controls::chosen_ui(state, ui);
    }
    let layout = Layout::readable(state, &comparison, ui);
    if layout.has_controls && !is_picture(state) {
        Layout::controls_ui(state, &comparison, ui, commands);
    }
    if let Some(width) = layout.beside {
        return layout.beside_ui((state, &comparison), width, canvases, ui, commands);
    }
    table::table_ui(
        state,
        &comparison,
        (ui.available_height() - layout.below_table, layout.has_controls),
        ui,
        commands,
    );
    controls::weights_ui(state, &comparison, ui, commands);
    let count = layout.words.count(ui);
    layout.words.show((state, &comparison), count, ui, commands);
    if ui.available_height() < layout.words.chart {
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

/// Whether it is drawn for a file, which has nothing to press.
fn is_picture(state: &State) -> bool {
    state.view.chrome.exported.is_some()
}

/// What has room, and where.
struct Layout {
    /// Whether the controls above the table have room. Before a class they give way to the chart.
    has_controls: bool,
    /// The width of the chart, where it stands beside the table as it has no room below.
    beside: Option<f32>,
    /// Of the number of weights and the first sentence, with the gaps before them.
    below_table: f32,
    /// Whether every run and the chart are seen.
    is_whole: bool,
    words: Words,
}

impl Layout {
    /// Before a class small type is as large as the other, where nothing gives way to it but numbers that matter less.
    fn readable(state: &State, comparison: &Comparison<'_>, ui: &mut Ui) -> Self {
        let plain = Self::of(state, comparison, ui);
        if state.view.chrome.presenting.is_none() {
            return plain;
        }
        let before = std::sync::Arc::clone(ui.style());
        let body = TextStyle::Body.resolve(&before);
        ui.style_mut().text_styles.insert(TextStyle::Small, body);
        let large = Self::of(state, comparison, ui);
        // Beside the chart the table needs its width for its numbers.
        let is_below = [&plain, &large].iter().all(|layout| layout.beside.is_none());
        if large.is_whole && is_below && large.has_controls >= plain.has_controls {
            return large;
        }
        ui.set_style(before);
        plain
    }

    fn of(state: &State, comparison: &Comparison<'_>, ui: &Ui) -> Self {
        let (room, runs, k) = (ui.available_size(), comparison.rows.len(), theme::factor_in(ui));
        let (line, gap) = (ui.spacing().interact_size.y, ui.spacing().item_spacing.y);
        let chrome = &state.view.chrome;
        let [table, chart] = BESIDE.map(|width| width * k);
        // The chart gives way before a column that stays.
        let table = table.max(table::least_width(state, comparison, ui));
        let is_wide = room.x >= table + chart + 2.0 * gap;
        let words = Words::of(state, comparison, ui);
        let words = if chrome.presenting.is_some() && !is_wide { words.apart() } else { words };
        let below_table = line + words.first(room.x, ui) + 3.0 * gap;
        let controls = if is_picture(state) { 0.0 } else { Self::height_of_controls(ui) };
        let is_alone = chrome.maximized == Some(Pane::Compare);
        let is_watched = chrome.presenting.is_some() && (is_alone || !is_wide);
        let with_chart = table::height(runs, ui) + below_table + words.chart;
        let in_the_way = is_watched && (with_chart..controls + with_chart).contains(&room.y);
        let without_controls = table::height(runs.min(SEEN), ui) + below_table;
        let has_controls = room.y >= controls + without_controls && !in_the_way;
        let below = room.y - if has_controls { controls } else { 0.0 } - table::height(runs, ui) - line - 2.0 * gap;
        let has_chart = below - words.height(words.count_in(below, ui), ui) >= words.chart;
        if has_chart || !is_wide {
            return Self { has_controls, beside: None, below_table, is_whole: has_chart, words };
        }
        let beside = (SHARE * room.x).clamp(chart, room.x - table - 2.0 * gap);
        let words = words.apart();
        let first = words.first(room.x - beside - 2.0 * gap, ui);
        // A class sees every run before it sees controls.
        let rows = if chrome.presenting.is_some() { runs } else { runs.min(SEEN) };
        let height = |rows: usize| (table::height(rows, ui) + first + gap).max(words.chart) + line + 2.0 * gap;
        let has_controls = room.y >= controls + height(rows);
        let is_whole = room.y >= height(runs) + if has_controls { controls } else { 0.0 };
        Self { has_controls, beside: Some(beside), below_table, is_whole, words }
    }

    /// Where the height of the controls is kept for a width: they take another line in a narrow view.
    fn controls_id(ui: &Ui) -> Id {
        let letters = TextStyle::Small.resolve(ui.style()).size;
        Id::unique("height of the controls of the race").with((ui.available_width() as i32, letters as i32))
    }

    /// As high as in the last frame in which they were shown.
    fn height_of_controls(ui: &Ui) -> f32 {
        let known = ui.data(|data| data.get_temp::<f32>(Self::controls_id(ui)));
        known.unwrap_or(ui.spacing().interact_size.y)
    }

    fn controls_ui(state: &State, comparison: &Comparison<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
        let (id, before) = (Self::controls_id(ui), ui.available_height());
        controls::criterion_ui(state, comparison, ui, commands);
        ui.data_mut(|data| data.insert_temp(id, before - ui.available_height()));
    }

    /// The table with the words below it, the chart beside them, and the number of weights below all of it.
    fn beside_ui(
        &self,
        (state, comparison): (&State, &Comparison<'_>),
        width: f32,
        canvases: &mut Canvases,
        ui: &mut Ui,
        commands: &mut Vec<Command>,
    ) {
        let room = ui.available_rect_before_wrap();
        let (line, gap) = (ui.spacing().interact_size.y, ui.spacing().item_spacing.y);
        let (upper, lower) = room.split_top_bottom_at_y(room.bottom() - line);
        let (left, right) = upper.with_max_y(upper.bottom() - gap).split_left_right_at_x(room.right() - width);
        let left = left.with_max_x(left.right() - 2.0 * gap);
        ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("table of the race"), |ui| {
            let most = left.height() - self.words.least(left.width(), ui) - gap;
            ui.scope(|ui| table::table_ui(state, comparison, (most, self.has_controls), ui, commands));
            let count = self.words.fitting(ui.available_height(), ui);
            self.words.show((state, comparison), count, ui, commands);
        });
        ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("chart of the race"), |ui| {
            chart_ui(state, comparison, canvases, ui, commands);
        });
        ui.scope_builder(UiBuilder::new().max_rect(lower).id_salt("weights of the race"), |ui| {
            controls::weights_ui(state, comparison, ui, commands);
        });
    }
}

/// The sentences below the table.
struct Words {
    all: Vec<String>,
    /// Whether the first of them says at which number of weights the winner changes: that is never left out.
    has_flip: bool,
    /// What plays, where that is not what races.
    played: Option<String>,
    /// The height that the chart needs below them.
    chart: f32,
    /// Where no larger view is left, before a class, and below words of its own, the chart comes before the words but the first; else
    /// after them.
    comes_first: bool,
}

impl Words {
    fn of(state: &State, comparison: &Comparison<'_>, ui: &Ui) -> Self {
        let is_largest = state.view.chrome.maximized == Some(Pane::Compare);
        let is_watched = state.view.chrome.presenting.is_some();
        Self {
            all: words::all(state, comparison),
            has_flip: !comparison.flips.is_empty(),
            played: controls::played(state, comparison),
            chart: LEAST * theme::factor_in(ui),
            comes_first: is_largest || is_watched || words::of_chart(state, comparison).is_some(),
        }
    }

    /// With every sentence for itself, so that each finds its room; but who wins stays with where that changes.
    fn apart(self) -> Self {
        let (whole, others) = self.all.split_at(usize::from(self.has_flip).min(self.all.len()));
        let sentences = others.iter().flat_map(|words| words.split_inclusive(". "));
        let sentences = sentences.map(|sentence| sentence.trim_end().to_owned());
        Self { all: whole.iter().cloned().chain(sentences).collect(), ..self }
    }

    /// The height of the first sentence in a width, with what plays.
    fn first(&self, width: f32, ui: &Ui) -> f32 {
        self.height_in(width, self.all.len().min(1), ui)
    }

    /// The same with what plays in brief: what is left to it where the table needs the rest.
    fn least(&self, width: f32, ui: &Ui) -> f32 {
        let brief = self.played.as_ref().map(|_| controls::PLAYED_IN_BRIEF);
        self.height_with(brief, width, self.all.len().min(1), ui)
    }

    /// The height of the first sentences in the width there is, with what plays.
    fn height(&self, count: usize, ui: &Ui) -> f32 {
        self.height_in(ui.available_width(), count, ui)
    }

    fn height_in(&self, width: f32, count: usize, ui: &Ui) -> f32 {
        self.height_with(self.played.as_deref(), width, count, ui)
    }

    fn height_with(&self, played: Option<&str>, width: f32, count: usize, ui: &Ui) -> f32 {
        let last = played.iter().map(|played| format!("{played} {}", controls::PLAY));
        let text = self.all[..count].iter().cloned().chain(last).collect::<Vec<_>>().join(" ");
        // The button is higher than a line.
        let button = self.played.as_ref().map_or(0.0, |_| 2.0 * ui.spacing().button_padding.y + 4.0);
        if text.is_empty() { 0.0 } else { button + height_in(&text, &TextStyle::Small, width, ui) }
    }

    /// How many of them have room in a height, at least the first.
    fn fitting(&self, room: f32, ui: &Ui) -> usize {
        self.most_in(room, ui).unwrap_or(self.all.len().min(1))
    }

    fn most_in(&self, room: f32, ui: &Ui) -> Option<usize> {
        (1..=self.all.len()).rev().find(|count| self.height(*count, ui) <= room)
    }

    /// How many of them are shown above the chart in a height.
    fn count_in(&self, room: f32, ui: &Ui) -> usize {
        let beside_chart = self.most_in(room - self.chart, ui).filter(|_| self.comes_first);
        beside_chart.unwrap_or_else(|| self.fitting(room, ui))
    }

    fn count(&self, ui: &Ui) -> usize {
        self.count_in(ui.available_height(), ui)
    }

    /// Shows the first of them, and what plays.
    fn show(
        &self,
        (state, comparison): (&State, &Comparison<'_>),
        count: usize,
        ui: &mut Ui,
        commands: &mut Vec<Command>,
    ) {
        let said = self.all[..count].join(" ");
        let label = (count > 0).then(|| Label::new(RichText::new(said).small()).wrap());
        let is_of_work = state.view.scene.compare.until != Until::Budget;
        ui.scope(|ui| {
            // The table, the sentence or the slider would be covered.
            let is_brief = self.height(count, ui) > ui.available_height();
            let Some(played) = self.played.as_deref() else {
                if let Some(label) = label {
                    said_ui(label, is_of_work, ui);
                }
                return;
            };
            // Lines as close as those of a text.
            ui.spacing_mut().interact_size.y = ui.text_style_height(&TextStyle::Small);
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| {
                if let Some(label) = label {
                    said_ui(label, is_of_work, ui);
                }
                controls::played_ui(state, comparison, (played, is_brief), ui, commands);
            });
        });
    }
}

/// The sentences; over them stands what the number of weights changes.
fn said_ui(label: Label, is_of_work: bool, ui: &mut Ui) {
    let said = ui.add(label);
    if is_of_work {
        said.hint(SAME_STEPS);
    }
}

fn chart_ui(
    state: &State,
    comparison: &Comparison<'_>,
    canvases: &mut Canvases,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    match chart::chart(state, comparison, ui.max_rect().width() / theme::factor_in(ui)) {
        Ok(chart) => {
            let (picture, legend) = chart.legend.beside(ui.max_rect(), theme::factor_in(ui));
            let builder = UiBuilder::new().max_rect(picture);
            let shown = ui.scope_builder(builder, |ui| chart.show(state, legend.is_some(), ui)).inner;
            if let Some(legend) = legend {
                chart.legend.show(state.view.chrome.theme, legend, ui);
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
