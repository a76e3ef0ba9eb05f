//! The arithmetic of jets: sums, products and quotients, with each other and with plain numbers.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::{Jet1, Jet2, MODERATE, bounded, inverse_or_zero};
use crate::numbers::real::Real;

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

/// Implements the arithmetic that both kinds of jets have in common: all but the product rule.
macro_rules! arithmetic {
    ($Jet:ident: $($part:ident),*) => {
        impl<T: Real> $Jet<T> {
            /// `wide` where `extent` reaches the bound.
            #[inline(always)]
            pub(super) fn moderate_or(self, wide: Self, extent: T) -> Self {
                let bound = T::constant(MODERATE);
                Self { $($part: extent.select_less(bound, self.$part, wide.$part)),* }
            }
        }

        impl<T: Real> Neg for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn neg(self) -> Self {
                Self { $($part: -self.$part),* }
            }
        }

        impl<T: Real> Add for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn add(self, other: Self) -> Self {
                Self { $($part: self.$part + other.$part),* }
            }
        }

        impl<T: Real> Sub for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                Self { $($part: self.$part - other.$part),* }
            }
        }

        impl<T: Real> Div for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn div(self, other: Self) -> Self {
                let zero = T::constant(0.0);
                let value = self.value / other.value;
                // At a pole the slopes are 0; a quotient that merely overflows has none.
                let finite = other.value.select_equal(zero, bounded(value), value);
                let inverse = inverse_or_zero(other.value);
                self.quotient(other, value, finite, inverse)
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
                Self { $($part: self.$part * factor),* }
            }
        }

        impl<T: Real> Div<f64> for $Jet<T> {
            type Output = Self;

            #[inline(always)]
            fn div(self, divisor: f64) -> Self {
                Self { $($part: self.$part / divisor),* }
            }
        }
    };
}

arithmetic!(Jet1: value, dx, dy);
arithmetic!(Jet2: value, dx, dy, dxx, dxy, dyy);
