//! The curvature between two points by their gradients: the secant pair of the quasi-Newton methods.

use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector, length};

/// What the pairs have made of the Hessian, the inverse of the matrix that the methods carry: the curvature that they take for the
/// loss's.
pub(super) const BY_PAIRS: &str = "B";

/// A step and what the gradient did along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Secant {
    /// s, the displacement.
    pub(super) step: Vector,
    /// y, the change of the gradient; y ≈ Hs.
    pub(super) change: Vector,
}

impl Secant {
    /// s·y: the curvature along s, times ‖s‖².
    pub(super) fn curvature(&self) -> f64 {
        self.step.dot(&self.change)
    }

    /// Whether the loss curved up enough along the step to be learned from: s·y > 10⁻¹⁰ ‖s‖‖y‖.
    pub(super) fn curves_up(&self) -> bool {
        self.curvature() > 1e-10 * length(self.step) * length(self.change)
    }

    /// γ = s·y/y·y, the inverse of the curvature that the pair has seen.
    pub(super) fn inverse_curvature(&self) -> f64 {
        // Not by ‖y‖², which may leave the numbers.
        let change = length(self.change);
        self.step.dot(&(self.change / change)) / change
    }
}

/// The point where the method stands, with the gradient that the last step already asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Footing {
    known: Option<(Point, Vector)>,
}

impl Footing {
    /// ∇f at the point, asked for unless the last step did.
    pub(super) fn gradient(&self, at: Point, oracle: &mut Oracle<'_>) -> Vector {
        match self.known {
            Some((known, gradient)) if known == at => gradient,
            _ => oracle.gradient(at),
        }
    }

    /// Goes to the end of a step and looks at the gradient there, unless the search has: the secant pair, if it can be learned
    /// from.
    pub(super) fn learn(
        &mut self,
        at: Point,
        gradient: Vector,
        step: Vector,
        landing: Option<Vector>,
        oracle: &mut Oracle<'_>,
    ) -> Option<Secant> {
        let target = at + step;
        let there = match landing {
            _ if target == at => gradient,
            Some(there) => there,
            None => oracle.gradient(target),
        };
        self.known = Some((target, there));
        let secant = Secant { step, change: there - gradient };
        secant.curves_up().then_some(secant)
    }

    /// Whether no step has been made yet.
    pub(super) fn is_start(&self) -> bool {
        self.known.is_none()
    }
}

/// The first multiple of the direction to try: 1, but at the start no further than a length of 1.
pub(super) fn first_scale(at_start: bool, gradient: Vector) -> f64 {
    if at_start { (1.0 / length(gradient)).min(1.0) } else { 1.0 }
}
