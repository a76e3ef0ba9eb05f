//! `NAdam`: Adam with Nesterov's momentum, where the newest gradient counts as if the next step had begun.

use super::convention::{Convention, by_convention};
use super::lanes::{Each, PerWeightKernel, in_lanes};
use super::method::adaptive_law;
use super::moments::{self, Averaging, Moments, kin_of_adam};
use super::per_weight::{EPS, average, quotient, root};
use super::phases::{ASK_GRADIENT, MOVE, RENEW_AVERAGE, RENEW_AVERAGE_SQUARE, phase};
use super::{
    AVERAGE, Ball, CORRECTED_AVERAGE, Carried, Family, GradientSum, Method, MethodNeeds, Motion, Operations, Optimizer,
    Order, Part, Quantities, Quantity, Shows, Step, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

const ROOT: Quantity = Quantity::root("√v̂ + ε");
/// P, the product of every μ so far.
const PRODUCT: Quantity = Quantity::new("product P", "P");

pub(super) static ENTRY: Method = Method {
    id: "nadam",
    name: "NAdam",
    brief: "NAdam",
    idea: "Adam with Nesterov's momentum: the newest gradient weighs more, so it turns and slows down earlier.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  m̂ = μ₊m/(1−Pμ₊) + (1−μ)∇f/(1−P),  w ← w − η m̂/(√v̂ + ε)",
    reference: "T. Dozat, Incorporating Nesterov momentum into Adam (2016)",
    parameters: kin_of_adam![
        "Whose momentum coefficient μ of step t: optax keeps it at β₁; PyTorch and Keras let it grow from half of β₁, by β₁(1 − ½·0.96ᵏ), with k = 0.004t in PyTorch and k = t in Keras.",
    ],
    conditionals: by_convention! { EPS: [1e-8, 1e-8, 1e-7] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        RENEW_AVERAGE,
        RENEW_AVERAGE_SQUARE,
        phase(
            "Look ahead: the newest gradient weighs as in the next step",
            Shows::Corrected(CORRECTED_AVERAGE, AVERAGE),
        ),
        phase("The share of the average, divided elementwise by the root", Shows::Part(0)),
        phase("The share of the newest gradient, divided likewise", Shows::Part(1)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(14.0),
    batch: None,
    gradient_sum: Some(GradientSum { motion: Motion::PerWeight { newest: Some(1) }, ..moments::GRADIENT_SUM }),
    uphill: &[Uphill::MemoryAndGradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    step_scale: |_| moments::PACE,
    build: |values| {
        let mut nadam = Nadam { moments: Moments::default(), product: 1.0, ahead: Vector::zeros() };
        nadam.tune(values);
        Box::new(nadam)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic(Averaging::of(values))), values, packs)),
};

/// Each weight carries m, v and P.
#[derive(Clone)]
struct Arithmetic(Averaging);

impl PerWeightKernel<7, 3> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 7] {
        let [rate, beta1, beta2, eps, _, square] = Averaging::numbers(values, step);
        let [now, next] = memories(self.0.convention, beta1, step as f64 + 1.0);
        [rate, beta1, beta2, eps, square, now, next]
    }

    fn varies(&self) -> bool {
        true
    }

    fn begin(&self, _: Values<'_>, _: usize) -> [f64; 3] {
        [0.0, 0.0, 1.0]
    }

    #[inline(always)]
    fn direction<T: Real>(
        &self,
        [_, beta1, beta2, eps, correction, now, next]: &[T; 7],
        [mean, square, product]: &mut [T; 3],
        _: T,
        slope: T,
    ) -> T {
        *square = average(*square, slope * slope, *beta2);
        *mean = average(*mean, slope, *beta1);
        *product = *product * *now;
        let one = T::constant(1.0);
        let [of_mean, of_slope] = if self.0.corrects { [one - *product * *next, one - *product] } else { [one; 2] };
        let ahead = *mean * (*next / of_mean) + slope * ((one - *now) / of_slope);
        quotient(ahead, root(*square * *correction, *eps, false))
    }
}

/// μ of a step, counted from 1, and of the next one.
fn memories(convention: Convention, beta1: f64, step: f64) -> [f64; 2] {
    let speed = match convention {
        Convention::Optax => return [beta1; 2],
        Convention::Keras => 1.0,
        Convention::Pytorch => 0.004,
    };
    [step, step + 1.0].map(|step| beta1 * (1.0 - 0.5 * libm::pow(0.96, step * speed)))
}

#[derive(Clone)]
struct Nadam {
    moments: Moments,
    /// P, the product of every μ so far.
    product: f64,
    /// m̂ of the last step.
    ahead: Vector,
}

impl Nadam {
    /// √v̂ + ε: here all three add ε at the end.
    fn root(&self) -> Vector {
        self.moments.root(self.moments.square_hat())
    }
}

impl Optimizer for Nadam {
    fn tune(&mut self, values: Values<'_>) {
        self.moments.tune(values);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        self.moments.take_in(gradient)?;
        let step = f64::from(self.moments.steps);
        let [now, next] = memories(self.moments.convention, self.moments.beta1, step);
        self.product *= now;
        let biases = if self.moments.corrects { [1.0 - self.product * next, 1.0 - self.product] } else { [1.0, 1.0] };
        let [kept, new] = [self.moments.mean * (next / biases[0]), gradient * ((1.0 - now) / biases[1])];
        self.ahead = kept + new;
        let root = self.root();
        let rate = self.moments.rate;
        let parts = [
            Part {
                name: "−η μ₊m/(1−Pμ₊)/(√v̂+ε)", factor: -rate, vector: kept.zip_map(&root, quotient)
            },
            Part { name: "−η(1−μ)∇f/(1−P)/(√v̂+ε)", factor: -rate, vector: new.zip_map(&root, quotient) },
        ];
        Ok(Step::taken(self.ahead.zip_map(&root, quotient) * -rate, parts))
    }

    fn ball(&self, _: &Step) -> Ball {
        Ball { vector: self.ahead, ..self.moments.ball(ROOT.name, self.root()) }
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        let mut state = self.moments.state();
        state.push((PRODUCT, Carried::Number(self.product)));
        state
    }

    fn working(&self) -> Quantities {
        if self.moments.steps == 0 {
            return Vec::new();
        }
        vec![(CORRECTED_AVERAGE, Carried::Vector(self.ahead)), (ROOT, Carried::Vector(self.root()))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    #[test]
    fn the_first_step_is_that_of_the_framework() {
        let trough = Landscape::parse("trough").unwrap();
        for (convention, times) in [("optax", 1.4737), ("pytorch", 1.0565), ("keras", 1.0628)] {
            let mut rule = Choice::parse(&format!("nadam:lr=0.1,convention={convention}")).unwrap().build();
            let mut oracle = Oracle::new(trough.loss(), Evaluations::default());
            let taken = rule.step(Point::new(1.0, 0.0), &mut oracle).unwrap().taken;
            assert!((taken.x / -0.1 - times).abs() < 5e-5, "{convention}: {} η", taken.x / -0.1);
        }
    }
}
