//! The initial velocity of momentum: an arrow from the start to where it alone would carry the ball, with a handle to drag.

use super::{Overlay, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::MarkerShape;
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::{Point, Vector};
use crate::optimizers::Choice;
use crate::run::coast;

/// The initial velocity of momentum.
pub const INITIAL_VELOCITY: OverlayId = OverlayId::new("initial_velocity");

pub(super) const OVERLAY: Overlay = Overlay {
    id: INITIAL_VELOCITY,
    label: "Initial velocity",
    help: "For momentum: an arrow from the start to where the initial velocity alone would carry the ball on level ground. Drag the ring at its tip.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: None,
    tabs: &[Pane::Momentum],
    z_order: 165,
    views: &[Pane::Map],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

/// How far the handle stands from the tip of the arrow, in points: so it never lies on the start.
const STALK: f64 = 24.0;
/// The radius of the handle, in points.
const RING: f32 = 5.0;

/// Where the handle of a velocity stands that would carry the ball along `coast`.
pub fn launch_handle(scale: PageScale, start: Point, coast: Vector) -> Point {
    let page = scale.on_page(coast);
    // Without a velocity to the upper right, where no run of a lesson begins.
    let way = if page.norm() > 0.0 { page.normalize() } else { Vector::new(1.0, 1.0).normalize() } * STALK;
    start + coast + scale.way(way.x, way.y)
}

/// The way along which a velocity would carry the ball whose handle is drawn to a point.
pub fn coast_to(scale: PageScale, start: Point, handle: Point) -> Vector {
    let way = handle - start;
    let length = scale.length(way);
    if length > STALK { way * (1.0 - STALK / length) } else { Vector::zeros() }
}

/// How far the initial velocity of a method would carry the ball, where its handle is to be seen at a playhead: at the start, and
/// wherever there is one.
pub fn shown_coast(choice: &Choice, playhead: usize) -> Option<Vector> {
    coast(choice).filter(|coast| playhead == 0 || *coast != Vector::zeros())
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(path) = context.selected() else { return };
    let recipe = path.run.recipe();
    let Some(coast) = shown_coast(&recipe.optimizer, context.runs.playhead) else { return };
    let (start, ink) = (recipe.start, path.style.0);
    let handle = launch_handle(context.scale, start, coast);
    if !handle.coords.iter().all(|coordinate| coordinate.is_finite()) {
        return;
    }
    let tip = start + coast;
    if context.scale.length(coast) > 1.0 {
        out.push(Primitive::Arrow { from: start, to: tip, pen: Pen::new(ink, 2.6).with_halo(1.8) });
    }
    out.push(Primitive::line(vec![tip, handle], Pen::new(ink, 1.2).pale(0.7)));
    out.push(Primitive::mark(handle, MarkerShape::Circle, RING, Pen::new(ink, 2.0).with_halo(1.5), false));
    let (shift, anchor) = if handle.x < start.x { (-11.0, Anchor::Right) } else { (11.0, Anchor::Left) };
    let label = Label::new("initial velocity: drag", ink, Swatch::Mark { shape: MarkerShape::Circle, filled: false });
    out.push(label.at(context.offset(handle, shift, 0.0), anchor).ranked(Rank::Part).into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handle_leads_back_to_the_velocity() {
        let scale = PageScale::new(0.01, 0.03);
        let start = Point::new(2.0, -1.0);
        for coast in [[0.0, 0.0], [0.5, 0.2], [-3.0, 0.7], [0.001, -0.002]].map(Vector::from) {
            let handle = launch_handle(scale, start, coast);
            let back = coast_to(scale, start, handle);
            assert!((back - coast).norm() < 1e-12 * (1.0 + coast.norm()), "{coast}: {back}");
            assert!(scale.distance(start, handle) >= STALK - 1e-9, "{coast}: not on the start");
        }
        assert_eq!(coast_to(scale, start, start), Vector::zeros(), "dragged onto the start there is none");
    }
}
