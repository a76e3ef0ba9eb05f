//! The numbers of a view, as a table: those of the runs, its own, or those of another command.

use super::Pane;

/// The numbers that a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaneNumbers {
    /// The numbers of the runs.
    Runs,
    /// What each run takes to reach a tolerance.
    Race,
    /// What comes of other parameters.
    Sweep,
    /// Others, which it does not write; the command that does, if there is one.
    Elsewhere(Option<&'static str>),
}

impl Pane {
    /// The numbers that it shows.
    pub const fn numbers(self) -> PaneNumbers {
        match self {
            Self::Map | Self::Surface | Self::Slice | Self::Loss | Self::Axes | Self::Momentum | Self::Rule => {
                PaneNumbers::Runs
            }
            Self::Compare => PaneNumbers::Race,
            Self::Sweep => PaneNumbers::Sweep,
            Self::Curvature => PaneNumbers::Elsewhere(Some("analyze")),
            Self::Circle => PaneNumbers::Elsewhere(Some("circle")),
            Self::Basins => PaneNumbers::Elsewhere(Some("basins")),
            Self::Starts => PaneNumbers::Elsewhere(Some("tournament")),
            Self::Graph => PaneNumbers::Elsewhere(Some("backprop")),
            Self::Lessons | Self::Data | Self::Depth => PaneNumbers::Elsewhere(None),
        }
    }
}
