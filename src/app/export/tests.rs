//! Files of pictures: whole, the same for the same scene, and with what the screen shows.

use std::fs;

use image::GenericImageView as _;

use super::*;
use crate::drawing::vector_page::{Mark, VectorPage};
use crate::drawing::{ExportView, FrameChoice, Pane};
use crate::landscapes::Landscape;
use crate::state::{Command, ExportCommand, ExportFrame, ExportOptions};
use crate::state::{Document, Scene};

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
    let options = ExportOptions { size: [320, 240], scale: 3, ..ExportOptions::default() };
    let begin = |replace| ExportCommand::Begin { replace };
    let said = exported(&mut state, vec![ExportCommand::Toggle, ExportCommand::Choose(options), named(), begin(false)]);
    assert!(said.starts_with("Exported to ") && said.contains("map.png"), "{said}");
    let first = fs::read(&path).unwrap();
    assert_eq!(image::load_from_memory(&first).unwrap().dimensions(), (960, 720), "three pixels a point");
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
    for view in ExportView::ALL {
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
    for word in ["promised", "Learning rate", "validity radius"] {
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
}

#[test]
fn the_same_scene_is_the_same_file_in_every_format() {
    for format in ExportFormat::ALL.iter().copied() {
        for view in [Pane::Map, Pane::Loss, Pane::Slice].map(ExportView::Pane) {
            let made = || made_at_once(format, still(view, PLAIN)).unwrap();
            let bytes = made();
            assert!(bytes == made(), "{format:?} of {view:?}");
            let begins: &[u8] = match format {
                ExportFormat::Png | ExportFormat::Apng => b"\x89PNG",
                ExportFormat::Svg => b"<svg ",
                ExportFormat::Pdf => b"%PDF-",
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

#[test]
fn a_moving_picture_tells_how_far_it_has_come() {
    let still = |to| {
        let frames = FrameChoice { to: Some(to), ..FrameChoice::default() };
        let options = ExportOptions { frames, ..options(ExportView::Pane(Pane::Slice), PLAIN) };
        Still::new(State::overshooting(), &options)
    };
    let mut make = maker(ExportFormat::Gif)(still(2));
    // Each of three frames is looked at for its colors first.
    for part in 1..=6 {
        let Ok(Made::Parts(parts)) = make() else { panic!("part {part}") };
        assert_eq!(parts, Parts { made: part, all: 6 });
    }
    assert!(matches!(make(), Ok(Made::Whole(_))), "then the file");
    let refused = maker(ExportFormat::Pptx)(still(9_999))().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("no run has a step 9999: the longest ends at step"), "{refused}");
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
    assert!(!text.contains("NaN") && !text.contains("inf"), "numbers");
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
