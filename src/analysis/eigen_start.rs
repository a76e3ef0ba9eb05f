//! A start on an eigenvector of the Hessian at a critical point, as far from it as another start, on the same side.
//!
//! On a quadratic a run from there stays on the eigenvector: it meets that curvature alone, and gradient descent diverges only
//! above 2/λ of that one.

use super::{Curvature, LocalModel};
use crate::landscapes::{Loss, ViewBox};
use crate::numbers::{Point, Vector, length};

/// A start that lies no farther than this share of the box from the critical point is at it.
const NEAR: f64 = 1e-6;
/// How far away it is put then, as a share of the box.
const AWAY: f64 = 0.25;
/// What is left of the distance each time that it leads out of the box.
const SHORTER: f64 = 0.8;
/// How often the distance is shortened at most.
const SHORTENINGS: usize = 40;

/// Which eigenvector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eigenvector {
    /// The eigenvector of λ₁, the least curvature: the slow one of a valley.
    Slow,
    /// The eigenvector of λ₂, the greatest curvature.
    Steep,
}

impl Eigenvector {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Slow, Self::Steep];

    /// What it is called on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Steep => "steep",
        }
    }

    /// The name of its eigenvalue.
    pub fn eigenvalue(self) -> &'static str {
        match self {
            Self::Slow => "λ₁",
            Self::Steep => "λ₂",
        }
    }
}

/// The start on an eigenvector through `center` that is as far from it as `start`, within the box, and its curvature; `None` where
/// there is no Hessian.
pub fn start_on(
    loss: &dyn Loss,
    center: Point,
    start: Point,
    view: ViewBox,
    which: Eigenvector,
) -> Option<(Point, f64)> {
    let eigen = Curvature::of(&LocalModel::new(loss, center))?.eigen;
    let (direction, value) = (eigen.vectors[which as usize], eigen.values[which as usize]);
    let way = start - center;
    let is_at = length(way) <= NEAR * view.size();
    let distance = if is_at { AWAY * view.size() } else { length(way) };
    // The side of the eigenvector on which the start is already; the positive one if it is on neither.
    let sign = if way.dot(&direction) < 0.0 { -1.0 } else { 1.0 };
    let place = |distance: f64| center + Vector::from(direction) * (sign * distance);
    let distance = shortened(distance, |distance| view.contains(place(distance)));
    Some((place(distance), value))
}

/// A distance, shortened until it is inside.
fn shortened(mut distance: f64, is_inside: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..SHORTENINGS {
        if is_inside(distance) {
            break;
        }
        distance *= SHORTER;
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn the_gradient_there_points_along_the_eigenvector() {
        for theta in [0.0, 0.5, 1.2, 3.0] {
            let landscape = Landscape::parse(&format!("quad:kappa=30,theta={theta}")).unwrap();
            let (loss, view) = (landscape.loss(), landscape.domain());
            for (which, curvature) in [(Eigenvector::Slow, 1.0), (Eigenvector::Steep, 30.0)] {
                for start in [[1.0, 2.0], [-2.5, 0.3], [0.0, 0.0], [3.0, 3.0]].map(Point::from) {
                    let (found, value) = start_on(loss, Point::origin(), start, view, which).unwrap();
                    let gradient = loss.first_order(found).gradient;
                    let error = (gradient - found.coords * curvature).norm();
                    assert!(error < 1e-13 * curvature * found.coords.norm(), "{which:?} at θ = {theta}: {found}");
                    assert!((value - curvature).abs() < 1e-12, "{which:?}: curvature {value}");
                    assert!(view.contains(found) && found.coords.norm() > 0.5, "{which:?}: {found} in the box");
                    assert!(found.coords.dot(&start.coords) >= 0.0, "{which:?}: on the side of the start");
                }
            }
        }
    }
}
