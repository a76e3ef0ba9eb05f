//! The sentence in fog: of the loss it says what the method has asked, and no more.

use super::step::{model, predictions, result, said};
use super::wording::Wording;
use super::{Piece, batch, no_step, remarks, untried};
use crate::drawing::ink::Ink;
use crate::run::KnownOfStep;
use crate::run::explain::{Agreement, Explanation, ModelStep, RunEnd, StepCase, StepModel};

/// The sentence of an explanation, as far as the method can know it.
pub fn sentence_in_fog(explanation: &Explanation, known: KnownOfStep) -> Vec<Piece> {
    let mut text = Wording::default();
    if let Some(RunEnd::Diverged(stop)) = &explanation.ending {
        return text.inked("Diverged", Ink::Gap).say(&format!(" at step {}. Why is in fog", stop.step)).end();
    }
    if !known.slope {
        return text.say("The method has not evaluated the gradient here: the loss is in fog").end();
    }
    match &explanation.step {
        StepCase::Sampled(step) => batch::pieces_in_fog(step),
        StepCase::Model(step) => pieces(step, known.landing),
        StepCase::Untried(damping) => untried(*damping),
        StepCase::Undefined(why) if explanation.ending.is_none() => no_step(why),
        StepCase::Undefined(_) | StepCase::Stays | StepCase::BatchIsLevel { .. } => {
            text.say("The step has length 0. The rest is in fog").end()
        }
    }
}

/// The prediction alone, and what came of it once the method has asked.
pub(super) fn pieces(step: &ModelStep, is_landing_known: bool) -> Vec<Piece> {
    // That there is a kink is in fog as well.
    let shown = match step.prediction.model {
        StepModel::ConventionalSlope => StepModel::Plane,
        other => other,
    };
    let (ink, name) = model(shown);
    let mut text = Wording::default();
    text.say(name).say(if is_landing_known { predictions(step) } else { " predicts " });
    if step.agreement == Agreement::NoPrediction {
        return text.inked("no finite change", Ink::Gap).end();
    }
    text.predict(step.prediction.change, &said(step)[0], ink).say(". ");
    if !is_landing_known {
        return text.say("The change of the loss is in fog").end();
    }
    if step.agreement == Agreement::NoValue {
        text.say("The loss has ").inked("no finite value", Ink::Gap).say(" there");
    } else {
        result(step, &mut text, if step.rises_instead() { Ink::Gap } else { Ink::Truth });
    }
    text.append(remarks::verdict(step)).end()
}
