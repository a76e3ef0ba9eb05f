//! A run as a table, an iterate a row: formatted in blocks on all cores and written as they come, so that a million rows need no memory.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::{json, push_number};
use crate::analysis::{LocalModel, PredictedAndActual};
use crate::numbers::parallel;
use crate::run::Run;

/// The columns, in order.
pub const COLUMNS: [&str; 15] = [
    "step",
    "x",
    "y",
    "loss",
    "gx",
    "gy",
    "dx",
    "dy",
    "linear",
    "quadratic",
    "actual",
    "rho",
    "value_evals",
    "gradient_evals",
    "hessian_evals",
];

/// Rows formatted as one piece of work: long enough to be worth a thread, a megabyte of text at most.
const BLOCK: usize = 4096;
/// Blocks formatted before they are written: enough to keep every core busy.
const BATCH: usize = 32;

/// The numbers of iterate `index`, which must exist; NaN stands for an empty cell.
///
/// The last iterate has no step. The Hessian behind the quadratic prediction is the landscape's, not charged to the method.
pub fn row(run: &Run, index: usize) -> [f64; COLUMNS.len()] {
    let here = &run.iterates()[index];
    let taken = index + 1 < run.iterates().len();
    let loss = run.landscape().loss();
    let change = taken.then(|| LocalModel::new(loss, here.at).change(loss, here.taken));
    let [dx, dy] = if taken { here.taken.into() } else { [f64::NAN; 2] };
    let [linear, quadratic, actual] =
        change.map_or([f64::NAN; 3], |change| [change.linear, change.quadratic, change.actual]);
    let rho = change.and_then(|change| reduction_ratio(run, index, &change)).unwrap_or(f64::NAN);
    let step = index as f64;
    let at = here.at;
    let [gx, gy] = here.gradient.into();
    let [values, gradients, hessians] =
        [here.evaluations.values, here.evaluations.gradients, here.evaluations.hessians].map(f64::from);
    let row =
        [step, at.x, at.y, here.loss, gx, gy, dx, dy, linear, quadratic, actual, rho, values, gradients, hessians];
    // A zero has no sign.
    row.map(|number| number + 0.0)
}

/// Changes up to this share of the loss are below its rounding.
const ROUNDING: f64 = 1e-13;

/// The actual change over that of the quadratic model; below the rounding of the loss, where a difference of two losses says
/// nothing, the change comes from the mean of both slopes.
fn reduction_ratio(run: &Run, index: usize, change: &PredictedAndActual) -> Option<f64> {
    let [here, next] = [run.iterates().get(index)?, run.iterates().get(index + 1)?];
    let is_rounded = change.quadratic.abs() <= ROUNDING * here.loss.abs().max(next.loss.abs());
    let actual = if is_rounded { 0.5 * (here.gradient + next.gradient).dot(&here.taken) } else { change.actual };
    PredictedAndActual { actual, ..*change }.reduction_ratio()
}

/// Writes the run as CSV.
///
/// # Errors
/// What the writer says.
pub fn write_csv(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    write_csv_rows(out, run, b"")
}

/// Writes the rows of a run as CSV, the same cells before each of them.
pub(super) fn write_csv_rows(out: &mut dyn Write, run: &Run, before: &[u8]) -> io::Result<()> {
    write_rows(out, run, &Spelling { between: b"", open: before, close: b"\n", blank: b"" })
}

/// Writes the run as one JSON document.
///
/// # Errors
/// What the writer says.
pub fn write_json(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    let mut head = Vec::new();
    json::write(&mut head, &Head::of(run))?;
    // The head's closing brace makes room for the rows.
    head.pop();
    out.write_all(&head)?;
    out.write_all(b",\"rows\":[")?;
    write_rows(out, run, &JSON)?;
    out.write_all(b"]}")
}

/// Everything but the rows.
#[derive(Serialize)]
struct Head {
    landscape: String,
    optimizer: String,
    start: [f64; 2],
    stop: Option<End>,
    columns: [&'static str; COLUMNS.len()],
}

#[derive(Serialize)]
struct End {
    reason: &'static str,
    step: usize,
    text: String,
    /// How many steps were proposed and not taken.
    rejected: usize,
}

impl Head {
    fn of(run: &Run) -> Self {
        let rejected = run.walker().rejected();
        let end = run.stop().map(|stop| End {
            reason: stop.reason.word(),
            step: stop.step,
            text: stop.text.clone(),
            rejected,
        });
        Self {
            landscape: run.landscape().to_string(),
            optimizer: run.recipe().optimizer.to_string(),
            start: run.recipe().start.into(),
            stop: end,
            columns: COLUMNS,
        }
    }
}

/// How a row is spelled.
struct Spelling<'a> {
    /// Between one row and the next.
    between: &'a [u8],
    open: &'a [u8],
    close: &'a [u8],
    /// The text of a missing number.
    blank: &'a [u8],
}

const JSON: Spelling<'static> = Spelling { between: b",\n", open: b"[", close: b"]", blank: b"null" };

fn write_rows(out: &mut dyn Write, run: &Run, spelling: &Spelling<'_>) -> io::Result<()> {
    let count = run.iterates().len();
    let blocks: Vec<Range<usize>> = (0..count).step_by(BLOCK).map(|first| first..count.min(first + BLOCK)).collect();
    for batch in blocks.chunks(BATCH) {
        for text in parallel::map(batch, |block| spell_block(run, block.clone(), spelling)) {
            out.write_all(&text)?;
        }
    }
    Ok(())
}

fn spell_block(run: &Run, block: Range<usize>, spelling: &Spelling<'_>) -> Vec<u8> {
    let mut text = Vec::with_capacity(block.len() * 224);
    for index in block {
        if index > 0 {
            text.extend_from_slice(spelling.between);
        }
        text.extend_from_slice(spelling.open);
        for (column, value) in row(run, index).into_iter().enumerate() {
            if column > 0 {
                text.push(b',');
            }
            if value.is_finite() {
                push_number(&mut text, value);
            } else {
                text.extend_from_slice(spelling.blank);
            }
        }
        text.extend_from_slice(spelling.close);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    fn run(landscape: &str, optimizer: &str, start: [f64; 2], steps: usize) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), steps);
        Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
    }

    #[test]
    fn a_row_holds_prediction_and_result_of_its_step() {
        let run = run("trough", "gd:lr=0.1", [1.0, 0.0], 1);
        let first = row(&run, 0);
        let expected = [0.0, 1.0, 0.0, 2.0, 4.0, 0.0, -0.4, 0.0, -1.6, -1.28, -1.28, 1.0, 0.0, 1.0, 0.0];
        for (column, (found, expected)) in COLUMNS.iter().zip(first.iter().zip(expected)) {
            assert!((found - expected).abs() < 1e-15, "{column}: {found} instead of {expected}");
        }
        let last = row(&run, 1);
        assert!(last[6..12].iter().all(|cell| cell.is_nan()), "no step from the last iterate: {last:?}");
    }

    #[test]
    fn blocks_join_without_a_seam() {
        let run = run("trough", "gd:lr=0.5", [1.0, 0.0], 2 * BLOCK);
        let (mut csv, mut json) = (Vec::new(), Vec::new());
        write_csv(&mut csv, &run).unwrap();
        write_json(&mut json, &run).unwrap();
        assert_eq!(csv.split(|byte| *byte == b'\n').count() - 1, 2 * BLOCK + 2, "header and rows");
        let document: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let rows = document["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 2 * BLOCK + 1, "rows");
        assert!(rows.iter().enumerate().all(|(index, row)| row[0] == index), "every step once, in order");
        assert!(rows[2 * BLOCK][6].is_null(), "the last row has no step");
    }
}
