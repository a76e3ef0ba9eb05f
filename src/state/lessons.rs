//! A lesson: pages of text, each with a scene that shows what it is about, tasks, and the parts of the window to look at.

mod bookmark;
mod catalog;
mod controls;
mod goal;
mod goal_measured;
mod goal_met;
mod lending;
mod measured;
mod progress;
mod proof;
mod reading;
mod resolve;
mod scenes;
mod solution;

use std::ops::Deref;
use std::sync::Arc;

pub use bookmark::Bookmark;
pub(super) use bookmark::LessonFile;
pub use catalog::{ALL, FIRST, number, tour};
pub use controls::TaskControls;
pub use goal::{Goal, Range};
pub use lending::Borrowed;
pub(super) use lending::LentView;
pub use measured::Measured;
pub use progress::Progress;
pub use proof::check;
pub use reading::Reading;
pub(super) use reading::Watch;
pub(super) use resolve::{overlay, picture, tab};
pub(super) use solution::{choice, setting};

use crate::drawing::WindowPart;
use crate::drawing::overlays::OverlayId;
use crate::lessons::{Block, Inline, SceneText, SolutionText};
use crate::quiz::{PredictionKind, Span};

/// Pages about a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Its name in files.
    pub id: String,
    /// Its name where there is room for a few words.
    pub title: String,
    /// As a student asks it.
    pub question: String,
    /// Whether it stands on top of the list, on the first screen.
    pub first: bool,
    /// Its pages, at least one.
    pub pages: Vec<Page>,
}

/// A page of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its heading.
    pub heading: Vec<Inline>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// What to try.
    pub task: Option<Task>,
    /// What to predict, before it is seen.
    pub predict: Option<Prediction>,
    /// What is framed while it is shown.
    pub look: Vec<Look>,
    /// Its scene; `None` where that of the page before stays.
    scene: Option<SceneText>,
    /// Whether its scene names a tab, which then stands beside the picture.
    pub names_tab: bool,
}

/// Something to try, which is recognized when it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What to do.
    pub text: Vec<Inline>,
    /// What helps.
    pub hint: Option<Vec<Inline>>,
    /// When it is done.
    pub goal: Goal,
    /// Where it stands in its file.
    at: usize,
    pub(super) solution: Option<SolutionText>,
}

/// A question that a class answers before it sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// What is predicted.
    pub kind: PredictionKind,
    /// The next step or the whole run.
    pub span: Span,
    /// What is asked.
    pub question: Vec<Inline>,
}

/// What a page points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A part of the window.
    Part(WindowPart),
    /// An overlay, in the picture.
    Overlay(OverlayId),
}

/// A lesson that many may hold: of the program, or from a file.
#[derive(Clone, Debug)]
pub struct SharedLesson(Arc<Lesson>);

impl Deref for SharedLesson {
    type Target = Lesson;

    fn deref(&self) -> &Lesson {
        &self.0
    }
}

/// Lessons are equal if they are one and the same, not if they are alike.
impl PartialEq for SharedLesson {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Lesson> for SharedLesson {
    fn from(lesson: Lesson) -> Self {
        Self(Arc::new(lesson))
    }
}

#[cfg(test)]
mod tests;
