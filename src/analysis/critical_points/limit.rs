//! The limit of Newton's method: whether it is a critical point, and of which kind.

use std::cmp::Ordering;
use std::f64::consts::TAU;

use super::{CriticalPoint, Ground, Kind, Limit, NEAR, RING, Units, surroundings, without_dust};
use crate::analysis::completeness::turns_around;
use crate::analysis::sure_eigenvalues::{steady_eigenvalues, sure_eigenvalues};
use crate::analysis::zero_gradient::{is_level_where_straight, turns_across_floor};
use crate::landscapes::{Loss, ViewBox};
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// Whether Newton's method has come to its end, in a box stretched to a square: what is left is no more than the roundings
/// of the larger curvature's slope make along the smaller one's direction. In a long valley that bends it may still be on
/// its way where the gradient is already small.
fn is_reached(hessian: Symmetric2, gradient: Vector, view: ViewBox) -> bool {
    /// What may be left, as a share of the box.
    const LEFT: f64 = 1e-8;
    /// Roundings of a slope, in units of the last place.
    const ROUNDINGS: f64 = 32.0;
    let none = Symmetric2::new(0.0, 0.0, 0.0);
    let [low, high] = sure_eigenvalues(hessian, none).unwrap_or_else(|| hessian.eigen().values).map(f64::abs);
    let condition = low.max(high) / low.min(high);
    let left = hessian.solve(-gradient).map_or(0.0, |step| step.norm());
    left.is_nan() || left <= (LEFT + ROUNDINGS * f64::EPSILON * condition) * view.size()
}

/// A point beside which curvatures are larger by more than this factor may have none of its own.
const FADES: f64 = 1e-3;
/// How well Newton's method knows such a point, as a share of the box.
const KNOWN: f64 = 1e-8;

/// Where there is no curvature, Newton's method knows a coordinate no better than this share of the box.
const DUST: f64 = 2e-5;

/// A point without curvature with zeros for coordinates that are nearly so, where the slope there is nothing beside those around.
fn at_zero(loss: &dyn Loss, at: Point, view: ViewBox, radius: f64) -> Point {
    let unit = Units::of(view);
    let slope = |at: Point| unit.slope(loss.first_order(at).gradient);
    let around = RING.into_iter().map(|way| slope(at + unit.way(Vector::from(way) * radius))).fold(0.0, f64::max);
    let sides = Vector::new(view.width(), view.height());
    let zero = Point::from(at.coords.zip_map(
        &sides,
        |coordinate, side| {
            if coordinate.abs() < DUST * side { 0.0 } else { coordinate }
        },
    ));
    if slope(zero) <= tolerance::UNSEEN * around { zero } else { at }
}

/// A curvature beside a point is worth comparing where it is no less than this share of that a little further away.
const SHARE_OF_NEARBY: f64 = 0.1;

/// How the curvature at a point differs from that right beside it.
pub(in crate::analysis) struct Jump {
    /// The largest curvature beside it, in a box stretched to a square.
    pub(in crate::analysis) scale: f64,
    /// The mean of the Hessians beside it.
    pub(in crate::analysis) mean: Symmetric2,
    /// Whether that of the point is none of them, and whether they differ from each other.
    pub(in crate::analysis) at_point: bool,
    pub(in crate::analysis) beside: bool,
}

/// Compares the Hessian at a point with those around it at a distance at which a smooth one is the same.
pub(in crate::analysis) fn jump_of_curvature(loss: &dyn Loss, at: Point, radius: f64, unit: Units) -> Jump {
    /// Curvatures that differ by more than this share of the largest do so by a jump.
    const SAME: f64 = 1e-2;
    let beside = RING.map(|way| loss.second_order(at + unit.way(Vector::from(way) * radius)).hessian);
    let mean = beside.into_iter().fold(Symmetric2::new(0.0, 0.0, 0.0), |sum, hessian| sum + hessian.scaled(0.25));
    let mean = Symmetric2 { dimension: beside[0].dimension, ..mean };
    let size = |hessian: Symmetric2| unit.hessian(hessian).norm();
    let scale = beside.into_iter().map(size).fold(0.0, f64::max);
    let off = |hessian: Symmetric2| size(hessian + mean.scaled(-1.0)) > SAME * scale;
    let is_known = mean.is_finite();
    Jump {
        scale,
        mean,
        at_point: is_known && off(loss.second_order(at).hessian),
        beside: is_known && beside.into_iter().any(off),
    }
}

/// A critical point at which the curvature jumps: by the values around it.
fn on_kink(ground: Ground<'_>, at: Point, evaluations: usize) -> (Limit, usize) {
    /// Places around it that are examined.
    const AROUND: usize = 24;
    let Ground { loss, view, most, .. } = ground;
    let value = loss.value(at);
    let compares = |ordering: Ordering, share: f64, index: usize| {
        let angle = TAU * (index as f64 + 0.382) / AROUND as f64;
        let way = Vector::new(libm::cos(angle), libm::sin(angle)) * (share * NEAR * view.size());
        loss.value(at + Units::of(view).way(way)).partial_cmp(&value) == Some(ordering)
    };
    let is_all =
        |ordering| [1.0, 0.1].into_iter().all(|share| (0..AROUND).all(|index| compares(ordering, share, index)));
    let kind = match () {
        () if is_all(Ordering::Greater) => Kind::Minimum,
        () if is_all(Ordering::Less) => Kind::Maximum,
        () => Kind::Saddle,
    };
    let point = CriticalPoint::corner(loss, at, kind, view, most);
    let is_it = |point: &CriticalPoint| kind != Kind::Saddle || point.index.is_some_and(|index| index < 0);
    (point.filter(is_it).map_or(Limit::None, Limit::Point), evaluations + 2 * AROUND)
}

/// The limit of a run of Newton's method, if it is a critical point; and how often the loss was asked for.
pub(super) fn named(ground: Ground<'_>, at: Point) -> (Limit, usize) {
    let Ground { loss, view, has_continua, most } = ground;
    let at = without_dust(loss, at, view);
    let here = loss.second_order(at);
    if !here.value.is_finite() || !here.hessian.is_finite() || !view.contains(at) || loss.is_level(at) {
        return (Limit::None, 1);
    }
    let (radius, unit) = (NEAR * view.size(), Units::of(view));
    let (nearby, shrinks) = surroundings(loss, at, radius, unit);
    let evaluations = 3 + 4 * RING.len();
    let (hessian, torn) = match jump_of_curvature(loss, at, KNOWN * view.size(), unit) {
        Jump { scale, .. } if scale < SHARE_OF_NEARBY * nearby => (here.hessian, false),
        Jump { at_point, beside, mean, .. } => (if at_point { mean } else { here.hessian }, beside),
    };
    let scaled = unit.hessian(hessian);
    let curvature = scaled.norm().max(nearby);
    if !shrinks || unit.slope(here.gradient) > tolerance::UNSEEN * curvature * view.size() {
        return (Limit::None, evaluations);
    }
    if torn {
        return on_kink(ground, at, evaluations);
    }
    let eigenvalues = sure_eigenvalues(hessian, loss.hessian_noise()).unwrap_or_else(|| hessian.eigen().values);
    let kind = match Kind::of(scaled.eigen().values, curvature) {
        // A small eigenvalue may be that of a long valley.
        Kind::Degenerate => steady_eigenvalues(loss, at, radius, unit).map_or(Kind::Degenerate, Kind::by_signs),
        // One that changes as far as the point is known is what is left of none.
        _ if scaled.norm() < FADES * nearby && steady_eigenvalues(loss, at, KNOWN * view.size(), unit).is_none() => {
            Kind::Degenerate
        }
        kind => kind,
    };
    let at = if kind == Kind::Degenerate { at_zero(loss, at, view, radius) } else { at };
    let here = loss.second_order(at);
    if kind != Kind::Degenerate && !is_reached(scaled, unit.gradient(here.gradient), view) {
        return (Limit::None, evaluations);
    }
    if kind == Kind::Degenerate && !is_level_where_straight(ground, at, Kind::straight(curvature)) {
        return (Limit::None, evaluations + 4);
    }
    let (index, around) = match kind {
        Kind::Minimum | Kind::Maximum => (Some(1), 0),
        Kind::Saddle => (Some(-1), 0),
        Kind::Degenerate if has_continua => (None, 0),
        Kind::Degenerate => turns_around(loss, at, radius, most),
    };
    let (index, at) = match index {
        None if !has_continua => turns_across_floor(ground, at).map_or((None, at), |(turns, at)| (Some(turns), at)),
        index => (index, at),
    };
    let here = loss.second_order(at);
    // Around an isolated point the gradient has turns to count; on a line of them it vanishes on the way.
    if index.is_none() {
        return (Limit::Continuum(at), evaluations + around);
    }
    let point = CriticalPoint { at, value: here.value, kind, eigenvalues: Some(eigenvalues), index };
    (Limit::Point(point), evaluations + around)
}
