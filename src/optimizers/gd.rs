//! Gradient descent: a step along −g, its length the gradient's times the learning rate.

use super::optimizer::{Entry, Family, Optimizer, learning_rate, own_pace, suits_all};
use super::schedule::first_order;
use super::{Step, Undefined};
use crate::analysis::{RateLaw, Recursion};
use crate::landscapes::Oracle;
use crate::numbers::Point;

pub(super) static ENTRY: Entry = Entry {
    id: "gd",
    name: "Gradient descent",
    idea: "Believes in the tangent plane and walks straight down it, further where it is steeper.",
    rule: "w ← w − η∇f",
    reference: "A.-L. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées (1847)",
    knobs: first_order![learning_rate(0.1)],
    conditionals: &[],
    family: Family::Gradient,
    second_order: false,
    unsuited: suits_all,
    rate_law: |_| Ok(RateLaw { recursion: Recursion::Descent, words: "2/λmax" }),
    pace: own_pace,
    build: |knobs| Box::new(GradientDescent { rate: knobs[0] }),
};

#[derive(Clone)]
struct GradientDescent {
    rate: f64,
}

impl Optimizer for GradientDescent {
    fn tune(&mut self, knobs: &[f64]) {
        self.rate = knobs[0];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        Ok(Step::single("−η∇f", -self.rate, oracle.gradient(at)))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}
