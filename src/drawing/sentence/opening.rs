//! The words before the prediction: what is special about the situation of a step.

use super::wording::setting;
use crate::run::explain::{KinkKind, StepOpening};

/// The words, and whether the prediction after them can be said of *it*.
pub(super) fn describe(opening: StepOpening) -> (String, bool) {
    let endless = |what: &str| format!("The quadratic has no minimum; {what}");
    match opening {
        StepOpening::Fallback { newton_rises: true } => {
            ("Newton's step is no descent direction: −∇f is used.".to_owned(), false)
        }
        StepOpening::Fallback { newton_rises: false } => {
            ("Newton's step is undefined here: −∇f is used.".to_owned(), false)
        }
        StepOpening::Saddle => ("The step goes to the saddle of the quadratic.".to_owned(), true),
        StepOpening::Hilltop => ("The step goes to the maximum of the quadratic.".to_owned(), true),
        StepOpening::Endless => ("The quadratic has no minimum.".to_owned(), true),
        StepOpening::Radius(radius) => (endless(&format!("Δ = {} limits the step.", setting(radius))), true),
        StepOpening::Damping(damping) => (endless(&format!("μ = {} limits the step.", setting(damping))), true),
        StepOpening::Turned => (endless("|H| is used."), true),
        StepOpening::OtherMatrix => (endless("the method's model has one."), false),
        StepOpening::Kink(kink) => (on_kink(kink).to_owned(), false),
        StepOpening::Unlearned => ("There is no curvature estimate yet: B = I.".to_owned(), false),
        StepOpening::Uphill { cause, is_noisy, remembers } => (cause.sentence(is_noisy, remembers).to_owned(), false),
    }
}

/// What there is instead of a tangent plane.
pub(super) fn on_kink(kink: KinkKind) -> &'static str {
    match kink {
        KinkKind::Planes => "At a kink: the gradient is a convention.",
        KinkKind::Tip => "No tangent plane: the tip of a cone.",
        KinkKind::Wall => "No tangent plane: the slope is infinite.",
        KinkKind::Cliff => "No tangent plane: the loss jumps here.",
    }
}
