//! One step in one plain sentence: what the method's sheet promised, what the loss did, and why they differ.
//!
//! A method of first order is held to its plane, one of second order to its quadratic. The numbers
//! carry the ink of what they speak of, so that the sentence, the map and the slice agree.
//! More can be said of a step than fits into one sentence; of each row the first that holds is told:
//!
//! | part                 | what is told                                                                             |
//! |----------------------|------------------------------------------------------------------------------------------|
//! | instead of all else  | the run diverged; the ground is level here; there is no step; the promise is no number; the damped quadratic falls without end, and no step was tried |
//! | before the promise   | the method gave up its own direction; the quadratic has no lowest point, and what the method makes of that; the land has a fold here; the step goes uphill, and what carries it |
//! | the promise          | a drop or a rise                                                                         |
//! | the result           | as promised; about as promised; *only* what was less; *more than promised*; the other way; no change; no number |
//! | why, if not kept     | a fold on the way; valleys and ridges on the way; how far the sheet is good; how the land bends |
//! | the verdict          | rejected, with what follows; held back by the trust radius                               |
//! | while there is room  | what the step went over, if that is not said yet; how often it was halved; weights that changed their sign |
//!
//! A method that asks a batch of samples is held to the plane of its batch, and the loss of all stands beside.
//!
//! Promise, result and verdict are always told; *why* gives way where what stands before and after it is long.

mod ending;
mod facts;
mod hopping;
mod lead;
mod level;
mod sampled;
mod wording;
mod words;

use super::ink::Ink;
use crate::landscapes::SpecError;
use crate::numbers::Vector;
use crate::optimizers::Undefined;
use crate::run::{Focus, Known, Run, Stop, StopReason};
use facts::Facts;
pub use hopping::hops;
use words::Words;

/// Words of a sentence, and the ink of what they speak of; `None` for plain words.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The words, spaces included.
    pub text: String,
    /// What they speak of.
    pub ink: Option<Ink>,
}

/// The sentence for the step in focus; `stop` is why its run stopped, if it stopped at this iterate.
pub fn sentence(focus: &Focus, run: &Run, stop: Option<&Stop>) -> Vec<Piece> {
    if let Some(stop) = stop.filter(|stop| stop.reason == StopReason::Diverged) {
        return ending::diverged(run, stop);
    }
    let converged = stop.is_some_and(|stop| stop.reason == StopReason::Converged);
    if converged || focus.iterate.gradient == Vector::zeros() && focus.moment.step.is_err() {
        return level::told(focus, run, converged);
    }
    let (step, change) = match (&focus.moment.step, focus.change) {
        (Ok(step), Some(change)) => (step, change),
        (Err(why), _) => return no_step(why),
        (Ok(_), None) => return Vec::new(),
    };
    if let Some(damping) = facts::untried(focus, step) {
        return wording::untried(damping);
    }
    if step.proposed == Vector::zeros() {
        let content = sampled::content(focus).filter(|_| focus.iterate.gradient != Vector::zeros());
        return content.unwrap_or_else(|| level::told(focus, run, converged));
    }
    let facts = Facts::gather(focus, run, step, change, stop.is_some());
    focus.batch.as_ref().map_or_else(|| facts.told(), |batch| facts.told_of_batch(batch))
}

/// The sentence in fog: of the land it tells what the method has asked, and no more.
pub fn sentence_in_fog(focus: &Focus, run: &Run, stop: Option<&Stop>, known: Known) -> Vec<Piece> {
    let mut words = Words::default();
    if let Some(stop) = stop.filter(|stop| stop.reason == StopReason::Diverged) {
        return words.inked("Diverged", Ink::Gap).say(&format!(" at step {}. Why is in fog", stop.step)).end();
    }
    if !known.slope {
        return words.say("The method has not asked for the slope here: the land is in fog").end();
    }
    match (&focus.moment.step, focus.change) {
        (Ok(step), Some(change)) if step.proposed != Vector::zeros() => {
            let facts = Facts::gather(focus, run, step, change, stop.is_some());
            match &focus.batch {
                Some(batch) => facts.batch_in_fog(batch),
                None => facts.told_in_fog(known.landing),
            }
        }
        (Err(why), _) if focus.iterate.gradient != Vector::zeros() => no_step(why),
        _ => words.say("The method stays where it is. What lies around is in fog").end(),
    }
}

/// Whether the sentence itself says why a run ends.
pub fn tells_the_end(focus: &Focus, stop: &Stop) -> bool {
    let level = stop.reason == StopReason::Converged || focus.iterate.gradient == Vector::zeros();
    stop.reason == StopReason::Diverged || focus.moment.step.is_err() && !level
}

fn no_step(why: &Undefined) -> Vec<Piece> {
    let mut words = Words::default();
    words.inked("No step here", Ink::Gap).say(": ");
    match why {
        Undefined::Singular(matrix) => {
            words.say(&format!("{matrix} is singular, the quadratic has no single level point to go to"))
        }
        Undefined::Unsuitable(SpecError::NoGaussNewton) => {
            words.say("only a network has a Gauss–Newton matrix, so choose the Hessian on this land")
        }
        other => words.say(&other.to_string()),
    };
    words.end()
}

#[cfg(test)]
mod claims;
#[cfg(test)]
mod tests;
