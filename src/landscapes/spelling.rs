//! How a landscape is spelled: `ID:key=value,…`, `formula:EXPR,key=value,…`, `network:EXPR,key=value,…`, `grid:FILE`.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use super::excerpt;
use super::fitted::{Fitted, Source};
use super::formula::{NETWORK_VARIABLES, VARIABLES};
use super::grid::Grid;
use super::landscape::Origin;
use super::networks::Data;
use super::table::Table;
use super::{InputError, KeyValues, Landscape, Network, Parameter, STANDARD_INPUT, ViewBox, find, nearest, own};

/// Brings the bytes of a file: this layer knows no disk.
pub type ReadFile<'a> = &'a dyn Fn(&Path) -> Result<Vec<u8>, InputError>;

/// The file that stands for standard input.
const DASH: &str = "-";

impl Landscape {
    /// Reads a spelling that names no file.
    ///
    /// # Errors
    /// [`InputError`] naming the word that is wrong.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let refuse =
            |path: &Path| Err(InputError::Data(format!("{}: files cannot be read here", excerpt::of_path(path))));
        Self::parse_with(text, None, &refuse)
    }

    /// Reads a spelling, with `read` bringing the files it names, in this region if one is given.
    ///
    /// # Errors
    /// [`InputError`] naming the word that is wrong, and what `read` or the file's own check say.
    pub fn parse_with(text: &str, view: Option<ViewBox>, read: ReadFile<'_>) -> Result<Self, InputError> {
        if let Some(rest) = after(text, own::FORMULA.id) {
            let (expression, pairs) = parted(rest);
            let landscape = Self::of_formula(expression).map_err(|error| InputError::formula(&error, expression))?;
            return Ok(landscape.with_words(&KeyValues::pairs(pairs)?, read)?.with_domain(view));
        }
        if let Some(file) = after(text, own::GRID.id) {
            return Self::of_grid_named(file, view, read);
        }
        if let Some(rest) = after(text, own::NETWORK.id) {
            let (expression, pairs) = parted(rest);
            let landscape = Self::of_network(expression).map_err(|error| InputError::formula(&error, expression))?;
            let pairs = KeyValues::pairs(pairs).map_err(|error| with_comma(error, pairs))?;
            return Ok(landscape.with_words(&pairs, read)?.with_domain(view));
        }
        // The id first: what stands behind an unknown one need not be pairs.
        let entry = find(text.split(':').next().unwrap_or_default().trim())?;
        let words = KeyValues::cut(text).map_err(|error| with_comma(error, text))?;
        Ok(Self::of(entry).with_words(&words.pairs, read)?.with_suited_rate().with_domain(view))
    }

    fn of_grid_named(file: &str, view: Option<ViewBox>, read: ReadFile<'_>) -> Result<Self, InputError> {
        if file.trim().is_empty() {
            return Err(InputError::Data("grid: names no file; write grid:FILE, a file of losses".to_owned()));
        }
        Self::of_grid_file(Path::new(file), view, read)
    }

    /// Reads a grid of measured losses; `view` is the region of an array without coordinates, and the region shown of any other.
    ///
    /// # Errors
    /// What `read` or the file's own check say.
    pub fn of_grid_file(path: &Path, view: Option<ViewBox>, read: ReadFile<'_>) -> Result<Self, InputError> {
        let bytes = read(path)?;
        let name = if path == Path::new(DASH) { name_of(path) } else { excerpt::of_path(path) };
        let grid = Grid::read(&bytes, &name, view).map_err(InputError::Grid)?;
        Ok(Self::of_grid(grid, path).with_domain(view))
    }

    fn with_words(self, pairs: &[(&str, &str)], read: ReadFile<'_>) -> Result<Self, InputError> {
        let brings = pairs.iter().any(|(key, _)| *key == "data");
        if let Some((key, _)) = pairs.iter().find(|(key, _)| brings && OF_DRAWN.contains(key)) {
            return Err(two_sources(key));
        }
        // What a loss is comes first: the rest is held against it.
        let (losses, rest): (Vec<_>, Vec<_>) = pairs.iter().partition(|(key, _)| *key == "loss");
        let (axes, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(key, _)| self.is_of_axes(key));
        let words = losses.into_iter().chain(rest).chain(axes);
        words.into_iter().try_fold(self, |landscape, (key, value)| landscape.with_word(key, value, read))
    }

    /// The same landscape with a parameter, a seed or a data file set, as `key=value` spells it.
    ///
    /// # Errors
    /// [`InputError`] naming the word that is wrong.
    pub fn with_pair(&self, pair: &str, read: ReadFile<'_>) -> Result<Self, InputError> {
        let (key, value) = pair.split_once('=').ok_or_else(|| InputError::NoPair { word: pair.to_owned() })?;
        let value = if key.trim() == "data" { value } else { value.trim() };
        self.with_word(key.trim(), value, read)
    }

    fn with_parameter_word(&self, key: &str, value: &str) -> Result<Self, InputError> {
        let is_meant = |parameter: &Parameter| parameter.name == key || !key.is_empty() && parameter.symbol == key;
        let index = self.parameters().iter().position(is_meant).ok_or_else(|| self.unknown_key(key))?;
        self.with_parameter(index, self.parameters()[index].read(value)?)
    }

    /// What a file brings: losses measured on a grid, or samples for this network.
    ///
    /// # Errors
    /// [`InputError`] naming the file, and what is wrong with it.
    pub fn with_file(&self, path: &Path, bytes: &[u8]) -> Result<Self, InputError> {
        let name = name_of(path);
        if !self.is_for_samples(path, bytes) {
            // An array without coordinates: such losses are mostly measured along two directions, from −1 to 1.
            let grid = Grid::read(bytes, &name, Some(ViewBox::square(1.0))).map_err(InputError::Grid)?;
            return Ok(Self::of_grid(grid, path));
        }
        if self.data().is_none() {
            return Err(InputError::Data(format!(
                "{name} holds samples x,y: choose a network to fit to them, and open it again"
            )));
        }
        self.with_data_file(path, &|_| Ok(bytes.to_vec()))
    }

    /// The same network fitted to the samples of a file.
    ///
    /// # Errors
    /// [`InputError::Data`] naming what is wrong with the file, or that this is no network.
    pub fn with_data_file(&self, path: &Path, read: ReadFile<'_>) -> Result<Self, InputError> {
        let name = name_of(path);
        let read_samples =
            if self.network().is_some_and(Network::wants_classes) { Data::read_classes } else { Data::read };
        self.with_data(Source::File(path.to_owned()), read_samples(&read(path)?, &name)?)
    }

    fn with_word(&self, key: &str, value: &str, read: ReadFile<'_>) -> Result<Self, InputError> {
        if self.is_of_axes(key) {
            return self.with_axes_word(key, value);
        }
        if self.data().is_none() {
            return self.with_parameter_word(key, value);
        }
        match key {
            "seed" => Ok(self.with_seed(whole(key, value)?)),
            "data" if value.trim() == EDITED => Err(InputError::Data(
                "samples that were set by hand have no spelling: save them, and write data=FILE.csv".to_owned(),
            )),
            "data" => {
                // Spaces may be of the name, or stand around it.
                let is_name = value.trim() == value || read(Path::new(value)).is_ok();
                self.with_data_file(Path::new(if is_name { value } else { value.trim() }), read)
            }
            _ if self.network().and_then(Network::seed).is_none() && OF_DRAWN.contains(&key) => Err(two_sources(key)),
            _ => self.with_parameter_word(key, value),
        }
    }

    /// Whether a file is to be read as samples: a table of two columns, or for a network one that is not a grid of losses.
    fn is_for_samples(&self, path: &Path, bytes: &[u8]) -> bool {
        let ending = path.extension().map(OsStr::to_ascii_lowercase);
        let has = |known: &str| ending.as_ref().is_some_and(|ending| ending == known);
        let is_array = has("npz") || has("npy");
        let Some(table) = (!is_array).then(|| Table::read(bytes).ok()).flatten() else {
            return !is_array && self.data().is_some();
        };
        if self.data().is_some() { !(is_table(path) && table.is_grid()) } else { is_table(path) && table.width() == 2 }
    }

    fn unknown_key(&self, key: &str) -> InputError {
        let of_networks: &[&str] = if self.data().is_some() { &["seed", "data"] } else { &[] };
        let known: Vec<&str> =
            self.parameters().iter().map(|parameter| parameter.name).chain(of_networks.iter().copied()).collect();
        let hint = match VARIABLES.iter().chain(&NETWORK_VARIABLES).find(|variable| **variable == key) {
            Some(_) if self.typed().is_some() => "; it is no letter with a slider, but a variable".to_owned(),
            _ => nearest(key, known.iter().copied()),
        };
        InputError::UnknownKey {
            id: self.entry.id.to_owned(),
            word: key.to_owned(),
            hint,
            known: if known.is_empty() { "none".to_owned() } else { known.join(", ") },
        }
    }
}

/// Whether a file's name is that of a table of text.
fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().trim_end().to_lowercase());
    ending.is_some_and(|ending| ["csv", "tsv", "txt", "dat"].iter().any(|known| ending == *known))
}

/// The keys that say how samples are drawn.
const OF_DRAWN: [&str; 3] = ["seed", "n", "noise"];

/// Instead of a file's name, for samples that were set by hand.
const EDITED: &str = "(edited)";

/// A word that is not a pair may be the rest of a file's name with a comma in it.
fn with_comma(error: InputError, text: &str) -> InputError {
    match &error {
        InputError::NoPair { .. } if text.contains("data=") => {
            InputError::Data(format!("{error}\na file with a comma in its name is given by --data FILE"))
        }
        _ => error,
    }
}

fn two_sources(key: &str) -> InputError {
    InputError::Data(format!("'{key}' is of samples that are drawn, and data brings its own: give one of them"))
}

/// Splits `EXPRESSION,key=value,…` at the first comma outside brackets that is followed by `key=`. Other commas stay in the
/// expression, whose reader can say more about them.
fn parted(text: &str) -> (&str, &str) {
    let mut depth = 0_i32;
    let comma = text.char_indices().find(|(at, c)| {
        depth += match c {
            '(' | '[' | '{' => 1,
            ')' | ']' | '}' => -1,
            _ => 0,
        };
        *c == ',' && depth <= 0 && is_pair(&text[at + 1..])
    });
    comma.map_or((text, ""), |(at, _)| (&text[..at], &text[at + 1..]))
}

/// Whether a text begins with `word=`; `==` compares.
fn is_pair(text: &str) -> bool {
    let end = text.find(['=', ',']).unwrap_or(text.len());
    let key = text[..end].trim();
    let is_key = key.starts_with(char::is_alphabetic) && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_key && text[end..].starts_with('=') && !text[end..].starts_with("==")
}

/// The name alone: whoever opened it knows where it lies, and a line of the window is short.
fn name_of(path: &Path) -> String {
    if path == Path::new(DASH) {
        return STANDARD_INPUT.to_owned();
    }
    excerpt::of_path(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}

/// What stands behind `id:`; nothing behind the bare id is an empty text.
pub(super) fn after<'a>(text: &'a str, id: &str) -> Option<&'a str> {
    let rest = text.trim_start().strip_prefix(id)?;
    if rest.trim().is_empty() { Some("") } else { rest.strip_prefix(':') }
}

/// Where samples come from, as a pair; nothing for the public ones.
fn spelled_source(source: &Source) -> Option<String> {
    match source {
        Source::File(path) => Some(format!("data={}", excerpt::path_text(path))),
        Source::Preset(_) | Source::Edited => Some(format!("data={EDITED}")),
        Source::Drawn(seed) => seed.map(|seed| format!("seed={seed}")),
    }
}

/// The spelling of the command line; what equals its default is left out.
impl fmt::Display for Landscape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Origin::Rescaled(rescaled) = &self.origin {
            return f.write_str(&rescaled.spelled());
        }
        let mut pairs: Vec<String> = std::iter::zip(self.parameters(), self.values())
            .filter(|(parameter, value)| parameter.default != **value)
            .map(|(parameter, value)| format!("{}={}", parameter.name, parameter.spell(*value)))
            .collect();
        match &self.origin {
            Origin::Formula(formula) => pairs.insert(0, formula.expression.text().trim().to_owned()),
            Origin::Grid(measured) => pairs = vec![excerpt::path_text(&measured.path)],
            Origin::Network(Fitted { source, typed, .. }) => {
                pairs.extend(spelled_source(source));
                pairs.splice(0..0, typed.iter().map(|typed| typed.formula.text().trim().to_owned()));
            }
            Origin::Surface | Origin::Rescaled(_) => {}
        }
        let separator = if pairs.is_empty() { "" } else { ":" };
        write!(f, "{}{separator}{}", self.entry.id, pairs.join(","))
    }
}

fn whole(name: &str, text: &str) -> Result<u64, InputError> {
    text.parse().map_err(|_| InputError::NotWhole { name: name.to_owned(), word: text.to_owned(), most: u64::MAX })
}

#[cfg(test)]
mod tests;
