//! Carries out the commands of the studies.

use super::Touched;
use crate::state::{State, StudyCommand};

impl State {
    /// Carries out a command for a study.
    pub(super) fn carry_out_studies(&mut self, command: StudyCommand) -> Touched {
        let tournament = &mut self.derived.tournament;
        match command {
            StudyCommand::BeginTournament => tournament.begin(self.view.scene.starts.question(&self.document)),
            StudyCommand::StopTournament => tournament.stop(),
        }
        Touched::Scene
    }
}
