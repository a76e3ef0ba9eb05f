//! The two sheets an optimizer may believe in at a point: the tangent plane and the osculating paraboloid.

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

/// What a displacement promises and does; changes of the loss, negative where it falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// What the plane promises, g·d.
    pub linear: f64,
    /// What the paraboloid promises, g·d + ½dᵀHd.
    pub quadratic: f64,
    /// What happens, f(w + d) − f(w).
    pub actual: f64,
}

/// Which of the two sheets a method takes for the land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belief {
    /// The tangent plane: methods that ask for gradients alone.
    Plane,
    /// The paraboloid: methods that ask for the Hessian too.
    Quadratic,
}

impl Belief {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Plane => Self::Quadratic,
            Self::Quadratic => Self::Plane,
        }
    }
}

impl Change {
    /// What a sheet promises.
    pub fn promise(&self, belief: Belief) -> f64 {
        match belief {
            Belief::Plane => self.linear,
            Belief::Quadratic => self.quadratic,
        }
    }

    /// ρ = actual / quadratic, the trust ratio; `None` where nothing was promised.
    pub fn trust_ratio(&self) -> Option<f64> {
        let ratio = self.actual / self.quadratic;
        (self.quadratic != 0.0 && ratio.is_finite()).then_some(ratio)
    }

    /// How far the truth lies above a sheet at the landing.
    pub fn gap(&self, belief: Belief) -> f64 {
        self.actual - self.promise(belief)
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

    /// Height of the paraboloid over a point.
    pub fn paraboloid_at(&self, point: Point) -> f64 {
        self.value + self.quadratic(point - self.at)
    }

    /// Promises and result of a displacement; `loss` must be the one the model was made from.
    pub fn change(&self, loss: &dyn Loss, d: Vector) -> Change {
        Change { linear: self.linear(d), quadratic: self.quadratic(d), actual: loss.value(self.at + d) - self.value }
    }

    /// How much of a change f(w + d) − f(w), or of its distance from a sheet, may be rounding: of the losses and of the place.
    pub fn rounding(&self, d: Vector, change: f64) -> f64 {
        let losses = self.value.abs() + (self.value + change).abs();
        let products = |by: Vector| self.gradient.component_mul(&by).abs().sum();
        ROUNDING * (losses + products(d) + products(self.at.coords + d))
    }

    /// Height of a sheet over a point.
    pub fn sheet_at(&self, belief: Belief, point: Point) -> f64 {
        match belief {
            Belief::Plane => self.plane_at(point),
            Belief::Quadratic => self.paraboloid_at(point),
        }
    }

    /// Whether every number of the model is finite.
    pub fn is_finite(&self) -> bool {
        self.value.is_finite()
            && self.gradient.iter().all(|component| component.is_finite())
            && self.hessian.is_finite()
    }
}
