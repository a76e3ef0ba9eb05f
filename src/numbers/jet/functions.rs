//! The elementary functions of jets, each with its first two derivatives.

use std::f64::consts::{LOG2_E, LOG10_E};

use super::{Jet1, Jet2, MODERATE, inverse_or_zero};
use crate::numbers::Quotient;
use crate::numbers::real::Real;

/// How far a power and its base are from 1, either way, as a factor.
#[inline(always)]
fn extent<T: Real>(base: T, power: T) -> T {
    let (size, power) = (base.abs(), power.abs());
    size.max(size.recip()).max(power.max(power.recip()))
}

/// The factors of uᵇ⁻², and after them `more`: the power itself may be out of range, but not its fourth root.
fn wide_factors<T: Real>(u: T, b: T, more: [T; 3]) -> [T; 7] {
    let root = u.abs().powf((b - 2.0) * 0.25);
    let [first, second, third] = more;
    [root, root, root, root, first, second, third]
}

/// Implements [`Real`] for one kind of jet.
macro_rules! functions {
    ($Jet:ident: $($part:ident),*) => {
        impl<T: Real> $Jet<T> {
            /// The logarithm of this value to a base whose own natural logarithm is 1/`scale`.
            #[inline(always)]
            fn logarithm(self, value: T, scale: f64) -> Self {
                let ratio = self.scaled(inverse_or_zero(self.value));
                ratio.chain(value, T::constant(scale), T::constant(-scale))
            }
        }

        impl<T: Real> Real for $Jet<T> {
            #[inline(always)]
            fn constant(value: f64) -> Self {
                Self::fixed(T::constant(value))
            }

            #[inline(always)]
            fn abs(self) -> Self {
                self.chain_linear(self.value.abs(), self.value.sign())
            }

            #[inline(always)]
            fn sign(self) -> Self {
                Self::fixed(self.value.sign())
            }

            #[inline(always)]
            fn floor(self) -> Self {
                Self::fixed(self.value.floor())
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                let root = self.value.sqrt();
                let infinity = T::constant(f64::INFINITY);
                // Beyond the range of a number nothing is known about the slope.
                let inverse = root.select_less(infinity, inverse_or_zero(root), T::constant(f64::NAN));
                self.chain_bent(root, inverse * 0.5, -inverse)
            }

            #[inline(always)]
            fn cbrt(self) -> Self {
                let root = self.value.cbrt();
                let inverse = inverse_or_zero(root);
                self.chain_bent(root, inverse.square() / 3.0, inverse * -2.0)
            }

            #[inline(always)]
            fn exp(self) -> Self {
                let e = self.value.exp();
                self.chain(e, e, e)
            }

            #[inline(always)]
            fn exp_m1(self) -> Self {
                let e = self.value.exp();
                self.chain(self.value.exp_m1(), e, e)
            }

            #[inline(always)]
            fn ln(self) -> Self {
                self.logarithm(self.value.ln(), 1.0)
            }

            #[inline(always)]
            fn ln_1p(self) -> Self {
                let ratio = self.scaled(inverse_or_zero(self.value + 1.0));
                ratio.chain(self.value.ln_1p(), T::constant(1.0), T::constant(-1.0))
            }

            #[inline(always)]
            fn log10(self) -> Self {
                self.logarithm(self.value.log10(), LOG10_E)
            }

            #[inline(always)]
            fn log2(self) -> Self {
                self.logarithm(self.value.log2(), LOG2_E)
            }

            #[inline(always)]
            fn sin(self) -> Self {
                let (sin, cos) = self.value.sin_cos();
                self.chain_bounded(sin, cos, -sin)
            }

            #[inline(always)]
            fn cos(self) -> Self {
                let (sin, cos) = self.value.sin_cos();
                self.chain_bounded(cos, -sin, -cos)
            }

            #[inline(always)]
            fn sin_cos(self) -> (Self, Self) {
                let (sin, cos) = self.value.sin_cos();
                (self.chain_bounded(sin, cos, -sin), self.chain_bounded(cos, -sin, -cos))
            }

            #[inline(always)]
            fn tan(self) -> Self {
                let tan = self.value.tan();
                let first = tan.square() + 1.0;
                self.chain(tan, first, tan * first * 2.0)
            }

            #[inline(always)]
            fn asin(self) -> Self {
                let x = self.value;
                let first = inverse_or_zero(((-x + 1.0) * (x + 1.0)).sqrt());
                self.chain(x.asin(), first, x * first.powi(3))
            }

            #[inline(always)]
            fn acos(self) -> Self {
                let x = self.value;
                let first = inverse_or_zero(((-x + 1.0) * (x + 1.0)).sqrt());
                self.chain(x.acos(), -first, -x * first.powi(3))
            }

            #[inline(always)]
            fn atan(self) -> Self {
                let x = self.value;
                let one = T::constant(1.0);
                // For a large x the slope is that of −1/x, whose square is not in the way: f′x and f″x² are written in 1/x.
                let inverse = x.recip();
                let is_large = |large: T, small: T| one.select_less(x.abs(), large, small);
                let near = is_large(inverse, x);
                let share = (near.square() + 1.0).recip();
                let first = share * is_large(inverse, one);
                let second = first * share * is_large(one, x) * -2.0;
                self.scaled(is_large(inverse, one)).chain(x.atan(), first, second)
            }

            #[inline(always)]
            fn atan2(self, x: Self) -> Self {
                let (b, a) = (self.value, x.value);
                let (zero, one) = (T::constant(0.0), T::constant(1.0));
                // The larger coordinate is the unit, so that no square is out of range; nowhere at the origin.
                let size = a.abs().max(b.abs());
                let unit = size.select_equal(zero, one, size);
                let (a, b) = (a / unit, b / unit);
                let square = a.square() + b.square();
                let inverse = square.select_equal(zero, zero, square.recip());
                // The gradient of the angle is the place, turned by a quarter and inverted in the unit circle.
                let (slope_b, slope_a) = (a * inverse, -b * inverse);
                let bent = slope_a * slope_b * 2.0;
                let twist = slope_a.square() - slope_b.square();
                let (first, second) = ([slope_b, slope_a], [bent, twist, -bent]);
                let per_unit = unit.recip();
                self.scaled(per_unit).chain_pair(x.scaled(per_unit), self.value.atan2(x.value), first, second)
            }

            #[inline(always)]
            fn hypot(self, other: Self) -> Self {
                let (a, b) = (self.value, other.value);
                let distance = a.hypot(b);
                let inverse = inverse_or_zero(distance);
                self.distance(other, distance, [a * inverse, b * inverse], inverse)
            }

            #[inline(always)]
            fn sinh(self) -> Self {
                let (sinh, cosh) = (self.value.sinh(), self.value.cosh());
                self.chain(sinh, cosh, sinh)
            }

            #[inline(always)]
            fn cosh(self) -> Self {
                let (sinh, cosh) = (self.value.sinh(), self.value.cosh());
                self.chain(cosh, sinh, cosh)
            }

            #[inline(always)]
            fn tanh(self) -> Self {
                let (tanh, first) = self.value.tanh_and_slope();
                self.chain_bounded(tanh, first, tanh * first * -2.0)
            }

            #[inline(always)]
            fn square(self) -> Self {
                self.chain_plain(self.value.square(), self.value * 2.0, T::constant(2.0))
            }

            #[inline(always)]
            fn recip(self) -> Self {
                let inverse = self.value.recip();
                let finite = self.value.select_equal(T::constant(0.0), T::constant(0.0), inverse);
                self.scaled(finite).chain(inverse, -finite, finite * 2.0)
            }

            #[inline(always)]
            fn powi(self, n: i32) -> Self {
                // f″ as c·s²: half of the power goes with each slope, because all of it may be out of range.
                let (value, real_n) = (self.value.powi(n), f64::from(n));
                let bend = real_n * (real_n - 1.0);
                let (base, steps) = if n < 0 {
                    (inverse_or_zero(self.value), n.unsigned_abs())
                } else {
                    (self.value, n.unsigned_abs())
                };
                let half = |steps: u32| base.powi((steps / 2) as i32);
                match (n, n & 1 == 0) {
                    (0, _) => Self::fixed(value),
                    (1, _) => Self { value, ..self },
                    (2.., even) => {
                        let share = half(steps - 2);
                        let odd = if even { T::constant(1.0) } else { base };
                        self.scaled(share).chain(value, share * base * odd * real_n, odd * bend)
                    }
                    (_, true) => {
                        let share = half(steps.saturating_add(2));
                        self.scaled(share).chain(value, half(steps) * real_n, T::constant(bend))
                    }
                    (_, false) => {
                        let share = half(steps + 1);
                        self.scaled(share).chain(value, share * real_n, base * bend)
                    }
                }
            }

            #[inline(always)]
            fn powf(self, exponent: Self) -> Self {
                let (a, b) = (self.value, exponent.value);
                let (zero, one, two) = (T::constant(0.0), T::constant(1.0), T::constant(2.0));
                let at_zero = |there: T, elsewhere: T| a.select_equal(zero, there, elsewhere);
                let value = a.powf(b);
                // Below zero nothing is known about other exponents.
                let ln = zero.select_less(a, a.ln(), zero);
                let cross = zero.select_less(a, b * ln + 1.0, zero);
                let bend = b * (b - 1.0);
                let by_base = at_zero(b.select_equal(one, one, zero), value * b);
                let by_base_twice = at_zero(b.select_equal(two, two, zero), value * bend);
                let first = [by_base, at_zero(zero, value * ln)];
                let second = [by_base_twice, at_zero(zero, value * cross), at_zero(zero, value * ln.square())];
                let base = self.scaled(at_zero(one, a.recip()));
                let moderate = base.chain_pair(exponent, value, first, second);
                let extent = at_zero(one, extent(a, value));
                if extent.is_nowhere_from(MODERATE) {
                    return moderate;
                }
                let factors = |factor: T, others: [T; 2]| wide_factors(a, b, [factor, others[0], others[1]]);
                let sign = a.sign().powf(b);
                let first = [factors(b, [a, sign]), factors(ln, [a, a])];
                let second = [factors(bend, [sign, one]), factors(cross, [a, one]), factors(ln.square(), [a, a])];
                moderate.moderate_or(self.chain_wide(exponent, value, first, second), extent)
            }

            #[inline(always)]
            fn powc(self, exponent: f64) -> Self {
                let (a, b) = (self.value, exponent);
                let (zero, one) = (T::constant(0.0), T::constant(1.0));
                let value = a.powc(b);
                if b == 0.0 {
                    return Self::fixed(value);
                }
                let at_zero = |there: T, elsewhere: T| a.select_equal(zero, there, elsewhere);
                let bend = b * (b - 1.0);
                let first = at_zero(T::constant(if b == 1.0 { 1.0 } else { 0.0 }), value * b);
                let second = at_zero(T::constant(if b == 2.0 { 2.0 } else { 0.0 }), value * bend);
                let moderate = self.scaled(at_zero(one, a.recip())).chain(value, first, second);
                let extent = at_zero(one, extent(a, value));
                if extent.is_nowhere_from(MODERATE) {
                    return moderate;
                }
                let factors = |factor: f64, other: T| {
                    wide_factors(a, T::constant(b), [T::constant(factor), other, a.sign().powc(b)])
                };
                let (first, second, none) = (factors(b, a), factors(bend, one), [zero; 7]);
                let wide = self.chain_wide(Self::fixed(zero), value, [first, none], [second, none, none]);
                moderate.moderate_or(wide, extent)
            }

            #[inline(always)]
            fn min(self, other: Self) -> Self {
                let nearer = other.select_less(self, other, self);
                let nearer = self.select_equal(other, (self + other) * 0.5, nearer);
                Self { value: self.value.min(other.value), ..nearer }
            }

            #[inline(always)]
            fn max(self, other: Self) -> Self {
                let nearer = self.select_less(other, other, self);
                let nearer = self.select_equal(other, (self + other) * 0.5, nearer);
                Self { value: self.value.max(other.value), ..nearer }
            }

            #[inline(always)]
            fn relu(self) -> Self {
                let zero = Self::constant(0.0);
                let active = zero.select_less(self, self, zero);
                Self { value: self.value.relu(), ..active }
            }

            #[inline(always)]
            fn sigmoid(self) -> Self {
                let [p, first, second] = self.value.sigmoid_and_slopes();
                self.chain_bounded(p, first, second)
            }

            #[inline(always)]
            fn softplus(self) -> Self {
                let [value, first, second] = self.value.softplus_and_slopes();
                self.chain_bounded(value, first, second)
            }

            #[inline(always)]
            fn settled(self) -> Self {
                let at_infinity = Self::fixed(self.value);
                let size = Self::fixed(self.value.abs());
                size.select_equal(Self::constant(f64::INFINITY), at_infinity, self)
            }

            fn over_argument(self, q: Quotient) -> Self {
                let [value, first, second] = self.value.over_argument_slopes(q);
                self.chain(value, first, second)
            }

            #[inline(always)]
            fn is_nowhere_from(self, bound: f64) -> bool {
                self.value.is_nowhere_from(bound)
            }

            #[inline(always)]
            fn select_less(self, other: Self, if_less: Self, otherwise: Self) -> Self {
                Self { $($part: self.value.select_less(other.value, if_less.$part, otherwise.$part)),* }
            }

            #[inline(always)]
            fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self {
                Self { $($part: self.value.select_equal(other.value, if_equal.$part, otherwise.$part)),* }
            }
        }
    };
}

functions!(Jet1: value, dx, dy);
functions!(Jet2: value, dx, dy, dxx, dxy, dyy);
