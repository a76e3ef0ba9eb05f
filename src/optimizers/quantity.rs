//! The quantities of a rule by typed ids: what a number or vector is, how it is called, and its part in the method.

use super::Carried;
use crate::numbers::Vector;

/// A quantity that a rule carries or computes; two are the same if all that is known of them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What it is called in full: `velocity v`.
    pub name: &'static str,
    /// What it is called in the rule: `v`.
    pub symbol: &'static str,
    /// Its part in the method.
    pub role: Role,
    /// Whether the step uses the value from before it (true), or the one that it renews.
    pub is_of_before: bool,
}

/// The part that a quantity plays in a method, as far as the views of all methods need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// None that other code knows.
    Plain,
    /// The sum of the gradients met, each with its weight: a velocity or an average.
    GradientSum,
    /// The direction of which the step is a multiple.
    Direction,
    /// What the first part of the step is divided by, or multiplied with, weight by weight.
    Scaling,
    /// What is added to every curvature.
    Damping,
    /// How many pairs of steps and changes of the gradient are kept.
    Pairs,
    /// The learning rate that a schedule gives to the step.
    Rate,
    /// The multiple of its direction that a line search takes.
    Multiple,
}

/// The quantities of a rule, each with its value.
pub type Quantities = Vec<(Quantity, Carried)>;

impl Quantity {
    /// A quantity without a role in other code, whose value after the step is the one to show.
    pub(super) const fn new(name: &'static str, symbol: &'static str) -> Self {
        Self { name, symbol, role: Role::Plain, is_of_before: false }
    }

    /// This quantity with a part in the method.
    pub(super) const fn playing(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// This quantity, of which the value before the step is the one to show.
    pub(super) const fn of_before(self) -> Self {
        Self { is_of_before: true, ..self }
    }

    /// What weights are divided by, written as its root.
    pub(super) const fn root(name: &'static str) -> Self {
        Self::new(name, name).playing(Role::Scaling)
    }
}

/// The velocity, Σ βᵏ∇f.
pub const VELOCITY: Quantity = Quantity::new("velocity v", "v").playing(Role::GradientSum);
/// The moving average of the gradients.
pub const AVERAGE: Quantity = Quantity::new("average m", "m").playing(Role::GradientSum);
/// That average without its bias.
pub const CORRECTED_AVERAGE: Quantity = Quantity::new("m̂", "m̂");
/// The moving average of the squared gradients.
pub(super) const AVERAGE_SQUARE: Quantity = Quantity::new("average square v", "v");
/// The direction that a line search goes along.
pub(super) const DIRECTION: Quantity = Quantity::new("direction p", "p").playing(Role::Direction);
/// The multiple of the direction that a line search takes.
pub(super) const SCALE: Quantity = Quantity::new("α", "α").playing(Role::Multiple);
/// The learning rate of the step.
pub(super) const RATE_OF_STEP: Quantity =
    Quantity::new("learning rate η of this step", "learning rate η of this step").playing(Role::Rate);
/// The learning rates of both weights in the step, where each has its own.
pub(super) const RATES_OF_WEIGHTS: Quantity = Quantity::new("rates of the weights η₁, η₂", "η₁, η₂");

/// The value of a quantity.
pub fn value_of(quantities: &[(Quantity, Carried)], quantity: Quantity) -> Option<&Carried> {
    quantities.iter().find(|(other, _)| *other == quantity).map(|(_, carried)| carried)
}

/// The value of the first quantity that plays a part.
pub fn playing(quantities: &[(Quantity, Carried)], role: Role) -> Option<&Carried> {
    quantities.iter().find(|(other, _)| other.role == role).map(|(_, carried)| carried)
}

/// The sum of the gradients met, each with its weight, among what a rule carries: its velocity or its average.
pub fn sum_of_gradients(state: &[(Quantity, Carried)]) -> Option<Vector> {
    match playing(state, Role::GradientSum) {
        Some(Carried::Vector(vector)) => Some(*vector),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{Choice, ENTRIES};

    #[test]
    fn the_quantities_of_a_method_have_different_names() {
        for entry in ENTRIES {
            let state = Choice::of(entry).build().state();
            let mut names: Vec<&str> = state.iter().map(|(quantity, _)| quantity.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), state.len(), "{}: {names:?}", entry.id);
            let sums = state.iter().filter(|(quantity, _)| quantity.role == Role::GradientSum);
            for (quantity, carried) in sums {
                assert!(matches!(carried, Carried::Vector(_)), "{}: {} is a vector", entry.id, quantity.name);
            }
        }
    }
}
