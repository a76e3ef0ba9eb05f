//! The gap between prediction and result, drawn on the surface and in the slice.

use super::{ANY, Group, Overlay, OverlayId};
use crate::drawing::Pane;

/// The gap between prediction and result, drawn on the surface and in the slice.
pub const GAP: OverlayId = OverlayId::new("gap");

pub(super) const OVERLAY: Overlay = Overlay {
    id: GAP,
    label: "Model error",
    help: "The actual minus the predicted change of the loss, at the end of the step: a bar on the surface, a bracket in the slice.",
    needs: ANY,
    on_at_first: true,
    group: Some(Group::Step),
    tab: None,
    depth: 70,
    views: &[Pane::Surface, Pane::Slice],
    draw: None,
    drape: None,
};
