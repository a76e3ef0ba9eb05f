//! Samples in and out: files by path and by dialog, what is in the way of them and what is wrong with them; by accessible label.

use std::fs;
use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::export::{write_file, write_new_file};
use taylorscope::landscapes::{InputError, Landscape, networks};
use taylorscope::numbers::Point;
use taylorscope::state::{
    Command, DocumentCommand, FileCommand, FileDialog, Fingerprint, HistoryCommand, Pane, Replace, RunCommand,
    SampleCommand, State, ViewCommand, WindowCommand,
};

use crate::desk::{Desk, desk, open_setup, overshooting, says};
use crate::some::some;

/// The samples of a network beside its pictures, with the drawer open.
pub(crate) fn data_of(network: &'static str) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    open_setup(&mut harness);
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape(network)),
        Command::View(ViewCommand::ShowTab(Pane::Data)),
    ]);
    harness.run_steps(3);
    harness
}

/// Clicks a control.
pub(crate) fn click(harness: &mut Harness<'static, Desk>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(3);
}

/// Writes a path into its field.
fn write_path(harness: &mut Harness<'static, Desk>, path: &Path) {
    click(harness, "path of samples");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_label("path of samples").type_text(path.to_str().unwrap());
    harness.run_steps(3);
}

/// Does what the program does in the background: reads and writes the files that are wanted.
fn serve(harness: &mut Harness<'static, Desk>) {
    serve_files(&mut harness.state_mut().state);
    harness.run_steps(3);
}

fn serve_files(state: &mut State) {
    if let Some(request) = state.files.saving.clone() {
        let fill = |out: &mut dyn std::io::Write| out.write_all(request.text.as_bytes());
        let may_be_replaced = match request.replace {
            Replace::Never => false,
            Replace::IfItHolds(known) => fs::read(&request.path).is_ok_and(|bytes| Fingerprint::of(&bytes) == known),
            Replace::Always => true,
        };
        let written =
            if may_be_replaced { write_file(&request.path, fill) } else { write_new_file(&request.path, fill) };
        let exists = request.path.exists() && !may_be_replaced;
        state.take_saved(
            request.ticket,
            match written {
                Ok(()) => Ok(true),
                Err(_) if exists => Ok(false),
                Err(error) => Err(error.to_string()),
            },
        );
    }
    if let Some(request) = state.file_request.clone() {
        let read = fs::read(&request.path).map_err(|error| InputError::Data(error.to_string()));
        let opened = read.and_then(|bytes| state.document.landscape.with_file(&request.path, &bytes));
        state.take_file(request.ticket, opened);
    }
}

/// The landscape that is shown.
pub(crate) fn landscape<'a>(harness: &'a Harness<'static, Desk>) -> &'a Landscape {
    &harness.state().state.document.landscape
}

/// Its samples.
pub(crate) fn samples(harness: &Harness<'static, Desk>) -> Vec<[f64; 2]> {
    landscape(harness).data().unwrap().samples().to_vec()
}

/// The message in the status line.
pub(crate) fn message(harness: &Harness<'static, Desk>) -> String {
    harness.state().state.message.as_ref().map_or_else(String::new, |message| message.text.clone())
}

/// The loss at some points and the end of the selected run, to the last bit.
fn bits(state: &State) -> Vec<u64> {
    let loss = state.document.landscape.loss();
    let points = (0..9).map(|k| Point::new(-1.3 + 0.37 * f64::from(k), 0.9 - 0.21 * f64::from(k)));
    let surface = points.flat_map(|at| {
        let second = loss.second_order(at);
        [second.value, second.gradient.x, second.hessian.xy]
    });
    let end = state.derived.run(state.selected).and_then(|run| run.iterates().last());
    let ends = end.into_iter().flat_map(|end| [end.at.x, end.loss]);
    surface.chain(ends).map(f64::to_bits).collect()
}

#[test]
fn what_is_saved_and_opened_again_is_the_same_land_to_the_last_bit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("samples.csv");
    for network in some(["tanh2", "logistic", "linreg", "network"], 2) {
        let mut harness = data_of(network);
        let card = harness.state().state.selected;
        harness.state_mut().state.apply(vec![
            // Chosen by hand, start and rate do not follow the samples.
            Command::Document(DocumentCommand::MoveStart(Point::new(0.4, -0.7))),
            Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.0123 }),
            Command::Samples(SampleCommand::Add([0.1 + 0.2, 1.0])),
            Command::Samples(SampleCommand::Move { index: 0, to: [-1.0 / 3.0, 0.0] }),
        ]);
        harness.run_steps(3);
        let edited = samples(&harness);
        let before = bits(&harness.state().state);
        write_path(&mut harness, &path);
        click(&mut harness, "save to the path");
        serve(&mut harness);
        assert!(message(&harness).starts_with("Saved "), "{}", message(&harness));
        assert!(fs::read_to_string(&path).unwrap().starts_with("x,y\n"), "with its header");
        click(&mut harness, "Back to its own samples");
        assert_ne!(samples(&harness), edited, "{network}: others");
        click(&mut harness, "open the path");
        serve(&mut harness);
        assert_eq!(samples(&harness), edited, "{network}: the same samples");
        assert_eq!(bits(&harness.state().state), before, "{network}: the same land and the same run");
        harness.get_by_label(&format!("{} samples: samples.csv", edited.len()));
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_file_in_the_way_is_replaced_only_when_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    fs::write(&path, "precious").unwrap();
    let mut harness = data_of("tanh2");
    write_path(&mut harness, &path);
    for (answer, left) in [("Keep the file", "precious"), ("Replace it", "x,y\n")] {
        click(&mut harness, "save to the path");
        serve(&mut harness);
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious", "not touched");
        assert!(message(&harness).contains("is there already and was not touched"), "{}", message(&harness));
        harness.get_by_label("mine.csv is there already.");
        click(&mut harness, answer);
        serve(&mut harness);
        assert!(fs::read_to_string(&path).unwrap().starts_with(left), "{answer}");
        assert!(harness.query_by_label("mine.csv is there already.").is_none(), "answered");
    }
    harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Remove(0))]);
    harness.run_steps(3);
    click(&mut harness, "save to the path");
    serve(&mut harness);
    assert!(message(&harness).starts_with("Saved 11 samples"), "its own file is written again: {}", message(&harness));
    write_path(&mut harness, &folder.path().join("no ending"));
    click(&mut harness, "save to the path");
    serve(&mut harness);
    assert!(folder.path().join("no ending.csv").exists(), "a table is called one");
}

/// What is saved where, and whether it is written without a question.
#[test]
fn a_file_of_other_samples_is_never_replaced_without_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    let save = Command::Files(FileCommand::SaveSamples { path: path.clone(), replace: false });
    let edit = Command::Samples(SampleCommand::Add([0.25, 0.5]));
    let cases: [(&str, Vec<Command>, Option<&str>, bool); 9] = [
        ("as it was saved", vec![], None, true),
        ("edited since", vec![edit.clone()], None, true),
        ("edited and taken back", vec![edit.clone(), Command::History(HistoryCommand::Undo)], None, true),
        ("changed by another program", vec![edit.clone()], Some("x,y\n7,7\n"), false),
        ("changed by as many letters", vec![], Some("as long"), false),
        ("other samples, drawn", vec![Command::Samples(SampleCommand::SetSeed(9))], None, false),
        (
            "other samples, a preset",
            vec![Command::Samples(SampleCommand::UsePreset(&networks::PRESETS[0]))],
            None,
            false,
        ),
        ("another network", vec![Command::Document(DocumentCommand::ChooseLandscape("linreg"))], None, false),
        (
            "another network and back by undo",
            vec![
                Command::Document(DocumentCommand::ChooseLandscape("linreg")),
                Command::History(HistoryCommand::Undo),
                edit,
            ],
            None,
            true,
        ),
    ];
    for (what, commands, written, goes) in cases {
        let _ = fs::remove_file(&path);
        let mut state = overshooting();
        let said = |state: &State| state.message.as_ref().map_or_else(String::new, |message| message.text.clone());
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
            Command::Samples(SampleCommand::Add([0.1, 0.2])),
            save.clone(),
        ]);
        serve_files(&mut state);
        assert!(said(&state).starts_with("Saved 13 samples"), "{what}: {}", said(&state));
        let mut before = fs::read_to_string(&path).unwrap();
        if let Some(text) = written {
            before = if text == "as long" { before.replace("0.1", "0.9") } else { text.to_owned() };
            fs::write(&path, &before).unwrap();
        }
        state.apply(commands);
        state.apply(vec![save.clone()]);
        serve_files(&mut state);
        assert_eq!(said(&state).starts_with("Saved "), goes, "{what}: {}", said(&state));
        assert!(goes || fs::read_to_string(&path).unwrap() == before, "{what}: not touched");
    }
}

#[test]
fn samples_are_written_again_to_the_file_that_they_came_from() {
    let folder = tempfile::tempdir().unwrap();
    for (text, goes) in [("x,y\n0,1\n0.5,0.25\n", true), ("x,y\n0.0,1.0\n0.5,0.25\n", false)] {
        let path = folder.path().join("theirs.csv");
        fs::write(&path, text).unwrap();
        let mut harness = data_of("tanh2");
        harness.state_mut().state.apply(vec![Command::Files(FileCommand::Open(path.clone()))]);
        serve(&mut harness);
        harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Add([0.1, 0.2]))]);
        click(&mut harness, "File");
        click(&mut harness, "Save the samples in theirs.csv");
        serve(&mut harness);
        let left = fs::read_to_string(&path).unwrap();
        assert_eq!(left.ends_with("0.1,0.2\n"), goes, "what is spelled in another way is asked about: {left}");
        assert_eq!(harness.query_by_label("Replace it").is_none(), goes, "{text}");
    }
}

#[test]
fn dialogs_are_asked_for_by_button_menu_and_key_and_may_fail() {
    let mut harness = data_of("tanh2");
    let wanted_dialog = |harness: &Harness<'static, Desk>| harness.state().state.files.dialog;
    click(&mut harness, "Open…");
    let (dialog, ticket) = wanted_dialog(&harness).unwrap();
    assert_eq!(dialog, FileDialog::Open);
    harness.get_by_label_contains("If none has opened, write the path above.");
    harness.state_mut().state.take_dialog(ticket, Err("this system has none".to_owned()));
    harness.run_steps(3);
    assert_eq!(wanted_dialog(&harness), None, "it waits no longer");
    assert!(says(&harness, "file dialog was not found"), "the window asks for the path");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(!says(&harness, "file dialog was not found"), "Escape leaves");
    click(&mut harness, "File");
    click(&mut harness, "Save the samples…");
    let (dialog, ticket) = wanted_dialog(&harness).unwrap();
    assert_eq!(dialog, FileDialog::Save);
    harness.state_mut().state.take_dialog(ticket + 1, Ok(Some("other.csv".into())));
    assert!(harness.state().state.files.saving.is_none(), "an answer to another question");
    harness.state_mut().state.take_dialog(ticket, Ok(Some("chosen.csv".into())));
    let saving = harness.state().state.files.saving.clone().unwrap();
    assert!(
        saving.replace == Replace::Always && saving.path == Path::new("chosen.csv"),
        "the dialog has asked: {saving:?}"
    );
    harness.state_mut().state.take_saved(saving.ticket, Err("cannot write 'chosen.csv': disk full".to_owned()));
    assert!(message(&harness).contains("disk full"), "{}", message(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(3);
    let (_, ticket) = wanted_dialog(&harness).unwrap();
    harness.state_mut().state.take_dialog(ticket, Ok(None));
    assert!(wanted_dialog(&harness).is_none() && harness.state().state.file_request.is_none(), "closed without a file");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("bowl"))]);
    harness.run_steps(3);
    click(&mut harness, "File");
    let save = harness.get_by_label("Save the samples…");
    assert!(save.accesskit_node().is_disabled(), "a surface has no samples to save");
}

#[test]
fn what_is_wrong_with_a_file_is_described_in_full_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let many = format!("x,y\n{}", "0,1\n".repeat(10_001));
    let files: [(&str, &[u8], &str); 12] = [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"p,q,r\n1,2,3\n", "any two of 'p', 'q', 'r' could be x and y"),
        ("a.csv", b"x,y\n1,1\n2;1\n", "line 3: '2;1' has 1 cell, where 2 are expected"),
        ("a.csv", b"x,y\n1,one\n", "line 2: y: 'one' is not a finite number"),
        ("a.csv", b"x,y\nNaN,1\n", "line 2: x: 'NaN' is not a finite number"),
        ("a.csv", b"x,y\n1,inf\n", "line 2: y: 'inf'"),
        ("a.csv", b"x,y\n1,1\n2,0.5\n", "line 3: y cannot be 0.5 (at x = 2): cross-entropy needs classes"),
        ("a.csv", b"x,y\n", "holds no samples"),
        ("a.csv", b"\x89PNG\xff\n", "is no text"),
        ("a.csv", b"x,y,loss\n1,2\n", "line 2: '1,2' has 2 cells"),
        ("a.npz", b"x,y\n1,2\n", "no .npz archive"),
        ("a.csv", many.as_bytes(), "holds 10001 samples; at most 10 000 can be shown"),
    ];
    let mut harness = data_of("logistic");
    let before = harness.state().state.document.clone();
    for (name, bytes, words) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        harness
            .state_mut()
            .state
            .apply(vec![Command::Window(WindowCommand::CloseMessage), Command::Files(FileCommand::Open(path))]);
        serve(&mut harness);
        assert!(message(&harness).contains(words), "{words}: {}", message(&harness));
        let first = message(&harness).lines().next().unwrap_or_default().to_owned();
        harness.get_by_label_contains(&first);
        assert_eq!(harness.state().state.document, before, "{words}: nothing is lost");
    }
    click(&mut harness, "Close the message");
    assert_eq!(message(&harness), "", "read and closed");
}

#[test]
fn a_long_message_is_shown_whole() {
    for width in [640.0, 1280.0] {
        let mut harness = desk(width, 720.0);
        let words =
            "the header is 'input;output', but must be x,y: separate numbers by commas, and write decimal points "
                .repeat(3);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::Say(format!("{}\nremedy", words.trim())))]);
        harness.run_steps(3);
        let label = harness.get_by_label(words.trim()).rect();
        assert!(label.left() >= 0.0 && label.right() <= width && label.height() > 30.0, "wrapped: {label}");
        assert!(harness.get_by_label("remedy").rect().bottom() < 720.0, "and what to do");
    }
}

#[test]
fn a_message_of_many_lines_has_all_of_them_and_can_be_closed_in_a_low_window() {
    for height in [260.0, 720.0] {
        let mut harness = desk(640.0, height);
        let lines: Vec<String> = (0..80).map(|line| format!("fault number {line} of the file.")).collect();
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::Say(lines.join("\n")))]);
        harness.run_steps(4);
        for line in [&lines[0], &lines[79]] {
            assert!(harness.query_by_label(line).is_some(), "{height}: {line}");
        }
        let close = harness.get_by_label("Close the message").rect();
        assert!(close.top() >= 0.0 && close.bottom() <= height, "{height}: {close}");
        click(&mut harness, "Close the message");
        assert_eq!(message(&harness), "", "closed");
    }
}
