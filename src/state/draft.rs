//! A formula that is being typed: it becomes the landscape once it is whole, so that nothing flips through the beginnings of it.

/// What is typed counts as whole after this many seconds without a key.
pub(super) const REST: f64 = 0.7;

/// A formula that can be read, and is not the landscape yet.
#[derive(Clone, Debug, PartialEq)]
pub struct FormulaDraft {
    /// The text in its field.
    pub text: String,
    /// Seconds since the last key.
    pub(super) waited: f64,
}
