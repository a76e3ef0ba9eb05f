//! Adadelta: RMSProp whose rate is the size of its own recent steps.

use super::convention::{by_convention, convention};
use super::optimizer::{Carried, Entry, Family, Optimizer, adaptive_law, learning_rate, own_pace, suits_all};
use super::per_weight::{average, decay, finite, guard, quotient, root, squared};
use super::schedule::first_order;
use super::{Ball, GRADIENT, Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "adadelta",
    name: "Adadelta",
    idea: "Needs no learning rate, as its steps are as large as its last ones: it sets off very slowly and gains speed by itself.",
    rule: "v ← ρv + (1−ρ)∇f²,  d = √(u+ε)/√(v+ε) ∇f,  u ← ρu + (1−ρ)d²,  w ← w − ηd",
    reference: "M. D. Zeiler, ADADELTA: an adaptive learning rate method (2012), arXiv:1212.5701",
    knobs: first_order![
        learning_rate(1.0),
        decay("rho", "ρ", 0.9).told("memory ρ", "How much of the average squares is kept from step to step."),
        guard(1e-6).told(
            "guard ε",
            "Keeps the division from exploding, and is all that the first step has to go by: larger is faster."
        ),
        convention("Whose defaults: the rule is the same."),
    ],
    conditionals: by_convention! { "lr": [1.0, 1.0, 0.001], "rho": [0.9, 0.9, 0.95], "eps": [1e-6, 1e-6, 1e-7] },
    family: Family::Adaptive,
    second_order: false,
    unsuited: suits_all,
    rate_law: adaptive_law,
    pace: own_pace,
    build: |knobs| {
        let mut adadelta = Adadelta::default();
        adadelta.tune(knobs);
        Box::new(adadelta)
    },
};

#[derive(Clone, Default)]
struct Adadelta {
    rate: f64,
    rho: f64,
    eps: f64,
    /// v, the average squared gradient.
    slopes: Vector,
    /// u, the average square of d, which is the step without η.
    steps: Vector,
    /// √(u+ε)/√(v+ε) of the last step.
    rates: Vector,
}

impl Optimizer for Adadelta {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.rho, self.eps] = [knobs[0], knobs[1], knobs[2]];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.slopes = finite(average(self.slopes, squared(gradient), self.rho))?;
        self.rates = quotient(root(self.steps, self.eps, true), root(self.slopes, self.eps, true));
        let step = self.rates.component_mul(&gradient);
        self.steps = average(self.steps, squared(step), self.rho);
        Ok(Step::single("−ηd", -self.rate, step))
    }

    fn ball(&self, step: &Step) -> Ball {
        let slopes = quotient(Ball::of_first_part(step).vector, self.rates);
        Ball::down(GRADIENT, slopes).by_divisors("√(v+ε)/√(u+ε)", quotient(Vector::repeat(1.0), self.rates))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("average square v", Carried::Vector(self.slopes)), ("average square step u", Carried::Vector(self.steps))]
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        vec![("√(u+ε)/√(v+ε)", Carried::Vector(self.rates))]
    }
}
