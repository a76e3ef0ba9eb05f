//! Tables of numbers as other tools write them: the one reader for grids, samples and points.
//!
//! `text.rs` makes text of bytes, `dialect.rs` finds out how cells are separated, `cell.rs` reads one, `roles.rs` says which
//! column is what. Quotes are left to the crate `csv`.

mod cell;
mod dialect;
mod fault;
mod roles;
mod text;

use std::io::Read;

use self::cell::Cell;
use self::dialect::Dialect;

pub(super) use self::cell::{Digits, value as number_of};
pub use self::fault::TableFault;
pub use self::roles::Roles;
pub(super) use self::roles::{coordinates_in, losses_in, plain};

/// More numbers than this are refused: as many as the largest grid has, with an index and another column.
const MAX_CELLS: usize = 16_000_000;

/// A table of numbers.
#[derive(Debug, Default)]
pub struct Table {
    /// What the header calls its columns; empty without a header.
    names: Vec<String>,
    columns: Vec<Column>,
    /// The line of each row, counted from 1.
    lines: Vec<u32>,
    /// Row after row; what is missing is NaN.
    numbers: Vec<f64>,
    /// How it was read, where that is not plain.
    notes: Vec<String>,
    /// What is wrong with the first row, unless the cell that it has before those of the header is an index.
    unnamed: Option<TableFault>,
}

/// What is known of a column beside its numbers.
#[derive(Clone, Debug, Default)]
struct Column {
    /// The first cell that is not a number and stands for none, and the row it is in.
    text: Option<(usize, String)>,
    /// The first cell without a finite number, and the row it is in.
    missing: Option<(usize, String)>,
    digits: Digits,
}

impl Table {
    /// Reads the bytes of a text file: comma, semicolon, tab, bar or spaces between cells, with or without a header, `#`, `%`, `//` and `!`
    /// before comments, decimal commas in quotes or where no comma separates.
    ///
    /// # Errors
    /// [`TableFault`] naming the line and what to do.
    pub fn read(bytes: &[u8]) -> Result<Self, TableFault> {
        Self::read_rows(bytes, usize::MAX)
    }

    /// As [`Self::read`], but no further than one row after this many, which tells that there are more.
    ///
    /// # Errors
    /// As those of [`Self::read`].
    pub fn read_rows(bytes: &[u8], most: usize) -> Result<Self, TableFault> {
        let (text, encoding) = text::decode(bytes)?;
        text::refuse_other_forms(&text)?;
        let text = text::with_one_comment_sign(text);
        let dialect = Dialect::of(&text);
        let mut table = Self::default();
        table.notes.extend(encoding.map(str::to_owned));
        let source = text.as_bytes().chain(&b"\n"[..]);
        let mut reader = dialect.reader(source);
        let mut record = csv::StringRecord::new();
        let mut commas = Commas::default();
        while reader.read_record(&mut record).map_err(|error| TableFault::Broken { reason: error.to_string() })? {
            let line = reader.position().line().saturating_sub(1) as usize;
            let cells = dialect.cells(&record);
            if dialect.is_blank(&cells) {
                continue;
            }
            table.take(&cells, line, &dialect, &mut commas)?;
            if table.rows() > most {
                break;
            }
        }
        commas.check()?;
        table.finish(&dialect, commas.decimal.is_some())?;
        Ok(table)
    }

    /// Takes a line: the header, or a row.
    fn take(&mut self, cells: &[&str], line: usize, dialect: &Dialect, commas: &mut Commas) -> Result<(), TableFault> {
        let is_text = |cell: &&str| matches!(Cell::read(cell), Cell::Text);
        if self.columns.is_empty() && self.names.is_empty() && cells.iter().any(is_text) {
            let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
            self.names = cells[..=last].iter().map(|name| fault::excerpt(name)).collect();
            return Ok(());
        }
        if self.columns.is_empty() {
            self.begin(cells, line, dialect)?;
        }
        // A header again, as where files were joined.
        if !self.names.is_empty() && cells.iter().zip(&self.names).all(|(cell, name)| cell == name) {
            return Ok(());
        }
        let width = self.columns.len();
        let is_over = cells.iter().skip(width).any(|cell| !cell.is_empty());
        if cells.len() < width || is_over {
            return Err(dialect.ragged(cells, line, width));
        }
        if self.numbers.len() + width > MAX_CELLS {
            return Err(TableFault::TooMany { line });
        }
        let row = self.lines.len();
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        for (cell, column) in cells.iter().zip(&mut self.columns) {
            let read = Cell::read(cell);
            commas.see(cell, &read, line, dialect);
            column.see(cell, &read, row);
            self.numbers.push(read.number());
        }
        Ok(())
    }

    /// Decides how many columns there are, by the first row.
    fn begin(&mut self, cells: &[&str], line: usize, dialect: &Dialect) -> Result<(), TableFault> {
        if self.names.is_empty()
            && let Some(names) = dialect.commented_names(cells.len())
        {
            self.names = names;
        }
        let width = if self.names.is_empty() { cells.len() } else { self.width_beside_names(cells, line, dialect)? };
        self.columns = vec![Column::default(); width];
        Ok(())
    }

    /// How many columns there are below a header: cells beyond it are empty, or else the first of them is an index without a name.
    fn width_beside_names(&mut self, cells: &[&str], line: usize, dialect: &Dialect) -> Result<usize, TableFault> {
        let (mut width, named) = (cells.len(), self.names.len());
        while width > named && cells[width - 1].is_empty() {
            width -= 1;
        }
        if width == named + 1 {
            self.names.insert(0, String::new());
            self.unnamed = Some(dialect.ragged(cells, line, named));
        } else if width != named {
            return Err(dialect.ragged(cells, line, named));
        }
        Ok(width)
    }

    fn finish(&mut self, dialect: &Dialect, has_commas: bool) -> Result<(), TableFault> {
        if let Some(fault) = self.unnamed.take()
            && self.columns[0].text.is_none()
            && !self.counts(0)
        {
            return Err(fault);
        }
        if let Some(words) = dialect.note(has_commas) {
            self.notes.push(words);
        }
        Ok(())
    }

    /// Whether the numbers of a column count the rows.
    fn counts(&self, column: usize) -> bool {
        let first = if self.rows() > 1 { self.number(0, column) } else { f64::NAN };
        (0..self.rows()).all(|row| self.number(row, column) == first + row as f64)
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// What the header calls its columns; empty without a header.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A number; NaN where there is none.
    pub fn number(&self, row: usize, column: usize) -> f64 {
        self.numbers[row * self.width() + column]
    }

    /// The line of a row, counted from 1.
    pub fn line(&self, row: usize) -> usize {
        self.lines.get(row).map_or(0, |line| *line as usize)
    }

    /// How it was read, where that is not plain.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// To how many digits the numbers of a column are printed.
    pub(super) fn digits(&self, column: usize) -> Digits {
        self.columns.get(column).map_or_else(Digits::default, |column| column.digits)
    }

    /// Holds every cell of a column to be a number or, if that `may_miss`, to stand for none; `name` is what the column is
    /// called.
    ///
    /// # Errors
    /// [`TableFault::Number`] for the first cell that is neither.
    pub fn check(&self, column: usize, name: &str, may_miss: bool) -> Result<(), TableFault> {
        // A header without a row has no columns yet.
        let Some(Column { text, missing, .. }) = self.columns.get(column) else { return Ok(()) };
        let odd = if may_miss { text } else { missing };
        odd.as_ref().map_or(Ok(()), |(row, word)| {
            let remedy = if may_miss { "write nan where nothing was measured" } else { "leave the line out" };
            Err(TableFault::Number { line: self.line(*row), name: name.to_owned(), word: word.clone(), remedy })
        })
    }
}

impl Column {
    fn see(&mut self, word: &str, read: &Cell, row: usize) {
        if let Cell::Number(number) = read
            && number.is_finite()
        {
            self.digits.see(word);
            return;
        }
        let first = || (row, fault::excerpt(word));
        if matches!(read, Cell::Text) {
            self.text.get_or_insert_with(first);
        }
        self.missing.get_or_insert_with(first);
    }
}

/// Decimal commas and decimal points, and the lines in which the first of them stand.
#[derive(Default)]
struct Commas {
    decimal: Option<usize>,
    /// Whether a comma is sure to be a decimal one: where commas separate cells, one before three digits may part thousands.
    is_sure: bool,
    point: Option<usize>,
}

impl Commas {
    fn see(&mut self, word: &str, read: &Cell, line: usize, dialect: &Dialect) {
        if matches!(read, Cell::Number(_)) {
            if let Some((whole, fraction)) = word.split_once(',') {
                self.decimal.get_or_insert(line);
                let is_group = |digits: &str| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
                let may_be_thousands = fraction.len() == 3
                    && is_group(fraction)
                    && whole.len() <= 4
                    && !whole.trim_start_matches(['-', '+', '\u{2212}']).starts_with('0');
                self.is_sure |= !dialect.is_by_commas() || !may_be_thousands;
            } else if word.contains('.') {
                self.point.get_or_insert(line);
            }
        }
    }

    fn check(&self) -> Result<(), TableFault> {
        match (self.decimal, self.point) {
            (Some(comma), Some(point)) => Err(TableFault::Mixed { comma, point }),
            (Some(line), None) if !self.is_sure => Err(TableFault::Thousands { line }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
