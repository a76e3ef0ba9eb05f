//! Sixteen numbers that go through a formula together.
//!
//! Every operation is a plain loop over sixteen elements, which the compiler turns into vector
//! instructions of whatever width the processor has. A lane's result depends on that lane alone.

use std::array;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::elementary;
use super::real::{FACTORS, Real};
use super::vanishing::{self, Quotient};

/// How many numbers a pack holds: two registers of AVX-512, four of AVX2.
pub const WIDTH: usize = 16;

/// Runs its body for every lane.
///
/// A bare loop: the tests run with little optimization, where each step of an iterator is a call.
macro_rules! for_each_lane {
    ($lane:ident => $body:expr) => {
        let mut $lane = 0;
        while $lane < WIDTH {
            $body;
            $lane += 1;
        }
    };
}

/// A pack of sixteen numbers.
///
/// exp, `exp_m1`, ln, `ln_1p`, log10, log2, sin, cos, sinh, cosh, tanh, sigmoid and softplus are those of
/// [`elementary`], within 1e-14 relative of `f64`'s. The rare functions tan,
/// asin, acos, atan, atan2, cbrt, powf and what is divided by its argument go through `libm` lane by lane; all else is exact.
///
/// It begins where a line of the cache does, so that no vector lies across two.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Lanes(pub [f64; WIDTH]);

impl Lanes {
    /// The first sixteen of `numbers`, or all of them and then the last one again and again.
    ///
    /// Without numbers the pack is zero.
    #[inline(always)]
    pub fn padded(numbers: &[f64]) -> Self {
        let mut spare = [0.0; WIDTH];
        // One of two places in memory, not one of two packs: the compiler would take those apart into sixteen numbers.
        let pack = numbers.first_chunk().unwrap_or_else(|| pad(numbers, &mut spare));
        Self(*pack)
    }

    /// Writes the first lanes to `out`, as many as fit.
    #[inline(always)]
    pub fn store(self, out: &mut [f64]) {
        if let Some(full) = out.first_chunk_mut() {
            *full = self.0;
        } else {
            out.copy_from_slice(&self.0[..out.len()]);
        }
    }

    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let mut out = [0.0; WIDTH];
        for_each_lane!(i => out[i] = f(self.0[i]));
        Self(out)
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let mut out = [0.0; WIDTH];
        for_each_lane!(i => out[i] = f(self.0[i], other.0[i]));
        Self(out)
    }

    /// Whether every angle is one that [`elementary::sin_cos`] can reduce.
    #[inline(always)]
    fn within_reach(self) -> bool {
        let mut all = true;
        for_each_lane!(i => all &= self.0[i].abs() <= elementary::ANGLE_REACH);
        all
    }
}

/// Fills a pack with fewer numbers than it holds.
#[cold]
#[inline(never)]
fn pad<'a>(numbers: &[f64], pack: &'a mut [f64; WIDTH]) -> &'a [f64; WIDTH] {
    let last = numbers.last().copied().unwrap_or(0.0);
    *pack = array::from_fn(|i| numbers.get(i).copied().unwrap_or(last));
    pack
}

/// Sine and cosine of a pack with a large, infinite or NaN angle in it: such lanes go through `libm`.
#[cold]
#[inline(never)]
fn sin_cos_beyond_reach(angles: Lanes) -> (Lanes, Lanes) {
    let each = |x: f64| {
        if x.abs() <= elementary::ANGLE_REACH { elementary::sin_cos(x) } else { (libm::sin(x), libm::cos(x)) }
    };
    (angles.map(|x| each(x).0), angles.map(|x| each(x).1))
}

/// Distances of which some have squares out of range.
#[cold]
#[inline(never)]
fn hypot_beyond_reach(a: Lanes, b: Lanes) -> Lanes {
    a.zip(b, elementary::hypot)
}

/// Implements an operator lane by lane, with a pack and with one number on the right.
macro_rules! lanewise {
    ($($operator:ident $method:ident $sign:tt),*) => {$(
        impl $operator for Lanes {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let mut out = [0.0; WIDTH];
                for_each_lane!(i => out[i] = self.0[i] $sign other.0[i]);
                Self(out)
            }
        }

        impl $operator<f64> for Lanes {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                let mut out = [0.0; WIDTH];
                for_each_lane!(i => out[i] = self.0[i] $sign other);
                Self(out)
            }
        }
    )*};
}

lanewise!(Add add +, Sub sub -, Mul mul *, Div div /);

impl Neg for Lanes {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        let mut out = [0.0; WIDTH];
        for_each_lane!(i => out[i] = -self.0[i]);
        Self(out)
    }
}

/// Implements functions of one number lane by lane: without a closure, which would be compiled once for all vector units.
macro_rules! mapped {
    ($($name:ident = $function:path),* $(,)?) => {$(
        #[inline(always)]
        fn $name(self) -> Self {
            let mut out = [0.0; WIDTH];
            for_each_lane!(i => out[i] = $function(self.0[i]));
            Self(out)
        }
    )*};
}

impl Real for Lanes {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self([value; WIDTH])
    }

    mapped! {
        abs = f64::abs,
        sign = Real::sign,
        sqrt = f64::sqrt,
        floor = f64::floor,
        relu = Real::relu,
        exp = elementary::exp,
        exp_m1 = elementary::exp_m1,
        ln = elementary::ln,
        ln_1p = elementary::ln_1p,
        log10 = elementary::log10,
        log2 = elementary::log2,
        sinh = elementary::sinh,
        cosh = elementary::cosh,
        tanh = elementary::tanh,
        sigmoid = elementary::sigmoid,
        softplus = elementary::softplus,
        cbrt = libm::cbrt,
        tan = libm::tan,
        asin = libm::asin,
        acos = libm::acos,
        atan = libm::atan,
    }

    #[inline(always)]
    fn sin(self) -> Self {
        self.sin_cos().0
    }

    #[inline(always)]
    fn cos(self) -> Self {
        self.sin_cos().1
    }

    #[inline(always)]
    fn sin_cos(self) -> (Self, Self) {
        if !self.within_reach() {
            return sin_cos_beyond_reach(self);
        }
        let mut sin = [0.0; WIDTH];
        let mut cos = [0.0; WIDTH];
        for_each_lane!(i => (sin[i], cos[i]) = elementary::sin_cos(self.0[i]));
        (Self(sin), Self(cos))
    }

    #[inline(always)]
    fn sigmoid_and_slope(self) -> (Self, Self) {
        let mut sigmoid = [0.0; WIDTH];
        let mut slope = [0.0; WIDTH];
        for_each_lane!(i => (sigmoid[i], slope[i]) = elementary::sigmoid_and_slope(self.0[i]));
        (Self(sigmoid), Self(slope))
    }

    #[inline(always)]
    fn softplus_and_slopes(self) -> [Self; 3] {
        let (mut value, mut slope, mut bend) = ([0.0; WIDTH], [0.0; WIDTH], [0.0; WIDTH]);
        for_each_lane!(i => [value[i], slope[i], bend[i]] = elementary::softplus_and_slopes(self.0[i]));
        [value, slope, bend].map(Self)
    }

    #[inline(always)]
    fn tanh_and_slope(self) -> (Self, Self) {
        let mut tanh = [0.0; WIDTH];
        let mut slope = [0.0; WIDTH];
        for_each_lane!(i => (tanh[i], slope[i]) = elementary::tanh_and_slope(self.0[i]));
        (Self(tanh), Self(slope))
    }

    #[inline(always)]
    fn fused(self, factor: Self, addend: Self) -> Self {
        let mut out = [0.0; WIDTH];
        for_each_lane!(i => out[i] = self.0[i].mul_add(factor.0[i], addend.0[i]));
        Self(out)
    }

    #[inline(always)]
    fn hypot(self, other: Self) -> Self {
        let squares = self * self + other * other;
        let mut safe = true;
        for_each_lane!(i => safe &= elementary::is_safe_sum(squares.0[i]));
        if safe { squares.sqrt() } else { hypot_beyond_reach(self, other) }
    }

    #[inline(always)]
    fn over_argument(self, q: Quotient) -> Self {
        self.map(|x| vanishing::over_argument(q, x))
    }

    #[inline(always)]
    fn over_argument_slopes(self, q: Quotient) -> [Self; 3] {
        let each = self.0.map(|x| vanishing::over_argument_slopes(q, x));
        [0, 1, 2].map(|order| Self(each.map(|slopes| slopes[order])))
    }

    #[inline(always)]
    fn wide_product(factors: [Self; FACTORS]) -> Self {
        Self(array::from_fn(|i| elementary::wide_product(factors.map(|factor| factor.0[i]))))
    }

    #[inline(always)]
    fn is_nowhere_from(self, bound: f64) -> bool {
        !self.0.iter().any(|x| *x >= bound)
    }

    #[inline(always)]
    fn atan2(self, x: Self) -> Self {
        self.zip(x, libm::atan2)
    }

    #[inline(always)]
    fn powf(self, exponent: Self) -> Self {
        self.zip(exponent, elementary::pow)
    }

    #[inline(always)]
    fn powc(self, exponent: f64) -> Self {
        self.map(|x| elementary::pow(x, exponent))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.zip(other, Real::min)
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, Real::max)
    }

    #[inline(always)]
    fn select_less(self, other: Self, if_less: Self, otherwise: Self) -> Self {
        let mut out = otherwise.0;
        for_each_lane!(i => out[i] = if self.0[i] < other.0[i] { if_less.0[i] } else { out[i] });
        Self(out)
    }

    #[inline(always)]
    fn select_equal(self, other: Self, if_equal: Self, otherwise: Self) -> Self {
        let mut out = otherwise.0;
        for_each_lane!(i => out[i] = if self.0[i] == other.0[i] { if_equal.0[i] } else { out[i] });
        Self(out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::vanishing::Vanishing;
    use super::*;

    #[test]
    fn a_short_slice_is_padded_and_stored_back() {
        let mut out = [0.0; 3];
        let lanes = Lanes::padded(&[1.0, 2.0, 3.0]);
        lanes.store(&mut out);
        assert_eq!(out, [1.0, 2.0, 3.0], "round trip");
        assert_eq!(lanes.0[3..], [3.0; 13], "padding");
        assert_eq!(Lanes::padded(&[]), Lanes::constant(0.0), "nothing");
    }

    #[test]
    fn one_large_angle_leaves_its_neighbors_alone() {
        let mut angles = Lanes::constant(0.7);
        let (sin, cos) = angles.sin_cos();
        angles.0[3..6].copy_from_slice(&[1e22, f64::INFINITY, f64::NAN]);
        for (mixed, pure, exact) in [
            (angles.sin(), sin, libm::sin(1e22)),
            (angles.cos(), cos, libm::cos(1e22)),
            (angles.sin_cos().0, sin, libm::sin(1e22)),
            (angles.sin_cos().1, cos, libm::cos(1e22)),
        ] {
            assert_eq!(mixed.0[..3], pure.0[..3], "before");
            assert_eq!(mixed.0[6..], pure.0[6..], "after");
            assert_eq!(mixed.0[3], exact, "beyond the reach libm answers");
            assert!(mixed.0[4].is_nan() && mixed.0[5].is_nan(), "no angle");
        }
    }

    #[test]
    fn one_large_distance_leaves_its_neighbors_alone() {
        let (mut a, b) = (Lanes::constant(0.3), Lanes::constant(0.7));
        let pure = a.hypot(b);
        a.0[3] = -1e200;
        let mixed = a.hypot(b);
        assert_eq!([&mixed.0[..3], &mixed.0[4..]], [&pure.0[..3], &pure.0[4..]], "neighbors");
        assert_eq!([mixed.0[3], pure.0[0]], [1e200, Real::hypot(0.3, 0.7)], "in range and out of it");
    }

    #[test]
    fn nan_is_never_swallowed() {
        let nan = Lanes::constant(f64::NAN);
        let one = Lanes::constant(1.0);
        for result in [
            nan.abs(),
            nan.sign(),
            nan.relu(),
            nan.exp(),
            nan.exp_m1(),
            nan.ln(),
            nan.ln_1p(),
            nan.over_argument(Quotient::of(Vanishing::Tanh)),
            nan.log10(),
            nan.log2(),
            nan.hypot(one),
            nan.powc(0.0),
            one.powf(nan),
            nan.tanh_and_slope().1,
            nan.sigmoid_and_slope().1,
            nan.softplus_and_slopes()[0],
            nan.softplus_and_slopes()[1],
            nan.tanh(),
            nan.sinh(),
            nan.cosh(),
            nan.sigmoid(),
            nan.softplus(),
            nan.min(one),
            one.max(nan),
        ] {
            assert!(result.0.iter().all(|x| x.is_nan()), "swallowed a NaN: {result:?}");
        }
        assert_eq!(nan.select_less(one, nan, one), one, "NaN is less than nothing");
        assert_eq!(nan.select_equal(nan, nan, one), one, "NaN equals nothing");
    }
}
