//! Coordinate descent: one weight a step, in turn.

use super::lanes::{Kernel, in_lanes};
use super::parameters::learning_rate;
use super::phases::{ASK_GRADIENT, DOWNHILL, MOVE, phase};
use super::schedule::first_order;
use super::{
    Ball, Carried, Family, LEARNING_RATE, Method, MethodNeeds, Metric, Operations, Optimizer, Order, Quantities,
    Quantity, Shows, Step, StepScale, Storage, Undefined, Uphill, Values,
};
use crate::analysis::{KnownOfRate, NoLaw};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

/// Which weight the next step moves.
const WEIGHT_IN_TURN: Quantity = Quantity::new("current weight", "current weight").of_before();

pub(super) static ENTRY: Method = Method {
    id: "coordinate_gd",
    name: "Coordinate descent",
    brief: "Coordinate",
    idea: "Moves one weight at a time, in turn: its path has right angles only, and many of them in a valley oblique to the axes.",
    rule: "wᵢ ← wᵢ − η ∂f/∂wᵢ,  i = 1, 2, 1, …",
    reference: "S. J. Wright, Coordinate descent algorithms (2015), arXiv:1502.04759",
    parameters: first_order![learning_rate(0.1)],
    conditionals: &[],
    family: Family::Gradient,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Only the partial derivative of the current weight is used", Shows::Numbers(&[WEIGHT_IN_TURN])),
        DOWNHILL,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(0.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: |_| {
        Err(NoLaw {
            brief: "no guaranteed limit here",
            story: "On a convex quadratic the loss falls at every step for η below 2/max Hᵢᵢ, with the larger diagonal entry of H. That is sufficient, not necessary: with coupled weights larger rates may be stable, too.",
            known: KnownOfRate::DescentBelowDiagonal,
        })
    },
    step_scale: |_| StepScale::Gradient(1.0),
    build: |values| {
        Box::new(CoordinateDescent { rate: values.get(LEARNING_RATE), second: false, gradient: Vector::zeros() })
    },
    lanes: |values, packs| Some(in_lanes(Arithmetic, values, packs)),
};

/// The direction is the gradient's part along the weight in turn.
#[derive(Clone)]
struct Arithmetic;

impl Kernel<3, 0> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 3] {
        let in_turn = if step.is_multiple_of(2) { [1.0, 0.0] } else { [0.0, 1.0] };
        [values.get(LEARNING_RATE), in_turn[0], in_turn[1]]
    }

    fn varies(&self) -> bool {
        true
    }

    #[inline(always)]
    fn direction<T: Real>(
        &self,
        [_, first, second]: &[T; 3],
        _: &mut [[T; 0]; 2],
        _: [T; 2],
        [_, x, y, ..]: &[T; 6],
    ) -> [T; 2] {
        [*x * *first, *y * *second]
    }
}

#[derive(Clone)]
struct CoordinateDescent {
    rate: f64,
    /// Whether it is w₂'s turn.
    second: bool,
    /// The gradient of the last step.
    gradient: Vector,
}

impl Optimizer for CoordinateDescent {
    fn tune(&mut self, values: Values<'_>) {
        self.rate = values.get(LEARNING_RATE);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let (name, slope) = if self.second {
            ("−η ∂f/∂w₂", Vector::new(0.0, gradient.y))
        } else {
            ("−η ∂f/∂w₁", Vector::new(gradient.x, 0.0))
        };
        self.gradient = gradient;
        self.second = !self.second && !oracle.dimension().is_one();
        Ok(Step::single(name, -self.rate, slope))
    }

    fn ball(&self, _: &Step) -> Ball {
        // The turn has passed on.
        let metric = Metric::OneWeight(usize::from(!self.second));
        Ball { metric, ..Ball::down_gradient(self.gradient) }.remarking(
            "The weights take turns, whichever derivative is larger; always taking the larger would be steepest descent in the 1-norm |d₁| + |d₂|.",
        )
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(WEIGHT_IN_TURN, Carried::Number(if self.second { 2.0 } else { 1.0 }))]
    }
}
