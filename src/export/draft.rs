//! A file while it is being written: without a name where the system has such files, so that nothing is left of it
//! whatever ends the program.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, TempPath};

use super::target::folder;

/// A file that is not whole yet.
pub(super) struct Draft {
    pub(super) file: File,
    /// Its own name, beside its target; removed when this is dropped. None on Linux: the file is gone once it is closed.
    name: Option<TempPath>,
}

impl Draft {
    /// An empty one, on the disk of its target.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let folder = folder(target);
        if let Some(file) = nameless(folder) {
            return Ok(Self { file, name: None });
        }
        let (file, name) = builder().tempfile_in(folder)?.into_parts();
        Ok(Self { file, name: Some(name) })
    }

    /// Gives the file its name, replacing whatever has it.
    pub(super) fn replace(self, target: &Path) -> io::Result<()> {
        Ok(self.named(target)?.persist(target)?)
    }

    /// Gives the file its name, if nothing has it.
    pub(super) fn create(self, target: &Path) -> io::Result<()> {
        Ok(self.named(target)?.persist_noclobber(target)?)
    }

    fn named(self, target: &Path) -> io::Result<TempPath> {
        let link = |path: &Path| link(&self.file, path);
        self.name.map_or_else(|| Ok(builder().make_in(folder(target), link)?.into_temp_path()), Ok)
    }
}

/// A builder of drafts with names, and with the permissions that any new file gets, less the user's mask; temporary files would be
/// private.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".taylorscope-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// A file in a folder but without a name, if the folder's disk has such files.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let file = open(folder, OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC, Mode::from_raw_mode(0o666));
    // It can be named by way of /proc only.
    file.ok().map(File::from).filter(|file| descriptor(file).exists())
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

/// Gives a nameless file a name.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    Ok(linkat(CWD, descriptor(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Where the system shows an open file.
#[cfg(target_os = "linux")]
fn descriptor(file: &File) -> std::path::PathBuf {
    use std::os::fd::AsRawFd as _;
    format!("/proc/self/fd/{}", file.as_raw_fd()).into()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_is_seen_of_a_draft() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("run.csv");
        let mut draft = Draft::beside(&target).unwrap();
        draft.file.write_all(b"whole").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no name while it is written");
        draft.replace(&target).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"whole", "then its own");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and no other");
    }

    #[test]
    fn a_draft_with_a_name_loses_it_too() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("run.csv");
        let named = || {
            let (file, name) = builder().tempfile_in(folder.path()).unwrap().into_parts();
            Draft { file, name: Some(name) }
        };
        drop(named());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "given up");
        named().create(&target).unwrap();
        assert!(named().create(&target).is_err(), "the name is taken");
        named().replace(&target).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "one file, one name");
    }
}
