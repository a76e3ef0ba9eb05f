//! Lines and curves on which every point is critical, followed from a point of theirs.
//!
//! From the point a short step is taken along the line, and from there Newton's method across it leads back onto it: along
//! the direction in which the loss bends most. So the line is walked both ways, to the edge of the box or once around.

mod beyond;
mod sides;
mod walk;
pub(super) mod words;

use self::beyond::continued;
use self::sides::Found;
pub(super) use self::walk::distance;
use self::walk::{SAME, STEPS, Walk};
use self::words::{Shape, set};
use super::CriticalPoint;
use super::critical_points::{Ground, NEAR, Units};
use super::level_areas::straightened;
use super::poles::poles;
use super::sure_eigenvalues::pulls_apart;
use crate::landscapes::{CriticalSet, ViewBox};
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, tolerance};

/// More lines than this are too many to look at.
const MOST: usize = 200;
/// The search for lines ends after this many points from which none leads.
const IN_VAIN: usize = 50;
/// A line is at least this many steps long: what is shorter is a flat point.
const SHORTEST: f64 = 6.0;
/// How far on to the next point of a line samples are asked for their pulls: at no corner of any of them.
const OFF: f64 = 0.37;
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

impl Walk<'_> {
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
}

#[cfg(test)]
mod tests;
