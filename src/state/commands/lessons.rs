//! Commands of the lessons: which page is shown, what is asked of the reader, what is named.

use crate::state::SharedLesson;
use crate::state::history::Undoing;

/// Commands for the lessons.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonCommand {
    /// Opens a built-in lesson at page 1, by its position in the list.
    Show(usize),
    /// Shows the first page of a lesson that was read from a file.
    Open(SharedLesson),
    /// Turns this many pages of the lesson, or back.
    TurnPage(isize),
    /// Closes the lesson: shows the scene from before it.
    Close,
    /// Asks the question of the page.
    AskOfPage,
    /// Shows the hint of the page's task.
    ShowHint,
    /// Names the tasks that are left, before the lesson is finished.
    NameTasksLeft,
    /// Does not offer the tour any more.
    DeclineTour,
}

impl LessonCommand {
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::Show(_) | Self::Open(_) => Undoing::Alone("the lesson"),
            Self::TurnPage(_) => Undoing::Alone("the page"),
            Self::Close => Undoing::Alone("the way out of the lesson"),
            // What is asked and named is no change of the scene.
            Self::AskOfPage | Self::ShowHint | Self::NameTasksLeft | Self::DeclineTour => Undoing::Passed,
        }
    }
}
