//! Measured values below (or above) all their neighbors, where the surface is level.
//!
//! Where values are too far apart to be those of a smooth function, the surface goes no lower than its lowest value; it is
//! smooth only once there, so that a search by second derivatives may pass by.

use super::Grid;
use crate::numbers::Point;

/// Roundings that values may differ by and be equal, in units of the last place of the largest.
const ROUNDINGS: f64 = 8.0;

/// A point so near to one of the grid, in steps, is that one.
const AT_NODE: f64 = 1e-4;

impl Grid {
    /// Whether a minimum, or a maximum, of the surface is one of the measured values, too: one of those around it, two on
    /// each side, is the lowest, or highest, of its neighborhood. Where they fall or rise steadily, as in the tail of a bump,
    /// an interpolant may still have ripples.
    pub fn shows_extreme(&self, at: Point, is_minimum: bool) -> bool {
        let (Some(column), Some(row)) = (self.x.cell(at.x), self.y.cell(at.y)) else { return true };
        let [columns, rows] = self.size();
        let near = |index: usize, count: usize| index.saturating_sub(1)..(index + 3).min(count);
        let mut nodes = near(row, rows).flat_map(|row| near(column, columns).map(move |column| [column, row]));
        nodes.any(|node| self.is_extreme(node, is_minimum, 0.0))
    }

    /// Whether a measured value is a strict minimum, `Some(true)`, or maximum of its neighborhood, where a point is one of
    /// the grid's.
    pub fn extreme_at(&self, at: Point) -> Option<bool> {
        let index = |axis: &super::Axis, at: f64| {
            let cell = axis.cell(at)?;
            let within = axis.within(cell, at);
            let is_at = !(AT_NODE..=1.0 - AT_NODE).contains(&within);
            is_at.then_some(cell + usize::from(within > 0.5))
        };
        let node = [index(&self.x, at.x)?, index(&self.y, at.y)?];
        let [columns, rows] = self.size();
        let is_inside = (1..columns - 1).contains(&node[0]) && (1..rows - 1).contains(&node[1]);
        let least = ROUNDINGS * f64::EPSILON * self.range[0].abs().max(self.range[1].abs());
        [true, false].into_iter().find(|is_minimum| is_inside && self.is_extreme(node, *is_minimum, least))
    }

    /// Whether a measured value is lower, or higher, than those around it by more than `least`, or for 0 at least as low.
    fn is_extreme(&self, [column, row]: [usize; 2], is_minimum: bool, least: f64) -> bool {
        let [columns, rows] = self.size();
        let near = |index: usize, count: usize| index.saturating_sub(1)..(index + 2).min(count);
        let own = self.surface.node([column, row])[0];
        let around = near(row, rows).flat_map(|row| near(column, columns).map(move |column| [column, row]));
        let is_beyond = |other: f64| {
            let rise = if is_minimum { other - own } else { own - other };
            if least > 0.0 { rise > least } else { rise >= 0.0 }
        };
        // Beside a hole nothing is known.
        let others = around.filter(|at| *at != [column, row]).map(|at| self.surface.node(at)[0]);
        own.is_finite() && others.filter(|other| !other.is_nan()).all(is_beyond)
    }

    /// The points of the grid, and whether the value is a minimum, row after row; those at the rim have no all-around.
    pub fn extremes(&self) -> Vec<(Point, bool)> {
        let [columns, rows] = self.size();
        let rounding = ROUNDINGS * f64::EPSILON * self.range[0].abs().max(self.range[1].abs());
        let inner = (1..rows - 1).flat_map(|row| (1..columns - 1).map(move |column| [column, row]));
        let extreme = |at: [usize; 2]| {
            let [value, dx, dy, _] = self.surface.node(at);
            let around = (0..9_usize)
                .filter(|index| *index != 4)
                .map(|index| self.surface.node([at[0] + index % 3 - 1, at[1] + index / 3 - 1])[0]);
            let is_level = [dx, dy] == [0.0; 2];
            let is_minimum = around.clone().all(|other| other > value + rounding);
            let is_maximum = around.clone().all(|other| other < value - rounding);
            let place = Point::new(self.x.coordinate(at[0]), self.y.coordinate(at[1]));
            (is_level && (is_minimum || is_maximum)).then_some((place, is_minimum))
        };
        inner.filter_map(extreme).collect()
    }
}
