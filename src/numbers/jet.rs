//! Numbers that carry their first, or first and second, derivatives in two variables.
//!
//! A jet's value has exactly the bits that the plain number would have, and a first-order jet has
//! the first derivatives of a second-order one to the last bit: both come from the same formulas.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::real::Real;

/// A value and its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet1<T: Real> {
    /// The value.
    pub value: T,
    /// ∂/∂x.
    pub dx: T,
    /// ∂/∂y.
    pub dy: T,
}

/// A value, its gradient and its Hessian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet2<T: Real> {
    /// The value.
    pub value: T,
    /// ∂/∂x.
    pub dx: T,
    /// ∂/∂y.
    pub dy: T,
    /// ∂²/∂x².
    pub dxx: T,
    /// ∂²/∂x∂y.
    pub dxy: T,
    /// ∂²/∂y².
    pub dyy: T,
}

impl<T: Real> Jet1<T> {
    /// The variable x at `value`.
    #[inline(always)]
    pub fn x(value: T) -> Self {
        Self { dx: T::constant(1.0), ..Self::fixed(value) }
    }

    /// The variable y at `value`.
    #[inline(always)]
    pub fn y(value: T) -> Self {
        Self { dy: T::constant(1.0), ..Self::fixed(value) }
    }

    /// A number that depends on neither variable.
    #[inline(always)]
    pub fn fixed(value: T) -> Self {
        let zero = T::constant(0.0);
        Self { value, dx: zero, dy: zero }
    }

    /// The same operation on every component.
    #[inline(always)]
    fn each(self, f: impl Fn(T) -> T) -> Self {
        Self { value: f(self.value), dx: f(self.dx), dy: f(self.dy) }
    }

    /// The same operation on every pair of components.
    #[inline(always)]
    fn pair(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        Self { value: f(self.value, other.value), dx: f(self.dx, other.dx), dy: f(self.dy, other.dy) }
    }

    /// A function of `self` with this value and derivative.
    #[inline(always)]
    fn chain(self, value: T, first: T, _second: T) -> Self {
        Self { value, dx: first * self.dx, dy: first * self.dy }
    }

    /// A function of `self` and `other` with this value and these partial derivatives.
    #[inline(always)]
    fn chain_pair(self, other: Self, value: T, [a, b]: [T; 2], _second: [T; 3]) -> Self {
        Self { value, dx: a * self.dx + b * other.dx, dy: a * self.dy + b * other.dy }
    }

    /// The quotient `value` of `self` by `other`; `finite` is the same and `inverse` is 1/`other`,
    /// both 0 where infinite.
    #[inline(always)]
    fn quotient(self, other: Self, value: T, finite: T, inverse: T) -> Self {
        Self { value, dx: (self.dx - finite * other.dx) * inverse, dy: (self.dy - finite * other.dy) * inverse }
    }
}

impl<T: Real> Jet2<T> {
    /// The variable x at `value`.
    #[inline(always)]
    pub fn x(value: T) -> Self {
        Self { dx: T::constant(1.0), ..Self::fixed(value) }
    }

    /// The variable y at `value`.
    #[inline(always)]
    pub fn y(value: T) -> Self {
        Self { dy: T::constant(1.0), ..Self::fixed(value) }
    }

    /// A number that depends on neither variable.
    #[inline(always)]
    pub fn fixed(value: T) -> Self {
        let zero = T::constant(0.0);
        Self { value, dx: zero, dy: zero, dxx: zero, dxy: zero, dyy: zero }
    }

    /// Without the second derivatives.
    #[inline(always)]
    pub fn first_order(self) -> Jet1<T> {
        Jet1 { value: self.value, dx: self.dx, dy: self.dy }
    }

    /// The same first-order part, with these second derivatives.
    #[inline(always)]
    fn with_second(first: Jet1<T>, [dxx, dxy, dyy]: [T; 3]) -> Self {
        Self { value: first.value, dx: first.dx, dy: first.dy, dxx, dxy, dyy }
    }

    /// The same operation on every component.
    #[inline(always)]
    fn each(self, f: impl Fn(T) -> T) -> Self {
        let second = [f(self.dxx), f(self.dxy), f(self.dyy)];
        Self::with_second(self.first_order().each(f), second)
    }

    /// The same operation on every pair of components.
    #[inline(always)]
    fn pair(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        let second = [f(self.dxx, other.dxx), f(self.dxy, other.dxy), f(self.dyy, other.dyy)];
        Self::with_second(self.first_order().pair(other.first_order(), f), second)
    }

    /// A function of `self` with this value and these derivatives.
    #[inline(always)]
    fn chain(self, value: T, first: T, second: T) -> Self {
        let (bent_x, bent_y) = (second * self.dx, second * self.dy);
        Self::with_second(
            self.first_order().chain(value, first, second),
            [
                first * self.dxx + bent_x * self.dx,
                first * self.dxy + bent_x * self.dy,
                first * self.dyy + bent_y * self.dy,
            ],
        )
    }

    /// A function of `self` and `other` with this value and these partial derivatives.
    #[inline(always)]
    fn chain_pair(self, other: Self, value: T, first: [T; 2], second: [T; 3]) -> Self {
        let ([a, b], [aa, ab, bb]) = (first, second);
        // The derivatives of a and b along either variable.
        let slope_x = [aa * self.dx + ab * other.dx, ab * self.dx + bb * other.dx];
        let slope_y = [aa * self.dy + ab * other.dy, ab * self.dy + bb * other.dy];
        Self::with_second(
            self.first_order().chain_pair(other.first_order(), value, first, second),
            [
                a * self.dxx + b * other.dxx + slope_x[0] * self.dx + slope_x[1] * other.dx,
                a * self.dxy + b * other.dxy + slope_x[0] * self.dy + slope_x[1] * other.dy,
                a * self.dyy + b * other.dyy + slope_y[0] * self.dy + slope_y[1] * other.dy,
            ],
        )
    }

    /// The quotient `value` of `self` by `other`; `finite` is the same and `inverse` is 1/`other`,
    /// both 0 where infinite.
    #[inline(always)]
    fn quotient(self, other: Self, value: T, finite: T, inverse: T) -> Self {
        let q = self.first_order().quotient(other.first_order(), value, finite, inverse);
        Self::with_second(
            q,
            [
                (self.dxx - q.dx * other.dx * 2.0 - finite * other.dxx) * inverse,
                (self.dxy - q.dx * other.dy - q.dy * other.dx - finite * other.dxy) * inverse,
                (self.dyy - q.dy * other.dy * 2.0 - finite * other.dyy) * inverse,
            ],
        )
    }
}

impl<T: Real> Mul for Jet1<T> {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self {
            value: self.value * other.value,
            dx: self.dx * other.value + self.value * other.dx,
            dy: self.dy * other.value + self.value * other.dy,
        }
    }
}

impl<T: Real> Mul for Jet2<T> {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let (a, b) = (self, other);
        Self::with_second(
            a.first_order() * b.first_order(),
            [
                a.dxx * b.value + a.dx * b.dx * 2.0 + a.value * b.dxx,
                a.dxy * b.value + a.dx * b.dy + a.dy * b.dx + a.value * b.dxy,
                a.dyy * b.value + a.dy * b.dy * 2.0 + a.value * b.dyy,
            ],
        )
    }
}

/// A slope, or 0 where it would be infinite; NaN stays NaN.
#[inline(always)]
fn bounded<T: Real>(slope: T) -> T {
    T::constant(f64::MAX).select_less(slope.abs(), T::constant(0.0), slope)
}

/// Implements for one kind of jet what both have in common: all but the product rule.
macro_rules! jet {
    ($Jet:ident) => {
        impl<T: Real> Neg for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn neg(self) -> Self {
                self.each(|c| -c)
            }
        }

        impl<T: Real> Add for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn add(self, other: Self) -> Self {
                self.pair(other, |a, b| a + b)
            }
        }

        impl<T: Real> Sub for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                self.pair(other, |a, b| a - b)
            }
        }

        impl<T: Real> Div for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn div(self, other: Self) -> Self {
                let value = self.value / other.value;
                self.quotient(other, value, bounded(value), bounded(other.value.recip()))
            }
        }

        impl<T: Real> Add<f64> for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn add(self, other: f64) -> Self {
                Self { value: self.value + other, ..self }
            }
        }

        impl<T: Real> Sub<f64> for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn sub(self, other: f64) -> Self {
                Self { value: self.value - other, ..self }
            }
        }

        impl<T: Real> Mul<f64> for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn mul(self, factor: f64) -> Self {
                self.each(|c| c * factor)
            }
        }

        impl<T: Real> Div<f64> for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn div(self, divisor: f64) -> Self {
                self.each(|c| c / divisor)
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
                let first = bounded(root.recip() * 0.5);
                self.chain(root, first, bounded(first.powi(3) * -2.0))
            }

            #[inline(always)]
            fn cbrt(self) -> Self {
                let root = self.value.cbrt();
                let inverse = bounded(root.recip());
                let first = inverse.square() / 3.0;
                self.chain(root, bounded(first), bounded(first.square() * inverse * -2.0))
            }

            #[inline(always)]
            fn exp(self) -> Self {
                let e = self.value.exp();
                self.chain(e, e, e)
            }

            #[inline(always)]
            fn ln(self) -> Self {
                let inverse = bounded(self.value.recip());
                self.chain(self.value.ln(), inverse, bounded(-inverse.square()))
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
                self.chain(tan, first, tan * first * 2.0)
            }

            #[inline(always)]
            fn asin(self) -> Self {
                let x = self.value;
                let first = bounded(((-x + 1.0) * (x + 1.0)).sqrt().recip());
                self.chain(x.asin(), first, x * first.powi(3))
            }

            #[inline(always)]
            fn acos(self) -> Self {
                let x = self.value;
                let first = bounded(((-x + 1.0) * (x + 1.0)).sqrt().recip());
                self.chain(x.acos(), -first, -x * first.powi(3))
            }

            #[inline(always)]
            fn atan(self) -> Self {
                let x = self.value;
                let first = (x.square() + 1.0).recip();
                self.chain(x.atan(), first, x * first.square() * -2.0)
            }

            #[inline(always)]
            fn atan2(self, x: Self) -> Self {
                let (b, a) = (self.value, x.value);
                let inverse = bounded((a.square() + b.square()).recip());
                // The gradient of the angle is the place, turned by a quarter and inverted in the unit circle.
                let (slope_b, slope_a) = (a * inverse, -b * inverse);
                let bent = slope_a * slope_b * 2.0;
                let twist = slope_a.square() - slope_b.square();
                self.chain_pair(x, b.atan2(a), [slope_b, slope_a], [bent, twist, -bent])
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
                let tanh = self.value.tanh();
                let first = -tanh.square() + 1.0;
                self.chain(tanh, first, tanh * first * -2.0)
            }

            #[inline(always)]
            fn square(self) -> Self {
                self.chain(self.value.square(), self.value * 2.0, T::constant(2.0))
            }

            #[inline(always)]
            fn recip(self) -> Self {
                let inverse = self.value.recip();
                let first = bounded(-inverse.square());
                self.chain(inverse, first, bounded(inverse.powi(3) * 2.0))
            }

            #[inline(always)]
            fn powi(self, n: i32) -> Self {
                let real_n = f64::from(n);
                let first = bounded(self.value.powi(n.saturating_sub(1))) * real_n;
                let second = bounded(self.value.powi(n.saturating_sub(2))) * (real_n * (real_n - 1.0));
                self.chain(self.value.powi(n), first, second)
            }

            #[inline(always)]
            fn powf(self, exponent: Self) -> Self {
                let (a, b) = (self.value, exponent.value);
                let zero = T::constant(0.0);
                let value = a.powf(b);
                let finite = bounded(value);
                let (lower_1, lower_2) = (bounded(a.powf(b - 1.0)), bounded(a.powf(b - 2.0)));
                let ln = zero.select_less(a, a.ln(), zero);
                let first = [lower_1 * b, finite * ln];
                let second = [lower_2 * b * (b - 1.0), lower_1 * (b * ln + 1.0), finite * ln.square()];
                self.chain_pair(exponent, value, first, second)
            }

            #[inline(always)]
            fn powc(self, exponent: f64) -> Self {
                let (a, b) = (self.value, exponent);
                let first = bounded(a.powc(b - 1.0)) * b;
                let second = bounded(a.powc(b - 2.0)) * (b * (b - 1.0));
                self.chain(a.powc(b), first, second)
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
                let p = self.value.sigmoid();
                let first = p * (-p + 1.0);
                self.chain(p, first, first * (-p * 2.0 + 1.0))
            }

            #[inline(always)]
            fn softplus(self) -> Self {
                let p = self.value.sigmoid();
                self.chain(self.value.softplus(), p, p * (-p + 1.0))
            }

            #[inline(always)]
            fn select_less(self, other: Self, if_less: Self, otherwise: Self) -> Self {
                if_less.pair(otherwise, |a, b| self.value.select_less(other.value, a, b))
            }

            #[inline(always)]
            fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self {
                if_equal.pair(otherwise, |a, b| self.value.select_equal(other.value, a, b))
            }
        }
    };
}

jet!(Jet1);
jet!(Jet2);

#[cfg(test)]
mod tests {
    use nalgebra::vector;
    use num_dual::DualNum;
    use proptest::prelude::*;

    use super::*;
    use crate::numbers::{Lanes, ScalarField};

    /// What a jet knows, in the order value, gradient, Hessian.
    fn components<T: Real>(jet: Jet2<T>) -> [T; 6] {
        [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy]
    }

    fn jet2(field: &impl ScalarField, x: f64, y: f64) -> [f64; 6] {
        components(field.value(Jet2::x(x), Jet2::y(y)))
    }

    #[track_caller]
    fn assert_close(what: &str, actual: [f64; 6], expected: [f64; 6], tolerance: f64) {
        let scale = expected.iter().fold(1.0, |scale: f64, c| scale.max(c.abs()));
        let close = |(a, e): (&f64, &f64)| (a - e).abs() <= tolerance * scale;
        assert!(actual.iter().zip(&expected).all(close), "{what}: {actual:?}, not {expected:?}");
    }

    /// A jet's value is the plain number's and its orders agree, to the last bit; so do lanes, nearly.
    #[track_caller]
    fn assert_invariants(field: &impl ScalarField, x: f64, y: f64) {
        let first = field.value(Jet1::x(x), Jet1::y(y));
        let second = field.value(Jet2::x(x), Jet2::y(y)).first_order();
        let bits = |jet: Jet1<f64>| [jet.value, jet.dx, jet.dy].map(f64::to_bits);
        assert_eq!(first.value.to_bits(), field.value(x, y).to_bits(), "the value of a jet");
        assert_eq!(bits(first), bits(second), "the first order of a jet");

        let place = |x: f64| Lanes(std::array::from_fn(|i| x + 0.01 * i as f64));
        let (xs, ys) = (place(x), place(y));
        let lanes = components(field.value(Jet2::x(xs), Jet2::y(ys)));
        assert_eq!(lanes[0], field.value(xs, ys), "the value of a jet of lanes");
        for i in [0, 7, 15] {
            let scalar = jet2(field, xs.0[i], ys.0[i]);
            assert_close("a lane", lanes.map(|pack| pack.0[i]), scalar, 1e-12);
        }
    }

    /// A formula that is the same text for us and for num-dual, or one text for each.
    macro_rules! formulas {
        ($($name:ident($x:ident, $y:ident) = $ours:expr $(, oracle $theirs:expr)?;)*) => {
            proptest! {
                #![proptest_config(ProptestConfig::with_cases(64))]
                $(
                    #[test]
                    fn $name(x in -3.0..3.0, y in -3.0..3.0) {
                        struct Ours;
                        impl ScalarField for Ours {
                            // Compiled once for each kind of number.
                            #[inline(never)]
                            fn value<T: Real>(&self, $x: T, $y: T) -> T {
                                $ours
                            }
                        }
                        fn theirs<D: DualNum<Primitive = f64> + Copy>($x: D, $y: D) -> D {
                            formulas!(@oracle $ours $(, $theirs)?)
                        }
                        let (value, gradient, hessian) = num_dual::hessian(|v| theirs(v[0], v[1]), &vector![x, y]);
                        let expected = [value, gradient[0], gradient[1], hessian[(0, 0)], hessian[(0, 1)], hessian[(1, 1)]];
                        assert_close("num-dual's", jet2(&Ours, x, y), expected, 1e-11);
                        assert_invariants(&Ours, x, y);
                    }
                )*
            }
        };
        (@oracle $ours:expr) => { $ours };
        (@oracle $ours:expr, $theirs:expr) => { $theirs };
    }

    formulas! {
        arithmetic(x, y) = x * x * y - y * y * 3.0 + -x / 2.0 - 1.0;
        a_quotient(x, y) = x * x / (y * y + 1.5 - x * 0.3);
        a_reciprocal(x, y) = (x * y + 11.0).recip();
        a_square(x, y) = (x - y * x).square(), oracle (x - y * x) * (x - y * x);
        square_root(x, y) = (x * x + y * y + x * y + 0.5).sqrt();
        cube_root(x, y) = (x + y * 0.5 + 5.0).cbrt() - (x * x + 1.0 + y * y).cbrt();
        exponential(x, y) = (x * y * 0.5).exp();
        logarithm(x, y) = (x * x + y * y + x * y + 0.5).ln();
        sine(x, y) = (x * y + x).sin();
        cosine(x, y) = (x * y + x).cos();
        tangent(x, y) = (x * 0.3 + x * y * 0.05).tan();
        arc_sine(x, y) = (x * 0.2 + x * y * 0.03).asin();
        arc_cosine(x, y) = (x * 0.2 + x * y * 0.03).acos();
        arc_tangent(x, y) = (x * y + x).atan();
        angle(x, y) = (y + 4.0).atan2(x * y);
        hyperbolic_sine(x, y) = (x * y * 0.3 + x).sinh();
        hyperbolic_cosine(x, y) = (x * y * 0.3 + x).cosh();
        hyperbolic_tangent(x, y) = (x * y * 0.3 + x).tanh();
        integral_powers(x, y) = (x * y).powi(5) * 0.01 + (y + x * 0.1 + 4.0).powi(-3) + x.powi(1) + y.powi(0);
        constant_power(x, y) = (x + y * 0.5 + 5.0).powc(1.7), oracle (x + y * 0.5 + 5.0).powf(1.7);
        real_power(x, y) = (x + 4.0).powf(y * 0.5 + x), oracle (x + 4.0).powd(y * 0.5 + x);
        sigmoid(x, y) = (x * y + x).sigmoid(), oracle ((-(x * y + x)).exp() + 1.0).recip();
        softplus(x, y) = (x * y + x).softplus(), oracle ((x * y + x).exp() + 1.0).ln();
        both_of_sine_and_cosine(x, y) = { let (s, c) = (x * y).sin_cos(); s * c + c };
    }

    /// `f` of the variable x at `x`, with y at 1: its value and first two derivatives.
    fn along(x: f64, f: impl Fn(Jet2<f64>, Jet2<f64>) -> Jet2<f64>) -> [f64; 3] {
        let jet = f(Jet2::x(x), Jet2::y(1.0));
        [jet.value, jet.dx, jet.dxx]
    }

    #[test]
    fn kinks_have_slope_zero() {
        assert_eq!(along(0.0, |x, _| x.abs()), [0.0; 3], "abs at 0");
        assert_eq!(along(-2.0, |x, _| x.abs()), [2.0, -1.0, 0.0], "abs below 0");
        assert_eq!(along(0.0, |x, _| x.relu()), [0.0; 3], "relu at 0");
        assert_eq!(along(2.0, |x, _| x.relu()), [2.0, 1.0, 0.0], "relu above 0");
        assert_eq!(along(2.0, |x, _| x.sign()), [1.0, 0.0, 0.0], "sign");
        assert_eq!(along(2.0, |x, _| x.floor()), [2.0, 0.0, 0.0], "floor");
        let one = Jet2::constant(1.0);
        assert_eq!(along(1.0, |x, _| x.max(one)), [1.0, 1.0, 0.0], "max at a tie");
        assert_eq!(along(1.0, |x, _| one.max(x)), [1.0, 0.0, 0.0], "max at a tie, the other way round");
        assert_eq!(along(2.0, |x, _| (x * x).min(one)), [1.0, 0.0, 0.0], "min");
        assert_eq!(along(2.0, |x, y| y.select_less(x, x * x, y)), [4.0, 4.0, 2.0], "select");
        assert_eq!(along(2.0, |x, y| (y * 2.0).select_equal(x, x * x, y)), [4.0, 4.0, 2.0], "select where equal");
    }

    #[test]
    fn infinite_slopes_are_zero() {
        assert_eq!(along(0.0, |x, _| x.sqrt()), [0.0; 3], "sqrt at 0");
        assert_eq!(along(0.0, |x, y| (x * x + (y - 1.0).square()).sqrt()), [0.0; 3], "distance at 0");
        assert_eq!(along(0.0, |x, _| x.cbrt()), [0.0; 3], "cbrt at 0");
        assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(0.5))), [0.0; 3], "x^0.5 at 0");
        assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(1.0))), [0.0, 1.0, 0.0], "x^1 at 0");
        assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(2.0))), [0.0, 0.0, 2.0], "x^2 at 0");
        assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(0.0))), [1.0, 0.0, 0.0], "x^0 at 0");
        assert_eq!(along(-2.0, |x, _| x.powf(Jet2::constant(3.0))), [-8.0, 12.0, -12.0], "x^3 below 0");
        assert_eq!(along(0.0, |x, _| x.powc(0.5)), [0.0; 3], "x^½ at 0");
        assert_eq!(along(0.0, |x, _| x.powi(1)), [0.0, 1.0, 0.0], "x at 0");
        assert_eq!(along(0.0, |x, _| x.atan2(Jet2::constant(0.0))), [0.0; 3], "angle of the origin");
        let pole = [f64::INFINITY, 0.0, 0.0];
        assert_eq!(along(0.0, |x, y| y / x), pole, "1/x at 0");
        assert_eq!(along(0.0, |x, _| x.recip()), pole, "the reciprocal at 0");
        assert_eq!(along(0.0, |x, _| x.powi(-1)), pole, "x^-1 at 0");
        assert_eq!(along(0.0, |x, _| x.powc(-0.5)), pole, "x^-½ at 0");
        assert_eq!(along(0.0, |x, y| x.powf(-y)), pole, "x^-y at 0");
        assert_eq!(along(0.0, |x, _| x.ln()), [f64::NEG_INFINITY, 0.0, 0.0], "ln at 0");
        assert_eq!(along(1.0, |x, _| x.asin())[1..], [0.0, 0.0], "asin at 1");
        assert_eq!(along(-1.0, |x, _| x.acos())[1..], [0.0, 0.0], "acos at -1");
    }

    #[test]
    fn nothing_is_learned_from_nan() {
        assert!(along(-1.0, |x, _| x.sqrt()).iter().all(|c| c.is_nan()), "sqrt below 0");
        assert!(along(0.0, |x, _| x / x).iter().all(|c| c.is_nan()), "0/0");
        assert!(along(f64::NAN, |x, _| x.relu())[0].is_nan(), "relu of NaN");
    }
}
