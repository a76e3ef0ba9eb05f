//! What a person does with the circle: looks at it, gives it a radius, and lets it shrink until the best step is −∇f.

use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::CIRCLE;
use taylorscope::numbers::Point;
use taylorscope::numbers::numerals::{change, number};
use taylorscope::state::{Command, DocumentCommand, Pane, PlayCommand, ViewCommand, WindowCommand};

use crate::desk::{Desk, desk};

/// The opening scene with the circle below the surface.
fn circle_desk() -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press(Key::C);
    harness.run_steps(3);
    harness
}

/// What the circle's canvas says.
fn announced(harness: &Harness<'static, Desk>) -> String {
    let canvas = harness
        .get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with("Circle")));
    canvas.accesskit_node().label().unwrap_or_default()
}

fn says(harness: &Harness<'static, Desk>, words: &str) -> bool {
    harness.query_all_by(|node| node.label().or(node.value()).is_some_and(|text| text.contains(words))).next().is_some()
}

#[test]
fn the_circle_tells_the_angle_the_loss_forgone_and_the_cost() {
    let harness = circle_desk();
    assert_eq!(announced(&harness), "Circle of radius 1.565: the best step turns by 8.39° from −∇f");
    for words in ["loss after δ* 1.594, −∇f 3.527: excess 1.933", "14\u{a0}404 values + 85 gradients; −∇f: 1 gradient"]
    {
        assert!(says(&harness, words), "{words}");
    }
}

#[test]
fn the_circle_shrinks_and_the_best_step_turns_into_minus_gradient() {
    let mut harness = circle_desk();
    harness.get_by_label("Shrink the circle to 0").click();
    harness.run_steps(2);
    // Four seconds, and a little of the moment for which it stays small.
    for _ in 0..45 {
        harness.state_mut().state.tick(0.1);
    }
    harness.run_steps(2);
    let profile = harness.state().state.derived.circle_profile().unwrap();
    assert!(profile.best_turn().unwrap().to_degrees().abs() < 0.01, "{}", announced(&harness));
    harness.get_by_label("radius as the step's length").click();
    harness.run_steps(2);
    assert!(announced(&harness).starts_with("Circle of radius 1.565"), "{}", announced(&harness));
    harness.key_press(Key::Z);
    harness.run_steps(2);
    assert!(harness.query_by_label("Stop shrinking the circle").is_some(), "shrinks by key");
    harness.key_press(Key::Z);
    harness.run_steps(2);
    assert!(!harness.state().state.view.scene.circle.is_shrinking(), "and stops");
}

#[test]
fn circles_without_an_answer_say_why() {
    let mut harness = circle_desk();
    for (formula, at, radius, words) in [
        ("x^2+y^2", [0.0, 0.0], None, "The loss is constant on this circle"),
        ("x^2-y^2", [0.0, 0.0], Some(0.5), "∇f = 0 here: there is no −∇f"),
        ("x^2+y", [1.0, 0.0], Some(1e200), "the loss has no finite value at this distance"),
        ("ln(x)-y", [0.5, 0.0], Some(1.0), "No best step"),
        ("3sqrt(x)-y", [0.5, 0.0], Some(0.8), "from −∇f, which leads to a point without a value of the loss"),
    ] {
        harness.state_mut().state.apply(vec![
            Command::Document(DocumentCommand::TypeFormula(formula.to_owned())),
            Command::Play(PlayCommand::ToStart),
            Command::Document(DocumentCommand::MoveStart(Point::from(at))),
            Command::View(ViewCommand::SetCircleRadius(radius)),
        ]);
        harness.run_steps(2);
        assert!(says(&harness, words), "{formula}: {words}");
    }
}

#[test]
fn the_circle_is_looked_for_only_where_it_is_seen() {
    let mut harness = desk(1280.0, 720.0);
    assert!(harness.state().state.derived.circle_profile().is_none(), "the slice shows none");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ToggleOverlay(CIRCLE))]);
    harness.run_steps(2);
    assert!(harness.state().state.derived.circle_profile().is_some(), "the map does");
    harness.state_mut().state.apply(vec![
        Command::View(ViewCommand::ToggleOverlay(CIRCLE)),
        Command::Window(WindowCommand::ToggleMaximized(Pane::Circle)),
    ]);
    harness.run_steps(2);
    assert!(says(&harness, "Finding δ* took 14\u{a0}404 values"), "in full where there is room");
}

#[test]
fn one_step_of_every_method_is_listed_and_drawn_and_the_pointed_one_stands_out() {
    let mut harness = circle_desk();
    harness.get_by_label("one step of every method").click();
    harness.run_steps(3);
    for words in ["Newton", "Adam", "Sharpness-aware minimization", "needs samples to draw from"] {
        assert!(says(&harness, words), "{words}");
    }
    let steps = harness.state().state.derived.first_steps().to_vec();
    let best = steps[0].step.clone().unwrap();
    assert!(says(&harness, &change(best.actual)) && says(&harness, &number(best.displacement.norm())), "{best:?}");
    let second = harness.get_by_label(steps[1].method.name).rect().center();
    harness.hover_at(second);
    harness.run_steps(3);
    assert_eq!(harness.state().canvases.pointed_method, Some(steps[1].method), "under the pointer");
    harness.hover_at(egui::pos2(2.0, 2.0));
    harness.run_steps(3);
    assert_eq!(harness.state().canvases.pointed_method, None, "and no longer");
    harness.get_by_label("one step of every method").click();
    harness.run_steps(3);
    assert!(
        harness.state().state.derived.first_steps().is_empty(),
        "nothing is computed while it is not on the screen"
    );
    assert!(says(&harness, "Circle of radius"), "the circle is back");
}
