//! The mark of a critical point in a view of many runs, as on the map: ▽ minimum, × saddle, △ maximum, ◇ any other.

use egui::vec2;

use crate::analysis::Kind;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::primitive::{Pen, Primitive};
use crate::numbers::Point;
use crate::render::flat::Mapping;

/// More marks than this would hide the picture.
pub(super) const MANY: usize = 60;

/// The mark of a point of a kind, or of anything else; `mapping` is where things were on the screen in the last frame.
pub(super) fn critical_mark(mapping: Option<&Mapping>, kind: Option<Kind>, at: Point) -> Primitive<'static> {
    let pen = Pen::new(Ink::Truth, 1.6).with_halo(1.2).kept_clear();
    let triangle = |up: f32| {
        let mapping = mapping?;
        let middle = mapping.position(at);
        let corner = |x: f32, y: f32| mapping.point(middle + vec2(5.0 * x, -5.0 * up * y));
        let corners = vec![corner(-0.87, -0.5), corner(0.87, -0.5), corner(0.0, 1.0), corner(-0.87, -0.5)];
        Some(Primitive::line(corners, pen))
    };
    let mark = |shape| Primitive::mark(at, shape, 4.0, pen, false);
    match kind {
        Some(Kind::Minimum) => triangle(-1.0).unwrap_or_else(|| mark(MarkerShape::Circle)),
        Some(Kind::Maximum) => triangle(1.0).unwrap_or_else(|| mark(MarkerShape::Triangle)),
        Some(Kind::Saddle) => mark(MarkerShape::Cross),
        _ => mark(MarkerShape::Diamond),
    }
}
