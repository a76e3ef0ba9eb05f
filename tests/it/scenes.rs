//! Scenes as data: whatever a user has set up is written as text and read back to the last bit.

use proptest::prelude::*;
use taylorscope::landscapes::{Landscape, entries};
use taylorscope::state::{Command, Document, DocumentCommand, FileCommand, Scene, State, check};

use crate::commands::{KINDS, command};

use crate::desk::overshooting;

/// The scene with its runs numbered anew, as they are in a scene that was read.
fn numbered(scene: &Scene) -> Scene {
    let mut scene = scene.clone();
    let selected = scene.document.place(scene.selected).unwrap();
    for (place, card) in scene.document.cards.iter_mut().enumerate() {
        card.id = place as u64;
    }
    scene.selected = selected as u64;
    scene
}

/// What is written of a scene and read again is the scene, with what suits its landscape and what it says of it.
fn assert_kept(scene: &Scene) {
    let text = scene.write().unwrap();
    let read = Scene::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(numbered(&read), numbered(scene), "{text}");
    let [ours, theirs] = [&scene.document.landscape, &read.document.landscape];
    assert_eq!((ours.suggestion(), ours.notes()), (theirs.suggestion(), theirs.notes()), "{text}");
    assert_eq!(ours.parameters(), theirs.parameters(), "ranges, too\n{text}");
    let at = scene.document.start;
    assert_eq!(ours.loss().value(at).to_bits(), theirs.loss().value(at).to_bits(), "the loss itself\n{text}");
    assert_eq!(read.spec(), scene.spec(), "and its data are the same\n{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_scene_is_kept_whatever_was_done(script in prop::collection::vec((0..KINDS, 0.0..1.0, 0.0..1.0), 1..40)) {
        let mut state = overshooting();
        for (kind, a, b) in script {
            let command = command(&state, kind, a, b);
            state.apply(vec![command]);
            state.tick(0.02);
        }
        assert_kept(&state.scene());
    }
}

#[test]
fn every_landscape_is_kept() {
    for entry in entries() {
        assert_kept(&Scene::at_start(Document::new(Landscape::of(entry))));
    }
    for text in [
        "formula:a x^2 + b y^4,a=3",
        "network:w2 tanh(w1 x),loss=ce,seed=18446744073709551615",
        "network:c w2 tanh(w1 x),c=2,loss=mae,n=7",
        "tanh2:seed=5,n=9",
        "depth:layers=3,act=relu",
    ] {
        assert_kept(&Scene::at_start(Document::new(Landscape::parse(text).unwrap())));
    }
}

#[test]
fn what_was_read_from_a_file_is_kept_with_its_holes_and_notes() {
    let loss = |k: i32| if k == 7 { f64::NAN } else { f64::from(k * k) };
    let lines: Vec<String> = (0..25).map(|k| format!("{},{},{}\n", k % 5, k / 5, loss(k))).collect();
    let grid = format!("x,y,loss\n{}", lines.concat());
    for (name, text, on) in [("measured.csv", grid.as_str(), "bowl"), ("samples.csv", "a,b\n1,0.5\n2,0.7\n", "tanh2")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut state = State::new(Document::new(Landscape::parse(on).unwrap()));
        state.apply(vec![Command::Files(FileCommand::Open(path.clone()))]);
        let ticket = state.file_request.as_ref().unwrap().ticket;
        let landscape = state.document.landscape.with_file(&path, text.as_bytes());
        state.take_file(ticket, landscape);
        assert!(state.message.is_none(), "{name} is read: {:?}", state.message);
        assert_kept(&state.scene());
        state.apply(vec![Command::Document(DocumentCommand::RandomStart)]);
        assert_kept(&state.scene());
    }
}

#[test]
fn what_is_wrong_in_a_scene_is_named() {
    let scene = |lines: &str| format!("landscape = \"bowl\"\nruns = [\"gd\"]\n{lines}");
    let cases = [
        (scene("start = [nan, 1]"), "two finite numbers"),
        (scene("tolerance = -1"), "tolerance cannot be -1"),
        (scene("[view]\ntab = \"map\""), "tab"),
        (scene("[view]\nopen = [\"rules\"]"), "did you mean 'rule'"),
        (scene("[view]\nmap = { center = [0, 0], half = [0, 1] }"), "the map cannot show"),
        (scene("[view]\ncompare = { until = \"los\" }"), "did you mean 'loss'"),
        ("landscape = \"bowl\"\nruns = [{ method = \"gd\", ghost = true }]".to_owned(), "not a ghost"),
        (
            "landscape = \"bowl\"\nruns = [{ method = \"gd\", parameters = { step = 1 } }]".to_owned(),
            "unknown key 'step'",
        ),
        ("landscape = { id = \"formula\" }\nruns = [\"gd\"]".to_owned(), "needs its formula"),
        ("landscape = { id = \"tanh2\", samples = {} }\nruns = [\"gd\"]".to_owned(), "at least one sample"),
        (
            "landscape = { id = \"tanh2\", samples = { seed = -1, points = [[0, 1]] } }\nruns = [\"gd\"]".to_owned(),
            "seed cannot be '-1'",
        ),
    ];
    for (text, words) in cases {
        let faults = check(&text);
        assert!(faults.len() == 1 && faults[0].message.contains(words), "{text}\nsays: {faults:?}");
    }
}
