//! Where a name leads that is to be written: to an ordinary file, there or not, or to a pipe or a device.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What stands at the end of a name's links.
#[derive(Debug, PartialEq)]
pub(super) enum Target {
    /// A file, or a place for one.
    File(PathBuf),
    /// A pipe or a device: it is written to, and nothing takes its place.
    Stream(PathBuf),
}

/// More links than these lead in a circle, as the system itself has it.
const MAX_LINKS: usize = 40;

impl Target {
    /// Follows the links of a name, also one to a file that is not there yet.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut place = path.to_owned();
        for _ in 0..MAX_LINKS {
            let about = match fs::symlink_metadata(&place) {
                Ok(about) => about,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::File(place)),
                Err(error) => return Err(error),
            };
            if about.is_dir() {
                return Err(ErrorKind::IsADirectory.into());
            }
            if about.is_file() {
                return Ok(Self::File(place));
            }
            // Links of the system stand for what is open already, as /dev/stdout does.
            if !about.is_symlink() || is_of_system(&place) {
                return Ok(Self::Stream(place));
            }
            place = folder(&place).join(fs::read_link(&place)?);
        }
        Err(io::Error::other("its links lead in a circle; choose another file"))
    }
}

/// Whether a name stands in a folder that the system makes up.
fn is_of_system(place: &Path) -> bool {
    fs::canonicalize(folder(place)).is_ok_and(|folder| folder.starts_with("/dev") || folder.starts_with("/proc"))
}

/// The folder that a name stands in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Opens a pipe or a device; a pipe without a reader is not waited for.
pub(super) fn open_stream(place: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // What was redirected to a file goes on at its end.
    options.append(true);
    let _reader_stays = probe(&options, place)?;
    options.open(place)
}

#[cfg(unix)]
fn probe(options: &OpenOptions, place: &Path) -> io::Result<Option<File>> {
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
    if !fs::metadata(place)?.file_type().is_fifo() {
        return Ok(None);
    }
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    options.clone().custom_flags(flags).open(place).map(Some).map_err(|error| {
        let is_alone = error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error());
        if is_alone {
            io::Error::other("nothing reads from this pipe; start its reader first, or choose another file")
        } else {
            error
        }
    })
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the signature of the other platforms")]
fn probe(_: &OpenOptions, _: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Makes a new file look like the one whose place it takes; false where the system does not allow it, or where the old
/// one has other names, which would keep what it held.
#[cfg(unix)]
pub(super) fn matches_old(new: &File, old: &Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let own = new.metadata()?;
    let is_same = (own.uid(), own.gid()) == (old.uid(), old.gid());
    if old.nlink() > 1 || !(is_same || fchown(new, Some(old.uid()), Some(old.gid())).is_ok()) {
        return Ok(false);
    }
    new.set_permissions(old.permissions())?;
    Ok(true)
}

#[cfg(not(unix))]
pub(super) fn matches_old(new: &File, old: &Metadata) -> io::Result<bool> {
    new.set_permissions(old.permissions())?;
    Ok(true)
}
