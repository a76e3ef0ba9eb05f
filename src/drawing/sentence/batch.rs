//! The words for a step that asked a few samples only: what their plane predicted, what their loss did, and what that of
//! all of them did.

use super::wording::{NEXT_TO_NOTHING, ROOM, Wording};
use super::{Piece, opening, remarks};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{grouped, number};
use crate::run::explain::{LossChange, SampledOpening, SampledStep};

/// Prediction and result for the batch, by which the method went, and the result for all.
pub(super) fn pieces(step: &SampledStep) -> Vec<Piece> {
    let mut text = Wording::default();
    match step.opening {
        Some(SampledOpening::Kink(kink)) => text.say(opening::on_kink(kink)).say(" "),
        Some(SampledOpening::OldVelocity) => text.say("The batch's gradient is zero: the velocity alone acts. "),
        Some(SampledOpening::Uphill) => text.say("Past gradients lead uphill. "),
        None => &mut text,
    };
    if !prediction(step, if step.is_pending { " predicts " } else { " predicted " }, &mut text) {
        return text.say(": the numbers are too large to go on").end();
    }
    if !(step.actual.by.is_finite() && step.whole.by.is_finite()) {
        text.say(". The loss has ").inked("no finite value", Ink::Gap).say(" where the step ");
        return text.say(if step.is_pending { "would end" } else { "ended" }).end();
    }
    let is_surprise = step.prediction.by == 0.0 && !step.actual.is_lost;
    text.say(if is_surprise || step.opening == Some(SampledOpening::Uphill) { "; " } else { ", and " });
    text.say(if step.drawn == 1 || step.opening.is_some() { "its loss " } else { "their loss " });
    // Vermilion is for a prediction that is broken, and the batch predicts its own loss only.
    let [_, actual, whole] = said(step);
    let is_broken = step.actual.by > 0.0 && step.prediction.by < 0.0;
    moved(step, (step.actual, &actual), if is_broken { Ink::Gap } else { Ink::Truth }, &mut text);
    if step.of > 1 {
        text.say(if step.misleads() { ", but the loss of all " } else { ". The loss of all " });
        text.say(&format!("{} ", grouped(step.of)));
        moved(step, (step.whole, &whole), Ink::Truth, &mut text);
    }
    let remark = remarks::sign_changes(step.sign_changes, !step.is_pending);
    if let Some(remark) = remark.filter(|remark| text.length() + remark.chars().count() < ROOM) {
        text.say(&remark);
    }
    text.end()
}

/// What the batch's plane predicted; false if that is not a number.
fn prediction(step: &SampledStep, predictions: &str, text: &mut Wording) -> bool {
    let noisy = if step.is_noisy { "noisy " } else { "" };
    text.say(&match step.drawn {
        _ if step.opening == Some(SampledOpening::Uphill) => format!("The batch's {noisy}plane"),
        _ if step.opening.is_some() => format!("Its {noisy}plane"),
        1 => format!("The {noisy}plane of its one sample"),
        drawn => format!("The {noisy}plane of its {} samples", grouped(drawn)),
    });
    text.say(predictions);
    if !step.prediction.by.is_finite() {
        text.inked("no finite change", Ink::Gap);
        return false;
    }
    text.predict(step.prediction, &said(step)[0], Ink::Plane);
    true
}

/// How much was predicted for the batch, how much came of it, and of all.
fn said(step: &SampledStep) -> [String; 3] {
    [step.prediction.by, step.actual.by, step.whole.by].map(|change| number(change.abs()))
}

/// What a loss did, or would do.
fn moved(step: &SampledStep, (change, amount): (LossChange, &str), ink: Ink, text: &mut Wording) {
    if change.is_lost {
        text.say(if step.is_pending { "would not change" } else { "did not change" });
        return;
    }
    text.say(match (step.is_pending, change.by > 0.0) {
        (true, true) => "would rise by ",
        (true, false) => "would fall by ",
        (false, true) => "rose by ",
        (false, false) => "fell by ",
    });
    if change.is_negligible {
        text.say(NEXT_TO_NOTHING);
        return;
    }
    text.inked(amount, ink);
}

/// The prediction alone: the rest is in fog.
pub(super) fn pieces_in_fog(step: &SampledStep) -> Vec<Piece> {
    let mut text = Wording::default();
    if prediction(step, " predicts ", &mut text) {
        text.say(". The change of the loss is in fog");
    }
    text.end()
}
