//! Commands of files: opened, saved, or asked for in a dialog.

use std::path::PathBuf;

use super::Touched;
use crate::landscapes::SpecError;
use crate::state::{FileDialog, State};

/// What concerns files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileCommand {
    /// Opens a file: losses measured on a grid, or samples for the network that is shown.
    Open(PathBuf),
    /// Opens a dialog in which a file is chosen.
    Ask(FileDialog),
    /// Writes the samples of the network to a file.
    Save {
        /// Where to.
        path: PathBuf,
        /// Whether another file may be in its place.
        replace: bool,
    },
    /// Writes them to the file they belong to, or asks for one.
    SaveAgain,
    /// Leaves the file alone that is in the way of one to be saved.
    Keep,
}

impl State {
    pub(super) fn carry_out_files(&mut self, command: FileCommand) -> Result<Touched, SpecError> {
        match command {
            FileCommand::Open(path) => self.request_file(path),
            FileCommand::Ask(dialog) => self.request_dialog(dialog)?,
            FileCommand::Save { path, replace } => self.save_samples(path, replace)?,
            FileCommand::SaveAgain => self.save_or_ask()?,
            FileCommand::Keep => self.files.in_the_way = None,
        }
        Ok(Touched::Nothing)
    }
}
