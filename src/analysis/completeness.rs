//! Whether a list of critical points can be whole: their indices must add up to the turns that the gradient makes along the edge of the box.

use std::f64::consts::{FRAC_PI_4, TAU};

use super::{CriticalPoint, Kind};
use crate::landscapes::{Landscape, Loss, ViewBox};
use crate::numbers::{Point, Vector};

/// Samples an edge or an arc begins with; where the gradient turns faster they are halved.
const SAMPLES: usize = 256;
/// A turn that so many halvings do not bring below an eighth of a circle is a jump.
const HALVINGS: u32 = 40;
/// The circle around a degenerate point, as a share of the box.
const CIRCLE: f64 = 1e-4;

/// What the count says of a list of critical points.
///
/// The test cannot see a missed pair of opposite indices, a minimum with its saddle.
/// Source: M. W. Hirsch, Differential Topology (1976), chapter 5: the Poincaré–Hopf theorem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// The indices add up to the gradient's turns along the edge.
    Whole {
        /// The turns.
        turns: i64,
    },
    /// They do not: a point is missing.
    Missing {
        /// The turns along the edge.
        turns: i64,
        /// The sum of the indices found.
        found: i64,
    },
    /// The gradient has no turns to count along the edge: it vanishes, jumps or is not finite there.
    Uncounted,
    /// There are lines or areas of critical points, which have no index.
    Continuum,
}

impl Completeness {
    /// Counts for the landscape's own box.
    pub fn of(landscape: &Landscape, points: &[CriticalPoint]) -> Self {
        if !landscape.critical_sets().is_empty() {
            return Self::Continuum;
        }
        let (loss, view) = (landscape.loss(), landscape.entry().view);
        let found = points.iter().map(|point| index(loss, point, view)).sum::<Option<i64>>();
        match (turns(loss, |s| edge(view, s)), found) {
            (Some(turns), Some(found)) if turns == found => Self::Whole { turns },
            (Some(turns), Some(found)) => Self::Missing { turns, found },
            _ => Self::Uncounted,
        }
    }

    /// Whether the count found nothing missing.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole { .. })
    }

    /// The reason, in a sentence.
    pub fn text(self) -> String {
        match self {
            Self::Whole { turns } => {
                format!(
                    "their indices add up to {turns}, as often as the gradient turns along the edge of the box: none is missing alone"
                )
            }
            Self::Missing { turns, found } => {
                format!(
                    "their indices add up to {found}, but the gradient turns {turns} times along the edge of the box: one is missing"
                )
            }
            Self::Uncounted => {
                "whether these are all is unknown: on the edge of the box the gradient vanishes, jumps or is not finite"
                    .to_owned()
            }
            Self::Continuum => {
                "whether these are all is unknown: lines and areas of critical points have no index to count".to_owned()
            }
        }
    }
}

/// +1 for minima and maxima, −1 for saddles; a degenerate point's is counted on a small circle.
fn index(loss: &dyn Loss, point: &CriticalPoint, view: ViewBox) -> Option<i64> {
    match point.kind {
        Kind::Minimum | Kind::Maximum => Some(1),
        Kind::Saddle => Some(-1),
        Kind::Degenerate => {
            let radius = CIRCLE * view.size();
            turns(loss, |s| point.at + Vector::new(libm::cos(TAU * s), libm::sin(TAU * s)) * radius)
        }
    }
}

/// The edge of the box, counter-clockwise from its lower left corner as s goes from 0 to 1.
fn edge(view: ViewBox, s: f64) -> Point {
    let ([x0, x1], [y0, y1]) = (view.x, view.y);
    let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]];
    let side = (4.0 * s).floor().clamp(0.0, 3.0);
    let [from, to] = [side as usize, side as usize + 1].map(|corner| Point::from(corners[corner]));
    from + (to - from) * (4.0 * s - side)
}

/// How often the gradient turns counter-clockwise while a closed path is walked; `None` where it vanishes or jumps on the way.
fn turns(loss: &dyn Loss, path: impl Fn(f64) -> Point) -> Option<i64> {
    let gradient = |s: f64| loss.first_order(path(s)).gradient;
    let mut angle = 0.0;
    let mut last = gradient(0.0);
    for sample in 0..SAMPLES {
        let [from, to] = [sample, sample + 1].map(|index| index as f64 / SAMPLES as f64);
        let next = gradient(to);
        angle += turn(&gradient, [from, to], [last, next], HALVINGS)?;
        last = next;
    }
    Some((angle / TAU).round() as i64)
}

/// The angle from one gradient to the next, the way between them halved until it is small.
fn turn(
    gradient: &impl Fn(f64) -> Vector,
    [from, to]: [f64; 2],
    [first, last]: [Vector; 2],
    halvings: u32,
) -> Option<f64> {
    // Unit vectors: products of large gradients would overflow.
    let [a, b] = [first.try_normalize(0.0)?, last.try_normalize(0.0)?];
    let angle = libm::atan2(a.perp(&b), a.dot(&b));
    if angle.abs() < FRAC_PI_4 {
        return Some(angle);
    }
    let halvings = halvings.checked_sub(1).filter(|_| angle.is_finite())?;
    let middle = f64::midpoint(from, to);
    let between = gradient(middle);
    Some(
        turn(gradient, [from, middle], [first, between], halvings)?
            + turn(gradient, [middle, to], [between, last], halvings)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::critical_points;

    #[test]
    fn the_count_accepts_whole_lists_and_misses_what_is_taken_out() {
        for (text, expected) in
            [("bowl", 1), ("saddle", -1), ("himmelblau", 1), ("double_well", 1), ("rosenbrock", 1), ("tanh2", 1)]
        {
            let landscape = Landscape::parse(text).unwrap();
            let mut points = critical_points(&landscape);
            assert_eq!(Completeness::of(&landscape, &points), Completeness::Whole { turns: expected }, "{text}");
            points.pop();
            assert!(!Completeness::of(&landscape, &points).is_whole(), "{text} without its last point");
        }
    }

    #[test]
    fn a_continuum_is_never_called_whole() {
        let trough = Landscape::parse("trough").unwrap();
        assert_eq!(Completeness::of(&trough, &[]), Completeness::Continuum);
    }
}
