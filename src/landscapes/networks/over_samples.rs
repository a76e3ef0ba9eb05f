//! A loss as a sum or mean over samples: everything that can be asked of such a loss and of no other.

use super::criterion::Likelihood;
use super::dead_region;
use super::{Data, OneUnit, SampleValues};
use crate::landscapes::computation::Computation;
use crate::landscapes::{FirstOrder, Fisher, HessianParts, SampledLoss, ViewBox};
use crate::numbers::{Jet1, Jet2, Point, Real, Symmetric2, Vector};

/// f(w) = k Σ l(o(w; xᵢ), yᵢ), k = 1 for a sum and 1/n for a mean.
pub(in crate::landscapes) trait OverSamples: Send + Sync {
    /// The samples.
    fn data(&self) -> &Data;

    /// o(w; x).
    fn output<T: Real>(&self, w1: T, w2: T, x: f64) -> T;

    /// o(w; x) for many x, in lanes.
    fn outputs(&self, at: Point, xs: &[f64], out: &mut [f64]);

    /// l(o, y).
    fn loss<T: Real>(&self, o: T, y: f64) -> T;

    /// Whether k = 1/n.
    fn is_mean(&self) -> bool;

    /// How many times as much work a sample is as in the smallest network.
    fn effort(&self) -> usize {
        1
    }

    /// The distribution of y that the loss stands for, if any.
    fn likelihood(&self) -> Option<Likelihood>;

    /// One sample's way x → u → h → o and back, where there is one hidden unit.
    fn pass(&self, _at: Point, _sample: [f64; 2], _scale: f64) -> Option<SampleValues> {
        None
    }

    /// The operations of the network, up to the loss.
    fn computation(&self) -> Computation;

    /// The pieces of the network, where there is one hidden unit.
    fn one_unit(&self) -> Option<OneUnit> {
        None
    }

    /// The vector v with u = v·w, where there is one hidden unit that is off wherever u ≤ 0.
    fn switch(&self, _x: f64) -> Option<Vector> {
        None
    }

    /// Vectors v of which it is known that the output is 0 for every input wherever v·w ≤ 0 for each of them.
    fn dead(&self) -> Option<[Vector; 2]> {
        None
    }

    /// Whether an input switches the unit on, u > 0, where there is one unit that is off wherever u ≤ 0.
    fn is_on(&self, at: Point, x: f64) -> Option<bool> {
        self.switch(x).map(|v| v.dot(&at.coords) > 0.0)
    }

    /// k for this many samples.
    #[inline(always)]
    fn scale_of(&self, count: usize) -> f64 {
        scale(self.is_mean(), count)
    }
}

/// The factor of a mean over this many samples, or of their sum.
#[inline(always)]
pub(super) fn scale(is_mean: bool, count: usize) -> f64 {
    if is_mean { 1.0 / count as f64 } else { 1.0 }
}

impl<S: OverSamples> SampledLoss for S {
    /// G = k Σ l″ J Jᵀ, J = ∂o/∂w: the Hessian without the curvature of the output itself.
    fn gauss_newton(&self, at: Point) -> Symmetric2 {
        let scale = self.scale_of(self.data().len());
        let mut sum = Symmetric2::new(0.0, 0.0, 0.0);
        for &[x, y] in self.data().samples() {
            let output = OverSamples::output(self, Jet1::x(at.x), Jet1::y(at.y), x);
            let bend = scale * self.loss(Jet2::x(output.value), y).dxx;
            sum.xx += bend * output.dx * output.dx;
            sum.xy += bend * output.dx * output.dy;
            sum.yy += bend * output.dy * output.dy;
        }
        sum
    }

    fn hessian_parts(&self, at: Point) -> HessianParts {
        let scale = self.scale_of(self.data().len());
        let [mut gauss_newton, mut residual] = [Symmetric2::new(0.0, 0.0, 0.0); 2];
        let [mut residual_size, mut output_bend, mut output_gradient, mut loss_bend] = [0.0_f64; 4];
        for &[x, y] in self.data().samples() {
            let o = OverSamples::output(self, Jet2::x(at.x), Jet2::y(at.y), x);
            let loss = self.loss(Jet2::x(o.value), y);
            let bends = Symmetric2::new(o.dxx, o.dxy, o.dyy);
            gauss_newton =
                gauss_newton + Symmetric2::new(o.dx * o.dx, o.dx * o.dy, o.dy * o.dy).scaled(scale * loss.dxx);
            residual = residual + bends.scaled(scale * loss.dx);
            let size = (o.dxx * o.dxx + 2.0 * o.dxy * o.dxy + o.dyy * o.dyy).sqrt();
            residual_size += scale * loss.dx.abs() * size;
            output_bend = output_bend.max(size);
            output_gradient = output_gradient.max(libm::hypot(o.dx, o.dy));
            loss_bend = loss_bend.max(loss.dxx.abs());
        }
        HessianParts { gauss_newton, residual, residual_size, output_bend, output_gradient, loss_bend }
    }

    fn fisher(&self, at: Point) -> Option<Fisher> {
        let Likelihood { noise, share, .. } = self.likelihood()?;
        Some(Fisher { matrix: self.gauss_newton(at).scaled(share), noise })
    }

    fn count(&self) -> usize {
        self.data().len()
    }

    fn is_sum(&self) -> bool {
        !self.is_mean()
    }

    fn scale(&self) -> f64 {
        self.scale_of(self.data().len())
    }

    fn batch(&self, at: Point, samples: &[usize]) -> FirstOrder {
        let mut sum = Jet1::fixed(0.0);
        for &index in samples {
            let sample = self.data().samples().get(index).copied().unwrap_or([f64::NAN; 2]);
            sum = sum + loss_of(self, at, sample);
        }
        (sum * self.scale_of(samples.len())).into()
    }

    fn backprop(&self, at: Point) -> Option<Vec<SampleValues>> {
        let scale = self.scale_of(self.data().len());
        self.data().samples().iter().map(|sample| self.pass(at, *sample, scale)).collect()
    }

    fn one_unit(&self) -> Option<OneUnit> {
        OverSamples::one_unit(self)
    }

    fn computation(&self) -> Computation {
        OverSamples::computation(self)
    }

    fn output(&self, at: Point, x: f64) -> f64 {
        OverSamples::output(self, at.x, at.y, x)
    }

    fn outputs(&self, at: Point, xs: &[f64], out: &mut [f64]) {
        OverSamples::outputs(self, at, xs, out);
    }

    fn output_slope(&self, output: f64, y: f64) -> f64 {
        self.scale_of(self.data().len()) * self.loss(Jet1::x(output), y).dx
    }

    fn probability(&self, output: f64) -> Option<f64> {
        self.likelihood().filter(|likelihood| likelihood.of_classes).map(|_| output.sigmoid())
    }

    fn sample_losses(&self, at: Point) -> Vec<f64> {
        let loss = |&[x, y]: &[f64; 2]| self.loss(OverSamples::output(self, at.x, at.y, x), y);
        self.data().samples().iter().map(loss).collect()
    }

    fn sample_gradients(&self, at: Point) -> Vec<Vector> {
        let times = if self.is_mean() { 1.0 } else { self.data().len() as f64 };
        let gradient = |sample: &[f64; 2]| {
            let loss = loss_of(self, at, *sample);
            Vector::new(loss.dx, loss.dy) * times
        };
        self.data().samples().iter().map(gradient).collect()
    }

    fn switched_on(&self, at: Point) -> Option<Vec<bool>> {
        self.data().samples().iter().map(|sample| self.is_on(at, sample[0])).collect()
    }

    fn dead_region(&self, view: &ViewBox) -> Option<Vec<Point>> {
        let normals: Option<Vec<Vector>> = dead_region::ends(self.data()).into_iter().map(|x| self.switch(x)).collect();
        normals.or_else(|| self.dead().map(Vec::from)).map(|normals| dead_region::off_for_all(&normals, view))
    }
}

/// One sample's own loss and its gradient.
#[inline(always)]
fn loss_of<S: OverSamples + ?Sized>(over: &S, at: Point, [x, y]: [f64; 2]) -> Jet1<f64> {
    over.loss(over.output(Jet1::x(at.x), Jet1::y(at.y), x), y)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Landscape, networks};

    /// The catalog, and networks the user typed; read once, since a box is found for each of those.
    static ALL: LazyLock<Vec<Landscape>> = LazyLock::new(|| {
        let typed = ["sse", "mae", "huber", "ce"].map(|loss| format!("network:w2 tanh(w1 x + 0.3),loss={loss},n=9"));
        let deep = ["depth:layers=4,act=relu", "depth:layers=20", "depth:layers=1,act=relu"].map(str::to_owned);
        let others = typed.into_iter().chain(deep).map(|text| Landscape::parse(&text).unwrap());
        networks::ENTRIES.iter().map(|entry| Landscape::of(entry)).chain(others).collect()
    });

    fn close(a: f64, b: f64, size: f64) -> bool {
        a == b || (a - b).abs() <= 1e-13 * size
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn samples_make_up_the_loss(w1 in -2.0..2.0_f64, w2 in -2.0..2.0_f64) {
            let at = Point::new(w1, w2);
            for landscape in ALL.iter() {
                let (loss, n) = (landscape.sampled_loss().unwrap(), landscape.data().unwrap().len() as f64);
                let first = landscape.loss().first_order(at);
                let losses = loss.sample_losses(at);
                let total = loss.scale() * losses.iter().sum::<f64>();
                prop_assert!(close(total, first.value, first.value.abs()), "{landscape} at {at}: losses");

                let gradients = loss.sample_gradients(at);
                let size = gradients.iter().map(Vector::norm).sum::<f64>() / n;
                let error = gradients.iter().sum::<Vector>() / n - first.gradient;
                prop_assert!(error.norm() <= 1e-13 * size, "{landscape} at {at}: their mean is the gradient, up to {error}");

                let times = if loss.scale() == 1.0 { n } else { 1.0 };
                for (index, gradient) in gradients.iter().enumerate() {
                    let alone = loss.batch(at, &[index]);
                    prop_assert!((alone.gradient * times - gradient).norm() <= 1e-13 * gradient.norm(), "{landscape}: alone");
                    prop_assert!(close(alone.value, losses[index], losses[index].abs()), "{landscape}: alone");
                }
            }
        }

        #[test]
        fn outputs_in_lanes_are_outputs_and_their_slopes_make_up_the_gradient(w1 in -2.0..2.0_f64, w2 in -2.0..2.0_f64) {
            let at = Point::new(w1, w2);
            for landscape in ALL.iter() {
                let (loss, samples) = (landscape.sampled_loss().unwrap(), landscape.data().unwrap().samples());
                let xs: Vec<f64> = samples.iter().map(|sample| sample[0]).collect();
                let mut outputs = vec![0.0; xs.len()];
                loss.outputs(at, &xs, &mut outputs);
                let (mut sum, mut size) = (Vector::zeros(), 0.0);
                for (&[x, y], lane) in samples.iter().zip(outputs) {
                    let o = loss.output(at, x);
                    prop_assert!(close(lane, o, 1.0 + o.abs()), "{landscape}: {lane} in lanes, {o} alone");
                    // ∂o/∂w by a difference: the chain rule through ∂f/∂o.
                    let difference = |along: Vector| {
                        let [ahead, behind] = [1e-6, -1e-6].map(|h| loss.output(at + along * h, x));
                        (ahead - behind) / 2e-6
                    };
                    let part = Vector::new(difference(Vector::x()), difference(Vector::y())) * loss.output_slope(o, y);
                    sum += part;
                    size += part.norm();
                }
                let gradient = landscape.loss().first_order(at).gradient;
                let bends = landscape.loss().second_order(at).hessian.norm();
                prop_assert!((sum - gradient).norm() <= 1e-5 * (size + bends + 1.0), "{landscape} at {at}: {sum} for {gradient}");
            }
        }

        #[test]
        fn the_fisher_matrix_weighs_the_slopes_of_the_output(w1 in -2.0..2.0_f64, w2 in -2.0..2.0_f64) {
            let at = Point::new(w1, w2);
            for landscape in ALL.iter() {
                let (loss, data) = (landscape.sampled_loss().unwrap(), landscape.data().unwrap());
                let Some(fisher) = loss.fisher(at) else { continue };
                let gradients = loss.sample_gradients(at);
                let mut sum = [0.0; 3];
                for (gradient, &[x, y]) in gradients.iter().zip(data.samples()) {
                    // ∂o/∂w: the sample's gradient over its slope at the output, both times n.
                    let o = loss.output(at, x);
                    let slope = gradient / (loss.output_slope(o, y) * data.len() as f64);
                    let information = loss.probability(o).map_or(1.0, |p| p * (1.0 - p));
                    let weight = loss.scale() * information;
                    for (sum, product) in sum.iter_mut().zip([slope.x * slope.x, slope.x * slope.y, slope.y * slope.y]) {
                        *sum += weight * product;
                    }
                }
                let Symmetric2 { xx, xy, yy, .. } = fisher.matrix;
                let size = fisher.matrix.norm();
                let close = sum.iter().zip([xx, xy, yy]).all(|(a, b)| (a - b).abs() <= 1e-9 * size);
                prop_assert!(close, "{landscape} at {at}: {sum:?} for {:?}", fisher.matrix);
            }
        }
    }

    #[test]
    fn only_what_is_a_density_has_a_fisher_matrix_and_only_classes_a_probability() {
        let at = Point::new(0.5, 0.5);
        for (text, has_fisher, has_probability) in [
            ("sine", true, false),
            ("sigmoid_mse", true, false),
            ("logistic", true, true),
            ("network:w1 x,loss=ce", true, true),
            ("network:w1 x,loss=mae", false, false),
            ("network:w1 x,loss=huber", false, false),
            ("himmelblau", false, false),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            assert_eq!(landscape.loss().fisher(at).is_some(), has_fisher, "{text}");
            assert_eq!(
                landscape.sampled_loss().and_then(|loss| loss.probability(0.0)),
                has_probability.then_some(0.5),
                "{text}"
            );
        }
    }
}
