//! A network's loss as a landscape: the architecture's output summed over the samples, by any number type.

use std::sync::Arc;

use super::Data;
use crate::landscapes::Formula;
use crate::numbers::{Jet1, Point, Real, ScalarField, Symmetric2};

/// The output o(w; x) of a network with two weights.
pub(super) trait Architecture: Send + Sync + 'static {
    /// The output for input `x` at weights (w1, w2).
    fn output<T: Real>(w1: T, w2: T, x: f64) -> T;
}

/// Mean squared error (1/n) Σ (o − y)², without a factor ½.
pub(super) struct MeanSquaredError<A> {
    data: Arc<Data>,
    architecture: std::marker::PhantomData<A>,
}

impl<A: Architecture> MeanSquaredError<A> {
    pub(super) fn new(data: Arc<Data>) -> Self {
        Self { data, architecture: std::marker::PhantomData }
    }

    fn weight(&self) -> f64 {
        1.0 / self.data.len() as f64
    }
}

impl<A: Architecture> ScalarField for MeanSquaredError<A> {
    #[inline(always)]
    fn value<T: Real>(&self, w1: T, w2: T) -> T {
        let mut sum = T::constant(0.0);
        for &[x, y] in self.data.samples() {
            sum = sum + (A::output(w1, w2, x) - y).square();
        }
        sum * self.weight()
    }
}

impl<A: Architecture> Formula for MeanSquaredError<A> {
    /// G = (2/n) Σ J Jᵀ, J = ∂o/∂w: the Hessian without the curvature of the output itself.
    fn gauss_newton(&self, at: Point) -> Option<Symmetric2> {
        let scale = 2.0 * self.weight();
        let mut sum = Symmetric2 { xx: 0.0, xy: 0.0, yy: 0.0 };
        for &[x, _] in self.data.samples() {
            let output = A::output(Jet1::x(at.x), Jet1::y(at.y), x);
            sum.xx += scale * output.dx * output.dx;
            sum.xy += scale * output.dx * output.dy;
            sum.yy += scale * output.dy * output.dy;
        }
        Some(sum)
    }
}
