//! What Adam and its kin share: moving averages of the gradient and of its square, without their bias, and the knobs.

use super::convention::KERAS;
use super::optimizer::{Carried, Pace, learning_rate};
use super::per_weight::{average, decay, finite, guard, quotient, squared};
use super::{Ball, Undefined};
use crate::landscapes::{Domain, Parameter};
use crate::numbers::Vector;

/// The knobs of all of them, in the order [`Moments::tune`] takes them; the convention stands between the last two.
pub(super) const KNOBS: [Parameter; 5] = [
    learning_rate(0.05),
    decay("beta1", "β₁", 0.9).told("memory β₁", "How much of the average gradient is kept from step to step."),
    decay("beta2", "β₂", 0.999)
        .told("memory β₂", "How much of the average squared gradient is kept from step to step."),
    guard(1e-8),
    Parameter::choice("bias_correction", &["false", "true"], 1)
        .told("bias correction", "Divides the averages by 1−βᵗ, as they began at zero."),
];

/// The first steps are η along each axis: sixty of them go from side to side of the region.
pub(super) const PACE: Pace = Pace::Region(1.0 / 60.0);

/// The knobs of all of them, with what the convention means for this one, and the knobs that are its own.
macro_rules! kin_of_adam {
    ($convention:literal $(, $own:expr)* $(,)?) => {{
        use $crate::optimizers::convention::convention;
        use $crate::optimizers::moments::KNOBS as SHARED;
        use $crate::optimizers::schedule::first_order;
        first_order![SHARED[0], SHARED[1], SHARED[2], SHARED[3], convention($convention), SHARED[4] $(, $own)*]
    }};
}

pub(super) use kin_of_adam;

/// The pull toward zero, λ.
pub(super) const fn weight_decay(default: f64, range: [f64; 2]) -> Parameter {
    Parameter::linear("weight_decay", "λ", default, range)
        .told("weight decay λ", "Every step also takes away the share ηλ of each weight, whatever the slope.")
        .within(Domain::NotNegative)
}

/// How that pull is called.
pub(super) const WEIGHT_DECAY: &str = "weight decay";

/// The averages and the numbers they are used with.
#[derive(Clone, Default)]
pub(super) struct Moments {
    pub(super) rate: f64,
    pub(super) beta1: f64,
    beta2: f64,
    eps: f64,
    pub(super) convention: f64,
    pub(super) corrects: bool,
    /// m, the average gradient.
    pub(super) mean: Vector,
    /// v, the average squared gradient.
    pub(super) square: Vector,
    /// t, how many gradients have been taken in.
    pub(super) steps: i32,
}

impl Moments {
    /// Takes over the shared knobs, which stand first.
    pub(super) fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.beta1, self.beta2, self.eps, self.convention] =
            [knobs[0], knobs[1], knobs[2], knobs[3], knobs[4]];
        self.corrects = knobs[5] == 1.0;
    }

    /// Takes in a gradient; as it was where the average of its square is no finite number.
    pub(super) fn take_in(&mut self, gradient: Vector) -> Result<(), Undefined> {
        self.square = finite(average(self.square, squared(gradient), self.beta2))?;
        self.mean = average(self.mean, gradient, self.beta1);
        self.steps = self.steps.saturating_add(1);
        Ok(())
    }

    /// What an average that began at zero has to be divided by: 1 − βᵗ, or 1 without correction.
    fn bias(&self, beta: f64) -> f64 {
        if self.corrects { 1.0 - libm::pow(beta, f64::from(self.steps)) } else { 1.0 }
    }

    /// m̂.
    pub(super) fn mean_hat(&self) -> Vector {
        self.mean / self.bias(self.beta1)
    }

    /// v̂.
    pub(super) fn square_hat(&self) -> Vector {
        self.square / self.bias(self.beta2)
    }

    /// √v̂ + ε for a v that has been corrected.
    pub(super) fn root(&self, square_hat: Vector) -> Vector {
        square_hat.map(|square| square.sqrt() + self.eps)
    }

    /// √v̂ + ε for a v that has not; Keras adds ε first and corrects then.
    pub(super) fn corrected_root(&self, square: Vector) -> Vector {
        let bias = self.bias(self.beta2);
        if self.convention == KERAS { self.root(square) / bias.sqrt() } else { self.root(square / bias) }
    }

    /// m̂/(√v̂ + ε).
    pub(super) fn direction(&self, root: Vector) -> Vector {
        quotient(self.mean_hat(), root)
    }

    /// m and v.
    pub(super) fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("average m", Carried::Vector(self.mean)), ("average square v", Carried::Vector(self.square))]
    }

    /// Down the plane of m̂, a step being measured by the root that divides it.
    pub(super) fn ball(&self, name: &'static str, root: Vector) -> Ball {
        Ball::down(if self.corrects { "m̂" } else { "m" }, self.mean_hat()).by_divisors(name, root)
    }

    /// m̂ and the root it is divided by; nothing before the first step.
    pub(super) fn working(&self, name: &'static str, root: Vector) -> Vec<(&'static str, Carried)> {
        if self.steps == 0 {
            return Vec::new();
        }
        vec![("m̂", Carried::Vector(self.mean_hat())), (name, Carried::Vector(root))]
    }
}
