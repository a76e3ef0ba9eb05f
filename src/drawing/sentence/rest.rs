//! Where a run comes to rest: what kind of point it is, how its loss compares with the lowest that is known, and the gradient there.

use super::Piece;
use super::wording::Wording;
use crate::analysis::{LevelPoint, Shape};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{number, parameter};
use crate::run::explain::{KinkKind, RestPoint};

/// What keeps a run from ending at a saddle: of a method that goes by a quadratic, and of one that follows the gradient.
const CURE_OF_QUADRATIC: &str = ". Saddles repel saddle-free Newton";
const CURE_OF_PLANE: &str = ". A nudged start leaves it";

/// The sentence of a point at rest.
pub(super) fn pieces(point: &RestPoint) -> Vec<Piece> {
    let mut text = Wording::default();
    match &point.kind {
        LevelPoint::Kink { shape, goes_down, curves_down } => {
            on_kink(point, shape, *goes_down, *curves_down, &mut text);
        }
        LevelPoint::Flat => {
            begin(point, "a point where gradient and curvature are zero", &mut text);
            if point.is_dead {
                text.say(": the unit is off for every sample");
            }
        }
        LevelPoint::NotReached(_) => not_reached(point, &mut text),
        LevelPoint::Minimum => {
            begin(point, if is_local(point) { "a local minimum" } else { "a minimum" }, &mut text);
            compare(point, &mut text);
            text.say(": ");
            gradient(point, &mut text);
        }
        LevelPoint::Maximum | LevelPoint::Saddle => {
            let kind = if point.kind == LevelPoint::Saddle { "a saddle" } else { "a maximum" };
            begin(point, kind, &mut text);
            // The loss goes down from there: that no lower critical point is known says nothing.
            if !point.is_lowest {
                compare(point, &mut text);
            }
            text.say(": ");
            gradient(point, &mut text);
            if point.converged && point.carried.is_none() && point.kind == LevelPoint::Saddle {
                text.say(if point.by_quadratic { CURE_OF_QUADRATIC } else { CURE_OF_PLANE });
            }
        }
        LevelPoint::OneOfMany { kind, text: set } => {
            let kind = match *kind {
                "minimum" => "one of many minima",
                "maximum" => "one of many maxima",
                _ => "one of many critical points",
            };
            begin(point, kind, &mut text);
            compare(point, &mut text);
            text.say(": ").say(set);
        }
        LevelPoint::Inflection => {
            begin(point, "a point of inflection", &mut text);
            text.say(": f′ does not change its sign");
        }
        LevelPoint::Along(absent, ending) => {
            begin(point, &format!("a {} in {}", ending.word(), absent.other), &mut text);
            text.say("; ").say(&absent.words());
        }
        LevelPoint::Degenerate => {
            begin(point, "a degenerate critical point", &mut text);
            text.say(": the curvature is zero along some direction and does not determine its kind");
        }
    }
    if let Some(way) = point.carried {
        text.say("; the velocity would carry it on by ").inked(&number(way), Ink::Truth);
    }
    text.end()
}

/// "Converged to a saddle", or where the run did not converge "At a saddle"; one that its velocity would carry on is stopped there.
fn begin(point: &RestPoint, kind: &str, text: &mut Wording) {
    let how = match (point.converged, point.carried) {
        (true, None) => "Converged to ",
        (true, Some(_)) => "Stopped at ",
        (false, _) => "At ",
    };
    text.say(how).say(kind);
}

/// Whether a lower point is known.
fn is_local(point: &RestPoint) -> bool {
    point.above_lowest.is_some() && !point.is_lowest
}

/// How the loss compares with the lowest critical value that is known.
fn compare(point: &RestPoint, text: &mut Wording) {
    match point.above_lowest {
        Some(_) if point.is_lowest => {
            text.say(", the lowest known");
        }
        Some(above) if above > 0.0 => {
            text.say(", ").inked(&number(above), Ink::Truth).say(" above the lowest known");
        }
        _ => {}
    }
}

fn gradient(point: &RestPoint, text: &mut Wording) {
    if point.gradient == 0.0 {
        text.say("the gradient is ").inked("zero", Ink::Truth);
    } else {
        text.say("‖∇f‖ = ").inked(&number(point.gradient), Ink::Truth);
    }
}

/// A gradient that is zero on a kink is so by convention.
fn on_kink(point: &RestPoint, shape: &Shape, goes_down: Option<bool>, curves_down: bool, text: &mut Wording) {
    let kind = match KinkKind::of(shape) {
        KinkKind::Planes if (goes_down, curves_down) == (Some(false), false) => "a minimum on a kink",
        KinkKind::Planes => "a kink",
        KinkKind::Tip if (goes_down, curves_down) == (Some(false), false) => "a minimum at the tip of a cone",
        KinkKind::Tip => "the tip of a cone",
        KinkKind::Wall => "a point of infinite slope",
        KinkKind::Cliff => "a jump of the loss",
    };
    begin(point, kind, text);
    if (goes_down, curves_down) == (Some(false), false) {
        compare(point, text);
    }
    text.say(": the gradient is zero by convention");
    text.say(match (goes_down, curves_down) {
        (None, _) | (Some(false), false) => "",
        (Some(true), _) => ", and the loss falls on one side",
        (Some(false), true) => ", and the loss falls on neither side",
    });
}

/// A gradient below the tolerance, or a step of length 0, where no critical point is.
fn not_reached(point: &RestPoint, text: &mut Wording) {
    if let Some(tolerance) = point.tolerance {
        text.say("Converged by the tolerance alone: ");
        gradient(point, text);
        text.say(&format!(" ≤ {}, but no critical point is reached", parameter(tolerance)));
    } else {
        text.say("The step has length 0, though ");
        gradient(point, text);
    }
}
