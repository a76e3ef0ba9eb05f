//! Files that stand beside another one: in its folder or below it, and nowhere else.

use std::fs;
use std::path::Path;

use super::read_file;
use crate::landscapes::InputError;
use crate::landscapes::excerpt::of_path;

/// The bytes of a file that is named in another one of this kind, a "lesson" or a "scene"; a link that leads out of its folder is
/// refused.
///
/// # Errors
/// What is wrong with the file, by its name.
pub fn read_beside(other: &Path, kind: &str, file: &Path) -> Result<Vec<u8>, InputError> {
    let refuse = |why: String| InputError::Data(format!("{}: {why}", of_path(file)));
    let folder = other.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder).map_err(|error| refuse(error.to_string()))?;
    let real =
        fs::canonicalize(folder.join(file)).map_err(|_| refuse(format!("there is no such file beside the {kind}")))?;
    if !real.starts_with(&folder) {
        return Err(refuse(format!("a {kind} reads files of its own folder only, and this one leads out of it")));
    }
    read_file(&real).map_err(|error| InputError::Data(error.to_string()))
}
