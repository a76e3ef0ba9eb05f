//! A race as a table: a row for each run, with what it took up to the step at which the criterion was met, or in all.

use super::csv::{Cell, Table};
use crate::optimizers::Choice;
use crate::studies::Row;

const COLUMNS: [&str; 14] = [
    "optimizer",
    "reached_at_step",
    "value_evals",
    "gradient_evals",
    "hessian_evals",
    "gradient_equivalents",
    "flops_at_n",
    "memory_at_n_bytes",
    "seconds",
    "final_loss",
    "distance_to_minimum",
    "end",
    "end_x",
    "end_y",
];

/// The table of these methods and what each of them took; what is not known is NaN.
pub fn table<'a>(rows: impl Iterator<Item = (&'a Choice, &'a Row)>) -> Table {
    let row = |(optimizer, row): (&Choice, &Row)| {
        let known = |known: Option<f64>| Cell::Number(known.unwrap_or(f64::NAN));
        let evaluations = [row.evaluations.values, row.evaluations.gradients, row.evaluations.hessians];
        let mut cells: Vec<Cell> = vec![Cell::Text(optimizer.to_string()), known(row.reached.map(|step| step as f64))];
        cells.extend(evaluations.map(|count| Cell::Number(f64::from(count))));
        cells.extend([row.gradients, row.operations, row.memory].map(Cell::Number));
        let [x, y] = row.end_at.map_or([f64::NAN; 2], Into::into);
        let end = row.end.map_or("not_yet", |end| end.id()).into();
        cells.extend([known(row.seconds), row.loss.into(), known(row.distance), end, x.into(), y.into()]);
        cells
    };
    Table { columns: COLUMNS.to_vec(), rows: rows.map(row).collect() }
}
