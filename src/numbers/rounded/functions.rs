//! What an error becomes through the elementary functions: by the steepest slope between the numbers that the argument may be, so
//! that the bound is not too small where a function is flat, steep or has a kink at the number itself.

use super::{Rounded, ULP, scaled};
use crate::numbers::real::{FACTORS, Real};
use crate::numbers::vanishing::{self, Quotient};

/// Up to this share of a number its error goes through a power by the slope alone: what is neglected is as small again.
const SMALL_SHARE: f64 = 1e-6;

impl Rounded {
    /// The least size that the exact number may have.
    fn nearest_to_zero(self) -> f64 {
        (self.value.abs() - self.error).max(0.0)
    }

    /// The largest size that it may have.
    fn farthest_from_zero(self) -> f64 {
        self.value.abs() + self.error
    }

    /// The steepest slope of the sigmoid between the numbers that it may be.
    fn steepest_sigmoid(self) -> f64 {
        Real::sigmoid_and_slope(self.nearest_to_zero()).1
    }

    /// The steepest slope of tanh between the numbers that it may be.
    fn steepest_tanh(self) -> f64 {
        Real::tanh_and_slope(self.nearest_to_zero()).1
    }

    /// What the error becomes through a slope that is no more than `bend` away for every unit of the way.
    fn bent(self, slope: f64, bend: f64) -> f64 {
        scaled(self.error, slope.abs() + 0.5 * scaled(self.error, bend))
    }

    /// Through sine or cosine, of this value and slope.
    fn periodic(self, value: f64, slope: f64) -> Self {
        Self::with(value, ULP * value, self.bent(slope, 1.0).min(2.0))
    }

    /// Through arc sine or arc cosine, which are steep at ±1 and there like a root of what is left up to it.
    fn through_arc(self) -> f64 {
        let (left, e) = (1.0 - self.value.abs(), self.error);
        let brought = match () {
            () if e == 0.0 => 0.0,
            () if e <= 0.5 * left => scaled(e, 1.0 / ((left - e) * (2.0 - left)).sqrt()),
            () => 2.0 * (left.max(0.0) + e).sqrt(),
        };
        brought.min(std::f64::consts::PI)
    }

    /// A logarithm of this value, `scale` times the natural one, of a number with this share of an error.
    fn logarithm(self, value: f64, share: f64, scale: f64) -> Self {
        let brought = if share < 1.0 { -libm::log1p(-share) } else { f64::INFINITY };
        // At whole powers of the base the logarithm is exact.
        let own = if self.error == 0.0 && value.fract() == 0.0 { 0.0 } else { ULP * value };
        Self::with(value, own, scale * brought)
    }

    /// One of two numbers; where it is not sure which, as unsure as both.
    fn or_as_unsure_as(self, a: Self, b: Self) -> Self {
        let errors = a.error + b.error;
        let is_sure = errors == 0.0 || (a.value - b.value).abs() > errors;
        if is_sure { self } else { Self { error: a.error.max(b.error), ..self } }
    }

    /// One of two results, by a comparison of numbers that is not sure where they are as near as their errors.
    fn chosen([a, b]: [Self; 2], holds: bool, [if_it_holds, otherwise]: [Self; 2]) -> Self {
        let (chosen, other) = if holds { (if_it_holds, otherwise) } else { (otherwise, if_it_holds) };
        let errors = a.error + b.error;
        let apart = (a.value - b.value).abs();
        let is_sure = errors == 0.0 || errors.is_nan() || apart.is_nan() || apart > errors;
        if is_sure || chosen.value == other.value {
            return chosen;
        }
        Self { error: (chosen.value - other.value).abs() + other.error.max(chosen.error), ..chosen }
    }
}

impl Real for Rounded {
    fn constant(value: f64) -> Self {
        Self::exact(value)
    }

    fn abs(self) -> Self {
        Self { value: self.value.abs(), ..self }
    }

    fn sign(self) -> Self {
        let sign = Real::sign(self.value);
        let is_sure = self.error == 0.0 || self.error < self.value.abs();
        Self { value: sign, error: if is_sure { 0.0 } else { 1.0 + sign.abs() } }
    }

    fn sqrt(self) -> Self {
        let (v, e, root) = (self.value, self.error, self.value.sqrt());
        let own = if root == 0.0 { 0.0 } else { libm::fma(-root, root, v) / (2.0 * root) };
        // The slope is steepest at the lower end, which may be 0.
        let brought = if e <= v { scaled(e, 1.0 / (root + (v - e).sqrt())) } else { (v + e).sqrt() };
        Self::with(root, own, brought)
    }

    fn cbrt(self) -> Self {
        let (v, e, root) = (self.value, self.error, Real::cbrt(self.value));
        let least = (v.abs() - e).max(0.0);
        // Of a root of zero nothing but the size of the error is known.
        let nearest = Real::cbrt(least);
        let slope = 1.0 / (root * root + root.abs() * nearest + nearest * nearest);
        let own = if root * root * root == v { 0.0 } else { ULP * root };
        Self::with(root, own, scaled(e, slope).min(2.0 * Real::cbrt(e)))
    }

    fn exp(self) -> Self {
        let exp = Real::exp(self.value);
        Self::with(exp, ULP * exp, scaled(Real::exp_m1(self.error), exp)).with_underflow()
    }

    fn exp_m1(self) -> Self {
        let value = Real::exp_m1(self.value);
        Self::with(value, ULP * value, scaled(Real::exp_m1(self.error), Real::exp(self.value)))
    }

    fn ln(self) -> Self {
        self.logarithm(Real::ln(self.value), self.share(), 1.0)
    }

    fn ln_1p(self) -> Self {
        let share = if self.error == 0.0 { 0.0 } else { self.error / (1.0 + self.value).abs() };
        self.logarithm(Real::ln_1p(self.value), share, 1.0)
    }

    fn log10(self) -> Self {
        self.logarithm(Real::log10(self.value), self.share(), std::f64::consts::LOG10_E)
    }

    fn log2(self) -> Self {
        self.logarithm(Real::log2(self.value), self.share(), std::f64::consts::LOG2_E)
    }

    fn sin(self) -> Self {
        self.periodic(Real::sin(self.value), Real::cos(self.value))
    }

    fn cos(self) -> Self {
        self.periodic(Real::cos(self.value), Real::sin(self.value))
    }

    fn tan(self) -> Self {
        let tan = Real::tan(self.value);
        let slope = 1.0 + tan * tan;
        // tan(v + e) − tan v = tan e (1 + tan² v)/(1 − tan v tan e): as long as there is no pole between.
        let (small, e) = (Real::tan(self.error), self.error);
        let left = 1.0 - tan.abs() * small;
        let is_beyond = e >= std::f64::consts::FRAC_PI_2 || left <= 0.0;
        Self::with(tan, ULP * tan, if is_beyond { f64::INFINITY } else { scaled(small, slope / left) })
    }

    fn asin(self) -> Self {
        Self::with(Real::asin(self.value), ULP * Real::asin(self.value), self.through_arc())
    }

    fn acos(self) -> Self {
        Self::with(Real::acos(self.value), ULP * Real::acos(self.value), self.through_arc())
    }

    fn atan(self) -> Self {
        let nearest = self.nearest_to_zero();
        let brought = scaled(self.error, 1.0 / (1.0 + nearest * nearest)).min(std::f64::consts::PI);
        let atan = Real::atan(self.value);
        Self::with(atan, ULP * atan, brought)
    }

    fn atan2(self, x: Self) -> Self {
        let distance = Real::hypot(self.value, x.value);
        let off = libm::hypot(self.error, x.error);
        let slopes = [x.value / distance / distance, self.value / distance / distance];
        let angle = Real::atan2(self.value, x.value);
        let turn = off / distance;
        // From as far off as the origin every direction is possible.
        let brought = match () {
            () if off == 0.0 => 0.0,
            () if turn < 0.5 => scaled(self.error, slopes[0]) + scaled(x.error, slopes[1]) + 2.0 * turn * turn,
            () => std::f64::consts::PI,
        };
        Self::with(angle, ULP * angle, brought)
    }

    fn hypot(self, other: Self) -> Self {
        let distance = Real::hypot(self.value, other.value);
        let off = libm::hypot(self.error, other.error);
        let slopes = [self.value / distance, other.value / distance];
        let first = scaled(self.error, slopes[0]) + scaled(other.error, slopes[1]) + off * (off / distance);
        // No distance changes by more than its ends.
        Self::with(distance, ULP * distance, if first < off { first } else { off })
    }

    fn sinh(self) -> Self {
        let sinh = Real::sinh(self.value);
        Self::with(sinh, ULP * sinh, scaled(self.error, Real::cosh(self.farthest_from_zero())))
    }

    fn cosh(self) -> Self {
        let cosh = Real::cosh(self.value);
        Self::with(cosh, ULP * cosh, scaled(self.error, Real::sinh(self.farthest_from_zero())))
    }

    fn tanh(self) -> Self {
        let tanh = Real::tanh(self.value);
        Self::with(tanh, ULP * tanh, scaled(self.error, self.steepest_tanh()).min(2.0))
    }

    fn floor(self) -> Self {
        let (v, e, floor) = (self.value, self.error, Real::floor(self.value));
        // Which whole number is below is not sure where one is as near as the error.
        let is_sure = e == 0.0 || (v - floor >= e && floor + 1.0 - v > e);
        Self { value: floor, error: if is_sure { 0.0 } else { Real::floor(e) + 1.0 } }
    }

    fn powf(self, exponent: Self) -> Self {
        let (a, b) = (self.value, exponent.value);
        let power = Real::powf(a, b);
        let share = self.share();
        let of_base = if share < SMALL_SHARE {
            scaled(share, power * b)
        } else {
            // A base that is not sure to be other than 0: between 0 and the largest power, or at a pole.
            let largest = Real::powf(a.abs() + self.error, b);
            if b < 0.0 && share >= 1.0 { f64::INFINITY } else { largest.max(Real::powf(a.abs() * (1.0 - share), b)) }
        };
        let of_exponent = scaled(exponent.error, power * Real::ln(a.abs()));
        Self::with(power, ULP * power, of_base + if exponent.error == 0.0 { 0.0 } else { of_exponent })
    }

    fn powc(self, exponent: f64) -> Self {
        self.powf(Self::exact(exponent))
    }

    fn min(self, other: Self) -> Self {
        let least = if other.value < self.value || other.value.is_nan() { other } else { self };
        least.or_as_unsure_as(self, other)
    }

    fn max(self, other: Self) -> Self {
        let most = if self.value < other.value || other.value.is_nan() { other } else { self };
        most.or_as_unsure_as(self, other)
    }

    fn relu(self) -> Self {
        // Off, but for what may be above 0.
        if self.value <= 0.0 { Self { value: 0.0, error: (self.value + self.error).max(0.0) } } else { self }
    }

    fn sigmoid(self) -> Self {
        let sigmoid = Real::sigmoid(self.value);
        Self::with(sigmoid, ULP * sigmoid, scaled(self.error, self.steepest_sigmoid()).min(1.0))
    }

    fn sigmoid_and_slope(self) -> (Self, Self) {
        let [share, slope, _] = self.sigmoid_and_slopes();
        (share, slope)
    }

    fn sigmoid_and_slopes(self) -> [Self; 3] {
        let [_, slope, bend] = Real::sigmoid_and_slopes(self.value);
        let steepest = self.steepest_sigmoid();
        // No derivative is larger than the first.
        let bent = self.bent(bend, steepest);
        [
            self.sigmoid(),
            Self::with(slope, ULP * slope, bent),
            Self::with(bend, ULP * bend, scaled(self.error, steepest)),
        ]
    }

    fn tanh_and_slope(self) -> (Self, Self) {
        let (tanh, slope) = Real::tanh_and_slope(self.value);
        let bent = self.bent(2.0 * tanh * slope, 2.0 * self.steepest_tanh());
        (self.tanh(), Self::with(slope, ULP * slope, bent))
    }

    fn softplus(self) -> Self {
        let value = Real::softplus(self.value);
        Self::with(value, ULP * value, scaled(self.error, Real::sigmoid(self.value + self.error)))
    }

    fn softplus_and_slopes(self) -> [Self; 3] {
        let [share, slope, _] = self.sigmoid_and_slopes();
        [self.softplus(), share, slope]
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
        Self::chosen([self, other], self.value < other.value, [if_less, otherwise])
    }

    fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self {
        if self.value == other.value { Self::chosen([self, other], true, [if_equal, otherwise]) } else { otherwise }
    }
}
