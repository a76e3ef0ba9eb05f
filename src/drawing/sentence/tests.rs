//! Every kind of step with its exact wording.

mod form;
#[cfg(test)]
mod of_runs;

use super::*;
use crate::analysis::{BeyondLimit, Divergence, DivergenceCause, PredictedAndActual};
use crate::optimizers::{Kind, Uphill, Verdict};
use crate::run::explain::{KinkKind, LossScale, PathFeature, SignChange, StepBound, StepFacts, StepOpening};
use crate::run::{Stop, StopReason};

pub(super) fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn facts(prediction: f64, actual: f64) -> StepFacts {
    StepFacts {
        change: PredictedAndActual { linear: prediction, quadratic: prediction, actual },
        second_order: false,
        assumed: false,
        opening: None,
        path: PathFeature::Straight,
        share: 0.1,
        validity: 0.1,
        overreach: Some(4.8),
        verdict: Verdict::Taken,
        adaptation: None,
        halvings: 0,
        sign_changes: [None; 2],
        carried: None,
        is_pending: false,
        scale: LossScale { resolution: 1e-13, gained: 0.0 },
    }
}

fn second(prediction: f64, actual: f64) -> StepFacts {
    StepFacts { second_order: true, ..facts(prediction, actual) }
}

const UPHILL: Option<StepOpening> =
    Some(StepOpening::Uphill { cause: Uphill::Memory, is_noisy: false, remembers: true });
const W1_UP: Option<SignChange> = Some(SignChange { weight: "w₁", is_upward: true });
const W2_DOWN: Option<SignChange> = Some(SignChange { weight: "w₂", is_upward: false });
const RADIUS: Option<Adaptation> = Some(Adaptation { bound: StepBound::TrustRadius, before: 1.0, after: 0.25 });
const DAMPING: Option<Adaptation> = Some(Adaptation { bound: StepBound::Damping, before: 4.0, after: 16.0 });

fn assert_wordings<const N: usize>(cases: [(StepFacts, &str); N]) {
    for (facts, wording) in cases {
        assert_eq!(text(&step::pieces(&facts.explained())), wording, "{facts:?}");
    }
}

#[test]
fn in_fog_only_what_the_method_asked_is_said() {
    for (facts, landing, wording) in [
        (facts(-68.05, -20.26), false, "The tangent plane predicts a drop of 68.05. The change of the loss is in fog."),
        (facts(-68.05, -20.26), true, "The tangent plane predicted a drop of 68.05. The loss fell by only 20.26."),
        (
            StepFacts { verdict: Verdict::Rejected, adaptation: RADIUS, ..second(-4.0, 5.0) },
            true,
            "The quadratic predicted a drop of 4.000. The loss would have risen by 5.000. Rejected; Δ goes from 1 to 0.25.",
        ),
    ] {
        assert_eq!(text(&fog::pieces(&facts.explained(), landing)), wording, "{facts:?}");
    }
}

#[test]
fn the_prediction_of_the_plane_beside_the_result() {
    assert_wordings([
        (facts(-4.0, -4.0), "The tangent plane predicted a drop of 4.000, and the loss fell by 4.000: exactly right."),
        (
            facts(-4.0, -3.9),
            "The tangent plane predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %.",
        ),
        (
            StepFacts { share: 0.25, ..facts(-4.0, -3.2) },
            "The tangent plane predicted a drop of 4.000, and the loss fell by 3.200: right within 25 %.",
        ),
        (
            StepFacts { share: 0.01, validity: 0.01, overreach: Some(10.0), ..facts(-4.0, -3.9) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.900: the step is 10 times the validity radius (1 %).",
        ),
        (
            facts(-68.05, -20.26),
            "The tangent plane predicted a drop of 68.05. The loss fell by only 20.26: the step is 4.8 times the validity radius (10 %).",
        ),
        (
            StepFacts { overreach: Some(1.05), ..facts(-4.0, -3.5) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.500: the step is slightly longer than the validity radius (10 %).",
        ),
        (
            StepFacts { overreach: None, ..facts(-4.0, -3.5) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.500: the loss curves up, above the plane.",
        ),
        (
            facts(-4.0, 5.0),
            "The tangent plane predicted a drop of 4.000; the loss rose by 5.000. The step is 4.8 times the validity radius (10 %).",
        ),
        (
            StepFacts { overreach: None, ..facts(-4.0, 5.0) },
            "The tangent plane predicted a drop of 4.000; the loss rose by 5.000. The loss curves up, above the plane.",
        ),
        (
            facts(-4.0, 0.0),
            "The tangent plane predicted a drop of 4.000. The loss did not change: the step is 4.8 times the validity radius (10 %).",
        ),
        (
            StepFacts { change: PredictedAndActual { linear: -4.0, quadratic: -6.0, actual: -7.0 }, ..facts(0.0, 0.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by 7.000, more than predicted: the loss curves down, below the plane.",
        ),
        (
            facts(-4.0, -7.0),
            "The tangent plane predicted a drop of 4.000. The loss fell by 7.000, more than predicted: later the loss falls below the plane.",
        ),
        (
            StepFacts { opening: UPHILL, ..facts(3.0, 2.9) },
            "Past gradients carry the step uphill. The plane predicted a rise of 3.000, and the loss rose by 2.900: right within 10 %.",
        ),
        (
            StepFacts { opening: UPHILL, ..facts(3.0, 9.0) },
            "Past gradients carry the step uphill. The plane predicted a rise of 3.000. The loss rose by 9.000, more than predicted.",
        ),
        (facts(-1e-18, 0.0), "The tangent plane predicted less than the rounding of the loss."),
        (
            facts(-4.0, f64::NAN),
            "The tangent plane predicted a drop of 4.000. The loss has no finite value where the step ended.",
        ),
        (
            facts(f64::NEG_INFINITY, 1.0),
            "The tangent plane predicted no finite change: the numbers are too large to go on.",
        ),
        (
            StepFacts { is_pending: true, ..facts(-4.0, -3.9) },
            "The tangent plane predicts a drop of 4.000, and the loss would fall by 3.900: right within 10 %.",
        ),
    ]);
}

#[test]
fn next_to_nothing_has_no_digits() {
    let late = |facts: StepFacts| StepFacts { scale: LossScale { resolution: 1e-30, gained: 100.0 }, ..facts };
    assert_wordings([
        (
            late(facts(-3.1e-17, -1.5e-17)),
            "Negligible by now: the tangent plane predicted less than 10⁻⁹ of the drop so far, and the loss fell by as little.",
        ),
        (
            late(StepFacts { is_pending: true, ..facts(-3.1e-17, 1.5e-17) }),
            "Negligible by now: the tangent plane predicts less than 10⁻⁹ of the drop so far, and the loss would rise by as little.",
        ),
        (
            late(StepFacts { verdict: Verdict::Rejected, adaptation: RADIUS, ..second(-3.1e-17, 1.5e-17) }),
            "The quadratic predicted less than 10⁻⁹ of the drop so far, and the loss would have risen by as little. Rejected; Δ goes from 1 to 0.25.",
        ),
        (
            late(facts(-3.1e-17, 0.2)),
            "The tangent plane predicted less than 10⁻⁹ of the drop so far; the loss rose by 0.2000. The step is 4.8 times the validity radius (10 %).",
        ),
        (
            late(second(-0.2, -1e-17)),
            "The quadratic predicted a drop of 0.2000. The loss fell by less than 10⁻⁹ of the drop so far: it is not quadratic that far out.",
        ),
        (
            late(facts(-6.92e-9, -6.14e-10)),
            "Negligible by now: the tangent plane predicted less than 10⁻⁹ of the drop so far, and the loss fell by as little.",
        ),
        (
            late(StepFacts { opening: UPHILL, ..facts(6.92e-9, -6.14e-10) }),
            "Negligible by now: the tangent plane predicted less than 10⁻⁹ of the drop so far, and the loss fell by as little.",
        ),
        (
            late(facts(-2e-7, -2e-7)),
            "The tangent plane predicted a drop of 2.00·10⁻⁷, and the loss fell by 2.00·10⁻⁷: exactly right.",
        ),
    ]);
}

#[test]
fn a_rate_beyond_its_limit_looks_larger() {
    for (rate, limit, words) in [
        (0.2, 0.1, "the rate η = 0.2000 is beyond 2/λmax = 0.1000."),
        (0.1001, 0.1, "the rate η = 0.1001 is beyond 2/λmax = 0.1000."),
        (0.100_000_4, 0.1, "the rate η = 0.1000004 is beyond 2/λmax = 0.1000000."),
    ] {
        let cause = DivergenceCause::Rate(BeyondLimit { step: 3, rate, limit, law: "2/λmax" });
        let divergence = Some(Divergence { cause, growth: None, downward: None, from_rounding: false });
        let stop = Stop { reason: StopReason::Diverged, step: 4, text: String::new(), divergence };
        let said = text(&ending::diverged(&stop));
        assert!(said.contains(words), "{rate} beside {limit}: {said}");
    }
}

#[test]
fn what_the_step_went_over() {
    let over = |valleys, ridges| PathFeature::Over { valleys, ridges };
    assert_wordings([
        (
            StepFacts { path: PathFeature::Valley, overreach: Some(10.4), ..facts(-68.05, -20.26) },
            "The tangent plane predicted a drop of 68.05. The loss fell by only 20.26: the step, 10 times the validity radius (10 %), crossed the valley.",
        ),
        (
            StepFacts { path: PathFeature::Valley, ..facts(-4.0, 5.0) },
            "The tangent plane predicted a drop of 4.000; the loss rose by 5.000. The step, 4.8 times the validity radius (10 %), crossed the valley.",
        ),
        (
            StepFacts { path: PathFeature::Valley, is_pending: true, ..facts(-4.0, 5.0) },
            "The tangent plane predicts a drop of 4.000; the loss would rise by 5.000. The step would cross the valley.",
        ),
        (
            StepFacts { path: PathFeature::Valley, ..second(-4.0, -4.0) },
            "The quadratic predicted a drop of 4.000, and the loss fell by 4.000: exactly right. The step crossed the valley.",
        ),
        (
            StepFacts { path: PathFeature::Level, overreach: Some(5.0), ..facts(-4.0, -2.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 2.000: the step ended where the loss along it is level.",
        ),
        (
            StepFacts { path: over(1, 1), ..facts(-4.0, -3.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.000: the step jumped over a valley and a ridge.",
        ),
        (
            StepFacts { path: over(0, 1), ..facts(3.0, -3.0) },
            "The tangent plane predicted a rise of 3.000. The loss fell by 3.000: later the loss falls below the plane. The step jumped over a ridge.",
        ),
        (
            StepFacts { path: over(20, 20), ..second(-4.0, 3.0) },
            "The quadratic predicted a drop of 4.000; the loss rose by 3.000. It is not quadratic that far out.",
        ),
        (
            StepFacts { path: PathFeature::Kink(0.4), ..facts(-4.0, -2.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 2.000: the step crossed a kink at 40 % of its length.",
        ),
        (
            StepFacts { path: PathFeature::KinkAtBottom, ..facts(-4.0, 2.0) },
            "The tangent plane predicted a drop of 4.000; the loss rose by 2.000. The step crossed the kink at the bottom of the valley.",
        ),
        (
            StepFacts { sign_changes: [W1_UP, None], ..facts(-4.0, -3.9) },
            "The tangent plane predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %. w₁ turned positive.",
        ),
        (
            StepFacts { sign_changes: [W1_UP, None], path: PathFeature::Valley, ..facts(-4.0, -3.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.000: the step crossed the valley. w₁ turned positive.",
        ),
        (
            StepFacts { sign_changes: [None, W2_DOWN], overreach: None, ..facts(-4.0, -3.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.000: the loss curves up, above the plane. w₂ turned negative.",
        ),
        (
            StepFacts { sign_changes: [W1_UP, W2_DOWN], is_pending: true, ..facts(-4.0, -3.9) },
            "The tangent plane predicts a drop of 4.000, and the loss would fall by 3.900: right within 10 %. Both weights would change sign.",
        ),
        (
            StepFacts { halvings: 3, ..facts(-4.0, -3.9) },
            "The tangent plane predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %. The line search halved it 3 times.",
        ),
        (
            StepFacts { carried: Some((0.75, Kind::Velocity)), ..facts(-4.0, -4.0) },
            "The tangent plane predicted a drop of 4.000, and the loss fell by 4.000: exactly right. Three quarters of the step is the previous velocity.",
        ),
        (
            StepFacts { carried: Some((0.9, Kind::Velocity)), overreach: None, ..facts(-4.0, -3.0) },
            "The tangent plane predicted a drop of 4.000. The loss fell by only 3.000: the loss curves up, above the plane.",
        ),
        (
            StepFacts { halvings: 1, ..second(-4.0, -4.0) },
            "The quadratic predicted a drop of 4.000, and the loss fell by 4.000: exactly right. The line search halved it once.",
        ),
    ]);
}

#[test]
fn the_prediction_of_the_quadratic_and_what_became_of_the_step() {
    assert_wordings([
        (second(-4.0, -4.0), "The quadratic predicted a drop of 4.000, and the loss fell by 4.000: exactly right."),
        (
            second(-4.0, -2.0),
            "The quadratic predicted a drop of 4.000. The loss fell by only 2.000: it is not quadratic that far out.",
        ),
        (second(-4.0, -9.0), "The quadratic predicted a drop of 4.000. The loss fell by 9.000, more than predicted."),
        (
            second(-4.0, 5.0),
            "The quadratic predicted a drop of 4.000; the loss rose by 5.000. It is not quadratic that far out.",
        ),
        (
            StepFacts { verdict: Verdict::Rejected, ..second(-4.0, 5.0) },
            "The quadratic predicted a drop of 4.000; the loss would have risen by 5.000. It is not quadratic that far out. Rejected: w stays.",
        ),
        (
            StepFacts { verdict: Verdict::Rejected, adaptation: RADIUS, ..second(-4.0, 5.0) },
            "The quadratic predicted a drop of 4.000; the loss would have risen by 5.000. Rejected; Δ goes from 1 to 0.25.",
        ),
        (
            StepFacts { verdict: Verdict::Rejected, adaptation: DAMPING, ..second(-4.0, -0.1) },
            "The quadratic predicted a drop of 4.000. The loss would have fallen by only 0.1000. Rejected; μ goes from 4 to 16.",
        ),
        (
            StepFacts { verdict: Verdict::Rejected, halvings: 59, ..facts(-4.0, 5.0) },
            "The tangent plane predicted a drop of 4.000; the loss would have risen by 5.000. Rejected after 59 halvings.",
        ),
        (
            StepFacts { verdict: Verdict::Truncated, adaptation: RADIUS, ..second(-4.0, -3.9) },
            "The quadratic predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %. The radius Δ = 1 limited the step.",
        ),
        (
            StepFacts {
                opening: Some(StepOpening::Radius(1.0)),
                verdict: Verdict::Truncated,
                adaptation: RADIUS,
                ..second(-4.0, -3.9)
            },
            "The quadratic has no minimum; Δ = 1 limits the step. It predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %.",
        ),
        (
            StepFacts {
                opening: Some(StepOpening::Endless),
                verdict: Verdict::Rejected,
                adaptation: RADIUS,
                ..second(-4.0, 5.0)
            },
            "The quadratic has no minimum. It predicted a drop of 4.000; the loss would have risen by 5.000. Rejected; Δ goes from 1 to 0.25.",
        ),
        (
            StepFacts { opening: Some(StepOpening::Damping(4.0)), adaptation: DAMPING, ..second(-4.0, -3.0) },
            "The quadratic has no minimum; μ = 4 limits the step. It predicted a drop of 4.000. The loss fell by only 3.000.",
        ),
        (
            StepFacts { opening: Some(StepOpening::Turned), ..second(-4.0, -5.0) },
            "The quadratic has no minimum; |H| is used. It predicted a drop of 4.000. The loss fell by 5.000, more than predicted.",
        ),
        (
            StepFacts { opening: Some(StepOpening::OtherMatrix), ..second(-4.0, -3.9) },
            "The quadratic has no minimum; the method's model has one. The quadratic predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %.",
        ),
    ]);
}

#[test]
fn the_situation_before_the_prediction() {
    assert_wordings([
        (
            StepFacts { opening: Some(StepOpening::Saddle), ..second(3.0, 2.9) },
            "The step goes to the saddle of the quadratic. It predicted a rise of 3.000, and the loss rose by 2.900: right within 10 %.",
        ),
        (
            StepFacts { opening: Some(StepOpening::Hilltop), ..second(3.0, 1.0) },
            "The step goes to the maximum of the quadratic. It predicted a rise of 3.000. The loss rose by only 1.000: it is not quadratic that far out.",
        ),
        (
            StepFacts { opening: Some(StepOpening::Kink(KinkKind::Wall)), ..facts(-4.0, 2.0) },
            "No tangent plane: the slope is infinite. The gradient used predicted a drop of 4.000; the loss rose by 2.000.",
        ),
        (
            StepFacts { opening: Some(StepOpening::Kink(KinkKind::Planes)), ..facts(-4.0, 2.0) },
            "At a kink: the gradient is a convention. The plane predicted a drop of 4.000; the loss rose by 2.000.",
        ),
        (
            StepFacts { opening: Some(StepOpening::Fallback { newton_rises: false }), ..facts(-4.0, -3.9) },
            "Newton's step is undefined here: −∇f is used. The plane predicted a drop of 4.000, and the loss fell by 3.900: right within 10 %.",
        ),
    ]);
}
