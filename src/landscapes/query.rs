//! A question that a method has asked, with its answer: all that the method knows.

use crate::numbers::{Point, Symmetric2, Vector};

/// What was asked at a point, and what came back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Query {
    /// Where.
    pub at: Point,
    /// The answer.
    pub answer: Evaluation,
}

/// What a method received.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evaluation {
    /// f.
    Value(f64),
    /// ∇f as it was given, noise included, and f, which is computed on the way to it unless only a batch was asked.
    Gradient(Option<f64>, Vector),
    /// ∇²f, or the Gauss–Newton matrix in its place.
    Hessian(Symmetric2),
}

impl Evaluation {
    /// f, if it was given.
    pub fn value(&self) -> Option<f64> {
        match *self {
            Self::Value(value) => Some(value),
            Self::Gradient(value, _) => value,
            Self::Hessian(_) => None,
        }
    }
}
