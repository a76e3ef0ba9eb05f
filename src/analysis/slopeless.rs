//! Whether a slope is none: what roundings leave of zero, or what vanishes towards a point.
//!
//! Where both curvatures are known, Newton's step says how far the critical point is. Along a direction without curvature
//! there is no such step, and a small slope may be one that stays: x² + 10⁻⁹y has no critical point.

use super::critical_points::{Ground, NEAR, Units};
use crate::landscapes::Loss;
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// How large a slope at a point may be by rounding alone, in a box of this size stretched to a square: what the gradient is
/// rounded by, and what it changes by where the place itself is rounded.
pub(super) fn rounding_of_slope(loss: &dyn Loss, at: Point, hessian: Symmetric2, unit: Units, size: f64) -> f64 {
    let of_place = tolerance::POLISHED * hessian.norm() * size;
    let [x, y] = loss.roundings(at).map_or([0.0; 2], |[_, x, y, ..]| [x, y]);
    let own = unit.gradient(Vector::new(x, y));
    let own = libm::hypot(own.x, own.y);
    of_place + if own.is_finite() { own } else { 0.0 }
}

/// Whether the slope at a point is none along each direction in which the loss does not bend there; the Hessian and lengths are
/// those of a box stretched to a square.
///
/// Curvatures up to `straight` are none. The slope is none where it is all rounding, where it has different signs a short way
/// ahead and behind, so that it vanishes between them, or where it is nothing beside what it is there.
pub(super) fn is_level_where_straight(ground: Ground<'_>, at: Point, straight: f64) -> bool {
    let (loss, unit, size) = (ground.loss, Units::of(ground.view), ground.view.size());
    let radius = NEAR * size;
    let here = loss.second_order(at);
    let (hessian, gradient) = (unit.hessian(here.hessian), unit.gradient(here.gradient));
    let rounding = rounding_of_slope(loss, at, hessian, unit, size);
    let eigen = hessian.eigen();
    std::iter::zip(eigen.values, eigen.vectors).filter(|(value, _)| value.abs() <= straight).all(|(_, along)| {
        let slope = along.dot(&gradient);
        let [ahead, behind] = [along, -along].map(|way| {
            let there = loss.first_order(at + unit.way(way * radius)).gradient;
            unit.gradient(there).dot(&along)
        });
        slope.abs() <= rounding
            || ahead * behind < 0.0
            || slope.abs() <= tolerance::UNSEEN * ahead.abs().max(behind.abs())
    })
}
