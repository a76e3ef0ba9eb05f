//! Commands of the samples of a network: drawn, set by hand, chosen.

use crate::landscapes::networks::Preset;
use crate::state::history::{Gesture, Undoing};

/// Commands for the samples of a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SampleCommand {
    /// Draws the samples anew.
    SetSeed(u64),
    /// Samples that a lecture asks for, instead of those that are drawn.
    UsePreset(&'static Preset),
    /// Moves a sample.
    Move {
        /// Its position among the samples.
        index: usize,
        /// Its input and its wanted output.
        to: [f64; 2],
    },
    /// Moves the chosen sample by this many hundredths of the data view, to the right and up.
    Nudge([f64; 2]),
    /// Adds a sample, and chooses it.
    Add([f64; 2]),
    /// Removes a sample; the last one stays.
    Remove(usize),
    /// Chooses a sample, or all of them.
    Choose(Option<usize>),
}

impl SampleCommand {
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::SetSeed(_) => Undoing::Alone("the seed of the samples"),
            Self::UsePreset(_) => Undoing::Alone("the choice of samples"),
            Self::Move { index, .. } => Undoing::Joined(Gesture::Sample(*index)),
            Self::Nudge(_) => Undoing::Joined(Gesture::Nudge),
            Self::Add(_) => Undoing::Alone("the new sample"),
            Self::Remove(_) => Undoing::Alone("the removal of a sample"),
            Self::Choose(_) => Undoing::Passed,
        }
    }
}
