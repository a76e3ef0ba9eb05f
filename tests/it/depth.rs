//! The depth of the depth lab: the radius of the plane against the number of layers, by label, key and pointer.

use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::numbers::numerals::number;
use taylorscope::state::{
    Command, DocumentCommand, Pane, PlayCommand, TypeScale, ViewCommand, WindowCommand, layers_of,
};

use crate::desk::{Desk, click, desk, open_setup, overshooting};

fn lab() -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    // The view knows nothing of critical points.
    harness.state_mut().searches = false;
    harness
        .state_mut()
        .state
        .apply(vec![Command::Document(DocumentCommand::ChooseLandscape("depth")), Command::Play(PlayCommand::ToStart)]);
    harness.run_steps(2);
    harness.key_press(Key::E);
    harness.run_steps(2);
    settle(&mut harness);
    harness
}

/// What is computed a few depths a frame is computed to its end.
fn settle(harness: &mut Harness<'static, Desk>) {
    while harness.state().state.derived.has_more_depths() {
        harness.state_mut().state.tick(0.016);
    }
    harness.run_steps(2);
}

fn label_from(harness: &Harness<'static, Desk>, start: &str) -> String {
    let starts = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        let text = node.label().or_else(|| node.value());
        node.role() != Role::TextRun && text.is_some_and(|text| text.starts_with(start))
    };
    let node = harness.get_by(starts).accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

fn plane(harness: &Harness<'static, Desk>, layers: u32) -> f64 {
    harness.state().state.derived.depths().find(|depth| depth.layers == layers).unwrap().plane.unwrap()
}

#[test]
fn the_radius_shrinks_with_every_layer_and_the_step_outgrows_it() {
    let mut harness = lab();
    let radii: Vec<f64> = (1..=20).map(|layers| plane(&harness, layers)).collect();
    assert!(radii.windows(2).all(|pair| pair[1] < pair[0]), "{radii:?}");
    label_from(&harness, "plane: 0.057 at L = 1, 0.012 at L = 20, shorter with every layer");
    let step = harness.state().state.derived.analysis().unwrap().proposed().unwrap().norm();
    let last = radii.iter().take_while(|radius| **radius >= step).count();
    assert!((2..19).contains(&last), "the step of {step} is too long for some depths only");
    let words = format!(": too long for the plane beyond L = {last}");
    assert!(label_from(&harness, "this step, ").ends_with(&words), "{words}");
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Depth))]);
    harness.run_steps(2);
    let words = format!("beyond L = {last} the plane is not valid for it.");
    assert!(label_from(&harness, "This step is ").ends_with(&words), "in full where there is room: {words}");
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Depth))]);
    harness.run_steps(2);

    let said = label_from(&harness, "Validity radius against depth: L = 5");
    assert!(said.contains(&format!("plane valid up to {}", number(radii[4]))), "{said}");
    open_setup(&mut harness);
    harness.get_by_label("one more: layers of the landscape").click();
    harness.run_steps(2);
    settle(&mut harness);
    let chosen = layers_of(&harness.state().state.document.landscape).unwrap();
    assert_eq!(chosen, 6, "a layer more");
    let said = label_from(&harness, "Validity radius against depth: L = 6");
    assert!(said.contains(&format!("plane valid up to {}", number(radii[5]))), "the mark has moved on: {said}");
}

#[test]
fn a_click_chooses_the_depth_under_the_pointer() {
    let mut harness = lab();
    let mapping = harness.state().canvases.depth.mapping.unwrap();
    let at = mapping.position(Point::new(15.2, mapping.view().center().y));
    click(&mut harness, at);
    settle(&mut harness);
    assert_eq!(layers_of(&harness.state().state.document.landscape), Some(15), "the nearest");
    label_from(&harness, "L = 15, along −∇f right within 10 %: plane up to 0.017");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::SetShare(0.3))]);
    settle(&mut harness);
    label_from(&harness, "L = 15, along −∇f right within 30 %");
    assert!(plane(&harness, 15) > 0.03, "a wider share, a longer radius: {}", plane(&harness, 15));
}

#[test]
fn it_looks_at_a_few_depths_a_frame_and_only_where_it_is_seen() {
    let mut state = overshooting();
    let of = |count: u32| {
        let samples = (0..count).map(|i| [2.0 * f64::from(i) / f64::from(count) - 1.0, 0.3]).collect();
        Box::new(Landscape::parse("depth").unwrap().with_samples(samples).unwrap())
    };
    state.apply(vec![
        Command::Document(DocumentCommand::SetSteps(5)),
        Command::Document(DocumentCommand::BringLandscape(of(2000))),
    ]);
    assert_eq!(state.derived.depths().count(), 0, "nobody looks");
    state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Depth))]);
    let known: Vec<u32> = state.derived.depths().map(|depth| depth.layers).collect();
    assert!(known.contains(&5) && known.len() < 20, "the chosen one first: {known:?}");
    let mut frames = 0;
    while state.derived.has_more_depths() {
        state.tick(0.016);
        frames += 1;
    }
    assert!((2..40).contains(&frames), "after {frames} frames");
    assert_eq!(state.derived.depths().count(), 20, "all of them");
    let mut harness = lab();
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::BringLandscape(of(100)))]);
    settle(&mut harness);
    label_from(&harness, "Found on 50 of the 100 samples.");
}

#[test]
fn where_there_is_no_slope_it_says_so() {
    let mut harness = lab();
    let dead = Landscape::parse("depth:act=relu").unwrap();
    let moves = vec![
        Command::Document(DocumentCommand::BringLandscape(Box::new(dead))),
        Command::Document(DocumentCommand::MoveStart(Point::new(-1.0, -1.5))),
    ];
    harness.state_mut().state.apply(moves);
    settle(&mut harness);
    label_from(&harness, "L = 5: the gradient is zero, so the plane predicts no change.");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("tanh2"))]);
    harness.run_steps(2);
    assert!(harness.query_by_label("Depth").is_none(), "other networks have no such view");
}

#[test]
fn tabs_fit_beside_their_button_and_the_others_are_in_a_menu() {
    for (size, scale) in [([1280.0, 720.0], TypeScale::Normal), ([1920.0, 1080.0], TypeScale::Lecture)] {
        let mut harness = desk(size[0], size[1]);
        let moves = vec![
            Command::Window(WindowCommand::SetTypeScale(scale)),
            Command::Document(DocumentCommand::ChooseLandscape("depth")),
            Command::View(ViewCommand::ShowTab(Pane::Depth)),
        ];
        harness.state_mut().state.apply(moves);
        harness.run_steps(3);
        let found = |harness: &Harness<'static, Desk>, pane: &Pane| {
            harness.query_by_role_and_label(Role::Button, pane.short_title()).map(|node| node.rect())
        };
        let seen: Vec<_> = Pane::TABS.iter().filter_map(|pane| found(&harness, pane)).collect();
        let button = harness.get_by_label("Fill the window with this view: Validity radius against depth").rect();
        for pair in seen.windows(2) {
            assert!(pair[0].right() <= pair[1].left() + 0.5, "{scale:?}: one after the other, {seen:?}");
        }
        let last = seen.last().unwrap();
        assert!(seen.len() > 4 && last.right() <= button.left(), "{scale:?}: {last} before {button}");
        assert!(found(&harness, &Pane::Depth).is_some(), "{scale:?}: the one that is shown is among them");
        harness.get_by_label("more tabs").click();
        harness.run_steps(3);
        for pane in Pane::TABS {
            assert!(found(&harness, &pane).is_some(), "{scale:?}: {pane:?} is in the row or in the menu");
        }
    }
}
