//! The switches of the scene's view, grouped by the part of the window that they act on: the slider of a run, the network.

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

/// What is looked at of a network; at first all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetworkChoice {
    /// The sample that was chosen; `None` for all of them.
    pub sample: Option<usize>,
    /// How far the way through the graph and back has come, in stages; `None` where all of it is shown.
    pub stage: Option<usize>,
    /// The weight (0 or 1) whose paths through the graph stay lit.
    pub lit: Option<usize>,
}
