//! What can be wrong with a table of numbers, and what to do about it.

use crate::landscapes::excerpt::short;
use crate::numbers::numerals::plural;

/// A table that cannot be read; lines are counted from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TableFault {
    /// Bytes that are not text.
    #[error("this is no text in UTF-8; save the table as CSV in UTF-8")]
    NotText,
    /// A line with more or fewer cells than the others.
    #[error("'{text}' has {found} {}, where {width} are expected{hint}", plural(*found, "cell"))]
    Ragged {
        /// The line.
        line: usize,
        /// How many cells it has.
        found: usize,
        /// How many the lines before have.
        width: usize,
        /// Its beginning.
        text: String,
        /// "; write …", or nothing.
        hint: &'static str,
    },
    /// A cell that is not a number.
    #[error("{name}: '{word}' is not a finite number; correct it, or {remedy}")]
    Number {
        /// The line.
        line: usize,
        /// What the column is called.
        name: String,
        /// What stands there.
        word: String,
        /// What to do instead.
        remedy: &'static str,
    },
    /// Numbers with decimal commas, and others with decimal points.
    #[error("line {comma} has a decimal comma, and line {point} a decimal point; write points everywhere")]
    Mixed {
        /// The line of the first comma.
        comma: usize,
        /// The line of the first point.
        point: usize,
    },
    /// Commas in numbers that may part thousands or decimals.
    #[error("a comma before three digits may be a decimal comma or part thousands; write 1234.5 for both")]
    Thousands {
        /// The first such line.
        line: usize,
    },
    /// A text in another form than a table.
    #[error("this is {form}, no table; write a line for every point, with commas between its numbers")]
    OtherForm {
        /// What it is: "JSON".
        form: &'static str,
    },
    /// More numbers than can be used.
    #[error("more than 16 000 000 numbers; leave some out")]
    TooMany {
        /// The line with which it is too much.
        line: usize,
    },
    /// Columns that could be several things.
    #[error("{0}")]
    Unclear(String),
    /// What the reader of cells cannot make out.
    #[error("this is no table: {reason}")]
    Broken {
        /// What it says.
        reason: String,
    },
}

impl TableFault {
    /// The line it is about.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Ragged { line, .. }
            | Self::Number { line, .. }
            | Self::Thousands { line }
            | Self::TooMany { line } => Some(*line),
            _ => None,
        }
    }

    /// The message with the file, and the line where there is one, before it.
    pub fn within(&self, file: &str) -> String {
        match self.line() {
            Some(line) => format!("{file}, line {line}: {self}"),
            None => format!("{file}: {self}"),
        }
    }
}

/// A cell or a line as a message quotes it.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    short(text.trim(), MOST)
}
