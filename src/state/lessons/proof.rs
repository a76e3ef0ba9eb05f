//! A lesson file put to the proof: its scenes can be shown, no task is done when its page comes, and its solution does it.

use super::super::State;
use super::{Lesson, SharedLesson};
use crate::landscapes::ReadFile;
use crate::lessons::{LessonText, Mistake};

/// Everything that is wrong with a lesson file, in the order of the file; `read` brings the files that it names.
///
/// The scenes are built, and the runs of the pages with a task are computed, so it may take as long as these.
pub fn check(text: &str, read: ReadFile<'_>) -> Vec<Mistake> {
    let (mut written, mut mistakes) = LessonText::read_as_far(text);
    mistakes.extend(written.bring_files(read));
    let (lesson, unknown) = Lesson::as_far(written);
    mistakes.extend(unknown);
    mistakes.extend(lesson.scene_mistakes());
    if mistakes.is_empty() {
        let lesson = SharedLesson::from(lesson);
        for page in 0..lesson.pages.len() {
            prove(&lesson, page, &mut mistakes);
        }
    }
    mistakes.sort_by_key(|mistake| mistake.at);
    mistakes
}

impl Lesson {
    /// What is wrong with the scenes of its pages, by their places in its file.
    pub fn scene_mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for page in &self.pages {
            let Some((text, Err(faults))) = page.scene.as_ref().zip(page.scene()) else { continue };
            mistakes.extend(faults.0.into_iter().map(|fault| Mistake::new(text.at + fault.span.start, fault.message)));
        }
        mistakes
    }
}

/// A state that shows a page of a lesson as it comes to someone who turns the pages.
fn entered(lesson: &SharedLesson, page: usize) -> State {
    let mut state = State::opening();
    state.open_lesson(lesson.clone());
    for _ in 0..page {
        state.turn_page(1);
    }
    state.finish();
    state
}

/// Holds the task of a page against the page.
fn prove(lesson: &SharedLesson, page: usize, mistakes: &mut Vec<Mistake>) {
    let Some(task) = &lesson.pages[page].task else { return };
    let mut state = entered(lesson, page);
    if task.goal.is_met(&state) {
        mistakes.push(Mistake::new(
            task.at,
            "this task is done as soon as its page is shown: ask for more, or change the scene",
        ));
    }
    let Some(solution) = &task.solution else { return };
    let before = mistakes.len();
    state.carry_out_solution(solution, mistakes);
    if mistakes.len() == before && !task.goal.is_met(&state) {
        mistakes.push(Mistake::new(task.at, "the solution does not do this task"));
    }
}
