//! The words for a step that asked a few samples only: what their plane predicted, what their loss did, and what that of
//! all of them did.

use super::wording::{NEXT_TO_NOTHING, ROOM, Wording};
use super::{Piece, opening, remarks};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{brief, grouped};
use crate::run::explain::{LossChange, SampledOpening, SampledStep};

/// Prediction and result for the batch, by which the method went, and the result for all.
pub(super) fn pieces(step: &SampledStep) -> Vec<Piece> {
    let mut text = Wording::default();
    match step.opening {
        Some(SampledOpening::Kink(kink)) => text.say(opening::on_kink(kink)).say(" "),
        Some(SampledOpening::OldVelocity) => text.say("The batch has no slope here: the step is old velocity alone. "),
        Some(SampledOpening::Uphill) => text.say("What the method remembers carries the step up. "),
        None => &mut text,
    };
    if !prediction(step, if step.is_pending { " promises " } else { " promised " }, &mut text) {
        return text.say(": the numbers are too large to go on").end();
    }
    if !(step.actual.by.is_finite() && step.whole.by.is_finite()) {
        text.say(". The loss has ").inked("no finite value", Ink::Gap).say(" where the step ");
        return text.say(if step.is_pending { "would land" } else { "landed" }).end();
    }
    let is_surprise = step.prediction.by == 0.0 && !step.actual.is_lost;
    text.say(if is_surprise { "; " } else { ", and " });
    text.say(if step.drawn == 1 { "its loss " } else { "their loss " });
    let [ups_and_downs, rises_and_falls] = if step.is_pending {
        [["would go up by ", "would go down by "], ["would rise by ", "would fall by "]]
    } else {
        [["went up by ", "went down by "], ["rose by ", "fell by "]]
    };
    moved(step, step.actual, ups_and_downs, &mut text);
    let all =
        if step.of == 1 { ". The whole loss ".to_owned() } else { format!(". The loss of all {} ", grouped(step.of)) };
    text.say(&all);
    moved(step, step.whole, rises_and_falls, &mut text);
    if step.misleads() {
        text.say(&format!(": it asked {} of them only", grouped(step.different)));
    }
    let remark = remarks::sign_changes(step.sign_changes, !step.is_pending);
    if let Some(remark) = remark.filter(|remark| text.length() + remark.chars().count() < ROOM) {
        text.say(&remark);
    }
    text.end()
}

/// What the batch's plane predicted; false if that is no number.
fn prediction(step: &SampledStep, predictions: &str, text: &mut Wording) -> bool {
    let noisy = if step.is_noisy { "noisy " } else { "" };
    text.say(&match step.drawn {
        1 => format!("The {noisy}plane of its one sample"),
        drawn => format!("The {noisy}plane of its {} samples", grouped(drawn)),
    });
    text.say(predictions);
    if !step.prediction.by.is_finite() {
        text.inked("no finite change", Ink::Gap);
        return false;
    }
    text.predict(step.prediction, Ink::Plane);
    true
}

/// What a loss did, or would do.
fn moved(step: &SampledStep, change: LossChange, [up, down]: [&str; 2], text: &mut Wording) {
    if change.is_lost {
        text.say(if step.is_pending { "would not change" } else { "did not change" });
        return;
    }
    let is_up = change.by > 0.0;
    text.say(if is_up { up } else { down });
    if change.is_negligible {
        text.say(NEXT_TO_NOTHING);
        return;
    }
    // Up is an alarm only where the batch predicted a drop.
    text.inked(&brief(change.by), if is_up && step.prediction.by < 0.0 { Ink::Gap } else { Ink::Truth });
}

/// The prediction alone: the rest is in fog.
pub(super) fn pieces_in_fog(step: &SampledStep) -> Vec<Piece> {
    let mut text = Wording::default();
    if prediction(step, " promises ", &mut text) {
        text.say(". What the loss will do is in fog");
    }
    text.end()
}
