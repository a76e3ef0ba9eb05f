//! Evenly spaced coordinates, and the cell between two of them in which a point lies.

use super::fault::Fault;
use super::{MAX_SIDE, MIN_SIDE};
use crate::numbers::Real;

/// How far a coordinate may lie from its even place, as a share of the step.
///
/// Single precision and tables with few decimals shift coordinates by up to 10⁻⁴ of a step; a thousandth is no longer
/// seen, and anything larger was not meant to be even.
pub(super) const TOLERANCE: f64 = 1e-3;

/// Evenly spaced coordinates, ascending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    count: usize,
}

impl Axis {
    /// `count` coordinates from `low` to `high`; `name` is "x" or "y".
    pub(super) fn spread(name: &'static str, [low, high]: [f64; 2], count: usize) -> Result<Self, Fault> {
        match count {
            0..MIN_SIDE => Err(Fault::TooFew { axis: name, count }),
            MIN_SIDE..=MAX_SIDE if low < high && (high - low).is_finite() => Ok(Self { low, high, count }),
            MIN_SIDE..=MAX_SIDE => Err(Fault::Side { axis: name, low, high }),
            _ => Err(Fault::TooMany { axis: name, count }),
        }
    }

    /// The axis of ascending coordinates that are meant to be evenly spaced.
    pub(super) fn through(name: &'static str, coordinates: &[f64]) -> Result<Self, Fault> {
        let (Some(&low), Some(&high)) = (coordinates.first(), coordinates.last()) else {
            return Err(Fault::TooFew { axis: name, count: 0 });
        };
        let axis = Self::spread(name, [low, high], coordinates.len())?;
        let astray = |(index, at): (usize, &f64)| (at - axis.coordinate(index)).abs() > TOLERANCE * axis.step();
        if coordinates.iter().enumerate().any(astray) {
            return Err(uneven(name, coordinates));
        }
        Ok(axis)
    }

    /// How many coordinates there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The first and the last.
    pub(super) fn ends(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The distance from one to the next.
    fn step(&self) -> f64 {
        (self.high - self.low) / (self.count - 1) as f64
    }

    /// The coordinate with this index.
    pub(super) fn coordinate(&self, index: usize) -> f64 {
        self.low + self.step() * index as f64
    }

    /// The index of the coordinate below a point; both ends belong to the axis, and `None` is outside.
    #[inline(always)]
    pub(super) fn cell(&self, at: f64) -> Option<usize> {
        let inside = self.low <= at && at <= self.high;
        inside.then(|| (((at - self.low) / self.step()) as usize).min(self.count - 2))
    }

    /// Where a point lies in its cell, from 0 to 1.
    #[inline(always)]
    pub(super) fn within<T: Real>(&self, cell: usize, at: T) -> T {
        (at - self.low) / self.step() - cell as f64
    }
}

/// Names the step that differs most from the usual one.
fn uneven(name: &'static str, coordinates: &[f64]) -> Fault {
    let length = |ends: &[f64]| ends[1] - ends[0];
    let mut steps: Vec<f64> = coordinates.windows(2).map(length).collect();
    steps.sort_unstable_by(f64::total_cmp);
    let step = steps[steps.len() / 2];
    let oddity = |ends: &[f64]| (length(ends) - step).abs();
    let odd = coordinates.windows(2).reduce(|odd, ends| if oddity(ends) > oddity(odd) { ends } else { odd });
    let [from, to] = odd.and_then(|ends| ends.first_chunk().copied()).unwrap_or_default();
    Fault::Uneven { axis: name, from, to, step }
}
