//! Why a run stopped, in a word for files and in a sentence for people.

use super::Recipe;
use crate::analysis::{Bound, Curvature, LocalModel};
use crate::landscapes::Landscape;
use crate::landscapes::grid::Gap;
use crate::numbers::Point;
use crate::numbers::numerals::{brief, number};
use crate::optimizers::{Choice, Undefined};

/// The kinds of ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// All steps were taken.
    StepLimit,
    /// ‖∇f‖ fell to the tolerance.
    Converged,
    /// The weights left for infinity.
    Diverged,
    /// The method has no step here.
    UndefinedStep,
    /// The landscape has no value or derivative here.
    NotFinite,
}

impl StopReason {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::StepLimit => "step_limit",
            Self::Converged => "converged",
            Self::Diverged => "diverged",
            Self::UndefinedStep => "undefined_step",
            Self::NotFinite => "not_finite",
        }
    }
}

/// An end: the kind, the step, and the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The kind.
    pub reason: StopReason,
    /// The iterate at which it showed.
    pub step: usize,
    /// The sentence.
    pub text: String,
}

impl Stop {
    pub(super) fn step_limit(steps: usize) -> Self {
        Self { reason: StopReason::StepLimit, step: steps, text: format!("All {steps} steps were taken") }
    }

    pub(super) fn converged(step: usize, norm: f64) -> Self {
        let slope = if norm == 0.0 { "zero".to_owned() } else { format!("down to ‖∇f‖ = {}", number(norm)) };
        Self { reason: StopReason::Converged, step, text: format!("Converged at step {step}: the gradient is {slope}") }
    }

    pub(super) fn undefined(step: usize, why: &Undefined) -> Self {
        let reason = match why {
            Undefined::NotFinite => StopReason::NotFinite,
            Undefined::Singular(_) | Undefined::Endless | Undefined::Unsuited { .. } | Undefined::Unsuitable(_) => {
                StopReason::UndefinedStep
            }
        };
        Self { reason, step, text: format!("Stopped at step {step}: {why}") }
    }

    /// `why` says more than that there is no value, where more is known.
    pub(super) fn not_finite(step: usize, at: Point, why: Option<Gap>) -> Self {
        let place = format!("({}, {})", number(at.x), number(at.y));
        let text = match why {
            Some(Gap { lies, .. }) if step == 0 => format!("Stopped at step 0: the start {place} lies {lies}"),
            Some(Gap { went, .. }) => format!("Stopped at step {step}: it {went} {place}"),
            None => format!("Stopped at step {step}: the loss has no finite value and slope at {place}"),
        };
        Self { reason: StopReason::NotFinite, step, text }
    }

    /// `before` is the last iterate before the crossing: its curvature tells why.
    pub(super) fn diverged(landscape: &Landscape, recipe: &Recipe, step: usize, before: Point) -> Self {
        let why = cause(landscape, recipe, step, before).map_or_else(String::new, |cause| format!(": {cause}"));
        Self { reason: StopReason::Diverged, step, text: format!("Diverged at step {step}{why}") }
    }
}

/// The rate against the curvature where theory connects the two, else the land that falls away.
fn cause(landscape: &Landscape, recipe: &Recipe, step: usize, before: Point) -> Option<String> {
    let last = step.saturating_sub(1);
    let optimizer = Choice { entry: recipe.optimizer.entry, knobs: recipe.knobs_at(last) };
    let loss = landscape.loss();
    let curvature = Curvature::of(&LocalModel::new(loss, before))?;
    let [low, high] = curvature.eigen.values;
    let (Some(rate), Ok(law)) = (optimizer.rate_at(last), optimizer.rate_law()) else {
        let fell = low < 0.0 && loss.value(before) < loss.value(recipe.start);
        return fell.then(|| "the land falls without end along v₁".to_owned());
    };
    if law.recursion.rings_late() {
        let [factor, other] = [low, high].map(|value| law.recursion.multiplier(rate * value).size);
        let (index, factor) = if factor > other { ("₁", factor) } else { ("₂", other) };
        return (factor > 1.0).then(|| format!("|1−ηλ| = {} along v{index}", brief(factor)));
    }
    if let Bound::Limit { limit, .. } = law.bound(&curvature)
        && rate > limit
    {
        return Some(format!("η = {} is beyond {} = {}", brief(rate), law.words, brief(limit)));
    }
    (low < 0.0).then(|| "the land curves down along v₁ without end".to_owned())
}
