//! How a landscape is spelled: `ID:key=value,…`, `formula:EXPR`, `grid:FILE`.

use std::fmt;
use std::path::{Path, PathBuf};

use super::grid::Grid;
use super::landscape::{Origin, Source};
use super::networks::Data;
use super::{Build, Landscape, SpecError, ViewBox, Words, find, nearest, own};

/// Brings the bytes of a file: this layer knows no disk.
pub type ReadFile<'a> = &'a dyn Fn(&Path) -> Result<Vec<u8>, SpecError>;

impl Landscape {
    /// Reads a spelling that names no file.
    ///
    /// # Errors
    /// [`SpecError`] naming the word that is wrong.
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        let refuse = |path: &Path| Err(SpecError::Data(format!("{}: files cannot be read here", path.display())));
        Self::parse_with(text, None, &refuse)
    }

    /// Reads a spelling, with `read` bringing the files it names, in this region if one is given.
    ///
    /// # Errors
    /// [`SpecError`] naming the word that is wrong, and what `read` or the file's own check say.
    pub fn parse_with(text: &str, view: Option<ViewBox>, read: ReadFile<'_>) -> Result<Self, SpecError> {
        if let Some(expression) = after(text, own::FORMULA.id) {
            let landscape = Self::of_formula(expression).map_err(|error| SpecError::formula(&error, expression))?;
            return Ok(landscape.with_view(view));
        }
        if let Some(file) = after(text, own::GRID.id) {
            if file.trim().is_empty() {
                return Err(SpecError::Data("grid: names no file; write grid:FILE, a file of losses".to_owned()));
            }
            let path = PathBuf::from(file);
            let grid = Grid::read(&read(&path)?, &path.display().to_string(), view).map_err(SpecError::Grid)?;
            return Ok(Self::of_grid(grid, &path).with_view(view));
        }
        // The id first: what stands behind an unknown one need not be pairs.
        let entry = find(text.split(':').next().unwrap_or_default().trim())?;
        let words = Words::cut(text)?;
        if ["seed", "data"].iter().all(|key| words.pairs.iter().any(|(given, _)| given == key)) {
            return Err(SpecError::Data("seed and data are two sources of samples: give one of them".to_owned()));
        }
        let mut landscape = Self::of(entry);
        for (key, value) in words.pairs {
            landscape = landscape.with_word(key, value, read)?;
        }
        Ok(landscape.with_view(view))
    }

    /// The same landscape with a parameter, a seed or a data file set, as `key=value` spells it.
    ///
    /// # Errors
    /// [`SpecError`] naming the word that is wrong.
    pub fn with_pair(&self, pair: &str, read: ReadFile<'_>) -> Result<Self, SpecError> {
        let (key, value) = pair.split_once('=').ok_or_else(|| SpecError::NoPair { word: pair.to_owned() })?;
        self.with_word(key.trim(), value.trim(), read)
    }

    fn with_parameter_word(&self, key: &str, value: &str) -> Result<Self, SpecError> {
        let index = self.parameters().iter().position(|parameter| parameter.name == key);
        let index = index.ok_or_else(|| self.unknown_key(key))?;
        self.with_parameter(index, self.parameters()[index].read(value)?)
    }

    /// What a file brings: losses measured on a grid, or samples for this network.
    ///
    /// # Errors
    /// [`SpecError`] naming the file, and what is wrong with it.
    pub fn with_file(&self, path: &Path, bytes: &[u8]) -> Result<Self, SpecError> {
        // The name alone: whoever opened it knows where it lies, and a line of the window is short.
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if !holds_samples(path, bytes) {
            // An array without coordinates: such losses are mostly measured along two directions, from −1 to 1.
            let grid = Grid::read(bytes, &name, Some(ViewBox::square(1.0))).map_err(SpecError::Grid)?;
            return Ok(Self::of_grid(grid, path));
        }
        match self.entry.build {
            Build::Network { .. } => self.with_word("data", &path.display().to_string(), &|_| Ok(bytes.to_vec())),
            _ => Err(SpecError::Data(format!(
                "{name} holds samples x,y: choose a network to fit to them, and open it again"
            ))),
        }
    }

    fn with_word(&self, key: &str, value: &str, read: ReadFile<'_>) -> Result<Self, SpecError> {
        let Build::Network { generate, classes, .. } = self.entry.build else {
            return self.with_parameter_word(key, value);
        };
        match key {
            "seed" => {
                let seed = whole(key, value)?;
                Ok(self.with_data(Source::Seed(seed), generate(seed)))
            }
            "data" => {
                let path = PathBuf::from(value);
                let name = path.display().to_string();
                let text = String::from_utf8(read(&path)?).map_err(|_| {
                    SpecError::Data(format!("{name} is no text in UTF-8; save the samples as plain CSV"))
                })?;
                let data = Data::parse_csv(&text, &name)?;
                if classes {
                    data.check_classes(&name)?;
                }
                Ok(self.with_data(Source::File(path), data))
            }
            _ => Err(self.unknown_key(key)),
        }
    }

    fn unknown_key(&self, key: &str) -> SpecError {
        let known: Vec<&str> = match self.entry.build {
            Build::Surface(_) => self.parameters().iter().map(|parameter| parameter.name).collect(),
            Build::Network { .. } => vec!["seed", "data"],
            Build::Own => self.parameters().iter().map(|parameter| parameter.name).collect(),
        };
        SpecError::UnknownKey {
            id: self.entry.id.to_owned(),
            word: key.to_owned(),
            hint: nearest(key, known.iter().copied()),
            known: if known.is_empty() { "none".to_owned() } else { known.join(", ") },
        }
    }
}

/// Whether a table has the header of samples, not that of losses.
fn holds_samples(path: &Path, bytes: &[u8]) -> bool {
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header: String =
        String::from_utf8_lossy(line).chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
    is_table && header.eq_ignore_ascii_case("x,y")
}

/// What stands behind `id:`; nothing behind the bare id is an empty text.
fn after<'a>(text: &'a str, id: &str) -> Option<&'a str> {
    let rest = text.trim_start().strip_prefix(id)?;
    if rest.trim().is_empty() { Some("") } else { rest.strip_prefix(':') }
}

/// The spelling of the command line; what equals its default is left out.
impl fmt::Display for Landscape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs: Vec<String> = std::iter::zip(self.entry.parameters, &self.values)
            .filter(|(parameter, value)| parameter.default != **value)
            .map(|(parameter, value)| format!("{}={}", parameter.name, parameter.spell(*value)))
            .collect();
        match (&self.origin, self.entry.build) {
            (Origin::Formula(formula), _) => pairs = vec![formula.expression.text().to_owned()],
            (Origin::Grid(measured), _) => pairs = vec![measured.path.display().to_string()],
            (Origin::Network { source: Source::File(path), .. }, _) => pairs.push(format!("data={}", path.display())),
            (Origin::Network { source: Source::Seed(chosen), .. }, Build::Network { seed, .. }) if *chosen != seed => {
                pairs.push(format!("seed={chosen}"));
            }
            _ => {}
        }
        let separator = if pairs.is_empty() { "" } else { ":" };
        write!(f, "{}{separator}{}", self.entry.id, pairs.join(","))
    }
}

fn whole(name: &str, text: &str) -> Result<u64, SpecError> {
    text.parse().map_err(|_| SpecError::NotWhole { name: name.to_owned(), word: text.to_owned(), most: u64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_round_trips() {
        for text in
            ["bowl", "quad:kappa=50,theta=0.3", "rosenbrock:b=20", "tanh2:seed=5", "tanh2", "formula:a x^2 + max(x, y)"]
        {
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
            ("formul:x", "did you mean 'formula'"),
            ("formula:x+sni(y)", "did you mean 'sin'?"),
            ("formula", "no formula yet"),
            ("grid:a.csv", "cannot be read here"),
        ] {
            let error = Landscape::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
