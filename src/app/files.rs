//! Files and the dialogs that ask for them: errors of the disk or the system become messages that say what to do.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::lesson_files;
use crate::export::{write_file, write_new_file};
use crate::import::read_beside;
use crate::jobs::{AnswerBytes, AnswerFile, Brought, Dialog, DialogAnswer, Jobs, OneShot, Saving};
use crate::landscapes::excerpt::of_path;
use crate::landscapes::{InputError, Landscape};
use crate::scene::with_files;
use crate::state::{Arrival, ENDING, FileDialog, Fingerprint, Replace, Scene, State, is_scene};

/// Nobody closes a dialog within this time: one that is gone by then was never there.
const SHORTEST_LOOK: Duration = Duration::from_millis(400);

/// Takes what came of files and dialogs, and says what is wanted next.
pub(super) fn exchange(state: &mut State, jobs: &mut Jobs) {
    let opened = jobs.take().and_then(FileOpening::into_outcome);
    if opened.is_some() {
        name_whole(state);
    }
    match opened {
        Some((ticket, Opened::Landscape(outcome))) => state.take_file(ticket, outcome.map(|landscape| *landscape)),
        Some((ticket, Opened::Scene(outcome))) => state.take_scene(ticket, outcome.map(|arrival| *arrival)),
        None => {}
    }
    let file = state.file_request.as_ref().filter(|file| !lesson_files::is_lesson(&file.path));
    let opening = file.map(|file| {
        let (path, landscape) = (file.path.clone(), state.document.landscape.clone());
        FileOpening::new(file.ticket, move || open(&path, &landscape))
    });
    jobs.want(opening.as_ref());
    lesson_files::exchange(state, jobs);

    if let Some((ticket, AnswerBytes(outcome))) = jobs.take().and_then(AnswerFile::into_outcome) {
        state.take_answer_file(ticket, outcome);
    }
    let answers = state.files.answers.clone();
    let answers = answers.map(|request| AnswerFile::new(request.ticket, move || AnswerBytes(read_file(&request.path))));
    jobs.want(answers.as_ref());

    if let Some((ticket, outcome)) = jobs.take().and_then(Saving::into_outcome) {
        state.take_saved(ticket, outcome);
    }
    let saving = state.files.saving.clone().map(|request| {
        Saving::new(request.ticket, move || save(&request.path, request.text.as_bytes(), request.replace))
    });
    jobs.want(saving.as_ref());

    if let Some((ticket, DialogAnswer(answer))) = jobs.take().and_then(Dialog::into_outcome) {
        state.take_dialog(ticket, answer);
    }
    let dialog = state.files.dialog.map(|(dialog, ticket)| {
        let (name, path) = (state.suggested_name(), state.path_to_save().map(Path::to_owned));
        Dialog::new(ticket, move || DialogAnswer(ask(dialog, &name, path.as_deref())))
    });
    jobs.want(dialog.as_ref());
}

/// A file that was opened: what it is shows its name or its first line.
#[derive(Clone)]
enum Opened {
    Landscape(Result<Box<Landscape>, InputError>),
    Scene(Result<Box<Arrival>, String>),
}

/// A file on its way into the window. Nobody can say when a disk behind a network answers.
type FileOpening = OneShot<Opened>;

impl Brought for Opened {
    const MAY_NEVER_COME: bool = true;
}

fn open(path: &Path, current: &Landscape) -> Opened {
    let bytes = match read_file(path) {
        Ok(bytes) => bytes,
        Err(why) => return Opened::Landscape(Err(InputError::Data(why))),
    };
    if is_scene_file(path, &bytes) {
        return Opened::Scene(scene_of(path, &bytes).map(Box::new));
    }
    Opened::Landscape(current.with_file(path, &bytes).map(Box::new))
}

/// Whether a file is read as a scene.
pub(super) fn is_scene_file(path: &Path, bytes: &[u8]) -> bool {
    let named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    named || std::str::from_utf8(bytes).is_ok_and(is_scene)
}

/// The scene of a file, or all that is wrong in it.
fn scene_of(path: &Path, bytes: &[u8]) -> Result<Arrival, String> {
    let name = of_path(Path::new(path.file_name().unwrap_or(path.as_os_str())));
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{name} is not valid UTF-8: save it as plain text"))?;
    let whole = with_files(text, &|file| read_beside(&at_home(path), "scene", file));
    let scene = whole.and_then(|whole| Scene::read(&whole)).map_err(|faults| {
        let lines: Vec<String> = faults.0.iter().map(|fault| fault.located(&name)).collect();
        format!("{name} cannot be opened\n{}", lines.join("\n"))
    })?;
    let path = whole_path(path);
    Ok(Arrival { scene, file: Some((path, Fingerprint::of(bytes))), said: None, is_saved: true })
}

/// The bytes of a file, or why there are none and what to do.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    crate::import::read_file(&at_home(path)).map_err(|error| error.to_string())
}

/// The path from the root on: the next start may be in another folder.
fn whole_path(path: &Path) -> PathBuf {
    std::path::absolute(at_home(path)).unwrap_or_else(|_| path.to_owned())
}

/// A file that was read is known by its whole path from now on.
pub(super) fn name_whole(state: &mut State) {
    if let Some(request) = &mut state.file_request {
        request.path = whole_path(&request.path);
    }
}

/// The path as a shell reads it: `~` is the user's own folder.
pub(super) fn at_home(path: &Path) -> PathBuf {
    let inside = path.strip_prefix("~").ok().zip(std::env::home_dir());
    inside.map_or_else(|| path.to_owned(), |(rest, home)| home.join(rest))
}

/// Writes a file whole or not at all; false where another one is in its place that may not be replaced.
pub(super) fn save(path: &Path, bytes: &[u8], replace: Replace) -> Result<bool, String> {
    let path = &at_home(path);
    let may_be_replaced = match replace {
        Replace::Never => false,
        Replace::IfItHolds(known) => holds(path, known),
        Replace::Always => true,
    };
    // A folder is in the way of everything, and no question about it would help.
    let replace = may_be_replaced || path.is_dir();
    let fill = |file: &mut dyn Write| file.write_all(bytes);
    match if replace { write_file(path, fill) } else { write_new_file(path, fill) } {
        Ok(()) => Ok(true),
        Err(error) if !replace && error.cause.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.to_string()),
    }
}

/// Whether a file is as it was left.
#[expect(clippy::disallowed_methods, reason = "looks at the file that would be replaced")]
fn holds(path: &Path, known: Fingerprint) -> bool {
    let is_as_long = fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() == known.length());
    is_as_long && fs::read(path).is_ok_and(|bytes| Fingerprint::of(&bytes) == known)
}

/// Asks for a file in a dialog of the system, and waits for the answer.
#[expect(clippy::disallowed_methods, reason = "tells a dialog that was closed from one that never opened")]
fn ask(dialog: FileDialog, name: &str, path: Option<&Path>) -> Result<Option<PathBuf>, String> {
    let began = Instant::now();
    let chosen = match dialog {
        FileDialog::Open => rfd::FileDialog::new()
            .set_title("Open a scene, a lesson, a measured grid, or samples for the network")
            .add_filter("Scenes, lessons, samples and measured grids", &[ENDING, "md", "csv", "npz", "npy"])
            .add_filter("All files", &["*"])
            .pick_file(),
        FileDialog::SaveScene => {
            let asked = rfd::FileDialog::new().set_title("Save the scene").set_file_name(name);
            let asked = path.and_then(Path::parent).map_or(asked.clone(), |folder| asked.set_directory(folder));
            asked.add_filter("Scenes", &[ENDING]).save_file()
        }
        FileDialog::Save => rfd::FileDialog::new()
            .set_title("Save the samples of the network")
            .set_file_name("samples.csv")
            .add_filter("Comma-separated values", &["csv"])
            .save_file(),
        FileDialog::Export(format) if format.is_folder() => {
            rfd::FileDialog::new().set_title("Name a folder for the frames").set_file_name("frames").save_file()
        }
        FileDialog::Export(format) => rfd::FileDialog::new()
            .set_title("Export the picture")
            .set_file_name(format!("picture.{}", format.ending()))
            .add_filter(format.title(), &[format.ending()])
            .save_file(),
    };
    if chosen.is_none() && began.elapsed() < SHORTEST_LOOK {
        return Err(NO_DIALOG.to_owned());
    }
    Ok(chosen)
}

/// Why there is no dialog.
const NO_DIALOG: &str = if cfg!(all(unix, not(target_os = "macos"))) {
    "this system has none (xdg-desktop-portal or zenity would bring it)"
} else {
    "the system opened none"
};

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_replaced_only_where_that_was_allowed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("samples.csv");
        let left = |bytes| Replace::IfItHolds(Fingerprint::of(bytes));
        let cases: [(&[u8], Replace, bool, &[u8]); 7] = [
            (b"first", Replace::Never, true, b"first"),
            (b"second", Replace::Never, false, b"first"),
            (b"second", left(b"other"), false, b"first"),
            (b"second", left(b"fist!"), false, b"first"),
            (b"second", left(b"first"), true, b"second"),
            (b"third", left(b"first"), false, b"second"),
            (b"third", Replace::Always, true, b"third"),
        ];
        for (bytes, replace, is_written, there) in cases {
            assert_eq!(save(&path, bytes, replace), Ok(is_written), "{replace:?}");
            assert_eq!(fs::read(&path).unwrap(), there, "{replace:?}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing beside it");
        fs::remove_file(&path).unwrap();
        assert_eq!(save(&path, b"again", left(b"third")), Ok(true), "nothing is in the way any more");
        let error = save(&folder.path().join("none/samples.csv"), b"", Replace::Never).unwrap_err();
        assert!(error.contains("does not exist\ncreate it first"), "{error}");
        assert!(save(folder.path(), b"", Replace::Always).unwrap_err().contains("name a file in it"), "a folder");
    }

    /// Whatever can be opened from a file is saved with its scene, and is the same when it is opened again: without the file.
    #[test]
    fn a_landscape_from_a_file_is_saved_and_opened_again() {
        use crate::state::Document;
        let folder = tempfile::tempdir().unwrap();
        let mut kinds = std::collections::BTreeSet::new();
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let networks =
            ["linreg", "tanh2", "relu", "network:w1*x+w2,loss=ce"].map(|text| Landscape::parse(text).unwrap());
        for entry in fs::read_dir(cases).unwrap().map(Result::unwrap) {
            for network in &networks {
                let Opened::Landscape(Ok(landscape)) = open(&entry.path(), network) else { continue };
                kinds.insert((landscape.entry().id, entry.path().extension().unwrap().to_owned()));
                let state = State::new(Document::new(*landscape));
                let path = folder.path().join("a.toml");
                let text = state.scene().write().unwrap();
                assert_eq!(save(&path, text.as_bytes(), Replace::Always), Ok(true));
                let Opened::Scene(again) = open(&path, network) else {
                    panic!("{} is a scene", entry.path().display())
                };
                let again = again.unwrap_or_else(|why| panic!("{}: {why}", entry.path().display())).scene;
                assert_eq!(again.spec(), state.scene().spec(), "{}", entry.path().display());
                let [ours, theirs] = [&state.document.landscape, &again.document.landscape];
                let view = ours.domain();
                for at in [[0.1, 0.9], [0.5, 0.5], [0.77, 0.31]] {
                    let at = [0, 1].map(|side| {
                        [view.x, view.y][side][0] + at[side] * ([view.x, view.y][side][1] - [view.x, view.y][side][0])
                    });
                    let [one, other] = [ours, theirs].map(|landscape| landscape.loss().value(at.into()).to_bits());
                    assert_eq!(one, other, "{} at {at:?}", entry.path().display());
                }
            }
        }
        let count = |ending: &str| kinds.iter().filter(|(_, found)| found == ending).count();
        assert!(count("csv") >= 4 && count("npz") >= 1, "grids and samples of several networks: {kinds:?}");
    }

    #[test]
    fn a_scene_names_a_file_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let line = |place: usize| format!("{},{},{}", place % 5, place / 5, place * place);
        let grid = (0..25).map(line).collect::<Vec<_>>().join("\n");
        fs::write(at("land.csv"), format!("x,y,loss\n{grid}\n")).unwrap();
        let opened = |landscape: &str| {
            fs::write(at("a.toml"), format!("landscape = \"{landscape}\"\nruns = [\"gd\"]\nsteps = 4\n")).unwrap();
            let Opened::Scene(outcome) = open(&at("a.toml"), &Landscape::parse("bowl").unwrap()) else {
                panic!("{landscape} is a scene")
            };
            outcome.map(|arrival| arrival.scene)
        };
        let scene = opened("grid:land.csv").unwrap();
        assert_eq!((scene.document.landscape.entry().id, scene.document.steps), ("grid", 4));
        for (landscape, words) in [
            ("grid:gone.csv", "a.toml:1:13: gone.csv: there is no such file beside the scene"),
            ("grid:../land.csv", "of its own folder only"),
            ("grid:a.toml", "a.toml:1:13: "),
        ] {
            let said = opened(landscape).unwrap_err();
            assert!(said.starts_with("a.toml cannot be opened\n") && said.contains(words), "{landscape}: {said}");
        }
    }
}
