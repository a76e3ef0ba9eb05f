//! `AdamW`: Adam, and beside it a pull of every weight toward zero.

use super::convention::by_convention;
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::adaptive_law;
use super::moments::{self, Averaging, DECAY_NAME, Moments, kin_of_adam};
use super::parameters::WEIGHT_DECAY;
use super::per_weight::{EPS, quotient};
use super::phases::{ASK_GRADIENT, CORRECT_BIAS, DIVIDE, MOVE, RENEW_AVERAGE, RENEW_AVERAGE_SQUARE, phase};
use super::{
    Ball, Family, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Quantity, Shows, Step, Storage,
    Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

const ROOT: Quantity = Quantity::root("√v̂ + ε");

pub(super) static ENTRY: Method = Method {
    id: "adamw",
    name: "AdamW",
    brief: "AdamW",
    idea: "Adam with decoupled weight decay: every step also shrinks each weight by the share ηλ, so it ends slightly closer to zero than the minimum.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  w ← w − η m̂/(√v̂ + ε) − ηλw",
    reference: "I. Loshchilov and F. Hutter, Decoupled weight decay regularization (2019), arXiv:1711.05101",
    parameters: kin_of_adam![
        "Whose form: Keras adds ε before the bias correction, PyTorch and optax after it; each has its own weight decay.",
        WEIGHT_DECAY.parameter(),
    ],
    conditionals: by_convention! { EPS: [1e-8, 1e-8, 1e-7], WEIGHT_DECAY: [0.01, 1e-4, 0.004] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        RENEW_AVERAGE,
        RENEW_AVERAGE_SQUARE,
        CORRECT_BIAS,
        DIVIDE,
        phase("Weight decay: shrink every weight by the share ηλ", Shows::Part(1)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(14.0),
    batch: None,
    gradient_sum: Some(moments::GRADIENT_SUM),
    uphill: &[Uphill::MemoryAndGradient, Uphill::DECAY],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    step_scale: |_| moments::PACE,
    build: |values| {
        let mut adamw = AdamW::default();
        adamw.tune(values);
        Box::new(adamw)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic(Averaging::of(values))), values, packs)),
};

/// Each weight carries m and v.
#[derive(Clone)]
struct Arithmetic(Averaging);

impl PerWeightKernel<7, 2> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 7] {
        with_decay(Averaging::numbers(values, step), values.get(WEIGHT_DECAY))
    }

    fn varies(&self) -> bool {
        self.0.corrects
    }

    #[inline(always)]
    fn direction<T: Real>(
        &self,
        [moments @ .., decay]: &[T; 7],
        [mean, square]: &mut [T; 2],
        weight: T,
        slope: T,
    ) -> T {
        Averaging::renew(moments, mean, square, slope);
        quotient(Averaging::mean_hat(moments, *mean), self.0.corrected_root(moments, *square)) + weight * *decay
    }
}

/// λ after the numbers of the averages.
fn with_decay([rate, beta1, beta2, eps, mean, square]: [f64; 6], decay: f64) -> [f64; 7] {
    [rate, beta1, beta2, eps, mean, square, decay]
}

#[derive(Clone, Default)]
struct AdamW {
    moments: Moments,
    decay: f64,
}

impl Optimizer for AdamW {
    fn tune(&mut self, values: Values<'_>) {
        self.moments.tune(values);
        self.decay = values.get(WEIGHT_DECAY);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let arithmetic = Each(Arithmetic(self.moments.averaging()));
        let mut next = self.moments.next();
        // Without the decay, which may be beyond all numbers, first: the sum is that of the arithmetic.
        let numbers = with_decay(self.moments.next_numbers(), 0.0);
        let (weights, gradient) = (oracle.dimension().part(at.coords), oracle.gradient(at));
        let adaptive = alone(&arithmetic, numbers, [&mut next.mean, &mut next.square], weights.into(), gradient);
        self.moments = next.finite()?;
        let rate = self.moments.rate;
        let parts = [
            Part { name: "−η m̂/(√v̂+ε)", factor: -rate, vector: adaptive },
            Part { name: "−ηλw", factor: -rate * self.decay, vector: weights },
        ];
        Ok(Step::taken((adaptive + weights * self.decay) * -rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let root = self.moments.corrected_root(self.moments.square);
        let decay = step.parts.last().map_or_else(Vector::zeros, Part::displacement);
        self.moments.ball(ROOT.name, root).beside(DECAY_NAME, decay)
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
