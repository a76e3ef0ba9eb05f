//! What a model predicted for a step, what the loss did, how well the two agree, and why if they do not.

use super::facts::{SignChange, StepFacts};
use super::loss_scale::LossScale;
use super::measured::Adaptation;
use super::opening::StepOpening;
use super::path::PathFeature;
use crate::analysis::PredictedAndActual;
use crate::optimizers::{Kind, Verdict};
use crate::run::step_analysis::LITTLE;

/// An actual change within this share of the prediction is equal to it but for rounding.
const EQUAL: f64 = 1e-9;
/// Within this share a change is the predicted one.
const EXACT: f64 = 0.02;
/// Within this share a change is about the predicted one.
const ABOUT: f64 = 0.1;

/// A step by a model of the loss.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelStep {
    /// What is special about its situation.
    pub opening: Option<StepOpening>,
    /// What the model predicted.
    pub prediction: Prediction,
    /// What the loss did, or would do.
    pub actual: LossChange,
    /// How well prediction and actual change agree.
    pub agreement: Agreement,
    /// The share of its prediction by which the plane's validity radius is measured: 0.1 is 10 %.
    pub validity: f64,
    /// Why prediction and result differ, if known.
    pub cause: Option<Cause>,
    /// What the step goes over.
    pub path: PathFeature,
    /// How many times further the step goes than the plane is valid; `None` where that is further than is searched.
    pub overreach: Option<f64>,
    /// Whether the step was taken, shortened or rejected.
    pub verdict: Verdict,
    /// What bounded the step, and how that changed.
    pub adaptation: Option<Adaptation>,
    /// How often a line search halved the step.
    pub halvings: usize,
    /// Which of the weights change their sign.
    pub sign_changes: [Option<SignChange>; 2],
    /// How much of the step is old velocity, or the old average, if there is nothing else to explain.
    pub carried: Option<(f64, Kind)>,
    /// Whether the step is not taken because the run ends here.
    pub is_pending: bool,
}

impl ModelStep {
    /// Whether the step was made, so that its actual change is a fact.
    pub fn is_made(&self) -> bool {
        !self.is_pending && self.verdict != Verdict::Rejected
    }

    /// Whether the loss rises, though a drop was predicted.
    pub fn rises_instead(&self) -> bool {
        self.actual.by > 0.0 && !self.actual.is_lost && self.prediction.change.by < 0.0
    }
}

/// What a model says of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The model.
    pub model: StepModel,
    /// The change of the loss by it.
    pub change: LossChange,
}

/// The model on which a step rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepModel {
    /// The tangent plane.
    Plane,
    /// A slope that stands in where there is no tangent plane.
    ConventionalSlope,
    /// The quadratic model, with the Hessian.
    Quadratic,
    /// A quadratic with a matrix of the method's own.
    AssumedQuadratic,
}

/// A change of the loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossChange {
    /// By how much it rises; negative for a drop.
    pub by: f64,
    /// Whether it is too small to distinguish from the rounding of the loss.
    pub is_lost: bool,
    /// Whether it is next to nothing beside what the run has gained so far.
    pub is_negligible: bool,
}

impl LossChange {
    pub(super) fn new(by: f64, scale: LossScale) -> Self {
        let is_negligible = by != 0.0 && by.abs() < LITTLE * scale.gained;
        Self { by, is_lost: by.abs() <= scale.resolution, is_negligible }
    }
}

/// How an actual change compares with the predicted one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Agreement {
    /// The model predicts no finite change.
    NoPrediction,
    /// The loss has no finite value where the step lands.
    NoValue,
    /// Both are too small to distinguish from rounding.
    BelowRounding,
    /// Both agree to nine digits.
    Equal,
    /// Both agree within two percent.
    Exact,
    /// Both agree within ten percent.
    About,
    /// Both agree within this share, which is the tolerance.
    Within(f64),
    /// The loss does not change, though a change was predicted.
    Unchanged,
    /// The loss changes, though no change was predicted that it could show.
    Unpredicted,
    /// Less than predicted.
    Less,
    /// More than predicted.
    More,
    /// The loss rises, though a drop was predicted.
    RisesInstead,
    /// The loss falls, though a rise was predicted.
    FallsInstead,
}

impl Agreement {
    /// Whether the prediction was right within the tolerance.
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Equal | Self::Exact | Self::About | Self::Within(_))
    }

    /// Whether it was wrong by something that the loss can show: a share of a smaller prediction says nothing.
    pub fn differs(self) -> bool {
        matches!(self, Self::Unchanged | Self::Less | Self::More | Self::RisesInstead | Self::FallsInstead)
    }
}

/// Why prediction and actual change differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What the step goes over.
    Path,
    /// The step goes further than the plane is valid.
    Overreach,
    /// The quadratic does not match the loss that far from the iterate.
    FarFromQuadratic,
    /// The quadratic with the method's own matrix is not that of the loss.
    AssumedMatrix,
    /// The loss curves up, away from the plane.
    CurvesUp,
    /// The loss curves down, away from the plane.
    CurvesDown,
    /// The loss falls away from the plane, but only further on.
    FallsAway,
}

impl StepFacts {
    /// The explanation that these facts give.
    pub(crate) fn explained(&self) -> ModelStep {
        let (model, predicted) = self.model();
        let agreement = self.agreement(predicted);
        ModelStep {
            opening: self.opening,
            prediction: Prediction { model, change: LossChange::new(predicted, self.scale) },
            actual: LossChange::new(self.change.actual, self.scale),
            agreement,
            validity: self.validity,
            cause: self.cause(model, predicted, agreement),
            path: self.path,
            overreach: self.overreach,
            verdict: self.verdict,
            adaptation: self.adaptation,
            halvings: self.halvings,
            sign_changes: self.sign_changes,
            carried: self.carried.filter(|_| agreement.is_kept()),
            is_pending: self.is_pending,
        }
    }

    /// The model on which the step rests, and the change that it predicts.
    fn model(&self) -> (StepModel, f64) {
        let PredictedAndActual { linear, quadratic, .. } = self.change;
        match self.opening {
            _ if self.second_order && self.assumed => (StepModel::AssumedQuadratic, quadratic),
            _ if self.second_order => (StepModel::Quadratic, quadratic),
            Some(StepOpening::Kink(kink)) if !kink.has_planes() => (StepModel::ConventionalSlope, linear),
            _ => (StepModel::Plane, linear),
        }
    }

    fn agreement(&self, predicted: f64) -> Agreement {
        let actual = self.change.actual;
        let [is_lost, is_unchanged] = [predicted, actual].map(|change| change.abs() <= self.scale.resolution);
        let is_within = |share: f64| (actual - predicted).abs() <= share * predicted.abs();
        match actual / predicted {
            _ if !predicted.is_finite() => Agreement::NoPrediction,
            _ if is_lost && is_unchanged => Agreement::BelowRounding,
            _ if !actual.is_finite() => Agreement::NoValue,
            _ if is_within(self.share) => self.closest(is_within),
            _ if is_unchanged => Agreement::Unchanged,
            _ if is_lost => Agreement::Unpredicted,
            ratio if ratio < 0.0 && actual > 0.0 => Agreement::RisesInstead,
            ratio if ratio < 0.0 => Agreement::FallsInstead,
            ratio if ratio < 1.0 => Agreement::Less,
            _ => Agreement::More,
        }
    }

    /// How closely a prediction was right, of those that were right within the tolerance.
    fn closest(&self, is_within: impl Fn(f64) -> bool) -> Agreement {
        match self.share {
            _ if is_within(EQUAL) => Agreement::Equal,
            _ if is_within(EXACT) => Agreement::Exact,
            _ if is_within(ABOUT) => Agreement::About,
            share => Agreement::Within(share),
        }
    }

    /// Why prediction and actual change differ, where they do.
    fn cause(&self, model: StepModel, predicted: f64, agreement: Agreement) -> Option<Cause> {
        if !agreement.differs() || matches!(self.opening, Some(StepOpening::Kink(_))) {
            return None;
        }
        let is_more = agreement == Agreement::More;
        match model {
            _ if self.path.is_kink() => Some(Cause::Path),
            StepModel::AssumedQuadratic if !is_more => Some(Cause::AssumedMatrix),
            StepModel::Quadratic if !is_more => Some(Cause::FarFromQuadratic),
            StepModel::AssumedQuadratic | StepModel::Quadratic => None,
            StepModel::Plane | StepModel::ConventionalSlope => Some(self.cause_beside_plane(predicted, is_more)),
        }
    }

    /// Why the loss leaves the plane.
    fn cause_beside_plane(&self, predicted: f64, is_more: bool) -> Cause {
        let PredictedAndActual { linear, quadratic, actual } = self.change;
        if predicted > 0.0 || is_more {
            return match (actual < predicted, quadratic < linear) {
                (true, true) => Cause::CurvesDown,
                (true, false) => Cause::FallsAway,
                (false, _) => Cause::CurvesUp,
            };
        }
        match self.path {
            PathFeature::Straight if self.overreach.is_some_and(|times| times > 1.0) => Cause::Overreach,
            PathFeature::Straight => Cause::CurvesUp,
            _ => Cause::Path,
        }
    }
}
