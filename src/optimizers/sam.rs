//! Sharpness-aware minimization: the step is taken with the gradient found a little uphill.

use super::method::no_law;
use super::parameters::learning_rate;
use super::per_weight::finite;
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity,
    Shows, Step, StepScale, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, Vector};

/// How far uphill the gradient is taken.
const RHO: RealParameter = RealParameter(
    &Parameter::linear("rho", "ρ", 0.05, [0.0, 1.0])
        .described("radius ρ", "How far uphill the gradient is evaluated: 0 is gradient descent.")
        .within(ParameterDomain::NotNegative),
);

/// From the point to where the method looks.
const CLIMB: Quantity = Quantity::new("ascent ρ∇f/‖∇f‖", "ρ∇f/‖∇f‖");
/// The gradient there.
const GRADIENT_UPHILL: Quantity = Quantity::new("∇f(w + ρ∇f/‖∇f‖)", "∇f(w + ρ∇f/‖∇f‖)");

pub(super) static ENTRY: Method = Method {
    id: "sam",
    name: "Sharpness-aware minimization (SAM)",
    brief: "SAM",
    idea: "Evaluates the gradient a distance ρ uphill and descends along it: it leaves narrow minima, stays in broad ones, and hovers around them.",
    rule: "w ← w − η∇f(w + ρ∇f/‖∇f‖)",
    reference: "P. Foret et al., Sharpness-aware minimization for efficiently improving generalization (2021), arXiv:2010.01412",
    parameters: first_order![learning_rate(0.02), RHO.parameter()],
    conditionals: &[],
    family: Family::Gradient,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Ascend by ρ along it", Shows::Way(CLIMB)),
        phase("Evaluate the gradient there", Shows::SlopeAt(GRADIENT_UPHILL, CLIMB)),
        phase("Return, and descend along the gradient from there", Shows::Part(0)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(6.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::GradientElsewhere("The gradient of a point further up carries the step uphill.")],
    evaluations_per_step: 2,
    stability_bound: |_| {
        Err(no_law(
            "no limit: it hovers at any rate",
            "The track is hatched because no rate settles: the gradient is taken at a fixed distance ρ uphill, and so does not vanish at the minimum.",
        ))
    },
    step_scale: |_| StepScale::Gradient(1.0),
    build: |values| {
        Box::new(SharpnessAware {
            rate: values.get(LEARNING_RATE),
            climb: values.get(RHO),
            uphill: Vector::zeros(),
            gradient: Vector::zeros(),
        })
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct SharpnessAware {
    rate: f64,
    climb: f64,
    /// From the last point to where it looked.
    uphill: Vector,
    /// The gradient there.
    gradient: Vector,
}

impl Optimizer for SharpnessAware {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.climb] = [values.get(LEARNING_RATE), values.get(RHO)];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = oracle.gradient(at);
        let norm = libm::hypot(here.x, here.y);
        // At a critical point there is no way up: it looks where it is.
        let uphill = if norm == 0.0 { Vector::zeros() } else { here / norm * self.climb };
        self.gradient = finite(oracle.gradient(at + uphill))?;
        self.uphill = uphill;
        Ok(Step::single("−η∇f(w + ρ∇f/‖∇f‖)", -self.rate, self.gradient))
    }

    fn ball(&self, _: &Step) -> Ball {
        Ball::down("∇f at w + ρ∇f/‖∇f‖", self.gradient)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn working(&self) -> Quantities {
        vec![(CLIMB, Carried::Vector(self.uphill)), (GRADIENT_UPHILL, Carried::Vector(self.gradient))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    /// On f = ½λx² it ends between ±c, where (2 − ηλ)c = ηλρ.
    #[test]
    fn it_hovers_around_a_minimum() {
        let trough = Landscape::parse("trough").unwrap();
        let mut rule = Choice::parse("sam:lr=0.1,rho=0.05").unwrap().build();
        let mut oracle = Oracle::new(trough.loss(), Evaluations::default());
        let mut at = Point::new(1.0, 0.0);
        for _ in 0..200 {
            at += rule.step(at, &mut oracle).unwrap().taken;
        }
        assert!((at.x.abs() - 0.4 * 0.05 / 1.6).abs() < 1e-12, "{at}");
        assert_eq!(oracle.evaluations().gradients, 400, "two gradients a step");
    }
}
