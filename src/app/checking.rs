//! Finds the mistakes in a file of a scene or a lesson, for the command line.

use std::path::Path;

use super::lesson_files;
use crate::import::read_beside;
use crate::scene::{Fault, Faults, with_files};
use crate::state;

/// All that is wrong in a file of this name and text; nothing where all is well.
pub fn check(path: &Path, text: &str) -> Vec<Fault> {
    if lesson_files::is_lesson(path) {
        return lesson_files::check(path, text);
    }
    match with_files(text, &|file| read_beside(path, "scene", file)) {
        Ok(whole) => state::check(&whole),
        // The rest is examined, too; where the name of the file stands, what is wrong with the file says more.
        Err(Faults(of_file)) => {
            let rest = state::check(text).into_iter();
            let mut faults: Vec<Fault> = rest
                .filter(|fault| of_file.iter().all(|known| known.span != fault.span))
                .chain(of_file.clone())
                .collect();
            faults.sort_by_key(|fault| fault.span.start);
            faults
        }
    }
}
