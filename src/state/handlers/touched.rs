//! What a command leaves to be done.

/// What a command has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::state) enum Touched {
    /// Nothing that a picture shows.
    Nothing,
    /// What is shown, or what it follows from: it is computed anew.
    Scene,
}
