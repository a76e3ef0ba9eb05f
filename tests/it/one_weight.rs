//! Losses of one weight: every method acts on x alone, Newton's steps are those of the closed forms, and the command line speaks
//! of one dimension.

use std::process::Command;

use proptest::prelude::*;
use serde_json::{Value, json};
use taylorscope::analysis::Search;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::{Point, SplitMix64};
use taylorscope::optimizers::{Choice, ENTRIES, Method, Part};
use taylorscope::run::{Energy, Recipe, Run, StepAnalysis};

const FORMULAS: [&str; 10] = [
    "parabola",
    "formula:x^3/3-x",
    "formula:cos(x)",
    "formula:sqrt(1+x^2)",
    "formula:-exp(-x^2)",
    "formula:|x|",
    "formula:x^4",
    "formula:relu(x)-0.3x",
    "formula:1e-9x^2+1e6",
    "formula:x^2-ln(x)",
];

/// The method as it is, and with all that is random or pulls at a weight turned on.
fn settings(method: &'static Method) -> Vec<Choice> {
    let plain = Choice::of(method);
    let mut shaken = plain.clone();
    for (name, value) in [("noise", 0.4), ("weight_decay", 0.3), ("temperature", 0.5), ("seed", 7.0)] {
        if let Some(index) = method.parameter_index(name) {
            shaken.set(index, value).unwrap();
        }
    }
    vec![plain, shaken]
}

#[test]
fn every_method_moves_x_alone() {
    for method in ENTRIES {
        for text in FORMULAS {
            let landscape = Landscape::parse(text).unwrap();
            if method.unsupported_reason(&landscape).is_some() {
                continue;
            }
            let x = 0.3 + SplitMix64::of_names(&[text, method.id]).uniform();
            for choice in settings(method) {
                let mut paths = Vec::new();
                for y in [0.0, -3.7] {
                    let steps = 40;
                    let run = Run::of(&landscape, &Recipe::new(choice.clone(), Point::new(x, y), steps));
                    for (index, iterate) in run.iterates().iter().enumerate() {
                        let is_still = iterate.at.y.to_bits() == y.to_bits() && iterate.taken.y == 0.0;
                        assert!(is_still && iterate.gradient.y == 0.0, "{choice} on {text}, step {index}: {iterate:?}");
                    }
                    let last = run.iterates().len() / 2;
                    let step = run.replayed(last).and_then(|replay| replay.step.ok());
                    let parts = step.map_or_else(Vec::new, |step| step.parts.iter().map(Part::displacement).collect());
                    assert!(parts.iter().all(|part| part.y == 0.0), "{choice} on {text}: {parts:?}");
                    paths.push(run.iterates().iter().map(|iterate| iterate.at.x).collect::<Vec<_>>());
                }
                assert_eq!(paths[0], paths[1], "{choice} on {text}: y changes nothing");
            }
        }
    }
}

/// Newton's method from a start: where it is after a step.
fn newton(formula: &str, x: f64) -> f64 {
    let landscape = Landscape::of_formula(formula).unwrap();
    let run = Run::of(&landscape, &Recipe::new(Choice::parse("newton").unwrap(), Point::new(x, 0.0), 1));
    run.iterates()[1].at.x
}

proptest! {
    #[test]
    fn newtons_step_is_that_of_the_closed_form(x in 0.05..1.4_f64, is_left in any::<bool>()) {
        prop_assume!((1.0 - 2.0 * x * x).abs() > 1e-3);
        let x = if is_left { -x } else { x };
        for (formula, expected) in [
            ("x^3/3-x", (x * x + 1.0) / (2.0 * x)),
            ("cos(x)", x - x.tan()),
            ("sqrt(1+x^2)", -x * x * x),
            ("-exp(-x^2)", x - x / (1.0 - 2.0 * x * x)),
            ("2x^2", 0.0),
        ] {
            let found = newton(formula, x);
            let error = 1e-12 * (1.0 + expected.abs() / (1.0 - 2.0 * x * x).abs());
            prop_assert!((found - expected).abs() <= error, "{} from {}: {} instead of {}", formula, x, found, expected);
        }
    }
}

#[test]
fn newtons_paths_are_those_of_the_closed_forms() {
    for (formula, start, steps, end) in [
        ("x^3/3-x", 0.5, 6, 1.0),
        ("x^3/3-x", -3.0, 8, -1.0),
        ("cos(x)", 2.5, 6, std::f64::consts::PI),
        ("cos(x)", 0.5, 6, 0.0),
        ("sqrt(1+x^2)", 0.9, 7, 0.0),
        ("-exp(-x^2)", 0.4, 6, 0.0),
    ] {
        let landscape = Landscape::of_formula(formula).unwrap();
        let run = Run::of(&landscape, &Recipe::new(Choice::parse("newton").unwrap(), Point::new(start, 0.0), steps));
        let last = run.iterates().last().unwrap().at.x;
        assert!((last - end).abs() < 1e-9, "{formula} from {start}: {last}");
    }
    // Beyond |x| = 1 it leaves, and beyond 1/√2 the step is uphill.
    assert!((newton("sqrt(1+x^2)", 2.0) + 8.0).abs() < 1e-12, "x becomes −x³");
    assert!(newton("-exp(-x^2)", 0.8) > 0.8, "away from the minimum");
}

#[test]
fn methods_of_second_order_and_quasi_newton_find_a_minimum() {
    for text in ["newton_damped", "levenberg_marquardt", "saddle_free", "trust_region", "bfgs", "lbfgs", "cg"] {
        for (formula, start) in
            [("(x^2-1)^2", 0.1), ("sqrt(1+x^2)", 2.0), ("cos(x)", 0.5), ("-exp(-x^2)", 0.9), ("x^2-ln(x)", 3.0)]
        {
            let landscape = Landscape::of_formula(formula).unwrap();
            let choice = Choice::parse(text).unwrap();
            let run = Run::of(&landscape, &Recipe::new(choice, Point::new(start, 0.0), 80));
            let last = run.iterates().last().unwrap();
            let curvature = landscape.loss().second_order(last.at).hessian.xx;
            let is_minimum = last.gradient.norm() < 1e-6 && curvature > 0.0;
            assert!(is_minimum, "{text} on {formula}: f′ = {}, f″ = {curvature} at {}", last.gradient.x, last.at.x);
        }
    }
}

#[test]
fn gradient_descent_on_the_parabola_is_the_worked_example() {
    let landscape = Landscape::parse("parabola").unwrap();
    for (method, expected) in [
        ("gd:lr=0.1", &[0.6, 0.36, 0.216][..]),
        ("gd:lr=0.25", &[0.0]),
        ("gd:lr=0.5", &[-1.0, 1.0]),
        ("gd:lr=0.6", &[-1.4, 1.96]),
        ("momentum:lr=0.1,beta=0.9", &[0.6, 0.0]),
        ("sign_gd:lr=0.1", &[0.9]),
        ("coordinate_gd:lr=0.1", &[0.6, 0.36]),
        ("newton", &[0.0]),
        ("finite_step:radius=0.25", &[0.75, 0.5]),
    ] {
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(1.0, 0.0), expected.len());
        let run = Run::of(&landscape, &recipe);
        for (iterate, expected) in run.iterates()[1..].iter().zip(expected) {
            assert!((iterate.at.x - expected).abs() < 1e-14, "{method}: {} instead of {expected}", iterate.at.x);
        }
    }
}

/// What a ball has to climb is a maximum, as there are no saddles.
#[test]
fn the_barrier_of_one_weight_is_a_maximum() {
    let landscape = Landscape::of_formula("(x^2-1)^2+0.3x").unwrap();
    let run = Run::of(&landscape, &Recipe::new(Choice::parse("momentum").unwrap(), Point::new(1.6, 5.0), 30));
    let points = Search::finished(&landscape).points();
    let analysis = StepAnalysis::of(&run, 3).unwrap();
    let energy = Energy::of(&run, &analysis, &points, None).unwrap();
    let pass = energy.pass.expect("a maximum ahead");
    assert!(pass.saddle.at.x.abs() < 0.1 && (pass.distance - (analysis.iterate.at.x - pass.saddle.at.x)).abs() < 1e-12);
}

/// A loss of one weight has no saddles and no lines of minima.
#[test]
fn critical_points_of_one_weight_are_isolated() {
    for text in FORMULAS {
        let search = Search::finished(&Landscape::parse(text).unwrap());
        assert!(search.points().iter().all(|point| point.kind.word() != "saddle" && point.at.y == 0.0), "{text}");
        assert_eq!(search.sets(), [], "{text}");
    }
}

fn said(words: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_taylorscope")).args(words).output().unwrap();
    let [out, err] = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (done.status.code().unwrap(), out, err)
}

fn answer(words: &[&str]) -> Value {
    let (status, out, err) = said(words);
    assert_eq!((status, err.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{words:?}: {error}: {out}"))
}

#[test]
fn the_command_line_speaks_of_one_weight() {
    let cubic = "formula:x^3/3-x";
    let trace = answer(&["trace", "-l", cubic, "-o", "newton", "--start", "0.5", "--steps", "4", "--json"]);
    let rows = trace["rows"].as_array().unwrap();
    assert_eq!((&rows[1][1], &rows[1][2], &rows[1][5]), (&json!(1.25), &json!(0), &json!(0)), "x, y and gy");
    let kept = answer(&["trace", "-l", cubic, "-o", "gd", "--start", "0.5,2", "--steps", "3", "--json"]);
    assert!(kept["rows"].as_array().unwrap().iter().all(|row| row[2] == json!(2)), "y stays: {kept}");
    let found = answer(&["critical", "-l", cubic, "--json"]);
    let points = found["points"].as_array().unwrap();
    assert_eq!(points[0]["eigenvalues"], json!([2]), "one eigenvalue: {found}");
    assert_eq!(
        (&points[0]["kind"], &points[1]["kind"], &found["sets"]),
        (&json!("minimum"), &json!("maximum"), &json!([]))
    );
    assert_eq!(found["complete"], json!(true), "{found}");
    let analysis = answer(&["analyze", "-l", "parabola", "--at", "1", "--json"]);
    assert_eq!((&analysis["eigenvalues"], &analysis["gd_stability_limit"]), (&json!([4]), &json!(0.5)), "{analysis}");
    assert_eq!((&analysis["newton_step"], &analysis["hessian"]), (&json!([-1, 0]), &json!([4, 0, 0])));
    let values = answer(&["eval", "-l", cubic, "--at", "2", "--at", "-1,3", "--json"]);
    assert_eq!(values["rows"][0]["gradient"], json!([3, 0]), "{values}");
    assert_eq!(values["rows"][1]["at"], json!([-1, 3]), "{values}");
    let circle = answer(&["circle", "-l", cubic, "--at", "0.5", "--radius", "0.1", "--json"]);
    assert_eq!(circle["rows"][0]["delta"], json!([0.1, 0]), "the lower side: {circle}");
    // Text for people has no second weight at all.
    for args in [
        &["trace", "-l", cubic, "-o", "newton", "--start", "0.5", "--steps", "3"][..],
        &["eval", "-l", cubic, "--at", "2"],
        &["critical", "-l", cubic],
        &["analyze", "-l", cubic, "--at", "0.5"],
        &["circle", "-l", cubic, "--at", "0.5", "--radius", "0.1"],
        &["compare", "-l", cubic, "-o", "gd", "--start", "0.5", "--steps", "20"],
        &["basins", "-l", cubic, "-o", "gd", "--steps", "50", "--size", "8"],
        &["sweep", "-l", cubic, "-o", "gd", "--start", "0.5", "--steps", "20", "--x", "lr=0.01..1:log", "--size", "4"],
        &["eval", "-l", "formula:|x|", "--at", "0"],
    ] {
        let (status, out, err) = said(args);
        let words: Vec<&str> = out.split_whitespace().collect();
        assert!(status == 0 && !words.contains(&"y"), "{args:?}: {out}");
        assert!(![&out, &err].iter().any(|text| text.contains(", 0)")), "{args:?}: {out}{err}");
    }
    // A second number is not dropped in silence.
    for args in [
        &["trace", "-l", "parabola", "-o", "gd", "--start", "1,2", "--steps", "3"][..],
        &["compare", "-l", "parabola", "-o", "gd", "--start", "1,2", "--steps", "20"],
        &["sweep", "-l", cubic, "-o", "gd", "--start", "1,2", "--steps", "20", "--x", "lr=0.01..1:log", "--size", "4"],
        &["analyze", "-l", cubic, "--at", "1,2"],
        &["circle", "-l", cubic, "--at", "1,2", "--radius", "0.1"],
        &["eval", "-l", cubic, "--at", "0.5", "--at", "1,2"],
    ] {
        let (status, out, err) = said(args);
        let is_said = [&out, &err].iter().any(|text| text.contains("one weight: y = 2 changes nothing"));
        assert!(status == 0 && is_said, "{args:?}: {out}{err}");
    }
    let (status, _, err) = said(&["eval", "-l", "bowl", "--at", "1"]);
    assert!(status == 2 && err.contains("a comma between two numbers"), "two weights need two numbers: {err}");
}
