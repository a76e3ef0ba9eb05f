//! The picture of the basins: a pixel for every start.

use std::collections::HashMap;

use egui::{Color32, ColorImage};

use crate::drawing::ink::{BasinShade, Theme};
use crate::studies::{BasinEnd, Basins};
use crate::ui::theme;

/// The picture, the uppermost row first; what is not walked yet is transparent.
pub(super) fn image(basins: &Basins, theme: Theme) -> ColorImage {
    let [width, height] = basins.question().size;
    let longest = basins.longest();
    // Thousands of starts share a color, and finding one takes a while.
    let mut known: HashMap<(BasinEnd, usize), Color32> = HashMap::new();
    let mut color = |column: usize, row: usize| {
        let Some(cell) = basins.cell(column, row) else { return Color32::TRANSPARENT };
        let steps = if matches!(cell.end, BasinEnd::Target(_)) { cell.steps } else { 0 };
        *known
            .entry((cell.end, steps))
            .or_insert_with(|| theme::color(shade(basins, cell.end, steps, longest).color(theme)))
    };
    let places = (0..height).rev().flat_map(|row| (0..width).map(move |column| (column, row)));
    let pixels = places.map(|(column, row)| color(column, row)).collect();
    ColorImage::new([width, height], pixels)
}

/// What a start with this end shows.
pub(super) fn shade(basins: &Basins, end: BasinEnd, steps: usize, longest: usize) -> BasinShade {
    match end {
        BasinEnd::Target(place) => BasinShade::Target {
            place,
            is_minimum: basins.targets()[place].is_minimum(),
            time: BasinShade::time(steps, longest),
        },
        BasinEnd::Diverged => BasinShade::Diverged,
        BasinEnd::Undecided => BasinShade::Undecided,
    }
}
