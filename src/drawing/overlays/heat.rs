//! The entry of the colors of the loss. It has no primitives: `ui/views/map.rs` paints a texture beneath them, and
//! `render/surface_scene/palette.rs` colors the surface, both by `HeightField::shade` and `loss_color`.

use super::{Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::drawing::Pane;

/// The heat map, painted beneath all primitives, and the colors of the surface.
pub const HEAT: OverlayId = OverlayId::new("heat");

pub(super) const OVERLAY: Overlay = Overlay {
    id: HEAT,
    label: "Heat map",
    help: "Colors the map and the surface by the loss, the lowest like the background.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: Some(OverlayGroup::Loss),
    tabs: &[],
    z_order: 10,
    views: &[Pane::Map, Pane::Surface],
    draw: None,
    drape: None,
    raise: None,
    is_known: false,
};
