//! The bridge from −∇f to Newton's step: shown by a button, dragged by its ring, described with its damping, and whole for networks.

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::overlays::{BRIDGE, bridge_handle};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::state::{Command, Document, Pane, State, ViewCommand};

use crate::desk::{Desk, drag, opened, says};

fn state(landscape: &str, start: [f64; 2]) -> State {
    let mut document = Document::new(Landscape::parse(landscape).unwrap());
    document.start = Point::from(start);
    document.cards.clear();
    document.add(Choice::parse("gd:lr=0.01").unwrap());
    let mut state = State::new(document);
    state.finish();
    state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Circle))]);
    state
}

/// Where the ring is on the screen, and the radius.
fn ring(harness: &Harness<'static, Desk>, radius: f64) -> egui::Pos2 {
    let Desk { state, canvases, .. } = harness.state();
    let at = bridge_handle(state.derived.bridge().unwrap(), radius);
    canvases.map.mapping.unwrap().position(at)
}

#[test]
fn the_ring_is_dragged_along_the_curve_and_the_words_follow() {
    let mut harness = opened(state("quad:kappa=4", [-2.0, 1.5]));
    assert!(harness.state().state.derived.bridge().is_none(), "nobody looks at it");
    harness.get_by_role_and_label(Role::Button, "from −∇f to Newton’s step").click();
    harness.run_steps(3);
    assert!(harness.state().state.view.sees(BRIDGE) && says(&harness, "s(Δ = r): μ "), "its damping");
    let radius = harness.state().state.circle_radius().unwrap();
    let way = [radius, 0.9, 1.4].map(|radius| ring(&harness, radius));
    drag(&mut harness, &way);
    let reached = harness.state().state.circle_radius().unwrap();
    assert!((reached - 1.4).abs() < 0.05, "dragged to {reached}");
    let all = harness.state().state.derived.bridge().unwrap();
    assert!(all.step(reached).on_boundary && all.best_at(reached).is_some(), "both curves are known");
    // Newton's step is the end of the curve.
    let far = 2.0 * Point::new(-2.0, 1.5).coords.norm();
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::SetCircleRadius(Some(far)))]);
    harness.run_steps(3);
    assert!(says(&harness, "s(Δ = r): μ 0"), "beyond it nothing is held back");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
    assert!(harness.state().state.view.sees(BRIDGE), "it was asked for, and the slice draws it, too");
    for (tab, is_seen) in [(Pane::Circle, true), (Pane::Loss, false), (Pane::Circle, false)] {
        harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowTab(tab))]);
        assert_eq!(harness.state().state.view.sees(BRIDGE), is_seen, "{tab:?}: no tab keeps what belongs to others");
    }
}

#[test]
fn indefinite_models_and_the_hard_case_are_said_to_be_so() {
    for (landscape, start, radius, words) in [
        ("himmelblau", [0.5, 0.35], 1.0, "no dogleg"),
        ("saddle", [1.0, 0.0], 1.0, "hard case"),
        ("saddle", [1.0, 0.0], 0.2, "no dogleg"),
    ] {
        let mut state = state(landscape, start);
        state.apply(vec![
            Command::View(ViewCommand::ToggleOverlay(BRIDGE)),
            Command::View(ViewCommand::SetCircleRadius(Some(radius))),
        ]);
        assert!(says(&opened(state), words), "{landscape} at {start:?}, Δ = {radius}: {words}");
    }
}

#[test]
fn of_a_network_the_true_curve_is_found_beside_the_frames() {
    let mut state = state("tanh2", [0.4, 0.3]);
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(BRIDGE))]);
    let mut search = state.derived.wanted_bridge().unwrap().clone();
    assert!(!state.derived.bridge().unwrap().steps.is_empty(), "the curve of the model is there at once");
    while !search.advance(1_000_000) {}
    state.take_bridge(search);
    assert!(state.derived.wanted_bridge().is_none(), "and taken when it comes");
    assert!(state.derived.bridge().unwrap().pieces()[0].len() > 20, "the true curve");
}
