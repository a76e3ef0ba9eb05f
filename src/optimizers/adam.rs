//! Adam: momentum, divided weight by weight by the root of the average squared gradient.

use super::convention::by_convention;
use super::moments::{self, Moments, kin_of_adam};
use super::optimizer::{Carried, Entry, Family, Optimizer, adaptive_law, suits_all};
use super::{Ball, Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::Point;

pub(super) static ENTRY: Entry = Entry {
    id: "adam",
    name: "Adam",
    idea: "Gives each weight its own rate, so that steep and flat directions move alike: its first step is η along each axis.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  w ← w − η m̂/(√v̂ + ε)",
    reference: "D. P. Kingma and J. Ba, Adam: a method for stochastic optimization (2015), arXiv:1412.6980",
    knobs: kin_of_adam!["Whose form: Keras adds ε before the bias correction, PyTorch and optax after it."],
    conditionals: by_convention! { "eps": [1e-8, 1e-8, 1e-7] },
    family: Family::Adaptive,
    second_order: false,
    unsuited: suits_all,
    rate_law: adaptive_law,
    pace: |_| moments::PACE,
    build: |knobs| {
        let mut adam = Adam::default();
        adam.tune(knobs);
        Box::new(adam)
    },
};

#[derive(Clone, Default)]
struct Adam {
    moments: Moments,
}

impl Optimizer for Adam {
    fn tune(&mut self, knobs: &[f64]) {
        self.moments.tune(knobs);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        self.moments.take_in(oracle.gradient(at))?;
        let direction = self.moments.direction(self.moments.corrected_root(self.moments.square));
        Ok(Step::single("−η m̂/(√v̂+ε)", -self.moments.rate, direction))
    }

    fn ball(&self, _: &Step) -> Ball {
        self.moments.ball("√v̂ + ε", self.moments.corrected_root(self.moments.square))
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
