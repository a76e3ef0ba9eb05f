//! Commands of the runs: which there are, by which methods, and which one is selected.

use crate::numbers::{Point, Vector};
use crate::state::CardId;
use crate::state::history::{Gesture, Undoing};

/// Commands for the runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RunCommand {
    /// Adds a run of this method, by id.
    Add(&'static str),
    /// Copies a run.
    Duplicate(CardId),
    /// Removes a run; the last one stays.
    Remove(CardId),
    /// Removes every run but this one.
    RemoveOthers(CardId),
    /// Gives a run another method, by id.
    SetMethod(CardId, &'static str),
    /// Sets a parameter of the method, on the whole run or from this step on as the view says.
    SetParameter {
        /// The run.
        card: CardId,
        /// The parameter's position in the method.
        parameter: usize,
        /// Its new value.
        value: f64,
    },
    /// Sets one or two parameters of the method at once, each by its position, as a place of the sweep has them.
    SetParameters {
        /// The run.
        card: CardId,
        /// Positions and new values.
        values: [Option<(usize, f64)>; 2],
    },
    /// Sets a parameter of the method from the playhead on, whatever the view says.
    SetParameterFromHere {
        /// The run.
        card: CardId,
        /// The parameter's position in the method.
        parameter: usize,
        /// Its new value.
        value: f64,
    },
    /// Sets the momentum coefficient of a run; the rate moves along where the view says so.
    SetCoefficient {
        /// The run.
        card: CardId,
        /// The new coefficient.
        value: f64,
    },
    /// Gives a ball the initial velocity that alone would carry it along a way on level ground.
    Launch {
        /// The run.
        card: CardId,
        /// The way.
        coast: Vector,
    },
    /// Whether the rate moves along with the momentum coefficient, so that η/(1−β) stays.
    KeepAsymptoticRate(bool),
    /// Whether the rate of a run is that of all others whose rate means the same; they take that of the selected run at once.
    LinkRates(bool),
    /// Whether the slider under the picture moves the momentum coefficient and not the rate.
    SlideCoefficient(bool),
    /// Gives a run a start of its own, or the common one again.
    SetOwnStart(CardId, Option<Point>),
    /// Another color and marker.
    Restyle(CardId, usize),
    /// Shows or hides a run.
    SetHidden(CardId, bool),
    /// Copies the run at the playhead; the old one stays as a ghost.
    Branch(CardId),
    /// Selects a run.
    Select(CardId),
    /// Selects the next visible run, or with −1 the previous.
    SelectNext(i32),
    /// Whether parameters act from the playhead on.
    ApplyFromThisStep(bool),
}

impl RunCommand {
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::Add(_) => Undoing::Alone("the new run"),
            Self::Duplicate(_) => Undoing::Alone("the copy of a run"),
            Self::Remove(_) => Undoing::Alone("the removal of a run"),
            Self::RemoveOthers(_) => Undoing::Alone("the removal of runs"),
            Self::SetMethod(..) => Undoing::Alone("the choice of a method"),
            Self::SetParameter { card, parameter, .. } | Self::SetParameterFromHere { card, parameter, .. } => {
                Undoing::Joined(Gesture::MethodParameter(*card, *parameter))
            }
            Self::SetParameters { card, .. } => Undoing::Joined(Gesture::Parameters(*card)),
            Self::SetCoefficient { card, .. } => Undoing::Joined(Gesture::Coefficient(*card)),
            Self::Launch { card, .. } => Undoing::Joined(Gesture::Launch(*card)),
            Self::SetOwnStart(..) => Undoing::Alone("the start of a run"),
            Self::Restyle(..) => Undoing::Alone("the look of a run"),
            Self::SetHidden(..) => Undoing::Alone("hiding a run"),
            Self::Branch(_) => Undoing::Alone("the branch"),
            Self::LinkRates(true) => Undoing::Alone("the linked rates"),
            Self::Select(_)
            | Self::SelectNext(_)
            | Self::ApplyFromThisStep(_)
            | Self::KeepAsymptoticRate(_)
            | Self::LinkRates(false)
            | Self::SlideCoefficient(_) => Undoing::Passed,
        }
    }
}
