//! Everything a person can do, as data: the interface and the tests push these, nothing else changes the state.

use std::path::PathBuf;

use super::history::Undoing;
use super::{CardId, FileDialog, Leave, MapFrame, Pane, Section, TypeScale};
use crate::landscapes::networks::Preset;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::{Point, Vector};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Another landscape of the catalogue, by id.
    ChooseLandscape(&'static str),
    /// A landscape somebody brought along: a measured grid.
    BringLandscape(Box<Landscape>),
    /// A file: losses measured on a grid, or samples for the network there is.
    OpenFile(PathBuf),
    /// A dialog in which a file is chosen.
    AskForFile(FileDialog),
    /// Writes the samples of the network to a file.
    SaveSamples {
        /// Where to.
        path: PathBuf,
        /// Whether another file may be in its place.
        replace: bool,
    },
    /// Writes them to the file they belong to, or asks for one.
    SaveAgain,
    /// Leaves the file alone that is in the way of one to be saved.
    KeepFile,
    /// What stands in the field of the formula: a landscape as soon as it can be read.
    TypeFormula(String),
    /// The region to show and to search; `None` for the one that suits the landscape.
    SetBox(Option<ViewBox>),
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
    /// Draws the data of a network anew.
    SetSeed(u64),
    /// Moves a sample of a network.
    MoveSample {
        /// Its position among the samples.
        index: usize,
        /// Its input and its wanted output.
        to: [f64; 2],
    },
    /// The pointer goes down: what it does until it lets go is one change, however long it rests.
    TakeHold,
    /// The pointer lets go of what it dragged.
    LetGo,
    /// Moves the chosen sample by so many hundredths of the data view, to the right and up.
    NudgeSample([f64; 2]),
    /// Samples that a lecture asks for, in the place of those that are drawn.
    UsePreset(&'static Preset),
    /// Adds a sample to those of a network, and chooses it.
    AddSample([f64; 2]),
    /// Removes a sample of a network; the last one stays.
    RemoveSample(usize),
    /// Moves the common start, or the selected run's own.
    MoveStart(Point),
    /// A start drawn from the box by the next seed.
    RandomStart,
    /// Steps in a run.
    SetSteps(usize),
    /// ‖∇f‖ at which runs stop; `None` to go on.
    SetTolerance(Option<f64>),

    /// Adds a run of this optimizer, by id.
    AddRun(&'static str),
    /// Copies a run.
    DuplicateRun(CardId),
    /// Removes a run; the last one stays.
    RemoveRun(CardId),
    /// Gives a run another optimizer, by id.
    SetOptimizer(CardId, &'static str),
    /// Sets a knob, on the whole run or from here on as the view says.
    SetKnob {
        /// The run.
        card: CardId,
        /// The knob's position in the entry.
        knob: usize,
        /// Its new value.
        value: f64,
    },
    /// Sets a knob from the playhead on, whatever the view says.
    SetKnobFromHere {
        /// The run.
        card: CardId,
        /// The knob's position in the entry.
        knob: usize,
        /// Its new value.
        value: f64,
    },
    /// Gives a run a start of its own, or the common one again.
    SetOwnStart(CardId, Option<Point>),
    /// The next color, dash and marker.
    Restyle(CardId, usize),
    /// Shows or hides a run.
    SetHidden(CardId, bool),
    /// Selects a run.
    Select(CardId),
    /// Selects the next visible run, or with −1 the previous.
    SelectNext(i32),
    /// Copies the run at the playhead; the old one stays as a ghost.
    Branch(CardId),

    /// Plays or pauses.
    TogglePlay,
    /// To the start.
    ToStart,
    /// To the end of the selected run.
    ToEnd,
    /// By so many steps.
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
    LeaveInside,
    /// Whether knobs act from the playhead on.
    SetFromHereOn(bool),

    /// Shows or hides an overlay.
    ToggleOverlay(&'static str),
    /// What the map shows.
    SetMapFrame(MapFrame),
    /// The landscape's box, and the eye where it was at first.
    Fit,
    /// Different scales along the map's axes.
    SetStretched(bool),
    /// Turns the eye, by pixels of a drag.
    Orbit(Vector),
    /// Moves the eye nearer.
    ZoomEye(f64),
    /// Shifts the picture, by pixels of a drag.
    PanEye(Vector),
    /// The eye where it was at first.
    ResetEye,
    /// Heights by their logarithm.
    SetLogHeight(bool),
    /// Fills the window with a view, or shows all again.
    ToggleMaximized(Pane),
    /// Which view stands below the surface.
    ShowLower(Pane),
    /// The radius of the circle: a length, or `None` for that of the step.
    SetCircleRadius(Option<f64>),
    /// Lets the circle shrink to next to nothing, or stops it.
    ShrinkCircle,
    /// Opens a part of *this step*, or folds it away.
    ToggleSection(Section),
    /// Chooses a sample of a network, or all of them.
    ChooseSample(Option<usize>),
    /// On through the graph by so many stages, or back.
    StepPass(isize),
    /// Lights every path from a weight (0 or 1) through the graph, or none.
    LightPath(Option<usize>),
    /// Which of the planes at a kink is shown.
    ShowFacet(usize),
    /// Within which share of its promise a sheet counts as good.
    SetShare(f64),
    /// The pointer came over a view.
    PointAt(Pane),
    /// Light or dark.
    ToggleTheme,
    /// How large type and lines are.
    SetTypeScale(TypeScale),
    /// Which panel stands beside the views where there is room for one only: the setup, or this step.
    SetSetupInFront(bool),
    /// Opens or closes the list of keys.
    ToggleKeys,
    /// Opens or closes the list of questions.
    ToggleQuestions,
    /// Sets the scene of a question, by its place in the list.
    ShowQuestion(usize),
    /// Opens or closes the table of critical points.
    ToggleCriticalTable,
    /// Brings a critical point into the middle of the map and marks it.
    ShowPoint(Point),
    /// Opens or closes the frame-time overlay.
    ToggleTiming,
    /// Closes what lies over the views.
    Dismiss,
    /// Closes the message in the status line.
    CloseMessage,
    /// Says something to the user.
    Say(String),

    /// Closing the program: wanted, confirmed, or not after all.
    Leave(Leave),

    /// Takes back the last change of the scene.
    Undo,
    /// Takes back the taking back.
    Redo,
}

impl Command {
    /// Whether the pictures may look different after it.
    pub(super) fn shows(&self) -> bool {
        !matches!(
            self,
            Self::PointAt(_)
                | Self::Say(_)
                | Self::ToggleKeys
                | Self::ToggleQuestions
                | Self::ToggleCriticalTable
                | Self::ToggleTiming
                | Self::SetSpeed(_)
                | Self::CloseMessage
                | Self::TakeHold
                | Self::LetGo
                | Self::Leave(_)
                | Self::KeepFile
                | Self::AskForFile(_)
                | Self::SaveSamples { .. }
                | Self::SaveAgain
                | Self::SetFromHereOn(_)
        )
    }

    /// How undo treats it. Every command stands here by name, so that nobody can add one without deciding it.
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::SetKnob { card, knob, .. } | Self::SetKnobFromHere { card, knob, .. } => {
                Undoing::Joined(format!("knob {card} {knob}"))
            }
            Self::SetParameter { index, .. } => Undoing::Joined(format!("parameter {index}")),
            Self::MoveStart(_) => Undoing::Joined("start".to_owned()),
            Self::MoveSample { index, .. } => Undoing::Joined(format!("sample {index}")),
            Self::NudgeSample(_) => Undoing::Joined("nudge".to_owned()),
            Self::TypeFormula(_) => Undoing::Joined("formula".to_owned()),
            Self::SetSteps(_) => Undoing::Joined("steps".to_owned()),
            Self::SetMapFrame(_) => Undoing::Joined("map".to_owned()),
            Self::Orbit(_) | Self::ZoomEye(_) | Self::PanEye(_) => Undoing::Joined("eye".to_owned()),
            Self::SetCircleRadius(_) | Self::ShrinkCircle => Undoing::Joined("circle".to_owned()),
            Self::SetShare(_) => Undoing::Joined("share".to_owned()),
            Self::ChooseLandscape(_)
            | Self::BringLandscape(_)
            | Self::SetBox(_)
            | Self::UsePreset(_)
            | Self::SetRange { .. }
            | Self::ShowQuestion(_)
            | Self::SetSeed(_)
            | Self::AddSample(_)
            | Self::RemoveSample(_)
            | Self::RandomStart
            | Self::SetTolerance(_)
            | Self::AddRun(_)
            | Self::DuplicateRun(_)
            | Self::RemoveRun(_)
            | Self::SetOptimizer(..)
            | Self::SetOwnStart(..)
            | Self::Restyle(..)
            | Self::SetHidden(..)
            | Self::Branch(_)
            | Self::ToggleOverlay(_)
            | Self::Fit
            | Self::SetStretched(_)
            | Self::ResetEye
            | Self::SetLogHeight(_)
            | Self::ShowLower(_)
            | Self::ToggleSection(_)
            | Self::ShowPoint(_) => Undoing::Alone,
            // Where one stands: the playhead, the selected run, what is pointed at.
            Self::Select(_)
            | Self::SelectNext(_)
            | Self::TogglePlay
            | Self::ToStart
            | Self::ToEnd
            | Self::StepBy(_)
            | Self::GoTo(_)
            | Self::SetSpeed(_)
            | Self::StepInside(_)
            | Self::PlayInside
            | Self::LeaveInside
            | Self::SetFromHereOn(_)
            | Self::ChooseSample(_)
            | Self::StepPass(_)
            | Self::LightPath(_)
            | Self::ShowFacet(_)
            | Self::Dismiss
            // The window around the scene, files, and undo itself.
            | Self::ToggleMaximized(_)
            | Self::PointAt(_)
            | Self::ToggleTheme
            | Self::SetTypeScale(_)
            | Self::SetSetupInFront(_)
            | Self::ToggleKeys
            | Self::ToggleQuestions
            | Self::ToggleCriticalTable
            | Self::ToggleTiming
            | Self::CloseMessage
            | Self::Say(_)
            | Self::OpenFile(_)
            | Self::AskForFile(_)
            | Self::SaveSamples { .. }
            | Self::SaveAgain
            | Self::KeepFile
            | Self::TakeHold
            | Self::LetGo
            | Self::Leave(_)
            | Self::Undo
            | Self::Redo => Undoing::Passed,
        }
    }
}
