//! Adadelta: RMSProp whose rate is the size of its own recent steps.

use super::convention::{by_convention, convention};
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::{adaptive_law, own_step_scale};
use super::parameters::learning_rate;
use super::per_weight::{EPS, average, decay, finite, guard, quotient, root};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::quantity::AVERAGE_SQUARE;
use super::schedule::first_order;
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity,
    Shows, Step, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

/// The share of the average squares that stays.
const RHO: RealParameter =
    RealParameter(&decay("rho", "ρ", 0.9).described("decay rate ρ", "The decay rate of both averages of squares."));

const AVERAGE_SQUARE_STEP: Quantity = Quantity::new("average square step u", "u");
/// The rate of each weight.
const RATES: Quantity = Quantity::root("√(u+ε)/√(v+ε)");

pub(super) static ENTRY: Method = Method {
    id: "adadelta",
    name: "Adadelta",
    brief: "Adadelta",
    idea: "Needs no learning rate: its steps scale with the recent steps, so it starts very slowly and speeds up by itself.",
    rule: "v ← ρv + (1−ρ)∇f²,  d = √(u+ε)/√(v+ε) ∇f,  u ← ρu + (1−ρ)d²,  w ← w − ηd",
    reference: "M. D. Zeiler, ADADELTA: an adaptive learning rate method (2012), arXiv:1212.5701",
    parameters: first_order![
        learning_rate(1.0),
        RHO.parameter(),
        guard(1e-6).described(
            "ε",
            "Keeps the division bounded and alone decides the size of the first step: larger is faster."
        ),
        convention("Whose defaults: the rule is the same."),
    ],
    conditionals: by_convention! { LEARNING_RATE: [1.0, 1.0, 0.001], RHO: [0.9, 0.9, 0.95], EPS: [1e-6, 1e-6, 1e-7] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Average its square, elementwise: v ← ρv + (1−ρ)∇f²", Shows::Numbers(&[AVERAGE_SQUARE])),
        phase(
            "Divide the root mean square of its steps by that of the gradients: one rate per weight",
            Shows::Numbers(&[RATES]),
        ),
        phase("Multiply the gradient by these rates and by −η", Shows::Part(0)),
        phase("Average the square of the step for the next one", Shows::Numbers(&[AVERAGE_SQUARE_STEP])),
        MOVE,
    ],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(14.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    step_scale: own_step_scale,
    build: |values| {
        let mut adadelta = Adadelta::default();
        adadelta.tune(values);
        Box::new(adadelta)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic), values, packs)),
};

/// Each weight carries v and u.
#[derive(Clone)]
struct Arithmetic;

impl PerWeightKernel<3, 2> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 3] {
        [values.get(LEARNING_RATE), values.get(RHO), values.get(EPS)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, [_, rho, eps]: &[T; 3], [slopes, steps]: &mut [T; 2], _: T, slope: T) -> T {
        *slopes = average(*slopes, slope * slope, *rho);
        let step = quotient(root(*steps, *eps, true), root(*slopes, *eps, true)) * slope;
        *steps = average(*steps, step * step, *rho);
        step
    }
}

#[derive(Clone, Default)]
struct Adadelta {
    rate: f64,
    rho: f64,
    eps: f64,
    /// v, the average squared gradient.
    slopes: Vector,
    /// u, the average square of d, which is the step without η.
    steps: Vector,
    /// √(u+ε)/√(v+ε) of the last step.
    rates: Vector,
}

impl Optimizer for Adadelta {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.rho, self.eps] = [values.get(LEARNING_RATE), values.get(RHO), values.get(EPS)];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let [mut slopes, mut steps] = [self.slopes, self.steps];
        let numbers = [self.rate, self.rho, self.eps];
        let step = alone(&Each(Arithmetic), numbers, [&mut slopes, &mut steps], at, gradient);
        self.slopes = finite(slopes)?;
        let ratio = |steps: f64, slopes: f64| quotient(root(steps, self.eps, true), root(slopes, self.eps, true));
        self.rates = self.steps.zip_map(&self.slopes, ratio);
        self.steps = steps;
        Ok(Step::single("−ηd", -self.rate, step))
    }

    fn ball(&self, step: &Step) -> Ball {
        let slopes = Ball::of_first_part(step).vector.zip_map(&self.rates, quotient);
        Ball::down_gradient(slopes).by_divisors("√(v+ε)/√(u+ε)", self.rates.map(|rate| quotient(1.0, rate)))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(AVERAGE_SQUARE, Carried::Vector(self.slopes)), (AVERAGE_SQUARE_STEP, Carried::Vector(self.steps))]
    }

    fn working(&self) -> Quantities {
        vec![(RATES, Carried::Vector(self.rates))]
    }
}
