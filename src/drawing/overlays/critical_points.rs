//! Where the gradient vanishes, each kind with its mark: ▽ minimum, × saddle, △ maximum; lines of them as curves.

use super::{CRITICAL, Overlay};
use crate::analysis::{CriticalPoint, Kind};
use crate::drawing::Subject;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;

pub(super) const OVERLAY: Overlay = Overlay {
    id: CRITICAL,
    label: "Critical points",
    help: "Where the gradient is zero: ▽ minimum, × saddle, △ maximum, ◇ degenerate; whole lines of them are drawn as lines.",
    on_at_first: true,
    draw: Some(draw),
};

/// So many marks in view have their full size; more of them are smaller, so that the land between them is seen.
const ROOMY: f64 = 60.0;
/// The smallest size, as a share of the full one.
const SMALLEST: f64 = 0.4;
/// Marks smaller than this share are pale, too.
const CROWDED: f64 = 0.6;

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    for set in subject.critical_sets {
        let pen = Pen::new(Ink::Truth, 2.0).dashed(Dash::DashDot).with_halo(1.0);
        out.push(Primitive::line(set.polyline.clone(), pen));
        if let Some((at, words)) = set.label {
            out.push(Primitive::text(at, words, Ink::Truth, Anchor::Center));
        }
    }
    let visible: Vec<&CriticalPoint> =
        subject.critical_points.iter().filter(|point| is_visible(subject.view, point.at)).collect();
    let size = (ROOMY / visible.len().max(1) as f64).sqrt().clamp(SMALLEST, 1.0);
    for point in visible {
        if subject.highlighted == Some(point.at) {
            out.push(Primitive::mark(point.at, MarkerShape::Circle, 13.0, Pen::new(Ink::Accent, 2.5), false));
        }
        draw_point(subject, point.at, point.kind, size, out);
    }
}

/// Whether a mark, or a part of it, lies in view.
fn is_visible(view: ViewBox, at: Point) -> bool {
    let margin = 0.02 * view.size();
    let ([x0, x1], [y0, y1]) = (view.x, view.y);
    ViewBox::new(x0 - margin, x1 + margin, y0 - margin, y1 + margin).contains(at)
}

/// `share` is 1 for the full size.
fn draw_point(subject: &Subject<'_>, at: Point, kind: Kind, share: f64, out: &mut Vec<Primitive<'_>>) {
    let thin = share.max(0.6) as f32;
    let pen = Pen::new(Ink::Truth, 2.0 * thin);
    // Hundreds of rims would hide the land.
    let pen = if share < CROWDED { pen.pale(0.55) } else { pen.with_halo(1.5 * thin) };
    let size = 6.0 * share * subject.unit;
    let triangle = |up: f64| {
        let corner = |x: f64, y: f64| Point::new(at.x + x * size, at.y + up * y * size);
        vec![corner(-0.87, -0.5), corner(0.87, -0.5), corner(0.0, 1.0), corner(-0.87, -0.5)]
    };
    let mark = |shape, radius: f32| Primitive::mark(at, shape, radius * share as f32, pen, false);
    out.push(match kind {
        Kind::Minimum => Primitive::line(triangle(-1.0), pen),
        Kind::Maximum => Primitive::line(triangle(1.0), pen),
        Kind::Saddle => mark(MarkerShape::Cross, 5.0),
        Kind::Degenerate => mark(MarkerShape::Diamond, 6.0),
    });
}
