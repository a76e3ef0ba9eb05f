//! The story of every network: what its one sentence claims is seen in the window, by label.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::networks;
use taylorscope::numbers::Point;
use taylorscope::state::{
    Command, DocumentCommand, Pane, PlayCommand, RunCommand, SampleCommand, Section, ViewCommand, WindowCommand,
};

use crate::desk::{Desk, desk, open_setup, show_tab};

/// The window on a network, with the table of critical points open.
fn story(network: &'static str) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 900.0);
    show_tab(&mut harness, Pane::Curvature);
    open_setup(&mut harness);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(network))]);
    harness.key_press_modifiers(Modifiers::NONE, Key::P);
    harness.run_steps(4);
    harness
}

fn choose(harness: &mut Harness<'static, Desk>, commands: Vec<Command>) {
    harness.state_mut().state.apply(commands);
    harness.run_steps(4);
}

fn says(harness: &Harness<'static, Desk>, words: &str) {
    assert!(harness.query_all_by_label_contains(words).next().is_some(), "nobody says {words:?}");
}

/// The length of the gradient at the first iterate, as the bottom line shows it.
fn slope(harness: &Harness<'static, Desk>) -> f64 {
    harness.state().state.derived.analysis().unwrap().iterate.gradient.norm()
}

#[test]
fn every_idea_is_one_sentence() {
    for entry in networks::ENTRIES {
        let idea = entry.idea;
        assert!(idea.ends_with('.') && !idea.trim_end_matches('.').contains(". "), "{}: {idea}", entry.id);
        assert!(idea.chars().count() < 200, "{}: {idea}", entry.id);
    }
}

#[test]
fn linreg_newtons_first_step_is_the_least_squares_solution() {
    let mut harness = story("linreg");
    says(&harness, "1 minimum");
    says(&harness, "minimum at (1.6488, 0.6043), loss 1.413");
    let card = harness.state().state.selected;
    choose(
        &mut harness,
        vec![Command::Runs(RunCommand::SetMethod(card, "newton")), Command::Play(PlayCommand::GoTo(1))],
    );
    says(&harness, "w = (1.6488, 0.6043)");
    choose(&mut harness, vec![Command::Samples(SampleCommand::UsePreset(&networks::PRESETS[0]))]);
    says(&harness, "infinitely many lines fit best");
    says(&harness, "No isolated critical point in the domain");
    says(&harness, "all samples have the same x, so there are infinitely many best lines");
}

#[test]
fn relu_nothing_moves_in_the_dead_region() {
    let mut harness = story("relu");
    says(&harness, "the dead region");
    choose(&mut harness, vec![Command::Document(DocumentCommand::MoveStart(Point::new(0.0, -2.0)))]);
    assert_eq!(slope(&harness), 0.0, "no slope at all");
    says(&harness, "‖∇f‖ 0");
    assert_eq!(harness.state().state.derived.runs().next().unwrap().1.iterates().len(), 1, "and no step");
}

#[test]
fn sigmoid_mse_has_two_minima_and_a_saddle() {
    let mut harness = story("sigmoid_mse");
    says(&harness, "2 minima · 1 saddle");
    choose(&mut harness, vec![Command::Document(DocumentCommand::MoveStart(Point::new(-6.0, 0.0)))]);
    assert!(slope(&harness) < 0.02, "a plateau where it is sure and wrong: {}", slope(&harness));
}

#[test]
fn logistic_is_one_bowl_that_newton_leaves_and_without_bottom_when_separable() {
    let mut harness = story("logistic");
    says(&harness, "1 minimum");
    let card = harness.state().state.selected;
    choose(
        &mut harness,
        vec![Command::Runs(RunCommand::SetMethod(card, "newton")), Command::Play(PlayCommand::GoTo(3))],
    );
    assert!(harness.state().state.derived.analysis().unwrap().iterate.at.coords.norm() > 1e3, "far out");
    choose(&mut harness, vec![Command::Play(PlayCommand::ToEnd)]);
    says(&harness, "Stopped at step 3");
    choose(&mut harness, vec![Command::Samples(SampleCommand::UsePreset(&networks::PRESETS[1]))]);
    says(&harness, "the loss falls for ever and its minimum lies at infinity");
    says(&harness, "No isolated critical point in the domain");
}

#[test]
fn tanh_saturates() {
    let mut harness = story("tanh");
    says(&harness, "1 minimum");
    choose(&mut harness, vec![Command::Document(DocumentCommand::MoveStart(Point::new(0.2, 3.9)))]);
    let saturated = slope(&harness);
    choose(&mut harness, vec![Command::Document(DocumentCommand::MoveStart(Point::new(0.2, 0.9)))]);
    assert!(saturated < 0.02 * slope(&harness), "the gradient fades: {saturated} for {}", slope(&harness));
}

#[test]
fn deep_linear_has_a_saddle_at_zero_and_minima_of_every_sharpness() {
    let mut harness = story("deep_linear");
    says(&harness, "1 saddle");
    says(&harness, "saddle at (0.0000, 0.0000)");
    says(&harness, "every point of the curve w₁w₂ = 1.035");
    // On the curve of minima, where it is flattest, and where it is sharp.
    let root = 1.034_941_579_920_675_f64.sqrt();
    let mut sharpness = |at: Point| {
        choose(&mut harness, vec![Command::Document(DocumentCommand::MoveStart(at))]);
        harness.state().state.derived.analysis().unwrap().model.hessian.eigen().values[1]
    };
    let flattest = sharpness(Point::new(root, root));
    assert!(sharpness(Point::new(root / 2.5, root * 2.5)) > 3.0 * flattest, "equally low, not equally sharp");
}

#[test]
fn relu2_has_two_valleys_and_a_dead_line() {
    let harness = story("relu2");
    says(&harness, "every point of the curve w₁w₂ = 1.552 with w₁ > 0");
    says(&harness, "every point of the curve w₁w₂ = 0.02081 with w₁ < 0");
    says(&harness, "the line w₁ = 0");
    let loss = |x: f64, product: f64| harness.state().state.document.landscape.loss().value(Point::new(x, product / x));
    assert!(loss(-1.0, 0.020_814_99) > 30.0 * loss(1.0, 1.551_927), "one of them is much worse");
}

#[test]
fn tanh2_is_the_same_when_both_weights_change_sign() {
    let harness = story("tanh2");
    says(&harness, "2 minima · 1 saddle");
    says(&harness, "minimum at (1.2219, 1.4932)");
    says(&harness, "minimum at (−1.2219, −1.4932)");
    says(&harness, "saddle at (0.0000, 0.0000)");
    let loss = |at: Point| harness.state().state.document.landscape.loss().value(at);
    for at in [Point::new(1.2, 1.5), Point::new(-0.3, 2.0)] {
        assert_eq!(loss(at), loss(-at), "not a bit differs");
    }
}

#[test]
fn sine_has_many_minima_and_the_start_decides() {
    let mut harness = story("sine");
    says(&harness, "7 minima · 17 saddles · 9 maxima");
    let mut end = |at: [f64; 2]| {
        choose(
            &mut harness,
            vec![Command::Document(DocumentCommand::MoveStart(Point::from(at))), Command::Play(PlayCommand::ToEnd)],
        );
        harness.state().state.derived.analysis().unwrap().iterate.loss
    };
    assert!(end([2.4, 0.6]) < 0.01 && end([4.7, -2.8]) > 0.4, "a good one and a poor one");
}

#[test]
fn in_deeper_networks_the_plane_holds_for_ever_shorter_steps() {
    let mut harness = story("depth");
    choose(
        &mut harness,
        vec![Command::View(ViewCommand::ToggleSection(Section::Reach)), Command::Window(WindowCommand::Dismiss)],
    );
    says(&harness, "plane valid up to");
    // Units that never saturate.
    choose(&mut harness, vec![Command::Document(DocumentCommand::SetParameter { index: 1, value: 1.0 })]);
    let mut reach = |layers: f64| {
        choose(&mut harness, vec![Command::Document(DocumentCommand::SetParameter { index: 0, value: layers })]);
        let focus = harness.state().state.derived.analysis().unwrap();
        let good = focus.good_for(taylorscope::analysis::ModelOrder::Linear).unwrap();
        good * focus.proposed().unwrap().norm()
    };
    let [shallow, middle, deep] = [1.0, 5.0, 20.0].map(&mut reach);
    assert!(shallow > middle && middle > deep, "{shallow}, {middle}, {deep}");
}

#[test]
fn a_rate_suits_the_samples_it_is_suggested_for() {
    // All x equal: the bowl is steeper across its trough than that of the usual samples.
    let mut harness = story("linreg");
    choose(&mut harness, vec![Command::Samples(SampleCommand::UsePreset(&networks::PRESETS[0]))]);
    let stop = harness.state().state.derived.runs().next().unwrap().1.stop().unwrap().text.clone();
    assert!(!stop.contains("iverged"), "{stop}");
    // A mean is no steeper for fewer samples, down to one.
    let mut harness = story("tanh2");
    let rate = |harness: &Harness<'static, Desk>| harness.state().state.document.cards[0].optimizer.parameters[0];
    let usual = rate(&harness);
    for _ in 0..11 {
        choose(&mut harness, vec![Command::Samples(SampleCommand::Remove(0))]);
    }
    assert_eq!(harness.state().state.document.landscape.data().unwrap().len(), 1, "one is left");
    assert_eq!(rate(&harness), usual, "and the rate is as before");
}
