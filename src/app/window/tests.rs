//! The window without a window: closing, files that come and go, scenes that are copied and pasted.

#![expect(clippy::disallowed_methods, reason = "looks at what was written")]

use std::io::Write as _;
use std::path::PathBuf;

use egui::RawInput;

use super::*;
use crate::state::{DocumentCommand, HistoryCommand, SampleCommand};

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the jobs read it".to_owned())
    }
}

/// Lets a file fall on the window and waits until it was opened or refused.
fn drop_on(app: &mut App, path: &Path) {
    let ctx = Context::default();
    let input = RawInput { dropped_files: vec![Arc::new(Dropped(path.to_owned()))], ..RawInput::default() };
    ctx.run_ui(input, |ui| app.open_dropped(ui.ctx())).textures_delta.clear();
    while app.state.file_request.is_some() || app.state.files.answers.is_some() {
        app.exchange_jobs(&Context::default());
    }
}

/// Takes and wants until nothing is on its way.
fn wait(app: &mut App) -> String {
    app.exchange_jobs(&Context::default());
    while app.state.files.saving.is_some() || app.state.file_request.is_some() {
        app.exchange_jobs(&Context::default());
    }
    app.state.message.take().map_or_else(String::new, |message| message.text)
}

/// A frame in which the system asks for the window to be closed, or not; what the window answers.
fn frame(app: &mut App, asks: bool) -> Vec<ViewportCommand> {
    let mut input = RawInput::default();
    if asks {
        input.viewports.entry(input.viewport_id).or_default().events.push(egui::ViewportEvent::Close);
    }
    let ctx = Context::default();
    let mut output = ctx.run_ui(input, |ui| app.close_or_stay(ui.ctx()));
    output.textures_delta.clear();
    let commands = output.viewport_output.remove(&egui::ViewportId::ROOT).map_or_else(Vec::new, |root| root.commands);
    commands.into_iter().filter(|command| !matches!(command, ViewportCommand::SetTheme(_))).collect()
}

#[test]
fn the_window_closes_at_once_unless_something_would_be_lost() {
    let mut app = App::plain(&Context::default());
    assert_eq!(frame(&mut app, false), [], "nobody asks");
    let edit = [
        Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
        Command::Samples(SampleCommand::Add([0.1, 0.2])),
    ];
    app.state.apply(edit.to_vec());
    assert_eq!(frame(&mut app, true), [ViewportCommand::CancelClose], "by its button: it is asked first");
    assert_eq!(app.state.leaving, Leaving::Asked);
    assert_eq!(frame(&mut app, true), [ViewportCommand::CancelClose], "and again");
    app.state.apply(vec![Command::Window(WindowCommand::Leave(Leave::Anyway))]);
    assert_eq!(frame(&mut app, false), [ViewportCommand::Close], "answered");
    assert_eq!(frame(&mut app, true), [ViewportCommand::Close], "nothing holds it back any more");
    let mut app = App::plain(&Context::default());
    assert_eq!(frame(&mut app, true), [], "nothing to lose, nothing to ask");
}

#[test]
fn samples_go_out_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("samples.csv");
    let mut app = App::plain(&Context::default());
    app.state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
        Command::Samples(SampleCommand::Add([0.1, 1.0 / 3.0])),
    ]);
    let edited = app.state.document.landscape.data().cloned();
    let save = |replace| Command::Files(FileCommand::SaveSamples { path: path.clone(), replace });
    app.state.apply(vec![save(false)]);
    assert!(wait(&mut app).starts_with("Saved 13 samples in "), "written");
    app.state.apply(vec![Command::Samples(SampleCommand::SetSeed(3)), Command::Files(FileCommand::Open(path.clone()))]);
    assert_eq!((wait(&mut app).as_str(), app.state.document.landscape.data()), ("", edited.as_ref()), "read again");
    let mut other = App::plain(&Context::default());
    other.state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("linreg")), save(false)]);
    assert!(wait(&mut other).contains("is there already and was not touched"), "nobody was asked");
    other.state.apply(vec![Command::Files(FileCommand::SaveSamples {
        path: folder.path().join("none/a.csv"),
        replace: false,
    })]);
    assert!(wait(&mut other).contains("does not exist\ncreate it first"), "no such folder");
    other.state.apply(vec![Command::Files(FileCommand::Open(folder.path().to_owned()))]);
    assert!(wait(&mut other).contains("this is a folder\nname a file in it"), "a folder");
}

#[test]
fn a_file_dropped_on_the_window_is_opened_or_refused_by_name() {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    writeln!(file, "x,y,loss").unwrap();
    for (x, y) in (0..5).flat_map(|x| (0..4).map(move |y| (x, y))) {
        writeln!(file, "{x},{y},{}", x * x + y).unwrap();
    }
    let mut app = App::plain(&Context::default());
    drop_on(&mut app, file.path());
    assert_eq!(app.state.document.landscape.entry().id, "grid", "{:?}", app.state.message);
    assert_eq!(app.state.document.landscape.formula(), "5 × 4 measured losses, 0 to 19.00");
    drop_on(&mut app, Path::new("no/such.csv"));
    let message = app.state.message.as_ref().map_or("", |message| message.text.as_str());
    assert!(message.contains("no/such.csv"), "{message}");
    assert_eq!(app.state.document.landscape.entry().id, "grid", "nothing is lost");
    app.state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(app.state.document.landscape.entry().id, "himmelblau", "and it can be taken back");
    let lesson = tempfile::Builder::new().suffix(".md").tempfile().unwrap();
    std::fs::write(lesson.path(), crate::lessons::FILES[0]).unwrap();
    drop_on(&mut app, lesson.path());
    assert!(app.state.lesson().is_some(), "a lesson is opened like any file: {:?}", app.state.message);
    let recent = app.state.files.scenes.recent.clone();
    assert_eq!(recent, [lesson.path(), file.path()], "both are offered again, what could not be opened is not");
    std::fs::write(lesson.path(), "+++\nid = 3\n+++\n").unwrap();
    drop_on(&mut app, lesson.path());
    let message = app.state.message.as_ref().map_or("", |message| message.text.as_str());
    assert!(message.contains(":2:6: id must be a text"), "{message}");
    assert_eq!(app.state.files.scenes.recent, [file.path()], "a lesson that cannot be read is not offered again");
}

/// A table is samples for a network, and while a class is asked its answers; a picture is refused by name.
#[test]
fn a_dropped_table_is_what_is_wanted_and_a_picture_is_refused() {
    use crate::quiz::{Guess, PredictionKind, Span};
    use crate::state::PredictCommand;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        folder.path().join(name)
    };
    let said = |app: &App| app.state.message.as_ref().map_or_else(String::new, |message| message.text.clone());
    let mut app = App::plain(&Context::default());
    app.state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("tanh2"))]);
    drop_on(&mut app, &file("samples.csv", b"x,y\n0,0.5\n1,0.75\n2,1\n"));
    let points = app.state.document.landscape.data().map(crate::landscapes::networks::Data::len);
    assert_eq!(points, Some(3), "{}", said(&app));
    let before = app.state.scene();
    drop_on(&mut app, &file("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
    assert!(said(&app).contains("photo.png"), "{}", said(&app));
    assert_eq!(app.state.scene(), before, "nothing has changed");
    app.state.finish();
    let (kind, span) = (PredictionKind::Landing, Span::Step);
    app.state.apply(vec![Command::Predict(PredictCommand::Ask { kind, span, question: None })]);
    app.state.finish();
    let at = app.state.derived.analysis().unwrap().iterate.at;
    let code = app.state.code_of(&Guess::Place(at)).unwrap();
    drop_on(&mut app, &file("answers.csv", format!("time,answer\n10:01,{code}\n10:02,{code}\n").as_bytes()));
    let answers = app.state.predictions.open().and_then(|open| open.answers.clone());
    assert_eq!(answers.map(|answers| answers.guesses.len()), Some(2), "{}", said(&app));
    assert_eq!(app.state.document, before.document, "no samples were taken from them");
}

#[test]
fn a_scene_goes_out_and_comes_back_and_a_broken_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("valley");
    let mut app = App::plain(&Context::default());
    app.state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")),
        Command::Document(DocumentCommand::SetSteps(23)),
        Command::Files(FileCommand::SaveSceneAs { path, replace: false }),
    ]);
    let file = folder.path().join("valley.toml");
    assert!(wait(&mut app).starts_with("Saved the scene in "), "written, with its ending");
    assert_eq!(app.state.title(), "valley.toml – Taylorscope");
    let scene = app.state.scene();

    let mut other = App::plain(&Context::default());
    drop_on(&mut other, &file);
    assert_eq!(other.state.scene().spec(), scene.spec(), "{:?}", other.state.message);
    assert_eq!((other.state.title().as_str(), other.state.files.scenes.recent.len()), ("valley.toml – Taylorscope", 1));
    other.state.apply(vec![Command::Document(DocumentCommand::SetSteps(24)), Command::Files(FileCommand::SaveScene)]);
    assert!(wait(&mut other).starts_with("Saved the scene"), "its own file is replaced without a question");

    app.state.apply(vec![Command::Document(DocumentCommand::SetSteps(25)), Command::Files(FileCommand::SaveScene)]);
    wait(&mut app);
    let asked = app.state.files.scenes.asked.clone().unwrap().in_the_way.unwrap();
    assert_eq!(asked, (file.clone(), "has changed since it was read or written here"), "the other one wrote it");

    std::fs::write(&file, "landscape = \"bowl\"\nruns = [\"gdd\"]\nstepz = 3\n").unwrap();
    let before = other.state.scene();
    drop_on(&mut other, &file);
    let said = other.state.message.as_ref().map_or("", |message| message.text.as_str());
    for words in
        ["valley.toml:2:9: unknown optimizer 'gdd'; did you mean 'gd'?", "valley.toml:3:1: unknown key 'stepz'"]
    {
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(other.state.scene(), before, "the old scene stays");
    assert!(other.state.files.scenes.recent.is_empty(), "it is not offered again");
}

#[test]
fn a_copied_scene_is_handed_to_the_clipboard_and_the_name_of_the_window_follows() {
    let ctx = Context::default();
    let mut app = App::plain(&ctx);
    app.state.apply(vec![
        Command::Document(DocumentCommand::SetSteps(23)),
        Command::Files(FileCommand::Copy(crate::state::CopyAs::Link)),
        Command::Files(FileCommand::WantPaste),
    ]);
    let mut output = ctx.run_ui(RawInput::default(), |ui| app.talk_to_system(ui.ctx()));
    output.textures_delta.clear();
    let copied = output.platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert!(copied.unwrap_or_default().starts_with("taylorscope:1:"));
    let wanted = &output.viewport_output[&egui::ViewportId::ROOT].commands;
    assert!(wanted.contains(&ViewportCommand::RequestPaste), "{wanted:?}");
    assert!(wanted.contains(&ViewportCommand::Title("● unsaved scene – Taylorscope".to_owned())), "{wanted:?}");
}

/// The system answers nothing where its clipboard has no text: then the window says so, two frames later and not before, as an
/// answer is read at the end of the frame after the question.
#[test]
fn a_clipboard_without_text_is_said() {
    let ctx = Context::default();
    let mut app = App::plain(&ctx);
    let frame_with = |app: &mut App, events: Vec<Event>| {
        let mut output = ctx.run_ui(RawInput { events, ..RawInput::default() }, |ui| app.talk_to_system(ui.ctx()));
        output.textures_delta.clear();
        app.state.message.as_ref().map(|message| message.text.clone()).unwrap_or_default()
    };
    let frame = |app: &mut App| frame_with(app, Vec::new());
    let want = |app: &mut App| app.state.apply(vec![Command::Files(FileCommand::WantPaste)]);
    want(&mut app);
    assert_eq!(frame(&mut app), "", "it is asked for");
    assert_eq!(frame(&mut app), "", "it is read at the end of this frame");
    assert!(frame(&mut app).contains("no text in the clipboard"));
    app.state.message = None;
    want(&mut app);
    frame(&mut app);
    frame(&mut app);
    app.state.apply(vec![Command::Files(FileCommand::Paste("landscape = \"bowl\"\nruns = [\"gd\"]\n".to_owned()))]);
    assert!(!frame(&mut app).contains("no text"), "here it is");
    want(&mut app);
    frame(&mut app);
    frame(&mut app);
    let brought = frame_with(&mut app, vec![Event::Paste("words".to_owned())]);
    assert!(!brought.contains("no text") && !frame(&mut app).contains("no text"), "whoever takes it");
}
