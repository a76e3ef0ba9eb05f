//! Where there is nothing to walk down: what kind of point it is, by its curvature, its kinks, and what is known of the land.

use super::Piece;
use super::words::Words;
use crate::analysis::{LevelPoint, Shape};
use crate::drawing::ink::Ink;
use crate::numbers::length;
use crate::numbers::numerals::{knob, number};
use crate::run::{Focus, Run};

/// The words for a level place, or one that the tolerance takes for level.
pub(super) fn told(focus: &Focus, run: &Run, converged: bool) -> Vec<Piece> {
    let size = length(focus.iterate.gradient);
    let mut words = Words::default();
    if converged {
        words.say("Converged: ");
    }
    let the = if converged { "the" } else { "The" };
    let kind = match LevelPoint::of(run.landscape(), focus.iterate.at) {
        LevelPoint::Kink { shape, goes_down, curves_down } => {
            return on_kink(words, the, &shape, goes_down, curves_down);
        }
        LevelPoint::Flat => {
            words.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth).say(", and so is the curvature: ");
            let switched_on = run.landscape().loss().switched_on(focus.iterate.at);
            let is_dead = switched_on.is_some_and(|on| !on.contains(&true));
            words.say(if is_dead { "the unit is off for every sample" } else { "the loss is flat here" });
            return words.say(", and the method stays where it is").end();
        }
        LevelPoint::NotReached(_) => {
            if let Some(tolerance) = run.recipe().tolerance.filter(|_| converged) {
                return too_flat(size, tolerance);
            }
            words.say("This step has no length, though the gradient is ").inked(&number(size), Ink::Truth);
            return words.end();
        }
        LevelPoint::Minimum => "The land curves up both ways, so this is a minimum".to_owned(),
        LevelPoint::Maximum => "The land curves down both ways, so this is a maximum".to_owned(),
        LevelPoint::Saddle => "The land curves up one way and down the other, so this is a saddle".to_owned(),
        LevelPoint::OneOfMany { kind: "minimum", text } => format!("It is one of many minima: {text}"),
        LevelPoint::OneOfMany { kind: "maximum", text } => format!("It is one of many maxima: {text}"),
        LevelPoint::OneOfMany { text, .. } => format!("It is one of many critical points: {text}"),
        LevelPoint::Along(absent, ending) => {
            format!("It is a {} in {}; {}", ending.word(), absent.other, absent.words())
        }
        LevelPoint::Degenerate => {
            "The curvature is zero along some direction, so it does not tell which kind of point this is".to_owned()
        }
    };
    if size == 0.0 {
        words.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth);
    } else {
        words.say(&format!("{the} gradient is down to ")).inked(&number(size), Ink::Truth);
    }
    words.say(", so the tangent plane is level. ").say(&kind).end()
}

/// A gradient that is zero on a kink is so by convention.
fn on_kink(mut words: Words, the: &str, shape: &Shape, goes_down: Option<bool>, curves_down: bool) -> Vec<Piece> {
    words.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth).say(" only by convention: ");
    words.say(match shape {
        Shape::Planes(_) => "the land has a fold here",
        Shape::Cone(_) => "the land has a tip here",
        Shape::Wall => "the slope is infinite here",
        Shape::Cliff => "the loss jumps here",
    });
    words.say(match (goes_down, curves_down) {
        (None, _) => "",
        (Some(true), _) => ", and on one side of it the loss goes down",
        (Some(false), true) => ", and to neither side does the loss go down",
        (Some(false), false) => ", and to no side does the loss go down, so this is a minimum",
    });
    words.end()
}

fn too_flat(size: f64, tolerance: f64) -> Vec<Piece> {
    let mut words = Words::default();
    words.say("The gradient is down to ").inked(&number(size), Ink::Truth);
    words.say(&format!(". The land is flatter here than the tolerance {}: ", knob(tolerance)));
    words.say("too flat to go on, though no level point is reached").end()
}
