//! Coordinate descent: one weight a step, in turn.

use super::optimizer::{Carried, Entry, Family, Optimizer, Pace, learning_rate, no_rate_law, suits_all};
use super::schedule::first_order;
use super::{Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "coordinate_gd",
    name: "Coordinate descent",
    idea: "Moves one weight at a time, in turn: its path has nothing but right angles, and many of them in a valley across the axes.",
    rule: "wᵢ ← wᵢ − η ∂f/∂wᵢ,  i = 1, 2, 1, …",
    reference: "S. J. Wright, Coordinate descent algorithms (2015), arXiv:1502.04759",
    knobs: first_order![learning_rate(0.1)],
    conditionals: &[],
    family: Family::Gradient,
    second_order: false,
    unsuited: suits_all,
    // Every η < 2/max Hᵢᵢ is stable on a bowl, but larger ones may be too where the weights are coupled.
    rate_law: no_rate_law,
    pace: |_| Pace::Gradient(1.0),
    build: |knobs| Box::new(CoordinateDescent { rate: knobs[0], second: false }),
};

#[derive(Clone)]
struct CoordinateDescent {
    rate: f64,
    /// Whether it is w₂'s turn.
    second: bool,
}

impl Optimizer for CoordinateDescent {
    fn tune(&mut self, knobs: &[f64]) {
        self.rate = knobs[0];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let (name, slope) = if self.second {
            ("−η ∂f/∂w₂", Vector::new(0.0, gradient.y))
        } else {
            ("−η ∂f/∂w₁", Vector::new(gradient.x, 0.0))
        };
        self.second = !self.second;
        Ok(Step::single(name, -self.rate, slope))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("weight in turn", Carried::Number(if self.second { 2.0 } else { 1.0 }))]
    }
}
