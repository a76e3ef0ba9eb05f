//! What a command leaves to be done.

/// Whether the command changed anything that must be recomputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::state) enum Touched {
    /// Nothing that a picture shows.
    Nothing,
    /// What is shown, or what it follows from.
    Scene,
}
