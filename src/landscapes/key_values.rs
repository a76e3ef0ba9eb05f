//! The spelling `ID:key=value,key=value`: its words, its numbers, and the known word nearest to an unknown one.

use std::collections::BTreeSet;

use super::InputError;

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
    /// [`InputError::NoPair`] for a word without `=`, [`InputError::Repeated`] for a key that stands there twice.
    pub fn cut(text: &'a str) -> Result<Self, InputError> {
        let (id, rest) = text.split_once(':').unwrap_or((text, ""));
        Ok(Self { id: id.trim(), pairs: Self::pairs(rest)? })
    }

    /// Cuts `key=value,…` at its commas and equals signs.
    ///
    /// # Errors
    /// As [`Self::cut`].
    pub(super) fn pairs(text: &'a str) -> Result<Vec<(&'a str, &'a str)>, InputError> {
        let pairs = text
            .split(',')
            .filter(|word| !word.trim().is_empty())
            .map(|word| {
                let (key, value) = word.split_once('=').ok_or_else(|| InputError::NoPair { word: word.to_owned() })?;
                // The name of a file may end in a space.
                Ok((key.trim(), if key.trim() == "data" { value } else { value.trim() }))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        match pairs.iter().find(|(key, _)| !seen.insert(*key)) {
            Some((key, _)) => Err(InputError::Repeated { word: (*key).to_owned() }),
            None => Ok(pairs),
        }
    }
}

/// Reads a finite float64; `name` says in the error what the number was for.
///
/// # Errors
/// [`InputError::NotANumber`] for anything else, `nan` and numbers that overflow included.
pub fn number(name: &str, text: &str) -> Result<f64, InputError> {
    let refused = || InputError::NotANumber { name: name.to_owned(), word: text.to_owned() };
    let value: f64 = text.trim().parse().map_err(|_| refused())?;
    if value.is_finite() { Ok(value) } else { Err(refused()) }
}

/// Bytes; no name is near a longer word, and comparing one takes time.
pub(super) const LONGEST_NAME: usize = 100;

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
        assert!(matches!(KeyValues::cut("quad:kappa"), Err(InputError::NoPair { .. })), "no equals sign");
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
    fn many_pairs_are_cut_at_once() {
        let many: Vec<String> = (0..20_000).map(|k| format!("k{k}=1")).collect();
        assert_eq!(KeyValues::cut(&format!("quad:{}", many.join(","))).unwrap().pairs.len(), 20_000, "in no time");
    }
}
