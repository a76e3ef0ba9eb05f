//! Every lesson of the program, as it is shown.

use std::sync::LazyLock;

use super::{Lesson, SharedLesson};
use crate::lessons::FILES;

/// This many stand on top of the list: what a first hour is about.
pub const FIRST: usize = 6;
/// The id of the tour of the window.
const TOUR: &str = "tour";

/// Every lesson, those of a first hour first. A file that cannot be read is left out, which a test excludes.
pub static ALL: LazyLock<Vec<SharedLesson>> = LazyLock::new(|| {
    let read = FILES.iter().filter_map(|text| Lesson::read(text).ok()).map(SharedLesson::from);
    let (mut first, others): (Vec<_>, Vec<_>) = read.partition(|lesson| lesson.first);
    first.extend(others);
    first
});

/// The number of a lesson of the program, from 1 in the order of the files; `None` for the tour, and for a lesson from a file.
pub fn number(lesson: &Lesson) -> Option<usize> {
    static IDS: LazyLock<Vec<String>> =
        LazyLock::new(|| FILES.iter().filter_map(|text| Lesson::read(text).ok()).map(|lesson| lesson.id).collect());
    let place = IDS.iter().position(|id| *id == lesson.id).filter(|_| !is_tour(lesson))?;
    Some(place + 1)
}

/// Whether a lesson is the tour of the window.
pub(super) fn is_tour(lesson: &Lesson) -> bool {
    lesson.id == TOUR
}

/// Where the tour of the window stands in the list, which is offered to who starts the program for the first time.
pub fn tour() -> Option<usize> {
    ALL.iter().position(|lesson| is_tour(lesson))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::GUIDE;
    use crate::state::lessons::check;

    fn said(text: &str) -> String {
        check(text, &|_| unreachable!("no lesson of the program names a file"))
            .iter()
            .map(|mistake| mistake.in_text(text))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// What stands between four backticks in the guide.
    #[test]
    fn the_example_of_the_guide_is_a_lesson() {
        let example = GUIDE.split("````markdown\n").nth(1).and_then(|rest| rest.split("````").next()).unwrap();
        assert_eq!(said(example), "");
        assert_eq!(Lesson::read(example).unwrap().pages.len(), 2);
    }

    #[test]
    fn every_file_is_a_lesson_and_six_are_of_the_first_hour() {
        for text in FILES {
            assert_eq!(said(text), "", "{}", text.lines().nth(1).unwrap_or_default());
        }
        assert_eq!(ALL.len(), FILES.len(), "all are read");
        assert_eq!(ALL.iter().filter(|lesson| lesson.first).count(), FIRST, "those of the first hour");
        assert!(tour().is_some(), "the tour is one of them");
        let mut ids: Vec<&str> = ALL.iter().map(|lesson| lesson.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), FILES.len(), "each has an id of its own");
        for page in ALL.iter().flat_map(|lesson| &lesson.pages) {
            assert!(page.task.as_ref().is_none_or(|task| task.solution.is_some()), "a task has a solution");
        }
    }
}
