//! A step: what was proposed, of which parts it is made, and whether it was taken.

use arrayvec::ArrayVec;

use crate::analysis::EndlessFall;
use crate::landscapes::{AbsentWeight, InputError, Landscape};
use crate::numbers::{Point, Vector};

/// A named part of a proposed step: `factor` · `vector`, as it stands in the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// As it is written in the rule: `−η∇f`.
    pub name: &'static str,
    /// The number in front: −η.
    pub factor: f64,
    /// What it multiplies: ∇f.
    pub vector: Vector,
}

impl Part {
    /// The displacement that the part contributes.
    pub fn displacement(&self) -> Vector {
        self.vector * self.factor
    }
}

/// A point at which a line search or a trust region tried the loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Where.
    pub at: Point,
    /// The loss there.
    pub value: f64,
    /// Whether it was good enough.
    pub accepted: bool,
}

/// Whether a proposed step was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// It was taken as proposed.
    #[default]
    Taken,
    /// It was not taken: the loss did not fall as it should.
    Rejected,
    /// It was taken, but shortened to the trust radius.
    Truncated,
}

/// One step of a method.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// The displacement the method wanted.
    pub proposed: Vector,
    /// The displacement it made: zero if rejected.
    pub taken: Vector,
    /// What the proposed displacement is made of.
    pub parts: ArrayVec<Part, 3>,
    /// Whether it was taken.
    pub verdict: Verdict,
    /// Whether a method of second order went down the plane, as its own step would not go down.
    pub fell_back: bool,
    /// What was tried on the way; empty for methods that do not try.
    pub trials: Vec<Trial>,
}

impl Step {
    /// A step taken as proposed.
    #[inline]
    pub fn taken<const N: usize>(displacement: Vector, parts: [Part; N]) -> Self {
        Self { proposed: displacement, taken: displacement, parts: parts.into_iter().collect(), ..Self::default() }
    }

    /// A step of one part, taken as proposed.
    #[inline]
    pub fn single(name: &'static str, factor: f64, vector: Vector) -> Self {
        Self::taken(vector * factor, [Part { name, factor, vector }])
    }
}

/// Why a method has no step here.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Undefined {
    /// The equation of the step, H p = −g with the Hessian or what stands for it, has no unique solution: that matrix.
    #[error("{0} is singular here, so the step by its inverse is undefined")]
    Singular(&'static str),
    /// With one weight: the second derivative is zero, by which the slope would be divided.
    #[error("f″ is zero here, so Newton's step is undefined")]
    NotCurved,
    /// The matrix is singular everywhere, as the loss is a function of one weight: the matrix, and the weight that does nothing.
    #[error("{}, so this is a function of one weight, {}: {matrix} is singular everywhere", absent.words(), absent.other)]
    OneWeight {
        /// The matrix.
        matrix: &'static str,
        /// The weight that does nothing.
        absent: AbsentWeight,
    },
    /// The loss depends on neither weight.
    #[error("the loss is a constant: there is nothing to minimize, and no step")]
    Constant,
    /// A derivative that the method needs, or its square, is not finite.
    #[error("a derivative, or its square, is not finite here")]
    NotFinite,
    /// An exact line search found no end of the descent.
    #[error("the loss {} along this line: it still falls at 10¹⁵ times the distance to the origin", .0.words())]
    Endless(EndlessFall),
    /// The method cannot walk on this landscape at all: its name, and what it needs.
    #[error("{name} {reason}")]
    Unsupported {
        /// The method's name on screen.
        name: &'static str,
        /// What it lacks, as it follows the name.
        reason: &'static str,
    },
    /// There is one, and it is kept back until a class has predicted it.
    #[error("the step is hidden until the prediction is made")]
    Withheld,
    /// The landscape lacks what a choice of the method needs.
    #[error(transparent)]
    Unsuitable(#[from] InputError),
}

impl Undefined {
    /// This reason with what is known of the landscape: a matrix is singular everywhere where the loss is a function of one weight.
    #[must_use]
    pub fn on(self, landscape: &Landscape) -> Self {
        if matches!(self, Self::Singular(_)) && landscape.is_constant() {
            return Self::Constant;
        }
        if matches!(self, Self::Singular(_)) && landscape.dimension().is_one() {
            return Self::NotCurved;
        }
        match (&self, landscape.absent_weight()) {
            (Self::Singular(matrix), Some(absent)) => Self::OneWeight { matrix, absent },
            _ => self,
        }
    }
}
