//! AdaGrad: each weight's slope divided by the root of the sum of all its squares so far.

use super::convention::{PYTORCH, by_convention, convention};
use super::optimizer::{Carried, Entry, Family, Optimizer, Pace, adaptive_law, learning_rate, suits_all};
use super::per_weight::{finite, guard, quotient, root, squared};
use super::schedule::first_order;
use super::{Ball, GRADIENT, Step, Undefined};
use crate::landscapes::{Domain, Oracle, Parameter};
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "adagrad",
    name: "AdaGrad",
    idea: "The more slope a weight has seen, the smaller its steps: steep directions calm down first, and in the end it hardly moves.",
    rule: "G ← G + ∇f²,  w ← w − η∇f/(√G + ε)",
    reference: "J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods for online learning and stochastic optimization (2011)",
    knobs: first_order![
        learning_rate(0.01),
        Parameter::linear("init", "G₀", 0.0, [0.0, 1.0])
            .told("first sum G₀", "What the sum of squares begins with: it makes the first steps smaller.")
            .within(Domain::NotNegative),
        guard(1e-10),
        convention("Whose form: PyTorch adds ε to the root, optax and Keras inside it; each begins with its own sum."),
    ],
    conditionals: by_convention! { "lr": [0.01, 0.1, 0.001], "init": [0.0, 0.1, 0.1], "eps": [1e-10, 1e-7, 1e-7] },
    family: Family::Adaptive,
    second_order: false,
    unsuited: suits_all,
    rate_law: adaptive_law,
    // On an even slope 200 steps go 2√200 ≈ 28 times η: across the region and no further.
    pace: |_| Pace::Region(0.05),
    build: |knobs| {
        let mut adagrad = AdaGrad { sum: Vector::repeat(knobs[1]), ..AdaGrad::default() };
        adagrad.tune(knobs);
        Box::new(adagrad)
    },
};

#[derive(Clone, Default)]
struct AdaGrad {
    rate: f64,
    eps: f64,
    /// Whether ε stands inside the root.
    inside: bool,
    sum: Vector,
}

impl AdaGrad {
    fn root_name(&self) -> &'static str {
        if self.inside { "√(G + ε)" } else { "√G + ε" }
    }

    fn root(&self) -> Vector {
        root(self.sum, self.eps, self.inside)
    }
}

impl Optimizer for AdaGrad {
    /// The first sum is where the state began: changing it on the way changes nothing.
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.eps] = [knobs[0], knobs[2]];
        self.inside = knobs[3] != PYTORCH;
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.sum = finite(self.sum + squared(gradient))?;
        let name = if self.inside { "−η∇f/√(G+ε)" } else { "−η∇f/(√G+ε)" };
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
        vec![("sum of squares G", Carried::Vector(self.sum))]
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        vec![(self.root_name(), Carried::Vector(self.root()))]
    }
}
