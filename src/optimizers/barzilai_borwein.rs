//! Barzilai and Borwein's method: gradient descent whose rate is the inverse curvature along its last step.

use super::optimizer::{Carried, Entry, Family, Optimizer, Pace, no_rate_law, suits_all};
use super::{Step, Undefined};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "barzilai_borwein",
    name: "Barzilai–Borwein",
    idea: "Learns the curvature from how the gradient changed over its last step and sets its rate by it: quick, but the loss goes up now and then.",
    rule: "w ← w − α∇f,  α = s·s/|s·y| or |s·y|/y·y,  with the last step s and its change y of ∇f; α stays where s·y = 0",
    reference: "J. Barzilai and J. M. Borwein, Two-point step size gradient methods (1988)",
    knobs: &[
        Parameter::choice("kind", &["1", "2"], 0)
            .told("kind", "How the last step s and the change y of the gradient over it give the rate: longer: α = s·s/|s·y|; shorter: α = |s·y|/y·y."),
        Parameter::log("lr0", "α₀", 1e-3, [1e-5, 1.0])
            .told("first rate α₀", "The rate of the first step, when nothing has been learned yet."),
    ],
    conditionals: &[],
    family: Family::QuasiNewton,
    second_order: false,
    unsuited: suits_all,
    rate_law: no_rate_law,
    pace: |_| Pace::Gradient(1.0),
    build: |knobs| Box::new(BarzilaiBorwein { second: knobs[0] == 1.0, rate: knobs[1], last: None }),
};

#[derive(Clone)]
struct BarzilaiBorwein {
    /// Whether the rate is of the second kind.
    second: bool,
    /// α.
    rate: f64,
    /// The last point and the gradient there.
    last: Option<(Point, Vector)>,
}

impl BarzilaiBorwein {
    /// The rate after a step `s` over which the gradient changed by `y`; as it was where s·y = 0 or the rate is not finite.
    fn learn(&mut self, s: Vector, y: Vector) {
        // Of lengths first, as the squares of small or large steps are no numbers.
        let [long, change] = [s, y].map(|vector| libm::hypot(vector.x, vector.y));
        let cosine = ((s / long).dot(&(y / change))).abs();
        let rate = if self.second { cosine * (long / change) } else { long / change / cosine };
        if cosine > 0.0 && rate.is_finite() {
            self.rate = rate;
        }
    }
}

impl Optimizer for BarzilaiBorwein {
    fn tune(&mut self, knobs: &[f64]) {
        self.second = knobs[0] == 1.0;
        if self.last.is_none() {
            self.rate = knobs[1];
        }
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        if let Some((point, before)) = self.last {
            self.learn(at - point, gradient - before);
        }
        self.last = Some((at, gradient));
        Ok(Step::single("−α∇f", -self.rate, gradient))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        let (point, gradient) = self.last.unwrap_or_default();
        vec![("last point", Carried::Vector(point.coords)), ("last gradient", Carried::Vector(gradient))]
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        vec![("rate α", Carried::Number(self.rate))]
    }
}
