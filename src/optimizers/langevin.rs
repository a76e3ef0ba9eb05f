//! Langevin's equation: gradient descent shaken by heat.

use super::optimizer::{Entry, Family, Optimizer, Pace, learning_rate, no_law, suits_all};
use super::schedule::first_order_seeded;
use super::{Ball, Part, Step, Undefined};
use crate::landscapes::{Domain, Oracle, Parameter};
use crate::numbers::{Point, SplitMix64, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "langevin",
    name: "Langevin",
    idea: "Adds a random kick to every step: with heat the ball leaves poor valleys, and never settles in a good one.",
    rule: "w ← w − η∇f + √(2ηT) N",
    reference: "M. Welling and Y. W. Teh, Bayesian learning via stochastic gradient Langevin dynamics (2011)",
    knobs: first_order_seeded![
        learning_rate(0.01),
        Parameter::linear("temperature", "T", 0.05, [0.0, 2.0])
            .told("temperature T", "How hard the kicks are: in the long run a place is visited as often as e⁻ᶠ/ᵀ says.")
            .within(Domain::NotNegative),
    ],
    conditionals: &[],
    family: Family::Random,
    second_order: false,
    unsuited: suits_all,
    rate_law: |_| {
        Err(no_law(
            "no limit: the heat never rests",
            "The track is hatched because the random kicks never let it settle; beyond gradient descent's limit 2/λmax it leaves even without them.",
        ))
    },
    pace: |_| Pace::Gradient(1.0),
    build: |knobs| {
        let mut langevin = Langevin { rate: 0.0, temperature: 0.0, seed: -1.0, random: SplitMix64::new(0) };
        langevin.tune(knobs);
        Box::new(langevin)
    },
};

#[derive(Clone)]
struct Langevin {
    rate: f64,
    temperature: f64,
    seed: f64,
    random: SplitMix64,
}

impl Optimizer for Langevin {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.temperature] = [knobs[0], knobs[1]];
        let seed = knobs[ENTRY.knobs.len() - 1];
        if seed != self.seed {
            self.seed = seed;
            self.random = SplitMix64::new(seed as u64);
        }
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let x = self.random.normal();
        let kick = Vector::new(x, self.random.normal());
        let heat = (2.0 * self.rate * self.temperature).sqrt();
        let parts = [
            Part { name: "−η∇f", factor: -self.rate, vector: gradient },
            Part { name: "√(2ηT) N", factor: heat, vector: kick },
        ];
        Ok(Step::taken(gradient * -self.rate + kick * heat, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let kick = step.parts.last().map_or_else(Vector::zeros, Part::displacement);
        Ball::of_first_part(step).beside("the random kick", kick)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}
