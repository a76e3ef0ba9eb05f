//! The window as a whole: long messages, the picker and the path of a file, the list of keys, and a run that diverged.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::landscapes::{InputError, Landscape};
use taylorscope::numbers::numerals::number;
use taylorscope::optimizers::Choice;
use taylorscope::state::{Command, Document, DocumentCommand, FileCommand, PlayCommand, State, WindowCommand};

use crate::desk::{Desk, click, desk, open_setup, opened, overshooting, says};

/// The pictures of the views.
fn canvases(harness: &Harness<'static, Desk>) -> Vec<Rect> {
    harness.query_all_by(|node| node.role() == Role::Canvas).map(|node| node.rect()).collect()
}

fn press(harness: &mut Harness<'static, Desk>, label: &str) {
    let place = harness.get_by_label(label).rect().center();
    click(harness, place);
    harness.run_steps(3);
}

const WRONG: &str =
    "measurements/a folder with a long name/losses-of-the-third-run-of-the-evening.csv cannot be read as a grid";
const REMEDY: &str = "write one line for every point, x,y,loss, with the same steps along x in every row, or a matrix of losses whose first row and first column name the places";

/// A long message lies over the tab, or where there is none over the foot of the picture: nothing moves, and it is read in lines.
#[test]
fn a_long_message_moves_nothing_and_its_remedy_is_read_in_lines() {
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0), (760.0, 600.0), (420.0, 400.0)] {
        let mut harness = desk(width, height);
        let before = canvases(&harness);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::Say(format!("{WRONG}\n{REMEDY}")))]);
        harness.run_steps(3);
        assert_eq!(canvases(&harness), before, "{width}×{height}: every picture is where it was");
        let picture = before.iter().max_by(|a, b| a.area().total_cmp(&b.area())).unwrap();
        for words in [WRONG, REMEDY] {
            let line = harness.query_all_by_label(words).next().unwrap_or_else(|| panic!("{width}: {words}")).rect();
            let is_beside_a_tab = width > 1000.0;
            // The tab is a third of the window.
            let room = if is_beside_a_tab { width / 3.0 } else { width };
            let wanted = (words.chars().count() as f32 * 5.0).min(0.8 * (room - 60.0));
            assert!(line.width() >= wanted, "{width}×{height}: a line {} wide", line.width());
            assert!(!is_beside_a_tab || !picture.intersects(line), "{width}×{height}: {line} lies over {picture}");
            assert!(line.top() > 0.3 * height, "{width}×{height}: {line} leaves nothing of the picture");
        }
        press(&mut harness, "Close the message");
        assert!(!says(&harness, WRONG), "{width}×{height}: closed");
    }
}

/// A message that comes and goes takes the keyboard from no field and closes no menu.
#[test]
fn a_long_message_leaves_focus_and_menus_alone() {
    for (opener, inside) in [("landscape", "search landscapes"), ("+ Add run", "Trust region"), ("start x", "start x")]
    {
        let mut harness = desk(1280.0, 800.0);
        open_setup(&mut harness);
        press(&mut harness, opener);
        let focused = |harness: &Harness<'static, Desk>| {
            harness
                .query_all_by(|node| node.is_focused() && node.label().is_some())
                .filter_map(|node| node.accesskit_node().label())
                .collect::<Vec<_>>()
        };
        let before = focused(&harness);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::Say(format!("{WRONG}\n{REMEDY}")))]);
        harness.run_steps(4);
        assert!(says(&harness, REMEDY), "{opener}: it is said");
        assert!(harness.query_by_label(inside).is_some(), "{opener} stays open");
        assert_eq!(focused(&harness), before, "{opener}: the keyboard stays where it was");
    }
}

#[test]
fn a_message_about_a_file_in_the_way_goes_with_the_question() {
    for answer in ["Keep the file", "Replace it"] {
        let mut state = overshooting();
        let path = PathBuf::from("samples-of-the-second-exercise-with-a-long-name.csv");
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape("tanh")),
            Command::Files(FileCommand::SaveSamples { path, replace: false }),
        ]);
        let ticket = state.files.saving.as_ref().unwrap().ticket;
        state.take_saved(ticket, Ok(false));
        let mut harness = opened(state);
        assert!(says(&harness, "was not touched"), "it is said");
        press(&mut harness, answer);
        assert!(!says(&harness, "was not touched"), "{answer}: settled");
    }
}

#[test]
fn a_path_that_cannot_be_opened_keeps_the_picker_open_and_says_why_there() {
    let mut harness = desk(1280.0, 800.0);
    press(&mut harness, "landscape");
    press(&mut harness, "file to open");
    harness.get_by_label("file to open").type_text("missing.csv");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let ticket = harness.state().state.file_request.as_ref().expect("it is asked for").ticket;
    let why = &format!("missing.csv does not exist: {WRONG}\n{REMEDY}");
    harness.state_mut().state.take_file(ticket, Err(InputError::Data(why.to_owned())));
    harness.run_steps(3);
    assert!(harness.query_by_label("search landscapes").is_some(), "the picker stays");
    assert_eq!(harness.query_all_by_label_contains("does not exist").count(), 1, "said once, in the picker");
    press(&mut harness, "file to open");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert!(!says(&harness, "does not exist"), "the next attempt begins anew");
    let ticket = harness.state().state.file_request.as_ref().expect("it is asked for again").ticket;
    harness.state_mut().state.take_file(ticket, Ok(Landscape::of_formula("x^2+3y^2").unwrap()));
    harness.run_steps(3);
    assert!(harness.query_by_label("search landscapes").is_none(), "opened: the picker closes");
}

#[test]
fn the_field_for_a_file_is_found_by_what_is_sought() {
    for sought in ["csv", "npz", "file", "data", "samples"] {
        let mut harness = desk(1280.0, 800.0);
        press(&mut harness, "landscape");
        harness.get_by_label("search landscapes").type_text(sought);
        harness.run_steps(3);
        assert!(harness.query_by_label("file to open").is_some(), "'{sought}' shows the row of files");
    }
}

/// Every key and its meaning is inside the window, and nothing has to be scrolled sideways.
#[test]
fn the_list_of_keys_needs_no_sideways_scrolling() {
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0)] {
        let mut harness = desk(width, height);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleKeys)]);
        harness.run_steps(4);
        let window = harness.get_by_role_and_label(Role::Window, "Keys").rect();
        assert!(window.width() < width && window.height() < height, "{width}: {window}");
        let last =
            harness.query_all_by_label_contains("").map(|node| node.rect()).filter(|rect| window.intersects(*rect));
        let right =
            last.filter(|rect| rect.width() < 0.5 * window.width()).map(|rect| rect.right()).fold(0.0, f32::max);
        assert!(right > 0.5 * width, "{width}: two columns");
    }
}

/// The sentence, the card and the run itself name one limit, with the step at which it holds.
#[test]
fn a_run_that_diverged_has_one_limit() {
    for (landscape, method, start) in [
        ("himmelblau", "gd:lr=0.05", [3.0, 3.5]),
        ("rosenbrock", "gd:lr=0.01", [-1.2, 1.0]),
        ("quad", "momentum:lr=0.5", [1.0, 1.0]),
        ("quad", "gd:lr=0.4,schedule=warmup_cosine,warmup=100", [1.0, 1.0]),
    ] {
        let mut document = Document::new(Landscape::parse(landscape).unwrap());
        document.cards[0].optimizer = Choice::parse(method).unwrap();
        (document.start, document.steps) = (start.into(), 5000);
        let mut state = State::new(document);
        state.finish();
        let run = state.derived.run(state.selected).unwrap();
        let beyond = run.stop().unwrap().beyond().expect("its rate is too large");
        let end = run.iterates().len() - 1;
        state.apply(vec![Command::Play(PlayCommand::GoTo(end))]);
        let harness = opened(state);
        let limit = number(beyond.limit);
        let on_card = harness.query_all_by_label_contains(&format!("= {limit} at step {}", beyond.step)).count();
        assert_eq!(on_card, 1, "{method} on {landscape}: the card names {limit} at step {}", beyond.step);
        let sentence = format!("at step {} the rate η = {} is beyond", beyond.step, number(beyond.rate));
        assert!(harness.query_all_by_label_contains(&sentence).count() > 0, "{method} on {landscape}: {sentence}");
    }
}
