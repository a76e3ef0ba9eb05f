//! What a method keeps from step to step beside the weights, for n weights.

/// The order of what is kept: O(n) numbers or O(n²).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// This many vectors of n numbers.
    Vectors(usize),
    /// A symmetric matrix of all weights.
    Matrix,
}
