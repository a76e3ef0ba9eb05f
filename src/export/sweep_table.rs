//! A sweep as a table and as arrays.

use std::io::{self, Write};

use super::csv::{self, Cell, Table};
use super::npz::{self, Array};
use crate::studies::{Sweep, SweptCell};

fn has_seeds(sweep: &Sweep) -> bool {
    sweep.question().seeds.len() > 1
}

/// How many settings there are.
fn count(sweep: &Sweep) -> usize {
    sweep.question().size().into_iter().product()
}

/// Something of every setting, in rows of x.
pub fn rows<T>(sweep: &Sweep, of: impl Fn(SweptCell) -> T) -> Vec<Vec<T>> {
    let [width, height] = sweep.question().size();
    let row = |row: usize| (0..width).filter_map(|column| sweep.cell(column, row)).map(&of).collect();
    (0..height).map(row).collect()
}

/// A row for each of these settings, x running fastest; of several seeds the median loss, and how far they spread.
pub fn table(sweep: &Sweep, places: impl Iterator<Item = usize>) -> Table {
    let question = sweep.question();
    let width = question.size()[0];
    let keys = question.axes().map(|axis| axis.key.name(question.optimizer.entry));
    let spread = if has_seeds(sweep) { &["final_loss_low", "final_loss_high"][..] } else { &[] };
    let columns = keys.chain(["final_loss", "steps_to_tolerance", "end"]).chain(spread.iter().copied()).collect();
    let row = |place: usize| {
        let [column, row] = [place % width, place / width];
        let cell = sweep.cell(column, row)?;
        let values = question.axes().zip([column, row]).map(|(axis, place)| Cell::Number(axis.values[place]));
        let reached = cell.reached.map_or(f64::NAN, |steps| steps as f64);
        let found = [Cell::Number(cell.losses[1]), Cell::Number(reached), cell.end.id().into()];
        let spread = if has_seeds(sweep) { vec![cell.losses[0], cell.losses[2]] } else { Vec::new() };
        Some(values.chain(found).chain(spread.into_iter().map(Cell::Number)).collect())
    };
    Table { columns, rows: places.filter_map(row).collect() }
}

/// Writes all settings as CSV.
///
/// # Errors
/// What the writer says.
pub fn write_csv(out: &mut dyn Write, sweep: &Sweep) -> io::Result<()> {
    csv::write(out, &table(sweep, 0..count(sweep)))
}

/// Writes them as arrays: `x_key`, `x`, and `y_key`, `y` where two are varied; `final_loss`, `steps_to_tolerance` and `end` in
/// rows of x, with `final_loss_low` and `final_loss_high` where there are seeds; and `stability_limit`, where theory has one.
///
/// # Errors
/// What the writer says.
pub fn write_npz(out: &mut dyn Write, sweep: &Sweep) -> io::Result<()> {
    let question = sweep.question();
    let width = question.size()[0];
    let grid = |name, of: &dyn Fn(SweptCell) -> f64| Array::reals(name, rows(sweep, of).concat()).in_rows_of(width);
    let mut arrays = Vec::new();
    for ([key, values], axis) in [["x_key", "x"], ["y_key", "y"]].into_iter().zip(question.axes()) {
        arrays.push(Array::word(key, axis.key.name(question.optimizer.entry).to_owned()));
        arrays.push(Array::reals(values, axis.values.clone()));
    }
    arrays.extend([
        grid("final_loss", &|cell| cell.losses[1]),
        grid("steps_to_tolerance", &|cell| cell.reached.map_or(f64::NAN, |steps| steps as f64)),
        Array::words("end", rows(sweep, |cell| cell.end.id().to_owned()).concat()).in_rows_of(width),
    ]);
    if has_seeds(sweep) {
        arrays.push(grid("final_loss_low", &|cell| cell.losses[0]));
        arrays.push(grid("final_loss_high", &|cell| cell.losses[2]));
    }
    if let Some(found) = question.stability_limits() {
        let limits = found.limits.iter().map(|limit| limit.unwrap_or(f64::NAN));
        arrays.push(Array::reals("stability_limit", limits.collect()));
    }
    npz::write(out, &arrays)
}
