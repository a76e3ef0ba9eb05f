//! Each claim of an explanation with what makes it true.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::{Breakpoint, DivergenceCause, LevelPoint, StepProfile};
use crate::optimizers::Verdict;
use Agreement::{About, Equal, Exact, FallsInstead, Less, More, RisesInstead, Unchanged, Unpredicted};

/// What is claimed, whether an explanation claims it, and whether it is true.
type Claim = (&'static str, fn(&Explanation) -> bool, fn(&Explained<'_>) -> bool);

impl Explanation {
    fn model_step(&self) -> Option<&ModelStep> {
        if let StepCase::Model(step) = &self.step { Some(step) } else { None }
    }

    fn sampled(&self) -> Option<&SampledStep> {
        if let StepCase::Sampled(step) = &self.step { Some(step) } else { None }
    }

    fn agrees(&self, agreement: Agreement) -> bool {
        self.model_step().is_some_and(|step| step.agreement == agreement)
    }

    fn blames(&self, cause: Cause) -> bool {
        self.model_step().is_some_and(|step| step.cause == Some(cause))
    }

    fn opens(&self, is: fn(&StepOpening) -> bool) -> bool {
        self.model_step().is_some_and(|step| step.opening.as_ref().is_some_and(is))
    }

    fn goes_over(&self, is: fn(&PathFeature) -> bool) -> bool {
        self.model_step().is_some_and(|step| is(&step.path))
    }

    /// What is predicted, and what the loss does, by the model or by the plane of the batch.
    fn changes(&self) -> Option<[LossChange; 2]> {
        let by_model = self.model_step().map(|step| [step.prediction.change, step.actual]);
        by_model.or_else(|| self.sampled().map(|step| [step.prediction, step.whole]))
    }

    fn predicts(&self, is: fn(f64) -> bool) -> bool {
        self.changes().is_some_and(|[predicted, _]| is(predicted.by))
    }

    /// Whether the loss changed so, as a fact, unless it is rounding.
    fn changed(&self, is: fn(f64) -> bool) -> bool {
        let is_made = self.model_step().is_none_or(ModelStep::is_made);
        let is_pending = self.sampled().is_some_and(|step| step.is_pending);
        is_made && !is_pending && self.changes().is_some_and(|[_, actual]| !actual.is_lost && is(actual.by))
    }

    fn rests(&self, is: fn(&LevelPoint) -> bool) -> bool {
        matches!(&self.ending, Some(RunEnd::AtRest(point)) if is(&point.kind))
    }

    fn divergence(&self) -> Option<DivergenceCause> {
        if let Some(RunEnd::Diverged(stop)) = &self.ending { Some(stop.divergence?.cause) } else { None }
    }

    fn sign_changes(&self) -> [usize; 2] {
        let changes = self.model_step().map(|step| step.sign_changes);
        let changes = changes.or_else(|| self.sampled().map(|step| step.sign_changes)).unwrap_or_default();
        [true, false].map(|up| changes.iter().flatten().filter(|change| change.is_upward == up).count())
    }
}

impl Explained<'_> {
    fn actual(&self) -> f64 {
        self.analysis.change.map_or(f64::NAN, |change| change.actual)
    }

    fn predicted(&self) -> f64 {
        // A batch goes by its own plane.
        let batch = self.analysis.batch.as_ref().map(|batch| batch.predicted);
        batch.or(self.analysis.prediction()).unwrap_or(f64::NAN)
    }

    /// The actual change as a share of the predicted one.
    fn ratio(&self) -> f64 {
        self.actual() / self.predicted()
    }

    fn verdict(&self) -> Option<Verdict> {
        self.analysis.replayed.step.as_ref().ok().map(|step| step.verdict)
    }

    fn was_made(&self) -> bool {
        self.stop.is_none() && self.verdict().is_some_and(|verdict| verdict != Verdict::Rejected)
    }

    fn eigenvalues(&self) -> [f64; 2] {
        self.analysis.curvature.map_or([f64::NAN; 2], |curvature| curvature.eigen.values)
    }

    /// The slope along the step, where it begins and where it lands.
    fn slopes(&self) -> [f64; 2] {
        let Some(step) = self.analysis.proposed() else { return [f64::NAN; 2] };
        let at = self.analysis.iterate.at;
        [at, at + step].map(|place| self.run.landscape().loss().first_order(place).gradient.dot(&step))
    }

    fn kinks(&self) -> Vec<Breakpoint> {
        let (Some(step), loss) = (self.analysis.proposed(), self.run.landscape().loss()) else { return Vec::new() };
        StepProfile::of(loss, &self.analysis.model, step).map_or_else(Vec::new, |step_profile| step_profile.breakpoints)
    }

    /// How many weights pass through zero upward, and downward.
    fn crossings(&self) -> [usize; 2] {
        let (Some(step), at) = (self.analysis.proposed(), self.analysis.iterate.at) else { return [0; 2] };
        let crosses = |axis: usize, up: bool| at[axis] * (at + step)[axis] < 0.0 && (step[axis] > 0.0) == up;
        [true, false].map(|up| (0..2).filter(|axis| crosses(*axis, up)).count())
    }

    fn batch(&self) -> Option<&crate::run::Batch> {
        self.analysis.batch.as_ref()
    }

    fn trials(&self) -> usize {
        self.analysis.replayed.step.as_ref().map_or(0, |step| step.trials.len())
    }
}

/// Of what is predicted, and of what the loss does.
const CHANGES: [Claim; 21] = [
    ("a drop is predicted", |e| e.predicts(|by| by < 0.0), |seen| seen.predicted() < 0.0),
    ("a rise is predicted", |e| e.predicts(|by| by > 0.0), |seen| seen.predicted() > 0.0),
    ("it fell", |e| e.changed(|by| by < 0.0), |seen| seen.actual() < 0.0 && seen.was_made()),
    ("it rose", |e| e.changed(|by| by > 0.0), |seen| seen.actual() > 0.0 && seen.was_made()),
    ("it is still to come", |e| e.model_step().is_some_and(|step| step.is_pending), |seen| seen.stop.is_some()),
    ("exactly as predicted", |e| e.agrees(Equal), |seen| (seen.ratio() - 1.0).abs() <= 1.1e-9),
    ("as predicted", |e| e.agrees(Exact), |seen| (seen.ratio() - 1.0).abs() <= 0.021),
    ("about as predicted", |e| e.agrees(About), |seen| (0.019..=0.101).contains(&(seen.ratio() - 1.0).abs())),
    ("less than predicted", |e| e.agrees(Less), |seen| (0.0..0.91).contains(&seen.ratio())),
    ("more than predicted", |e| e.agrees(More), |seen| seen.ratio() > 1.09),
    ("it rises instead", |e| e.agrees(RisesInstead), |seen| seen.predicted() < 0.0 && seen.actual() > 0.0),
    ("it falls instead", |e| e.agrees(FallsInstead), |seen| seen.predicted() > 0.0 && seen.actual() < 0.0),
    ("no change", |e| e.agrees(Unchanged), |seen| seen.actual().abs() <= 1e-12 * seen.analysis.iterate.loss.abs()),
    ("no value", |e| e.agrees(Agreement::NoValue), |seen| !seen.actual().is_finite()),
    (
        "below rounding",
        |e| e.agrees(Agreement::BelowRounding),
        |seen| {
            let rounding = 1e-12 * seen.analysis.iterate.loss.abs();
            seen.actual().abs() <= rounding && seen.predicted().abs() <= rounding
        },
    ),
    (
        "next to nothing",
        |e| e.changes().is_some_and(|changes| changes.iter().all(|change| change.is_negligible)),
        |seen| {
            let drop = seen.run.iterates()[0].loss - seen.analysis.iterate.loss;
            [seen.predicted(), seen.actual()].iter().all(|change| change.abs() < 1e-9 * drop)
        },
    ),
    (
        "a change that was not predicted",
        |e| e.agrees(Unpredicted) || sampled_surprise(e),
        |seen| seen.predicted().abs() <= 1e-12 * seen.analysis.iterate.loss.abs(),
    ),
    (
        "the batch went down",
        |e| e.sampled().is_some_and(|step| step.actual.by < 0.0),
        |seen| seen.batch().is_some_and(|batch| batch.actual < 0.0),
    ),
    (
        "the batch went up",
        |e| e.sampled().is_some_and(|step| step.actual.by > 0.0),
        |seen| seen.batch().is_some_and(|batch| batch.actual > 0.0),
    ),
    (
        "the batch misleads",
        |e| e.sampled().is_some_and(SampledStep::misleads),
        |seen| {
            seen.batch().is_some_and(|batch| batch.counts().len() < batch.of && batch.actual < 0.0)
                && seen.actual() > 0.0
        },
    ),
    (
        "the batch is level",
        |e| matches!(e.step, StepCase::BatchIsLevel { .. }),
        |seen| seen.batch().is_some() && seen.analysis.proposed() == Some(Vector::zeros()),
    ),
];

fn sampled_surprise(explanation: &Explanation) -> bool {
    explanation.sampled().is_some_and(|step| step.prediction.by == 0.0 && !step.actual.is_lost)
}

/// Of the situation, and of why prediction and result differ.
const REASONS: [Claim; 23] = [
    (
        "too far for the plane",
        |e| e.blames(Cause::Overreach),
        |seen| seen.analysis.overreach().is_some_and(|times| times > 1.0),
    ),
    (
        "curves down",
        |e| e.blames(Cause::CurvesDown),
        |seen| {
            let change = seen.analysis.change.unwrap();
            change.actual < seen.predicted() && change.quadratic < change.linear
        },
    ),
    ("falls away", |e| e.blames(Cause::FallsAway), |seen| seen.actual() < seen.predicted()),
    ("curves up", |e| e.blames(Cause::CurvesUp), |seen| seen.actual() >= seen.predicted()),
    ("the assumed matrix", |e| e.blames(Cause::AssumedMatrix), |seen| seen.analysis.own_matrix_name.is_some()),
    ("far from the quadratic", |e| e.blames(Cause::FarFromQuadratic), |seen| seen.analysis.own_matrix_name.is_none()),
    (
        "across a valley",
        |e| e.goes_over(|path| *path == PathFeature::Valley),
        |seen| seen.slopes()[0] < 0.0 && seen.slopes()[1] > 0.0,
    ),
    (
        "a kink at the bottom",
        |e| e.goes_over(|path| *path == PathFeature::KinkAtBottom),
        |seen| seen.kinks().iter().any(Breakpoint::is_bottom),
    ),
    (
        "a kink on the way",
        |e| e.goes_over(|path| matches!(path, PathFeature::Kink(_))),
        |seen| !seen.kinks().is_empty(),
    ),
    (
        "to where it is level",
        |e| e.goes_over(|path| *path == PathFeature::Level),
        |seen| seen.slopes()[1].abs() < 0.03 * seen.slopes()[0].abs(),
    ),
    (
        "rejected",
        |e| e.model_step().is_some_and(|step| step.verdict == Verdict::Rejected),
        |seen| seen.verdict() == Some(Verdict::Rejected),
    ),
    (
        "held back",
        |e| e.model_step().is_some_and(|step| step.verdict == Verdict::Truncated),
        |seen| seen.verdict() == Some(Verdict::Truncated),
    ),
    (
        "heads for a saddle",
        |e| e.opens(|opening| *opening == StepOpening::Saddle),
        |seen| seen.eigenvalues()[0] < 0.0 && seen.eigenvalues()[1] >= 0.0,
    ),
    (
        "heads for a hilltop",
        |e| e.opens(|opening| *opening == StepOpening::Hilltop),
        |seen| seen.eigenvalues()[1] < 0.0,
    ),
    ("falls without end", |e| e.opens(is_endless), |seen| seen.eigenvalues()[0] < 0.0),
    (
        "goes uphill",
        |e| e.opens(|opening| matches!(opening, StepOpening::Uphill { .. })),
        |seen| seen.slopes()[0] > 0.0,
    ),
    (
        "memory carries the batch up",
        |e| e.sampled().is_some_and(|step| step.opening == Some(SampledOpening::Uphill)),
        |seen| seen.batch().is_some_and(|batch| batch.predicted > 0.0),
    ),
    (
        "the previous velocity alone",
        |e| e.sampled().is_some_and(|step| step.opening == Some(SampledOpening::OldVelocity)),
        |seen| seen.batch().is_some_and(|batch| batch.gradient == Vector::zeros()),
    ),
    ("one weight turns positive", |e| e.sign_changes() == [1, 0], |seen| seen.crossings() == [1, 0]),
    ("one weight turns negative", |e| e.sign_changes() == [0, 1], |seen| seen.crossings() == [0, 1]),
    (
        "both weights change sign",
        |e| e.sign_changes().iter().sum::<usize>() == 2,
        |seen| seen.crossings().iter().sum::<usize>() == 2,
    ),
    ("halved", |e| e.model_step().is_some_and(|step| step.halvings > 0), |seen| seen.trials() > 1),
    (
        "untried",
        |e| matches!(e.step, StepCase::Untried(_)),
        |seen| seen.verdict() == Some(Verdict::Rejected) && seen.eigenvalues()[0] < 0.0,
    ),
];

fn is_endless(opening: &StepOpening) -> bool {
    matches!(
        opening,
        StepOpening::Endless
            | StepOpening::Radius(_)
            | StepOpening::Damping(_)
            | StepOpening::Turned
            | StepOpening::OtherMatrix
    )
}

/// Of where a run ends.
const ENDINGS: [Claim; 8] = [
    ("no step", |e| matches!(e.step, StepCase::Undefined(_)), |seen| seen.analysis.replayed.step.is_err()),
    (
        "converged",
        |e| matches!(&e.ending, Some(RunEnd::AtRest(point)) if point.converged),
        |seen| seen.stop.is_some_and(|stop| stop.reason == StopReason::Converged),
    ),
    (
        "diverged",
        |e| matches!(e.ending, Some(RunEnd::Diverged(_))),
        |seen| seen.stop.is_some_and(|stop| stop.reason == StopReason::Diverged),
    ),
    (
        "the rate is too large",
        |e| matches!(e.divergence(), Some(DivergenceCause::Rate(_))),
        |seen| {
            let (stop, is_upward) =
                (seen.stop.unwrap(), |text: &str| !text.contains("v₁") && !text.contains("without end"));
            stop.beyond().is_some_and(|beyond| beyond.rate > beyond.limit) && is_upward(&stop.text)
        },
    ),
    (
        "the loss falls without end",
        |e| matches!(e.divergence(), Some(DivergenceCause::FallsWithoutEnd(_))),
        |seen| {
            let (iterates, text) = (seen.run.iterates(), &seen.stop.unwrap().text);
            iterates.last().unwrap().loss < iterates[0].loss && !text.contains("beyond")
        },
    ),
    (
        "a minimum",
        |e| e.rests(|kind| *kind == LevelPoint::Minimum),
        |seen| seen.eigenvalues()[0] > 0.0 && seen.analysis.iterate.gradient.norm() <= 1e-8,
    ),
    (
        "a saddle",
        |e| e.rests(|kind| *kind == LevelPoint::Saddle),
        |seen| seen.eigenvalues()[0] < 0.0 && seen.eigenvalues()[1] > 0.0,
    ),
    ("it says why the run ends", Explanation::says_why_it_ends, |seen| {
        seen.stop.is_none_or(|stop| stop.reason != StopReason::StepLimit)
    }),
];

#[test]
fn every_claim_is_true_wherever_it_is_made() {
    let claims: Vec<Claim> = [&CHANGES[..], &REASONS, &ENDINGS].concat();
    let made = of_every_method(|seen| {
        let made = claims.iter().filter(|(_, is_made, _)| is_made(&seen.explanation));
        let made: Vec<(&str, bool)> = made.map(|(claim, _, is_true)| (*claim, is_true(seen))).collect();
        let what = made.iter().any(|(_, is_true)| !is_true).then(|| format!("{:?}", seen.explanation));
        (made, what)
    });
    let mut faults = Vec::new();
    let mut counts: BTreeMap<&str, usize> = claims.iter().map(|(claim, _, _)| (*claim, 0)).collect();
    for (step, (made, what)) in &made {
        for (claim, is_true) in made {
            *counts.entry(claim).or_default() += 1;
            if !is_true {
                faults.push(format!("{step}: {claim}: {}", what.as_deref().unwrap_or_default()));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), &faults[..faults.len().min(25)]);
    let never: Vec<&str> = counts.iter().filter(|(_, count)| **count == 0).map(|(claim, _)| *claim).collect();
    assert!(never.is_empty(), "never made: {never:?} of {counts:?}");
}
