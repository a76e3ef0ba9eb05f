//! Adam: momentum, divided weight by weight by the root of the average squared gradient.

use super::convention::by_convention;
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::adaptive_law;
use super::moments::{self, Averaging, Moments, kin_of_adam};
use super::per_weight::{EPS, quotient};
use super::phases::{ASK_GRADIENT, CORRECT_BIAS, DIVIDE, MOVE, RENEW_AVERAGE, RENEW_AVERAGE_SQUARE};
use super::{
    Ball, Family, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity, Step, Storage, Undefined,
    Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real};

const ROOT: Quantity = Quantity::root("√v̂ + ε");

pub(super) static ENTRY: Method = Method {
    id: "adam",
    name: "Adam",
    brief: "Adam",
    idea: "Gives each weight its own rate, so that steep and flat directions move alike: its first step is η along each axis.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  w ← w − η m̂/(√v̂ + ε)",
    reference: "D. P. Kingma and J. Ba, Adam: a method for stochastic optimization (2015), arXiv:1412.6980",
    parameters: kin_of_adam!["Whose form: Keras adds ε before the bias correction, PyTorch and optax after it."],
    conditionals: by_convention! { EPS: [1e-8, 1e-8, 1e-7] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[ASK_GRADIENT, RENEW_AVERAGE, RENEW_AVERAGE_SQUARE, CORRECT_BIAS, DIVIDE, MOVE],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(12.0),
    batch: None,
    gradient_sum: Some(moments::GRADIENT_SUM),
    uphill: &[Uphill::MemoryAndGradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    step_scale: |_| moments::PACE,
    build: |values| {
        let mut adam = Adam::default();
        adam.tune(values);
        Box::new(adam)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic(Averaging::of(values))), values, packs)),
};

/// Each weight carries m and v.
#[derive(Clone)]
struct Arithmetic(Averaging);

impl PerWeightKernel<6, 2> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 6] {
        Averaging::numbers(values, step)
    }

    fn varies(&self) -> bool {
        self.0.corrects
    }

    #[inline(always)]
    fn direction<T: Real>(&self, numbers: &[T; 6], [mean, square]: &mut [T; 2], _: T, slope: T) -> T {
        Averaging::renew(numbers, mean, square, slope);
        quotient(Averaging::mean_hat(numbers, *mean), self.0.corrected_root(numbers, *square))
    }
}

#[derive(Clone, Default)]
struct Adam {
    moments: Moments,
}

impl Optimizer for Adam {
    fn tune(&mut self, values: Values<'_>) {
        self.moments.tune(values);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let arithmetic = Each(Arithmetic(self.moments.averaging()));
        let mut next = self.moments.next();
        let carried = [&mut next.mean, &mut next.square];
        let direction = alone(&arithmetic, self.moments.next_numbers(), carried, at, oracle.gradient(at));
        self.moments = next.finite()?;
        Ok(Step::single("−η m̂/(√v̂+ε)", -self.moments.rate, direction))
    }

    fn ball(&self, _: &Step) -> Ball {
        self.moments.ball(ROOT.name, self.moments.corrected_root(self.moments.square))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        self.moments.state()
    }

    fn working(&self) -> Quantities {
        self.moments.working(ROOT, self.moments.corrected_root(self.moments.square))
    }
}
