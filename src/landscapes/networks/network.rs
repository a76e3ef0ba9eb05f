//! A network's loss as a landscape: the losses of the samples brought together, by any number type.

use std::marker::PhantomData;
use std::sync::Arc;

use super::activation::Activation;
use super::criterion::Criterion;
use super::{Anatomy, Data, SampleValues};
use crate::landscapes::{FirstOrder, Sampled};
use crate::numbers::{Jet1, Jet2, Point, Real, ScalarField, Symmetric2, Vector};

/// The nodes between the input and the loss.
pub(super) struct Nodes<T> {
    /// What enters the hidden unit.
    pub(super) u: T,
    /// What leaves it, φ(u).
    pub(super) h: T,
    /// The output.
    pub(super) o: T,
}

/// A network with two weights and one hidden unit.
pub(super) trait Architecture: Send + Sync + 'static {
    /// The hidden unit's φ.
    type Phi: Activation;
    /// Whether the second weight stands behind the hidden unit, and is not its bias.
    const TWO_LAYERS: bool;

    /// The nodes for input `x` at weights (w1, w2).
    #[inline(always)]
    fn forward<T: Real>(w1: T, w2: T, x: f64) -> Nodes<T> {
        let weighted = w1 * x;
        let u = if Self::TWO_LAYERS { weighted } else { weighted + w2 };
        let h = Self::Phi::apply(u);
        let o = if Self::TWO_LAYERS { w2 * h } else { h };
        Nodes { u, h, o }
    }
}

/// u = w₁x + w₂, o = φ(u).
pub(super) struct OneLayer<F>(PhantomData<F>);

impl<F: Activation> Architecture for OneLayer<F> {
    type Phi = F;
    const TWO_LAYERS: bool = false;
}

/// u = w₁x, o = w₂ φ(u).
pub(super) struct TwoLayers<F>(PhantomData<F>);

impl<F: Activation> Architecture for TwoLayers<F> {
    type Phi = F;
    const TWO_LAYERS: bool = true;
}

/// The loss of a network on its samples.
pub(super) struct NetworkLoss<A, C> {
    data: Arc<Data>,
    kind: PhantomData<(A, C)>,
}

impl<A: Architecture, C: Criterion> NetworkLoss<A, C> {
    pub(super) fn new(data: Arc<Data>) -> Self {
        Self { data, kind: PhantomData }
    }

    /// The factor k before the sum over `count` samples: 1, or 1/n for a mean.
    #[inline(always)]
    fn scale(count: usize) -> f64 {
        if C::MEAN { 1.0 / count as f64 } else { 1.0 }
    }
}

impl<A: Architecture, C: Criterion> ScalarField for NetworkLoss<A, C> {
    #[inline(always)]
    fn value<T: Real>(&self, w1: T, w2: T) -> T {
        let mut sum = T::constant(0.0);
        for &[x, y] in self.data.samples() {
            sum = sum + C::loss(A::forward(w1, w2, x).o, y);
        }
        sum * Self::scale(self.data.len())
    }
}

impl<A: Architecture, C: Criterion> Sampled for NetworkLoss<A, C> {
    /// G = k Σ l″ J Jᵀ, J = ∂o/∂w: the Hessian without the curvature of the output itself.
    fn gauss_newton(&self, at: Point) -> Option<Symmetric2> {
        let scale = Self::scale(self.data.len());
        let mut sum = Symmetric2 { xx: 0.0, xy: 0.0, yy: 0.0 };
        for &[x, y] in self.data.samples() {
            let output = A::forward(Jet1::x(at.x), Jet1::y(at.y), x).o;
            let bend = scale * C::loss(Jet2::x(output.value), y).dxx;
            sum.xx += bend * output.dx * output.dx;
            sum.xy += bend * output.dx * output.dy;
            sum.yy += bend * output.dy * output.dy;
        }
        Some(sum)
    }

    fn samples(&self) -> Option<usize> {
        Some(self.data.len())
    }

    fn batch(&self, at: Point, samples: &[usize]) -> Option<FirstOrder> {
        let mut sum = Jet1::fixed(0.0);
        for &index in samples {
            let [x, y] = self.data.samples().get(index).copied().unwrap_or([f64::NAN; 2]);
            sum = sum + C::loss(A::forward(Jet1::x(at.x), Jet1::y(at.y), x).o, y);
        }
        let whole = sum * Self::scale(samples.len());
        Some(FirstOrder { value: whole.value, gradient: Vector::new(whole.dx, whole.dy) })
    }

    fn backprop(&self, at: Point) -> Option<Vec<SampleValues>> {
        let scale = Self::scale(self.data.len());
        let values = |sample: &[f64; 2]| SampleValues::of::<A, C>(at, *sample, scale);
        Some(self.data.samples().iter().map(values).collect())
    }

    fn anatomy(&self) -> Option<Anatomy> {
        Anatomy::of::<A, C>()
    }
}

#[cfg(test)]
mod tests {
    use crate::landscapes::{Landscape, networks};
    use crate::numbers::{Point, Vector};

    #[test]
    fn batches_make_up_the_loss() {
        let at = Point::new(0.7, -0.4);
        for entry in networks::ENTRIES {
            let landscape = Landscape::of(entry);
            let loss = landscape.loss();
            let all: Vec<usize> = (0..loss.samples().unwrap()).collect();
            assert_eq!(loss.batch(at, &all), Some(loss.first_order(at)), "{}: all samples", entry.id);
            let ones: Vector = all.iter().map(|&i| loss.batch(at, &[i]).unwrap().gradient).sum();
            let whole = loss.first_order(at).gradient;
            let parallel = ones.perp(&whole).abs() <= 1e-12 * ones.norm() * whole.norm();
            assert!(parallel && ones.dot(&whole) > 0.0, "{}: one by one, up to the factor 1/n", entry.id);
            let [first, thrice] = [&[0][..], &[0, 0, 0]].map(|batch| loss.batch(at, batch).unwrap().value);
            let expected = if entry.id == "linreg" { 3.0 } else { 1.0 };
            assert!((thrice / first - expected).abs() < 1e-14, "{}: three times, a sum or a mean", entry.id);
            assert!(loss.batch(at, &[all.len()]).unwrap().value.is_nan(), "{}: there is no such sample", entry.id);
        }
    }
}
