//! The last scene: saved in the background while the program runs, and shown again when it starts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::files::read_file;
use super::slot::Slot;
use crate::export::write_file;
use crate::jobs::{Brought, Jobs, OneShot};
use crate::state::{Arrival, Bookmark, Fingerprint, Scene, State};

/// It is kept no more often than this, in seconds.
const EVERY: f64 = 5.0;
/// A longer text is not kept, in bytes: it would be written again and again.
const LONGEST: usize = 16 << 20;

/// The message if another window is open.
const BESIDE: &str = "Another window is open: this one begins anew and keeps its scene apart";

/// What is kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct LastScene {
    /// The file that the scene belongs to, and what it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    holds: Option<String>,
    /// It is as in its file.
    is_saved: bool,
    /// The program was closed, and did not end otherwise.
    is_closed: bool,
    /// As in a file.
    scene: String,
    /// The page of a lesson that was read over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lesson: Option<Bookmark>,
}

/// The result of keeping it.
#[derive(Clone)]
struct Kept(Result<(), String>);

impl Brought for Kept {}

/// Keeps the scene.
pub(super) struct Keeper {
    /// Its place, beside the stored settings; `None` where there is no folder for it.
    slot: Option<Slot>,
    /// What was kept last.
    kept: Option<(Arc<Scene>, Option<Bookmark>)>,
    /// The state that was looked at last, and when.
    seen: (u64, f64),
    job: Option<OneShot<Kept>>,
    jobs_begun: u64,
    /// It was said that it cannot be kept.
    has_complained: bool,
}

impl Keeper {
    /// Keeps it in this folder, instead of a scene that is shown again, if it `restores` one.
    pub(super) fn in_folder(folder: Option<&Path>, restores: bool) -> Self {
        let slot = folder.and_then(|folder| Slot::take(folder, restores));
        Self { slot, kept: None, seen: (0, 0.0), job: None, jobs_begun: 0, has_complained: false }
    }

    /// Keeps the scene if it has changed, a few seconds after it was last; the seconds until it is to be looked at again.
    pub(super) fn keep(&mut self, state: &mut State, jobs: &mut Jobs, now: f64) -> Option<f64> {
        let file = self.slot.as_ref()?.file.clone();
        if let Some((_, Kept(outcome))) = jobs.take().and_then(OneShot::into_outcome) {
            self.job = None;
            if let Err(why) = outcome
                && !std::mem::replace(&mut self.has_complained, true)
            {
                state.say_of_files(format!("The scene is not kept for the next start: {why}"));
            }
        }
        let (revision, at) = self.seen;
        let is_due = state.revision != revision && self.job.is_none();
        let wait = (at + EVERY - now).clamp(0.0, EVERY);
        if is_due && wait > 0.0 {
            jobs.want(self.job.as_ref());
            return Some(wait);
        }
        if is_due {
            self.seen = (state.revision, now);
            let (scene, bookmark) = (Arc::new(state.own_scene()), state.bookmark());
            if self.kept.as_ref().is_none_or(|kept| kept.0 != scene || kept.1 != bookmark) {
                self.kept = Some((Arc::clone(&scene), bookmark));
                self.jobs_begun += 1;
                let known = Known::of(state);
                self.job = Some(OneShot::new(self.jobs_begun, move || Kept(write(&file, &scene, &known, false))));
            }
        }
        jobs.want(self.job.as_ref());
        None
    }

    /// Keeps it for good, as the program is closed.
    pub(super) fn close(&self, state: &State) {
        if let Some(slot) = &self.slot {
            // Nobody is there to read it.
            let _ = write(&slot.file, &state.own_scene(), &Known::of(state), true);
        }
    }

    /// Shows the scene of the last time, with a word; what to say where it cannot be read.
    pub(super) fn restore(&self, state: &mut State) -> Option<String> {
        let slot = self.slot.as_ref()?;
        let beside = || slot.is_beside.then(|| BESIDE.to_owned());
        let Some(file) = Some(slot.file.as_path()).filter(|file| file.is_file()) else { return beside() };
        let refused = |why: String| Some(format!("The scene of the last time cannot be read and is left out: {why}"));
        let text = match read_file(file).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => return refused("it is not valid UTF-8".to_owned()),
            Err(why) => return refused(why),
        };
        let last: LastScene = match toml::from_str(&text) {
            Ok(last) => last,
            Err(error) => return refused(error.message().to_owned()),
        };
        if slot.is_beside && last.is_closed {
            return beside();
        }
        let scene = match Scene::read(&last.scene) {
            Ok(scene) => scene,
            Err(faults) => return refused(faults.0.first().map_or_else(String::new, ToString::to_string)),
        };
        if scene.document == state.document && last.file.is_none() && last.lesson.is_none() {
            return None;
        }
        let what = if last.lesson.is_some() { "scene and lesson" } else { "scene" };
        let are = if last.lesson.is_some() { "are" } else { "is" };
        let said = if last.is_closed {
            format!("The {what} of the last time {are} back")
        } else {
            format!("The program was not closed the last time: its {what} {are} back, as of some seconds before")
        };
        let said = match slot.others {
            0 => said,
            1 => format!("{said}; the scene of another window comes back in the next one that is opened"),
            others => format!("{said}; the scenes of {others} more windows come back in the next ones that are opened"),
        };
        let holds = last.holds.as_deref().and_then(Fingerprint::read);
        let is_saved = last.is_saved || last.file.is_none();
        let file = last.file.zip(holds);
        state.restore(Arrival { scene, file, said: Some(said), is_saved });
        if let Some(lesson) = &last.lesson {
            state.resume_reading(lesson);
        }
        None
    }
}

/// What is known of the file of a scene, and of the lesson that is read over it.
struct Known {
    file: Option<PathBuf>,
    holds: Option<Fingerprint>,
    is_saved: bool,
    lesson: Option<Bookmark>,
}

impl Known {
    fn of(state: &State) -> Self {
        Self {
            file: state.own_path().map(Path::to_owned),
            holds: state.own_file_holds(),
            is_saved: !state.has_unsaved_changes(),
            lesson: state.bookmark(),
        }
    }
}

fn write(file: &Path, scene: &Scene, known: &Known, is_closed: bool) -> Result<(), String> {
    let scene = scene.write().map_err(|error| error.to_string())?;
    if scene.len() > LONGEST {
        return Ok(());
    }
    // A name that is not a text cannot be kept.
    let named = known.file.clone().filter(|path| path.to_str().is_some());
    let holds = known.holds.map(Fingerprint::write);
    let lesson = known.lesson.clone();
    let last = LastScene { file: named, holds, is_saved: known.is_saved, is_closed, scene, lesson };
    let text = toml::to_string(&last).map_err(|error| error.to_string())?;
    write_file(file, |out| out.write_all(text.as_bytes())).map_err(|error| error.to_string())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use std::fs;

    use super::*;
    use crate::state::{About, Command, DocumentCommand, FileCommand, LessonCommand};

    fn changed() -> State {
        let mut state = State::opening();
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")),
            Command::Document(DocumentCommand::SetSteps(17)),
        ]);
        state
    }

    fn said(state: &State) -> &str {
        state.message.as_ref().map_or("", |message| message.text.as_str())
    }

    #[test]
    fn the_scene_comes_back_with_a_word_and_a_click_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::in_folder(Some(folder.path()), true);
        let mut state = State::opening();
        assert_eq!(keeper.restore(&mut state), None, "nothing is kept at first");
        keeper.close(&state);
        assert_eq!((keeper.restore(&mut state), said(&state)), (None, ""), "the opening scene needs no word");
        for is_closed in [true, false] {
            let before = changed();
            write(&keeper.slot.as_ref().unwrap().file, &before.scene(), &Known::of(&before), is_closed).unwrap();
            let mut state = State::opening();
            assert_eq!(keeper.restore(&mut state), None);
            assert_eq!(state.scene().spec(), before.scene().spec());
            assert_eq!(said(&state).contains("was not closed"), !is_closed, "{}", said(&state));
            assert_eq!(state.message.as_ref().unwrap().about, About::Restored);
            state.apply(vec![Command::Files(FileCommand::New)]);
            assert_eq!(state.document, State::opening().document, "one click to the opening scene");
        }
    }

    #[test]
    fn a_second_window_leaves_the_scene_of_the_first_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keeper::in_folder(Some(folder.path()), true);
        let kept = |keeper: &Keeper, state: &State, is_closed| {
            write(&keeper.slot.as_ref().unwrap().file, &state.scene(), &Known::of(state), is_closed).unwrap();
        };
        kept(&first, &changed(), false);
        let second = Keeper::in_folder(Some(folder.path()), true);
        let mut state = State::opening();
        assert_eq!(second.restore(&mut state).as_deref(), Some(BESIDE));
        assert_eq!(state.document, State::opening().document, "a scene that a living window has is not opened");
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("booth"))]);
        kept(&second, &state, false);
        // The first one is killed; the second one goes on.
        drop(first);
        let mut recovered = State::opening();
        let third = Keeper::in_folder(Some(folder.path()), true);
        assert_eq!(third.restore(&mut recovered), None);
        assert_eq!(recovered.scene().spec(), changed().scene().spec());
        assert!(said(&recovered).contains("was not closed"), "{}", said(&recovered));
    }

    #[test]
    fn a_file_of_the_scene_is_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::in_folder(Some(folder.path()), true);
        let mut before = changed();
        let path = folder.path().join("a.toml");
        before.apply(vec![Command::Files(FileCommand::SaveSceneAs { path: path.clone(), replace: false })]);
        let ticket = before.files.saving.as_ref().unwrap().ticket;
        before.take_saved(ticket, Ok(true));
        for changes in [false, true] {
            if changes {
                before.apply(vec![Command::Document(DocumentCommand::SetSteps(18))]);
            }
            for reads in [false, true] {
                if reads {
                    before.apply(vec![Command::Lessons(LessonCommand::Show(1))]);
                }
                keeper.close(&before);
                let mut state = State::opening();
                assert_eq!(keeper.restore(&mut state), None);
                assert_eq!(state.lesson().is_some(), reads);
                let holds = before.own_file_holds();
                assert!(holds.is_some());
                for leaves in [false, true] {
                    if leaves {
                        state.apply(vec![Command::Lessons(LessonCommand::Close)]);
                        assert_eq!(state.scene_path(), Some(path.as_path()));
                    }
                    let what = (changes, reads, leaves);
                    let (own, is_changed) = (state.own_path(), state.has_unsaved_changes());
                    assert_eq!((own, is_changed), (Some(path.as_path()), changes), "{what:?}");
                    let title = if changes { "● a.toml – Taylorscope" } else { "a.toml – Taylorscope" };
                    assert_eq!(state.title(), title, "{what:?}");
                    assert_eq!(state.own_file_holds(), holds, "it is replaced as long as nobody else changes it");
                }
                before.apply(vec![Command::Lessons(LessonCommand::Close)]);
            }
        }
    }

    /// A lesson comes back at its page, over the scene that was there before it; one from a file, too.
    #[test]
    fn the_page_of_a_lesson_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::in_folder(Some(folder.path()), true);
        let own = folder.path().join("own.md");
        fs::write(&own, crate::lessons::FILES[2]).unwrap();
        let scenes: [(_, fn() -> State); 3] = [(None, State::opening), (None, changed), (Some(own.clone()), changed)];
        for (file, scene) in scenes {
            let mut before = scene();
            match &file {
                None => before.apply(vec![Command::Lessons(LessonCommand::Show(1))]),
                Some(path) => {
                    before.apply(vec![Command::Files(FileCommand::Open(path.clone()))]);
                    let lesson = crate::state::Lesson::read(crate::lessons::FILES[2]).unwrap().into();
                    before.take_lesson(before.file_request.as_ref().unwrap().ticket, Ok(lesson));
                }
            }
            for _ in 0..6 {
                before.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
            }
            let page = before.view.scene.lesson.as_ref().unwrap().page;
            assert!(page > 2, "page {page}");
            write(&keeper.slot.as_ref().unwrap().file, &before.own_scene(), &Known::of(&before), false).unwrap();
            let mut state = State::opening();
            assert_eq!(keeper.restore(&mut state), None);
            if let Some(request) = &state.file_request {
                assert_eq!(Some(&request.path), file.as_ref(), "its file is read again");
                let lesson = crate::state::Lesson::read(crate::lessons::FILES[2]).unwrap().into();
                state.take_lesson(request.ticket, Ok(lesson));
            }
            let reading = state.view.scene.lesson.clone().unwrap();
            assert_eq!((&reading.lesson.id, reading.page), (&before.lesson().unwrap().id, page));
            assert_eq!(state.bookmark(), before.bookmark());
            assert!(said(&state).contains("scene and lesson are back"), "{}", said(&state));
            state.apply(vec![Command::History(crate::state::HistoryCommand::Undo)]);
            assert!(state.lesson().is_some(), "nothing is there to go back to");
            state.apply(vec![Command::Lessons(LessonCommand::Close)]);
            assert_eq!(state.scene().spec(), before.own_scene().spec(), "what was there before the lesson");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out_with_a_word() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::in_folder(Some(folder.path()), true);
        for text in [
            b"".as_slice(),
            b"\xff\xfe",
            b"is_saved = true",
            b"is_saved = true\nis_closed = true\nscene = \"landscape = 3\"",
            "[".repeat(100_000).as_bytes(),
        ] {
            fs::write(folder.path().join("last-scene.toml"), text).unwrap();
            let mut state = State::opening();
            let said = keeper.restore(&mut state).unwrap_or_default();
            assert!(said.starts_with("The scene of the last time cannot be read"), "{said}");
            assert_eq!(state.document, State::opening().document);
        }
    }

    #[test]
    fn it_is_kept_seldom_and_only_where_something_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = Keeper::in_folder(Some(folder.path()), true);
        let mut jobs = Jobs::new(|| {});
        let mut state = changed();
        assert!(keeper.keep(&mut state, &mut jobs, 1.0).is_some_and(|wait| wait <= EVERY), "not at once");
        let (mut now, mut begun) = (EVERY, 0);
        for steps in 1..=40 {
            state.apply(vec![Command::Document(DocumentCommand::SetSteps(steps))]);
            now += 0.5;
            keeper.keep(&mut state, &mut jobs, now);
            while keeper.job.is_some() {
                keeper.keep(&mut state, &mut jobs, now);
            }
            begun = keeper.jobs_begun;
        }
        assert!((3..=6).contains(&begun), "every five seconds of twenty: {begun}");
        let mut other = State::opening();
        assert_eq!(keeper.restore(&mut other), None);
        assert!((30..=40).contains(&other.document.steps), "what was there then: {}", other.document.steps);
        keeper.keep(&mut state, &mut jobs, now + 10.0);
        while keeper.job.is_some() {
            keeper.keep(&mut state, &mut jobs, now + 10.0);
        }
        begun = keeper.jobs_begun;
        assert_eq!(
            (keeper.keep(&mut state, &mut jobs, now + 20.0), keeper.jobs_begun),
            (None, begun),
            "nothing is new"
        );
    }
}
