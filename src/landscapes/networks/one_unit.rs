//! What a network with one hidden unit is made of: the slope of its unit, and that of a sample's loss.

use super::activation::Activation;
use super::criterion::{Criterion, Judge};
use super::hidden_unit::HiddenUnit;
use crate::numbers::Jet1;

/// A network with two weights and one hidden unit: u = w₁x + w₂ and o = φ(u), or u = w₁x and o = w₂ φ(u).
///
/// The derivatives are those of backpropagation, to the last bit.
#[derive(Clone, Copy)]
pub struct OneUnit {
    /// Whether w₂ stands behind the unit, and is not its bias.
    pub two_layers: bool,
    /// Whether φ(u) is u itself.
    pub is_linear: bool,
    /// Whether the network's loss is the mean of the samples' losses, rather than their sum.
    pub mean: bool,
    /// How many times the error, o − y or p − y, a sample's loss changes with its output.
    pub factor: f64,
    unit_slope: fn(f64) -> f64,
    loss_slope: fn(f64, f64) -> f64,
}

impl OneUnit {
    /// The pieces of a network; `None` where a sample's loss does not grow with its error.
    pub(super) fn of<A: HiddenUnit, C: Criterion>() -> Option<Self> {
        let factor = match C::JUDGE {
            Judge::Sse | Judge::Mse => 2.0,
            Judge::CrossEntropy => 1.0,
            Judge::Mae | Judge::Huber => return None,
        };
        Some(Self {
            two_layers: A::TWO_LAYERS,
            is_linear: A::Phi::OPERATION.is_none(),
            mean: C::MEAN,
            factor,
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
}
