//! What a person does with the curve of a loss of one weight: looks at it, drags the start along it, and reads the strip.

use std::collections::HashSet;

use egui::{Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use taylorscope::drawing::Pane;
use taylorscope::drawing::compose::InsideStep;
use taylorscope::drawing::curve::{BasinStretch, StretchEnd, shade_of_basin, slope_chart, value_chart};
use taylorscope::drawing::ink::{Ink, MarkerShape};
use taylorscope::drawing::overlays::{PREDICTIONS, REGION};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::{Point, SplitMix64};
use taylorscope::optimizers::{Choice, ENTRIES};
use taylorscope::render::context::overlay_context;
use taylorscope::run::{Recipe, Run};
use taylorscope::state::{
    Command, DocumentCommand, PlayCommand, RunCommand, State, TypeScale, ViewCommand, WindowCommand,
};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, drag, opened, opened_in_size, says};
use crate::some::some;

/// A formula in x alone with one run.
fn state(formula: &str, method: &str, x: f64) -> State {
    let mut state = State::opening();
    let card = state.document.cards[0].id;
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("formula")),
        Command::Document(DocumentCommand::TypeFormula(formula.to_owned())),
        Command::Runs(RunCommand::SetMethod(card, Choice::parse(method).unwrap().entry.id)),
        Command::Document(DocumentCommand::MoveStart(Point::new(x, 0.0))),
    ]);
    state.finish();
    state
}

fn canvas(harness: &Harness<'static, Desk>) -> String {
    let curve = harness
        .get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with("Curve")));
    curve.accesskit_node().label().unwrap_or_default()
}

#[test]
fn a_formula_in_x_alone_opens_as_a_curve() {
    let harness = opened(state("x^3/3-x", "newton", 0.5));
    assert_eq!(canvas(&harness), "Curve of Your formula: step 0 at x = 0.5000, loss −0.4583, slope −0.7500");
    for words in ["The slope f′ of the curve", "w = 0.5000", "f′ −0.7500"] {
        assert!(says(&harness, words), "{words}");
    }
    assert!(harness.query_by_label("start y").is_none(), "there is no y");
    let surface = harness.query_all_by(|node| node.label().is_some_and(|label| label.contains("Surface of")));
    assert_eq!(surface.count(), 0, "and no surface");
    let landscape = &harness.state().state.document.landscape;
    let suited: Vec<Pane> = Pane::ALL.into_iter().filter(|pane| pane.suits(landscape)).collect();
    for two in [Pane::Surface, Pane::Circle] {
        assert!(!suited.contains(&two), "{two:?} is of two weights");
    }
}

/// Also before a class, on the smallest projector: f and f′ above each other, both as large as can be read.
#[test]
fn the_slope_stands_below_the_curve_before_a_class_too() {
    for [width, height] in [[1280.0, 720.0], [1024.0, 768.0], [1920.0, 1080.0]] {
        let mut harness = opened_in_size(state("x^3/3-x", "newton", 0.5), width, height);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        harness.run_steps(4);
        assert_eq!(harness.state().state.view.chrome.type_scale, TypeScale::Lecture, "large type");
        let place = |name: &str| {
            let named = |node: &AccessKitNode<'_>| {
                node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with(name))
            };
            harness.get_by(named).rect()
        };
        let [value, slope] = [place("Curve"), place("The slope f′")];
        assert!(value.bottom() <= slope.top() && value.x_range() == slope.x_range(), "{value} above {slope}");
        assert!(value.height() > 110.0 && slope.height() > 60.0, "{width}×{height}: {value} and {slope}");
    }
}

/// Of curves that end in the upper corners as well as of others.
#[test]
fn the_name_of_a_curve_stands_beside_it() {
    for (formula, x) in [("2x^2", 1.5), ("x^3/3-x", 0.5), ("cos(x)", 1.0), ("x^4-2x^2+0.3x", -0.3), ("|x|", 1.0)] {
        let state = state(formula, "gd", x);
        let view = state.view.scene.frame(&state.document.landscape);
        let size = [600.0, 300.0];
        let context = overlay_context(&state, paths(&state), view, PageScale::filling(view, size));
        let loss = state.document.landscape.loss();
        let value = |x: f64| loss.value(Point::new(x, 0.0));
        let slope = |x: f64| loss.first_order(Point::new(x, 0.0)).gradient.x;
        let charts = [value_chart(&context, size, &|_| true, &[], None), slope_chart(&context, size, &|_| true)];
        let curves: [(&str, &dyn Fn(f64) -> f64); 2] = [("f", &value), ("f′", &slope)];
        for (chart, (name, curve)) in charts.into_iter().zip(curves) {
            let places = chart.primitives.iter().find_map(|primitive| match primitive {
                Primitive::Name { places, text, .. } if text == name => Some(places),
                _ => None,
            });
            let (at, _) = places.expect("a name")[0];
            for aside in [-0.02, -0.01, 0.0, 0.01, 0.02] {
                let away = (curve(at.x + aside * chart.view.width()) - at.y).abs() / chart.view.height();
                assert!(away > 0.1, "{formula}: {name} at {at} lies on the curve: {away}");
            }
        }
    }
}

#[test]
fn the_words_are_those_of_one_weight() {
    let mut harness = opened(state("2x^2", "gd", 1.5));
    for words in ["The tangent line", "The tangent line predicted", "f″"] {
        assert!(says(&harness, words), "{words}");
    }
    for words in ["λ", "plane predicted", "y ←", "∂f/∂y"] {
        assert!(!says(&harness, words), "{words}");
    }
    harness
        .state_mut()
        .state
        .apply(vec![Command::Play(PlayCommand::GoTo(1000)), Command::View(ViewCommand::ShowTab(Pane::Loss))]);
    harness.state_mut().state.finish();
    harness.run_steps(3);
    assert!(says(&harness, "to a minimum") && says(&harness, "minimum, at x = "), "at its end");
}

#[test]
fn the_start_is_dragged_along_the_curve_and_y_stays() {
    let mut harness = opened(state("(x^2-1)^2", "gd", 1.5));
    let place = |harness: &Harness<'static, Desk>, x: f64| -> Pos2 {
        let landscape = &harness.state().state.document.landscape;
        let at = Point::new(x, landscape.loss().value(Point::new(x, 0.0)));
        harness.state().canvases.curve.mapping.unwrap().position(at)
    };
    let [from, to] = [1.5, -0.5].map(|x| place(&harness, x));
    drag(&mut harness, &[from, from + (to - from) * 0.5, to]);
    let start = harness.state().state.document.start;
    assert!((start.x + 0.5).abs() < 0.05 && start.y == 0.0, "{start}");
}

/// Newton's method ends in the maximum from the middle, and in either minimum from outside; descent divides the interval in two.
#[test]
fn the_strip_shows_the_basins_of_the_chosen_method() {
    let ends = |method: &str| {
        let state = state("(x^2-1)^2", method, 0.1);
        state.derived.line_basins().iter().map(|stretch| stretch.end).collect::<Vec<_>>()
    };
    assert_eq!(ends("trust_region"), [StretchEnd::Minimum(0), StretchEnd::Minimum(2)], "on both sides of the maximum");
    let newton = ends("newton");
    assert!(newton.contains(&StretchEnd::Other(1)) && newton.len() >= 5, "{newton:?}");
    assert_eq!(newton.first(), Some(&StretchEnd::Minimum(0)), "{newton:?}");
    let hopping = state("|x-0.3|", "gd", 1.0);
    let ends: Vec<StretchEnd> = hopping.derived.line_basins().iter().map(|stretch| stretch.end).collect();
    assert_eq!(ends, [StretchEnd::Around(0)], "a fixed step never settles at a kink");
}

/// Walked one by one, each start ends where its place in the strip says: at a critical point only if it comes to rest there.
#[test]
fn the_strip_is_what_single_starts_come_to() {
    for formula in ["-exp(-x^2)", "cos(x)", "x^3/3-x", "sqrt(1+x^2)"] {
        let state = state(formula, "newton", 0.8);
        let landscape = &state.document.landscape;
        let recipe = state.derived.run(state.selected).unwrap().recipe().clone();
        let mut critical: Vec<f64> = state.derived.critical_points().iter().map(|point| point.at.x).collect();
        critical.sort_by(f64::total_cmp);
        let walks = state.derived.basin_walks().unwrap();
        for ([from, to], _) in walks.cells() {
            let start = Point::new(0.5 * (from + to), 0.0);
            let run = Run::of(landscape, &Recipe { start, steps: 2000, tolerance: Some(1e-9), ..recipe.clone() });
            let end = run.iterates().last().unwrap().at.x;
            let nearest = critical.iter().position(|at| (at - end).abs() < 1e-3);
            let holds = |stretch: &&BasinStretch| stretch.x[0] <= start.x && start.x <= stretch.x[1];
            let said = state.derived.line_basins().iter().find(holds).unwrap().end;
            let place = match said {
                StretchEnd::Minimum(place) | StretchEnd::Other(place) => Some(place),
                StretchEnd::Diverges | StretchEnd::Undecided => None,
                StretchEnd::Around(_) => panic!("{formula}: from {start} it stays around nothing, but comes to {end}"),
            };
            assert_eq!(place, nearest, "{formula}: from {start} to x = {end}, in the strip {said:?}");
        }
    }
}

/// Many basins, as of Newton's method on a wave: each unlike its neighbors, and counted where their names have no room.
#[test]
fn the_strip_of_many_basins_has_colors_and_a_whole_key() {
    let harness = opened(state("cos(x)", "newton", 2.0));
    let state = &harness.state().state;
    let basins = state.derived.line_basins();
    for pair in basins.windows(2) {
        let [one, other] = [0, 1].map(|place| shade_of_basin(pair[place].end));
        assert_ne!(one, other, "{pair:?}");
    }
    let inks: HashSet<Ink> = basins.iter().map(|stretch| shade_of_basin(stretch.end).0).collect();
    assert!(inks.len() >= 5, "{inks:?}");
    assert!(says(&harness, " basins; that of this start ends at x = 3.142"), "counted");
}

#[test]
fn the_strip_has_its_key() {
    let mut harness = opened(state("(x^2-1)^2", "newton", 0.1));
    for words in ["where runs end", "x = −1", "maximum x = 0"] {
        assert!(says(&harness, words), "{words}");
    }
    let card = harness.state().state.selected;
    let rate = Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 1.3 });
    let commands = vec![Command::Runs(RunCommand::SetMethod(card, "gd")), rate];
    harness.state_mut().state.apply(commands);
    harness.state_mut().state.finish();
    harness.run_steps(3);
    assert!(says(&harness, "diverges") && !says(&harness, "maximum x = 0"), "of the chosen method");
}

/// The primitives of both charts.
fn drawn(state: &State) -> Vec<Primitive<'static>> {
    let view = state.document.landscape.domain();
    let size = [600.0, 300.0];
    let context = overlay_context(state, paths(state), view, PageScale::filling(view, size));
    let inside =
        state.view.scene.inside.map(|inside| InsideStep { substeps: state.derived.substeps(), place: inside.place });
    let value = value_chart(&context, size, &|id| state.view.sees(id), state.derived.line_basins(), inside);
    let slope = slope_chart(&context, size, &|id| state.view.sees(id));
    value.primitives.into_iter().chain(slope.primitives).collect()
}

fn ink(primitive: &Primitive<'_>) -> Ink {
    match primitive {
        Primitive::Line { pen, .. } | Primitive::Arrow { pen, .. } | Primitive::Marks { pen, .. } => pen.ink,
        Primitive::Area { ink, .. }
        | Primitive::Star { ink, .. }
        | Primitive::Text { ink, .. }
        | Primitive::Name { ink, .. } => *ink,
        Primitive::Figure { on, .. } => *on,
        Primitive::Label(label) => label.ink,
    }
}

/// Whatever the formula, the method and the step: what is drawn are numbers, and both models are among it.
#[test]
fn every_method_is_drawn_on_every_curve() {
    const FORMULAS: [&str; 11] = [
        "2x^2",
        "x^3/3-x",
        "cos(x)",
        "|x|",
        "ln(x)+1/x",
        "relu(x)",
        "0x",
        "exp(20x)",
        "floor(x)+x^2",
        "1e308x^2",
        "1/x",
    ];
    for method in some(ENTRIES, 3) {
        // One of the formulas for each method by its name, two in a long run.
        let mut random = SplitMix64::of_names(&[method.id]);
        let formulas = [0, 1].map(|_| FORMULAS[(random.uniform() * FORMULAS.len() as f64) as usize]);
        for formula in some(formulas, 2) {
            if method.unsupported_reason(&Landscape::of_formula(formula).unwrap()).is_some() {
                continue;
            }
            let mut state = state(formula, method.id, 0.7);
            for step in some([7, 0, 1000, 1], 2) {
                state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
                let drawn = drawn(&state);
                let is_finite = drawn.iter().all(|primitive| match primitive {
                    Primitive::Line { places, .. } | Primitive::Marks { places, .. } => {
                        (0..places.len()).all(|index| places.get(index).coords.iter().all(|number| number.is_finite()))
                    }
                    Primitive::Text { at, .. } => at.coords.iter().all(|number| number.is_finite()),
                    _ => true,
                });
                assert!(is_finite, "{} on {formula}, step {step}", method.id);
                assert!(drawn.iter().any(|primitive| ink(primitive) == Ink::Truth), "{} on {formula}", method.id);
            }
        }
    }
    let inks: Vec<Ink> = drawn(&state("x^3/3-x", "newton", 0.5)).iter().map(ink).collect();
    for wanted in [Ink::Plane, Ink::Quadratic, Ink::Gap, Ink::Truth] {
        assert!(inks.contains(&wanted), "{wanted:?}");
    }
}

#[test]
fn in_fog_neither_curve_nor_strip_is_seen() {
    let mut state = state("x^3/3-x", "gd", 0.5);
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(taylorscope::drawing::overlays::FOG))]);
    state.finish();
    assert_eq!(state.derived.line_basins(), [], "no strip");
    let long = drawn(&state).into_iter().filter(
        |primitive| matches!(primitive, Primitive::Line { places, pen } if pen.ink == Ink::Truth && places.len() > 100),
    );
    assert_eq!(long.count(), 0, "no curve");
}

/// The names that are drawn.
fn named(state: &State) -> Vec<String> {
    let texts = drawn(state).into_iter().filter_map(|primitive| match primitive {
        Primitive::Name { text, .. } | Primitive::Text { text, .. } => Some(text),
        _ => None,
    });
    texts.collect()
}

#[test]
fn both_curves_have_their_names() {
    let names = named(&state("2x^2", "gd", 1.5));
    for name in ["f", "f′"] {
        assert!(names.iter().any(|text| text == name), "{names:?}");
    }
}

/// Of 2x² at 1.5 the tangent line is right within 10 % from 1.2 to 1.8.
#[test]
fn the_region_of_validity_is_an_interval_on_the_curve_and_in_words() {
    let mut state = state("2x^2", "gd", 1.5);
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(REGION))]);
    let band = drawn(&state).into_iter().find_map(|primitive| match primitive {
        Primitive::Area { corners, ink: Ink::Plane, .. } => Some([corners[0].x, corners[1].x]),
        _ => None,
    });
    let [left, right] = band.unwrap();
    assert!((left - 1.2).abs() < 1e-6 && (right - 1.8).abs() < 1e-6, "{left} to {right}");
    assert!(named(&state).iter().any(|text| text == "tangent line right within 10 %"));
    state.apply(vec![
        Command::View(ViewCommand::ShowTab(Pane::Curvature)),
        Command::View(ViewCommand::ToggleSection(taylorscope::state::Section::Reach)),
    ]);
    let harness = opened(state);
    for words in ["tangent line valid up to", "largest |f″|", "line's error", "1.200 ≤ x ≤ 1.800"] {
        assert!(says(&harness, words), "{words}");
    }
    for words in ["‖H‖", "plane error", "plane valid"] {
        assert!(!says(&harness, words), "{words}");
    }
}

#[test]
fn trial_points_and_predictions_are_on_the_curve() {
    let mut state = state("x^4/4-x^2/2+0.1x", "gd_armijo", 3.0);
    let step = state.derived.analysis().unwrap().replayed.step.clone().unwrap();
    assert!(step.trials.len() > 1, "it backtracks");
    let marks = |state: &State, shape: MarkerShape| -> Vec<Point> {
        let found = drawn(state).into_iter().filter_map(|primitive| match primitive {
            Primitive::Marks { places, shape: of, .. } if of == shape => Some(places.get(0)),
            _ => None,
        });
        found.collect()
    };
    let crosses = marks(&state, MarkerShape::Cross);
    let view = state.document.landscape.domain();
    for trial in step.trials.iter().filter(|trial| !trial.accepted && view.x[0] <= trial.at.x) {
        let at = Point::new(trial.at.x, trial.value);
        assert!(crosses.contains(&at) || trial.value > 100.0, "{at} among {crosses:?}");
    }
    state.apply(vec![Command::Play(PlayCommand::GoTo(3)), Command::View(ViewCommand::ToggleOverlay(PREDICTIONS))]);
    let run = state.derived.run(state.selected).unwrap();
    let report = run.step_report(2).unwrap();
    let dots = marks(&state, MarkerShape::Circle);
    assert!(dots.contains(&Point::new(report.landing.x, report.loss)), "at every landing: {dots:?}");
}

/// From inside, a step is drawn piece by piece: the quadratic only once the rule has asked for it.
#[test]
fn a_step_is_looked_at_from_inside_on_the_curve() {
    let mut state = state("x^4/4-x^2/2+0.1x", "newton_damped", 1.8);
    state.apply(vec![Command::Play(PlayCommand::StepInside(1))]);
    let count = state.derived.substeps().len();
    assert!(count > 2, "{count} sub-steps");
    let inks = |state: &State| drawn(state).iter().map(ink).collect::<Vec<Ink>>();
    let has_parabola = |state: &State| {
        drawn(state).iter().any(|primitive| {
            matches!(primitive, Primitive::Line { places, pen } if pen.ink == Ink::Quadratic && places.len() > 50)
        })
    };
    assert!(!has_parabola(&state), "not asked for yet");
    assert!(inks(&state).contains(&Ink::Plane), "the slope is");
    for _ in 1..count {
        state.apply(vec![Command::Play(PlayCommand::StepInside(1))]);
    }
    assert!(has_parabola(&state) && named(&state).iter().any(|text| text == "landing"), "at the end all of it");
}
