//! What lasts from one start of the program to the next: the theme, the size of type, the track of rates and the files that were opened; the window's size is the toolkit's to keep.

use std::collections::VecDeque;
use std::path::PathBuf;

use eframe::Storage;
use serde::{Deserialize, Serialize};

use crate::drawing::ink::Theme;
use crate::state::{Chrome, TypeScale};

/// Under which name they are stored.
const KEY: &str = "settings";

/// The settings, by the names that they have on the command line.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    theme: String,
    #[serde(rename = "type")]
    type_scale: String,
    /// Whether the track of a learning rate is logarithmic, if that was chosen.
    #[serde(default, rename = "log_track", skip_serializing_if = "Option::is_none")]
    log_rate: Option<bool>,
    /// Files that were opened or saved, the newest first.
    #[serde(default)]
    recent: Vec<String>,
}

impl Settings {
    /// The settings of a window; while it presents, the type that it had before.
    pub(super) fn of(chrome: &Chrome) -> Self {
        let type_scale = chrome.presenting.unwrap_or(chrome.type_scale);
        let [theme, type_scale] = [chrome.theme.id(), type_scale.id()].map(str::to_owned);
        Self { theme, type_scale, log_rate: chrome.log_rate, recent: Vec::new() }
    }

    /// These settings with files to be opened again; one whose name is not a text is left out.
    pub(super) fn with_recent<'a>(self, files: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        Self { recent: files.into_iter().filter_map(|path| path.to_str()).map(str::to_owned).collect(), ..self }
    }

    /// The files that were opened or saved last.
    pub(super) fn recent(storage: Option<&dyn Storage>) -> VecDeque<PathBuf> {
        let text = storage.and_then(|storage| storage.get_string(KEY));
        let read = text.and_then(|text| toml::from_str::<Self>(&text).ok());
        read.map_or_else(VecDeque::new, |settings| settings.recent.into_iter().map(PathBuf::from).collect())
    }

    /// Gives a window the settings.
    ///
    /// # Errors
    /// What is unknown of them: that part changes nothing.
    pub(super) fn apply(&self, chrome: &mut Chrome) -> Result<(), String> {
        let (theme, type_scale) = (Theme::find(&self.theme), TypeScale::find(&self.type_scale));
        chrome.theme = theme.unwrap_or(chrome.theme);
        chrome.type_scale = type_scale.unwrap_or(chrome.type_scale);
        chrome.log_rate = self.log_rate;
        match (theme, type_scale) {
            (None, _) => Err(format!("the theme '{}' is unknown", self.theme)),
            (_, None) => Err(format!("the type '{}' is unknown", self.type_scale)),
            _ => Ok(()),
        }
    }

    /// Writes them.
    pub(super) fn store(&self, storage: &mut dyn Storage) {
        if let Ok(text) = toml::to_string(self) {
            storage.set_string(KEY, text);
        }
    }

    /// Gives a window what was stored; what to say where it cannot be read. `is_kept`: the store was there before this start.
    pub(super) fn restore(storage: Option<&dyn Storage>, is_kept: bool, chrome: &mut Chrome) -> Option<String> {
        let Some(text) = storage?.get_string(KEY) else {
            // The toolkit starts with an empty store if it cannot read the old one, and reports nothing.
            return is_kept
                .then(|| "The stored settings cannot be read and are ignored: the usual ones are used".to_owned());
        };
        let read = toml::from_str(&text).map_err(|error| error.message().to_owned());
        let why = read.and_then(|settings: Self| settings.apply(chrome)).err()?;
        Some(format!("The stored settings cannot be read and are ignored: {why}"))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::HashMap;

    use super::*;

    #[derive(Default)]
    pub(in crate::app) struct Memory(HashMap<String, String>);

    impl Storage for Memory {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }

        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }

        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }

        fn flush(&mut self) {}
    }

    #[test]
    fn settings_last_and_what_cannot_be_read_is_ignored_with_a_word() {
        let mut storage = Memory::default();
        let mut chrome = Chrome::default();
        assert_eq!(Settings::restore(Some(&storage), false, &mut chrome), None, "nothing is stored at first");
        for theme in Theme::ALL {
            for type_scale in TypeScale::ALL {
                let presents =
                    Chrome { theme, type_scale: TypeScale::Lecture, presenting: Some(type_scale), ..Chrome::default() };
                let log_rate = [None, Some(false), Some(true)][type_scale as usize];
                for kept in [Chrome { theme, type_scale, log_rate, ..Chrome::default() }, presents] {
                    Settings::of(&kept).store(&mut storage);
                    let mut chrome = Chrome::default();
                    assert_eq!(Settings::restore(Some(&storage), true, &mut chrome), None);
                    let restored = (chrome.theme, chrome.type_scale, chrome.log_rate);
                    assert_eq!(restored, (theme, type_scale, kept.log_rate));
                }
            }
        }
        let files = ["/a/b c.toml", "η.toml"].map(PathBuf::from);
        Settings::of(&chrome).with_recent(&files).store(&mut storage);
        assert_eq!(Settings::recent(Some(&storage)), files, "and what was opened");
        storage.set_string(KEY, "theme = \"dark\"\ntype = \"large\"".to_owned());
        assert_eq!(Settings::restore(Some(&storage), true, &mut chrome), None, "a store from before there was a track");
        let said = Settings::restore(Some(&Memory::default()), true, &mut chrome).unwrap_or_default();
        assert!(said.contains("cannot be read"), "a store that the toolkit could not read: {said}");
        for corrupt in ["", "\u{0}\u{1}", "theme = 3", "theme = \"dark\"\ntype = \"huge\"", "theme = \"dark"] {
            storage.set_string(KEY, corrupt.to_owned());
            let mut chrome = Chrome::default();
            let said = Settings::restore(Some(&storage), true, &mut chrome).unwrap_or_default();
            assert!(said.starts_with("The stored settings cannot be read"), "{corrupt:?}: {said}");
            assert_eq!(chrome.type_scale, TypeScale::Normal, "{corrupt:?}");
        }
    }
}
