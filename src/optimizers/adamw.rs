//! `AdamW`: Adam, and beside it a pull of every weight toward zero.

use super::convention::by_convention;
use super::moments::{self, Moments, WEIGHT_DECAY, kin_of_adam, weight_decay};
use super::optimizer::{Carried, Entry, Family, Optimizer, adaptive_law, suits_all};
use super::{Ball, Part, Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "adamw",
    name: "AdamW",
    idea: "Adam that also shrinks every weight by a fixed share a step: it comes to rest a little closer to zero than the minimum.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  w ← w − η m̂/(√v̂ + ε) − ηλw",
    reference: "I. Loshchilov and F. Hutter, Decoupled weight decay regularization (2019), arXiv:1711.05101",
    knobs: kin_of_adam![
        "Whose form: Keras adds ε before the bias correction, PyTorch and optax after it; each has its own weight decay.",
        weight_decay(0.01, [0.0, 1.0]),
    ],
    conditionals: by_convention! { "eps": [1e-8, 1e-8, 1e-7], "weight_decay": [0.01, 1e-4, 0.004] },
    family: Family::Adaptive,
    second_order: false,
    unsuited: suits_all,
    rate_law: adaptive_law,
    pace: |_| moments::PACE,
    build: |knobs| {
        let mut adamw = AdamW::default();
        adamw.tune(knobs);
        Box::new(adamw)
    },
};

#[derive(Clone, Default)]
struct AdamW {
    moments: Moments,
    decay: f64,
}

impl Optimizer for AdamW {
    fn tune(&mut self, knobs: &[f64]) {
        self.moments.tune(knobs);
        self.decay = knobs[6];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        self.moments.take_in(oracle.gradient(at))?;
        let direction = self.moments.direction(self.moments.corrected_root(self.moments.square));
        let rate = self.moments.rate;
        let parts = [
            Part { name: "−η m̂/(√v̂+ε)", factor: -rate, vector: direction },
            Part { name: "−ηλw", factor: -rate * self.decay, vector: at.coords },
        ];
        Ok(Step::taken((direction + at.coords * self.decay) * -rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let root = self.moments.corrected_root(self.moments.square);
        let decay = step.parts.last().map_or_else(Vector::zeros, Part::displacement);
        self.moments.ball("√v̂ + ε", root).beside(WEIGHT_DECAY, decay)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        self.moments.state()
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        self.moments.working("√v̂ + ε", self.moments.corrected_root(self.moments.square))
    }
}
