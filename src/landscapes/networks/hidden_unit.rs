//! A network with one hidden unit, as far as its output: x → u → h → o.

use std::ops::Mul;

use super::activation::Activation;
use crate::numbers::Real;

/// The nodes between the input and the loss.
pub(super) struct Nodes<T> {
    /// What enters the hidden unit.
    pub(super) u: T,
    /// What leaves it, φ(u).
    pub(super) h: T,
    /// The output.
    pub(super) o: T,
}

/// A network with one hidden unit.
pub(super) trait HiddenUnit: Copy + Send + Sync + 'static {
    /// The hidden unit's φ.
    type Phi: Activation;
    /// Whether the second weight stands behind the hidden unit, and is not its bias.
    const TWO_LAYERS: bool;

    /// The nodes for input `x` at weights (w1, w2).
    #[inline(always)]
    fn forward<T: Real + Mul<X, Output = T>, X>(w1: T, w2: T, x: X) -> Nodes<T> {
        let weighted = w1 * x;
        let u = if Self::TWO_LAYERS { weighted } else { weighted + w2 };
        let h = Self::Phi::apply(u);
        let o = if Self::TWO_LAYERS { w2 * h } else { h };
        Nodes { u, h, o }
    }
}
