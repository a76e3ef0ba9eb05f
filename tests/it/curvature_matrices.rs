//! Three curvatures of a network: the part of *this step*, the two local models, and what is said where there is none to draw.

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::{FISHER, GAUSS_NEWTON};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::numbers::numerals::{number, significant};
use taylorscope::optimizers::Choice;
use taylorscope::state::{Command, DocumentCommand, Pane, PlayCommand, RunCommand, Section, ViewCommand};

use crate::desk::{Desk, desk, overshooting, show_tab};

fn desk_of(landscape: &str, at: [f64; 2]) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 900.0);
    let surface = Landscape::parse(landscape).unwrap();
    let state = &mut harness.state_mut().state;
    state.apply(vec![
        Command::Document(DocumentCommand::BringLandscape(Box::new(surface))),
        Command::Document(DocumentCommand::MoveStart(Point::from(at))),
        Command::Play(PlayCommand::GoTo(0)),
    ]);
    harness.run_steps(3);
    harness
}

/// Presses an overlay of the *Show* list.
fn show(harness: &mut Harness<'static, Desk>, label: &str) {
    harness.get_by_label("Show").click();
    harness.run_steps(3);
    harness.get_by_label(label).click();
    harness.run_steps(2);
    harness.get_by_label("Show").click();
    harness.run_steps(3);
}

fn description(harness: &Harness<'static, Desk>, start: &str) -> String {
    let starts = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        let text = node.label().or_else(|| node.value());
        node.role() != Role::TextRun && text.is_some_and(|text| text.starts_with(start))
    };
    let node = harness.get_by(starts).accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

fn slice(harness: &Harness<'static, Desk>) -> String {
    description(harness, "Slice along the step")
}

#[test]
fn the_three_stand_side_by_side_and_a_sentence_says_how_they_differ() {
    let mut harness = desk_of("tanh2", [0.4, 0.3]);
    show_tab(&mut harness, Pane::Curvature);
    assert!(harness.query_by_label("only H is indefinite").is_some(), "the most telling of it is always seen");
    harness.get_by_role_and_label(Role::DisclosureTriangle, Section::Curvatures.title()).click();
    harness.run_steps(3);
    let all = *harness.state().state.derived.curvature_matrices().unwrap();
    for matrix in [all.hessian, all.parts.gauss_newton, all.fisher.unwrap().matrix] {
        let [low, high] = matrix.eigen().values.map(number);
        assert!(harness.query_by_label(&format!("{low}, {high}")).is_some(), "{low}, {high}");
    }
    let residual = all.parts.residual;
    description(&harness, &format!("{}, {}; ", significant(residual.xx, 3), significant(residual.xy, 3)));
    description(
        &harness,
        "The Hessian has negative curvature in one direction. Gauss–Newton omits the term that can, H − G",
    );
    description(&harness, "F = ½G, where y is the output plus normal noise of variance 1");
    for (landscape, at, sentence) in [
        ("linreg", [0.0, 0.0], "H = G: every output is linear in the weights here"),
        ("logistic", [0.0, 0.0], "F = G, where y is 1 with the probability σ(o), else 0."),
        ("relu", [-1.0, -2.0], "G = 0: no weight changes any output here"),
        ("network:w2 tanh(w1 x),loss=mae", [0.4, 0.3], "G = 0: the loss is linear in the output"),
        ("network:w2 tanh(w1 x),loss=huber", [0.4, 0.3], "No Fisher matrix: it needs a probability of y"),
    ] {
        let surface = Landscape::parse(landscape).unwrap();
        let moves = vec![
            Command::Document(DocumentCommand::BringLandscape(Box::new(surface))),
            Command::Document(DocumentCommand::MoveStart(Point::from(at))),
        ];
        harness.state_mut().state.apply(moves);
        harness.run_steps(2);
        description(&harness, sentence);
    }
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
    harness.run_steps(2);
    assert!(harness.query_by_label(Section::Curvatures.title()).is_none(), "a surface has one curvature");
}

#[test]
fn the_local_models_are_shown_from_the_list_and_described_in_the_slice() {
    let mut harness = desk_of("tanh2", [0.9, 0.7]);
    assert!(!slice(&harness).contains("Gauss–Newton"), "off at first");
    show(&mut harness, "Gauss–Newton model");
    show(&mut harness, "Fisher model");
    let (state, said) = (&harness.state().state, slice(&harness));
    let (focus, all) = (state.derived.analysis().unwrap(), state.derived.curvature_matrices().unwrap());
    let step = focus.proposed().unwrap();
    let prediction =
        |matrix: taylorscope::numbers::Symmetric2| focus.model.gradient.dot(&step) + 0.5 * matrix.form(step);
    let change = taylorscope::numbers::numerals::change;
    let [newton, fisher] = [all.parts.gauss_newton, all.fisher.unwrap().matrix].map(prediction).map(change);
    assert!(said.contains(&format!("Gauss–Newton {newton}")), "{newton} in {said}");
    assert!(said.contains(&format!("Fisher: ½G, noise of variance 1 {fisher}")), "{fisher} in {said}");
}

#[test]
fn no_local_model_is_drawn_twice_and_none_where_there_is_none() {
    let mut harness = desk_of("tanh2", [0.9, 0.7]);
    let state = &mut harness.state_mut().state;
    state.apply(vec![
        Command::View(ViewCommand::ToggleOverlay(GAUSS_NEWTON)),
        Command::View(ViewCommand::ToggleOverlay(FISHER)),
    ]);
    let method = Choice::parse("newton:matrix=gauss_newton").unwrap();
    let card = state.selected;
    state.apply(vec![
        Command::Runs(RunCommand::SetMethod(card, method.entry.id)),
        Command::Runs(RunCommand::SetParameter { card, parameter: 1, value: method.parameters[1] }),
    ]);
    harness.run_steps(2);
    assert!(slice(&harness).contains("Gauss–Newton: the same as the method's model"), "{}", slice(&harness));
    let state = &mut harness.state_mut().state;
    state.apply(vec![Command::Runs(RunCommand::SetMethod(card, "gd"))]);
    for (landscape, at, words) in [
        ("logistic", [0.5, 0.5], "Gauss–Newton: the same as the quadratic, Fisher: the same as the quadratic"),
        (
            "network:w2 tanh(w1 x),loss=mae",
            [0.4, 0.3],
            "Gauss–Newton: the plane, G = 0, Fisher: none, this loss is not a likelihood",
        ),
    ] {
        let surface = Landscape::parse(landscape).unwrap();
        let moves = vec![
            Command::Document(DocumentCommand::BringLandscape(Box::new(surface))),
            Command::Document(DocumentCommand::MoveStart(Point::from(at))),
        ];
        harness.state_mut().state.apply(moves);
        harness.run_steps(2);
        assert!(slice(&harness).contains(words), "{landscape}: {}", slice(&harness));
    }
}

#[test]
fn on_every_landscape_and_far_out_nothing_breaks() {
    let mut state = overshooting();
    state.apply(vec![Command::View(ViewCommand::ToggleSection(Section::Curvatures))]);
    state.apply(vec![
        Command::View(ViewCommand::ToggleOverlay(GAUSS_NEWTON)),
        Command::View(ViewCommand::ToggleOverlay(FISHER)),
    ]);
    for entry in taylorscope::landscapes::entries() {
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(entry.id))]);
        for at in [Point::origin(), Point::new(1e200, -1e200), Point::new(-40.0, 25.0)] {
            state.apply(vec![Command::Document(DocumentCommand::MoveStart(at))]);
            let is_network = state.document.landscape.data().is_some();
            assert!(is_network || state.derived.curvature_matrices().is_none(), "{}: a surface", entry.id);
            for words in state
                .derived
                .curvature_matrices()
                .into_iter()
                .flat_map(taylorscope::drawing::network_models::description)
            {
                assert!(!words.contains("NaN"), "{} at {at}: {words}", entry.id);
            }
        }
    }
}
