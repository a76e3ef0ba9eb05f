//! Whether the land has a fold at a point: the slope then depends on the side it is taken from.

use std::f64::consts::TAU;

use crate::landscapes::Loss;
use crate::numbers::{Point, Vector};

/// How near a fold must be to count as here, as a share of the size of the landscape.
const NEAR: f64 = 1e-9;
/// A step that the coordinates can still resolve, as a share of their size.
const RESOLVED: f64 = 1e-12;
/// A jump of the slope that stays while it is looked at this much closer is a fold; a smooth slope's is then as much smaller.
const CLOSER: f64 = 1.0 / 16.0;
/// The directions looked into; none is along an axis or a diagonal, where folds like to lie.
const DIRECTIONS: usize = 16;
/// Slopes below this share of the steepest are level.
const LEVEL: f64 = 1e-6;

/// A fold, a corner or a cone of the land.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// The largest difference between the slopes of two opposite sides, ‖∇f₊ − ∇f₋‖.
    pub jump: f64,
    /// Whether the loss goes down in some direction, by the slope of that side.
    pub goes_down: bool,
}

/// The fold on which a point lies; `None` where the land is smooth, or has no finite value and slope around the point.
///
/// `size` is that of the landscape's view: the fold must be nearer than about 10⁻¹⁰ of it.
pub fn at_kink(loss: &dyn Loss, at: Point, size: f64) -> Option<Corner> {
    let far = (NEAR * size).max(RESOLVED * at.coords.norm() / CLOSER);
    let [coarse, fine] = [far, CLOSER * far].map(|radius| around(loss, at, radius));
    if coarse.iter().chain(&fine).any(|gradient| !gradient.norm().is_finite()) {
        return None;
    }
    let steepest = fine.iter().map(|gradient| gradient.norm()).fold(0.0, f64::max);
    let jumps = |sides: &[Vector; DIRECTIONS]| {
        std::array::from_fn::<f64, { DIRECTIONS / 2 }, _>(|k| (sides[k] - sides[k + DIRECTIONS / 2]).norm())
    };
    let stays = std::iter::zip(jumps(&coarse), jumps(&fine))
        .filter(|(coarse, fine)| *fine > 0.5 * coarse && *fine > LEVEL * steepest);
    let jump = stays.map(|(_, fine)| fine).reduce(f64::max)?;
    let down = candidates(&fine).any(|unit| slope_into(loss, at, unit, CLOSER * far) < -LEVEL * steepest);
    Some(Corner { jump, goes_down: down })
}

/// The gradients at points around, opposite ones half the list apart.
fn around(loss: &dyn Loss, at: Point, radius: f64) -> [Vector; DIRECTIONS] {
    std::array::from_fn(|index| {
        let (sine, cosine) = libm::sincos((index as f64 + 0.37) * (TAU / DIRECTIONS as f64));
        let there = loss.first_order(at + Vector::new(cosine, sine) * radius);
        if there.value.is_finite() { there.gradient } else { Vector::repeat(f64::NAN) }
    })
}

/// The slope on the side of a direction, along it.
fn slope_into(loss: &dyn Loss, at: Point, unit: Vector, radius: f64) -> f64 {
    loss.first_order(at + unit * radius).gradient.dot(&unit)
}

/// The directions in which a land of plane pieces can be steepest: down each piece, and along each fold between two.
fn candidates(sides: &[Vector; DIRECTIONS]) -> impl Iterator<Item = Vector> {
    let folds = (0..DIRECTIONS).flat_map(|k| {
        let across = sides[(k + 1) % DIRECTIONS] - sides[k];
        let along = Vector::new(-across.y, across.x);
        [along, -along]
    });
    let down = sides.iter().map(|gradient| -gradient);
    down.chain(folds)
        .filter_map(|direction| direction.try_normalize(0.0))
        .filter(|unit| unit.iter().all(|c| c.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::SplitMix64;

    fn kink(landscape: &Landscape, at: [f64; 2]) -> Option<Corner> {
        at_kink(landscape.loss(), Point::from(at), landscape.view().size())
    }

    #[test]
    fn folds_are_found_and_told_from_corners() {
        for (text, at, goes_down) in [
            ("l1", [0.0, 0.0], Some(false)),
            ("l1", [0.0, 0.7], Some(true)),
            ("l1", [0.3, 0.7], None),
            ("l1:a=0", [0.3, 0.0], Some(false)),
            ("relu_kink", [0.5, 0.5], Some(false)),
            ("relu_kink", [1.0, 0.5], Some(true)),
            ("ackley", [0.0, 0.0], Some(false)),
            ("relu2", [0.0, 1.0], Some(true)),
            ("relu2", [0.5, 1.0], None),
            ("himmelblau", [3.0, 2.0], None),
            ("monkey", [0.0, 0.0], None),
            ("goldstein_price", [0.0, -1.0], None),
            ("cliff", [0.0, 0.0], None),
        ] {
            let found = kink(&Landscape::parse(text).unwrap(), at);
            assert_eq!(found.map(|kink| kink.goes_down), goes_down, "{text} at {at:?}: {found:?}");
        }
        for (formula, goes_down) in
            [("|x|+0.1y", true), ("-|x|", true), ("|x|+y^2", false), ("sqrt(x^2+y^2)", false), ("max(x,y,-x-y)", false)]
        {
            let found = kink(&Landscape::of_formula(formula).unwrap(), [0.0, 0.0]);
            assert_eq!(found.map(|kink| kink.goes_down), Some(goes_down), "{formula}");
        }
        assert_eq!(kink(&Landscape::of_formula("ln(x)").unwrap(), [0.0, 0.0]), None, "an edge is no fold");
    }

    #[test]
    fn ordinary_points_are_smooth() {
        let mut random = SplitMix64::new(3);
        for entry in entries() {
            let landscape = Landscape::of(entry);
            let view = landscape.view();
            for _ in 0..50 {
                let at = [view.x[0] + random.uniform() * view.width(), view.y[0] + random.uniform() * view.height()];
                assert_eq!(kink(&landscape, at), None, "{} at {at:?}", entry.id);
            }
        }
    }
}
