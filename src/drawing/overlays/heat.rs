//! The heat map, painted beneath all primitives.

use super::{Overlay, OverlayId, OverlayKey, TWO_WEIGHTS};
use crate::drawing::Pane;

/// The heat map, painted beneath all primitives.
pub const HEAT: OverlayId = OverlayId::new("heat");

pub(super) const OVERLAY: Overlay = Overlay {
    id: HEAT,
    label: "Heat map",
    help: "Colors the map by the loss: pale is low.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    key: Some(OverlayKey::Digit(1)),
    depth: 10,
    views: &[Pane::Map, Pane::Surface],
    draw: None,
    drape: None,
};
