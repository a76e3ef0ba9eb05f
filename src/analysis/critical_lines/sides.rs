//! What the loss does on both sides of a line of critical points, and whether it changes along it.

use std::cmp::Ordering::{self, Greater, Less};

use super::walk::{SAME, Walk};
use crate::numbers::{Point, Vector, extremes};

/// Points of a line at which its kind is examined.
const LOOKS: usize = 9;

/// What is found of a line.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) kind: &'static str,
    /// Whether the loss changes along it by more than roundings: the gradient there is lost in those of the slope across.
    pub(super) is_tilted: bool,
}

impl Found {
    /// Whether it is a line of this kind along which the loss is the same.
    pub(super) fn is(self, kind: &str) -> bool {
        self.kind == kind && !self.is_tilted
    }
}

impl Walk<'_> {
    /// What the loss does on both sides of a line: "minimum" where it rises, "maximum" where it falls, "degenerate" where
    /// that changes; `None` where there is no slope on a side, as at the edge of an area.
    pub(super) fn kind(&mut self, polyline: &[Point]) -> Option<Found> {
        let mut kinds = Vec::new();
        let (mut levels, mut rise) = (Vec::new(), 0.0_f64);
        for look in 1..=LOOKS {
            // The ends may be those of a chord that was cut by the edge of the box.
            let last_inside = polyline.len().saturating_sub(2);
            let index = ((polyline.len() - 1) * look / (LOOKS + 1)).clamp(last_inside.min(1), last_inside);
            let [from, to] = [polyline.get(index)?, polyline.get(index + 1)?];
            let along = self.unit.square(to - from).normalize();
            let across = self.unit.way(Vector::new(-along.y, along.x) * (0.5 * self.step));
            let [left, right] = [across, -across].map(|way| self.ground.loss.first_order(from + way));
            let level = self.ground.loss.value(*from);
            self.evaluations += 3;
            if left.gradient == Vector::zeros() || right.gradient == Vector::zeros() {
                return None;
            }
            kinds.push([left.value, right.value].map(|side| side.partial_cmp(&level)));
            levels.push((*from, level));
            rise = [left.value, right.value].into_iter().fold(rise, |rise, side| rise.max((side - level).abs()));
        }
        let is_tilted = !self.is_level(&levels, rise);
        let all = |wanted: Ordering| kinds.iter().all(|sides| *sides == [Some(wanted); 2]);
        let kind = match () {
            () if all(Greater) => "minimum",
            () if all(Less) => "maximum",
            () => "degenerate",
        };
        Some(Found { kind, is_tilted })
    }

    /// The lowest place of a valley, the highest of a ridge; `None` for any other line.
    pub(super) fn best(&mut self, kind: &str, polyline: &[Point]) -> Option<Point> {
        self.evaluations += polyline.len();
        let sign = match kind {
            "minimum" => 1.0,
            "maximum" => -1.0,
            _ => return None,
        };
        let values: Vec<f64> = polyline.iter().map(|at| sign * self.ground.loss.value(*at)).collect();
        let least = (0..values.len()).min_by(|a, b| values[*a].total_cmp(&values[*b]))?;
        let at = polyline[least];
        // The vertex of the parabola through three of them.
        let beside = least.checked_sub(1).zip(Some(least + 1)).filter(|(_, after)| *after < values.len());
        let Some((before, after)) = beside else { return Some(at) };
        let [down, up] = [values[before] - values[least], values[after] - values[least]];
        let share = 0.5 * (down - up) / (down + up);
        let next = polyline[if share > 0.0 { after } else { before }];
        Some(if share.is_finite() { at + (next - at) * share.abs() } else { at })
    }

    /// Whether the loss is the same at points of a line, but for rounding; `rise` is how much it changes a step beside it.
    fn is_level(&mut self, levels: &[(Point, f64)], rise: f64) -> bool {
        const JITTER: [[f64; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];
        let by = 4.0 * f64::EPSILON * self.ground.view.size();
        let mut rounding = 0.0_f64;
        for (at, level) in levels {
            rounding = rounding.max(f64::EPSILON * level.abs());
            for way in JITTER {
                let beside = self.ground.loss.value(at + self.unit.way(Vector::from(way) * by));
                rounding = rounding.max((beside - level).abs());
            }
            self.evaluations += JITTER.len();
        }
        let [low, high] = extremes(levels.iter().map(|(_, level)| *level));
        high - low <= SAME[0] * rounding + SAME[1] * rise
    }
}
