//! Spellings that stand in a file, a lesson or a scene: the files that they name lie beside it.

use std::path::{Component, Path};

use super::spelling::after;
use super::{InputError, Landscape, ReadFile, excerpt, own};

/// Whether a spelling has a file in it: a measured grid, or samples.
pub fn names_a_file(spelled: &str) -> bool {
    let is_grid = after(spelled, own::GRID.id).is_some();
    is_grid || spelled.split([':', ',']).any(|word| word.trim_start().starts_with("data="))
}

impl Landscape {
    /// Reads a spelling that stands in a file of this kind, a "lesson" or a "scene", whose folder has the files that it names.
    ///
    /// # Errors
    /// As [`Self::parse_with`]; also where a file lies elsewhere.
    pub fn parse_within(text: &str, kind: &str, read: ReadFile<'_>) -> Result<Self, InputError> {
        let within = |path: &Path| {
            if path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
                return read(path);
            }
            Err(InputError::Data(format!(
                "{}: a {kind} reads files of its own folder only: put the file beside the {kind}, and write its name alone",
                excerpt::of_path(path)
            )))
        };
        Self::parse_with(text, None, &within)
    }
}
