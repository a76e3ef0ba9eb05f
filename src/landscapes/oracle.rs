//! What a method may ask of a landscape, each question counted.

use super::{Evaluation, FirstOrder, InputError, Loss, Query, SampledLoss, values_on_all_cores};
use crate::numbers::{Dimension, Point, SplitMix64, Symmetric2, Vector, length};

/// How often a method has asked; what the display asks is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evaluations {
    /// Values of f.
    pub values: u32,
    /// Gradients ∇f.
    pub gradients: u32,
    /// Hessians ∇²f, or Gauss–Newton matrices in their place.
    pub hessians: u32,
}

impl Evaluations {
    /// All of them.
    pub fn total(self) -> u32 {
        self.values.saturating_add(self.gradients).saturating_add(self.hessians)
    }
}

/// The only way for a method to query a landscape; it counts the queries.
///
/// The last value and gradient are remembered, so that recording an iterate and stepping from it cost one
/// evaluation; the count is of questions, not of arithmetic.
pub struct Oracle<'a> {
    loss: &'a dyn Loss,
    evaluations: Evaluations,
    known: Option<(Point, f64, Vector)>,
    scale: f64,
    noise: Option<Noise>,
    queries: Option<Vec<Query>>,
    #[cfg(test)]
    first: u32,
}

/// What all oracles of a thread were asked, for tests of what something costs.
#[cfg(test)]
pub mod meter {
    use std::cell::Cell;

    thread_local! {
        static ASKED: Cell<u64> = const { Cell::new(0) };
    }

    /// Adds what was asked.
    pub(super) fn add(count: u32) {
        ASKED.set(ASKED.get() + u64::from(count));
    }

    /// What was asked since the last look.
    pub fn take() -> u64 {
        ASKED.take()
    }
}

/// Of the values asked in one call, at most this many are recorded.
const KEPT: usize = 144;

/// Gaussian noise on every component of every gradient that is asked for.
#[derive(Clone)]
pub struct Noise {
    /// Its standard deviation, σ.
    pub deviation: f64,
    /// Where it comes from.
    pub random: SplitMix64,
}

impl Noise {
    /// The noise of one gradient; x is drawn first.
    pub fn draw(&mut self, dimension: Dimension) -> Vector {
        normals(&mut self.random, dimension) * self.deviation
    }
}

/// A normal number for every weight; x is drawn first.
fn normals(random: &mut SplitMix64, dimension: Dimension) -> Vector {
    let x = random.normal();
    Vector::new(x, if dimension.is_one() { 0.0 } else { random.normal() })
}

impl<'a> Oracle<'a> {
    /// An oracle that continues a count.
    pub fn new(loss: &'a dyn Loss, evaluations: Evaluations) -> Self {
        Self {
            loss,
            evaluations,
            known: None,
            scale: 0.0,
            noise: None,
            queries: None,
            #[cfg(test)]
            first: evaluations.total(),
        }
    }

    /// How many weights the loss has; costs nothing.
    #[inline]
    pub fn dimension(&self) -> Dimension {
        self.loss.dimension()
    }

    /// ‖w‖ of the weights there are.
    pub fn distance(&self, at: Point) -> f64 {
        length(self.dimension().part(at.coords))
    }

    /// A normal number for every weight there is, 0 for the other; x is drawn first.
    pub fn normals(&self, random: &mut SplitMix64) -> Vector {
        normals(random, self.dimension())
    }

    /// What has been asked so far.
    pub fn evaluations(&self) -> Evaluations {
        self.evaluations
    }

    /// What has been asked in all, at the end of a step.
    #[inline]
    pub fn finish(self) -> Evaluations {
        #[cfg(test)]
        meter::add(self.evaluations.total() - self.first);
        self.evaluations
    }

    /// Tells the oracle what the caller already computed at a point, uncounted.
    pub fn remember(&mut self, at: Point, value: f64, gradient: Vector) {
        self.known = Some((at, value, gradient));
    }

    /// Sets what [`Oracle::scale`] gives.
    pub fn set_scale(&mut self, scale: f64) {
        self.scale = scale;
    }

    /// The largest |f| among the iterates of the run so far, in units of the loss; 0 where there is no run.
    ///
    /// Rounding is measured against it, so that a method does the same on f and on c·f. It costs nothing: a method that looks at
    /// values has asked for each of these.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// From now on every query is recorded with its answer.
    pub fn record_queries(&mut self) {
        self.queries = Some(Vec::new());
    }

    /// Takes the recorded queries, in order, and stops recording. Of many values asked at once at most `KEPT`, evenly spaced, were kept.
    pub fn take_queries(&mut self) -> Vec<Query> {
        self.queries.take().unwrap_or_default()
    }

    #[inline]
    fn keep(&mut self, at: Point, answer: Evaluation) {
        if self.queries.is_some() {
            self.record(Query { at, answer });
        }
    }

    #[inline(never)]
    fn record(&mut self, query: Query) {
        self.queries.iter_mut().for_each(|queries| queries.push(query));
    }

    /// From now on every gradient carries this noise, or none; returns what there was, moved on by what was drawn.
    pub fn disturb(&mut self, noise: Option<Noise>) -> Option<Noise> {
        std::mem::replace(&mut self.noise, noise)
    }

    /// f(w); one value.
    pub fn value(&mut self, at: Point) -> f64 {
        self.evaluations.values = self.evaluations.values.saturating_add(1);
        let value = match self.known {
            Some((known, value, _)) if known == at => value,
            _ => self.loss.value(at),
        };
        self.keep(at, Evaluation::Value(value));
        value
    }

    /// f at (xs\[i\], ys\[i\]), in lanes, equal to [`Oracle::value`] up to the last bits; as many values.
    pub fn values(&mut self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let count = u32::try_from(out.len()).unwrap_or(u32::MAX);
        self.evaluations.values = self.evaluations.values.saturating_add(count);
        values_on_all_cores(self.loss, xs, ys, out);
        if let Some(queries) = &mut self.queries {
            let every = out.len().div_ceil(KEPT).max(1);
            let kept = (0..out.len()).step_by(every);
            queries.extend(
                kept.map(|index| Query { at: Point::new(xs[index], ys[index]), answer: Evaluation::Value(out[index]) }),
            );
        }
    }

    /// ∇f(w); one gradient.
    #[inline(always)]
    pub fn gradient(&mut self, at: Point) -> Vector {
        self.first_order(at).gradient
    }

    /// ∇f(w), and f(w), which is computed on the way to it; one gradient.
    #[inline(always)]
    pub fn first_order(&mut self, at: Point) -> FirstOrder {
        self.evaluations.gradients = self.evaluations.gradients.saturating_add(1);
        let (value, gradient) = match self.known {
            Some((known, value, gradient)) if known == at => (value, gradient),
            _ => self.ask(at),
        };
        let gradient = self.disturbed(gradient);
        self.keep(at, Evaluation::Gradient(Some(value), gradient));
        FirstOrder { value, gradient }
    }

    /// f and ∇f of the loss itself, remembered.
    #[inline(never)]
    fn ask(&mut self, at: Point) -> (f64, Vector) {
        let FirstOrder { value, gradient } = self.loss.first_order(at);
        self.known = Some((at, value, gradient));
        (value, gradient)
    }

    #[inline]
    fn disturbed(&mut self, gradient: Vector) -> Vector {
        if self.noise.is_some() { gradient + self.noise() } else { gradient }
    }

    #[inline(never)]
    fn noise(&mut self) -> Vector {
        let dimension = self.loss.dimension();
        self.noise.as_mut().map_or_else(Vector::zeros, |noise| noise.draw(dimension))
    }

    /// ∇²f(w); one Hessian.
    pub fn hessian(&mut self, at: Point) -> Symmetric2 {
        self.evaluations.hessians = self.evaluations.hessians.saturating_add(1);
        let hessian = self.loss.second_order(at).hessian;
        self.keep(at, Evaluation::Hessian(hessian));
        hessian
    }

    /// The Gauss–Newton matrix, counted as a Hessian.
    ///
    /// # Errors
    /// [`InputError::NoGaussNewton`] where the loss is not a sum over samples.
    pub fn gauss_newton(&mut self, at: Point) -> Result<Symmetric2, InputError> {
        self.evaluations.hessians = self.evaluations.hessians.saturating_add(1);
        let matrix = self.loss.gauss_newton(at).ok_or(InputError::NoGaussNewton)?;
        self.keep(at, Evaluation::Hessian(matrix));
        Ok(matrix)
    }

    /// How many samples the loss is a sum or mean over, if any; costs nothing.
    pub fn samples(&self) -> Option<usize> {
        self.loss.as_samples().map(SampledLoss::count)
    }

    /// The gradient of the landscape's own loss over a batch, the samples with these indices; one gradient.
    ///
    /// # Errors
    /// [`InputError::NoSamples`] where the loss is not a sum over samples.
    pub fn batch_gradient(&mut self, at: Point, samples: &[usize]) -> Result<Vector, InputError> {
        self.evaluations.gradients = self.evaluations.gradients.saturating_add(1);
        let first = self.loss.as_samples().ok_or(InputError::NoSamples)?.batch(at, samples);
        let gradient = self.disturbed(first.gradient);
        self.keep(at, Evaluation::Gradient(None, gradient));
        Ok(gradient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn every_question_counts_and_the_memory_changes_no_answer() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let (here, there) = (Point::new(0.3, -1.2), Point::new(1.0, 2.0));
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let gradient = oracle.gradient(here);
        assert_eq!(oracle.value(here), landscape.loss().value(here), "remembered value");
        assert_eq!(oracle.gradient(here), gradient, "remembered gradient");
        assert_eq!(oracle.value(there), landscape.loss().value(there), "fresh value");
        let _ = oracle.hessian(there);
        assert_eq!(oracle.first_order(there), landscape.loss().first_order(there), "a gradient and its value");
        oracle.values(&[0.0, 1.0, 2.0], &[0.0; 3], &mut [0.0; 3]);
        let expected = Evaluations { values: 5, gradients: 3, hessians: 1 };
        assert_eq!(oracle.evaluations(), expected, "each question once");
    }

    #[test]
    fn batches_are_of_networks_only_and_count_as_gradients() {
        let at = Point::new(0.3, -1.2);
        for (text, has_samples) in [("tanh2", true), ("himmelblau", false)] {
            let landscape = Landscape::parse(text).unwrap();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            let gradient = oracle.batch_gradient(at, &[2, 0]);
            let expected =
                landscape.sampled_loss().map(|loss| loss.batch(at, &[2, 0]).gradient).ok_or(InputError::NoSamples);
            assert_eq!((gradient.is_ok(), &gradient), (has_samples, &expected), "{text}");
            assert_eq!(oracle.samples().is_some(), has_samples, "{text}: samples");
            assert_eq!(oracle.evaluations().gradients, 1, "{text}: counted");
        }
    }
}
