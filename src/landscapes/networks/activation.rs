//! Activation functions φ.

use crate::landscapes::formula::graph::One;
use crate::numbers::Real;

/// A function φ of one number.
pub(super) trait Activation: Copy + Default + Send + Sync + 'static {
    /// Whether the unit is off, its output 0, wherever u ≤ 0.
    const RECTIFIES: bool = false;
    /// φ as an operation; `None` where φ(u) is u itself.
    const OPERATION: Option<One>;

    /// φ(u).
    fn apply<T: Real>(u: T) -> T;
}

/// u itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Identity;

impl Activation for Identity {
    const OPERATION: Option<One> = None;

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u
    }
}

/// max(u, 0), with slope 0 at 0.
#[derive(Clone, Copy, Default)]
pub(super) struct Relu;

impl Activation for Relu {
    const OPERATION: Option<One> = Some(One::Relu);
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
    const OPERATION: Option<One> = Some(One::Sigmoid);

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.sigmoid()
    }
}

/// The hyperbolic tangent.
#[derive(Clone, Copy, Default)]
pub(super) struct Tanh;

impl Activation for Tanh {
    const OPERATION: Option<One> = Some(One::Tanh);

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.tanh()
    }
}

/// The sine.
#[derive(Clone, Copy, Default)]
pub(super) struct Sine;

impl Activation for Sine {
    const OPERATION: Option<One> = Some(One::Sin);

    #[inline(always)]
    fn apply<T: Real>(u: T) -> T {
        u.sin()
    }
}
