//! Where there is nothing to walk down: what kind of point it is, by its curvature, its folds, and what is known of the land.

use super::Piece;
use super::words::Words;
use crate::analysis::{Kink, Shape};
use crate::drawing::ink::Ink;
use crate::landscapes::{CriticalSet, Landscape};
use crate::numbers::numerals::{knob, number};
use crate::numbers::{Point, Vector};
use crate::run::{Focus, Run};

/// A level point of the quadratic nearer than this share of the landscape's view is where the method stands.
const HERE: f64 = 1e-6;
/// An eigenvalue below this share of the other is zero, but for how far the method still is from the bottom.
const FLAT: f64 = 1e-7;
/// How far around a plain is looked for a slope, as a share of the landscape's view.
const AROUND: f64 = 1e-3;
/// A line of critical points runs through a point that is nearer to it than this share of the landscape's view.
const ON_LINE: f64 = 2e-3;

pub(super) fn told(focus: &Focus, run: &Run, converged: bool) -> Vec<Piece> {
    let landscape = run.landscape();
    let size = focus.iterate.gradient.norm();
    let values = focus.curvature.map_or([0.0; 2], |curvature| curvature.eigen.values);
    let mut words = Words::default();
    if converged {
        words.say("Converged: ");
    }
    let the = if converged { "the" } else { "The" };
    if size == 0.0 {
        let kink = Kink::of(landscape.loss(), &landscape.folds(), focus.iterate.at, landscape.view().size());
        if let Some(kink) = kink {
            return on_fold(words, the, &kink, values[0]);
        }
        if is_plain(landscape, focus.iterate.at) {
            words.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth).say(", and so is the curvature: ");
            let is_dead = landscape.entry().id == "relu";
            words.say(if is_dead { "the unit is off for every sample" } else { "the land is flat here" });
            return words.say(", and the method stays where it is").end();
        }
    }
    let [less, more] = if values[0].abs() < values[1].abs() { values } else { [values[1], values[0]] }.map(f64::abs);
    let newton = focus.curvature.and_then(|curvature| curvature.newton_step);
    let away = newton.filter(|_| less > FLAT * more).map(|step| step.norm());
    let reached = size == 0.0 || away.is_none_or(|away| away <= HERE * landscape.view().size());
    match run.recipe().tolerance.filter(|_| converged) {
        _ if reached => {}
        Some(tolerance) => return too_flat(size, tolerance),
        None => {
            words.say("This step has no length, though the gradient is ").inked(&number(size), Ink::Truth);
            return words.end();
        }
    }
    if size == 0.0 {
        words.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth);
    } else {
        words.say(&format!("{the} gradient is down to ")).inked(&number(size), Ink::Truth);
    }
    words.say(", so the tangent plane is level. ");
    words.say(&kind(values, away.is_some()).map_or_else(|| singular(landscape, focus.iterate.at), str::to_owned)).end()
}

/// Whether there is no slope around the point either.
fn is_plain(landscape: &Landscape, at: Point) -> bool {
    let far = AROUND * landscape.view().size();
    let around = [[1.0, 0.3], [-0.3, 1.0], [-1.0, -0.3], [0.3, -1.0]].map(|[x, y]| at + Vector::new(x, y) * far);
    around.into_iter().all(|place| landscape.loss().first_order(place).gradient == Vector::zeros())
}

/// A gradient that is zero on a fold is so by convention.
fn on_fold(mut words: Words, the: &str, kink: &Kink, low: f64) -> Vec<Piece> {
    words.say(&format!("{the} gradient is ")).inked("zero", Ink::Truth).say(" only by convention: ");
    words.say(match kink.shape {
        Shape::Planes(_) => "the land has a fold here",
        Shape::Cone(_) => "the land has a tip here",
        Shape::Wall => "the slope is infinite here",
        Shape::Cliff => "the loss jumps here",
    });
    words.say(match (kink.goes_down(), low < 0.0) {
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

/// The kind of a level point, which a singular Hessian does not tell.
fn kind([low, high]: [f64; 2], regular: bool) -> Option<&'static str> {
    match (low, high) {
        (low, _) if regular && low > 0.0 => Some("The land curves up both ways, so this is a minimum"),
        (_, high) if regular && high < 0.0 => Some("The land curves down both ways, so this is a maximum"),
        (low, high) if regular && low < 0.0 && high > 0.0 => {
            Some("The land curves up one way and down the other, so this is a saddle")
        }
        _ => None,
    }
}

/// What is known of a point where the curvature is zero along some direction.
fn singular(landscape: &Landscape, at: Point) -> String {
    let near = ON_LINE * landscape.view().size();
    let through = |set: &CriticalSet| set.polyline.windows(2).any(|ends| distance(at, ends[0], ends[1]) < near);
    let sets = landscape.critical_sets();
    let line = sets.iter().find(|set| set.kind == "minimum" && !set.text.contains([',', ':']) && through(set));
    match line {
        Some(set) => format!("It is one of many minima: {}", set.text),
        None => {
            "The curvature is zero along some direction, so it does not tell which kind of point this is".to_owned()
        }
    }
}

/// How far a point is from a segment.
fn distance(at: Point, from: Point, to: Point) -> f64 {
    let way = to - from;
    let share = ((at - from).dot(&way) / way.norm_squared()).clamp(0.0, 1.0);
    (from + way * share - at).norm()
}
