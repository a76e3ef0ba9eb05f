//! Every kind of step with its exact wording.

use super::facts::{Trust, Way};
use super::lead::{Crease, Lead};
use super::*;
use crate::analysis::Change;
use crate::landscapes::Landscape;
use crate::optimizers::{Choice, Verdict};
use crate::run::{Recipe, Run};

pub(super) fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn facts(promise: f64, actual: f64) -> Facts {
    Facts {
        change: Change { linear: promise, quadratic: promise, actual },
        second_order: false,
        own: false,
        lead: None,
        way: Way::Straight,
        share: 0.1,
        overreach: Some(4.8),
        verdict: Verdict::Taken,
        trust: None,
        halvings: 0,
        flips: [None; 2],
        kept: None,
        ends_here: false,
        resolution: 1e-13,
    }
}

fn second(promise: f64, actual: f64) -> Facts {
    Facts { second_order: true, ..facts(promise, actual) }
}

const UPHILL: Option<Lead> = Some(Lead::Uphill("The step goes uphill, carried by what the method remembers."));
const RADIUS: Option<Trust> = Some(Trust { name: "the trust radius Δ", before: 1.0, after: 0.25 });
const DAMPING: Option<Trust> = Some(Trust { name: "the damping μ", before: 4.0, after: 16.0 });

fn assert_wordings<const N: usize>(cases: [(Facts, &str); N]) {
    for (facts, wording) in cases {
        assert_eq!(text(&facts.told()), wording, "{facts:?}");
    }
}

#[test]
fn in_fog_only_what_the_method_asked_is_told() {
    for (facts, landing, wording) in [
        (facts(-68.05, -20.26), false, "The tangent plane promises a drop of 68. What the loss will do is in fog."),
        (facts(-68.05, -20.26), true, "The tangent plane promised a drop of 68. The loss fell by only 20."),
        (
            Facts { verdict: Verdict::Rejected, trust: RADIUS, ..second(-4.0, 5.0) },
            true,
            "The quadratic promised a drop of 4.0. The loss would have risen by 5.0. Rejected: the run stays where it is, and the trust radius Δ goes from 1 to 0.25.",
        ),
    ] {
        assert_eq!(text(&facts.told_in_fog(landing)), wording, "{facts:?}");
    }
}

#[test]
fn the_promise_of_the_plane_beside_the_result() {
    assert_wordings([
        (facts(-4.0, -4.0), "The tangent plane promised a drop of 4.0, and the loss fell by 4.0: as promised."),
        (facts(-4.0, -3.9), "The tangent plane promised a drop of 4.0, and the loss fell by 3.9: about as promised."),
        (
            Facts { share: 0.25, ..facts(-4.0, -3.2) },
            "The tangent plane promised a drop of 4.0, and the loss fell by 3.2: as promised within 25 %.",
        ),
        (
            Facts { share: 0.01, overreach: Some(10.0), ..facts(-4.0, -3.9) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.9: the step went 10 times further than the plane is good for.",
        ),
        (
            facts(-68.05, -20.26),
            "The tangent plane promised a drop of 68. The loss fell by only 20: the step went 4.8 times further than the plane is good for.",
        ),
        (
            Facts { overreach: Some(1.05), ..facts(-4.0, -3.5) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.5: the step went a little further than the plane is good for.",
        ),
        (
            Facts { overreach: None, ..facts(-4.0, -3.5) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.5: the land curves up, away from the plane.",
        ),
        (
            facts(-4.0, 5.0),
            "The tangent plane promised a drop of 4.0; the loss rose by 5.0. The step went 4.8 times further than the plane is good for.",
        ),
        (
            Facts { overreach: None, ..facts(-4.0, 5.0) },
            "The tangent plane promised a drop of 4.0; the loss rose by 5.0. The land curves up, away from the plane.",
        ),
        (
            facts(-4.0, 0.0),
            "The tangent plane promised a drop of 4.0. The loss did not change: the step went 4.8 times further than the plane is good for.",
        ),
        (
            Facts { change: Change { linear: -4.0, quadratic: -6.0, actual: -7.0 }, ..facts(0.0, 0.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by 7.0, more than promised: the land curves down, away from the plane.",
        ),
        (
            facts(-4.0, -7.0),
            "The tangent plane promised a drop of 4.0. The loss fell by 7.0, more than promised: further on the land falls away from the plane.",
        ),
        (
            Facts { lead: UPHILL, ..facts(3.0, 2.9) },
            "The step goes uphill, carried by what the method remembers. The tangent plane promised a rise of 3.0, and the loss rose by 2.9: about as promised.",
        ),
        (
            Facts { lead: UPHILL, ..facts(3.0, 9.0) },
            "The step goes uphill, carried by what the method remembers. The tangent plane promised a rise of 3.0. The loss rose by 9.0, more than promised.",
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
    ]);
}

#[test]
fn what_the_step_went_over() {
    let over = |valleys, ridges| Way::Over { valleys, ridges };
    assert_wordings([
        (
            Facts { way: Way::Across, overreach: Some(10.4), ..facts(-68.05, -20.26) },
            "The tangent plane promised a drop of 68. The loss fell by only 20: the step crossed the valley, 10 times further than the plane is good for.",
        ),
        (
            Facts { way: Way::Across, ..facts(-4.0, 5.0) },
            "The tangent plane promised a drop of 4.0; the loss rose by 5.0. The step crossed the valley, 4.8 times further than the plane is good for.",
        ),
        (
            Facts { way: Way::Across, ends_here: true, ..facts(-4.0, 5.0) },
            "The tangent plane promises a drop of 4.0; the loss would rise by 5.0. The step would cross the valley, 4.8 times further than the plane is good for.",
        ),
        (
            Facts { way: Way::Across, ..second(-4.0, -4.0) },
            "The quadratic promised a drop of 4.0, and the loss fell by 4.0: as promised. The step crossed the valley.",
        ),
        (
            Facts { way: Way::Level, overreach: Some(5.0), ..facts(-4.0, -2.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 2.0: the step ended where the land along it is level, 5.0 times further than the plane is good for.",
        ),
        (
            Facts { way: over(1, 1), ..facts(-4.0, -3.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.0: the step jumped over a valley and a ridge, 4.8 times further than the plane is good for.",
        ),
        (
            Facts { way: over(0, 1), ..facts(3.0, -3.0) },
            "The tangent plane promised a rise of 3.0. The loss fell by 3.0: further on the land falls away from the plane. The step jumped over a ridge.",
        ),
        (
            Facts { way: over(20, 20), ..second(-4.0, 3.0) },
            "The quadratic promised a drop of 4.0; the loss rose by 3.0. That far out the land is no longer the quadratic. The step jumped over many valleys and ridges.",
        ),
        (
            Facts { way: Way::Fold(0.4), ..facts(-4.0, -2.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 2.0: the step crossed a fold of the land 40 % of the way.",
        ),
        (
            Facts { way: Way::BottomFold, ..facts(-4.0, 2.0) },
            "The tangent plane promised a drop of 4.0; the loss rose by 2.0. The step crossed the fold at the bottom of the valley.",
        ),
        (
            Facts { flips: [Some(("w₁", true)), None], ..facts(-4.0, -3.9) },
            "The tangent plane promised a drop of 4.0, and the loss fell by 3.9: about as promised. On the way w₁ turned positive.",
        ),
        (
            Facts { flips: [Some(("w₁", true)), None], way: Way::Across, ..facts(-4.0, -3.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.0: the step crossed the valley. On the way w₁ turned positive.",
        ),
        (
            Facts { flips: [None, Some(("w₂", false))], overreach: None, ..facts(-4.0, -3.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.0: the land curves up, away from the plane. On the way w₂ turned negative.",
        ),
        (
            Facts { flips: [Some(("w₁", true)), Some(("w₂", false))], ends_here: true, ..facts(-4.0, -3.9) },
            "The tangent plane promises a drop of 4.0, and the loss would fall by 3.9: about as promised. Both weights would change sign.",
        ),
        (
            Facts { halvings: 3, ..facts(-4.0, -3.9) },
            "The tangent plane promised a drop of 4.0, and the loss fell by 3.9: about as promised. The search halved it 3 times.",
        ),
        (
            Facts { kept: Some((0.75, "old velocity")), ..facts(-4.0, -4.0) },
            "The tangent plane promised a drop of 4.0, and the loss fell by 4.0: as promised. Three quarters of the step is old velocity.",
        ),
        (
            Facts { kept: Some((0.9, "old velocity")), overreach: None, ..facts(-4.0, -3.0) },
            "The tangent plane promised a drop of 4.0. The loss fell by only 3.0: the land curves up, away from the plane.",
        ),
        (
            Facts { halvings: 1, ..second(-4.0, -4.0) },
            "The quadratic promised a drop of 4.0, and the loss fell by 4.0: as promised. The search halved it once.",
        ),
    ]);
}

#[test]
fn the_promise_of_the_quadratic_and_what_became_of_the_step() {
    assert_wordings([
        (second(-4.0, -4.0), "The quadratic promised a drop of 4.0, and the loss fell by 4.0: as promised."),
        (
            second(-4.0, -2.0),
            "The quadratic promised a drop of 4.0. The loss fell by only 2.0: the land is not the quadratic that far out.",
        ),
        (second(-4.0, -9.0), "The quadratic promised a drop of 4.0. The loss fell by 9.0, more than promised."),
        (
            second(-4.0, 5.0),
            "The quadratic promised a drop of 4.0; the loss rose by 5.0. That far out the land is no longer the quadratic.",
        ),
        (
            Facts { verdict: Verdict::Rejected, ..second(-4.0, 5.0) },
            "The quadratic promised a drop of 4.0; the loss would have risen by 5.0. That far out the land is no longer the quadratic. Rejected: the run stays where it is.",
        ),
        (
            Facts { verdict: Verdict::Rejected, trust: RADIUS, ..second(-4.0, 5.0) },
            "The quadratic promised a drop of 4.0; the loss would have risen by 5.0. Rejected: the run stays where it is, and the trust radius Δ goes from 1 to 0.25.",
        ),
        (
            Facts { verdict: Verdict::Rejected, trust: DAMPING, ..second(-4.0, -0.1) },
            "The quadratic promised a drop of 4.0. The loss would have fallen by only 0.10. Rejected: the run stays where it is, and the damping μ goes from 4 to 16.",
        ),
        (
            Facts { verdict: Verdict::Rejected, halvings: 59, ..facts(-4.0, 5.0) },
            "The tangent plane promised a drop of 4.0; the loss would have risen by 5.0. Rejected: even halved 59 times it does not lower the loss by enough.",
        ),
        (
            Facts { verdict: Verdict::Truncated, trust: RADIUS, ..second(-4.0, -3.9) },
            "The quadratic promised a drop of 4.0, and the loss fell by 3.9: about as promised. The trust radius Δ = 1 held the step back.",
        ),
        (
            Facts { lead: Some(Lead::Radius(1.0)), verdict: Verdict::Truncated, trust: RADIUS, ..second(-4.0, -3.9) },
            "The quadratic falls without end here; the trust radius Δ = 1 ends the step. It promised a drop of 4.0, and the loss fell by 3.9: about as promised.",
        ),
        (
            Facts { lead: Some(Lead::Endless), verdict: Verdict::Rejected, trust: RADIUS, ..second(-4.0, 5.0) },
            "The quadratic falls without end here. It promised a drop of 4.0; the loss would have risen by 5.0. Rejected: the run stays where it is, and the trust radius Δ goes from 1 to 0.25.",
        ),
        (
            Facts { lead: Some(Lead::Damping(4.0)), trust: DAMPING, ..second(-4.0, -3.0) },
            "The quadratic falls without end here; the damping μ = 4 keeps the step short. It promised a drop of 4.0. The loss fell by only 3.0.",
        ),
        (
            Facts { lead: Some(Lead::Turned), ..second(-4.0, -5.0) },
            "The quadratic falls without end here; |H| turns the step away from its saddle. It promised a drop of 4.0. The loss fell by 5.0, more than promised.",
        ),
        (
            Facts { lead: Some(Lead::OtherBowl), ..second(-4.0, -3.9) },
            "The quadratic falls without end here; the step goes to the bottom of another. The quadratic promised a drop of 4.0, and the loss fell by 3.9: about as promised.",
        ),
        (
            Facts { lead: Some(Lead::Saddle), ..second(3.0, 2.9) },
            "The quadratic has no lowest point, so the step heads for its saddle. It promised a rise of 3.0, and the loss rose by 2.9: about as promised.",
        ),
        (
            Facts { lead: Some(Lead::Hilltop), ..second(3.0, 1.0) },
            "The quadratic has no lowest point, so the step heads for its hilltop. It promised a rise of 3.0. The loss rose by only 1.0: the land is not the quadratic that far out.",
        ),
        (
            Facts { lead: Some(Lead::Kink(Crease::Wall)), ..facts(-4.0, 2.0) },
            "The slope is infinite here, so there is no tangent plane. The slope used instead promised a drop of 4.0; the loss rose by 2.0.",
        ),
        (
            Facts { lead: Some(Lead::Kink(Crease::Fold)), ..facts(-4.0, 2.0) },
            "The land has a fold here, where the slope is only a convention. The tangent plane promised a drop of 4.0; the loss rose by 2.0.",
        ),
        (
            Facts {
                lead: Some(Lead::Fallback("Newton's step is undefined here, so −∇f was used.")),
                ..facts(-4.0, -3.9)
            },
            "Newton's step is undefined here, so −∇f was used. The tangent plane promised a drop of 4.0, and the loss fell by 3.9: about as promised.",
        ),
    ]);
}

/// A run as the window makes it, and the step at one of its iterates.
fn run_to(landscape: &str, optimizer: &str, start: [f64; 2], step: usize) -> (Run, Focus) {
    let landscape = Landscape::parse(landscape).unwrap();
    let recipe = Recipe {
        tolerance: Some(1e-8),
        goes_on_diverged: false,
        ..Recipe::new(Choice::parse(optimizer).unwrap(), start.into(), 60)
    };
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
        "The tangent plane promised a drop of 68. The loss fell by only 20: the step crossed the valley, 10 times further than the plane is good for."
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
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn critical_points_and_undefined_steps_are_named() {
    for (landscape, optimizer, start, step, words) in [
        (
            "saddle",
            "newton",
            [1.5, 0.5],
            0,
            "The quadratic has no lowest point, so the step heads for its saddle. It promised a drop of 2.0, and the loss fell by 2.0: as promised.",
        ),
        (
            "saddle",
            "gd",
            [0.0, 0.0],
            0,
            "Converged: the gradient is zero, so the tangent plane is level. The land curves up one way and down the other, so this is a saddle.",
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
            "No step here: the loss falls without end along this line: it still does at 10¹⁵ times the distance to the origin, so there is no valley to step to.",
        ),
        ("relu", "newton", [0.0, -2.0], 0, "the unit is off for every sample, and the method stays where it is."),
        (
            "trough",
            "newton_damped",
            [1.5, 1.0],
            0,
            "Newton's step is undefined here, so −∇f was used. The tangent plane",
        ),
        ("saddle", "newton_damped", [0.5, 1.5], 0, "Newton's step does not go down here"),
        ("himmelblau", "newton", [-0.27, -0.9], 0, "heads for its hilltop"),
        (
            "easom",
            "gd",
            [-2.0, -1.0],
            0,
            "The land is flatter here than the tolerance 1.00·10⁻⁸: too flat to go on, though no level point is reached.",
        ),
        ("bowl", "coordinate_gd", [0.0, 1.0], 0, "This step has no length, though the gradient is 1.000."),
        (
            "trough",
            "gd:lr=0.25",
            [1.0, 0.5],
            1,
            "Converged: the gradient is zero, so the tangent plane is level. It is one of many minima: every point of the line x = 0.",
        ),
        (
            "deep_linear",
            "newton_damped",
            [1.5, 0.3],
            20,
            "It is one of many minima: every point of the curve w₁w₂ = 1.035",
        ),
        ("monkey", "gd", [0.0, 0.0], 0, "so it does not tell which kind of point this is."),
        (
            "l1",
            "gd",
            [0.0, 0.0],
            0,
            "Converged: the gradient is zero only by convention: the land has a fold here, and to no side does the loss go down, so this is a minimum.",
        ),
        ("relu2", "gd", [0.0, 1.0], 0, "the land has a fold here, and on one side of it the loss goes down."),
        (
            "relu_kink",
            "gd",
            [0.5, 0.5],
            0,
            "The land has a fold here, where the slope is only a convention. The tangent",
        ),
        (
            "l1:b=0.5",
            "gd:lr=0.5",
            [0.2, 1.9],
            0,
            "The loss fell by only 0.025: the step crossed the fold at the bottom of the valley.",
        ),
        ("himmelblau", "trust_region", [-0.27, -0.9], 0, "the trust radius Δ = 1 ends the step. It promised a drop"),
        (
            "himmelblau",
            "levenberg_marquardt",
            [-0.27, -0.9],
            0,
            "The quadratic falls without end here, even with μ = 1 added to every curvature. No step was tried, and the damping μ goes from 1 to 4.",
        ),
        ("himmelblau", "levenberg_marquardt:mu0=100", [-0.27, -0.9], 0, "the damping μ = 100 keeps the step short."),
        (
            "himmelblau",
            "saddle_free",
            [-0.27, -0.9],
            0,
            "turns the step away from its saddle. Its own quadratic promised a drop",
        ),
        ("tanh2", "newton:matrix=gauss_newton", [0.3, 0.2], 0, "goes to the bottom of another. Its own quadratic"),
        ("himmelblau", "bfgs", [-0.27, -0.9], 0, "so B = I. Its own quadratic promised a drop of"),
        ("deep_linear", "gd:lr=0.3", [-0.1, 1.4], 0, "On the way w₁ turned positive."),
    ] {
        let told = told(landscape, optimizer, start, step);
        assert!(told.contains(words), "{landscape} {optimizer}: {told}");
    }
}

#[test]
fn a_run_that_diverged_says_why() {
    for (landscape, optimizer, start, words) in [
        (
            "quad",
            "gd:lr=0.2",
            [1.0, 1.0],
            "the rate η = 0.20 is beyond 2/λmax = 0.10, so every step lands farther out than the last.",
        ),
        (
            "quad",
            "momentum:lr=0.5",
            [1.0, 1.0],
            "the rate η = 0.50 is beyond 2(1+β)/λmax = 0.19, so every step lands farther out than the last.",
        ),
        ("saddle", "gd:lr=0.3", [1.0, 0.1], "the land falls without end, and the weights follow it down."),
        ("saddle", "bfgs", [1.0, 0.1], "the land falls without end, and the weights follow it down."),
    ] {
        let (run, _) = run_to(landscape, optimizer, start, 0);
        let told = told_of(&run, run.iterates().len() - 1);
        assert!(told.starts_with("Diverged at step ") && told.ends_with(words), "{landscape} {optimizer}: {told}");
    }
}

#[test]
fn a_batch_is_held_to_its_own_plane_and_the_loss_of_all_stands_beside() {
    for (network, optimizer, start, words) in [
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], "The plane of its one sample promised a drop of "),
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], ", and its loss went down by "),
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], "The loss of all 12 rose by "),
        ("tanh2", "sgd:lr=0.1,batch=1", [-0.6, 2.6], ": it asked 1 of them only"),
        ("tanh2", "sgd:lr=0.1,batch=3", [-0.6, 2.6], "The plane of its 3 samples promised a drop of "),
        ("tanh2", "sgd:lr=0.1,batch=2,beta=0.9", [-0.6, 2.6], "What the method remembers carries the step up. "),
        ("tanh2", "sgd:lr=0.1,noise=0.5", [-0.6, 2.6], "The noisy plane of its 4 samples"),
        ("tanh2:n=1", "sgd:lr=0.1", [-0.6, 2.6], ". The whole loss fell by "),
        ("relu", "sgd:lr=0.1,batch=1", [0.4, -0.4], "The slope is zero here for the one sample that was drawn"),
        ("relu", "sgd:lr=0.1,batch=1", [-0.2, -2.8], "is zero"),
    ] {
        let (run, _) = run_to(network, optimizer, start, 0);
        let all: Vec<String> = (0..60).map(|step| told_of(&run, step)).collect();
        assert!(all.iter().any(|told| told.contains(words)), "{optimizer} on {network}: {words}: {}", all[30]);
        assert!(all.iter().all(|told| !told.contains("tangent plane promised")), "{optimizer} on {network}");
    }
}

#[test]
fn a_batch_without_a_slope_promises_no_change() {
    let mut seen = 0;
    for (network, start) in [("relu2", [0.4, 0.7]), ("relu2", [-0.8, 0.3]), ("relu", [0.4, -0.4])] {
        let (run, _) = run_to(network, "sgd:beta=0.9,batch=1", start, 0);
        for step in 0..run.iterates().len() - 1 {
            let focus = Focus::of(&run, step).unwrap();
            let batch = focus.batch.as_ref().unwrap();
            if batch.gradient != Vector::zeros() || focus.proposed() == Some(Vector::zeros()) {
                continue;
            }
            seen += 1;
            let told = told_of(&run, step);
            let start = "The batch has no slope here: the step is old velocity alone. The plane of its one sample promised no change";
            let fold = told.starts_with("The land has a fold here");
            assert!(fold || told.starts_with(start), "{network}, step {step}: {told}");
            assert!(!told.contains("a drop of 0"), "{network}, step {step}: {told}");
        }
    }
    assert!(seen > 3, "{seen} steps of velocity alone");
}

#[test]
fn a_promise_of_nothing_is_no_drop() {
    assert_wordings([
        (facts(0.0, 0.38), "The tangent plane promised no change; the loss rose by 0.38."),
        (facts(0.0, -0.38), "The tangent plane promised no change; the loss fell by 0.38."),
        (facts(0.0, 0.0), "The tangent plane promised no change, and the loss did not change."),
        (
            facts(-1e-18, 0.38),
            "The tangent plane promised a drop of 1.0·10⁻¹⁸, less than the loss can show; the loss rose by 0.38.",
        ),
        (second(0.0, 2.0), "The quadratic promised no change; the loss rose by 2.0."),
    ]);
    assert_eq!(
        text(&facts(0.0, 1.0).told_in_fog(false)),
        "The tangent plane promises no change. What the loss will do is in fog."
    );
}

#[test]
fn what_carries_a_step_uphill_is_named() {
    for (landscape, optimizer, start, words) in [
        ("himmelblau", "momentum:lr=0.01", [0.15, 0.35], "carried by what the method remembers"),
        ("himmelblau", "gd:lr=0.003,noise=40", [3.1, 2.1], "misled by the noise on the gradient"),
        ("himmelblau", "adam:lr=0.1,noise=40", [3.1, 2.1], "by noise and by what the method remembers"),
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
