//! Measured losses as a table of text: `x,y,loss`, a line for every point, in any order.

use super::MAX_SIDE;
use super::axis::{Axis, TOLERANCE};
use super::fault::Fault;
use super::samples::Samples;
use crate::landscapes::number;

/// A line of the table.
struct Row {
    line: u32,
    at: [f64; 2],
    loss: f64,
}

/// Reads CSV with the header `x,y,loss`; blank lines, spaces and a byte order mark do no harm.
pub(super) fn read(bytes: &[u8]) -> Result<Samples, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
    let rows = rows(text)?;
    let [columns, lines] = [0, 1].map(|axis| coordinates(rows.iter().map(|row| row.at[axis]).collect()));
    for (axis, count) in [("x", columns.len()), ("y", lines.len())] {
        if count > MAX_SIDE {
            return Err(Fault::TooMany { axis, count });
        }
    }
    let losses = place(&rows, &columns, &lines)?;
    Ok(Samples { x: Axis::through("x", &columns)?, y: Axis::through("y", &lines)?, losses })
}

fn rows(text: &str) -> Result<Vec<Row>, Fault> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    let header = lines.next().map_or("", |(line, _)| line.trim());
    if header.replace(' ', "") != "x,y,loss" {
        return Err(Fault::Header { found: excerpt(header) });
    }
    let mut rows = Vec::new();
    for (text, line) in lines.filter(|(text, _)| !text.trim().is_empty()) {
        if rows.len() == MAX_SIDE * MAX_SIDE {
            return Err(Fault::TooManyLines);
        }
        rows.push(row(text, line)?);
    }
    Ok(rows)
}

fn row(text: &str, line: u32) -> Result<Row, Fault> {
    let mut words = text.split(',');
    let (Some(x), Some(y), Some(loss), None) = (words.next(), words.next(), words.next(), words.next()) else {
        return Err(Fault::NotThree { line: line as usize, text: excerpt(text) });
    };
    let read = |name, word: &str| {
        number(name, word).map_err(|error| Fault::Number { line: line as usize, what: error.to_string() })
    };
    Ok(Row { line, at: [read("x", x)?, read("y", y)?], loss: read("loss", loss)? })
}

/// The beginning of a line that may be long.
fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The different coordinates, ascending; those that differ by rounding alone are one.
fn coordinates(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_unstable_by(f64::total_cmp);
    let width = match (all.first(), all.last()) {
        (Some(low), Some(high)) => high / MAX_SIDE as f64 - low / MAX_SIDE as f64,
        _ => 0.0,
    };
    // Even the closest coordinates there can be are a thousand times farther apart.
    all.dedup_by(|next, kept| *next - *kept <= TOLERANCE * width);
    all
}

/// The losses row by row.
fn place(rows: &[Row], columns: &[f64], lines: &[f64]) -> Result<Vec<f64>, Fault> {
    let below = |coordinates: &[f64], at: f64| coordinates.partition_point(|known| *known <= at).saturating_sub(1);
    let index = |row: &Row| below(lines, row.at[1]) * columns.len() + below(columns, row.at[0]);
    let mut losses = vec![f64::NAN; columns.len() * lines.len()];
    for row in rows {
        let place = index(row);
        if !losses[place].is_nan() {
            let first = rows.iter().find(|other| index(other) == place).map_or(0, |first| first.line as usize);
            return Err(Fault::Twice { line: row.line as usize, first, x: row.at[0], y: row.at[1] });
        }
        losses[place] = row.loss;
    }
    match losses.iter().position(|loss| loss.is_nan()) {
        None => Ok(losses),
        Some(hole) => Err(Fault::Missing {
            x: columns[hole % columns.len()],
            y: lines[hole / columns.len()],
            columns: columns.len(),
            rows: lines.len(),
            points: rows.len(),
        }),
    }
}
