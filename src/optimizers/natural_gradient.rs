//! The natural gradient: steepest descent where distance is measured by how much the predicted probabilities change.

use super::newton::Matrix;
use super::optimizer::{Entry, Family, Optimizer, Pace, no_law};
use super::{Ball, GRADIENT, Step, Undefined};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "natural_gradient",
    name: "Natural gradient",
    idea: "Measures a step by how much it changes the predicted probabilities, not the weights: with η = 1 it is Newton's step here.",
    rule: "w ← w − ηF⁻¹∇f,  F = (1/n) Σ p(1 − p) x̃x̃ᵀ,  x̃ = (x, 1)",
    reference: "S. Amari, Natural gradient works efficiently in learning (1998)",
    knobs: &[Parameter::log("lr", "η", 1.0, [0.01, 2.0])
        .told("learning rate", "How much of the step F⁻¹∇f is taken: 1 is the whole step.")],
    conditionals: &[],
    family: Family::SecondOrder,
    second_order: true,
    unsuited: |landscape| {
        (landscape.entry().id != "logistic").then_some("needs a probability: choose the logistic network")
    },
    rate_law: |_| {
        Err(no_law(
            "below 2 near the minimum",
            "The track is hatched because the limit η < 2 holds near the minimum only, where the land is as its Fisher matrix says; from far out smaller rates leave, too.",
        ))
    },
    // From far out the whole step leaves the bowl.
    pace: |_| Pace::Fixed(0.5),
    build: |knobs| Box::new(NaturalGradient { rate: knobs[0], ball: Ball::down(GRADIENT, Vector::zeros()) }),
};

#[derive(Clone)]
struct NaturalGradient {
    rate: f64,
    /// What the last step was measured by.
    ball: Ball,
}

impl Optimizer for NaturalGradient {
    fn tune(&mut self, knobs: &[f64]) {
        self.rate = knobs[0];
    }

    /// For a probability from one logit the Fisher matrix is the Gauss–Newton matrix.
    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let fisher = Matrix::GaussNewton.ask(oracle, at)?;
        let solution = fisher.solve(gradient).ok_or(Undefined::Singular("the Fisher matrix"))?;
        self.ball = Ball::down(GRADIENT, gradient).by("F", fisher).believing("F", fisher);
        Ok(Step::single("−ηF⁻¹∇f", -self.rate, solution))
    }

    fn ball(&self, _: &Step) -> Ball {
        self.ball
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn remembers(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape, entries};
    use crate::optimizers::Choice;

    #[test]
    fn a_whole_step_is_newtons_where_the_output_is_a_logit() {
        let landscape = Landscape::parse("logistic").unwrap();
        for at in [[1.0, 0.5], [-1.0, 1.5], [0.0, 0.0]] {
            let step = |text: &str| {
                let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
                Choice::parse(text).unwrap().build().step(Point::from(at), &mut oracle).unwrap().taken
            };
            let newton = step("newton");
            assert!((step("natural_gradient") - newton).norm() <= 1e-12 * newton.norm(), "η = 1 at {at:?}");
            assert!(
                (step("natural_gradient:lr=0.5") - newton * 0.5).norm() <= 1e-12 * newton.norm(),
                "η = ½ at {at:?}"
            );
        }
    }

    #[test]
    fn it_suits_one_network_alone() {
        let suited: Vec<&str> =
            entries().filter(|entry| (ENTRY.unsuited)(&Landscape::of(entry)).is_none()).map(|entry| entry.id).collect();
        assert_eq!(suited, ["logistic"]);
    }
}
