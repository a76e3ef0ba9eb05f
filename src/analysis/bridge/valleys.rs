//! The valleys of the loss along a circle: which is the lowest, whether another one is as low, and which one a direction belongs to.

use std::f64::consts::TAU;

use crate::landscapes::Loss;
use crate::numbers::{Point, Vector, extremes};

/// Two valleys whose lowest points differ by no more than this share of the circle's range are equally low: less than that is the
/// rounding of their places between two directions.
const TIE: f64 = 1e-7;
/// Of the range: what lies no higher at a direction may be as low between it and the next.
const CLOSE: f64 = 1e-3;
/// Quadratics by which the lowest point of a valley is found, and how much closer together the values of each lie.
const ROUNDS: usize = 3;
const CLOSER: f64 = 1.0 / 16.0;
/// A circle whose range is no larger than this share of its values is level, and has no valleys.
const LEVEL: f64 = 1e-12;

/// The loss in evenly spaced directions at a radius.
pub(super) struct Valleys<'a> {
    loss: &'a dyn Loss,
    center: Point,
    radius: f64,
    heights: Vec<f64>,
    /// From the lowest value to the highest; 0 on a level circle.
    range: f64,
}

/// The lowest point of a valley.
#[derive(Clone, Copy)]
pub(super) struct Bottom {
    /// The direction that is nearest to it.
    pub(super) place: usize,
    /// The step to it.
    pub(super) step: Vector,
    /// The loss there.
    pub(super) value: f64,
}

impl<'a> Valleys<'a> {
    pub(super) fn new(loss: &'a dyn Loss, center: Point, radius: f64, heights: Vec<f64>) -> Self {
        let [low, high] = extremes(heights.iter().copied().filter(|height| height.is_finite()));
        let is_level = high - low <= LEVEL * low.abs().max(high.abs());
        Self { loss, center, radius, heights, range: if is_level { 0.0 } else { high - low } }
    }

    /// The direction in which the loss is lowest; `None` where it has no finite value in any.
    pub(super) fn lowest(&self) -> Option<usize> {
        let (lowest, value) = self.heights.iter().copied().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        value.is_finite().then_some(lowest)
    }

    /// Where one comes down to from a direction.
    pub(super) fn valley_of(&self, step: Vector) -> usize {
        let count = self.heights.len();
        let turn = libm::atan2(step.y, step.x) / TAU;
        let mut here = (turn.rem_euclid(1.0) * count as f64).round() as usize % count;
        loop {
            let [before, after] = self.neighbors(here);
            let next = if self.heights[after] < self.heights[before] { after } else { before };
            if self.heights[next] < self.heights[here] {
                here = next;
            } else {
                return here;
            }
        }
    }

    /// Whether two directions are the bottom of one valley; those of a level circle are.
    pub(super) fn is_same_valley(&self, a: usize, b: usize) -> bool {
        let apart = a.abs_diff(b);
        apart.min(self.heights.len() - apart) <= 1 || self.range == 0.0
    }

    /// The other valleys that are as low as the lowest.
    pub(super) fn as_low_as(&self, lowest: &Bottom) -> Vec<Bottom> {
        let is_bottom = |place: usize| {
            let [before, after] = self.neighbors(place);
            self.heights[place] < self.heights[before] && self.heights[place] <= self.heights[after]
        };
        let is_close = |place: usize| self.heights[place] - self.heights[lowest.place] <= CLOSE * self.range;
        let others = (0..self.heights.len()).filter(|place| !self.is_same_valley(*place, lowest.place));
        let others = others.filter(|place| is_close(*place) && is_bottom(*place)).map(|place| self.bottom(place));
        others.filter(|found| found.value - lowest.value <= TIE * self.range).collect()
    }

    /// The lowest point of a valley: that of the quadratic through three values, closer together each time.
    pub(super) fn bottom(&self, place: usize) -> Bottom {
        let step = |place: f64| {
            let (sine, cosine) = libm::sincos(place * (TAU / self.heights.len() as f64));
            Vector::new(cosine, sine) * self.radius
        };
        let value = |place: f64| self.loss.value(self.center + step(place));
        let (mut at, mut lowest) = (place as f64, self.heights[place]);
        let [mut before, mut after] = self.neighbors(place).map(|neighbor| self.heights[neighbor]);
        let mut apart = 1.0;
        for _ in 0..ROUNDS {
            let share = lowest_share([before, lowest, after]);
            let found = value(at + share * apart);
            // A quadratic says nothing across a kink.
            if found <= lowest {
                (at, lowest) = (at + share * apart, found);
            }
            apart *= CLOSER;
            [before, after] = [-apart, apart].map(|away| value(at + away));
        }
        Bottom { place, step: step(at), value: lowest }
    }

    fn neighbors(&self, place: usize) -> [usize; 2] {
        let count = self.heights.len();
        [count - 1, 1].map(|by| (place + by) % count)
    }
}

/// Where the quadratic through three values at equal distances is lowest, in such distances from the middle, at most half of one; 0
/// where it is not lowest anywhere.
fn lowest_share([before, middle, after]: [f64; 3]) -> f64 {
    let bend = before - 2.0 * middle + after;
    let share = 0.5 * (before - after) / bend;
    if bend > 0.0 && share.is_finite() { share.clamp(-0.5, 0.5) } else { 0.0 }
}
