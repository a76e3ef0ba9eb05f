//! Commands of the playhead: which step is shown, and which sub-step within it.

/// Commands for the playhead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlayCommand {
    /// Plays or pauses; while a class predicts, reveals the answer.
    Toggle,
    /// To the start.
    ToStart,
    /// To the end of the longest run; while a class predicts, reveals the answer.
    ToEnd,
    /// By this many steps; forward reveals the answer while a class predicts.
    StepBy(i64),
    /// To a step.
    GoTo(usize),
    /// Steps a second.
    SetSpeed(f64),
    /// A sub-step forward or back within the step; from the last one to the next step, from the first one to the step before.
    StepInside(i32),
    /// Plays the sub-steps of the step, or stops.
    PlayInside,
    /// Back to the step as a whole.
    ShowWholeStep,
}
