//! Lines and curves on which every point is critical, followed from a point of theirs.
//!
//! From the point a short step is taken along the line, and from there Newton's method across it leads back onto it: along
//! the direction in which the loss bends most. So the line is walked both ways, to the edge of the box or once around.

pub(super) mod words;

use std::cmp::Ordering::{self, Greater, Less};

use self::words::{Shape, set};
use super::CriticalPoint;
use super::critical_points::{Ground, NEAR, Units};
use super::flatness::{pulls_apart, steady_eigenvalues};
use super::flats::straightened;
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
/// Points of a line at which its kind is looked at.
const LOOKS: usize = 9;
/// How far on to the next point of a line samples are asked for their pulls: at no corner of any of them.
const OFF: f64 = 0.37;
/// The loss is the same along a line but for this many of its roundings, or this share of what it rises to the sides.
const SAME: [f64; 2] = [100.0, 1e-15];
/// Halvings that find the end of a line.
const HALVINGS: usize = 50;
/// How far a straight line may leave its chord, as a share of the box.
const STRAIGHT: f64 = tolerance::ONE_PLACE;

/// The lines of critical points that were found.
#[derive(Clone, Default)]
pub(super) struct Lines {
    found: Vec<Line>,
    /// Points from which no line leads.
    in_vain: usize,
}

#[derive(Clone)]
struct Line {
    polyline: Vec<Point>,
    set: CriticalSet,
    /// Whether it is the floor of a valley along which the loss is not quite the same.
    is_tilted: bool,
    /// The loss on it.
    level: f64,
}

impl Lines {
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
        let mut walk = Walk { ground, unit: Units::of(ground.view), step: ground.view.size() / STEPS, evaluations: 0 };
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
        (is_found, walk.evaluations)
    }
}

/// What the loss does on both sides of a line of critical points through a point, if there is one: "minimum", "maximum" or
/// "degenerate". The line is looked at near the point only.
pub(super) fn kind_of_line_through(ground: Ground<'_>, at: Point) -> Option<&'static str> {
    let mut walk = Walk { ground, unit: Units::of(ground.view), step: ground.view.size() / STEPS, evaluations: 0 };
    let at = walk.start(at)?;
    let beside = walk.beside(at);
    let further = beside.first().and_then(|next| walk.next(at, *next));
    let line: Vec<Point> = [Some(at), beside.first().copied(), further].into_iter().flatten().collect();
    let found = if line.len() > 1 { walk.kind(&line) } else { None };
    found.filter(|found| !found.is_tilted).map(|found| found.kind)
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
        let set = set(kind, Shape { is_closed, is_valley, best }, &polyline, self.ground.view);
        Some(Line { polyline, set, is_tilted, level })
    }

    /// Goes straight on from the last point of a line as far as the loss is the same, up to a step: to a kink that ends it.
    fn extend_to_end(&mut self, polyline: &mut Vec<Point>, level: f64) {
        let [.., before, last] = polyline[..] else { return };
        let way = self.unit.way(self.unit.square(last - before).normalize() * self.step);
        self.evaluations += HALVINGS;
        let is_level = |share: f64| {
            (self.ground.loss.value(last + way * share) - level).abs() <= SAME[0] * f64::EPSILON * level.abs()
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
            (is_ahead && length > 1e-9 * view.size()).then_some(next)
        })
    }

    /// What the loss does on both sides of a line: "minimum" where it rises, "maximum" where it falls, "degenerate" where
    /// that changes; `None` where there is no slope on a side, as at the edge of an area.
    fn kind(&mut self, polyline: &[Point]) -> Option<Found> {
        let mut kinds = Vec::new();
        let (mut levels, mut rise) = (Vec::new(), 0.0_f64);
        for look in 1..=LOOKS {
            // The ends may be those of a chord that was cut by the edge of the box.
            let last_inside = polyline.len().saturating_sub(2);
            let index = ((polyline.len() - 1) * look / (LOOKS + 1)).clamp(last_inside.min(1), last_inside);
            let [from, to] = [polyline.get(index)?, polyline.get(index + 1)?];
            let along = self.unit.square(to - from).normalize();
            let across = self.unit.way(Vector::new(-along.y, along.x) * (0.5 * self.step));
            let [left, right] = [across, -across].map(|way| self.ground.loss.first_order(from + way));
            let level = self.ground.loss.value(*from);
            self.evaluations += 3;
            if left.gradient == Vector::zeros() || right.gradient == Vector::zeros() {
                return None;
            }
            kinds.push([left.value, right.value].map(|side| side.partial_cmp(&level)));
            levels.push((*from, level));
            rise = [left.value, right.value].into_iter().fold(rise, |rise, side| rise.max((side - level).abs()));
        }
        let is_tilted = !self.is_level(&levels, rise);
        let all = |wanted: Ordering| kinds.iter().all(|sides| *sides == [Some(wanted); 2]);
        let kind = match () {
            () if all(Greater) => "minimum",
            () if all(Less) => "maximum",
            () => "degenerate",
        };
        Some(Found { kind, is_tilted })
    }
}

/// What is found of a line.
#[derive(Clone, Copy)]
struct Found {
    kind: &'static str,
    /// Whether the loss changes along it by more than roundings: the gradient there is lost in those of the slope across.
    is_tilted: bool,
}

impl Walk<'_> {
    /// The lowest place of a valley, the highest of a ridge; `None` for what is neither.
    fn best(&mut self, kind: &str, polyline: &[Point]) -> Option<Point> {
        self.evaluations += polyline.len();
        let sign = match kind {
            "minimum" => 1.0,
            "maximum" => -1.0,
            _ => return None,
        };
        let values: Vec<f64> = polyline.iter().map(|at| sign * self.ground.loss.value(*at)).collect();
        let least = (0..values.len()).min_by(|a, b| values[*a].total_cmp(&values[*b]))?;
        let at = polyline[least];
        // The vertex of the parabola through three of them.
        let beside = least.checked_sub(1).zip(Some(least + 1)).filter(|(_, after)| *after < values.len());
        let Some((before, after)) = beside else { return Some(at) };
        let [down, up] = [values[before] - values[least], values[after] - values[least]];
        let share = 0.5 * (down - up) / (down + up);
        let next = polyline[if share > 0.0 { after } else { before }];
        Some(if share.is_finite() { at + (next - at) * share.abs() } else { at })
    }

    /// Whether the loss is the same at points of a line, but for rounding; `rise` is how much it changes a step beside it.
    fn is_level(&mut self, levels: &[(Point, f64)], rise: f64) -> bool {
        const JITTER: [[f64; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];
        let by = 4.0 * f64::EPSILON * self.ground.view.size();
        let mut rounding = 0.0_f64;
        for (at, level) in levels {
            rounding = rounding.max(f64::EPSILON * level.abs());
            for way in JITTER {
                let beside = self.ground.loss.value(at + self.unit.way(Vector::from(way) * by));
                rounding = rounding.max((beside - level).abs());
            }
            self.evaluations += JITTER.len();
        }
        let values = levels.iter().map(|(_, level)| *level);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        high - low <= SAME[0] * rounding + SAME[1] * rise
    }
}

#[cfg(test)]
mod tests;
