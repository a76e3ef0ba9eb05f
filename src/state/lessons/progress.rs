//! How far a reader of the lessons has come: the pages that were shown, and the tasks that were done.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Lesson;

/// Of more lessons nothing is kept: a store must not grow for ever.
const MOST_LESSONS: usize = 500;

/// How far the reader has come in each lesson, by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress {
    lessons: BTreeMap<String, Reached>,
}

/// How far the reader has come in a lesson: pages by their place, from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Reached {
    read: BTreeSet<usize>,
    done: BTreeSet<usize>,
}

impl Progress {
    fn reached(&mut self, lesson: &str) -> Option<&mut Reached> {
        if self.lessons.len() >= MOST_LESSONS && !self.lessons.contains_key(lesson) {
            return None;
        }
        Some(self.lessons.entry(lesson.to_owned()).or_default())
    }

    /// A page was shown.
    pub(in crate::state) fn read(&mut self, lesson: &str, page: usize) {
        if let Some(reached) = self.reached(lesson) {
            reached.read.insert(page);
        }
    }

    /// The task of a page was done.
    pub(in crate::state) fn finish(&mut self, lesson: &str, page: usize) {
        if let Some(reached) = self.reached(lesson) {
            reached.done.insert(page);
        }
    }

    /// What was read and done elsewhere counts here, too.
    pub fn add(&mut self, other: &Self) {
        for (lesson, theirs) in &other.lessons {
            if let Some(reached) = self.reached(lesson) {
                reached.read.extend(&theirs.read);
                reached.done.extend(&theirs.done);
            }
        }
    }

    /// Whether a page was shown.
    pub fn has_read(&self, lesson: &str, page: usize) -> bool {
        self.lessons.get(lesson).is_some_and(|reached| reached.read.contains(&page))
    }

    /// Whether the task of a page was done.
    pub fn has_done(&self, lesson: &str, page: usize) -> bool {
        self.lessons.get(lesson).is_some_and(|reached| reached.done.contains(&page))
    }

    /// The pages of a lesson whose tasks were not done.
    pub fn tasks_left(&self, lesson: &Lesson) -> Vec<usize> {
        let has_task = |page: &usize| lesson.pages[*page].task.is_some();
        (0..lesson.pages.len()).filter(has_task).filter(|page| !self.has_done(&lesson.id, *page)).collect()
    }

    /// Whether every page of a lesson was shown and every task done.
    pub fn has_finished(&self, lesson: &Lesson) -> bool {
        let pages = lesson.pages.len();
        self.pages_read(&lesson.id, pages) == pages && self.tasks_left(lesson).is_empty()
    }

    /// How many of the first `pages` pages were shown.
    pub fn pages_read(&self, lesson: &str, pages: usize) -> usize {
        self.lessons.get(lesson).map_or(0, |reached| reached.read.range(..pages).count())
    }
}
