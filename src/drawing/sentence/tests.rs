//! Every kind of step with its exact wording.

use super::*;
use crate::landscapes::Landscape;
use crate::optimizers::Choice;
use crate::run::{Recipe, Run};

fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn facts(promise: f64, actual: f64) -> Facts {
    Facts {
        change: Change { linear: promise, quadratic: promise, actual },
        second_order: false,
        fallback: None,
        carrier: "The step goes uphill, carried by what the method remembers. ",
        radius: None,
        overreach: Some(4.8),
        verdict: Verdict::Taken,
        ends_here: false,
        resolution: 1e-13,
        target: None,
    }
}

fn second(promise: f64, actual: f64) -> Facts {
    Facts { second_order: true, ..facts(promise, actual) }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn every_case_has_its_wording() {
    let cases = [
        (facts(-4.0, -3.9), "The tangent plane promised a drop of 4.0, and the loss fell by 3.9: about as promised."),
        (
            facts(-68.05, -20.26),
            "The tangent plane promised a drop of 68. The loss fell by 20: the step went 4.8 times further than the plane is good for.",
        ),
        (
            Facts { overreach: Some(1.05), ..facts(-4.0, -3.5) },
            "The tangent plane promised a drop of 4.0. The loss fell by 3.5: the step went a little further than the plane is good for.",
        ),
        (
            facts(-4.0, 5.0),
            "The tangent plane promised a drop of 4.0; the loss rose by 5.0. The step went 4.8 times further than the plane is good for.",
        ),
        (
            facts(-4.0, 0.0),
            "The tangent plane promised a drop of 4.0. The loss did not change: the step went 4.8 times further than the plane is good for.",
        ),
        (
            Facts { change: Change { linear: -4.0, quadratic: -6.0, actual: -7.0 }, ..facts(0.0, 0.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by 7.0: the land curves down, away from the plane.",
        ),
        (
            facts(-4.0, -7.0),
            "The tangent plane promised a drop of 4.0. The loss fell by 7.0: further on the land falls away from the plane.",
        ),
        (
            facts(3.0, 2.9),
            "The step goes uphill, carried by what the method remembers. The tangent plane promised a rise of 3.0, and the loss rose by 2.9: about as promised.",
        ),
        (
            facts(3.0, 9.0),
            "The step goes uphill, carried by what the method remembers. The tangent plane promised a rise of 3.0. The loss rose by 9.0: the land curves up, away from the plane.",
        ),
        (facts(-1e-18, 0.0), "The tangent plane promised a drop of 1.0·10⁻¹⁸, less than the loss can show."),
        (
            facts(-4.0, f64::NAN),
            "The tangent plane promised a drop of 4.0. The loss has no finite value where the step landed.",
        ),
        (
            facts(f64::NEG_INFINITY, 1.0),
            "The tangent plane promised no finite change: the numbers are too large to go on.",
        ),
        (
            Facts { ends_here: true, ..facts(-4.0, -3.9) },
            "The tangent plane promises a drop of 4.0, and the loss would fall by 3.9: about as promised.",
        ),
        (second(-4.0, -4.0), "The quadratic promised a drop of 4.0, and the loss fell by 4.0: as promised."),
        (
            second(-4.0, -2.0),
            "The quadratic promised a drop of 4.0. The loss fell by 2.0: the land is not the quadratic that far out.",
        ),
        (second(-4.0, -9.0), "The quadratic promised a drop of 4.0. The loss fell by 9.0: more than promised."),
        (
            second(-4.0, 5.0),
            "The quadratic promised a drop of 4.0; the loss rose by 5.0. That far out the land is no longer the quadratic.",
        ),
        (
            Facts { verdict: Verdict::Rejected, ..second(-4.0, 5.0) },
            "The quadratic promised a drop of 4.0; the loss would have risen by 5.0. That far out the land is no longer the quadratic. Rejected: the run stays where it is.",
        ),
        (
            Facts { verdict: Verdict::Rejected, radius: Some([1.0, 0.25]), ..second(-4.0, 5.0) },
            "The quadratic promised a drop of 4.0; the loss would have risen by 5.0. That far out the land is no longer the quadratic. Rejected: the run stays where it is, and the trust radius Δ goes from 1 to 0.25.",
        ),
        (
            Facts { verdict: Verdict::Truncated, radius: Some([1.0, 2.0]), ..second(-4.0, -3.9) },
            "The quadratic promised a drop of 4.0, and the loss fell by 3.9: about as promised. The trust radius Δ = 1 held the step back.",
        ),
        (
            Facts { target: Some(Target::Saddle), ..second(3.0, 2.9) },
            "The step goes to the saddle of its quadratic, which promised a rise of 3.0, and the loss rose by 2.9: about as promised.",
        ),
        (
            Facts { target: Some(Target::Hilltop), ..second(3.0, 1.0) },
            "The step goes to the hilltop of its quadratic, which promised a rise of 3.0. The loss rose by 1.0: the land is not the quadratic that far out.",
        ),
    ];
    for (facts, wording) in cases {
        assert_eq!(text(&facts.told()), wording, "{facts:?}");
    }
}

/// A run as the window makes it, and the step at one of its iterates.
fn run_to(landscape: &str, optimizer: &str, start: [f64; 2], step: usize) -> (Run, Focus) {
    let landscape = Landscape::parse(landscape).unwrap();
    let recipe = Recipe { tolerance: Some(1e-8), ..Recipe::new(Choice::parse(optimizer).unwrap(), start.into(), 60) };
    let run = Run::of(&landscape, &recipe);
    let focus = Focus::of(&run, step).unwrap();
    (run, focus)
}

#[test]
fn the_opening_scene_reads_as_designed() {
    let (run, focus) = run_to("himmelblau", "gd:lr=0.036", [0.15, 0.35], 2);
    let pieces = sentence(&focus, &run, None);
    assert_eq!(
        text(&pieces),
        "The tangent plane promised a drop of 68. The loss fell by 20: the step went 10 times further than the plane is good for."
    );
    let inks: Vec<_> = pieces.iter().filter_map(|piece| piece.ink.map(|ink| (piece.text.as_str(), ink))).collect();
    assert_eq!(inks, [("68", Ink::Plane), ("20", Ink::Truth)], "numbers in the color of what they speak of");
}

/// The sentence at a step of one method on one landscape.
fn told(landscape: &str, optimizer: &str, start: [f64; 2], step: usize) -> String {
    told_of(&run_to(landscape, optimizer, start, step).0, step)
}

/// The sentence at a step of a run.
fn told_of(run: &Run, step: usize) -> String {
    let focus = Focus::of(run, step).unwrap();
    let stop = run.stop().filter(|_| focus.index + 1 == run.iterates().len());
    text(&sentence(&focus, run, stop))
}

#[test]
fn critical_points_and_undefined_steps_are_named() {
    for (landscape, optimizer, start, step, words) in [
        ("saddle", "newton", [1.5, 0.5], 0, "The step goes to the saddle of its quadratic"),
        (
            "saddle",
            "gd",
            [0.0, 0.0],
            0,
            "The gradient is zero: the tangent plane is level and promises nothing. The land curves up one way and down the other, so this is a saddle.",
        ),
        ("bowl", "newton", [2.0, 1.0], 1, "so this is a minimum."),
        ("bowl", "newton_damped", [2.0, 1.0], 0, "The quadratic promised a drop"),
        ("bowl", "gd_armijo", [2.0, 1.0], 0, "The tangent plane promised a drop"),
        (
            "bowl",
            "sgd",
            [2.0, 1.0],
            0,
            "No step here: Stochastic gradient descent needs samples to draw from: choose a network.",
        ),
        ("bowl", "newton:matrix=gauss_newton", [2.0, 1.0], 0, "choose the Hessian on this land."),
        ("trough", "newton", [1.5, 1.0], 0, "No step here: the Hessian is singular"),
        ("relu", "newton", [0.0, -2.0], 0, "the unit is off for every sample, and the method stays where it is."),
        (
            "trough",
            "newton_damped",
            [1.5, 1.0],
            0,
            "Newton's step is undefined here, so −∇f was used. The tangent plane",
        ),
        ("saddle", "newton_damped", [0.5, 1.5], 0, "Newton's step does not go down here"),
        ("himmelblau", "newton", [-0.27, -0.9], 0, "hilltop of its quadratic"),
        (
            "easom",
            "gd",
            [-2.0, -1.0],
            0,
            "The land is flatter here than the tolerance 1.00·10⁻⁸: too flat to go on, though no level point is reached.",
        ),
        ("bowl", "coordinate_gd", [0.0, 1.0], 0, "This step has no length, though the gradient is 1.000."),
    ] {
        let told = told(landscape, optimizer, start, step);
        assert!(told.contains(words), "{landscape} {optimizer}: {told}");
    }
}

#[test]
fn what_carries_a_step_uphill_is_named() {
    for (landscape, optimizer, start, words) in [
        ("himmelblau", "momentum:lr=0.01", [0.15, 0.35], "carried by what the method remembers"),
        ("himmelblau", "gd:lr=0.003,noise=40", [3.1, 2.1], "misled by the noise on the gradient"),
        ("himmelblau", "adam:lr=0.1,noise=40", [3.1, 2.1], "by noise and by what the method remembers"),
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], "it asked a few samples only"),
        ("himmelblau", "langevin:temperature=5", [3.1, 2.1], "thrown there by its random kick"),
        ("bowl", "adamw:lr=0.1,weight_decay=0.9", [0.5, 0.4], "uphill, carried by what the method remembers"),
        ("himmelblau", "sam:rho=1", [-0.28, -0.9], "where the method looked"),
        ("rastrigin", "finite_step:radius=0.9", [2.3, -1.6], "to the lowest place at this distance"),
    ] {
        let (run, _) = run_to(landscape, optimizer, start, 0);
        let all: Vec<String> = (0..60).map(|step| told_of(&run, step)).collect();
        assert!(all.iter().any(|told| told.contains(words)), "{optimizer} on {landscape}: {}", all[30]);
        let uphill = all.iter().find(|told| told.contains("uphill") && told.contains("promised a drop"));
        assert_eq!(uphill, None, "{optimizer} on {landscape}");
    }
}
