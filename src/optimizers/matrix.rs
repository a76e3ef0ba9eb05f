//! The matrix that stands for the curvature in a quadratic model: the Hessian, or another in its place.

use super::values::OneOf;
use super::{Ball, Undefined, Variants};
use crate::landscapes::{Loss, Oracle, ParameterDomain};
use crate::numbers::{Point, Symmetric2};

/// Which matrix a method asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matrix {
    /// H, the true curvature.
    #[default]
    Hessian,
    /// G, without how the outputs of a network bend.
    GaussNewton,
    /// F, of the classes that cross-entropy supposes.
    Fisher,
}

/// Those that the user may choose between.
impl Variants for Matrix {
    const ALL: &'static [Self] = &[Self::Hessian, Self::GaussNewton];
    const WORDS: &'static [&'static str] = &["hessian", "gauss_newton"];
}

/// The parameter that chooses it.
pub(super) const MATRIX: OneOf<Matrix> = OneOf::new(
    &OneOf::<Matrix>::parameter_of("matrix")
        .described("matrix", "Hessian: the curvature of the loss. Gauss–Newton, for networks only: omits the curvature of the output, so it is positive semidefinite.")
        .within(ParameterDomain::NotNegative),
);

impl Matrix {
    /// Asks for it at a point; counted as a Hessian.
    ///
    /// For a likelihood of classes the Fisher matrix is the Gauss–Newton matrix.
    pub(super) fn ask(self, oracle: &mut Oracle<'_>, at: Point) -> Result<Symmetric2, Undefined> {
        let matrix = match self {
            Self::Hessian => oracle.hessian(at),
            Self::GaussNewton | Self::Fisher => oracle.gauss_newton(at)?,
        };
        if matrix.is_finite() { Ok(matrix) } else { Err(Undefined::NotFinite) }
    }

    /// The matrix at a point, for the display; `None` where the loss has none.
    pub fn at(self, loss: &dyn Loss, at: Point) -> Option<Symmetric2> {
        match self {
            Self::Hessian => Some(loss.second_order(at).hessian),
            Self::GaussNewton | Self::Fisher => loss.gauss_newton(at),
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Hessian => "Hessian",
            Self::GaussNewton => "Gauss–Newton matrix",
            Self::Fisher => "Fisher matrix",
        }
    }

    /// Its title with the article.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hessian => "the Hessian",
            Self::GaussNewton => "the Gauss–Newton matrix",
            Self::Fisher => "the Fisher matrix",
        }
    }

    /// A ball of a method that takes this matrix for the curvature of the loss surface.
    pub(super) fn assumed(self, ball: Ball, matrix: Symmetric2) -> Ball {
        match self {
            Self::Hessian => ball,
            Self::GaussNewton | Self::Fisher => ball.believing(self.letter(), matrix),
        }
    }

    /// What it is called in a rule.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Hessian => "H",
            Self::GaussNewton => "G",
            Self::Fisher => "F",
        }
    }
}
