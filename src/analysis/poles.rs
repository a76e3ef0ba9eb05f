//! Poles: isolated points towards which the slope grows without end, as 1/(x² + y²) at the origin. They are no critical points,
//! but the gradient turns around them as it does around one.

use super::completeness::turns_around;
use super::critical_points::{NEAR, Units};
use crate::landscapes::{Loss, ViewBox};
use crate::numbers::{Point, Vector};

/// Places along a side of the box at which the slope is examined.
const SIDE: usize = 64;
/// The share of a cell by which they are moved, so that none is a round number.
const SHIFT: f64 = 0.381_966;
/// More places with a steeper slope than around them than this are no poles, but a rough loss.
const MOST: usize = 32;
/// Halvings of the way on which a steeper slope is looked for.
const HALVINGS: usize = 44;
/// The radii, as shares of the box, at which the slope has to grow.
const RADII: [f64; 4] = [1e-3, 1e-4, 1e-5, 1e-6];
/// The factor by which it has to grow, at least, from one radius to the next.
const GROWS: f64 = 5.0;
/// Directions in which is looked.
const AROUND: usize = 8;

/// A pole, and how often the gradient turns around it; `None` where it vanishes on the way, as where lines of critical points
/// lead to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pole {
    pub(super) at: Point,
    pub(super) index: Option<i64>,
}

/// The poles in the box; and about how often the loss was asked for.
pub(super) fn poles(loss: &dyn Loss, view: ViewBox, most: usize) -> (Vec<Pole>, usize) {
    let cell = Vector::new(view.width(), view.height()) / SIDE as f64;
    let place = |column: usize, row: usize| {
        Point::new(view.x[0] + cell.x * (column as f64 + SHIFT), view.y[0] + cell.y * (row as f64 + SHIFT))
    };
    let unit = Units::of(view);
    let slopes: Vec<f64> =
        (0..SIDE * SIDE).map(|index| steepness(loss, unit, place(index % SIDE, index / SIDE))).collect();
    let is_steepest = |column: usize, row: usize| {
        let here = slopes[row * SIDE + column];
        let beside = |low: usize| low.saturating_sub(1)..=(low + 1).min(SIDE - 1);
        beside(row)
            .flat_map(|row| beside(column).map(move |column| row * SIDE + column))
            .all(|other| slopes[other] <= here)
    };
    let starts: Vec<Point> = (0..SIDE * SIDE)
        .filter(|index| is_steepest(index % SIDE, index / SIDE))
        .map(|index| place(index % SIDE, index / SIDE))
        .collect();
    let evaluations = SIDE * SIDE + starts.len().min(MOST) * (HALVINGS * AROUND + RADII.len() * AROUND);
    if starts.len() > MOST {
        return (Vec::new(), evaluations);
    }
    let mut found: Vec<Pole> = Vec::new();
    for start in starts {
        let at = steepest_near(loss, unit, start, cell.amax() / unit.way(Vector::new(1.0, 1.0)).amax());
        let is_new = found.iter().all(|known| unit.length(known.at - at) > NEAR * view.size());
        if is_new && view.contains(at) && is_pole(loss, unit, at, view.size()) {
            let (index, _) = turns_around(loss, at, NEAR * view.size(), most);
            found.push(Pole { at, index });
        }
    }
    (found, evaluations)
}

/// The length of the gradient in a box stretched to a square; infinite where there is none.
fn steepness(loss: &dyn Loss, unit: Units, at: Point) -> f64 {
    let first = loss.first_order(at);
    let slope = unit.gradient(first.gradient);
    let steepness = libm::hypot(slope.x, slope.y);
    if first.value.is_finite() && !steepness.is_nan() { steepness } else { f64::INFINITY }
}

fn ring(at: Point, unit: Units, radius: f64) -> impl Iterator<Item = Point> {
    (0..AROUND).map(move |index| {
        let angle = std::f64::consts::TAU * (index as f64 + SHIFT) / AROUND as f64;
        at + unit.way(Vector::new(libm::cos(angle), libm::sin(angle)) * radius)
    })
}

/// Where the slope is steepest near a place, by ever shorter ways.
fn steepest_near(loss: &dyn Loss, unit: Units, start: Point, way: f64) -> Point {
    let (mut at, mut radius) = (start, way);
    let mut steepest = steepness(loss, unit, at);
    for _ in 0..HALVINGS {
        let next = ring(at, unit, radius).map(|place| (steepness(loss, unit, place), place));
        match next.max_by(|(a, _), (b, _)| a.total_cmp(b)).filter(|(slope, _)| *slope > steepest) {
            Some((slope, place)) => (steepest, at) = (slope, place),
            None => radius *= 0.5,
        }
    }
    // A pole at a round number is there, and not beside it.
    let round = Point::from(at.coords.map(|coordinate| if coordinate.abs() < 1e-6 * way { 0.0 } else { coordinate }));
    if steepness(loss, unit, round) >= steepest { round } else { at }
}

/// Whether the slope grows in every direction towards a point, ever more.
fn is_pole(loss: &dyn Loss, unit: Units, at: Point, size: f64) -> bool {
    let least = RADII.map(|share| {
        ring(at, unit, share * size).map(|place| steepness(loss, unit, place)).fold(f64::INFINITY, f64::min)
    });
    least.windows(2).all(|pair| pair[1] >= GROWS * pair[0])
}

#[cfg(test)]
mod tests {
    use super::super::Search;
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn poles_are_counted_with_the_critical_points() {
        for (formula, points, poles_of_it, whole) in [
            ("1/(x^2+y^2)+x", 1, &[1][..], true),
            ("ln(x^2+y^2)+x", 1, &[1], true),
            ("x^2+y^2-0.1ln((x-1)^2+y^2)", 2, &[1], true),
            ("x/(x^2+y^2)+y", 2, &[2], true),
            ("1/((x-0.3)^2+(y+0.7)^2)-1/((x+1.1)^2+y^2)+0.1x^2+0.1y^2", 1, &[1, 1], true),
            ("x^2+y^2", 1, &[], true),
            ("sqrt(x^2+y^2)", 1, &[], true),
            ("1/(0.01+x^2+y^2)", 1, &[], true),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let (found, _) = poles(landscape.loss(), landscape.domain(), 100_000);
            let indices: Vec<i64> = found.iter().filter_map(|pole| pole.index).collect();
            assert_eq!(indices, poles_of_it, "{formula}: {found:?}");
            let search = Search::finished(&landscape);
            let completeness = search.completeness().unwrap();
            assert_eq!(search.points().len(), points, "{formula}: {:?}", search.points());
            assert_eq!(completeness.is_whole(), whole, "{formula}: {}", completeness.text());
        }
    }
}
