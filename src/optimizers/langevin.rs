//! Langevin's equation: gradient descent with thermal noise.

use super::method::no_law;
use super::parameters::learning_rate;
use super::phases::{ASK_GRADIENT, DOWNHILL, MOVE, phase};
use super::schedule::first_order_seeded;
use super::values::RealParameter;
use super::{
    Ball, Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Part, SEED, Shows, Step, StepScale,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, SplitMix64, Vector};

/// T, how hard the random kicks are.
const TEMPERATURE: RealParameter = RealParameter(
    &Parameter::linear("temperature", "T", 0.05, [0.0, 2.0])
        .described(
            "temperature T",
            "The strength of the noise: in the long run points are visited with density proportional to exp(−f/T).",
        )
        .within(ParameterDomain::NotNegative),
);

pub(super) static ENTRY: Method = Method {
    id: "langevin",
    name: "Langevin",
    brief: "Langevin",
    idea: "Adds Gaussian noise to every step: at a high temperature it leaves poor local minima, and it never settles in a good one.",
    rule: "w ← w − η∇f + √(2ηT) N",
    reference: "M. Welling and Y. W. Teh, Bayesian learning via stochastic gradient Langevin dynamics (2011)",
    parameters: first_order_seeded![learning_rate(0.01), TEMPERATURE.parameter()],
    conditionals: &[],
    family: Family::Random,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[ASK_GRADIENT, DOWNHILL, phase("Add Gaussian noise of standard deviation √(2ηT)", Shows::Part(1)), MOVE],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(6.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient, Uphill::Because("Random noise carries the step uphill.")],
    evaluations_per_step: 1,
    stability_bound: |_| {
        Err(no_law(
            "no limit: the noise never vanishes",
            "The track is hatched because the noise never lets it settle; beyond gradient descent's limit 2/λmax it diverges even without noise.",
        ))
    },
    step_scale: |_| StepScale::Gradient(1.0),
    build: |values| {
        let mut langevin = Langevin { rate: 0.0, temperature: 0.0, seed: None, random: SplitMix64::new(0) };
        langevin.tune(values);
        Box::new(langevin)
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct Langevin {
    rate: f64,
    temperature: f64,
    seed: Option<usize>,
    random: SplitMix64,
}

impl Optimizer for Langevin {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.temperature] = [values.get(LEARNING_RATE), values.get(TEMPERATURE)];
        let seed = values.get(SEED);
        if self.seed != Some(seed) {
            self.seed = Some(seed);
            self.random = SplitMix64::new(seed as u64);
        }
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let kick = oracle.normals(&mut self.random);
        let heat = (2.0 * self.rate * self.temperature).sqrt();
        let parts = [
            Part { name: "−η∇f", factor: -self.rate, vector: gradient },
            Part { name: "√(2ηT) N", factor: heat, vector: kick },
        ];
        Ok(Step::taken(gradient * -self.rate + kick * heat, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let kick = step.parts.last().map_or_else(Vector::zeros, Part::displacement);
        Ball::of_first_part(step).beside("the noise", kick)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}
