//! The trait of a rule, and the values that it carries.

use super::{Ball, Quantities, Step, Undefined, Values};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Symmetric2, Vector};

/// A rule with its state.
pub trait Optimizer: Send + Sync {
    /// Takes over new values of the parameters; the state goes on as it is.
    fn tune(&mut self, values: Values<'_>);

    /// The step from a point; the state moves on.
    ///
    /// # Errors
    /// [`Undefined`] where the rule has no step; the state is as before.
    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined>;

    /// A copy with the same state.
    fn boxed(&self) -> Box<dyn Optimizer>;

    /// Whether a step depends on the steps before it; where it does not, none of them is replayed to show it.
    fn remembers(&self) -> bool {
        true
    }

    /// What the rule carries from step to step: (`VELOCITY`, a vector).
    fn state(&self) -> Quantities {
        Vec::new()
    }

    /// The norm ball of the last step, which the caller passes in again; by default that of plain descent along its first part.
    fn ball(&self, step: &Step) -> Ball {
        Ball::of_first_part(step)
    }

    /// What the last step computed on the way from the state to the displacement: (`CORRECTED_AVERAGE`, a vector).
    fn working(&self) -> Quantities {
        Vec::new()
    }
}

/// The value of a quantity, by what it is: some have a shape that can be drawn around the point.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    /// A number.
    Number(f64),
    /// A direction, or one number for each weight.
    Vector(Vector),
    /// How far a local model is trusted: a disc around the point.
    Radius(f64),
    /// An estimate of the inverse Hessian: an ellipse around the point, long where the loss seems flat.
    InverseHessian(Symmetric2),
    /// The samples of a batch, by their numbers.
    Samples(Vec<usize>),
}

impl Carried {
    /// Its numbers, for tests and tables.
    pub fn numbers(&self) -> Vec<f64> {
        match self {
            Self::Number(value) | Self::Radius(value) => vec![*value],
            Self::Vector(vector) => vec![vector.x, vector.y],
            Self::InverseHessian(matrix) => vec![matrix.xx, matrix.xy, matrix.yy],
            Self::Samples(samples) => samples.iter().map(|sample| *sample as f64).collect(),
        }
    }
}
