//! A table of TOML, read key by key: each with its place, and every mistake of the table at once.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Located, Mistake};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::nearest;

/// The mistakes found so far.
pub(super) type Mistakes = RefCell<Vec<Mistake>>;

/// A table of which keys are taken; what is left over is unknown.
pub(super) struct Keys<'t> {
    table: &'t DeTable<'t>,
    /// Where the text of the table begins in the file.
    base: usize,
    /// Where the table itself is.
    at: usize,
    known: Vec<&'static str>,
    mistakes: &'t Mistakes,
}

/// The table of a text, which begins at a byte of its file; what is not TOML is reported, and the rest read.
pub(super) fn table_of<'a>(text: &'a str, base: usize, mistakes: &Mistakes) -> Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let place = |error: &toml::de::Error| base + error.span().map_or(0, |span| span.start);
    mistakes.borrow_mut().extend(
        errors
            .iter()
            .map(|error| Mistake::new(place(error), excerpt(&error.message().lines().collect::<Vec<_>>().join(", ")))),
    );
    table
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A setting as it would be typed; `None` unless it is a number or a word.
fn setting_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::String(word) => Some(word.clone().into_owned()),
        number => float(number).map(|number| number.to_string()),
    }
}

/// A finite number.
fn float(value: &DeValue<'_>) -> Option<f64> {
    let read = match value {
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|whole| whole as f64),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    };
    read.filter(|value: &f64| value.is_finite())
}

fn whole(value: &DeValue<'_>) -> Option<usize> {
    match value {
        DeValue::Integer(whole) => usize::from_str_radix(whole.as_str(), whole.radix()).ok(),
        _ => None,
    }
}

impl<'t> Keys<'t> {
    pub(super) fn of(table: &'t Spanned<DeTable<'t>>, base: usize, mistakes: &'t Mistakes) -> Self {
        Self { table: table.get_ref(), base, at: base, known: Vec::new(), mistakes }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn refuse(&self, at: usize, what: impl Into<String>) {
        self.mistakes.borrow_mut().push(Mistake::new(at, what));
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn place(&self, value: &Spanned<DeValue<'_>>) -> usize {
        self.base + value.span().start
    }

    /// The value of a key, read by `read`; what cannot be is said, with what it should be.
    fn read<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<Located<T>> {
        let value = self.take(key)?;
        let at = self.place(value);
        let read = read(value.get_ref());
        if read.is_none() {
            self.refuse(at, format!("{key} must be {wanted}, not {}", kind(value.get_ref())));
        }
        Some(Located { value: read?, at })
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        self.read(key, "a text in quotes", |value| value.as_str().map(str::to_owned))
    }

    /// As [`Self::text`], but it must be there.
    pub(super) fn wanted_text(&mut self, key: &'static str, what: &str) -> Option<Located<String>> {
        if !self.table.contains_key(key) {
            self.known.push(key);
            self.refuse(self.at, format!("{key} is missing: {what}"));
            return None;
        }
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            self.refuse(text.at, format!("{key} is empty: {what}"));
        }
        Some(text)
    }

    pub(super) fn flag(&mut self, key: &'static str) -> Option<Located<bool>> {
        self.read(key, "true or false", DeValue::as_bool)
    }

    pub(super) fn number(&mut self, key: &'static str) -> Option<Located<f64>> {
        self.read(key, "a finite number", float)
    }

    pub(super) fn whole(&mut self, key: &'static str) -> Option<Located<usize>> {
        self.read(key, "a whole number from 0", whole)
    }

    pub(super) fn point(&mut self, key: &'static str) -> Option<Located<[f64; 2]>> {
        self.read(key, "two finite numbers, [x, y]", pair)
    }

    pub(super) fn interval(&mut self, key: &'static str) -> Option<Located<[f64; 2]>> {
        let read = self.read(key, "two finite numbers, [from, to]", pair)?;
        if read.value[0] > read.value[1] {
            self.refuse(
                read.at,
                format!("{key} must begin with the smaller number: [{1}, {0}]", read.value[0], read.value[1]),
            );
        }
        Some(read)
    }

    /// A whole number or the word `end`.
    pub(super) fn whole_or_end(&mut self, key: &'static str) -> Option<Located<Option<usize>>> {
        self.read(key, "a whole number from 0, or \"end\"", |value| match value.as_str() {
            Some("end") => Some(None),
            Some(_) => None,
            None => whole(value).map(Some),
        })
    }

    /// A word, or a list of them.
    pub(super) fn words(&mut self, key: &'static str) -> Vec<Located<String>> {
        let base = self.base;
        let word = |value: &Spanned<DeValue<'_>>| {
            let text = value.get_ref().as_str()?;
            Some(Located { value: text.to_owned(), at: base + value.span().start })
        };
        let Some(value) = self.take(key) else { return Vec::new() };
        let words: Option<Vec<_>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(word).collect(),
            _ => word(value).map(|word| vec![word]),
        };
        if words.as_ref().is_none_or(Vec::is_empty) {
            self.refuse(self.place(value), format!("{key} must be a text in quotes, or a list of them"));
        }
        words.unwrap_or_default()
    }

    /// A table, or a list of them, each read by `read`.
    pub(super) fn tables<T>(&mut self, key: &'static str, mut read: impl FnMut(Self) -> T) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let all: Vec<&'t Spanned<DeValue<'t>>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let mut found = Vec::new();
        for one in all {
            match one.get_ref() {
                DeValue::Table(table) => {
                    let at = self.place(one);
                    found.push(read(Keys { table, base: self.base, at, known: Vec::new(), mistakes: self.mistakes }));
                }
                other => self.refuse(self.place(one), format!("{key} must be a table, not {}", kind(other))),
            }
        }
        found
    }

    /// Names and their values, whatever the names: numbers, or words.
    pub(super) fn settings(&mut self, key: &'static str) -> Vec<(Located<String>, Located<String>)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            self.refuse(self.place(value), format!("{key} must be a table, {{ name = value }}"));
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, value) in table {
            let name = Located { value: name.get_ref().clone().into_owned(), at: self.base + name.span().start };
            match setting_text(value.get_ref()) {
                Some(value_text) => found.push((name, Located { value: value_text, at: self.place(value) })),
                None => self
                    .refuse(self.place(value), format!("'{}' must be a finite number or a word", excerpt(&name.value))),
            }
        }
        found
    }

    /// Says which keys are not known.
    pub(super) fn finish(self) {
        for key in self.table.keys().filter(|key| !self.known.contains(&key.get_ref().as_ref())) {
            let word = key.get_ref();
            let hint = nearest(word, self.known.iter().copied());
            let all = self.known.join(", ");
            let what = format!("unknown key '{}'{hint} (there are: {all})", excerpt(word));
            self.refuse(self.base + key.span().start, what);
        }
    }
}

fn pair(value: &DeValue<'_>) -> Option<[f64; 2]> {
    match value {
        DeValue::Array(list) if list.len() == 2 => {
            let mut numbers = list.iter().map(|one| float(one.get_ref()));
            Some([numbers.next()??, numbers.next()??])
        }
        _ => None,
    }
}
