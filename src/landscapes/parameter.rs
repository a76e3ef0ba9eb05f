//! A named number that the user may set: a parameter of a landscape (surface, network, letter of a formula) or of an optimizer.

use super::{InputError, nearest, number};
use crate::numbers::numerals::exact;

/// How a parameter's slider is divided, and how its value is spelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios; the range is positive.
    Log,
    /// Whole numbers.
    Whole,
    /// One of these words; the value is the word's index.
    Choice(&'static [&'static str]),
}

/// A parameter with its range; the value itself lives where it is used, as an `f64`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The key on the command line and in files.
    pub name: &'static str,
    /// How it is written in formulas: `η`, `κ`, `β`.
    pub symbol: &'static str,
    /// What it is called beside its slider: `learning rate`.
    pub label: &'static str,
    /// What it does, in one sentence, for its tooltip.
    pub help: &'static str,
    /// The value it has unless chosen.
    pub default: f64,
    /// The slider's lower end.
    pub min: f64,
    /// The slider's upper end.
    pub max: f64,
    /// The slider's division.
    pub scale: Scale,
    /// What any value must satisfy, also beyond the slider's ends.
    pub domain: ParameterDomain,
    /// When it has any effect; otherwise it is kept but hidden.
    pub acts: Acts,
    /// Whether it is one of the second weight: kept but hidden where there is none.
    pub of_second_weight: bool,
}

/// When a parameter does anything, by the value of another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Acts {
    /// Always.
    Always,
    /// Where the parameter of this name has one of these values.
    Among(&'static str, &'static [f64]),
    /// Where the parameter of this name is above 0.
    Above0(&'static str),
}

impl Acts {
    /// Whether it does, where `value` gives the other parameters by name.
    pub fn holds(self, value: impl Fn(&str) -> Option<f64>) -> bool {
        match self {
            Self::Always => true,
            Self::Among(name, values) => value(name).is_none_or(|value| values.contains(&value)),
            Self::Above0(name) => value(name).is_none_or(|value| value > 0.0),
        }
    }
}

/// The values that make sense at all: a number field takes any of them, beyond the slider's ends too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterDomain {
    /// Any finite number.
    Finite,
    /// Finite and above zero.
    Positive,
    /// Finite, zero or above.
    NotNegative,
    /// 0 ≤ v < 1: decay rates.
    Fraction,
    /// A number from `least` to `most` hundredths, and that in words.
    Percent {
        /// The smallest, in hundredths.
        least: u8,
        /// The largest, in hundredths.
        most: u8,
        /// As it ends "must be …".
        rule: &'static str,
    },
    /// A number from 0 to `most`, and that in words.
    UpTo {
        /// The largest.
        most: u32,
        /// As it ends "must be …".
        rule: &'static str,
    },
    /// A whole number from 1 to `most`, and that in words.
    Count {
        /// The largest.
        most: u32,
        /// As it ends "must be …".
        rule: &'static str,
    },
}

impl ParameterDomain {
    /// Whether the value is allowed.
    pub fn contains(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Finite => true,
                Self::Positive => value > 0.0,
                Self::NotNegative => value >= 0.0,
                Self::Fraction => (0.0..1.0).contains(&value),
                Self::Percent { least, most, .. } => {
                    (f64::from(least) / 100.0..=f64::from(most) / 100.0).contains(&value)
                }
                Self::UpTo { most, .. } => (0.0..=f64::from(most)).contains(&value),
                Self::Count { most, .. } => (1.0..=f64::from(most)).contains(&value) && value.fract() == 0.0,
            }
    }

    /// The rule in words, as it ends "must be …".
    pub fn words(self) -> &'static str {
        match self {
            Self::Finite => "a finite number",
            Self::Positive => "a finite number above 0",
            Self::NotNegative => "a finite number, 0 or above",
            Self::Fraction => "at least 0 and below 1",
            Self::Percent { rule, .. } | Self::UpTo { rule, .. } | Self::Count { rule, .. } => rule,
        }
    }
}

impl Parameter {
    /// A finite parameter with a linear slider.
    pub const fn linear(name: &'static str, symbol: &'static str, default: f64, [min, max]: [f64; 2]) -> Self {
        Self {
            name,
            symbol,
            label: name,
            help: "",
            default,
            min,
            max,
            scale: Scale::Linear,
            domain: ParameterDomain::Finite,
            acts: Acts::Always,
            of_second_weight: false,
        }
    }

    /// A positive parameter with a logarithmic slider.
    pub const fn log(name: &'static str, symbol: &'static str, default: f64, range: [f64; 2]) -> Self {
        Self { scale: Scale::Log, domain: ParameterDomain::Positive, ..Self::linear(name, symbol, default, range) }
    }

    /// A choice between words; the first is index 0.
    pub const fn choice(name: &'static str, words: &'static [&'static str], default: usize) -> Self {
        Self { scale: Scale::Choice(words), ..Self::linear(name, "", default as f64, [0.0, words.len() as f64 - 1.0]) }
    }

    /// A whole number, 0 or above.
    pub const fn whole(name: &'static str, symbol: &'static str, default: f64, range: [f64; 2]) -> Self {
        Self { scale: Scale::Whole, domain: ParameterDomain::NotNegative, ..Self::linear(name, symbol, default, range) }
    }

    /// This parameter, doing something only where `acts` says so.
    #[must_use]
    pub const fn acting(self, acts: Acts) -> Self {
        Self { acts, ..self }
    }

    /// This parameter, doing something only where there are two weights.
    #[must_use]
    pub const fn of_second_weight(self) -> Self {
        Self { of_second_weight: true, ..self }
    }

    /// This parameter with a label and a sentence for its tooltip.
    #[must_use]
    pub const fn described(self, label: &'static str, help: &'static str) -> Self {
        Self { label, help, ..self }
    }

    /// This parameter with another domain.
    #[must_use]
    pub const fn within(self, domain: ParameterDomain) -> Self {
        Self { domain, ..self }
    }

    /// The words to choose from, if it is a choice.
    pub fn choices(&self) -> Option<&'static [&'static str]> {
        match self.scale {
            Scale::Choice(words) => Some(words),
            _ => None,
        }
    }

    /// The value as it is spelled on the command line: a word, or the shortest number that reads back to the same bits.
    pub fn spell(&self, value: f64) -> String {
        match self.scale {
            Scale::Choice(words) => words.get(value as usize).copied().unwrap_or("?").to_owned(),
            Scale::Whole => value.to_string(),
            Scale::Linear | Scale::Log => exact(value),
        }
    }

    /// Reads a value.
    ///
    /// # Errors
    /// [`InputError`] naming the word, when it is not a number, not a known choice, or outside the domain.
    pub fn read(&self, text: &str) -> Result<f64, InputError> {
        if let Scale::Choice(words) = self.scale {
            return words.iter().position(|word| *word == text).map(|index| index as f64).ok_or_else(|| {
                InputError::UnknownChoice {
                    name: self.name.to_owned(),
                    word: text.to_owned(),
                    known: words.join(", "),
                    hint: nearest(text, words.iter().copied()),
                }
            });
        }
        let value = number(self.name, text)?;
        self.check(value)?;
        Ok(value)
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        matches!(self.scale, Scale::Whole)
    }

    /// Whether a value may be set.
    ///
    /// # Errors
    /// [`InputError::OutOfDomain`] naming parameter and value.
    pub fn check(&self, value: f64) -> Result<(), InputError> {
        let fits = match self.scale {
            Scale::Choice(words) => value >= 0.0 && value.fract() == 0.0 && (value as usize) < words.len(),
            Scale::Whole => value.fract() == 0.0 && self.domain.contains(value),
            Scale::Linear | Scale::Log => self.domain.contains(value),
        };
        if fits {
            return Ok(());
        }
        Err(InputError::OutOfDomain { name: self.name.to_owned(), value, rule: self.domain.words() })
    }
}
