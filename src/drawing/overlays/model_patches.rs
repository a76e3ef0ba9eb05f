//! The local models in three dimensions: patches of the step's size over the iterate, with the rims of their validity regions.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use nalgebra::Rotation2;

use super::{OverlayContext, OverlayId};
use crate::analysis::{LocalModel, ModelOrder};
use crate::drawing::ShownStep;
use crate::drawing::camera::Stage;
use crate::drawing::ink::Ink;
use crate::drawing::network_models::{CurvatureKind, drawn, network_models};
use crate::drawing::shown_model::ShownModel;
use crate::drawing::solid::{Footprint, RaisedPoint, Solid, SolidLine, SolidModel};
use crate::numbers::{Point, Vector};
use crate::run::StepAnalysis;

/// Lifts a model by this share of the height range, so that it does not flicker where it coincides with the loss.
const LIFT: f64 = 0.006;

/// Plane or quadratic model, and how far around it is valid.
pub(super) fn raise_model<'a>(
    context: &OverlayContext<'a>,
    order: impl FnOnce(&StepAnalysis) -> ModelOrder,
    stage: &Stage,
    out: &mut Vec<Solid<'a>>,
) {
    let Some(analysis) = context.step.analysis else { return };
    let order = order(analysis);
    let patch = Patch::of(&context.step, analysis, context.overlays, stage);
    match context.step.shown_model(order) {
        ShownModel::Nothing => {}
        ShownModel::Planes(_) | ShownModel::Model(ModelOrder::Linear) => {
            out.push(plane(&context.step, analysis, patch));
        }
        ShownModel::Model(ModelOrder::Quadratic) => {
            let lift = lift(stage);
            out.push(Solid::Model(SolidModel {
                height: Box::new(move |at| analysis.assumed.paraboloid_at(at) + lift),
                footprint: patch.disc(),
                ink: Ink::Quadratic,
                opacity: 0.5,
                hatch: -45.0,
            }));
        }
    }
    if context.step.queries.is_none() {
        rims(context, analysis, order, patch, stage, out);
    }
}

/// The tangent plane; at a kink the planes that meet there.
fn plane<'a>(step: &ShownStep<'a>, analysis: &'a StepAnalysis, patch: Patch) -> Solid<'a> {
    let kink = step.kink;
    let height = move |at: Point| {
        let adjoining = kink.and_then(|(kink, shown)| kink.height(shown, &analysis.model, at));
        adjoining.unwrap_or_else(|| analysis.model.plane_at(at))
    };
    let Patch { center, along, half } = patch;
    let footprint = Footprint::Square { center, half, along };
    Solid::Model(SolidModel { height: Box::new(height), footprint, ink: Ink::Plane, opacity: 0.5, hatch: 45.0 })
}

/// The rim of its validity region on the model itself, as far as that is drawn.
fn rims(
    context: &OverlayContext<'_>,
    analysis: &StepAnalysis,
    order: ModelOrder,
    patch: Patch,
    stage: &Stage,
    out: &mut Vec<Solid<'_>>,
) {
    let place = |at: &Point| {
        let is_within = stage.scale().distance(analysis.iterate.at, *at) <= patch.half;
        let height = if is_within { analysis.assumed.local_model_at(order, *at) } else { f64::NAN };
        RaisedPoint::new(at.x, at.y, height)
    };
    for region in context.step.regions.iter().filter(|region| region.order == order) {
        let rim = |piece: &Vec<Point>| SolidLine::new(piece.iter().map(place).collect(), Ink::of_model(order), 1.6);
        out.extend(region.outline().iter().map(|piece| Solid::Line(rim(piece))));
    }
}

/// A network's other quadratic model.
pub(super) fn raise_network_model(
    context: &OverlayContext<'_>,
    whose: CurvatureKind,
    stage: &Stage,
    out: &mut Vec<Solid<'_>>,
) {
    let Some(analysis) = context.step.analysis else { return };
    let models = shown_models(&context.step, context.overlays);
    let Some((_, model)) = models.into_iter().find(|(other, _)| *other == whose) else { return };
    let lift = lift(stage);
    out.push(Solid::Model(SolidModel {
        height: Box::new(move |at| model.paraboloid_at(at) + lift),
        footprint: Patch::of(&context.step, analysis, context.overlays, stage).disc(),
        ink: whose.ink(),
        opacity: 0.4,
        hatch: if whose == CurvatureKind::GaussNewton { 0.0 } else { 90.0 },
    }));
}

fn lift(stage: &Stage) -> f64 {
    LIFT * (stage.heights().high() - stage.heights().low())
}

/// The other quadratic models of a network where their overlays are on; none at a kink, where there is no curvature.
fn shown_models(step: &ShownStep<'_>, overlays: &BTreeSet<OverlayId>) -> Vec<(CurvatureKind, LocalModel)> {
    let Some(analysis) = step.analysis.filter(|_| step.has_curvature()) else { return Vec::new() };
    let sees = |id: OverlayId| overlays.contains(&id);
    let models = network_models(analysis, step.curvatures, sees, drawn(analysis, sees));
    models.into_iter().filter_map(|model| Some((model.whose, model.model?))).collect()
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

/// The names of the network models, each with `WAYS` points around its rim as places for its label.
pub fn model_names(step: &ShownStep<'_>, overlays: &BTreeSet<OverlayId>, stage: &Stage) -> Vec<ModelName> {
    const WAYS: u32 = 16;
    let Some(analysis) = step.analysis else { return Vec::new() };
    let Patch { center, half, .. } = Patch::of(step, analysis, overlays, stage);
    let named = |(whose, model): (CurvatureKind, LocalModel)| {
        let place = |index: u32| {
            let rim = Rotation2::new(TAU * f64::from(index) / f64::from(WAYS)) * Vector::x() * half;
            center + stage.scale().way(rim.x, rim.y)
        };
        let rim = (0..WAYS).map(place).map(|at| (at, model.paraboloid_at(at))).collect();
        ModelName { name: whose.name(), ink: whose.ink(), rim }
    };
    shown_models(step, overlays).into_iter().map(named).collect()
}

/// Where a local model is drawn.
#[derive(Clone, Copy)]
struct Patch {
    /// The iterate.
    center: Point,
    /// The direction of the step.
    along: Vector,
    /// Half a side, or the radius, in scene units.
    half: f64,
}

impl Patch {
    fn of(step: &ShownStep<'_>, analysis: &StepAnalysis, overlays: &BTreeSet<OverlayId>, stage: &Stage) -> Self {
        /// The longer side of the box, in scene units.
        const SIZE: f64 = 2.0;
        let proposed = analysis.proposed().filter(|step| step.iter().all(|component| component.is_finite()));
        let proposed = proposed.unwrap_or_else(Vector::zeros);
        // Local models that meet need room to be distinguished, and many large ones hide each other.
        let is_compared =
            step.curvatures.is_some() && CurvatureKind::ALL.iter().any(|whose| overlays.contains(&whose.overlay()));
        let [least, most] = match step.kink {
            None if is_compared => [0.2, 0.3],
            None => [0.06, 0.45],
            Some(_) => [0.2, 0.45],
        };
        let half = (1.1 * stage.scale().length(proposed)).clamp(least * SIZE, most * SIZE);
        // What rounding leaves of a step has no direction that anybody should look at.
        let is_little = analysis.change.is_none_or(|change| analysis.is_little(change.linear));
        let along = if is_little || proposed == Vector::zeros() { Vector::x() } else { proposed };
        Self { center: analysis.iterate.at, along, half }
    }

    fn disc(self) -> Footprint {
        Footprint::Disc { center: self.center, radius: self.half }
    }
}
