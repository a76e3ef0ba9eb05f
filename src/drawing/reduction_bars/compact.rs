//! The bars of a step in one line or a few, where there is no room for a line for each: as much said beside them as there is room for.

use emath::{Rect, pos2};

use super::{Axis, ChangeRow, ERROR, GAP, HALF, LOST, NEGLIGIBLE, Painter, ReductionBars, brief, ratio_text};
use crate::drawing::compose::{Layer, Measure, Outline};
use crate::drawing::ink::{Ink, Theme};
use crate::numbers::numerals::{change, significant};

/// What is said beside the bars, which stand below each other on one scale from zero; what says more comes first. Colors alone cannot
/// be distinguished from the last row: each bar has its name and its digits in every form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compact {
    /// The digits of each bar behind its name, the model error, and ρ behind the name of its model, in one line.
    Named,
    /// The same in two lines.
    Block,
    /// The same in one line with short names and three digits.
    Short,
    /// That in two lines.
    ShortBlock,
    /// That in three lines.
    Slim,
    /// ρ alone, which is that of the method's own model in every form.
    Ratio,
}

/// Between a name and its digits, in points at normal type.
const NAME_GAP: f32 = 5.0;

/// Words beside the bars.
struct Item {
    /// What stands before the digits: the name of a bar.
    name: Option<String>,
    text: String,
    ink: Ink,
}

impl Compact {
    /// All of them, what says most first.
    pub const ALL: [Self; 6] = [Self::Named, Self::Block, Self::Short, Self::ShortBlock, Self::Slim, Self::Ratio];

    /// Those that have the bars of a step with their names and digits in one line.
    pub const WHOLE: [Self; 2] = [Self::Named, Self::Short];

    /// The least length of the track, in points at normal type.
    fn track(self) -> f32 {
        match self {
            Self::Named | Self::Short => 72.0,
            Self::Block => 44.0,
            Self::ShortBlock | Self::Slim => 32.0,
            Self::Ratio => 0.0,
        }
    }

    fn is_short(self) -> bool {
        !matches!(self, Self::Named | Self::Block)
    }

    /// How many lines it has.
    pub fn lines(self) -> usize {
        match self {
            Self::Named | Self::Short | Self::Ratio => 1,
            Self::Block | Self::ShortBlock => 2,
            Self::Slim => 3,
        }
    }
}

impl ReductionBars {
    /// ρ of the method's own model behind its name, in the color of that model; where that has none, ρ of another one.
    fn main_ratio(&self, compact: Compact) -> Option<Item> {
        if let Some(row) = self.own.map(|index| &self.rows[index])
            && let Some(text) = ratio_text(row)
        {
            return Some(Item { name: Some(row.name_in_row(compact)), text, ink: row.ink });
        }
        let of_other = |row: &ChangeRow| {
            let text = format!("{} {}", row.name_in_row(compact), ratio_text(row)?);
            Some(Item { name: None, text, ink: row.ink })
        };
        self.rows.iter().find_map(of_other)
    }

    /// What is said beside the bars, from the left; below each other where there are several lines.
    fn items(&self, compact: Compact) -> Vec<Item> {
        let of_row = |row: &ChangeRow| {
            let text = if compact.is_short() { row.short_text() } else { row.text.clone() };
            Item { name: Some(row.name_in_row(compact)), text, ink: row.ink }
        };
        let has_rows = compact != Compact::Ratio;
        let rows = self.rows.iter().filter(|_| has_rows).map(of_row);
        let error = self.error.filter(|_| has_rows).map(|[predicted, actual]| {
            let error = actual - predicted;
            let text = if compact.is_short() { short_change(error) } else { change(error) };
            Item { name: Some(ERROR.to_owned()), text, ink: Ink::Gap }
        });
        rows.chain(error).chain(self.main_ratio(compact)).collect()
    }

    /// How wide all of it is at least; `None` where there is nothing to show in it.
    pub fn compact_width(&self, compact: Compact, measure: &dyn Measure, scale: f32) -> Option<f32> {
        let items = self.items(compact);
        if self.rows.is_empty() || compact == Compact::Ratio && items.is_empty() {
            return None;
        }
        let words: Vec<f32> = items.chunks(compact.lines()).map(|items| column_width(items, measure, scale)).collect();
        let track = Some(compact.track() * scale).filter(|track| *track > 0.0);
        let gaps = (words.len() + usize::from(track.is_some())).saturating_sub(1);
        Some(track.unwrap_or(0.0) + words.iter().sum::<f32>() + GAP * scale * gaps as f32)
    }

    /// All of it in one line or more, with as much said as there is room for, and of these `forms`: bars on one scale from zero, and at
    /// their right digits, the model error and ρ.
    pub fn compact(
        &self,
        rect: Rect,
        forms: &[Compact],
        measure: &dyn Measure,
        (theme, scale): (Theme, f32),
    ) -> Vec<Layer> {
        let painter = Painter { measure, theme, scale };
        let line = measure.size("0", false).y;
        let mut layers = Vec::new();
        let fits = |compact: &Compact| {
            let width = self.compact_width(*compact, measure, scale);
            let is_high = compact.lines() == 1 || rect.height() >= compact.lines() as f32 * line - 0.5;
            is_high && width.is_some_and(|width| width <= rect.width() + 0.5)
        };
        let compact = forms.iter().copied().find(fits).unwrap_or(Compact::Ratio);
        let mut right = rect.right();
        let items = self.items(compact);
        for column in items.chunks(compact.lines()).rev() {
            let width = column_width(column, measure, scale);
            let top = rect.center().y - 0.5 * line * column.len() as f32;
            for (index, Item { name, text, ink }) in column.iter().enumerate() {
                let y = top + (index as f32 + 0.5) * line;
                painter.words(text, *ink, true, pos2(right, y), 1.0, &mut layers);
                if let Some(name) = name {
                    painter.words(name, *ink, false, pos2(right - width, y), 0.0, &mut layers);
                }
            }
            right -= width + GAP * scale;
        }
        if compact != Compact::Ratio {
            self.thin_bars(rect.with_max_x(right), &painter, &mut layers);
        }
        layers
    }

    /// Thin bars below each other, and below them the error of the model.
    fn thin_bars(&self, room: Rect, painter: &Painter<'_>, layers: &mut Vec<Layer>) {
        let axis = Axis::of(self, [room.left(), room.right()]);
        let lines = self.rows.len() + usize::from(self.error.is_some());
        let pitch = (room.height() / lines.max(1) as f32).min(2.0 * HALF * painter.scale);
        let top = room.center().y - pitch * lines as f32 / 2.0;
        let half = 0.36 * pitch / painter.scale;
        let y = |index: usize| top + (index as f32 + 0.5) * pitch;
        for (index, row) in self.rows.iter().enumerate() {
            if let Some(value) = row.value {
                let ends = [0.0, value].map(|value| axis.place(value));
                painter.bar(ends, y(index), half, row.ink, layers);
            }
        }
        if let Some(ends) = self.error {
            let ends = ends.map(|value| axis.place(value));
            painter.bar(ends, y(self.rows.len()), 0.5 * half, Ink::Gap, layers);
        }
        let x = axis.place(0.0);
        let line = Outline { width: painter.scale, tint: painter.tint(Ink::Outline) };
        let corners = vec![pos2(x, top), pos2(x, y(self.rows.len()) - 0.5 * pitch)];
        layers.push(Layer::Stroke { corners, line, dashes: Vec::new() });
    }
}

/// How wide words below each other are, names at the left and digits at the right.
fn column_width(items: &[Item], measure: &dyn Measure, scale: f32) -> f32 {
    let width = |item: &Item| {
        let name = item.name.as_ref().map_or(0.0, |name| measure.size(name, false).x + NAME_GAP * scale);
        name + measure.size(&item.text, true).x
    };
    items.iter().map(width).fold(0.0, f32::max)
}

impl ChangeRow {
    /// What it is called in a row.
    fn name_in_row(&self, compact: Compact) -> String {
        if compact.is_short() { self.short.to_owned() } else { brief(&self.name).to_owned() }
    }

    /// The change in three digits; what has none is about zero in a row that names no reason.
    pub(super) fn short_text(&self) -> String {
        match self.value {
            Some(value) => short_change(value),
            None if self.text == LOST || self.text == NEGLIGIBLE => "≈ 0".to_owned(),
            None => self.text.clone(),
        }
    }
}

/// A change of the loss with its sign and three digits.
fn short_change(value: f64) -> String {
    let text = significant(value, 3);
    if value > 0.0 { format!("+{text}") } else { text }
}
