//! Wedges at the edge of the picture: where a path or a step leaves it.

use crate::drawing::OverlayContext;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::Primitive;
use crate::numbers::{Point, Vector};

/// How long a wedge is, in points.
const LENGTH: f64 = 13.0;
/// Half the width of a wedge, in points.
const HALF: f64 = 6.5;
/// The rim in ground color that keeps it apart from the path beneath, in points.
const RIM: f64 = 2.0;
/// Between its tip and the edge, in points.
const INSIDE: f64 = 2.0;

/// Marks where a segment from inside the picture crosses its edge; does nothing otherwise.
pub(super) fn wedge(context: &OverlayContext<'_>, from: Point, to: Point, ink: Ink, out: &mut Vec<Primitive<'_>>) {
    let view = context.scale.inset(context.view, INSIDE, INSIDE);
    if !view.contains(from) || view.contains(to) {
        return;
    }
    // A leap far away still has a direction, if its numbers are cut first.
    let far = view.size() * 1e6;
    let way = (to - from).map(|side| side.clamp(-far, far));
    let Some([_, tip]) = view.cut(from, from + way) else { return };
    let back = context.scale.of_length(way, -LENGTH);
    let aside = context.scale.across(way, HALF);
    if !back.iter().chain(aside.iter()).all(|side| side.is_finite()) {
        return;
    }
    for (rim, ink) in [(RIM, Ink::Ground), (0.0, ink)] {
        out.push(Primitive::Area { corners: arrowhead(tip, back, aside, rim), ink, opacity: 1.0 });
    }
}

/// The corners of an arrowhead from its tip back and to the sides, with a rim around it.
fn arrowhead(tip: Point, back: Vector, aside: Vector, rim: f64) -> Vec<Point> {
    let share = 1.0 + 2.0 * rim / LENGTH;
    let middle: Vector = back * (2.0 / 3.0);
    let center = tip + middle;
    [-middle, back - middle + aside, back - middle - aside].map(|corner| center + corner * share).to_vec()
}
