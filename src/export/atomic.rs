//! Files are written beside their target and renamed: a reader finds the old file or the new one, never half of one.

use std::fs::{self, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that could not be written; the target is as it was.
#[derive(Debug, thiserror::Error)]
#[error("cannot write '{}': {}", path.display(), trouble(path, cause))]
pub struct WriteError {
    /// The target.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub cause: io::Error,
}

/// Lets `fill` write a file, which then takes the place of whatever stood at `path`.
///
/// # Errors
/// [`WriteError`] naming the path, when `fill` or the disk fails; nothing is left behind.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    // A link keeps pointing where it did: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = written(&target, fill).and_then(|file| Ok(file.persist(&target)?));
    written.map(drop).map_err(|cause| WriteError { path: path.to_owned(), cause })
}

/// Lets `fill` write a file where there is none.
///
/// # Errors
/// [`WriteError`] as above; [`io::ErrorKind::AlreadyExists`] where something stands at `path`, which is as it was.
pub fn write_new_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    let written = written(path, fill).and_then(|file| Ok(file.persist_noclobber(path)?));
    written.map(drop).map_err(|cause| WriteError { path: path.to_owned(), cause })
}

/// The file, whole, beside its target under a name of its own; gone when it is dropped.
fn written(target: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".taylorscope-");
    let permissions = fs::metadata(target).ok().map(|old| old.permissions()).or_else(usual_permissions);
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut temporary = BufWriter::with_capacity(1 << 16, builder.tempfile_in(folder(target))?);
    fill(&mut temporary)?;
    let written = temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
    // Otherwise a crash of the machine could leave the new name on an empty file.
    written.as_file().sync_all()?;
    Ok(written)
}

/// What any new file gets, less the user's mask; temporary files would be private.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "the signature of the other platforms")]
fn usual_permissions() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// What the system said, without the temporary name that it was said of.
fn reason(error: &io::Error) -> String {
    let said = error.to_string();
    said.split_once(" at path \"").map_or(said.as_str(), |(reason, _)| reason).to_owned()
}

/// What is wrong, and what to do about it.
fn trouble(path: &Path, cause: &io::Error) -> String {
    let folder = folder(path);
    let place = folder.display();
    if path.is_dir() {
        "this is a folder\nname a file in it".to_owned()
    } else if folder.is_dir() {
        format!(
            "{}\nchoose another file, or see that the folder '{place}' has room and may be written to",
            reason(cause)
        )
    } else {
        format!("the folder '{place}' does not exist\ncreate it first")
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.csv");
        write_file(&path, |out| out.write_all(b"old")).unwrap();
        let error = write_file(&path, |out| {
            out.write_all(b"half of the new")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(error.unwrap_err().to_string().contains("run.csv"), "the error names the file");
        assert_eq!(fs::read(&path).unwrap(), b"old", "a failure leaves the old file");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing beside it");
        write_file(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new", "success replaces it");
    }

    #[test]
    fn errors_say_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &Path| write_file(path, |_| Ok(())).unwrap_err().to_string();
        let missing = write(&folder.path().join("no/such.csv"));
        assert!(missing.contains("does not exist\ncreate it first") && !missing.contains(".taylorscope-"), "{missing}");
        assert!(write(folder.path()).contains("name a file in it"), "a folder for a file");
    }
}
