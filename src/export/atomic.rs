//! Files are written beside their target and named when they are whole: a reader finds the old file or the new one, never
//! half of one. Pipes and devices are written to, and stay what they are.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::target::{Target, folder, matches_old, open_stream};
use crate::landscapes::excerpt::of_path;

/// A file that could not be written; an ordinary one is as it was.
#[derive(Debug, thiserror::Error)]
#[error("cannot write '{}': {}", of_path(path), trouble(path, cause))]
pub struct WriteError {
    /// The file as it was named.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

impl WriteError {
    /// What the system said, without the temporary name that it was said of.
    pub fn reason(&self) -> String {
        reason(&self.cause)
    }
}

/// What writes a file.
type Fill<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// Lets `fill` write a file, which then takes the place of whatever file stood at `path`; its permissions, owner and
/// other names stay, and so do links to it. Into a pipe or a device `fill` writes at once.
///
/// # Errors
/// [`WriteError`] naming the path, when `fill` or the disk fails; nothing is left behind.
pub fn write_file(path: &Path, mut fill: impl FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    let written = Target::of(path).and_then(|target| match target {
        Target::Stream(place) => filled(&open_stream(&place)?, &mut fill),
        Target::File(place) => replace(&place, &mut fill),
    });
    written.map_err(|cause| WriteError { path: path.to_owned(), cause })
}

/// Lets `fill` write a file where there is none.
///
/// # Errors
/// [`WriteError`] as above; [`io::ErrorKind::AlreadyExists`] where something stands at `path`, which is as it was.
pub fn write_new_file(path: &Path, mut fill: impl FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    let written = drafted(path, &mut fill).and_then(|draft| draft.create(path));
    written.map_err(|cause| WriteError { path: path.to_owned(), cause })
}

fn replace(target: &Path, fill: Fill<'_>) -> io::Result<()> {
    // Who may not write into a file may not replace it either, though the folder would allow it.
    let old = match OpenOptions::new().write(true).open(target) {
        Ok(old) => old,
        Err(error) if error.kind() == ErrorKind::NotFound => return drafted(target, fill)?.replace(target),
        Err(error) => return Err(error),
    };
    let draft = drafted(target, fill)?;
    if matches_old(&draft.file, &old.metadata()?)? {
        return draft.replace(target);
    }
    copied(draft.file, old)
}

/// The file, whole, without its name.
fn drafted(target: &Path, fill: Fill<'_>) -> io::Result<Draft> {
    let draft = Draft::beside(target)?;
    filled(&draft.file, fill)?;
    // Otherwise a crash of the machine could leave the new name on an empty file.
    draft.file.sync_all()?;
    Ok(draft)
}

fn filled(file: &File, fill: Fill<'_>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    fill(&mut out)?;
    out.flush()
}

/// What was written goes into the file that stands there already.
fn copied(mut draft: File, mut old: File) -> io::Result<()> {
    draft.rewind()?;
    old.set_len(0)?;
    io::copy(&mut draft, &mut old)?;
    old.sync_all()
}

/// What the system said, without the temporary name that it was said of.
fn reason(error: &io::Error) -> String {
    let said = error.to_string();
    said.split_once(" at path \"").map_or(said.as_str(), |(reason, _)| reason).to_owned()
}

/// What is wrong, and what to do about it.
fn trouble(path: &Path, cause: &io::Error) -> String {
    let target = match Target::of(path) {
        Ok(Target::File(target)) => target,
        _ => path.to_owned(),
    };
    let folder = folder(&target);
    let place = of_path(folder);
    if path.is_dir() {
        "this is a folder\nname a file in it".to_owned()
    } else if !folder.is_dir() {
        format!("the folder '{place}' does not exist\ncreate it first")
    } else if cause.kind() == ErrorKind::Other {
        reason(cause)
    } else {
        format!(
            "{}\nchoose another file, or see that it and the folder '{place}' may be written to and have room",
            reason(cause)
        )
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use std::fs;

    use super::*;

    fn write(path: &Path, text: &str) -> Result<(), String> {
        write_file(path, |out| out.write_all(text.as_bytes())).map_err(|error| error.to_string())
    }

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.csv");
        write(&path, "old").unwrap();
        let error = write_file(&path, |out| {
            out.write_all(b"half of the new")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(error.unwrap_err().to_string().contains("run.csv"), "the error names the file");
        assert_eq!(fs::read(&path).unwrap(), b"old", "a failure leaves the old file");
        assert_eq!(entries(folder.path()), 1, "and nothing beside it");
        write(&path, "new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new", "success replaces it");
    }

    /// What a writer does until it is cut off: after this number of bytes, or at the very end.
    #[test]
    fn a_save_that_is_cut_off_anywhere_leaves_the_old_file_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scene.toml");
        let [old, new]: [Vec<u8>; 2] = [b"old\n".repeat(40_000), b"the new one\n".repeat(30_000)];
        write_file(&path, |out| out.write_all(&old)).unwrap();
        let cuts = (0..=8).map(|part| part * new.len() / 8).chain([1, 65_535, 65_536, 65_537]);
        for cut in cuts {
            for ends in ["an error", "a panic"] {
                let cut_off = || {
                    write_file(&path, |out| {
                        out.write_all(&new[..cut])?;
                        assert!(ends != "a panic", "the program fails");
                        Err(io::Error::other("the disk is full"))
                    })
                };
                let written = std::panic::catch_unwind(cut_off);
                assert!(!matches!(written, Ok(Ok(()))), "it was cut off");
                assert!(fs::read(&path).unwrap() == old, "{ends} after {cut} bytes leaves the old file");
                assert_eq!(entries(folder.path()), 1, "{ends} after {cut} bytes leaves nothing beside it");
            }
        }
        write_file(&path, |out| out.write_all(&new)).unwrap();
        assert!(fs::read(&path).unwrap() == new, "what is not cut off is whole");
    }

    #[test]
    fn errors_say_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let missing = write(&folder.path().join("no/such.csv"), "").unwrap_err();
        assert!(missing.contains("does not exist\ncreate it first") && !missing.contains(".taylorscope-"), "{missing}");
        assert!(write(folder.path(), "").unwrap_err().contains("name a file in it"), "a folder for a file");
        let long = write(&folder.path().join("7".repeat(400)), "").unwrap_err();
        assert!(long.chars().count() < 400 && long.lines().count() == 2, "{long}");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_links_and_other_names_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o7777;
        for bits in [0o600, 0o640, 0o666, 0o777] {
            fs::write(at("old.csv"), "a longer text of old").unwrap();
            fs::set_permissions(at("old.csv"), fs::Permissions::from_mode(bits)).unwrap();
            write(&at("old.csv"), "new").unwrap();
            assert_eq!((mode("old.csv"), fs::read(at("old.csv")).unwrap()), (bits, b"new".to_vec()), "{bits:o}");
        }
        fs::hard_link(at("old.csv"), at("other.csv")).unwrap();
        write(&at("old.csv"), "3").unwrap();
        assert_eq!(fs::read(at("other.csv")).unwrap(), b"3", "one file of two names");
        fs::create_dir(at("below")).unwrap();
        for (link, to) in [("link.csv", "old.csv"), ("again.csv", "link.csv"), ("dangling.csv", "below/new.csv")] {
            symlink(to, at(link)).unwrap();
            write(&at(link), link).unwrap();
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link} is a link");
            assert_eq!(fs::read(at(to)).unwrap(), link.as_bytes(), "{link} leads there");
        }
        symlink("round.csv", at("round.csv")).unwrap();
        symlink("none/new.csv", at("lost.csv")).unwrap();
        for (link, words) in [("round.csv", "in a circle"), ("lost.csv", "none' does not exist\ncreate it first")] {
            let said = write(&at(link), "").unwrap_err();
            assert!(said.contains(words) && fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}: {said}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_written_to_and_stay() {
        use std::os::unix::fs::{FileTypeExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("null.csv");
        symlink("/dev/null", &link).unwrap();
        write(&link, "gone").unwrap();
        assert!(fs::metadata(&link).unwrap().file_type().is_char_device(), "still a device");
        if Path::new("/dev/full").exists() {
            assert!(write(Path::new("/dev/full"), "1").unwrap_err().contains("o space left"), "a full disk");
        }
    }
}
