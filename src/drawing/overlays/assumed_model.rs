//! The local model that the method believes in: the tangent plane, or the quadratic for methods that ask for the Hessian.

use super::model_levels::draw_model;
use super::{ANY, Overlay, OverlayId, OverlayKey};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::primitive::Primitive;
use crate::run::StepAnalysis;

/// The local model that the method believes in.
pub const BELIEVED: OverlayId = OverlayId::new("believed");

pub(super) const OVERLAY: Overlay = Overlay {
    id: BELIEVED,
    label: "Sheet believed in",
    help: "What the method takes for the land: the tangent plane if it asks for gradients alone, the quadratic sheet if it asks for the Hessian too. Level sets on the map, a sheet on the surface.",
    needs: ANY,
    on_at_first: true,
    key: Some(OverlayKey::Digit(3)),
    depth: 30,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
};

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let known =
        |analysis: &&StepAnalysis| context.step.queries.is_none_or(|queries| queries.knows_slope(analysis.iterate.at));
    if let Some(analysis) = context.step.analysis.filter(known) {
        draw_model(context, analysis, analysis.order, out);
    }
}
