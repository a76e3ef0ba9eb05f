//! Where a reader has stopped, and the way back there.

use std::path::PathBuf;

use crate::state::history::History;
use crate::state::lessons::LessonFile;
use crate::state::{Bookmark, Command, FileCommand, LESSONS, LessonCommand, Reading, SharedLesson, State};

impl State {
    /// Where the reader is; `None` where no lesson is read that can be found again.
    pub fn bookmark(&self) -> Option<Bookmark> {
        let Reading { lesson, page } = self.view.scene.lesson.as_ref()?;
        let file = self.lesson_file.path.clone();
        let is_found = file.is_some() || LESSONS.iter().any(|known| known == lesson);
        is_found.then(|| Bookmark { id: lesson.id.clone(), page: *page, file })
    }

    /// Shows that page again, with nothing to take back; a file is read first. Nothing happens where there is no such lesson.
    pub fn resume_reading(&mut self, mark: &Bookmark) {
        if let Some(path) = &mark.file {
            let message = self.message.take();
            self.apply(vec![Command::Files(FileCommand::Open(path.clone()))]);
            self.lesson_file.resume_at = Some(mark.page);
            // Nobody has asked for the file: what was said before stands.
            self.message = self.message.take().or(message);
        } else if let Some(lesson) = LESSONS.iter().find(|lesson| lesson.id == mark.id) {
            self.resume(lesson.clone(), mark.page);
        }
    }

    /// Shows a page of a lesson that was read before.
    fn resume(&mut self, lesson: SharedLesson, page: usize) {
        let message = self.message.take();
        let page = page.min(lesson.pages.len().saturating_sub(1));
        self.open_lesson(lesson.clone());
        self.show_page(Reading { lesson, page });
        self.history = History::default();
        self.refresh();
        if self.ask_with_page() {
            self.refresh();
        }
        self.message = message;
    }

    /// Shows a lesson that has come from a file, at the page to which it was to be opened.
    pub(super) fn show_lesson_of_file(&mut self, lesson: SharedLesson, path: PathBuf) {
        match self.lesson_file.resume_at.take() {
            Some(page) => self.resume(lesson, page),
            None => self.apply(vec![Command::Lessons(LessonCommand::Open(lesson))]),
        }
        self.lesson_file.path = Some(path);
    }

    /// The lesson that was to be opened at a page did not come.
    pub(super) fn resume_nothing(&mut self) {
        self.lesson_file.resume_at = None;
    }

    /// Another lesson is shown.
    pub(super) fn forget_lesson_file(&mut self) {
        self.lesson_file = LessonFile::default();
    }
}
