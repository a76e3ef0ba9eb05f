//! The two local models of an optimizer at a point: the tangent plane and the osculating quadratic model.

use crate::landscapes::Loss;
use crate::numbers::{Point, Symmetric2, Vector};

/// A sum below this share of the sizes of what is added may be rounding alone.
pub const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Taylor's expansion of the loss at a point, to second order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalModel {
    /// Where it was made.
    pub at: Point,
    /// f there.
    pub value: f64,
    /// ∇f there.
    pub gradient: Vector,
    /// ∇²f there.
    pub hessian: Symmetric2,
}

/// The change of the loss that each local model predicts for a displacement, and the actual one; negative where the loss falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictedAndActual {
    /// What the plane predicts, g·d.
    pub linear: f64,
    /// What the quadratic model predicts, g·d + ½dᵀHd.
    pub quadratic: f64,
    /// What happens, f(w + d) − f(w).
    pub actual: f64,
}

/// Which of the two local models a method takes for the loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelOrder {
    /// The tangent plane: methods that ask for gradients alone.
    Linear,
    /// The quadratic model: methods that ask for the Hessian too.
    Quadratic,
}

impl ModelOrder {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Linear => Self::Quadratic,
            Self::Quadratic => Self::Linear,
        }
    }
}

impl PredictedAndActual {
    /// What a local model predicts.
    pub fn prediction(&self, order: ModelOrder) -> f64 {
        match order {
            ModelOrder::Linear => self.linear,
            ModelOrder::Quadratic => self.quadratic,
        }
    }

    /// ρ = actual / quadratic, the trust ratio; `None` where nothing was predicted.
    pub fn reduction_ratio(&self) -> Option<f64> {
        let ratio = self.actual / self.quadratic;
        (self.quadratic != 0.0 && ratio.is_finite()).then_some(ratio)
    }

    /// How far the truth lies above a local model at the landing.
    pub fn gap(&self, order: ModelOrder) -> f64 {
        self.actual - self.prediction(order)
    }
}

impl LocalModel {
    /// The expansion of the loss at a point; not finite where the loss is not.
    pub fn new(loss: &dyn Loss, at: Point) -> Self {
        let second = loss.second_order(at);
        Self { at, value: second.value, gradient: second.gradient, hessian: second.hessian }
    }

    /// g·d.
    pub fn linear(&self, d: Vector) -> f64 {
        self.gradient.dot(&d)
    }

    /// g·d + ½dᵀHd.
    pub fn quadratic(&self, d: Vector) -> f64 {
        self.linear(d) + 0.5 * self.hessian.form(d)
    }

    /// Height of the tangent plane over a point.
    pub fn plane_at(&self, point: Point) -> f64 {
        self.value + self.linear(point - self.at)
    }

    /// Height of the quadratic model over a point.
    pub fn paraboloid_at(&self, point: Point) -> f64 {
        self.value + self.quadratic(point - self.at)
    }

    /// Predictions and result of a displacement; `loss` must be the one the model was made from.
    pub fn change(&self, loss: &dyn Loss, d: Vector) -> PredictedAndActual {
        PredictedAndActual {
            linear: self.linear(d),
            quadratic: self.quadratic(d),
            actual: loss.value(self.at + d) - self.value,
        }
    }

    /// How much of a change f(w + d) − f(w), or of its distance from a local model, may be rounding: of the losses and of the place.
    pub fn rounding(&self, d: Vector, change: f64) -> f64 {
        let losses = self.value.abs() + (self.value + change).abs();
        let products = |by: Vector| self.gradient.component_mul(&by).abs().sum();
        ROUNDING * (losses + products(d) + products(self.at.coords + d))
    }

    /// Height of a local model over a point.
    pub fn local_model_at(&self, order: ModelOrder, point: Point) -> f64 {
        match order {
            ModelOrder::Linear => self.plane_at(point),
            ModelOrder::Quadratic => self.paraboloid_at(point),
        }
    }

    /// Whether every number of the model is finite.
    pub fn is_finite(&self) -> bool {
        self.value.is_finite()
            && self.gradient.iter().all(|component| component.is_finite())
            && self.hessian.is_finite()
    }
}
