//! The walk along a line of critical points: a short step along it, then Newton's method across it, back onto it.

use super::super::critical_points::{Ground, NEAR, Units};
use super::super::sure_eigenvalues::steady_eigenvalues;
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// Steps across the box.
pub(super) const STEPS: f64 = 128.0;
/// Newton's method across a line converges by a constant factor a step where the loss is as flat as a fourth power.
const CORRECTIONS: usize = 60;
/// The gradient on a line, as a share of that a curvature makes over the box: rounding.
const LEVEL: f64 = 1e-11;
/// Points of the longest line.
const LONGEST: usize = 4000;
/// The loss is the same along a line but for this many of its roundings, or this share of what it rises to the sides.
pub(super) const SAME: [f64; 2] = [100.0, 1e-15];
/// How far beside a line is looked whether it has led into a level area, in steps.
const BESIDE: f64 = 0.037;
/// From one neighbor to the next the loss jumps if it changes by this many times what its slope makes of the way.
const JUMP: f64 = 8.0;
/// The share of what curvature makes of the way that counts as a slope: a curved floor is met between its points.
const JUMP_OF_BEND: f64 = 1e-3;

/// How far a point is from a segment, in a box stretched to a square.
pub(in crate::analysis) fn distance(unit: Units, at: Point, ends: &[Point]) -> f64 {
    let (way, from) = (unit.square(ends[1] - ends[0]), unit.square(at - ends[0]));
    let share = (from.dot(&way) / way.norm_squared()).clamp(0.0, 1.0);
    (from - way * if share.is_nan() { 0.0 } else { share }).norm()
}

/// A walk along a line of critical points.
pub(super) struct Walk<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) unit: Units,
    /// The length of a step, in a box stretched to a square.
    pub(super) step: f64,
    pub(super) evaluations: usize,
    /// Points at which a line ends.
    pub(super) holes: &'a [Point],
}

impl<'a> Walk<'a> {
    pub(super) fn new(ground: Ground<'a>) -> Self {
        let step = ground.view.size() / STEPS;
        Self { ground, unit: Units::of(ground.view), step, evaluations: 0, holes: &[] }
    }

    /// Whether a hole lies on the way between two places.
    pub(super) fn is_broken(&self, from: Point, to: Point) -> bool {
        let near = tolerance::ONE_PLACE * self.ground.view.size();
        self.holes.iter().any(|hole| distance(self.unit, *hole, &[from, to]) < near)
    }
}

impl Walk<'_> {
    /// The point of a line beside a point; `None` where none is near, or where the loss bends along it after all.
    pub(super) fn start(&mut self, at: Point) -> Option<Point> {
        let on = self.onto(at).filter(|on| self.unit.length(on - at) < self.step)?;
        let Ground { loss, view, .. } = self.ground;
        self.evaluations += 6;
        let is_valley = steady_eigenvalues(loss, on, NEAR * view.size(), self.unit).is_some();
        (!is_valley).then_some(on)
    }

    /// The Hessian and the gradient in a box stretched to a square.
    fn bent(&mut self, at: Point) -> Option<(Symmetric2, Vector)> {
        self.evaluations += 1;
        let here = self.ground.loss.second_order(at);
        let (hessian, gradient) = (self.unit.hessian(here.hessian), self.unit.gradient(here.gradient));
        let is_finite = hessian.is_finite() && gradient.iter().all(|slope| slope.is_finite());
        (is_finite && self.evaluations <= self.ground.most).then_some((hessian, gradient))
    }

    /// From a point near a line across it onto the line.
    fn onto(&mut self, mut at: Point) -> Option<Point> {
        for _ in 0..CORRECTIONS {
            let (hessian, gradient) = self.bent(at)?;
            if gradient == Vector::zeros() {
                return Some(at);
            }
            let eigen = hessian.eigen();
            let stiff = usize::from(eigen.values[1].abs() > eigen.values[0].abs());
            let (value, across) = (eigen.values[stiff], eigen.vectors[stiff]);
            let by = -across.dot(&gradient) / value;
            if by.is_nan() || by.abs() >= 2.0 * self.step {
                return None;
            }
            at += self.unit.way(across * by);
            if by.abs() < 1e-15 * self.ground.view.size() {
                break;
            }
        }
        self.is_critical(at).then_some(at)
    }

    /// Whether the gradient vanishes at a point, but for rounding.
    fn is_critical(&mut self, at: Point) -> bool {
        let mut curvature = 0.0_f64;
        for [x, y] in [[0.6, 0.8], [-0.8, 0.6], [-0.6, -0.8], [0.8, -0.6]] {
            let place = at + self.unit.way(Vector::new(x, y) * self.step);
            if let Some((hessian, _)) = self.bent(place) {
                curvature = curvature.max(hessian.norm());
            }
        }
        let slope = self.bent(at).map_or(f64::INFINITY, |(_, gradient)| gradient.norm());
        slope <= LEVEL * curvature * self.ground.view.size()
    }

    /// Points of lines about a step away from one of theirs, the farthest first.
    pub(super) fn beside(&mut self, at: Point) -> Vec<Point> {
        let mut found: Vec<Point> = Vec::new();
        for direction in 0..8 {
            let angle = 0.3 + std::f64::consts::FRAC_PI_4 * f64::from(direction);
            let beside = at + self.unit.way(Vector::new(libm::cos(angle), libm::sin(angle)) * self.step);
            let Some(next) = self.onto(beside) else { continue };
            let between = at + (next - at) * 0.5;
            let is_line = self.onto(between).is_some_and(|on| self.unit.length(on - between) < 0.25 * self.step);
            if is_line && (0.3..2.0).contains(&(self.unit.length(next - at) / self.step)) {
                found.push(next);
            }
        }
        found.sort_by(|a, b| self.unit.length(b - at).total_cmp(&self.unit.length(a - at)));
        found
    }

    /// Goes on from the last point of a polyline through the next: to the edge of the box, or until it has come back to
    /// its first point, which is then its last, too.
    pub(super) fn follow(&mut self, polyline: &mut Vec<Point>, next: Point) -> bool {
        let mut next = Some(next);
        while let Some(to) = next
            && let Some(from) = polyline.last().copied()
            && polyline.len() < LONGEST
        {
            if polyline.len() > 3 && distance(self.unit, polyline[0], &[from, to]) < 0.5 * self.step {
                polyline.push(polyline[0]);
                return true;
            }
            let ends = self.ground.view.cut(from, to).filter(|_| !self.ground.view.contains(to));
            polyline.push(ends.map_or(to, |[_, edge]| self.on_edge(from, edge)));
            next = if ends.is_none() { self.next(from, to) } else { None };
        }
        false
    }

    /// Where the line leaves the box, near the place at which a chord of it does.
    fn on_edge(&mut self, from: Point, chord: Point) -> Point {
        let mut edge = chord;
        for _ in 0..4 {
            let Some(on) = self.onto(edge) else { return chord };
            let beyond = on + (on - from);
            let Some([_, next]) = self.ground.view.cut(on + (from - on) * 0.5, beyond) else { return chord };
            edge = next;
        }
        if self.unit.length(edge - chord) < 0.5 * self.step { edge } else { chord }
    }

    /// The next point of a line: a step straight on, or a shorter one where it turns, or at the edge of the box.
    pub(super) fn next(&mut self, from: Point, at: Point) -> Option<Point> {
        let view = self.ground.view;
        let way = self.unit.square(at - from).normalize();
        [1.0, 0.5, 0.25, 0.125].into_iter().find_map(|share| {
            let straight = at + self.unit.way(way * (share * self.step));
            // Beyond the edge there may be no value.
            let [_, ahead] = view.cut(at, straight)?;
            let length = self.unit.length(ahead - at);
            let next = self.onto(ahead)?;
            let on = self.unit.square(next - at);
            let is_ahead = on.dot(&way) > 0.5 * on.norm() && (0.3..2.0).contains(&(on.norm() / length));
            let goes_on = is_ahead
                && length > 1e-9 * view.size()
                && !self.jumps(at, next)
                && !self.is_broken(at, next)
                && !self.is_in_area(next, on);
            goes_on.then_some(next)
        })
    }

    /// Whether a place is in an area on which the loss is level, where a line along this way has come to its end.
    pub(super) fn is_in_area(&self, at: Point, along: Vector) -> bool {
        let across = self.unit.way(Vector::new(-along.y, along.x).normalize() * (BESIDE * self.step));
        [across, -across].into_iter().all(|way| self.ground.loss.first_order(at + way).gradient == Vector::zeros())
    }

    /// Whether the loss jumps between two neighbors on a line: it changes by far more than the slopes at both make of the way.
    fn jumps(&mut self, from: Point, to: Point) -> bool {
        let [before, after] = [from, to].map(|at| self.ground.loss.second_order(at));
        self.evaluations += 4;
        let way = to - from;
        let slopes =
            [before, after].map(|there| (there.gradient.dot(&way).abs(), there.hessian.apply(way).dot(&way).abs()));
        let steepest = slopes[0].0.max(slopes[1].0) + JUMP_OF_BEND * slopes[0].1.max(slopes[1].1);
        let bent = self.unit.hessian(before.hessian).norm() * self.step * self.step;
        let rounding = SAME[0] * f64::EPSILON * before.value.abs().max(after.value.abs());
        !after.value.is_finite()
            || (after.value - before.value).abs() > JUMP * steepest + JUMP_OF_BEND * bent + rounding
    }
}
