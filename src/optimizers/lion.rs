//! Lion: the sign of a mixture of memory and gradient.

use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::oscillating_law;
use super::moments::DECAY_NAME;
use super::parameters::{WEIGHT_DECAY, learning_rate, weight_decay};
use super::per_weight::{average, decay};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::values::RealParameter;
use super::{
    AVERAGE, Ball, Carried, Family, GradientSum, LEARNING_RATE, Method, MethodNeeds, Metric, Motion, Operations,
    Optimizer, Order, Part, Quantities, Quantity, Recurrence, Shows, Step, StepScale, Storage, Undefined, Uphill,
    Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

const BETA1: RealParameter = RealParameter(
    &decay("beta1", "β₁", 0.9)
        .described("decay rate β₁", "The weight of the average m in the update, beside the newest gradient."),
);
const BETA2: RealParameter =
    RealParameter(&decay("beta2", "β₂", 0.99).described("decay rate β₂", "The decay rate of the average gradient m."));

/// The mixture of average and newest gradient.
const MIXTURE: Quantity = Quantity::new("interpolation c", "c");

pub(super) static ENTRY: Method = Method {
    id: "lion",
    name: "Lion",
    brief: "Lion",
    idea: "Takes the sign of a mean of momentum and gradient: every weight moves by exactly η, so it oscillates around the minimum.",
    rule: "c = β₁m + (1−β₁)∇f,  w ← w − η(sign(c) + λw),  m ← β₂m + (1−β₂)∇f",
    reference: "X. Chen et al., Symbolic discovery of optimization algorithms (2023), arXiv:2302.06675",
    parameters: first_order![learning_rate(0.01), BETA1.parameter(), BETA2.parameter(), weight_decay(0.0)],
    conditionals: &[],
    family: Family::Momentum,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Interpolate it with the average m", Shows::Slope(MIXTURE)),
        phase("Take the signs: every weight moves by η", Shows::Part(0)),
        phase("Weight decay: shrink every weight by the share ηλ", Shows::Part(1)),
        phase("Update the average m for the next step", Shows::Slope(AVERAGE)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(1),
    operations: |_| Operations::vectors(8.0),
    batch: None,
    gradient_sum: Some(GradientSum {
        coefficient: BETA2,
        initial: None,
        recurrence: |values, _| Recurrence::average(values.get(BETA2)),
        motion: Motion::Signs,
        old_is_first_part: false,
    }),
    uphill: &[Uphill::MemoryAndGradient, Uphill::DECAY],
    evaluations_per_step: 1,
    stability_bound: oscillating_law,
    // Its authors advise a rate three to ten times smaller than Adam's.
    step_scale: |_| StepScale::Frame(0.005),
    build: |values| {
        let mut lion = Lion::default();
        lion.tune(values);
        Box::new(lion)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic), values, packs)),
};

/// Each weight carries its average.
#[derive(Clone)]
struct Arithmetic;

impl PerWeightKernel<4, 1> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 4] {
        [values.get(LEARNING_RATE), values.get(BETA1), values.get(BETA2), values.get(WEIGHT_DECAY)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, [_, beta1, beta2, decay]: &[T; 4], [mean]: &mut [T; 1], weight: T, slope: T) -> T {
        let mixture = average(*mean, slope, *beta1);
        *mean = average(*mean, slope, *beta2);
        mixture.sign() + weight * *decay
    }
}

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
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.decay] = [values.get(LEARNING_RATE), values.get(WEIGHT_DECAY)];
        [self.beta1, self.beta2] = [values.get(BETA1), values.get(BETA2)];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let weights = oracle.dimension().part(at.coords);
        self.mixture = self.mean.zip_map(&gradient, |mean, slope| average(mean, slope, self.beta1));
        let numbers = [self.rate, self.beta1, self.beta2, self.decay];
        let direction = alone(&Each(Arithmetic), numbers, [&mut self.mean], weights.into(), gradient);
        let signs = self.mixture.map(Real::sign);
        let parts = [
            Part { name: "−η sign(c)", factor: -self.rate, vector: signs },
            Part { name: "−ηλw", factor: -self.rate * self.decay, vector: weights },
        ];
        Ok(Step::taken(direction * -self.rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let decay = step.parts.last().map_or_else(Vector::zeros, Part::displacement);
        Ball { metric: Metric::LargestWeight, ..Ball::down("c", self.mixture) }.beside(DECAY_NAME, decay)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(AVERAGE, Carried::Vector(self.mean))]
    }

    fn working(&self) -> Quantities {
        vec![(MIXTURE, Carried::Vector(self.mixture))]
    }
}
