//! The ids of the quadratic models' overlays: which of them are on decides whether one that equals another is drawn again.

use super::OverlayId;

/// The method's model.
pub const ASSUMED_MODEL: OverlayId = OverlayId::new("believed");

/// The other local model: the quadratic for a first-order method, the tangent plane for a second-order one.
pub const OTHER: OverlayId = OverlayId::new("other");

/// The quadratic model of Gauss and Newton.
pub const GAUSS_NEWTON: OverlayId = OverlayId::new("gauss_newton");

/// The quadratic model of the Fisher matrix.
pub const FISHER: OverlayId = OverlayId::new("fisher");
