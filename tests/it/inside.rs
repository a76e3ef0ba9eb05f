//! A step from inside, by key and by label: forward, back, past its ends, played and left.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::draw_inside;
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::Landscape;
use taylorscope::render::context::overlay_context;
use taylorscope::state::{
    Command, DocumentCommand, Pane, Picture, PlayCommand, RunCommand, ViewCommand, WindowCommand,
};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, desk, overshooting, show_tab};

fn press(harness: &mut Harness<'static, Desk>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    harness.run_steps(3);
}

fn click(harness: &mut Harness<'static, Desk>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(3);
}

/// The playhead, and which sub-step is shown.
fn place(harness: &Harness<'static, Desk>) -> (usize, Option<usize>) {
    let state = &harness.state().state;
    (state.playback.playhead, state.view.scene.inside.map(|inside| inside.place))
}

fn caption(harness: &Harness<'static, Desk>) -> String {
    let caption = harness.query_all_by_label_contains("Inside the step, ").next();
    caption.and_then(|node| node.accesskit_node().value()).unwrap_or_default()
}

#[test]
fn keys_walk_through_a_step_and_on_to_its_neighbors() {
    let mut harness = desk(1280.0, 720.0);
    press(&mut harness, Key::Period);
    assert_eq!(place(&harness), (2, Some(0)), "into the step");
    assert!(caption(&harness).starts_with("Inside the step, 1 of 3: Evaluate the gradient"), "{}", caption(&harness));
    press(&mut harness, Key::Period);
    assert!(caption(&harness).contains("Multiply the negative gradient by the learning rate"), "{}", caption(&harness));
    press(&mut harness, Key::Period);
    assert!(caption(&harness).contains("3 of 3: Move. loss 23.78 → 3.52"), "{}", caption(&harness));
    press(&mut harness, Key::Period);
    assert_eq!(place(&harness), (3, Some(0)), "the next step begins");
    press(&mut harness, Key::Comma);
    assert_eq!(place(&harness), (2, Some(2)), "and back to the end of this one");
    press(&mut harness, Key::Escape);
    assert_eq!((place(&harness), caption(&harness)), ((2, None), String::new()), "left");
    press(&mut harness, Key::Period);
    press(&mut harness, Key::ArrowRight);
    assert_eq!(place(&harness), (3, None), "a whole step leaves it too");
}

#[test]
fn buttons_walk_play_and_leave() {
    let mut harness = desk(1280.0, 720.0);
    show_tab(&mut harness, Pane::Rule);
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(0, "adam"))]);
    let adam = harness.state().state.document.cards[0].id;
    harness
        .state_mut()
        .state
        .apply(vec![Command::Runs(RunCommand::SetMethod(adam, "adam")), Command::Runs(RunCommand::Select(adam))]);
    harness.run_steps(3);
    click(&mut harness, "Inside this step");
    click(&mut harness, "One operation on");
    assert!(caption(&harness).contains("2 of 6: Average the gradient"), "{}", caption(&harness));
    click(&mut harness, "One operation back");
    assert_eq!(place(&harness).1, Some(0));
    click(&mut harness, "Play inside this step");
    let state = &mut harness.state_mut().state;
    assert!(state.tick(1.3), "it moves by itself");
    assert_eq!(
        state.view.scene.inside.map(|inside| (inside.place, inside.playing)),
        Some((1, true)),
        "after a second or so"
    );
    for _ in 0..8 {
        state.tick(1.3);
    }
    assert_eq!(state.view.scene.inside.map(|inside| (inside.place, inside.playing)), Some((5, false)), "to the end");
    assert!(!state.tick(1.3), "where it rests");
    harness.run_steps(2);
    click(&mut harness, "Leave the inside of the step");
    assert_eq!(place(&harness).1, None);
}

#[test]
fn every_method_is_drawn_from_inside_from_its_first_thing_to_its_last() {
    let mut state = overshooting();
    let card = state.selected;
    for entry in taylorscope::optimizers::ENTRIES {
        let suits = |text: &str| entry.unsupported_reason(&Landscape::parse(text).unwrap()).is_none();
        let landscape = if suits("tanh2") { "tanh2" } else { "logistic" };
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape(landscape)),
            Command::Runs(RunCommand::SetMethod(card, entry.id)),
            Command::Play(PlayCommand::GoTo(3)),
        ]);
        state.apply(vec![Command::Play(PlayCommand::StepInside(1))]);
        let count = state.derived.substeps().len();
        assert!(count >= 2, "{}: {count} sub-steps", entry.id);
        for place in 0..count {
            assert_eq!(state.view.scene.inside.map(|inside| inside.place), Some(place), "{}", entry.id);
            let context =
                overlay_context(&state, paths(&state), state.document.landscape.domain(), PageScale::equal(0.02));
            let mut primitives = Vec::new();
            draw_inside(&context, state.derived.substeps(), place, &mut primitives);
            assert!(!primitives.is_empty(), "{} at {place}: something is seen", entry.id);
            for primitive in &primitives {
                let Primitive::Arrow { from, to, .. } = primitive else { continue };
                assert!((to - from).norm().is_finite(), "{} at {place}: {primitive:?}", entry.id);
            }
            state.apply(vec![Command::Play(PlayCommand::StepInside(1))]);
        }
        assert_eq!(state.playback.playhead, 4, "{}: on to the next step", entry.id);
        state.apply(vec![Command::Window(WindowCommand::Dismiss)]);
    }
}

/// In whichever corner it stands, the caption covers neither the point nor the landing.
#[test]
fn the_caption_leaves_the_step_to_be_seen() {
    let mut harness = desk(1280.0, 720.0);
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    for landscape in ["himmelblau", "quad", "rosenbrock", "tanh2"] {
        for method in ["gd", "gd_armijo", "trust_region", "newton_damped"] {
            harness.state_mut().state.apply(vec![
                Command::Document(DocumentCommand::ChooseLandscape(landscape)),
                Command::Runs(RunCommand::SetMethod(card, method)),
                Command::Play(PlayCommand::GoTo(1)),
                Command::Play(PlayCommand::StepInside(1)),
            ]);
            for _ in 0..harness.state().state.derived.substeps().len() {
                harness.run_steps(2);
                let patch = harness.query_all_by_label_contains("Inside the step, ").next().unwrap().rect();
                let Desk { state, canvases, .. } = harness.state();
                let mapping = canvases.map.mapping.unwrap();
                let analysis = state.derived.analysis().unwrap();
                let at = analysis.iterate.at;
                for place in [Some(at), analysis.proposed().map(|step| at + step)].into_iter().flatten() {
                    let covered = patch.contains(mapping.position(place));
                    assert!(!covered, "{method} on {landscape}: {} at {patch}", caption(&harness));
                }
                harness.state_mut().state.apply(vec![Command::Play(PlayCommand::StepInside(1))]);
            }
            harness.state_mut().state.apply(vec![Command::Window(WindowCommand::Dismiss)]);
        }
    }
}
