//! Everything a user can do, as data, and what the window reports of itself while it is drawn (where the pointer is, how much room
//! the tab needs). Time and results change the state without a command.
//!
//! Each part of the state has an enum of its own commands; a file of the same name in `state/handlers/` carries them out. Those that
//! undo takes back have a match that says how it treats each. Commands for playing, predicting, studies, the window, files,
//! export and history are never undone themselves; an opened scene is shown by [`DocumentCommand::ShowScene`], which is.

mod document;
mod exporting;
mod files;
mod lessons;
mod pilot;
mod play;
mod predict;
mod runs;
mod samples;
mod studies;
mod view;
mod window;

pub use document::DocumentCommand;
pub use exporting::ExportCommand;
pub use files::FileCommand;
pub use lessons::LessonCommand;
pub use pilot::PilotCommand;
pub use play::PlayCommand;
pub use predict::PredictCommand;
pub use runs::RunCommand;
pub use samples::SampleCommand;
pub use studies::StudyCommand;
pub use view::ViewCommand;
pub use window::WindowCommand;

use super::history::Undoing;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The landscape, the start and the length of the runs.
    Document(DocumentCommand),
    /// The samples of a network.
    Samples(SampleCommand),
    /// The runs and their methods.
    Runs(RunCommand),
    /// The lessons and their pages.
    Lessons(LessonCommand),
    /// The playhead, and the sub-step within a step.
    Play(PlayCommand),
    /// A flight by hand.
    Pilot(PilotCommand),
    /// What a class predicts.
    Predict(PredictCommand),
    /// Studies of many runs.
    Studies(StudyCommand),
    /// How the document is shown.
    View(ViewCommand),
    /// The window around it.
    Window(WindowCommand),
    /// Files on their way in and out.
    Files(FileCommand),
    /// Pictures that leave the program.
    Export(ExportCommand),
    /// Undo, redo, and what counts as one change.
    History(HistoryCommand),
}

/// Commands for the history of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryCommand {
    /// Takes back the last change of the scene.
    Undo,
    /// Redoes the last undone change.
    Redo,
    /// The pointer goes down: what it does until it is released is one change, however long it rests.
    TakeHold,
    /// The pointer is released.
    LetGo,
    /// Takes back what the pointer has changed since it went down.
    TakeBackDrag,
}

impl Command {
    /// How undo treats it, and what it calls it.
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::Document(command) => command.undoing(),
            Self::Samples(command) => command.undoing(),
            Self::Runs(command) => command.undoing(),
            Self::Lessons(command) => command.undoing(),
            Self::Pilot(command) => command.undoing(),
            Self::View(command) => command.undoing(),
            // The playhead and the window are where one stands, not what one has made; files are on the disk.
            Self::Play(_)
            | Self::Predict(_)
            | Self::Studies(_)
            | Self::Window(_)
            | Self::Files(_)
            | Self::Export(_)
            | Self::History(_) => Undoing::Passed,
        }
    }
}
