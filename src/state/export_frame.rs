//! What a picture of a view has around it.

/// What stands around one view in a picture of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportFrame {
    /// A title above it: the landscape with its formula, and the runs with their rates.
    pub title: bool,
    /// A legend below it, where the view has one.
    pub legend: bool,
}
