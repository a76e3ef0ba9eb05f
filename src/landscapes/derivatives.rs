//! A loss at a point with its derivatives, up to the first or the second order.

use crate::numbers::{Jet1, Jet2, Symmetric2, Vector};

/// Value and gradient at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstOrder {
    /// Loss, f.
    pub value: f64,
    /// ∇f.
    pub gradient: Vector,
}

/// Value, gradient and Hessian at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondOrder {
    /// Loss, f.
    pub value: f64,
    /// ∇f.
    pub gradient: Vector,
    /// ∇²f.
    pub hessian: Symmetric2,
}

impl From<Jet1<f64>> for FirstOrder {
    fn from(jet: Jet1<f64>) -> Self {
        Self { value: jet.value, gradient: Vector::from(alike([jet.dx, jet.dy])) }
    }
}

impl From<Jet2<f64>> for SecondOrder {
    fn from(jet: Jet2<f64>) -> Self {
        let [xx, xy, yy] = alike([jet.dxx, jet.dxy, jet.dyy]);
        Self { value: jet.value, gradient: Vector::from(alike([jet.dx, jet.dy])), hessian: Symmetric2::new(xx, xy, yy) }
    }
}

/// Derivatives of one order; where one of them is NaN, infinite ones become NaN, too. Both mean that the derivative is beyond the
/// range of a number, and an infinity would claim a sign that is not known either.
#[inline]
fn alike<const N: usize>(derivatives: [f64; N]) -> [f64; N] {
    if derivatives.iter().any(|derivative| derivative.is_nan()) { unknown(derivatives) } else { derivatives }
}

/// Kept apart, so that the usual case waits for no comparison.
#[cold]
fn unknown<const N: usize>(derivatives: [f64; N]) -> [f64; N] {
    derivatives.map(|derivative| if derivative.is_infinite() { f64::NAN } else { derivative })
}
