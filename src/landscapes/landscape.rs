//! A landscape that was chosen: its entry, the values of its parameters, its data, and the loss built from them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::networks::{self, Data};
use super::{
    Build, CriticalSet, Entry, Loss, Parameter, SpecError, Suggestion, ViewBox, Words, nearest, number, surfaces,
};

/// Every landscape of the catalogue, surfaces first.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    surfaces::ENTRIES.iter().chain(networks::ENTRIES).copied()
}

/// The entry with this id.
///
/// # Errors
/// [`SpecError::UnknownId`] with the nearest known id.
pub fn find(id: &str) -> Result<&'static Entry, SpecError> {
    entries().find(|entry| entry.id == id).ok_or_else(|| SpecError::UnknownId {
        kind: "landscape",
        word: id.to_owned(),
        hint: nearest(id, entries().map(|entry| entry.id)),
    })
}

/// Where a network's samples come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    Seed(u64),
    File(PathBuf),
}

/// A landscape with its parameters set; cheap to copy.
#[derive(Clone)]
pub struct Landscape {
    entry: &'static Entry,
    values: Vec<f64>,
    data: Option<(Source, Arc<Data>)>,
    loss: Arc<dyn Loss>,
}

impl Landscape {
    /// The entry's landscape with default parameters and its public data.
    pub fn of(entry: &'static Entry) -> Self {
        let values: Vec<f64> = entry.parameters.iter().map(|parameter| parameter.default).collect();
        match entry.build {
            Build::Surface(build) => Self { entry, loss: build(&values), values, data: None },
            Build::Network { loss, generate, seed } => {
                let data = Arc::new(generate(seed));
                Self { entry, values, loss: loss(Arc::clone(&data)), data: Some((Source::Seed(seed), data)) }
            }
        }
    }

    /// Reads `ID:key=value,…`; data come from a seed only.
    ///
    /// # Errors
    /// [`SpecError`] naming the word that is wrong.
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        Self::parse_with(text, &|path| {
            Err(SpecError::Data(format!("data={}: files cannot be read here", path.display())))
        })
    }

    /// Reads `ID:key=value,…`, with `read` bringing the text of a data file: this layer knows no disk.
    ///
    /// # Errors
    /// [`SpecError`] naming the word that is wrong, and what `read` or the data's own check say.
    pub fn parse_with(text: &str, read: &dyn Fn(&Path) -> Result<String, SpecError>) -> Result<Self, SpecError> {
        let words = Words::cut(text)?;
        let mut landscape = Self::of(find(words.id)?);
        for (key, value) in words.pairs {
            landscape.set_word(key, value, read)?;
        }
        Ok(landscape)
    }

    fn set_word(
        &mut self,
        key: &str,
        value: &str,
        read: &dyn Fn(&Path) -> Result<String, SpecError>,
    ) -> Result<(), SpecError> {
        let entry = self.entry;
        if let Build::Network { loss, generate, .. } = entry.build {
            let (source, data) = match key {
                "seed" => {
                    let seed = whole(key, value)?;
                    (Source::Seed(seed), generate(seed))
                }
                "data" => {
                    let path = PathBuf::from(value);
                    let data = Data::parse_csv(&read(&path)?, &path.display().to_string())?;
                    (Source::File(path), data)
                }
                _ => return Err(self.unknown_key(key)),
            };
            let data = Arc::new(data);
            self.loss = loss(Arc::clone(&data));
            self.data = Some((source, data));
            return Ok(());
        }
        let index = entry.parameters.iter().position(|parameter| parameter.name == key);
        let index = index.ok_or_else(|| self.unknown_key(key))?;
        let value = entry.parameters[index].read(value)?;
        *self = self.with_parameter(index, value)?;
        Ok(())
    }

    fn unknown_key(&self, key: &str) -> SpecError {
        let known: Vec<&str> = match self.entry.build {
            Build::Surface(_) => self.entry.parameters.iter().map(|parameter| parameter.name).collect(),
            Build::Network { .. } => vec!["seed", "data"],
        };
        SpecError::UnknownKey {
            id: self.entry.id.to_owned(),
            word: key.to_owned(),
            hint: nearest(key, known.iter().copied()),
            known: if known.is_empty() { "none".to_owned() } else { known.join(", ") },
        }
    }

    /// The same landscape with one parameter changed.
    ///
    /// # Errors
    /// [`SpecError::OutOfDomain`] when the value makes no sense for it.
    pub fn with_parameter(&self, index: usize, value: f64) -> Result<Self, SpecError> {
        let mut changed = self.clone();
        let (Some(parameter), Build::Surface(build)) = (self.entry.parameters.get(index), self.entry.build) else {
            return Ok(changed);
        };
        parameter.check(value)?;
        changed.values[index] = value;
        changed.loss = build(&changed.values);
        Ok(changed)
    }

    /// What it is.
    pub fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// Its name on screen.
    pub fn name(&self) -> &str {
        self.entry.name
    }

    /// Its formula in mathematical Unicode.
    pub fn formula(&self) -> &str {
        self.entry.formula
    }

    /// The region to show.
    pub fn view(&self) -> ViewBox {
        self.entry.view
    }

    /// A start and a learning rate that show what it is about.
    pub fn suggestion(&self) -> Suggestion {
        self.entry.suggestion
    }

    /// Its parameters, each with a value in [`Self::values`].
    pub fn parameters(&self) -> &[Parameter] {
        self.entry.parameters
    }

    /// What its two weights are called.
    pub fn weights(&self) -> [&'static str; 2] {
        match self.entry.build {
            Build::Network { .. } => ["w₁", "w₂"],
            Build::Surface(_) => ["x", "y"],
        }
    }

    /// The values of its parameters, in the entry's order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Its samples, if it is a network.
    pub fn data(&self) -> Option<&Data> {
        self.data.as_ref().map(|(_, data)| data.as_ref())
    }

    /// The seed its samples were drawn with, if they were drawn.
    pub fn seed(&self) -> Option<u64> {
        match self.data {
            Some((Source::Seed(seed), _)) => Some(seed),
            _ => None,
        }
    }

    /// Its loss.
    pub fn loss(&self) -> &dyn Loss {
        self.loss.as_ref()
    }

    /// Its lines and curves of critical points.
    pub fn critical_sets(&self) -> Vec<CriticalSet> {
        (self.entry.critical_sets)(&self.values, self.data())
    }
}

impl PartialEq for Landscape {
    fn eq(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id
            && self.values == other.values
            && match (&self.data, &other.data) {
                (Some((_, a)), Some((_, b))) => a == b,
                (None, None) => true,
                _ => false,
            }
    }
}

impl fmt::Debug for Landscape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Landscape({self})")
    }
}

/// The spelling of the command line; what equals its default is left out.
impl fmt::Display for Landscape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs: Vec<String> = std::iter::zip(self.entry.parameters, &self.values)
            .filter(|(parameter, value)| parameter.default != **value)
            .map(|(parameter, value)| format!("{}={}", parameter.name, parameter.spell(*value)))
            .collect();
        match (&self.data, self.entry.build) {
            (Some((Source::Seed(chosen), _)), Build::Network { seed, .. }) if *chosen != seed => {
                pairs.push(format!("seed={chosen}"));
            }
            (Some((Source::File(path), _)), _) => pairs.push(format!("data={}", path.display())),
            _ => {}
        }
        let separator = if pairs.is_empty() { "" } else { ":" };
        write!(f, "{}{separator}{}", self.entry.id, pairs.join(","))
    }
}

fn whole(name: &str, text: &str) -> Result<u64, SpecError> {
    text.parse().map_err(|_| match number(name, text) {
        Err(error) => error,
        Ok(value) => SpecError::OutOfDomain {
            name: name.to_owned(),
            value,
            rule: "a whole number from 0 to 18446744073709551615",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_round_trips() {
        for text in ["bowl", "quad:kappa=50,theta=0.3", "rosenbrock:b=20", "tanh2:seed=5", "tanh2"] {
            assert_eq!(Landscape::parse(text).unwrap().to_string(), text, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, words) in [
            ("rosenbrok", "did you mean 'rosenbrock'"),
            ("quad:kapa=3", "did you mean 'kappa'"),
            ("quad:kappa=-3", "above 0"),
            ("quad:kappa=nan", "'nan' is not a finite number"),
            ("tanh2:seed=1.5", "whole number"),
            ("tanh2:kappa=1", "it has: seed, data"),
            ("himmelblau:a=1", "it has: none"),
        ] {
            let error = Landscape::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
