//! What a rule computes itself in a step for n weights, beside the evaluations that it asks for.

/// Floating-point operations of a step: a polynomial of the number of weights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Operations {
    /// Operations for each weight.
    pub vectors: f64,
    /// Operations for each entry of a matrix.
    pub squares: f64,
    /// Times n³: a third for Cholesky's factorization, nine for all eigenvectors.
    pub cubes: f64,
    /// Whether a step ends at the minimum of its line: on a quadratic that is known from one product of the Hessian with the
    /// direction, and nothing is searched.
    pub minimizes_line: bool,
}

impl Operations {
    /// Sums, products and roots, weight by weight: this many for each.
    pub(super) const fn vectors(count: f64) -> Self {
        Self { vectors: count, squares: 0.0, cubes: 0.0, minimizes_line: false }
    }

    /// A product with a matrix and its update: this many operations for each of its entries.
    pub(super) const fn matrices(count: f64) -> Self {
        Self { vectors: 8.0, squares: count, cubes: 0.0, minimizes_line: false }
    }

    /// The same of a rule whose steps end at the minimum of their line.
    pub(super) const fn to_minimum_of_line(self) -> Self {
        Self { minimizes_line: true, ..self }
    }

    /// A linear system by Cholesky's factorization: n³/3, and two triangular systems.
    pub(super) const CHOLESKY: Self = Self { vectors: 4.0, squares: 2.0, cubes: 1.0 / 3.0, minimizes_line: false };

    /// All eigenvalues and eigenvectors of a symmetric matrix, about 9n³, and two products with them.
    pub(super) const EIGENVECTORS: Self = Self { vectors: 4.0, squares: 4.0, cubes: 9.0, minimizes_line: false };

    /// The operations for n weights.
    pub fn operations(self, weights: f64) -> f64 {
        weights * (self.vectors + weights * (self.squares + weights * self.cubes))
    }
}
