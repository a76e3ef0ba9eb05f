//! How far the lessons were read lasts from one start of the program to the next.

use eframe::Storage;

use crate::state::Progress;

/// Under which name it is stored.
const KEY: &str = "lessons";

/// Writes it.
pub(super) fn store(progress: &Progress, storage: &mut dyn Storage) {
    if let Ok(text) = toml::to_string(progress) {
        storage.set_string(KEY, text);
    }
}

/// What was stored; nothing where there is none, or where it cannot be read.
pub(super) fn restore(storage: Option<&dyn Storage>) -> Progress {
    let text = storage.and_then(|storage| storage.get_string(KEY));
    text.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::settings::tests::Memory;
    use crate::state::{Command, DocumentCommand, State};

    #[test]
    fn progress_lasts_and_what_cannot_be_read_is_none() {
        let mut state = State::opening();
        state.apply(vec![Command::Document(DocumentCommand::ShowLesson(0))]);
        let mut storage = Memory::default();
        store(&state.progress, &mut storage);
        assert_eq!(restore(Some(&storage)), state.progress, "the page that was read");
        assert_ne!(state.progress, Progress::default(), "there is something to keep");
        storage.set_string(KEY, "a = 3".to_owned());
        assert_eq!(restore(Some(&storage)), Progress::default(), "a corrupt store");
        assert_eq!(restore(None), Progress::default(), "no store");
    }
}
