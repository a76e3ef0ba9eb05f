//! Backpropagation written out: what every sample sends forward through the nodes and what comes back.

use super::activation::Activation;
use super::criterion::Criterion;
use super::hidden_unit::HiddenUnit;
use crate::numbers::{Jet1, Point};

/// The values of one sample at the nodes x → u → h → o → loss, and the derivatives of the network's loss L on the way back.
///
/// u = w₁x + w₂ and o = h in one layer, u = w₁x and o = w₂h in two; h = φ(u).
/// The derivatives have the factor 1/n of a mean in them, so that those by the weights add up to the gradient; `loss` has not.
/// Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, Learning representations by back-propagating errors (1986).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleValues {
    /// The input.
    pub x: f64,
    /// The wanted output.
    pub y: f64,
    /// What enters the hidden unit.
    pub u: f64,
    /// What leaves it, φ(u).
    pub h: f64,
    /// The output.
    pub o: f64,
    /// The loss of this sample alone.
    pub loss: f64,
    /// ∂L/∂o.
    pub dl_do: f64,
    /// ∂L/∂h.
    pub dl_dh: f64,
    /// ∂L/∂u.
    pub dl_du: f64,
    /// What this sample adds to ∂L/∂w₁.
    pub dl_dw1: f64,
    /// What this sample adds to ∂L/∂w₂.
    pub dl_dw2: f64,
}

impl SampleValues {
    /// Forward and back again for the sample (`x`, `y`), whose loss enters L with the factor `scale`.
    pub(super) fn of<A: HiddenUnit, C: Criterion>(at: Point, [x, y]: [f64; 2], scale: f64) -> Self {
        let nodes = A::forward(at.x, at.y, x);
        let loss = C::loss(Jet1::x(nodes.o), y);
        let dl_do = scale * loss.dx;
        let dl_dh = if A::TWO_LAYERS { at.y * dl_do } else { dl_do };
        let dl_du = dl_dh * A::Phi::apply(Jet1::x(nodes.u)).dx;
        let dl_dw2 = if A::TWO_LAYERS { nodes.h * dl_do } else { dl_du };
        Self {
            x,
            y,
            u: nodes.u,
            h: nodes.h,
            o: nodes.o,
            loss: loss.value,
            dl_do,
            dl_dh,
            dl_du,
            dl_dw1: x * dl_du,
            dl_dw2,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::landscapes::{Landscape, networks};
    use crate::numbers::{Point, Vector};

    proptest! {
        #[test]
        fn what_comes_back_adds_up_to_the_gradient(w1 in -4.0..4.0, w2 in -4.0..4.0) {
            let at = Point::new(w1, w2);
            for entry in networks::ENTRIES {
                let loss = Landscape::of(entry);
                let Some(samples) = loss.sampled_loss().and_then(|loss| loss.backprop(at)) else {
                    prop_assert!(entry.id == "depth", "{} has one hidden unit", entry.id);
                    continue;
                };
                let parts: Vec<Vector> = samples.iter().map(|sample| Vector::new(sample.dl_dw1, sample.dl_dw2)).collect();
                let error = parts.iter().sum::<Vector>() - loss.loss().first_order(at).gradient;
                let size = parts.iter().map(Vector::norm).sum::<f64>();
                prop_assert!(error.norm() <= 1e-14 * size, "{} at {at}: {error} of {size}", entry.id);
                let total: f64 = samples.iter().map(|sample| sample.loss).sum();
                let ratio = loss.loss().value(at) / total;
                let expected = if entry.id == "linreg" { 1.0 } else { 1.0 / samples.len() as f64 };
                prop_assert!((ratio / expected - 1.0).abs() < 1e-12, "{} at {at}: sum or mean, {ratio}", entry.id);
            }
        }
    }
}
