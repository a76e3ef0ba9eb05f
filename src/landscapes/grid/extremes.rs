//! Measured values that lie below, or above, all around them and at which the surface is level.
//!
//! Where values are too far apart to be those of a smooth function, the surface goes no lower than its lowest value; it is
//! smooth only once there, so that a search by second derivatives may pass by.

use super::Grid;
use crate::numbers::Point;

impl Grid {
    /// The points of the grid, and whether the value is a minimum, row after row; those at the rim have no all-around.
    pub(in crate::landscapes) fn extremes(&self) -> Vec<(Point, bool)> {
        /// Roundings that values may differ by and be equal, in units of the last place of the largest.
        const ROUNDINGS: f64 = 8.0;
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
