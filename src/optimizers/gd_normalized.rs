//! Normalized gradient descent: the direction of −g, but always the same length.

use super::lanes::{Kernel, alone, in_lanes};
use super::method::oscillating_law;
use super::parameters::learning_rate;
use super::per_weight::quotient;
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::{
    Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Shows, Step, StepScale, Storage,
    Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real};

pub(super) static ENTRY: Method = Method {
    id: "gd_normalized",
    name: "Normalized gradient descent",
    brief: "Normalized GD",
    idea: "Every step has length η, however steep the loss is: it does not converge, but stays at a distance of about η from the minimum.",
    rule: "w ← w − η∇f/‖∇f‖",
    reference: "Y. Nesterov, Introductory Lectures on Convex Optimization (2004), section 3.2.3",
    parameters: first_order![learning_rate(0.1)],
    conditionals: &[],
    family: Family::Gradient,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[ASK_GRADIENT, phase("Normalize it: the step is −η∇f/‖∇f‖, of length η", Shows::Part(0)), MOVE],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(4.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: oscillating_law,
    // A hundred steps from side to side, and then steps of that size.
    step_scale: |_| StepScale::Frame(0.01),
    build: |values| Box::new(Normalized { rate: values.get(LEARNING_RATE) }),
    lanes: |values, packs| Some(in_lanes(Arithmetic, values, packs)),
};

/// The direction has length 1.
#[derive(Clone)]
struct Arithmetic;

impl Kernel<1, 0> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 1] {
        [values.get(LEARNING_RATE)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, _: &[T; 1], _: &mut [[T; 0]; 2], _: [T; 2], [_, x, y, ..]: &[T; 6]) -> [T; 2] {
        let norm = x.hypot(*y);
        // At a critical point there is no direction: it stays.
        [quotient(*x, norm), quotient(*y, norm)]
    }
}

#[derive(Clone)]
struct Normalized {
    rate: f64,
}

impl Optimizer for Normalized {
    fn tune(&mut self, values: Values<'_>) {
        self.rate = values.get(LEARNING_RATE);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let direction = alone(&Arithmetic, [self.rate], [], at, oracle.gradient(at));
        Ok(Step::single("−η∇f/‖∇f‖", -self.rate, direction))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}
