//! The sheets at the iterate: what is believed, over a patch of the step's size, and how far around that is good.

use nalgebra::Point3;

use super::super::surface3d::scene::{Footprint, Model, Place, Sheet};
use super::palette::Palette;
use crate::analysis::{Belief, Region, Shown};
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::isolines::Grid;
use crate::drawing::overlays::{BELIEVED, OTHER};
use crate::numbers::{Point, Vector};
use crate::run::Focus;
use crate::state::State;

/// Plane and paraboloid over a patch of the step's size, where their overlays are on.
pub(super) fn sheets<'a>(
    state: &State,
    focus: &Focus,
    grid: &Grid,
    palette: Palette,
    [plane, paraboloid]: [&'a Model<'a>; 2],
) -> Vec<Sheet<'a>> {
    let (center, along, half) = patch(focus, grid);
    // Planes that meet need room to be told apart.
    let half = if state.derived.kink().is_some() { half.max(0.2 * grid.view.size()) } else { half };
    let sheet = |function, footprint, ink: Ink, hatch| Sheet {
        function,
        footprint,
        color: palette.fill(ink),
        ink: palette.line(ink),
        opacity: if palette.theme == Theme::Light { 0.5 } else { 0.6 },
        hatch,
    };
    let mut sheets = Vec::new();
    if state.derived.heard().is_some_and(|heard| !heard.knows_slope(center)) {
        return sheets;
    }
    let facet = if state.view.in_fog() { 0 } else { state.view.facet };
    for (overlay, belief) in [(OTHER, focus.belief.other()), (BELIEVED, focus.belief)] {
        if state.view.sees(overlay) {
            // At a kink the planes that meet there stand in the place of the sheet, or nothing where there are none.
            let belief = match state.derived.kink().map(|kink| (kink.planes().len(), kink.shown(facet))) {
                Some((0, _)) => continue,
                Some((_, Shown::One(_) | Shown::All)) if overlay == OTHER => continue,
                Some((_, Shown::One(_) | Shown::All)) => Belief::Plane,
                Some((_, Shown::Used)) | None => belief,
            };
            sheets.push(match belief {
                Belief::Plane => sheet(plane, Footprint::Square { center, half, along }, Ink::Plane, 45.0),
                Belief::Quadratic => sheet(paraboloid, Footprint::Disc { center, radius: half }, Ink::Quadratic, -45.0),
            });
        }
    }
    sheets
}

/// Where a sheet is drawn: its middle, the direction of the step, and half a side.
fn patch(focus: &Focus, grid: &Grid) -> (Point, Vector, f64) {
    let size = grid.view.size();
    let step = focus
        .proposed()
        .filter(|step| step.iter().all(|component| component.is_finite()))
        .unwrap_or_else(Vector::zeros);
    let half = (1.1 * step.norm()).clamp(0.06 * size, 0.45 * size);
    (focus.iterate.at, if step.norm() > 0.0 { step } else { Vector::x() }, half)
}

/// The rims of the regions on the sheets themselves, as far as these are drawn.
pub(super) fn rims(state: &State, focus: &Focus, grid: &Grid) -> Vec<(Vec<Place>, Belief)> {
    let (_, _, half) = patch(focus, grid);
    let drawn = |region: &&Region| {
        let overlay = if region.belief == focus.belief { BELIEVED } else { OTHER };
        state.view.shows(overlay)
    };
    let place = |at: &Point, belief: Belief| {
        let within = (at - focus.iterate.at).norm() <= half;
        let height = if within { focus.believed.sheet_at(belief, *at) } else { f64::NAN };
        Point3::new(at.x, at.y, height)
    };
    let lines = |region: &Region| {
        let belief = region.belief;
        region.outline().into_iter().map(move |piece| (piece.iter().map(|at| place(at, belief)).collect(), belief))
    };
    state.derived.regions().iter().filter(drawn).flat_map(lines).collect()
}
