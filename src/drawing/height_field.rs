//! The loss sampled over a box: the levels of its contour lines, and the shade of each loss, from 0 (lowest) to 1 (highest).

use super::isolines::{SampledGrid, isolines};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::{Point, tolerance};

/// How many contour lines a picture of the loss surface has.
const LEVELS: usize = 22;
/// How many lines a row across the loss surface may cross: more of them, on a rippled surface, would be unreadable.
const CROSSINGS: usize = 56;
/// Classes of losses whose shares of the picture are counted.
const CLASSES: usize = 128;
/// A class gets at most this many times its even share of the shades; otherwise tiny differences on a plain would
/// look like hills.
const CONTRAST: f64 = 5.0;
/// The number of shades that are distinguished.
const SHADES: usize = 1024;

/// The loss over a box, sampled, with levels that suit it.
#[derive(Clone, Debug)]
pub struct HeightField {
    /// Samples of the loss.
    pub grid: SampledGrid,
    /// Values of the contour lines, ascending.
    pub levels: Vec<f64>,
    low: f64,
    high: f64,
    /// The shades by [`compress`].
    shades: Vec<f64>,
}

impl HeightField {
    /// Samples the landscape over a box.
    pub fn sample(landscape: &Landscape, view: ViewBox, size: [usize; 2]) -> Self {
        Self::of(SampledGrid::sample(view, size, |xs, y, out| landscape.loss().value_row(xs, y, out)))
    }

    /// The loss from its samples.
    pub fn of(grid: SampledGrid) -> Self {
        let mut sorted: Vec<f64> = grid.values.iter().step_by(7).copied().filter(|value| value.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let low = grid.values.iter().copied().filter(|value| value.is_finite()).fold(f64::INFINITY, f64::min);
        let high = quantile(&sorted, 0.98).max(low);
        let shades = shades(sorted.iter().map(|loss| compress((loss - low) / (high - low))));
        Self { levels: sparse(levels(&sorted, low), &grid), grid, low, high, shades }
    }

    /// The shade of a loss: 0 for the lowest in the box, 1 for the highest 2 % of the samples.
    ///
    /// Each shade has about as much of the picture as any other, so that the floor of a valley between high walls can be
    /// distinguished from its sides, and a kink line in high ground from what is around it.
    pub fn shade(&self, loss: f64) -> f64 {
        let place = compress((loss - self.low) / (self.high - self.low)) * SHADES as f64;
        // NaN as an index is zero, the lowest; the map leaves such a place out.
        self.shades[place.round() as usize]
    }

    /// The contour lines.
    pub fn contours(&self) -> Vec<Vec<Point>> {
        isolines(&self.grid, &self.levels)
    }
}

/// The fourth root of a relative height: resolves the bottom finely, and is cheaper per pixel than a logarithm.
fn compress(share: f64) -> f64 {
    share.clamp(0.0, 1.0).sqrt().sqrt()
}

/// The share of the ranks in each class of equal width; `None` where there are none.
fn shares(ranks: impl Iterator<Item = f64>) -> [Option<f64>; CLASSES] {
    let mut counts = [0.0_f64; CLASSES];
    let mut all = 0.0;
    for rank in ranks.filter(|rank| rank.is_finite()) {
        counts[((rank * CLASSES as f64) as usize).min(CLASSES - 1)] += 1.0;
        all += 1.0;
    }
    counts.map(|count| (all > 0.0).then(|| count / all))
}

/// The shades that spread what is common over many of them: a histogram is made even, as far as the contrast allows.
fn shades(ranks: impl Iterator<Item = f64>) -> Vec<f64> {
    let even = 1.0 / CLASSES as f64;
    let parts = shares(ranks).map(|share| share.map_or(even, |share| share.min(CONTRAST * even)));
    // What the common ones do not take all of them share.
    let left = (1.0 - parts.iter().sum::<f64>()) * even;
    let mut below = vec![0.0];
    below.extend(parts.iter().scan(0.0, |sum, part| {
        *sum += part + left;
        Some(*sum)
    }));
    (0..=SHADES)
        .map(|index| {
            let place = index as f64 / SHADES as f64 * CLASSES as f64;
            let class = (place as usize).min(CLASSES - 1);
            (below[class] + (place - class as f64) * (below[class + 1] - below[class])).clamp(0.0, 1.0)
        })
        .collect()
}

/// Every second, third … level where all of them would cross a row too often.
fn sparse(levels: Vec<f64>, grid: &SampledGrid) -> Vec<f64> {
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
        let field = HeightField::sample(&relu, relu.domain(), [96, 96]);
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
        let field = HeightField::sample(&landscape, landscape.domain(), [64, 64]);
        let shades: Vec<f64> =
            [-1e300, 0.0, 10.0, 100.0, 1e300, f64::NAN].iter().map(|loss| field.shade(*loss)).collect();
        assert!(shades[..5].is_sorted() && shades.iter().all(|shade| (0.0..=1.0).contains(shade)), "{shades:?}");
    }

    /// The floor of Rosenbrock's valley is a thousandth of its walls.
    #[test]
    fn shades_span_their_range_on_every_landscape_and_tell_floors_from_walls() {
        for entry in crate::landscapes::entries() {
            let landscape = Landscape::of(entry);
            let field = HeightField::sample(&landscape, landscape.frame(), [96, 96]);
            let mut shades: Vec<f64> = field.grid.values.iter().map(|loss| field.shade(*loss)).collect();
            shades.sort_unstable_by(f64::total_cmp);
            let [lower, upper] = [0.1, 0.9].map(|share| quantile(&shades, share));
            let mut losses = field.grid.values.clone();
            losses.sort_unstable_by(f64::total_cmp);
            // Where most of it is nearly a plain, that looks like one.
            let most = quantile(&losses, 0.95) - quantile(&losses, 0.4);
            let is_plain = most < 0.1 * (quantile(&losses, 0.98) - quantile(&losses, 0.0));
            assert!(is_plain || upper - lower > 0.4, "{}: from {lower} to {upper}", entry.id);
            let lowest = quantile(&shades, 0.0);
            assert!(lowest < 0.02 && quantile(&shades, 1.0) > 0.98, "{}: from {lowest}", entry.id);
        }
        let rosenbrock = Landscape::parse("rosenbrock").unwrap_or_else(|error| panic!("{error}"));
        let field = HeightField::sample(&rosenbrock, rosenbrock.frame(), [320, 320]);
        let across = |x: f64, y: f64| field.shade(rosenbrock.loss().value(Point::new(x, y)));
        for x in [-1.2, -0.5, 0.3, 1.0_f64] {
            let [floor, beside] = [0.0, 0.4].map(|away| across(x, x * x + away));
            assert!(floor < 0.1 && beside > floor + 0.1, "at x = {x}: {floor} on the floor, {beside} beside it");
        }
    }
}
