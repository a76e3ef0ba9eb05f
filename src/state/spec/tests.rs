//! Scenes as text: what is wrong is found at its place, all of it at once, and whatever stands there nothing panics.

use super::*;
use crate::landscapes;
use crate::optimizers;
use crate::scene::{LANDSCAPE_KEYS, RUN_KEYS};

/// A file of version 1, which every later version reads.
const VERSION_1: &str = include_str!("../../../tests/cases/version-1.toml");

/// The mistakes as `line:column message`, the first line of each.
fn found(text: &str) -> Vec<String> {
    let first = |message: &str| message.lines().next().unwrap_or_default().to_owned();
    check(text).iter().map(|fault| format!("{}:{} {}", fault.line, fault.column, first(&fault.message))).collect()
}

#[test]
fn the_form_is_that_of_the_contract_and_short_spellings_are_read() {
    let long = "version = 1\n[landscape]\nid = \"quad\"\nkappa = 10\n[[run]]\nmethod = \"gd\"\nlr = 0.05\n[[run]]\nmethod = \"saddle_free\"\nline_search = true\nstart = [1, 2]\n";
    let short = "landscape = \"quad:kappa=10\"\nruns = [\"gd:lr=0.05\", { method = \"saddle_free\", parameters = { line_search = \"true\" }, start = [1.0, 2.0] }]\n";
    let [long, short] = [long, short].map(|text| Scene::read(text).unwrap_or_else(|faults| panic!("{faults}\n{text}")));
    assert_eq!(long, short);
    let written = long.write().unwrap();
    assert!(written.starts_with("version = 1\n"), "{written}");
    for line in [
        "[landscape]\nid = \"quad\"\nkappa = 10.0\n",
        "[[run]]\nmethod = \"gd\"\n",
        "\nlr = 0.05\n",
        "line_search = \"true\"",
    ] {
        assert!(written.contains(line), "{line:?} in\n{written}");
    }
}

#[test]
fn no_parameter_is_called_as_a_key_of_a_run_or_a_landscape() {
    for method in optimizers::ENTRIES {
        assert!(method.parameters.iter().all(|parameter| !RUN_KEYS.contains(&parameter.name)), "{}", method.id);
    }
    for entry in landscapes::entries() {
        let own = |name: &str| LANDSCAPE_KEYS.contains(&name);
        assert!(entry.parameters.iter().all(|parameter| !own(parameter.name)), "{}", entry.id);
    }
}

#[test]
fn every_mistake_has_its_place_and_all_are_found_at_once() {
    let scene = |lines: &str| format!("landscape = \"bowl\"\nruns = [\"gd\"]\n{lines}");
    let cases = [
        (scene(""), vec![]),
        (scene("stepz = 5"), vec!["3:1 unknown key 'stepz'; did you mean 'steps'?"]),
        (scene("steps = 0"), vec!["3:9 steps cannot be 0: it must be a whole number from 1 to 1000000"]),
        (scene("steps = \"many\""), vec!["3:9 steps: expected a whole number, 0 or above, not 'many'"]),
        (scene("steps = 2.5"), vec!["3:9 steps: expected a whole number, 0 or above, not 2.5"]),
        (scene("steps = 99999999999999999999"), vec!["3:9 steps: a whole number that is too large has no place here"]),
        (scene("start = [1]"), vec!["3:9 start: expected a list of two, not of 1"]),
        (scene("start = [1, 2, 3]"), vec!["3:9 start: expected 2 elements, not 3"]),
        (scene("start = [1, \"2\"]"), vec!["3:13 start: expected a number, not '2'"]),
        (scene("tolerance = 1e999"), vec!["3:13 tolerance: a number that is too large has no place here"]),
        (scene("view = 3"), vec!["3:8 view: expected a table, not 3"]),
        (
            scene("playhead = 207\nselected = 1\n[view]\ntab = \"looss\"\nshow = [\"fog\", \"fogg\"]\ncircle = -1"),
            vec![
                "3:12 playhead cannot be 207: the runs have 200 steps",
                "4:12 selected cannot be 1: the only run is 0",
                "6:7 unknown tab 'looss'; did you mean 'loss'?",
                "7:16 show: unknown overlay 'fogg'; did you mean 'fog'?",
                "8:10 circle cannot be -1: it must be a finite number above 0",
            ],
        ),
        (
            "[landscape]\nid = \"quad\"\nkapa = 3\nkappa = -1\n[[run]]\nmethod = \"gd\"\nlr = 0\nhiden = true\n[[run]]\nmethod = \"gdd\"\nlr = 1"
                .to_owned(),
            vec![
                "3:1 'quad' has no parameter 'kapa'; did you mean 'kappa'?",
                "4:9 kappa cannot be -1: it must be a finite number above 0",
                "7:6 lr cannot be 0: it must be a finite number above 0",
                "8:1 unknown key 'hiden'; did you mean 'hidden'?",
                "10:10 unknown optimizer 'gdd'; did you mean 'gd'?",
            ],
        ),
        (
            "landscape = { id = \"bowll\", x = 1 }\nrun = [\"gd:lr=-1\", { lr = 1 }]\nstart = 1".to_owned(),
            vec![
                "1:20 unknown landscape 'bowll'; did you mean 'bowl'?",
                "2:8 lr cannot be -1: it must be a finite number above 0",
                "2:20 'method' is missing",
                "3:9 start: expected a list of two, not 1",
            ],
        ),
        ("steps = 5".to_owned(), vec!["1:1 'landscape' is missing: as in landscape = \"himmelblau\"", "1:1 'runs' is missing: a scene needs at least one, as in runs = [\"gd\"]"]),
        (
            "landscape = { id = \"formula\", formula = \"x^\" }\nruns = []".to_owned(),
            vec!["1:41 'x^': the formula ends too early: a number, a letter or a bracket is missing", "2:8 a scene needs at least one run that is not a ghost"],
        ),
        ("version = 2\nnovel = true".to_owned(), vec!["1:11 this scene has version 2, and this program reads version 1"]),
        ("version = 0\nlandscape = \"bowl\"\nruns = [\"gd\"]".to_owned(), vec!["1:11 version cannot be 0: this program reads version 1"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(&text), expected, "{text}");
    }
    let syntax = found("landscape = \"bowl\nruns = [\"gd\"]\nsteps = = 3");
    assert!(syntax.len() >= 2 && syntax[0].starts_with("1:"), "all that is no TOML: {syntax:?}");
}

#[test]
fn a_file_of_version_1_is_read_for_good() {
    let scene = Scene::read(VERSION_1).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(scene.document.cards.len(), 3);
    assert_eq!(scene.document.landscape.to_string(), "formula:a x^2 + max(x, y)^2,a=3");
    assert_eq!((scene.playhead, scene.document.steps, scene.selected), (2, 30, scene.document.cards[1].id));
    assert_eq!(scene.document.cards[0].changes.len(), 1, "a rate that changes on the way");
    assert_eq!(scene.view.tab, Pane::Loss);
}
