//! Which part of a network is looked at: samples, stages, paths through its graph.

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
