//! How much of its predicted decrease a step has brought, ρ: what Levenberg–Marquardt and the trust region judge a step by.

use crate::landscapes::Oracle;
use crate::numbers::{Point, Symmetric2, Vector};

/// Predicted decreases up to this share of the largest |f| of the run are below the rounding of the loss.
const ROUNDING: f64 = 1e-13;

/// What is known at a point; kept where the last step was refused, so that it is not asked twice.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) at: Point,
    pub(super) value: f64,
    pub(super) gradient: Vector,
    /// The Hessian, or the matrix in its place.
    pub(super) matrix: Symmetric2,
}

impl Known {
    /// ρ, the actual decrease for a step to where the loss is `value`, as a share of what the quadratic predicted; NaN where
    /// something is not finite, −1 where the quadratic predicted no decrease.
    ///
    /// Where the prediction is below rounding, values tell nothing: the decrease is taken from the slopes, −½(∇f + ∇f₊)·p, and
    /// the gradient at the landing is asked for. A step of no length is right.
    pub(super) fn reduction_ratio(&self, oracle: &mut Oracle<'_>, step: Vector, value: f64) -> f64 {
        if step == Vector::zeros() {
            return 1.0;
        }
        let predicted = -(self.gradient.dot(&step) + 0.5 * self.matrix.form(step));
        if predicted <= 0.0 {
            return -1.0;
        }
        let actual = if predicted <= ROUNDING * oracle.scale().max(self.value.abs()) {
            -0.5 * (self.gradient + oracle.gradient(self.at + step)).dot(&step)
        } else {
            self.value - value
        };
        actual / predicted
    }
}
