//! Scenes as text: what is wrong is found at its place, all of it at once, and whatever stands there nothing panics.

use super::*;
use crate::landscapes;
use crate::numbers::SplitMix64;
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
        (scene("steps = \"many\""), vec!["3:9 expected a whole number, 0 or above, not 'many'"]),
        (scene("steps = 2.5"), vec!["3:9 expected a whole number, 0 or above, not 2.5"]),
        (scene("steps = 99999999999999999999"), vec!["3:9 a whole number that is too large has no place here"]),
        (scene("start = [1]"), vec!["3:9 expected a list of two, not 1"]),
        (scene("start = [1, 2, 3]"), vec!["3:9 expected 2 elements, not 3"]),
        (scene("start = [1, \"2\"]"), vec!["3:13 expected a number, not '2'"]),
        (scene("tolerance = 1e999"), vec!["3:13 a number that is too large has no place here"]),
        (scene("view = 3"), vec!["3:8 expected a table, not 3"]),
        (
            scene("playhead = 207\nselected = 1\n[view]\ntab = \"looss\"\nshow = [\"fog\", \"fogg\"]\ncircle = -1"),
            vec![
                "3:12 playhead cannot be 207: the runs have 200 steps",
                "4:12 selected cannot be 1: the runs are numbered from 0 to 0",
                "6:7 unknown tab 'looss'; did you mean 'loss'?",
                "7:16 unknown overlay 'fogg'; did you mean 'fog'?",
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
                "3:9 expected a list of two, not 1",
            ],
        ),
        ("steps = 5".to_owned(), vec!["1:1 'landscape' is missing", "1:1 'run' is missing"]),
        (
            "landscape = { id = \"formula\", formula = \"x^\" }\nruns = []".to_owned(),
            vec!["1:41 x^", "2:8 a scene needs at least one run that is not a ghost"],
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

/// Texts from a scene with bytes, words and lines changed, exchanged, doubled and taken away.
fn mutated(text: &str, random: &mut SplitMix64) -> String {
    const WORDS: [&str; 24] = [
        "[",
        "]",
        "{",
        "}",
        "=",
        "\"",
        "\n",
        "[[run]]",
        "nan",
        "inf",
        "-1",
        "1e308",
        "99999999999999999999",
        "true",
        "''",
        "[view]",
        "a.b.c.",
        "\u{feff}",
        "é",
        "0x7fffffffffffffff",
        "[[[[[[[[",
        "1979-05-27",
        "#",
        "version = 1\n",
    ];
    let mut bytes = text.as_bytes().to_vec();
    let mut below = |most: usize| (random.uniform() * most.max(1) as f64) as usize;
    for _ in 0..=below(4) {
        let [from, to] = [below(bytes.len()), below(bytes.len())];
        let (from, to) = (from.min(to), from.max(to));
        match below(6) {
            0 => drop(bytes.drain(from..to.min(from + 40))),
            1 => bytes = [&bytes[..to], &bytes[from..]].concat(),
            2 if !bytes.is_empty() => bytes[from] = below(256) as u8,
            3 => drop(bytes.splice(from..from, WORDS[below(WORDS.len())].bytes())),
            4 => bytes.truncate(to),
            _ => {
                let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let [a, b] = [below(lines.len()), below(lines.len())];
                lines.swap(a, b);
                bytes = lines.join(&b'\n');
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How many mutated texts; ten thousand in a long run.
fn mutations() -> usize {
    std::env::var("TAYLORSCOPE_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

#[test]
fn a_mutated_scene_is_read_or_refused_at_its_place() {
    let written = Scene::read(VERSION_1).unwrap().write().unwrap();
    let lesson = "landscape = \"tanh2:n=5\"\nruns = [\"gd:lr=0.1\", \"adam\"]\n[view]\nshow = [\"fog\"]\n";
    let samples = "[landscape]\nid = \"network\"\nformula = \"w2 tanh(w1 x)\"\nloss = \"mae\"\n[landscape.samples]\npoints = [[0, 1], [1, 2]]\n[landscape.axes]\nstretch = 2\nangle = 0.5\n[[run]]\nmethod = \"sgd\"\nbatch = 1\n";
    let grid = "[landscape]\nid = \"grid\"\n[landscape.grid]\nfile = \"a.csv\"\nx = [0, 1]\ny = [0, 1]\ncolumns = 4\nlosses = [1,2,3,4,5,6,7,8,9,8,7,6,5,4,3,nan]\n[[run]]\nmethod = \"gd\"\n";
    for text in [&written, lesson, samples, grid] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
    let mut random = SplitMix64::new(20_261_129);
    let (mut read, mut refused) = (0, 0);
    for index in 0..mutations() {
        let text = mutated([VERSION_1, &written, lesson, samples, grid][index % 5], &mut random);
        match Scene::read(&text) {
            Ok(scene) => {
                read += 1;
                let again = scene.write().unwrap();
                let same = Scene::read(&again).unwrap_or_else(|faults| panic!("{faults}\n{again}\nfrom\n{text}"));
                assert_eq!(same.spec(), scene.spec(), "{text}");
            }
            Err(Faults(faults)) => {
                refused += 1;
                assert!(!faults.is_empty() && faults.len() <= 20, "{text}");
                for fault in faults {
                    assert!(text.get(fault.span.clone()).is_some() && fault.line > 0, "{fault}\n{text}");
                    assert!(fault.message.chars().count() < 2000 && !fault.message.is_empty(), "{fault}");
                }
            }
        }
    }
    assert!(read > 0 && refused > 0, "{read} read, {refused} refused");
}

#[test]
fn a_text_made_to_be_hard_is_refused_in_bounded_depth_and_length() {
    for text in [
        "a.".repeat(100_000) + "a = 1",
        "[".repeat(100_000),
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{} = 1", "k".repeat(1_000_000)),
        (0..50_000).map(|index| format!("k{index} = 1\n")).collect::<Vec<_>>().concat(),
        format!("landscape = \"{}\"", "(".repeat(1_000_000)),
        "[[run]]\nmethod = \"gd\"\n".repeat(20_000),
    ] {
        let faults = check(&text);
        assert!(!faults.is_empty() && faults.len() <= 20);
        assert!(faults.iter().all(|fault| fault.message.chars().count() < 3000), "{}", faults[0]);
    }
}
