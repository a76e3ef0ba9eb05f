//! Symmetric 2 × 2 matrices: what a Hessian is, with everything a step needs of one.

use std::ops::Mul;

use super::Vector;

/// The matrix with rows (`xx`, `xy`) and (`xy`, `yy`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Symmetric2 {
    /// The first diagonal entry.
    pub xx: f64,
    /// The entry off the diagonal.
    pub xy: f64,
    /// The second diagonal entry.
    pub yy: f64,
}

/// The eigenvalues of a symmetric matrix, ascending, and orthonormal eigenvectors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eigen2 {
    /// The eigenvalues, the lesser first.
    pub values: [f64; 2],
    /// Their eigenvectors; the second is the first turned by a quarter, counter-clockwise.
    pub vectors: [Vector; 2],
}

impl Symmetric2 {
    /// The matrix with rows (`xx`, `xy`) and (`xy`, `yy`).
    #[inline]
    pub const fn new(xx: f64, xy: f64, yy: f64) -> Self {
        Self { xx, xy, yy }
    }

    /// Q diag(`values`) Qᵀ: the eigenvectors of `eigen` with other eigenvalues.
    pub fn with_spectrum(eigen: &Eigen2, values: [f64; 2]) -> Self {
        let [p, q] = eigen.vectors;
        let [a, b] = values;
        Self {
            xx: a * p.x * p.x + b * q.x * q.x,
            xy: a * p.x * p.y + b * q.x * q.y,
            yy: a * p.y * p.y + b * q.y * q.y,
        }
    }

    /// Eigenvalues m ∓ r, with m the mean of the diagonal and r = hypot of half its difference and `xy`.
    ///
    /// Each eigenvalue is good to a rounding of the larger one's magnitude. The first eigenvector is
    /// the longer of two formulas that are exact in theory, so that neither cancellation nor a
    /// diagonal matrix spoils it; for a multiple of the identity it is (1, 0).
    pub fn eigen(self) -> Eigen2 {
        let Self { xx, xy, yy } = self;
        let mean = f64::midpoint(xx, yy);
        let radius = libm::hypot((xx - yy) / 2.0, xy);
        let values = [mean - radius, mean + radius];
        let first = if radius == 0.0 {
            Vector::x()
        } else {
            longer_unit([xy, values[0] - xx], [values[0] - yy, xy])
        };
        Eigen2 {
            values,
            vectors: [first, Vector::new(-first.y, first.x)],
        }
    }

    /// xx·yy − xy².
    pub fn determinant(self) -> f64 {
        self.xx * self.yy - self.xy * self.xy
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
        let Self { xx, xy, yy } = self;
        let [size_xx, size_xy, size_yy] = [xx, xy, yy].map(f64::abs);
        let solution = if size_xy > size_xx && size_xy > size_yy {
            let [x, y] = eliminate([[xy, yy], [xx, xy]], [right.y, right.x])?;
            Vector::new(x, y)
        } else if size_xx >= size_yy {
            let [x, y] = eliminate([[xx, xy], [xy, yy]], [right.x, right.y])?;
            Vector::new(x, y)
        } else {
            let [y, x] = eliminate([[yy, xy], [xy, xx]], [right.y, right.x])?;
            Vector::new(x, y)
        };
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
        Self {
            xx: self.xx * factor,
            xy: self.xy * factor,
            yy: self.yy * factor,
        }
    }

    /// A + `mu`·I.
    #[must_use]
    pub fn plus_identity(self, mu: f64) -> Self {
        Self {
            xx: self.xx + mu,
            yy: self.yy + mu,
            ..self
        }
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
    let ([x, y], length) = if length_a >= length_b {
        (a, length_a)
    } else {
        (b, length_b)
    };
    Vector::new(x / length, y / length)
}

/// Solves a 2 × 2 system whose first entry is its largest; see [`Symmetric2::solve`].
///
/// `mul_add` rounds once by definition, with or without the instruction for it.
fn eliminate([[a, b], [c, d]]: [[f64; 2]; 2], [first, second]: [f64; 2]) -> Option<[f64; 2]> {
    let multiplier = c / a;
    let remainder = (-multiplier).mul_add(a, c) / a;
    let pivot = (-multiplier).mul_add(b, d) - remainder * b;
    // Written so that NaN, too, counts as singular.
    let regular = pivot.abs() > 4.0 * f64::EPSILON * d.abs();
    let v = ((-multiplier).mul_add(first, second) - remainder * first) / pivot;
    let u = (-b).mul_add(v, first) / a;
    regular.then_some([u, v])
}
