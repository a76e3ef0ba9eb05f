//! `AdaBelief`: Adam that divides by how far the gradients stray from their average, and not by how large they are.

use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::adaptive_law;
use super::moments::{self, BETA1, BETA2};
use super::parameters::learning_rate;
use super::per_weight::{average, finite, quotient, root};
use super::phases::{ASK_GRADIENT, CORRECT_BIAS, DIVIDE, MOVE, RENEW_AVERAGE, phase};
use super::schedule::first_order;
use super::values::RealParameter;
use super::{
    AVERAGE, Ball, CORRECTED_AVERAGE, Carried, Family, LEARNING_RATE, Method, MethodNeeds, Operations, Optimizer,
    Order, Quantities, Quantity, Shows, Step, StepScale, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, Real, Vector};

/// ε, with the default of the authors' program and of optax.
const EPS: RealParameter = RealParameter(
    &Parameter::log("eps", "ε", 1e-16, [1e-16, 1e-1])
        .described("ε", "Keeps the division bounded: it is added to s in every step, and to its root.")
        .within(ParameterDomain::NotNegative),
);

const DEVIATION: Quantity = Quantity::new("average squared deviation s", "s");
const ROOT: Quantity = Quantity::root("√ŝ + ε");

pub(super) static ENTRY: Method = Method {
    id: "adabelief",
    name: "AdaBelief",
    brief: "AdaBelief",
    idea: "Adam that divides by the deviation of the gradients from their average: long steps while they agree, short ones where they vary.",
    rule: "m ← β₁m + (1−β₁)∇f,  s ← β₂s + (1−β₂)(∇f − m)² + ε,  w ← w − η m̂/(√ŝ + ε)",
    reference: "J. Zhuang et al., AdaBelief optimizer: adapting stepsizes by the belief in observed gradients (2020), arXiv:2010.07468",
    parameters: first_order![learning_rate(0.02), BETA1.parameter(), BETA2.parameter(), EPS.parameter()],
    conditionals: &[],
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        RENEW_AVERAGE,
        phase(
            "Average the squared deviation of the gradient from m, elementwise: s ← β₂s + (1−β₂)(∇f − m)²",
            Shows::Numbers(&[DEVIATION]),
        ),
        CORRECT_BIAS,
        DIVIDE,
        MOVE,
    ],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(13.0),
    batch: None,
    gradient_sum: Some(moments::GRADIENT_SUM),
    uphill: &[Uphill::MemoryAndGradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    // The first step is η/β₁ along each axis, and where the slope stays the same the next ones grow like the root of their number.
    step_scale: |_| StepScale::Frame(1.0 / 120.0),
    build: |values| {
        let mut rule = AdaBelief::default();
        rule.tune(values);
        Box::new(rule)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic), values, packs)),
};

/// Each weight carries m and s.
#[derive(Clone)]
struct Arithmetic;

impl PerWeightKernel<6, 2> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 6] {
        let mut rule = AdaBelief { steps: i32::try_from(step).unwrap_or(i32::MAX), ..AdaBelief::default() };
        rule.tune(values);
        rule.next_numbers()
    }

    fn varies(&self) -> bool {
        true
    }

    #[inline(always)]
    fn direction<T: Real>(
        &self,
        [_, beta1, beta2, eps, of_mean, of_deviation]: &[T; 6],
        [mean, deviation]: &mut [T; 2],
        _: T,
        slope: T,
    ) -> T {
        *mean = average(*mean, slope, *beta1);
        let stray = slope - *mean;
        *deviation = average(*deviation, stray * stray, *beta2) + *eps;
        quotient(*mean * *of_mean, root(*deviation * *of_deviation, *eps, false))
    }
}

#[derive(Clone, Default)]
struct AdaBelief {
    rate: f64,
    beta1: f64,
    beta2: f64,
    eps: f64,
    /// m, the average gradient.
    mean: Vector,
    /// s, the average squared deviation from it.
    deviation: Vector,
    steps: i32,
}

impl AdaBelief {
    /// 1/(1 − βᵗ).
    fn correction(&self, beta: f64) -> f64 {
        1.0 / (1.0 - libm::pow(beta, f64::from(self.steps)))
    }

    /// η, β₁, β₂, ε and both corrections after the next gradient.
    fn next_numbers(&self) -> [f64; 6] {
        let next = Self { steps: self.steps.saturating_add(1), ..self.clone() };
        let [of_mean, of_deviation] = [self.beta1, self.beta2].map(|beta| next.correction(beta));
        [self.rate, self.beta1, self.beta2, self.eps, of_mean, of_deviation]
    }

    /// m̂.
    fn mean_hat(&self) -> Vector {
        self.mean * self.correction(self.beta1)
    }

    /// √ŝ + ε.
    fn root(&self) -> Vector {
        (self.deviation * self.correction(self.beta2)).map(|square| root(square, self.eps, false))
    }
}

impl Optimizer for AdaBelief {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.eps] = [values.get(LEARNING_RATE), values.get(EPS)];
        [self.beta1, self.beta2] = [values.get(BETA1), values.get(BETA2)];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let [mut mean, mut deviation] = [self.mean, self.deviation];
        let carried = [&mut mean, &mut deviation];
        let direction = alone(&Each(Arithmetic), self.next_numbers(), carried, at, gradient);
        self.deviation = finite(deviation)?;
        self.mean = mean;
        self.steps = self.steps.saturating_add(1);
        Ok(Step::single("−η m̂/(√ŝ+ε)", -self.rate, direction))
    }

    fn ball(&self, _: &Step) -> Ball {
        Ball::down(CORRECTED_AVERAGE.name, self.mean_hat()).by_divisors(ROOT.name, self.root())
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(AVERAGE, Carried::Vector(self.mean)), (DEVIATION, Carried::Vector(self.deviation))]
    }

    fn working(&self) -> Quantities {
        if self.steps == 0 {
            return Vec::new();
        }
        vec![(CORRECTED_AVERAGE, Carried::Vector(self.mean_hat())), (ROOT, Carried::Vector(self.root()))]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    proptest! {
        /// The recursion of the paper, written out for each weight.
        #[test]
        fn its_first_steps_are_those_of_the_paper(
            start in [-2.0..2.0, -2.0..2.0],
            beta1 in 0.0..0.99,
            beta2 in 0.5..0.9999,
            eps in 1e-12..1e-2,
        ) {
            let landscape = Landscape::parse("himmelblau").unwrap();
            let choice = Choice::parse(&format!("adabelief:lr=0.03,beta1={beta1},beta2={beta2},eps={eps}")).unwrap();
            let mut rule = choice.build();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            let mut at = Point::from(start);
            let [mut m, mut s] = [[0.0_f64; 2]; 2];
            for step in 1..=8 {
                let gradient = landscape.loss().first_order(at).gradient;
                let taken = rule.step(at, &mut oracle).unwrap().taken;
                for weight in 0..2 {
                    m[weight] = beta1 * m[weight] + (1.0 - beta1) * gradient[weight];
                    let deviation: f64 = gradient[weight] - m[weight];
                    s[weight] = beta2 * s[weight] + (1.0 - beta2) * deviation.powi(2) + eps;
                    let [m_hat, s_hat]: [f64; 2] =
                        [m[weight] / (1.0 - f64::powi(beta1, step)), s[weight] / (1.0 - f64::powi(beta2, step))];
                    let expected: f64 = -0.03 * m_hat / (s_hat.sqrt() + eps);
                    let error = f64::abs(taken[weight] - expected);
                    prop_assert!(error <= 1e-9 * (1e-3 + expected.abs()), "step {}, weight {}: {}", step, weight, error);
                }
                at += taken;
            }
        }
    }
}
