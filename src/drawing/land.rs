//! The land itself: sampled values, the levels of its contour lines, and the shade of a loss.

use super::isolines::{Grid, isolines};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;

/// How many contour lines a picture of the land has.
const LEVELS: usize = 22;

/// The land over a box, sampled, with levels that suit it.
#[derive(Clone, Debug)]
pub struct Land {
    /// Samples of the loss.
    pub grid: Grid,
    /// Values of the contour lines, ascending.
    pub levels: Vec<f64>,
    low: f64,
    high: f64,
}

impl Land {
    /// Samples the landscape over a box.
    pub fn sample(landscape: &Landscape, view: ViewBox, size: [usize; 2]) -> Self {
        let grid = Grid::sample(view, size, |xs, y, out| landscape.loss().value_row(xs, y, out));
        let mut sorted: Vec<f64> = grid.values.iter().step_by(7).copied().filter(|value| value.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let low = grid.values.iter().copied().filter(|value| value.is_finite()).fold(f64::INFINITY, f64::min);
        let high = quantile(&sorted, 0.98).max(low);
        Self { levels: levels(&sorted, low), grid, low, high }
    }

    /// The shade of a loss, 0 for the lowest in the box and 1 for all but the highest.
    ///
    /// The square root spreads the valleys, where the story is told.
    pub fn shade(&self, loss: f64) -> f64 {
        let share = (loss - self.low) / (self.high - self.low);
        if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0).sqrt() }
    }

    /// The contour lines.
    pub fn contours(&self) -> Vec<Vec<Point>> {
        isolines(&self.grid, &self.levels)
    }
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
    levels.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * (a.abs() + b.abs()));
    levels
}

/// Whether more than one sample in fifty lies at this height.
fn is_plain(sorted: &[f64], height: f64) -> bool {
    let near = 1e-9 * (height.abs() + quantile(sorted, 0.9).abs());
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
        let land = Land::sample(&relu, relu.view(), [96, 96]);
        let dead = relu.loss().value(Point::new(-0.2, -2.8));
        assert!(land.levels.len() > 8, "slopes have levels: {:?}", land.levels);
        assert!(
            land.levels.iter().all(|level| (level - dead).abs() > 1e-6),
            "the dead region at {dead} has none: {:?}",
            land.levels
        );
    }

    #[test]
    fn shades_rise_with_the_loss_and_stay_in_range() {
        let landscape = Landscape::parse("himmelblau").unwrap_or_else(|error| panic!("{error}"));
        let land = Land::sample(&landscape, landscape.view(), [64, 64]);
        let shades: Vec<f64> =
            [-1e300, 0.0, 10.0, 100.0, 1e300, f64::NAN].iter().map(|loss| land.shade(*loss)).collect();
        assert!(shades[..5].is_sorted() && shades.iter().all(|shade| (0.0..=1.0).contains(shade)), "{shades:?}");
    }
}
