//! The local models at the iterate: what is believed, over a patch of the step's size, and how far around that is good.

use std::f64::consts::TAU;

use nalgebra::{Point3, Rotation2};

use super::super::surface3d::scene::{Footprint, Model, Place, Sheet};
use super::palette::Palette;
use crate::analysis::{LocalModel, ModelOrder, Shown, ValidityRegion};
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::isolines::Grid;
use crate::drawing::network_local_models::{Whose, drawn, network_local_models};
use crate::drawing::overlays::{BELIEVED, OTHER, OverlayId};
use crate::numbers::{Point, Vector};
use crate::run::StepAnalysis;
use crate::state::State;

/// Plane and quadratic model over a patch of the step's size, where their overlays are on.
pub(super) fn local_models<'a>(
    state: &State,
    analysis: &StepAnalysis,
    grid: &Grid,
    palette: Palette,
    [plane, paraboloid]: [&'a Model<'a>; 2],
) -> Vec<Sheet<'a>> {
    let (center, along, half) = patch(state, analysis, grid);
    let local_model = |function, footprint, ink: Ink, hatch| Sheet {
        function,
        footprint,
        color: palette.fill(ink),
        ink: palette.line(ink),
        opacity: if palette.theme == Theme::Light { 0.5 } else { 0.6 },
        hatch,
    };
    let mut local_models = Vec::new();
    if state.derived.queries().is_some_and(|queries| !queries.knows_slope(center)) {
        return local_models;
    }
    let piece = if state.view.in_fog() { 0 } else { state.view.scene.piece };
    for (overlay, order) in [(OTHER, analysis.order.other()), (BELIEVED, analysis.order)] {
        if state.view.sees(overlay) {
            // At a kink the planes that meet there stand in the place of the local model, or nothing where there are none.
            let order = match state.derived.kink().map(|kink| (kink.planes().len(), kink.shown(piece))) {
                Some((0, _)) => continue,
                Some((_, Shown::One(_) | Shown::All)) if overlay == OTHER => continue,
                Some((_, Shown::One(_) | Shown::All)) => ModelOrder::Linear,
                Some((_, Shown::Used)) | None => order,
            };
            local_models.push(match order {
                ModelOrder::Linear => local_model(plane, Footprint::Square { center, half, along }, Ink::Plane, 45.0),
                ModelOrder::Quadratic => {
                    local_model(paraboloid, Footprint::Disc { center, radius: half }, Ink::Quadratic, -45.0)
                }
            });
        }
    }
    local_models
}

/// The other paraboloids of a network where their overlays are on; none at a kink, where there is no curvature.
fn network_models(state: &State, analysis: &StepAnalysis) -> Vec<(Whose, LocalModel)> {
    let shown = state.derived.kink().map(|kink| (kink.planes().len(), kink.shown(state.view.scene.piece)));
    if shown.is_some_and(|(count, shown)| count == 0 || shown != Shown::Used) {
        return Vec::new();
    }
    let sees = |id: OverlayId| state.view.sees(id);
    let local_models = network_local_models(analysis, state.derived.curvatures(), sees, drawn(analysis, sees));
    local_models.into_iter().filter_map(|local_model| Some((local_model.whose, local_model.model?))).collect()
}

/// They as functions of the place, so much above themselves.
pub(super) fn network_paraboloids(
    state: &State,
    analysis: &StepAnalysis,
    lift: f64,
) -> Vec<(Whose, Box<Model<'static>>)> {
    let raised = |(whose, model): (Whose, LocalModel)| {
        let height: Box<Model<'static>> = Box::new(move |at| model.paraboloid_at(at) + lift);
        (whose, height)
    };
    network_models(state, analysis).into_iter().map(raised).collect()
}

/// One of them, over the disc of the step.
pub(super) fn network_local_model<'a>(
    (whose, model): (Whose, &'a Model<'a>),
    state: &State,
    analysis: &StepAnalysis,
    grid: &Grid,
    palette: Palette,
) -> Sheet<'a> {
    let (center, _, radius) = patch(state, analysis, grid);
    Sheet {
        function: model,
        footprint: Footprint::Disc { center, radius },
        color: palette.fill(whose.ink()),
        ink: palette.line(whose.ink()),
        opacity: if palette.theme == Theme::Light { 0.4 } else { 0.5 },
        hatch: if whose == Whose::GaussNewton { 0.0 } else { 90.0 },
    }
}

/// The name of a local model, and where its rim runs.
pub struct SheetName {
    /// The name.
    pub name: &'static str,
    /// The role of its color.
    pub ink: Ink,
    /// Places around, and the height of the local model there.
    pub rim: Vec<(Point, f64)>,
}

/// The names of these local models with places on their rims, the ways around being as many for each.
pub fn local_model_names(state: &State, grid: &Grid) -> Vec<SheetName> {
    const WAYS: u32 = 16;
    let Some(analysis) = state.derived.analysis() else { return Vec::new() };
    let (center, _, radius) = patch(state, analysis, grid);
    let named = |(whose, model): (Whose, LocalModel)| {
        let way = |index: u32| Rotation2::new(TAU * f64::from(index) / f64::from(WAYS)) * Vector::x();
        let place = |index: u32| center + way(index) * radius;
        let rim = (0..WAYS).map(place).map(|at| (at, model.paraboloid_at(at))).collect();
        SheetName { name: whose.name(), ink: whose.ink(), rim }
    };
    network_models(state, analysis).into_iter().map(named).collect()
}

/// Where a local model is drawn: its middle, the direction of the step, and half a side.
fn patch(state: &State, analysis: &StepAnalysis, grid: &Grid) -> (Point, Vector, f64) {
    let size = grid.view.size();
    let step = analysis
        .proposed()
        .filter(|step| step.iter().all(|component| component.is_finite()))
        .unwrap_or_else(Vector::zeros);
    // Local models that meet need room to be told apart, and many large ones hide each other.
    let is_compared =
        state.derived.curvatures().is_some() && Whose::ALL.iter().any(|whose| state.view.sees(whose.overlay()));
    let [least, most] = match state.derived.kink() {
        None if is_compared => [0.2, 0.3],
        None => [0.06, 0.45],
        Some(_) => [0.2, 0.45],
    };
    let half = (1.1 * step.norm()).clamp(least * size, most * size);
    (analysis.iterate.at, if step.norm() > 0.0 { step } else { Vector::x() }, half)
}

/// The rims of the regions on the local models themselves, as far as these are drawn.
pub(super) fn rims(state: &State, analysis: &StepAnalysis, grid: &Grid) -> Vec<(Vec<Place>, ModelOrder)> {
    let (_, _, half) = patch(state, analysis, grid);
    let drawn = |region: &&ValidityRegion| {
        let overlay = if region.order == analysis.order { BELIEVED } else { OTHER };
        state.view.shows(overlay)
    };
    let place = |at: &Point, order: ModelOrder| {
        let within = (at - analysis.iterate.at).norm() <= half;
        let height = if within { analysis.assumed.local_model_at(order, *at) } else { f64::NAN };
        Point3::new(at.x, at.y, height)
    };
    let lines = |region: &ValidityRegion| {
        let order = region.order;
        region.outline().into_iter().map(move |piece| (piece.iter().map(|at| place(at, order)).collect(), order))
    };
    state.derived.regions().iter().filter(drawn).flat_map(lines).collect()
}
