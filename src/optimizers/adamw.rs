//! `AdamW`: Adam, and beside it a pull of every weight toward zero.

use super::convention::by_convention;
use super::method::adaptive_law;
use super::moments::{self, DECAY_NAME, Moments, kin_of_adam};
use super::parameters::WEIGHT_DECAY;
use super::per_weight::EPS;
use super::phases::{ASK_GRADIENT, CORRECT_BIAS, DIVIDE, MOVE, RENEW_AVERAGE, RENEW_AVERAGE_SQUARE, phase};
use super::{
    Arithmetic, Ball, Family, Method, Needs, Optimizer, Order, Part, Quantities, Quantity, Shows, Step, Storage,
    Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

const ROOT: Quantity = Quantity::root("√v̂ + ε");

pub(super) static ENTRY: Method = Method {
    id: "adamw",
    name: "AdamW",
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
    needs: Needs::NOTHING,
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
    arithmetic: |_| Arithmetic::vectors(14.0),
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
};

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
        self.moments.take_in(oracle.gradient(at))?;
        let direction = self.moments.direction(self.moments.corrected_root(self.moments.square));
        let rate = self.moments.rate;
        let weights = oracle.dimension().part(at.coords);
        let parts = [
            Part { name: "−η m̂/(√v̂+ε)", factor: -rate, vector: direction },
            Part { name: "−ηλw", factor: -rate * self.decay, vector: weights },
        ];
        Ok(Step::taken((direction + weights * self.decay) * -rate, parts))
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
