//! Symmetric 2 × 2 matrices: what a Hessian is, with everything a step needs of one.
//!
//! The Hessian of a loss of one weight is the number `xx`. It says so of itself, so that all that is computed with it is of one
//! dimension: it has one eigenvalue, it is singular only where that is zero, and its solutions lie along x.

use std::ops::{Add, Mul, Sub};

use super::{Dimension, Real, Vector};

/// The matrix with rows (`xx`, `xy`) and (`xy`, `yy`), or the number `xx`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Symmetric2 {
    /// The first diagonal entry.
    pub xx: f64,
    /// The entry off the diagonal.
    pub xy: f64,
    /// The second diagonal entry.
    pub yy: f64,
    /// Whether it is a matrix, or of one weight the number `xx`; `xy` and `yy` are 0 then.
    pub dimension: Dimension,
}

/// The eigenvalues of a symmetric matrix, ascending, and orthonormal eigenvectors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eigen2 {
    /// The eigenvalues, the lesser first. With one weight both are the only one there is, so that the least and the largest are
    /// right.
    pub values: [f64; 2],
    /// Their eigenvectors; the second is the first turned by a quarter, counter-clockwise.
    pub vectors: [Vector; 2],
    /// How many of them there are.
    pub dimension: Dimension,
}

impl Eigen2 {
    /// Every eigenvalue once: the first alone where there is one weight.
    pub fn spectrum(&self) -> &[f64] {
        &self.values[..self.dimension.count()]
    }
}

impl Symmetric2 {
    /// The matrix with rows (`xx`, `xy`) and (`xy`, `yy`).
    #[inline]
    pub const fn new(xx: f64, xy: f64, yy: f64) -> Self {
        Self { xx, xy, yy, dimension: Dimension::Two }
    }

    /// The second derivative of a loss of one weight.
    #[inline]
    pub const fn of_one_weight(xx: f64) -> Self {
        Self { xx, xy: 0.0, yy: 0.0, dimension: Dimension::One }
    }

    /// The identity.
    pub const fn identity(dimension: Dimension) -> Self {
        match dimension {
            Dimension::One => Self::of_one_weight(1.0),
            Dimension::Two => Self::new(1.0, 0.0, 1.0),
        }
    }

    /// Q diag(`values`) Qᵀ: the eigenvectors of `eigen` with other eigenvalues.
    pub fn with_spectrum(eigen: &Eigen2, values: [f64; 2]) -> Self {
        let [p, q] = eigen.vectors;
        let [a, b] = values;
        if eigen.dimension.is_one() {
            return Self::of_one_weight(a);
        }
        Self::new(a * p.x * p.x + b * q.x * q.x, a * p.x * p.y + b * q.x * q.y, a * p.y * p.y + b * q.y * q.y)
    }

    /// Eigenvalues m ∓ r, with m the mean of the diagonal and r = hypot of half its difference and `xy`.
    ///
    /// Each eigenvalue is good to a rounding of the larger one's magnitude. The first eigenvector is
    /// the longer of two formulas that are exact in theory, so that neither cancellation nor a
    /// diagonal matrix spoils it; for a multiple of the identity it is (1, 0).
    pub fn eigen(self) -> Eigen2 {
        let Self { xx, xy, yy, dimension } = self;
        if dimension.is_one() {
            return Eigen2 { values: [xx; 2], vectors: [Vector::x(), Vector::y()], dimension };
        }
        let mean = f64::midpoint(xx, yy);
        let radius = libm::hypot((xx - yy) / 2.0, xy);
        let values = [mean - radius, mean + radius];
        let first = if radius == 0.0 { Vector::x() } else { longer_unit([xy, values[0] - xx], [values[0] - yy, xy]) };
        Eigen2 { values, vectors: [first, Vector::new(-first.y, first.x)], dimension }
    }

    /// A⁻¹ by its spectrum; not finite where A is singular.
    #[must_use]
    pub fn inverse(self) -> Self {
        let eigen = self.eigen();
        Self::with_spectrum(&eigen, eigen.values.map(f64::recip))
    }

    /// xx·yy − xy², the product of the eigenvalues.
    pub fn determinant(self) -> f64 {
        match self.dimension {
            Dimension::One => self.xx,
            Dimension::Two => self.xx * self.yy - self.xy * self.xy,
        }
    }

    /// xx + yy.
    pub fn trace(self) -> f64 {
        self.xx + self.yy
    }

    /// The spectral norm: the larger magnitude of the two eigenvalues.
    pub fn norm(self) -> f64 {
        let [low, high] = self.eigen().values;
        low.abs().max(high.abs())
    }

    /// The solution of A v = `right`, or `None` where the matrix is singular to working precision.
    ///
    /// Gaussian elimination around the entry of largest magnitude, with the remainder of its one
    /// division carried along: the error is a few roundings of the solution's length, whatever the
    /// condition. Singular means that a change of one entry by four roundings of its own size
    /// would make it so exactly, which no scaling of rows and columns can hide or feign.
    /// `None` also if an entry is not finite or the solution overflows.
    pub fn solve(self, right: Vector) -> Option<Vector> {
        let Self { xx, xy, yy, dimension } = self;
        if dimension.is_one() {
            let x = right.x / xx;
            return (xx.is_finite() && xx != 0.0 && x.is_finite()).then_some(Vector::new(x, 0.0));
        }
        let solution = Vector::from(solution([xx, xy, yy], [right.x, right.y]));
        (self.is_finite() && solution.iter().all(|c| c.is_finite())).then_some(solution)
    }

    /// A v.
    #[inline]
    pub fn apply(self, v: Vector) -> Vector {
        Vector::new(self.xx * v.x + self.xy * v.y, self.xy * v.x + self.yy * v.y)
    }

    /// vᵀA v: twice the second-order change along `v`.
    #[inline]
    pub fn form(self, v: Vector) -> f64 {
        v.dot(&self.apply(v))
    }

    /// Whether every entry is finite.
    pub fn is_finite(self) -> bool {
        self.xx.is_finite() && self.xy.is_finite() && self.yy.is_finite()
    }

    /// `factor`·A.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self { xx: self.xx * factor, xy: self.xy * factor, yy: self.yy * factor, ..self }
    }

    /// A + `mu`·I.
    #[must_use]
    pub fn plus_identity(self, mu: f64) -> Self {
        let yy = if self.dimension.is_one() { self.yy } else { self.yy + mu };
        Self { xx: self.xx + mu, yy, ..self }
    }
}

impl Add for Symmetric2 {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self { xx: self.xx + other.xx, xy: self.xy + other.xy, yy: self.yy + other.yy, ..self }
    }
}

impl Sub for Symmetric2 {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + other.scaled(-1.0)
    }
}

impl Mul<Vector> for Symmetric2 {
    type Output = Vector;

    #[inline]
    fn mul(self, v: Vector) -> Vector {
        self.apply(v)
    }
}

/// The longer of two vectors, at a tie the first, brought to length 1.
fn longer_unit(a: [f64; 2], b: [f64; 2]) -> Vector {
    let [length_a, length_b] = [a, b].map(|[x, y]| libm::hypot(x, y));
    let ([x, y], length) = if length_a >= length_b { (a, length_a) } else { (b, length_b) };
    Vector::new(x / length, y / length)
}

/// The solution of A v = `right` for a matrix with the entries xx, xy, yy; see [`Symmetric2::solve`]. NaN where it is singular.
///
/// Without a branch, so that sixteen can be solved together.
#[inline(always)]
pub fn solution<T: Real>([xx, xy, yy]: [T; 3], [right_x, right_y]: [T; 2]) -> [T; 2] {
    // The entry of largest magnitude first.
    let sizes = [xx.abs(), xy.abs(), yy.abs()];
    let [a, b] = [by_largest(sizes, [xy, xx, yy]), by_largest(sizes, [yy, xy, xy])];
    let [c, d] = [by_largest(sizes, [xx, xy, xy]), by_largest(sizes, [xy, yy, xx])];
    let first = by_largest(sizes, [right_y, right_x, right_y]);
    let second = by_largest(sizes, [right_x, right_y, right_x]);
    let [u, v] = eliminate([[a, b], [c, d]], [first, second]);
    [by_largest(sizes, [u, u, v]), by_largest(sizes, [v, v, u])]
}

/// The first of three numbers where xy is the largest of the sizes of xx, xy, yy, the second where it is xx, the third where it
/// is yy.
#[inline(always)]
fn by_largest<T: Real>([size_xx, size_xy, size_yy]: [T; 3], [xy, xx, yy]: [T; 3]) -> T {
    let on_diagonal = size_xx.select_less(size_yy, size_yy, size_xx);
    on_diagonal.select_less(size_xy, xy, size_xx.select_less(size_yy, yy, xx))
}

/// Solves a 2 × 2 system whose first entry is its largest; see [`Symmetric2::solve`]. NaN where it is singular.
///
/// `fused` rounds once by definition, with or without the instruction for it.
#[inline(always)]
fn eliminate<T: Real>([[a, b], [c, d]]: [[T; 2]; 2], [first, second]: [T; 2]) -> [T; 2] {
    // A division takes as long as all the rest of it: what is divided by the first entry is multiplied by its reciprocal.
    let reciprocal = T::constant(1.0) / a;
    let multiplier = c * reciprocal;
    let remainder = (-multiplier).fused(a, c) * reciprocal;
    let pivot = (-multiplier).fused(b, d) - remainder * b;
    let v = ((-multiplier).fused(first, second) - remainder * first) / pivot;
    let u = (-b).fused(v, first) * reciprocal;
    let nothing = T::constant(f64::NAN);
    // Written so that NaN, too, counts as singular.
    let bound = d.abs() * (4.0 * f64::EPSILON);
    [bound.select_less(pivot.abs(), u, nothing), bound.select_less(pivot.abs(), v, nothing)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matrix() -> impl Strategy<Value = Symmetric2> {
        [-1e3..1e3, -1e3..1e3, -1e3..1e3].prop_map(|[xx, xy, yy]| Symmetric2::new(xx, xy, yy))
    }

    proptest! {
        #[test]
        fn the_spectrum_rebuilds_the_matrix(a in matrix()) {
            let eigen = a.eigen();
            let [p, q] = eigen.vectors;
            let small = 1e-14 * a.norm();
            prop_assert!(eigen.values[0] <= eigen.values[1], "ascending");
            prop_assert!((p.norm() - 1.0).abs() < 1e-15, "unit length");
            prop_assert_eq!(q, Vector::new(-p.y, p.x), "a quarter turn");
            for (value, v) in eigen.values.into_iter().zip([p, q]) {
                prop_assert!((a * v - v * value).norm() <= small, "A v is not a multiple of v");
                prop_assert!((a.form(v) - value).abs() <= small, "the form along an eigenvector");
            }
            let rebuilt = Symmetric2::with_spectrum(&eigen, eigen.values);
            prop_assert!((rebuilt.xx - a.xx).abs() + (rebuilt.xy - a.xy).abs() + (rebuilt.yy - a.yy).abs() <= small, "rebuilt");
        }

        /// Integers leave the right side without rounding, so the true solution is known.
        #[test]
        fn solutions_are_accurate_whatever_the_condition(
            [xx, xy, yy, x, y] in prop::array::uniform5(-1_000_000..1_000_000_i32),
            near in -3..3_i32,
        ) {
            // Half of the matrices are as close to singular as integers allow.
            let nearly = (f64::from(xy) * f64::from(xy) / f64::from(xx)).round() + f64::from(near);
            for yy in [f64::from(yy), nearly] {
                let a = Symmetric2::new(xx.into(), xy.into(), yy);
                let v = Vector::new(x.into(), y.into());
                if xx != 0 && nearly.abs() < 1e9 && a.determinant() != 0.0 {
                    let solution = a.solve(a * v).expect("regular");
                    prop_assert!((solution - v).norm() <= 1e-15 * v.norm(), "{:?} is not {:?}", solution, v);
                }
            }
        }
    }

    #[test]
    fn eigenvectors_of_special_matrices() {
        let axes = [Vector::x(), Vector::y()];
        assert_eq!(Symmetric2::new(3.0, 0.0, 3.0).eigen().vectors, axes, "a multiple of the identity");
        assert_eq!(Symmetric2::new(0.0, 0.0, 0.0).eigen().values, [0.0; 2], "zero");
        let diagonal = Symmetric2::new(5.0, 0.0, -2.0).eigen();
        assert_eq!(diagonal.values, [-2.0, 5.0], "a diagonal matrix");
        assert_eq!(diagonal.vectors[0].y.abs(), 1.0, "the lesser one's axis");
        let eigen = Symmetric2::new(0.0, 1.0, 0.0).eigen();
        assert_eq!(eigen.values, [-1.0, 1.0], "a saddle");
        assert!((eigen.vectors[0].x + eigen.vectors[0].y).abs() < 1e-16, "along the antidiagonal");
        assert!(Symmetric2::new(f64::NAN, 0.0, 1.0).eigen().values[0].is_nan(), "NaN");
    }

    #[test]
    fn singular_matrices_are_refused() {
        let singular =
            [[4.0, 0.0, 0.0], [0.0, 0.0, 4.0], [0.0; 3], [1.0, 2.0, 4.0], [0.1, 0.3, 0.9], [1e-200, 1e-50, 1e100]];
        for [xx, xy, yy] in singular {
            let a = Symmetric2::new(xx, xy, yy);
            assert_eq!(a.solve(Vector::new(1.0, 1.0)), None, "{a:?}");
        }
        for bad in [f64::NAN, f64::INFINITY] {
            assert_eq!(Symmetric2::new(1.0, 0.0, bad).solve(Vector::x()), None, "{bad}");
        }
        assert_eq!(Symmetric2::new(1e-200, 0.0, 1.0).solve(Vector::x() * 1e200), None, "overflow");
    }

    #[test]
    fn bad_scaling_is_not_singularity() {
        let v = Vector::new(3.0, -2.0);
        for [xx, xy, yy] in [
            [1e-300, 0.0, 1e300],
            [1e200, 1e100, 2.0],
            [1e-200, 5e-101, 1.0],
            [1.0, 1e150, -1e-150],
            [0.0, 1e-200, 0.0],
            [802.0, -400.0, 200.0],
        ] {
            let a = Symmetric2::new(xx, xy, yy);
            let solution = a.solve(a * v).expect("regular");
            assert!((a * solution - a * v).norm() <= 4e-16 * a.norm() * v.norm(), "{a:?}: {solution:?}");
        }
    }

    proptest! {
        /// With one weight everything is of one dimension: no second eigenvalue, no other direction.
        #[test]
        fn the_number_of_one_weight_is_no_singular_matrix(xx in -1e3..1e3_f64, mu in 0.0..10.0_f64, v in -5.0..5.0_f64) {
            prop_assume!(xx != 0.0 && xx + mu != 0.0);
            let a = Symmetric2::of_one_weight(xx);
            prop_assert_eq!(a.solve(Vector::new(v, 7.0)), Some(Vector::new(v / xx, 0.0)), "along x alone");
            prop_assert_eq!(a.eigen().spectrum().to_vec(), vec![xx]);
            prop_assert_eq!([a.determinant(), a.trace(), a.norm(), a.form(Vector::new(v, 7.0))], [xx, xx, xx.abs(), v * (xx * v)]);
            let damped = a.plus_identity(mu);
            prop_assert_eq!(damped, Symmetric2::of_one_weight(xx + mu));
            prop_assert_eq!(Symmetric2::with_spectrum(&a.eigen(), [xx.abs(); 2]), Symmetric2::of_one_weight(xx.abs()));
            prop_assert_eq!(a.inverse(), Symmetric2::of_one_weight(1.0 / xx));
            prop_assert_eq!(a.scaled(2.0) - a, a);
        }
    }

    #[test]
    fn a_second_derivative_of_zero_is_singular() {
        for bad in [0.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Symmetric2::of_one_weight(bad).solve(Vector::x()), None, "{bad}");
        }
        assert_eq!(Symmetric2::of_one_weight(1e-300).solve(Vector::x() * 1e200), None, "overflow");
        assert_eq!(Symmetric2::identity(Dimension::One).solve(Vector::x()), Some(Vector::x()), "1");
    }

    #[test]
    fn small_algebra() {
        let a = Symmetric2::new(2.0, 1.0, -3.0);
        assert_eq!((a.determinant(), a.trace()), (-7.0, -1.0), "determinant and trace");
        assert_eq!(a.form(Vector::new(1.0, 2.0)), -6.0, "form");
        assert_eq!(a.scaled(2.0).plus_identity(1.0), Symmetric2::new(5.0, 2.0, -5.0), "2 A + I");
        assert_eq!(Symmetric2::new(3.0, 0.0, -4.0).norm(), 4.0, "norm");
    }
}
