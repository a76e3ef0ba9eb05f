//! The plain number: `f64` through the `libm` crate, so that it is the same on every platform.

use super::{FACTORS, Real};
use crate::numbers::vanishing::Quotient;
use crate::numbers::{elementary, vanishing};

impl Real for f64 {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Self::abs(self)
    }

    #[inline(always)]
    fn sign(self) -> Self {
        if self > 0.0 {
            1.0
        } else if self < 0.0 {
            -1.0
        } else {
            self
        }
    }

    // IEEE 754 asks a correctly rounded root of the hardware.
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self::sqrt(self)
    }

    #[inline(always)]
    fn cbrt(self) -> Self {
        libm::cbrt(self)
    }

    #[inline(always)]
    fn exp(self) -> Self {
        libm::exp(self)
    }

    #[inline(always)]
    fn exp_m1(self) -> Self {
        libm::expm1(self)
    }

    #[inline(always)]
    fn ln(self) -> Self {
        libm::log(self)
    }

    #[inline(always)]
    fn ln_1p(self) -> Self {
        libm::log1p(self)
    }

    #[inline(always)]
    fn log10(self) -> Self {
        libm::log10(self)
    }

    #[inline(always)]
    fn log2(self) -> Self {
        libm::log2(self)
    }

    #[inline(always)]
    fn sin(self) -> Self {
        libm::sin(self)
    }

    #[inline(always)]
    fn cos(self) -> Self {
        libm::cos(self)
    }

    #[inline(always)]
    fn tan(self) -> Self {
        libm::tan(self)
    }

    #[inline(always)]
    fn asin(self) -> Self {
        libm::asin(self)
    }

    #[inline(always)]
    fn acos(self) -> Self {
        libm::acos(self)
    }

    #[inline(always)]
    fn atan(self) -> Self {
        libm::atan(self)
    }

    #[inline(always)]
    fn atan2(self, x: Self) -> Self {
        libm::atan2(self, x)
    }

    #[inline(always)]
    fn fused(self, factor: Self, addend: Self) -> Self {
        self.mul_add(factor, addend)
    }

    #[inline(always)]
    fn hypot(self, other: Self) -> Self {
        elementary::hypot(self, other)
    }

    #[inline(always)]
    fn sinh(self) -> Self {
        libm::sinh(self)
    }

    #[inline(always)]
    fn cosh(self) -> Self {
        libm::cosh(self)
    }

    #[inline(always)]
    fn tanh(self) -> Self {
        libm::tanh(self)
    }

    #[inline(always)]
    fn floor(self) -> Self {
        libm::floor(self)
    }

    #[inline(always)]
    fn powf(self, exponent: Self) -> Self {
        elementary::pow(self, exponent)
    }

    #[inline(always)]
    fn powc(self, exponent: f64) -> Self {
        elementary::pow(self, exponent)
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if other < self || other.is_nan() { other } else { self }
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self < other || other.is_nan() { other } else { self }
    }

    #[inline(always)]
    fn relu(self) -> Self {
        if self <= 0.0 { 0.0 } else { self }
    }

    #[inline(always)]
    fn sigmoid(self) -> Self {
        1.0 / (1.0 + libm::exp(-self))
    }

    #[inline(always)]
    fn sigmoid_and_slope(self) -> (Self, Self) {
        elementary::sigmoid_and_slope_of(libm::exp(-self))
    }

    #[inline(always)]
    fn sigmoid_and_slopes(self) -> [Self; 3] {
        /// Within this reach 1 − 2σ has lost digits.
        const NEAR: f64 = 0.25;
        let (p, slope) = self.sigmoid_and_slope();
        let falling = if Self::abs(self) < NEAR { -libm::tanh(0.5 * self) } else { 1.0 - 2.0 * p };
        [p, slope, slope * falling]
    }

    #[inline(always)]
    fn tanh_and_slope(self) -> (Self, Self) {
        let e = libm::exp(-2.0 * Self::abs(self));
        let share = 1.0 / (1.0 + e);
        (libm::tanh(self), (4.0 * e * share) * share)
    }

    #[inline(always)]
    fn softplus_and_slopes(self) -> [Self; 3] {
        let e = libm::exp(-Self::abs(self));
        let [slope, bend] = elementary::softplus_slopes_of(self, e);
        [elementary::positive_part(self) + libm::log1p(e), slope, bend]
    }

    #[inline(always)]
    fn softplus(self) -> Self {
        self.relu() + libm::log1p(libm::exp(-Self::abs(self)))
    }

    #[inline(always)]
    fn over_argument(self, q: Quotient) -> Self {
        vanishing::over_argument(q, self)
    }

    #[inline(always)]
    fn over_argument_slopes(self, q: Quotient) -> [Self; 3] {
        vanishing::over_argument_slopes(q, self)
    }

    #[inline(always)]
    fn triple_product(self, b: Self, c: Self) -> Self {
        elementary::triple_product(self, b, c)
    }

    #[inline(always)]
    fn wide_product(factors: [Self; FACTORS]) -> Self {
        elementary::wide_product(factors)
    }

    #[inline(always)]
    fn is_nowhere_from(self, bound: f64) -> bool {
        self < bound || self.is_nan()
    }

    #[inline(always)]
    fn select_less(self, other: Self, if_less: Self, otherwise: Self) -> Self {
        if self < other { if_less } else { otherwise }
    }

    #[inline(always)]
    fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self {
        if self == other { if_equal } else { otherwise }
    }
}
