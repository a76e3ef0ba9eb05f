//! A start and a learning rate that show what a measured loss is about, found by trying.

use super::Grid;
use super::axis::Axis;
use crate::landscapes::{Loss, Suggestion};
use crate::numbers::Point;

/// Starts tried along each side.
const STARTS: usize = 9;

/// Steps of each trial.
const STEPS: usize = 50;

/// Rates tried, as shares of 1/|λ|max at the start, or of the one that leaps across the grid: small enough that the descent
/// takes several steps.
const SHARES: [f64; 4] = [0.3, 0.1, 0.03, 0.01];

/// Of starts in the inner part of the grid and rates that the curvature there allows, the pair from which gradient descent
/// goes down farthest, always downhill and never off the grid; the middle where the loss is flat.
pub(super) fn suggest(grid: &Grid) -> Suggestion {
    let view = grid.domain();
    let rates = |at: Point| {
        let f = grid.second_order(at);
        let most = f.hessian.norm().recip().min(view.size() / f.gradient.norm());
        SHARES.map(|share| two_digits(share * most))
    };
    let center = view.center();
    let rate = rates(center).into_iter().fold(0.1, f64::min).max(f64::MIN_POSITIVE);
    let mut best = Suggestion { start: somewhere(grid).into(), rate };
    // What is less is rounding.
    let mut deepest = grid.range().into_iter().fold(0.0, |most: f64, loss| most.max(loss.abs())) * 1e-9;
    for place in 0..STARTS * STARTS {
        let inner = |[low, high]: [f64; 2], index: usize| {
            rounded(low + (high - low) * (index + 1) as f64 / (STARTS + 1) as f64, high - low)
        };
        let start = Point::new(inner(view.x, place % STARTS), inner(view.y, place / STARTS));
        for rate in rates(start) {
            match descent(grid, start, rate) {
                Some(depth) if depth > deepest => {
                    deepest = depth;
                    best = Suggestion { start: [start.x, start.y], rate };
                }
                _ => {}
            }
        }
    }
    best
}

/// The middle, or where that is a hole the middle of the whole cell nearest to it.
fn somewhere(grid: &Grid) -> Point {
    let center = grid.domain().center();
    if grid.hole(center).is_none() {
        return center;
    }
    let [columns, rows] = grid.size();
    let middle = |axis: &Axis, cell: usize| f64::midpoint(axis.coordinate(cell), axis.coordinate(cell + 1));
    let cells = (0..rows - 1).flat_map(|row| (0..columns - 1).map(move |column| [column, row]));
    let places = cells
        .filter(|cell| !grid.surface.is_hole(*cell))
        .map(|[column, row]| Point::new(middle(&grid.x, column), middle(&grid.y, row)));
    places.min_by(|a, b| (a - center).norm().total_cmp(&(b - center).norm())).unwrap_or(center)
}

/// How far gradient descent gets down; `None` where it goes up or leaves the grid.
fn descent(grid: &Grid, start: Point, rate: f64) -> Option<f64> {
    let begin = grid.first_order(start);
    let (mut at, mut here) = (start, begin);
    for _ in 0..STEPS {
        at -= here.gradient * rate;
        let next = grid.first_order(at);
        // Where it has arrived, rounding alone may lift it a little.
        let downhill = next.value <= here.value + 1e-9 * (begin.value - here.value);
        if !downhill {
            return None;
        }
        here = next;
    }
    Some(begin.value - here.value)
}

/// A coordinate with as few decimals as tell a fiftieth of the side.
fn rounded(at: f64, side: f64) -> f64 {
    let exponent = libm::floor(libm::log10(side / 50.0));
    format!("{:.0}e{exponent}", at / libm::exp10(exponent)).parse().unwrap_or(at)
}

fn two_digits(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}
