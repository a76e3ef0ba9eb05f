//! The method's model: the tangent plane, or the quadratic model for methods that use a Hessian or an estimate of it and did not fall
//! back on −∇f.

use super::model_levels::draw_model;
use super::model_patches::raise_model;
use super::{ANY, ASSUMED_MODEL, Overlay, OverlayGroup};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::primitive::Primitive;
use crate::drawing::solid::Solid;
use crate::run::StepAnalysis;

pub(super) const OVERLAY: Overlay = Overlay {
    id: ASSUMED_MODEL,
    label: "The method's model",
    help: "The local model on which the step rests: the tangent plane if it follows gradients alone, a quadratic model if it also uses a Hessian or an estimate. Level lines on the map, a translucent surface in 3-D.",
    needs: ANY,
    on_at_first: true,
    group: Some(OverlayGroup::LocalModel),
    tabs: &[],
    z_order: 30,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: true,
};

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let known =
        |analysis: &&StepAnalysis| context.step.queries.is_none_or(|queries| queries.knows_slope(analysis.iterate.at));
    if let Some(analysis) = context.step.analysis.filter(known) {
        draw_model(context, analysis, analysis.order, out);
    }
}

fn raise<'a>(context: &OverlayContext<'a>, stage: &Stage, out: &mut Vec<Solid<'a>>) {
    raise_model(context, |analysis| analysis.order, stage, out);
}
