//! Level lines of a function on a grid, by marching squares.
//!
//! Written here because the crate for it closes every line along the edge of the grid, has no place for points
//! without a value, and needs 7 ms for what takes less than one.

use std::cmp::Ordering;
use std::ops::Range;

use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// Values of a function on a regular grid over a box, edges included.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledGrid {
    /// The box.
    pub view: ViewBox,
    /// Columns and rows, at least two each.
    pub size: [usize; 2],
    /// Row by row from the lower left, `values[row * columns + column]`.
    pub values: Vec<f64>,
}

impl SampledGrid {
    /// Samples a function; `row` fills the values for many x at one y.
    pub fn sample(view: ViewBox, size: [usize; 2], row: impl Fn(&[f64], f64, &mut [f64]) + Sync) -> Self {
        let mut grid = Self::empty(view, size);
        grid.fill(0..grid.size[1], row);
        grid
    }

    /// Samples a function of a few operations: it is not worth other cores.
    pub(super) fn computed(view: ViewBox, size: [usize; 2], value: impl Fn(f64, f64) -> f64) -> Self {
        let mut grid = Self::empty(view, size);
        let [columns, rows] = grid.size;
        let xs: Vec<f64> = (0..columns).map(|column| coordinate(view.x, columns, column as f64)).collect();
        for (row, out) in grid.values.chunks_mut(columns).enumerate() {
            let y = coordinate(view.y, rows, row as f64);
            out.iter_mut().zip(&xs).for_each(|(out, x)| *out = value(*x, y));
        }
        grid
    }

    /// A grid whose values are all zero.
    pub(super) fn empty(view: ViewBox, size: [usize; 2]) -> Self {
        let size = size.map(|side| side.max(2));
        Self { view, size, values: vec![0.0; size[0] * size[1]] }
    }

    /// Samples a function in some rows.
    pub(super) fn fill(&mut self, rows: Range<usize>, row: impl Fn(&[f64], f64, &mut [f64]) + Sync) {
        let Self { view, size: [columns, height], .. } = *self;
        let xs: Vec<f64> = (0..columns).map(|column| coordinate(view.x, columns, column as f64)).collect();
        let values = &mut self.values[rows.start * columns..rows.end * columns];
        crate::numbers::parallel::for_each_row(values, columns, |index, out| {
            row(&xs, coordinate(view.y, height, (rows.start + index) as f64), out);
        });
    }

    /// Every second sample along both sides, where these have odd numbers of them.
    #[must_use]
    pub fn halved(&self) -> Self {
        let [columns, rows] = self.size;
        let row = |row: usize| self.values[row * columns..(row + 1) * columns].iter().step_by(2).copied();
        let values = (0..rows).step_by(2).flat_map(row).collect();
        Self { view: self.view, size: [columns.div_ceil(2), rows.div_ceil(2)], values }
    }

    /// The values at a cell's corners, counter-clockwise from its lower left node.
    fn corners(&self, node: usize) -> [f64; 4] {
        let columns = self.size[0];
        [node, node + 1, node + columns + 1, node + columns].map(|index| self.values[index])
    }

    /// The point at a fractional column and row.
    pub(super) fn point(&self, column: f64, row: f64) -> Point {
        Point::new(coordinate(self.view.x, self.size[0], column), coordinate(self.view.y, self.size[1], row))
    }
}

fn coordinate([low, high]: [f64; 2], count: usize, index: f64) -> f64 {
    low + (high - low) * index / (count as f64 - 1.0)
}

const NONE: u32 = u32::MAX;

/// The lines on which the function has one of the values `levels`, which rise; cells with a corner that is not finite have none.
///
/// Lines are open where they leave the grid or meet a hole, and closed (first point repeated) where they do not.
pub fn isolines(grid: &SampledGrid, levels: &[f64]) -> Vec<Vec<Point>> {
    let mut tracer = Tracer { grid, level: 0.0, links: vec![[NONE; 2]; 2 * grid.values.len()], crossed: Vec::new() };
    let cells = crossed_cells(grid, levels);
    std::iter::zip(levels, cells).flat_map(|(level, cells)| tracer.trace(*level, &cells)).collect()
}

/// For every level the cells it crosses, by their lower left nodes, from one walk over the grid.
fn crossed_cells(grid: &SampledGrid, levels: &[f64]) -> Vec<Vec<u32>> {
    let mut cells = vec![Vec::new(); levels.len()];
    let [columns, rows] = grid.size;
    let mut above = ranks(&grid.values[..columns], levels);
    for row in 0..rows - 1 {
        let next = ranks(&grid.values[(row + 1) * columns..][..columns], levels);
        let below = std::mem::replace(&mut above, next);
        for column in 0..columns - 1 {
            let corners = [below[column], below[column + 1], above[column], above[column + 1]];
            let [low, high] = [*corners.iter().min().unwrap_or(&0), *corners.iter().max().unwrap_or(&0)];
            let node = row * columns + column;
            if low < high && grid.corners(node).iter().all(|value| value.is_finite()) {
                cells[low..high].iter_mut().for_each(|cells| cells.push(node as u32));
            }
        }
    }
    cells
}

/// How many of the levels lie at or below each value of a row; of what is not a number, none.
fn ranks(values: &[f64], levels: &[f64]) -> Vec<usize> {
    let mut rank = 0;
    let of_value = |value: &f64| {
        // Neighbors differ by a level or two, so that the search begins at the last one's.
        while levels.get(rank).is_some_and(|level| level <= value) {
            rank += 1;
        }
        while levels[..rank].last().is_some_and(|level| level.partial_cmp(value).is_none_or(Ordering::is_gt)) {
            rank -= 1;
        }
        rank
    };
    values.iter().map(of_value).collect()
}

/// Crossings of a level with grid edges, each linked to at most two others across its two cells.
///
/// The edge from a node to its right neighbor has the index 2·node, the edge upward 2·node + 1.
struct Tracer<'a> {
    grid: &'a SampledGrid,
    level: f64,
    links: Vec<[u32; 2]>,
    crossed: Vec<u32>,
}

impl Tracer<'_> {
    /// The lines of a level; every link is used up, so that the tracer is ready for the next.
    fn trace(&mut self, level: f64, cells: &[u32]) -> Vec<Vec<Point>> {
        self.level = level;
        for node in cells {
            self.link_cell(*node as usize);
        }
        self.walk()
    }

    fn link_cell(&mut self, node: usize) {
        let columns = self.grid.size[0];
        let corners = self.grid.corners(node);
        let above = corners.map(|value| value >= self.level);
        let edges = [2 * node, 2 * (node + 1) + 1, 2 * (node + columns), 2 * node + 1];
        let mut crossings = [0; 4];
        let mut count = 0;
        for side in 0..4 {
            if above[side] != above[(side + 1) % 4] {
                crossings[count] = edges[side] as u32;
                count += 1;
            }
        }
        if count == 2 {
            self.link(crossings[0], crossings[1]);
        } else if count == 4 {
            // A saddle in the cell: its middle decides which corners belong together.
            let middle = corners.iter().sum::<f64>() / 4.0 >= self.level;
            let [a, b, c, d] = crossings;
            let pairs = if middle == above[0] { [(a, b), (c, d)] } else { [(a, d), (b, c)] };
            for (from, to) in pairs {
                self.link(from, to);
            }
        }
    }

    fn link(&mut self, from: u32, to: u32) {
        for (edge, other) in [(from, to), (to, from)] {
            let links = &mut self.links[edge as usize];
            if links[0] == NONE {
                links[0] = other;
                self.crossed.push(edge);
            } else {
                links[1] = other;
            }
        }
    }

    /// Follows the links: first from the open ends, then around what is left.
    fn walk(&mut self) -> Vec<Vec<Point>> {
        let mut lines = Vec::new();
        let crossed = std::mem::take(&mut self.crossed);
        for open_ends in [true, false] {
            for &edge in &crossed {
                let [first, second] = self.links[edge as usize];
                let is_end = (first == NONE) != (second == NONE);
                if first == NONE && second == NONE || open_ends && !is_end {
                    continue;
                }
                lines.push(self.follow(edge, !open_ends));
            }
        }
        lines
    }

    fn follow(&mut self, start: u32, closed: bool) -> Vec<Point> {
        let mut line = vec![self.place(start)];
        let mut edge = start;
        while let Some(next) = self.take_link(edge) {
            line.push(self.place(next));
            if closed && next == start {
                break;
            }
            edge = next;
        }
        line
    }

    /// Removes and returns a link of an edge, and the link back.
    fn take_link(&mut self, edge: u32) -> Option<u32> {
        let slot = self.links[edge as usize].iter().position(|link| *link != NONE)?;
        let next = std::mem::replace(&mut self.links[edge as usize][slot], NONE);
        if let Some(back) = self.links[next as usize].iter_mut().find(|link| **link == edge) {
            *back = NONE;
        }
        Some(next)
    }

    /// Where the level crosses an edge, by linear interpolation.
    fn place(&self, edge: u32) -> Point {
        let columns = self.grid.size[0];
        let node = edge as usize / 2;
        let (column, row) = ((node % columns) as f64, (node / columns) as f64);
        let upward = edge % 2 == 1;
        let here = self.grid.values[node];
        let there = self.grid.values[if upward { node + columns } else { node + 1 }];
        let share = ((self.level - here) / (there - here)).clamp(0.0, 1.0);
        if upward { self.grid.point(column, row + share) } else { self.grid.point(column + share, row) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(f: fn(f64, f64) -> f64) -> SampledGrid {
        SampledGrid::sample(ViewBox::square(2.0), [61, 47], |xs, y, out| {
            out.iter_mut().zip(xs).for_each(|(value, x)| *value = f(*x, y));
        })
    }

    #[test]
    fn every_second_sample_is_a_grid_of_half_the_size() {
        let sample = |side: usize| {
            SampledGrid::sample(ViewBox::square(2.0), [side, side], |xs, y, out| {
                out.iter_mut().zip(xs).for_each(|(value, x)| *value = x * x - y);
            })
        };
        let (fine, coarse) = (sample(9).halved(), sample(5));
        assert_eq!((fine.view, fine.size), (coarse.view, coarse.size), "the same box");
        let error = std::iter::zip(fine.values, coarse.values).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(error < 1e-12, "and the same values, up to {error}");
    }

    #[test]
    fn a_circle_is_one_closed_line() {
        let lines = isolines(&grid(f64::hypot), &[1.3]);
        assert_eq!(lines.len(), 1, "one line");
        assert_eq!(lines[0].first(), lines[0].last(), "closed");
        for point in &lines[0] {
            assert!((point.coords.norm() - 1.3).abs() < 2e-3, "{point} is off the circle");
        }
    }

    #[test]
    fn a_hyperbola_is_two_open_lines_and_its_asymptotes_meet() {
        let lines = isolines(&grid(|x, y| x * x - y * y), &[0.5]);
        assert_eq!(lines.len(), 2, "two branches");
        assert!(lines.iter().all(|line| line.first() != line.last()), "open");
        for point in lines.iter().flatten() {
            assert!((point.x * point.x - point.y * point.y - 0.5).abs() < 5e-3, "{point}");
        }
    }

    #[test]
    fn many_levels_are_as_many_single_ones() {
        let grid = grid(|x, y| x * x - y * y + 0.3 * x);
        let levels = [-1.0, -0.2, 0.0, 0.7];
        let single: Vec<Vec<Point>> = levels.iter().flat_map(|level| isolines(&grid, &[*level])).collect();
        assert_eq!(isolines(&grid, &levels), single, "one walk, the same lines");
    }

    #[test]
    fn a_hole_interrupts_and_a_constant_has_no_lines() {
        let lines = isolines(&grid(|x, y| if x > 1.0 { f64::NAN } else { y }), &[0.1]);
        assert_eq!(lines.len(), 1, "one line");
        assert!(lines[0].iter().all(|point| point.x <= 1.0 && (point.y - 0.1).abs() < 1e-12), "up to the hole");
        assert!(isolines(&grid(|_, _| 1.0), &[1.0]).is_empty(), "no line on a plain");
    }
}
