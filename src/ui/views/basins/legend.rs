//! The legend of the basins: each end with its color and its share of the area.

use egui::{RichText, Sense, StrokeKind, TextStyle, Ui, vec2};

use super::picture::shade;
use crate::drawing::ink::{BasinShade, Ink, Rgb};
use crate::numbers::numerals::{number, percent};
use crate::state::State;
use crate::studies::{BasinEnd, Basins};
use crate::ui::theme;

/// How much room an entry takes, in points at normal type.
const ENTRY: f32 = 210.0;
/// The width of a legend of one column.
pub(super) const WIDTH: f32 = ENTRY + 8.0;
/// The side of a sample of color.
const SAMPLE: f32 = 10.0;

/// An end with its share.
pub(super) struct Entry {
    shade: BasinShade,
    /// "minimum (3, 2): 27 %".
    pub(super) words: String,
    share: f64,
}

/// The ends that occur, the largest share first, then those that are no targets.
pub(super) fn entries(basins: &Basins) -> Vec<Entry> {
    let (shares, [diverged, undecided]) = basins.shares();
    let of_target = |(place, share): (usize, f64)| {
        let target = &basins.targets()[place];
        let at = format!("({}, {})", short(target.at.x), short(target.at.y));
        Entry {
            shade: shade(basins, BasinEnd::Target(place), 0, 1),
            words: format!("{} {at}: {}", target.kind.word(), percent(rounded(share))),
            share,
        }
    };
    let mut entries: Vec<Entry> =
        shares.into_iter().enumerate().filter(|(_, share)| *share > 0.0).map(of_target).collect();
    entries.sort_by(|a, b| b.share.total_cmp(&a.share));
    let others = [(BasinShade::Diverged, "diverges", diverged), (BasinShade::Undecided, "no end found", undecided)];
    let others = others.into_iter().filter(|(.., share)| *share > 0.0);
    entries.extend(others.map(|(shade, name, share)| Entry {
        shade,
        words: format!("{name}: {}", percent(rounded(share))),
        share,
    }));
    entries
}

/// To three digits.
fn rounded(share: f64) -> f64 {
    format!("{share:.2e}").parse().unwrap_or(share)
}

/// A coordinate to four digits, without zeros at its end.
fn short(value: f64) -> String {
    let text = number(value);
    if text.contains('·') || !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The height of so many rows.
pub(super) fn height(rows: usize, ui: &Ui) -> f32 {
    rows as f32 * row_height(ui) + ui.spacing().item_spacing.y
}

fn row_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Small) + ui.spacing().item_spacing.y
}

/// Shows as many entries as have room, and how many there are beside them.
pub(super) fn legend_ui(state: &State, basins: &Basins, rows: usize, ui: &mut Ui) {
    let scale = state.view.chrome.type_scale.factor();
    let columns = (ui.available_width() / (ENTRY * scale)).floor().max(1.0) as usize;
    let entries = entries(basins);
    let room = rows * columns;
    let shown = if entries.len() > room { room - 1 } else { entries.len() };
    let width = ui.available_width() / columns as f32;
    let height = row_height(ui);
    let rest: f64 = entries[shown..].iter().map(|entry| entry.share).sum();
    let more = entries.len() - shown;
    let mut cells = entries[..shown].iter().map(|entry| (Some(entry), entry.words.clone())).collect::<Vec<_>>();
    if more > 0 {
        cells.push((None, format!("{more} more: {}", percent(rounded(rest)))));
    }
    for row in cells.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (entry, words) in row {
                ui.allocate_ui(vec2(width, height), |ui| {
                    ui.set_min_width(width);
                    ui.spacing_mut().item_spacing.x = 5.0;
                    ui.horizontal(|ui| {
                        let sample = entry.map(|entry| entry.shade.color(state.view.chrome.theme));
                        sample_ui(state, sample, scale, ui);
                        ui.label(RichText::new(words).small());
                    });
                });
            }
        });
    }
}

fn sample_ui(state: &State, color: Option<Rgb>, scale: f32, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE, SAMPLE) * scale, Sense::hover());
    let Some(color) = color else { return };
    let outline = theme::color(Ink::Outline.line(state.view.chrome.theme));
    ui.painter().rect(rect, 1.0, theme::color(color), (1.0, outline), StrokeKind::Inside);
}
