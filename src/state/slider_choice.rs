//! How the slider under the picture acts on the runs.

use super::{Card, State};

/// How the slider under the picture acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct SliderChoice {
    /// A parameter acts from the playhead on.
    pub from_here_on: bool,
    /// The rate moves along with the momentum coefficient, so that η/(1−β) stays.
    pub keeps_asymptotic_rate: bool,
    /// Rates that mean the same are one.
    pub links_rates: bool,
    /// It moves the momentum coefficient, of a method that has one, and not its rate.
    pub slides_coefficient: bool,
}

impl State {
    /// Whether the slider under the picture moves the momentum coefficient of the selected run, and not its rate.
    pub fn slides_coefficient(&self) -> bool {
        let has_both = |card: &Card| card.optimizer.entry.has_rate_and_coefficient();
        self.view.scene.slider.slides_coefficient && self.document.card(self.selected).is_some_and(has_both)
    }
}
