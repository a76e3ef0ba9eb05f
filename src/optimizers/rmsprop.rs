//! RMSProp: each weight's slope divided by the root of the average of its recent squares.

use super::convention::{CONVENTION, Convention, by_convention, convention};
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::adaptive_law;
use super::parameters::learning_rate;
use super::per_weight::{EPS, average, decay, finite, guard, quotient, root};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::quantity::AVERAGE_SQUARE;
use super::schedule::first_order;
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity,
    Shows, Step, StepScale, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

/// The share of the average square that stays.
const RHO: RealParameter = RealParameter(
    &decay("rho", "ρ", 0.99).described("decay rate ρ", "The decay rate of the average squared gradient v."),
);

const ROOT: Quantity = Quantity::root("√v + ε");
/// The root with ε inside.
const ROOT_WITH_EPS: Quantity = Quantity::root("√(v + ε)");

pub(super) static ENTRY: Method = Method {
    id: "rmsprop",
    name: "RMSProp",
    brief: "RMSProp",
    idea: "Divides each partial derivative by its recent root mean square: steep and flat directions move alike; near a minimum it keeps oscillating.",
    rule: "v ← ρv + (1−ρ)∇f²,  w ← w − η∇f/(√v + ε)",
    reference: "T. Tieleman and G. Hinton, Neural networks for machine learning, lecture 6.5 (2012)",
    parameters: first_order![
        learning_rate(0.01),
        RHO.parameter(),
        guard(1e-8),
        convention("Whose form: PyTorch adds ε to the root, optax and Keras inside it; each has its own decay rate."),
    ],
    conditionals: by_convention! { LEARNING_RATE: [0.01, 0.01, 0.001], RHO: [0.99, 0.9, 0.9], EPS: [1e-8, 1e-8, 1e-7] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Average its square, elementwise: v ← ρv + (1−ρ)∇f²", Shows::Numbers(&[AVERAGE_SQUARE])),
        phase("Take the root, the divisor of each weight", Shows::Numbers(&[ROOT, ROOT_WITH_EPS])),
        phase("Divide the gradient by it, and multiply by −η", Shows::Part(0)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(1),
    operations: |_| Operations::vectors(8.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    // The first step is η/√(1−ρ) long: a twentieth of the region.
    step_scale: |values| StepScale::Frame((1.0 - values.get(RHO)).sqrt() / 20.0),
    build: |values| {
        let mut rmsprop = RmsProp::default();
        rmsprop.tune(values);
        Box::new(rmsprop)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic::of(values)), values, packs)),
};

/// Each weight carries its average square.
#[derive(Clone)]
struct Arithmetic {
    /// Whether ε stands inside the root.
    inside: bool,
}

impl Arithmetic {
    fn of(values: Values<'_>) -> Self {
        Self { inside: values.get(CONVENTION) != Convention::Pytorch }
    }
}

impl PerWeightKernel<3, 1> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 3] {
        [values.get(LEARNING_RATE), values.get(RHO), values.get(EPS)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, [_, rho, eps]: &[T; 3], [square]: &mut [T; 1], _: T, slope: T) -> T {
        *square = average(*square, slope * slope, *rho);
        quotient(slope, root(*square, *eps, self.inside))
    }
}

#[derive(Clone, Default)]
struct RmsProp {
    rate: f64,
    rho: f64,
    eps: f64,
    /// Whether ε stands inside the root.
    inside: bool,
    square: Vector,
}

impl RmsProp {
    fn root_quantity(&self) -> Quantity {
        if self.inside { ROOT_WITH_EPS } else { ROOT }
    }

    fn root(&self) -> Vector {
        self.square.map(|square| root(square, self.eps, self.inside))
    }
}

impl Optimizer for RmsProp {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.rho, self.eps] = [values.get(LEARNING_RATE), values.get(RHO), values.get(EPS)];
        self.inside = values.get(CONVENTION) != Convention::Pytorch;
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let mut square = self.square;
        let arithmetic = Each(Arithmetic { inside: self.inside });
        let direction = alone(&arithmetic, [self.rate, self.rho, self.eps], [&mut square], at, gradient);
        self.square = finite(square)?;
        let name = if self.inside { "−η∇f/√(v+ε)" } else { "−η∇f/(√v+ε)" };
        Ok(Step::single(name, -self.rate, direction))
    }

    fn ball(&self, step: &Step) -> Ball {
        let root = self.root();
        let slopes = Ball::of_first_part(step).vector.component_mul(&root);
        Ball::down_gradient(slopes).by_divisors(self.root_quantity().name, root)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(AVERAGE_SQUARE, Carried::Vector(self.square))]
    }

    fn working(&self) -> Quantities {
        vec![(self.root_quantity(), Carried::Vector(self.root()))]
    }
}
