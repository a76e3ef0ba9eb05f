//! Whether a list of critical points can be whole: their indices must add up to the turns that the gradient makes along the edge of the box.

use std::cell::Cell;
use std::f64::consts::{FRAC_PI_4, TAU};

use super::CriticalPoint;
use crate::landscapes::{Loss, ViewBox};
use crate::numbers::{Point, Vector};

/// Samples an edge or an arc begins with; where the gradient turns faster they are halved.
const SAMPLES: usize = 256;
/// A turn that so many halvings do not bring below an eighth of a circle is a jump.
const HALVINGS: u32 = 40;
/// What needs more gradients than this has no turns to count, only noise.
const MOST: usize = 100_000;

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
    /// The gradient has no turns to count.
    Uncounted(Obstacle),
    /// There are lines or areas of critical points, which have no index.
    Continuum,
}

/// Where the gradient has no turns to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Along the edge of the box it vanishes, jumps or is not finite.
    Edge,
    /// Around a minimum on a kink it jumps.
    Kink,
    /// In parts of the box the loss has no value.
    Hole,
    /// There are thousands of points: noise, and not all of it was followed.
    Noise,
}

/// What is known of a landscape besides its points.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The gradient's turns along the edge, where it has any.
    pub(super) turns: Option<i64>,
    /// Whether the loss has no value somewhere in the box.
    pub(super) has_holes: bool,
    /// Whether there are so many points that the search gave up.
    pub(super) is_noise: bool,
    /// Whether there are lines or areas of critical points.
    pub(super) has_continua: bool,
}

impl Completeness {
    /// Holds the sum of the indices against the turns.
    pub(super) fn of(points: &[CriticalPoint], known: Known) -> Self {
        let found = points.iter().map(|point| point.index).sum::<Option<i64>>();
        match (known.turns, found) {
            _ if known.has_continua => Self::Continuum,
            _ if known.is_noise => Self::Uncounted(Obstacle::Noise),
            _ if known.has_holes => Self::Uncounted(Obstacle::Hole),
            (None, _) => Self::Uncounted(Obstacle::Edge),
            (_, None) => Self::Uncounted(Obstacle::Kink),
            (Some(turns), Some(found)) if turns == found => Self::Whole { turns },
            (Some(turns), Some(found)) => Self::Missing { turns, found },
        }
    }

    /// Whether the count found nothing missing.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole { .. })
    }

    /// The reason, in a sentence.
    pub fn text(self) -> String {
        let why = match self {
            Self::Whole { turns } => {
                return format!(
                    "their indices add up to {turns}, as often as the gradient turns along the edge of the box: none is missing alone"
                );
            }
            Self::Missing { turns, found } => {
                return format!(
                    "their indices add up to {found}, but the gradient turns {turns} times along the edge of the box: one is missing"
                );
            }
            Self::Uncounted(Obstacle::Edge) => "on the edge of the box the gradient vanishes, jumps or is not finite",
            Self::Uncounted(Obstacle::Kink) => "around a minimum on a kink the gradient jumps",
            Self::Uncounted(Obstacle::Hole) => "in parts of the box the loss has no value",
            Self::Uncounted(Obstacle::Noise) => "there are thousands, and the search ended",
            Self::Continuum => "lines and areas of critical points have no index to count",
        };
        format!("whether these are all is unknown: {why}")
    }
}

/// How often the gradient turns counter-clockwise along the edge of a box.
pub(super) fn turns_along_edge(loss: &dyn Loss, view: ViewBox) -> Option<i64> {
    turns(loss, |s| edge(view, s))
}

/// How often it turns around a point.
pub(super) fn turns_around(loss: &dyn Loss, center: Point, radius: f64) -> Option<i64> {
    turns(loss, |s| center + Vector::new(libm::cos(TAU * s), libm::sin(TAU * s)) * radius)
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
    let left = Cell::new(MOST);
    let gradient = |s: f64| {
        left.set(left.get().checked_sub(1)?);
        // A unit vector: products of large gradients would overflow.
        loss.first_order(path(s)).gradient.try_normalize(0.0)
    };
    let mut angle = 0.0;
    let mut last = gradient(0.0)?;
    for sample in 0..SAMPLES {
        let [from, to] = [sample, sample + 1].map(|index| index as f64 / SAMPLES as f64);
        let next = gradient(to)?;
        angle += turn(&gradient, [from, to], [last, next], HALVINGS)?;
        last = next;
    }
    Some((angle / TAU).round() as i64)
}

/// The angle from one direction of the gradient to the next, the way between them halved until it is small.
fn turn(
    gradient: &impl Fn(f64) -> Option<Vector>,
    [from, to]: [f64; 2],
    [first, last]: [Vector; 2],
    halvings: u32,
) -> Option<f64> {
    let angle = libm::atan2(first.perp(&last), first.dot(&last));
    if angle.abs() < FRAC_PI_4 {
        return Some(angle);
    }
    let halvings = halvings.checked_sub(1).filter(|_| angle.is_finite())?;
    let middle = f64::midpoint(from, to);
    let between = gradient(middle)?;
    Some(
        turn(gradient, [from, middle], [first, between], halvings)?
            + turn(gradient, [middle, to], [between, last], halvings)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::critical_points;
    use crate::landscapes::Landscape;

    #[test]
    fn the_count_accepts_whole_lists_and_misses_what_is_taken_out() {
        for (text, expected) in [
            ("bowl", 1),
            ("saddle", -1),
            ("monkey", -2),
            ("himmelblau", 1),
            ("double_well", 1),
            ("rosenbrock", 1),
            ("tanh2", 1),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            let turns = turns_along_edge(landscape.loss(), landscape.view());
            let known = Known { turns, has_holes: false, has_continua: false, is_noise: false };
            let mut points = critical_points(&landscape);
            assert_eq!(Completeness::of(&points, known), Completeness::Whole { turns: expected }, "{text}");
            points.pop();
            assert!(!Completeness::of(&points, known).is_whole(), "{text} without its last point");
            for obstacle in [Known { has_holes: true, ..known }, Known { has_continua: true, ..known }] {
                assert!(!Completeness::of(&points, obstacle).is_whole(), "{text}: what cannot be counted is not whole");
            }
        }
    }

    #[test]
    fn a_gradient_that_jumps_has_no_turns() {
        for text in ["l1", "trough"] {
            let landscape = Landscape::parse(text).unwrap();
            assert_eq!(turns_along_edge(landscape.loss(), landscape.view()), None, "{text}");
        }
    }
}
