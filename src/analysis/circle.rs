//! The best finite step: the lowest point of the loss on a circle, which is where −g points only for a vanishing radius.

use std::f64::consts::{FRAC_PI_2, PI, TAU};
use std::sync::LazyLock;

use crate::landscapes::{Evaluations, Loss, Oracle};
use crate::numbers::{Point, Vector, length};

/// Directions that are tried; between two neighbors lies a fortieth of a degree.
pub(super) const DIRECTIONS_TRIED: usize = 14_400;
const SAMPLES: usize = DIRECTIONS_TRIED;
/// Differences of the loss below this share of it are rounding: they make no minimum.
const ROUNDING: f64 = 1e-14;
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

/// Who answers for the land: the loss itself, or for a method its oracle, which counts.
pub trait Answers {
    /// f(w).
    fn value(&mut self, at: Point) -> f64;
    /// ∇f(w).
    fn gradient(&mut self, at: Point) -> Vector;
    /// f at (xs\[i\], ys\[i\]), up to the last bits.
    fn values(&mut self, xs: &[f64], ys: &[f64], out: &mut [f64]);
}

impl Answers for &dyn Loss {
    fn value(&mut self, at: Point) -> f64 {
        Loss::value(*self, at)
    }

    fn gradient(&mut self, at: Point) -> Vector {
        self.first_order(at).gradient
    }

    fn values(&mut self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        Loss::values(*self, xs, ys, out);
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
    /// What finding the best one asked of the land; −g is one gradient.
    pub cost: Evaluations,
}

impl FiniteStep {
    /// Compares the two; `gradient` is that of the loss at the point.
    pub fn of(loss: &dyn Loss, at: Point, gradient: Vector, radius: f64) -> Self {
        let mut heights = Vec::new();
        sample(loss, at, radius, &mut heights, SAMPLES);
        Self::among(loss, at, gradient, radius, &heights)
    }

    /// The same where the loss in all directions is known already, as [`sample`] has found it.
    pub(super) fn among(mut loss: &dyn Loss, at: Point, gradient: Vector, radius: f64, heights: &[f64]) -> Self {
        let sampled = Evaluations { values: heights.len() as u32, ..Evaluations::default() };
        let mut asked = Oracle::new(loss, sampled);
        let best = Circle { answers: &mut asked, center: at, radius }.best(heights);
        let downhill = downhill_angle(gradient);
        let value = downhill.map(|theta| Circle { answers: &mut loss, center: at, radius }.value(theta));
        let turn = best.and_then(|best| Some(PI - (PI - (best.theta - downhill?)).rem_euclid(TAU)));
        Self {
            radius,
            best,
            minus_gradient_value: value.unwrap_or(f64::NAN),
            angle_from_minus_gradient: turn.unwrap_or(f64::NAN),
            cost: asked.asked(),
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
/// circles are, the slope alone decides, from −g.
pub fn best_finite_step(answers: &mut impl Answers, at: Point, radius: f64) -> Option<CircleMinimum> {
    let mut heights = Vec::new();
    sample_all(answers, at, radius, &mut heights, SAMPLES);
    Circle { answers, center: at, radius }.best(&heights)
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

    /// The lowest point, from φ in all directions.
    fn best(&mut self, heights: &[f64]) -> Option<CircleMinimum> {
        if heights.iter().all(|height| *height == f64::INFINITY) {
            return None;
        }
        let mut valleys = valleys(heights);
        valleys.sort_unstable_by_key(|valley| valley.lowest);
        let mut best: Option<(f64, f64)> = None;
        for valley in &valleys {
            let found = self.refined(angle(valley.left), angle(valley.lowest), angle(valley.right)).0;
            if best.is_none_or(|(_, value)| found.1 < value) {
                best = Some(found);
            }
        }
        let ((theta, value), local_minima) = match best {
            Some(found) => (found, valleys.len()),
            None => self.around_downhill(),
        };
        let theta = turned(theta);
        let delta = self.delta(theta);
        value.is_finite().then_some(CircleMinimum { theta, delta, value, local_minima })
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
        let lower = known.1 < value - ROUNDING * value.abs() || !value.is_finite();
        (if lower { known } else { (theta, value) }, true)
    }

    fn bisected(&mut self, mut left: f64, mut right: f64) -> f64 {
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(left, right);
            if middle <= left || middle >= right {
                break;
            }
            if self.slope(middle) < 0.0 { left = middle } else { right = middle }
        }
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

/// The valleys of a closed curve of finite numbers and ∞: between two of them the curve rises by more than rounding.
fn valleys(heights: &[f64]) -> Vec<Valley> {
    let count = heights.len() as isize;
    let height = |index: isize| heights[index.rem_euclid(count) as usize];
    let largest =
        heights.iter().filter(|height| height.is_finite()).fold(0.0_f64, |most, height| most.max(height.abs()));
    let rounding = ROUNDING * largest;
    let top = (0..count).fold(0, |top, index| if height(index) > height(top) { index } else { top });
    let mut found = Vec::new();
    // The last extreme point, and whether the curve falls towards the next.
    let (mut extreme, mut falls) = (top, true);
    for index in top + 1..=top + count {
        let beyond = if falls { height(index) < height(extreme) } else { height(index) > height(extreme) };
        if beyond {
            extreme = index;
        } else if falls && height(index) > height(extreme) + rounding {
            found.push(extreme);
            (extreme, falls) = (index, false);
        } else if !falls && height(index) < height(extreme) - rounding {
            (extreme, falls) = (index, true);
        }
    }
    let valley = |lowest: isize| {
        let higher = |index: &isize| height(*index) > height(lowest) + rounding;
        let left = (lowest - count..lowest).rev().find(higher).unwrap_or(lowest);
        let right = (lowest + 1..=lowest + count).find(higher).unwrap_or(lowest);
        // The lowest sample lies on the circle proper, its neighbors where they are seen from it.
        let shift = lowest.rem_euclid(count) - lowest;
        Valley { left: left + shift, lowest: lowest + shift, right: right + shift }
    };
    found.into_iter().map(valley).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::Symmetric2;

    proptest! {
        // Every case is thousands of values on every landscape.
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn no_sampled_direction_is_lower(fractions in [0.0..1.0, 0.0..1.0], radius in 0.001..3.0) {
            for entry in entries() {
                let landscape = Landscape::of(entry);
                let at = Point::new(
                    entry.view.x[0] + fractions[0] * entry.view.width(),
                    entry.view.y[0] + fractions[1] * entry.view.height(),
                );
                let best = best_finite_step(&mut landscape.loss(), at, radius).unwrap();
                prop_assert_eq!(best.value, landscape.loss().value(at + best.delta), "{}: its value", entry.id);
                prop_assert!((best.delta.norm() - radius).abs() <= 1e-14 * radius, "{}: its length", entry.id);
                prop_assert!(best.local_minima <= 200, "{}: {} minima", entry.id, best.local_minima);
                for index in (0..SAMPLES as isize).step_by(97) {
                    let (sine, cosine) = libm::sincos(angle(index));
                    let other = landscape.loss().value(at + Vector::new(cosine, sine) * radius);
                    prop_assert!(best.value <= other + 1e-12 * other.abs(), "{}: lower at {}", entry.id, angle(index));
                }
            }
        }

        #[test]
        fn on_a_quadratic_it_solves_the_damped_equation(x in -3.0..3.0, y in -3.0..3.0, radius in 0.01..2.0) {
            let landscape = Landscape::parse("quad").unwrap();
            let here = landscape.loss().second_order(Point::new(x, y));
            let Some(best) = best_finite_step(&mut landscape.loss(), Point::new(x, y), radius) else { panic!("finite") };
            // (H + λI) p = −g with some λ ≥ −λ₁: the residual of Hp + g lies along p, and pushes outward.
            let residual = here.hessian.apply(best.delta) + here.gradient;
            let lambda = -residual.dot(&best.delta) / (radius * radius);
            let scale = here.gradient.norm() + here.hessian.norm() * radius;
            prop_assert!((residual + best.delta * lambda).norm() <= 1e-6 * scale, "{residual} is not along the step");
            prop_assert!(lambda >= -here.hessian.eigen().values[0] - 1e-6 * scale / radius, "λ = {lambda}");
        }
    }

    #[test]
    fn small_circles_turn_from_minus_gradient_as_the_curvature_says() {
        for (landscape, at) in [("rosenbrock", [-1.2, 1.0]), ("himmelblau", [0.5, -1.4]), ("tanh2", [0.4, 0.3])] {
            let landscape = Landscape::parse(landscape).unwrap();
            let here = landscape.loss().second_order(Point::from(at));
            let n = here.gradient.normalize();
            let t = Vector::new(-n.y, n.x);
            for radius in [1e-3, 1e-5, 1e-12] {
                let step = FiniteStep::of(landscape.loss(), Point::from(at), here.gradient, radius);
                let predicted = -radius * n.dot(&here.hessian.apply(t)) / here.gradient.norm();
                let error = step.angle_from_minus_gradient - predicted;
                let next_order = 1e3 * radius * radius + 1e-13;
                assert!(error.abs() <= next_order, "{landscape} at radius {radius}: {error:e} off {predicted:e}");
                assert_eq!(step.best.unwrap().local_minima, 1, "{landscape} at radius {radius}");
            }
        }
    }

    #[test]
    fn the_circle_is_closed_and_plateaus_are_one() {
        let found =
            |heights: &[f64]| valleys(heights).into_iter().map(|v| [v.left, v.lowest, v.right]).collect::<Vec<_>>();
        assert_eq!(found(&[0.0, 1.0, 2.0, 1.0]), [[-1, 0, 1]], "around the seam");
        assert_eq!(found(&[3.0, 1.0, 1.0, 1.0, 2.0, 1.5]), [[0, 1, 4], [4, 5, 6]], "a plateau");
        assert_eq!(found(&[2.0, 2.0, 2.0]), [[0; 3]; 0], "level");
        assert_eq!(found(&[1.0, 1.0 + 1e-15, 1.0, 1.0 + 1e-15, 2.0]), [[-1, 0, 4]], "rounding makes no valley");
        let wall = f64::INFINITY;
        assert_eq!(found(&[wall, 2.0, 2.0, wall, 1.0, wall]), [[0, 1, 3], [3, 4, 5]], "walls part");
        assert_eq!(found(&[wall; 4]), [[0; 3]; 0], "nothing finite");
    }

    /// Beside a hole or the edge of what has values, the best step is the best of those that have one.
    #[test]
    fn the_best_step_has_a_value() {
        for (formula, at, radius) in [
            ("ln(x)+y^2", [0.05, 0.0], 0.1),
            ("ln(x)+y^2", [0.05, 0.0], 0.2),
            ("sqrt(x)+y", [0.5, 0.0], 1.0),
            ("1/x+y^2", [0.5, 0.3], 0.5),
            ("x+0*sqrt(1-x^2-y^2)", [0.9, 0.0], 0.3),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let best = best_finite_step(&mut landscape.loss(), Point::from(at), radius);
            let best = best.unwrap_or_else(|| panic!("{formula} at {at:?}: it has values"));
            for index in (0..SAMPLES as isize).step_by(31) {
                let (sine, cosine) = libm::sincos(angle(index));
                let other = landscape.loss().value(Point::from(at) + Vector::new(cosine, sine) * radius);
                let is_lower = other.is_finite() && other < best.value - 1e-12 * other.abs();
                assert!(best.value.is_finite() && !is_lower, "{formula} at {at:?}: {other} below {}", best.value);
            }
        }
    }

    #[test]
    fn level_and_endless_land() {
        let best = |landscape: &str, at: [f64; 2], radius| {
            best_finite_step(&mut Landscape::parse(landscape).unwrap().loss(), Point::from(at), radius)
        };
        let dead = best("relu", [0.0, -2.9], 0.1).unwrap();
        assert_eq!((dead.theta, dead.local_minima), (0.0, 0), "a unit that is off");
        assert_eq!(best("bowl", [0.0, 0.0], 1.0).unwrap().local_minima, 0, "a level line of the bowl");
        assert_eq!(best("saddle", [0.0, 0.0], 1.0).unwrap().local_minima, 2, "both ways down");
        assert_eq!(best("himmelblau", [1e200, 0.0], 1.0), None, "no finite value");
        let lost = best("bowl", [1.0, 1.0], 1e-30).unwrap();
        assert!((lost.theta - 1.25 * PI).abs() < 1e-12, "a circle too small to see: {}", lost.theta);
    }

    #[test]
    fn a_method_is_charged_for_every_question() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let best = best_finite_step(&mut oracle, Point::new(0.1, -0.5), 3.0).unwrap();
        let asked = oracle.asked();
        assert_eq!(asked.values as usize, SAMPLES + 2 * best.local_minima, "values");
        let gradients = asked.gradients as usize / best.local_minima;
        assert!((30..80).contains(&gradients), "{gradients} gradients a minimum");
        let free = best_finite_step(&mut landscape.loss(), Point::new(0.1, -0.5), 3.0);
        assert_eq!(free, Some(best), "the same answer");
    }

    #[test]
    fn the_estimate_has_the_sign_that_is_told() {
        // f = x²/2 + 10y² from (1, 1): −g points down more steeply than the bottom lies, so the best step turns to it.
        let landscape = Landscape::parse("quad:theta=0").unwrap();
        let here = landscape.loss().second_order(Point::new(1.0, 1.0));
        assert_eq!(here.hessian, Symmetric2::new(1.0, 0.0, 20.0), "the axes");
        let step = FiniteStep::of(landscape.loss(), Point::new(1.0, 1.0), here.gradient, 1.0);
        assert!(step.angle_from_minus_gradient < 0.0, "clockwise, to the west: {}", step.angle_from_minus_gradient);
    }
}
