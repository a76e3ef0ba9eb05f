//! The last sentence of a run that diverged: when, and why.

use super::Piece;
use super::words::Words;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::brief;
use crate::run::{BeyondLimit, Run, Stop};

pub(super) fn diverged(run: &Run, stop: &Stop) -> Vec<Piece> {
    let mut words = Words::default();
    words.inked("Diverged", Ink::Gap).say(&format!(" at step {}: ", stop.step));
    let ends = [run.iterates().first(), run.iterates().last()];
    let fell = matches!(ends, [Some(first), Some(last)] if last.loss < first.loss);
    match stop.beyond {
        Some(beyond) => words.say(&too_fast(&beyond)).say(", so every step lands farther out than the last"),
        None if fell => words.say("the land falls without end, and the weights follow it down"),
        None => words.say("the steps carried the weights off without end"),
    };
    words.end()
}

/// The rate of the last step that still began within the horizon, against its limit there.
fn too_fast(beyond: &BeyondLimit) -> String {
    let BeyondLimit { step, rate, limit, law } = *beyond;
    format!("at step {step} the rate η = {} is beyond {law} = {}", brief(rate), brief(limit))
}
