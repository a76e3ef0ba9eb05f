//! Whether a list of critical points can be complete: their indices must add up to the turns that the gradient makes along the edge of the box.

use std::f64::consts::{FRAC_PI_4, TAU};

use super::CriticalPoint;
use crate::landscapes::{Loss, ViewBox};
use crate::numbers::{Point, Vector, direction};

/// Samples an edge or an arc begins with; where the gradient turns faster they are halved.
const SAMPLES: usize = 256;
/// A turn that this many halvings do not bring below an eighth of a circle is a jump.
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
    /// With those of poles, which are not critical points, they do.
    BesidePoles {
        /// The turns.
        turns: i64,
        /// How many poles there are.
        poles: usize,
        /// The sum of their indices.
        index: i64,
    },
    /// With one weight: minima and maxima take turns, and f′ has the signs at the ends of the interval that go with them.
    Alternating,
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
    /// The loss is the same everywhere: there is nothing else to find.
    Everywhere,
}

/// Where the gradient has no turns to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Along the edge of the box it vanishes, jumps or is not finite.
    Edge,
    /// Around a critical point on a kink it jumps.
    Kink,
    /// In parts of the box the loss has no value.
    Hole,
    /// There are thousands of points: noise, and not all of it was followed.
    Noise,
    /// An evaluation costs so much that the search ended before it had looked everywhere.
    Budget,
    /// Of many kinks only the first ones were followed, this many.
    Kinks(usize),
    /// Kinks that are followed took so much work that the search for points on them stopped.
    KinkBudget,
}

/// What is known of a landscape besides its points.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The gradient's turns along the edge, where it has any.
    pub(super) turns: Option<i64>,
    /// Whether the loss has no value somewhere in the box.
    pub(super) has_holes: bool,
    /// Whether the search gave up because there are too many points.
    pub(super) is_noise: bool,
    /// Whether there are lines or areas of critical points.
    pub(super) has_continua: bool,
    /// Whether the loss is the same everywhere.
    pub(super) is_level: bool,
}

impl Completeness {
    /// Holds the sum of the indices against the turns.
    pub(super) fn of(points: &[CriticalPoint], known: Known) -> Self {
        let found = points.iter().map(|point| point.index).sum::<Option<i64>>();
        match (known.turns, found) {
            _ if known.is_level => Self::Everywhere,
            _ if known.has_continua => Self::Continuum,
            _ if known.is_noise => Self::Uncounted(Obstacle::Noise),
            _ if known.has_holes => Self::Uncounted(Obstacle::Hole),
            (None, _) => Self::Uncounted(Obstacle::Edge),
            (_, None) => Self::Uncounted(Obstacle::Kink),
            (Some(turns), Some(found)) if turns == found => Self::Whole { turns },
            (Some(turns), Some(found)) => Self::Missing { turns, found },
        }
    }

    /// This verdict where poles are known, with their sum of indices: what seemed missing may be theirs.
    pub(super) fn beside_poles(self, poles: usize, index: i64) -> Self {
        match self {
            Self::Missing { turns, found } if poles > 0 && turns == found + index => {
                Self::BesidePoles { turns, poles, index }
            }
            other => other,
        }
    }

    /// Whether the count found nothing missing.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole { .. } | Self::BesidePoles { .. } | Self::Alternating | Self::Everywhere)
    }

    /// The reason, in a sentence.
    pub fn text(self) -> String {
        let why = match self {
            Self::Whole { turns } => {
                return format!(
                    "their indices add up to {turns}, the winding number of the gradient along the edge of the domain: none is missing alone"
                );
            }
            Self::BesidePoles { turns, poles, index } => {
                let of = if poles == 1 {
                    format!("that of a pole, {index},")
                } else {
                    format!("those of {poles} poles, {index} together,")
                };
                return format!(
                    "their indices and {of} add up to {turns}, the winding number of the gradient along the edge of the domain: none is missing alone"
                );
            }
            Self::Alternating => {
                return "between the ends of the interval f′ changes its sign at these alone, minima and maxima in turn: none is missing alone"
                    .to_owned();
            }
            Self::Missing { turns, found } => {
                return format!(
                    "their indices add up to {found}, but the winding number of the gradient along the edge of the domain is {turns}: one is missing, unless the loss has a pole or a tip inside"
                );
            }
            Self::Uncounted(Obstacle::Edge) => {
                "on the edge of the domain the gradient vanishes, jumps or is not finite"
            }
            Self::Uncounted(Obstacle::Kink) => "around a point on a kink the gradient jumps",
            Self::Uncounted(Obstacle::Hole) => "in parts of the domain the loss has no value",
            Self::Uncounted(Obstacle::Noise) => "there are thousands, and the search stopped early",
            Self::Uncounted(Obstacle::Budget) => {
                "this loss is so expensive to evaluate that the search stopped before it had covered the domain"
            }
            Self::Uncounted(Obstacle::Kinks(followed)) => {
                return format!(
                    "whether these are all is unknown: the loss has more kinks than the {followed} that are followed for points on them"
                );
            }
            Self::Uncounted(Obstacle::KinkBudget) => {
                "its kinks are too many, or the loss too expensive to evaluate, for all of them to be followed"
            }
            Self::Everywhere => return "every point of the domain is a critical point: there are no others".to_owned(),
            Self::Continuum => "lines and areas of critical points have no index to count",
        };
        format!("whether these are all is unknown: {why}")
    }
}

/// How often the gradient turns counter-clockwise around a point, if that takes no more than `most` gradients; and how many
/// it took.
pub(super) fn turns_around(loss: &dyn Loss, center: Point, radius: f64, most: usize) -> (Option<i64>, usize) {
    if most <= SAMPLES {
        return (None, 0);
    }
    let mut turns = Turns::new(most);
    let around = |s: f64| center + Vector::new(libm::cos(TAU * s), libm::sin(TAU * s)) * radius;
    let counted = turns.count_on(loss, around, usize::MAX).turns();
    (counted, turns.evaluations)
}

/// The edge of the box, counter-clockwise from its lower left corner as s goes from 0 to 1.
fn edge(view: ViewBox, s: f64) -> Point {
    let outline = view.outline();
    let side = (4.0 * s).floor().clamp(0.0, 3.0);
    let [from, to] = [side as usize, side as usize + 1].map(|corner| outline[corner]);
    from + (to - from) * (4.0 * s - side)
}

/// Counts how often the gradient turns counter-clockwise while a closed path is walked, a few gradients at a time.
#[derive(Clone)]
pub(super) struct Turns {
    /// The sample up to which the path was walked, and the direction there.
    sample: usize,
    last: Option<Vector>,
    /// Pieces between samples that are still to be walked, the next one last.
    pieces: Vec<Piece>,
    angle: f64,
    /// Gradients that may be asked for yet.
    left: usize,
    /// Gradients that were asked for.
    pub(super) evaluations: usize,
}

/// A piece of the path, and the directions at its ends.
#[derive(Clone, Copy)]
struct Piece {
    ends: [f64; 2],
    directions: [Vector; 2],
    halvings: u32,
}

/// How far the count of the gradient's turns has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// There is more to walk.
    UnderWay,
    /// The number of turns, counter-clockwise.
    Turns(i64),
    /// The gradient vanishes or jumps on the way, or the budget is spent.
    Impossible,
}

impl Count {
    /// The turns, where they were counted.
    pub(super) fn turns(self) -> Option<i64> {
        if let Self::Turns(turns) = self { Some(turns) } else { None }
    }
}

impl Turns {
    /// Nothing walked yet; no more than `most` gradients are asked for.
    pub(super) fn new(most: usize) -> Self {
        Self { sample: 0, last: None, pieces: Vec::new(), angle: 0.0, left: most.min(MOST), evaluations: 0 }
    }

    /// Goes on along the edge of a box.
    pub(super) fn count_along_edge(&mut self, loss: &dyn Loss, view: ViewBox, budget: usize) -> Count {
        self.count_on(loss, |s| edge(view, s), budget)
    }

    /// Goes on for about `budget` gradients, the path being walked as its argument goes from 0 to 1.
    fn count_on(&mut self, loss: &dyn Loss, path: impl Fn(f64) -> Point, budget: usize) -> Count {
        let end = self.evaluations.saturating_add(budget);
        while self.evaluations < end {
            match self.walk(loss, &path) {
                Some(true) => {}
                Some(false) => return Count::Turns((self.angle / TAU).round() as i64),
                None => return Count::Impossible,
            }
        }
        Count::UnderWay
    }

    /// Walks a piece, or half of it; false at the end of the path, `None` where there is nothing to count.
    fn walk(&mut self, loss: &dyn Loss, path: &impl Fn(f64) -> Point) -> Option<bool> {
        let Some(piece) = self.pieces.pop() else { return self.next_sample(loss, path) };
        let [first, last] = piece.directions;
        let angle = libm::atan2(first.perp(&last), first.dot(&last));
        if angle.abs() < FRAC_PI_4 {
            self.angle += angle;
            return Some(true);
        }
        let halvings = piece.halvings.checked_sub(1).filter(|_| angle.is_finite())?;
        let [from, to] = piece.ends;
        let middle = f64::midpoint(from, to);
        let between = self.direction(loss, path(middle))?;
        self.pieces.push(Piece { ends: [middle, to], directions: [between, last], halvings });
        self.pieces.push(Piece { ends: [from, middle], directions: [first, between], halvings });
        Some(true)
    }

    fn next_sample(&mut self, loss: &dyn Loss, path: &impl Fn(f64) -> Point) -> Option<bool> {
        let place = |sample: usize| sample as f64 / SAMPLES as f64;
        let Some(last) = self.last else {
            self.last = Some(self.direction(loss, path(0.0))?);
            return Some(true);
        };
        if self.sample == SAMPLES {
            return Some(false);
        }
        let ends = [place(self.sample), place(self.sample + 1)];
        let next = self.direction(loss, path(ends[1]))?;
        self.pieces.push(Piece { ends, directions: [last, next], halvings: HALVINGS });
        (self.sample, self.last) = (self.sample + 1, Some(next));
        Some(true)
    }

    /// The direction of the gradient, however long it is.
    fn direction(&mut self, loss: &dyn Loss, at: Point) -> Option<Vector> {
        self.left = self.left.checked_sub(1)?;
        self.evaluations += 1;
        direction(loss.first_order(at).gradient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::critical_points;
    use crate::landscapes::Landscape;

    fn turns_along_edge(loss: &dyn Loss, view: ViewBox) -> Option<i64> {
        Turns::new(usize::MAX).count_along_edge(loss, view, usize::MAX).turns()
    }

    #[test]
    fn turns_do_not_depend_on_how_the_walk_is_divided() {
        for text in ["himmelblau", "monkey", "ackley", "l1"] {
            let landscape = Landscape::parse(text).unwrap();
            let (loss, view) = (landscape.loss(), landscape.domain());
            let mut turns = Turns::new(usize::MAX);
            let counted = loop {
                match turns.count_along_edge(loss, view, 3) {
                    Count::UnderWay => {}
                    counted => break counted.turns(),
                }
            };
            assert_eq!(counted, turns_along_edge(loss, view), "{text}");
            let mut few = Turns::new(300);
            assert!(
                few.count_along_edge(loss, view, usize::MAX) != Count::UnderWay && few.evaluations <= 300,
                "{text}: at most"
            );
        }
    }

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
            let turns = turns_along_edge(landscape.loss(), landscape.domain());
            let known = Known { turns, has_holes: false, has_continua: false, is_noise: false, is_level: false };
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
            assert_eq!(turns_along_edge(landscape.loss(), landscape.domain()), None, "{text}");
        }
    }
}
