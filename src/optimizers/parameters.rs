//! The parameters that several methods share.

use super::values::{Count, RealParameter};
use crate::landscapes::{Acts, Parameter, ParameterDomain};

/// The learning rate; how large it is by default each method says.
pub const LEARNING_RATE: RealParameter = RealParameter(&learning_rate(0.1));

/// The rate of the first step, of rules that find their own from then on.
pub(super) const FIRST_RATE: RealParameter = RealParameter(
    &Parameter::log("lr0", "α₀", 1e-3, [1e-5, 1.0])
        .described("step size α₀", "The size of the first step, before there is an estimate."),
);

/// The decay rate of a velocity; how large it is by default each method says.
pub const BETA: RealParameter = RealParameter(&memory(0.9));

/// The seed of everything random in a method.
pub const SEED: Count = Count(&seed(Acts::Always));

/// The pull toward zero, λ.
pub(super) const WEIGHT_DECAY: RealParameter = RealParameter(&weight_decay(0.01));

/// The learning rate with a default.
pub(super) const fn learning_rate(default: f64) -> Parameter {
    Parameter::log("lr", "η", default, [1e-5, 10.0]).described(
        "learning rate",
        "The length of the step as a multiple of the gradient. Drag it and watch where the tangent plane stops being valid.",
    )
}

/// The decay rate of a velocity with a default.
pub(super) const fn memory(default: f64) -> Parameter {
    Parameter::linear("beta", "β", default, [0.0, 0.99])
        .described(
            "momentum β",
            "The momentum coefficient, the share of the velocity that remains after a step: 0 is gradient descent, 0.9 averages about ten steps.",
        )
        .within(ParameterDomain::Fraction)
}

/// The seed, doing something only where `acts` says so.
pub(super) const fn seed(acts: Acts) -> Parameter {
    Parameter::whole("seed", "", 1.0, [0.0, 100.0])
        .described("seed", "The same seed draws the same random numbers, everywhere and always.")
        .acting(acts)
}

/// The pull toward zero with a default.
pub(super) const fn weight_decay(default: f64) -> Parameter {
    Parameter::linear("weight_decay", "λ", default, [0.0, 1.0])
        .described("weight decay λ", "Every step also subtracts the share ηλ of each weight, whatever the gradient.")
        .within(ParameterDomain::NotNegative)
}
