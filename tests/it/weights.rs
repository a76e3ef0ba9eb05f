//! Each weight by itself, as a user meets it: closed at first with a word at its side, then the rows.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand, Pane, PlayCommand};

use crate::desk::{Desk, desk, show_tab};

const TITLE: &str = "One weight at a time";

fn said(harness: &Harness<'_, Desk>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn the_opening_scene_tells_where_each_slope_turns() {
    let mut harness = desk(1280.0, 1300.0);
    show_tab(&mut harness, Pane::Curvature);
    assert!(said(&harness, "y changes sign at 42 %"), "the word at the side");
    assert!(!said(&harness, "loss, x alone"), "closed at first");
    harness.get_by_role_and_label(Role::DisclosureTriangle, TITLE).click();
    harness.run_steps(3);
    for words in [
        "changes sign to + at 64 %",
        "changes sign to − at 42 %",
        "changes sign to − at 52 %",
        "loss, x alone",
        "loss, both together",
        "by ∂²f/∂x∂y",
        "Together the loss fell by 20.26; the two moves alone add up to a ",
        "the mixed derivative explains",
    ] {
        assert!(said(&harness, words), "{words}");
    }
}

#[test]
fn networks_have_their_own_names_and_levels_are_described() {
    let mut harness = desk(1280.0, 1300.0);
    show_tab(&mut harness, Pane::Curvature);
    harness.get_by_role_and_label(Role::DisclosureTriangle, TITLE).click();
    harness.run_steps(2);
    let at_rest = [
        Command::Document(DocumentCommand::ChooseLandscape("l1")),
        Command::Document(DocumentCommand::MoveStart(Point::new(0.0, 1.0))),
        Command::Play(PlayCommand::GoTo(0)),
    ];
    harness.state_mut().state.apply(at_rest.to_vec());
    harness.run_steps(3);
    assert!(said(&harness, "does not move"), "x stays on its fold");
    assert!(said(&harness, "do not interact"), "no mixed derivative");
    harness
        .state_mut()
        .state
        .apply(vec![Command::Document(DocumentCommand::ChooseLandscape("tanh2")), Command::Play(PlayCommand::GoTo(0))]);
    harness.run_steps(3);
    assert!(said(&harness, "∂f/∂w₁") && said(&harness, "by ∂²f/∂w₁∂w₂"), "w₁ and w₂");
}
