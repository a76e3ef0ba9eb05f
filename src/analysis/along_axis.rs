//! The critical points of a loss of one weight: where f′ changes its sign along the interval, touches zero, or is zero.
//!
//! f′ is examined from place to place. Between two of them it changes sign at a minimum or a maximum, be it smoothly or with a
//! jump; where it comes closest to zero without changing sign it may touch it, or change sign twice. Two points that are nearer to
//! each other than two places, and between which |f′| has no least value that is seen, may be missed.

use std::cmp::Ordering;

use super::completeness::{Completeness, Obstacle};
use super::critical_points::{CriticalPoint, Kind, without_dust};
use super::level_areas::but_where_undefined;
use crate::landscapes::{CriticalSet, Landscape, Loss, ViewBox};
use crate::numbers::bisection::bisect;
use crate::numbers::numerals::{number, parameter};
use crate::numbers::{Dimension, Point};

/// Places at which f′ is examined.
const PLACES: usize = 4096;
/// The share of a cell by which they are moved, so that they miss round numbers.
const SHIFT: f64 = 0.381_966;
/// Bisections: more than there are bits between two places.
const BISECTIONS: usize = 100;
/// How far beside a point its slope is compared with its own, as shares of the interval.
const BESIDE: [f64; 3] = [1e-4, 1e-5, 1e-6];
/// Where f′ jumps, it keeps more than this share of its slope right beside the point.
const JUMP: f64 = 0.01;
/// f′ touches zero where it is below this share of what it is [`AROUND`] it.
const TOUCHES: f64 = 1e-9;
/// As a share of the interval.
const AROUND: f64 = 1e-3;
/// More points than this are noise.
const MOST: usize = 5000;

/// What was found.
pub(super) struct Found {
    pub(super) points: Vec<CriticalPoint>,
    pub(super) sets: Vec<CriticalSet>,
    pub(super) completeness: Completeness,
    /// How often the loss was asked for.
    pub(super) evaluations: usize,
}

/// A place and what the loss is like there.
#[derive(Clone, Copy, PartialEq)]
struct Sample {
    x: f64,
    value: f64,
    slope: f64,
}

impl Sample {
    fn is_finite(&self) -> bool {
        self.value.is_finite() && self.slope.is_finite()
    }
}

/// A look along the interval.
struct Look<'a> {
    loss: &'a dyn Loss,
    view: ViewBox,
    points: Vec<CriticalPoint>,
    /// Whether f′ changes sign where no critical point is listed: at a pole, or where the loss jumps.
    has_others: bool,
    evaluations: usize,
}

/// The critical points of a landscape of one weight in its interval, and the intervals on which it is level.
pub(super) fn along_axis(landscape: &Landscape) -> Found {
    let mut look = Look {
        loss: landscape.loss(),
        view: landscape.domain(),
        points: Vec::new(),
        has_others: false,
        evaluations: 0,
    };
    let samples = look.samples();
    let has_holes = samples.iter().any(|sample| !sample.is_finite());
    let mut sets = Vec::new();
    for piece in samples.split(|sample| !sample.is_finite()) {
        look.piece(piece, &mut sets);
    }
    let completeness = look.completeness(&sets, has_holes);
    look.points.sort_by(CriticalPoint::order);
    Found { points: look.points, sets, completeness, evaluations: look.evaluations }
}

impl Look<'_> {
    fn sample(&mut self, x: f64) -> Sample {
        self.evaluations += 1;
        let first = self.loss.first_order(Point::new(x, 0.0));
        Sample { x, value: first.value, slope: first.gradient.x }
    }

    /// Whether all critical points are known, once the whole interval is looked through.
    fn completeness(&self, sets: &[CriticalSet], has_holes: bool) -> Completeness {
        match () {
            () if sets.iter().any(CriticalSet::is_everywhere) => Completeness::Everywhere,
            () if !sets.is_empty() => Completeness::Continuum,
            () if self.points.len() > MOST => Completeness::Uncounted(Obstacle::Noise),
            () if has_holes => Completeness::Uncounted(Obstacle::Hole),
            () if self.has_others => Completeness::Uncounted(Obstacle::Kink),
            () => Completeness::Alternating,
        }
    }

    fn slope(&mut self, x: f64) -> f64 {
        self.sample(x).slope
    }

    /// Both ends of the interval, and places between and just beyond them.
    fn samples(&mut self) -> Vec<Sample> {
        let [low, high] = self.view.x;
        let cell = (high - low) / PLACES as f64;
        let inner = (0..PLACES).map(|index| low + cell * (index as f64 + SHIFT));
        let places: Vec<f64> = std::iter::once(low).chain(inner).chain([high]).collect();
        let inside = places.into_iter().map(|x| self.sample(x)).collect::<Vec<_>>();
        // A little beyond the ends, as f′ may be zero at them; where the loss ends there, nothing is missing.
        let beyond = [low - SHIFT * cell, high + SHIFT * cell].map(|x| Some(self.sample(x)).filter(Sample::is_finite));
        beyond[0].into_iter().chain(inside).chain(beyond[1]).collect()
    }

    /// A piece of the interval throughout which the loss has values.
    fn piece(&mut self, samples: &[Sample], sets: &mut Vec<CriticalSet>) {
        let mut index = 0;
        // The last two places with a slope.
        let mut before: [Option<Sample>; 2] = [None; 2];
        while let Some(here) = samples.get(index) {
            let run =
                samples[index..].iter().take_while(|other| other.slope == 0.0 && other.value == here.value).count();
            if here.slope == 0.0 && run > 1 {
                let beside = [index.checked_sub(1), Some(index + run)].map(|at| samples.get(at?).copied());
                sets.extend(self.level(beside, &samples[index..index + run]));
                before = [None; 2];
                index += run;
                continue;
            }
            index += 1;
            if here.slope == 0.0 {
                continue;
            }
            if let [Some(last), earlier] = before {
                if (last.slope < 0.0) == (here.slope < 0.0) {
                    // Beside a change of sign there is nothing that it would not have found.
                    if let Some(earlier) = earlier.filter(|earlier| (earlier.slope < 0.0) == (here.slope < 0.0)) {
                        self.dip(earlier, last, *here);
                    }
                } else {
                    self.change(last, *here);
                }
            }
            before = [Some(*here), before[0]];
        }
    }

    /// The interval of level places, as far as the slope is zero and the loss the same; `None` if that is a point at the end of
    /// the box. `beside` are the places before and after it.
    fn level(&mut self, beside: [Option<Sample>; 2], run: &[Sample]) -> Option<CriticalSet> {
        let [first, last] = [run[0], run[run.len() - 1]];
        if beside == [None; 2] && run.len() > PLACES {
            let whole = CriticalSet::flat(first.value, true, self.view.outline().to_vec(), Vec::new());
            return Some(but_where_undefined(whole, self.loss, self.view));
        }
        let ends = [self.level_end(first, beside[0]), self.level_end(last, beside[1])];
        let is_all = |side: Ordering| {
            beside.iter().flatten().all(|outside| outside.value.partial_cmp(&first.value) == Some(side))
        };
        let kind = match () {
            () if is_all(Ordering::Greater) => "minimum",
            () if is_all(Ordering::Less) => "maximum",
            () => "degenerate",
        };
        let [from, to] = ends.map(parameter);
        let text = format!("every x from {from} to {to}, where the loss is {}", number(first.value));
        let polyline = ends.map(|x| Point::new(x, 0.0)).to_vec();
        let set = CriticalSet { kind, text, polyline, gaps: Vec::new(), label: None };
        (ends[0] < ends[1]).then_some(set)
    }

    /// Where level places end between one of them and the next place outside, if there is one.
    fn level_end(&mut self, inside: Sample, outside: Option<Sample>) -> f64 {
        let [x0, x1] = self.view.x;
        let Some(outside) = outside else { return inside.x.clamp(x0, x1) };
        let mut is_level = |x: f64| {
            let sample = self.sample(x);
            sample.slope == 0.0 && sample.value == inside.value
        };
        let [end, _] = bisect(&mut is_level, inside.x, outside.x, BISECTIONS);
        // The end is found but for rounding.
        let near = libm::exp10(libm::floor(libm::log10(x1 - x0)) - 8.0);
        let round = (end / near).round() * near;
        let end = if (round - end).abs() <= 1e-3 * near { round } else { end };
        end.clamp(x0, x1)
    }

    /// The point between two places at which f′ has different signs.
    fn change(&mut self, from: Sample, to: Sample) {
        let falls = from.slope < 0.0;
        let before = |slope: f64| if falls { slope < 0.0 } else { slope > 0.0 };
        let [low, high] = bisect(|x| before(self.slope(x)), from.x, to.x, BISECTIONS);
        // Between them the slope may be lost in rounding.
        let after = |slope: f64| if falls { slope > 0.0 } else { slope < 0.0 };
        let [_, high] = if after(self.slope(high)) {
            [low, high]
        } else {
            bisect(|x| !after(self.slope(x)), high, to.x, BISECTIONS)
        };
        let width = self.view.width();
        let mut steepest = |x: f64, sign: f64| {
            BESIDE.into_iter().map(|share| self.slope(x + sign * share * width).abs()).fold(0.0, f64::max)
        };
        let [left, right] = [steepest(low, -1.0), steepest(high, 1.0)];
        let [at_low, at_high] = [low, high].map(|x| self.slope(x).abs());
        // Not finite counts as a jump.
        let is_smooth = at_low <= JUMP * left && at_high <= JUMP * right;
        if is_smooth {
            let kind = if falls { Kind::Minimum } else { Kind::Maximum };
            self.add(f64::midpoint(low, high), kind);
        } else {
            self.kink([low, high], falls);
        }
    }

    /// A change of sign with a jump: listed where it is a minimum or a maximum that has a value.
    fn kink(&mut self, [low, high]: [f64; 2], falls: bool) {
        let near = 1e-11 * self.view.width();
        let digits = || format!("{:.12e}", f64::midpoint(low, high)).parse().ok();
        let short = digits().filter(|x: &f64| (*x - low).abs() <= near);
        let middle = if high - low > near { f64::midpoint(low, high) } else { low };
        let x = if (low..=high).contains(&0.0) { 0.0 } else { short.unwrap_or(middle) };
        let by = BESIDE[2] * self.view.width();
        let [left, here, right] = [x - by, x, x + by].map(|x| self.sample(x).value);
        let is_minimum = falls && here.is_finite() && here <= left && here <= right;
        let is_maximum = !falls && here.is_finite() && here >= left && here >= right;
        if !(self.view.x[0]..=self.view.x[1]).contains(&x) {
            return;
        }
        if is_minimum || is_maximum {
            let (kind, index) = if is_minimum { (Kind::Minimum, 1) } else { (Kind::Maximum, -1) };
            let at = Point::new(x, 0.0);
            self.points.push(CriticalPoint { at, value: here, kind, eigenvalues: None, index: Some(index) });
        } else {
            self.has_others = true;
        }
    }

    /// Three places at which f′ has one sign: where |f′| is least at the middle one, it may touch zero there, or cross it twice.
    fn dip(&mut self, before: Sample, middle: Sample, after: Sample) {
        let size = |sample: Sample| sample.slope.abs();
        if size(middle) > size(before) || size(middle) >= size(after) {
            return;
        }
        let sign = middle.slope.signum();
        let mut falls = |x: f64| {
            self.evaluations += 1;
            self.loss.second_order(Point::new(x, 0.0)).hessian.xx * sign < 0.0
        };
        if !falls(before.x) || falls(after.x) {
            return;
        }
        let [low, high] = bisect(falls, before.x, after.x, BISECTIONS);
        let least = self.sample(f64::midpoint(low, high));
        if least.slope * sign < 0.0 {
            self.change(before, least);
            self.change(least, after);
            return;
        }
        let far = AROUND * self.view.width();
        let around = [least.x - far, least.x + far].map(|x| self.slope(x).abs());
        if least.slope.abs() <= TOUCHES * around[0].min(around[1]) {
            self.add(least.x, Kind::Degenerate);
        }
    }

    /// A point where f′ vanishes, made as exact as it can be.
    fn add(&mut self, x: f64, kind: Kind) {
        let clean = without_dust(self.loss, self.polished(x), self.view);
        let here = self.loss.second_order(Point::new(clean.x, 0.0));
        self.evaluations += 2;
        if !(self.view.x[0]..=self.view.x[1]).contains(&clean.x) {
            return;
        }
        let index = match kind {
            Kind::Minimum => 1,
            Kind::Maximum => -1,
            Kind::Saddle | Kind::Degenerate => 0,
        };
        let values = here.hessian.eigen().values;
        let at = Point::new(clean.x, 0.0);
        self.points.push(CriticalPoint { at, value: here.value, kind, eigenvalues: Some(values), index: Some(index) });
    }

    /// A place, or where a step of Newton's method leads from it if the slope is smaller there.
    fn polished(&mut self, x: f64) -> Point {
        let at = Point::new(x, 0.0);
        let here = self.loss.second_order(at);
        let step = here.gradient.x / here.hessian.xx;
        let better = Point::new(x - step, 0.0);
        let is_better = step.is_finite() && self.slope(better.x).abs() < here.gradient.x.abs();
        if is_better { better } else { at }
    }
}

/// What a place of a loss of one weight is where its curvature does not tell: by the signs of f′ on both sides.
pub(super) fn kind_by_slopes(landscape: &Landscape, at: Point) -> Kind {
    debug_assert_eq!(landscape.dimension(), Dimension::One, "of one weight");
    let far = AROUND * landscape.domain().width();
    let slope = |by: f64| landscape.loss().first_order(Point::new(at.x + by, at.y)).gradient.x;
    match [slope(-far), slope(far)] {
        [left, right] if left < 0.0 && right > 0.0 => Kind::Minimum,
        [left, right] if left > 0.0 && right < 0.0 => Kind::Maximum,
        _ => Kind::Degenerate,
    }
}

#[cfg(test)]
mod tests;
