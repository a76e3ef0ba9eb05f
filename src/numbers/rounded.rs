//! Numbers that know how much rounding may have changed them: the value has the bits of the plain number, and beside it goes a
//! bound of its error.
//!
//! A running error analysis: every operation adds its own rounding, which for arithmetic is known exactly, to what its
//! operands bring along, to first order but in products. With derivatives on top, `Jet2<Rounded>`, it says which digits of a Hessian are sure.
//! The numbers that enter, and constants, count as exact.
//!
//! Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), section 3.3.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::real::{FACTORS, Real};
use super::vanishing::{self, Quotient};

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

/// What an error becomes through a slope: none of none, also where the slope is infinite.
fn scaled(error: f64, slope: f64) -> f64 {
    if error == 0.0 { 0.0 } else { error * slope.abs() }
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

    /// The same, where a result below the normal numbers may have lost as much as the least of them.
    fn with_underflow(self) -> Self {
        if self.value.abs() < f64::MIN_POSITIVE { Self { error: self.error + LEAST, ..self } } else { self }
    }

    /// The error as a share of the number: its square, or that of its inverse, may be out of range.
    fn share(self) -> f64 {
        if self.error == 0.0 { 0.0 } else { self.error / self.value.abs() }
    }

    /// A function of `self` with this value and slope, as `libm` computes it.
    fn through(self, value: f64, slope: f64) -> Self {
        Self::with(value, ULP * value, scaled(self.error, slope))
    }

    /// As [`through`](Self::through), of two numbers.
    fn through_both(self, other: Self, value: f64, slopes: [f64; 2]) -> Self {
        Self::with(value, ULP * value, scaled(self.error, slopes[0]) + scaled(other.error, slopes[1]))
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
        let own = libm::fma(self.value, other.value, -product);
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
        let of_other = scaled(other.share(), quotient);
        let brought = if self.error == 0.0 { of_other } else { self.error / other.value.abs() + of_other };
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

impl Real for Rounded {
    fn constant(value: f64) -> Self {
        Self::exact(value)
    }

    fn abs(self) -> Self {
        Self { value: self.value.abs(), ..self }
    }

    fn sign(self) -> Self {
        Self::exact(Real::sign(self.value))
    }

    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        let own = if root == 0.0 { 0.0 } else { libm::fma(-root, root, self.value) / (2.0 * root) };
        Self::with(root, own, scaled(self.error, 0.5 / root))
    }

    fn cbrt(self) -> Self {
        let root = Real::cbrt(self.value);
        self.through(root, 1.0 / (3.0 * root * root))
    }

    fn exp(self) -> Self {
        let exp = Real::exp(self.value);
        self.through(exp, exp).with_underflow()
    }

    fn exp_m1(self) -> Self {
        self.through(Real::exp_m1(self.value), Real::exp(self.value))
    }

    fn ln(self) -> Self {
        self.through(Real::ln(self.value), 1.0 / self.value)
    }

    fn ln_1p(self) -> Self {
        self.through(Real::ln_1p(self.value), 1.0 / (1.0 + self.value))
    }

    fn log10(self) -> Self {
        self.through(Real::log10(self.value), std::f64::consts::LOG10_E / self.value)
    }

    fn log2(self) -> Self {
        self.through(Real::log2(self.value), std::f64::consts::LOG2_E / self.value)
    }

    fn sin(self) -> Self {
        self.through(Real::sin(self.value), Real::cos(self.value))
    }

    fn cos(self) -> Self {
        self.through(Real::cos(self.value), Real::sin(self.value))
    }

    fn tan(self) -> Self {
        let tan = Real::tan(self.value);
        self.through(tan, 1.0 + tan * tan)
    }

    fn asin(self) -> Self {
        self.through(Real::asin(self.value), 1.0 / ((1.0 - self.value) * (1.0 + self.value)).sqrt())
    }

    fn acos(self) -> Self {
        self.through(Real::acos(self.value), 1.0 / ((1.0 - self.value) * (1.0 + self.value)).sqrt())
    }

    fn atan(self) -> Self {
        self.through(Real::atan(self.value), 1.0 / (1.0 + self.value * self.value))
    }

    fn atan2(self, x: Self) -> Self {
        let distance = Real::hypot(self.value, x.value);
        let slopes = [x.value / distance / distance, self.value / distance / distance];
        self.through_both(x, Real::atan2(self.value, x.value), slopes)
    }

    fn hypot(self, other: Self) -> Self {
        let distance = Real::hypot(self.value, other.value);
        self.through_both(other, distance, [self.value / distance, other.value / distance])
    }

    fn sinh(self) -> Self {
        self.through(Real::sinh(self.value), Real::cosh(self.value))
    }

    fn cosh(self) -> Self {
        self.through(Real::cosh(self.value), Real::sinh(self.value))
    }

    fn tanh(self) -> Self {
        let (tanh, slope) = Real::tanh_and_slope(self.value);
        self.through(tanh, slope)
    }

    fn floor(self) -> Self {
        Self::exact(Real::floor(self.value))
    }

    fn powf(self, exponent: Self) -> Self {
        let (a, b) = (self.value, exponent.value);
        let power = Real::powf(a, b);
        let of_base = scaled(self.share(), power * b);
        Self::with(power, ULP * power, of_base + scaled(exponent.error, power * Real::ln(a.abs())))
    }

    fn powc(self, exponent: f64) -> Self {
        self.powf(Self::exact(exponent))
    }

    fn min(self, other: Self) -> Self {
        if other.value < self.value || other.value.is_nan() { other } else { self }
    }

    fn max(self, other: Self) -> Self {
        if self.value < other.value || other.value.is_nan() { other } else { self }
    }

    fn relu(self) -> Self {
        if self.value <= 0.0 { Self::exact(0.0) } else { self }
    }

    fn sigmoid(self) -> Self {
        let (_, slope) = Real::sigmoid_and_slope(self.value);
        self.through(Real::sigmoid(self.value), slope)
    }

    fn sigmoid_and_slope(self) -> (Self, Self) {
        let [share, slope, bend] = Real::sigmoid_and_slopes(self.value);
        (self.through(share, slope), self.through(slope, bend))
    }

    fn sigmoid_and_slopes(self) -> [Self; 3] {
        let [share, slope, bend] = Real::sigmoid_and_slopes(self.value);
        // The third derivative is at most as large as the first.
        [self.through(share, slope), self.through(slope, bend), self.through(bend, slope)]
    }

    fn tanh_and_slope(self) -> (Self, Self) {
        let (tanh, slope) = Real::tanh_and_slope(self.value);
        (self.through(tanh, slope), self.through(slope, 2.0 * tanh * slope))
    }

    fn softplus(self) -> Self {
        let (slope, _) = Real::sigmoid_and_slope(self.value);
        self.through(Real::softplus(self.value), slope)
    }

    fn softplus_and_slopes(self) -> [Self; 3] {
        let [value, slope, bend] = Real::softplus_and_slopes(self.value);
        [self.through(value, slope), self.through(slope, bend), self.through(bend, bend)]
    }

    fn over_argument(self, q: Quotient) -> Self {
        self.over_argument_slopes(q)[0]
    }

    fn over_argument_slopes(self, q: Quotient) -> [Self; 3] {
        let [value, slope, bend] = vanishing::over_argument_slopes(q, self.value);
        // Far from 0 each slope is a difference of terms as large as the one before it over the argument.
        let far = 1.0 / self.value.abs().max(1.0);
        let sizes =
            [value.abs(), slope.abs() + far * value.abs(), bend.abs() + far * (slope.abs() + far * value.abs())];
        let own = |index: usize| 4.0 * ULP * sizes[index];
        [
            Self::with(value, own(0), scaled(self.error, slope)),
            Self::with(slope, own(1), scaled(self.error, bend)),
            Self::with(bend, own(2), scaled(self.error, sizes[2])),
        ]
    }

    fn wide_product(factors: [Self; FACTORS]) -> Self {
        let product = Real::wide_product(factors.map(|factor| factor.value));
        let shares = factors.iter().map(|factor| factor.share());
        Self::with(product, ULP * FACTORS as f64 * product, scaled(shares.sum(), product))
    }

    fn is_nowhere_from(self, bound: f64) -> bool {
        self.value.is_nowhere_from(bound)
    }

    fn select_less(self, other: Self, if_less: Self, otherwise: Self) -> Self {
        if self.value < other.value { if_less } else { otherwise }
    }

    fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self {
        if self.value == other.value { if_equal } else { otherwise }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::numbers::Jet2;

    /// A formula in which digits are lost, over any kind of number.
    fn lossy<T: Real>(x: T, y: T) -> T {
        (x + 1.0).square() - x * 2.0 - 1.0 + (y.exp() - 1.0 - y) * x.sin()
    }

    #[test]
    fn exact_arithmetic_has_no_error() {
        let [three, four] = [3.0, 4.0].map(Rounded::exact);
        for exact in [three * four + 1.0, three.hypot(four) - 5.0, (three.square() + four.square()).sqrt(), four / 2.0]
        {
            assert!(exact.error <= ULP * 5.0, "{exact:?}");
        }
        assert_eq!((three * four + 1.0).error, 0.0, "whole numbers");
        assert!((Rounded::exact(0.1) + 0.2).error > 0.0, "a rounded sum");
    }

    #[test]
    fn a_root_of_zero_and_a_pole_know_nothing_wrong() {
        let zero = Rounded::exact(0.0);
        assert_eq!(zero.sqrt(), zero, "a root");
        assert_eq!(zero.recip(), Rounded::exact(f64::INFINITY), "a pole");
    }

    proptest! {
        /// Values and derivatives have the bits of the plain jets.
        #[test]
        fn the_value_is_that_of_the_plain_number(x in -5.0..5.0, y in -5.0..5.0) {
            let plain = lossy(Jet2::x(x), Jet2::y(y));
            let rounded = lossy(Jet2::x(Rounded::exact(x)), Jet2::y(Rounded::exact(y)));
            for (plain, rounded) in [(plain.value, rounded.value), (plain.dx, rounded.dx), (plain.dyy, rounded.dyy)] {
                prop_assert_eq!(plain.to_bits(), rounded.value.to_bits());
            }
        }

        /// (1 + x)² − 1 − 2x is x².
        #[test]
        fn the_bound_holds(exponent in -9.0..3.0) {
            let x = libm::exp10(exponent);
            let rounded = lossy(Rounded::exact(x), Rounded::exact(0.0));
            let off = (rounded.value - x * x).abs();
            prop_assert!(off <= rounded.error + 2.0 * ULP * x * x, "{} is off by {}", rounded.error, off);
            prop_assert!(rounded.error <= 4.0 * ULP * (1.0 + x) * (1.0 + x), "too wide: {}", rounded.error);
        }
    }
}
