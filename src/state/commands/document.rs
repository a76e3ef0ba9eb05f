//! Commands of the document: the landscape, the start, and the length of the runs.

use crate::analysis::Eigenvector;
use crate::landscapes::{Landscape, RescaledAxes, ViewBox};
use crate::numbers::Point;
use crate::state::history::{Gesture, Undoing};
use crate::state::{CardId, Scene, Visit};

/// Commands for the landscape, the start and the length of the runs, and for all that replaces the scene: another one, a lesson and its
/// pages, a run of a tournament.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentCommand {
    /// Another landscape of the catalog, by id.
    ChooseLandscape(&'static str),
    /// A landscape that was read from a file: a measured grid, or a network with its samples.
    BringLandscape(Box<Landscape>),
    /// A formula being typed; applied once typing rests.
    DraftFormula(String),
    /// A finished formula, applied at once.
    TypeFormula(String),
    /// The region to show and to search; `None` for the one that suits the landscape.
    SetDomain(Option<ViewBox>),
    /// The range of the slider of a formula's letter.
    SetRange {
        /// Its position among the parameters.
        index: usize,
        /// The slider's ends.
        range: [f64; 2],
    },
    /// A parameter of the landscape.
    SetParameter {
        /// Its position in the entry.
        index: usize,
        /// Its new value.
        value: f64,
    },
    /// Other axes for the same loss: every start stays the point that it is.
    SetAxes(RescaledAxes),
    /// Shows a run of the tournament: its loss, its method with its rate, and its start.
    Visit(Box<Visit>),
    /// Sets parameters of runs, all of them at once and from the first step on: each by its run and its position.
    TakeOver(Vec<(CardId, usize, f64)>),
    /// Moves the common start, or the selected run's own.
    MoveStart(Point),
    /// A start on an eigenvector of the Hessian at the chosen critical point, or at the nearest one.
    StartOnEigenvector(Eigenvector),
    /// A start drawn with the next seed from the frame in which the landscape opens.
    RandomStart,
    /// Steps in a run.
    SetSteps(usize),
    /// ‖∇f‖ at which runs stop; `None` to go on.
    SetTolerance(Option<f64>),
    /// Another scene.
    ShowScene(Box<Scene>),
    /// The scene with which the program opens.
    New,
    /// The landscape's own view and start, at step 0.
    Reset,
}

impl DocumentCommand {
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::ChooseLandscape(_) | Self::BringLandscape(_) => Undoing::Alone("the choice of a landscape"),
            Self::DraftFormula(_) | Self::TypeFormula(_) => Undoing::Joined(Gesture::Formula),
            Self::SetDomain(_) => Undoing::Alone("the domain"),
            Self::SetRange { .. } => Undoing::Alone("the range of a slider"),
            Self::SetParameter { index, .. } => Undoing::Joined(Gesture::LandscapeParameter(*index)),
            Self::SetAxes(_) => Undoing::Joined(Gesture::RescaledAxes),
            Self::Visit(_) => Undoing::Alone("going to a run of the tournament"),
            Self::TakeOver(_) => Undoing::Alone("the rates of the race"),
            Self::MoveStart(_) => Undoing::Joined(Gesture::Start),
            Self::StartOnEigenvector(_) => Undoing::Alone("the start on an eigenvector"),
            Self::RandomStart => Undoing::Alone("the random start"),
            Self::SetSteps(_) => Undoing::Joined(Gesture::Steps),
            Self::SetTolerance(_) => Undoing::Alone("the tolerance"),
            Self::ShowScene(_) => Undoing::Alone("the opened scene"),
            Self::New => Undoing::Alone("the new scene"),
            Self::Reset => Undoing::Alone("the reset"),
        }
    }
}
