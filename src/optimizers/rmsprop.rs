//! RMSProp: each weight's slope divided by the root of the average of its recent squares.

use super::convention::{PYTORCH, by_convention, convention};
use super::optimizer::{Carried, Entry, Family, Optimizer, Pace, adaptive_law, learning_rate, suits_all};
use super::per_weight::{average, decay, finite, guard, quotient, root, squared};
use super::schedule::first_order;
use super::{Ball, GRADIENT, Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "rmsprop",
    name: "RMSProp",
    idea: "Divides each slope by its recent size: steep and flat directions move alike, the first step is a leap, and near a minimum it keeps jittering.",
    rule: "v ← ρv + (1−ρ)∇f²,  w ← w − η∇f/(√v + ε)",
    reference: "T. Tieleman and G. Hinton, Neural networks for machine learning, lecture 6.5 (2012)",
    knobs: first_order![
        learning_rate(0.01),
        decay("rho", "ρ", 0.99).told("memory ρ", "How much of the average squared gradient is kept from step to step."),
        guard(1e-8),
        convention("Whose form: PyTorch adds ε to the root, optax and Keras inside it; each has its own memory."),
    ],
    conditionals: by_convention! { "lr": [0.01, 0.01, 0.001], "rho": [0.99, 0.9, 0.9], "eps": [1e-8, 1e-8, 1e-7] },
    family: Family::Adaptive,
    second_order: false,
    unsuited: suits_all,
    rate_law: adaptive_law,
    // The first step is η/√(1−ρ) long: a twentieth of the region.
    pace: |knobs| Pace::Region((1.0 - knobs[1]).sqrt() / 20.0),
    build: |knobs| {
        let mut rmsprop = RmsProp::default();
        rmsprop.tune(knobs);
        Box::new(rmsprop)
    },
};

#[derive(Clone, Default)]
struct RmsProp {
    rate: f64,
    rho: f64,
    eps: f64,
    /// Whether ε stands inside the root.
    inside: bool,
    square: Vector,
}

impl RmsProp {
    fn root_name(&self) -> &'static str {
        if self.inside { "√(v + ε)" } else { "√v + ε" }
    }

    fn root(&self) -> Vector {
        root(self.square, self.eps, self.inside)
    }
}

impl Optimizer for RmsProp {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.rho, self.eps] = [knobs[0], knobs[1], knobs[2]];
        self.inside = knobs[3] != PYTORCH;
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.square = finite(average(self.square, squared(gradient), self.rho))?;
        let name = if self.inside { "−η∇f/√(v+ε)" } else { "−η∇f/(√v+ε)" };
        Ok(Step::single(name, -self.rate, quotient(gradient, self.root())))
    }

    fn ball(&self, step: &Step) -> Ball {
        let root = self.root();
        let slopes = Ball::of_first_part(step).vector.component_mul(&root);
        Ball::down(GRADIENT, slopes).by_divisors(self.root_name(), root)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("average square v", Carried::Vector(self.square))]
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        vec![(self.root_name(), Carried::Vector(self.root()))]
    }
}
