//! The words before the prediction: what is special about the situation of a step.

use crate::numbers::numerals::parameter;
use crate::run::explain::{KinkKind, Opening};

/// The words, and whether the prediction after them can be said of *it*.
pub(super) fn describe(opening: Opening) -> (String, bool) {
    let endless = |what: &str| format!("The quadratic falls without end here; {what}");
    match opening {
        Opening::Fallback { newton_rises: true } => {
            ("Newton's step does not go down here, so −∇f was used.".to_owned(), false)
        }
        Opening::Fallback { newton_rises: false } => {
            ("Newton's step is undefined here, so −∇f was used.".to_owned(), false)
        }
        Opening::Saddle => ("The quadratic has no lowest point, so the step heads for its saddle.".to_owned(), true),
        Opening::Hilltop => ("The quadratic has no lowest point, so the step heads for its hilltop.".to_owned(), true),
        Opening::Endless => ("The quadratic falls without end here.".to_owned(), true),
        Opening::Radius(radius) => {
            (endless(&format!("the trust radius Δ = {} ends the step.", parameter(radius))), true)
        }
        Opening::Damping(damping) => {
            (endless(&format!("the damping μ = {} keeps the step short.", parameter(damping))), true)
        }
        Opening::Turned => (endless("|H| turns the step away from its saddle."), true),
        Opening::OtherMatrix => (endless("the step goes to the bottom of another."), false),
        Opening::Kink(kink) => (on_kink(kink).to_owned(), false),
        Opening::Unlearned => ("No curvature is learned yet, so B = I.".to_owned(), false),
        Opening::Uphill { cause, is_noisy, remembers } => (cause.sentence(is_noisy, remembers).to_owned(), false),
    }
}

/// What there is instead of a tangent plane.
pub(super) fn on_kink(kink: KinkKind) -> &'static str {
    match kink {
        KinkKind::Planes => "The land has a fold here, where the slope is only a convention.",
        KinkKind::Tip => "The land has a tip here, where there is no tangent plane.",
        KinkKind::Wall => "The slope is infinite here, so there is no tangent plane.",
        KinkKind::Cliff => "The loss jumps here, so there is no tangent plane.",
    }
}
