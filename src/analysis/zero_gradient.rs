//! Whether a slope is zero: but for rounding, or in the limit at a point.
//!
//! Where both curvatures are known, Newton's step says how far the critical point is. Along a direction without curvature
//! there is no such step, and a small slope may be one that stays: x² + 10⁻⁹y has no critical point.

use super::critical_points::{Ground, NEAR, Units};
use super::sure_eigenvalues::{floor, stiff};
use crate::landscapes::Loss;
use crate::numbers::bisection::bisect;
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

/// A point on the floor of a valley, or on a ridge, on both sides of which the slope along it is known: how often the gradient
/// turns around it, and where that slope changes its sign, if it does. `None` where a slope is lost in its rounding, as on a line of
/// critical points.
///
/// The turns themselves cannot be counted where the loss is as flat along as a high power: the gradient turns too fast.
pub(super) fn turns_across_floor(ground: Ground<'_>, at: Point) -> Option<(i64, Point)> {
    let (loss, unit, size) = (ground.loss, Units::of(ground.view), ground.view.size());
    let (value, across) = stiff(unit.hessian(loss.second_order(at).hessian))?;
    let along = Vector::new(-across.y, across.x);
    let slope = |place: Point| unit.gradient(loss.first_order(place).gradient).dot(&along);
    let sides = floor(loss, at, NEAR * size, unit)?.map(|place| {
        let errors = loss.roundings(place).map_or([0.0; 2], |[_, x, y, ..]| [x, y]);
        let error = unit.gradient(Vector::from(errors)).norm();
        let slope = slope(place);
        // The gradient may have some of the slope across in it, where the floor bends.
        let of_bend = tolerance::POLISHED * value.abs() * size;
        (slope.abs() > error && (error > 0.0 || slope.abs() > of_bend)).then_some((place, slope))
    });
    let [(ahead, rises), (behind, falls)] = [sides[0]?, sides[1]?];
    if rises * falls > 0.0 {
        return Some((0, at));
    }
    let outward = if rises > 0.0 { 1 } else { -1 };
    let way = ahead - behind;
    let [share, _] = bisect(|share| slope(behind + way * share) * falls > 0.0, 0.0, 1.0, 80);
    let between = behind + way * share;
    let is_nearer = loss.first_order(between).gradient.norm() <= loss.first_order(at).gradient.norm();
    Some((if value > 0.0 { outward } else { -outward }, if is_nearer { between } else { at }))
}
