//! Measured losses as a table of text: a line for every point, or the losses themselves in rows and columns.

use super::axis::{Axis, Precision};
use super::fault::Fault;
use super::grid_losses::GridLosses;
use super::matrix::Matrix;
use super::rows::Rows;
use super::{MAX_SIDE, MIN_SIDE};
use crate::landscapes::ViewBox;
use crate::landscapes::table::{Table, number_of};

/// Reads a table; one of losses alone is spread evenly over `view`.
pub(super) fn read(bytes: &[u8], view: Option<ViewBox>) -> Result<GridLosses, Fault> {
    let table = Table::read(bytes)?;
    if let Some(losses) = crossed(&table) {
        return losses;
    }
    let listed = table.grid();
    let is_plain = table.names().is_empty() && table.width() >= MIN_SIDE && table.rows() >= MIN_SIDE;
    let roles = match listed {
        Err(_) if is_plain => return spread(&table, view),
        // Four columns of numbers without names, an index aside, that are not a grid are losses.
        listed => listed?,
    };
    let [x, y, loss] = roles.columns;
    for (column, name) in [(x, "x"), (y, "y")] {
        table.check(column, name, false)?;
    }
    table.check(loss, "loss", true)?;
    let rows = Rows {
        count: table.rows(),
        point: &|row| [x, y, loss].map(|column| table.number(row, column)),
        line: &|row| table.line(row),
        precision: [x, y].map(|column| Precision::printed(table.digits(column))),
    };
    rows.grid_losses(roles.notes)
}

/// Losses in rows and columns, without coordinates.
fn spread(table: &Table, view: Option<ViewBox>) -> Result<GridLosses, Fault> {
    for column in 0..table.width() {
        table.check(column, "loss", true)?;
    }
    let view = view.ok_or(Fault::NeedsBox)?;
    let matrix = Matrix::of(table, 0..table.rows(), 0..table.width());
    let (x, y) = (Axis::spread("x", view.x, matrix.columns)?, Axis::spread("y", view.y, matrix.rows)?);
    let mut notes = table.notes().to_vec();
    notes.push(format!(
        "read as {} rows and {} columns of losses, the first row at the lower y of the domain",
        matrix.rows, matrix.columns
    ));
    Ok(GridLosses::new(x, y, matrix.values, notes))
}

/// Losses in rows and columns with the x in the line above them and the y in the column before, as a pivot table is.
fn crossed(table: &Table) -> Option<Result<GridLosses, Fault>> {
    let (xs, first_row): (Vec<f64>, usize) = if table.names().is_empty() {
        let above = (1..table.width()).map(|column| table.number(0, column)).collect();
        if table.rows() == 0 || !table.number(0, 0).is_nan() {
            return None;
        }
        (above, 1)
    } else {
        let above: Option<Vec<f64>> = table.names().get(1..)?.iter().map(|name| number_of(name)).collect();
        (above?, 0)
    };
    let ys: Vec<f64> = (first_row..table.rows()).map(|row| table.number(row, 0)).collect();
    let is_axis = |all: &[f64]| all.len() >= MIN_SIDE && all.len() <= MAX_SIDE && all.iter().all(|at| at.is_finite());
    if !is_axis(&xs) || !is_axis(&ys) {
        return None;
    }
    for column in 1..table.width() {
        if let Err(fault) = table.check(column, "loss", true) {
            return Some(Err(fault.into()));
        }
    }
    let matrix = Matrix::of(table, first_row..table.rows(), 1..table.width());
    let mut notes = table.notes().to_vec();
    notes.push("read the first line as x, the first column as y, and the rest as losses".to_owned());
    let digits = Precision::printed(table.digits(0));
    Some(matrix.on_axes(xs, ys, [digits, digits], notes))
}
