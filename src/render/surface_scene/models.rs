//! The local models at the iterate, over a patch of the step's size, and how far around that is good.

use std::f64::consts::TAU;

use nalgebra::{Point3, Rotation2};

use super::super::context::shown_step;
use super::super::surface3d::scene::{Footprint, Model, ModelPatch, Place};
use super::palette::Palette;
use crate::analysis::{LocalModel, ModelOrder, ValidityRegion};
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::network_models::{CurvatureKind, drawn, network_models};
use crate::drawing::overlays::{ASSUMED_MODEL, OTHER, OverlayId};
use crate::drawing::shown_model::ShownModel;
use crate::numbers::{Point, Vector};
use crate::run::StepAnalysis;
use crate::state::State;

/// Plane and quadratic model over a patch of the step's size, where their overlays are on.
pub(super) fn local_models<'a>(
    state: &State,
    analysis: &StepAnalysis,
    stage: &Stage,
    palette: Palette,
    [plane, paraboloid]: [&'a Model<'a>; 2],
) -> Vec<ModelPatch<'a>> {
    let (center, along, half) = patch(state, analysis, stage);
    let local_model = |function, footprint, ink: Ink, hatch| ModelPatch {
        function,
        footprint,
        color: palette.fill(ink),
        ink: palette.line(ink),
        opacity: if palette.theme == Theme::Light { 0.5 } else { 0.6 },
        hatch,
    };
    let mut local_models = Vec::new();
    let step = shown_step(state);
    for (overlay, order) in [(OTHER, analysis.order.other()), (ASSUMED_MODEL, analysis.order)] {
        if state.view.sees(overlay) {
            let order = match step.shown_model(order) {
                ShownModel::Nothing => continue,
                ShownModel::Planes(_) => ModelOrder::Linear,
                ShownModel::Model(order) => order,
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
fn drawn_models(state: &State, analysis: &StepAnalysis) -> Vec<(CurvatureKind, LocalModel)> {
    if !shown_step(state).has_curvature() {
        return Vec::new();
    }
    let sees = |id: OverlayId| state.view.sees(id);
    let local_models = network_models(analysis, state.derived.curvatures(), sees, drawn(analysis, sees));
    local_models.into_iter().filter_map(|local_model| Some((local_model.whose, local_model.model?))).collect()
}

/// The same models as functions of the place, raised by a height.
pub(super) fn network_paraboloids(
    state: &State,
    analysis: &StepAnalysis,
    lift: f64,
) -> Vec<(CurvatureKind, Box<Model<'static>>)> {
    let raised = |(whose, model): (CurvatureKind, LocalModel)| {
        let height: Box<Model<'static>> = Box::new(move |at| model.paraboloid_at(at) + lift);
        (whose, height)
    };
    drawn_models(state, analysis).into_iter().map(raised).collect()
}

/// One of them, over the disc of the step.
pub(super) fn network_patch<'a>(
    (whose, model): (CurvatureKind, &'a Model<'a>),
    state: &State,
    analysis: &StepAnalysis,
    stage: &Stage,
    palette: Palette,
) -> ModelPatch<'a> {
    let (center, _, radius) = patch(state, analysis, stage);
    ModelPatch {
        function: model,
        footprint: Footprint::Disc { center, radius },
        color: palette.fill(whose.ink()),
        ink: palette.line(whose.ink()),
        opacity: if palette.theme == Theme::Light { 0.4 } else { 0.5 },
        hatch: if whose == CurvatureKind::GaussNewton { 0.0 } else { 90.0 },
    }
}

/// The name of a local model, and where its rim runs.
pub struct ModelName {
    /// The name.
    pub name: &'static str,
    /// The role of its color.
    pub ink: Ink,
    /// Places around, and the height of the local model there.
    pub rim: Vec<(Point, f64)>,
}

/// The names of these local models with places on their rims, the ways around being as many for each.
pub fn model_names(state: &State, stage: &Stage) -> Vec<ModelName> {
    const WAYS: u32 = 16;
    let Some(analysis) = state.derived.analysis() else { return Vec::new() };
    let (center, _, radius) = patch(state, analysis, stage);
    let named = |(whose, model): (CurvatureKind, LocalModel)| {
        let way = |index: u32| Rotation2::new(TAU * f64::from(index) / f64::from(WAYS)) * Vector::x();
        let place = |index: u32| {
            let rim = way(index) * radius;
            center + stage.scale().way(rim.x, rim.y)
        };
        let rim = (0..WAYS).map(place).map(|at| (at, model.paraboloid_at(at))).collect();
        ModelName { name: whose.name(), ink: whose.ink(), rim }
    };
    drawn_models(state, analysis).into_iter().map(named).collect()
}

/// Where a local model is drawn: its middle, the direction of the step, and half a side in scene units.
fn patch(state: &State, analysis: &StepAnalysis, stage: &Stage) -> (Point, Vector, f64) {
    /// The longer side of the box, in scene units.
    const SIZE: f64 = 2.0;
    let step = analysis
        .proposed()
        .filter(|step| step.iter().all(|component| component.is_finite()))
        .unwrap_or_else(Vector::zeros);
    // Local models that meet need room to be told apart, and many large ones hide each other.
    let is_compared =
        state.derived.curvatures().is_some() && CurvatureKind::ALL.iter().any(|whose| state.view.sees(whose.overlay()));
    let [least, most] = match state.derived.kink() {
        None if is_compared => [0.2, 0.3],
        None => [0.06, 0.45],
        Some(_) => [0.2, 0.45],
    };
    let half = (1.1 * stage.scale().length(step)).clamp(least * SIZE, most * SIZE);
    (analysis.iterate.at, if step.norm() > 0.0 { step } else { Vector::x() }, half)
}

/// The rims of the regions on the local models themselves, as far as these are drawn.
pub(super) fn rims(state: &State, analysis: &StepAnalysis, stage: &Stage) -> Vec<(Vec<Place>, ModelOrder)> {
    let (_, _, half) = patch(state, analysis, stage);
    let drawn = |region: &&ValidityRegion| {
        let overlay = if region.order == analysis.order { ASSUMED_MODEL } else { OTHER };
        state.view.shows(overlay)
    };
    let place = |at: &Point, order: ModelOrder| {
        let within = stage.scale().distance(analysis.iterate.at, *at) <= half;
        let height = if within { analysis.assumed.local_model_at(order, *at) } else { f64::NAN };
        Point3::new(at.x, at.y, height)
    };
    let lines = |region: &ValidityRegion| {
        let order = region.order;
        region.outline().into_iter().map(move |piece| (piece.iter().map(|at| place(at, order)).collect(), order))
    };
    state.derived.regions().iter().filter(drawn).flat_map(lines).collect()
}
