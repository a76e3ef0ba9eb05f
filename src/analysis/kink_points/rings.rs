//! The lowest place on a ring around a point, and the way down by such rings, where the slope jumps too often for Newton's
//! method.

use std::f64::consts::TAU;

use super::{AROUND, DIVISIONS, RINGS, SHIFT, Walk};
use crate::numbers::{Point, Vector};

impl Walk<'_> {
    /// The place to which the loss falls from another: the lowest on a ring around it, or one half as wide where none is lower.
    pub(super) fn down(&mut self, start: Point) -> Point {
        let (mut at, mut radius) = (start, 0.01 * self.view.size());
        for _ in 0..RINGS {
            let (place, height) = self.extreme_on_ring(at, radius, 1.0);
            if height < self.loss.value(at) && self.view.contains(place) {
                at = place;
            } else if radius > 1e-14 * self.view.size() {
                radius *= 0.5;
            } else {
                break;
            }
        }
        at
    }

    /// The lowest place on a ring and its loss; for a sign of −1 the highest, and the loss with that sign.
    pub(super) fn extreme_on_ring(&mut self, at: Point, radius: f64, sign: f64) -> (Point, f64) {
        let loss = self.loss;
        let place = |angle: f64| at + Vector::new(libm::cos(angle), libm::sin(angle)) * radius;
        let height = |angle: f64| sign * loss.value(place(angle));
        let step = TAU / AROUND as f64;
        let angles: Vec<f64> = (0..AROUND).map(|index| step * (index as f64 + SHIFT[0])).collect();
        let heights: Vec<f64> = angles.iter().map(|angle| height(*angle)).collect();
        let is_low = |index: usize| {
            let [before, after] = [AROUND - 1, 1].map(|by| heights[(index + by) % AROUND]);
            heights[index] <= before && heights[index] <= after
        };
        self.evaluations += AROUND;
        let mut best = (place(angles[0]), heights[0]);
        for index in (0..AROUND).filter(|index| is_low(*index)) {
            let (mut low, mut high) = (angles[index] - step, angles[index] + step);
            for _ in 0..DIVISIONS {
                let [left, right] = [low + (high - low) / 3.0, high - (high - low) / 3.0];
                if height(left) < height(right) { high = right } else { low = left }
            }
            self.evaluations += 2 * DIVISIONS + 1;
            let angle = f64::midpoint(low, high);
            let here = height(angle).min(heights[index]);
            if here < best.1 {
                best = (place(if height(angle) <= heights[index] { angle } else { angles[index] }), here);
            }
        }
        best
    }
}
