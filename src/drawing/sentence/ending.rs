//! The last sentence of a run that diverged: when, and why.

use super::Piece;
use super::words::Words;
use crate::analysis::{Bound, Curvature, LocalModel};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::brief;
use crate::optimizers::Choice;
use crate::run::{Run, Stop};

pub(super) fn diverged(run: &Run, stop: &Stop) -> Vec<Piece> {
    let mut words = Words::default();
    words.inked("Diverged", Ink::Gap).say(&format!(" at step {}: ", stop.step));
    let ends = [run.iterates().first(), run.iterates().last()];
    let fell = matches!(ends, [Some(first), Some(last)] if last.loss < first.loss);
    match too_fast(run, stop.step.saturating_sub(1)) {
        Some(limit) => words.say(&limit).say(", so every step lands farther out than the last"),
        None if fell => words.say("the land falls without end, and the weights follow it down"),
        None => words.say("the steps carried the weights off without end"),
    };
    words.end()
}

/// The rate against the limit of its theorem at the last iterate before the crossing, if it is beyond.
fn too_fast(run: &Run, last: usize) -> Option<String> {
    let recipe = run.recipe();
    let before = run.iterates().get(last.min(run.iterates().len().checked_sub(1)?))?.at;
    let optimizer = Choice { entry: recipe.optimizer.entry, knobs: recipe.knobs_at(last) };
    let (rate, law) = (optimizer.rate_at(last)?, optimizer.rate_law().ok()?);
    let curvature = Curvature::of(&LocalModel::new(run.landscape().loss(), before))?;
    match law.bound(&curvature) {
        Bound::Limit { limit, .. } if rate > limit => {
            Some(format!("the rate η = {} is beyond {} = {}", brief(rate), law.words, brief(limit)))
        }
        _ => None,
    }
}
