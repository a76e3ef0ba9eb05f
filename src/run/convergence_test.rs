//! When a walk of many has converged.

use crate::analysis::KnownMinima;
use crate::numbers::{Point, Vector, length};

/// The test by which a walk has converged.
#[derive(Clone, Debug, PartialEq)]
pub enum ConvergenceTest {
    /// ‖∇f‖ is at most this.
    Gradient(f64),
    /// The loss is at most this.
    Loss(f64),
    /// The nearest of these minima is at most this far.
    Near(KnownMinima, f64),
}

impl ConvergenceTest {
    /// Whether it is met at a point with this loss and gradient.
    pub fn is_met(&self, at: Point, loss: f64, gradient: Vector) -> bool {
        match self {
            Self::Gradient(most) => length(gradient) <= *most,
            Self::Loss(most) => loss <= *most,
            Self::Near(minima, most) => minima.distance(at).is_some_and(|distance| distance <= *most),
        }
    }
}
