//! The loss itself: sampled values, the levels of its contour lines, and the shade of a loss.

use super::isolines::{Grid, isolines};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::{Point, tolerance};

/// How many contour lines a picture of the loss surface has.
const LEVELS: usize = 22;
/// How many lines a row across the loss surface may cross: more of them, on a rippled surface, are a grey mess.
const CROSSINGS: usize = 56;
/// The shade of a median loss, and the least and greatest exponent that may bring it there.
const MIDDLE: f64 = 0.55;
const EXPONENTS: [f64; 2] = [0.35, 1.6];
/// How many shades are told apart.
const SHADES: usize = 1024;

/// The loss over a box, sampled, with levels that suit it.
#[derive(Clone, Debug)]
pub struct HeightField {
    /// Samples of the loss.
    pub grid: Grid,
    /// Values of the contour lines, ascending.
    pub levels: Vec<f64>,
    low: f64,
    high: f64,
    /// The shades by the square root of the share of the height: a power for every pixel would be slow.
    shades: Vec<f64>,
}

impl HeightField {
    /// Samples the landscape over a box.
    pub fn sample(landscape: &Landscape, view: ViewBox, size: [usize; 2]) -> Self {
        Self::of(Grid::sample(view, size, |xs, y, out| landscape.loss().value_row(xs, y, out)))
    }

    /// The loss from its samples.
    pub fn of(grid: Grid) -> Self {
        let mut sorted: Vec<f64> = grid.values.iter().step_by(7).copied().filter(|value| value.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let low = grid.values.iter().copied().filter(|value| value.is_finite()).fold(f64::INFINITY, f64::min);
        let high = quantile(&sorted, 0.98).max(low);
        let exponent = exponent((quantile(&sorted, 0.5) - low) / (high - low));
        Self { levels: sparse(levels(&sorted, low), &grid), grid, low, high, shades: shades(exponent) }
    }

    /// The shade of a loss, 0 for the lowest in the box and 1 for all but the highest.
    ///
    /// An exponent spreads what is low where most of the loss surface is low, and narrows it where a kink line is lost in high ground.
    pub fn shade(&self, loss: f64) -> f64 {
        let share = (loss - self.low) / (self.high - self.low);
        let index = share.clamp(0.0, 1.0).sqrt() * SHADES as f64;
        // NaN as an index is zero.
        self.shades[index.round() as usize]
    }

    /// The contour lines.
    pub fn contours(&self) -> Vec<Vec<Point>> {
        isolines(&self.grid, &self.levels)
    }
}

/// The exponent that gives the median of the loss surface the middle shade, as far as may be.
fn exponent(median: f64) -> f64 {
    let [least, most] = EXPONENTS;
    let wanted = libm::log(MIDDLE) / libm::log(median);
    if wanted.is_nan() {
        0.5
    } else if median < 1.0 {
        wanted.clamp(least, most)
    } else {
        most
    }
}

fn shades(exponent: f64) -> Vec<f64> {
    (0..=SHADES).map(|index| libm::pow(index as f64 / SHADES as f64, 2.0 * exponent)).collect()
}

/// Every second, third … level where all of them would cross a row too often.
fn sparse(levels: Vec<f64>, grid: &Grid) -> Vec<f64> {
    let [columns, rows] = grid.size;
    let below = |value: &f64| levels.partition_point(|level| level < value);
    let sampled = grid.values.chunks(columns.max(1)).step_by(5);
    let crossed: usize = sampled
        .map(|row| {
            let ranks: Vec<usize> = row.iter().filter(|value| value.is_finite()).map(below).collect();
            ranks.windows(2).map(|pair| pair[0].abs_diff(pair[1])).sum::<usize>()
        })
        .sum();
    let every = crossed.div_ceil(rows.div_ceil(5).max(1) * CROSSINGS).max(1);
    levels.into_iter().skip((every - 1) / 2).step_by(every).collect()
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((share * last as f64).round() as usize).copied().unwrap_or(0.0)
}

/// Levels that show valleys: quantiles, denser towards the bottom, so that neither a flat floor nor a steep wall stays empty.
///
/// A plain has no level of its own: its rounding errors would be drawn as a line.
fn levels(sorted: &[f64], low: f64) -> Vec<f64> {
    let mut levels: Vec<f64> = (1..=LEVELS)
        .map(|index| {
            let share = (index as f64 - 0.5) / LEVELS as f64;
            quantile(sorted, share.powf(1.35))
        })
        .filter(|level| *level > low && !is_plain(sorted, *level))
        .collect();
    levels.dedup_by(|a, b| (*a - *b).abs() <= tolerance::UNSEEN * (a.abs() + b.abs()));
    levels
}

/// Whether more than one sample in fifty lies at this height.
fn is_plain(sorted: &[f64], height: f64) -> bool {
    let near = tolerance::UNSEEN * (height.abs() + quantile(sorted, 0.9).abs());
    let first = sorted.partition_point(|value| *value < height - near);
    let after = sorted.partition_point(|value| *value <= height + near);
    after - first > sorted.len() / 50
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_has_no_contour_line_and_the_slopes_do() {
        let relu = Landscape::parse("relu").unwrap_or_else(|error| panic!("{error}"));
        let field = HeightField::sample(&relu, relu.view(), [96, 96]);
        let dead = relu.loss().value(Point::new(-0.2, -2.8));
        assert!(field.levels.len() > 8, "slopes have levels: {:?}", field.levels);
        assert!(
            field.levels.iter().all(|level| (level - dead).abs() > 1e-6),
            "the dead region at {dead} has none: {:?}",
            field.levels
        );
    }

    #[test]
    fn shades_rise_with_the_loss_and_stay_in_range() {
        let landscape = Landscape::parse("himmelblau").unwrap_or_else(|error| panic!("{error}"));
        let field = HeightField::sample(&landscape, landscape.view(), [64, 64]);
        let shades: Vec<f64> =
            [-1e300, 0.0, 10.0, 100.0, 1e300, f64::NAN].iter().map(|loss| field.shade(*loss)).collect();
        assert!(shades[..5].is_sorted() && shades.iter().all(|shade| (0.0..=1.0).contains(shade)), "{shades:?}");
    }
}
