//! Commands of a flight by hand.

use crate::state::history::Undoing;

/// Commands for a flight by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PilotCommand {
    /// Starts one with the selected run, in fog and from its start.
    Start,
    /// Ends it.
    Stop,
    /// Starts it once more.
    Again,
    /// Ends it, and adds the run that par is.
    ShowPar,
}

impl PilotCommand {
    pub(super) fn undoing(self) -> Undoing {
        match self {
            Self::Start | Self::Again => Undoing::Alone("the hand-pilot"),
            Self::ShowPar => Undoing::Alone("the run of par"),
            Self::Stop => Undoing::Passed,
        }
    }
}
