//! The memory of a method: the velocity of a step as the weighted sum of past gradients.

use super::run::GradientHistory;
use super::{Recipe, Run, StepReplay};
use crate::numbers::Vector;
use crate::optimizers::{self, Choice, Kind, Method, Motion, Part, RATE_RATIO, Recurrence, sum_of_gradients};

/// Gradients that count for less than this share of the newest are summed up.
const LEAST: f64 = 0.01;
/// No more than this many are listed one by one.
const MOST: usize = 256;
/// No more steps than this are retraced for the comparison of the forms; with β = 0.99 what is older weighs 10⁻¹⁸.
const FARTHEST: usize = 4096;

/// A gradient of the past in the present velocity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// Its age in steps; 0 is this step's gradient.
    pub age: usize,
    /// Its weight in the velocity.
    pub weight: f64,
    /// The gradient as the method received it.
    pub gradient: Vector,
    /// Its contribution to the current step.
    pub push: Vector,
}

/// Older gradients, summed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Older {
    /// Their number.
    pub count: usize,
    /// Their sum in the velocity.
    pub sum: Vector,
    /// Their contribution to the current step.
    pub push: Vector,
}

/// What is left of the velocity with which the run began.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Initial {
    /// What is left of it in the velocity.
    pub velocity: Vector,
    /// Its contribution to the current step.
    pub push: Vector,
}

/// A velocity of one of three forms, made from the same gradients by the same β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Form {
    /// Its name.
    pub name: &'static str,
    /// What is multiplied by the rate.
    pub velocity: Vector,
    /// The effective multiple of η for a constant gradient in this step.
    pub now: f64,
    /// The effective multiple of η for a constant gradient after many steps.
    pub at_last: f64,
    /// Whether it is the form of the method.
    pub is_own: bool,
}

/// The memory at one step of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// What the rule calls it: v or m.
    pub symbol: &'static str,
    /// β of this step.
    pub beta: f64,
    /// η of this step.
    pub rate: f64,
    /// The gradients, the newest first.
    pub contributions: Vec<Contribution>,
    /// The rest of them, if there are more.
    pub older: Option<Older>,
    /// What is left of the initial velocity, if there was one.
    pub initial: Option<Initial>,
    /// The velocity as the method carries it after the step.
    pub carried: Vector,
    /// The sum of all pushes: the step, but for what a method adds beside its velocity.
    pub push: Vector,
    /// The effective rates: the factors of a constant gradient in this step, weight by weight. `None` where
    /// only its sign counts.
    pub rates: Option<Vector>,
    /// Whether β is the same in every step: then the weights are its powers.
    pub has_constant_beta: bool,
    /// Heavy ball, average, and average without its bias, where the method is momentum in one form or another with one β for
    /// all steps.
    pub forms: Option<[Form; 3]>,
}

impl Memory {
    /// The memory with which the step from an iterate is made; `None` for methods that remember no sum of gradients, and
    /// where there is no step.
    pub fn of(run: &Run, index: usize, replayed: &StepReplay) -> Option<Self> {
        Self::within(run, index, replayed, LEAST, MOST)
    }

    /// As [`Self::of`]: gradients are listed one by one down to the share `least` of the newest, and at most `most` of them.
    fn within(run: &Run, index: usize, replayed: &StepReplay, least: f64, most: usize) -> Option<Self> {
        let recipe = run.recipe();
        let entry = recipe.optimizer.entry;
        let Recurrence { kind, keep, .. } = entry.recurrence(entry.values(&replayed.parameters), index)?;
        let gains = Gains::of(entry, index, replayed)?;
        let carried = sum_of_gradients(&replayed.state)?;
        let first = (index + 1).saturating_sub(steps_until(keep, 1e-16).min(FARTHEST));
        let GradientHistory { gradients: gradient_history, before } = run.gradient_history(first, index)?;
        let (mut contributions, mut product) = (Vec::new(), 1.0);
        let mut rest = Vector::zeros();
        for (age, gradient) in gradient_history.iter().rev().enumerate() {
            let step = index - age;
            let recurrence = recurrence_at(recipe, replayed, step, index)?;
            let weight = product * recurrence.intake;
            if product >= least && contributions.len() < most {
                let push = gains.of_one(age, weight, *gradient);
                contributions.push(Contribution { age, weight, gradient: *gradient, push });
            } else {
                rest += gradient * weight;
            }
            product *= recurrence.keep;
        }
        let before = sum_of_gradients(&before)?;
        let left = before * product;
        let initial = (first == 0 && before != Vector::zeros())
            .then(|| Initial { velocity: left, push: gains.of_velocity(left) });
        if initial.is_none() {
            rest += left;
        }
        let count = index + 1 - contributions.len();
        let older = (count > 0).then(|| Older { count, sum: rest, push: gains.of_velocity(rest) });
        let push = contributions.iter().map(|one| one.push).sum::<Vector>()
            + older.map_or_else(Vector::zeros, |older| older.push)
            + initial.map_or_else(Vector::zeros, |initial| initial.push);
        let choice = Choice { entry, parameters: replayed.parameters.clone() };
        let has_constant_beta = choice.coefficient_index().is_some();
        let forms = if has_constant_beta { forms(&choice, index, &gradient_history, before, keep) } else { None };
        let rate = replayed.rate(entry)?;
        let counts = !matches!(entry.gradient_sum?.motion, Motion::Signs);
        let rates = counts.then(|| gains.rates(sum_of_weights(&choice, index)));
        Some(Self {
            symbol: kind.symbol(),
            beta: keep,
            rate,
            contributions,
            older,
            initial,
            carried,
            push,
            rates,
            has_constant_beta,
            forms,
        })
    }

    /// The sum of all contributions.
    pub fn sum(&self) -> Vector {
        let recent: Vector = self.contributions.iter().map(|one| one.gradient * one.weight).sum();
        recent
            + self.older.map_or_else(Vector::zeros, |older| older.sum)
            + self.initial.map_or_else(Vector::zeros, |initial| initial.velocity)
    }
}

/// Number of steps after which βᵏ falls to `least`.
fn steps_until(beta: f64, least: f64) -> usize {
    if beta <= 0.0 { 1 } else { (libm::log(least) / libm::log(beta)).ceil().clamp(1.0, 1e9) as usize }
}

fn recurrence_at(recipe: &Recipe, replayed: &StepReplay, step: usize, index: usize) -> Option<Recurrence> {
    let entry = recipe.optimizer.entry;
    if step == index || recipe.changes.is_empty() {
        entry.recurrence(entry.values(&replayed.parameters), step)
    } else {
        entry.recurrence(entry.values(&recipe.parameters_at(step)), step)
    }
}

/// The factors that turn a velocity into a displacement, weight by weight.
#[derive(Clone, Copy)]
struct Gains {
    /// Of the velocity.
    velocity: Vector,
    /// Of the newest gradient once more, for methods that look ahead.
    newest: Vector,
}

impl Gains {
    fn of(method: &Method, index: usize, replayed: &StepReplay) -> Option<Self> {
        let step = replayed.step.as_ref().ok()?;
        let rate = replayed.rate(method)?;
        let carried = sum_of_gradients(&replayed.state)?;
        let part = |place: usize| step.parts.get(place).map_or_else(Vector::zeros, Part::displacement);
        let ratio =
            |whole: Vector, of: Vector| whole.zip_map(&of, |whole, of| if of == 0.0 { 0.0 } else { whole / of });
        let (velocity, newest) = match method.gradient_sum?.motion {
            Motion::HeavyBall(gains) => {
                let gains = gains(method.values(&replayed.parameters), index);
                let ratio = method.values(&replayed.parameters).find(RATE_RATIO).unwrap_or(1.0);
                let even = |share: f64| Vector::new(1.0, ratio) * (-rate * share / gains.bias);
                (even(gains.velocity), even(gains.newest))
            }
            // The velocity is scaled to the length of the step.
            Motion::Signs => {
                let gain = -step.proposed.norm() / carried.norm().max(f64::MIN_POSITIVE);
                (Vector::repeat(gain), Vector::zeros())
            }
            Motion::PerWeight { newest } => {
                let newest = newest.map_or_else(Vector::zeros, |place| ratio(part(place), replayed.gradient));
                (ratio(part(0), carried), newest)
            }
        };
        Some(Self { velocity, newest })
    }

    /// The effective rates for a constant gradient whose weights sum to `times`.
    fn rates(&self, times: f64) -> Vector {
        -(self.velocity * times + self.newest)
    }

    fn of_velocity(&self, share: Vector) -> Vector {
        self.velocity.component_mul(&share)
    }

    fn of_one(&self, age: usize, weight: f64, gradient: Vector) -> Vector {
        let again = if age == 0 { self.newest.component_mul(&gradient) } else { Vector::zeros() };
        self.of_velocity(gradient * weight) + again
    }
}

/// Sum of the weights of a constant gradient in the velocity: 1 + β + β² + …, times 1 − β for an average.
fn sum_of_weights(choice: &Choice, index: usize) -> f64 {
    let recurrence = |step| choice.entry.recurrence(choice.values(), step);
    let Some(Recurrence { kind, keep, .. }) = recurrence(index) else { return 0.0 };
    if choice.coefficient_index().is_none() {
        return (0..=index).filter_map(recurrence).fold(0.0, |sum, one| one.keep * sum + one.intake);
    }
    let average = 1.0 - libm::pow(keep, (index + 1) as f64);
    match kind {
        Kind::Average => average,
        Kind::Velocity => average / (1.0 - keep),
    }
}

/// The three forms for the gradients of the last steps, after a velocity before them; `None` for methods that divide their
/// average weight by weight.
fn forms(choice: &Choice, index: usize, gradient_history: &[Vector], before: Vector, keep: f64) -> Option<[Form; 3]> {
    let Motion::HeavyBall(gains) = choice.entry.gradient_sum?.motion else { return None };
    let own = gains(choice.values(), index).form;
    // In the form of a heavy ball: an average of the same gradients is 1 − β times as long.
    let is_average = choice.entry.recurrence(choice.values(), index)?.kind == Kind::Average;
    let before = if is_average { before / (1.0 - keep) } else { before };
    let heavy = gradient_history.iter().fold(before, |velocity, gradient| velocity * keep + gradient);
    let unbiased = 1.0 - libm::pow(keep, (index + 1) as f64);
    let whole = 1.0 / (1.0 - keep);
    let form = |place, name, share: f64| Form {
        name,
        velocity: heavy * share,
        now: share * unbiased * whole,
        at_last: if place == optimizers::Form::HeavyBall { whole } else { 1.0 },
        is_own: own == Some(place),
    };
    Some([
        form(optimizers::Form::HeavyBall, "heavy ball", 1.0),
        form(optimizers::Form::Ema, "EMA", 1.0 - keep),
        form(optimizers::Form::EmaDebiased, "bias-corrected EMA", (1.0 - keep) / unbiased),
    ])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::ParameterChange;

    fn run(landscape: &str, optimizer: &str, start: [f64; 2], steps: usize) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), steps);
        Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
    }

    const METHODS: [&str; 18] = [
        "momentum:lr=0.002,v0x=0.4,v0y=-3",
        "momentum:lr=0.02,form=ema,v0x=2,v0y=-0.4",
        "nesterov:lr=0.002,form=fista",
        "nesterov:lr=0.001,form=fista,schedule=one_cycle,horizon=90",
        "momentum:lr=0.002",
        "momentum:lr=0.002,dampening=0.5",
        "momentum:lr=0.02,form=ema",
        "momentum:lr=0.02,form=ema_debiased,schedule=cosine",
        "momentum:lr=0.002,noise=0.7",
        "nesterov:lr=0.002,beta=0.8",
        "sgd:lr=0.01,beta=0.9",
        "sgd:lr=0.01,beta=0.5,noise=0.3",
        "adam",
        "amsgrad:bias_correction=false",
        "adamw:convention=keras,noise=0.2",
        "nadam",
        "nadam:convention=optax",
        "lion:beta2=0.9,weight_decay=0.1",
    ];

    /// These methods, and every other one that carries a sum of gradients.
    fn methods() -> Vec<&'static str> {
        let carries = ENTRIES.iter().filter(|method| method.gradient_sum.is_some()).map(|method| method.id);
        let is_other = |id: &&str| !METHODS.iter().any(|method| method.split(':').next() == Some(id));
        METHODS.into_iter().chain(carries.filter(is_other)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn the_gradients_with_their_weights_are_the_velocity(
            method in proptest::sample::select(methods()),
            start in [-2.0..2.0, -2.0..2.0],
            index in 0_usize..300,
            change in (0_usize..40, 0.0..0.99),
        ) {
            let mut recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), 300);
            let entry = recipe.optimizer.entry;
            let parameter = ["beta", "beta1", "beta2"].into_iter().find_map(|name| entry.parameter_index(name)).unwrap();
            recipe.change_from(ParameterChange { step: change.0, parameter, value: change.1 });
            let run = Run::of(&Landscape::parse("tanh2").unwrap(), &recipe);
            let index = index.min(run.iterates().len() - 1);
            let replayed = run.replayed(index).unwrap();
            for (least, most) in [(0.0, usize::MAX), (LEAST, MOST), (0.5, 3)] {
                let memory = Memory::within(&run, index, &replayed, least, most).unwrap();
                let size: f64 = memory.contributions.iter().map(|one| one.weight * one.gradient.norm()).sum();
                let error = (memory.sum() - memory.carried).norm();
                prop_assert!(error <= 1e-12 * (1.0 + size), "{method}: {error:e} off at {index}");
                prop_assert_eq!(
                    memory.contributions.len() + memory.older.map_or(0, |older| older.count),
                    index + 1,
                    "every gradient is counted"
                );
            }
        }
    }

    #[test]
    fn the_pushes_add_up_to_what_the_velocity_moves() {
        for method in methods().into_iter().filter(|method| !method.starts_with("lion")) {
            let run = run("tanh2", method, [0.7, -1.3], 120);
            for index in [0, 1, 7, 119] {
                let replayed = run.replayed(index).unwrap();
                let step = replayed.step.as_ref().unwrap();
                let decay = step.parts.iter().find(|part| part.name == "−ηλw");
                let moved = step.proposed - decay.map_or_else(Vector::zeros, Part::displacement);
                let memory = Memory::of(&run, index, &replayed).unwrap();
                let error = (memory.push - moved).norm();
                assert!(error <= 1e-12 * (1.0 + moved.norm()), "{method} at {index}: {error:e} off");
            }
        }
    }

    /// Every method that carries a velocity or an average has a memory view, and its gradients add up to what it carries.
    #[test]
    fn every_method_that_remembers_gradients_has_a_memory() {
        let landscape = Landscape::parse("tanh2").unwrap();
        for entry in ENTRIES.iter().filter(|entry| entry.unsupported_reason(&landscape).is_none()) {
            let run = run("tanh2", entry.id, [0.7, -1.3], 12);
            let index = 11.min(run.iterates().len() - 1);
            let replayed = run.replayed(index).unwrap();
            let memory = Memory::of(&run, index, &replayed);
            assert_eq!(memory.is_some(), replayed.remembers_gradients() && replayed.step.is_ok(), "{}", entry.id);
            if let Some(memory) = memory {
                let error = (memory.sum() - memory.carried).norm();
                assert!(error <= 1e-12 * (1.0 + memory.carried.norm()), "{}: {error:e} off", entry.id);
            }
        }
    }

    #[test]
    fn the_forms_are_what_runs_of_these_forms_carry() {
        for (place, form) in ["heavy_ball", "ema", "ema_debiased"].into_iter().enumerate() {
            let run = run("linreg", &format!("momentum:lr=0.001,form={form}"), [2.0, -1.0], 60);
            let replayed = run.replayed(40).unwrap();
            let memory = Memory::of(&run, 40, &replayed).unwrap();
            let own = memory.forms.unwrap()[place];
            let step = replayed.step.unwrap().proposed;
            assert!(own.is_own, "{form}");
            assert!((own.velocity * -0.001 - step).norm() < 1e-12 * step.norm(), "{form}: what moves it");
            assert!(
                (memory.rates.unwrap() - Vector::repeat(0.001 * own.now)).norm() < 1e-15,
                "{form}: {:?}",
                memory.rates
            );
            let kept = libm::pow(0.9, 41.0);
            let [now, at_last] = [[(1.0 - kept) * 10.0, 10.0], [1.0 - kept, 1.0], [1.0, 1.0]][place];
            assert!((own.now - now).abs() < 1e-12 && (own.at_last - at_last).abs() < 1e-12, "{form}: {own:?}");
        }
    }
}
