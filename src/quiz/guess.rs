//! What was guessed: a place, a path or a word.

use super::{PredictionKind, StepOutcome};
use crate::numbers::Point;

/// The largest number of places kept of a sketch.
pub const MAX_SKETCH: usize = 512;

/// A guess of a team, or of a student.
#[derive(Clone, Debug, PartialEq)]
pub enum Guess {
    /// Where the step lands, or the run ends.
    Place(Point),
    /// The way that the run takes, from its first place to its last; never empty.
    Path(Vec<Point>),
    /// What the loss does.
    Outcome(StepOutcome),
}

impl Guess {
    /// What it answers.
    pub fn kind(&self) -> PredictionKind {
        match self {
            Self::Place(_) => PredictionKind::Landing,
            Self::Path(_) => PredictionKind::Path,
            Self::Outcome(_) => PredictionKind::Outcome,
        }
    }

    /// Whether all of its numbers are finite, and there are any.
    pub fn is_sound(&self) -> bool {
        let is_finite = |at: &Point| at.coords.iter().all(|coordinate| coordinate.is_finite());
        match self {
            Self::Place(at) => is_finite(at),
            Self::Path(places) => !places.is_empty() && places.iter().all(is_finite),
            Self::Outcome(_) => true,
        }
    }

    /// The place it stands for: where it is, or where it ends; `None` for a word.
    pub fn place(&self) -> Option<Point> {
        match self {
            Self::Place(at) => Some(*at),
            Self::Path(places) => places.last().copied(),
            Self::Outcome(_) => None,
        }
    }
}
