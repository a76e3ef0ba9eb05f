//! What is said beside the rate's track of what the track does not show: limits of linked runs, a limit that has moved, its scale.

use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;
use taylorscope::state::{Command, Document, Pane, PlayCommand, RunCommand, State, ViewCommand};

use crate::desk::{Desk, desk, drag, opened, opened_in_size, says};
use crate::labels::texts;

/// Two runs in the long valley, the second one selected.
fn valley(methods: [&str; 2]) -> State {
    let mut document = Document::new(Landscape::parse("quad").unwrap());
    document.cards.clear();
    let ids = methods.map(|method| document.add(Choice::parse(method).unwrap()).unwrap());
    let mut state = State::new(document);
    state.apply(vec![Command::Runs(RunCommand::Select(ids[1]))]);
    state.finish();
    state
}

/// The track shows the limit of the selected run; one that is linked to it and beyond its own is named, as is whose rate it took.
#[test]
fn a_linked_run_beyond_its_own_limit_is_named() {
    for (other, said) in [("momentum:lr=0.106,beta=0.456", true), ("momentum:lr=0.09,beta=0.456", false)] {
        let mut state = valley(["gd:lr=0.08", other]);
        state.apply(vec![Command::Runs(RunCommand::LinkRates(true))]);
        state.finish();
        let harness = opened(state);
        assert!(says(&harness, "Rates linked: Gradient descent takes η = "), "{other}");
        assert_eq!(says(&harness, "GD: beyond its 2/λmax = 0.1000"), said, "{other}");
        let stays = says(&harness, "stable: up to 2(1+β)/λmax");
        assert!(stays, "{other}: what is said of the selected run stays");
    }
}

/// A drag at a later step moves the point at which the limit is taken: after the release that is said, until the step changes.
#[test]
fn after_a_release_the_limit_is_said_to_be_that_of_the_new_point() {
    const SLIDER: &str = "learning rate η of run 1, Gradient descent";
    let words = "now the limit of the new point";
    for step in [0, 20] {
        let mut harness = desk(1280.0, 720.0);
        harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
        harness.state_mut().state.finish();
        harness.run_steps(3);
        let track = harness.get_by_label(SLIDER).rect();
        let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
        drag(&mut harness, &[at(0.6), at(0.5), at(0.3)]);
        harness.state_mut().state.finish();
        harness.run_steps(3);
        assert_eq!(says(&harness, words), step > 0, "released at step {step}");
        harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step + 1))]);
        harness.run_steps(3);
        assert!(!says(&harness, words), "at step {step} no longer");
    }
}

/// Of two runs one may have a logarithmic track: that is written below it.
#[test]
fn a_logarithmic_track_says_so() {
    let has_words =
        |harness: &Harness<'static, Desk>| texts(&harness.output().shapes).iter().any(|(text, _)| text == "log scale");
    let state = valley(["gd:lr=0.08", "momentum:lr=0.013,beta=0.95"]);
    let first = state.document.cards[0].id;
    let mut harness = opened(state);
    assert!(harness.state().state.has_log_rate() && has_words(&harness), "momentum");
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(first))]);
    harness.run_steps(3);
    assert!(!harness.state().state.has_log_rate() && !has_words(&harness), "descent");
}

/// While runs are stepped the map stays where it is, whatever the legend has to name.
#[test]
fn the_map_keeps_its_scale_while_a_run_is_stepped() {
    for (landscape, method) in [("double_well", "momentum:lr=0.02,beta=0.9"), ("himmelblau", "nesterov:lr=0.005")] {
        let mut document = Document::new(Landscape::parse(landscape).unwrap());
        document.cards.clear();
        document.add(Choice::parse(method).unwrap());
        let mut state = State::new(document);
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Momentum))]);
        state.finish();
        let mut harness = opened(state);
        let frame = |harness: &Harness<'static, Desk>| harness.state().canvases.map.mapping.unwrap().frame();
        let before = frame(&harness);
        for step in [1, 2, 3, 5, 8, 12, 20, 40] {
            harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
            harness.run_steps(2);
            assert_eq!(frame(&harness), before, "{landscape} at step {step}");
        }
    }
}

/// No menu has to be scrolled in a window of 1280×720.
#[test]
fn every_menu_fits_into_a_small_window() {
    for title in ["File", "Edit", "View", "Run", "Share", "Help"] {
        let mut harness = desk(1296.0, 736.0);
        harness.get_by_label(title).click();
        harness.run_steps(6);
        assert!(!says(&harness, "more: scroll"), "{title}");
    }
}

/// While a run is stepped the rates that diverge stay in sight, as far as there is a limit that the track can show.
#[test]
fn the_zone_that_diverges_is_named_at_every_step_of_the_first_screen() {
    let mut harness = opened_in_size(State::opening(), 1296.0, 736.0);
    for step in 0..=12 {
        harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
        harness.run_steps(3);
        let names = texts(&harness.output().shapes).into_iter().filter(|(text, _)| text == "diverging").count();
        assert_eq!(names, 1, "step {step}");
    }
}
