//! One step in one plain sentence: what the method's model predicted, what the loss did, and why they differ.
//!
//! What is said is decided in [`crate::run::explain`]; here are the words, and how many of them there is room for. The
//! numbers carry the ink of what they speak of, so that the sentence, the map and the slice agree.
//! More can be said of a step than fits into one sentence; of each row the first that holds is said:
//!
//! | part                 | what is said                                                                             |
//! |----------------------|------------------------------------------------------------------------------------------|
//! | instead of all else  | the run diverged; the ground is level here; there is no step; the prediction is no number; the damped quadratic falls without end, and the step is rejected untried; the batch is level here; the step has length 0 |
//! | before the prediction   | the method gave up its own direction; the quadratic has no lowest point, and what the method makes of that; the loss has a kink here; the step goes uphill, and what carries it |
//! | the prediction          | a drop or a rise                                                                         |
//! | the result           | as predicted; about as predicted; *only* what was less; *more than predicted*; the other way; no change; no number |
//! | why they differ      | a kink on the way; valleys and ridges on the way; how far the plane is valid; how the loss bends |
//! | the verdict          | rejected, with what follows; held back by the trust radius                               |
//! | while there is room  | what the step went over, if that is not said yet; how often it was halved; weights that changed their sign |
//!
//! A method that asks a batch of samples is held to the plane of its batch, and the loss of all stands beside.
//!
//! Prediction, result and verdict are always said; *why* gives way where what stands before and after it is long.

mod batch;
mod cause;
mod ending;
mod fog;
mod opening;
mod path;
mod remarks;
mod rest;
mod step;
mod wording;

use super::ink::Ink;
use crate::landscapes::InputError;
use crate::numbers::numerals::grouped;
use crate::optimizers::Undefined;
use crate::run::explain::{Adaptation, Explanation, RunEnd, StepCase};
pub use fog::sentence_in_fog;
use remarks::after;
use wording::{Wording, setting};

/// Said after the end of a run that crosses the same kink back and forth.
pub const OSCILLATES: &str =
    "It crosses the kink at every step: the gradient does not shrink there, so only a decreasing η converges.";

/// Words of a sentence, and the ink of what they speak of; `None` for plain words.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The words, spaces included.
    pub text: String,
    /// What they speak of.
    pub ink: Option<Ink>,
}

/// The sentence of an explanation.
pub fn sentence(explanation: &Explanation) -> Vec<Piece> {
    let pieces = of_planes(explanation);
    if explanation.dimension.is_one() { of_lines(pieces) } else { pieces }
}

/// The sentence for one weight, where the tangent plane is a line.
fn of_lines(pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.into_iter().map(|piece| Piece { text: piece.text.replace("plane", "line"), ..piece }).collect()
}

/// The sentence in the words for two weights.
fn of_planes(explanation: &Explanation) -> Vec<Piece> {
    match (&explanation.ending, &explanation.step) {
        (Some(RunEnd::Diverged(stop)), _) => ending::diverged(stop),
        (Some(RunEnd::AtRest(point)), _) => rest::pieces(point),
        (None, StepCase::Undefined(why)) => no_step(why),
        (None, StepCase::Untried(damping)) => untried(*damping),
        (None, StepCase::BatchIsLevel { drawn, different }) => batch_is_level(*drawn, *different),
        (None, StepCase::Sampled(step)) => batch::pieces(step),
        (None, StepCase::Model(step)) => step::pieces(step),
        (None, StepCase::Stays) => Wording::default().say("The step has length 0").end(),
    }
}

fn no_step(why: &Undefined) -> Vec<Piece> {
    let mut text = Wording::default();
    text.inked("No step here", Ink::Truth).say(": ");
    match why {
        Undefined::Singular(matrix) => {
            text.say(&format!("{matrix} is singular, so the quadratic has no unique critical point"))
        }
        Undefined::Unsuitable(InputError::NoGaussNewton) => {
            text.say("only a network has a Gauss–Newton matrix: choose the Hessian")
        }
        other => text.say(&other.to_string()),
    };
    text.end()
}

/// A step that was not tried, since the damped quadratic has no lowest point either.
fn untried(damping: Adaptation) -> Vec<Piece> {
    let mut text = Wording::default();
    text.say(&format!("The quadratic has no minimum even with the damping μ = {}. ", setting(damping.before)));
    text.say(&format!("The step was rejected untried; {}", after(damping))).end()
}

/// A batch whose gradient is zero here, though that of other samples is not.
fn batch_is_level(drawn: usize, different: usize) -> Vec<Piece> {
    let mut text = Wording::default();
    text.say(&match drawn {
        1 => "The gradient of the one drawn sample is zero here, so the step has length 0".to_owned(),
        _ => format!("The gradient of the {} drawn samples is zero here, so the step has length 0", grouped(different)),
    });
    text.say(". That of other samples is not").end()
}

#[cfg(test)]
mod tests;
