//! Comma-separated values: a header, a line a row, full precision, and nothing in a cell without a finite number.

use std::io::{self, Write};

use super::push_number;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number; empty unless finite.
    Number(f64),
    /// Words, quoted where they need it.
    Text(String),
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A header and its rows, each as long as the header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes the table.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    writeln!(out, "{}", table.columns.join(","))?;
    let mut line = Vec::new();
    for row in &table.rows {
        line.clear();
        push_row(&mut line, row);
        out.write_all(&line)?;
    }
    Ok(())
}

/// Appends a row and the end of its line.
pub fn push_row(line: &mut Vec<u8>, row: &[Cell]) {
    for (index, cell) in row.iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        push_cell(line, cell);
    }
    line.push(b'\n');
}

fn push_cell(line: &mut Vec<u8>, cell: &Cell) {
    match cell {
        Cell::Number(value) if value.is_finite() => push_number(line, *value),
        Cell::Number(_) => {}
        // The rule of RFC 4180, section 2: quotes around, quotes inside doubled.
        Cell::Text(text) if text.contains([',', '"', '\n', '\r']) => {
            line.extend_from_slice(format!("\"{}\"", text.replace('"', "\"\"")).as_bytes());
        }
        Cell::Text(text) => line.extend_from_slice(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_need_it_and_empty_where_there_is_no_number() {
        let table = Table {
            columns: vec!["a", "b", "c"],
            rows: vec![
                vec!["x = 1, y".into(), f64::NAN.into(), 0.5.into()],
                vec!["\"w\"".into(), 2.0.into(), f64::INFINITY.into()],
            ],
        };
        let mut out = Vec::new();
        write(&mut out, &table).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b,c\n\"x = 1, y\",,0.5\n\"\"\"w\"\"\",2,\n");
    }
}
