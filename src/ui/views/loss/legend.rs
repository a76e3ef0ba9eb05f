//! The readings below the chart: of every visible run, at the pointer or at the playhead, in a place that does not move.

use egui::{Align, Color32, Label, Layout, RichText, Sense, TextStyle, Ui, vec2};

use crate::drawing::loss_chart::{LossChart, Reading};
use crate::state::{Card, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::swatch;

/// One run of the legend.
struct Entry {
    style: usize,
    reading: Reading,
    /// Whether it is wider than the legend.
    is_long: bool,
}

/// The entries in lines.
pub(super) struct Lines {
    entries: Vec<Vec<Entry>>,
    place: String,
    style: TextStyle,
    row: f32,
    gap: f32,
    left_out: usize,
}

/// The runs that are read, in the order in which they are.
pub(super) fn cards(state: &State) -> impl Iterator<Item = &Card> {
    state.document.cards.iter().filter(|card| !card.hidden && state.derived.trace(card.id).is_some())
}

/// The legend in the width there is; `floor` is said in it where that has no note of its own.
pub(super) fn lines(state: &State, chart: &LossChart, floor: Option<&str>, style: &TextStyle, ui: &Ui) -> Lines {
    let gap = ui.spacing().item_spacing.x;
    let font = style.resolve(ui.style());
    let width_of =
        |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
    let sample = ui.spacing().interact_size.y / 24.0 * 28.0;
    let room = ui.available_width();
    let entries = cards(state).zip(&chart.readings).map(|(card, reading)| {
        let width = sample + 3.0 * gap + width_of(&words_of(reading));
        (Entry { style: card.style, reading: reading.clone(), is_long: width > room }, width)
    });
    let mut entries: Vec<(Entry, f32)> = entries.collect();
    // The one that is left out last.
    entries.sort_by_key(|(entry, _)| !entry.reading.selected);
    // As much of where it is read as leaves room for all runs beside it, or else for the first.
    let first = entries.first().map_or(0.0, |(_, width)| *width);
    let all: f32 = entries.iter().map(|(_, width)| *width).sum();
    let place = |before: &str| format!("{before}, {}:", chart.place);
    let with_floor = floor.map(|floor| [place(&format!("{}, {floor}", chart.names[1])), place(floor)]);
    let without = [place(chart.names[1]), format!("{}:", chart.place)];
    let places = with_floor.into_iter().flatten().chain(without);
    let places: Vec<(f32, String)> = places.map(|place| (width_of(&place) + 2.0 * gap, place)).collect();
    let beside = |runs: f32| places.iter().find(|(width, _)| width + runs <= room).cloned();
    let (mut used, place) = beside(all).or_else(|| beside(first)).unwrap_or_default();
    let mut lines: Vec<Vec<Entry>> = vec![Vec::new()];
    for (entry, width) in entries {
        if used + width > room && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += width;
        if let Some(line) = lines.last_mut() {
            line.push(entry);
        }
    }
    let row = ui.text_style_height(style) + ui.spacing().item_spacing.y;
    Lines { entries: lines, place, style: style.clone(), row, gap, left_out: 0 }
}

impl Lines {
    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How high they are.
    pub(super) fn height(&self) -> f32 {
        self.row * self.entries.len() as f32
    }

    /// Leaves the last line out.
    pub(super) fn cut(&mut self) {
        self.left_out += self.entries.pop().map_or(0, |line| line.len());
    }

    /// Whether runs are left out.
    pub(super) fn is_cut(&self) -> bool {
        self.left_out > 0
    }

    /// Shows them.
    pub(super) fn show(self, ui: &mut Ui) {
        let text = |text: &str| RichText::new(text).text_style(self.style.clone());
        for (index, line) in self.entries.iter().enumerate() {
            let size = vec2(ui.available_width(), self.row - ui.spacing().item_spacing.y);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(size);
                ui.spacing_mut().interact_size.y = size.y;
                if index == 0 && !self.place.is_empty() {
                    ui.label(text(&self.place).weak());
                }
                for entry in line {
                    ui.scope(|ui| {
                        swatch::sample(ui, entry.style);
                        let words = words_of(&entry.reading);
                        let words = if entry.reading.selected { theme::strong(words) } else { words.into() };
                        let words = words.text_style(self.style.clone());
                        let words = if entry.reading.why.is_some() { words.weak() } else { words };
                        let label = Label::new(words);
                        let response = ui.add(if entry.is_long { label.truncate() } else { label });
                        if let Some(why) = entry.reading.why {
                            response.hint(why);
                        }
                    });
                    ui.add_space(self.gap);
                }
                if index + 1 == self.entries.len() && self.is_cut() {
                    let more = format!("+ {}", self.left_out);
                    let help = "More runs than fit: point at the chart to read all of them.";
                    ui.label(text(&more).weak()).hint(help);
                }
                ui.allocate_exact_size(vec2(0.0, size.y), Sense::hover());
            });
        }
    }
}

fn words_of(reading: &Reading) -> String {
    format!("{} {}", reading.name, reading.text)
}

/// All of it in lines of text: where, then a line for each run.
pub(super) fn words(chart: &LossChart) -> String {
    let readings: Vec<String> = chart.readings.iter().map(words_of).collect();
    format!("{}\n{}", chart.place, readings.join("\n"))
}
