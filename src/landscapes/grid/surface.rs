//! The smooth surface through values on an even grid: in every cell a bicubic Hermite patch, with the slopes of the C²
//! spline wherever these make nothing up.
//!
//! Where no slope is limited (`limit.rs`) it is that spline, twice continuously differentiable; elsewhere it is smooth
//! once. A cell with four equal corners is flat. A cell with a corner that has no value is a hole.

use super::limit::{Neighbor, limit_node, limit_row, turns};
use super::spline::slopes;
use crate::numbers::{Real, parallel};

/// Value, slopes along x and y and mixed derivative at each point of the grid, in units of steps; row after row.
#[derive(PartialEq)]
pub(super) struct Surface {
    columns: usize,
    nodes: Vec<[f64; 4]>,
}

impl Surface {
    /// The surface through `values`, ny rows of nx; NaN where there is none. O(nx·ny).
    pub(super) fn through(values: &[f64], [columns, rows]: [usize; 2]) -> Self {
        let turned = transposed(values, columns);
        let mut dx = along(values, columns);
        let mut dxy = transposed(&along(&transposed(&dx, columns), rows), rows);
        let mut dy = along(&turned, rows);
        limit(values, &mut dx, columns);
        limit(&turned, &mut dy, rows);
        let dy = transposed(&dy, rows);
        let cells = Cells::of(values, &turned, [columns, rows]);
        let mut nodes = vec![[f64::NAN; 4]; values.len()];
        for (node, mixed) in dxy.iter_mut().enumerate().filter(|(node, _)| !values[*node].is_nan()) {
            // A point without a neighbor is a corner of no cell.
            let known = |slope: f64| if slope.is_nan() { 0.0 } else { slope };
            let most = cells.steepest(values[node]);
            let [dx, dy] = [dx[node], dy[node]].map(|slope| known(slope).clamp(-most, most));
            let [dx, dy, dxy] = limit_node(&cells.around(node), [dx, dy, known(*mixed)]);
            nodes[node] = [values[node], dx, dy, dxy];
        }
        Self { columns, nodes }
    }

    /// The C² spline itself, with nothing limited.
    #[cfg(test)]
    pub(super) fn spline(values: &[f64], [columns, rows]: [usize; 2]) -> Self {
        let dx = along(values, columns);
        let dy = transposed(&along(&transposed(values, columns), rows), rows);
        let dxy = transposed(&along(&transposed(&dx, columns), rows), rows);
        let node = |index: usize| [values[index], dx[index], dy[index], dxy[index]];
        Self { columns, nodes: (0..values.len()).map(node).collect() }
    }

    /// Whether a cell is the same in two surfaces, but for rounding.
    #[cfg(test)]
    pub(super) fn is_close(&self, other: &Self, cell: [usize; 2]) -> bool {
        let numbers = |surface: &Self| surface.corners(cell).map(|corners| corners.map(|corner| *corner).concat());
        let (Some(ours), Some(theirs)) = (numbers(self), numbers(other)) else { return false };
        let size = ours.iter().fold(0.0, |size: f64, number| size.max(number.abs()));
        ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() <= 1e-13 * size)
    }

    /// Whether nothing overflowed.
    pub(super) fn is_finite(&self) -> bool {
        self.nodes.iter().all(|node| node[0].is_nan() || node.iter().all(|number| number.is_finite()))
    }

    /// The four corners of a cell (column, row), row after row; `None` where one has no value.
    #[inline(always)]
    fn corners(&self, [column, row]: [usize; 2]) -> Option<[&[f64; 4]; 4]> {
        let at = row * self.columns + column;
        let corners = [at, at + 1, at + self.columns, at + self.columns + 1].map(|node| &self.nodes[node]);
        (!corners.iter().any(|corner| corner[0].is_nan())).then_some(corners)
    }

    /// Whether a cell is a hole.
    pub(super) fn is_hole(&self, cell: [usize; 2]) -> bool {
        self.corners(cell).is_none()
    }

    /// The value of a cell in which the surface is level, if it is.
    pub(super) fn level(&self, cell: [usize; 2]) -> Option<f64> {
        let corners = self.corners(cell)?;
        corners.iter().all(|corner| corner[0] == corners[0][0]).then_some(corners[0][0])
    }

    /// The value in a cell, from the weights across it and up it; `None` in a hole.
    #[inline(always)]
    pub(super) fn weighted<T: Real>(&self, cell: [usize; 2], across: &Weights<T>, up: &Weights<T>) -> Option<T> {
        let [sw, se, nw, ne] = self.corners(cell)?;
        // Differences of equal corners are exactly zero: a level cell is level to the last bit.
        let [below, above] = [[sw, se], [nw, ne]].map(|[west, east]| {
            let value = across.far * (east[0] - west[0]) + across.first * west[1] + across.last * east[1] + west[0];
            let slope = across.far * (east[2] - west[2]) + across.first * west[3] + across.last * east[3] + west[2];
            [value, slope]
        });
        let [[low, rise_low], [high, rise_high]] = [below, above];
        Some(up.far * (high - low) + up.first * rise_low + up.last * rise_high + low)
    }
}

/// The cubic Hermite polynomials at a place from 0 to 1 in a cell; that of the near value is 1 less that of the far one.
pub(super) struct Weights<T> {
    /// Of the value at 1.
    far: T,
    /// Of the slope at 0.
    first: T,
    /// Of the slope at 1.
    last: T,
}

impl<T: Real> Weights<T> {
    #[inline(always)]
    pub(super) fn at(t: T) -> Self {
        let square = t * t;
        let rest = t - 1.0;
        Self { far: square * (t * -2.0 + 3.0), first: t * rest * rest, last: square * rest }
    }
}

/// A table with rows and columns exchanged; `columns` is its width before.
fn transposed(values: &[f64], columns: usize) -> Vec<f64> {
    let rows = values.len() / columns;
    let mut out = vec![0.0; values.len()];
    parallel::for_each_row(&mut out, rows, |column, line| {
        for (row, value) in line.iter_mut().enumerate() {
            *value = values[row * columns + column];
        }
    });
    out
}

/// The slopes of the spline along every row.
fn along(values: &[f64], columns: usize) -> Vec<f64> {
    let mut out = vec![0.0; values.len()];
    parallel::for_each_row(&mut out, columns, |row, line| slopes(&values[row * columns..][..columns], line));
    out
}

fn limit(values: &[f64], slopes: &mut [f64], columns: usize) {
    parallel::for_each_row(slopes, columns, |row, line| limit_row(&values[row * columns..][..columns], line));
}

/// What is known of the cells of a table.
struct Cells<'a> {
    values: &'a [f64],
    columns: usize,
    rows: usize,
    /// Whether values turn along the edge from a point to the next one of its row, and to the next one of its column.
    turning: Vec<[bool; 2]>,
    /// The least and the greatest value of all, where a whole cell has it: caps that nothing passes; else infinite.
    caps: [f64; 2],
}

impl<'a> Cells<'a> {
    fn of(values: &'a [f64], turned: &[f64], [columns, rows]: [usize; 2]) -> Self {
        let mut turning = vec![[false; 2]; values.len()];
        for (node, turning) in turning.iter_mut().enumerate() {
            let (column, row) = (node % columns, node / columns);
            *turning =
                [turns(&values[row * columns..][..columns], column), turns(&turned[column * rows..][..rows], row)];
        }
        let mut cells = Self { values, columns, rows, turning, caps: [f64::NEG_INFINITY, f64::INFINITY] };
        let ends = values.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], f| [low.min(*f), high.max(*f)]);
        for cell in 0..values.len() {
            if let Some([low, high]) = cells.range(cell % columns, cell / columns).filter(|[low, high]| low == high) {
                for (cap, end) in cells.caps.iter_mut().zip(ends) {
                    if low == end && high == end {
                        *cap = end;
                    }
                }
            }
        }
        cells
    }

    /// The steepest slope a point with this value may have, so that its Bézier points stay within the caps.
    fn steepest(&self, value: f64) -> f64 {
        let [low, high] = self.caps;
        3.0 * (value - low).min(high - value)
    }

    /// The least and the greatest value of a cell's corners; `None` for a hole.
    fn range(&self, column: usize, row: usize) -> Option<[f64; 2]> {
        if column + 1 >= self.columns || row + 1 >= self.rows {
            return None;
        }
        let at = row * self.columns + column;
        let corners = [at, at + 1, at + self.columns, at + self.columns + 1].map(|node| self.values[node]);
        let [low, high] =
            corners.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], f| [low.min(*f), high.max(*f)]);
        (!corners.iter().any(|corner| corner.is_nan())).then_some([low, high])
    }

    /// The cells around a node, each keeping its patch within its corners, or only within the caps where values turn along
    /// one of its edges.
    fn around(&self, node: usize) -> arrayvec::ArrayVec<Neighbor, 4> {
        let (column, row) = (node % self.columns, node / self.columns);
        let mut found = arrayvec::ArrayVec::new();
        for side in [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]] {
            let back = side.map(|side| usize::from(side < 0.0));
            let (Some(column), Some(row)) = (column.checked_sub(back[0]), row.checked_sub(back[1])) else { continue };
            let Some([low, high]) = self.range(column, row) else { continue };
            let corner = row * self.columns + column;
            let [across, up] = self.turning[corner];
            let is_turning = across || up || self.turning[corner + self.columns][0] || self.turning[corner + 1][1];
            let [low, high] = if is_turning { self.caps } else { [low, high] };
            let value = self.values[node];
            found.push(Neighbor { side, room: [low - value, high - value] });
        }
        found
    }
}
