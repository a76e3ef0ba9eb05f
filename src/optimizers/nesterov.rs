//! Nesterov's momentum in the form of PyTorch, optax and Keras: the stored iterate is the textbook's look-ahead point.

use super::fista;
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::own_step_scale;
use super::parameters::{BETA, learning_rate};
use super::phases::{ASK_GRADIENT, MOVE, phase};
use super::schedule::first_order;
use super::values::{OneOf, number_of, variants};
use super::{
    Ball, Carried, Family, Gains, GradientSum, LEARNING_RATE, Method, MethodNeeds, Motion, Operations, Optimizer,
    Order, Part, Quantities, Quantity, Recurrence, Shows, Step, Storage, Undefined, Uphill, VELOCITY, Values,
};
use crate::analysis::{Recursion, StabilityBound};
use crate::landscapes::{Acts, Oracle, Parameter};
use crate::numbers::{Point, Real, Vector};

variants! {
    /// Where the momentum coefficient comes from.
    enum Form {
        /// It is β in every step.
        Constant = "constant",
        /// It grows toward 1 with the number of the step.
        Fista = "fista",
    }
}

const FORM: OneOf<Form> = OneOf::new(&OneOf::<Form>::parameter_of("form").described(
    "form",
    "Constant: β is the same in every step. FISTA: it grows from 0 toward 1, βₜ = (t−1)/t₊ with t₊ = (1+√(1+4t²))/2 from t = 1 on, which no curvature need be known for.",
));

/// β, which only the constant form has.
const CONSTANT: Parameter = BETA.parameter().acting(Acts::Among(FORM.name(), &[number_of!(Form::Constant)]));

const COEFFICIENT: Quantity = Quantity::new("β of this step, (t−1)/t₊", "βₜ");
const T: Quantity = Quantity::new("t", "t").of_before();

pub(super) static ENTRY: Method = Method {
    id: "nesterov",
    name: "Nesterov momentum",
    brief: "Nesterov",
    idea: "Evaluates the gradient where its velocity would carry it: it slows down earlier than the heavy ball.",
    rule: "v ← βv + ∇f,  w ← w − η(∇f + βv);  FISTA: v ← βₜ₋₁v + ∇f,  w ← w − η(∇f + βₜv)",
    reference: "Y. Nesterov, A method for solving the convex programming problem with convergence rate O(1/k²) (1983); form of I. Sutskever et al. (2013); A. Beck and M. Teboulle, A fast iterative shrinkage-thresholding algorithm (2009)",
    parameters: first_order![learning_rate(0.02), CONSTANT, FORM.parameter()],
    conditionals: &[],
    family: Family::Momentum,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Update the velocity: v ← βv + ∇f", Shows::Slope(VELOCITY)),
        phase("Move by β times the new velocity", Shows::Part(0)),
        phase("Add the gradient once more: it looks one step ahead", Shows::Part(1)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(1),
    operations: |_| Operations::vectors(6.0),
    batch: None,
    gradient_sum: Some(GradientSum {
        coefficient: BETA,
        initial: None,
        recurrence,
        motion: Motion::HeavyBall(gains),
        old_is_first_part: false,
    }),
    uphill: &[Uphill::MemoryAndGradient],
    evaluations_per_step: 1,
    stability_bound: |values| Ok(stability_bound(values)),
    step_scale: own_step_scale,
    build: |values| {
        let mut rule = Nesterov {
            rate: 0.0,
            beta: 0.0,
            form: Form::Constant,
            velocity: Vector::zeros(),
            t: fista::FIRST,
            grown: 0.0,
            moved: 0.0,
        };
        rule.tune(values);
        Box::new(rule)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic { form: values.get(FORM) }), values, packs)),
};

/// In the form of FISTA the velocity is renewed with the coefficient with which it has moved the weights last.
fn recurrence(values: Values<'_>, step: usize) -> Recurrence {
    let keep = match values.get(FORM) {
        Form::Constant => values.get(BETA),
        Form::Fista => step.checked_sub(1).map_or(0.0, fista::coefficient_at),
    };
    Recurrence::velocity(keep, 1.0)
}

fn gains(values: Values<'_>, step: usize) -> Gains {
    let velocity = match values.get(FORM) {
        Form::Constant => values.get(BETA),
        Form::Fista => fista::coefficient_at(step),
    };
    Gains { velocity, newest: 1.0, bias: 1.0, form: None }
}

/// For coefficients that grow, the limit to which that of a constant one tends.
fn stability_bound(values: Values<'_>) -> StabilityBound {
    match values.get(FORM) {
        Form::Constant => StabilityBound {
            recursion: Recursion::Nesterov { beta: values.get(BETA) },
            words: "2(1+β)/((1+2β)λmax)",
            words_of_one: "2(1+β)/((1+2β)f″)",
        },
        Form::Fista => {
            StabilityBound {
                recursion: Recursion::Nesterov { beta: 1.0 }, words: "4/(3λmax)", words_of_one: "4/(3f″)"
            }
        }
    }
}

/// Each weight carries its part of the velocity.
#[derive(Clone)]
struct Arithmetic {
    form: Form,
}

impl PerWeightKernel<3, 1> for Arithmetic {
    /// η, what the old velocity is renewed with, and what the new one moves the weight with.
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 3] {
        [values.get(LEARNING_RATE), recurrence(values, step).keep, gains(values, step).velocity]
    }

    fn varies(&self) -> bool {
        self.form == Form::Fista
    }

    #[inline(always)]
    fn direction<T: Real>(&self, [_, keep, beta]: &[T; 3], [velocity]: &mut [T; 1], _: T, slope: T) -> T {
        *velocity = *velocity * *keep + slope;
        slope + *velocity * *beta
    }
}

#[derive(Clone)]
struct Nesterov {
    rate: f64,
    beta: f64,
    form: Form,
    velocity: Vector,
    /// t of the next step, whichever the form is.
    t: f64,
    /// The coefficient of FISTA in the last step.
    grown: f64,
    /// The coefficient with which the velocity moved the weights in the last step.
    moved: f64,
}

impl Nesterov {
    /// The coefficients with which the next step renews the velocity, and with which that moves the weights.
    fn coefficients(&self) -> [f64; 2] {
        match self.form {
            Form::Constant => [self.beta; 2],
            Form::Fista => [self.grown, fista::coefficient(self.t)],
        }
    }
}

impl Optimizer for Nesterov {
    fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.beta] = [values.get(LEARNING_RATE), values.get(BETA)];
        self.form = values.get(FORM);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let [keep, beta] = self.coefficients();
        let arithmetic = Each(Arithmetic { form: self.form });
        let direction = alone(&arithmetic, [self.rate, keep, beta], [&mut self.velocity], at, gradient);
        (self.grown, self.t, self.moved) = (fista::coefficient(self.t), fista::next(self.t), beta);
        // The velocity of this step, in terms of the one that was carried into it.
        let name = if self.form == Form::Fista { "−ηβₜ(βₜ₋₁v + ∇f)" } else { "−ηβ(βv + ∇f)" };
        let parts = [
            Part { name, factor: -self.rate * beta, vector: self.velocity },
            Part { name: "−η∇f", factor: -self.rate, vector: gradient },
        ];
        Ok(Step::taken(direction * -self.rate, parts))
    }

    fn ball(&self, step: &Step) -> Ball {
        let [velocity, gradient] =
            [0, 1].map(|part| step.parts.get(part).map_or_else(Vector::zeros, |part| part.vector));
        let name = if self.form == Form::Fista { "∇f + βₜv" } else { "∇f + βv" };
        Ball::down(name, gradient + velocity * self.moved)
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        let t = (self.form == Form::Fista).then_some((T, Carried::Number(self.t)));
        [(VELOCITY, Carried::Vector(self.velocity))].into_iter().chain(t).collect()
    }

    fn working(&self) -> Quantities {
        let coefficient = (COEFFICIENT, Carried::Number(self.moved));
        if self.form == Form::Fista { vec![coefficient] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    /// The points yₖ at which the gradient is taken, as the book writes them: x a step of gradient descent from y, and y beyond
    /// x by a share of the way from the last x.
    fn textbook(landscape: &Landscape, start: Point, rate: f64, steps: usize) -> Vec<Point> {
        let (mut x, mut y, mut t) = (start, start, 1.0_f64);
        let step = |_| {
            let next_x = y - landscape.loss().first_order(y).gradient * rate;
            let next_t = f64::midpoint(1.0, (1.0 + 4.0 * t * t).sqrt());
            y = next_x + (next_x - x) * ((t - 1.0) / next_t);
            (x, t) = (next_x, next_t);
            y
        };
        (0..steps).map(step).collect()
    }

    /// A part of a step that is named by what is carried alone has no length in the first step, into which nothing is carried.
    #[test]
    fn the_parts_of_the_first_step_are_named_by_what_there_is() {
        let landscape = Landscape::parse("quad").unwrap();
        let mut seen = 0;
        for method in ["nesterov", "nesterov:form=fista", "momentum", "momentum:form=ema", "momentum:form=ema_debiased"]
        {
            let mut rule = Choice::parse(method).unwrap().build();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            let step = rule.step(Point::new(-2.1, 1.7), &mut oracle).unwrap();
            for part in step.parts.iter().filter(|part| part.displacement().norm() > 0.0) {
                assert!(part.name.contains("∇f"), "{method}: {}", part.name);
                seen += 1;
            }
        }
        assert!(seen > 5, "{seen} parts");
    }

    #[test]
    fn fista_is_the_accelerated_method_of_the_book() {
        for (landscape, rate) in [("quad:kappa=50", 0.02), ("himmelblau", 0.01), ("rosenbrock:b=20", 0.002)] {
            let landscape = Landscape::parse(landscape).unwrap();
            let start = Point::new(-0.9, 1.1);
            let mut rule = Choice::parse(&format!("nesterov:form=fista,lr={rate}")).unwrap().build();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            let mut at = start;
            for (step, expected) in textbook(&landscape, start, rate, 120).into_iter().enumerate() {
                at += rule.step(at, &mut oracle).unwrap().taken;
                let error = (at - expected).norm();
                assert!(error < 1e-11 * (1.0 + expected.coords.norm()), "step {step}: {error:e} off");
            }
        }
    }
}
