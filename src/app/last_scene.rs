//! The scene of the last time: kept beside the frames while the program runs, and shown again when it starts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::files::read_file;
use crate::export::write_file;
use crate::jobs::{Brought, Jobs, OneShot};
use crate::state::{Arrival, Fingerprint, Scene, State};

/// Its file, beside the stored settings.
const FILE: &str = "last-scene.toml";
/// It is kept no more often than this, in seconds.
const EVERY: f64 = 5.0;
/// A longer text is not kept, in bytes: it would be written again and again.
const LONGEST: usize = 16 << 20;

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
}

/// What came of keeping it.
#[derive(Clone)]
struct Kept(Result<(), String>);

impl Brought for Kept {}

/// Keeps the scene.
pub(super) struct Keeper {
    /// Its file; `None` where there is no folder for it.
    file: Option<PathBuf>,
    /// What was kept last.
    kept: Option<Arc<Scene>>,
    /// The state that was looked at last, and when.
    seen: (u64, f64),
    job: Option<OneShot<Kept>>,
    jobs_begun: u64,
    /// It was said that it cannot be kept.
    has_complained: bool,
}

impl Keeper {
    /// Keeps it in this folder.
    pub(super) fn in_folder(folder: Option<PathBuf>) -> Self {
        let file = folder.map(|folder| folder.join(FILE));
        Self { file, kept: None, seen: (0, 0.0), job: None, jobs_begun: 0, has_complained: false }
    }

    /// Keeps the scene if it has changed, a few seconds after it was last; the seconds until it is to be looked at again.
    pub(super) fn keep(&mut self, state: &mut State, jobs: &mut Jobs, now: f64) -> Option<f64> {
        let file = self.file.clone()?;
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
            let scene = Arc::new(state.own_scene());
            if self.kept.as_ref() != Some(&scene) {
                self.kept = Some(Arc::clone(&scene));
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
        if let Some(file) = &self.file {
            // Nobody is there to read it.
            let _ = write(file, &state.own_scene(), &Known::of(state), true);
        }
    }

    /// Shows the scene of the last time, with a word; what to say where it cannot be read.
    pub(super) fn restore(&self, state: &mut State) -> Option<String> {
        let file = self.file.as_deref().filter(|file| file.is_file())?;
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
        let scene = match Scene::read(&last.scene) {
            Ok(scene) => scene,
            Err(faults) => return refused(faults.0.first().map_or_else(String::new, ToString::to_string)),
        };
        if scene.document == state.document && last.file.is_none() {
            return None;
        }
        let said = if last.is_closed {
            "The scene of the last time is back"
        } else {
            "The program was not closed the last time: its scene is back as it was seconds before"
        };
        let holds = last.holds.as_deref().and_then(Fingerprint::read);
        let is_saved = last.is_saved || last.file.is_none();
        let file = last.file.zip(holds);
        state.restore(Arrival { scene, file, said: Some(said.to_owned()), is_saved });
        None
    }
}

/// What is known of the file of a scene.
struct Known {
    file: Option<PathBuf>,
    holds: Option<Fingerprint>,
    is_saved: bool,
}

impl Known {
    fn of(state: &State) -> Self {
        Self {
            file: state.scene_path().map(Path::to_owned),
            holds: state.scene_holds(),
            is_saved: !state.has_unsaved_changes(),
        }
    }
}

fn write(file: &Path, scene: &Scene, known: &Known, is_closed: bool) -> Result<(), String> {
    let scene = scene.write().map_err(|error| error.to_string())?;
    if scene.len() > LONGEST {
        return Ok(());
    }
    // A name that is no text cannot be kept.
    let named = known.file.clone().filter(|path| path.to_str().is_some());
    let holds = known.holds.map(Fingerprint::write);
    let last = LastScene { file: named, holds, is_saved: known.is_saved, is_closed, scene };
    let text = toml::to_string(&last).map_err(|error| error.to_string())?;
    write_file(file, |out| out.write_all(text.as_bytes())).map_err(|error| error.to_string())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use std::fs;

    use super::*;
    use crate::state::{About, Command, DocumentCommand, FileCommand};

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
        let keeper = Keeper::in_folder(Some(folder.path().to_owned()));
        let mut state = State::opening();
        assert_eq!(keeper.restore(&mut state), None, "nothing is kept at first");
        keeper.close(&state);
        assert_eq!((keeper.restore(&mut state), said(&state)), (None, ""), "the opening scene needs no word");
        for is_closed in [true, false] {
            let before = changed();
            write(keeper.file.as_ref().unwrap(), &before.scene(), &Known::of(&before), is_closed).unwrap();
            let mut state = State::opening();
            assert_eq!(keeper.restore(&mut state), None);
            assert_eq!(state.scene().spec(), before.scene().spec());
            assert_eq!(said(&state).contains("was not closed"), !is_closed, "{}", said(&state));
            assert_eq!(state.message.as_ref().unwrap().about, About::Restored);
            state.apply(vec![Command::Files(FileCommand::New)]);
            assert_eq!(state.document, State::opening().document, "one click to a clean slate");
        }
    }

    #[test]
    fn a_file_of_the_scene_is_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::in_folder(Some(folder.path().to_owned()));
        let mut before = changed();
        let path = folder.path().join("a.toml");
        before.apply(vec![Command::Files(FileCommand::SaveSceneAs { path: path.clone(), replace: false })]);
        let ticket = before.files.saving.as_ref().unwrap().ticket;
        before.take_saved(ticket, Ok(true));
        for changes in [false, true] {
            if changes {
                before.apply(vec![Command::Document(DocumentCommand::SetSteps(18))]);
            }
            keeper.close(&before);
            let mut state = State::opening();
            assert_eq!(keeper.restore(&mut state), None);
            assert_eq!((state.scene_path(), state.has_unsaved_changes()), (Some(path.as_path()), changes));
            assert_eq!(state.scene_holds(), before.scene_holds(), "it is replaced as long as nobody else changes it");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out_with_a_word() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::in_folder(Some(folder.path().to_owned()));
        for text in [
            b"".as_slice(),
            b"\xff\xfe",
            b"is_saved = true",
            b"is_saved = true\nis_closed = true\nscene = \"landscape = 3\"",
            "[".repeat(100_000).as_bytes(),
        ] {
            fs::write(folder.path().join(FILE), text).unwrap();
            let mut state = State::opening();
            let said = keeper.restore(&mut state).unwrap_or_default();
            assert!(said.starts_with("The scene of the last time cannot be read"), "{said}");
            assert_eq!(state.document, State::opening().document);
        }
    }

    #[test]
    fn it_is_kept_seldom_and_only_where_something_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = Keeper::in_folder(Some(folder.path().to_owned()));
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
