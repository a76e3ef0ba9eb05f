//! Networks that a teacher shapes: a formula of one's own with its loss and data, the depth lab, samples by sliders; in the
//! setup panel by accessible labels, and on the command line.

use std::fs;
use std::process::Command as Process;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;
use taylorscope::landscapes::Landscape;
use taylorscope::state::{Command, DocumentCommand, State};
use taylorscope::ui::panels::setup_ui;
use taylorscope::ui::widgets::landscape_picker::landscape_picker;

use crate::desk::{apply_look, overshooting};

fn panel() -> Harness<'static, State> {
    let page = |ui: &mut egui::Ui, state: &mut State| {
        if apply_look(ui.ctx(), state) {
            return;
        }
        let mut commands = Vec::new();
        commands.extend(landscape_picker(state, ui));
        setup_ui(state, ui, &mut commands);
        state.apply(commands);
    };
    Harness::builder().with_size([280.0, 1200.0]).build_ui_state(page, overshooting())
}

fn click(harness: &mut Harness<'_, State>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

fn set(harness: &mut Harness<'_, State>, label: &str, value: f64) {
    harness.get_by_label(label).set_value_accesskit(value);
    harness.run();
}

fn spelled(harness: &Harness<'_, State>) -> String {
    harness.state().document.landscape.to_string()
}

#[test]
fn a_network_is_typed_judged_and_fitted() {
    let mut harness = panel();
    click(&mut harness, "landscape");
    click(&mut harness, "Your network");
    assert_eq!(spelled(&harness), "network:w2 tanh(w1 x)", "one to begin with");
    click(&mut harness, "formula");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.get_by_label("formula").type_text("a sin(w1 x) + w2");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    set(&mut harness, "a of the landscape", 2.5);
    click(&mut harness, "loss of the landscape");
    click(&mut harness, "Huber’s loss");
    set(&mut harness, "samples of the landscape", 40.0);
    set(&mut harness, "noise of y of the landscape", 0.2);
    assert_eq!(spelled(&harness), "network:a sin(w1 x) + w2,a=2.5,loss=huber,n=40,noise=0.2");
    assert!(harness.state().document.landscape.formula().contains("a·sin(w₁·x) + w₂"), "set as in a book");
    click(&mut harness, "formula");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.get_by_label("formula").type_text("a sni(w1 x) + w2");
    harness.run();
    harness.get_by_label_contains("did you mean 'sin'?");
    assert_eq!(
        spelled(&harness),
        "network:a sin(w1 x) + w2,a=2.5,loss=huber,n=40,noise=0.2",
        "the last good one stays"
    );
}

#[test]
fn samples_of_ones_own_hide_what_says_how_samples_are_drawn() {
    let mut harness = panel();
    let state = harness.state_mut();
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
        Command::Document(DocumentCommand::SetParameter { index: 0, value: 30.0 }),
    ]);
    let edited = state.document.landscape.with_samples(vec![[0.0, 1.0], [1.0, 2.0]]).unwrap();
    state.apply(vec![Command::Document(DocumentCommand::BringLandscape(Box::new(edited)))]);
    harness.run();
    harness.get_by_label_contains("2 samples: set by hand");
    assert!(harness.query_by_label("samples of the landscape").is_none(), "no slider of their number");
    click(&mut harness, "Back to its own samples");
    assert_eq!(spelled(&harness), "tanh2:n=30", "the number chosen before");
    harness.get_by_label("samples of the landscape");
}

#[test]
fn deeper_networks_keep_their_start_and_get_a_rate_that_suits() {
    let mut harness = panel();
    harness.state_mut().apply(vec![Command::Document(DocumentCommand::ChooseLandscape("depth"))]);
    harness.run();
    let start = harness.state().document.start;
    for (layers, act) in [(1.0, "tanh"), (20.0, "linear"), (3.0, "ReLU")] {
        set(&mut harness, "layers of the landscape, as a number", layers);
        click(&mut harness, "activation of the landscape");
        click(&mut harness, act);
        let document = &harness.state().document;
        assert_eq!((document.landscape.values()[0], document.start), (layers, start), "{layers} layers of {act}");
        assert!(
            document.cards[0].optimizer.parameters[0]
                == document.suggested_rate(&document.cards[0].optimizer).unwrap().1
        );
    }
    assert_eq!(spelled(&harness), "depth:layers=3,act=relu");
}

/// Status, standard output and standard error.
fn call(words: &[&str]) -> (Option<i32>, String, String) {
    let out = Process::new(env!("CARGO_BIN_EXE_taylorscope")).args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

fn json(words: &[&str]) -> Value {
    let (status, out, error) = call(&[words, &["--json"]].concat());
    assert_eq!(status, Some(0), "{words:?}: {error}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn every_command_takes_a_network_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    let samples = Landscape::parse("tanh2").unwrap().data().unwrap().to_csv();
    fs::write(&file, samples).unwrap();
    let file = file.to_str().unwrap();
    let own: &[&str] = &["-l", "network:w2 tanh(w1 x)", "--data", file];
    let at: &[&str] = &["--at", "0.5,1"];
    let near = |a: &Value, b: &Value| (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-12;

    let [typed, known] =
        [own, &["-l", "tanh2"]].map(|surface| json(&[&["eval"], surface, at].concat())["rows"][0].clone());
    assert!(near(&typed["value"], &known["value"]) && near(&typed["gauss_newton"][1], &known["gauss_newton"][1]));
    let [typed, known] = [own, &["-l", "tanh2"]].map(|surface| json(&[&["backprop"], surface, at].concat()));
    for (typed, known) in typed["samples"].as_array().unwrap().iter().zip(known["samples"].as_array().unwrap()) {
        for key in ["x", "y", "o", "loss", "dL_do", "dL_dw1", "dL_dw2"] {
            assert!(near(&typed[key], &known[key]), "{key}: {typed} for {known}");
        }
        assert!(
            ["u", "h", "dL_dh", "dL_du"].iter().all(|key| typed[*key].is_null()),
            "no hidden unit is known: {typed}"
        );
    }
    json(&[&["analyze"], own, at].concat());
    json(&[&["circle"], own, at, &["--radius", "0.3"]].concat());
    let trace = json(&[&["trace"], own, &["-o", "sgd", "--start", "0.5,1", "--steps", "5"]].concat());
    assert!(trace["landscape"].as_str().unwrap().starts_with("network:w2 tanh(w1 x),data="), "{}", trace["landscape"]);
    let critical = json(&[&["critical"], own].concat());
    let minima = critical["points"].as_array().unwrap().iter().filter(|point| point["kind"] == "minimum").count();
    assert_eq!((minima, &critical["complete"]), (2, &Value::Bool(true)), "both are found: {critical}");
    let huber =
        json(&["eval", "-l", "network:w2 tanh(w1 x)", "--loss", "huber", "--set", "noise=0.3", "--at", "0.5,1"]);
    assert_eq!(huber["landscape"], "network:w2 tanh(w1 x),loss=huber,noise=0.3");
}

#[test]
fn what_is_wrong_with_a_network_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    fs::write(&file, "x,y\n1,2\n").unwrap();
    let file = file.to_str().unwrap();
    for (words, status, said) in [
        (&["-l", "network:w2 tnah(x)"][..], 2, "did you mean 'tanh'?"),
        (&["-l", "network:w1 x", "--loss", "hubert"], 2, "did you mean 'huber'?"),
        (
            &["-l", "network:w1 x", "--loss", "ce", "--data", file],
            2,
            "y cannot be 2 (at x = 1): cross-entropy needs classes",
        ),
        (&["-l", "network:w1 x", "--data", "no/such.csv"], 1, "cannot read 'no/such.csv'"),
        (&["-l", "tanh2", "--loss", "mse"], 2, "'tanh2' has its own"),
        (&["-l", "bowl", "--data", file], 2, "'bowl' is fitted to no samples"),
        (&["-l", "depth:layers=0"], 2, "a whole number from 1 to 20"),
        (&["-l", "tanh2:n=20000"], 2, "a whole number from 1 to 10 000"),
        (&["-l", "tanh2", "--data", file, "--set", "n=5"], 2, "'n' is of samples that are drawn"),
    ] {
        let (code, _, error) = call(&[&["eval"], words, &["--at", "0,0"]].concat());
        assert!(code == Some(status) && error.contains(said) && error.lines().count() <= 2, "{words:?}: {error}");
    }
    let (_, _, error) = call(&["eval", "-l", "network:w2 tnah(x)", "--at", "0,0"]);
    let [line, carets] = error.lines().collect::<Vec<_>>()[..] else { panic!("two lines: {error}") };
    let column = |text: &str, part: &str| text.split(part).next().unwrap().chars().count();
    assert_eq!(column(line, "tnah"), column(carets, "^"), "the caret stands below: {error}");
}
