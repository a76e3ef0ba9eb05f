//! What a hidden unit makes of what enters it: φ.

use crate::numbers::Real;

/// A function φ of one number.
pub(super) trait Activation: Send + Sync + 'static {
    /// φ(u).
    fn apply<T: Real>(u: T) -> T;
}

/// u itself.
pub(super) struct Identity;

impl Activation for Identity {
    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u
    }
}

/// max(u, 0), with slope 0 at 0.
pub(super) struct Relu;

impl Activation for Relu {
    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.relu()
    }
}

/// 1/(1 + e⁻ᵘ).
pub(super) struct Sigmoid;

impl Activation for Sigmoid {
    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.sigmoid()
    }
}

/// The hyperbolic tangent.
pub(super) struct Tanh;

impl Activation for Tanh {
    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.tanh()
    }
}

/// The sine.
pub(super) struct Sine;

impl Activation for Sine {
    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.sin()
    }
}
