//! The Gauss–Newton local model.

use super::model_levels::draw_network_model;
use super::model_patches::raise_network_model;
use super::{GAUSS_NEWTON, NETWORKS, Overlay, OverlayGroup};
use crate::drawing::Pane;
use crate::drawing::network_models::CurvatureKind;

pub(super) const OVERLAY: Overlay = Overlay {
    id: GAUSS_NEWTON,
    label: "Gauss–Newton model",
    help: "For networks: the quadratic model with the Gauss–Newton matrix, which omits residual × curvature of the network and so is positive semidefinite. Level lines on the map, a translucent surface in 3-D, a curve in the slice.",
    needs: NETWORKS,
    on_at_first: false,
    group: Some(OverlayGroup::LocalModel),
    tabs: &[],
    z_order: 210,
    views: &[Pane::Map, Pane::Surface, Pane::Slice],
    draw: Some(|context, out| draw_network_model(context, CurvatureKind::GaussNewton, out)),
    drape: None,
    raise: Some(|context, stage, out| raise_network_model(context, CurvatureKind::GaussNewton, stage, out)),
    is_known: false,
};
