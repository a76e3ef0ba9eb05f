//! Commands of pictures that leave the program: the small window of the export, its choices, and the clipboard.

use super::Touched;
use crate::landscapes::InputError;
use crate::state::{ExportOptions, FileDialog, State};

/// Commands for pictures that leave the program.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportCommand {
    /// Opens the small window, or closes it.
    Toggle,
    /// Chooses what is exported, and how.
    Choose(ExportOptions),
    /// Names the file.
    Name(String),
    /// Asks for the file in a dialog of the system.
    Browse,
    /// Writes the picture.
    Begin {
        /// Whether another file may be in its place.
        replace: bool,
    },
    /// Gives up the picture that is being made.
    GiveUp,
    /// Copies what is chosen to the clipboard.
    CopyChosen,
    /// Copies the picture in the large place, or the view that fills the window, to the clipboard.
    Copy,
}

impl State {
    /// Carries out a command for export.
    pub(super) fn carry_out_export(&mut self, command: ExportCommand) -> Result<Touched, InputError> {
        match command {
            ExportCommand::Toggle => self.toggle_export(),
            ExportCommand::Choose(options) => self.choose_export(options),
            ExportCommand::Name(path) => self.name_export(path, false),
            ExportCommand::Browse => self.request_dialog(FileDialog::Export(self.export.options.format))?,
            ExportCommand::Begin { replace } => self.export_to_file(replace)?,
            ExportCommand::GiveUp => self.give_up_export(),
            ExportCommand::CopyChosen => self.copy_chosen(),
            ExportCommand::Copy => self.copy_picture(),
        }
        Ok(Touched::Nothing)
    }
}
