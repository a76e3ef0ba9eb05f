//! Commands of a flight by hand.

use super::Touched;
use crate::state::State;
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

impl State {
    /// Carries out a command for a flight by hand.
    pub(super) fn carry_out_pilot(&mut self, command: PilotCommand) -> Touched {
        match command {
            PilotCommand::Start | PilotCommand::Again => self.start_pilot(),
            PilotCommand::ShowPar => self.show_par(),
            PilotCommand::Stop => {
                self.stop_pilot();
                Touched::Scene
            }
        }
    }
}
