//! The memory opened up, by label: bars, forms and energy of a heavy ball, and what is said of a method that has none.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use taylorscope::drawing::TypeScale;
use taylorscope::drawing::overlays::{self, FAN};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::{Landscape, ViewBox};
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::render::context::overlay_context;
use taylorscope::state::{Command, Document, HistoryCommand, Pane, PlayCommand, State, ViewCommand, WindowCommand};
use taylorscope::studies::EscapeEnd;
use taylorscope::ui::views::paths;

use crate::desk::{Desk, desk, drag, opened, opened_in_size, says};

/// A method on the double well, from (2, 1), at a step.
fn on_double_well(optimizer: &str, step: usize) -> State {
    let mut document = Document::new(Landscape::parse("double_well").unwrap());
    document.start = Point::new(2.0, 1.0);
    document.cards.clear();
    document.add(Choice::parse(optimizer).unwrap());
    let mut state = State::new(document);
    state.finish();
    state.apply(vec![Command::Play(PlayCommand::GoTo(step)), Command::View(ViewCommand::ShowTab(Pane::Momentum))]);
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
    for words in ["heavy ball", "bias-corrected", "0.2000", "Kinetic energy ", "lost to friction", "saddle behind"] {
        assert!(says(&harness, words), "{words}");
    }
    let stays = opened(on_double_well("momentum:lr=0.02,beta=0.9,form=ema", 44));
    assert!(says(&stays, "The run stays: its kinetic energy"), "the average with the same rate");
    let passes = opened(on_double_well("momentum:lr=0.02,beta=0.9", 8));
    assert!(says(&passes, "run passes"), "the heavy ball");
    assert!(says(&passes, "Energy at step 8: loss"), "the picture tells its numbers");
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
    assert!(says(&alone, "lost to friction"), "and its velocity opened up");
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

const SLIDER: &str = "momentum coefficient β";
const LOCK: &str = "keep η/(1−β)";

/// η and β of the first run.
fn rate_and_beta(harness: &Harness<'_, Desk>) -> [f64; 2] {
    let optimizer = &harness.state().state.document.cards[0].optimizer;
    ["lr", "beta"].map(|name| optimizer.get(name).unwrap())
}

#[test]
fn the_coefficient_is_dragged_on_a_track_that_tells_where_the_run_escapes() {
    let mut state = on_double_well("momentum:lr=0.02,beta=0.5", 6);
    state.finish();
    let mut harness = opened(state);
    assert!(says(&harness, "Escapes (of the β tried): 0."), "in words");
    let inside =
        harness.state().state.derived.escapes().iter().find(|stretch| {
            matches!(stretch.ending, EscapeEnd::Escapes(_)) && stretch.beta[1] - stretch.beta[0] > 0.02
        });
    let inside = inside.map(|stretch| 0.5 * (stretch.beta[0] + stretch.beta[1])).unwrap();
    let end = |harness: &Harness<'_, Desk>| {
        let state = &harness.state().state;
        state.derived.run(state.selected).unwrap().iterates().last().unwrap().at.x
    };
    assert!(end(&harness) > 0.0, "with β = 0.5 it stays");
    let track = harness.get_by_label(SLIDER).rect();
    let at = |beta: f64| track.left_center() + vec2((beta / 0.99) as f32 * track.width(), 0.0);
    drag(&mut harness, &[at(0.5), at(0.6), at(inside)]);
    let [rate, beta] = rate_and_beta(&harness);
    assert!((beta - inside).abs() < 0.04 && rate == 0.02, "η = {rate}, β = {beta}, dragged to {inside}");
    assert!(end(&harness) < 0.0, "in the colored zone it ends in the other basin");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(rate_and_beta(&harness), [0.02, 0.5], "a drag is taken back at once");
}

#[test]
fn the_lock_keeps_what_a_gradient_is_multiplied_with_in_the_end() {
    let mut harness = opened(on_double_well("momentum:lr=0.02,beta=0.9", 6));
    harness.get_by_label(LOCK).click();
    harness.run_steps(3);
    for beta in [0.5, 0.97, 0.8] {
        harness.get_by_label(SLIDER).set_value_accesskit(beta);
        harness.run_steps(3);
        let [rate, now] = rate_and_beta(&harness);
        assert_eq!(now, beta, "as it was set");
        assert!((rate / (1.0 - beta) / 0.2 - 1.0).abs() < 1e-9, "η/(1−β) with β = {beta}, η = {rate}");
    }
    let track = harness.get_by_label(SLIDER).rect();
    let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
    let before = rate_and_beta(&harness);
    drag(&mut harness, &[at(0.8), at(0.6), at(0.4)]);
    assert_ne!(rate_and_beta(&harness), before, "dragged");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(rate_and_beta(&harness), before, "rate and coefficient at once");
    harness.get_by_label(LOCK).click();
    harness.run_steps(3);
    harness.get_by_label(SLIDER).set_value_accesskit(0.3);
    harness.run_steps(3);
    assert_eq!(rate_and_beta(&harness), [before[0], 0.3], "unlocked, the rate stays");
    let average = opened(on_double_well("momentum:lr=0.02,beta=0.9,form=ema", 6));
    assert!(average.query_by_label(LOCK).is_none(), "of an average η is kept in any case");
}

/// In large type the past gradients give way to the picture of the energy and the slider of β, and all of these is in the window.
#[test]
fn in_lecture_type_the_energy_and_the_slider_are_whole() {
    for (width, height) in [(1024.0, 768.0), (1280.0, 800.0)] {
        let mut state = on_double_well("momentum:lr=0.02,beta=0.9", 12);
        state.apply(vec![Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture))]);
        let harness = opened_in_size(state, width, height);
        let rate = harness.get_by_label("learning rate η of run 1, Momentum").rect();
        let slider = harness.get_by_label("momentum coefficient β").rect();
        let canvas = |start: &str| {
            let starts = |node: &egui_kittest::Node<'_>| {
                node.accesskit_node().label().is_some_and(|label| label.starts_with(start))
            };
            harness.query_all(By::new().role(Role::Canvas)).find(starts).map(|node| node.rect())
        };
        let energy = canvas("Energy at step 12").unwrap();
        assert_eq!(canvas("Memory: "), None, "{width} × {height}: the past gradients give way");
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(width, height));
        for (name, rect) in [("energy", energy), ("β", slider)] {
            assert!(room.contains_rect(rect) && rect.height() > 10.0, "{width} × {height}: {name} at {rect}");
        }
        assert!(
            energy.bottom() <= slider.top() && slider.bottom() < rate.top(),
            "{energy} above {slider} above {rate}"
        );
        let number = harness.get_by_label("momentum coefficient β, as a number").rect();
        assert!(room.contains_rect(number), "{width} × {height}: its number at {number}");
    }
}
