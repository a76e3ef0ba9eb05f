//! The elementary functions of jets, each with its first two derivatives.

use std::f64::consts::{LOG2_E, LOG10_E};

use super::{Jet1, Jet2, inverse_or_zero};
use crate::numbers::real::Real;

/// Factors of the derivatives of a power `value` = uᵇ, up to factors of b: s, t, r and c. The derivatives of u are taken
/// times s and those of b times t; then r is the factor of the first derivative and c of the second.
///
/// Where numbers are moderate s is 1/u and t is 1. Elsewhere all of the power may be out of range, but not the `root`
/// |u|^(b/2 − 1): the second derivative is `sign` times its square, and one of them goes with each slope. The root of a
/// large u vanishes before the power does, so t comes from the power itself where that is in range.
#[inline(always)]
fn shares<T: Real>(u: T, value: T, root: T, sign: T) -> [T; 4] {
    let (size, power) = (u.abs(), value.abs());
    let extent = size.max(size.recip()).max(power.max(power.recip()));
    let choose = |moderate: T, wide: T| extent.select_less(T::constant(MODERATE), moderate, wide);
    let [one, least, most] = [1.0, f64::MIN_POSITIVE, f64::MAX].map(T::constant);
    let out_of_range = root * size;
    let half = least.select_less(power, power.select_less(most, power.sqrt(), out_of_range), out_of_range);
    [choose(u.recip(), root), choose(one, half), choose(value, half * u.sign() * sign), choose(value, sign)]
}

/// Numbers up to this size, and down to one over it, can be multiplied a few times without a thought.
const MODERATE: f64 = 1e60;

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
                self.chain(self.value.abs(), self.value.sign(), T::constant(0.0))
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
                self.chain_of_any_size(e, e, e)
            }

            #[inline(always)]
            fn ln(self) -> Self {
                self.logarithm(self.value.ln(), 1.0)
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
                self.chain(sin, cos, -sin)
            }

            #[inline(always)]
            fn cos(self) -> Self {
                let (sin, cos) = self.value.sin_cos();
                self.chain(cos, -sin, -cos)
            }

            #[inline(always)]
            fn sin_cos(self) -> (Self, Self) {
                let (sin, cos) = self.value.sin_cos();
                (self.chain(sin, cos, -sin), self.chain(cos, -sin, -cos))
            }

            #[inline(always)]
            fn tan(self) -> Self {
                let tan = self.value.tan();
                let first = tan.square() + 1.0;
                self.chain_of_any_size(tan, first, tan * first * 2.0)
            }

            #[inline(always)]
            fn asin(self) -> Self {
                let x = self.value;
                let first = inverse_or_zero(((-x + 1.0) * (x + 1.0)).sqrt());
                self.chain_of_any_size(x.asin(), first, x * first.powi(3))
            }

            #[inline(always)]
            fn acos(self) -> Self {
                let x = self.value;
                let first = inverse_or_zero(((-x + 1.0) * (x + 1.0)).sqrt());
                self.chain_of_any_size(x.acos(), -first, -x * first.powi(3))
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
                self.scaled(is_large(inverse, one)).chain_of_any_size(x.atan(), first, second)
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
                self.chain_of_any_size(sinh, cosh, sinh)
            }

            #[inline(always)]
            fn cosh(self) -> Self {
                let (sinh, cosh) = (self.value.sinh(), self.value.cosh());
                self.chain_of_any_size(cosh, sinh, cosh)
            }

            #[inline(always)]
            fn tanh(self) -> Self {
                let (tanh, first) = self.value.tanh_and_slope();
                self.chain(tanh, first, tanh * first * -2.0)
            }

            #[inline(always)]
            fn square(self) -> Self {
                self.chain(self.value.square(), self.value * 2.0, T::constant(2.0))
            }

            #[inline(always)]
            fn recip(self) -> Self {
                let inverse = self.value.recip();
                let finite = self.value.select_equal(T::constant(0.0), T::constant(0.0), inverse);
                self.scaled(finite).chain_of_any_size(inverse, -finite, finite * 2.0)
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
                        self.scaled(share).chain_of_any_size(value, share * base * odd * real_n, odd * bend)
                    }
                    (_, true) => {
                        let share = half(steps.saturating_add(2));
                        self.scaled(share).chain_of_any_size(value, half(steps) * real_n, T::constant(bend))
                    }
                    (_, false) => {
                        let share = half(steps + 1);
                        self.scaled(share).chain_of_any_size(value, share * real_n, base * bend)
                    }
                }
            }

            #[inline(always)]
            fn powf(self, exponent: Self) -> Self {
                let (a, b) = (self.value, exponent.value);
                let (zero, one, two) = (T::constant(0.0), T::constant(1.0), T::constant(2.0));
                let at_zero = |there: T, elsewhere: T| a.select_equal(zero, there, elsewhere);
                let value = a.powf(b);
                let [by_a, by_b, rest, bend] = shares(a, value, a.abs().powf(b * 0.5 - 1.0), a.sign().powf(b));
                // Below zero nothing is known about other exponents.
                let ln = zero.select_less(a, a.ln(), zero);
                let cross = zero.select_less(a, b * ln + 1.0, zero);
                let by_base = at_zero(b.select_equal(one, one, zero), rest * b);
                let by_base_twice = at_zero(b.select_equal(two, two, zero), bend * (b * (b - 1.0)));
                let first = [by_base, at_zero(zero, bend * by_b * ln)];
                let second = [by_base_twice, at_zero(zero, bend * cross), at_zero(zero, bend * ln.square())];
                let base = self.scaled(at_zero(one, by_a));
                base.chain_pair(exponent.scaled(at_zero(one, by_b)), value, first, second)
            }

            #[inline(always)]
            fn powc(self, exponent: f64) -> Self {
                let (a, b) = (self.value, exponent);
                let one = T::constant(1.0);
                let value = a.powc(b);
                if b == 0.0 {
                    return Self::fixed(value);
                }
                let [share, _, rest, bend] = shares(a, value, a.abs().powc(b * 0.5 - 1.0), a.sign().powc(b));
                let at_zero = |there: T, elsewhere: T| a.select_equal(T::constant(0.0), there, elsewhere);
                let first = at_zero(T::constant(if b == 1.0 { 1.0 } else { 0.0 }), rest * b);
                let second = at_zero(T::constant(if b == 2.0 { 2.0 } else { 0.0 }), bend * (b * (b - 1.0)));
                self.scaled(at_zero(one, share)).chain_of_any_size(value, first, second)
            }

            #[inline(always)]
            fn min(self, other: Self) -> Self {
                let nearer = other.select_less(self, other, self);
                Self { value: self.value.min(other.value), ..nearer }
            }

            #[inline(always)]
            fn max(self, other: Self) -> Self {
                let nearer = self.select_less(other, other, self);
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
                let (p, first) = self.value.sigmoid_and_slope();
                self.chain(p, first, first * (-p * 2.0 + 1.0))
            }

            #[inline(always)]
            fn softplus(self) -> Self {
                let (p, slope) = self.value.sigmoid_and_slope();
                self.chain(self.value.softplus(), p, slope)
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
