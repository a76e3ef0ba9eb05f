//! Where the gradient vanishes, each kind with its mark: ▽ minimum, × saddle, △ maximum; lines of them as curves.

use super::{CRITICAL, Overlay};
use crate::analysis::Kind;
use crate::drawing::Subject;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;

pub(super) const OVERLAY: Overlay = Overlay {
    id: CRITICAL,
    label: "Critical points",
    help: "Where the gradient is zero: ▽ minimum, × saddle, △ maximum, ◇ degenerate; whole lines of them are drawn as lines.",
    on_at_first: true,
    draw: Some(draw),
};

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    for set in subject.critical_sets {
        let pen = Pen::new(Ink::Truth, 2.0).dashed(Dash::DashDot).with_halo(1.0);
        out.push(Primitive::line(set.polyline.clone(), pen));
        if let Some((at, words)) = set.label {
            out.push(Primitive::text(at, words, Ink::Truth, Anchor::Center));
        }
    }
    for point in subject.critical_points {
        draw_point(subject, point.at, point.kind, out);
    }
}

fn draw_point(subject: &Subject<'_>, at: Point, kind: Kind, out: &mut Vec<Primitive<'_>>) {
    let pen = Pen::new(Ink::Truth, 2.0).with_halo(1.5);
    let size = 6.0 * subject.unit;
    let triangle = |up: f64| {
        let corner = |x: f64, y: f64| Point::new(at.x + x * size, at.y + up * y * size);
        vec![corner(-0.87, -0.5), corner(0.87, -0.5), corner(0.0, 1.0), corner(-0.87, -0.5)]
    };
    match kind {
        Kind::Minimum => out.push(Primitive::line(triangle(-1.0), pen)),
        Kind::Maximum => out.push(Primitive::line(triangle(1.0), pen)),
        Kind::Saddle => out.push(Primitive::mark(at, MarkerShape::Cross, 5.0, pen, false)),
        Kind::Degenerate => out.push(Primitive::mark(at, MarkerShape::Diamond, 6.0, pen, false)),
    }
}
