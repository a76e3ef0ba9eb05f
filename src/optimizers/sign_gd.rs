//! Sign descent: of every slope only whether it rises or falls.

use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::oscillating_law;
use super::parameters::learning_rate;
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::{
    Ball, Family, LEARNING_RATE, Method, MethodNeeds, Metric, Operations, Optimizer, Order, Shows, Step, StepScale,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

pub(super) static ENTRY: Method = Method {
    id: "sign_gd",
    name: "Sign descent",
    brief: "Sign",
    idea: "Moves every weight by exactly η, whatever the slope: it goes along diagonals and in the end oscillates.",
    rule: "w ← w − η sign(∇f)",
    reference: "J. Bernstein et al., signSGD: compressed optimisation for non-convex problems (2018), arXiv:1802.04434",
    parameters: first_order![learning_rate(0.05)],
    conditionals: &[],
    family: Family::Gradient,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[ASK_GRADIENT, phase("Take the signs: every weight moves by η", Shows::Part(0)), MOVE],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(2.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: oscillating_law,
    // A hundred steps from side to side, and then steps of that size.
    step_scale: |_| StepScale::Frame(0.01),
    build: |values| Box::new(SignDescent { rate: values.get(LEARNING_RATE), gradient: Vector::zeros() }),
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic), values, packs)),
};

/// The direction is the sign of each slope; a weight without a slope stays: sign(0) = 0.
#[derive(Clone)]
struct Arithmetic;

impl PerWeightKernel<1, 0> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 1] {
        [values.get(LEARNING_RATE)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, _: &[T; 1], _: &mut [T; 0], _: T, slope: T) -> T {
        slope.sign()
    }
}

#[derive(Clone)]
struct SignDescent {
    rate: f64,
    /// The gradient of the last step.
    gradient: Vector,
}

impl Optimizer for SignDescent {
    fn tune(&mut self, values: Values<'_>) {
        self.rate = values.get(LEARNING_RATE);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        self.gradient = oracle.gradient(at);
        let signs = alone(&Each(Arithmetic), [self.rate], [], at, self.gradient);
        Ok(Step::single("−η sign(∇f)", -self.rate, signs))
    }

    fn ball(&self, _: &Step) -> Ball {
        Ball { metric: Metric::LargestWeight, ..Ball::down_gradient(self.gradient) }
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}
