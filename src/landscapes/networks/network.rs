//! What a network is: its output (`Architecture`) and its loss over samples (`NetworkLoss`).

use std::marker::PhantomData;
use std::ops::Mul;
use std::sync::Arc;

use super::activation::Activation;
use super::criterion::{Criterion, Likelihood};
use super::hidden_unit::HiddenUnit;
use super::over_samples::{OverSamples, scale};
use super::{Data, OneUnit, SampleValues};
use crate::landscapes::computation::{Computation, W1, W2, X};
use crate::landscapes::formula::graph::Two;
use crate::landscapes::{FirstOrder, Loss, SampledLoss, SecondOrder};
use crate::numbers::{Lanes, Point, Real, ScalarField, Vector, batch};

/// A network with two weights.
pub(super) trait Architecture: Copy + Send + Sync + 'static {
    /// The output for input `x`, a number or as many as there are weights, at weights (w1, w2).
    fn output<T: Real + Mul<X, Output = T>, X>(self, w1: T, w2: T, x: X) -> T;

    /// How many times as much work it is as the smallest network.
    fn effort(self) -> usize {
        1
    }

    /// One sample's way through the only hidden unit and back, if there is only one.
    fn pass<C: Criterion>(self, at: Point, sample: [f64; 2], scale: f64) -> Option<SampleValues>;

    /// Its operations, up to the loss.
    fn computation<C: Criterion>(self) -> Computation;

    /// Its pieces, if there is only one hidden unit.
    fn one_unit<C: Criterion>(self) -> Option<OneUnit> {
        None
    }

    /// If there is one hidden unit, which is off wherever its input u ≤ 0: the vector v with u = v·w for the sample at `x`.
    fn switch(self, x: f64) -> Option<Vector>;

    /// Vectors v of which it is known that the output is 0 for every input wherever v·w ≤ 0 for each of them.
    fn dead(self) -> Option<[Vector; 2]> {
        None
    }
}

impl<U: HiddenUnit> Architecture for U {
    #[inline(always)]
    fn output<T: Real + Mul<X, Output = T>, X>(self, w1: T, w2: T, x: X) -> T {
        U::forward(w1, w2, x).o
    }

    fn pass<C: Criterion>(self, at: Point, sample: [f64; 2], scale: f64) -> Option<SampleValues> {
        Some(SampleValues::of::<U, C>(at, sample, scale))
    }

    fn one_unit<C: Criterion>(self) -> Option<OneUnit> {
        OneUnit::of::<U, C>()
    }

    fn computation<C: Criterion>(self) -> Computation {
        let mut graph = Computation::begin(C::JUDGE);
        let weighted = graph.two(Two::Multiply, W1, X);
        let u = if U::TWO_LAYERS { weighted } else { graph.two(Two::Add, weighted, W2) };
        let h = U::Phi::OPERATION.map_or(u, |phi| {
            graph.name(u, "u");
            graph.one(phi, u)
        });
        if !U::TWO_LAYERS {
            return graph.finish(h);
        }
        graph.name(h, "h");
        let o = graph.two(Two::Multiply, W2, h);
        graph.finish(o)
    }

    fn switch(self, x: f64) -> Option<Vector> {
        U::Phi::RECTIFIES.then(|| Vector::new(x, if U::TWO_LAYERS { 0.0 } else { 1.0 }))
    }
}

/// u = w₁x + w₂, o = φ(u).
#[derive(Clone, Copy, Default)]
pub(super) struct OneLayer<F>(PhantomData<F>);

impl<F: Activation> HiddenUnit for OneLayer<F> {
    type Phi = F;
    const TWO_LAYERS: bool = false;
}

/// u = w₁x, o = w₂ φ(u).
#[derive(Clone, Copy, Default)]
pub(super) struct TwoLayers<F>(PhantomData<F>);

impl<F: Activation> HiddenUnit for TwoLayers<F> {
    type Phi = F;
    const TWO_LAYERS: bool = true;
}

/// The loss of a network on its samples.
pub(super) struct NetworkLoss<A, C>(OnSamples<A, C>);

/// The same as a function of the weights alone.
struct OnSamples<A, C> {
    network: A,
    data: Arc<Data>,
    criterion: PhantomData<C>,
}

impl<A: Architecture, C: Criterion> NetworkLoss<A, C> {
    pub(super) fn of(network: A, data: Arc<Data>) -> Self {
        Self(OnSamples { network, data, criterion: PhantomData })
    }
}

impl<A: Architecture + Default, C: Criterion> NetworkLoss<A, C> {
    pub(super) fn new(data: Arc<Data>) -> Self {
        Self::of(A::default(), data)
    }
}

impl<A: Architecture, C: Criterion> ScalarField for OnSamples<A, C> {
    #[inline(always)]
    fn value<T: Real>(&self, w1: T, w2: T) -> T {
        let mut sum = T::constant(0.0);
        for &[x, y] in self.data.samples() {
            sum = sum + C::loss(self.network.output(w1, w2, x), y);
        }
        sum * scale(C::MEAN, self.data.len())
    }
}

/// Nothing but the samples distinguishes it from the function of its weights.
impl<A: Architecture, C: Criterion> Loss for NetworkLoss<A, C> {
    fn as_samples(&self) -> Option<&dyn SampledLoss> {
        Some(self)
    }

    fn effort(&self) -> usize {
        OverSamples::effort(self)
    }

    fn value(&self, at: Point) -> f64 {
        Loss::value(&self.0, at)
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        self.0.first_order(at)
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        self.0.second_order(at)
    }

    fn roundings(&self, at: Point) -> Option<[f64; 6]> {
        self.0.roundings(at)
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        self.0.value_row(xs, y, out);
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.0.values(xs, ys, out);
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        self.0.second_orders(xs, ys, out);
    }

    fn first_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        self.0.first_orders_of_packs(at, out);
    }

    fn second_orders_of_packs(&self, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
        self.0.second_orders_of_packs(at, out);
    }
}

impl<A: Architecture, C: Criterion> OverSamples for NetworkLoss<A, C> {
    fn data(&self) -> &Data {
        &self.0.data
    }

    #[inline(always)]
    fn output<T: Real>(&self, w1: T, w2: T, x: f64) -> T {
        self.0.network.output(w1, w2, x)
    }

    fn outputs(&self, at: Point, xs: &[f64], out: &mut [f64]) {
        batch::value_row(&Curve { network: self.0.network, at }, xs, 0.0, out);
    }

    #[inline(always)]
    fn loss<T: Real>(&self, o: T, y: f64) -> T {
        C::loss(o, y)
    }

    #[inline(always)]
    fn is_mean(&self) -> bool {
        C::MEAN
    }

    fn effort(&self) -> usize {
        self.0.network.effort()
    }

    fn likelihood(&self) -> Option<Likelihood> {
        C::LIKELIHOOD
    }

    fn pass(&self, at: Point, sample: [f64; 2], scale: f64) -> Option<SampleValues> {
        self.0.network.pass::<C>(at, sample, scale)
    }

    fn one_unit(&self) -> Option<OneUnit> {
        self.0.network.one_unit::<C>()
    }

    fn computation(&self) -> Computation {
        self.0.network.computation::<C>()
    }

    fn switch(&self, x: f64) -> Option<Vector> {
        self.0.network.switch(x)
    }

    fn dead(&self) -> Option<[Vector; 2]> {
        self.0.network.dead()
    }
}

/// The output as a function of the input, at fixed weights.
struct Curve<A> {
    network: A,
    at: Point,
}

impl<A: Architecture> ScalarField for Curve<A> {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, _: T) -> T {
        self.network.output(T::constant(self.at.x), T::constant(self.at.y), x)
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
            let (loss, over) = (landscape.loss(), landscape.sampled_loss().unwrap());
            let all: Vec<usize> = (0..over.count()).collect();
            assert_eq!(over.batch(at, &all), loss.first_order(at), "{}: all samples", entry.id);
            let ones: Vector = all.iter().map(|&i| over.batch(at, &[i]).gradient).sum();
            let whole = loss.first_order(at).gradient;
            let parallel = ones.perp(&whole).abs() <= 1e-12 * ones.norm() * whole.norm();
            assert!(parallel && ones.dot(&whole) > 0.0, "{}: one by one, up to the factor 1/n", entry.id);
            let [first, thrice] = [&[0][..], &[0, 0, 0]].map(|batch| over.batch(at, batch).value);
            let expected = if entry.id == "linreg" { 3.0 } else { 1.0 };
            assert!((thrice / first - expected).abs() < 1e-14, "{}: three times, a sum or a mean", entry.id);
            assert!(over.batch(at, &[all.len()]).value.is_nan(), "{}: there is no such sample", entry.id);
        }
    }
}
