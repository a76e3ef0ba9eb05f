//! What a network is made of, piece by piece: its units by name, and each piece's own derivative.

use super::activation::Activation;
use super::criterion::Criterion;
use super::network::HiddenUnit;
use crate::numbers::Jet1;

/// A hidden unit's φ in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// φ as a function of what stands between the two parts: "tanh(", ")"; empty where φ(u) is u itself.
    pub around: [&'static str; 2],
    /// φ′(u), by u or by h = φ(u), which is written as `{h}`.
    pub slope: &'static str,
}

/// How wrong an output is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    /// (o − y)².
    Squares,
    /// ln(1 + eᵒ) − y o, where σ(o) is the probability of class 1.
    CrossEntropy,
}

/// The pieces of a network with two weights and one hidden unit: u = w₁x + w₂ and o = φ(u), or u = w₁x and o = w₂ φ(u).
///
/// The derivatives are those of backpropagation, to the last bit.
#[derive(Clone, Copy)]
pub struct Anatomy {
    /// The hidden unit.
    pub unit: Unit,
    /// Whether w₂ stands behind the unit, and is not its bias.
    pub two_layers: bool,
    /// What one sample's loss ℓ is.
    pub kind: LossKind,
    /// Whether the network's loss is the mean of the samples' losses, rather than their sum.
    pub mean: bool,
    /// Whether the output is a probability.
    pub tells_probability: bool,
    unit_slope: fn(f64) -> f64,
    loss_slope: fn(f64, f64) -> f64,
}

impl Anatomy {
    /// The pieces of a network; `None` where its loss has no kind.
    pub(super) fn of<A: HiddenUnit, C: Criterion>() -> Option<Self> {
        let kind = C::KIND?;
        Some(Self {
            unit: A::Phi::UNIT,
            two_layers: A::TWO_LAYERS,
            kind,
            mean: C::MEAN,
            tells_probability: !A::TWO_LAYERS && A::Phi::IS_PROBABILITY,
            unit_slope: |u| A::Phi::apply(Jet1::x(u)).dx,
            loss_slope: |o, y| C::loss(Jet1::x(o), y).dx,
        })
    }

    /// φ′(u).
    pub fn unit_slope(&self, u: f64) -> f64 {
        (self.unit_slope)(u)
    }

    /// ∂ℓ/∂o of one sample's loss, for the output `o` where `y` is wanted.
    pub fn loss_slope(&self, o: f64, y: f64) -> f64 {
        (self.loss_slope)(o, y)
    }

    /// Whether φ(u) is u itself.
    pub fn is_linear(&self) -> bool {
        self.unit.around[1].is_empty()
    }
}
