//! The value of a parameter, and a seed, as they are written in a file.

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

use super::{InputError, Parameter};

/// The value of a parameter in a file: a number, or the word of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Setting {
    /// A number, also of a whole one.
    Number(f64),
    /// A word, or a number as it is spelled on the command line.
    Word(String),
}

impl Setting {
    /// The value of a parameter, as it is set in a file.
    pub fn of(parameter: &Parameter, value: f64) -> Self {
        if parameter.choices().is_some() { Self::Word(parameter.spell(value)) } else { Self::Number(value) }
    }

    /// Reads it back.
    ///
    /// # Errors
    /// [`InputError`] naming the parameter, when it is no known choice or outside the domain.
    pub fn read(&self, parameter: &Parameter) -> Result<f64, InputError> {
        match self {
            Self::Number(value) if parameter.choices().is_none() => parameter.check(*value).map(|()| *value),
            Self::Number(value) => parameter.read(&value.to_string()),
            Self::Word(word) => parameter.read(word),
        }
    }
}

/// A number, a word, or `true` and `false` without quotes.
impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl Visitor<'_> for SettingVisitor {
    type Value = Setting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or the word of a choice in quotes")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Setting, E> {
        Ok(Setting::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Setting, E> {
        Ok(Setting::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Setting, E> {
        Ok(Setting::Number(value as f64))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Setting, E> {
        Ok(Setting::Word(value.to_string()))
    }

    fn visit_str<E>(self, word: &str) -> Result<Setting, E> {
        Ok(Setting::Word(word.to_owned()))
    }
}

/// A seed of 64 bits: a number as far as a file's whole numbers reach, and its digits as text beyond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Seed {
    /// Up to 2⁶³ − 1.
    Number(i64),
    /// Any, in decimal digits.
    Digits(String),
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SeedVisitor)
    }
}

struct SeedVisitor;

impl Visitor<'_> for SeedVisitor {
    type Value = Seed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, or its digits in quotes")
    }

    fn visit_i64<E>(self, seed: i64) -> Result<Seed, E> {
        Ok(Seed::Number(seed))
    }

    fn visit_u64<E>(self, seed: u64) -> Result<Seed, E> {
        Ok(seed.into())
    }

    fn visit_str<E>(self, digits: &str) -> Result<Seed, E> {
        Ok(Seed::Digits(digits.to_owned()))
    }
}

impl From<u64> for Seed {
    fn from(seed: u64) -> Self {
        i64::try_from(seed).map_or_else(|_| Self::Digits(seed.to_string()), Self::Number)
    }
}

impl Seed {
    /// Its value.
    ///
    /// # Errors
    /// [`InputError::Data`] for a negative number, and for text that is not a whole number below 2⁶⁴.
    pub fn read(&self) -> Result<u64, InputError> {
        let (read, text) = match self {
            Self::Number(seed) => (u64::try_from(*seed).ok(), seed.to_string()),
            Self::Digits(text) => (text.parse().ok(), text.clone()),
        };
        read.ok_or_else(|| {
            InputError::Data(format!("seed cannot be '{text}': it must be a whole number from 0 to 2⁶⁴ − 1"))
        })
    }
}
