//! Gradient descent: a step along −g, its length the gradient's times the learning rate.

use super::lanes::{Each, PerWeightKernel, in_lanes};
use super::method::own_step_scale;
use super::parameters::learning_rate;
use super::phases::{ASK_GRADIENT, DOWNHILL, MOVE};
use super::schedule::first_order;
use super::{
    Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Step, Storage, Undefined, Uphill, Values,
};
use crate::analysis::{Recursion, StabilityBound};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real};

pub(super) static ENTRY: Method = Method {
    id: "gd",
    name: "Gradient descent",
    brief: "GD",
    idea: "Follows the negative gradient: its local model is the tangent plane, and the step length is proportional to the slope.",
    rule: "w ← w − η∇f",
    reference: "A.-L. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées (1847)",
    parameters: first_order![learning_rate(0.1)],
    conditionals: &[],
    family: Family::Gradient,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[ASK_GRADIENT, DOWNHILL, MOVE],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(2.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: |_| Ok(StabilityBound { recursion: Recursion::Descent, words: "2/λmax", words_of_one: "2/f″" }),
    step_scale: own_step_scale,
    build: |values| Box::new(GradientDescent { rate: values.get(LEARNING_RATE) }),
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic), values, packs)),
};

/// The direction is the gradient.
#[derive(Clone)]
struct Arithmetic;

impl PerWeightKernel<1, 0> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 1] {
        [values.get(LEARNING_RATE)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, _: &[T; 1], _: &mut [T; 0], _: T, slope: T) -> T {
        slope
    }
}

#[derive(Clone)]
struct GradientDescent {
    rate: f64,
}

impl Optimizer for GradientDescent {
    fn tune(&mut self, values: Values<'_>) {
        self.rate = values.get(LEARNING_RATE);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        Ok(Step::single("−η∇f", -self.rate, oracle.gradient(at)))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}
