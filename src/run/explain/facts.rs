//! What an explanation is decided from: the facts of one step, measured.

use super::loss_scale::LossScale;
use super::measured::{Adaptation, damping, share, trust_radius};
use super::opening::StepOpening;
use super::path::PathFeature;
use crate::analysis::{ModelOrder, PredictedAndActual};
use crate::numbers::Vector;
use crate::optimizers::{Kind, Step, Trial, Verdict};
use crate::run::{Run, StepAnalysis};

/// The facts of one step.
#[derive(Clone, Debug)]
pub(crate) struct StepFacts {
    pub(crate) change: PredictedAndActual,
    pub(crate) second_order: bool,
    /// Whether the quadratic is an assumed one, with a matrix of the method's own.
    pub(crate) assumed: bool,
    pub(crate) opening: Option<StepOpening>,
    pub(crate) path: PathFeature,
    /// Prediction and actual change agree when they differ by no more than this share of the prediction.
    pub(crate) share: f64,
    /// The share of its prediction by which the plane's validity radius is measured.
    pub(crate) validity: f64,
    /// How many times further the step goes than the plane is valid.
    pub(crate) overreach: Option<f64>,
    pub(crate) verdict: Verdict,
    pub(crate) adaptation: Option<Adaptation>,
    /// How often a line search halved the step.
    pub(crate) halvings: usize,
    /// Of each weight, whether it changes its sign.
    pub(crate) sign_changes: [Option<SignChange>; 2],
    /// How much of the step is old velocity, or the old average.
    pub(crate) carried: Option<(f64, Kind)>,
    /// Whether the step is not taken any more, as the run ends here.
    pub(crate) is_pending: bool,
    /// What changes of the loss are compared with.
    pub(crate) scale: LossScale,
}

/// A weight that passes through zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignChange {
    /// Which weight.
    pub weight: &'static str,
    /// Whether it becomes positive.
    pub is_upward: bool,
}

impl StepFacts {
    pub(super) fn gather(
        analysis: &StepAnalysis,
        run: &Run,
        step: &Step,
        change: PredictedAndActual,
        is_pending: bool,
    ) -> Self {
        Self {
            change,
            second_order: analysis.order == ModelOrder::Quadratic,
            assumed: analysis.own_matrix_name.is_some(),
            opening: StepOpening::of(analysis, run, step),
            path: PathFeature::along(analysis, run, step.proposed, change),
            share: share(analysis),
            validity: analysis.share,
            overreach: analysis.overreach(),
            verdict: step.verdict,
            adaptation: trust_radius(&analysis.replayed).or_else(|| damping(&analysis.replayed)),
            halvings: halvings(analysis, &step.trials),
            sign_changes: sign_changes(analysis, run, step.proposed),
            carried: carried(analysis, run, step),
            is_pending,
            scale: LossScale::of(analysis),
        }
    }
}

/// How often the step was halved, if halving is what its trials do.
fn halvings(analysis: &StepAnalysis, trials: &[Trial]) -> usize {
    let far = |trial: &Trial| (trial.at - analysis.iterate.at).norm();
    match trials {
        [first, second, ..] if (far(second) / far(first) - 0.5).abs() < 1e-6 => trials.len() - 1,
        _ => 0,
    }
}

/// How much of the lengths of its parts a step owes to the velocity it began with.
fn carried(analysis: &StepAnalysis, run: &Run, step: &Step) -> Option<(f64, Kind)> {
    let entry = run.recipe().optimizer.entry;
    let sum = entry.gradient_sum.filter(|sum| sum.old_is_first_part)?;
    let kind = (sum.recurrence)(entry.values(&analysis.replayed.parameters), analysis.index).kind;
    let [old, new] = step.parts.as_slice() else { return None };
    let [old, new] = [old, new].map(|part| part.displacement().norm());
    let share = old / (old + new);
    share.is_finite().then_some((share, kind))
}

/// Weights that pass through zero, where zero means something: in networks and in formulas.
pub(super) fn sign_changes(analysis: &StepAnalysis, run: &Run, step: Vector) -> [Option<SignChange>; 2] {
    let landscape = run.landscape();
    if landscape.data().is_none() && landscape.typed().is_none() {
        return [None; 2];
    }
    let (from, to) = (analysis.iterate.at, analysis.iterate.at + step);
    [0, 1].map(|axis| {
        let changes = from[axis] * to[axis] < 0.0;
        changes.then(|| SignChange { weight: landscape.weights()[axis], is_upward: to[axis] > 0.0 })
    })
}
