//! Commands of files: scenes, grids and samples that are opened, saved, copied, or asked for in a dialog.

use std::path::PathBuf;

use super::Touched;
use crate::landscapes::InputError;
use crate::state::{Arrival, CopyAs, FileDialog, LeaveFor, State};

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
    KeepScene,
    /// Asks for the path of the scene in the window, though one was given.
    AskPath,
    /// Cancels opening a file, where its path was asked for in the window.
    OpenNothing,
    /// Copies the scene to the clipboard.
    Copy(CopyAs),
    /// Requests the text of the clipboard.
    WantPaste,
    /// Opens the scene that a text holds: TOML, a link, or a command.
    Paste(String),
    /// Opens a dialog in which a file is chosen.
    Ask(FileDialog),
    /// Writes the samples of the network to a file.
    Save {
        /// Where to.
        path: PathBuf,
        /// Whether another file may be in its place.
        replace: bool,
    },
    /// Writes the samples to the file they belong to, or asks for one.
    SaveAgain,
    /// Keeps the existing file instead of replacing it.
    Keep,
}

impl State {
    /// Carries out a command for files.
    pub(super) fn carry_out_files(&mut self, command: FileCommand) -> Result<Touched, InputError> {
        match command {
            FileCommand::New => {
                self.new_scene();
                return Ok(Touched::Scene);
            }
            FileCommand::Open(path) => self.request_file(path),
            FileCommand::Show(arrival) => {
                if !self.asks_first(LeaveFor::Show(arrival.clone())) {
                    self.show_arrival(*arrival);
                }
                return Ok(Touched::Scene);
            }
            FileCommand::SaveScene => self.save_scene_or_ask()?,
            FileCommand::SaveSceneAs { path, replace } => self.save_scene(path, replace)?,
            FileCommand::KeepScene => {
                self.files.scenes.asked = None;
                self.leave_if_saved(false);
            }
            FileCommand::AskPath => self.files.scenes.asked = Some(crate::state::AskedPath { in_the_way: None }),
            FileCommand::OpenNothing => self.open_nothing(),
            FileCommand::Copy(form) => self.copy_scene(form)?,
            FileCommand::WantPaste => self.files.wants_paste = true,
            FileCommand::Paste(text) => {
                self.files.asked_paste = None;
                self.paste(&text)?;
                return Ok(Touched::Scene);
            }
            FileCommand::Ask(dialog) => self.request_dialog(dialog)?,
            FileCommand::Save { path, replace } => self.save_samples(path, replace)?,
            FileCommand::SaveAgain => self.save_or_ask()?,
            FileCommand::Keep => self.files.in_the_way = None,
        }
        Ok(Touched::Nothing)
    }
}
