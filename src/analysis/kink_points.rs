//! Critical points on the kinks of what is typed, where no slope vanishes: the minima of |x| + |y| at the origin and of
//! |y − x²| + (1 − x)² at (1, 1), the saddle of y² − |x|, the maximum of −|x| − |y|.
//!
//! Every kink line is followed through the cells of a lattice. Where the loss turns along it, be it smoothly or at another
//! kink that crosses it, is a candidate; so is a point at which what switches is 0 without changing its sign, as under a root.
//! A candidate is a minimum if the loss is higher all around it, a maximum if it is lower, and a saddle if it falls to both
//! sides of a kink along which it is least, or the reverse; its slope must not vanish there. Where the loss is level along a
//! kink, all of it is critical (`kink_sets.rs`). Points on kinks nearer to each other than a cell may be missed.

mod rings;
#[cfg(test)]
mod tests;

use std::f64::consts::TAU;

use super::critical_points::{CriticalPoint, Kind, NEAR, newton_or_least_step};
use super::kink_sets::{KinkSets, LevelPiece};
use crate::landscapes::{Argument, CriticalSet, Group, KinkLine, Landscape, Loss, MOST_KINK_LINES, ViewBox};
use crate::numbers::{Point, Vector, direction};

/// Cells along a side of the lattice.
const SIDE: usize = 40;
/// The lattice is shifted by these shares of a cell, so that no straight kink passes through its points.
const SHIFT: [f64; 2] = [0.381_966, 0.723_607];
/// Halvings that find a place to the last bit.
const HALVINGS: usize = 60;
/// Steps of Newton's method to where what switches is least.
const STEPS: usize = 80;
/// Directions in which the loss has to rise from a minimum.
const AROUND: usize = 24;
/// Divisions by which the lowest point between two of them is found.
const DIVISIONS: usize = 24;
/// From this many candidates that are not minima the loss is followed down, by rings of half the radius each time.
const DESCENTS: usize = 8;
/// Rings on such a way, at most.
const RINGS: usize = 200;
/// A slope that shrinks by more than this on the way to a point, the way being shortened a hundred times, vanishes there.
const SHRUNK: f64 = 0.5;
/// A slope along a kink that is smaller than this share of that across it is rounding.
const LEVEL: f64 = 1e-9;

/// A search for critical points on kinks that goes on a row of cells at a time.
#[derive(Clone)]
pub(super) struct KinkPoints {
    /// The kinks, once they are known.
    kink_lines: Option<Vec<KinkLine>>,
    /// The kink that is being followed, and the row of cells.
    at: [usize; 2],
    /// What switches there, in the corners of the row before.
    below: Vec<f64>,
    /// The least of what switches so far, and where; `None` where it changes its sign.
    least: Option<(f64, Point)>,
    /// Kinks along which the loss is level.
    sets: KinkSets,
    /// Ways down that may be followed yet.
    descents: usize,
}

/// A piece of the search: the points it found, and how many evaluations it took.
pub(super) struct Piece {
    pub(super) points: Vec<CriticalPoint>,
    pub(super) evaluations: usize,
}

impl KinkPoints {
    pub(super) fn new() -> Self {
        Self {
            kink_lines: None,
            at: [0, 0],
            below: Vec::new(),
            least: None,
            sets: KinkSets::default(),
            descents: DESCENTS,
        }
    }

    /// The kinks along which the loss is level, so far.
    pub(super) fn sets(&self) -> &[CriticalSet] {
        self.sets.sets()
    }

    /// How many kinks were followed, where the loss has more.
    pub(super) fn followed_of_more(&self) -> Option<usize> {
        let followed = self.kink_lines.as_ref().map_or(0, Vec::len);
        (followed >= MOST_KINK_LINES).then_some(followed)
    }

    /// Whether a point is a member of one of them.
    pub(super) fn own(&self, point: &CriticalPoint, view: ViewBox) -> bool {
        self.sets.own(point, view)
    }

    /// Goes on by a row; `None` once it has come to its end. `most` gradients may be asked for around a point.
    pub(super) fn advance(&mut self, landscape: &Landscape, most: usize) -> Option<Piece> {
        let kink_lines = self.kink_lines.take().unwrap_or_else(|| kink_lines_of(landscape));
        let [index, row] = self.at;
        let piece = kink_lines.get(index).map(|kink_line| {
            let mut walk = Walk {
                loss: landscape.loss(),
                kink_line,
                view: landscape.domain(),
                most,
                evaluations: 0,
                level: Vec::new(),
                descents: self.descents,
            };
            let points = self.row(&mut walk, row);
            self.descents = walk.descents;
            walk.level.iter().for_each(|piece| self.sets.add(*piece));
            if row == SIDE {
                let cell = walk.corner([1, 1]) - walk.corner([0, 0]);
                self.sets.join(walk.view, 2.0 * cell.norm(), &|at| kink_line.argument.at(at));
            }
            self.at = if row == SIDE { [index + 1, 0] } else { [index, row + 1] };
            Piece { points, evaluations: walk.evaluations }
        });
        self.kink_lines = Some(kink_lines);
        piece
    }

    /// The critical points in a row of cells, the corners below which are known.
    fn row(&mut self, walk: &mut Walk<'_>, row: usize) -> Vec<CriticalPoint> {
        let above: Vec<f64> = (0..=SIDE).map(|column| walk.switching(walk.corner([column, row]))).collect();
        let mut points = Vec::new();
        if row == 0 {
            self.least = Some((f64::INFINITY, walk.view.center()));
        } else {
            for column in 0..SIDE {
                let corners = [self.below[column], self.below[column + 1], above[column + 1], above[column]];
                points.extend(walk.cell([column, row - 1], corners));
            }
        }
        for (column, value) in above.iter().enumerate() {
            if let Some((least, at)) = &mut self.least
                && value.abs() < *least
            {
                (*least, *at) = (value.abs(), walk.corner([column, row]));
            }
        }
        let all = || above.iter().chain(&self.below);
        if all().any(|value| *value > 0.0) && all().any(|value| *value < 0.0) {
            self.least = None;
        }
        self.below = above;
        if row == SIDE {
            points.extend(self.least.take().and_then(|(_, start)| walk.touching(start)));
            self.below.clear();
        }
        points
    }
}

/// The kinks that are searched: those of a typed formula or network, whose minima are not declared.
fn kink_lines_of(landscape: &Landscape) -> Vec<KinkLine> {
    let is_typed = landscape.entry().group == Group::Own;
    if is_typed && landscape.corners().is_empty() { landscape.kink_lines() } else { Vec::new() }
}

/// A kink line on its way through the lattice.
struct Walk<'a> {
    loss: &'a dyn Loss,
    kink_line: &'a KinkLine,
    view: ViewBox,
    most: usize,
    evaluations: usize,
    /// Pieces along which the loss is level.
    level: Vec<LevelPiece>,
    /// Ways down that may be followed yet.
    descents: usize,
}

impl Walk<'_> {
    fn corner(&self, [column, row]: [usize; 2]) -> Point {
        let place = |[low, high]: [f64; 2], index: usize, shift: f64| {
            low + (high - low) * (index as f64 + shift - 1.0) / (SIDE as f64 - 1.0)
        };
        Point::new(place(self.view.x, column, SHIFT[0]), place(self.view.y, row, SHIFT[1]))
    }

    fn switching(&mut self, at: Point) -> f64 {
        self.evaluations += 1;
        self.kink_line.argument.at(at).0
    }

    /// The critical point on the piece of the kink line in a cell, if the line enters and leaves it once.
    fn cell(&mut self, [column, row]: [usize; 2], values: [f64; 4]) -> Option<CriticalPoint> {
        let corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(|[x, y]| self.corner([column + x, row + y]));
        let mut ends = Vec::new();
        for side in 0..4 {
            let next = (side + 1) % 4;
            if values[side] < 0.0 && values[next] > 0.0 || values[side] > 0.0 && values[next] < 0.0 {
                ends.push(self.between(corners[side], corners[next], values[side] < 0.0));
            }
        }
        let [from, to] = ends[..] else { return None };
        let slopes = [from, to].map(|at| self.slope(at, to - from));
        if let Some(kind) = self.kind_where_level([from, to], slopes) {
            self.level.push(LevelPiece { ends: [from, to], kind });
            return None;
        }
        let is_least = slopes[0] < 0.0 && slopes[1] > 0.0;
        let is_most = slopes[0] > 0.0 && slopes[1] < 0.0;
        if !(is_least || is_most) {
            return None;
        }
        let at = self.turn(from, to, is_least);
        let found = self.critical(at, Some((to - from, is_least)));
        if found.is_some() || !is_least || self.descents == 0 {
            return found;
        }
        // The lowest place of many kinks that cross may lie between those that are followed.
        self.descents -= 1;
        let lowest = self.down(at);
        self.critical(lowest, None).filter(|point| point.kind == Kind::Minimum)
    }

    /// What the loss does to both sides of a piece of the kink line along which it is level; `None` where it is not, or where
    /// it rises to one side and falls to the other.
    fn kind_where_level(&mut self, [from, to]: [Point; 2], slopes: [f64; 2]) -> Option<Kind> {
        let (way, middle) = (to - from, self.onto(from + (to - from) * 0.5));
        let across = self.across(middle, way)? * (NEAR * self.view.size());
        let value = self.loss.value(middle);
        let rises = [across, -across].map(|side| (self.loss.value(middle + side) - value) / across.norm());
        self.evaluations += 5;
        let steepness = rises[0].abs().min(rises[1].abs());
        let is_level = slopes.iter().all(|slope| slope.abs() <= LEVEL * steepness * way.norm());
        let same = [from, to].iter().all(|end| {
            let off = (self.loss.value(*end) - value).abs();
            off <= LEVEL * steepness * way.norm() + 16.0 * f64::EPSILON * value.abs()
        });
        match rises {
            _ if !is_level || !same => None,
            [a, b] if a > 0.0 && b > 0.0 => self.is_kink_across(middle, across).then_some(Kind::Minimum),
            [a, b] if a < 0.0 && b < 0.0 => self.is_kink_across(middle, across).then_some(Kind::Maximum),
            _ => None,
        }
    }

    /// The unit vector across the kink line, which goes about one way.
    fn across(&mut self, at: Point, way: Vector) -> Option<Vector> {
        self.evaluations += 1;
        let normal = self.kink_line.argument.at(at).1;
        direction(normal).or_else(|| direction(Vector::new(-way.y, way.x)))
    }

    /// Whether the slope to both sides does not vanish at a point.
    fn is_kink_across(&mut self, at: Point, across: Vector) -> bool {
        self.evaluations += 5;
        let value = self.loss.value(at);
        [across, -across].into_iter().all(|side| {
            let [far, near] = [1.0, 0.01].map(|share| (self.loss.value(at + side * share) - value).abs() / share);
            near > SHRUNK * far
        })
    }

    /// The place between two points where what switches does.
    fn between(&mut self, from: Point, to: Point, rises: bool) -> Point {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            let value = self.switching(from + (to - from) * middle);
            if value == 0.0 {
                return from + (to - from) * middle;
            }
            if (value < 0.0) == rises { low = middle } else { high = middle }
        }
        from + (to - from) * f64::midpoint(low, high)
    }

    /// How the loss rises along the kink line, the way it goes: what the slope has across it jumps.
    fn slope(&mut self, at: Point, way: Vector) -> f64 {
        self.evaluations += 2;
        let normal = self.kink_line.argument.at(at).1;
        let share = way.dot(&normal) / normal.norm_squared();
        let along = if share.is_finite() { way - normal * share } else { way };
        self.loss.first_order(at).gradient.dot(&along)
    }

    /// Where the loss stops falling between two points of the kink line, or rising if it is not least there.
    fn turn(&mut self, from: Point, to: Point, is_least: bool) -> Point {
        let (way, mut low, mut high) = (to - from, 0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            let at = self.onto(from + way * middle);
            let slope = self.slope(at, way);
            let goes_on = if is_least { slope < 0.0 } else { slope > 0.0 };
            if goes_on { low = middle } else { high = middle }
        }
        self.onto(from + way * high)
    }

    /// The point of the kink line near another.
    fn onto(&mut self, near: Point) -> Point {
        let mut at = near;
        for _ in 0..4 {
            self.evaluations += 1;
            let (value, gradient) = self.kink_line.argument.at(at);
            let step = gradient * (value / gradient.norm_squared());
            if value == 0.0 || !(step.x.is_finite() && step.y.is_finite()) {
                break;
            }
            at -= step;
        }
        at
    }

    /// A minimum or maximum where what switches is 0 without changing its sign.
    fn touching(&mut self, start: Point) -> Option<CriticalPoint> {
        let Argument::Curve(function) = &self.kink_line.argument else { return None };
        let mut at = start;
        for _ in 0..STEPS {
            self.evaluations += 1;
            let there = function.second_order(at);
            let Some(step) = newton_or_least_step(there.hessian, there.gradient) else { break };
            if step == Vector::zeros() || !(step.x.is_finite() && step.y.is_finite()) {
                break;
            }
            at += step;
        }
        self.critical(at, None)
    }

    /// The critical point on a kink at a place, if it is one; `along` is a way along the kink, and whether the loss is least
    /// there along it.
    fn critical(&mut self, at: Point, along: Option<(Vector, bool)>) -> Option<CriticalPoint> {
        if !self.view.contains(at) {
            return None;
        }
        let (value, radius) = (self.loss.value(at), NEAR * self.view.size());
        let ring = |share: f64| {
            (0..AROUND).map(move |index| {
                let angle = TAU * (index as f64 + SHIFT[0]) / AROUND as f64;
                Vector::new(libm::cos(angle), libm::sin(angle)) * (share * radius)
            })
        };
        self.evaluations += 3 * AROUND + 1;
        let heights: Vec<f64> = ring(1.0).map(|way| self.loss.value(at + way)).collect();
        let steepest =
            |share: f64| ring(share).map(|way| self.loss.first_order(at + way).gradient.norm()).fold(0.0, f64::max);
        // Between the places looked at, a slope across may hide how the loss bends along.
        let [may_be_least, may_be_most] = along.map_or([true; 2], |(_, is_least)| [is_least, !is_least]);
        let is_extreme = |walk: &mut Self, sign: f64| {
            heights.iter().all(|height| sign * height > sign * value)
                && walk.extreme_on_ring(at, radius, sign).1 > sign * value
        };
        let kind = match along {
            _ if may_be_least && is_extreme(self, 1.0) => Kind::Minimum,
            _ if may_be_most && is_extreme(self, -1.0) => Kind::Maximum,
            Some((way, is_least)) if self.is_saddle(at, way, is_least) => Kind::Saddle,
            _ => return None,
        };
        if kind == Kind::Saddle || steepest(0.01) > SHRUNK * steepest(1.0) {
            CriticalPoint::corner(self.loss, at, kind, self.view, self.most)
        } else {
            None
        }
    }

    /// Whether the loss falls to both sides of a kink along which it is least at a point, or the reverse.
    fn is_saddle(&mut self, at: Point, way: Vector, is_least: bool) -> bool {
        let radius = NEAR * self.view.size();
        let (Some(across), Some(along)) = (self.across(at, way), direction(way)) else { return false };
        let (across, along) = (across * radius, along * radius);
        let value = self.loss.value(at);
        let further = [along, -along].map(|step| self.onto(at + step));
        self.evaluations += 5;
        let is_turned = further.iter().all(|place| self.is_above(*place, value, is_least));
        let sides = [1.0, -1.0, 0.01, -0.01].map(|share| at + across * share);
        is_turned
            && sides.iter().all(|place| self.is_above(*place, value, !is_least))
            && self.is_kink_across(at, across)
    }

    /// Whether the loss at a place is above a value, or below it.
    fn is_above(&self, place: Point, value: f64, above: bool) -> bool {
        let there = self.loss.value(place);
        if above { there > value } else { there < value }
    }
}
