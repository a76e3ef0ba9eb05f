//! The Fisher local model.

use super::model_levels::draw_network_model;
use super::{NETWORKS, Overlay, OverlayId};
use crate::drawing::Pane;
use crate::drawing::network_models::CurvatureKind;

/// The quadratic model of the Fisher matrix.
pub const FISHER: OverlayId = OverlayId::new("fisher");

pub(super) const OVERLAY: Overlay = Overlay {
    id: FISHER,
    label: "Fisher sheet",
    help: "Of a network: the paraboloid of the Fisher matrix. Of logistic regression it is exactly the Hessian's; of squared errors half of Gauss–Newton's, for normal noise of variance 1. Dotted level lines on the map, a sheet on the surface, a parabola in the slice.",
    needs: NETWORKS,
    on_at_first: false,
    key: None,
    depth: 220,
    views: &[Pane::Map, Pane::Surface, Pane::Slice],
    draw: Some(|context, out| draw_network_model(context, CurvatureKind::Fisher, out)),
    drape: None,
};
