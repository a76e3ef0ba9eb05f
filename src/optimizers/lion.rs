//! Lion: the sign of a mixture of memory and gradient.

use super::moments::{WEIGHT_DECAY, weight_decay};
use super::optimizer::{Carried, Entry, Family, Optimizer, Pace, hopping_law, learning_rate, suits_all};
use super::per_weight::{average, decay};
use super::schedule::first_order;
use super::{Ball, Metric, Part, Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "lion",
    name: "Lion",
    idea: "Mixes memory and gradient and keeps only the signs: every weight moves by exactly η, past the minimum and back again.",
    rule: "c = β₁m + (1−β₁)∇f,  w ← w − η(sign(c) + λw),  m ← β₂m + (1−β₂)∇f",
    reference: "X. Chen et al., Symbolic discovery of optimization algorithms (2023), arXiv:2302.06675",
    knobs: first_order![
        learning_rate(0.01),
        decay("beta1", "β₁", 0.9)
            .told("memory β₁", "How much the average counts in the step's direction, beside the newest gradient."),
        decay("beta2", "β₂", 0.99).told("memory β₂", "How much of the average gradient is kept from step to step."),
        weight_decay(0.0, [0.0, 1.0]),
    ],
    conditionals: &[],
    family: Family::Momentum,
    second_order: false,
    unsuited: suits_all,
    rate_law: hopping_law,
    // Its authors advise a rate three to ten times smaller than Adam's.
    pace: |_| Pace::Region(0.005),
    build: |knobs| {
        let mut lion = Lion::default();
        lion.tune(knobs);
        Box::new(lion)
    },
};

#[derive(Clone, Default)]
struct Lion {
    rate: f64,
    beta1: f64,
    beta2: f64,
    decay: f64,
    mean: Vector,
    /// c of the last step.
    mixture: Vector,
}

impl Optimizer for Lion {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.beta1, self.beta2, self.decay] = [knobs[0], knobs[1], knobs[2], knobs[3]];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.mixture = average(self.mean, gradient, self.beta1);
        self.mean = average(self.mean, gradient, self.beta2);
        let signs = self.mixture.map(Real::sign);
        let parts = [
            Part { name: "−η sign(c)", factor: -self.rate, vector: signs },
            Part { name: "−ηλw", factor: -self.rate * self.decay, vector: at.coords },
        ];
        Ok(Step::taken((signs + at.coords * self.decay) * -self.rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let decay = step.parts.last().map_or_else(Vector::zeros, Part::displacement);
        Ball { metric: Metric::LargestWeight, ..Ball::down("c", self.mixture) }.beside(WEIGHT_DECAY, decay)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("average m", Carried::Vector(self.mean))]
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        vec![("mixture c", Carried::Vector(self.mixture))]
    }
}
