//! The bars of a step in one line or two, where there is no room for a line for each: as much said beside them as there is room for.

use emath::{Rect, pos2};

use super::{Axis, ChangeRow, GAP, HALF, Painter, ReductionBars, brief, ratio_text};
use crate::drawing::compose::{Layer, Measure, Outline};
use crate::drawing::ink::{Ink, Theme};

/// What is said beside the bars, which stand below each other on one scale from zero; what says more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compact {
    /// The digits of each bar behind its name, the model error, and ρ, in one line.
    Named,
    /// The same in two lines.
    Block,
    /// The same in one line without names: the digits are in the colors of the bars.
    Digits,
    /// The digits of the bars, shorter ones, and ρ.
    Bare,
    /// The bars and ρ.
    Bars,
    /// The same, shorter.
    Short,
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
    pub const ALL: [Self; 7] =
        [Self::Named, Self::Block, Self::Digits, Self::Bare, Self::Bars, Self::Short, Self::Ratio];

    /// Those that have the bars of a step with all their digits, for one line.
    pub const WHOLE: [Self; 3] = [Self::Named, Self::Digits, Self::Bare];

    /// The least length of the track, in points at normal type.
    fn track(self) -> f32 {
        match self {
            Self::Named | Self::Digits => 72.0,
            Self::Block => 44.0,
            Self::Bare => 28.0,
            Self::Bars => 110.0,
            Self::Short => 48.0,
            Self::Ratio => 0.0,
        }
    }

    fn has_names(self) -> bool {
        matches!(self, Self::Named | Self::Block)
    }

    fn has_error(self) -> bool {
        self.has_names() || self == Self::Digits
    }

    fn has_digits(self) -> bool {
        self.has_error() || self == Self::Bare
    }

    /// How many lines it has.
    fn lines(self) -> usize {
        if self == Self::Block { 2 } else { 1 }
    }
}

impl ReductionBars {
    /// ρ of the method's own model, in the color of that model; where that has none, ρ of another one with its name.
    fn main_ratio(&self) -> Option<(String, Ink)> {
        if let Some(row) = self.own.map(|index| &self.rows[index])
            && let Some(text) = ratio_text(row)
        {
            return Some((text, row.ink));
        }
        self.rows.iter().find_map(|row| Some((format!("{} {}", brief(&row.name), ratio_text(row)?), row.ink)))
    }

    /// What is said beside the bars, from the left; below each other where there are two lines.
    fn items(&self, compact: Compact) -> Vec<Item> {
        let of_row = |row: &ChangeRow| {
            let name = compact.has_names().then(|| brief(&row.name).to_owned());
            Item { name, text: row.text.clone(), ink: row.ink }
        };
        let rows = self.rows.iter().filter(|_| compact.has_digits()).map(of_row);
        let error = self.error.filter(|_| compact.has_error());
        let error = error.map(|_| Item { name: None, text: format!("error {}", self.error_text()), ink: Ink::Gap });
        let ratio = self.main_ratio().map(|(text, ink)| Item { name: None, text, ink });
        rows.chain(error).chain(ratio).collect()
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

    /// All of it in one line or two, with as much said as there is room for, and of these `forms`: bars on one scale from zero, and at
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
