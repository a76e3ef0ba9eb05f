//! The best finite step: the lowest point of the loss on a circle, which is where −g points only for a vanishing radius.

use std::f64::consts::{FRAC_PI_2, PI, TAU};
use std::sync::LazyLock;

use crate::landscapes::{Evaluations, Loss, Oracle, values_on_all_cores};
use crate::numbers::bisection::bisect;
use crate::numbers::{Dimension, Point, Vector, length};

/// Directions that are tried; between two neighbors lies a fortieth of a degree.
pub const DIRECTIONS_TRIED: usize = 14_400;
/// Losses that are sampled on a circle.
const SAMPLES: usize = DIRECTIONS_TRIED;
/// Differences of the loss below this share of it are rounding: they make no minimum.
const ROUNDING: f64 = 1e-14;
/// Two minima are equally low where they differ by less than this share of it: a few roundings.
const SAME: f64 = 8.0 * f64::EPSILON;
/// Bisections of an angle: more than there are bits between two neighbors.
const BISECTIONS: usize = 100;

/// The cosines and the sines of all directions.
static DIRECTIONS: LazyLock<[Vec<f64>; 2]> = LazyLock::new(|| {
    let (sines, cosines) = (0..SAMPLES as isize).map(|index| libm::sincos(angle(index))).unzip();
    [cosines, sines]
});

fn angle(index: isize) -> f64 {
    index as f64 * (TAU / SAMPLES as f64)
}

/// Who answers for the loss: the loss itself, or for a method its oracle, which counts.
pub trait Answers {
    /// f(w).
    fn value(&mut self, at: Point) -> f64;
    /// ∇f(w).
    fn gradient(&mut self, at: Point) -> Vector;
    /// f at (xs\[i\], ys\[i\]), up to the last bits.
    fn values(&mut self, xs: &[f64], ys: &[f64], out: &mut [f64]);
    /// How many weights the loss has.
    fn dimension(&self) -> Dimension;
}

impl Answers for &dyn Loss {
    fn value(&mut self, at: Point) -> f64 {
        Loss::value(*self, at)
    }

    fn gradient(&mut self, at: Point) -> Vector {
        self.first_order(at).gradient
    }

    fn values(&mut self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        values_on_all_cores(*self, xs, ys, out);
    }

    fn dimension(&self) -> Dimension {
        Loss::dimension(*self)
    }
}

impl Answers for Oracle<'_> {
    fn value(&mut self, at: Point) -> f64 {
        Oracle::value(self, at)
    }

    fn gradient(&mut self, at: Point) -> Vector {
        Oracle::gradient(self, at)
    }

    fn values(&mut self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        Oracle::values(self, xs, ys, out);
    }

    fn dimension(&self) -> Dimension {
        Oracle::dimension(self)
    }
}

/// The lowest point of the loss on a circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CircleMinimum {
    /// Its direction from the center, counter-clockwise from the x axis, in \[0, 2π).
    pub theta: f64,
    /// The displacement from the center, as long as the radius.
    pub delta: Vector,
    /// The loss there.
    pub value: f64,
    /// How many local minima the circle has; none where it is level all around.
    pub local_minima: usize,
}

/// The best step of one length beside the step along −g of the same length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiniteStep {
    /// Their length.
    pub radius: f64,
    /// The best one; `None` where the loss has no finite value on the circle.
    pub best: Option<CircleMinimum>,
    /// The loss after the step along −g; NaN where g has no direction.
    pub minus_gradient_value: f64,
    /// From −g to the best one, counter-clockwise, in (−π, π\]; NaN where there is none.
    pub angle_from_minus_gradient: f64,
    /// What finding the best one asked of the loss surface; −g is one gradient.
    pub cost: Evaluations,
}

impl FiniteStep {
    /// Compares the two; `gradient` is that of the loss at the point.
    pub fn of(loss: &dyn Loss, at: Point, gradient: Vector, radius: f64) -> Self {
        if loss.dimension().is_one() {
            return Self::among(loss, at, gradient, radius, &[]);
        }
        let mut heights = Vec::new();
        sample(loss, at, radius, &mut heights, SAMPLES);
        Self::among(loss, at, gradient, radius, &heights)
    }

    /// The best step if the loss in all directions is known already: `heights`, as [`sample`] finds them.
    pub(super) fn among(mut loss: &dyn Loss, at: Point, gradient: Vector, radius: f64, heights: &[f64]) -> Self {
        let sampled = Evaluations { values: heights.len() as u32, ..Evaluations::default() };
        let mut oracle = Oracle::new(loss, sampled);
        let mut circle = Circle { answers: &mut oracle, center: at, radius };
        let downhill = downhill_angle(gradient);
        // On which side of −g the best step lies does not change with the radius, then.
        let from = downhill.unwrap_or(0.0);
        let best = if loss.dimension().is_one() { circle.better_side() } else { circle.best(heights, from) };
        let value = downhill.map(|theta| Circle { answers: &mut loss, center: at, radius }.value(theta));
        let turn = best.and_then(|best| Some(PI - (PI - (best.theta - downhill?)).rem_euclid(TAU)));
        Self {
            radius,
            best,
            minus_gradient_value: value.unwrap_or(f64::NAN),
            angle_from_minus_gradient: turn.unwrap_or(f64::NAN),
            cost: oracle.evaluations(),
        }
    }
}

/// The direction of −g in \[0, 2π); `None` where g is zero or not finite.
pub fn downhill_angle(gradient: Vector) -> Option<f64> {
    let length = length(gradient);
    (length > 0.0 && length.is_finite()).then(|| turned(libm::atan2(-gradient.y, -gradient.x)))
}

/// The same angle in \[0, 2π).
fn turned(theta: f64) -> f64 {
    let theta = theta.rem_euclid(TAU);
    if theta < TAU { theta } else { 0.0 }
}

/// δ* = argmin of f(w + δ), ‖δ‖ = `radius`; `None` where the loss has no finite value on the circle.
///
/// Asks for 14 400 values around the circle, and for about fifty gradients and two values more for every local
/// minimum among them, whose angle is then found by bisection of the slope φ′(θ) to the last bit. Of equally low
/// minima it is the first counter-clockwise from the x axis. Where the circle is level to rounding, as very small
/// circles are, the slope alone decides, from −g. With one weight there are two points at this distance, and two values tell.
pub fn best_finite_step(answers: &mut impl Answers, at: Point, radius: f64) -> Option<CircleMinimum> {
    if answers.dimension().is_one() {
        return Circle { answers, center: at, radius }.better_side();
    }
    let mut heights = Vec::new();
    sample_all(answers, at, radius, &mut heights, SAMPLES);
    Circle { answers, center: at, radius }.best(&heights, 0.0)
}

/// Adds the loss in up to `count` further directions to those that are known; ∞ where it is not finite.
pub(super) fn sample(mut loss: &dyn Loss, at: Point, radius: f64, heights: &mut Vec<f64>, count: usize) {
    sample_all(&mut loss, at, radius, heights, count);
}

fn sample_all(answers: &mut impl Answers, at: Point, radius: f64, heights: &mut Vec<f64>, count: usize) {
    let next = heights.len()..SAMPLES.min(heights.len().saturating_add(count));
    let [cosines, sines] = &*DIRECTIONS;
    let xs: Vec<f64> = cosines[next.clone()].iter().map(|cosine| at.x + radius * cosine).collect();
    let ys: Vec<f64> = sines[next.clone()].iter().map(|sine| at.y + radius * sine).collect();
    heights.resize(next.end, 0.0);
    answers.values(&xs, &ys, &mut heights[next.clone()]);
    for height in &mut heights[next] {
        *height = if height.is_finite() { *height } else { f64::INFINITY };
    }
}

/// The loss in a number of directions at one distance, counter-clockwise from the x axis; ∞ where it is not finite.
pub(super) fn sample_directions(mut loss: &dyn Loss, at: Point, radius: f64, count: usize) -> Vec<f64> {
    let [cosines, sines] = &*DIRECTIONS;
    let stride = SAMPLES / count;
    let place =
        |from: f64, ways: &[f64]| ways.iter().step_by(stride).map(|way| from + radius * way).collect::<Vec<f64>>();
    let (xs, ys) = (place(at.x, cosines), place(at.y, sines));
    let mut heights = vec![0.0; xs.len()];
    Answers::values(&mut loss, &xs, &ys, &mut heights);
    heights.iter_mut().filter(|height| !height.is_finite()).for_each(|height| *height = f64::INFINITY);
    heights
}

/// The loss on a circle, as a function φ of the angle.
struct Circle<'a, A> {
    answers: &'a mut A,
    center: Point,
    radius: f64,
}

impl<A: Answers> Circle<'_, A> {
    fn delta(&self, theta: f64) -> Vector {
        let (sine, cosine) = libm::sincos(theta);
        Vector::new(cosine, sine) * self.radius
    }

    /// φ.
    fn value(&mut self, theta: f64) -> f64 {
        self.answers.value(self.center + self.delta(theta))
    }

    /// φ′.
    fn slope(&mut self, theta: f64) -> f64 {
        let delta = self.delta(theta);
        self.answers.gradient(self.center + delta).dot(&Vector::new(-delta.y, delta.x))
    }

    /// With one weight: the lower one of the two points at this distance, the one on the right where they are equal.
    fn better_side(&mut self) -> Option<CircleMinimum> {
        let mut side = |theta: f64, by: f64| {
            let delta = Vector::new(by, 0.0);
            let value = self.answers.value(self.center + delta);
            value.is_finite().then_some(CircleMinimum { theta, delta, value, local_minima: 1 })
        };
        let [right, left] = [side(0.0, self.radius), side(PI, -self.radius)];
        match (right, left) {
            (Some(right), Some(left)) if left.value < right.value => Some(left),
            (Some(right), Some(left)) if left.value == right.value => Some(CircleMinimum { local_minima: 2, ..right }),
            _ => right.or(left),
        }
    }

    /// The lowest point, from φ in all directions; of equally low ones the first counter-clockwise from an angle.
    fn best(&mut self, heights: &[f64], from: f64) -> Option<CircleMinimum> {
        if heights.iter().all(|height| *height == f64::INFINITY) {
            return None;
        }
        let mut valleys = valleys(heights);
        let turn = |valley: &Valley| turned(angle(valley.lowest) - from);
        valleys.sort_by(|a, b| turn(a).total_cmp(&turn(b)));
        // Mirror images differ by rounding, which would choose another one at every radius.
        let same = SAME * largest(heights);
        let mut best: Option<(f64, f64)> = None;
        for valley in &valleys {
            let found = self.refined(angle(valley.left), angle(valley.lowest), angle(valley.right)).0;
            if best.is_none_or(|(_, value)| found.1 < value - same) {
                best = Some(found);
            }
        }
        let ((theta, value), local_minima) = match best {
            Some(found) => (found, valleys.len()),
            None => self.around_downhill(),
        };
        // The step to which the value belongs, to the last bit: a turned angle rounds to another.
        let delta = self.delta(theta);
        value.is_finite().then_some(CircleMinimum { theta: turned(theta), delta, value, local_minima })
    }

    /// The angle between `left` and `right` at which φ′ turns from falling to rising, with its value, and whether there
    /// is one; otherwise, or if that is higher by more than rounding, `sample`.
    fn refined(&mut self, left: f64, sample: f64, right: f64) -> ((f64, f64), bool) {
        let known = (sample, self.value(sample));
        let turns = self.slope(left) < 0.0 && self.slope(right) > 0.0;
        if !turns {
            return (known, false);
        }
        let theta = self.bisected(left, right);
        let value = self.value(theta);
        // Where the values end the slope may still turn.
        if !value.is_finite() {
            let value = if self.falls_for_ever(theta, sample) { f64::NEG_INFINITY } else { known.1 };
            return ((sample, value), true);
        }
        let lower = known.1 < value - ROUNDING * value.abs();
        (if lower { known } else { (theta, value) }, true)
    }

    /// Whether φ falls without end towards an angle at which it has no value, from a sample beside it: as much on each further
    /// piece of the way as on the one before, though it is a thousand times shorter.
    fn falls_for_ever(&mut self, end: f64, sample: f64) -> bool {
        let [far, near, nearest] = [1e-2, 1e-5, 1e-8].map(|share| self.value(end + (sample - end) * share));
        let (before, after) = (far - near, near - nearest);
        before > 0.0 && after >= 0.5 * before
    }

    fn bisected(&mut self, left: f64, right: f64) -> f64 {
        let [left, right] = bisect(|angle| self.slope(angle) < 0.0, left, right, BISECTIONS);
        f64::midpoint(left, right)
    }

    /// The lowest point of a circle that is level to rounding, with the number of its minima.
    fn around_downhill(&mut self) -> ((f64, f64), usize) {
        match downhill_angle(self.answers.gradient(self.center)) {
            None => ((0.0, self.value(0.0)), 0),
            Some(theta) => {
                let (found, is_minimum) = self.refined(theta - FRAC_PI_2, theta, theta + FRAC_PI_2);
                (found, usize::from(is_minimum))
            }
        }
    }
}

/// A stretch of samples around a lowest one that are as low to rounding, with a higher one at either end.
///
/// The indices go on below 0 and beyond the last: the circle is closed.
#[derive(Debug, PartialEq)]
struct Valley {
    left: isize,
    lowest: isize,
    right: isize,
}

/// The largest size of a finite one.
fn largest(heights: &[f64]) -> f64 {
    heights.iter().filter(|height| height.is_finite()).fold(0.0, |most, height| most.max(height.abs()))
}

/// The valleys of a closed curve of finite numbers and ∞: between two of them the curve rises by more than rounding.
fn valleys(heights: &[f64]) -> Vec<Valley> {
    let rounding = ROUNDING * largest(heights);
    let top =
        heights.iter().enumerate().fold(0, |top, (index, height)| if *height > heights[top] { index } else { top });
    let mut found = Vec::new();
    // The last extreme point, and whether the curve falls towards the next.
    let (mut extreme, mut at_extreme, mut falls) = (top, heights[top], true);
    for index in (top + 1..heights.len()).chain(0..=top) {
        let height = heights[index];
        let beyond = if falls { height < at_extreme } else { height > at_extreme };
        let turned = if falls { height > at_extreme + rounding } else { height < at_extreme - rounding };
        if beyond || turned {
            if turned && falls {
                found.push(extreme);
            }
            falls ^= turned;
            (extreme, at_extreme) = (index, height);
        }
    }
    let valley = |lowest: usize| {
        let is_higher = |index: &usize| heights[*index] > heights[lowest] + rounding;
        let place = |index: usize, turns: isize| index as isize + turns * heights.len() as isize;
        let left = (0..lowest).rev().find(is_higher).map(|index| place(index, 0));
        let left = left.or_else(|| (lowest..heights.len()).rev().find(is_higher).map(|index| place(index, -1)));
        let right = (lowest + 1..heights.len()).find(is_higher).map(|index| place(index, 0));
        let right = right.or_else(|| (0..lowest).find(is_higher).map(|index| place(index, 1)));
        let lowest = place(lowest, 0);
        Valley { left: left.unwrap_or(lowest), lowest, right: right.unwrap_or(lowest) }
    };
    found.into_iter().map(valley).collect()
}

#[cfg(test)]
mod tests;
