//! The Gauss–Newton sheet.

use super::sheet_levels::draw_network_sheet;
use super::{GAUSS_NEWTON, NETWORKS, Overlay};
use crate::drawing::network_sheets::Whose;

pub(super) const OVERLAY: Overlay = Overlay {
    id: GAUSS_NEWTON,
    label: "Gauss–Newton sheet",
    help: "Of a network: the paraboloid of the Gauss–Newton matrix, which leaves out residual × curvature of the network and so never bends down. Dashed level lines on the map, a sheet on the surface, a parabola in the slice.",
    suits: NETWORKS,
    on_at_first: false,
    draw: Some(|subject, out| draw_network_sheet(subject, Whose::GaussNewton, out)),
    drape: None,
};
