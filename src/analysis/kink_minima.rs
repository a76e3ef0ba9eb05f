//! Minima on the kinks of a typed formula, where no slope vanishes: |x| + |y| at the origin, |y − x²| + (1 − x)² at (1, 1).
//!
//! Every kink line is followed through the cells of a lattice. Where the loss stops falling and begins to rise along it, be
//! it smoothly or at another kink that crosses it, is a candidate; so is a point at which what switches is 0 without changing
//! its sign, as under a root. A candidate counts if the loss is higher all around it and its slope does not vanish there.
//! Minima on kinks nearer to each other than a cell may be missed.

use std::f64::consts::TAU;

use super::critical_points::{CriticalPoint, NEAR, newton_or_least_step};
use crate::landscapes::{Argument, Group, KinkLine, Landscape, Loss, ViewBox};
use crate::numbers::{Point, Vector};

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
/// A slope that shrinks by more than this on the way to a point, the way being shortened a hundred times, vanishes there.
const SHRUNK: f64 = 0.5;

/// A search for minima on kinks that goes on a row of cells at a time.
#[derive(Clone)]
pub(super) struct KinkMinima {
    /// The kinks, once they are known.
    kink_lines: Option<Vec<KinkLine>>,
    /// The kink that is being followed, and the row of cells.
    at: [usize; 2],
    /// What switches there, in the corners of the row before.
    below: Vec<f64>,
    /// The least of what switches so far, and where; `None` where it changes its sign.
    least: Option<(f64, Point)>,
}

/// A piece of the search: the minima it found, and how many evaluations it took.
pub(super) struct Piece {
    pub(super) points: Vec<CriticalPoint>,
    pub(super) evaluations: usize,
}

impl KinkMinima {
    pub(super) fn new() -> Self {
        Self { kink_lines: None, at: [0, 0], below: Vec::new(), least: None }
    }

    /// Goes on by a row; `None` once it has come to its end. `most` gradients may be asked for around a point.
    pub(super) fn advance(&mut self, landscape: &Landscape, most: usize) -> Option<Piece> {
        let kink_lines = self.kink_lines.take().unwrap_or_else(|| kink_lines_of(landscape));
        let [index, row] = self.at;
        let piece = kink_lines.get(index).map(|kink_line| {
            let mut walk = Walk { loss: landscape.loss(), kink_line, view: landscape.view(), most, evaluations: 0 };
            let points = self.row(&mut walk, row);
            self.at = if row == SIDE { [index + 1, 0] } else { [index, row + 1] };
            Piece { points, evaluations: walk.evaluations }
        });
        self.kink_lines = Some(kink_lines);
        piece
    }

    /// The minima in a row of cells, the corners below which are known.
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

/// The kinks that are searched: those of a typed formula, whose minima no one declares.
fn kink_lines_of(landscape: &Landscape) -> Vec<KinkLine> {
    let is_formula = landscape.entry().group == Group::Own && landscape.data().is_none();
    if is_formula && landscape.corners().is_empty() { landscape.kink_lines() } else { Vec::new() }
}

/// A kink line on its way through the lattice.
struct Walk<'a> {
    loss: &'a dyn Loss,
    kink_line: &'a KinkLine,
    view: ViewBox,
    most: usize,
    evaluations: usize,
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

    /// The minimum on the piece of the kink line in a cell, if the line enters and leaves it once.
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
        let falls_then_rises = slopes[0] < 0.0 && slopes[1] > 0.0;
        let at = if falls_then_rises { self.turn(from, to) } else { return None };
        self.minimum(at)
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

    /// Where the loss stops falling between two points of the kink line.
    fn turn(&mut self, from: Point, to: Point) -> Point {
        let (way, mut low, mut high) = (to - from, 0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            let at = self.onto(from + way * middle);
            if self.slope(at, way) < 0.0 { low = middle } else { high = middle }
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

    /// A minimum where what switches is 0 without changing its sign.
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
        self.minimum(at)
    }

    /// The minimum on a kink at a place, if it is one.
    fn minimum(&mut self, at: Point) -> Option<CriticalPoint> {
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
        let is_lowest = ring(1.0).all(|way| self.loss.value(at + way) > value);
        let steepest =
            |share: f64| ring(share).map(|way| self.loss.first_order(at + way).gradient.norm()).fold(0.0, f64::max);
        let is_kink = is_lowest && steepest(0.01) > SHRUNK * steepest(1.0);
        if is_kink { CriticalPoint::corner(self.loss, at, self.view, self.most) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Search;

    #[test]
    fn minima_on_kinks_of_formulas_are_found() {
        for (formula, expected) in [
            ("|x|+|y|", &[[0.0, 0.0]][..]),
            ("|x-1|+2|y+0.5|", &[[1.0, -0.5]]),
            ("max(|x|,|y|)", &[[0.0, 0.0]]),
            ("|x|+y^2", &[[0.0, 0.0]]),
            ("|y-x^2|+(1-x)^2", &[[1.0, 1.0]]),
            ("sqrt(x^2+y^2)", &[[0.0, 0.0]]),
            ("sqrt((x-1)^2+(y+1)^2)", &[[1.0, -1.0]]),
            ("sqrt(|x|)+|y|", &[[0.0, 0.0]]),
            ("|x+y|+|x-y-1|", &[[0.5, -0.5]]),
            ("||x|-1|+|y|", &[[-1.0, 0.0], [1.0, 0.0]]),
            ("relu(x)-0.5x+y^2", &[[0.0, 0.0]]),
            ("if(x<y, y-x, 2x-2y)+(x+y-1)^2", &[[0.5, 0.5]]),
            ("10|y-sin(x)|+(x-0.3)^2", &[[0.3, 0.295_520_206_661_339_57]]),
            ("|x|", &[[0.0, 0.0]]),
            // No minimum, or none on a kink.
            ("|x|+0y", &[]),
            ("|x|-y^2", &[]),
            ("|x|^3+y^2", &[]),
            ("-|x|-|y|", &[]),
            ("relu(x)+relu(y)", &[]),
            ("|x^2+y^2-1|", &[]),
            ("x^2+y^2", &[]),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let points = Search::finished(&landscape).points();
            let mut found: Vec<[f64; 2]> = points
                .iter()
                .filter(|point| point.eigenvalues.is_none())
                .map(|point| [point.at.x, point.at.y])
                .collect();
            found.sort_by(|a, b| a.partial_cmp(b).unwrap());
            assert_eq!(found.len(), expected.len(), "{formula}: {found:?}");
            for (found, expected) in found.iter().zip(expected) {
                let away = libm::hypot(found[0] - expected[0], found[1] - expected[1]);
                assert!(away < 1e-8, "{formula}: {found:?}, not {expected:?}");
            }
        }
    }
}
