//! What a task measures, in words: whoever drags towards a loss below 0.02 sees the loss.

/// What a task measures, as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The quantities, as "loss 0.0342 after 50 steps".
    pub text: String,
    /// A text that needs no less room, whatever the numbers become, so that nothing moves while they change.
    pub widest: String,
}
