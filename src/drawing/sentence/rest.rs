//! Where there is nothing to walk down: what kind of point it is, by its curvature, its kinks, and what is known of the loss.

use super::Piece;
use super::wording::Wording;
use crate::analysis::{LevelPoint, Shape};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{number, parameter};
use crate::run::explain::{KinkKind, RestPoint};

/// The sentence of a point at rest.
pub(super) fn pieces(point: &RestPoint) -> Vec<Piece> {
    let size = point.gradient;
    let is_one = point.dimension.is_one();
    let mut text = Wording::default();
    if point.converged {
        text.say("Converged: ");
    }
    let the = if point.converged { "the" } else { "The" };
    let kind = match &point.kind {
        LevelPoint::Kink { shape, goes_down, curves_down } => {
            return on_kink(text, the, shape, *goes_down, *curves_down);
        }
        LevelPoint::Flat => {
            text.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth).say(", and so is the curvature: ");
            text.say(if point.is_dead { "the unit is off for every sample" } else { "the loss is flat here" });
            return text.say(", and the method stays where it is").end();
        }
        LevelPoint::NotReached(_) => {
            if let Some(tolerance) = point.tolerance {
                return too_flat(size, tolerance);
            }
            text.say("This step has no length, though the gradient is ").inked(&number(size), Ink::Truth);
            return text.end();
        }
        LevelPoint::Minimum if is_one => "The land curves up, so this is a minimum".to_owned(),
        LevelPoint::Maximum if is_one => "The land curves down, so this is a maximum".to_owned(),
        LevelPoint::Inflection => {
            "f′ does not change its sign, so this is neither a minimum nor a maximum: a point of inflection".to_owned()
        }
        LevelPoint::Minimum => "The land curves up both ways, so this is a minimum".to_owned(),
        LevelPoint::Maximum => "The land curves down both ways, so this is a maximum".to_owned(),
        LevelPoint::Saddle => "The land curves up one way and down the other, so this is a saddle".to_owned(),
        LevelPoint::OneOfMany { kind: "minimum", text: set } => format!("It is one of many minima: {set}"),
        LevelPoint::OneOfMany { kind: "maximum", text: set } => format!("It is one of many maxima: {set}"),
        LevelPoint::OneOfMany { text: set, .. } => format!("It is one of many critical points: {set}"),
        LevelPoint::Along(absent, ending) => {
            format!("It is a {} in {}; {}", ending.word(), absent.other, absent.words())
        }
        LevelPoint::Degenerate => {
            "The curvature is zero along some direction, so it does not tell which kind of point this is".to_owned()
        }
    };
    if size == 0.0 {
        text.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth);
    } else {
        text.say(&format!("{the} gradient is down to ")).inked(&number(size), Ink::Truth);
    }
    text.say(", so the tangent plane is level. ").say(&kind).end()
}

/// A gradient that is zero on a kink is so by convention.
fn on_kink(mut text: Wording, the: &str, shape: &Shape, goes_down: Option<bool>, curves_down: bool) -> Vec<Piece> {
    text.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth).say(" only by convention: ");
    text.say(match KinkKind::of(shape) {
        KinkKind::Planes => "the land has a fold here",
        KinkKind::Tip => "the land has a tip here",
        KinkKind::Wall => "the slope is infinite here",
        KinkKind::Cliff => "the loss jumps here",
    });
    text.say(match (goes_down, curves_down) {
        (None, _) => "",
        (Some(true), _) => ", and on one side of it the loss goes down",
        (Some(false), true) => ", and to neither side does the loss go down",
        (Some(false), false) => ", and to no side does the loss go down, so this is a minimum",
    });
    text.end()
}

fn too_flat(size: f64, tolerance: f64) -> Vec<Piece> {
    let mut text = Wording::default();
    text.say("The gradient is down to ").inked(&number(size), Ink::Truth);
    text.say(&format!(". The land is flatter here than the tolerance {}: ", parameter(tolerance)));
    text.say("too flat to go on, though no level point is reached").end()
}
