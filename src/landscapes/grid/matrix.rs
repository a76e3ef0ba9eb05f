//! Losses in rows and columns, and the axes that belong to them.

use std::ops::Range;

use super::axis::{Axis, Precision};
use super::fault::Fault;
use super::grid_losses::GridLosses;
use crate::landscapes::table::Table;

/// Losses row after row.
pub(super) struct Matrix {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) values: Vec<f64>,
}

impl Matrix {
    /// A part of a table.
    pub(super) fn of(table: &Table, rows: Range<usize>, columns: Range<usize>) -> Self {
        let values =
            rows.clone().flat_map(|row| columns.clone().map(move |column| table.number(row, column))).collect();
        Self { rows: rows.len(), columns: columns.len(), values }
    }

    /// Rows and columns exchanged.
    pub(super) fn transposed(&self) -> Self {
        let values = (0..self.columns)
            .flat_map(|column| (0..self.rows).map(move |row| self.values[row * self.columns + column]))
            .collect();
        Self { rows: self.columns, columns: self.rows, values }
    }

    /// The grid with the columns at these x and the rows at these y, which may rise or fall.
    pub(super) fn on_axes(
        mut self,
        mut xs: Vec<f64>,
        mut ys: Vec<f64>,
        [of_x, of_y]: [Precision; 2],
        notes: Vec<String>,
    ) -> Result<GridLosses, Fault> {
        if falls("x", &xs)? {
            xs.reverse();
            self.values.chunks_exact_mut(self.columns).for_each(<[f64]>::reverse);
        }
        if falls("y", &ys)? {
            ys.reverse();
            self.values = self.values.chunks_exact(self.columns).rev().flatten().copied().collect();
        }
        let (x, y) = (Axis::through("x", &xs, of_x)?, Axis::through("y", &ys, of_y)?);
        Ok(GridLosses::new(x, y, self.values, notes))
    }
}

/// Whether coordinates fall from each entry to the next; otherwise they rise.
fn falls(axis: &'static str, values: &[f64]) -> Result<bool, Fault> {
    let falls = matches!(values, [first, .., last] if last < first);
    let ordered = |pair: &[f64]| if falls { pair[1] < pair[0] } else { pair[0] < pair[1] };
    match values.windows(2).position(|pair| !ordered(pair)) {
        None => Ok(falls),
        Some(before) => Err(Fault::Order { axis, index: before + 1, value: values[before + 1] }),
    }
}
