//! What is recorded of a run, replayed, and why it stops.

use super::*;
use crate::landscapes::entries;
use crate::optimizers::{Carried, Choice, ENTRIES, Method, Quantity};
use crate::run::record::{CHECKPOINT, Checkpoint};
use crate::run::{ParameterChange, StopReason};

fn run(landscape: &str, optimizer: &str, start: [f64; 2], steps: usize) -> Run {
    let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), steps);
    Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
}

fn end(run: &Run) -> &Iterate {
    run.iterates().last().unwrap()
}

/// What is kept of a run: six of a million steps must fit beside the window in the memory of a small laptop.
#[test]
fn a_step_is_kept_in_less_than_a_hundred_bytes() {
    for optimizer in ["gd:lr=0.001", "adam", "bfgs", "lbfgs", "trust_region", "gd:lr=0.001,noise=1"] {
        let run = run("rosenbrock", optimizer, [-1.2, 1.0], 20_000);
        let steps = run.recipe().steps;
        let checkpoints = run.record.checkpoints.len();
        let bytes = run.record.iterates.capacity() * size_of::<Iterate>()
            + run.record.extremes.bytes()
            + run.record.own_predictions.capacity() * size_of::<f64>()
            + checkpoints * size_of::<Checkpoint>();
        assert!(bytes < 100 * steps, "{optimizer}: {bytes} bytes for {steps} steps");
        assert!(checkpoints <= steps / CHECKPOINT + 1, "{optimizer}: {checkpoints} kept states");
    }
}

#[test]
fn a_run_begun_in_the_memory_of_another_is_the_same_run() {
    let landscape = Landscape::parse("rosenbrock").unwrap();
    let recipe = |method: &str, steps| Recipe::new(Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), steps);
    for (before, after) in [("adam", 600), ("bfgs", 300), ("gd:lr=0.001", 50), ("gd:lr=0.001", 5000)] {
        let fresh = Run::of(&landscape, &recipe("bfgs", after));
        let left = Run::of(&landscape, &recipe(before, 600));
        let serial = left.serial();
        let mut run = left.start_over(&landscape, &recipe("bfgs", after));
        run.advance(usize::MAX);
        assert_eq!((run.iterates(), run.stop()), (fresh.iterates(), fresh.stop()), "{before}, then {after} steps");
        assert_eq!(run.extremes(0..after), fresh.extremes(0..after), "{before}, then {after} steps");
        assert_ne!(run.serial(), serial, "another run");
        for step in [0, 40, 49] {
            let [one, other] = [&run, &fresh].map(|run| run.replayed(step).map(|replayed| replayed.state));
            assert_eq!((one, run.step_report(step)), (other, fresh.step_report(step)), "{before}, then {after} steps");
        }
        assert!(run.record.iterates.capacity() <= 2 * (after + 1), "memory that is not needed is given back");
    }
}

#[test]
fn the_worked_example_on_the_trough() {
    for (optimizer, expected) in [
        ("gd:lr=0.1", vec![0.6, 0.36, 0.216]),
        ("gd:lr=0.5", vec![-1.0, 1.0]),
        ("gd:lr=0.6", vec![-1.4, 1.96]),
        ("momentum:lr=0.1", vec![0.6, 0.0]),
        ("momentum:lr=0.1,form=ema", vec![0.96, 0.8856]),
        ("adam:lr=0.1", vec![0.9]),
        ("gd_normalized:lr=0.1", vec![0.9]),
        ("sign_gd:lr=0.1", vec![0.9, 0.8]),
        ("coordinate_gd:lr=0.1", vec![0.6, 0.6, 0.36]),
        ("sam:lr=0.1,rho=0.05", vec![0.58, 0.328]),
        ("lion:lr=0.1", vec![0.9]),
        ("lion:lr=0.1,weight_decay=0.5", vec![0.85]),
        ("adagrad:lr=0.1", vec![0.9, 0.9 - 0.36 / 28.96_f64.sqrt()]),
        ("adagrad:lr=0.1,convention=optax", vec![1.0 - 0.4 / 16.100_000_1_f64.sqrt()]),
        ("rmsprop:lr=0.1,rho=0.9", vec![0.683_772_234]),
        ("rmsprop:lr=0.1,eps=0", vec![0.0]),
        ("adadelta", vec![1.0 - 4e-3 / 1.600_001_f64.sqrt()]),
        ("amsgrad:lr=0.1", vec![0.9]),
        ("adamw:lr=0.1,weight_decay=0.5", vec![0.85]),
        ("nadam:lr=0.1,convention=optax", vec![1.0 - 0.1 * (0.09 / 0.19 + 1.0)]),
        ("barzilai_borwein:lr0=0.1", vec![0.6, 0.0]),
        ("barzilai_borwein:lr0=0.1,kind=2", vec![0.6, 0.0]),
    ] {
        let run = run("trough", optimizer, [1.0, 0.0], expected.len());
        for (index, x) in expected.iter().enumerate() {
            let found = run.iterates()[index + 1].at.x;
            assert!((found - x).abs() < 1e-8, "{optimizer}, step {}: {found} instead of {x}", index + 1);
        }
    }
}

#[test]
fn descent_at_twice_the_inverse_curvature_rings_with_constant_amplitude() {
    let run = run("quad:theta=0", "gd:lr=0.1", [0.0, 1.0], 500);
    for (index, iterate) in run.iterates().iter().enumerate() {
        let expected = if index % 2 == 0 { 1.0 } else { -1.0 };
        assert!((iterate.at.y - expected).abs() < 1e-9, "step {index}: y = {}", iterate.at.y);
    }
}

#[test]
fn newton_ends_a_quadratic_in_one_step() {
    for landscape in ["bowl", "quad", "quad:kappa=1000"] {
        let run = run(landscape, "newton", [-2.1, 1.7], 1);
        let norm = end(&run).gradient.norm();
        assert!(norm < 1e-12, "{landscape}: ‖g‖ = {norm:e} after one step");
    }
}

#[test]
fn momentum_leaves_the_local_well_and_descent_does_not() {
    let x = |optimizer: &str| end(&run("double_well", optimizer, [2.0, 1.0], 1000)).at.x;
    assert!((x("gd:lr=0.02") - 0.945_649_273_923_591).abs() < 1e-6, "gradient descent stays");
    assert!((x("momentum:lr=0.02,beta=0.9") + 1.046_680_531_804_602).abs() < 1e-6, "heavy ball escapes");
}

/// A landscape with many turns, or else the first on which the method can walk.
fn home(entry: &Method) -> &'static str {
    let suits = |id: &str| entry.unsupported_reason(&Landscape::parse(id).unwrap()).is_none();
    let mut known = std::iter::once("himmelblau").chain(entries().map(|landscape| landscape.id));
    known.find(|id| suits(id)).unwrap()
}

#[test]
fn every_moment_replays_what_was_recorded() {
    for entry in ENTRIES {
        let run = run(home(entry), entry.id, [0.15, 0.35], 700);
        for index in [0, 1, 255, 256, 257, 600] {
            if index + 1 >= run.iterates().len() {
                continue;
            }
            let replayed = run.replayed(index).unwrap();
            assert_eq!(replayed.step.unwrap().taken, run.iterates()[index].taken, "{} at {index}", entry.id);
        }
    }
}

#[test]
fn a_step_asks_for_about_as_much_as_its_entry_says() {
    let asks = |entry: &'static Method| {
        let run = run(home(entry), entry.id, [0.15, 0.35], if entry.evaluations_per_step > 1000 { 5 } else { 100 });
        f64::from(run.evaluations().total()) / (run.iterates().len() - 1) as f64
    };
    let wrong = ENTRIES.iter().map(|entry| (entry.id, asks(entry), entry.evaluations_per_step as f64));
    let wrong: Vec<_> = wrong.filter(|(_, asks, said)| *asks > 3.0 * said || *said > 3.0 * asks).collect();
    assert!(wrong.is_empty(), "asked and said: {wrong:?}");
}

#[test]
fn parts_add_up_to_the_proposed_step() {
    for entry in ENTRIES {
        let run = run(home(entry), entry.id, [0.15, 0.35], 20);
        for index in 0..run.iterates().len() {
            let Ok(step) = run.replayed(index).unwrap().step else { continue };
            let sum: Vector = step.parts.iter().map(crate::optimizers::Part::displacement).sum();
            let error = (sum - step.proposed).norm();
            assert!(error <= 1e-12 * (1.0 + step.proposed.norm()), "{} at {index}: parts are {error:e} off", entry.id);
        }
    }
}

#[test]
fn a_rejected_step_is_described_with_the_radius_that_bound_it() {
    let run = run("rosenbrock", "trust_region", [-1.2, 1.0], 20);
    let rejected = |index: &usize| run.iterates()[*index].taken == Vector::zeros();
    let index = (0..20).find(rejected).unwrap();
    let replayed = run.replayed(index).unwrap();
    let radius = |state: &[(Quantity, Carried)]| state[0].1.numbers()[0];
    let length = replayed.step.unwrap().proposed.norm();
    assert!(length <= radius(&replayed.before) * (1.0 + 1e-9), "{length} within the radius before");
    assert_eq!(radius(&replayed.state), 0.25 * radius(&replayed.before), "a quarter after it");
}

#[test]
fn what_an_undefined_step_asked_is_counted() {
    let run = run("trough", "newton", [1.0, 0.0], 5);
    let evaluations = end(&run).evaluations;
    assert_eq!((evaluations.gradients, evaluations.hessians), (1, 1), "the gradient and the Hessian that was singular");
}

#[test]
fn a_change_on_the_way_keeps_the_past_and_the_state() {
    let landscape = Landscape::parse("himmelblau").unwrap();
    let mut recipe = Recipe::new(Choice::parse("momentum:lr=0.003").unwrap(), Point::new(0.15, 0.35), 50);
    let before = Run::of(&landscape, &recipe);
    recipe.change_from(ParameterChange { step: 300, parameter: 0, value: 0.5 });
    recipe.change_from(ParameterChange { step: 20, parameter: 0, value: 0.001 });
    assert_eq!(recipe.changes.len(), 1, "a new change removes later ones of that parameter");
    let after = Run::of(&landscape, &recipe);
    assert_eq!(before.iterates()[..20], after.iterates()[..20], "the past stays");
    let velocity = |run: &Run, index: usize| run.replayed(index).unwrap().state;
    assert_eq!(velocity(&before, 20), velocity(&after, 20), "the velocity goes on");
    let ratio = after.iterates()[20].taken.norm() / before.iterates()[20].taken.norm();
    assert!((ratio - 1.0 / 3.0).abs() < 1e-12, "a third of the rate, a third of the step: {ratio}");
}

#[test]
fn every_end_says_why() {
    let stop = |landscape, optimizer, start, steps| run(landscape, optimizer, start, steps).stop().cloned().unwrap();
    let diverged = stop("quad", "gd:lr=0.115", [1.0, 1.0], 5000);
    assert_eq!(diverged.reason, StopReason::Diverged, "{}", diverged.text);
    assert!(diverged.text.contains("|1−ηλ| = 1.3 along v₂"), "{}", diverged.text);
    assert!(!diverged.text.contains("rounding"), "it began with a part along v₂: {}", diverged.text);
    // On the slow eigenvector nothing lies along v₂ but what rounding leaves.
    let slow = [0.5_f64.cos(), 0.5_f64.sin()];
    let grown = stop("quad:kappa=20,theta=0.5", "gd:lr=0.115", slow, 5000);
    assert!(grown.text.contains("|1−ηλ| = 1.3 along v₂, from rounding"), "{}", grown.text);
    assert_eq!(stop("trough", "newton", [1.0, 0.0], 5).reason, StopReason::UndefinedStep, "singular");
    assert_eq!(stop("bowl", "gd", [1.0, 0.0], 5).reason, StopReason::StepLimit, "all steps");
    assert_eq!(
        stop("bowl", "newton:matrix=gauss_newton", [1.0, 0.0], 5).reason,
        StopReason::UndefinedStep,
        "no samples"
    );
    let fell = stop("saddle", "saddle_free", [0.5, 0.5], 500);
    assert!(fell.text.ends_with(": the loss is unbounded below along v₁"), "{}", fell.text);
    let slowed = stop("quad", "gd:lr=0.2,schedule=step,every=1,drop=0.9", [1.0, 1.0], 5000);
    assert_ne!(slowed.reason, StopReason::Diverged, "{}", slowed.text);
    let warmed = stop("quad", "gd:lr=0.4,schedule=warmup_cosine,warmup=100", [1.0, 1.0], 5000);
    assert!(warmed.text.starts_with("Diverged at step 69: |1−ηλ| = 3.2"), "{}", warmed.text);
    for (landscape, optimizer, text) in [
        (
            "tanh2",
            "natural_gradient",
            "Stopped at step 0: Natural gradient needs a probability: choose the logistic network, or type one with cross-entropy",
        ),
        ("bowl", "sgd", "Stopped at step 0: Stochastic gradient descent needs samples to draw from: choose a network"),
    ] {
        let stop = stop(landscape, optimizer, [1.0, 0.0], 5);
        assert_eq!((stop.reason, stop.step), (StopReason::UndefinedStep, 0), "{optimizer} on {landscape}");
        assert_eq!(stop.text, text, "{optimizer} on {landscape}");
    }
    let overflow = stop("himmelblau", "gd:lr=3", [3.0, 3.0], 100);
    assert_eq!(overflow.reason, StopReason::Diverged, "{}", overflow.text);
    let mut recipe = Recipe::new(Choice::parse("newton").unwrap(), Point::new(2.5, 1.5), 9);
    recipe.tolerance = Some(1e-8);
    let converged = Run::of(&Landscape::parse("bowl").unwrap(), &recipe);
    assert_eq!(converged.stop().map(|stop| (stop.reason, stop.step)), Some((StopReason::Converged, 1)), "tolerance");
    let dead = Run::of(&Landscape::parse("relu").unwrap(), &Recipe { start: Point::new(0.0, -2.0), ..recipe });
    assert_eq!(dead.stop().unwrap().text, "Converged at step 0 where the loss is flat: the gradient is zero");
}
