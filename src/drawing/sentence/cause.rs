//! The words for why prediction and result differ, as many as there is room for.

use super::path::went_over;
use super::remarks::sign_changes;
use crate::numbers::numerals::{brief, percent};
use crate::run::explain::{Cause, ModelStep};

/// A step this many times longer than the plane is valid is described by how many times; below, by "slightly".
const A_LITTLE: f64 = 1.15;

/// Why prediction and result differ.
#[derive(Default)]
pub(super) struct CauseWords {
    pub(super) text: String,
    /// Whether it says what the step went over.
    pub(super) names_path: bool,
}

/// The part of the reason that fits, with the sentence on the weights after it if that fits, too.
pub(super) fn within(step: &ModelStep, room: usize) -> CauseWords {
    let after = sign_changes(step.sign_changes, step.is_made()).map_or(0, |text| text.chars().count());
    let choices = [(true, after), (false, after), (true, 0), (false, 0)];
    let mut whys = choices.into_iter().map(|(whole, after)| (why(step, whole), after));
    whys.find(|(why, after)| why.text.chars().count() + after < room).map(|(why, _)| why).unwrap_or_default()
}

/// Why prediction and result differ; where only a part has room, without how far the plane is valid.
fn why(step: &ModelStep, whole: bool) -> CauseWords {
    let Some(cause) = step.cause else { return CauseWords::default() };
    let rises = step.rises_instead();
    let far = step.overreach.filter(|times| *times >= A_LITTLE);
    let far = far.map(|times| format!("{} times the validity radius ({})", brief(times), percent(step.validity)));
    let of_step = |text: &str| format!("{} {text}", if rises { ". The step" } else { ": the step" });
    let of_loss = |text: &str| format!("{} {text}", if rises { ". The loss" } else { ": the loss" });
    let text = match (cause, far) {
        (Cause::Path, Some(far)) if whole && !step.path.is_kink() => {
            format!("{}, {far}, {}", if rises { ". The step" } else { ": the step" }, went_over(step))
        }
        (Cause::Path, _) => of_step(&went_over(step)),
        (Cause::Overreach, Some(far)) => of_step(&format!("is {far}")),
        (Cause::Overreach, None) => {
            of_step(&format!("is slightly longer than the validity radius ({})", percent(step.validity)))
        }
        (Cause::AssumedMatrix, _) if rises => ". The method's matrix is not the Hessian".to_owned(),
        (Cause::AssumedMatrix, _) => ": the method's matrix is not the Hessian".to_owned(),
        (Cause::FarFromQuadratic, _) if rises => ". It is not quadratic that far out".to_owned(),
        (Cause::FarFromQuadratic, _) => ": it is not quadratic that far out".to_owned(),
        (Cause::CurvesUp, _) => of_loss("curves up, above the plane"),
        (Cause::CurvesDown, _) => of_loss("curves down, below the plane"),
        (Cause::FallsAway, _) => ": later the loss falls below the plane".to_owned(),
    };
    CauseWords { text, names_path: cause == Cause::Path }
}
