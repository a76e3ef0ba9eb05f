//! What only a loss over samples answers: its batches, its samples one by one, the network behind it.

use super::computation::Computation;
use super::networks::{OneUnit, SampleValues};
use super::{FirstOrder, ViewBox};
use crate::numbers::{Point, Symmetric2, Vector};

/// How much the samples tell about the weights, if they come from the distribution that the loss supposes.
///
/// Source: S. Amari, Natural gradient works efficiently in learning (1998).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fisher {
    /// k Σ E\[∇ ln p(y|x) ∇ ln p(y|x)ᵀ\], y drawn from p, with the factor k of [`SampledLoss::scale`].
    pub matrix: Symmetric2,
    /// The distribution p, in words.
    pub noise: &'static str,
}

/// What the Hessian of a loss over samples is the sum of, H = G + R, and how large each factor is.
///
/// Source: Nocedal and Wright, Numerical Optimization (2006), section 10.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HessianParts {
    /// G = k Σ l″ J Jᵀ, J = ∂o/∂w: how the loss of an output bends.
    pub gauss_newton: Symmetric2,
    /// R = k Σ l′ K, K = ∂²o/∂w²: residual × curvature of the network.
    pub residual: Symmetric2,
    /// k Σ |l′| ‖K‖, with the norm of Frobenius: R without what cancels between samples.
    pub residual_size: f64,
    /// The largest ‖K‖: 0 where every output is linear in the weights.
    pub output_bend: f64,
    /// The largest ‖J‖: 0 where no weight moves any output.
    pub output_gradient: f64,
    /// The largest |l″|: 0 where the loss of every output has a constant slope.
    pub loss_bend: f64,
}

/// A loss f = k Σ lᵢ that is a sum or mean over samples.
pub trait SampledLoss {
    /// The Gauss–Newton matrix.
    fn gauss_newton(&self, at: Point) -> Symmetric2;

    /// What the Hessian is the sum of.
    fn hessian_parts(&self, at: Point) -> HessianParts;

    /// The Fisher matrix, where the loss is the negative logarithm of a density: of a squared error that of normal noise of
    /// variance 1, half the Gauss–Newton matrix; of cross-entropy that of the classes, the whole of it.
    fn fisher(&self, at: Point) -> Option<Fisher>;

    /// How many samples there are.
    fn count(&self) -> usize;

    /// The factor k of f = k Σ lᵢ: 1 for a sum over the n samples, 1/n for a mean.
    fn scale(&self) -> f64;

    /// Whether it is a sum over samples, and not their mean, which for one sample is the same.
    fn is_sum(&self) -> bool;

    /// The same loss over a batch, the samples with these indices, each as often as it stands there: their sum where
    /// the loss is a sum, their mean where it is a mean; not finite for an index beyond the samples.
    fn batch(&self, at: Point, samples: &[usize]) -> FirstOrder;

    /// What every sample sends forward through the nodes and back, in the samples' order; where there is one hidden unit.
    fn backprop(&self, at: Point) -> Option<Vec<SampleValues>>;

    /// The operations of the network as a graph, from weights and input to what a sample adds to the loss.
    fn computation(&self) -> Computation;

    /// The pieces of a network with one hidden unit.
    fn one_unit(&self) -> Option<OneUnit>;

    /// The network's output o(w; x) for an input.
    fn output(&self, at: Point, x: f64) -> f64;

    /// The outputs for many inputs, in lanes: for pictures, equal to [`SampledLoss::output`] up to the last bits.
    fn outputs(&self, at: Point, xs: &[f64], out: &mut [f64]);

    /// ∂f/∂oᵢ = k l′ where the network answers `output` and `y` is wanted.
    fn output_slope(&self, output: f64, y: f64) -> f64;

    /// The probability of class 1 that an output stands for, σ(o), where the samples are classes and o is a logit.
    fn probability(&self, output: f64) -> Option<f64>;

    /// Every sample's own loss lᵢ, in order; f is their sum times [`SampledLoss::scale`].
    fn sample_losses(&self, at: Point) -> Vec<f64>;

    /// n k ∇lᵢ of every sample, in order: their mean is ∇f. For a mean that is ∇lᵢ itself, for a sum n times it.
    fn sample_gradients(&self, at: Point) -> Vec<Vector>;

    /// For every sample, in order, whether it switches the unit on, u > 0; where there is one rectified unit.
    fn switched_on(&self, at: Point) -> Option<Vec<bool>>;

    /// The part of a box where the unit is off for every sample and the gradient vanishes: a convex polygon,
    /// counter-clockwise, or empty; where there is one rectified unit. Of several layers, a part where the last
    /// unit is off for every input.
    fn dead_region(&self, view: &ViewBox) -> Option<Vec<Point>>;
}
