//! Numbers that carry their first, or first and second, derivatives in two variables.
//!
//! A jet's value has exactly the bits that the plain number would have, and a first-order jet has
//! the first derivatives of a second-order one to the last bit: both come from the same formulas.
//!
//! A derivative is right wherever it can be represented: rules multiply ratios such as u′/u, never squares that may leave
//! the range of a number while the result does not. What cannot be represented is infinite or NaN, not a finite number;
//! 0 stands for an infinite slope only at the very point where it is infinite, such as the root at 0.

mod arithmetic;
mod functions;
#[cfg(test)]
mod precision;
#[cfg(test)]
mod tests;

use super::real::{FACTORS, Real};

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

    /// The derivatives times a number, and the value as it is.
    #[inline(always)]
    fn scaled(self, factor: T) -> Self {
        Self { value: self.value, dx: self.dx * factor, dy: self.dy * factor }
    }

    /// A function of `self` with this value and derivative.
    #[inline(always)]
    fn chain(self, value: T, first: T, _second: T) -> Self {
        Self { value, dx: first * self.dx, dy: first * self.dy }
    }

    /// As [`chain`](Self::chain), the second derivative being `bend` times the square of the first.
    #[inline(always)]
    fn chain_bent(self, value: T, first: T, _bend: T) -> Self {
        self.chain(value, first, first)
    }

    /// A linear function of `self` with this value and slope.
    #[inline(always)]
    fn chain_linear(self, value: T, slope: T) -> Self {
        self.chain(value, slope, slope)
    }

    /// As [`chain`](Self::chain), for a second derivative near 1.
    #[inline(always)]
    fn chain_plain(self, value: T, first: T, second: T) -> Self {
        self.chain(value, first, second)
    }

    /// As [`chain`](Self::chain), for a second derivative between −2 and 2.
    #[inline(always)]
    fn chain_bounded(self, value: T, first: T, second: T) -> Self {
        self.chain(value, first, second)
    }

    /// As [`chain_pair`](Self::chain_pair), the derivatives being products of factors any of which may be huge or tiny.
    fn chain_wide(self, other: Self, value: T, first: [Factors<T>; 2], _second: [Factors<T>; 3]) -> Self {
        let along = |left: T, right: T| first_term(first, [left, right]);
        Self { value, dx: along(self.dx, other.dx), dy: along(self.dy, other.dy) }
    }

    /// A function of `self` and `other` with this value and these partial derivatives.
    #[inline(always)]
    fn chain_pair(self, other: Self, value: T, [a, b]: [T; 2], _second: [T; 3]) -> Self {
        Self { value, dx: a * self.dx + b * other.dx, dy: a * self.dy + b * other.dy }
    }

    /// The distance `value` of (`self`, `other`) from the origin, which lies in the direction `[a, b]`.
    #[inline(always)]
    fn distance(self, other: Self, value: T, [a, b]: [T; 2], _inverse: T) -> Self {
        Self { value, dx: a * self.dx + b * other.dx, dy: a * self.dy + b * other.dy }
    }

    /// The quotient `value` of `self` by `other`; `finite` is the same and `inverse` is 1/`other`,
    /// both 0 where `other` is.
    #[inline(always)]
    fn quotient(self, other: Self, value: T, finite: T, inverse: T) -> Self {
        let (a, b) = (self.scaled(inverse), other.scaled(inverse));
        Self { value, dx: a.dx - finite * b.dx, dy: a.dy - finite * b.dy }
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

    /// The derivatives times a number, and the value as it is.
    #[inline(always)]
    fn scaled(self, factor: T) -> Self {
        let second = [self.dxx * factor, self.dxy * factor, self.dyy * factor];
        Self::with_second(self.first_order().scaled(factor), second)
    }

    /// A function of `self` with this value and these derivatives.
    #[inline(always)]
    fn chain(self, value: T, first: T, second: T) -> Self {
        let (bent_x, bent_y) = (second * self.dx, second * self.dy);
        Self::with_second(
            self.first_order().chain(value, first, second),
            [
                first * self.dxx + bent_x * self.dx,
                // Either slope may take the second derivative out of the range of a number, from which the other brings it back.
                first * self.dxy + second.triple_product(self.dx, self.dy),
                first * self.dyy + bent_y * self.dy,
            ],
        )
    }

    /// As [`chain`](Self::chain), the second derivative being `bend` times the square of the first: it is computed from
    /// slopes that are in range, and not from a power that may not be.
    #[inline(always)]
    fn chain_bent(self, value: T, first: T, bend: T) -> Self {
        let slope = self.first_order().chain(value, first, first);
        let (bent_x, bent_y) = (bend * slope.dx, bend * slope.dy);
        Self::with_second(
            slope,
            [
                first * self.dxx + bent_x * slope.dx,
                first * self.dxy + bend.triple_product(slope.dx, slope.dy),
                first * self.dyy + bent_y * slope.dy,
            ],
        )
    }

    /// As [`chain`](Self::chain), for a second derivative near 1, which takes no slope out of the range of a number.
    #[inline(always)]
    fn chain_plain(self, value: T, first: T, second: T) -> Self {
        Self::with_second(
            self.first_order().chain(value, first, second),
            [
                first * self.dxx + second * self.dx * self.dx,
                first * self.dxy + second * self.dx * self.dy,
                first * self.dyy + second * self.dy * self.dy,
            ],
        )
    }

    /// As [`chain`](Self::chain), for a second derivative between −2 and 2: the larger slope comes first.
    #[inline(always)]
    fn chain_bounded(self, value: T, first: T, second: T) -> Self {
        let (size_x, size_y) = (self.dx.abs(), self.dy.abs());
        let large = size_x.select_less(size_y, self.dy, self.dx);
        let small = size_x.select_less(size_y, self.dx, self.dy);
        Self::with_second(
            self.first_order().chain(value, first, second),
            [
                first * self.dxx + second * self.dx * self.dx,
                first * self.dxy + second * large * small,
                first * self.dyy + second * self.dy * self.dy,
            ],
        )
    }

    /// A linear function of `self` with this value and slope.
    #[inline(always)]
    fn chain_linear(self, value: T, slope: T) -> Self {
        Self { value, ..self.scaled(slope) }
    }

    /// As [`chain_pair`](Self::chain_pair), the derivatives being products of factors any of which may be huge or tiny.
    fn chain_wide(self, other: Self, value: T, first: [Factors<T>; 2], second: [Factors<T>; 3]) -> Self {
        let bent = |a: [T; 2], b: [T; 2]| second_term(second, a, b);
        let (x, y) = ([self.dx, other.dx], [self.dy, other.dy]);
        Self::with_second(
            self.first_order().chain_wide(other.first_order(), value, first, second),
            [
                first_term(first, [self.dxx, other.dxx]) + bent(x, x),
                first_term(first, [self.dxy, other.dxy]) + bent(x, y),
                first_term(first, [self.dyy, other.dyy]) + bent(y, y),
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

    /// The distance `value` of (`self`, `other`) from the origin, which lies in the direction `[a, b]`; `inverse` is
    /// 1/`value`, or 0.
    ///
    /// Its Hessian in the plane of the two is the projection across that direction over the distance.
    #[inline(always)]
    fn distance(self, other: Self, value: T, [a, b]: [T; 2], inverse: T) -> Self {
        let across = [b * self.dx - a * other.dx, b * self.dy - a * other.dy];
        let turning = across.map(|c| c * inverse);
        Self::with_second(
            self.first_order().distance(other.first_order(), value, [a, b], inverse),
            [
                a * self.dxx + b * other.dxx + turning[0] * across[0],
                a * self.dxy + b * other.dxy + inverse.triple_product(across[0], across[1]),
                a * self.dyy + b * other.dyy + turning[1] * across[1],
            ],
        )
    }

    /// The quotient `value` of `self` by `other`; `finite` is the same and `inverse` is 1/`other`,
    /// both 0 where `other` is.
    #[inline(always)]
    fn quotient(self, other: Self, value: T, finite: T, inverse: T) -> Self {
        let q = self.first_order().quotient(other.first_order(), value, finite, inverse);
        // By ratios: a square of `other` may lie outside the range of a number.
        let (a, b) = (self.scaled(inverse), other.scaled(inverse));
        Self::with_second(
            q,
            [
                a.dxx - q.dx * b.dx * 2.0 - finite * b.dxx,
                a.dxy - q.dx * b.dy - q.dy * b.dx - finite * b.dxy,
                a.dyy - q.dy * b.dy * 2.0 - finite * b.dyy,
            ],
        )
    }
}

/// The factors of a derivative.
type Factors<T> = [T; FACTORS - 2];

/// A derivative, given by its factors, times two slopes.
fn term<T: Real>([a, b, c, d, e, f, g]: Factors<T>, left: T, right: T) -> T {
    T::wide_product([a, b, c, d, e, f, g, left, right])
}

/// What the first derivatives by two numbers add to a derivative.
fn first_term<T: Real>([by_a, by_b]: [Factors<T>; 2], [a, b]: [T; 2]) -> T {
    let one = T::constant(1.0);
    term(by_a, a, one) + term(by_b, b, one)
}

/// What the second derivatives add to a second derivative, given the slopes along both directions.
fn second_term<T: Real>([aa, ab, bb]: [Factors<T>; 3], [a, b]: [T; 2], [c, d]: [T; 2]) -> T {
    term(aa, a, c) + term(ab, a, d) + term(ab, b, c) + term(bb, b, d)
}

/// Numbers up to this size, and down to one over it, can be multiplied a few times without a thought.
const MODERATE: f64 = 1e60;

/// A number, or 0 where it is infinite; NaN stays NaN.
#[inline(always)]
fn bounded<T: Real>(x: T) -> T {
    T::constant(f64::MAX).select_less(x.abs(), T::constant(0.0), x)
}

/// 1/x, and 0 at 0, where a slope would be infinite.
#[inline(always)]
fn inverse_or_zero<T: Real>(x: T) -> T {
    let zero = T::constant(0.0);
    x.select_equal(zero, zero, x.recip())
}
