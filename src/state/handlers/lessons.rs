//! Shows a lesson: its pages set their scenes, its tasks are watched, and leaving it shows the scene from before.

use super::Touched;
use crate::drawing::overlays::{self, OverlayId};
use crate::lessons::plain;
use crate::state::lessons::Measured;
use crate::state::lessons::Watch;
use crate::state::{
    About, LESSONS, Lesson, LessonCommand, Look, Page, Prediction, Reading, Scene, SceneView, SharedLesson, State,
};

/// A hint is shown after this many seconds on a page whose task is not done.
const HINT_AFTER: f64 = 60.0;

impl State {
    /// Carries out a command for the lessons.
    pub(super) fn carry_out_lessons(&mut self, command: LessonCommand) -> Touched {
        match command {
            LessonCommand::Show(index) => self.show_lesson(index),
            LessonCommand::Open(lesson) => self.open_lesson(lesson),
            LessonCommand::TurnPage(pages) => self.turn_page(pages),
            LessonCommand::Close => self.close_lesson(),
            LessonCommand::AskOfPage => self.ask_of_page(),
            LessonCommand::ShowHint => {
                self.ask_hint();
                return Touched::Nothing;
            }
            LessonCommand::NameTasksLeft => {
                self.name_tasks();
                return Touched::Nothing;
            }
            LessonCommand::DeclineTour => {
                self.view.chrome.offers_tour = false;
                return Touched::Nothing;
            }
        }
        Touched::Scene
    }

    /// Shows the first page of a lesson, which undo takes back; nothing happens if there is no such lesson.
    pub(in crate::state) fn show_lesson(&mut self, index: usize) {
        if let Some(lesson) = LESSONS.get(index) {
            self.open_lesson(lesson.clone());
        }
    }

    /// Handles the result of reading a lesson's file: shows it, or says why it is not a lesson; ignored if another has been asked for since.
    pub fn take_lesson(&mut self, ticket: u64, outcome: Result<SharedLesson, String>) {
        let Some(request) = self.file_request.take_if(|request| request.ticket == ticket) else { return };
        match outcome {
            Ok(lesson) => {
                self.files.scenes.opens = false;
                self.files.scenes.remember(&request.path);
                self.show_lesson_of_file(lesson, request.path);
            }
            Err(why) => {
                self.files.scenes.forget(&request.path);
                self.resume_nothing();
                self.say_about(About::Refused, why);
            }
        }
    }

    /// Shows the first page of a lesson.
    pub(in crate::state) fn open_lesson(&mut self, lesson: SharedLesson) {
        self.forget_lesson_file();
        // From one lesson to the next, what was there before the first is what is given back.
        if self.view.scene.lesson.is_none() {
            self.before_lesson = Some(Box::new(self.scene()));
        }
        self.show_page(Reading { lesson, page: 0 });
        // Type and theme stay; what lies over the scene does not.
        let chrome = &mut self.view.chrome;
        (chrome.maximized, chrome.keys_open, chrome.critical_open, chrome.open_run) = (None, false, false, None);
        // Who has begun to read finds the tour in the list.
        chrome.offers_tour = false;
    }

    /// Turns this many pages, forward or back. The first attempt to leave an unanswered page forward asks for a guess instead.
    pub(in crate::state) fn turn_page(&mut self, pages: isize) {
        if pages > 0 && !self.watch.wants_guess && self.is_unanswered() {
            self.watch.wants_guess = true;
            return;
        }
        let Some(reading) = self.view.scene.lesson.clone() else { return };
        let Some(page) = reading.page.checked_add_signed(pages) else { return };
        if page < reading.lesson.pages.len() {
            self.show_page(Reading { page, ..reading });
        }
    }

    /// Shows a page: its scene, or where it has none that of the page before, which is there already on the way forward.
    pub(super) fn show_page(&mut self, reading: Reading) {
        let Some(page) = reading.page() else { return };
        let before = self.view.scene.lesson.as_ref();
        let goes_on = before.is_some_and(|before| before.lesson == reading.lesson && before.page + 1 == reading.page);
        let of_before = || reading.lesson.pages[..reading.page].iter().rev().find_map(Page::scene);
        let scene = if goes_on { page.scene() } else { page.scene().or_else(of_before) };
        let (names_tab, look) = (page.names_tab, page.look.clone());
        self.close_question();
        match scene {
            Some(Ok(scene)) => {
                let view = self.view.scene.lent_to(scene.view.clone());
                let message = self.message.take();
                self.show_scene(Scene { view: SceneView { lesson: Some(reading), ..view }, ..scene });
                self.message = message;
                (self.view.chrome.presents_tab, self.view.chrome.tab_covers_page) = (names_tab, false);
            }
            Some(Err(error)) => {
                self.view.scene.lesson = Some(reading);
                self.say(format!("The scene of this page cannot be shown: {error}"));
            }
            None => self.view.scene.lesson = Some(reading),
        }
        for look in look {
            if let Look::Overlay(id) = look {
                self.view.scene.overlays.insert(id);
            }
        }
    }

    /// Shows the scene from before the lesson again, with the list of lessons where it was chosen from.
    pub(in crate::state) fn close_lesson(&mut self) {
        if self.view.scene.lesson.take().is_none() {
            return;
        }
        match self.before_lesson.clone() {
            Some(before) => self.show_scene(*before),
            // It was opened from a file: its scene stays, and is no lesson any longer.
            None => self.view.scene.give_back(),
        }
    }

    /// The lesson that is read.
    pub fn lesson(&self) -> Option<&Lesson> {
        self.view.scene.lesson.as_ref().map(|reading| &*reading.lesson)
    }

    /// The page that is shown.
    pub fn page(&self) -> Option<&Page> {
        self.view.scene.lesson.as_ref()?.page()
    }

    /// What is pointed at while the page is shown.
    pub fn look(&self) -> &[Look] {
        self.page().map_or(&[], |page| &page.look)
    }

    /// The overlays whose names come first in the legend: what the page looks at, and what is not on by itself, as what a tab brings.
    pub fn noted_overlays(&self) -> Vec<OverlayId> {
        let looked_at = |id: OverlayId| self.look().contains(&Look::Overlay(id));
        let is_usual = |overlay: &overlays::Overlay| overlay.on_at_first && overlay.tabs.is_empty();
        let is_extra = |id: OverlayId| overlays::find(id.name()).is_some_and(|overlay| !is_usual(overlay));
        let shown = self.view.scene.overlays.iter().copied();
        shown.filter(|id| looked_at(*id) || is_extra(*id)).collect()
    }

    /// Notes that another page is shown, and whether its task is done.
    pub(in crate::state) fn watch_page(&mut self) {
        let reading = &self.view.scene.lesson;
        if self.watch.page != *reading {
            let is_to_ask = reading.as_ref().and_then(Reading::page).is_some_and(|page| page.predict.is_some());
            self.watch = Watch { page: reading.clone(), since: self.clock, is_to_ask, ..Watch::default() };
        }
        self.predictions.follow_lesson(reading.as_ref().map(|reading| reading.lesson.id.as_str()));
        let Some(reading) = reading else { return };
        // While something is hidden to be predicted, so are the numbers that give it away.
        let task = reading.task().filter(|_| self.predictions.asked().is_none());
        let measured = task.and_then(|task| task.goal.measured(self));
        self.progress.read(&reading.lesson.id, reading.page);
        let is_done = !self.watch.is_done && reading.task().is_some_and(|task| task.goal.is_met(self));
        self.watch.measured = measured;
        if is_done {
            self.watch.is_done = true;
            self.progress.finish(&reading.lesson.id, reading.page);
        }
    }

    /// Asks the question of a page that has come, before anything of its answer is seen; true where there was one to ask.
    pub(in crate::state) fn ask_with_page(&mut self) -> bool {
        let is_to_ask = std::mem::take(&mut self.watch.is_to_ask);
        if is_to_ask {
            self.ask_of_page();
        }
        is_to_ask
    }

    /// Asks the question of the page.
    pub(in crate::state) fn ask_of_page(&mut self) {
        if let Some(Prediction { kind, span, question }) = self.page().and_then(|page| page.predict.clone()) {
            self.ask(kind, span, Some(plain(&question)));
        }
    }

    /// Does what the file of the lesson says of the task of the page; false where it says nothing, or something that cannot be.
    pub fn solve_task(&mut self) -> bool {
        let task = self.page().and_then(|page| page.task.as_ref());
        let Some(solution) = task.and_then(|task| task.solution.clone()) else { return false };
        let mut mistakes = Vec::new();
        self.carry_out_solution(&solution, &mut mistakes);
        mistakes.is_empty()
    }

    /// Whether the question of the page is open, and there is no guess yet.
    fn is_unanswered(&self) -> bool {
        let asks = self.page().is_some_and(|page| page.predict.is_some());
        asks && self.predictions.asked().is_some_and(|open| !open.has_guesses())
    }

    /// Whether the reader tried to leave without a guess; the next attempt succeeds.
    pub fn wants_guess(&self) -> bool {
        self.watch.wants_guess && self.is_unanswered()
    }

    /// The pages whose tasks are left, once the lesson was to be finished with them: the next time it is. Tasks whose pages were done
    /// before are not done again for it.
    pub fn tasks_named(&self) -> Vec<usize> {
        let named = self.lesson().filter(|_| self.watch.names_tasks);
        named.map_or_else(Vec::new, |lesson| self.progress.tasks_left(lesson))
    }

    /// Names the tasks that are left.
    pub(in crate::state) fn name_tasks(&mut self) {
        self.watch.names_tasks = true;
    }

    /// Whether the task of the page was done since the page came.
    pub fn is_task_done(&self) -> bool {
        self.watch.is_done
    }

    /// What the task of the page measures, as it is now; `None` while it is hidden, or where there is nothing to measure.
    pub fn measured(&self) -> Option<&Measured> {
        self.watch.measured.as_ref()
    }

    /// Shows the hint of the page's task.
    pub(in crate::state) fn ask_hint(&mut self) {
        self.watch.asked = true;
    }

    /// Whether the hint is shown: it was asked for, or the task has taken long.
    pub fn shows_hint(&self) -> bool {
        let waited = self.clock - self.watch.since >= HINT_AFTER;
        self.watch.asked || waited && self.has_hint() && !self.watch.is_done
    }

    fn has_hint(&self) -> bool {
        let task = self.view.scene.lesson.as_ref().and_then(Reading::task);
        task.is_some_and(|task| task.hint.is_some())
    }

    /// Seconds until the hint appears automatically; `None` if none will.
    pub(in crate::state) fn hint_due(&self) -> Option<f64> {
        let waits = self.has_hint() && !self.is_task_done() && !self.shows_hint();
        waits.then(|| (self.watch.since + HINT_AFTER - self.clock).max(0.0))
    }
}
