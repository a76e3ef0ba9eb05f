//! The last sentence of a run that diverged: when, and why.

use super::Piece;
use super::wording::Wording;
use crate::analysis::{BeyondLimit, DivergenceCause};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::apart;
use crate::run::Stop;

pub(super) fn diverged(stop: &Stop) -> Vec<Piece> {
    let mut text = Wording::default();
    text.inked("Diverged", Ink::Gap).say(&format!(" at step {}: ", stop.step));
    match stop.divergence.map(|divergence| divergence.cause) {
        Some(DivergenceCause::Rate(beyond)) => {
            text.say(&too_fast(&beyond)).say(", so every step lands farther out than the last")
        }
        Some(DivergenceCause::FallsWithoutEnd) => {
            text.say("the land falls without end, and the weights follow it down")
        }
        Some(DivergenceCause::Steps) | None => text.say("the steps carried the weights off without end"),
    };
    text.end()
}

/// The rate of the last step that still began within the horizon, against its limit there.
fn too_fast(beyond: &BeyondLimit) -> String {
    let BeyondLimit { step, rate, limit, law } = *beyond;
    let [rate, limit] = apart(rate, limit);
    format!("at step {step} the rate η = {rate} is beyond {law} = {limit}")
}
