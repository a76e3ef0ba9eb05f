//! What every method with a learning rate can have besides: a rate that changes as the steps go by, noise on its gradients, and a
//! rate of its own for the second weight.
//!
//! A rule knows none of them; [`Scheduled`] hands it the rate of the step and an oracle whose gradients are disturbed, and gives the
//! second weight its share of the step.
//! Sources: L. N. Smith and N. Topin, Super-convergence (2018), arXiv:1708.07120, for one cycle; I. Loshchilov
//! and F. Hutter, SGDR (2017), arXiv:1608.03983, for the cosine; P. Goyal et al., Accurate, large minibatch SGD (2017),
//! arXiv:1706.02677, for the warm-up.

use std::f64::consts::PI;

use super::parameters::{LEARNING_RATE, SEED, seed};
use super::quantity::{RATE_OF_STEP, RATES_OF_WEIGHTS};
use super::values::{Count, OneOf, RealParameter, number_of, variants};
use super::weight_rates::{RATE_RATIO, ball_of_both, of_both, ratio_of};
use super::{Ball, Carried, Method, Optimizer, Quantities, Step, Undefined, Values};
use crate::landscapes::{Acts, Noise, Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, SplitMix64, Vector};

variants! {
    /// How the rate changes as the steps go by.
    pub enum Schedule {
        /// It does not.
        Constant = "constant",
        /// Times a factor after every period of steps.
        Step = "step",
        /// Down to its floor along half a wave.
        Cosine = "cosine",
        /// η/(1 + decay·t).
        InverseTime = "inverse_time",
        /// Up in a line first, then the cosine.
        WarmupCosine = "warmup_cosine",
        /// Up from a share of η to η along half a wave, then down to the floor along another.
        OneCycle = "one_cycle",
    }
}

/// The parameter that chooses it.
pub const SCHEDULE: OneOf<Schedule> = OneOf::new(&OneOf::<Schedule>::parameter_of("schedule").described(
    "schedule",
    "The learning rate as a function of the step. Step: times a factor every k steps; cosine: down to its floor along half a cosine wave; inverse time: η/(1 + decay·t); warm-up, cosine: linear increase first, then the cosine; one cycle: from a share of η up to η along half a cosine wave, then down to the floor along another.",
));

// The schedules for which a parameter does anything: each constant has the name of its schedule, `WAVES` is all that go along a cosine.
const STEP: Acts = Acts::Among(SCHEDULE.name(), &[number_of!(Schedule::Step)]);
const INVERSE_TIME: Acts = Acts::Among(SCHEDULE.name(), &[number_of!(Schedule::InverseTime)]);
const WARMUP_COSINE: Acts = Acts::Among(SCHEDULE.name(), &[number_of!(Schedule::WarmupCosine)]);
const ONE_CYCLE: Acts = Acts::Among(SCHEDULE.name(), &[number_of!(Schedule::OneCycle)]);
const WAVES: Acts = Acts::Among(
    SCHEDULE.name(),
    &[number_of!(Schedule::Cosine), number_of!(Schedule::WarmupCosine), number_of!(Schedule::OneCycle)],
);

const EVERY: Count = Count(
    &Parameter::whole("every", "", 50.0, [1.0, 200.0])
        .described("steps per stage", "Each time after this number of steps the rate is multiplied by the factor.")
        .within(ParameterDomain::Positive)
        .acting(STEP),
);
const DROP: RealParameter = RealParameter(
    &Parameter::linear("drop", "", 0.5, [0.05, 1.0])
        .described("factor per stage", "The factor of the rate at the end of every stage.")
        .within(ParameterDomain::Positive)
        .acting(STEP),
);
const HORIZON: Count = Count(
    &Parameter::whole("horizon", "", 200.0, [1.0, 1000.0])
        .described(
            "steps to the floor",
            "The step at which the cosine has reached its floor, where the rate then stays.",
        )
        .within(ParameterDomain::Positive)
        .acting(WAVES),
);
const FLOOR: RealParameter = RealParameter(
    &Parameter::linear("floor", "", 0.0, [0.0, 1.0])
        .described("floor", "The final rate as a share of η.")
        .within(ParameterDomain::NotNegative)
        .acting(WAVES),
);
const DECAY: RealParameter = RealParameter(
    &Parameter::log("decay", "", 0.01, [1e-4, 1.0])
        .described("decay", "The rate is η/(1 + decay·t): at 0.01 it is half of η after 100 steps.")
        .within(ParameterDomain::NotNegative)
        .acting(INVERSE_TIME),
);
const WARMUP: Count = Count(
    &Parameter::whole("warmup", "", 20.0, [0.0, 100.0])
        .described("warm-up steps", "The number of steps in which the rate grows linearly to η.")
        .acting(WARMUP_COSINE),
);

/// The share of the steps in which the rate grows, of one cycle: PyTorch's `pct_start`.
const RISE: RealParameter = RealParameter(
    &Parameter::linear("rise", "", 0.3, [0.0, 1.0])
        .described("rise", "The share of the steps to the floor in which the rate grows to η, 0.3 as in PyTorch.")
        .within(ParameterDomain::UpTo { most: 1, rule: "from 0 to 1" })
        .acting(ONE_CYCLE),
);
/// The first rate of one cycle: the reciprocal of PyTorch's `div_factor`.
const FIRST_SHARE: RealParameter = RealParameter(
    &Parameter::linear("first", "", 0.04, [0.0, 1.0])
        .described("first rate", "The first rate as a share of η, 0.04 = 1/25 as in PyTorch.")
        .within(ParameterDomain::Positive)
        .acting(ONE_CYCLE),
);

/// The standard deviation of the noise on every weight's gradient.
pub const NOISE: RealParameter = RealParameter(
    &Parameter::linear("noise", "σ", 0.0, [0.0, 5.0])
        .described(
            "gradient noise σ",
            "Standard deviation of Gaussian noise on every component of the gradient, as from a mini-batch.",
        )
        .within(ParameterDomain::NotNegative),
);

/// The parameters of schedule, noise and the rate of the second weight.
pub(super) const PARAMETERS: [Parameter; 12] = [
    SCHEDULE.parameter(),
    EVERY.parameter(),
    DROP.parameter(),
    HORIZON.parameter(),
    FLOOR.parameter(),
    DECAY.parameter(),
    WARMUP.parameter(),
    RISE.parameter(),
    FIRST_SHARE.parameter(),
    NOISE.parameter(),
    seed(Acts::Above0(NOISE.name())),
    RATE_RATIO.parameter(),
];

/// The parameters given here, and after them those of schedule, noise and the rate of the second weight.
macro_rules! first_order {
    ($($parameter:expr),* $(,)?) => {{
        use $crate::optimizers::schedule::PARAMETERS;
        &[$($parameter,)* PARAMETERS[0], PARAMETERS[1], PARAMETERS[2], PARAMETERS[3], PARAMETERS[4], PARAMETERS[5], PARAMETERS[6], PARAMETERS[7], PARAMETERS[8], PARAMETERS[9], PARAMETERS[10], PARAMETERS[11]]
    }};
}

/// As [`first_order`], for rules that draw random numbers of their own: their seed always acts, and one rate moves both weights.
macro_rules! first_order_seeded {
    ($($parameter:expr),* $(,)?) => {{
        use $crate::landscapes::Acts;
        use $crate::optimizers::parameters::seed;
        use $crate::optimizers::schedule::PARAMETERS;
        &[
            $($parameter,)* PARAMETERS[0], PARAMETERS[1], PARAMETERS[2], PARAMETERS[3], PARAMETERS[4], PARAMETERS[5], PARAMETERS[6], PARAMETERS[7], PARAMETERS[8], PARAMETERS[9],
            seed(Acts::Always),
        ]
    }};
}

pub(super) use {first_order, first_order_seeded};

/// The values of the parameters.
#[derive(Clone, Copy)]
struct Plan {
    schedule: Schedule,
    every: f64,
    drop: f64,
    horizon: f64,
    floor: f64,
    decay: f64,
    warmup: f64,
    rise: f64,
    first: f64,
    noise: f64,
    seed: usize,
    ratio: f64,
}

/// From one factor to another along half a wave of the cosine.
#[inline]
fn fall(from: f64, to: f64, share: f64) -> f64 {
    let wave = 0.5 * (1.0 + libm::cos(PI * share.clamp(0.0, 1.0)));
    to + (from - to) * wave
}

impl Plan {
    /// `None` for a method without schedule and noise.
    fn of(values: Values<'_>) -> Option<Self> {
        Some(Self {
            schedule: values.find(SCHEDULE)?,
            every: values.get(EVERY) as f64,
            drop: values.get(DROP),
            horizon: values.get(HORIZON) as f64,
            floor: values.get(FLOOR),
            decay: values.get(DECAY),
            warmup: values.get(WARMUP) as f64,
            rise: values.get(RISE),
            first: values.get(FIRST_SHARE),
            noise: values.get(NOISE),
            seed: values.get(SEED),
            ratio: ratio_of(values),
        })
    }

    /// What the rate is multiplied by after `steps` steps.
    fn factor(&self, steps: f64) -> f64 {
        let cosine = |share: f64| fall(1.0, self.floor, share);
        match self.schedule {
            Schedule::Constant => 1.0,
            Schedule::Step => libm::pow(self.drop, (steps / self.every.max(1.0)).floor()),
            Schedule::Cosine => cosine(steps / self.horizon),
            Schedule::InverseTime => 1.0 / (1.0 + self.decay * steps),
            // The first step moves already.
            Schedule::WarmupCosine if steps < self.warmup => (steps + 1.0) / self.warmup,
            Schedule::WarmupCosine => cosine((steps - self.warmup) / (self.horizon - self.warmup).max(1.0)),
            Schedule::OneCycle => {
                let peak = self.rise * self.horizon;
                if steps < peak {
                    fall(self.first, 1.0, steps / peak)
                } else {
                    let rest = self.horizon - peak;
                    if rest > 0.0 { cosine((steps - peak) / rest) } else { cosine(steps - peak) }
                }
            }
        }
    }
}

/// What the rate of a method is multiplied by in the step of this number, by its schedule.
pub(super) fn factor_at(values: Values<'_>, step: usize) -> f64 {
    Plan::of(values).map_or(1.0, |plan| plan.factor(step as f64))
}

/// A rule whose rate follows a schedule, whose gradients carry noise, and whose second weight has a rate of its own.
pub(super) struct Scheduled {
    rule: Box<dyn Optimizer>,
    method: &'static Method,
    /// The numbers of its parameters, its rate as at step 0.
    numbers: Vec<f64>,
    /// Where the rate stands among them.
    rate: usize,
    plan: Plan,
    factor: f64,
    steps: f64,
    random: SplitMix64,
}

impl Scheduled {
    /// Wraps a rule that has a schedule, and gives back one that has not.
    pub(super) fn around(
        method: &'static Method,
        rule: Box<dyn Optimizer>,
        numbers: &[f64],
    ) -> Result<Self, Box<dyn Optimizer>> {
        let (Some(rate), Some(plan)) = (method.index_of(LEARNING_RATE), Plan::of(method.values(numbers))) else {
            return Err(rule);
        };
        let random = generator(plan.seed);
        Ok(Self { rule, method, numbers: numbers.to_vec(), rate, plan, factor: 1.0, steps: 0.0, random })
    }

    /// Hands the rule the rate of this step, where it is another than that of the last.
    fn set_rate(&mut self) {
        if self.plan.schedule == Schedule::Constant {
            return;
        }
        let factor = self.plan.factor(self.steps);
        if factor != self.factor {
            self.factor = factor;
            self.tune_rule();
        }
    }

    fn tune_rule(&mut self) {
        let base = self.numbers[self.rate];
        self.numbers[self.rate] = base * self.factor;
        self.rule.tune(self.method.values(&self.numbers));
        self.numbers[self.rate] = base;
    }
}

/// Other numbers than those a rule draws from the same seed.
pub(super) fn generator(seed: usize) -> SplitMix64 {
    SplitMix64::new(!(seed as u64))
}

impl Optimizer for Scheduled {
    fn tune(&mut self, values: Values<'_>) {
        let seed = self.plan.seed;
        self.numbers.copy_from_slice(values.numbers());
        self.plan = Plan::of(values).unwrap_or(self.plan);
        if self.plan.seed != seed {
            self.random = generator(self.plan.seed);
        }
        self.factor = self.plan.factor(self.steps);
        self.tune_rule();
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        self.set_rate();
        let step = if self.plan.noise > 0.0 {
            let noise = Noise { deviation: self.plan.noise, random: self.random.clone() };
            let before = oracle.disturb(Some(noise));
            let step = self.rule.step(at, oracle);
            if let Some(noise) = oracle.disturb(before) {
                self.random = noise.random;
            }
            step
        } else {
            self.rule.step(at, oracle)
        };
        self.steps += 1.0;
        if self.plan.ratio == 1.0 { step } else { step.map(|step| of_both(step, self.plan.ratio)) }
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(Self { rule: self.rule.boxed(), numbers: self.numbers.clone(), random: self.random.clone(), ..*self })
    }

    fn state(&self) -> Quantities {
        self.rule.state()
    }

    fn ball(&self, step: &Step) -> Ball {
        let ball = ball_of_both(self.rule.ball(step), self.plan.ratio);
        if self.plan.noise > 0.0 && ball.is_gradient { Ball { name: "noisy ∇f", ..ball } } else { ball }
    }

    fn working(&self) -> Quantities {
        let rate = (RATE_OF_STEP, Carried::Number(self.numbers[self.rate] * self.factor));
        let scheduled = (self.plan.schedule != Schedule::Constant).then_some(rate);
        let now = self.numbers[self.rate] * self.factor;
        let both = Carried::Vector(Vector::new(now, now * self.plan.ratio));
        let both = (self.plan.ratio != 1.0).then_some((RATES_OF_WEIGHTS, both));
        scheduled.into_iter().chain(both).chain(self.rule.working()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::numbers::Vector;
    use crate::optimizers::Choice;

    /// What gradient descent on a bowl makes of its gradients: pairs of gradient and displacement.
    fn steps(parameters: &str, bowl: &str, count: usize) -> Vec<[Vector; 2]> {
        let mut rule = Choice::parse(&format!("gd:{parameters}")).unwrap().build();
        let landscape = Landscape::parse(bowl).unwrap();
        let mut at = Point::new(1.0, 2.0);
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let mut step = || {
            let gradient = landscape.loss().first_order(at).gradient;
            let taken = rule.step(at, &mut oracle).unwrap().taken;
            at += taken;
            [gradient, taken]
        };
        (0..count).map(|_| step()).collect()
    }

    #[test]
    fn the_rate_follows_its_schedule() {
        let half = 0.4 * 0.5_f64.sqrt();
        for (schedule, expected) in [
            ("schedule=constant", [1.0, 1.0, 1.0, 1.0, 1.0]),
            ("schedule=step,every=2,drop=0.1", [1.0, 1.0, 0.1, 0.1, 0.01]),
            ("schedule=cosine,horizon=4,floor=0.2", [1.0, 0.6 + half, 0.6, 0.6 - half, 0.2]),
            ("schedule=inverse_time,decay=1", [1.0, 0.5, 1.0 / 3.0, 0.25, 0.2]),
            ("schedule=warmup_cosine,warmup=2,horizon=4", [0.5, 1.0, 1.0, 0.5, 0.0]),
            ("schedule=one_cycle,horizon=4,rise=0.5,first=0.2,floor=0.1", [0.2, 0.6, 1.0, 0.55, 0.1]),
            ("schedule=one_cycle,horizon=4,rise=0,floor=0.2", [1.0, 0.6 + half, 0.6, 0.6 - half, 0.2]),
            ("schedule=one_cycle,horizon=3,rise=1,first=0.5,floor=0.25", [0.5, 0.625, 0.875, 1.0, 0.25]),
        ] {
            let steps = steps(&format!("lr=1,{schedule}"), "bowl:a=1e-6", 5);
            for (step, ([gradient, taken], expected)) in std::iter::zip(steps, expected).enumerate() {
                let rate = -taken.x / gradient.x;
                assert!((rate - expected).abs() < 1e-9, "{schedule}, step {step}: {rate} instead of {expected}");
            }
        }
    }

    #[test]
    fn noise_has_its_size_and_its_seed() {
        let run = |noise: &str| steps(&format!("lr=1e-9,{noise}"), "bowl", 4000);
        let noisy = run("noise=0.5,seed=3");
        let errors = noisy.iter().map(|[gradient, taken]| (taken / -1e-9 - gradient).norm_squared());
        let deviation = (errors.sum::<f64>() / 8000.0).sqrt();
        assert!((deviation - 0.5).abs() < 0.01, "σ = {deviation}");
        assert_eq!(noisy, run("noise=0.5,seed=3"), "the same seed");
        assert_ne!(noisy, run("noise=0.5,seed=4"), "another seed");
        assert_eq!(run("noise=0,seed=3"), run("noise=0,seed=4"), "no noise, no seed");
    }
}
