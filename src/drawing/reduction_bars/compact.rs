//! The bars of a step in one row, where there is no room for a line for each: as much said beside them as the row has room for.

use emath::{Rect, pos2};

use super::{Axis, GAP, HALF, Painter, ReductionBars, brief, ratio_text};
use crate::drawing::compose::{Layer, Measure};
use crate::drawing::ink::{Ink, Theme};

/// What the row says; what says more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compact {
    /// Each bar behind its name, the model error in digits, and ρ.
    Named,
    /// The same without ρ, where there is an error to say.
    Unrated,
    /// The bars below each other without names, the model error in digits, and ρ.
    Error,
    /// The bars and ρ.
    Bars,
    /// The same, shorter.
    Short,
    /// ρ alone, which is that of the method's own model in every form.
    Ratio,
}

/// Between a name and its bar, in points at normal type.
const NAME_GAP: f32 = 5.0;

impl Compact {
    /// All of them, what says most first.
    pub const ALL: [Self; 6] = [Self::Named, Self::Unrated, Self::Error, Self::Bars, Self::Short, Self::Ratio];

    /// The forms at a desk, where ρ comes before the names.
    pub const AT_DESK: [Self; 5] = [Self::Named, Self::Error, Self::Bars, Self::Short, Self::Ratio];

    /// The least length of a track, in points at normal type.
    fn track(self) -> f32 {
        match self {
            Self::Named | Self::Unrated => 24.0,
            Self::Error | Self::Bars => 110.0,
            Self::Short => 48.0,
            Self::Ratio => 0.0,
        }
    }

    fn has_error(self) -> bool {
        matches!(self, Self::Named | Self::Unrated | Self::Error)
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

    /// "error 12.47", where there is one.
    fn short_error(&self, compact: Compact) -> Option<String> {
        self.error.filter(|_| compact.has_error()).map(|_| format!("error {}", self.error_text()))
    }

    /// How wide the row is at least; `None` where there is nothing to show in it.
    pub fn compact_width(&self, compact: Compact, measure: &dyn Measure, scale: f32) -> Option<f32> {
        let (main, _) = self.main_ratio()?;
        let error = self.short_error(compact).map(|text| measure.size(&text, true).x);
        // Without an error the ratio is all that is left in digits.
        let ratio = (compact != Compact::Unrated || error.is_none()).then(|| measure.size(&main, true).x);
        let track = compact.track() * scale;
        let bars = match compact {
            Compact::Ratio => 0.0,
            Compact::Named | Compact::Unrated => {
                self.names_width(measure, scale) + (track + GAP * scale) * self.rows.len() as f32
            }
            Compact::Error | Compact::Bars | Compact::Short => track + GAP * scale,
        };
        let digits: Vec<f32> = [ratio, error].into_iter().flatten().collect();
        Some(bars + digits.iter().sum::<f32>() + GAP * scale * digits.len().saturating_sub(1) as f32)
    }

    /// The names with the gaps between them and their bars.
    fn names_width(&self, measure: &dyn Measure, scale: f32) -> f32 {
        self.rows.iter().map(|row| measure.size(brief(&row.name), false).x + NAME_GAP * scale).sum()
    }

    /// All of it in one row, with as much said as it has room for, and of these `forms`: bars on one scale, and at its right the model
    /// error and ρ.
    pub fn compact(
        &self,
        rect: Rect,
        forms: &[Compact],
        measure: &dyn Measure,
        (theme, scale): (Theme, f32),
    ) -> Vec<Layer> {
        let painter = Painter { measure, theme, scale };
        let mut layers = Vec::new();
        let Some((ratio, of_model)) = self.main_ratio() else { return layers };
        let fits = |compact: &Compact| {
            self.compact_width(*compact, measure, scale).is_some_and(|width| width <= rect.width() + 0.5)
        };
        let compact = forms.iter().copied().find(fits).unwrap_or(Compact::Ratio);
        let middle = rect.center().y;
        let error = self.short_error(compact);
        let ratio = Some(ratio).filter(|_| compact != Compact::Unrated || error.is_none());
        let mut right = rect.right();
        for (text, ink) in [(ratio, of_model), (error, Ink::Gap)] {
            if let Some(text) = text {
                painter.words(&text, ink, true, pos2(right, middle), 1.0, &mut layers);
                right -= measure.size(&text, true).x + GAP * scale;
            }
        }
        let room = rect.with_max_x(right);
        match compact {
            Compact::Named | Compact::Unrated => self.named_row(room, &painter, &mut layers),
            Compact::Ratio => {}
            Compact::Error | Compact::Bars | Compact::Short => self.thin_bars(room, &painter, &mut layers),
        }
        layers
    }

    /// Name and bar, name and bar; all tracks have one length and one scale.
    fn named_row(&self, room: Rect, painter: &Painter<'_>, layers: &mut Vec<Layer>) {
        let Painter { measure, scale, .. } = *painter;
        let count = self.rows.len().max(1) as f32;
        let free = room.width() - self.names_width(measure, scale) - GAP * scale * (count - 1.0);
        let track = (free / count).min(Compact::Bars.track() * scale);
        let mut left = room.left();
        for row in &self.rows {
            let name = brief(&row.name);
            painter.words(name, row.ink, false, pos2(left, room.center().y), 0.0, layers);
            left += measure.size(name, false).x + NAME_GAP * scale;
            let axis = Axis::of(self, [left, left + track]);
            if let Some(value) = row.value {
                painter.bar([0.0, value].map(|value| axis.place(value)), room.center().y, HALF, row.ink, layers);
            }
            left += track + GAP * scale;
        }
    }

    /// Thin bars below each other.
    fn thin_bars(&self, room: Rect, painter: &Painter<'_>, layers: &mut Vec<Layer>) {
        let axis = Axis::of(self, [room.left(), room.right()]);
        let pitch = (room.height() / self.rows.len().max(1) as f32).min(2.0 * HALF * painter.scale);
        let top = room.center().y - pitch * self.rows.len() as f32 / 2.0;
        for (index, row) in self.rows.iter().enumerate() {
            if let Some(value) = row.value {
                let ends = [0.0, value].map(|value| axis.place(value));
                let y = top + (index as f32 + 0.5) * pitch;
                painter.bar(ends, y, 0.36 * pitch / painter.scale, row.ink, layers);
            }
        }
    }
}
