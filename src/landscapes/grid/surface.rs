//! The smooth surface through values on an even grid: in every cell a bicubic Hermite patch, with the slopes of the C²
//! spline wherever these introduce no extremum.
//!
//! Where no slope is limited (`limit.rs`) it is that spline, twice continuously differentiable; elsewhere it is smooth
//! once. A cell with four equal corners is flat, unless the values around it say that a smooth function turns there
//! (`trend.rs`). A cell with a corner that has no value is a hole.

use super::cells::{Cells, plateaus};
use super::limit::limit_row;
use super::spline::slopes;
use super::trend::{Row, Trend, rises_and_falls};
use crate::numbers::{Real, parallel};

/// Value, slopes along x and y and mixed derivative at each point of the grid, in units of steps; row after row.
pub(super) struct Surface {
    columns: usize,
    nodes: Vec<[f64; 4]>,
    has_holes: bool,
}

/// Compares to the last bit, so that holes are equal, too.
impl PartialEq for Surface {
    fn eq(&self, other: &Self) -> bool {
        let bits = |node: &[f64; 4]| node.map(f64::to_bits);
        self.columns == other.columns && self.nodes.iter().map(bits).eq(other.nodes.iter().map(bits))
    }
}

impl Surface {
    /// The surface through `values`, ny rows of nx; NaN where there is none. O(nx·ny).
    pub(super) fn through(values: &[f64], size @ [columns, rows]: [usize; 2]) -> Self {
        let on_plateau = plateaus(values, &trends(values, size), columns);
        // What was cut off tells nothing of the slopes beside it.
        let telling: Vec<f64> =
            std::iter::zip(values, &on_plateau).map(|(value, is_on)| if *is_on { f64::NAN } else { *value }).collect();
        let mut dx = along(&telling, columns);
        let mut dy = along(&transposed(&telling, columns), rows);
        let dxy = transposed(&along(&transposed(&dx, columns), rows), rows);
        let cells = Cells::of(values, columns, on_plateau, trends(&telling, size));
        let free: Vec<[bool; 2]> = (0..values.len()).map(|node| cells.is_free(node)).collect();
        let [free_x, free_y] = [0, 1].map(|axis| free.iter().map(|free| free[axis]).collect::<Vec<bool>>());
        limit(values, &free_x, &mut dx, columns);
        limit(&transposed(values, columns), &transposed(&free_y, columns), &mut dy, rows);
        let dy = transposed(&dy, rows);
        let node = |node: usize| {
            if values[node].is_nan() {
                return [f64::NAN; 4];
            }
            // A point without a neighbor is a corner of no cell, and on a plateau there are no slopes.
            let slopes = [dx[node], dy[node], dxy[node]].map(|slope| if slope.is_nan() { 0.0 } else { slope });
            let [dx, dy, dxy] = cells.limited(node, free_x[node] || free_y[node], slopes);
            [values[node], dx, dy, dxy]
        };
        let has_holes = values.iter().any(|value| value.is_nan());
        Self { columns, nodes: (0..values.len()).map(node).collect(), has_holes }
    }

    /// The C² spline itself, with nothing limited.
    #[cfg(test)]
    pub(super) fn spline(values: &[f64], [columns, rows]: [usize; 2]) -> Self {
        let dx = along(values, columns);
        let dy = transposed(&along(&transposed(values, columns), rows), rows);
        let dxy = transposed(&along(&transposed(&dx, columns), rows), rows);
        let node = |index: usize| [values[index], dx[index], dy[index], dxy[index]];
        Self { columns, nodes: (0..values.len()).map(node).collect(), has_holes: false }
    }

    /// Whether a cell is the same in two surfaces, but for rounding.
    #[cfg(test)]
    pub(super) fn is_close(&self, other: &Self, cell: [usize; 2]) -> bool {
        let numbers = |surface: &Self| surface.corners(cell).map(|corners| corners.map(|corner| *corner).concat());
        let (Some(ours), Some(theirs)) = (numbers(self), numbers(other)) else { return false };
        let size = ours.iter().fold(0.0, |size: f64, number| size.max(number.abs()));
        ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() <= 1e-13 * size)
    }

    /// The values it goes through, row after row; NaN where there is none.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        self.nodes.iter().map(|node| node[0])
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

    /// Whether any value is missing.
    pub(super) fn has_holes(&self) -> bool {
        self.has_holes
    }

    /// Value, slopes along x and y and mixed derivative at a point of the grid, in units of steps.
    pub(super) fn node(&self, [column, row]: [usize; 2]) -> [f64; 4] {
        self.nodes[row * self.columns + column]
    }

    /// Whether a cell is a hole.
    pub(super) fn is_hole(&self, cell: [usize; 2]) -> bool {
        self.corners(cell).is_none()
    }

    /// The value of a cell in which the surface is level, if it is.
    pub(super) fn level(&self, cell: [usize; 2]) -> Option<f64> {
        let corners = self.corners(cell)?;
        let level = [corners[0][0], 0.0, 0.0, 0.0];
        corners.iter().all(|corner| **corner == level).then_some(level[0])
    }

    /// Whether the surface neither rises nor falls along the line between two neighboring points of the grid.
    pub(super) fn is_level_line(&self, [x0, y0]: [usize; 2], [x1, y1]: [usize; 2]) -> bool {
        let [from, to] = [y0 * self.columns + x0, y1 * self.columns + x1].map(|node| &self.nodes[node]);
        from == to && from[1..] == [0.0; 3]
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
fn transposed<T: Copy + Default + Send + Sync>(values: &[T], columns: usize) -> Vec<T> {
    let rows = values.len() / columns;
    let mut out = vec![T::default(); values.len()];
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

/// What the values do along every row, and up every column.
fn trends(values: &[f64], [columns, rows]: [usize; 2]) -> [Vec<Trend>; 2] {
    let along = |values: &[f64], columns: usize| {
        let others_turn = values.chunks(columns).any(rises_and_falls);
        let mut out = vec![Trend::default(); values.len()];
        parallel::for_each_row(&mut out, columns, |index, line| {
            let row = Row::of(&values[index * columns..][..columns], others_turn);
            line.iter_mut().enumerate().for_each(|(at, trend)| *trend = row.trend(at));
        });
        out
    };
    [along(values, columns), transposed(&along(&transposed(values, columns), rows), rows)]
}

/// Limits the slopes along every row, but those of nodes that are free.
fn limit(values: &[f64], is_free: &[bool], slopes: &mut [f64], columns: usize) {
    parallel::for_each_row(slopes, columns, |index, line| {
        let cells = index * columns..(index + 1) * columns;
        limit_row(&Row::of(&values[cells.clone()], false), &is_free[cells], line);
    });
}
