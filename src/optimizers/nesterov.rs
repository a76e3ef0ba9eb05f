//! Nesterov's momentum in the form of PyTorch, optax and Keras: the stored iterate is the textbook's look-ahead point.

use super::lanes::{Each, EachWeight, alone, in_lanes};
use super::method::own_step_scale;
use super::parameters::{BETA, learning_rate};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::{
    Arithmetic, Ball, Carried, Family, Gains, GradientSum, LEARNING_RATE, Method, Motion, Needs, Optimizer, Order,
    Part, Quantities, Recurrence, Shows, Step, Storage, Undefined, Uphill, VELOCITY, Values,
};
use crate::analysis::{Recursion, StabilityBound};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real as Number, Vector};

pub(super) static ENTRY: Method = Method {
    id: "nesterov",
    name: "Nesterov momentum",
    idea: "Evaluates the gradient where its velocity would carry it: it slows down earlier than the heavy ball.",
    rule: "v ← βv + ∇f,  w ← w − η(∇f + βv)",
    reference: "Y. Nesterov, A method for solving the convex programming problem with convergence rate O(1/k²) (1983); form of I. Sutskever et al. (2013)",
    parameters: first_order![learning_rate(0.02), BETA.parameter()],
    conditionals: &[],
    family: Family::Momentum,
    order: Order::First,
    needs: Needs::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Update the velocity: v ← βv + ∇f", Shows::Slope(VELOCITY)),
        phase("Move by β times the new velocity", Shows::Part(0)),
        phase("Add the gradient once more: it looks one step ahead", Shows::Part(1)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(1),
    arithmetic: |_| Arithmetic::vectors(6.0),
    batch: None,
    gradient_sum: Some(GradientSum {
        coefficient: BETA,
        recurrence: |values, _| Recurrence::velocity(values.get(BETA), 1.0),
        motion: Motion::Ball(|values, _| Gains { velocity: values.get(BETA), newest: 1.0, bias: 1.0, form: None }),
        old_is_first_part: false,
    }),
    uphill: &[Uphill::MemoryAndGradient],
    evaluations_per_step: 1,
    stability_bound: |values| {
        Ok(StabilityBound {
            recursion: Recursion::Nesterov { beta: values.get(BETA) },
            words: "2(1+β)/((1+2β)λmax)",
            words_of_one: "2(1+β)/((1+2β)f″)",
        })
    },
    step_scale: own_step_scale,
    build: |values| {
        Box::new(Nesterov { rate: values.get(LEARNING_RATE), beta: values.get(BETA), velocity: Vector::zeros() })
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic), values, packs)),
};

/// Each weight carries its part of the velocity.
#[derive(Clone)]
struct Arithmetic;

impl EachWeight<2, 1> for Arithmetic {
    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 2] {
        [values.get(LEARNING_RATE), values.get(BETA)]
    }

    #[inline(always)]
    fn direction<T: Number>(&self, [_, beta]: &[T; 2], [velocity]: &mut [T; 1], _: T, slope: T) -> T {
        *velocity = *velocity * *beta + slope;
        slope + *velocity * *beta
    }
}

#[derive(Clone)]
struct Nesterov {
    rate: f64,
    beta: f64,
    velocity: Vector,
}

impl Optimizer for Nesterov {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.beta] = [values.get(LEARNING_RATE), values.get(BETA)];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let direction = alone(&Each(Arithmetic), [self.rate, self.beta], [&mut self.velocity], at, gradient);
        let parts = [
            Part { name: "−ηβv", factor: -self.rate * self.beta, vector: self.velocity },
            Part { name: "−η∇f", factor: -self.rate, vector: gradient },
        ];
        Ok(Step::taken(direction * -self.rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let [velocity, gradient] =
            [0, 1].map(|part| step.parts.get(part).map_or_else(Vector::zeros, |part| part.vector));
        Ball::down("∇f + βv", gradient + velocity * self.beta)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(VELOCITY, Carried::Vector(self.velocity))]
    }
}
