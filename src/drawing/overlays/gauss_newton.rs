//! The Gauss–Newton local model.

use super::model_levels::draw_network_model;
use super::{NETWORKS, Overlay, OverlayId};
use crate::drawing::Pane;
use crate::drawing::network_models::CurvatureKind;

/// The quadratic model of Gauss and Newton.
pub const GAUSS_NEWTON: OverlayId = OverlayId::new("gauss_newton");

pub(super) const OVERLAY: Overlay = Overlay {
    id: GAUSS_NEWTON,
    label: "Gauss–Newton sheet",
    help: "Of a network: the paraboloid of the Gauss–Newton matrix, which leaves out residual × curvature of the network and so never bends down. Dashed level lines on the map, a sheet on the surface, a parabola in the slice.",
    needs: NETWORKS,
    on_at_first: false,
    key: None,
    depth: 210,
    views: &[Pane::Map, Pane::Surface, Pane::Slice],
    draw: Some(|context, out| draw_network_model(context, CurvatureKind::GaussNewton, out)),
    drape: None,
};
