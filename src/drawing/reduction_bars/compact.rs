//! The bars of a step in a few lines, where there is no room for one for each: as much said beside them as there is room for.

use emath::{Rect, pos2};

use super::{Axis, ChangeRow, ERROR, GAP, HALF, LOST, NEGLIGIBLE, Painter, ReductionBars, brief};
use crate::drawing::compose::{Layer, Measure, Outline};
use crate::drawing::ink::{Ink, Theme};
use crate::numbers::numerals::{change, number, significant};

/// What is said beside the bars, which stand below each other on one scale from zero; what says more comes first. Colors alone cannot
/// be distinguished from the last row: where a bar is seen it has its name and its digits.
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
    /// That in a line for each.
    Table,
    /// The words of [`Self::ShortBlock`] with two digits, without the bars.
    Words,
    /// The words of [`Self::Slim`] with two digits, without the bars.
    SlimWords,
    /// ρ alone, which is that of the method's own model in every form.
    Ratio,
}

/// Between a name and its digits, in points at normal type.
const NAME_GAP: f32 = 5.0;
/// Between columns of short words, in points at normal type.
const SHORT_GAP: f32 = 9.0;
/// From a line to the next one at least, as a share of the height of a line: letters do not touch yet.
const TIGHT: f32 = 0.76;

/// Words beside the bars.
struct Item {
    /// What stands before the digits: the name of a bar.
    name: Option<String>,
    text: String,
    ink: Ink,
}

impl Item {
    /// Name and digits below each other.
    fn in_two_lines(self) -> Vec<Self> {
        let Self { name, text, ink } = self;
        let above = name.map(|name| Self { name: Some(name), text: String::new(), ink });
        above.into_iter().chain([Self { name: None, text, ink }]).collect()
    }
}

impl Compact {
    /// All of them, what says most first.
    pub const ALL: [Self; 9] = [
        Self::Named,
        Self::Block,
        Self::Short,
        Self::ShortBlock,
        Self::Slim,
        Self::Table,
        Self::Words,
        Self::SlimWords,
        Self::Ratio,
    ];

    /// The least length of the track, in points at normal type; `None` where there is none.
    fn track(self) -> Option<f32> {
        match self {
            Self::Named | Self::Short => Some(72.0),
            Self::Block => Some(44.0),
            Self::ShortBlock | Self::Slim | Self::Table => Some(28.0),
            Self::Words | Self::SlimWords | Self::Ratio => None,
        }
    }

    fn is_short(self) -> bool {
        !matches!(self, Self::Named | Self::Block)
    }

    /// How many digits a short number has.
    pub(super) fn digits(self) -> usize {
        if matches!(self, Self::Words | Self::SlimWords) { 2 } else { 3 }
    }

    /// How many lines it has at most.
    pub(super) fn lines(self) -> usize {
        match self {
            Self::Named | Self::Short | Self::Ratio => 1,
            Self::Block | Self::ShortBlock | Self::Words => 2,
            Self::Slim | Self::SlimWords => 3,
            Self::Table => usize::MAX,
        }
    }

    /// Between columns, in points at normal type.
    fn gap(self) -> f32 {
        if self.is_short() { SHORT_GAP } else { GAP }
    }
}

impl ReductionBars {
    /// ρ of the method's own model behind the name of that, in its color; where that has none, ρ of another one.
    fn main_ratio(&self, compact: Compact) -> Option<Item> {
        let of = |row: &ChangeRow| {
            let ratio = row.ratio?;
            let text = if compact.is_short() { significant(ratio, compact.digits()) } else { number(ratio) };
            Some(Item { name: Some(format!("ρ {}", row.short)), text, ink: row.ink })
        };
        self.own.and_then(|index| of(&self.rows[index])).or_else(|| self.rows.iter().find_map(of))
    }

    /// What is said beside the bars, in columns from the left.
    fn columns_of_words(&self, compact: Compact) -> Vec<Vec<Item>> {
        let is_alone = compact == Compact::Ratio;
        if let Some(words) = self.no_change().filter(|_| !is_alone) {
            return vec![vec![Item { name: None, text: words.to_owned(), ink: Ink::Muted }]];
        }
        let of_row = |row: &ChangeRow| {
            let name = if compact.is_short() { row.short } else { brief(&row.name) };
            let text = if compact.is_short() { row.short_text(compact.digits()) } else { row.text.clone() };
            Item { name: Some(name.to_owned()), text, ink: row.ink }
        };
        let rows = self.rows.iter().filter(|_| !is_alone).map(of_row);
        let error = self.error.filter(|_| !is_alone).map(|[predicted, actual]| {
            let error = actual - predicted;
            if compact.is_short() {
                Item { name: Some(ERROR.to_owned()), text: short_change(error, compact.digits()), ink: Ink::Gap }
            } else {
                Item { name: None, text: format!("{ERROR} {}", change(error)), ink: Ink::Gap }
            }
        });
        let mut items = rows.chain(error).chain(self.main_ratio(compact)).peekable();
        let mut columns = Vec::new();
        while items.peek().is_some() {
            columns.push(items.by_ref().take(compact.lines()).collect::<Vec<_>>());
        }
        // What stands alone in a column of several lines is narrower in two.
        if compact.lines() > 1
            && let Some(last) = columns.pop_if(|last| last.len() == 1)
        {
            columns.push(last.into_iter().flat_map(Item::in_two_lines).collect());
        }
        columns
    }

    /// The least length of the track; `None` where there is none.
    fn track(&self, compact: Compact, scale: f32) -> Option<f32> {
        compact.track().filter(|_| self.no_change().is_none()).map(|track| track * scale)
    }

    /// How wide all of it is at least; `None` where there is nothing to show in it.
    pub fn compact_width(&self, compact: Compact, measure: &dyn Measure, scale: f32) -> Option<f32> {
        let columns = self.columns_of_words(compact);
        if self.rows.is_empty() || columns.is_empty() {
            return None;
        }
        let words = columns.iter().map(|column| column_width(column, measure, scale)).sum::<f32>();
        let track = self.track(compact, scale);
        let gaps = columns.len() + usize::from(track.is_some()) - 1;
        Some(track.unwrap_or(0.0) + words + compact.gap() * scale * gaps as f32)
    }

    /// How high all of it is at least; one line has room anywhere.
    pub fn compact_height(&self, compact: Compact, measure: &dyn Measure) -> f32 {
        let lines = self.columns_of_words(compact).iter().map(Vec::len).max().unwrap_or(0);
        if lines <= 1 { 0.0 } else { lines as f32 * TIGHT * measure.size("0", false).y }
    }

    /// All of it in a few lines, with as much said as there is room for, and of these `forms`: bars on one scale from zero, and at
    /// their right names, digits, the model error and ρ.
    pub fn compact(
        &self,
        rect: Rect,
        forms: &[Compact],
        measure: &dyn Measure,
        (theme, scale): (Theme, f32),
    ) -> Vec<Layer> {
        let line = measure.size("0", false).y;
        let mut layers = Vec::new();
        let fits = |compact: &Compact| {
            let width = self.compact_width(*compact, measure, scale);
            let is_high = self.compact_height(*compact, measure) <= rect.height() + 0.5;
            is_high && width.is_some_and(|width| width <= rect.width() + 0.5)
        };
        let compact = forms.iter().copied().find(fits).unwrap_or(Compact::Ratio);
        let columns = self.columns_of_words(compact);
        let lines = columns.iter().map(Vec::len).max().unwrap_or(0);
        let pitch = line.min(rect.height() / lines.max(1) as f32);
        let painter = Painter { measure, theme, scale, pitch };
        let top = rect.center().y - 0.5 * pitch * lines as f32;
        let mut right = rect.right();
        for column in columns.iter().rev() {
            let width = column_width(column, measure, scale);
            for (index, Item { name, text, ink }) in column.iter().enumerate() {
                let y = top + (index as f32 + 0.5) * pitch;
                if !text.is_empty() {
                    painter.words(text, *ink, true, pos2(right, y), 1.0, &mut layers);
                }
                if let Some(name) = name {
                    painter.words(name, *ink, false, pos2(right - width, y), 0.0, &mut layers);
                }
            }
            right -= width + compact.gap() * scale;
        }
        if self.track(compact, scale).is_some() {
            // In a line for each a bar stands beside its name.
            let beside = (compact == Compact::Table).then_some((top, pitch));
            self.thin_bars(rect.with_max_x(right), beside, &painter, &mut layers);
        }
        layers
    }

    /// Thin bars below each other, and below them the error of the model: close together in the middle, or from this top on so far apart.
    fn thin_bars(&self, room: Rect, beside: Option<(f32, f32)>, painter: &Painter<'_>, layers: &mut Vec<Layer>) {
        let axis = Axis::of(self, [room.left(), room.right()]);
        let lines = self.lines();
        let close = (room.height() / lines.max(1) as f32).min(2.0 * HALF * painter.scale);
        let (top, pitch) = beside.unwrap_or((room.center().y - close * lines as f32 / 2.0, close));
        let half = 0.36 * close.min(pitch) / painter.scale;
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

impl ChangeRow {
    /// The change in few digits; what has none is about zero where there is no room for a reason.
    pub(super) fn short_text(&self, digits: usize) -> String {
        match self.value {
            Some(value) => short_change(value, digits),
            None if self.text == LOST || self.text == NEGLIGIBLE => "≈ 0".to_owned(),
            None => self.text.clone(),
        }
    }
}

/// A change of the loss with its sign and few digits.
fn short_change(value: f64, digits: usize) -> String {
    let text = significant(value, digits);
    if value > 0.0 { format!("+{text}") } else { text }
}

/// How wide words below each other are, names at the left and digits at the right.
fn column_width(items: &[Item], measure: &dyn Measure, scale: f32) -> f32 {
    let width = |item: &Item| {
        let name = item.name.as_ref().map_or(0.0, |name| measure.size(name, false).x);
        let text = if item.text.is_empty() { 0.0 } else { measure.size(&item.text, true).x };
        name + text + if name > 0.0 && text > 0.0 { NAME_GAP * scale } else { 0.0 }
    };
    items.iter().map(width).fold(0.0, f32::max)
}
