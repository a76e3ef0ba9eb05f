//! Whether the smaller curvature at a point is positive, or zero but for rounding.
//!
//! The larger eigenvalue says nothing of it: in a valley a million times as long as wide the smaller one is below every
//! rounding of the larger, and still known, if the entries of the Hessian are. What counts is whether its determinant is
//! more than the roundings of its two products, and whether it is the same close by, as on a quadratic model, or along the floor
//! of a valley that bends.

use super::critical_points::Units;
use crate::landscapes::Loss;
use crate::numbers::{Point, Symmetric2, Vector};

/// Roundings of each entry of a Hessian, in units of the last place.
const ROUNDINGS: f64 = 8.0;
/// How much the smaller curvature may change over a short way if it is one.
const STEADY: [f64; 2] = [0.5, 2.0];
/// Directions in which is looked.
const RING: [[f64; 2]; 4] = [[0.6, 0.8], [-0.8, 0.6], [-0.6, -0.8], [0.8, -0.6]];

/// The eigenvalues, ascending, the smaller one as well as the entries tell it; `None` where it is lost in their roundings, or
/// in `noise`, what they are known to besides.
pub(super) fn sure_eigenvalues(hessian: Symmetric2, noise: Symmetric2) -> Option<[f64; 2]> {
    let Symmetric2 { xx, xy, yy, dimension } = hessian;
    if dimension.is_one() {
        return (xx.is_finite() && xx.abs() > noise.xx).then_some([xx; 2]);
    }
    // The difference of two products with one rounding: W. Kahan's, by multiplications whose error is carried along.
    let square = xy * xy;
    let determinant = xx.mul_add(yy, -square) - xy.mul_add(xy, -square);
    let rounding = ROUNDINGS * f64::EPSILON * ((xx * yy).abs() + square);
    let noise = xx.abs() * noise.yy + yy.abs() * noise.xx + 2.0 * xy.abs() * noise.xy;
    let values = hessian.eigen().values;
    let larger = if values[0].abs() > values[1].abs() { values[0] } else { values[1] };
    let smaller = determinant / larger;
    let is_sure = determinant.abs() > rounding + noise && smaller.is_finite();
    let ascending = if smaller < larger { [smaller, larger] } else { [larger, smaller] };
    is_sure.then_some(ascending)
}

/// Steps of Newton's method across a valley onto its floor.
const ONTO_FLOOR: usize = 4;

/// The eigenvalues of the Hessian at a point, if both are sure there and the smaller one is about the same all around it, or
/// along the floor of the valley through it: beside the floor of a valley that bends, the walls make it another.
pub(super) fn steady_eigenvalues(loss: &dyn Loss, at: Point, radius: f64, unit: Units) -> Option<[f64; 2]> {
    let noise = noise(loss, at);
    let smaller = |at: Point| {
        let [low, high] = sure_eigenvalues(unit.hessian(loss.second_order(at).hessian), unit.hessian(noise))?;
        Some(if low.abs() < high.abs() { low } else { high })
    };
    let here = smaller(at)?;
    let is_like = |other: f64| (STEADY[0]..=STEADY[1]).contains(&(other / here));
    let around = RING.map(|direction| at + unit.way(Vector::from(direction) * radius));
    let is_steady = around.into_iter().all(|place| smaller(place).is_some_and(is_like));
    let is_steady = is_steady
        || floor(loss, at, radius, unit)
            .is_some_and(|floor| floor.into_iter().all(|place| smaller(place).is_some_and(is_like)));
    if is_steady { sure_eigenvalues(loss.second_order(at).hessian, noise) } else { None }
}

/// What the entries of the Hessian at a point are known to: they are sums of terms that may cancel.
fn noise(loss: &dyn Loss, at: Point) -> Symmetric2 {
    let measured = loss.hessian_noise();
    let Some([.., xx, xy, yy]) = loss.roundings(at) else { return measured };
    let rounded = Symmetric2 { xx, xy, yy, ..measured };
    if rounded.is_finite() { measured + rounded } else { measured }
}

/// The places of a valley's floor a way before and behind a point of it; `None` where there is no floor.
pub(super) fn floor(loss: &dyn Loss, at: Point, radius: f64, unit: Units) -> Option<[Point; 2]> {
    let here = unit.hessian(loss.second_order(at).hessian);
    let along = stiff(here)?.1;
    let along = Vector::new(-along.y, along.x) * radius;
    let [ahead, behind] = [along, -along].map(|way| {
        let mut place = at + unit.way(way);
        for _ in 0..ONTO_FLOOR {
            let there = loss.second_order(place);
            let (value, across) = stiff(unit.hessian(there.hessian))?;
            let by = -across.dot(&unit.gradient(there.gradient)) / value;
            if by.is_nan() || by.abs() > radius {
                return None;
            }
            place += unit.way(across * by);
        }
        Some(place)
    });
    Some([ahead?, behind?])
}

/// The eigenvalue of largest magnitude, and its direction.
pub(super) fn stiff(hessian: Symmetric2) -> Option<(f64, Vector)> {
    let eigen = hessian.is_finite().then(|| hessian.eigen())?;
    let index = usize::from(eigen.values[1].abs() > eigen.values[0].abs());
    Some((eigen.values[index], eigen.vectors[index]))
}

/// Whether a loss whose outputs are linear in the weights has one best place, though its Hessian does not show it: two
/// samples pull in different directions. `None` where outputs are not linear, or there are no samples.
pub(super) fn pulls_apart(loss: &dyn Loss, at: Point) -> Option<bool> {
    let loss = loss.as_samples()?;
    if loss.hessian_parts(at).output_bend != 0.0 {
        return None;
    }
    let strong: Vec<Vector> = loss.sample_gradients(at).into_iter().filter(|pull| *pull != Vector::zeros()).collect();
    let first = strong.first()?;
    // Only pulls of different directions, by more than the roundings of their two products.
    let apart = |pull: &Vector| {
        let products = [first.x * pull.y, first.y * pull.x];
        (products[0] - products[1]).abs() > ROUNDINGS * f64::EPSILON * (products[0].abs() + products[1].abs())
    };
    Some(strong.iter().any(apart))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn small_eigenvalues_are_distinguished_from_rounding() {
        for (matrix, expected) in [
            ([1.0, 0.0, 1e-30], Some(1e-30)),
            ([1e16, 0.0, 1.0], Some(1.0)),
            ([2e12, 2e6, 2.0 + 1e-11], Some(1e-11)),
            ([1.0, 1.0, 1.0], None),
            ([0.18, 0.42, 0.98], None),
            ([1.0, 0.0, 0.0], None),
            ([2.0, 2.0, 2.0 + 4e-15], None),
            ([1.0, 0.0, -1e-20], Some(-1e-20)),
        ] {
            let [xx, xy, yy] = matrix;
            let found = sure_eigenvalues(Symmetric2::new(xx, xy, yy), Symmetric2::new(0.0, 0.0, 0.0));
            let smaller = found.map(|[low, high]| if low.abs() < high.abs() { low } else { high });
            let is_it = match (smaller, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-2 * expected.abs(),
                (found, expected) => found.is_none() && expected.is_none(),
            };
            assert!(is_it, "{matrix:?}: {found:?}, not {expected:?}");
        }
    }

    #[test]
    fn a_curvature_that_changes_close_by_is_none() {
        for (formula, expected) in [
            ("x^2+1e-18y^2", true),
            ("(x+y)^2+1e-12(x-y)^2", true),
            ("x^2+y^4", false),
            ("(y-x^2)^2", false),
            ("1e8(y-x^2)^2+(1e-9-x)^2", true),
            ("1e6(y-sin(x))^2+1e-3(x+1)^2", true),
            ("1e6(y-x^2)^2+x^4", false),
            ("(0.3x+0.7y)^2", false),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let (unit, radius) = (Units::of(landscape.domain()), 1e-4 * landscape.domain().size());
            let found = steady_eigenvalues(landscape.loss(), Point::new(1e-9, 1e-18), radius, unit);
            assert_eq!(found.is_some(), expected, "{formula}: {found:?}");
        }
    }
}
