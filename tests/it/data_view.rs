//! The samples under hand and eye: edited, dragged, chosen from the keyboard, taken back, and thinned where there are very many.

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::ink::Theme;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::state::{
    Command, DocumentCommand, HistoryCommand, Pane, PlayCommand, SampleCommand, State, WindowCommand,
};
use taylorscope::ui::views::Canvases;
use taylorscope::ui::window::view_ui;

use crate::data_files::{click, data_of, samples};
use crate::desk::{Desk, apply_look, drag, overshooting};

#[test]
fn presets_show_what_a_lecture_asks_for() {
    for (network, preset, said) in [
        ("linreg", "All x equal", "infinitely many lines fit best"),
        ("relu", "All x equal", "whole lines of weights are equally good"),
        ("logistic", "Separable classes", "minimum lies at infinity"),
    ] {
        let mut harness = data_of(network);
        let before = harness.state().state.document.clone();
        click(&mut harness, "presets of samples");
        click(&mut harness, preset);
        harness.get_by_label_contains(said);
        harness.get_by_label(&format!("{} samples: {preset}", samples(&harness).len()));
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_steps(3);
        assert_eq!(harness.state().state.document, before, "{preset} is taken back");
        assert!(harness.query_by_label_contains(said).is_none(), "{preset}: nothing special any more");
    }
    let mut harness = data_of("logistic");
    for (preset, at_infinity) in [("Separable classes", true), ("Separable but for one", false)] {
        click(&mut harness, "presets of samples");
        click(&mut harness, preset);
        let said = harness.query_by_label_contains("minimum lies at infinity").is_some();
        assert_eq!(said, at_infinity, "{preset}");
    }
    click(&mut harness, "presets of samples");
    assert!(harness.query_by_label("One outlier").is_none(), "classes have none");
}

#[test]
fn every_edit_is_taken_back_and_made_again() {
    let mut harness = data_of("tanh2");
    let mut kept = vec![samples(&harness)];
    let place = |harness: &Harness<'static, Desk>, [x, y]: [f64; 2]| {
        harness.state().canvases.data.mapping.unwrap().position(Point::new(x, y))
    };
    // A drag in which the hand rests, and a second one of the same sample at once.
    for _ in 0..2 {
        let from = place(&harness, samples(&harness)[4]);
        let way = [from, from + egui::vec2(5.0, -20.0), from + egui::vec2(8.0, -30.0)];
        harness.event(egui::Event::PointerMoved(way[0]));
        harness.step();
        drag(&mut harness, &way);
        kept.push(samples(&harness));
    }
    for command in [
        Command::Samples(SampleCommand::Add([0.25, 0.5])),
        Command::Samples(SampleCommand::Nudge([3.0, -2.0])),
        Command::Samples(SampleCommand::Remove(2)),
        Command::Samples(SampleCommand::SetSeed(5)),
    ] {
        harness.state_mut().state.apply(vec![command]);
        harness.state_mut().state.tick(2.0);
        kept.push(samples(&harness));
    }
    assert!(kept.windows(2).all(|pair| pair[0] != pair[1]), "every edit changes something: {kept:?}");
    for before in kept.iter().rev().skip(1) {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_steps(2);
        assert_eq!(samples(&harness), *before, "back");
    }
    for after in &kept[1..] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
        harness.run_steps(2);
        assert_eq!(samples(&harness), *after, "and again");
    }
}

#[test]
fn a_drag_with_a_pause_is_one_change() {
    let mut state = overshooting();
    state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("tanh2"))]);
    let before = state.document.clone();
    state.apply(vec![Command::History(HistoryCommand::TakeHold)]);
    for y in [0.1, 0.2] {
        state.apply(vec![Command::Samples(SampleCommand::Move { index: 3, to: [0.5, y] })]);
        state.tick(5.0);
    }
    state.apply(vec![
        Command::History(HistoryCommand::LetGo),
        Command::Samples(SampleCommand::Move { index: 3, to: [0.5, 0.3] }),
    ]);
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.document.landscape.data().unwrap().samples()[3], [0.5, 0.2], "the second drag alone");
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.document, before, "the first one at once");
}

#[test]
fn samples_are_chosen_moved_and_removed_from_the_keyboard() {
    let mut harness = data_of("logistic");
    let before = samples(&harness);
    let leftmost = (0..before.len()).min_by(|a, b| before[*a][0].total_cmp(&before[*b][0])).unwrap();
    harness.key_press(Key::PageDown);
    harness.run_steps(2);
    assert_eq!(harness.state().state.view.scene.network.sample, Some(leftmost), "from left to right");
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    harness.run_steps(2);
    let moved = samples(&harness)[leftmost];
    assert!(moved[0] > before[leftmost][0] && moved[1] == before[leftmost][1], "{moved:?}");
    let other = 1.0 - moved[1];
    let way = if other > 0.5 { Key::ArrowUp } else { Key::ArrowDown };
    harness.key_press_modifiers(Modifiers::ALT, way);
    harness.run_steps(2);
    assert_eq!(samples(&harness)[leftmost][1], other, "a class goes to the other one");
    assert_eq!(harness.state().state.playback.playhead, 0, "and no step is taken");
    harness.key_press(Key::Delete);
    harness.run_steps(2);
    assert_eq!(samples(&harness).len(), before.len() - 1, "removed");
    harness.key_press(Key::PageUp);
    harness.run_steps(2);
    assert!(harness.state().state.view.scene.network.sample.is_some(), "from the other end");
}

/// The data view alone, which does not search the loss.
fn alone(state: State) -> Harness<'static, Desk> {
    let page = |ui: &mut egui::Ui, desk: &mut Desk| {
        if apply_look(ui.ctx(), &desk.state) {
            return;
        }
        let commands = view_ui(&desk.state, &mut desk.canvases, Pane::Data, ui);
        desk.state.apply(commands);
    };
    let program = Desk { state, canvases: Canvases::default(), searches: false };
    let mut harness = Harness::builder().with_size([420.0, 300.0]).build_ui_state(page, program);
    harness.run_steps(3);
    harness
}

#[test]
fn ten_thousand_samples_are_thinned_and_one_more_is_refused() {
    let mut state = overshooting();
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("linreg")),
        Command::Document(DocumentCommand::SetSteps(1)),
        Command::Window(WindowCommand::ToggleTheme),
    ]);
    assert_eq!(state.view.chrome.theme, Theme::Dark);
    state.apply(vec![Command::Document(DocumentCommand::SetParameter { index: 0, value: 10_000.0 })]);
    let mut harness = alone(state);
    harness.get_by_label_contains("1\u{a0}000 of 10\u{a0}000 samples are drawn, and no residuals");
    let state = &mut harness.state_mut().state;
    let before = state.document.clone();
    for (command, words) in [
        (
            Command::Document(DocumentCommand::SetParameter { index: 0, value: 10_001.0 }),
            "a whole number from 1 to 10 000",
        ),
        (Command::Samples(SampleCommand::Add([0.0, 0.0])), "10001 samples are too many: at most 10 000 can be shown"),
    ] {
        state.apply(vec![command]);
        let said = state.message.take().unwrap().text;
        assert!(said.contains(words) && state.document == before, "{said}");
    }
}

#[test]
fn the_data_view_tells_how_to_edit_and_which_steps_are_pale() {
    let mut harness = data_of("tanh2");
    let announced = |harness: &Harness<'static, Desk>| {
        let is_data = |label: &str| label.starts_with("Data of");
        let canvas =
            harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| is_data(&label)));
        canvas.accesskit_node().label().unwrap_or_default()
    };
    let hint = "drag a sample · double-click adds one · Delete removes it";
    // In a narrow pane in fewer words.
    harness.get_by_label_contains("double-click");
    assert!(!announced(&harness).contains("pale"), "no step is before the start");
    harness
        .state_mut()
        .state
        .apply(vec![Command::Play(PlayCommand::GoTo(12)), Command::Window(WindowCommand::ToggleMaximized(Pane::Data))]);
    harness.run_steps(3);
    assert!(announced(&harness).contains("pale: steps 0, 2"), "{}", announced(&harness));
    assert!(harness.query_all_by_label_contains("pale: steps 0, 2").count() > 1, "and it can be read");
    harness.get_by_label_contains(hint);
    harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Add([0.0, 0.2]))]);
    harness.run_steps(3);
    assert!(harness.query_by_label_contains(hint).is_none(), "whoever has done it knows");
}

#[test]
fn what_leaves_the_data_view_is_described_and_a_chosen_sample_stands_in_its_line() {
    let description = |harness: &Harness<'static, Desk>| {
        let is_data = |label: &str| label.starts_with("Data of");
        let canvas =
            harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| is_data(&label)));
        canvas.accesskit_node().label().unwrap_or_default()
    };
    for (network, words) in [
        ("relu2", "the curve leaves the view at 1 sample: o = −2.37 below"),
        ("network:3", "the curve is above: o ≈ 3.0"),
    ] {
        let mut state = overshooting();
        let landscape = Box::new(Landscape::parse(network).unwrap());
        state.apply(vec![
            Command::Document(DocumentCommand::BringLandscape(landscape)),
            Command::Samples(SampleCommand::Choose(None)),
        ]);
        let mut harness = alone(state);
        assert!(description(&harness).contains(words), "{network}: {}", description(&harness));
        harness.get_by_label_contains("double-click");
        harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Choose(Some(0)))]);
        harness.run_steps(3);
        let read = harness.query_all_by_label_contains("o − y = ").count();
        assert!(read > 1, "{network}: its numbers stand there, and can be read");
        assert!(harness.query_by_label_contains("double-click").is_none(), "{network}: instead of the hint");
    }
}
