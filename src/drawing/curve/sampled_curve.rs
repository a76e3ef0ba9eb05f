//! A sampled curve in pieces, and the range of heights that shows it.

use crate::landscapes::Landscape;
use crate::numbers::Point;

/// Places along the chart.
const PLACES: usize = 961;
/// A curve that rises by this share of the range between two places, and more than its slopes say, has jumped.
const JUMP: f64 = 0.4;
/// What lies further out than this many ranges is drawn as far out.
const FAR: f64 = 3.0;
/// Heights beyond this are not shown.
const HIGHEST: f64 = 1e299;
/// The share of the places that may lie above or below what is shown.
const RARE: f64 = 0.05;
/// How much beside the others is shown of them, in ranges of the others: of f and of f′.
const BEYOND: [f64; 2] = [1.5, 0.6];

/// The loss and its slope along x.
pub(super) struct SampledCurve {
    xs: Vec<f64>,
    values: Vec<f64>,
    slopes: Vec<f64>,
    curvatures: Vec<f64>,
}

impl SampledCurve {
    pub(super) fn of(landscape: &Landscape, [low, high]: [f64; 2]) -> Self {
        let place = |index: usize| low + (high - low) * index as f64 / (PLACES - 1) as f64;
        let xs: Vec<f64> = (0..PLACES).map(place).collect();
        let mut orders = vec![[0.0; 6]; PLACES];
        landscape.loss().second_orders(&xs, &[0.0; PLACES], &mut orders);
        let values = orders.iter().map(|order| order[0]).collect();
        // Where there is no value there is no slope.
        let slopes = orders.iter().map(|order| if order[0].is_finite() { order[1] } else { f64::NAN }).collect();
        let curvatures = orders.iter().map(|order| order[3]).collect();
        Self { xs, values, slopes, curvatures }
    }

    /// The range of f.
    pub(super) fn value_range(&self) -> [f64; 2] {
        range(&self.values, BEYOND[0])
    }

    /// The range of f′, with zero in it.
    pub(super) fn slope_range(&self) -> [f64; 2] {
        let [low, high] = range(&self.slopes, BEYOND[1]);
        [low.min(0.0), high.max(0.0)]
    }

    /// The curve of f, in pieces: where it has no value or jumps there is no line.
    pub(super) fn value_pieces(&self, range: [f64; 2]) -> Vec<Vec<Point>> {
        pieces(&self.xs, [&self.values, &self.slopes], range)
    }

    /// The curve of f′.
    pub(super) fn slope_pieces(&self, range: [f64; 2]) -> Vec<Vec<Point>> {
        pieces(&self.xs, [&self.slopes, &self.curvatures], range)
    }
}

/// The range that shows a curve: all of it, but for a few places where it is very high or low.
fn range(heights: &[f64], beyond: f64) -> [f64; 2] {
    let mut sorted: Vec<f64> = heights.iter().copied().filter(|height| height.abs() <= HIGHEST).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let [Some(least), Some(most)] = [sorted.first().copied(), sorted.last().copied()] else { return [-1.0, 1.0] };
    let at = |share: f64| sorted[(share * (sorted.len() - 1) as f64).round() as usize];
    let [low, high] = [at(RARE), at(1.0 - RARE)];
    let spread = high - low;
    let [low, high] =
        if spread > 0.0 { [least.max(low - beyond * spread), most.min(high + beyond * spread)] } else { [least, most] };
    let size = low.abs().max(high.abs());
    if high - low > 1e-9 * size && (high - low).is_finite() {
        return [low, high];
    }
    // A level curve lies in the middle.
    let half = if size > 0.0 && size < 1e100 { 0.5 * size } else { 1.0 };
    let middle = f64::midpoint(low, high).clamp(-1e100, 1e100);
    [middle - half, middle + half]
}

/// A curve in pieces, from its heights and their slopes.
fn pieces(xs: &[f64], [heights, slopes]: [&[f64]; 2], [low, high]: [f64; 2]) -> Vec<Vec<Point>> {
    let size = high - low;
    let drawn = |height: f64| height.clamp(low - FAR * size, high + FAR * size);
    let jumps = |index: usize| {
        let [before, here] = [heights[index - 1], heights[index]];
        // As much as the steeper of the two slopes makes of the way.
        let steepest = slopes[index].abs().max(slopes[index - 1].abs());
        let expected = steepest * (xs[index] - xs[index - 1]);
        let rises = (here - before).abs() > JUMP * size && (here - before).abs() > 2.0 * expected;
        let is_pole = before.max(here) > high + size && before.min(here) < low - size;
        rises || is_pole
    };
    let mut pieces: Vec<Vec<Point>> = vec![Vec::new()];
    for (index, height) in heights.iter().copied().enumerate() {
        if height.abs() > HIGHEST || height.is_nan() || index > 0 && jumps(index) {
            pieces.push(Vec::new());
        }
        if height.abs() <= HIGHEST
            && let Some(piece) = pieces.last_mut()
        {
            piece.push(Point::new(xs[index], drawn(height)));
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(formula: &str, x: [f64; 2]) -> SampledCurve {
        SampledCurve::of(&Landscape::of_formula(formula).unwrap(), x)
    }

    #[test]
    fn a_curve_is_in_pieces_where_it_has_no_value_or_jumps() {
        for (formula, x, count) in [
            ("2x^2", [-2.0, 2.0], 1),
            ("|x|", [-1.0, 1.0], 1),
            ("ln(x)", [-1.0, 3.0], 1),
            ("1/x", [-2.001, 2.0], 2),
            ("floor(x)", [-0.5, 1.5], 3),
            ("sqrt(x^2-1)", [-3.0, 3.0], 2),
            ("0x", [-1.0, 1.0], 1),
        ] {
            let curve = curve(formula, x);
            let pieces = curve.value_pieces(curve.value_range());
            assert_eq!(pieces.len(), count, "{formula}");
            let slopes = curve.slope_pieces(curve.slope_range()).len();
            assert_eq!(slopes > 1, ["|x|", "sqrt(x^2-1)"].contains(&formula), "{formula}: f′ in {slopes} pieces");
            assert!(pieces.iter().flatten().all(|at| at.x.is_finite() && at.y.is_finite()), "{formula}");
        }
    }

    #[test]
    fn the_range_shows_a_curve_whole_but_for_its_poles() {
        assert_eq!(curve("2x^2", [-2.0, 2.0]).value_range(), [0.0, 8.0], "whole");
        let [low, high] = curve("1/x^2", [-3.0, 3.0]).value_range();
        assert!(low < 0.12 && high < 200.0, "a pole leaves the chart: {low} … {high}");
        let [low, high] = curve("5+0x", [-3.0, 3.0]).value_range();
        assert!(low < 5.0 && high > 5.0, "a level curve has a range");
        let [low, high] = curve("x^2+1", [1.0, 2.0]).slope_range();
        assert_eq!((low, high), (0.0, 4.0), "zero is seen beside the slope");
    }
}
