//! Texts on a line of critical points.

use crate::landscapes::{CriticalSet, ViewBox};
use crate::numbers::Point;
use crate::numbers::numerals::{coordinate, number};
use crate::numbers::tolerance;

/// What a line is like.
#[derive(Clone, Copy)]
pub(in crate::analysis) struct Shape {
    /// Whether it ends where it begins.
    pub(in crate::analysis) is_closed: bool,
    /// Whether it is a valley with one best point that is lost in rounding.
    pub(in crate::analysis) is_valley: bool,
    /// The best point of a valley or ridge along which the loss changes.
    pub(in crate::analysis) best: Option<Point>,
}

/// A line as a set of critical points.
pub(in crate::analysis) fn set(kind: &'static str, shape: Shape, polyline: &[Point], view: ViewBox) -> CriticalSet {
    let ends = [polyline.first(), polyline.last()].map(|end| end.copied().unwrap_or_default());
    let sides = [view.width(), view.height()];
    let place = |end: Point| format!("({}, {})", placed(end.x, sides[0]), placed(end.y, sides[1]));
    let [from, to] = ends.map(place);
    let way = ends[1] - ends[0];
    // Through all of the box: a piece of such a line has ends to be named.
    let is_along = |axis: usize| way[1 - axis].abs() < 1e-9 * sides[1 - axis] && way[axis].abs() > 0.99 * sides[axis];
    let level = |axis: usize| {
        let at = ends[0][axis];
        number(if at.abs() < 1e-9 * sides[axis] { 0.0 } else { at })
    };
    if let Some(best) = shape.best {
        let [what, least] = if kind == "minimum" { ["valley", "least"] } else { ["ridge", "largest"] };
        let best = place(best);
        let text = format!("a {what} from {from} to {to}, nearly flat along it: the loss is {least} near {best}");
        return CriticalSet { kind, text, polyline: polyline.to_vec(), label: None, gaps: Vec::new() };
    }
    let text = match polyline.len() {
        _ if shape.is_valley => format!(
            "a valley from {from} to {to} that is flat to rounding: it has one minimum, but rounding does not show where"
        ),
        _ if shape.is_closed => format!("every point of a closed curve through {from}"),
        2 if is_along(1) => format!("every point of the line x = {}", level(0)),
        2 if is_along(0) => format!("every point of the line y = {}", level(1)),
        2 => format!("every point of the line from {from} to {to}"),
        _ => format!("every point of the curve from {from} to {to}"),
    };
    CriticalSet { kind, text, polyline: polyline.to_vec(), label: None, gaps: Vec::new() }
}

/// A coordinate with as many digits as tell places of a side apart.
fn placed(at: f64, side: f64) -> String {
    match side {
        _ if at.abs() < 2.0 * tolerance::ONE_PLACE * side => "0".to_owned(),
        _ if !(0.05..1e5).contains(&side) => number(at),
        _ => coordinate(at),
    }
}
