//! What is said after the result: the verdict, and what else there is room for.

use super::path::{tense, went_over};
use super::wording::{Wording, setting};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::counted;
use crate::optimizers::Verdict;
use crate::run::explain::{Adaptation, ModelStep, PathFeature, SignChange, StepBound, StepOpening};

/// Whether the step was shortened or rejected; nothing if it was simply taken.
pub(super) fn verdict(step: &ModelStep) -> Wording {
    let mut text = Wording::default();
    let is_radius_said = matches!(step.opening, Some(StepOpening::Radius(_)));
    match (step.verdict, step.adaptation) {
        (Verdict::Taken, _) => {}
        (Verdict::Rejected, adaptation) => {
            text.say(". ").inked("Rejected", Ink::Truth);
            match adaptation {
                _ if step.halvings > 0 => text.say(&format!(" after {}", counted(step.halvings, "halving"))),
                None => text.say(": w stays"),
                Some(adaptation) => text.say(&format!("; {}", after(adaptation))),
            };
        }
        (Verdict::Truncated, _) if is_radius_said => {}
        (Verdict::Truncated, adaptation) => {
            let size = adaptation.map_or_else(String::new, |adaptation| format!(" Δ = {}", setting(adaptation.before)));
            text.say(&format!(". The radius{size} limited the step"));
        }
    }
    text
}

/// What can be said besides, the most important first.
pub(super) fn remarks(step: &ModelStep, is_path_said: bool) -> impl Iterator<Item = String> {
    let is_short = matches!(step.path, PathFeature::Straight | PathFeature::Level | PathFeature::Kink(_));
    let path = (!is_path_said && !is_short).then(|| format!(". The step {}", went_over(step)));
    let halved = (step.halvings > 0 && step.verdict != Verdict::Rejected)
        .then(|| format!(". The line search halved it {}", times(step.halvings)));
    [path, sign_changes(step.sign_changes, step.is_made()), halved, carried(step)].into_iter().flatten()
}

/// How much of the step is old velocity, in quarters.
fn carried(step: &ModelStep) -> Option<String> {
    let (share, kind) = step.carried?;
    let much = match share {
        share if share >= 0.875 => "Nearly all",
        share if share >= 0.625 => "Three quarters",
        share if share >= 0.375 => "Half",
        share if share >= 0.125 => "A quarter",
        _ => return None,
    };
    Some(format!(". {much} of the step is {}", kind.old()))
}

/// Weights that change their sign on the way.
pub(super) fn sign_changes(changes: [Option<SignChange>; 2], is_made: bool) -> Option<String> {
    match changes {
        [Some(_), Some(_)] => Some(format!(". Both weights {} sign", tense(is_made, "changed", "change"))),
        [Some(SignChange { weight, is_upward }), None] | [None, Some(SignChange { weight, is_upward })] => {
            let sign = if is_upward { "positive" } else { "negative" };
            Some(format!(". {weight} {} {sign}", tense(is_made, "turned", "turn")))
        }
        [None, None] => None,
    }
}

/// What bounds the next step.
pub(super) fn after(adaptation: Adaptation) -> String {
    let Adaptation { bound, before, after } = adaptation;
    let name = match bound {
        StepBound::TrustRadius => "Δ",
        StepBound::Damping => "μ",
    };
    if before == after {
        return format!("{name} stays {}", setting(after));
    }
    format!("{name} goes from {} to {}", setting(before), setting(after))
}

fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        number => format!("{number} times"),
    }
}
