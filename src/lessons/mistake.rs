//! A mistake in a file, with its place.

/// A mistake, and where in the text it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The byte at which it begins.
    pub at: usize,
    /// What is wrong, and what to write instead.
    pub what: String,
}

/// A word of a file, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// What stands there.
    pub value: T,
    /// The byte at which it begins.
    pub at: usize,
}

impl Mistake {
    /// A mistake at this byte.
    pub fn new(at: usize, what: impl Into<String>) -> Self {
        Self { at, what: what.into() }
    }

    /// The line and the column of its place, both from 1; a column is a character.
    pub fn place(&self, text: &str) -> [usize; 2] {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        [before.matches('\n').count() + 1, line.chars().count() + 1]
    }

    /// `LINE:COLUMN: what`.
    pub fn in_text(&self, text: &str) -> String {
        let [line, column] = self.place(text);
        format!("{line}:{column}: {}", self.what)
    }
}

impl<T> Located<T> {
    /// A mistake at its place.
    pub fn mistake(&self, what: impl Into<String>) -> Mistake {
        Mistake::new(self.at, what)
    }
}
