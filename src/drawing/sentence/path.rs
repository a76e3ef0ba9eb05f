//! The words for what a step goes over.

use crate::numbers::numerals::brief;
use crate::run::explain::{ModelStep, PathFeature};

/// More valleys and ridges than this are many.
const MANY: usize = 12;

/// A verb of the step, in the past if it was made.
pub(super) fn did(step: &ModelStep, past: &str, plain: &str) -> String {
    tense(step.is_made(), past, plain)
}

/// A verb in the past, or as what would be.
pub(super) fn tense(is_made: bool, past: &str, plain: &str) -> String {
    if is_made { past.to_owned() } else { format!("would {plain}") }
}

/// What the step went over, as it follows "the step".
pub(super) fn went_over(step: &ModelStep) -> String {
    match step.path {
        PathFeature::Straight => did(step, "went on", "go on"),
        PathFeature::Level => format!("{} where the loss along it is level", did(step, "ended", "end")),
        PathFeature::Valley => format!("{} the valley", did(step, "crossed", "cross")),
        PathFeature::Over { valleys, ridges } => {
            format!("{} over {}", did(step, "jumped", "jump"), valleys_and_ridges(valleys, ridges))
        }
        PathFeature::Kink(share) => {
            format!("{} a kink at {} % of its length", did(step, "crossed", "cross"), brief(100.0 * share))
        }
        PathFeature::KinkAtBottom => {
            format!("{} the kink at the bottom of the valley", did(step, "crossed", "cross"))
        }
    }
}

fn valleys_and_ridges(valleys: usize, ridges: usize) -> String {
    let count = |number: usize, one: &str, several: &str| match number {
        1 => one.to_owned(),
        number => format!("{number} {several}"),
    };
    let [valley, ridge] = [count(valleys, "a valley", "valleys"), count(ridges, "a ridge", "ridges")];
    match (valleys, ridges) {
        (valleys, ridges) if valleys + ridges > MANY => "many valleys and ridges".to_owned(),
        (_, 0) => valley,
        (0, _) => ridge,
        _ => format!("{valley} and {ridge}"),
    }
}
