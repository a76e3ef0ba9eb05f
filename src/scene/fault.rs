//! What is wrong in the text of a scene, and where: as a place among its keys, and as line and column.

use std::fmt::{self, Display};
use std::ops::Range;

use serde::de::{self, Expected, Unexpected};

use super::spec::{LANDSCAPE_KEYS, PARAMETERS, RUN, RUN_KEYS, RUNS};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{InputError, nearest};

/// A step into a scene: from a table to one of its keys, from a list to one of its elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An element, from 0.
    Element(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Element(index)
    }
}

/// What cannot be, and where among the keys of a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The steps from the innermost outwards: it is found inside, and named on the way out.
    inward: Vec<Step>,
    /// It is the key itself that is wrong, and not its value.
    pub(super) is_key: bool,
    /// The key that is missing there.
    pub(super) missing: Option<String>,
    /// The keys that an unknown one may be meant for.
    pub(super) meant: Vec<&'static str>,
    /// The message says what was expected of a value, and not of which.
    is_of_type: bool,
    message: String,
}

impl Misfit {
    /// Something wrong with the value at hand.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            inward: Vec::new(),
            is_key: false,
            missing: None,
            meant: Vec::new(),
            is_of_type: false,
            message: message.into(),
        }
    }

    /// A value at hand that is of another type than its key wants.
    pub(super) fn of_type(message: impl Into<String>) -> Self {
        Self { is_of_type: true, ..Self::new(message) }
    }

    /// Seen from one step further out.
    #[must_use]
    pub fn within(mut self, step: impl Into<Step>) -> Self {
        self.inward.push(step.into());
        self
    }

    /// The key of this name is wrong, in the table at hand.
    #[must_use]
    pub fn of_key(self, key: &str) -> Self {
        Self { is_key: true, ..self.within(key) }
    }

    /// The steps from the whole scene inwards.
    pub(super) fn place(&self) -> Vec<Step> {
        self.inward.iter().rev().cloned().collect()
    }

    /// Every key of a landscape and of a run that is none of their own is a parameter of it: one that cannot be may be a slip.
    fn slip_of_own_key(&self) -> Option<String> {
        let [Step::Key(key), Step::Key(table), .., Step::Key(root)] = self.inward.as_slice() else { return None };
        let own: &[&str] = if root == "landscape" { &LANDSCAPE_KEYS } else { &RUN_KEYS };
        let known = own.iter().copied();
        let is_slip = self.is_of_type && table == PARAMETERS && !nearest(key, known.clone()).is_empty();
        is_slip.then(|| unknown_key(key, known))
    }

    /// What is wrong, with the key of which it is said: several keys of a view take words of one kind.
    pub(super) fn said(&self) -> String {
        let key = self.inward.iter().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
        let is_of_view = self.inward.last() == Some(&Step::from("view"));
        let is_of_scene = self.inward.len() == 1 && key != Some("landscape");
        let lacks =
            |key: &&str| self.is_of_type || (is_of_view || is_of_scene) && !self.is_key && !self.message.contains(key);
        if let Some(meant) = self.slip_of_own_key() {
            return meant;
        }
        match key.filter(lacks) {
            Some(RUN) => format!("{RUNS}: {self}"),
            Some(key) => format!("{}: {self}", excerpt(key)),
            None => self.to_string(),
        }
    }
}

impl Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl From<InputError> for Misfit {
    fn from(error: InputError) -> Self {
        Self::new(error.to_string())
    }
}

/// Names a step on the way out of what cannot be read.
pub trait Within<T> {
    /// The result, of which an error names one more step on the way.
    ///
    /// # Errors
    /// The error it was, with this step in front.
    fn within(self, step: impl Into<Step>) -> Result<T, Misfit>;
}

impl<T, E: Into<Misfit>> Within<T> for Result<T, E> {
    fn within(self, step: impl Into<Step>) -> Result<T, Misfit> {
        self.map_err(|error| error.into().within(step))
    }
}

/// "; did you mean '…'?", or all the names there are on a line of their own where none is near.
pub fn hint<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(word, known.clone()) {
        near if near.is_empty() => format!("\nthere are: {}", known.collect::<Vec<_>>().join(", ")),
        near => near,
    }
}

/// That a key is unknown, and which one may be meant.
pub(super) fn unknown_key<'a>(key: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    format!("unknown key '{}'{}", excerpt(key), hint(key, known))
}

/// The mistakes that the standard way of reading data knows, in our words.
impl de::Error for Misfit {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of_type(format!("expected {}, not {}", kind(expected), words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::of_type(format!("expected {}, not of {length}", kind(expected)))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let known = || expected.iter().flat_map(|key| std::iter::once(*key).chain(other_names(key)));
        let is_near = |key: &&'static str| !nearest(field, std::iter::once(*key).chain(other_names(key))).is_empty();
        let meant = expected.iter().copied().filter(is_near).collect();
        Self { meant, ..Self::new(unknown_key(field, known())) }
    }

    fn missing_field(field: &'static str) -> Self {
        let said = match field {
            RUN => format!("'{RUNS}' is missing: a scene needs at least one, as in {RUNS} = [\"gd\"]"),
            "landscape" => "'landscape' is missing: as in landscape = \"himmelblau\"".to_owned(),
            _ => format!("'{field}' is missing"),
        };
        Self { missing: Some(field.to_owned()), ..Self::new(said) }
    }
}

/// Other names that a key has.
fn other_names(key: &str) -> Option<&'static str> {
    (key == RUN).then_some(RUNS)
}

/// What was expected: a type of the language, in words.
fn kind(expected: &dyn Expected) -> String {
    let said = expected.to_string();
    match said.as_str() {
        "f64" => "a number".to_owned(),
        "usize" | "u32" | "u64" => "a whole number, 0 or above".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "path string" => "a text in quotes".to_owned(),
        "a sequence" => "a list".to_owned(),
        "an array of length 2" => "a list of two".to_owned(),
        "a map" => "a table".to_owned(),
        words if words.starts_with("struct ") => "a table".to_owned(),
        _ => said,
    }
}

fn words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Str(text) => format!("'{}'", excerpt(text)),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => number.to_string(),
        Unexpected::Bool(flag) => flag.to_string(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// Something wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// Its bytes.
    pub span: Range<usize>,
    /// What is wrong, and what to write instead: one line or two.
    pub message: String,
}

impl Fault {
    /// Something wrong at these bytes of a text; what lies beyond its end is at its end.
    pub fn at(text: &str, span: Range<usize>, message: String) -> Self {
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            span: start..span.end.clamp(start, text.len()),
            message,
        }
    }

    /// `FILE:LINE:COLUMN: what is wrong`; more lines are indented.
    pub fn located(&self, file: &str) -> String {
        format!("{file}:{}:{}: {}", self.line, self.column, self.message.trim_end().replace('\n', "\n  "))
    }
}

/// Without the file: `line 3, column 5: what is wrong`.
impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message.trim_end())
    }
}

/// All that is wrong in a text, by its place; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "a = 1\nβγ = 2\n";
        for (span, line, column) in
            [(0..1, 1, 1), (4..5, 1, 5), (6..8, 2, 1), (8..10, 2, 2), (13..14, 2, 6), (99..100, 3, 1)]
        {
            let fault = Fault::at(text, span.clone(), "no".to_owned());
            assert_eq!((fault.line, fault.column), (line, column), "{span:?}");
            assert!(text.get(fault.span).is_some(), "{span:?}");
        }
        let inside = Fault::at(text, 7..9, "no".to_owned());
        assert_eq!((inside.line, inside.column), (2, 1), "in the middle of a letter");
    }
}
