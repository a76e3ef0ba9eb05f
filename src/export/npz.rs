//! `NumPy`'s `.npz`: an archive of named arrays, each an `.npy` file of version 1.0, stored as it is. `NumPy` Enhancement
//! Proposal 1; `numpy.lib.format`.

use std::io::{self, Write};

use super::archive::Archive;
use super::csv::{Cell, Table};

/// An array with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// What programs call it.
    pub name: &'static str,
    /// The length of each dimension, the last index running fastest; none for a single element.
    pub shape: Vec<usize>,
    /// The elements.
    pub elements: Elements,
}

/// What an array holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Elements {
    /// Floating-point numbers; NaN where there is none.
    Real(Vec<f64>),
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Words.
    Text(Vec<String>),
}

impl Elements {
    fn count(&self) -> usize {
        match self {
            Self::Real(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Text(words) => words.len(),
        }
    }

    /// The type of an element as `NumPy` spells it.
    fn kind(&self) -> String {
        match self {
            Self::Real(_) => "<f8".to_owned(),
            Self::Whole(_) => "<i8".to_owned(),
            Self::Text(words) => format!("<U{}", width(words)),
        }
    }

    fn push(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Real(values) => bytes.extend(values.iter().flat_map(|value| value.to_le_bytes())),
            Self::Whole(values) => bytes.extend(values.iter().flat_map(|value| value.to_le_bytes())),
            // Each filled up with zeros to the longest of them.
            Self::Text(words) => {
                let width = width(words);
                for word in words {
                    let letters = word.chars().map(u32::from).chain(std::iter::repeat(0)).take(width);
                    bytes.extend(letters.flat_map(u32::to_le_bytes));
                }
            }
        }
    }
}

/// Letters of the longest word, at least one.
fn width(words: &[String]) -> usize {
    words.iter().map(|word| word.chars().count()).max().unwrap_or(0).max(1)
}

impl Array {
    /// A list of numbers.
    pub fn reals(name: &'static str, values: Vec<f64>) -> Self {
        Self { name, shape: vec![values.len()], elements: Elements::Real(values) }
    }

    /// A list of whole numbers.
    pub fn whole(name: &'static str, values: Vec<i64>) -> Self {
        Self { name, shape: vec![values.len()], elements: Elements::Whole(values) }
    }

    /// A list of words.
    pub fn words(name: &'static str, words: Vec<String>) -> Self {
        Self { name, shape: vec![words.len()], elements: Elements::Text(words) }
    }

    /// One word alone.
    pub fn word(name: &'static str, word: String) -> Self {
        Self { name, shape: Vec::new(), elements: Elements::Text(vec![word]) }
    }

    /// The same elements in rows of this many.
    #[must_use]
    pub fn in_rows_of(self, columns: usize) -> Self {
        let rows = self.elements.count() / columns.max(1);
        Self { shape: vec![rows, columns], ..self }
    }

    /// An array for each column of a table: of words where one stands in it, else of numbers.
    pub fn columns(table: &Table) -> Vec<Self> {
        let column = |(place, name): (usize, &&'static str)| {
            let cells = || table.rows.iter().filter_map(move |row| row.get(place));
            if cells().any(|cell| matches!(cell, Cell::Text(_))) {
                let word = |cell: &Cell| match cell {
                    Cell::Text(word) => word.clone(),
                    Cell::Number(_) => String::new(),
                };
                return Self::words(name, cells().map(word).collect());
            }
            let number = |cell: &Cell| match cell {
                Cell::Number(value) => *value,
                Cell::Text(_) => f64::NAN,
            };
            Self::reals(name, cells().map(number).collect())
        };
        table.columns.iter().enumerate().map(column).collect()
    }

    /// The `.npy` file of it.
    fn bytes(&self) -> Vec<u8> {
        let lengths: Vec<String> = self.shape.iter().map(usize::to_string).collect();
        // A Python tuple, of one element too.
        let shape = lengths.join(", ") + if lengths.len() == 1 { "," } else { "" };
        let mut header =
            format!("{{'descr': '{}', 'fortran_order': False, 'shape': ({shape}), }}", self.elements.kind());
        // What comes before the elements fills whole lines of 64 bytes; the last of them ends the header.
        let begun = MAGIC.len() + size_of::<u16>();
        let padding = (begun + header.len() + 1).next_multiple_of(64) - (begun + header.len() + 1);
        header.extend(std::iter::repeat_n(' ', padding));
        header.push('\n');
        let mut bytes = MAGIC.to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes());
        self.elements.push(&mut bytes);
        bytes
    }
}

/// How a file of version 1.0 begins.
const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";

/// Writes the arrays as one archive, in their order.
///
/// # Errors
/// What the writer or the disk says.
pub fn write(out: &mut dyn Write, arrays: &[Array]) -> io::Result<()> {
    let mut archive = Archive::stored();
    for array in arrays {
        archive.add(&format!("{}.npy", array.name), &array.bytes())?;
    }
    archive.finish(out)
}

/// Writes an array for each column of a table.
///
/// # Errors
/// What the writer or the disk says.
pub fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    write(out, &Array::columns(table))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::arrays_of_npz;

    #[test]
    fn arrays_read_back_to_the_bit() {
        let reals = vec![0.1, -0.0, 5e-324, f64::MAX, f64::NAN, 1.0 / 3.0];
        let table = Table {
            columns: vec!["end", "loss"],
            rows: vec![vec!["minimum".into(), 0.1.into()], vec!["η → ∞".into(), f64::NAN.into()]],
        };
        let mut arrays = vec![
            Array::reals("values", reals.clone()).in_rows_of(3),
            Array::whole("counts", vec![-1, 0, 1 << 40]),
            Array::word("name", "bowl".to_owned()),
            Array::reals("none", Vec::new()),
        ];
        arrays.extend(Array::columns(&table));
        let mut bytes = Vec::new();
        write(&mut bytes, &arrays).unwrap();
        let mut again = Vec::new();
        write(&mut again, &arrays).unwrap();
        assert!(bytes == again, "the same bytes each time");
        let read = arrays_of_npz(&bytes);
        let found = |name: &str| read.iter().find(|(known, ..)| known == name).unwrap_or_else(|| panic!("no {name}"));
        let (_, shape, values) = found("values");
        assert_eq!(shape, &[2, 3], "two rows");
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(values), bits(&reals), "every bit");
        assert_eq!(found("counts").2, [-1.0, 0.0, (1_u64 << 40) as f64], "whole numbers");
        assert_eq!(found("none").1, [0], "none at all");
        assert_eq!(found("loss").2[0], 0.1, "a column of numbers");
        assert_eq!(arrays[4], Array::words("end", vec!["minimum".to_owned(), "η → ∞".to_owned()]), "and one of words");
        for array in &arrays {
            let head = array.bytes();
            let length = usize::from(u16::from_le_bytes([head[8], head[9]]));
            assert_eq!((10 + length) % 64, 0, "{}: the elements begin on a whole line", array.name);
        }
    }
}
