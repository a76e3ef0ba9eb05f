//! The spelling `ID:key=value,key=value`, its numbers, and errors that name the offending word and suggest the nearest known one.

use std::collections::BTreeSet;

use super::excerpt::excerpt;
use super::formula::FormulaError;
use super::grid::GridError;
use crate::numbers::numerals::exact;

/// What can be wrong with a landscape, a method or a number that was asked for, and with the data it needs.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SpecError {
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

impl SpecError {
    /// What is wrong with a formula, the place in its text marked below.
    pub(super) fn formula(error: &FormulaError, text: &str) -> Self {
        Self::Formula(error.marked(text))
    }
}

/// `ID:key=value,…` cut into its words, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyValues<'a> {
    /// What stands before the colon.
    pub id: &'a str,
    /// The pairs after it, in order.
    pub pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> KeyValues<'a> {
    /// Cuts the text at its colon, commas and equals signs.
    ///
    /// # Errors
    /// [`SpecError::NoPair`] for a word without `=`, [`SpecError::Repeated`] for a key that stands there twice.
    pub fn cut(text: &'a str) -> Result<Self, SpecError> {
        let (id, rest) = text.split_once(':').unwrap_or((text, ""));
        Ok(Self { id: id.trim(), pairs: Self::pairs(rest)? })
    }

    /// Cuts `key=value,…` at its commas and equals signs.
    ///
    /// # Errors
    /// As [`Self::cut`].
    pub(super) fn pairs(text: &'a str) -> Result<Vec<(&'a str, &'a str)>, SpecError> {
        let pairs = text
            .split(',')
            .filter(|word| !word.trim().is_empty())
            .map(|word| {
                let (key, value) = word.split_once('=').ok_or_else(|| SpecError::NoPair { word: word.to_owned() })?;
                // The name of a file may end in a space.
                Ok((key.trim(), if key.trim() == "data" { value } else { value.trim() }))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        match pairs.iter().find(|(key, _)| !seen.insert(*key)) {
            Some((key, _)) => Err(SpecError::Repeated { word: (*key).to_owned() }),
            None => Ok(pairs),
        }
    }
}

/// Reads a finite float64; `name` says in the error what the number was for.
///
/// # Errors
/// [`SpecError::NotANumber`] for anything else, `nan` and numbers that overflow included.
pub fn number(name: &str, text: &str) -> Result<f64, SpecError> {
    let refused = || SpecError::NotANumber { name: name.to_owned(), word: text.to_owned() };
    let value: f64 = text.trim().parse().map_err(|_| refused())?;
    if value.is_finite() { Ok(value) } else { Err(refused()) }
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

/// Bytes; no name is near a longer word, and comparing one takes time.
const LONGEST_NAME: usize = 100;

/// "; did you mean '…'?" with the known word nearest to this one, or nothing when none is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    if word.len() > LONGEST_NAME {
        return String::new();
    }
    known
        // Of two that are as near the one of the same length: letters are more often exchanged than lost.
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&word.to_lowercase(), candidate),
                candidate.len().abs_diff(word.len()),
                candidate,
            )
        })
        .min()
        .filter(|(distance, _, candidate)| *distance <= 1 + candidate.len().min(word.len()) / 4)
        .map_or_else(String::new, |(.., candidate)| format!("; did you mean '{candidate}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_the_nearest_is_suggested() {
        let words = KeyValues::cut("quad:kappa=50, theta=-0.3").unwrap();
        assert_eq!(words, KeyValues { id: "quad", pairs: vec![("kappa", "50"), ("theta", "-0.3")] }, "plain");
        assert!(matches!(KeyValues::cut("quad:kappa"), Err(SpecError::NoPair { .. })), "no equals sign");
        assert_eq!(nearest("rosenbrok", ["bowl", "rosenbrock"].into_iter()), "; did you mean 'rosenbrock'?", "near");
        assert_eq!(nearest("tahn", ["tan", "tanh"].into_iter()), "; did you mean 'tanh'?", "exchanged letters");
        assert_eq!(nearest("xyzzy", ["bowl", "rosenbrock"].into_iter()), "", "far");
    }

    #[test]
    fn only_finite_numbers_are_numbers() {
        for refused in ["nan", "inf", "-inf", "1e999", "", "1,0", "0x10"] {
            assert!(number("x", refused).is_err(), "{refused:?}");
        }
        assert_eq!(number("x", "-1e-3"), Ok(-1e-3), "exponent");
        let said = |text| number("x", text).unwrap_err().to_string();
        assert!(said("1,5").ends_with("write a decimal point: 1.5"), "{}", said("1,5"));
        assert!(said("a,b").ends_with("finite number") && said("nan").ends_with("finite number"), "no hint");
        assert!(said(" ").ends_with("a number is missing"), "{}", said(" "));
    }

    #[test]
    fn an_error_quotes_no_more_of_a_word_than_a_line_holds() {
        let word = format!("\u{1b}[2J{}", "é,".repeat(50_000));
        let name = || "n".to_owned();
        for error in [
            SpecError::UnknownId { kind: "landscape", word: word.clone(), hint: nearest(&word, ["bowl"].into_iter()) },
            SpecError::UnknownKey { id: name(), word: word.clone(), known: name(), hint: String::new() },
            SpecError::NoPair { word: word.clone() },
            SpecError::Repeated { word: word.clone() },
            SpecError::UnknownChoice { name: name(), word: word.clone(), known: name(), hint: String::new() },
            number("n", &word).unwrap_err(),
            SpecError::NotWhole { name: name(), word: word.clone(), most: 9 },
            SpecError::OutOfDomain { name: name(), value: -1e300, rule: "above 0" },
        ] {
            let said = error.to_string();
            assert!(said.chars().count() < 180 && !said.contains('\u{1b}'), "{said}");
        }
        let many: Vec<String> = (0..20_000).map(|k| format!("k{k}=1")).collect();
        assert_eq!(KeyValues::cut(&format!("quad:{}", many.join(","))).unwrap().pairs.len(), 20_000, "in no time");
    }
}
