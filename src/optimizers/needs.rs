//! What a method needs of a landscape beyond values and derivatives.

use crate::landscapes::Landscape;

/// What a landscape must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodNeeds {
    /// Samples to draw batches from.
    pub samples: bool,
    /// A likelihood of classes, the loss being its negative logarithm: cross-entropy.
    pub likelihood: bool,
}

impl MethodNeeds {
    /// Nothing: it walks on any landscape.
    pub(super) const NOTHING: Self = Self { samples: false, likelihood: false };

    /// The requirement that a landscape does not meet, as it follows the method's name; `None` if it meets all.
    pub(super) fn unmet_on(self, landscape: &Landscape) -> Option<&'static str> {
        let loss = landscape.sampled_loss();
        if self.samples && loss.is_none() {
            return Some("needs samples to draw from: choose a network");
        }
        // A landscape with a likelihood of classes knows the probability that an output stands for.
        if self.likelihood && loss.and_then(|loss| loss.probability(0.0)).is_none() {
            return Some("needs a probability: choose the logistic network, or type one with cross-entropy");
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landscape_says_what_it_has() {
        for (text, samples, likelihood) in [
            ("bowl", false, false),
            ("formula:x^2+y^2", false, false),
            ("tanh2", true, false),
            ("logistic", true, true),
            ("network:w2 tanh(w1 x),loss=ce", true, true),
            ("network:w1 x + w2,loss=ce", true, true),
            ("network:w2 tanh(w1 x),loss=mse", true, false),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            let has = |needs: MethodNeeds| needs.unmet_on(&landscape).is_none();
            assert!(has(MethodNeeds::NOTHING), "{text}: nothing is needed");
            assert_eq!(has(MethodNeeds { samples: true, ..MethodNeeds::NOTHING }), samples, "{text}: samples");
            assert_eq!(
                has(MethodNeeds { likelihood: true, ..MethodNeeds::NOTHING }),
                likelihood,
                "{text}: a likelihood"
            );
        }
    }
}
