//! Nesterov's momentum in the form of PyTorch, optax and Keras: the stored iterate is the textbook's look-ahead point.

use super::momentum::memory;
use super::optimizer::{Carried, Entry, Family, Optimizer, learning_rate, own_pace, suits_all};
use super::schedule::first_order;
use super::{Ball, Part, Step, Undefined};
use crate::analysis::{RateLaw, Recursion};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "nesterov",
    name: "Nesterov momentum",
    idea: "Looks at the gradient where its velocity is about to carry it: it brakes earlier than the heavy ball.",
    rule: "v ← βv + ∇f,  w ← w − η(∇f + βv)",
    reference: "Y. Nesterov, A method for solving the convex programming problem with convergence rate O(1/k²) (1983); form of I. Sutskever et al. (2013)",
    knobs: first_order![learning_rate(0.02), memory()],
    conditionals: &[],
    family: Family::Momentum,
    second_order: false,
    unsuited: suits_all,
    rate_law: |knobs| {
        Ok(RateLaw { recursion: Recursion::Nesterov { beta: knobs[1] }, words: "2(1+β)/((1+2β)λmax)" })
    },
    pace: own_pace,
    build: |knobs| Box::new(Nesterov { rate: knobs[0], beta: knobs[1], velocity: Vector::zeros() }),
};

#[derive(Clone)]
struct Nesterov {
    rate: f64,
    beta: f64,
    velocity: Vector,
}

impl Optimizer for Nesterov {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.beta] = [knobs[0], knobs[1]];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.velocity = self.velocity * self.beta + gradient;
        let parts = [
            Part { name: "−ηβv", factor: -self.rate * self.beta, vector: self.velocity },
            Part { name: "−η∇f", factor: -self.rate, vector: gradient },
        ];
        Ok(Step::taken((gradient + self.velocity * self.beta) * -self.rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let [velocity, gradient] =
            [0, 1].map(|part| step.parts.get(part).map_or_else(Vector::zeros, |part| part.vector));
        Ball::down("∇f + βv", gradient + velocity * self.beta)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("velocity v", Carried::Vector(self.velocity))]
    }
}
