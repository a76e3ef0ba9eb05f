//! Stochastic gradient descent: the gradient of a few samples, drawn again for every step.

use super::method::no_law;
use super::parameters::{BETA, learning_rate, memory};
use super::per_weight::finite;
use super::phases::{MOVE, phase};
use super::schedule::first_order_seeded;
use super::values::Count;
use super::{
    Ball, Carried, Family, Form, Gains, GradientSum, LEARNING_RATE, Method, MethodNeeds, Motion, Operations, Optimizer,
    Order, Part, Quantities, Quantity, Recurrence, SEED, Shows, Step, StepScale, Storage, Undefined, Uphill, VELOCITY,
    Values,
};
use crate::landscapes::{InputError, Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, SplitMix64, Vector};

/// How many samples are drawn for a step.
pub const BATCH: Count = Count(
    &Parameter::whole("batch", "|B|", 4.0, [1.0, 32.0])
        .described("batch size", "How many samples are drawn for a step; one may be drawn twice.")
        .within(ParameterDomain::Count { most: 10_000, rule: "a whole number from 1 to 10000" }),
);

/// The samples that were drawn.
const DRAWN: Quantity = Quantity::new("batch", "batch");
/// The gradient over them.
const BATCH_GRADIENT: Quantity = Quantity::new("∇f(B)", "∇f(B)");

pub(super) static ENTRY: Method = Method {
    id: "sgd",
    name: "Stochastic gradient descent",
    brief: "SGD",
    idea: "Evaluates the gradient over a random mini-batch in every step: cheap, noisy steps, the noisier the smaller the batch.",
    rule: "v ← βv + ∇f(B),  w ← w − ηv,  with a batch B of samples",
    reference: "H. Robbins and S. Monro, A stochastic approximation method (1951)",
    parameters: first_order_seeded![learning_rate(0.1), BATCH.parameter(), memory(0.0)],
    conditionals: &[],
    family: Family::Random,
    order: Order::First,
    needs: MethodNeeds { samples: true, ..MethodNeeds::NOTHING },
    phases: &[
        phase("Draw a batch of samples", Shows::Numbers(&[DRAWN])),
        phase("Evaluate the gradient over these samples", Shows::Slope(BATCH_GRADIENT)),
        phase("Multiply the last velocity by β", Shows::Part(0)),
        phase("Add the negative gradient of the batch", Shows::Part(1)),
        MOVE,
    ],
    storage: |values| Storage::Vectors(usize::from(values.get(BETA) > 0.0)),
    operations: |_| Operations::vectors(4.0),
    batch: Some(BATCH),
    gradient_sum: Some(GradientSum {
        coefficient: BETA,
        initial: None,
        recurrence: |values, _| Recurrence::velocity(values.get(BETA), 1.0),
        motion: Motion::HeavyBall(|_, _| Gains { velocity: 1.0, newest: 0.0, bias: 1.0, form: Some(Form::HeavyBall) }),
        old_is_first_part: true,
    }),
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: |_| {
        Err(no_law(
            "no limit: every batch has its own",
            "The track is hatched because every batch has a loss and a curvature of its own: the limit for the loss of all samples holds only on average.",
        ))
    },
    // With a memory the steps add up to 1/(1−β) times the gradient.
    step_scale: |values| StepScale::Gradient(1.0 - values.get(BETA)),
    build: |values| {
        let mut sgd = Stochastic {
            rate: 0.0,
            batch: 0,
            beta: 0.0,
            seed: None,
            random: SplitMix64::new(0),
            drawn: Vec::new(),
            velocity: Vector::zeros(),
            gradient: Vector::zeros(),
        };
        sgd.tune(values);
        Box::new(sgd)
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct Stochastic {
    rate: f64,
    batch: usize,
    beta: f64,
    seed: Option<usize>,
    random: SplitMix64,
    /// The samples of the last step.
    drawn: Vec<usize>,
    velocity: Vector,
    /// The gradient of the last step.
    gradient: Vector,
}

impl Stochastic {
    /// A batch from `count` samples, each equally likely every time.
    fn draw(&self, count: usize, random: &mut SplitMix64) -> Vec<usize> {
        (0..self.batch).map(|_| (random.uniform() * count as f64) as usize).collect()
    }
}

impl Optimizer for Stochastic {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.beta] = [values.get(LEARNING_RATE), values.get(BETA)];
        self.batch = values.get(BATCH);
        let seed = values.get(SEED);
        if self.seed != Some(seed) {
            self.seed = Some(seed);
            self.random = SplitMix64::new(seed as u64);
        }
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let count = oracle.samples().ok_or(InputError::NoSamples)?;
        let mut random = self.random.clone();
        let drawn = self.draw(count, &mut random);
        let gradient = finite(oracle.batch_gradient(at, &drawn)?)?;
        (self.random, self.drawn, self.gradient) = (random, drawn, gradient);
        let old = self.velocity;
        self.velocity = old * self.beta + gradient;
        let parts = [
            Part { name: "−ηβv", factor: -self.rate * self.beta, vector: old },
            Part { name: "−η∇f(B)", factor: -self.rate, vector: gradient },
        ];
        Ok(Step::taken(self.velocity * -self.rate, parts))
    }

    fn ball(&self, _: &Step) -> Ball {
        Ball::down(if self.beta == 0.0 { "∇f(B)" } else { "v" }, self.velocity)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(DRAWN, Carried::Samples(self.drawn.clone())), (VELOCITY, Carried::Vector(self.velocity))]
    }

    fn working(&self) -> Quantities {
        vec![(BATCH_GRADIENT, Carried::Vector(self.gradient))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    #[test]
    fn the_batches_are_those_of_the_seed_and_right_on_average() {
        let landscape = Landscape::parse("tanh2").unwrap();
        let at = Point::new(0.4, 0.3);
        let count = 20_000;
        let run = |spelling: &str| {
            let mut rule = Choice::parse(spelling).unwrap().build();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            let mut step = || (rule.step(at, &mut oracle).unwrap().taken, rule.state()[0].1.numbers());
            (0..count).map(|_| step()).collect::<Vec<_>>()
        };
        let steps = run("sgd:lr=1,batch=2,seed=7");
        assert_eq!(steps, run("sgd:lr=1,batch=2,seed=7"), "the same seed");
        assert_ne!(steps, run("sgd:lr=1,batch=2,seed=8"), "another seed");
        let whole = landscape.loss().first_order(at).gradient;
        let mean: Vector = steps.iter().map(|(taken, _)| -taken / f64::from(count)).sum();
        assert!((mean - whole).norm() < 0.02 * whole.norm(), "{mean} on average, {whole} over all samples");
        for (taken, batch) in &steps[..50] {
            let batch: Vec<usize> = batch.iter().map(|index| *index as usize).collect();
            let gradient = landscape.sampled_loss().unwrap().batch(at, &batch).gradient;
            assert_eq!(*taken, -gradient, "batch {batch:?}");
        }
    }

    #[test]
    fn it_says_what_it_lacks() {
        let landscape = Landscape::parse("bowl").unwrap();
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let why = Choice::parse("sgd").unwrap().build().step(Point::new(1.0, 1.0), &mut oracle).unwrap_err();
        assert!(why.to_string().contains("no samples to draw batches from"), "{why}");
        let suits = |text: &str| ENTRY.unsupported_reason(&Landscape::parse(text).unwrap()).is_none();
        assert!(suits("tanh2") && !suits("bowl"), "a network has samples");
    }
}
