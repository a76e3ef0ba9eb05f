//! Tables for people: aligned columns, and no more digits than mean something.

use std::io::{self, Write};
use std::ops::Range;

use crate::export::csv::{Cell, Table};
use crate::numbers::{Dimension, Point, Vector};

/// Which rows of a long table text shows: some from its start, half as many from its end.
pub(super) struct Cells {
    count: usize,
}

/// How many from the start.
const SHOWN: usize = 20;

impl Cells {
    pub(super) fn of(count: usize) -> Self {
        Self { count }
    }

    /// Their indices.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        let left_out = self.left_out().unwrap_or(self.count..self.count);
        (0..left_out.start).chain(left_out.end..self.count)
    }

    /// Those that are not shown, if any are not.
    pub(super) fn left_out(&self) -> Option<Range<usize>> {
        (self.count > 2 * SHOWN).then(|| SHOWN..self.count - SHOWN / 2)
    }
}

/// Significant digits.
const DIGITS: i32 = 5;

/// Writes the table with its columns aligned, numbers to the right and words to the left.
pub(super) fn write(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(spell).collect()).collect();
    let header: Vec<String> = table.columns.iter().map(|name| (*name).to_owned()).collect();
    let widths: Vec<usize> = (0..header.len())
        .map(|column| cells.iter().chain([&header]).map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let is_text =
        |column: usize| !table.rows.is_empty() && table.rows.iter().all(|row| matches!(row[column], Cell::Text(_)));
    for row in [&header].into_iter().chain(&cells) {
        let mut line = String::new();
        for (column, (text, width)) in std::iter::zip(row, &widths).enumerate() {
            // Not by a format's own width, which ends at 65 535.
            let room = " ".repeat(width - text.chars().count());
            let (left, right) = if is_text(column) { ("", room.as_str()) } else { (room.as_str(), "") };
            line.extend([left, text, right, "  "]);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes facts one a line, their names in a column.
pub(super) fn write_facts(out: &mut dyn Write, facts: &[(&str, String)]) -> io::Result<()> {
    let width = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, value) in facts {
        writeln!(out, "{name}{}  {value}", " ".repeat(width - name.chars().count()))?;
    }
    Ok(())
}

fn spell(cell: &Cell) -> String {
    match cell {
        Cell::Number(value) => few(*value),
        Cell::Text(text) => text.clone(),
    }
}

/// A number to five digits, with an exponent where it is very small or large; a dash where there is none.
pub(super) fn few(value: f64) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let exponent = value.abs().log10().floor() as i32;
    if !(-4..7).contains(&exponent) {
        let text = format!("{value:.*e}", (DIGITS - 1) as usize);
        let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}e{power}", without_trailing_zeros(mantissa));
    }
    let decimals = (DIGITS - 1 - exponent).max(0) as usize;
    without_trailing_zeros(&format!("{value:.decimals$}")).to_owned()
}

/// A pair in brackets.
pub(super) fn pair(vector: Vector) -> String {
    format!("({}, {})", few(vector.x), few(vector.y))
}

/// A point, of one weight as one number.
pub(super) fn place(at: Point, dimension: Dimension) -> String {
    vector(at.coords, dimension)
}

/// A start as it was given: of one weight the number, and what a second one does.
pub(super) fn start(at: Point, dimension: Dimension) -> String {
    let place = place(at, dimension);
    if dimension.is_one() && at.y != 0.0 {
        format!("{place} (one weight: y = {} changes nothing)", few(at.y))
    } else {
        place
    }
}

/// A gradient or a step, of one weight as one number.
pub(super) fn vector(of: Vector, dimension: Dimension) -> String {
    if dimension.is_one() { few(of.x) } else { pair(of) }
}

/// A table without some of its columns, as of one weight that without those of the other.
pub(super) fn without(table: Table, columns: &[&str]) -> Table {
    let is_kept: Vec<bool> = table.columns.iter().map(|name| !columns.contains(name)).collect();
    let row = |row: Vec<Cell>| std::iter::zip(row, &is_kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect();
    let names = std::iter::zip(&table.columns, &is_kept).filter(|(_, kept)| **kept).map(|(name, _)| *name);
    Table { columns: names.collect(), rows: table.rows.into_iter().map(row).collect() }
}

fn without_trailing_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        for (value, expected) in [
            (0.0, "0"),
            (1.0, "1"),
            (-24.199_999_9, "-24.2"),
            (0.000_123_456_7, "0.00012346"),
            (1_000_000.0, "1000000"),
            (1e7, "1e7"),
            (-1.234_567e-12, "-1.2346e-12"),
            (f64::NAN, "–"),
            (f64::NEG_INFINITY, "-∞"),
        ] {
            assert_eq!(few(value), expected);
        }
    }

    #[test]
    fn a_long_table_is_shown_by_its_ends() {
        for (count, rows, left_out) in [(0, 0, None), (40, 40, None), (41, 30, Some(20..31)), (1000, 30, Some(20..990))]
        {
            let shown = Cells::of(count);
            assert_eq!((shown.rows().count(), shown.left_out()), (rows, left_out), "{count}");
            assert!(shown.rows().all(|row| row < count), "{count}");
        }
    }

    #[test]
    fn columns_are_aligned() {
        let table = Table {
            columns: vec!["id", "loss"],
            rows: vec![vec!["bowl".into(), 1.5.into()], vec!["quad".into(), f64::NAN.into()]],
        };
        let mut out = Vec::new();
        write(&mut out, &table).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "id    loss\nbowl   1.5\nquad     –\n");
        let long = "7".repeat(70_000);
        let table = Table { columns: vec!["id"], rows: vec![vec![long.as_str().into()], vec!["a".into()]] };
        let mut out = Vec::new();
        write(&mut out, &table).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("id\n{long}\na\n"), "columns of any width");
    }
}
