//! What a step is measured by: every method's step is the lowest point of its plane on its own ball, and the column says so.

use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use proptest::prelude::*;
use taylorscope::drawing::overlays::BALL;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::{Point, Vector};
use taylorscope::optimizers::{Ball, Choice, ENTRIES, Metric};
use taylorscope::run::{Recipe, Run};
use taylorscope::state::{Command, Pane, RunCommand, Section, ViewCommand};

use crate::desk::{desk, show_tab};

/// How far the ball's normal at the step turns away from −v, as a share of what rounding may do.
fn fault(ball: &Ball, step: Vector) -> f64 {
    let d = ball.explained(step);
    let across = |a: Vector, b: Vector| (a.x * b.y - a.y * b.x).abs();
    match ball.metric {
        Metric::Length => across(d, ball.vector) / (d.norm() * ball.vector.norm()),
        Metric::Form { matrix, .. } => {
            across(matrix.apply(d), ball.vector) / (matrix.norm() * d.norm() * ball.vector.norm())
        }
        // The plane's slope along the axis, against the end that was gone to.
        Metric::OneWeight(axis) => {
            let sideways = d[1 - axis].abs() / d.norm();
            sideways + if ball.vector[axis] * d[axis] <= 0.0 { 0.0 } else { 1.0 }
        }
        // At a corner every sign is against the slope; where a slope is 0 the weight stays.
        Metric::LargestWeight => {
            let best = -ball.vector.abs().sum() * d.amax();
            (ball.vector.dot(&d) - best).abs() / best.abs()
        }
        Metric::None(_) => 0.0,
    }
}

/// Whether the step goes down the plane wherever the metric is one.
fn goes_down(ball: &Ball, step: Vector) -> bool {
    let curves_down = match ball.metric {
        // The sign of an eigenvalue that is nothing but rounding beside the other is not known.
        Metric::Form { matrix, .. } => {
            let [least, most] = matrix.eigen().values;
            least < f64::EPSILON * most.abs()
        }
        _ => false,
    };
    curves_down || !ball.rises(step)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn every_step_is_the_lowest_point_of_its_plane_on_its_ball(
        share in prop::array::uniform2(0.02..0.98_f64),
        surface in prop::sample::select(vec!["quad:kappa=8", "himmelblau", "saddle", "rosenbrock", "tanh2", "logistic", "relu_kink"]),
        noisy in any::<bool>(),
    ) {
        let landscape = Landscape::parse(surface).unwrap();
        let view = landscape.domain();
        let start = Point::new(view.x[0] + share[0] * view.width(), view.y[0] + share[1] * view.height());
        for entry in ENTRIES {
            let mut choice = Choice::of(entry);
            for (name, value) in [("weight_decay", 0.05), ("noise", if noisy { 0.5 } else { 0.0 })] {
                if let Some(index) = entry.parameter_index(name) {
                    choice.set(index, value).unwrap();
                }
            }
            let run = Run::of(&landscape, &Recipe::new(choice, start, 6));
            for index in 0..run.iterates().len() {
                let replayed = run.replayed(index).unwrap();
                let (Ok(step), Some(ball)) = (&replayed.step, replayed.ball) else {
                    prop_assert!(replayed.step.is_err(), "{}: a step has a ball", entry.id);
                    continue;
                };
                if ball.explained(step.proposed).norm() < 1e-9 || ball.rim(step.proposed).is_err() {
                    continue;
                }
                let fault = fault(&ball, step.proposed);
                prop_assert!(fault < 1e-6, "{} on {surface}, step {index}: {ball:?} touches elsewhere, by {fault}", entry.id);
                prop_assert!(goes_down(&ball, step.proposed), "{} on {surface}, step {index}: goes up {ball:?}", entry.id);
            }
        }
    }
}

#[test]
fn what_a_method_is_measured_by() {
    for (method, surface, words, name) in [
        ("gd", "himmelblau", "length", "∇f"),
        ("gd:noise=1", "himmelblau", "length", "noisy ∇f"),
        ("momentum", "himmelblau", "length", "v"),
        ("sign_gd", "himmelblau", "largest weight", "∇f"),
        ("lion", "himmelblau", "largest weight", "c"),
        ("adam", "himmelblau", "√v̂ + ε", "m̂"),
        ("newton", "saddle", "H", "∇f"),
        ("newton:matrix=gauss_newton", "logistic", "G", "∇f"),
        ("natural_gradient", "logistic", "F", "∇f"),
        ("saddle_free", "saddle", "|H|", "∇f"),
        ("levenberg_marquardt", "himmelblau", "H + μI", "∇f"),
        ("trust_region:radius0=0.01", "himmelblau", "H + λI", "∇f"),
        ("bfgs", "himmelblau", "B", "∇f"),
        ("lbfgs", "himmelblau", "B", "∇f"),
        ("coordinate_gd", "himmelblau", "one weight", "∇f"),
        ("finite_step", "himmelblau", "none", "∇f"),
    ] {
        let landscape = Landscape::parse(surface).unwrap();
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(0.3, 0.7), 3);
        let ball = Run::of(&landscape, &recipe).replayed(1).unwrap().ball.unwrap();
        let metric = match ball.metric {
            Metric::Form { name, .. } => name,
            Metric::Length => "length",
            Metric::LargestWeight => "largest weight",
            Metric::OneWeight(_) => "one weight",
            Metric::None(_) => "none",
        };
        assert_eq!((metric, ball.name), (words, name), "{method}");
    }
}

#[test]
fn the_column_says_why_the_step_goes_there() {
    let mut harness = desk(1280.0, 900.0);
    show_tab(&mut harness, Pane::Rule);
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![
        Command::View(ViewCommand::ToggleSection(Section::Ball)),
        Command::View(ViewCommand::ToggleOverlay(BALL)),
    ]);
    for (method, aside, words) in [
        ("gd", "circle", "Of all steps of this length, this one descends most on the plane of ∇f."),
        ("sign_gd", "square", "plane of ∇f: to a corner."),
        ("adam", "ellipse", "this one descends most on the plane of m̂."),
        ("finite_step", "none", "It evaluates the loss itself"),
    ] {
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(card, method))]);
        harness.run_steps(2);
        let said: Vec<String> = harness
            .query_all(By::new())
            .flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()])
            .flatten()
            .collect();
        let is_said = |words: &str| said.iter().any(|text| text.contains(words));
        assert!(is_said(aside), "{method}: {aside}");
        assert!(is_said(words), "{method}: {words}");
    }
}

#[test]
fn the_bars_of_both_directions_have_names() {
    let mut harness = desk(1280.0, 720.0);
    show_tab(&mut harness, Pane::Curvature);
    for name in ["1 − ηλ₁ = 0.1538, monotone", "1 − ηλ₂ = −2.343, diverging"] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    assert!(harness.query_by_label("amplification 2.343").is_some(), "the spectral radius");
    assert!(harness.query_by_label_contains("positive definite, κ 3.951").is_some(), "the condition number");
}
