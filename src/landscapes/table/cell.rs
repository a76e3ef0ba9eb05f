//! One cell of a table: a number, what stands for a number that is missing, or a word; and how precisely numbers are printed.

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// A number, which may be infinite or NaN.
    Number(f64),
    /// Nothing, or a word for it.
    Missing,
    /// Any other word.
    Text,
}

/// What stands for a number that is missing or has no value, in small letters: of statistics, spreadsheets, masked arrays and
/// other languages.
const MISSING: [&str; 27] = [
    "",
    "na",
    "n/a",
    "#n/a",
    "null",
    "nil",
    "none",
    "missing",
    "undefined",
    "-",
    "--",
    "?",
    ".",
    "<na>",
    "#num!",
    "#div/0!",
    "#value!",
    "#ref!",
    "-nan",
    "nan(ind)",
    "-nan(ind)",
    "1.#qnan",
    "1.#ind",
    "-1.#ind",
    "1.#inf",
    "-1.#inf",
    "complexinfinity",
];

impl Cell {
    pub(super) fn read(word: &str) -> Self {
        if let Some(number) = value(word) {
            return Self::Number(number);
        }
        if word.matches(',').count() == 1 && !word.contains('.') {
            return value(&word.replace(',', ".")).map_or(Self::Text, Self::Number);
        }
        if MISSING.iter().any(|missing| word.eq_ignore_ascii_case(missing)) { Self::Missing } else { Self::Text }
    }

    /// The number; NaN where there is none.
    pub(super) fn number(self) -> f64 {
        if let Self::Number(number) = self { number } else { f64::NAN }
    }
}

/// The number a word is, also with a true minus sign, or with the exponent of Fortran.
pub(in crate::landscapes) fn value(word: &str) -> Option<f64> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let begins = |c: char| c.is_ascii_digit() || ['-', '+', '.', '\u{2212}'].contains(&c);
    if word.len() > 64 || !word.starts_with(begins) {
        return None;
    }
    word.replace('\u{2212}', "-").replace(['d', 'D'], "e").parse().ok()
}

/// To how many digits the numbers of a column are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::landscapes) struct Digits {
    /// Behind the decimal point, at most: the place of the last digit.
    pub(in crate::landscapes) places: Option<i32>,
    /// From the first that is not zero on, at most.
    pub(in crate::landscapes) significant: i32,
}

impl Digits {
    /// Whole numbers, without an exponent, are taken to be exact.
    pub(super) fn see(&mut self, word: &str) {
        let (mantissa, exponent) = word.split_once(['e', 'E', 'd', 'D']).map_or((word, None), |(m, e)| (m, Some(e)));
        let fraction = mantissa.split_once(['.', ',']).map(|(_, fraction)| fraction.len() as i32);
        if fraction.is_none() && exponent.is_none() {
            return;
        }
        let exponent: i32 = exponent.and_then(|exponent| exponent.parse().ok()).unwrap_or(0);
        let places = fraction.unwrap_or(0).saturating_sub(exponent);
        self.places = Some(self.places.map_or(places, |most| most.max(places)));
        let significant = mantissa.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count();
        self.significant = self.significant.max(significant as i32);
    }
}
