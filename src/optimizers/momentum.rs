//! Momentum in its three forms: the heavy ball, the moving average of the gradients, and that average without its bias.

use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::own_step_scale;
use super::parameters::{BETA, learning_rate};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::values::{OneOf, RealParameter, number_of};
use super::{
    AVERAGE, Ball, Carried, Family, Form, Gains, GradientSum, LEARNING_RATE, Method, MethodNeeds, Motion, Operations,
    Optimizer, Order, Part, Quantities, Recurrence, Shows, Step, Storage, Undefined, Uphill, VELOCITY, Values,
};
use crate::analysis::{Recursion, StabilityBound};
use crate::landscapes::{Acts, Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, Real, Vector};

const FORM: OneOf<Form> = OneOf::new(&OneOf::<Form>::parameter_of("form").described(
    "form",
    "Heavy ball: v ← βv + ∇f, whose steps are in the long run 1/(1−β) times as long. EMA: m ← βm + (1−β)∇f, an average of the gradients. EMA, bias-corrected: that average divided by 1−βᵗ.",
));

const DAMPENING: RealParameter = RealParameter(
    &Parameter::linear("dampening", "d", 0.0, [0.0, 1.0])
        .described("dampening", "From the second step on only (1−d)∇f is added, as in PyTorch.")
        .within(ParameterDomain::Fraction)
        .acting(Acts::Among(FORM.name(), &[number_of!(Form::HeavyBall)])),
);

/// The forms that can begin with a velocity.
const BEGINS: Acts = Acts::Among(FORM.name(), &[number_of!(Form::HeavyBall), number_of!(Form::Ema)]);

const V0X: RealParameter = RealParameter(&initial(
    "v0x",
    "v₀ along x",
    "The component along the first weight of v (or of the average m) before the first step. As the step is −ηv, a negative one sets the ball off toward larger weights.",
));
const V0Y: RealParameter = RealParameter(
    &initial(
    "v0y",
    "v₀ along y",
    "The component along the second weight of v (or of the average m) before the first step. As the step is −ηv, a negative one sets the ball off toward larger weights.",
).of_second_weight());

/// A component of the initial velocity.
const fn initial(name: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::linear(name, "v₀", 0.0, [-20.0, 20.0]).described(label, help).acting(BEGINS)
}

pub(super) static ENTRY: Method = Method {
    id: "momentum",
    name: "Momentum",
    brief: "Momentum",
    idea: "Adds β times its last velocity: it passes small barriers, speeds up along flat valleys, and overshoots.",
    rule: "v ← βv + ∇f,  w ← w − ηv",
    reference: "B. T. Polyak, Some methods of speeding up the convergence of iteration methods (1964)",
    parameters: first_order![
        learning_rate(0.02),
        BETA.parameter(),
        FORM.parameter(),
        DAMPENING.parameter(),
        V0X.parameter(),
        V0Y.parameter()
    ],
    conditionals: &[],
    family: Family::Momentum,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Multiply the last velocity by β", Shows::Part(0)),
        phase("Add the negative gradient", Shows::Part(1)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(1),
    operations: |_| Operations::vectors(4.0),
    batch: None,
    gradient_sum: Some(GradientSum {
        coefficient: BETA,
        initial: Some([V0X, V0Y]),
        recurrence,
        motion: Motion::HeavyBall(gains),
        old_is_first_part: true,
    }),
    uphill: &[Uphill::Memory, Uphill::Gradient],
    evaluations_per_step: 1,
    stability_bound: |values| Ok(stability_bound(values.get(BETA), values.get(FORM), values.get(DAMPENING))),
    step_scale: own_step_scale,
    build: |values| {
        // The bias that is corrected is that of a start at zero.
        let velocity = initial_velocity(values);
        let mut momentum = Momentum { velocity, ..Momentum::default() };
        momentum.tune(values);
        Box::new(momentum)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic::of(values)), values, packs)),
};

/// The velocity before the first step: an average without its bias begins at zero.
fn initial_velocity(values: Values<'_>) -> Vector {
    let begins = values.get(FORM) != Form::EmaDebiased;
    if begins { Vector::new(values.get(V0X), values.get(V0Y)) } else { Vector::zeros() }
}

/// Each weight carries its part of the velocity.
#[derive(Clone)]
struct Arithmetic {
    form: Form,
    is_dampened: bool,
}

impl Arithmetic {
    fn of(values: Values<'_>) -> Self {
        Self { form: values.get(FORM), is_dampened: values.get(DAMPENING) > 0.0 }
    }
}

impl PerWeightKernel<4, 1> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 4] {
        let mut momentum = Momentum::default();
        momentum.tune(values);
        momentum.steps = i32::try_from(step).unwrap_or(i32::MAX);
        let intake = momentum.intake();
        momentum.steps = momentum.steps.saturating_add(1);
        [momentum.rate, momentum.beta, intake, momentum.bias()]
    }

    fn begin(&self, values: Values<'_>, weight: usize) -> [f64; 1] {
        [initial_velocity(values)[weight]]
    }

    fn varies(&self) -> bool {
        self.is_dampened || self.form == Form::EmaDebiased
    }

    #[inline(always)]
    fn direction<T: Real>(&self, [_, beta, intake, bias]: &[T; 4], [velocity]: &mut [T; 1], _: T, slope: T) -> T {
        *velocity = *velocity * *beta + slope * *intake;
        if self.form == Form::EmaDebiased { *velocity / *bias } else { *velocity }
    }
}

/// How a step renews the velocity. PyTorch's first buffer is the gradient itself, undamped.
fn recurrence(values: Values<'_>, step: usize) -> Recurrence {
    let beta = values.get(BETA);
    match values.get(FORM) {
        Form::HeavyBall if step == 0 => Recurrence::velocity(beta, 1.0),
        Form::HeavyBall => Recurrence::velocity(beta, 1.0 - values.get(DAMPENING)),
        Form::Ema | Form::EmaDebiased => Recurrence::average(beta),
    }
}

/// How the velocity moves the weights in the step of a number.
fn gains(values: Values<'_>, step: usize) -> Gains {
    let form = values.get(FORM);
    let bias = match form {
        Form::HeavyBall | Form::Ema => 1.0,
        Form::EmaDebiased => 1.0 - libm::pow(values.get(BETA), (step + 1) as f64),
    };
    Gains { velocity: 1.0, newest: 0.0, bias, form: Some(form) }
}

/// Heavy ball 2(1+β)/λmax; the average takes in only 1−β of each gradient, so its rate may be that much larger.
fn stability_bound(beta: f64, form: Form, dampening: f64) -> StabilityBound {
    let (share, words, words_of_one) = match form {
        Form::HeavyBall if dampening > 0.0 => (1.0 - dampening, "2(1+β)/((1−d)λmax)", "2(1+β)/((1−d)f″)"),
        Form::HeavyBall => (1.0, "2(1+β)/λmax", "2(1+β)/f″"),
        Form::Ema | Form::EmaDebiased => (1.0 - beta, "2(1+β)/((1−β)λmax)", "2(1+β)/((1−β)f″)"),
    };
    StabilityBound { recursion: Recursion::HeavyBall { beta, share }, words, words_of_one }
}

#[derive(Clone, Default)]
struct Momentum {
    rate: f64,
    beta: f64,
    form: Form,
    dampening: f64,
    velocity: Vector,
    steps: i32,
}

impl Momentum {
    /// What share of the gradient enters the velocity. PyTorch's first buffer is the gradient itself, undamped.
    fn intake(&self) -> f64 {
        match self.form {
            Form::HeavyBall if self.steps == 0 => 1.0,
            Form::HeavyBall => 1.0 - self.dampening,
            Form::Ema | Form::EmaDebiased => 1.0 - self.beta,
        }
    }

    /// The bias of an average that began at zero: 1 − βᵗ.
    fn bias(&self) -> f64 {
        match self.form {
            Form::HeavyBall | Form::Ema => 1.0,
            Form::EmaDebiased => 1.0 - libm::pow(self.beta, f64::from(self.steps)),
        }
    }

    fn names(&self) -> [&'static str; 2] {
        match self.form {
            Form::HeavyBall => ["−ηβv", "−η∇f"],
            Form::Ema => ["−ηβm", "−η(1−β)∇f"],
            Form::EmaDebiased => ["−ηβm/(1−βᵗ)", "−η(1−β)∇f/(1−βᵗ)"],
        }
    }
}

impl Optimizer for Momentum {
    /// The initial velocity is used only when the rule is built: changing it later has no effect.
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.beta] = [values.get(LEARNING_RATE), values.get(BETA)];
        (self.form, self.dampening) = (values.get(FORM), values.get(DAMPENING));
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let (old, intake) = (self.velocity, self.intake());
        self.steps = self.steps.saturating_add(1);
        let bias = self.bias();
        let arithmetic = Each(Arithmetic { form: self.form, is_dampened: self.dampening > 0.0 });
        let direction = alone(&arithmetic, [self.rate, self.beta, intake, bias], [&mut self.velocity], at, gradient);
        let [kept, new] = self.names();
        let scale = -self.rate / bias;
        let parts = [
            Part { name: kept, factor: scale * self.beta, vector: old },
            Part { name: new, factor: scale * intake, vector: gradient },
        ];
        Ok(Step::taken(direction * -self.rate, parts))
    }

    fn ball(&self, _: &Step) -> Ball {
        let name = match self.form {
            Form::HeavyBall => "v",
            Form::Ema => "m",
            Form::EmaDebiased => "m̂",
        };
        Ball::down(name, self.velocity / self.bias())
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        let sum = if self.form == Form::HeavyBall { VELOCITY } else { AVERAGE };
        vec![(sum, Carried::Vector(self.velocity))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    /// Where a few steps lead from (1, −0.5).
    fn path(method: &str, steps: usize) -> Vec<Point> {
        let landscape = Landscape::parse("double_well").unwrap();
        let mut rule = Choice::parse(method).unwrap().build();
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let mut at = Point::new(1.0, -0.5);
        let mut step = || {
            at += rule.step(at, &mut oracle).unwrap().taken;
            at
        };
        (0..steps).map(|_| step()).collect()
    }

    #[test]
    fn the_initial_velocity_is_what_v_is_before_the_first_step() {
        let landscape = Landscape::parse("double_well").unwrap();
        for (method, intakes) in [
            ("momentum:lr=0.1,beta=0.8,v0x=0.4,v0y=-0.4", [1.0, 1.0]),
            ("momentum:lr=0.1,beta=0.8,dampening=0.3,v0x=-2,v0y=1", [1.0, 0.7]),
            ("momentum:lr=0.1,beta=0.8,form=ema,v0x=0.4,v0y=5", [0.2, 0.2]),
        ] {
            let mut velocity = Choice::parse(method).unwrap().initial_velocity();
            let mut at = Point::new(1.0, -0.5);
            for (step, reached) in path(method, 30).into_iter().enumerate() {
                let gradient = landscape.loss().first_order(at).gradient;
                velocity = velocity * 0.8 + gradient * intakes[step.min(1)];
                at -= velocity * 0.1;
                assert!((at - reached).norm() < 1e-13, "{method}, step {step}: {reached} instead of {at}");
            }
        }
    }

    #[test]
    fn none_is_the_method_as_it_was_and_a_velocity_finds_another_minimum() {
        assert_eq!(path("momentum:v0x=0,v0y=0", 200), path("momentum", 200));
        assert_eq!(path("momentum:form=ema_debiased,v0x=3", 200), path("momentum:form=ema_debiased", 200), "no bias");
        assert!(path("momentum", 400)[399].x > 0.9, "in the basin of its start");
        assert!(path("momentum:v0x=9", 400)[399].x < -1.0, "set off to the left it passes the saddle");
    }
}
