//! Adam: momentum, divided weight by weight by the root of the average squared gradient.

use super::optimizer::{Carried, Conditional, Entry, Family, Optimizer, learning_rate, no_rate_law, suits_all};
use super::schedule::first_order;
use super::{Step, Undefined};
use crate::landscapes::{Domain, Oracle, Parameter};
use crate::numbers::{Point, Vector};

const KERAS: f64 = 2.0;

pub(super) static ENTRY: Entry = Entry {
    id: "adam",
    name: "Adam",
    idea: "Gives each weight its own rate, so that steep and flat directions move alike: its first step is η along each axis.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  w ← w − η m̂/(√v̂ + ε)",
    reference: "D. P. Kingma and J. Ba, Adam: a method for stochastic optimization (2015), arXiv:1412.6980",
    knobs: first_order![
        learning_rate(0.05),
        decay("beta1", "β₁", 0.9).told("memory β₁", "How much of the average gradient is kept from step to step."),
        decay("beta2", "β₂", 0.999)
            .told("memory β₂", "How much of the average squared gradient is kept from step to step."),
        Parameter::log("eps", "ε", 1e-8, [1e-12, 1e-1])
            .told("guard ε", "Keeps the division from exploding where gradients have been tiny.")
            .within(Domain::NotNegative),
        Parameter::choice("convention", &["pytorch", "optax", "keras"], 0)
            .told("convention", "Whose form: Keras adds ε before the bias correction, PyTorch and optax after it."),
        Parameter::choice("bias_correction", &["false", "true"], 1)
            .told("bias correction", "Divides the averages by 1−βᵗ, as they began at zero."),
    ],
    conditionals: &[
        Conditional { when: ("convention", 0.0), knob: "eps", default: 1e-8 },
        Conditional { when: ("convention", 1.0), knob: "eps", default: 1e-8 },
        Conditional { when: ("convention", KERAS), knob: "eps", default: 1e-7 },
    ],
    family: Family::Adaptive,
    second_order: false,
    unsuited: suits_all,
    rate_law: no_rate_law,
    build: |knobs| {
        let mut adam = Adam::default();
        adam.tune(knobs);
        Box::new(adam)
    },
};

const fn decay(name: &'static str, symbol: &'static str, default: f64) -> Parameter {
    Parameter::linear(name, symbol, default, [0.0, 0.9999]).within(Domain::Fraction)
}

#[derive(Clone, Default)]
struct Adam {
    rate: f64,
    beta1: f64,
    beta2: f64,
    eps: f64,
    keras: bool,
    corrects: bool,
    mean: Vector,
    square: Vector,
    steps: i32,
}

impl Adam {
    /// The divisors 1 − βᵗ of the two averages; 1 without correction.
    fn biases(&self) -> [f64; 2] {
        if !self.corrects {
            return [1.0, 1.0];
        }
        let steps = f64::from(self.steps);
        [1.0 - libm::pow(self.beta1, steps), 1.0 - libm::pow(self.beta2, steps)]
    }

    fn direction(&self) -> Vector {
        let [bias1, bias2] = self.biases();
        self.mean.zip_map(&self.square, |mean, square| {
            let root =
                if self.keras { (square.sqrt() + self.eps) / bias2.sqrt() } else { (square / bias2).sqrt() + self.eps };
            // Without a guard, a weight that has never had a gradient does not move.
            if mean == 0.0 { 0.0 } else { mean / bias1 / root }
        })
    }
}

impl Optimizer for Adam {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.beta1, self.beta2, self.eps] = [knobs[0], knobs[1], knobs[2], knobs[3]];
        self.keras = knobs[4] == KERAS;
        self.corrects = knobs[5] == 1.0;
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.mean = self.mean * self.beta1 + gradient * (1.0 - self.beta1);
        self.square = self.square * self.beta2 + gradient.component_mul(&gradient) * (1.0 - self.beta2);
        self.steps = self.steps.saturating_add(1);
        Ok(Step::single("−η m̂/(√v̂+ε)", -self.rate, self.direction()))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("average m", Carried::Vector(self.mean)), ("average square v", Carried::Vector(self.square))]
    }
}
