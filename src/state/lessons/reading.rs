//! The lesson that is read: its page, and what is watched while that is shown.

use super::catalog::is_tour;
use super::measured::Measured;
use super::{Page, SharedLesson, Task};

/// A lesson, and the page of it that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The lesson.
    pub lesson: SharedLesson,
    /// The page, from 0.
    pub page: usize,
}

/// What is watched while a page is shown.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that has happened, or is to happen, by itself")]
pub(in crate::state) struct Watch {
    /// The page.
    pub(in crate::state) page: Option<Reading>,
    /// When it came, by the clock of the state.
    pub(in crate::state) since: f64,
    /// The hint was asked for.
    pub(in crate::state) asked: bool,
    /// Its task was done since it came.
    pub(in crate::state) is_done: bool,
    /// It was to be left before its question was answered.
    pub(in crate::state) wants_guess: bool,
    /// What its task measures, as it is now.
    pub(in crate::state) measured: Option<Measured>,
    /// The lesson was to be finished before all its tasks were done.
    pub(in crate::state) names_tasks: bool,
    /// Its question is to be asked as soon as its runs are known.
    pub(in crate::state) is_to_ask: bool,
}

impl Reading {
    /// The page that is shown.
    pub fn page(&self) -> Option<&Page> {
        self.lesson.pages.get(self.page)
    }

    /// Whether the reader is to answer the question of the lesson: on its last page, and not in the tour of the window.
    pub fn asks_for_answer(&self) -> bool {
        self.page + 1 == self.lesson.pages.len() && !is_tour(&self.lesson)
    }

    pub(in crate::state) fn task(&self) -> Option<&Task> {
        self.page()?.task.as_ref()
    }
}
