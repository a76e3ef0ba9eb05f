//! How far the lessons were read lasts from one start of the program to the next: it is written when a page was shown or a task done,
//! so that a crash takes nothing of it.

use std::path::{Path, PathBuf};

use eframe::Storage;

use super::files::read_file;
use crate::export::write_file;
use crate::jobs::{Brought, Jobs, OneShot};
use crate::state::{Progress, State};

/// Its file, beside the stored settings.
const FILE: &str = "lessons.toml";
/// Under which name it was stored among the settings before it had a file of its own.
const KEY: &str = "lessons";

/// The result of writing it.
#[derive(Clone)]
struct Written(Result<(), String>);

impl Brought for Written {}

/// Keeps it.
pub(super) struct ProgressKeeper {
    /// `None` where there is no folder for it.
    file: Option<PathBuf>,
    /// What was written last, or is being written.
    kept: Progress,
    job: Option<OneShot<Written>>,
    jobs_begun: u64,
    /// It was said that it cannot be kept.
    has_complained: bool,
}

impl ProgressKeeper {
    /// Keeps it in this folder.
    pub(super) fn in_folder(folder: Option<&Path>) -> Self {
        let file = folder.map(|folder| folder.join(FILE));
        Self { file, kept: Progress::default(), job: None, jobs_begun: 0, has_complained: false }
    }

    /// What was kept, here and among the settings; nothing where there is none, or where it cannot be read.
    pub(super) fn restore(&mut self, storage: Option<&dyn Storage>) -> Progress {
        self.kept = self.file.as_deref().map(read).unwrap_or_default();
        let stored = storage.and_then(|storage| storage.get_string(KEY));
        let mut progress: Progress = stored.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default();
        progress.add(&self.kept);
        progress
    }

    /// Writes it in the background if something was read or done since.
    pub(super) fn keep(&mut self, state: &mut State, jobs: &mut Jobs) {
        let Some(file) = &self.file else { return };
        if let Some((_, Written(outcome))) = jobs.take().and_then(OneShot::into_outcome) {
            self.job = None;
            if let Err(why) = outcome
                && !std::mem::replace(&mut self.has_complained, true)
            {
                state.say_of_files(format!("How far the lessons were read is not kept for the next start: {why}"));
            }
        }
        if self.job.is_none() && self.kept != state.progress {
            self.kept = state.progress.clone();
            self.jobs_begun += 1;
            let (file, progress) = (file.clone(), self.kept.clone());
            self.job = Some(OneShot::new(self.jobs_begun, move || Written(write(&file, &progress))));
        }
        jobs.want(self.job.as_ref());
    }

    /// Writes it at once, as the program is closed, unless it is written.
    pub(super) fn close(&self, state: &State) {
        if let Some(file) = &self.file
            && (self.job.is_some() || self.kept != state.progress)
        {
            // Nobody is there to read it.
            let _ = write(file, &state.progress);
        }
    }
}

/// What a file holds.
fn read(file: &Path) -> Progress {
    let text = read_file(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
}

/// Writes it, with what another window has written meanwhile.
fn write(file: &Path, progress: &Progress) -> Result<(), String> {
    let mut all = progress.clone();
    all.add(&read(file));
    let text = toml::to_string(&all).map_err(|error| error.to_string())?;
    write_file(file, |out| out.write_all(text.as_bytes())).map_err(|error| error.to_string())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use std::fs;

    use super::*;
    use crate::app::settings::tests::Memory;
    use crate::state::{Command, LessonCommand};

    /// Opens a lesson and turns some of its pages, a frame each; then what was begun is waited for, and the program is killed.
    fn read_and_crash(folder: &Path, lesson: usize, pages: usize) -> Progress {
        let mut keeper = ProgressKeeper::in_folder(Some(folder));
        let mut jobs = Jobs::new(|| {});
        let mut state = State::opening();
        state.progress = keeper.restore(None);
        state.apply(vec![Command::Lessons(LessonCommand::Show(lesson))]);
        for _ in 1..pages {
            keeper.keep(&mut state, &mut jobs);
            state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
        }
        keeper.keep(&mut state, &mut jobs);
        while keeper.job.is_some() {
            keeper.keep(&mut state, &mut jobs);
        }
        state.progress
    }

    #[test]
    fn a_crash_takes_nothing_of_what_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let first = read_and_crash(folder.path(), 2, 3);
        assert_eq!(ProgressKeeper::in_folder(Some(folder.path())).restore(None), first);
        let both = read_and_crash(folder.path(), 3, 2);
        assert_eq!(ProgressKeeper::in_folder(Some(folder.path())).restore(None), both);
        let id = &crate::state::LESSONS[2].id;
        assert_eq!(both.pages_read(id, 10), first.pages_read(id, 10), "what was read before the second start");
        assert!(first.pages_read(id, 10) > 1 && both != first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    /// Nothing is written while nothing is read, and a keeper without a folder keeps nothing.
    #[test]
    fn it_is_written_only_when_something_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = ProgressKeeper::in_folder(Some(folder.path()));
        let mut jobs = Jobs::new(|| {});
        let mut state = State::opening();
        keeper.keep(&mut state, &mut jobs);
        keeper.close(&state);
        assert!(keeper.job.is_none() && !folder.path().join(FILE).exists());
        state.apply(vec![Command::Lessons(LessonCommand::Show(0))]);
        let mut homeless = ProgressKeeper::in_folder(None);
        homeless.keep(&mut state, &mut jobs);
        assert!(homeless.job.is_none());
        keeper.close(&state);
        assert_eq!(keeper.restore(None), state.progress, "as it is closed");
    }

    #[test]
    fn windows_that_are_open_at_the_same_time_take_nothing_from_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let read = |lesson| {
            let mut state = State::opening();
            state.apply(vec![Command::Lessons(LessonCommand::Show(lesson))]);
            state
        };
        let one = read(1);
        let other = read(4);
        let keepers = [0, 1].map(|_| ProgressKeeper::in_folder(Some(folder.path())));
        keepers[0].close(&one);
        keepers[1].close(&other);
        let kept = ProgressKeeper::in_folder(Some(folder.path())).restore(None);
        for lesson in [1, 4] {
            assert!(kept.has_read(&crate::state::LESSONS[lesson].id, 0));
        }
    }

    #[test]
    fn what_was_stored_among_the_settings_counts_and_what_cannot_be_read_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = State::opening();
        state.apply(vec![Command::Lessons(LessonCommand::Show(0))]);
        let mut storage = Memory::default();
        storage.set_string(KEY, toml::to_string(&state.progress).unwrap());
        let restored = |storage: Option<&dyn Storage>| ProgressKeeper::in_folder(Some(folder.path())).restore(storage);
        assert_eq!(restored(Some(&storage)), state.progress, "the page that was read");
        assert_ne!(state.progress, Progress::default(), "there is something to keep");
        let both = read_and_crash(folder.path(), 1, 1);
        assert!(restored(Some(&storage)).has_read(&crate::state::LESSONS[0].id, 0), "what is in both places counts");
        assert!(both.has_read(&crate::state::LESSONS[1].id, 0));
        for corrupt in [b"a = 3".as_slice(), b"\xff", b""] {
            fs::write(folder.path().join(FILE), corrupt).unwrap();
            storage.set_string(KEY, "a = 3".to_owned());
            assert_eq!(restored(Some(&storage)), Progress::default(), "a corrupt store");
        }
    }
}
