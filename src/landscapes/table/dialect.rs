//! How the cells of a table are separated, found out from its first lines.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord, Terminator};

use super::cell::value;
use super::fault::{TableFault, excerpt};

/// Lines that are examined.
const SAMPLE: usize = 32;

/// How a table is written.
#[derive(Debug)]
pub(super) struct Dialect {
    separator: u8,
    /// The last comment above the first line of the table.
    comment: Option<String>,
}

/// How many cells a line has, quotes aside; spaces count once.
fn count(line: &str, separator: u8) -> usize {
    if separator == b' ' {
        return line.split_whitespace().count();
    }
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            *byte == separator && !quoted
        })
        .count()
        + 1
}

impl Dialect {
    pub(super) fn of(text: &str) -> Self {
        let is_comment = |line: &&str| line.starts_with('#');
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("sep="));
        let sample: Vec<&str> = lines().filter(|line| !is_comment(line)).take(SAMPLE).collect();
        let comment = lines()
            .take_while(is_comment)
            .last()
            .map(|line| line.trim_start_matches(['#', '%', '/', '!', ' ']).to_owned());
        let is_in_all = |separator: &u8| sample.iter().all(|line| count(line, *separator) > 1);
        let separator = [b';', b'\t', b',', b'|', b' '].into_iter().find(is_in_all).unwrap_or(b',');
        let separator = if separator == b',' && has_decimal_commas(&sample) { b' ' } else { separator };
        Self { separator, comment }
    }

    pub(super) fn reader<R: Read>(&self, source: R) -> csv::Reader<R> {
        ReaderBuilder::new()
            .delimiter(self.separator)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(source)
    }

    /// The cells of a line, without the spaces around them.
    pub(super) fn cells<'a>(&self, record: &'a StringRecord) -> Vec<&'a str> {
        let plain = |cell: &'a str| {
            let cell = cell.trim();
            let quoted = ['"', '\''].iter().find_map(|quote| cell.strip_prefix(*quote)?.strip_suffix(*quote));
            quoted.map_or(cell, str::trim)
        };
        let mut cells: Vec<&str> = record.iter().map(plain).collect();
        // Bars may stand around a line, too.
        if self.separator == b'|' && cells.len() > 2 {
            cells.truncate(cells.len() - usize::from(cells[cells.len() - 1].is_empty()));
            cells.drain(..usize::from(cells[0].is_empty()));
        }
        if self.separator == b' ' && cells.iter().any(|cell| !cell.is_empty()) {
            return cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        }
        cells
    }

    /// Whether a line says nothing: an empty one, a comment, or a rule between bars.
    pub(super) fn is_blank(&self, cells: &[&str]) -> bool {
        let is_rule = |cell: &&str| !cell.is_empty() && cell.chars().all(|c| ['-', ':', '='].contains(&c));
        cells.iter().all(|cell| cell.is_empty())
            || cells[0].starts_with("sep=")
            || self.separator == b'|' && cells.iter().all(is_rule)
    }

    /// Whether commas stand between cells, so that one within a cell was quoted.
    pub(super) fn is_by_commas(&self) -> bool {
        self.separator == b','
    }

    /// What is wrong with a line that has more or fewer cells than the others.
    pub(super) fn ragged(&self, cells: &[&str], line: usize, width: usize) -> TableFault {
        let joint = match self.separator {
            b';' => ";",
            b',' => ",",
            _ => " ",
        };
        let doubled = self.separator == b',' && cells.len() == 2 * width;
        let hint = if doubled { "; write decimal points, or separate the numbers by semicolons" } else { "" };
        TableFault::Ragged { line, found: cells.len(), width, text: excerpt(&cells.join(joint)), hint }
    }

    /// What is to be said of it.
    pub(super) fn note(&self, has_commas: bool) -> Option<String> {
        let between = match self.separator {
            b';' => "semicolons",
            b'\t' => "tabs",
            b' ' => "spaces",
            b'|' => "bars",
            _ if has_commas => return Some("the numbers in quotes were read with decimal commas".to_owned()),
            _ => return None,
        };
        let commas = if has_commas { ", with decimal commas" } else { "" };
        Some(format!("the columns were read as separated by {between}{commas}"))
    }

    /// The names of `width` columns, where the comment above the table has them, as `numpy.savetxt` writes it.
    pub(super) fn commented_names(&self, width: usize) -> Option<Vec<String>> {
        let comment = self.comment.as_deref()?;
        let names: Vec<String> = [",", ";", "\t"]
            .iter()
            .map(|separator| comment.split(separator).map(excerpt).collect())
            .chain([comment.split_whitespace().map(excerpt).collect()])
            .find(|names: &Vec<String>| names.len() == width)?;
        names.iter().all(|name| !name.is_empty() && value(name).is_none()).then_some(names)
    }
}

/// Whether every line holds numbers with decimal commas, separated by spaces.
fn has_decimal_commas(sample: &[&str]) -> bool {
    let is_number = |word: &str| {
        let digit_around = |at: usize| {
            let bytes = word.as_bytes();
            at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        };
        word.find(',').map_or_else(
            || value(word).is_some(),
            |at| digit_around(at) && value(&word.replacen(',', ".", 1)).is_some(),
        )
    };
    let numbers = |line: &&&str| line.split_whitespace().count() > 1 && line.split_whitespace().all(is_number);
    let rows = sample.iter().skip(usize::from(sample.first().is_some_and(|line| !numbers(&line))));
    let mut rows = rows.peekable();
    rows.peek().is_some() && rows.all(|line| numbers(&line))
}
