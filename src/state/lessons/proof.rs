//! A lesson file checked: its scenes can be shown, no task is done when its page comes, and its solution does it.

use super::super::{State, spec};
use super::solution::read_solution;
use super::{Lesson, SharedLesson};
use crate::landscapes::ReadFile;
use crate::lessons::{LessonText, Mistake};
use crate::numbers::numerals::{counted, number};

/// Everything that is wrong with a lesson file, in the order of the file; `read` brings the files that it names.
///
/// The scenes are built, and the runs of the pages with a task are computed, so it may take as long as these.
pub fn check(text: &str, read: ReadFile<'_>) -> Vec<Mistake> {
    let (mut written, mut mistakes) = LessonText::read_as_far(text);
    let unread = written.bring_files(read);
    let (lesson, unknown) = Lesson::as_far(written);
    mistakes.extend(unknown);
    // A landscape whose file cannot be read is no scene either, which is the same mistake: it begins at the quotation mark.
    let is_said =
        |mistake: &Mistake| unread.iter().any(|known| (known.at.saturating_sub(1)..=known.at).contains(&mistake.at));
    mistakes.extend(lesson.scene_mistakes().into_iter().filter(|mistake| !is_said(mistake)));
    mistakes.extend(unread);
    if mistakes.is_empty() {
        let lesson = SharedLesson::from(lesson);
        for page in 0..lesson.pages.len() {
            prove(&lesson, page, &mut mistakes);
        }
    } else {
        lesson.read_solutions(&mut mistakes);
    }
    mistakes.sort_by_key(|mistake| mistake.at);
    mistakes
}

impl Lesson {
    /// What is wrong with the scenes of its pages, by their places in its file.
    pub fn scene_mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for page in &self.pages {
            let Some(text) = &page.scene else { continue };
            let faults = spec::check(&text.value);
            mistakes.extend(faults.into_iter().map(|fault| Mistake::new(text.at + fault.span.start, fault.message)));
            if let Some(Ok(scene)) = page.scene()
                && scene.view.lesson.is_some()
            {
                let at = text.at + place_of_key("lesson", &text.value);
                mistakes.push(Mistake::new(at, "the scene of a page names no lesson: it is a page of this one"));
            }
        }
        mistakes
    }
}

/// Where a key stands at the beginning of a line; the beginning of the text where it does not.
fn place_of_key(key: &str, text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with(key) {
            return at + line.len() - line.trim_start().len();
        }
        at += line.len();
    }
    0
}

impl Lesson {
    /// What is wrong with the words of its solutions, where they cannot be carried out for another mistake.
    fn read_solutions(&self, mistakes: &mut Vec<Mistake>) {
        let mut shown = None;
        for page in &self.pages {
            shown = page.scene().map_or(shown, Result::ok);
            let solution = page.task.as_ref().and_then(|task| task.solution.as_ref());
            if let Some((solution, scene)) = solution.zip(shown.as_ref()) {
                read_solution(solution, scene, mistakes);
            }
        }
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

/// Where the selected run ends, for whoever wonders why a task is not done.
fn ending(state: &State) -> String {
    let run = state.derived.run(state.selected);
    let Some((run, last)) = run.and_then(|run| Some((run, run.iterates().last()?))) else { return String::new() };
    let place = if run.landscape().dimension().is_one() {
        number(last.at.x)
    } else {
        format!("({}, {})", number(last.at.x), number(last.at.y))
    };
    let steps = counted(run.iterates().len() - 1, "step");
    format!(": with it the run ends at {place} after {steps}, at a loss of {}", number(last.loss))
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
        mistakes.push(Mistake::new(task.at, format!("the solution does not do this task{}", ending(&state))));
    }
}
