//! What can be wrong with a landscape or a method that is asked for: each error names the offending word.

use super::excerpt::excerpt;
use super::formula::FormulaError;
use super::grid::GridError;
use super::key_values::LONGEST_NAME;
use crate::numbers::numerals::exact;

/// What can be wrong with a landscape, a method or a number that was asked for, and with the data it needs.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InputError {
    /// The id is in no registry.
    #[error("unknown {kind} '{}'{hint}\n`taylorscope list {kind}s` names them all", excerpt(word))]
    UnknownId {
        /// "landscape", "optimizer" …
        kind: &'static str,
        /// The word that was given.
        word: String,
        /// "; did you mean '…'?" or nothing.
        hint: String,
    },
    /// The id has no such key.
    #[error("'{id}' has no parameter '{}'{hint}\nit has: {known}", excerpt(word))]
    UnknownKey {
        /// The id it was given to.
        id: String,
        /// The key that was given.
        word: String,
        /// The keys there are.
        known: String,
        /// "; did you mean '…'?" or nothing.
        hint: String,
    },
    /// A key without a value.
    #[error("'{}' is not of the form key=value: it lacks '=' and a value", excerpt(word))]
    NoPair {
        /// What stood there.
        word: String,
    },
    /// A key that stands there twice.
    #[error("'{}' is given twice; give it once", excerpt(word))]
    Repeated {
        /// The key.
        word: String,
    },
    /// A choice that is not offered.
    #[error("{name} cannot be '{}'{hint}\nit is one of: {known}", excerpt(word))]
    UnknownChoice {
        /// The parameter.
        name: String,
        /// The word that was given.
        word: String,
        /// The words there are.
        known: String,
        /// "; did you mean '…'?" or nothing.
        hint: String,
    },
    /// Not a finite number.
    #[error("{name}: '{}' is not a finite number{}", excerpt(word), number_hint(word))]
    NotANumber {
        /// What the number is for.
        name: String,
        /// What stood there.
        word: String,
    },
    /// Not a whole number.
    #[error("{name}: '{}' is not a whole number from 0 to {most}", excerpt(word))]
    NotWhole {
        /// What the number is for.
        name: String,
        /// What stood there.
        word: String,
        /// The largest there may be.
        most: u64,
    },
    /// A number that makes no sense for this parameter.
    #[error("{name} cannot be {}: it must be {rule}", exact(*value))]
    OutOfDomain {
        /// The parameter.
        name: String,
        /// The value that was given.
        value: f64,
        /// What it must be.
        rule: &'static str,
    },
    /// Data that cannot be used.
    #[error("{0}")]
    Data(String),
    /// A formula that cannot be read and why, and below it where.
    #[error("{0}")]
    Formula(String),
    /// A measured grid that cannot be used.
    #[error("{0}")]
    Grid(GridError),
    /// The landscape is no sum over samples.
    #[error(
        "this landscape has no Gauss–Newton matrix: only networks, whose loss is a sum over samples, have one\nuse matrix=hessian"
    )]
    NoGaussNewton,
    /// The landscape is no sum over samples, so there are no batches of them.
    #[error("this landscape has no samples to draw batches from: only networks, such as tanh2, have them\nuse gd")]
    NoSamples,
}

impl InputError {
    /// What is wrong with a formula, the place in its text marked below.
    pub(super) fn formula(error: &FormulaError, text: &str) -> Self {
        Self::Formula(error.marked(text))
    }
}

/// "; write a decimal point: 1.5" for a number with a comma, that it is missing where nothing stands, or nothing.
fn number_hint(word: &str) -> String {
    if word.trim().is_empty() {
        return "; a number is missing".to_owned();
    }
    let pointed = word.trim().replace(',', ".");
    let hint = word.contains(',') && word.len() <= LONGEST_NAME && pointed.parse().is_ok_and(f64::is_finite);
    if hint { format!("; write a decimal point: {pointed}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{nearest, number};

    #[test]
    fn an_error_quotes_no_more_of_a_word_than_a_line_holds() {
        let word = format!("\u{1b}[2J{}", "é,".repeat(50_000));
        let name = || "n".to_owned();
        for error in [
            InputError::UnknownId { kind: "landscape", word: word.clone(), hint: nearest(&word, ["bowl"].into_iter()) },
            InputError::UnknownKey { id: name(), word: word.clone(), known: name(), hint: String::new() },
            InputError::NoPair { word: word.clone() },
            InputError::Repeated { word: word.clone() },
            InputError::UnknownChoice { name: name(), word: word.clone(), known: name(), hint: String::new() },
            number("n", &word).unwrap_err(),
            InputError::NotWhole { name: name(), word: word.clone(), most: 9 },
            InputError::OutOfDomain { name: name(), value: -1e300, rule: "above 0" },
        ] {
            let said = error.to_string();
            assert!(said.chars().count() < 180 && !said.contains('\u{1b}'), "{said}");
        }
    }
}
