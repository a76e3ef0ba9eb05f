//! The words for a step by a model of the loss: prediction, result, why they differ, verdict, and what else there is room for.

use super::wording::{NEXT_TO_NOTHING, ROOM, Wording};
use super::{Piece, cause, opening, remarks};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{number, percent};
use crate::optimizers::Verdict;
use crate::run::explain::{Agreement, ModelStep, StepModel, StepOpening};

/// The sentence of a step.
pub(super) fn pieces(step: &ModelStep) -> Vec<Piece> {
    let mut text = Wording::default();
    let is_over = is_over(step);
    if is_over {
        text.say("Negligible by now: ");
    }
    prediction(step, step.opening.filter(|_| !is_over), &mut text);
    let verdict = remarks::verdict(step);
    match step.agreement {
        Agreement::NoPrediction => return text.say(": the numbers are too large to go on").end(),
        Agreement::NoValue => {
            text.say(". The loss has ").inked("no finite value", Ink::Gap).say(" where the step ");
            return text.say(if step.is_made() { "ended" } else { "would end" }).append(verdict).end();
        }
        Agreement::BelowRounding => {
            if step.prediction.change.by == 0.0 {
                text.say(", and ");
                result(step, &mut text, Ink::Truth);
            }
            return text.append(verdict).end();
        }
        _ if step.prediction.change.is_negligible && step.actual.is_negligible => {
            text.say(", and ");
            result(step, &mut text, Ink::Truth);
            return text.append(verdict).end();
        }
        _ => {}
    }
    let is_path_said = if step.agreement.is_kept() {
        text.say(", and ");
        result(step, &mut text, Ink::Truth);
        text.say(&as_predicted(step.agreement));
        false
    } else {
        let rose = step.rises_instead();
        text.say(if rose || step.prediction.change.is_lost { "; " } else { ". " });
        result(step, &mut text, if rose { Ink::Gap } else { Ink::Truth });
        let why = cause::within(step, ROOM.saturating_sub(text.length() + verdict.length()));
        text.say(&why.text);
        why.names_path
    };
    text.append(verdict);
    for remark in remarks::remarks(step, is_path_said) {
        if text.length() + remark.chars().count() < ROOM {
            text.say(&remark);
        }
    }
    text.end()
}

/// Whether all is won: prediction and result matter no more, and nothing else is to be said of the step.
fn is_over(step: &ModelStep) -> bool {
    let is_simple = matches!(step.opening, None | Some(StepOpening::Uphill { .. })) && step.verdict == Verdict::Taken;
    let [predicted, actual] = [step.prediction.change, step.actual];
    is_simple && step.agreement != Agreement::BelowRounding && predicted.is_negligible && actual.is_negligible
}

/// What stands before the result: the situation, and what the model predicted.
fn prediction(step: &ModelStep, opening: Option<StepOpening>, text: &mut Wording) {
    let change = step.prediction.change;
    let (ink, name) = model(step.prediction.model);
    if !change.by.is_finite() {
        text.say(name).say(predictions(step)).inked("no finite change", Ink::Gap);
        return;
    }
    let (words, continues) = opening.map(opening::describe).unwrap_or_default();
    if !words.is_empty() {
        text.say(&words).say(" ");
    }
    let is_it = continues && step.prediction.model != StepModel::AssumedQuadratic;
    let name = match step.prediction.model {
        _ if is_it => "It",
        StepModel::Plane if opening.is_some() => "The plane",
        _ => name,
    };
    let name = if text.begins_sentence() { name.to_owned() } else { name.replacen("The", "the", 1) };
    text.say(&name).say(predictions(step));
    let [predicted, _] = said(step);
    text.predict(change, &predicted, ink);
}

/// How much was predicted, and how much came.
pub(super) fn said(step: &ModelStep) -> [String; 2] {
    [step.prediction.change.by, step.actual.by].map(|change| number(change.abs()))
}

/// The ink and the name of a model.
pub(super) fn model(model: StepModel) -> (Ink, &'static str) {
    match model {
        StepModel::Plane => (Ink::Plane, "The tangent plane"),
        StepModel::ConventionalSlope => (Ink::Plane, "The gradient used"),
        StepModel::Quadratic => (Ink::Quadratic, "The quadratic"),
        StepModel::AssumedQuadratic => (Ink::Quadratic, "The method's model"),
    }
}

pub(super) fn predictions(step: &ModelStep) -> &'static str {
    if step.is_pending { " predicts " } else { " predicted " }
}

fn as_predicted(agreement: Agreement) -> String {
    match agreement {
        Agreement::Equal => ": exactly right".to_owned(),
        Agreement::Exact => ": right within 2 %".to_owned(),
        Agreement::Within(share) => format!(": right within {}", percent(share)),
        _ => ": right within 10 %".to_owned(),
    }
}

/// What the loss did, or would do.
pub(super) fn result(step: &ModelStep, text: &mut Wording, ink: Ink) {
    let actual = step.actual;
    text.say(if text.begins_sentence() { "The loss " } else { "the loss " });
    let [fell, rose, stayed] = match (step.is_pending, step.verdict) {
        (true, _) => ["would fall by ", "would rise by ", "would not change"],
        (false, Verdict::Rejected) => ["would have fallen by ", "would have risen by ", "would not have changed"],
        (false, _) => ["fell by ", "rose by ", "did not change"],
    };
    if actual.is_lost {
        text.say(stayed);
        return;
    }
    text.say(if actual.by < 0.0 { fell } else { rose });
    match (step.prediction.change.is_negligible, actual.is_negligible) {
        (true, true) => {
            text.say("as little");
            return;
        }
        (false, true) => {
            text.say(NEXT_TO_NOTHING);
            return;
        }
        (_, false) => {}
    }
    text.say(if step.agreement == Agreement::Less { "only " } else { "" });
    text.inked(&said(step)[1], ink);
    if step.agreement == Agreement::More {
        text.say(", more than predicted");
    }
}
