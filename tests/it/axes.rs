//! Rescaled axes: which methods take the same path on f(x) and on f(Ay), and which do not.

use egui_kittest::kittest::Queryable as _;
use serde_json::Value;
use taylorscope::landscapes::{Group, Landscape, RescaledAxes, entries};
use taylorscope::numbers::{Point, SplitMix64, Vector};
use taylorscope::optimizers::Choice;
use taylorscope::run::{Recipe, Run};
use taylorscope::state::{Command, Document, DocumentCommand, HistoryCommand, Pane, State, ViewCommand, WindowCommand};

use crate::desk::{drag, opened, says, show_tab};
use crate::robust::call;

/// Twenty axes drawn at random: factors from 1/10 to 10, any turn.
fn random_axes() -> Vec<RescaledAxes> {
    let mut random = SplitMix64::new(7);
    let mut axes = || RescaledAxes {
        stretch: libm::pow(10.0, 2.0 * random.uniform() - 1.0),
        angle: std::f64::consts::TAU * random.uniform(),
    };
    (0..20).map(|_| axes()).collect()
}

/// The iterates of a run, in the axes of f.
fn path(landscape: &Landscape, method: &str, start: Point, steps: usize) -> Vec<Point> {
    let axes = landscape.axes();
    let recipe = Recipe::new(Choice::parse(method).unwrap(), axes.into(start), steps);
    Run::of(landscape, &recipe).iterates().iter().map(|iterate| axes.out_of(iterate.at)).collect()
}

/// How far apart two paths are at most, step by step, as a share of the largest of their weights.
fn apart(a: &[Point], b: &[Point]) -> f64 {
    let size = a.iter().map(|at| at.coords.norm()).fold(1.0, f64::max);
    std::iter::zip(a, b).map(|(a, b)| (a - b).norm() / size).fold(0.0, f64::max)
}

#[test]
fn one_newton_step_leads_to_the_same_point_in_any_axes() {
    let axes = random_axes();
    let mut checked = 0;
    for entry in entries().filter(|entry| !matches!(entry.group, Group::Kinks | Group::Networks)) {
        let plain = Landscape::of(entry);
        if plain.dimension().is_one() {
            continue;
        }
        let view = plain.domain();
        let mut random = SplitMix64::new(11);
        for _ in 0..12 {
            let [x, y] = [view.x, view.y].map(|[low, high]| low + (high - low) * random.uniform());
            let start = Point::new(x, y);
            let [low, high] = plain.loss().second_order(start).hessian.eigen().values;
            // Where the Hessian is nearly singular its solution has few digits in any axes.
            if low.abs().min(high.abs()) < 1e-4 * low.abs().max(high.abs()) {
                continue;
            }
            let [_, wanted] = path(&plain, "newton", start, 1)[..] else { panic!("{}: no step at {start}", entry.id) };
            for axes in &axes {
                let [_, found] = path(&plain.with_axes(*axes).unwrap(), "newton", start, 1)[..] else {
                    panic!("{} in {axes:?}: no step at {start}", entry.id)
                };
                let error = (found - wanted).norm() / wanted.coords.norm().max((wanted - start).norm());
                assert!(error <= 1e-9, "{} in {axes:?} from {start}: {found} and {wanted}, {error:e}", entry.id);
                checked += 1;
            }
        }
    }
    assert!(checked > 3000, "{checked} steps");
}

#[test]
fn newtons_path_is_the_same_and_those_of_first_order_are_not() {
    for (text, start) in
        [("quad", [1.0, 2.0]), ("rosenbrock", [-1.2, 1.0]), ("himmelblau", [4.0, 4.0]), ("matyas", [8.0, -6.0])]
    {
        let plain = Landscape::parse(text).unwrap();
        let start = Point::from(start);
        for axes in random_axes().into_iter().step_by(4) {
            let rescaled = plain.with_axes(axes).unwrap();
            let [own, other] = [&plain, &rescaled].map(|landscape| path(landscape, "newton", start, 12));
            assert_eq!(own.len(), other.len(), "{text} in {axes:?}: as many steps");
            let error = apart(&own, &other);
            assert!(error <= 1e-6, "{text} in {axes:?}: {error:e} apart on the way to the minimum");
        }
        let rescaled = plain.with_axes(RescaledAxes { stretch: 3.0, angle: 0.5 }).unwrap();
        for method in ["gd:lr=0.0001", "adam:lr=0.05", "sign_gd:lr=0.05"] {
            let [own, other] = [&plain, &rescaled].map(|landscape| path(landscape, method, start, 12));
            let way = (own[own.len() - 1] - start).norm();
            let error = apart(&own, &other) * own.iter().map(|at| at.coords.norm()).fold(1.0, f64::max);
            assert!(error > 0.1 * way, "{text}, {method}: only {error:e} apart on a way of {way}");
        }
    }
}

/// With a diagonal A, gradient descent at the rate η/s² for the stretched weight walks the same path.
#[test]
fn a_rate_for_each_weight_undoes_a_stretch() {
    let plain = Landscape::parse("himmelblau").unwrap();
    let (rate, start) = (0.01, Point::new(0.5, -1.0));
    for stretch in [0.2, 3.0, 40.0] {
        let rescaled = plain.with_axes(RescaledAxes { stretch, angle: 0.0 }).unwrap();
        let mut y = rescaled.axes().into(start);
        let mut own = vec![start];
        for _ in 0..40 {
            let gradient = rescaled.loss().first_order(y).gradient;
            y -= Vector::new(gradient.x * rate / (stretch * stretch), gradient.y * rate);
            own.push(rescaled.axes().out_of(y));
        }
        let wanted = path(&plain, "gd:lr=0.01", start, 40);
        let error = apart(&own, &wanted);
        assert!(error < 1e-10, "stretched by {stretch}: {error:e} apart");
    }
}

#[test]
fn the_command_line_takes_axes_in_the_spelling_and_as_options() {
    let traced = |words: &[&str]| -> Vec<[f64; 2]> {
        let done = call(&[&["trace", "-o", "newton", "--steps", "3", "--json"], words].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let trace: Value = serde_json::from_slice(&done.stdout).unwrap();
        let rows = trace["rows"].as_array().unwrap();
        rows.iter().map(|row| [1, 2].map(|column| row[column].as_f64().unwrap())).collect()
    };
    let axes = RescaledAxes { stretch: 2.0, angle: 0.3 };
    let start = axes.into(Point::new(-1.2, 1.0));
    let at = format!("{},{}", start.x, start.y);
    let plain = traced(&["-l", "rosenbrock", "--start", "-1.2,1"]);
    for words in [
        &["-l", "rosenbrock:stretch=2,angle=0.3", "--start", &at][..],
        &["-l", "rosenbrock", "--stretch", "2", "--angle", "0.3", "--start", &at],
    ] {
        let found: Vec<Point> = traced(words).into_iter().map(|y| axes.out_of(Point::from(y))).collect();
        let wanted: Vec<Point> = plain.iter().map(|x| Point::from(*x)).collect();
        assert!(apart(&found, &wanted) < 1e-12, "{words:?}: {found:?}");
    }
    for (words, message) in [
        (&["-l", "quad", "--stretch", "0"][..], "stretch cannot be 0"),
        (&["-l", "quad", "--angle", "left"], "--angle"),
        (&["-l", "parabola", "--angle", "1"], "this loss has one"),
    ] {
        let done = call(&[&["trace", "-o", "gd", "--start", "1,1", "--steps", "2"], words].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && said.contains(message), "{words:?}: {said}");
    }
}

#[test]
fn in_the_window_the_axes_are_stretched_under_the_runs_and_taken_back() {
    let mut document = Document::new(Landscape::parse("rosenbrock:b=10").unwrap());
    let start = Point::new(-1.2, 1.0);
    document.start = start;
    document.cards.clear();
    for method in ["newton", "gd:lr=0.005"] {
        document.add(Choice::parse(method).unwrap());
    }
    let mut state = State::new(document);
    state.apply(vec![Command::Window(WindowCommand::ToggleSetup)]);
    let mut harness = opened(state);
    harness.get_by_label("rescale the axes").click();
    harness.run_steps(12);
    let paths = |state: &State| -> Vec<Vec<Point>> {
        let axes = state.document.landscape.axes();
        let run = |(_, run): (_, &Run)| run.iterates().iter().take(9).map(|iterate| axes.out_of(iterate.at)).collect();
        state.derived.runs().map(run).collect()
    };
    let before = paths(&harness.state().state);
    let slider = harness.get_by_label_contains("stretch of the axes, as a number");
    slider.click();
    harness.run_steps(3);
    harness.get_by_label_contains("stretch of the axes, as a number").type_text("3");
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(4);
    let state = &harness.state().state;
    assert_eq!(state.document.landscape.axes(), RescaledAxes { stretch: 3.0, angle: 0.0 }, "as it was typed");
    let after = paths(state);
    assert!((after[0][0] - start).norm() < 1e-12, "the start is the same point");
    assert!(apart(&before[0], &after[0]) < 1e-9, "Newton's path is the same");
    assert!(apart(&before[1], &after[1]) > 0.1, "that of gradient descent is not");
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::SetAxes(RescaledAxes { stretch: 0.0, angle: 0.0 })),
        Command::History(HistoryCommand::Undo),
    ]);
    assert_eq!(paths(&harness.state().state), before, "taken back, and what is no factor changes nothing");
}

/// Newton's path and that of the gradient in both axes, side by side, while the handle is dragged.
#[test]
fn the_handle_turns_the_axes_and_the_paths_are_told_apart() {
    let mut document = Document::new(Landscape::parse("rosenbrock").unwrap());
    document.cards.clear();
    for method in ["newton", "gd:lr=0.001"] {
        document.add(Choice::parse(method).unwrap());
    }
    let mut harness = opened(State::new(document));
    show_tab(&mut harness, Pane::Axes);
    assert!(says(&harness, "Drag the tip of the circle"), "plain axes: it says what can be done");
    let [own, _] = harness.state().canvases.axes.mappings.unwrap();
    let landscape = Landscape::parse("rosenbrock").unwrap();
    let view = landscape.frame();
    let radius = 0.16 * view.width().min(view.height());
    let at = |x: f64, y: f64| own.position(view.center() + Vector::new(x, y) * radius);
    drag(&mut harness, &[at(1.0, 0.0), at(1.5, 0.8), at(1.6, 1.2)]);
    let axes = harness.state().state.document.landscape.axes();
    assert!((axes.stretch - 2.0).abs() < 0.15 && (axes.angle - 0.64).abs() < 0.08, "{axes:?}");
    assert!(says(&harness, "Newton: one path in both"), "but for rounding");
    assert!(says(&harness, "Gradient descent: two paths"), "and that of descent is another");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(harness.state().state.document.landscape.axes(), RescaledAxes::PLAIN, "one drag, one step back");
    assert!(!says(&harness, "the map keeps one"));
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::SetAxes(axes)),
        Command::View(ViewCommand::SetUndoesStretch(true)),
    ]);
    harness.run_steps(3);
    assert!(says(&harness, "with two rates in these pictures alone: the map keeps one."), "what plays is another run");
}
