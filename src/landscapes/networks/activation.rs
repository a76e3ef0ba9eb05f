//! What a hidden unit makes of what enters it: φ.

use super::anatomy::Unit;
use crate::numbers::Real;

/// A function φ of one number.
pub(super) trait Activation: Copy + Default + Send + Sync + 'static {
    /// Whether the unit is off, its output 0, wherever u ≤ 0.
    const RECTIFIES: bool = false;
    /// φ and φ′ as they are written.
    const UNIT: Unit;
    /// Whether φ is a probability, whatever enters it.
    const IS_PROBABILITY: bool = false;

    /// φ(u).
    fn apply<T: Real>(u: T) -> T;
}

/// u itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Identity;

impl Activation for Identity {
    const UNIT: Unit = Unit { around: ["", ""], slope: "1" };

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u
    }
}

/// max(u, 0), with slope 0 at 0.
#[derive(Clone, Copy, Default)]
pub(super) struct Relu;

impl Activation for Relu {
    const UNIT: Unit = Unit { around: ["relu(", ")"], slope: "1 if u > 0, else 0" };
    const RECTIFIES: bool = true;

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.relu()
    }
}

/// 1/(1 + e⁻ᵘ).
#[derive(Clone, Copy, Default)]
pub(super) struct Sigmoid;

impl Activation for Sigmoid {
    const UNIT: Unit = Unit { around: ["σ(", ")"], slope: "{h}(1 − {h})" };
    const IS_PROBABILITY: bool = true;

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.sigmoid()
    }
}

/// The hyperbolic tangent.
#[derive(Clone, Copy, Default)]
pub(super) struct Tanh;

impl Activation for Tanh {
    const UNIT: Unit = Unit { around: ["tanh(", ")"], slope: "1 − {h}²" };

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.tanh()
    }
}

/// The sine.
#[derive(Clone, Copy, Default)]
pub(super) struct Sine;

impl Activation for Sine {
    const UNIT: Unit = Unit { around: ["sin(", ")"], slope: "cos(u)" };

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.sin()
    }
}
