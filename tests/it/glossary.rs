//! The glossary: it opens, it is searched, and no word or symbol of a control is missing in it.

use std::collections::BTreeMap;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::Pane;
use taylorscope::quiz::{PredictionKind, Span};
use taylorscope::state::{
    Command, DocumentCommand, ExportCommand, PilotCommand, PredictCommand, RunCommand, Section, State, ViewCommand,
    WindowCommand,
};
use taylorscope::ui::glossary::{Word, chapters, found};

use crate::desk::{Desk, opened, overshooting, says};

#[test]
fn the_glossary_is_opened_by_a_key_and_says_what_is_sought() {
    let mut harness = opened(State::opening());
    harness.key_press(Key::F3);
    harness.run_steps(4);
    assert!(says(&harness, "The factor between the gradient and the step"), "the learning rate");
    harness.get_by_label("seek a word or a symbol").type_text("κ");
    harness.run_steps(4);
    assert!(says(&harness, "how long and narrow a valley is"), "the condition number, by its symbol");
    assert!(!says(&harness, "The factor between the gradient and the step"), "and nothing else");
    harness.get_by_label("seek a word or a symbol").type_text("ζζ");
    harness.run_steps(4);
    assert!(says(&harness, "contains “κζζ”"), "what is not there");
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    assert!(harness.query_by_label("seek a word or a symbol").is_none(), "Esc closes it");
}

/// While help covers the views no key changes what is behind it, and one Escape closes it, also where its field has the focus.
#[test]
fn no_key_acts_behind_help() {
    const KEYS: [Key; 9] =
        [Key::Space, Key::ArrowRight, Key::End, Key::Num1, Key::T, Key::G, Key::Delete, Key::F5, Key::OpenBracket];
    for (help, leaves_field) in [(Key::F1, false), (Key::F3, false), (Key::F3, true)] {
        let mut harness = opened(overshooting());
        let before = harness.state().state.scene().spec();
        harness.key_press(help);
        harness.run_steps(4);
        assert!(harness.state().state.view.chrome.is_covered_by_help());
        if leaves_field {
            harness.get_by_label("seek a word or a symbol").focus();
            harness.run_steps(2);
            harness.key_press(Key::Tab);
            harness.run_steps(2);
        }
        for key in KEYS {
            harness.key_press(key);
            harness.run_steps(2);
        }
        harness.event(egui::Event::Paste("landscape = \"bowl\"\nruns = [\"gd\"]".to_owned()));
        harness.run_steps(2);
        let state = &harness.state().state;
        let is_quiet = !state.playback.playing && state.predictions.open().is_none();
        assert!(is_quiet && state.view.chrome.presenting.is_none(), "{help:?}");
        assert_eq!(state.scene().spec(), before, "{help:?}: what is behind it stays");
        harness.key_press(Key::Escape);
        harness.run_steps(4);
        assert!(!harness.state().state.view.chrome.is_covered_by_help(), "{help:?}: one Escape closes it");
        harness.key_press(Key::ArrowRight);
        harness.run_steps(4);
        assert_eq!(harness.state().state.playback.playhead, before.playhead + 1, "{help:?}: then keys act again");
    }
}

/// Words of everyday language on controls: what they mean is not the subject's.
const EVERYDAY: &str = "again add answers begin browse cancel chart colors dark edit exported file help is less light more \
paste presentation presets race share show sort space speed tabs title width yet criterion quantity";

/// A window in which controls are looked for, and whether in each of its tabs.
struct Looked {
    name: &'static str,
    state: State,
    in_tabs: bool,
}

/// Windows in which together every kind of control is seen: one run and several, losses of one weight, of two and of a network, in
/// class, while a class is asked, in flight, and with what lies over the views.
fn windows() -> Vec<Looked> {
    let of = |landscape: &'static str| {
        let mut state = State::opening();
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(landscape))]);
        state
    };
    let with_momentum = || {
        let mut state = overshooting();
        let last = state.document.cards.last().map(|card| card.id).unwrap();
        state.apply(vec![Command::Runs(RunCommand::Select(last))]);
        state
    };
    let after = |mut state: State, commands: &[Command]| {
        state.finish();
        for command in commands {
            state.apply(vec![command.clone()]);
            state.finish();
        }
        state
    };
    let ask = |kind| Command::Predict(PredictCommand::Ask { kind, span: Span::Step, question: None });
    let present = || Command::Window(WindowCommand::TogglePresenting);
    let mut windows: Vec<Looked> = vec![
        ("one run", State::opening()),
        ("two runs", with_momentum()),
        ("one weight", of("parabola")),
        ("a network", of("tanh2")),
        ("the depth lab", of("depth")),
    ]
    .into_iter()
    .map(|(name, state)| Looked { name, state, in_tabs: true })
    .collect();
    windows.extend(
        vec![
            ("in class", after(with_momentum(), &[present()])),
            ("a landing is asked", after(overshooting(), &[ask(PredictionKind::Landing)])),
            ("an outcome is asked", after(overshooting(), &[ask(PredictionKind::Outcome)])),
            ("a path is revealed", {
                after(overshooting(), &[ask(PredictionKind::Path), Command::Predict(PredictCommand::Reveal)])
            }),
            ("in flight", after(with_momentum(), &[Command::Pilot(PilotCommand::Start)])),
            ("exporting", after(overshooting(), &[Command::Export(ExportCommand::Toggle)])),
        ]
        .into_iter()
        .map(|(name, state)| Looked { name, state, in_tabs: false }),
    );
    windows
}

/// What a control is, as a screen reader says it.
fn is_control(role: Role) -> bool {
    use Role::{
        Button, CheckBox, ComboBox, MenuItem, MenuItemCheckBox, RadioButton, Slider, SpinButton, Tab, TextInput,
    };
    [Button, CheckBox, ComboBox, MenuItem, MenuItemCheckBox, RadioButton, Slider, SpinButton, Tab, TextInput]
        .contains(&role)
}

/// The controls of these windows by their names, with what they are and where they were seen first.
fn controls() -> BTreeMap<String, (Role, String)> {
    let mut found = BTreeMap::new();
    let mut look = |harness: &Harness<'static, Desk>, place: String| {
        for node in harness.root().children_recursive() {
            let role = node.accesskit_node().role();
            if let Some(label) = node.accesskit_node().label().filter(|_| is_control(role)) {
                found.entry(label).or_insert_with(|| (role, place.clone()));
            }
        }
    };
    for Looked { name, state, in_tabs } in windows() {
        let mut harness = opened(state);
        let apply = |harness: &mut Harness<'static, Desk>, command: Command| {
            harness.state_mut().state.apply(vec![command]);
            harness.state_mut().state.finish();
            harness.run_steps(2);
        };
        if !in_tabs {
            look(&harness, name.to_owned());
            continue;
        }
        apply(&mut harness, Command::Window(WindowCommand::ToggleSetup));
        harness.state_mut().state.view.scene.open = Section::ALL.into();
        for pane in Pane::TABS.into_iter().filter(|pane| *pane != Pane::Lessons) {
            let landscape = &harness.state().state.document.landscape;
            // Walks from every start of a picture take seconds on a network, and the controls are the same.
            if !pane.suits(landscape) || pane == Pane::Basins && landscape.cost() > 1 {
                continue;
            }
            apply(&mut harness, Command::View(ViewCommand::ShowTab(pane)));
            look(&harness, format!("{name}, {}", pane.title()));
        }
    }
    found
}

/// The words of a text: letters together, and each symbol of mathematics by itself.
fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit())).map(str::to_lowercase).collect()
}

#[test]
fn no_word_of_a_control_is_missing_in_the_glossary() {
    let all: Vec<Word> = chapters().into_iter().flat_map(|chapter| chapter.words).collect();
    let explained: Vec<String> = all
        .iter()
        .flat_map(|word| [word.name].into_iter().chain(word.also.iter().copied()).chain(word.symbols.iter().copied()))
        .flat_map(words_of)
        .collect();
    let everyday = words_of(EVERYDAY);
    let is_known = |word: &String| {
        let stem = word.trim_end_matches('s').to_owned();
        [&explained, &everyday].into_iter().any(|list| list.iter().any(|known| known.trim_end_matches('s') == stem))
    };
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    let controls = controls();
    for (label, (_, place)) in &controls {
        for word in words_of(label).into_iter().filter(|word| !is_known(word)) {
            missing.entry(word).or_insert_with(|| format!("{label} ({place})"));
        }
    }
    // Each word alone may be everyday: what a switch or an entry is called is found as a whole.
    for (label, (role, place)) in &controls {
        let name = label.split(':').next().and_then(|name| name.split(" (").next()).unwrap_or_default();
        let is_everyday = |word: &&str| everyday.contains(&word.to_lowercase());
        // A row that can be selected is called by its method.
        let name = name.strip_prefix("select ").unwrap_or(name);
        let name = name.split(' ').skip_while(is_everyday).collect::<Vec<_>>().join(" ");
        let is_named = [Role::CheckBox, Role::MenuItemCheckBox, Role::RadioButton, Role::Tab].contains(role);
        let is_text = name.chars().any(char::is_alphabetic) && !name.chars().any(|letter| letter.is_ascii_digit());
        if is_named && is_text && found(&name).is_empty() {
            missing.entry(name).or_insert_with(|| format!("{label} ({place}), as a whole"));
        }
    }
    let unneeded: Vec<&String> = everyday.iter().filter(|word| explained.contains(word)).collect();
    assert!(
        missing.is_empty() && unneeded.is_empty(),
        "not explained: {missing:#?}\nexplained and everyday: {unneeded:?}"
    );
}

#[test]
fn every_word_is_there_once_in_its_chapter_with_a_sentence() {
    for chapter in chapters() {
        let mut names: Vec<&str> = chapter.words.iter().map(|word| word.name).collect();
        names.sort_unstable();
        let twice: Vec<&&str> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", chapter.title);
        for word in &chapter.words {
            assert!(word.meaning.len() > 15 && word.meaning.ends_with('.'), "{}: {}", word.name, word.meaning);
            assert!(word.matches(word.name) && word.symbols.iter().all(|symbol| word.matches(symbol)), "{}", word.name);
        }
    }
}
