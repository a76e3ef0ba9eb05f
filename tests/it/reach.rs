//! How far the local models are good: the section and its slider, and the region on every landscape.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::analysis::ModelOrder;
use taylorscope::drawing::overlays::{OTHER, REGION};
use taylorscope::landscapes::entries;
use taylorscope::state::{Command, DocumentCommand, Pane, PlayCommand, RunCommand, Section, ViewCommand};

use crate::desk::{desk, overshooting, show_tab};

#[test]
fn the_section_says_how_far_and_follows_its_slider() {
    let mut harness = desk(1280.0, 900.0);
    show_tab(&mut harness, Pane::Curvature);
    harness.get_by_role_and_label(Role::DisclosureTriangle, Section::Reach.title()).click();
    harness.run_steps(3);
    for label in ["0.099 of the step", "plane valid up to", "step / validity radius", "plane error ≤ ½L‖d‖²"] {
        assert!(harness.query_by_label(label).is_some(), "{label} is told");
    }
    let waist = "The region where the plane is right within 10 % is narrow across the gradient, where the plane predicts no change.";
    assert!(harness.query_by_label(waist).is_some(), "so is the waist");
    let slider = harness.get_by_role_and_label(Role::Slider, "tolerance, % of the prediction");
    assert_eq!(slider.accesskit_node().numeric_value(), Some(10.0), "in percent");
    slider.focus();
    harness.run_steps(2);
    for _ in 0..30 {
        harness.key_press(egui::Key::ArrowRight);
        harness.step();
    }
    harness.run_steps(2);
    let state = &harness.state().state;
    assert!(state.view.scene.share > 0.3, "a larger share: {}", state.view.scene.share);
    let good = state.derived.analysis().unwrap().good_for(ModelOrder::Linear).unwrap();
    assert!((0.3..0.6).contains(&good), "good for more of the step: {good}");
    assert!(harness.query_by_label("0.099 of the step").is_none(), "and the heading says so");
}

#[test]
fn the_bound_holds_and_nothing_is_described_that_is_no_number() {
    for entry in entries() {
        let mut state = overshooting();
        let card = state.selected;
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape(entry.id)),
            Command::View(ViewCommand::ToggleSection(Section::Reach)),
        ]);
        for method in ["gd", "newton"] {
            state.apply(vec![Command::Runs(RunCommand::SetMethod(card, method)), Command::Play(PlayCommand::GoTo(1))]);
            let Some(focus) = state.derived.analysis() else { continue };
            let good = [ModelOrder::Linear, ModelOrder::Quadratic].map(|order| focus.good_for(order));
            assert!(good.iter().flatten().all(|share| *share >= 0.0), "{}, {method}: good for {good:?}", entry.id);
            if let Some(found) = state.derived.plane_bound() {
                let sound = found.error.is_finite() && found.bound >= 0.0;
                assert!(sound, "{}, {method}: {found:?}", entry.id);
            }
        }
    }
}

#[test]
fn a_region_is_computed_while_it_is_shown_and_kept_while_nothing_changes() {
    let mut state = overshooting();
    assert!(state.derived.regions().is_empty(), "nobody looks");
    state.apply(vec![
        Command::View(ViewCommand::ToggleOverlay(REGION)),
        Command::View(ViewCommand::ToggleOverlay(OTHER)),
    ]);
    let [assumed, other] = state.derived.regions() else { panic!("two models") };
    assert_eq!([assumed.order, other.order], [ModelOrder::Linear, ModelOrder::Quadratic], "the one believed in first");
    assert!(assumed.pinches && assumed.extent[0] == 0.0, "a waist: {:?}", assumed.extent);
    assert!(other.extent[1] > assumed.extent[1], "the quadratic is good further: {:?}", other.extent);
    let place = assumed.rays().as_ptr();
    state.apply(vec![Command::View(ViewCommand::ZoomCamera(1.1))]);
    assert_eq!(state.derived.regions()[0].rays().as_ptr(), place, "not computed again");
    let narrow = state.derived.regions()[0].extent[1];
    state.apply(vec![Command::View(ViewCommand::SetShare(0.3)), Command::View(ViewCommand::ToggleOverlay(OTHER))]);
    let [wide] = state.derived.regions() else { panic!("one model") };
    assert!(wide.extent[1] > 1.5 * narrow, "more is good within 30 %: {:?}", wide.extent);
}
