//! Why a file was not read, and what to do about it.

use std::fs::FileType;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::kind::Kind;
use crate::landscapes::excerpt::of_path;

/// A file that was not read; none of it is kept.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {name}: {fault}")]
pub struct ReadError {
    /// What messages call the file.
    pub(super) name: String,
    /// What is wrong with it.
    pub(super) fault: Fault,
}

impl ReadError {
    /// Whether the file can be read and holds something else than it should; otherwise the system is in the way.
    pub fn is_of_contents(&self) -> bool {
        matches!(self.fault, Fault::Binary(_))
    }
}

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("this is a folder\nname a file in it")]
    Folder,
    #[error("there is no folder '{}'\ncheck its spelling", of_path(.0))]
    NoFolder(PathBuf),
    #[error("there is no such file\ncheck its spelling{}", if *.is_relative { ", or write the whole path, from the root of the disk" } else { "" })]
    NoFile { is_relative: bool },
    #[error("this is {0}, which may never end, and not an ordinary file\nsave what it holds in a file first")]
    Endless(&'static str),
    #[error(
        "this is {0}, which may never end, and not an ordinary file\nsave what it holds in a file, or send it to standard input and write - for the file"
    )]
    EndlessInput(&'static str),
    #[error("it is larger than {0} MB\nleave samples, points or lines of the grid out")]
    TooLarge(u64),
    #[error("it is not text, but {}\nsave the table as plain text, .csv", .0.words)]
    Binary(&'static Kind),
    #[error("it was read already: it can stand for one file only")]
    Taken,
    #[error("you may not read it\nchange its permissions, or copy it to a folder of yours")]
    Forbidden,
    #[error("its name is too long for the system\nrename it")]
    LongName,
    #[error("it is empty")]
    Empty,
    #[error("standard input is written -: write - for the file")]
    InputByName,
    #[error("{}", words_of(.0))]
    Other(io::Error),
}

impl Fault {
    /// What the system said of a path.
    pub(super) fn of(error: io::Error, path: &Path) -> Self {
        match error.kind() {
            ErrorKind::NotFound => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir());
                let no_file = Self::NoFile { is_relative: path.is_relative() };
                folder.map_or(no_file, |folder| Self::NoFolder(folder.to_owned()))
            }
            ErrorKind::PermissionDenied => Self::Forbidden,
            ErrorKind::IsADirectory => Self::Folder,
            ErrorKind::InvalidFilename => Self::LongName,
            _ => Self::Other(error),
        }
    }

    /// This fault on the command line, where standard input may take the place of a file.
    pub(super) fn with_input(self) -> Self {
        if let Self::Endless(what) = self { Self::EndlessInput(what) } else { self }
    }

    /// Why a thing of this type is not opened; `None` for an ordinary file.
    pub(super) fn of_type(file: FileType) -> Option<Self> {
        if file.is_file() {
            return None;
        }
        Some(if file.is_dir() { Self::Folder } else { Self::Endless(special(file)) })
    }
}

/// What the system says, without its number.
fn words_of(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

#[cfg(unix)]
fn special(file: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if file.is_fifo() {
        "a pipe"
    } else if file.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "a device"
}
