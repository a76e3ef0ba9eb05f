//! Files of pictures: whole, the same for the same scene, and with what the screen shows.

use std::fs;

use image::GenericImageView as _;

use super::*;
use crate::analysis::Search;
use crate::drawing::ink::Theme;
use crate::drawing::vector_page::{Mark, VectorPage};
use crate::drawing::{ExportView, FrameChoice, Pane};
use crate::landscapes::Landscape;
use crate::numbers::some::some;
use crate::optimizers::Choice;
use crate::render::vector;
use crate::state::{Arrival, Document, Fingerprint, Predictions, Scene};
use crate::state::{Command, ExportCommand, ExportFrame, ExportOptions};
use crate::studies::{BasinQuestion, Basins};
use crate::ui::views::basins::{BasinCanvas, basins_still_size, basins_still_ui};

/// Carries out commands and waits for the picture; what was said of it in the window.
fn exported(state: &mut State, commands: Vec<ExportCommand>) -> String {
    state.apply(commands.into_iter().map(Command::Export).collect());
    let mut jobs = Jobs::new(|| ());
    while state.export.running.is_some() {
        exchange(state, &mut jobs, |_| ());
    }
    state.export.dialog.as_ref().and_then(|dialog| dialog.said.clone()).unwrap_or_default()
}

#[test]
fn a_picture_is_written_whole_and_replaces_nothing_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.png");
    let named = || ExportCommand::Name(path.to_string_lossy().into_owned());
    let mut state = State::overshooting();
    let options = ExportOptions { size: [160, 120], scale: 3, ..ExportOptions::default() };
    let begin = |replace| ExportCommand::Begin { replace };
    let said = exported(&mut state, vec![ExportCommand::Toggle, ExportCommand::Choose(options), named(), begin(false)]);
    assert!(said.starts_with("Exported to ") && said.contains("map.png"), "{said}");
    let first = fs::read(&path).unwrap();
    assert_eq!(image::load_from_memory(&first).unwrap().dimensions(), (480, 360), "three pixels a point");
    fs::write(&path, "another file").unwrap();
    let said = exported(&mut state, vec![begin(false)]);
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), b"another file", "not touched");
    exported(&mut state, vec![begin(true)]);
    assert!(fs::read(&path).unwrap() == first, "the same scene, the same bytes");
    let drawn = folder.path().join("map.svg");
    let said = exported(&mut state, vec![ExportCommand::Name(drawn.to_string_lossy().into_owned()), begin(false)]);
    assert!(said.contains("map.svg") && fs::read(&drawn).unwrap().starts_with(b"<svg "), "its ending names its form");
    state.apply(vec![Command::Export(ExportCommand::Choose(options))]);
    let missing = folder.path().join("none/map.png").to_string_lossy().into_owned();
    let said = exported(&mut state, vec![ExportCommand::Name(missing), begin(false)]);
    assert!(said.contains("none' does not exist\ncreate it first"), "{said}");
    #[cfg(target_os = "linux")]
    {
        let full = folder.path().join("full.png");
        std::os::unix::fs::symlink("/dev/full", &full).unwrap();
        let said = exported(&mut state, vec![ExportCommand::Name(full.to_string_lossy().into_owned()), begin(true)]);
        assert!(said.contains("o space left"), "{said}");
    }
    let said = exported(&mut state, vec![ExportCommand::Name("/".to_owned()), begin(false)]);
    assert_eq!(said, "", "no file is named");
    assert!(state.message.as_ref().is_some_and(|message| message.text.contains("no name of a file")), "and it is said");
}

#[test]
fn the_copied_picture_is_that_of_the_screen_and_what_is_given_up_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.png");
    let mut state = State::overshooting();
    let mut jobs = Jobs::new(|| ());
    state.apply(vec![Command::Export(ExportCommand::Copy)]);
    let mut size = None;
    while state.export.running.is_some() {
        exchange(&mut state, &mut jobs, |pixels| size = Some((pixels.size, pixels.rgba.len())));
    }
    assert_eq!(size, Some(([1920, 1200], 1920 * 1200 * 4)), "two pixels a point");
    let said = state.message.take().map(|message| message.text);
    assert_eq!(said.as_deref(), Some("Copied: Map, 1920 × 1200 pixels"), "and it is said");
    let name = ExportCommand::Name(path.to_string_lossy().into_owned());
    let commands = [ExportCommand::Toggle, name, ExportCommand::Begin { replace: false }];
    state.apply(commands.map(Command::Export).into());
    exchange(&mut state, &mut jobs, |_| ());
    let ticket = state.export.running.as_ref().map_or(0, |request| request.ticket);
    state.apply(vec![Command::Export(ExportCommand::GiveUp)]);
    exchange(&mut state, &mut jobs, |_| ());
    state.take_export(ticket, Ok(Exported::InTheWay));
    assert_eq!(
        state.export.dialog.as_ref().and_then(|dialog| dialog.said.clone()),
        None,
        "nothing more is heard of it"
    );
    drop(jobs);
    assert!(!path.exists(), "nothing is written");
}

/// A scene on which a view has something to show, with runs.
fn still(view: ExportView, frame: ExportFrame) -> Still {
    let id = match view {
        ExportView::Pane(Pane::Data | Pane::Graph) => "tanh2",
        ExportView::Pane(Pane::Depth) => "depth",
        _ => return Still::new(State::overshooting(), &options(view, frame)),
    };
    let state = State::showing(Scene::at_start(Document::new(Landscape::parse(id).unwrap())));
    Still::new(state, &options(view, frame))
}

fn options(view: ExportView, frame: ExportFrame) -> ExportOptions {
    let frames = FrameChoice { to: Some(1), ..FrameChoice::default() };
    ExportOptions { view, frame, frames, scale: 1, size: [640, 400], ..ExportOptions::default() }
}

/// What a format makes of it: the bytes of its file, or of all files of its folder.
fn made(format: ExportFormat, mut still: Still) -> anyhow::Result<Vec<u8>> {
    if !format.is_folder() {
        return made_at_once(format, still);
    }
    let parent = tempfile::tempdir()?;
    still.out = parent.path().join("frames");
    made_at_once(format, still)?;
    let mut files: Vec<_> = fs::read_dir(parent.path().join("frames"))?.map(|file| file.unwrap().path()).collect();
    files.sort();
    let frames = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "png"));
    Ok(frames.flat_map(|file| fs::read(file).unwrap()).collect())
}

const PLAIN: ExportFrame = ExportFrame { title: false, legend: true };

fn texts(page: &VectorPage) -> Vec<String> {
    let text = |mark: &Mark| if let Mark::Words(words) = mark { Some(words.text()) } else { None };
    page.items.iter().filter_map(|item| text(&item.mark)).collect()
}

#[test]
fn every_view_is_lines_and_letters_and_a_picture_only_where_there_is_one() {
    const WITH_PICTURE: [ExportView; 5] = [
        ExportView::Window,
        ExportView::Pane(Pane::Map),
        ExportView::Pane(Pane::Surface),
        ExportView::Pane(Pane::Basins),
        ExportView::Pane(Pane::Sweep),
    ];
    for view in some(ExportView::ALL, 3) {
        let page = still(view, PLAIN).page().unwrap();
        let area = |mark: &Mark| if let Mark::Picture(pixels) = mark { pixels.at.area() } else { 0.0 };
        let pictures: f32 = page.items.iter().map(|item| area(&item.mark)).sum();
        // Where a list goes on below its room, its end fades: a strip.
        let is_flat = pictures < 0.1 * page.size.x * page.size.y;
        assert!(is_flat || WITH_PICTURE.contains(&view), "{view:?}: {pictures} square points of pictures");
        assert!(!texts(&page).is_empty(), "{view:?} has words");
        assert!(!page.faces.is_empty() && page.faces.len() <= 3, "{view:?}: only our own fonts");
    }
}

#[test]
fn the_sentence_is_found_and_a_title_is_above_the_view() {
    let state = State::overshooting();
    let window = still(ExportView::Window, PLAIN).page().unwrap();
    let all = texts(&window).join(" ");
    for word in ["predicted", "Learning rate", "validity radius"] {
        assert!(all.contains(word), "{word} in {all}");
    }
    let map = |title, legend| texts(&still(ExportView::Pane(Pane::Map), ExportFrame { title, legend }).page().unwrap());
    let formula = state.document.landscape.formula();
    let joined = |texts: &[String]| texts.join("");
    let [bare, named] = [map(false, false), map(true, true)];
    assert!(!joined(&bare).contains(&formula[..6]) && joined(&named).contains(&formula[..6]), "a title: {named:?}");
    assert!(named.iter().any(|text| text.contains("Momentum")), "the runs: {named:?}");
    let has_legend = |texts: &[String]| joined(texts).contains("tangent plane");
    assert!(!has_legend(&bare) && has_legend(&named), "a legend: {named:?}");
    assert!(!joined(&bare).contains("Show"), "no controls: {bare:?}");
    // Of several runs a legend says which is which, also without a title.
    let usual = map(false, true);
    for run in ["Gradient descent", "Momentum", "η"] {
        assert!(usual.iter().any(|text| text.contains(run)), "{run}: {usual:?}");
    }
    assert!(!joined(&bare).contains("Momentum"), "no legend: {bare:?}");
}

#[test]
fn the_same_scene_is_the_same_file_in_every_format() {
    for format in ExportFormat::ALL.iter().copied() {
        for view in some([Pane::Map, Pane::Loss, Pane::Slice], 3).map(ExportView::Pane) {
            let options = ExportOptions { size: [320, 220], ..options(view, PLAIN) };
            let made = || made(format, Still::new(State::overshooting(), &options)).unwrap();
            let bytes = made();
            assert!(bytes == made(), "{format:?} of {view:?}");
            let begins: &[u8] = match format {
                ExportFormat::Png | ExportFormat::Apng | ExportFormat::Frames => b"\x89PNG",
                ExportFormat::Svg => b"<svg ",
                ExportFormat::Pdf | ExportFormat::PdfPages => b"%PDF-",
                ExportFormat::Tikz => b"% ",
                ExportFormat::Gif => b"GIF89a",
                ExportFormat::Pptx | ExportFormat::Npz => b"PK",
                ExportFormat::Csv => b"run,optimizer,step,",
            };
            assert!(bytes.starts_with(begins), "{format:?} of {view:?}");
            if matches!(format, ExportFormat::Svg | ExportFormat::Tikz) {
                balanced(format, &String::from_utf8(bytes).unwrap());
            }
        }
    }
}

/// In the window, too, a deck is pages or a folder, which takes the place of an earlier one only when that is said.
#[test]
fn the_window_makes_a_deck_of_pages_and_a_folder_of_frames() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = State::overshooting();
    let frames = FrameChoice { from: Some(0), to: Some(2), ..FrameChoice::default() };
    let named = |name: &str| ExportCommand::Name(folder.path().join(name).to_string_lossy().into_owned());
    let chosen =
        |format| ExportOptions { format, ..ExportOptions { frames, ..options(ExportView::Pane(Pane::Slice), PLAIN) } };
    let begin = |replace| ExportCommand::Begin { replace };
    state.apply(vec![Command::Export(ExportCommand::Toggle)]);
    let pages = ExportCommand::Choose(chosen(ExportFormat::PdfPages));
    let said = exported(&mut state, vec![pages, named("talk"), begin(false)]);
    assert!(said.contains("talk.pdf"), "{said}");
    let text = fs::read(folder.path().join("talk.pdf")).unwrap();
    assert_eq!(String::from_utf8_lossy(&text).matches("/Type/Page/").count(), 3, "a page a step");
    let pictures = ExportCommand::Choose(chosen(ExportFormat::Frames));
    let said = exported(&mut state, vec![pictures, named("talk"), begin(false)]);
    assert!(said.starts_with("Exported to ") && said.ends_with("talk"), "{said}");
    let count = |name: &str| fs::read_dir(folder.path().join(name)).unwrap().count();
    assert_eq!(count("talk"), 4, "three frames, and the lines for LaTeX");
    let said = exported(&mut state, vec![begin(false)]);
    assert!(said.contains("is there already"), "{said}");
    let fewer = ExportOptions { frames: FrameChoice { to: Some(1), ..frames }, ..chosen(ExportFormat::Frames) };
    let said = exported(&mut state, vec![ExportCommand::Choose(fewer), begin(true)]);
    assert_eq!((said.starts_with("Exported to "), count("talk")), (true, 3), "replaced: {said}");
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/letter.txt"), "Dear").unwrap();
    let said = exported(&mut state, vec![named("mine"), begin(true)]);
    assert!(said.contains("mine': the folder holds 'letter.txt', which is no frame"), "{said}");
    assert_eq!(count("mine"), 1, "not touched");
}

/// A film that was seen to take so long a step keeps its speed when it gets other steps.
#[test]
fn other_steps_leave_the_speed_of_a_film() {
    let mut state = State::overshooting();
    state.finish();
    state.apply(vec![Command::Export(ExportCommand::Toggle)]);
    let gif = ExportOptions { format: ExportFormat::Gif, ..state.export.options };
    state.apply(vec![Command::Export(ExportCommand::Choose(gif))]);
    let shown = |state: &State| {
        let choice = state.export.options.frames;
        choice.speed(choice.steps(state.last_step(), crate::drawing::FrameLimits::FRAMES).unwrap().0.len())
    };
    let before = shown(&state);
    let fewer = ExportOptions { frames: FrameChoice { to: Some(3), ..gif.frames }, ..gif };
    state.apply(vec![Command::Export(ExportCommand::Choose(fewer))]);
    assert_eq!(shown(&state), before);
    let faster = FrameChoice { per_second: Some(2.0), ..fewer.frames };
    state.apply(vec![Command::Export(ExportCommand::Choose(ExportOptions { frames: faster, ..fewer }))]);
    assert_eq!(shown(&state), 2.0, "what is chosen holds");
}

#[test]
fn a_moving_picture_tells_how_far_it_has_come() {
    let still = |to| {
        let frames = FrameChoice { to: Some(to), ..FrameChoice::default() };
        let options = ExportOptions { frames, ..options(ExportView::Pane(Pane::Slice), PLAIN) };
        Still::new(State::overshooting(), &options)
    };
    let mut make = maker(ExportFormat::Gif)(still(2));
    // Each of three frames is examined for its colors first, which is half of the work; frames are counted, and all at the end.
    for part in 1..=6 {
        let Ok(Made::Parts(parts)) = make() else { panic!("part {part}") };
        assert_eq!(parts, Parts { made: part / 2, all: 3 });
    }
    assert!(matches!(make(), Ok(Made::Whole(_))), "then the file");
    let refused = maker(ExportFormat::Pptx)(still(9_999))().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("no run has a step 9999: the longest ends at step"), "{refused}");
}

/// The same path up to the step that is asked about, and other rates from there: as only the answer differs, no file does, but for
/// the rates themselves in tables.
#[test]
fn what_a_class_is_asked_is_hidden_in_every_format() {
    use crate::quiz::{PredictionKind, Span};
    use crate::state::PredictCommand;
    let asked = |rate: f64| {
        let text = format!(
            "landscape = \"himmelblau\"\nstart = [-0.5, -1.4]\nsteps = 5\nplayhead = 2\n[[run]]\nmethod = \"momentum\"\nlr = 0.01\nchanges = [{{ step = 2, parameter = \"lr\", value = {rate} }}]\n"
        );
        let mut state = State::showing(Scene::read(&text).unwrap());
        state.finish();
        let (kind, span) = (PredictionKind::Landing, Span::Step);
        state.apply(vec![Command::Predict(PredictCommand::Ask { kind, span, question: None })]);
        state.finish();
        assert!(state.predictions.asked().is_some(), "{:?}", state.message);
        state
    };
    let file = |state: &State, format, view, is_hidden: bool| {
        let scene = Box::new(state.scene());
        let predictions = if is_hidden { state.predictions.clone() } else { Predictions::default() };
        let frames = FrameChoice::default();
        let options = ExportOptions { format, frames, size: [320, 200], ..options(view, PLAIN) };
        let (chrome, target) = (state.view.chrome.clone(), ExportTarget::Clipboard);
        let request = ExportRequest { options, target, scene, chrome, predictions, ticket: 1 };
        // Where nothing is left to draw, that is said.
        made(format, Still::of_request(&request)).unwrap_or_else(|error| error.to_string().into_bytes())
    };
    let states = [0.012, 0.004].map(asked);
    for format in ExportFormat::ALL.iter().copied() {
        for view in some([Pane::Slice, Pane::Map], 2).map(ExportView::Pane) {
            let [one, other] = [&states[0], &states[1]].map(|state| file(state, format, view, true));
            let shown = file(&states[0], format, view, false);
            assert!(shown != one, "{format:?} of {view:?}: there is something to hide");
            if format.is_numbers() {
                let iterates = match format {
                    ExportFormat::Csv => one.split(|byte| *byte == b'\n').count() - 2,
                    _ => crate::landscapes::arrays_of_npz(&one)[0].2.len(),
                };
                assert_eq!(iterates, 3, "{format:?}: none after the one that is asked about");
            } else {
                assert!(one == other, "{format:?} of {view:?} gives the answer away");
            }
        }
    }
}

#[test]
fn what_compare_and_sweep_show_is_exported_as_numbers() {
    let made = |format, view| made(format, still(view, PLAIN)).unwrap();
    for (pane, head, lines) in [
        (Pane::Compare, "optimizer,reached_at_step,value_evals,", 3..4),
        (Pane::Sweep, "lr,final_loss,steps_to_tolerance,end", 10..10_000),
        (Pane::Map, "run,optimizer,step,", 10..10_000),
    ] {
        let text = String::from_utf8(made(ExportFormat::Csv, ExportView::Pane(pane))).unwrap();
        assert!(text.starts_with(head) && lines.contains(&text.lines().count()), "{pane:?}: {text:.200}");
        let arrays = crate::landscapes::arrays_of_npz(&made(ExportFormat::Npz, ExportView::Pane(pane)));
        let named = |name: &str| arrays.iter().any(|(known, ..)| known == name);
        assert!(named("final_loss") != (pane == Pane::Map), "{pane:?}");
    }
    let mut state = State::overshooting();
    state.apply(vec![Command::Export(ExportCommand::Toggle)]);
    let options = ExportOptions { format: ExportFormat::Csv, ..state.export.options };
    for (pane, name) in [(Pane::Map, "runs"), (Pane::Sweep, "sweep"), (Pane::Compare, "compare")] {
        state.apply(vec![Command::Export(ExportCommand::Choose(options.showing(ExportView::Pane(pane))))]);
        assert_eq!(state.export_path(), format!("~/himmelblau-{name}.csv"));
    }
    let scene = Scene::at_start(state.document.clone());
    let file = Some(("/talks/week-3.toml".into(), Fingerprint::of(b"")));
    state.restore(Arrival { scene, file, said: None, is_saved: true });
    assert_eq!(state.export_path(), "/talks/week-3-compare.csv", "beside the file of the scene");
}

/// A picture larger than what a graphics driver must take as one.
#[test]
fn a_large_surface_is_painted() {
    let options = ExportOptions { size: [525, 380], scale: 4, ..options(ExportView::Pane(Pane::Surface), PLAIN) };
    let picture = Still::new(State::overshooting(), &options).picture().unwrap();
    assert_eq!(picture.dimensions(), (2100, 1520), "so large that it is not supersampled");
}

/// Whether what is opened is closed: the tags of XML, the braces of TeX.
fn balanced(format: ExportFormat, text: &str) {
    let mut open: Vec<&str> = Vec::new();
    if format == ExportFormat::Tikz {
        let depth = text.replace("\\{", "").replace("\\}", "").chars().fold(0_i32, |depth, letter| match letter {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        });
        assert_eq!((depth, text.contains("NaN"), text.contains("\\addplot")), (0, false, true), "braces and numbers");
        return;
    }
    let drawn: String =
        text.split("data:image/png;base64,").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect();
    assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "numbers");
    for tag in text.split('<').skip(1).map(|rest| rest.split_once('>').expect("a tag ends").0) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match (tag.strip_prefix('/'), tag.ends_with('/')) {
            (Some(_), _) => assert_eq!(open.pop(), Some(name), "closed in order"),
            (None, false) => open.push(name),
            (None, true) => {}
        }
    }
    assert!(open.is_empty(), "{open:?} is open");
}

/// A picture to hand out has nothing to press: what a race is about stands in a line instead, and basins have a heading and a legend.
#[test]
fn a_picture_of_a_race_and_one_of_basins_say_what_they_show() {
    let race = texts(&still(ExportView::Pane(Pane::Compare), PLAIN).page().unwrap()).join(" ");
    for word in ["until loss", "as set", "weights", "ends at"] {
        assert!(race.contains(word), "{word}: {race}");
    }
    for control in ["▾", "Copy", "equal work", "↗", "Show the chart"] {
        assert!(!race.contains(control), "{control}: {race}");
    }
    let landscape = Landscape::parse("himmelblau").unwrap();
    let known = Search::finished(&landscape).points();
    let question = BasinQuestion {
        optimizer: Choice::parse("gd:lr=0.01").unwrap(),
        steps: 500,
        first: 500,
        tolerance: 1e-6,
        view: landscape.domain(),
        size: [24, 24],
        landscape,
    };
    let basins = Basins::finished(question, &known).unwrap();
    let size = basins_still_size(&basins).into();
    let mut canvas = BasinCanvas::default();
    let show = |ui: &mut egui::Ui| basins_still_ui(&basins, &mut canvas, Theme::Light, ui);
    let page = vector::page(size, 1.0, String::new(), show).unwrap();
    let said = texts(&page).join(" ");
    for word in ["Where Gradient descent", "minimum (3, 2)", "within 500 steps", "Himmelblau"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}
