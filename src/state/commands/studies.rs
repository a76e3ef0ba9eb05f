//! Commands of the studies that begin only when they are asked for; the others follow the scene by themselves.

/// Commands for studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyCommand {
    /// Begins the tournament that is chosen, instead of any other.
    BeginTournament,
    /// Stops the tournament where it is.
    StopTournament,
}
