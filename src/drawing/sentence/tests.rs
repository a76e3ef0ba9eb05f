//! Every kind of step with its exact wording.

#[cfg(test)]
mod of_runs;

use super::facts::{Trust, Way};
use super::lead::{Crease, Lead};
use super::*;
use crate::analysis::Change;
use crate::optimizers::Verdict;

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
