//! Probes around a point: the limit of the gradient along some directions, and whether it jumps.

use std::f64::consts::TAU;

use super::Shape;
use crate::landscapes::Loss;
use crate::numbers::{Point, Vector, extremes, tolerance};

/// The radius of the circle on which gradients are taken, as a share of the view.
pub(super) const RADIUS: f64 = 1e-6;
/// The radius of a second, smaller circle, as a share of the first.
const CLOSER: f64 = 1.0 / 16.0;
/// Gradients that differ by less than this share of the largest are one.
pub(super) const SAME: f64 = 1e-7;
/// Limits that differ by less than this share of what the curvature added to them are one.
const BENT: f64 = 1e-2;
/// A slope below this share of the one a region further out does not steepen.
const LEVEL: f64 = tolerance::UNSEEN;
/// A jump of the loss below this share of it is rounding.
const LOSS_ROUNDING: f64 = 1e-11;
/// Directions that are tried around a point without sectors.
const AROUND: usize = 48;

/// The loss a little way from a point, along one direction.
pub(super) struct Look {
    /// The gradient's limit at the point.
    pub(super) limit: Vector,
    /// What the curvature adds to it on the way.
    bend: f64,
    /// The rate at which the loss rises.
    rise: f64,
    steepens: bool,
    jumps: bool,
}

impl Look {
    /// `size` is the length of the look; `None` where the loss has no value.
    pub(super) fn along(loss: &dyn Loss, at: Point, direction: Vector, size: f64) -> Option<Self> {
        let here = loss.value(at);
        let [far, middle, near] = [1.0, 0.5, CLOSER].map(|share| loss.first_order(at + direction * (size * share)));
        let finite = [far, middle, near].iter().all(|first| first.value.is_finite() && is_finite(first.gradient));
        if !finite {
            return None;
        }
        let [rise, nearer] = [far.value - here, near.value - here];
        let usual = loss.first_order(at + direction * (size / RADIUS)).gradient.norm();
        let least = if usual.is_finite() { LEVEL * usual } else { 0.0 };
        let limit = middle.gradient * 2.0 - far.gradient;
        Some(Self {
            limit,
            bend: (far.gradient - limit).norm(),
            rise: nearer / (size * CLOSER),
            steepens: near.gradient.norm() > 1.25 * far.gradient.norm() && near.gradient.norm() > least,
            jumps: nearer.abs() > 0.9 * rise.abs() && rise.abs() > LOSS_ROUNDING * here.abs(),
        })
    }
}

pub(super) fn is_finite(vector: Vector) -> bool {
    vector.iter().all(|component| component.is_finite())
}

pub(super) fn direction(angle: f64) -> Vector {
    let (sine, cosine) = libm::sincos(angle);
    Vector::new(cosine, sine)
}

/// A few looks into a sector.
pub(super) fn looks(loss: &dyn Loss, at: Point, [from, to]: [f64; 2], length: f64) -> Option<Vec<Look>> {
    [0.25, 0.5, 0.75].iter().map(|share| Look::along(loss, at, direction(from + (to - from) * share), length)).collect()
}

/// The shape where there are no sectors: a tip, or nothing at all.
pub(super) fn around(loss: &dyn Loss, at: Point, length: f64) -> Option<Shape> {
    let angle = |index: usize| TAU * index as f64 / AROUND as f64;
    let looks: Option<Vec<Look>> =
        (0..AROUND).map(|index| Look::along(loss, at, direction(angle(index)), length)).collect();
    let looks = looks?;
    torn(&looks).or_else(|| (!is_flat(&looks)).then(|| cone(&looks)))
}

/// A wall or a cliff, if a look meets one.
pub(super) fn torn<'a>(looks: impl IntoIterator<Item = &'a Look>) -> Option<Shape> {
    let (mut jumps, mut steepens) = (false, false);
    for look in looks {
        jumps |= look.jumps;
        steepens |= look.steepens;
    }
    if jumps { Some(Shape::Cliff) } else { steepens.then_some(Shape::Wall) }
}

/// Whether all looks see one plane.
pub(super) fn is_flat<'a>(looks: impl IntoIterator<Item = &'a Look> + Clone) -> bool {
    let tolerance = tolerance(looks.clone());
    let mut limits = looks.into_iter().map(|look| look.limit);
    let Some(first) = limits.next() else { return true };
    limits.all(|limit| (limit - first).norm() <= tolerance)
}

/// What limits of gradients may differ by, though they are one.
pub(super) fn tolerance<'a>(looks: impl IntoIterator<Item = &'a Look>) -> f64 {
    looks.into_iter().map(|look| SAME * look.limit.norm() + BENT * look.bend).fold(0.0, f64::max)
}

pub(super) fn cone<'a>(looks: impl IntoIterator<Item = &'a Look>) -> Shape {
    Shape::Cone(extremes(looks.into_iter().map(|look| look.rise)))
}
