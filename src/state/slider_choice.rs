//! How the slider under the picture acts on the runs.

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
