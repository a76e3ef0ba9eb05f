//! Momentum in its three forms: the heavy ball, the moving average of the gradients, and that average without its bias.

use super::optimizer::{Carried, Entry, Family, Optimizer, learning_rate, own_pace, suits_all};
use super::schedule::first_order;
use super::{Ball, Part, Step, Undefined};
use crate::analysis::{RateLaw, Recursion};
use crate::landscapes::{Acts, Domain, Oracle, Parameter};
use crate::numbers::{Point, Vector};

const HEAVY_BALL: f64 = 0.0;
const EMA: f64 = 1.0;

pub(super) static ENTRY: Entry = Entry {
    id: "momentum",
    name: "Momentum",
    idea: "Keeps part of its last velocity: it rolls through small bumps and along flat valleys, and overshoots.",
    rule: "v ← βv + ∇f,  w ← w − ηv",
    reference: "B. T. Polyak, Some methods of speeding up the convergence of iteration methods (1964)",
    knobs: first_order![
        learning_rate(0.02),
        memory(),
        Parameter::choice("form", &["heavy_ball", "ema", "ema_debiased"], 0).told(
            "form",
            "Heavy ball: v ← βv + ∇f, which in the long run moves 1/(1−β) times further. EMA: m ← βm + (1−β)∇f, an average of the gradients. EMA, debiased: that average divided by 1−βᵗ, as it began at zero.",
        ),
        Parameter::linear("dampening", "d", 0.0, [0.0, 1.0])
            .told("dampening", "Takes in only (1−d)∇f from the second step on, as in PyTorch.")
            .within(Domain::Fraction)
            .acting(Acts::Among("form", &[HEAVY_BALL])),
    ],
    conditionals: &[],
    family: Family::Momentum,
    second_order: false,
    unsuited: suits_all,
    rate_law: |knobs| Ok(rate_law(knobs[1], knobs[2], knobs[3])),
    pace: own_pace,
    build: |knobs| {
        let mut momentum = Momentum::default();
        momentum.tune(knobs);
        Box::new(momentum)
    },
};

/// The decay rate of a velocity.
pub(super) const fn memory() -> Parameter {
    Parameter::linear("beta", "β", 0.9, [0.0, 0.99])
        .told("memory β", "How much of its velocity the ball keeps from step to step: 0 is gradient descent, 0.9 remembers about ten steps.")
        .within(Domain::Fraction)
}

/// Heavy ball 2(1+β)/λmax; the average takes in only 1−β of each gradient, so its rate may be that much larger.
fn rate_law(beta: f64, form: f64, dampening: f64) -> RateLaw {
    let (share, words) = match form {
        HEAVY_BALL if dampening > 0.0 => (1.0 - dampening, "2(1+β)/((1−d)λmax)"),
        HEAVY_BALL => (1.0, "2(1+β)/λmax"),
        _ => (1.0 - beta, "2(1+β)/((1−β)λmax)"),
    };
    RateLaw { recursion: Recursion::HeavyBall { beta, share }, words }
}

#[derive(Clone, Default)]
struct Momentum {
    rate: f64,
    beta: f64,
    form: f64,
    dampening: f64,
    velocity: Vector,
    steps: i32,
}

impl Momentum {
    /// What share of the gradient enters the velocity. PyTorch's first buffer is the gradient itself, undamped.
    fn intake(&self) -> f64 {
        match self.form {
            HEAVY_BALL if self.steps == 0 => 1.0,
            HEAVY_BALL => 1.0 - self.dampening,
            _ => 1.0 - self.beta,
        }
    }

    /// The bias of an average that began at zero: 1 − βᵗ.
    fn bias(&self) -> f64 {
        if self.form == HEAVY_BALL || self.form == EMA {
            1.0
        } else {
            1.0 - libm::pow(self.beta, f64::from(self.steps))
        }
    }

    fn names(&self) -> [&'static str; 2] {
        match self.form {
            HEAVY_BALL => ["−ηβv", "−η∇f"],
            EMA => ["−ηβm", "−η(1−β)∇f"],
            _ => ["−ηβm/(1−βᵗ)", "−η(1−β)∇f/(1−βᵗ)"],
        }
    }
}

impl Optimizer for Momentum {
    fn tune(&mut self, knobs: &[f64]) {
        [self.rate, self.beta, self.form, self.dampening] = [knobs[0], knobs[1], knobs[2], knobs[3]];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let (old, intake) = (self.velocity, self.intake());
        self.velocity = old * self.beta + gradient * intake;
        self.steps = self.steps.saturating_add(1);
        let bias = self.bias();
        let [kept, new] = self.names();
        let scale = -self.rate / bias;
        let parts = [
            Part { name: kept, factor: scale * self.beta, vector: old },
            Part { name: new, factor: scale * intake, vector: gradient },
        ];
        Ok(Step::taken(self.velocity / bias * -self.rate, parts))
    }

    fn ball(&self, _: &Step) -> Ball {
        let name = match self.form {
            HEAVY_BALL => "v",
            EMA => "m",
            _ => "m̂",
        };
        Ball::down(name, self.velocity / self.bias())
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Vec<(&'static str, Carried)> {
        let name = if self.form == HEAVY_BALL { "velocity v" } else { "average m" };
        vec![(name, Carried::Vector(self.velocity))]
    }
}
