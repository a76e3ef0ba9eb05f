//! A flight by hand: the user steers the learning rate and the momentum coefficient while the run plays in fog, to come close to
//! par, what the best method needs (`par.rs`). What is changed on the way belongs to the run, so that it can be replayed to
//! the last bit.

use super::CardId;

/// A flight by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pilot {
    /// The run that is flown.
    pub card: CardId,
    /// Whether the flight is over: it has come to the end of the run.
    pub has_landed: bool,
    /// Whether fog and "apply from this step" were on before the flight.
    pub(super) before: [bool; 2],
    /// The learning rate and the momentum coefficient with which it began, where the method has them.
    pub(super) began: [Option<f64>; 2],
}

/// How a flight stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flight {
    /// The step that is shown.
    pub step: usize,
    /// Evaluations up to there, in gradients.
    pub gradients: f64,
    /// Whether it has not begun: it stands at its start.
    pub is_ready: bool,
    /// Whether it has come to the end of the run.
    pub has_landed: bool,
    /// The step at which the goal was reached and the evaluations up to there, if it has been by now.
    pub reached: Option<(usize, f64)>,
}
