//! Numbers that know how much rounding may have changed them: the value has the bits of the plain number, and beside it goes a
//! bound of its error.
//!
//! A running error analysis: every operation adds its own rounding, which for arithmetic is known exactly, to what its
//! operands bring along. With derivatives on top, `Jet2<Rounded>`, it says which digits of a Hessian are sure.
//! The numbers that enter, and constants, count as exact.
//!
//! Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), section 3.3.

mod functions;
#[cfg(test)]
mod tests;

use std::ops::{Add, Div, Mul, Neg, Sub};

/// What `libm` and the operations built on it are wrong by at most, as a share of the value.
const ULP: f64 = f64::EPSILON;

/// The least number above 0.
const LEAST: f64 = 5e-324;

/// A number and a bound of its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounded {
    /// The number, as it is computed.
    pub value: f64,
    /// How far it may be from the exact result; infinite or NaN where nothing is known.
    pub error: f64,
}

/// What an error becomes through a slope: none of none, also where the other is infinite.
fn scaled(error: f64, slope: f64) -> f64 {
    if error == 0.0 || slope == 0.0 { 0.0 } else { error * slope.abs() }
}

impl Rounded {
    /// A number without an error.
    pub fn exact(value: f64) -> Self {
        Self { value, error: 0.0 }
    }

    /// A result with its own rounding and what its operands bring along.
    fn with(value: f64, own: f64, brought: f64) -> Self {
        Self { value, error: own.abs() + brought }
    }

    /// This number, where a result below the normal numbers may have lost as much as the least of them.
    fn with_underflow(self) -> Self {
        if self.value.abs() < f64::MIN_POSITIVE { Self { error: self.error + LEAST, ..self } } else { self }
    }

    /// The error as a share of the number: its square, or that of its inverse, may be out of range.
    fn share(self) -> f64 {
        if self.error == 0.0 { 0.0 } else { self.error / self.value.abs() }
    }
}

/// What a sum was rounded by (Knuth).
fn rounding_of_sum(a: f64, b: f64, sum: f64) -> f64 {
    let of_b = sum - a;
    (a - (sum - of_b)) + (b - of_b)
}

impl Neg for Rounded {
    type Output = Self;

    fn neg(self) -> Self {
        Self { value: -self.value, ..self }
    }
}

impl Add for Rounded {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let sum = self.value + other.value;
        Self::with(sum, rounding_of_sum(self.value, other.value, sum), self.error + other.error)
    }
}

impl Sub for Rounded {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Rounded {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = self.value * other.value;
        let own = if product.is_infinite() { 0.0 } else { libm::fma(self.value, other.value, -product) };
        // Of two numbers that are rounding alone, so is the product.
        let both = scaled(self.error, other.error);
        let product =
            Self::with(product, own, scaled(self.error, other.value) + scaled(other.error, self.value) + both);
        if self.value == 0.0 || other.value == 0.0 { product } else { product.with_underflow() }
    }
}

impl Div for Rounded {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        let own = libm::fma(-quotient, other.value, self.value) / other.value;
        // One over 0 is infinite, and that is exact.
        let own = if own.is_nan() && !quotient.is_nan() { 0.0 } else { own };
        // By a number that may be 0 there is no quotient.
        let share = other.share();
        let of_other = if share < 1.0 { scaled(share / (1.0 - share), quotient) } else { f64::INFINITY };
        // Of a divisor that is smaller than it is taken for, the error above grows as much.
        let above = if share < 1.0 { self.error / (1.0 - share) } else { f64::INFINITY };
        let brought = if self.error == 0.0 { of_other } else { above / other.value.abs() + of_other };
        let quotient = Self::with(quotient, own, brought);
        if self.value == 0.0 || other.value.is_infinite() { quotient } else { quotient.with_underflow() }
    }
}

/// Implements an operator with a plain number, which is exact.
macro_rules! with_plain {
    ($($Op:ident: $op:ident),*) => {$(
        impl $Op<f64> for Rounded {
            type Output = Self;

            fn $op(self, other: f64) -> Self {
                $Op::$op(self, Self::exact(other))
            }
        }
    )*};
}

with_plain!(Add: add, Sub: sub, Mul: mul, Div: div);
