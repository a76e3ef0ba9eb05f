//! How many weights a loss has: one or two.

use super::Vector;

/// How many weights there are; of one weight, y stands still and has neither slope nor curvature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// x alone.
    One,
    /// x and y.
    #[default]
    Two,
}

impl Dimension {
    /// Whether there is x alone.
    pub const fn is_one(self) -> bool {
        matches!(self, Self::One)
    }

    /// How many weights there are.
    pub const fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    /// The part of a vector along the weights there are.
    pub fn part(self, vector: Vector) -> Vector {
        match self {
            Self::One => Vector::new(vector.x, 0.0),
            Self::Two => vector,
        }
    }
}
