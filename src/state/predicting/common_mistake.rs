//! The mistake that most answers of a class have in common.

use crate::numbers::Point;
use crate::numbers::numerals::coordinate;

/// The place that the most of the wrong guesses have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonMistake {
    /// Their mean.
    pub at: Point,
    /// How many there are, and of how many answers.
    pub count: usize,
    /// What the place is, if it is one that has a name.
    pub name: Option<&'static str>,
}

impl CommonMistake {
    /// The place in words.
    pub fn words(&self) -> String {
        let place = format!("({}, {})", coordinate(self.at.x), coordinate(self.at.y));
        self.name.map_or(place, str::to_owned)
    }
}
