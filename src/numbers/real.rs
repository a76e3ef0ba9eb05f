//! The one trait that formulas are written against: arithmetic and elementary functions,
//! with every comparison expressed as a select.
//!
//! `f64` implements it in `float.rs`.

mod float;

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::vanishing::Quotient;

/// How many factors a [`wide_product`](Real::wide_product) has.
pub const FACTORS: usize = 9;

/// A real number: one `f64`, a pack of them, or either with its derivatives.
///
/// Comparisons never branch, because a pack may answer them differently in every lane.
/// Conventions at kinks, for types that carry derivatives: abs, relu, sign and floor have slope 0
/// where they have none, and at the very point where a slope is infinite it is 0, so that no `0 · ∞` arises.
/// A slope that is only too large for a number is infinite or NaN.
#[expect(clippy::return_self_not_must_use, reason = "every method would need the attribute")]
pub trait Real:
    Copy
    + Debug
    + Send
    + Sync
    + 'static
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// The number `value`, with no derivative.
    fn constant(value: f64) -> Self;

    /// The absolute value; its slope is [`sign`](Self::sign), hence 0 at 0.
    fn abs(self) -> Self;

    /// −1, 0 or 1; a zero and NaN are returned as they are.
    fn sign(self) -> Self;

    /// The square root, correctly rounded; NaN below zero.
    fn sqrt(self) -> Self;

    /// The cube root, odd.
    fn cbrt(self) -> Self;

    /// eˣ.
    fn exp(self) -> Self;

    /// eˣ − 1, also for a small x to all its digits.
    fn exp_m1(self) -> Self;

    /// The natural logarithm; −∞ at zero, NaN below it.
    fn ln(self) -> Self;

    /// ln(1 + x), also for a small x to all its digits; −∞ at −1, NaN below it.
    fn ln_1p(self) -> Self;

    /// The logarithm to base 10, exact at powers of ten; −∞ at zero, NaN below it.
    fn log10(self) -> Self;

    /// The logarithm to base 2, exact at powers of two; −∞ at zero, NaN below it.
    fn log2(self) -> Self;

    /// The sine of an angle in radians.
    fn sin(self) -> Self;

    /// The cosine of an angle in radians.
    fn cos(self) -> Self;

    /// Sine and cosine together: the bits of both alone, for little more than the price of one.
    #[inline(always)]
    fn sin_cos(self) -> (Self, Self) {
        (self.sin(), self.cos())
    }

    /// The tangent of an angle in radians.
    fn tan(self) -> Self;

    /// The arc sine; NaN outside [−1, 1].
    fn asin(self) -> Self;

    /// The arc cosine; NaN outside [−1, 1].
    fn acos(self) -> Self;

    /// The arc tangent.
    fn atan(self) -> Self;

    /// The angle of the point (`x`, `self`), in (−π, π]; at the origin its slopes are 0.
    fn atan2(self, x: Self) -> Self;

    /// √(x² + y²) for y = `other`, also where the squares are out of range; at the origin its slopes are 0.
    fn hypot(self, other: Self) -> Self;

    /// The hyperbolic sine.
    fn sinh(self) -> Self;

    /// The hyperbolic cosine.
    fn cosh(self) -> Self;

    /// The hyperbolic tangent.
    fn tanh(self) -> Self;

    /// The largest integer not above; its slope is 0 everywhere.
    fn floor(self) -> Self;

    /// x².
    #[inline(always)]
    fn square(self) -> Self {
        self * self
    }

    /// 1/x.
    #[inline(always)]
    fn recip(self) -> Self {
        Self::constant(1.0) / self
    }

    /// x·factor + addend; of numbers, alone or in packs, rounded once.
    #[inline(always)]
    fn fused(self, factor: Self, addend: Self) -> Self {
        self * factor + addend
    }

    /// xⁿ by repeated squaring; a negative power is the reciprocal of the positive one, and x⁰ is 1.
    #[inline(always)]
    fn powi(self, n: i32) -> Self {
        let mut remaining = n.unsigned_abs();
        let mut square = self;
        let mut power = Self::constant(1.0);
        while remaining > 0 {
            if remaining & 1 == 1 {
                power = power * square;
            }
            square = square * square;
            remaining >>= 1;
        }
        if n < 0 { power.recip() } else { power }
    }

    /// x to a real `exponent`; NaN for a negative base unless the exponent is an integer.
    ///
    /// x⁰ and 1ʸ are 1 for numbers only: NaN stays NaN, and 1 to ±∞ and ±∞ to 0 are NaN.
    /// For a base of zero or less the slope with respect to the exponent is taken as 0.
    fn powf(self, exponent: Self) -> Self;

    /// x to a constant `exponent`, as [`powf`](Self::powf).
    fn powc(self, exponent: f64) -> Self;

    /// The lesser; NaN if either is NaN. At a tie its derivatives are the mean of both, so that lesser and greater add up.
    fn min(self, other: Self) -> Self;

    /// The greater; NaN if either is NaN, and at a tie the mean of both derivatives, as PyTorch's `maximum`.
    fn max(self, other: Self) -> Self;

    /// max(x, 0), with slope 0 at 0; NaN stays NaN.
    fn relu(self) -> Self;

    /// 1/(1 + e⁻ˣ); 0 where e⁻ˣ overflows.
    fn sigmoid(self) -> Self;

    /// The sigmoid, and its slope without the cancellation in 1 − σ.
    fn sigmoid_and_slope(self) -> (Self, Self) {
        let p = self.sigmoid();
        (p, p * (-p + 1.0))
    }

    /// The sigmoid with its first two derivatives.
    fn sigmoid_and_slopes(self) -> [Self; 3] {
        let (p, slope) = self.sigmoid_and_slope();
        [p, slope, slope * (-p * 2.0 + 1.0)]
    }

    /// The hyperbolic tangent, and its slope without the cancellation in 1 − tanh².
    fn tanh_and_slope(self) -> (Self, Self) {
        let tanh = self.tanh();
        (tanh, -tanh.square() + 1.0)
    }

    /// ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^−|x|): exact to rounding at both ends.
    fn softplus(self) -> Self;

    /// As [`softplus`](Self::softplus), with its first two derivatives.
    fn softplus_and_slopes(self) -> [Self; 3] {
        let (slope, bend) = self.sigmoid_and_slope();
        [self.softplus(), slope, bend]
    }

    /// The number itself; where it is infinite its slopes are 0.
    fn settled(self) -> Self {
        self
    }

    /// f(x)/x for a function that vanishes like its argument, or what follows its first terms; continued at 0.
    fn over_argument(self, q: Quotient) -> Self;

    /// As [`over_argument`](Self::over_argument), with the first two derivatives, in which nothing cancels near 0.
    fn over_argument_slopes(self, q: Quotient) -> [Self; 3] {
        let constant = Self::constant(f64::NAN);
        [self.over_argument(q), constant, constant]
    }

    /// x·b·c, which is in range if the result is: a product that would leave it on the way is multiplied in another order.
    #[inline(always)]
    fn triple_product(self, b: Self, c: Self) -> Self {
        let (size_b, size_c) = (b.abs(), c.abs());
        let [small, large] = [size_b.select_less(size_c, b, c), size_b.select_less(size_c, c, b)];
        let (size, one) = (self.abs(), Self::constant(1.0));
        let [first, then] = [size.select_less(one, large, small), size.select_less(one, small, large)];
        (self * first) * then
    }

    /// The product of many factors, which is in range if the result is; 0 if one of them is.
    fn wide_product(factors: [Self; FACTORS]) -> Self {
        factors.into_iter().fold(Self::constant(1.0), |product, factor| product * factor)
    }

    /// Whether the number is below a bound, or none at all; of a pack, whether that is so of every one.
    fn is_nowhere_from(self, bound: f64) -> bool;

    /// `if_less` where `self < other`, else `otherwise`; NaN is less than nothing.
    fn select_less(self, other: Self, if_less: Self, otherwise: Self) -> Self;

    /// `if_equal` where `self == other`, else `otherwise`; NaN equals nothing.
    fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self;
}

#[cfg(test)]
mod tests {
    use super::super::vanishing::Vanishing;
    use super::*;

    #[test]
    fn the_sign_of_zero_is_zero_and_nan_is_never_swallowed() {
        assert_eq!([-2.5, 0.0, 1e-300].map(Real::sign), [-1.0, 0.0, 1.0], "sign");
        let nan = f64::NAN;
        let swallowed = [
            nan.sign(),
            nan.relu(),
            nan.sigmoid(),
            nan.softplus(),
            Real::exp_m1(nan),
            Real::ln_1p(nan),
            nan.over_argument(Quotient::of(Vanishing::Sin)),
            nan.triple_product(0.0, 0.0),
            Real::min(nan, 1.0),
            Real::min(1.0, nan),
            Real::max(nan, 1.0),
            Real::max(1.0, nan),
        ];
        assert!(swallowed.iter().all(|x| x.is_nan()), "swallowed a NaN: {swallowed:?}");
        assert_eq!(nan.select_less(1.0, 2.0, 3.0), 3.0, "NaN is less than nothing");
        assert_eq!(nan.select_equal(nan, 2.0, 3.0), 3.0, "NaN equals nothing");
    }

    #[test]
    fn powers_by_squaring() {
        assert_eq!([3, 0, -2, 1].map(|n| 2.0.powi(n)), [8.0, 1.0, 0.25, 2.0], "2^n");
        assert_eq!((-3.0_f64).powi(13), -1_594_323.0, "(-3)^13");
        assert_eq!(Real::powi(1.0, i32::MIN), 1.0, "the least exponent");
        assert_eq!(Real::powi(0.0, -1), f64::INFINITY, "a pole");
    }

    #[test]
    fn softplus_keeps_its_tails() {
        assert_eq!((-40.0).softplus(), libm::exp(-40.0), "left");
        assert_eq!(800.0.softplus(), 800.0, "right");
        assert_eq!((-800.0).sigmoid(), 0.0, "sigmoid");
    }
}
