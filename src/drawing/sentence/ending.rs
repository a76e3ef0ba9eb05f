//! The last sentence of a run that diverged: when, and why.

use super::Piece;
use super::wording::Wording;
use crate::analysis::{BeyondLimit, DivergenceCause};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{apart_by, number};
use crate::run::Stop;

pub(super) fn diverged(stop: &Stop) -> Vec<Piece> {
    let mut text = Wording::default();
    let cause = stop.divergence.map(|divergence| divergence.cause);
    // Who goes down where there is no bottom does nothing wrong.
    match cause {
        Some(DivergenceCause::FallsWithoutEnd(_)) => text.say("Diverged"),
        _ => text.inked("Diverged", Ink::Gap),
    };
    text.say(&format!(" at step {}: ", stop.step));
    match cause {
        Some(DivergenceCause::Rate(beyond)) => text.say(&too_fast(&beyond)),
        Some(DivergenceCause::FallsWithoutEnd(fall)) => {
            text.say(&format!("the loss {}, and the weights follow it", fall.words()))
        }
        Some(DivergenceCause::Steps) | None => text.say("the steps moved the weights away without bound"),
    };
    if stop.divergence.is_some_and(|divergence| divergence.from_rounding) {
        text.say("; it grew from rounding");
    }
    text.end()
}

/// The rate of the step that is to blame, against its limit where that step began.
fn too_fast(beyond: &BeyondLimit) -> String {
    let BeyondLimit { step, rate, limit, law } = *beyond;
    let [rate, limit] = apart_by(number, rate, limit);
    format!("at step {step} the rate η = {rate} is beyond {law} = {limit}")
}
