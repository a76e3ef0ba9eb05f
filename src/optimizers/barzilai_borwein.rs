//! Barzilai and Borwein's method: gradient descent whose rate is the inverse curvature along its last step.

use super::method::no_law;
use super::parameters::FIRST_RATE;
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::values::{OneOf, variants};
use super::{
    Carried, Family, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity, Shows, Step, StepScale,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

variants! {
    /// How the last step and the change of the gradient give the rate.
    enum Kind {
        Longer = "1",
        Shorter = "2",
    }
}

const KIND: OneOf<Kind> = OneOf::new(
    &OneOf::<Kind>::parameter_of("kind")
        .described("kind", "How the last step s and the change y of the gradient give the step size: longer: α = s·s/|s·y|; shorter: α = |s·y|/y·y."),
);

const RATE: Quantity = Quantity::new("step size α", "α");
const LAST_POINT: Quantity = Quantity::new("last point", "last point").of_before();
const LAST_GRADIENT: Quantity = Quantity::new("last gradient", "last gradient").of_before();

pub(super) static ENTRY: Method = Method {
    id: "barzilai_borwein",
    name: "Barzilai–Borwein",
    brief: "BB",
    idea: "Estimates the curvature from the change of the gradient over its last step and sets the step size by it: fast, but not monotone.",
    rule: "w ← w − α∇f,  α = s·s/|s·y| or |s·y|/y·y,  with the last step s and its change y of ∇f; α stays where s·y = 0",
    reference: "J. Barzilai and J. M. Borwein, Two-point step size gradient methods (1988)",
    parameters: &[KIND.parameter(), FIRST_RATE.parameter()],
    conditionals: &[],
    family: Family::QuasiNewton,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Set the step size by the change of the gradient over the last step", Shows::Numbers(&[RATE])),
        phase("Multiply the negative gradient by it", Shows::Part(0)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(8.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: |_| {
        Err(no_law(
            "no zones: only the first rate",
            "It is the rate of the first step alone: from then on the last step and the change of the gradient set the rate.",
        ))
    },
    step_scale: |_| StepScale::Gradient(1.0),
    build: |values| Box::new(BarzilaiBorwein { kind: values.get(KIND), rate: values.get(FIRST_RATE), last: None }),
    lanes: |_, _| None,
};

#[derive(Clone)]
struct BarzilaiBorwein {
    kind: Kind,
    /// α.
    rate: f64,
    /// The last point and the gradient there.
    last: Option<(Point, Vector)>,
}

impl BarzilaiBorwein {
    /// The rate after a step `s` over which the gradient changed by `y`; unchanged where s·y = 0 or the rate is not finite.
    fn learn(&mut self, s: Vector, y: Vector) {
        // Of lengths first, as the squares of small or large steps are no numbers.
        let [long, change] = [s, y].map(|vector| libm::hypot(vector.x, vector.y));
        let cosine = ((s / long).dot(&(y / change))).abs();
        let rate = match self.kind {
            Kind::Longer => long / change / cosine,
            Kind::Shorter => cosine * (long / change),
        };
        if cosine > 0.0 && rate.is_finite() {
            self.rate = rate;
        }
    }
}

impl Optimizer for BarzilaiBorwein {
    fn tune(&mut self, values: Values<'_>) {
        self.kind = values.get(KIND);
        if self.last.is_none() {
            self.rate = values.get(FIRST_RATE);
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

    fn state(&self) -> Quantities {
        let (point, gradient) = self.last.unwrap_or_default();
        vec![(LAST_POINT, Carried::Vector(point.coords)), (LAST_GRADIENT, Carried::Vector(gradient))]
    }

    fn working(&self) -> Quantities {
        vec![(RATE, Carried::Number(self.rate))]
    }
}
