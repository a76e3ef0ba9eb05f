//! The Fisher local model.

use super::model_levels::draw_network_model;
use super::model_patches::raise_network_model;
use super::{FISHER, NETWORKS, Overlay, OverlayGroup};
use crate::drawing::Pane;
use crate::drawing::network_models::CurvatureKind;

pub(super) const OVERLAY: Overlay = Overlay {
    id: FISHER,
    label: "Fisher model",
    help: "For networks: the quadratic model with the Fisher matrix in place of the Hessian. For logistic regression the two are equal; for squared errors it is half of Gauss–Newton, with normal noise of variance 1. Dotted level lines on the map, a translucent surface in 3-D, a curve in the slice.",
    needs: NETWORKS,
    on_at_first: false,
    group: Some(OverlayGroup::LocalModel),
    tabs: &[],
    z_order: 220,
    views: &[Pane::Map, Pane::Surface, Pane::Slice],
    draw: Some(|context, out| draw_network_model(context, CurvatureKind::Fisher, out)),
    drape: None,
    raise: Some(|context, stage, out| raise_network_model(context, CurvatureKind::Fisher, stage, out)),
    is_known: false,
};
