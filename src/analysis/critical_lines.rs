//! Lines and curves on which every point is critical, followed from a point of theirs.
//!
//! From the point a short step is taken along the line, and from there Newton's method across it leads back onto it: along
//! the direction in which the loss bends most. So the line is walked both ways, to the edge of the box or once around.

mod beyond;
mod sides;
pub(super) mod words;

use self::beyond::continued;
use self::sides::Found;
use self::words::{Shape, set};
use super::CriticalPoint;
use super::critical_points::{Ground, NEAR, Units};
use super::level_areas::straightened;
use super::poles::poles;
use super::sure_eigenvalues::{pulls_apart, steady_eigenvalues};
use crate::landscapes::{CriticalSet, ViewBox};
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// Steps across the box.
const STEPS: f64 = 128.0;
/// Newton's method across a line converges by a constant factor a step where the loss is as flat as a fourth power.
const CORRECTIONS: usize = 60;
/// The gradient on a line, as a share of that a curvature makes over the box: rounding.
const LEVEL: f64 = 1e-11;
/// More lines than this are too many to look at.
const MOST: usize = 200;
/// The search for lines ends after this many points from which none leads.
const IN_VAIN: usize = 50;
/// Points of the longest line.
const LONGEST: usize = 4000;
/// A line is at least this many steps long: what is shorter is a flat point.
const SHORTEST: f64 = 6.0;
/// How far on to the next point of a line samples are asked for their pulls: at no corner of any of them.
const OFF: f64 = 0.37;
/// The loss is the same along a line but for this many of its roundings, or this share of what it rises to the sides.
const SAME: [f64; 2] = [100.0, 1e-15];
/// How far beside a line is looked whether it has led into a level area, in steps.
const BESIDE: f64 = 0.037;
/// From one neighbor to the next the loss jumps if it changes by this many times what its slope makes of the way.
const JUMP: f64 = 8.0;
/// The share of what curvature makes of the way that counts as a slope: a curved floor is met between its points.
const JUMP_OF_BEND: f64 = 1e-3;
/// Halvings that find the end of a line.
const HALVINGS: usize = 50;
/// How far a straight line may leave its chord, as a share of the box.
const STRAIGHT: f64 = tolerance::ONE_PLACE;

/// The lines of critical points that were found.
#[derive(Clone, Default)]
pub(super) struct CriticalLines {
    found: Vec<Line>,
    /// Points from which no line leads.
    in_vain: usize,
    /// Where the loss has a pole or no value at a point by itself, once that was looked for: a line ends there.
    holes: Option<Vec<Point>>,
}

#[derive(Clone)]
struct Line {
    /// The part in the box.
    polyline: Vec<Point>,
    /// As it is shown, also beyond the box.
    set: CriticalSet,
    /// Whether it is the floor of a valley along which the loss is not quite the same.
    is_tilted: bool,
    /// The loss on it.
    level: f64,
}

impl CriticalLines {
    /// The lines as sets of critical points; without valleys whose best point is among these.
    pub(super) fn sets(&self, points: &[CriticalPoint], view: ViewBox) -> impl Iterator<Item = &CriticalSet> {
        let unit = Units::of(view);
        let near = NEAR * view.size();
        let is_on = move |line: &Line, at: Point| line.polyline.windows(2).any(|ends| distance(unit, at, ends) < near);
        let is_named = move |line: &Line| points.iter().any(|point| !point.is_blurred() && is_on(line, point.at));
        self.found.iter().filter(move |line| !(line.is_tilted && is_named(line))).map(|line| &line.set)
    }

    /// Whether a point lies on one of them, or near, as far as steps along it tell.
    pub(super) fn hold(&self, at: Point, view: ViewBox) -> bool {
        self.are_within(0.25 / STEPS, at, view, |_| true)
    }

    /// Whether a point is one of theirs: at the end of a line a surface of pieces may look like a minimum.
    pub(super) fn own(&self, point: &CriticalPoint, view: ViewBox) -> bool {
        // On a kink that ends a line the slope jumps, which Newton's method along it stops before.
        let is_end = |line: &Line| {
            let off = (line.level - point.value).abs();
            !line.is_tilted && point.eigenvalues.is_none() && off <= SAME[0] * f64::EPSILON * line.level.abs()
        };
        self.are_within(NEAR, point.at, view, |line| !line.is_tilted || point.is_blurred())
            || self.are_within(1.0 / STEPS, point.at, view, is_end)
    }

    fn are_within(&self, share: f64, at: Point, view: ViewBox, counts: impl Fn(&Line) -> bool) -> bool {
        let unit = Units::of(view);
        let near = share * view.size();
        let ends = |line: &Line| line.polyline.windows(2).any(|ends| distance(unit, at, ends) < near);
        self.found.iter().filter(|line| counts(line)).any(ends)
    }

    /// Looks for lines through a critical point: whether it lies on one, and how often the loss was asked for.
    pub(super) fn through(&mut self, ground: Ground<'_>, at: Point) -> (bool, usize) {
        if self.hold(at, ground.view) {
            return (true, 0);
        }
        if self.found.len() >= MOST || self.in_vain >= IN_VAIN {
            return (false, 0);
        }
        let (holes, evaluations) = self.holes.take().map_or_else(
            || {
                let (poles, evaluations) = poles(ground.loss, ground.view, ground.most);
                (poles.into_iter().map(|pole| pole.at).collect(), evaluations)
            },
            |holes| (holes, 0),
        );
        let mut walk = Walk { evaluations, holes: &holes, ..Walk::new(ground) };
        let before = self.found.len();
        if let Some(at) = walk.start(at) {
            // Where lines cross, more than one leads through.
            for beside in walk.beside(at) {
                if ground.view.contains(beside) && !self.hold(beside, ground.view) {
                    self.found.extend(walk.line(at, beside));
                }
            }
        }
        let is_found = self.found.len() > before;
        self.in_vain += usize::from(!is_found);
        let evaluations = walk.evaluations;
        self.holes = Some(holes);
        (is_found, evaluations)
    }
}

/// What the loss does on both sides of a line of critical points through a point, if there is one: "minimum", "maximum" or
/// "degenerate". The line is examined near the point only.
pub(super) fn kind_of_line_through(ground: Ground<'_>, at: Point) -> Option<&'static str> {
    let mut walk = Walk::new(ground);
    let at = walk.start(at)?;
    let beside = walk.beside(at).first().copied();
    let further = beside.and_then(|next| walk.next(at, next));
    // On the other side the loss may bend the other way.
    let back = beside.and_then(|next| walk.next(next, at));
    let further_back = back.and_then(|back| walk.next(at, back));
    // The point itself may be where lines cross.
    let sides = [[beside, further], [back, further_back]].map(|side| side.into_iter().flatten().collect::<Vec<_>>());
    let kinds = sides.into_iter().filter(|side| !side.is_empty()).filter_map(|side| {
        let line: Vec<Point> = std::iter::once(at).chain(side).collect();
        walk.kind(&line).filter(|found| !found.is_tilted).map(|found| found.kind)
    });
    kinds.reduce(|one, other| if one == other { one } else { "degenerate" })
}

/// How far a point is from a segment, in a box stretched to a square.
pub(super) fn distance(unit: Units, at: Point, ends: &[Point]) -> f64 {
    let (way, from) = (unit.square(ends[1] - ends[0]), unit.square(at - ends[0]));
    let share = (from.dot(&way) / way.norm_squared()).clamp(0.0, 1.0);
    (from - way * if share.is_nan() { 0.0 } else { share }).norm()
}

/// A walk along a line of critical points.
struct Walk<'a> {
    ground: Ground<'a>,
    unit: Units,
    /// The length of a step, in a box stretched to a square.
    step: f64,
    evaluations: usize,
    /// Points at which a line ends.
    holes: &'a [Point],
}

impl<'a> Walk<'a> {
    fn new(ground: Ground<'a>) -> Self {
        let step = ground.view.size() / STEPS;
        Self { ground, unit: Units::of(ground.view), step, evaluations: 0, holes: &[] }
    }

    /// Whether a hole lies on the way between two places.
    fn is_broken(&self, from: Point, to: Point) -> bool {
        let near = tolerance::ONE_PLACE * self.ground.view.size();
        self.holes.iter().any(|hole| distance(self.unit, *hole, &[from, to]) < near)
    }
}

impl Walk<'_> {
    /// The point of a line beside a point; `None` where none is near, or where the loss bends along it after all.
    fn start(&mut self, at: Point) -> Option<Point> {
        let on = self.onto(at).filter(|on| self.unit.length(on - at) < self.step)?;
        let Ground { loss, view, .. } = self.ground;
        self.evaluations += 6;
        let is_valley = steady_eigenvalues(loss, on, NEAR * view.size(), self.unit).is_some();
        (!is_valley).then_some(on)
    }

    /// The line through two neighboring points of it, if it is one.
    fn line(&mut self, at: Point, beside: Point) -> Option<Line> {
        let mut polyline = vec![at];
        let mut is_closed = self.follow(&mut polyline, beside);
        if !is_closed {
            polyline.reverse();
            if let Some(back) = self.next(beside, at) {
                is_closed = self.follow(&mut polyline, back);
            }
        }
        let length: f64 = polyline.windows(2).map(|ends| self.unit.length(ends[1] - ends[0])).sum();
        let Found { kind, is_tilted } = self.kind(&polyline).filter(|_| length > SHORTEST * self.step)?;
        let best = if is_tilted { Some(self.best(kind, &polyline)?) } else { None };
        let level = self.ground.loss.value(at);
        if !is_closed && !is_tilted {
            for _ in 0..2 {
                polyline.reverse();
                self.extend_to_end(&mut polyline, level);
            }
        }
        let mut polyline = self.straightened(polyline);
        if let (Some(first), Some(last)) = (polyline.first(), polyline.last())
            && [last.x, last.y] < [first.x, first.y]
        {
            polyline.reverse();
        }
        let is_valley = pulls_apart(self.ground.loss, at + (beside - at) * OFF) == Some(true);
        let mut set = set(kind, Shape { is_closed, is_valley, best }, &polyline, self.ground.view);
        if !is_closed && !is_tilted {
            let (whole, evaluations) = continued(self.ground, polyline.clone(), kind);
            set.polyline = self.straightened(whole);
            self.evaluations += evaluations;
        }
        Some(Line { polyline, set, is_tilted, level })
    }

    /// Goes straight on from the last point of a line as far as the loss is the same, up to a step: to a kink that ends it.
    fn extend_to_end(&mut self, polyline: &mut Vec<Point>, level: f64) {
        let [.., before, last] = polyline[..] else { return };
        let way = self.unit.way(self.unit.square(last - before).normalize() * self.step);
        self.evaluations += HALVINGS;
        let is_level = |share: f64| {
            let at = last + way * share;
            (self.ground.loss.value(at) - level).abs() <= SAME[0] * f64::EPSILON * level.abs()
                && !self.is_in_area(at, self.unit.square(way))
                && !self.is_broken(last, at)
        };
        if !is_level(0.0) || is_level(1.0) || !self.ground.view.contains(last) {
            return;
        }
        let [share, _] = bisect(is_level, 0.0, 1.0, HALVINGS);
        let end = last + way * share;
        if share > 0.0 && self.ground.view.contains(end) {
            polyline.push(end);
        }
    }

    /// A polyline without the points on straight pieces of it, in a box stretched to a square.
    fn straightened(&self, polyline: Vec<Point>) -> Vec<Point> {
        let unit = self.unit;
        let square = polyline.iter().map(|at| Point::from(unit.square(at.coords))).collect();
        let kept = straightened(square, STRAIGHT * self.ground.view.size());
        let mut kept = kept.into_iter().peekable();
        let is_kept = |at: &Point| kept.next_if(|next| *next == Point::from(unit.square(at.coords))).is_some();
        polyline.into_iter().filter(is_kept).collect()
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
    fn beside(&mut self, at: Point) -> Vec<Point> {
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
    fn follow(&mut self, polyline: &mut Vec<Point>, next: Point) -> bool {
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
    fn next(&mut self, from: Point, at: Point) -> Option<Point> {
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
    fn is_in_area(&self, at: Point, along: Vector) -> bool {
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

#[cfg(test)]
mod tests;
