//! Straight ways over the measured rectangle: where one enters a hole or leaves.

use super::Grid;
use super::axis::Axis;
use crate::numbers::{Point, Vector};

impl Grid {
    /// The length at which a way from a point along a unit vector enters a hole or leaves the rectangle, up to a limit.
    ///
    /// Exact, however narrow a hole is: every cell on the way is examined.
    pub(super) fn end_along(&self, from: Point, unit: Vector, limit: f64) -> Option<f64> {
        let leaves = [(&self.x, 0), (&self.y, 1)].map(|(axis, at)| leaves(axis, from[at], unit[at]));
        let leaves = leaves[0].min(leaves[1]);
        let end = leaves.min(limit);
        // Written so that NaN ends at once.
        if end.is_nan() || end < 0.0 {
            return Some(0.0);
        }
        let hole = self.surface.has_holes().then(|| self.first_hole(from, unit, end)).flatten();
        hole.or((leaves < limit).then_some(leaves))
    }

    /// The length at which a way within the rectangle enters a hole.
    fn first_hole(&self, from: Point, unit: Vector, end: f64) -> Option<f64> {
        let mut lines: Vec<f64> = crossings(&self.x, from.x, unit.x, end);
        lines.extend(crossings(&self.y, from.y, unit.y, end));
        lines.sort_unstable_by(f64::total_cmp);
        lines.push(end);
        let mut before = 0.0;
        for next in lines {
            let middle = from + unit * f64::midpoint(before, next);
            // Where two lines cross the way at once there is no cell between.
            if next - before > 1e-12 * end && self.hole(middle).is_some() {
                return Some(before);
            }
            before = next;
        }
        None
    }
}

/// The length at which a coordinate leaves its axis; infinite where it does not move.
fn leaves(axis: &Axis, from: f64, speed: f64) -> f64 {
    let [low, high] = axis.ends();
    let is_inside = low <= from && from <= high;
    match speed {
        _ if !is_inside => -1.0,
        0.0 => f64::INFINITY,
        _ if speed > 0.0 => (high - from) / speed,
        _ => (low - from) / speed,
    }
}

/// The lengths up to `end` at which a coordinate meets the measured ones.
fn crossings(axis: &Axis, from: f64, speed: f64, end: f64) -> Vec<f64> {
    let lengths = (0..axis.count()).map(|index| (axis.coordinate(index) - from) / speed);
    lengths.filter(|length| *length > 0.0 && *length < end).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Loss;

    /// A bowl of 11 × 11 values without those at some places.
    fn with_holes(holes: &[[usize; 2]]) -> Grid {
        let places = (0..121_usize).map(|index| [index % 11, index / 11]);
        let lines = places.map(|[column, row]| {
            let (x, y) = (column as f64 / 5.0 - 1.0, row as f64 / 5.0 - 1.0);
            let loss = if holes.contains(&[column, row]) { "nan".to_owned() } else { (x * x + y * y).to_string() };
            format!("{x},{y},{loss}\n")
        });
        let text = format!("x,y,loss\n{}", lines.collect::<String>());
        Grid::read(text.as_bytes(), "f.csv", None).unwrap()
    }

    #[test]
    fn ways_end_at_holes_and_at_the_edge() {
        let grid = with_holes(&[[8, 5]]);
        for (from, unit, expected) in [
            ([0.0, 0.1], [1.0, 0.0], Some(0.4)),
            ([0.0, 0.0], [1.0, 0.0], Some(0.4)),
            ([0.0, 0.1], [-1.0, 0.0], Some(1.0)),
            ([0.0, 0.5], [1.0, 0.0], Some(1.0)),
            ([0.4, 0.1], [1.0, 0.0], Some(0.0)),
            ([0.0, 0.5], [0.0, 1.0], Some(0.5)),
            ([2.0, 0.5], [0.0, 1.0], Some(0.0)),
        ] {
            let found = grid.ends_along(Point::from(from), Vector::from(unit), 3.0);
            let is_it = found.zip(expected).is_some_and(|(found, expected)| (found - expected).abs() < 1e-12);
            assert!(is_it, "{from:?} along {unit:?}: {found:?}, not {expected:?}");
        }
        assert_eq!(grid.ends_along(Point::origin(), Vector::x(), 0.3), None, "not so far");
    }

    proptest! {
        /// Held against values along the way.
        #[test]
        fn a_way_has_values_to_its_end(
            x in -0.99..0.99, y in -0.99..0.99, angle in 0.0..6.3,
            holes in proptest::collection::vec([0..11_usize, 0..11_usize], 0..4)
        ) {
            let grid = with_holes(&holes);
            let (from, unit) = (Point::new(x, y), Vector::new(libm::cos(angle), libm::sin(angle)));
            prop_assume!(grid.value(from).is_finite());
            let end = grid.ends_along(from, unit, 3.0).unwrap();
            for share in [0.0, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
                prop_assert!(grid.value(from + unit * (share * end)).is_finite(), "no value at {} of {}", share, end);
            }
            prop_assert!(!grid.value(from + unit * (end + 1e-9)).is_finite(), "a value beyond {}", end);
        }
    }
}
