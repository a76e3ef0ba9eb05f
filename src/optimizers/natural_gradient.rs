//! The natural gradient: steepest descent where distance is measured by how much the predicted probabilities change.

use super::method::no_law;
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, MOVE, phase};
use super::{
    Ball, Family, LEARNING_RATE, Matrix, Method, MethodNeeds, Operations, Optimizer, Order, Shows, Step, StepScale,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Method = Method {
    id: "natural_gradient",
    name: "Natural gradient",
    brief: "Natural",
    idea: "Measures a step by the change of the predicted probabilities, not of the weights: for logistic regression with η = 1 it is Newton's step.",
    rule: "w ← w − ηF⁻¹∇f,  F = (1/n) Σ p(1 − p) JJᵀ,  J = ∂o/∂w",
    reference: "S. Amari, Natural gradient works efficiently in learning (1998)",
    parameters: &[Parameter::log(LEARNING_RATE.name(), "η", 1.0, [0.01, 2.0])
        .described("learning rate", "The share of the step −F⁻¹∇f that is taken: 1 is the whole step.")],
    conditionals: &[],
    family: Family::SecondOrder,
    order: Order::Second(|_| Matrix::Fisher),
    needs: MethodNeeds { likelihood: true, ..MethodNeeds::NOTHING },
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Solve Fp = −∇f: F measures the change of the predicted probabilities", Shows::Solution),
        phase("Multiply by the learning rate", Shows::Part(0)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::CHOLESKY,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 2,
    stability_bound: |_| {
        Err(no_law(
            "below 2 near the minimum",
            "The track is hatched because the limit η < 2 holds only near the minimum, where the Fisher matrix approximates the Hessian; far away smaller rates diverge, too.",
        ))
    },
    // From far out the whole step leaves the bowl.
    step_scale: |_| StepScale::Fixed(0.5),
    build: |values| {
        Box::new(NaturalGradient { rate: values.get(LEARNING_RATE), ball: Ball::down_gradient(Vector::zeros()) })
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct NaturalGradient {
    rate: f64,
    /// What the last step was measured by.
    ball: Ball,
}

impl Optimizer for NaturalGradient {
    fn tune(&mut self, values: Values<'_>) {
        self.rate = values.get(LEARNING_RATE);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let fisher = Matrix::Fisher.ask(oracle, at)?;
        let solution = fisher.solve(gradient).ok_or(Undefined::Singular(Matrix::Fisher.name()))?;
        self.ball = Ball::down_gradient(gradient).by("F", fisher).believing("F", fisher);
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

    /// F of a likelihood of classes: what the slopes of the logit weigh by p(1 − p).
    #[test]
    fn on_any_network_of_classes_the_step_solves_with_the_fisher_matrix() {
        for network in ["network:w2 tanh(w1 x),loss=ce", "network:w1 x + w2,loss=ce", "network:w1 w2 x,loss=ce"] {
            let landscape = Landscape::parse(network).unwrap();
            let loss = landscape.loss();
            let at = Point::new(0.8, -0.6);
            let mut oracle = Oracle::new(loss, Evaluations::default());
            let Ok(step) = Choice::parse("natural_gradient:lr=1").unwrap().build().step(at, &mut oracle) else {
                assert!(loss.fisher(at).unwrap().matrix.solve(Vector::x()).is_none(), "{network}: F is regular");
                continue;
            };
            let residual = loss.fisher(at).unwrap().matrix.apply(step.taken) + loss.first_order(at).gradient;
            assert!(residual.norm() < 1e-12, "{network}: F d = −∇f, off by {residual}");
        }
    }

    #[test]
    fn it_suits_what_has_a_likelihood_of_classes() {
        let suited: Vec<&str> = entries()
            .filter(|entry| ENTRY.unsupported_reason(&Landscape::of(entry)).is_none())
            .map(|entry| entry.id)
            .collect();
        assert_eq!(suited, ["logistic"], "of the catalog");
        for (network, suits) in [("network:w2 tanh(w1 x),loss=ce", true), ("network:w2 tanh(w1 x),loss=sse", false)] {
            assert_eq!(ENTRY.unsupported_reason(&Landscape::parse(network).unwrap()).is_none(), suits, "{network}");
        }
    }
}
