//! Commands of pictures that leave the program: the small window of the export, its choices, and the clipboard.

use crate::state::ExportOptions;

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
