//! How far to go along a direction: backtracking until the loss falls by enough, or exactly to the first valley.
//!
//! Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 3.1 and section 3.5; below rounding the approximate
//! Wolfe condition of Hager and Zhang, A new conjugate gradient method with guaranteed descent and an efficient line search (2005).

use super::quantity::{DIRECTION, SCALE};
use super::{Carried, Part, Quantities, Step, Trial, Undefined, Verdict};
use crate::analysis::EndlessFall;
use crate::landscapes::{FirstOrder, Oracle};
use crate::numbers::{Point, Vector, length};

/// The share of the predicted decrease that must happen: Armijo's condition.
pub(super) const SUFFICIENT: f64 = 1e-4;
/// Backtracking gives up below this share, 2⁻⁶⁰, of its first multiple, once the step is also below this share of 1 + ‖w‖: far
/// below the rounding of the weights.
pub(super) const LEAST: f64 = 1.0 / (1_u64 << 60) as f64;
/// Rises of the loss up to this share of the largest |f| of the run are rounding.
pub(super) const ROUNDING: f64 = 1e-15;
/// The first length that the exact search tries, in units of 1 + ‖w‖; a shorter step is lengthened where the slope allows it.
pub(super) const SHORT: f64 = 1e-6;
/// A gradient below this share of F/(1 + ‖w‖), with F the largest |f| of the run, is short because the point is level, and not by
/// the unit of the loss: there no step is lengthened.
pub(super) const LEVEL: f64 = 1e-9;
/// Doublings of a step that is lengthened: 2²⁰·10⁻⁶ is 1 + ‖w‖.
const LENGTHENINGS: usize = 20;
/// Doublings of the exact search before the loss counts as falling without end: 2⁷⁰·10⁻⁶ is 10¹⁵ times 1 + ‖w‖.
const DOUBLINGS: usize = 70;
/// Bisections of the exact search: more than there are bits between its ends.
const BISECTIONS: usize = 200;
/// Looks of the exact search between its doublings, at most.
const LOOKS_BETWEEN: usize = 200;
/// A slope changes evenly between two places if the mean of its ends is off by no more than this share.
const EVEN: f64 = 0.1;
/// Doublings of the exact search that are kept as trials: the last ones, which are far enough apart to be seen.
const SHOWN: usize = 12;

/// What a search has found.
pub(super) struct Search {
    /// The multiple of the direction; zero if none was good enough.
    pub(super) scale: f64,
    /// Everything tried.
    pub(super) trials: Vec<Trial>,
    /// ∇f at the landing, where the search had to ask for it.
    pub(super) landing: Option<Vector>,
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
    pub(super) fn described(&self) -> Quantities {
        vec![(DIRECTION, Carried::Vector(self.direction)), (SCALE, Carried::Number(self.scale))]
    }
}

impl Search {
    /// The report of the search.
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
            // Not direction · 0, which is not a number for an endless direction.
            taken: if refused { Vector::zeros() } else { direction * factor },
            parts: parts.into_iter().map(|part| Part { factor: part.factor * factor, ..part }).collect(),
            verdict: if refused { Verdict::Rejected } else { Verdict::Taken },
            trials: self.trials,
            fell_back: false,
        }
    }
}

/// Armijo's search: ever shorter multiples of a direction, until the loss falls by enough.
#[derive(Clone, Copy)]
pub(super) struct Backtracking {
    /// The first multiple α.
    pub(super) first: f64,
    /// c, the share of the decrease α∇f·p that must happen.
    pub(super) sufficient: f64,
    /// What α is multiplied by after a refusal.
    pub(super) shrink: f64,
}

impl Backtracking {
    /// The usual one, from this first multiple.
    pub(super) const fn from(first: f64) -> Self {
        Self { first, sufficient: SUFFICIENT, shrink: 0.5 }
    }

    /// The first multiple of `direction` that brings the loss low enough.
    ///
    /// Where the decrease asked for is below the rounding of the loss, its values tell nothing: then the slope at the landing
    /// decides, and that gradient is asked for.
    pub(super) fn search(&self, oracle: &mut Oracle<'_>, at: Point, gradient: Vector, direction: Vector) -> Search {
        let start = oracle.value(at);
        let rounding = rounding(oracle, start);
        let shortest = LEAST * (1.0 + oracle.distance(at));
        let mut trials = Vec::new();
        let (mut scale, known) = self.lengthened(oracle, at, gradient, direction);
        let least = LEAST * scale;
        loop {
            // Slopes are taken along the step and not along the direction: their product with a gradient of any size is a number.
            let step = direction * scale;
            let is_long = length(step) > shortest && length(step).is_finite() && at + step != at;
            if scale <= least && !is_long {
                return Search { scale: 0.0, trials, landing: None };
            }
            let (target, predicted) = (at + step, gradient.dot(&step));
            let value = oracle.value(target);
            let falls = self.falls(start, value, predicted);
            let known = known.filter(|_| scale == self.first);
            let decides = !falls && value <= start + rounding;
            let landing = decides.then(|| known.unwrap_or_else(|| oracle.gradient(target)));
            let accepted = falls || landing.is_some_and(|there| self.flattens(there.dot(&step), predicted));
            trials.push(Trial { at: target, value, accepted });
            if accepted {
                return Search { scale, trials, landing: landing.or(known) };
            }
            scale *= self.shrink;
        }
    }

    /// Whether the loss falls by enough where the slope at the start predicts this change.
    pub(super) fn falls(&self, start: f64, value: f64, predicted: f64) -> bool {
        // The difference, since a decrease below rounding would vanish in a sum.
        value - start <= self.sufficient * predicted
    }

    /// Whether the slope at the landing, times the step, has become flat enough.
    pub(super) fn flattens(&self, landing: f64, predicted: f64) -> bool {
        landing <= (2.0 * self.sufficient - 1.0) * predicted
    }

    /// The multiple to begin with: the first one, unless its step is shorter than a millionth of 1 + ‖w‖ and the slope at its end
    /// is still more than half of what it is here.
    ///
    /// Then the unit of the loss is far from that of the weights, and the step is lengthened: to that millionth, and doubled up to
    /// 1 + ‖w‖ while that much of the slope is left. With it comes ∇f at the end of the first multiple, where that was asked for.
    fn lengthened(
        &self,
        oracle: &mut Oracle<'_>,
        at: Point,
        gradient: Vector,
        direction: Vector,
    ) -> (f64, Option<Vector>) {
        let (long, short) = (length(direction), shortest_useful(oracle, at));
        let slope = gradient.dot(&(direction / long));
        let is_level = length(gradient) * (1.0 + oracle.distance(at)) <= LEVEL * oracle.scale();
        if !(self.first * long < short && slope < 0.0) || is_level {
            return (self.first, None);
        }
        let keeps_slope = |there: Vector| there.dot(&(direction / long)) < 0.5 * slope;
        let end = oracle.gradient(at + direction * self.first);
        if !keeps_slope(end) {
            return (self.first, Some(end));
        }
        let mut scale = short / long;
        for _ in 0..LENGTHENINGS {
            if !keeps_slope(oracle.gradient(at + direction * scale)) {
                break;
            }
            scale *= 2.0;
        }
        if scale.is_finite() { (scale, None) } else { (self.first, Some(end)) }
    }
}

/// A millionth of 1 + ‖w‖: a shorter step tells nothing of the loss surface.
pub(super) fn shortest_useful(oracle: &Oracle<'_>, at: Point) -> f64 {
    SHORT * (1.0 + oracle.distance(at))
}

/// Whether a direction goes down, whatever the size of the gradient and of the direction.
pub(super) fn goes_down(gradient: Vector, direction: Vector) -> bool {
    (gradient / length(gradient)).dot(&(direction / length(direction))) < 0.0
}

/// Up to where a rise of the loss above `value` is rounding.
fn rounding(oracle: &Oracle<'_>, value: f64) -> f64 {
    ROUNDING * oracle.scale().max(value.abs())
}

/// The α > 0 at which the first valley of the line w + αp ends its descent, as finely as it is examined.
///
/// The line *descends* at α where φ(α) = f(w + αp) has φ′(α) < 0 and is not above φ(0) but for rounding. From a millionth of
/// 1 + ‖w‖ on, α is doubled while the line descends; between two of these places it is examined again, at half the way each
/// time, wherever φ and φ′ at both do not fit a slope that changes evenly and keeps its sign. Then the last α at which the line
/// descends and the first at which it does not are bisected to the last bit, and the former is taken: some seventy gradients.
/// So it never goes uphill, and finds the same point on f and on c·f; it is not the lowest point of the line, and a valley in
/// which the values beside it show nothing may be missed.
///
/// # Errors
/// [`Undefined::Endless`] where it descends as far as is looked.
pub(super) fn exact(
    oracle: &mut Oracle<'_>,
    at: Point,
    here: FirstOrder,
    direction: Vector,
) -> Result<Search, Undefined> {
    let long = length(direction);
    if long == 0.0 {
        return Ok(Search { scale: 1.0, trials: Vec::new(), landing: None });
    }
    let first = shortest_useful(oracle, at) / long;
    let highest = here.value + rounding(oracle, here.value);
    // Slopes are along a direction of length 1, so that no product of small ones vanishes.
    let mut line = Line { oracle, at, direction, long, highest };
    let start = Place { scale: 0.0, slope: here.gradient.dot(&(direction / long)), descends: true, value: here.value };
    let mut places = vec![start];
    let mut scale = first;
    loop {
        let place = line.look(scale);
        places.push(place);
        if !place.descends || places.len() > DOUBLINGS + 1 {
            break;
        }
        scale *= 2.0;
    }
    let doublings = places.iter().skip(1).map(|place| line.trial(*place));
    let mut trials: Vec<Trial> = doublings.collect();
    trials.drain(..trials.len().saturating_sub(SHOWN));
    // Only where all places descend is this how they end.
    let last: Vec<f64> = places.iter().rev().take(3).map(|place| place.value).collect();
    let fall = <[f64; 3]>::try_from(last)
        .map_or(EndlessFall::Slowing, |[far, middle, near]| EndlessFall::over([near, middle, far]));
    let [mut low, mut high] = line.first_descent_that_ends(places).ok_or(Undefined::Endless(fall))?;
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low.scale, high.scale);
        let ends = [low, high].map(|place| at + direction * place.scale);
        if middle <= low.scale || middle >= high.scale || ends[0] == ends[1] {
            break;
        }
        let place = line.look(middle);
        if place.descends { low = place } else { high = place }
    }
    let found = line.trial(low);
    let is_away = low.scale > 0.0 && found.at != at;
    trials.extend(is_away.then_some(Trial { accepted: true, ..found }));
    Ok(Search { scale: if is_away { low.scale } else { 0.0 }, trials, landing: None })
}

/// A line on which the loss is asked for.
struct Line<'a, 'b> {
    oracle: &'a mut Oracle<'b>,
    at: Point,
    direction: Vector,
    /// The length of the direction.
    long: f64,
    /// Above this value it does not descend.
    highest: f64,
}

/// What is known of a line at one place.
#[derive(Clone, Copy)]
struct Place {
    /// α
    scale: f64,
    /// φ(α)
    value: f64,
    /// φ′ per unit of length.
    slope: f64,
    descends: bool,
}

impl Line<'_, '_> {
    fn look(&mut self, scale: f64) -> Place {
        let there = self.oracle.first_order(self.at + self.direction * scale);
        let slope = there.gradient.dot(&(self.direction / self.long));
        // Where there is no number the line has ended: it does not descend either.
        Place { scale, value: there.value, slope, descends: slope < 0.0 && there.value <= self.highest }
    }

    fn trial(&self, place: Place) -> Trial {
        Trial { at: self.at + self.direction * place.scale, value: place.value, accepted: false }
    }

    /// The first two neighbors of which one descends and the other does not, from places of which only the last may not;
    /// `None` where all do.
    fn first_descent_that_ends(&mut self, mut places: Vec<Place>) -> Option<[Place; 2]> {
        let (mut index, mut left) = (0, LOOKS_BETWEEN);
        loop {
            let ends = [*places.get(index)?, *places.get(index + 1)?];
            let middle = f64::midpoint(ends[0].scale, ends[1].scale);
            if left > 0 && ends[0].scale < middle && middle < ends[1].scale && !self.is_even(ends) {
                left -= 1;
                let place = self.look(middle);
                if !place.descends {
                    places.truncate(index + 1);
                }
                places.insert(index + 1, place);
            } else if ends[1].descends {
                index += 1;
            } else {
                return Some(ends);
            }
        }
    }

    /// Whether φ between two places may have a slope that changes evenly: then the mean of the slopes at its ends is that
    /// of the values, but for a share of the smaller slope, or of the change where it is the sign that changes.
    fn is_even(&self, [from, to]: [Place; 2]) -> bool {
        let way = (to.scale - from.scale) * self.long;
        let mean = (to.value - from.value) / way;
        let off = (mean - f64::midpoint(from.slope, to.slope)).abs();
        let rounding = 8.0 * f64::EPSILON * from.value.abs().max(to.value.abs()) / way;
        let scale = if to.descends { from.slope.abs().min(to.slope.abs()) } else { (to.slope - from.slope).abs() };
        // Beyond the end of the numbers there is nothing to compare.
        !to.value.is_finite() || !to.slope.is_finite() || off <= EVEN * scale + rounding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};

    fn search(landscape: &str, at: [f64; 2], direction: [f64; 2]) -> (Result<Search, Undefined>, Evaluations) {
        let landscape = Landscape::parse(landscape).unwrap();
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let at = Point::from(at);
        let here = oracle.first_order(at);
        (exact(&mut oracle, at, here, Vector::from(direction)), oracle.evaluations())
    }

    #[test]
    fn the_exact_search_ends_where_the_slope_does() {
        let (found, evaluations) = search("bowl", [3.0, -1.0], [-3.0, 1.0]);
        let found = found.unwrap();
        assert!((found.scale - 1.0).abs() < 1e-15, "the bottom of the bowl: {}", found.scale);
        assert!(found.trials.len() < 20 && found.trials.last().unwrap().accepted, "the doublings and the end");
        assert!(
            (50..90).contains(&evaluations.gradients) && evaluations.values == 0,
            "dozens of gradients: {evaluations:?}"
        );
    }

    #[test]
    fn the_exact_search_takes_the_first_minimum_of_the_line() {
        for (landscape, at, expected) in [
            ("formula:(x-1)^2*(x-3)^2+y^2", [6.0, 4.0], 0.012_642_615_629_757_97),
            ("formula:1e9((x-1)^2*(x-3)^2+y^2)", [6.0, 4.0], 0.012_642_615_629_757_97e-9),
        ] {
            let landscape_of = Landscape::parse(landscape).unwrap();
            let gradient = landscape_of.loss().first_order(Point::from(at)).gradient;
            let (found, evaluations) = search(landscape, at, [-gradient.x, -gradient.y]);
            let scale = found.unwrap().scale;
            assert!((scale / expected - 1.0).abs() < 1e-9, "{landscape}: {scale}, not {expected}");
            assert!(evaluations.gradients < 150, "{landscape}: {evaluations:?}");
        }
    }

    #[test]
    fn a_fall_without_end_is_described() {
        let (found, evaluations) = search("saddle", [0.0, 0.1], [0.0, 0.2]);
        assert_eq!(found.err(), Some(Undefined::Endless(EndlessFall::Unbounded)));
        assert!(evaluations.gradients < 100, "and found out soon: {evaluations:?}");
    }

    /// What approaches a bottom is not called unbounded.
    #[test]
    fn a_fall_to_a_bottom_that_is_never_reached_is_no_unbounded_one() {
        for (formula, fall) in [
            ("formula:1/(1+x^2)", EndlessFall::Slowing),
            ("formula:-x/sqrt(1+x^2)", EndlessFall::Slowing),
            ("formula:-ln(1+x^2)", EndlessFall::Unbounded),
        ] {
            let (found, _) = search(formula, [1.0, 0.0], [1.0, 0.0]);
            if let Err(why) = found {
                assert_eq!(why, Undefined::Endless(fall), "{formula}: {why}");
            } else {
                assert_eq!(fall, EndlessFall::Slowing, "{formula}: it ends where no slope is left");
            }
        }
    }

    #[test]
    fn level_ground_and_overflow_end_the_search() {
        let (found, _) = search("bowl", [0.0, 0.0], [0.0, 0.0]);
        assert_eq!(found.unwrap().step(Vector::zeros(), []).verdict, Verdict::Taken, "nowhere to go");
        let (found, _) = search("himmelblau", [1.0, 1.0], [1e300, 0.0]);
        assert!(found.unwrap().scale.is_finite(), "a direction that leaves the numbers at once");
    }
}
