//! Runs as tables: the columns of a trace, for each of several runs.

use std::io::{self, Write};
use std::ops::Range;

use super::csv::{self, Cell};
use super::npz::{self, Array};
use super::trace;
use crate::numbers::parallel;
use crate::run::Run;

/// Rows computed as one piece of work.
const BLOCK: usize = 4096;

/// Columns of a trace that count something.
const COUNTS: [&str; 4] = ["step", "value_evals", "gradient_evals", "hessian_evals"];

/// Writes the runs below each other as CSV: the number of the run, from 0, its optimizer, and the columns of a trace.
///
/// # Errors
/// What the writer says.
pub fn write_csv(out: &mut dyn Write, runs: &[&Run]) -> io::Result<()> {
    writeln!(out, "run,optimizer,{}", trace::COLUMNS.join(","))?;
    for (number, run) in runs.iter().enumerate() {
        let mut head = Vec::new();
        csv::push_row(&mut head, &[Cell::Number(number as f64), Cell::Text(run.recipe().optimizer.to_string())]);
        // Its end of line gives way to the numbers.
        head.pop();
        head.push(b',');
        trace::write_csv_rows(out, run, &head)?;
    }
    Ok(())
}

/// Writes the runs as arrays: `run` and the columns of a trace, a row of all of them for each iterate; and for each run
/// `optimizer`, `start` (x and y), `stop_reason` and `stop_step`; and `landscape`, one word.
///
/// Counts are whole numbers, and NaN stands where a trace has an empty cell.
///
/// # Errors
/// What the writer or the disk says.
pub fn write_npz(out: &mut dyn Write, runs: &[&Run]) -> io::Result<()> {
    let numbers =
        runs.iter().enumerate().flat_map(|(number, run)| std::iter::repeat_n(number as i64, run.iterates().len()));
    let mut arrays = vec![Array::whole("run", numbers.collect())];
    let mut columns: [Vec<f64>; trace::COLUMNS.len()] = Default::default();
    for run in runs {
        for row in rows(run) {
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
    }
    arrays.extend(trace::COLUMNS.into_iter().zip(columns).map(|(name, values)| {
        if COUNTS.contains(&name) {
            Array::whole(name, values.into_iter().map(|value| value as i64).collect())
        } else {
            Array::reals(name, values)
        }
    }));
    let words = |of: fn(&Run) -> String| runs.iter().map(|run| of(run)).collect::<Vec<_>>();
    let starts: Vec<f64> = runs.iter().flat_map(|run| <[f64; 2]>::from(run.recipe().start)).collect();
    arrays.extend([
        Array::words("optimizer", words(|run| run.recipe().optimizer.to_string())),
        Array::reals("start", starts).in_rows_of(2),
        Array::words("stop_reason", words(|run| run.stop().map_or("", |stop| stop.reason.word()).to_owned())),
        Array::whole("stop_step", runs.iter().map(|run| run.stop().map_or(-1, |stop| stop.step as i64)).collect()),
        Array::word("landscape", runs.first().map_or_else(String::new, |run| run.landscape().to_string())),
    ]);
    npz::write(out, &arrays)
}

/// The rows of a run, in order.
fn rows(run: &Run) -> Vec<[f64; trace::COLUMNS.len()]> {
    let count = run.iterates().len();
    let blocks: Vec<Range<usize>> = (0..count).step_by(BLOCK).map(|first| first..count.min(first + BLOCK)).collect();
    let of_block = |block: &Range<usize>| block.clone().map(|index| trace::row(run, index)).collect::<Vec<_>>();
    parallel::map(&blocks, of_block).concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, arrays_of_npz};
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    fn runs() -> Vec<Run> {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let run = |(text, steps)| {
            let recipe = Recipe::new(Choice::parse(text).unwrap(), Point::new(-0.5, -1.4), steps);
            Run::of(&landscape, &recipe)
        };
        [("gd:lr=0.01", 40), ("newton", 5), ("momentum:lr=0.002,beta=0.8", 0)].map(run).into()
    }

    /// Every number of every run, in both forms, is that of its trace to the last bit.
    #[test]
    fn both_forms_read_back_to_the_bit() {
        let made = runs();
        let runs: Vec<&Run> = made.iter().collect();
        let (mut text, mut bytes) = (Vec::new(), Vec::new());
        write_csv(&mut text, &runs).unwrap();
        write_npz(&mut bytes, &runs).unwrap();
        let read = arrays_of_npz(&bytes);
        let array = |name: &str| &read.iter().find(|(known, ..)| known == name).unwrap_or_else(|| panic!("{name}")).2;
        let mut lines = ::csv::Reader::from_reader(text.as_slice());
        let head: Vec<String> = lines.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(head[..2], ["run", "optimizer"], "{head:?}");
        assert_eq!(head[2..], trace::COLUMNS, "the columns of a trace");
        let lines: Vec<::csv::StringRecord> = lines.records().map(Result::unwrap).collect();
        let expected: Vec<(usize, [f64; trace::COLUMNS.len()])> = runs
            .iter()
            .enumerate()
            .flat_map(|(number, run)| rows(run).into_iter().map(move |row| (number, row)))
            .collect();
        assert_eq!((lines.len(), array("x").len()), (expected.len(), expected.len()), "a row an iterate");
        for (place, (number, row)) in expected.iter().enumerate() {
            assert_eq!(lines[place][0], number.to_string(), "row {place}");
            assert_eq!(lines[place][1], runs[*number].recipe().optimizer.to_string(), "row {place}");
            assert_eq!(array("run")[place], *number as f64, "row {place}");
            for (column, value) in trace::COLUMNS.iter().zip(row) {
                let index = head.iter().position(|name| name == column).unwrap();
                let written = lines[place][index].parse().unwrap_or(f64::NAN);
                for found in [written, array(column)[place]] {
                    let is_same = found.to_bits() == value.to_bits() || found.is_nan() && value.is_nan();
                    assert!(is_same, "{column} of row {place}: {found} for {value}");
                }
            }
        }
        assert_eq!(*array("start"), [-0.5, -1.4, -0.5, -1.4, -0.5, -1.4], "x and y of each");
        assert_eq!(*array("stop_step"), [40.0, 5.0, 0.0], "where each ended");
    }
}
