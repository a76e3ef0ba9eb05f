//! Layer 0: numbers that know their derivatives, alone or sixteen at a time.
//!
//! A surface is written once, as a function over any [`Real`]. Evaluated over `f64` it gives
//! values, over [`Jet1`] and [`Jet2`] exact derivatives, over [`Lanes`] sixteen points at once;
//! and jets of lanes combine the two.

pub mod batch;
pub mod bisection;
pub mod clipping;
pub mod elementary;
pub mod jet;
pub mod lanes;
pub mod numerals;
pub mod parallel;
pub mod random;
pub mod real;
pub mod symmetric;
pub mod tolerance;
pub mod vanishing;

pub use batch::ScalarField;
pub use jet::{Jet1, Jet2};
pub use lanes::Lanes;
pub use random::SplitMix64;
pub use real::Real;
pub use symmetric::{Eigen2, Symmetric2};
pub use vanishing::{Quotient, Vanishing};

/// A place in the plane of the two parameters.
pub type Point = nalgebra::Point2<f64>;

/// A displacement, gradient or direction in that plane.
pub type Vector = nalgebra::Vector2<f64>;

/// ‖v‖ of a vector of any size, where the squares of its components may leave the range of a number: a gradient that is
/// 1e-200 long is not zero.
pub fn length(vector: Vector) -> f64 {
    elementary::hypot(vector.x, vector.y)
}
