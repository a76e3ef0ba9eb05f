//! Kinks along which the loss is level, of which every point is critical: |x − y| on the line x = y, |x² + y² − 1| on the
//! circle. Pieces of them are found cell by cell and joined.

use super::critical_lines::distance;
use super::critical_lines::words::{Shape, set};
use super::critical_points::{CriticalPoint, Kind, NEAR, Units};
use super::level_areas::straightened;
use crate::landscapes::{CriticalSet, ViewBox};
use crate::numbers::{Point, Vector, tolerance};

/// A piece of a kink line on which the loss is level.
#[derive(Clone, Copy)]
pub(super) struct LevelPiece {
    pub(super) ends: [Point; 2],
    pub(super) kind: Kind,
}

/// What has been found.
#[derive(Clone, Default)]
pub(super) struct KinkSets {
    /// The pieces on the kink line that is being followed.
    pieces: Vec<LevelPiece>,
    sets: Vec<CriticalSet>,
}

impl KinkSets {
    pub(super) fn add(&mut self, piece: LevelPiece) {
        self.pieces.push(piece);
    }

    pub(super) fn sets(&self) -> &[CriticalSet] {
        &self.sets
    }

    /// Whether a point is one of theirs.
    pub(super) fn own(&self, point: &CriticalPoint, view: ViewBox) -> bool {
        let (unit, near) = (Units::of(view), NEAR * view.size());
        let is_near = |set: &CriticalSet| set.polyline.windows(2).any(|ends| distance(unit, point.at, ends) < near);
        self.sets.iter().any(is_near)
    }

    /// Joins the pieces of a kink line that was followed to its end; those farther apart than `gap` are no neighbors.
    /// `switching` is what switches, with its gradient.
    pub(super) fn join(&mut self, view: ViewBox, gap: f64, switching: &dyn Fn(Point) -> (f64, Vector)) {
        let mut pieces = std::mem::take(&mut self.pieces);
        while let Some(LevelPiece { ends, kind }) = pieces.pop() {
            let mut line = ends.to_vec();
            for _ in 0..2 {
                line.reverse();
                while let Some(next) = take_next(&mut pieces, &line, kind, gap) {
                    line.push(next);
                }
            }
            self.sets.extend(set_of(line, kind, view, gap, switching));
        }
    }
}

/// Takes the piece that begins where a line ends, or beyond a gap straight on; its other end.
fn take_next(pieces: &mut Vec<LevelPiece>, line: &[Point], kind: Kind, gap: f64) -> Option<Point> {
    let [.., before, last] = line else { return None };
    let way = last - before;
    let near = |piece: &LevelPiece| {
        let [a, b] = piece.ends;
        let (from, to) = if (a - last).norm() < (b - last).norm() { (a, b) } else { (b, a) };
        let apart = (from - last).norm();
        let is_ahead = (to - last).dot(&way) > 0.9 * (to - last).norm() * way.norm() || apart < 1e-9 * gap;
        (piece.kind == kind && apart < gap && is_ahead).then_some((apart, to))
    };
    let found = pieces.iter().enumerate().filter_map(|(index, piece)| Some((index, near(piece)?)));
    let (index, (_, to)) = found.min_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b))?;
    pieces.swap_remove(index);
    Some(to)
}

/// The place on the edge of the view where what switches is 0, near a place on the edge on a chord of the line; what is not
/// on the edge stays.
fn on_edge(end: Point, view: ViewBox, switching: &dyn Fn(Point) -> (f64, Vector)) -> Point {
    let sides = [view.x, view.y];
    let is_on = |axis: usize| sides[axis].iter().any(|side| (end[axis] - side).abs() <= 1e-12 * view.size());
    let free = match [is_on(0), is_on(1)] {
        [true, false] => 1,
        [false, true] => 0,
        _ => return end,
    };
    let mut at = end;
    for _ in 0..8 {
        let (value, gradient) = switching(at);
        let step = value / gradient[free];
        if !step.is_finite() {
            return end;
        }
        at[free] -= step;
    }
    if (at - end).norm() < 0.01 * view.size() && view.contains(at) { at } else { end }
}

/// A line inside the view as a set of critical points.
fn set_of(
    mut line: Vec<Point>,
    kind: Kind,
    view: ViewBox,
    gap: f64,
    switching: &dyn Fn(Point) -> (f64, Vector),
) -> Option<CriticalSet> {
    let is_closed =
        line.len() > 3 && (line[0] - line[line.len() - 1]).norm() < gap && line.iter().all(|at| view.contains(*at));
    if is_closed
        && let [first, .., last] = line[..]
        && first != last
    {
        line.push(first);
    }
    let mut line = straightened(line, tolerance::ONE_PLACE * view.size());
    if let [first, .., last] = line[..]
        && [last.x, last.y] < [first.x, first.y]
    {
        line.reverse();
    }
    let mut inside =
        line.windows(2).filter_map(|ends| view.cut(ends[0], ends[1])).fold(Vec::new(), |mut inside, [from, to]| {
            if inside.last() != Some(&from) {
                inside.push(from);
            }
            inside.push(to);
            inside
        });
    if !is_closed && let [first, .., last] = &mut inside[..] {
        for end in [first, last] {
            *end = on_edge(*end, view, switching);
        }
    }
    let length: f64 = inside.windows(2).map(|ends| (ends[1] - ends[0]).norm()).sum();
    let shape = Shape { is_closed, is_valley: false, best: None };
    (length > gap).then(|| set(kind.word(), shape, &inside, view))
}
