//! The graph of a network: what it says by label, a weight's chain rule, and the way through it by key.

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::graph::few;
use taylorscope::landscapes::Landscape;
use taylorscope::landscapes::networks;
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand, Pane, SampleCommand, ViewCommand, WindowCommand};

use crate::desk::{Desk, desk};

fn graph_of(network: &'static str) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    // The graph knows nothing of critical points.
    harness.state_mut().searches = false;
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape(network)),
        Command::View(ViewCommand::ShowTab(Pane::Graph)),
    ]);
    harness.run_steps(3);
    harness
}

/// What the graph announces.
fn announced(harness: &Harness<'static, Desk>) -> String {
    let is_graph = |label: &str| label.starts_with("Graph of");
    let canvas =
        harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| is_graph(&label)));
    canvas.accesskit_node().label().unwrap_or_default()
}

#[test]
fn the_weights_carry_the_gradient_of_the_map() {
    let mut harness = graph_of("linreg");
    for entry in networks::ENTRIES {
        harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(entry.id))]);
        harness.step();
        let gradient = harness.state().state.derived.analysis().unwrap().iterate.gradient;
        let description = announced(&harness);
        for (weight, slope) in [("w₁", gradient.x), ("w₂", gradient.y)] {
            assert!(
                description.contains(&format!("∂L/∂{weight} {}", few(slope))),
                "{}: {slope} in {description}",
                entry.id
            );
        }
        harness.state_mut().state.apply(vec![
            Command::Document(DocumentCommand::MoveStart(Point::new(30.0, -20.0))),
            Command::Samples(SampleCommand::Choose(Some(0))),
        ]);
        harness.step();
        let description = announced(&harness);
        assert!(
            description.contains("sample 1") && !description.contains("undefined"),
            "{} far out: {description}",
            entry.id
        );
    }
}

#[test]
fn a_weight_that_is_pressed_shows_its_chain_rule() {
    let mut harness = graph_of("tanh2");
    harness.get_by_label("sample of the graph: all 12 samples").click();
    harness.run_steps(3);
    harness.get_by_label("sample 3").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.scene.network.sample, Some(2), "chosen from the list");
    let chain = "∂L/∂w₁ = ∂L/∂o · ∂o/∂h · ∂h/∂u · ∂u/∂w₁";
    assert!(harness.query_by_label(chain).is_none(), "not before a weight is pointed at");
    let label = harness.get_by(|node| button_like(node, chain)).accesskit_node().label().unwrap();
    harness.get_by(|node| button_like(node, chain)).click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.scene.network.lit, Some(0), "its path is lit");
    let numbers = label.trim_start_matches(chain).trim();
    assert!(harness.query_by_label(chain).is_some(), "in symbols");
    assert!(harness.query_by_label(numbers).is_some(), "and with numbers: {numbers}");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.scene.network.lit, None, "Escape puts it out");
}

fn button_like(node: &egui_kittest::kittest::AccessKitNode<'_>, start: &str) -> bool {
    node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(start))
}

#[test]
fn a_key_goes_through_the_graph_and_back_again() {
    let mut harness = graph_of("tanh2");
    harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Choose(Some(2)))]);
    harness.key_press(Key::J);
    harness.run_steps(2);
    assert!(harness.query_by_label("x and y of sample 3 of 12 go in, with the weights").is_some(), "first the inputs");
    for stage in [
        "u = w₁ · x",
        "h = tanh(u)",
        "o = w₂ · h",
        "ℓ/n = (o − y)²/12",
        "∂L/∂L = 1",
        "∂L/∂o = 2(o − y)/12",
        "∂L/∂w₂ = ∂L/∂o · ∂o/∂w₂",
        "∂L/∂h = ∂L/∂o · ∂o/∂h",
        "∂L/∂u = ∂L/∂h · ∂h/∂u",
        "∂L/∂w₁ = ∂L/∂u · ∂u/∂w₁",
    ] {
        harness.get_by_label("Forward through the graph").click();
        harness.run_steps(2);
        let is_described = harness
            .query_by(|node| node.role() == Role::Label && node.value().is_some_and(|text| text.starts_with(stage)))
            .is_some();
        assert!(is_described, "then {stage}");
    }
    harness.key_press(Key::J);
    harness.run_steps(2);
    assert_eq!(harness.state().state.view.scene.network.stage, None, "in the end all is shown");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::J);
    harness.run_steps(2);
    assert_eq!(harness.state().state.view.scene.network.stage, Some(10), "and back from there is the last stage");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
    harness.run_steps(2);
    harness.key_press(Key::J);
    harness.run_steps(2);
    assert_eq!(harness.state().state.view.scene.network.stage, Some(10), "the key is the graph's alone");
}

fn bring(harness: &mut Harness<'static, Desk>, spelled: &str) {
    let landscape = Box::new(Landscape::parse(spelled).unwrap());
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::BringLandscape(landscape)),
        Command::View(ViewCommand::ShowTab(Pane::Graph)),
    ]);
    harness.run_steps(2);
}

/// The text of a label that begins like this.
fn description(harness: &Harness<'static, Desk>, start: &str) -> Option<String> {
    let is_described = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Label && node.value().is_some_and(|text| text.starts_with(start))
    };
    harness.query_by(is_described).and_then(|node| node.accesskit_node().value())
}

#[test]
fn tied_weights_sum_what_their_layers_add() {
    let mut harness = graph_of("depth");
    bring(&mut harness, "depth:layers=20,act=tanh");
    harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Choose(Some(1)))]);
    harness.run_steps(2);
    let corner = announced(&harness);
    assert!(corner.contains("h₁ ") && corner.contains("h₁₉ ") && !corner.contains("h₁₀ "), "first and last: {corner}");
    assert!(description(&harness, "17 layers are omitted").is_some(), "and said");
    let sum = "∂L/∂w₁ = ∂L/∂o · ∂o/∂w₁ + ";
    harness.get_by(|node| button_like(node, sum)).click();
    harness.run_steps(3);
    assert!(description(&harness, sum).is_some(), "a sum over the layers");
    let lit = harness.state().state.derived.graph().unwrap();
    let gradient = lit.nodes[lit.weight(0).unwrap()].backward.unwrap();
    assert!(
        description(&harness, "= ").is_some_and(|text| text.ends_with(&format!("= {}", few(gradient)))),
        "with numbers"
    );
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Graph))]);
    harness.run_steps(3);
    let whole = announced(&harness);
    assert!(whole.contains("h₄ ") && !whole.contains("h₁₀ "), "more where there is room: {whole}");
    assert!(description(&harness, "12 layers are omitted").is_some(), "fewer are left out");
}

#[test]
fn a_typed_network_has_its_own_graph() {
    let mut harness = graph_of("tanh2");
    bring(&mut harness, "network:tanh(w1*x)*w2+0.1*x^2,loss=mae");
    assert!(description(&harness, "3 operations are merged").is_some(), "folded, and said");
    harness.state_mut().state.apply(vec![
        Command::Window(WindowCommand::ToggleMaximized(Pane::Graph)),
        Command::Samples(SampleCommand::Choose(Some(0))),
    ]);
    harness.run_steps(3);
    let gradient = harness.state().state.derived.graph().unwrap().parts[0];
    let whole = announced(&harness);
    assert!(whole.contains("v₂ ") && whole.contains(&format!("∂L/∂w₁ {}", few(gradient[0]))), "{whole}");
    for stage in [
        "x and y of sample 1",
        "v₁ = w₁ · x",
        "v₂ = tanh(v₁)",
        "v₃ = v₂ · w₂",
        "v₄ = x²",
        "v₅ = 0.1 · v₄",
        "o = v₃ + v₅",
        "ℓ/n = |o − y|/12",
        "∂L/∂L = 1",
        "∂L/∂o = sign(o − y)/12",
    ] {
        harness.key_press(Key::J);
        harness.run_steps(2);
        assert!(description(&harness, stage).is_some(), "{stage}");
    }
}

#[test]
fn a_unit_that_is_off_cuts_the_way() {
    let mut harness = graph_of("depth");
    bring(&mut harness, "depth:layers=3,act=relu");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(-1.0, -1.0)))]);
    harness.run_steps(2);
    let all = announced(&harness);
    assert!(all.contains("o 0, off (") && all.contains("∂L/∂w₁ 0"), "dead for all samples: {all}");
    harness
        .state_mut()
        .state
        .apply(vec![Command::Samples(SampleCommand::Choose(Some(0))), Command::View(ViewCommand::LightPath(Some(1)))]);
    harness.run_steps(2);
    assert!(description(&harness, "= ").is_some_and(|text| text.ends_with("= 0: the unit is off")), "in words");
}

#[test]
fn a_surface_has_no_graph() {
    let mut harness = graph_of("depth");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
    harness.run_steps(2);
    assert!(harness.query_by_label("Graph").is_none(), "no tab for it");
}
