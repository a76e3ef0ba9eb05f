//! The table of critical points, by label: what it says, where a click goes, and how it holds a thousand rows.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::HEAT;
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand};

use crate::desk::{Desk, desk};

/// The window on a landscape with its table open.
fn opened(landscape: &'static str) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(landscape))]);
    harness.key_press_modifiers(Modifiers::NONE, Key::P);
    harness.run_steps(4);
    harness
}

fn press(harness: &mut Harness<'static, Desk>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(4);
}

#[test]
fn a_row_goes_there_and_its_button_starts_there() {
    let mut harness = opened("himmelblau");
    harness.get_by_label("4 minima · 4 saddles · 1 maximum");
    harness.get_by_label_contains("none is missing alone.");
    press(&mut harness, "minimum at (3.0000, 2.0000), loss 0");
    let place = Point::new(3.0, 2.0);
    let map = harness.state().canvases.map.mapping.unwrap().view();
    assert!((map.center() - place).norm() < 1e-6 && map.width() < 4.0, "in the middle, and near: {map:?}");
    let before = harness.state().state.view.scene.map;
    press(&mut harness, "Start at (3.0000, 2.0000)");
    let state = &harness.state().state;
    assert!((state.document.start - place).norm() < 1e-9, "the start moves there");
    assert_eq!(state.view.scene.map, before, "and the map stays");
    assert!(
        state.derived.runs().all(|(_, run)| run.iterates().len() == 1),
        "every run has converged before its first step"
    );
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("4 minima · 4 saddles · 1 maximum").is_none(), "Escape closes it");
}

#[test]
fn a_minimum_on_a_kink_and_a_line_are_described_in_words() {
    let mut harness = opened("ackley");
    harness.get_by_label("121 minima · 220 saddles · 100 maxima");
    harness.get_by_label_contains("minimum on a kink at (0.0000, 0.0000)");
    let rows = harness
        .get_all_by_role(Role::Button)
        .filter(|node| node.accesskit_node().label().is_some_and(|label| label.contains("minimum at")));
    assert!(rows.count() < 60, "rows out of sight are not made");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("trough"))]);
    harness.run_steps(3);
    harness.get_by_label("No isolated critical point in the domain");
    harness.get_by_label_contains("have no index to count.");
}

#[test]
fn the_list_of_what_is_shown_stands_on_the_map() {
    let mut harness = desk(1280.0, 720.0);
    harness.get_by_label("Show").click();
    harness.run_steps(4);
    harness.get_by_label("Heat map").click();
    harness.run_steps(4);
    assert!(!harness.state().state.view.shows(HEAT), "a click toggles, and the list stays open");
    press(&mut harness, "table");
    assert!(harness.state().state.view.chrome.critical_open, "the table of critical points opens");
}
