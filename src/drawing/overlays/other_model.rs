//! The local model of the other order: the quadratic beside a plane, the plane beside a quadratic; what the step rests on decides,
//! so a second-order method that fell back on −∇f has the quadratic beside its plane.

use super::model_levels::draw_model;
use super::model_patches::raise_model;
use super::{ANY, OTHER, Overlay, OverlayGroup};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::primitive::Primitive;
use crate::drawing::solid::Solid;

pub(super) const OVERLAY: Overlay = Overlay {
    id: OTHER,
    label: "The other local model",
    help: "The quadratic model beside a first-order method's tangent plane (hyperbolas where the Hessian is indefinite); the tangent plane beside a second-order method's quadratic model.",
    needs: ANY,
    on_at_first: false,
    group: Some(OverlayGroup::LocalModel),
    tabs: &[],
    z_order: 40,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: false,
};

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    if let Some(analysis) = context.step.analysis {
        draw_model(context, analysis, analysis.order.other(), out);
    }
}

fn raise<'a>(context: &OverlayContext<'a>, stage: &Stage, out: &mut Vec<Solid<'a>>) {
    raise_model(context, |analysis| analysis.order.other(), stage, out);
}
