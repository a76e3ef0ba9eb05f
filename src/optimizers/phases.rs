//! What happens inside a step, in the order in which it happens: a caption, and what there is to be seen.
//!
//! Each method lists its own phases; those that several have stand here.

use super::Quantity;
use super::quantity::{AVERAGE, AVERAGE_SQUARE, CORRECTED_AVERAGE};

/// One thing that a rule does within a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// What it does, in a few words.
    pub caption: &'static str,
    /// What is to be seen of it.
    pub shows: Shows,
}

/// What is to be seen of a phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shows {
    /// The gradient at the iterate, as the method receives it.
    Gradient,
    /// A direction in units of the slope: an average, a gradient of a batch.
    Slope(Quantity),
    /// A direction in units of the slope, left out where it equals the second quantity: a correction that corrects nothing.
    Corrected(Quantity, Quantity),
    /// A gradient that was taken elsewhere, and the way there.
    SlopeAt(Quantity, Quantity),
    /// A displacement that is computed on the way.
    Way(Quantity),
    /// Numbers alone; the first of these that the rule tells.
    Numbers(&'static [Quantity]),
    /// What the rule carries that has a shape, as it was before the step.
    Shape(Quantity),
    /// The quadratic model.
    Quadratic,
    /// A circle around the iterate, as large as the step.
    Circle,
    /// What a step of one part multiplies: the solution of its equation.
    Solution,
    /// A part of the step, by its place.
    Part(usize),
    /// Everything that is tried; what is said where it is refused, and where it is accepted.
    Trials([&'static str; 2]),
    /// The share of its prediction that the step has kept, where the rule looks at it.
    Kept,
    /// The end of the step.
    Move,
}

/// A phase that one method has.
pub(super) const fn phase(caption: &'static str, shows: Shows) -> Phase {
    Phase { caption, shows }
}

pub(super) const ASK_GRADIENT: Phase =
    phase("Evaluate the gradient: ∇f points uphill, its length is the slope", Shows::Gradient);
pub(super) const ASK_CURVATURE: Phase =
    phase("Evaluate the Hessian: gradient and Hessian give the quadratic model", Shows::Quadratic);
pub(super) const DOWNHILL: Phase = phase("Multiply the negative gradient by the learning rate", Shows::Part(0));
pub(super) const RENEW_AVERAGE: Phase = phase("Average the gradient: m ← β₁m + (1−β₁)∇f", Shows::Slope(AVERAGE));
pub(super) const RENEW_AVERAGE_SQUARE: Phase =
    phase("Average its square, elementwise: v ← β₂v + (1−β₂)∇f²", Shows::Numbers(&[AVERAGE_SQUARE]));
pub(super) const CORRECT_BIAS: Phase = phase(
    "Correct the bias: divide the averages, which start at zero, by 1−βᵗ",
    Shows::Corrected(CORRECTED_AVERAGE, AVERAGE),
);
pub(super) const DIVIDE: Phase = phase("Divide elementwise by the root, and multiply by −η", Shows::Part(0));
pub(super) const HALVING: Phase =
    phase("Try α = {}", Shows::Trials(["not low enough: halve it", "low enough: take it"]));
pub(super) const SHORTENING: Phase =
    phase("Try α = {}", Shows::Trials(["not low enough: shorter", "low enough: take it"]));
pub(super) const EXACT: Phase =
    phase("Evaluate at α = {}", Shows::Trials(["further along the line", "the first minimum on the line"]));
pub(super) const TRY: Phase = phase("Evaluate the loss there", Shows::Trials(["refused", "accepted"]));
pub(super) const KEPT: Phase = phase("Compare: ρ = actual / predicted", Shows::Kept);
pub(super) const MOVE: Phase = phase("Move", Shows::Move);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::ENTRIES;

    #[test]
    fn every_rule_is_described_from_inside_and_ends_with_its_move() {
        for entry in ENTRIES {
            let phases = entry.phases;
            assert!(phases.len() >= 3 && phases.last() == Some(&MOVE), "{}: {phases:?}", entry.id);
            assert_eq!(phases.iter().filter(|phase| phase.shows == Shows::Move).count(), 1, "{}: once", entry.id);
        }
    }
}
