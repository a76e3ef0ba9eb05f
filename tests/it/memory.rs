//! The memory opened up, by label: bars, forms and energy of a heavy ball, and what is said of a method that has none.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::{self, FAN};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::{Landscape, ViewBox};
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::render::context::overlay_context;
use taylorscope::state::{Command, Document, Pane, PlayCommand, State, ViewCommand};
use taylorscope::ui::views::paths;

use crate::desk::{desk, opened, says};

/// A method on the double well, from (2, 1), at a step.
fn on_double_well(optimizer: &str, step: usize) -> State {
    let mut document = Document::new(Landscape::parse("double_well").unwrap());
    document.start = Point::new(2.0, 1.0);
    document.cards.clear();
    document.add(Choice::parse(optimizer).unwrap());
    let mut state = State::new(document);
    state.finish();
    state.apply(vec![Command::Play(PlayCommand::GoTo(step)), Command::View(ViewCommand::ShowTab(Pane::Memory))]);
    state
}

#[test]
fn a_heavy_ball_tells_its_gradients_its_forms_and_its_energy() {
    let harness = opened(on_double_well("momentum:lr=0.02,beta=0.9", 12));
    let announced = harness
        .query_all(By::new().role(Role::Canvas))
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with("Memory: "));
    let announced = announced.unwrap();
    assert!(
        announced.starts_with("Memory: v is the sum of 13 gradients; β = 0.9, the newest weighs 1;"),
        "{announced}"
    );
    for words in ["heavy ball", "bias-corrected", "0.2000", "kinetic energy ", "friction takes"] {
        assert!(says(&harness, words), "{words}");
    }
    let stays = opened(on_double_well("momentum:lr=0.02,beta=0.9,form=ema", 44));
    assert!(says(&stays, ": too little"), "the average with the same rate");
    let passes = opened(on_double_well("momentum:lr=0.02,beta=0.9", 8));
    assert!(!says(&passes, ": too little"), "the heavy ball");
}

#[test]
fn a_method_without_a_velocity_says_so_and_offers_one() {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press_modifiers(Modifiers::NONE, Key::M);
    harness.run_steps(3);
    assert!(says(&harness, "Gradient descent adds up no gradients of the past"), "in words");
    harness.get_by_role_and_label(Role::Button, "Show that of Momentum").click();
    harness.run_steps(3);
    assert!(says(&harness, "Memory: v is the sum of 3 gradients"), "the other run is selected");
    let mut alone = opened(on_double_well("newton", 2));
    alone.get_by_role_and_label(Role::Button, "+ Add a momentum run").click();
    alone.run_steps(3);
    assert_eq!(alone.state().state.document.cards.len(), 2, "a second run");
    assert!(says(&alone, "friction takes"), "and its velocity opened up");
}

#[test]
fn every_method_opens_its_memory_and_its_fan_without_harm() {
    let view = ViewBox::new(-3.0, 3.0, -3.0, 3.0);
    for entry in taylorscope::optimizers::ENTRIES {
        for step in [0, 1, 40] {
            let mut state = on_double_well(entry.id, step);
            state.apply(vec![Command::View(ViewCommand::ToggleOverlay(FAN))]);
            let remembers = entry.gradient_sum.is_some();
            let has_step = state.derived.analysis().is_some_and(|focus| focus.replayed.step.is_ok());
            assert_eq!(state.derived.memory().is_some(), remembers && has_step, "{} at {step}", entry.id);
            let context = overlay_context(&state, paths(&state), view, PageScale::equal(1e-12));
            let mut primitives = Vec::new();
            overlays::find(FAN.name()).unwrap().draw.unwrap()(&context, &mut primitives);
            assert_eq!(primitives.iter().any(is_arrow), remembers && has_step, "{} at {step}", entry.id);
        }
    }
}

/// Whether it is an arrow between two places.
fn is_arrow(primitive: &Primitive<'_>) -> bool {
    matches!(primitive, Primitive::Arrow { from, to, .. } if (to - from).norm().is_finite())
}
