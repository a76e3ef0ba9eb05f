//! Layer 0: numbers that know their derivatives, alone or sixteen at a time.
//!
//! A surface is written once, as a function over any [`Real`]. Evaluated over `f64` it gives
//! values, over [`Jet1`] and [`Jet2`] exact derivatives, over [`Lanes`] sixteen points at once;
//! and jets of lanes combine the two.

pub mod batch;
pub mod bisection;
pub mod clipping;
mod dimension;
pub mod elementary;
pub mod jet;
pub mod lanes;
pub mod numerals;
pub mod parallel;
pub mod random;
pub mod real;
mod rounded;
#[cfg(test)]
#[path = "../../tests/it/some.rs"]
pub(crate) mod some;
pub mod symmetric;
pub mod tolerance;
pub mod vanishing;

pub use batch::ScalarField;
pub use dimension::Dimension;
pub use jet::{Jet1, Jet2};
pub use lanes::Lanes;
pub use random::SplitMix64;
pub use real::Real;
pub use rounded::Rounded;
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

/// The least and the largest of some numbers, those that are not numbers aside; +∞ and −∞ of none.
#[inline]
pub fn extremes(values: impl IntoIterator<Item = f64>) -> [f64; 2] {
    values.into_iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)])
}

/// The unit vector along a vector of any size; `None` of zero, and of one that is not finite.
///
/// In place of nalgebra's `try_normalize`, which makes zero of a gradient beyond 1e154.
pub fn direction(vector: Vector) -> Option<Vector> {
    const HUGE: f64 = 1e300;
    let length = length(vector);
    match length {
        0.0 => None,
        _ if length.is_normal() => Some(vector / length),
        // Near the two ends of the numbers the length itself is inexact or infinite.
        _ if length == f64::INFINITY && vector.iter().all(|part| part.is_finite()) => direction(vector / HUGE),
        _ if length.is_subnormal() => direction(vector * HUGE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn zero_and_what_is_not_finite_have_no_direction() {
        for [x, y] in [[0.0, -0.0], [f64::INFINITY, 1.0], [0.0, f64::NEG_INFINITY], [f64::NAN, f64::INFINITY]] {
            assert_eq!(direction(Vector::new(x, y)), None, "({x}, {y})");
        }
    }

    proptest! {
        #[test]
        fn a_direction_has_length_one_and_points_along_a_vector_of_any_size(
            angle in -3.2..3.2, exponent in -320..308i32, scale in 1.0..1.79,
        ) {
            let unit = Vector::new(libm::cos(angle), libm::sin(angle));
            let vector: Vector = unit * scale * 10f64.powi(exponent / 2) * 10f64.powi(exponent - exponent / 2);
            prop_assume!(vector.iter().all(|part| part.is_finite()) && length(vector) > 1e-315);
            let found = direction(vector).unwrap();
            // A number of 1e-315 has eight digits.
            let digits = if exponent < -290 { 1e-7 } else { 4.0 * f64::EPSILON };
            prop_assert!((found.norm() - 1.0).abs() <= 4.0 * f64::EPSILON, "length {}", found.norm());
            prop_assert!((found - unit).amax() <= digits, "{found} for {unit}");
        }
    }
}
