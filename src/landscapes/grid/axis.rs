//! Evenly spaced coordinates, and the cell between two of them in which a point lies.

use super::fault::Fault;
use super::{MAX_SIDE, MIN_SIDE};
use crate::landscapes::table::Digits;
use crate::numbers::Real;

/// The largest deviation from even spacing that cannot be seen, as a share of the step.
pub(super) const TOLERANCE: f64 = 1e-3;

/// Digits coarser than this share of the step tell nothing about even spacing.
const COARSEST: f64 = 0.5;

/// Steps that differ by less than this share of them are alike in a list of uneven ones.
const ALIKE: f64 = 0.02;

/// How precisely coordinates are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Precision {
    /// The last digit of all, 0 for numbers that are exact.
    unit: f64,
    /// Significant digits.
    digits: i32,
}

impl Precision {
    /// Of numbers in double precision.
    pub(super) const EXACT: Self = Self { unit: 0.0, digits: 17 };

    /// Of numbers with this many significant digits.
    pub(super) const fn significant(digits: i32) -> Self {
        Self { unit: 0.0, digits }
    }

    /// Of numbers as they are printed.
    pub(super) fn printed(digits: Digits) -> Self {
        let Some(places) = digits.places else { return Self::EXACT };
        Self { unit: libm::exp10(-f64::from(places)), digits: digits.significant.max(1) }
    }

    /// The last digit of a number.
    fn of(self, value: f64) -> f64 {
        let magnitude = if value == 0.0 { f64::NEG_INFINITY } else { libm::floor(libm::log10(value.abs())) };
        self.unit.max(libm::exp10(magnitude + f64::from(1 - self.digits)))
    }
}

/// Evenly spaced coordinates, ascending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    count: usize,
    rounded: bool,
}

/// How a file wrote its coordinates does not matter.
impl PartialEq for Axis {
    fn eq(&self, other: &Self) -> bool {
        (self.ends(), self.count) == (other.ends(), other.count)
    }
}

impl Axis {
    /// `count` coordinates from `low` to `high`; `name` is "x" or "y".
    pub(super) fn spread(name: &'static str, [low, high]: [f64; 2], count: usize) -> Result<Self, Fault> {
        match count {
            0..MIN_SIDE => Err(Fault::TooFew { axis: name, count }),
            MIN_SIDE..=MAX_SIDE if low < high && (high - low).is_finite() => {
                Ok(Self { low, high, step: (high - low) / (count - 1) as f64, count, rounded: false })
            }
            MIN_SIDE..=MAX_SIDE => Err(Fault::Side { axis: name, low, high }),
            _ => Err(Fault::TooMany { axis: name, count }),
        }
    }

    /// The axis through ascending coordinates that are evenly spaced up to the precision of their digits.
    pub(super) fn through(name: &'static str, coordinates: &[f64], precision: Precision) -> Result<Self, Fault> {
        let (Some(&low), Some(&high)) = (coordinates.first(), coordinates.last()) else {
            return Err(Fault::TooFew { axis: name, count: 0 });
        };
        let axis = Self::spread(name, [low, high], coordinates.len())?;
        let coarsest = coordinates
            .iter()
            .map(|at| precision.of(*at))
            .filter(|digit| *digit <= COARSEST * axis.step)
            .fold(0.0, f64::max);
        let is_even = |line: [f64; 2], share: f64, slack: f64| {
            coordinates.iter().enumerate().all(|(index, at)| {
                let digit = precision.of(*at);
                let rounding = if digit <= COARSEST * axis.step { share * digit } else { 0.0 };
                (at - (line[0] + line[1] * index as f64)).abs() <= (rounding + slack).max(TOLERANCE * axis.step)
            })
        };
        let ends = [low, axis.step];
        if is_even(ends, 0.0, 0.0) {
            return Ok(axis);
        }
        // Half a digit is rounding; the ends are rounded, too, which the line nearest to all coordinates is not held up by.
        if is_even(ends, 0.501, 0.0) || is_even(nearest_line(coordinates), 0.6, 0.1 * coarsest) {
            return Ok(Self { rounded: true, ..axis });
        }
        Err(geometric(name, coordinates).unwrap_or_else(|| uneven(name, coordinates)))
    }

    /// Whether the coordinates are even only but for the rounding of their digits.
    pub(super) fn is_rounded(&self) -> bool {
        self.rounded
    }

    /// How many coordinates there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// From one coordinate to the next.
    pub(super) fn step(&self) -> f64 {
        self.step
    }

    /// The first and the last.
    pub(super) fn ends(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The coordinate with this index.
    pub(super) fn coordinate(&self, index: usize) -> f64 {
        if index + 1 == self.count { self.high } else { self.low + self.step * index as f64 }
    }

    /// The index of the coordinate below a point; both ends belong to the axis, and `None` is outside.
    #[inline(always)]
    pub(super) fn cell(&self, at: f64) -> Option<usize> {
        let inside = self.low <= at && at <= self.high;
        inside.then(|| (((at - self.low) / self.step) as usize).min(self.count - 2))
    }

    /// Where a point lies in its cell, from 0 to 1.
    #[inline(always)]
    pub(super) fn within<T: Real>(&self, cell: usize, at: T) -> T {
        (at - self.low) / self.step - cell as f64
    }
}

/// Start and step of the even coordinates nearest to these, by least squares.
fn nearest_line(coordinates: &[f64]) -> [f64; 2] {
    let count = coordinates.len() as f64;
    let middle = (count - 1.0) / 2.0;
    let mean = coordinates.iter().map(|at| at / count).sum::<f64>();
    let squares = count * (count * count - 1.0) / 12.0;
    let products = coordinates.iter().enumerate().map(|(index, at)| (index as f64 - middle) * (at - mean));
    let step = products.sum::<f64>() / squares;
    [mean - step * middle, step]
}

/// Names the first step that differs from the usual one, which most are like; where all are alike, the one that differs most.
fn uneven(name: &'static str, coordinates: &[f64]) -> Fault {
    let steps: Vec<f64> = coordinates.windows(2).map(|ends| ends[1] - ends[0]).collect();
    let mut sorted = steps.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let is_like = |step: f64, other: f64| (step - other).abs() <= ALIKE * step.abs().max(other.abs());
    // Of sorted steps, those that are like one stand beside it.
    let likes = |step: f64| {
        let range = ALIKE * step.abs();
        sorted.partition_point(|other| *other <= step + range) - sorted.partition_point(|other| *other < step - range)
    };
    let usual = steps.iter().copied().reduce(|usual, step| if likes(step) > likes(usual) { step } else { usual });
    let step = usual.unwrap_or_default();
    let oddity = |ends: &[f64]| (ends[1] - ends[0] - step).abs();
    let most = coordinates.windows(2).map(oddity).fold(0.0, f64::max);
    // Of those alike but for roundings, the first.
    let is_odd = |ends: &&[f64]| !is_like(ends[1] - ends[0], step) || oddity(ends) >= 0.999 * most;
    let odd = coordinates.windows(2).find(is_odd);
    let [from, to] = odd.and_then(|ends| ends.first_chunk().copied()).unwrap_or_default();
    let [from, to, step] = [from, to, step].map(without_noise);
    Fault::Uneven { axis: name, from, to, step }
}

/// What is wrong with coordinates of which each is the same multiple of the one before, such as learning rates.
fn geometric(name: &'static str, coordinates: &[f64]) -> Option<Fault> {
    let [first, .., last] = coordinates else { return None };
    let factor = libm::exp(libm::log(last / first) / (coordinates.len() - 1) as f64);
    let is_like = |ends: &[f64]| (ends[1] / ends[0] / factor - 1.0).abs() <= ALIKE;
    let is_one = *first > 0.0 && coordinates.len() > 2 && coordinates.windows(2).all(is_like);
    is_one.then(|| Fault::Geometric { axis: name, factor: format!("{factor:.3e}").parse().unwrap_or(factor) })
}

/// A number without the digits that are roundings of double precision.
fn without_noise(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
