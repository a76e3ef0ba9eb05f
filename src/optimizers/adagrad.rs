//! AdaGrad: each weight's slope divided by the root of the sum of all its squares so far.

use super::convention::{CONVENTION, Convention, by_convention, convention};
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::adaptive_law;
use super::parameters::learning_rate;
use super::per_weight::{EPS, finite, guard, quotient, root};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity,
    Shows, Step, StepScale, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, Real, Vector};

/// What the sum of squares begins with.
const INIT: RealParameter = RealParameter(
    &Parameter::linear("init", "G₀", 0.0, [0.0, 1.0])
        .described("initial sum G₀", "The initial value of the sum of squares: it makes the first steps smaller.")
        .within(ParameterDomain::NotNegative),
);

const SUM_OF_SQUARES: Quantity = Quantity::new("sum of squares G", "G");
const ROOT: Quantity = Quantity::root("√G + ε");
/// The root with ε inside.
const ROOT_WITH_EPS: Quantity = Quantity::root("√(G + ε)");

pub(super) static ENTRY: Method = Method {
    id: "adagrad",
    name: "AdaGrad",
    brief: "AdaGrad",
    idea: "Divides each weight's gradient by the root of its summed squares: steep directions slow down first, and in the end it hardly moves.",
    rule: "G ← G + ∇f²,  w ← w − η∇f/(√G + ε)",
    reference: "J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods for online learning and stochastic optimization (2011)",
    parameters: first_order![
        learning_rate(0.01),
        INIT.parameter(),
        guard(1e-10),
        convention("Whose form: PyTorch adds ε to the root, optax and Keras inside it; each begins with its own sum."),
    ],
    conditionals: by_convention! { LEARNING_RATE: [0.01, 0.1, 0.001], INIT: [0.0, 0.1, 0.1], EPS: [1e-10, 1e-7, 1e-7] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Add its square to the sum G, elementwise", Shows::Numbers(&[SUM_OF_SQUARES])),
        phase("Take the root of the sum, the divisor of each weight", Shows::Numbers(&[ROOT, ROOT_WITH_EPS])),
        phase("Divide the gradient by it, and multiply by −η", Shows::Part(0)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(1),
    operations: |_| Operations::vectors(7.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    // On an even slope 200 steps go 2√200 ≈ 28 times η: across the region and no further.
    step_scale: |_| StepScale::Frame(0.05),
    build: |values| {
        let mut adagrad = AdaGrad { sum: Vector::repeat(values.get(INIT)), ..AdaGrad::default() };
        adagrad.tune(values);
        Box::new(adagrad)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic::of(values)), values, packs)),
};

/// Each weight carries its sum of squares.
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

impl PerWeightKernel<2, 1> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 2] {
        [values.get(LEARNING_RATE), values.get(EPS)]
    }

    fn begin(&self, values: Values<'_>, _: usize) -> [f64; 1] {
        [values.get(INIT)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, [_, eps]: &[T; 2], [sum]: &mut [T; 1], _: T, slope: T) -> T {
        *sum = *sum + slope * slope;
        quotient(slope, root(*sum, *eps, self.inside))
    }
}

#[derive(Clone, Default)]
struct AdaGrad {
    rate: f64,
    eps: f64,
    /// Whether ε stands inside the root.
    inside: bool,
    sum: Vector,
}

impl AdaGrad {
    fn root_quantity(&self) -> Quantity {
        if self.inside { ROOT_WITH_EPS } else { ROOT }
    }

    fn root(&self) -> Vector {
        self.sum.map(|sum| root(sum, self.eps, self.inside))
    }
}

impl Optimizer for AdaGrad {
    /// The first sum is where the state began: changing it on the way changes nothing.
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.eps] = [values.get(LEARNING_RATE), values.get(EPS)];
        self.inside = values.get(CONVENTION) != Convention::Pytorch;
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let mut sum = self.sum;
        let arithmetic = Each(Arithmetic { inside: self.inside });
        let direction = alone(&arithmetic, [self.rate, self.eps], [&mut sum], at, gradient);
        self.sum = finite(sum)?;
        let name = if self.inside { "−η∇f/√(G+ε)" } else { "−η∇f/(√G+ε)" };
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
        vec![(SUM_OF_SQUARES, Carried::Vector(self.sum))]
    }

    fn working(&self) -> Quantities {
        vec![(self.root_quantity(), Carried::Vector(self.root()))]
    }
}
