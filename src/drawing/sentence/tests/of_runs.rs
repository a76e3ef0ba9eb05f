//! The sentences of real runs: of the opening scene, at critical points, of batches, and where a run ends.

use super::super::*;
use super::{assert_wordings, facts, second, text};
use crate::landscapes::Landscape;
use crate::numbers::Vector;
use crate::numbers::numerals::number;
use crate::optimizers::Choice;
use crate::run::{Recipe, Run, StepAnalysis};

/// A run as the window makes it, and the step at one of its iterates.
fn run_to(landscape: &str, optimizer: &str, start: [f64; 2], step: usize) -> (Run, StepAnalysis) {
    let landscape = Landscape::parse(landscape).unwrap();
    let recipe = Recipe {
        tolerance: Some(1e-8),
        goes_on_diverged: false,
        ..Recipe::new(Choice::parse(optimizer).unwrap(), start.into(), 60)
    };
    let run = Run::of(&landscape, &recipe);
    let analysis = StepAnalysis::of(&run, step).unwrap();
    (run, analysis)
}

#[test]
fn the_opening_scene_reads_as_designed() {
    let (run, analysis) = run_to("himmelblau", "gd:lr=0.036", [0.15, 0.35], 2);
    let pieces = sentence(&Explanation::of(&analysis, &run, None, None));
    assert_eq!(
        text(&pieces),
        "The tangent plane predicted a drop of 68.05. The loss fell by only 20.26: the step, 10 times the validity radius (10 %), crossed the valley."
    );
    let inks: Vec<_> = pieces.iter().filter_map(|piece| piece.ink.map(|ink| (piece.text.as_str(), ink))).collect();
    assert_eq!(inks, [("68.05", Ink::Plane), ("20.26", Ink::Truth)], "numbers in the color of what they speak of");
}

/// The sentence at a step of one method on one landscape.
fn said(landscape: &str, optimizer: &str, start: [f64; 2], step: usize) -> String {
    said_of(&run_to(landscape, optimizer, start, step).0, step)
}

/// The sentence at a step of a run.
fn said_of(run: &Run, step: usize) -> String {
    let analysis = StepAnalysis::of(run, step).unwrap();
    let stop = run.stop().filter(|_| analysis.index + 1 == run.iterates().len());
    text(&sentence(&Explanation::of(&analysis, run, stop, None)))
}

#[test]
fn critical_points_and_undefined_steps_are_named() {
    for (landscape, optimizer, start, step, words) in [
        (
            "saddle",
            "newton",
            [1.5, 0.5],
            0,
            "The step goes to the saddle of the quadratic. It predicted a drop of 2.000, and the loss fell by 2.000: exactly right.",
        ),
        ("saddle", "gd", [0.0, 0.0], 0, "Converged to a saddle: the gradient is zero. A nudged start leaves it."),
        ("saddle", "newton", [1.0, 0.5], 1, "the gradient is zero. Saddles repel saddle-free Newton."),
        ("bowl", "newton", [2.0, 1.0], 1, "Converged to a minimum: the gradient is zero."),
        ("bowl", "newton_damped", [2.0, 1.0], 0, "The quadratic predicted a drop"),
        ("bowl", "gd_armijo", [2.0, 1.0], 0, "The tangent plane predicted a drop"),
        (
            "bowl",
            "sgd",
            [2.0, 1.0],
            0,
            "No step here: Stochastic gradient descent needs samples to draw from: choose a network.",
        ),
        ("bowl", "newton:matrix=gauss_newton", [2.0, 1.0], 0, "choose the Hessian."),
        (
            "trough",
            "newton",
            [1.5, 1.0],
            0,
            "No step here: the loss does not depend on y, so this is a function of one weight, x",
        ),
        (
            "saddle",
            "gd_exact",
            [0.0, 0.1],
            0,
            "No step here: the loss is unbounded below along this line: it still falls at 10¹⁵ times the distance to the origin.",
        ),
        ("relu", "newton", [0.0, -2.0], 0, "zero: the unit is off for every sample."),
        ("trough", "newton_damped", [1.5, 1.0], 0, "Newton's step is undefined here: −∇f is used. The plane"),
        ("saddle", "newton_damped", [0.5, 1.5], 0, "Newton's step is no descent direction"),
        ("himmelblau", "newton", [-0.27, -0.9], 0, "goes to the maximum"),
        ("easom", "gd", [-2.0, -1.0], 0, " ≤ 1.00·10⁻⁸, but no critical point is reached."),
        ("bowl", "coordinate_gd", [0.0, 1.0], 0, "The step has length 0, though ‖∇f‖ = 1.000."),
        ("trough", "gd:lr=0.25", [1.0, 0.5], 1, "Converged to one of many minima: every point of the line x = 0."),
        ("deep_linear", "newton_damped", [1.5, 0.3], 20, "one of many minima: every point of the curve w₁w₂ = 1.035"),
        ("monkey", "gd", [0.0, 0.0], 0, "the curvature is zero along some direction and does not determine its kind."),
        ("l1", "gd", [0.0, 0.0], 0, "Converged to a minimum on a kink: the gradient is zero by convention."),
        ("relu2", "gd", [0.0, 1.0], 0, "a kink: the gradient is zero by convention, and the loss falls on one side."),
        ("relu_kink", "gd", [0.5, 0.5], 0, "At a kink: the gradient is a convention. The plane"),
        (
            "l1:b=0.5",
            "gd:lr=0.5",
            [0.2, 1.9],
            0,
            "The loss fell by only 0.02500: the step crossed the kink at the bottom of the valley.",
        ),
        ("himmelblau", "trust_region", [-0.27, -0.9], 0, "Δ = 1 limits the step. It predicted a drop"),
        (
            "himmelblau",
            "levenberg_marquardt",
            [-0.27, -0.9],
            0,
            "The quadratic has no minimum even with the damping μ = 1. The step was rejected untried; μ goes from 1 to 4.",
        ),
        ("himmelblau", "levenberg_marquardt:mu0=100", [-0.27, -0.9], 0, "μ = 100 limits the step."),
        ("himmelblau", "saddle_free", [-0.27, -0.9], 0, "|H| is used. The method's model predicted a drop"),
        ("tanh2", "newton:matrix=gauss_newton", [0.3, 0.2], 0, "the method's model has one. The method's model"),
        ("himmelblau", "bfgs", [-0.27, -0.9], 0, "yet: B = I. The method's model predicted a drop of"),
        ("deep_linear", "gd:lr=0.3", [-0.1, 1.4], 0, "w₁ turned positive."),
    ] {
        let said = said(landscape, optimizer, start, step);
        assert!(said.contains(words), "{landscape} {optimizer}: {said}");
    }
}

/// The gradient is small where a ball passes the bottom: the run ends there by its tolerance, and what is true of the ball is said.
#[test]
fn a_ball_that_is_stopped_on_its_way_is_not_said_to_have_converged() {
    let said_last = |method: &str| {
        let (run, _) = run_to("parabola", method, [1.0, 0.0], 2);
        said_of(&run, run.iterates().len() - 1)
    };
    let moving = said_last("momentum:lr=0.1,beta=0.9");
    assert!(moving.starts_with("Stopped at a minimum"), "{moving}");
    assert!(moving.ends_with("; the velocity would carry it on by 0.5400."), "β times the last step of 0.6: {moving}");
    let at_rest = said_last("gd:lr=0.25");
    assert!(at_rest.starts_with("Converged to a minimum") && !at_rest.contains("velocity"), "{at_rest}");
}

/// Far out the curvature is that of another place: the limit that is named is the one where the loss began to rise.
#[test]
fn the_limit_of_a_run_that_diverged_is_that_of_the_step_where_it_began() {
    for (landscape, start) in [("himmelblau", [-3.5, 2.5]), ("rosenbrock", [-1.2, 1.0])] {
        let (run, analysis) = run_to(landscape, "gd:lr=0.05", start, 0);
        let iterates = run.iterates();
        assert!(iterates[1].loss > iterates[0].loss, "{landscape}: it rises at once");
        let limit = 2.0 / crate::analysis::Curvature::of(&analysis.model).unwrap().eigen.values[1];
        let said = said_of(&run, iterates.len() - 1);
        let words = format!("at step 0 the rate η = 0.05000 is beyond 2/λmax = {}.", number(limit));
        assert!(said.ends_with(&words), "{landscape}: {said}, not {words}");
        assert_eq!(run.stop().and_then(crate::run::Stop::beyond).map(|beyond| beyond.step), Some(0));
    }
}

#[test]
fn a_run_that_diverged_says_why() {
    for (landscape, optimizer, start, words) in [
        ("quad", "gd:lr=0.2", [1.0, 1.0], "the rate η = 0.2000 is beyond 2/λmax = 0.1000."),
        ("quad", "momentum:lr=0.5", [1.0, 1.0], "the rate η = 0.5000 is beyond 2(1+β)/λmax = 0.1900."),
        ("saddle", "gd:lr=0.3", [1.0, 0.1], "the loss is unbounded below, and the weights follow it."),
        ("saddle", "bfgs", [1.0, 0.1], "the loss is unbounded below, and the weights follow it."),
    ] {
        let (run, _) = run_to(landscape, optimizer, start, 0);
        let said = said_of(&run, run.iterates().len() - 1);
        assert!(said.starts_with("Diverged at step ") && said.ends_with(words), "{landscape} {optimizer}: {said}");
    }
}

#[test]
fn a_batch_is_held_to_its_own_plane_and_the_loss_of_all_stands_beside() {
    for (network, optimizer, start, words) in [
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], "The plane of its one sample predicted a drop of "),
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], ", and its loss fell by "),
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], ", but the loss of all 12 rose by "),
        ("tanh2", "sgd:lr=0.1,batch=3", [-0.6, 2.6], "The plane of its 3 samples predicted a drop of "),
        ("tanh2", "sgd:lr=0.1,batch=2,beta=0.9", [-0.6, 2.6], "Past gradients lead uphill. The batch's plane"),
        ("tanh2", "sgd:lr=0.1,noise=0.5", [-0.6, 2.6], "The noisy plane of its 4 samples"),
        ("tanh2:n=1", "sgd:lr=0.1", [-0.6, 2.6], ", and their loss fell by "),
        ("relu", "sgd:lr=0.1,batch=1", [0.4, -0.4], "The gradient of the one drawn sample is zero here"),
        ("relu", "sgd:lr=0.1,batch=1", [-0.2, -2.8], "are zero"),
    ] {
        let (run, _) = run_to(network, optimizer, start, 0);
        let all: Vec<String> = (0..60).map(|step| said_of(&run, step)).collect();
        assert!(all.iter().any(|said| said.contains(words)), "{optimizer} on {network}: {words}: {}", all[30]);
        assert!(all.iter().all(|said| !said.contains("tangent plane predicted")), "{optimizer} on {network}");
    }
}

#[test]
fn a_batch_without_a_slope_predicts_no_change() {
    let mut seen = 0;
    for (network, start) in [("relu2", [0.4, 0.7]), ("relu2", [-0.8, 0.3]), ("relu", [0.4, -0.4])] {
        let (run, _) = run_to(network, "sgd:beta=0.9,batch=1", start, 0);
        for step in 0..run.iterates().len() - 1 {
            let analysis = StepAnalysis::of(&run, step).unwrap();
            let batch = analysis.batch.as_ref().unwrap();
            if batch.gradient != Vector::zeros() || analysis.proposed() == Some(Vector::zeros()) {
                continue;
            }
            seen += 1;
            let said = said_of(&run, step);
            let start = "The batch's gradient is zero: the velocity alone acts. Its plane predicted no change";
            let kink_line = said.starts_with("At a kink");
            assert!(kink_line || said.starts_with(start), "{network}, step {step}: {said}");
            assert!(!said.contains("a drop of 0"), "{network}, step {step}: {said}");
        }
    }
    assert!(seen > 3, "{seen} steps of velocity alone");
}

#[test]
fn a_prediction_of_nothing_is_no_drop() {
    assert_wordings([
        (facts(0.0, 0.38), "The tangent plane predicted no change; the loss rose by 0.3800."),
        (facts(0.0, -0.38), "The tangent plane predicted no change; the loss fell by 0.3800."),
        (facts(0.0, 0.0), "The tangent plane predicted no change, and the loss did not change."),
        (
            facts(-1e-18, 0.38),
            "The tangent plane predicted less than the rounding of the loss; the loss rose by 0.3800.",
        ),
        (second(0.0, 2.0), "The quadratic predicted no change; the loss rose by 2.000."),
    ]);
    assert_eq!(
        text(&fog::pieces(&facts(0.0, 1.0).explained(), false)),
        "The tangent plane predicts no change. The change of the loss is in fog."
    );
}

#[test]
fn what_carries_a_step_uphill_is_named() {
    for (landscape, optimizer, start, words) in [
        ("himmelblau", "momentum:lr=0.01", [0.15, 0.35], "Past gradients carry"),
        ("himmelblau", "gd:lr=0.003,noise=40", [3.1, 2.1], "Noise on the gradient carries"),
        ("himmelblau", "adam:lr=0.1,noise=40", [3.1, 2.1], "Noise and past gradients carry"),
        ("himmelblau", "langevin:temperature=5", [3.1, 2.1], "Random noise carries"),
        ("bowl", "adamw:lr=0.1,weight_decay=0.9", [0.5, 0.4], "Past gradients carry the step uphill"),
        ("himmelblau", "sam:rho=1", [-0.28, -0.9], "The gradient of a point further up carries"),
        ("rastrigin", "finite_step:radius=0.9", [2.3, -1.6], "to the lowest point at this distance"),
    ] {
        let (run, _) = run_to(landscape, optimizer, start, 0);
        let all: Vec<String> = (0..60).map(|step| said_of(&run, step)).collect();
        assert!(all.iter().any(|said| said.contains(words)), "{optimizer} on {landscape}: {}", all[30]);
        let uphill = all.iter().find(|said| said.contains("uphill") && said.contains("predicted a drop"));
        assert_eq!(uphill, None, "{optimizer} on {landscape}");
    }
}
