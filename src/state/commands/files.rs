//! Commands of files: scenes, grids and samples that are opened, saved, copied, or asked for in a dialog.

use std::path::PathBuf;

use crate::state::{Arrival, CopyAs, FileDialog};

/// Commands for files.
#[derive(Clone, Debug, PartialEq)]
pub enum FileCommand {
    /// The opening scene; asks first if changes would be lost.
    New,
    /// Opens a file: a scene, a lesson (`.md`), losses measured on a grid, or samples for the network that is shown.
    Open(PathBuf),
    /// Shows a scene that was read; asks first where changes would be lost.
    Show(Box<Arrival>),
    /// Writes the scene to the file it belongs to, or asks for one.
    SaveScene,
    /// Writes the scene to a file.
    SaveSceneAs {
        /// Where to.
        path: PathBuf,
        /// Whether another file may be in its place.
        replace: bool,
    },
    /// Cancels saving the scene, where its path was asked for in the window.
    CancelSaving,
    /// Asks for the path of the scene in the window, though one was given.
    AskPath,
    /// Cancels opening a file, where its path was asked for in the window.
    CancelOpening,
    /// Copies the scene to the clipboard.
    Copy(CopyAs),
    /// Requests the text of the clipboard.
    WantPaste,
    /// Opens the scene that a text holds: TOML, a link, or a command.
    Paste(String),
    /// Opens a dialog in which a file is chosen.
    Ask(FileDialog),
    /// Writes the samples of the network to a file.
    SaveSamples {
        /// Where to.
        path: PathBuf,
        /// Whether another file may be in its place.
        replace: bool,
    },
    /// Writes the samples to the file they belong to, or asks for one.
    SaveSamplesAgain,
    /// Keeps the existing file instead of replacing it.
    KeepExisting,
}
