//! Contour lines of the loss.

use super::{Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Pen, Places, Primitive};

/// The contour lines, which the surface paints by pixel.
pub const CONTOURS: OverlayId = OverlayId::new("contours");

pub(super) const OVERLAY: Overlay = Overlay {
    id: CONTOURS,
    label: "Contour lines",
    help: "Lines of equal loss; the gradient is perpendicular to them.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: Some(OverlayGroup::Loss),
    tabs: &[],
    z_order: 20,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

fn draw<'a>(context: &OverlayContext<'a>, out: &mut Vec<Primitive<'a>>) {
    let pen = Pen::new(Ink::Contour, 0.8).pale(0.55);
    out.extend(context.contours.iter().map(|line| Primitive::Line { places: Places::Lent(line), pen }));
}
