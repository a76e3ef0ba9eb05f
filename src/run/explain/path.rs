//! What a step crosses: valleys, ridges and kinks.

use super::measured::share;
use crate::analysis::{Breakpoint, PredictedAndActual, StepProfile};
use crate::numbers::{Point, Vector};
use crate::run::{Run, StepAnalysis};

/// A slope below this share of the first one is level.
const LEVEL: f64 = 0.02;
/// A slope beyond a valley below this share of the first one is not worth a word where the prediction is right.
const GENTLE: f64 = 0.1;

/// What the step crosses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathFeature {
    /// Nothing worth a word.
    Straight,
    /// Ends at a stationary point of the loss along the step.
    Level,
    /// To the other side of one valley.
    Valley,
    /// Over several valleys and ridges.
    Over {
        /// Minima along the step.
        valleys: usize,
        /// Maxima along it.
        ridges: usize,
    },
    /// A kink at this share of the step, which explains most of the model error.
    Kink(f64),
    /// A kink that explains most of the model error, and is the bottom of the valley.
    KinkAtBottom,
}

impl PathFeature {
    /// Whether it is a kink that explains the model error.
    pub fn is_kink(self) -> bool {
        matches!(self, Self::Kink(_) | Self::KinkAtBottom)
    }

    /// Finds what the step crosses; if the prediction is right only the far side of a valley is reported.
    pub(super) fn along(analysis: &StepAnalysis, run: &Run, step: Vector, change: PredictedAndActual) -> Self {
        let loss = run.landscape().loss();
        let slope = |at: Point| loss.first_order(at).gradient.dot(&step);
        let (predicted, error) = (change.prediction(analysis.order), change.gap(analysis.order));
        let first = analysis.model.linear(step);
        let crosses = || first < 0.0 && slope(analysis.model.at + step) > -GENTLE * first;
        if error.abs() <= share(analysis) * predicted.abs() && !crosses() {
            return Self::Straight;
        }
        StepProfile::of(loss, &analysis.model, step)
            .map_or(Self::Straight, |step_profile| Self::of(&step_profile, error))
    }

    /// `error` is what the loss adds to the prediction, which a kink may explain.
    fn of(step_profile: &StepProfile, error: f64) -> Self {
        let lifted: f64 = step_profile.breakpoints.iter().map(Breakpoint::lift).sum();
        let largest = step_profile.breakpoints.iter().max_by(|a, b| a.lift().abs().total_cmp(&b.lift().abs()));
        if let Some(kink) = largest.filter(|_| lifted / error >= 0.5) {
            return if kink.is_bottom() { Self::KinkAtBottom } else { Self::Kink(kink.share) };
        }
        let StepProfile { first_slope, last_slope, valleys, ridges, .. } = *step_profile;
        match (valleys, ridges) {
            (0 | 1, 0) if first_slope < 0.0 && last_slope.abs() <= LEVEL * first_slope.abs() => Self::Level,
            (0, 0) => Self::Straight,
            (1, 0) if first_slope < 0.0 => Self::Valley,
            _ => Self::Over { valleys, ridges },
        }
    }
}
