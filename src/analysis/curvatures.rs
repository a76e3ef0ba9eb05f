//! Three curvatures of a network's loss: the Hessian, what Gauss and Newton keep of it, and the Fisher matrix.

use super::LocalModel;
use crate::landscapes::{Fisher, HessianParts, Loss};
use crate::numbers::{Point, Symmetric2};

/// What is smaller than this share of what it is compared with is rounding.
const ROUNDING: f64 = 1e-9;

/// The three at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvatures {
    /// w.
    pub at: Point,
    /// H = G + R.
    pub hessian: Symmetric2,
    /// G, R and the factors they are made of.
    pub parts: HessianParts,
    /// F, where the loss stands for a distribution of y.
    pub fisher: Option<Fisher>,
}

/// How the Gauss–Newton matrix is related to the Hessian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// The same: every output is linear in the weights here, K = 0.
    LinearOutput,
    /// The same: every output is what is wanted, or near enough, l′ = 0.
    NoResiduals,
    /// The same, since what is left out cancels between the samples.
    Cancels,
    /// The Hessian bends down in so many directions, Gauss–Newton in none.
    BendsDown(u8),
    /// Neither bends down, but they differ.
    Apart,
}

impl Curvatures {
    /// The three where a model was made; `None` for what is no network, and where a number is not finite.
    pub fn of(loss: &dyn Loss, model: &LocalModel) -> Option<Self> {
        let parts = loss.hessian_parts(model.at)?;
        let fisher = loss.fisher(model.at).filter(|fisher| fisher.matrix.is_finite());
        let sound = model.is_finite() && parts.gauss_newton.is_finite() && parts.residual.is_finite();
        sound.then_some(Self { at: model.at, hessian: model.hessian, parts, fisher })
    }

    /// How H and G are related.
    pub fn kinship(&self) -> Kinship {
        let HessianParts { gauss_newton, residual, residual_size, output_bend, .. } = self.parts;
        let small = ROUNDING * gauss_newton.norm();
        if output_bend == 0.0 {
            return Kinship::LinearOutput;
        }
        if residual_size <= small {
            return Kinship::NoResiduals;
        }
        if residual.norm() <= ROUNDING * residual_size.max(gauss_newton.norm()) {
            return Kinship::Cancels;
        }
        let down = self.hessian.eigen().values.into_iter().filter(|value| *value < -ROUNDING * self.hessian.norm());
        match down.count() {
            0 => Kinship::Apart,
            count => Kinship::BendsDown(count as u8),
        }
    }
}

/// Whether two matrices are the same but for rounding; one that is not finite is like no other.
pub fn alike(a: Symmetric2, b: Symmetric2) -> bool {
    (a - b).norm() <= ROUNDING * a.norm().max(b.norm())
}

/// How many directions a matrix that never bends down bends up in: 0 where it is zero, 1 where its paraboloid is a trough.
pub fn rank(matrix: Symmetric2) -> usize {
    let [low, high] = matrix.eigen().values;
    usize::from(high > 0.0) + usize::from(low > ROUNDING * high)
}
