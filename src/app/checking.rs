//! What is wrong in a file of a scene or a lesson, for the command line.

use std::path::Path;

use super::lesson_files;
use crate::scene::Fault;

/// All that is wrong in a file of this name and text; nothing where all is well.
pub fn check(path: &Path, text: &str) -> Vec<Fault> {
    if lesson_files::is_lesson(path) { lesson_files::check(path, text) } else { crate::state::check(text) }
}
