//! How far to go along a direction: backtracking until the loss falls by enough, or exactly to the lowest point.
//!
//! Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 3.1 and section 3.5.

use super::optimizer::Carried;
use super::{Part, Step, Trial, Undefined, Verdict};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

/// The share of the promised decrease that must happen: Armijo's condition.
const SUFFICIENT: f64 = 1e-4;
/// Halvings before the search gives up: 2⁻⁶⁰ is below the rounding of any step.
const HALVINGS: usize = 60;
/// The first multiple of the direction that the exact search tries.
const FIRST: f64 = 1e-3;
/// Bisections of the exact search: more than there are bits between its ends.
const BISECTIONS: usize = 200;
/// How far the exact search goes, in units of 1 + ‖w‖: beyond it the loss counts as falling without end.
const FARTHEST: f64 = 1e9;
/// Doublings of the exact search that are kept as trials: the last ones, which are far enough apart to be seen.
const SHOWN: usize = 60;

/// What a search has found.
pub(super) struct Search {
    /// The multiple of the direction; zero if none was good enough.
    pub(super) scale: f64,
    /// Everything tried.
    pub(super) trials: Vec<Trial>,
}

/// What the last step searched along and how far it went, for people to read.
#[derive(Clone, Copy, Default)]
pub(super) struct Searched {
    /// The direction p.
    direction: Vector,
    /// The multiple α of it; zero if none was good enough.
    scale: f64,
}

impl Searched {
    pub(super) fn told(&self) -> Vec<(&'static str, Carried)> {
        vec![("direction p", Carried::Vector(self.direction)), ("α", Carried::Number(self.scale))]
    }
}

impl Search {
    /// What to tell of it.
    pub(super) fn along(&self, direction: Vector) -> Searched {
        Searched { direction, scale: self.scale }
    }

    /// The step along `direction`, of which `parts` says what it is made of.
    ///
    /// What was proposed is the whole direction if even its least multiple was refused.
    pub(super) fn step<const N: usize>(self, direction: Vector, parts: [Part; N]) -> Step {
        let refused = self.scale == 0.0;
        let factor = if refused { 1.0 } else { self.scale };
        Step {
            proposed: direction * factor,
            // Not direction · 0, which is no number for an endless direction.
            taken: if refused { Vector::zeros() } else { direction * factor },
            parts: parts.into_iter().map(|part| Part { factor: part.factor * factor, ..part }).collect(),
            verdict: if refused { Verdict::Rejected } else { Verdict::Taken },
            trials: self.trials,
        }
    }
}

/// The first of 1, ½, ¼ … times `first` whose multiple of `direction` brings the loss low enough.
///
/// The bound carries 1e-15·max(1, |f|), without which rounding stalls the search near a minimum.
pub(super) fn backtrack(oracle: &mut Oracle<'_>, at: Point, gradient: Vector, direction: Vector, first: f64) -> Search {
    let start = oracle.value(at);
    let slope = gradient.dot(&direction);
    let rounding = 1e-15 * start.abs().max(1.0);
    let mut trials = Vec::new();
    let mut scale = first;
    for _ in 0..HALVINGS {
        let target = at + direction * scale;
        let value = oracle.value(target);
        let accepted = value <= start + SUFFICIENT * scale * slope + rounding;
        trials.push(Trial { at: target, value, accepted });
        if accepted {
            return Search { scale, trials };
        }
        scale *= 0.5;
    }
    Search { scale: 0.0, trials }
}

/// The first α > 0 at which the slope φ′(α) = ∇f(w + αp)·p along `direction` stops being negative, or where the land ends.
///
/// Doubles from 10⁻³ until the slope has turned, then bisects to the last bit: some sixty gradients.
///
/// # Errors
/// [`Undefined::Endless`] where the slope never turns.
pub(super) fn exact(
    oracle: &mut Oracle<'_>,
    at: Point,
    gradient: Vector,
    direction: Vector,
) -> Result<Search, Undefined> {
    if gradient.dot(&direction) == 0.0 {
        return Ok(Search { scale: 1.0, trials: Vec::new() });
    }
    let mut look = |scale: f64| {
        let target = at + direction * scale;
        let there = oracle.first_order(target);
        (there.gradient.dot(&direction), Trial { at: target, value: there.value, accepted: false })
    };
    let farthest = FARTHEST * (1.0 + at.coords.norm()) / direction.norm();
    let mut trials = Vec::new();
    let (mut low, mut high) = (0.0, FIRST);
    loop {
        let (slope, trial) = look(high);
        trials.push(trial);
        // Where there is no slope the land has ended: NaN ends the doubling, too.
        if slope >= 0.0 || slope.is_nan() {
            break;
        }
        if high > farthest {
            return Err(Undefined::Endless);
        }
        (low, high) = (high, 2.0 * high);
    }
    trials.drain(..trials.len().saturating_sub(SHOWN));
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if look(middle).0 < 0.0 { low = middle } else { high = middle }
    }
    let (slope, beyond) = look(high);
    let (scale, found) = if slope.is_nan() { (low, look(low).1) } else { (high, beyond) };
    let moves = found.at != at;
    trials.push(Trial { accepted: moves, ..found });
    Ok(Search { scale: if moves { scale } else { 0.0 }, trials })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};

    fn search(landscape: &str, at: [f64; 2], direction: [f64; 2]) -> (Result<Search, Undefined>, Evaluations) {
        let landscape = Landscape::parse(landscape).unwrap();
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let at = Point::from(at);
        let gradient = oracle.gradient(at);
        (exact(&mut oracle, at, gradient, Vector::from(direction)), oracle.asked())
    }

    #[test]
    fn the_exact_search_ends_where_the_slope_does() {
        let (found, asked) = search("bowl", [3.0, -1.0], [-3.0, 1.0]);
        let found = found.unwrap();
        assert!((found.scale - 1.0).abs() < 1e-15, "the bottom of the bowl: {}", found.scale);
        assert!(found.trials.len() < 20 && found.trials.last().unwrap().accepted, "the doublings and the end");
        assert!((50..90).contains(&asked.gradients) && asked.values == 0, "dozens of gradients: {asked:?}");
    }

    #[test]
    fn a_fall_without_end_is_told() {
        let (found, asked) = search("saddle", [0.0, 0.1], [0.0, 0.2]);
        assert_eq!(found.err(), Some(Undefined::Endless));
        assert!(asked.gradients < 100, "and found out soon: {asked:?}");
    }

    #[test]
    fn level_ground_and_overflow_end_the_search() {
        let (found, _) = search("bowl", [0.0, 0.0], [0.0, 0.0]);
        assert_eq!(found.unwrap().step(Vector::zeros(), []).verdict, Verdict::Taken, "nowhere to go");
        let (found, _) = search("himmelblau", [1.0, 1.0], [1e300, 0.0]);
        assert!(found.unwrap().scale.is_finite(), "a direction that leaves the numbers at once");
    }
}
