//! The picture of the basins: a pixel for every start.

use egui::{Color32, ColorImage};

use crate::drawing::ink::{BasinShade, Theme};
use crate::studies::{BasinEnd, Basins, StepRange, TARGET_COLORS};
use crate::ui::theme;

// Every color of a target is another one on the screen.
const _: () = assert!(TARGET_COLORS == BasinShade::COLORS, "a color for every number of a basin");

/// The picture, the uppermost row first; what is not walked yet is transparent.
pub(super) fn image(basins: &Basins, range: StepRange, theme: Theme) -> ColorImage {
    let [width, height] = basins.question().size;
    // Thousands of starts share a color, and finding one takes a while: by target and steps.
    let mut known: Vec<Vec<Option<Color32>>> = vec![Vec::new(); basins.targets().len()];
    let plain = |end| theme::color(shade(basins, end, 0.0).color(theme));
    let [diverged, undecided, cycle, undefined] =
        [BasinEnd::Diverged, BasinEnd::Undecided, BasinEnd::Cycle, BasinEnd::Undefined].map(plain);
    let mut color = |column: usize, row: usize| {
        let Some(cell) = basins.cell(column, row) else { return Color32::TRANSPARENT };
        match cell.end {
            BasinEnd::Target(place) => {
                let of_target = &mut known[place];
                of_target.resize(range.most - range.fewest + 1, None);
                let steps = cell.steps.clamp(range.fewest, range.most);
                *of_target[steps - range.fewest]
                    .get_or_insert_with(|| theme::color(shade(basins, cell.end, range.share(steps)).color(theme)))
            }
            BasinEnd::Diverged => diverged,
            BasinEnd::Undecided => undecided,
            BasinEnd::Cycle => cycle,
            BasinEnd::Undefined => undefined,
        }
    };
    let places = (0..height).rev().flat_map(|row| (0..width).map(move |column| (column, row)));
    let pixels = places.map(|(column, row)| color(column, row)).collect();
    ColorImage::new([width, height], pixels)
}

/// What a start with this end shows, after a number of steps that has this share of their range.
pub(super) fn shade(basins: &Basins, end: BasinEnd, time: f64) -> BasinShade {
    match end {
        BasinEnd::Target(place) => BasinShade::Target {
            place: basins.targets()[place].color,
            is_minimum: basins.targets()[place].is_minimum(),
            time,
        },
        BasinEnd::Diverged => BasinShade::Diverged,
        BasinEnd::Undecided => BasinShade::Undecided,
        BasinEnd::Cycle => BasinShade::Cycle,
        BasinEnd::Undefined => BasinShade::Undefined,
    }
}
