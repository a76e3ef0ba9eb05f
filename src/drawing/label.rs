//! The name of something that is drawn: on the picture if it is one of the few that fit, otherwise in the legend line.

use super::anchor::Anchor;
use super::ink::{Dash, Ink, MarkerShape};
use crate::numbers::Point;

/// How much a name matters: what matters more chooses its place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// What is under the pointer; it does not count toward the limit of names.
    Pointer,
    /// What has happened to a run: it diverged, it left the view.
    Event,
    /// Where one is: the start, the landing.
    Place,
    /// A part of the step.
    Part,
    /// Names a curve or a region.
    Shape,
    /// Explains a sign that is the same on every picture, as that of a minimum: it is the first to have no room in the legend line.
    Sign,
    /// Names one of many alike, as the step of a method: where its place is not free it comes first in the legend line, with its mark;
    /// it does not count toward the limit of names.
    Key,
}

/// What stands for a drawn thing in the legend line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Swatch {
    /// A mark, filled or hollow.
    Mark {
        /// Its shape.
        shape: MarkerShape,
        /// Whether it is filled.
        filled: bool,
    },
    /// A line.
    Line(Dash),
    /// Two thin lines side by side.
    DoubleLine,
    /// A wide, pale line.
    Band,
    /// An arrow with a wide, pale line beneath its first part, which ends at a stroke across.
    BandedArrow,
    /// An arrow.
    Arrow,
    /// Arrows from one point.
    Arrows,
    /// Parallel lines.
    Levels,
    /// Concentric rings.
    Rings,
    /// An area with a rim.
    Area,
    /// Nothing: the words begin with a sign of their own.
    None,
}

/// A name.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where it may stand on the picture, the best first, and which side of the words lies there; a name without any stands
    /// in the legend line alone.
    pub places: Vec<(Point, Anchor)>,
    /// The words.
    pub text: String,
    /// The role of their color.
    pub ink: Ink,
    /// In the heavier weight, on the picture.
    pub strong: bool,
    /// How much it matters.
    pub rank: Rank,
    /// What stands before it in the legend line.
    pub swatch: Swatch,
    /// Comes and goes while something is dragged: the legend does not grow for it, or the picture would move.
    pub is_passing: bool,
    /// Of what a page looks at, or of what was switched on: it comes first in the legend.
    pub is_noted: bool,
}

impl Label {
    /// A name that stands in the legend line.
    pub fn new(text: impl Into<String>, ink: Ink, swatch: Swatch) -> Self {
        Self {
            places: Vec::new(),
            text: text.into(),
            ink,
            strong: false,
            rank: Rank::Shape,
            swatch,
            is_passing: false,
            is_noted: false,
        }
    }

    /// What comes first in the legend line, where the last may have no room: what a page looks at, then what comes and goes with a
    /// drag (the legend does not grow for it), steps of methods, and the rest as much as it matters.
    pub fn legend_order(&self) -> impl Ord + use<> {
        (!self.is_noted, !self.is_passing, self.rank != Rank::Key, self.rank)
    }

    /// The label with one more place on the picture, where it stands if there is room.
    #[must_use]
    pub fn at(mut self, place: Point, anchor: Anchor) -> Self {
        self.places.push((place, anchor));
        self
    }

    /// The label with another rank.
    #[must_use]
    pub fn ranked(self, rank: Rank) -> Self {
        Self { rank, ..self }
    }

    /// The label of what comes and goes while something is dragged.
    #[must_use]
    pub fn passing(self) -> Self {
        Self { is_passing: true, ..self }
    }

    /// The label in the heavier weight, if `strong`.
    #[must_use]
    pub fn strong(self, strong: bool) -> Self {
        Self { strong, ..self }
    }
}
