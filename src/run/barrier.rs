//! A ball at a barrier: on which side of the saddle the run comes to rest if it is continued.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{End, MAX_STEPS, Recipe, Run, Walker};
use crate::analysis::{CriticalPoint, Kind};
use crate::landscapes::Landscape;
use crate::numbers::{Point, Vector};

/// A run is continued by this many steps at most, fewer where an evaluation of the loss costs more than that of a formula.
const CONTINUED: usize = 20_000;
/// Steps by which a run is continued, however much an evaluation costs.
const FEWEST: usize = 200;
/// The distance from a saddle at which its sides begin, as a share of the size of the domain. Its square root is the share within
/// which a run is at a minimum.
const NEAR: f64 = 1e-3;
/// A run rests once its gradient is at most this share of the steepest so far.
const RESTS: f64 = 1e-5;
/// A descent from anywhere takes steps of this share of the size at most, so that it jumps over no barrier.
const LONGEST: f64 = 5e-3;
/// Steps of a descent at most.
const DESCENT: usize = 4000;

/// On which side of a saddle a run comes to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In the minimum on the ball's own side.
    This,
    /// In the one beyond the saddle.
    Other,
}

/// Where a run ends if it is continued.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rest {
    /// It comes to rest at a known minimum.
    At(Point),
    /// The weights leave for infinity, or the loss has no value.
    Leaves,
    /// Neither, within the extra steps.
    Nowhere,
}

/// What becomes of a run that is continued.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Continued {
    /// Where it ends.
    pub rest: Rest,
    /// A number for the minima to which it was nearest, one after the other: runs with the same number took the same way.
    pub way: u64,
    /// How many evaluations it took to find out.
    pub evaluations: usize,
}

impl Rest {
    /// Where a run ends if it is continued beyond its limit of steps; `points` are the landscape's known critical points.
    pub fn of(landscape: &Landscape, recipe: &Recipe, points: &[CriticalPoint]) -> Self {
        Continued::watched(landscape, recipe, points, &[]).rest
    }
}

impl Continued {
    /// As [`Rest::of`], with the way there.
    pub fn of(landscape: &Landscape, recipe: &Recipe, points: &[CriticalPoint]) -> Self {
        let minima: Vec<Point> = minima(points).collect();
        Self::watched(landscape, recipe, points, &minima)
    }

    /// The way past some minima; without them it is not looked at, which takes a while.
    fn watched(landscape: &Landscape, recipe: &Recipe, points: &[CriticalPoint], minima: &[Point]) -> Self {
        let more = (CONTINUED / landscape.cost().max(1)).max(FEWEST);
        let steps = recipe.steps.saturating_add(more).min(MAX_STEPS);
        let recipe = Recipe { steps, tolerance: None, goes_on_diverged: false, ..recipe.clone() };
        let mut walker = Walker::new(landscape, &recipe);
        let (mut steepest, mut was_level) = (0.0_f64, false);
        let (mut nearest, mut way) = (None, DefaultHasher::new());
        let rest = loop {
            let has_ended = walker.advance(1);
            let Some(place) = walker.place().copied() else { break Rest::Leaves };
            let now = nearest_of(landscape, minima, place.at);
            if now != nearest {
                now.hash(&mut way);
                nearest = now;
            }
            let slope = place.gradient.norm();
            steepest = steepest.max(slope);
            // A ball that runs through a minimum is on level ground only once.
            let is_level = slope <= RESTS * steepest;
            if is_level
                && (was_level || has_ended)
                && let Some(minimum) = minimum_at(landscape, points, place.at)
            {
                break Rest::At(minimum);
            }
            was_level = is_level;
            if has_ended {
                let is_lost = walker.crossing().is_some() || matches!(walker.end(), Some(End::NotFinite(_)));
                break if is_lost { Rest::Leaves } else { Rest::Nowhere };
            }
        };
        Self { rest, way: way.finish(), evaluations: walker.evaluations().total() as usize }
    }
}

/// Where a run ends if it is continued.
pub(super) fn rest(run: &Run, points: &[CriticalPoint]) -> Rest {
    let recipe = Recipe { steps: run.iterates().len(), ..run.recipe().clone() };
    Rest::of(run.landscape(), &recipe, points)
}

/// The minimum in whose basin a point lies: where the descent along −∇f from there ends; `None` where that is no known one.
pub fn basin_of(landscape: &Landscape, points: &[CriticalPoint], at: Point) -> Option<Point> {
    minimum_at(landscape, points, descend(landscape, at, LONGEST * landscape.domain().size()))
}

/// On which side of a saddle the rest of a run lies, seen from a point; `None` where both sides lead to the same minimum, or
/// where the rest is neither.
pub(super) fn side(
    landscape: &Landscape,
    points: &[CriticalPoint],
    saddle: Point,
    from: Point,
    rest: Point,
) -> Option<Side> {
    let across = landscape.loss().second_order(saddle).hessian.eigen().vectors[0];
    let towards = if (from - saddle).dot(&across) < 0.0 { -across } else { across };
    let beside = NEAR * landscape.domain().size();
    let foot = |way: Vector| minimum_at(landscape, points, descend(landscape, saddle + way * beside, f64::INFINITY));
    let [this, other] = [foot(towards)?, foot(-towards)?];
    match rest {
        _ if this == other => None,
        rest if rest == this => Some(Side::This),
        rest if rest == other => Some(Side::Other),
        _ => None,
    }
}

/// The known minimum at a point.
fn minimum_at(landscape: &Landscape, points: &[CriticalPoint], at: Point) -> Option<Point> {
    let near = NEAR.sqrt() * landscape.domain().size();
    let minima: Vec<Point> = minima(points).collect();
    let nearest = minima[nearest_of(landscape, &minima, at)?];
    (landscape.dimension().part(nearest - at).norm() <= near).then_some(nearest)
}

fn minima(points: &[CriticalPoint]) -> impl Iterator<Item = Point> {
    points.iter().filter(|point| point.kind == Kind::Minimum).map(|point| point.at)
}

/// Which point is nearest; `None` where there is none.
fn nearest_of(landscape: &Landscape, points: &[Point], at: Point) -> Option<usize> {
    let distance = |place: &usize| landscape.dimension().part(points[*place] - at).norm();
    (0..points.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// Straight downhill from a point, in steps that are halved where the loss does not fall, none of them above a length.
fn descend(landscape: &Landscape, from: Point, longest: f64) -> Point {
    let loss = landscape.loss();
    let mut at = from;
    let mut length = NEAR * landscape.domain().size();
    let mut here = loss.first_order(at);
    for _ in 0..DESCENT {
        let Some(down) = crate::numbers::direction(-here.gradient) else { break };
        let next = at + down * length;
        let there = loss.first_order(next);
        if there.value < here.value {
            (at, here, length) = (next, there, (1.5 * length).min(longest));
        } else {
            length *= 0.5;
        }
        if length < f64::EPSILON * landscape.domain().size() {
            break;
        }
    }
    at
}
