//! The program beside independent numbers: values, derivatives, paths of methods, critical points and finite steps.

use std::fs;

use serde_json::Value;
use taylorscope::analysis::{Curvature, FiniteStep, LocalModel, Search, linear_validity_radius, trust_region_step};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::{Point, Symmetric2};
use taylorscope::optimizers::Choice;
use taylorscope::run::{Recipe, Run};

use crate::source::root;

/// The cases of a file of `tests/reference/`.
fn cases(name: &str) -> Vec<Value> {
    let path = root().join("tests/reference").join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!cases.is_empty(), "{name} has cases");
    cases
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is a word"))
}

fn point(value: &Value) -> Point {
    let [x, y] = numbers(value)[..] else { panic!("{value} is a point") };
    Point::new(x, y)
}

fn landscape(case: &Value) -> Landscape {
    Landscape::parse(word(&case["landscape"])).unwrap()
}

/// Holds numbers of one kind to the wanted ones: the largest difference, as a share of the largest wanted number or of 1.
fn hold(label: &str, found: &[f64], wanted: &[f64], tolerance: f64) {
    assert_eq!(found.len(), wanted.len(), "{label}: {found:?} beside {wanted:?}");
    let scale = wanted.iter().fold(1.0, |scale: f64, number| scale.max(number.abs()));
    for (found, wanted) in std::iter::zip(found, wanted) {
        let error = (found - wanted).abs() / scale;
        assert!(error <= tolerance, "{label}: {found} instead of {wanted}, {error:e} apart");
    }
}

fn entries(matrix: Symmetric2) -> [f64; 3] {
    [matrix.xx, matrix.xy, matrix.yy]
}

#[test]
fn losses_and_derivatives_are_those_of_automatic_differentiation() {
    const TOLERANCE: f64 = 1e-10;
    for case in cases("points") {
        let landscape = landscape(&case);
        for row in list(&case["rows"]) {
            let row = numbers(row);
            let label = format!("{landscape} at {:?}", &row[..2]);
            let at = Point::new(row[0], row[1]);
            let here = landscape.loss().second_order(at);
            hold(&label, &[here.value], &row[2..3], TOLERANCE);
            hold(&label, here.gradient.as_slice(), &row[3..5], TOLERANCE);
            if case["smooth"] == true {
                hold(&label, &entries(here.hessian), &row[5..8], TOLERANCE);
            }
            if row.len() > 8 {
                let gauss_newton = landscape.loss().gauss_newton(at).map(entries).expect("networks have one");
                hold(&label, &gauss_newton, &row[8..11], TOLERANCE);
            }
        }
    }
}

#[test]
fn backpropagation_has_the_same_value_at_every_node() {
    for case in cases("backprop") {
        let landscape = landscape(&case);
        let nodes =
            landscape.sampled_loss().and_then(|loss| loss.backprop(point(&case["at"]))).expect("a network of one unit");
        for (node, wanted) in std::iter::zip(&nodes, list(&case["samples"])) {
            let forward = [node.u, node.h, node.o, node.loss];
            let back = [node.dl_do, node.dl_dh, node.dl_du, node.dl_dw1, node.dl_dw2];
            hold(&landscape.to_string(), &[&forward[..], &back[..]].concat(), &numbers(wanted), 1e-10);
        }
    }
}

#[test]
fn every_critical_point_is_found_with_its_kind() {
    for case in cases("critical") {
        let landscape = landscape(&case);
        let found = Search::finished(&landscape).points();
        for wanted in list(&case["points"]) {
            let [x, y, kind] = list(wanted) else { panic!("{wanted} is a critical point") };
            let at = Point::new(number(x), number(y));
            let near = found.iter().find(|point| (point.at - at).norm() <= 1e-8 * at.coords.norm().max(1.0));
            let kind_found = near.map(|point| point.kind.word());
            assert_eq!(kind_found, Some(word(kind)), "{landscape} at {at}");
        }
    }
}

#[test]
fn methods_take_the_same_paths_and_end_at_the_same_place() {
    for case in cases("paths") {
        let landscape = landscape(&case);
        let method = Choice::parse(word(&case["method"])).unwrap();
        let path: Vec<Point> = list(&case["path"]).iter().map(point).collect();
        let [limit_step, limit_loss] = match &case["limit"] {
            Value::Null => [0.0, f64::NAN],
            limit => [number(&limit[0]), number(&limit[1])],
        };
        let steps = (path.len() - 1).max(limit_step as usize);
        let run = Run::of(&landscape, &Recipe::new(method.clone(), path[0], steps));
        for (index, wanted) in path.iter().enumerate() {
            let found = run.iterates().get(index).unwrap_or_else(|| panic!("{landscape} {method}: no iterate {index}"));
            let label = format!("{landscape} {method}, iterate {index}");
            hold(&label, found.at.coords.as_slice(), wanted.coords.as_slice(), number(&case["tolerance"]));
        }
        if limit_loss.is_finite() {
            let last = run.iterates().last().expect("it has its start");
            hold(&format!("{landscape} {method}, limit"), &[last.loss], &[limit_loss], 1e-9);
        }
    }
}

#[test]
fn the_lowest_point_of_a_quadratic_in_a_ball_is_that_of_the_reference() {
    let mut kinds = std::collections::BTreeSet::new();
    for case in cases("trust_region") {
        let [gradient, step] = ["g", "p"].map(|key| point(&case[key]).coords);
        let [xx, xy, yy] = numbers(&case["H"])[..] else { panic!("{case} has a matrix") };
        let (hessian, radius, label) = (Symmetric2::new(xx, xy, yy), number(&case["radius"]), case.to_string());
        let found = trust_region_step(gradient, hessian, radius);
        let value = gradient.dot(&found.step) + 0.5 * hessian.form(found.step);
        hold(&label, &[value, found.multiplier], &[number(&case["model"]), number(&case["lam"])], 1e-12);
        let residual = found.residual(gradient, hessian, radius);
        assert!(residual <= 1e-12, "{label}: residual {residual:e}");
        if case["sign_ambiguous"] == Value::Bool(true) {
            hold(&label, &[found.step.norm()], &[step.norm()], 1e-12);
        } else {
            hold(&label, found.step.as_slice(), step.as_slice(), 1e-10);
        }
        kinds.insert(word(&case["case"]).to_owned());
    }
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}

#[test]
fn the_best_finite_step_is_that_of_brute_force() {
    for case in cases("circle") {
        let landscape = landscape(&case);
        let at = point(&case["at"]);
        let gradient = landscape.loss().first_order(at).gradient;
        for row in list(&case["radii"]) {
            let [radius, theta, value] = numbers(row)[..] else { panic!("{row}: radius, angle, value") };
            let label = format!("{landscape} at {at}, radius {radius}");
            let best = FiniteStep::of(landscape.loss(), at, gradient, radius).best.expect("a best step");
            let turn = (best.theta - theta + std::f64::consts::PI).rem_euclid(std::f64::consts::TAU);
            hold(&label, &[turn], &[std::f64::consts::PI], 1e-6);
            hold(&label, &[best.value], &[value], 1e-10);
        }
    }
}

#[test]
fn local_models_have_the_same_spectrum_predictions_and_reach() {
    for case in cases("analysis") {
        let landscape = landscape(&case);
        let at = point(&case["at"]);
        let label = format!("{landscape} at {at}");
        let model = LocalModel::new(landscape.loss(), at);
        let curvature = Curvature::of(&model).expect("finite");
        hold(&label, &curvature.eigen.values, &numbers(&case["eigenvalues"]), 1e-10);
        if !case["newton_step"].is_null() {
            let step = curvature.newton_step.expect("a Newton step");
            hold(&label, step.as_slice(), &numbers(&case["newton_step"]), 1e-8);
        }
        let downhill = -model.gradient.normalize();
        for row in list(&case["along"]) {
            let row = numbers(row);
            let change = model.change(landscape.loss(), downhill * row[0]);
            hold(&label, &[change.linear, change.quadratic, change.actual], &row[1..], 1e-10);
        }
        for row in list(&case["radius"]) {
            let share = number(&row[0]);
            let found =
                linear_validity_radius(landscape.loss(), &model, downhill, share, landscape.domain().size().max(3.0));
            match &row[1] {
                // No such radius up to length 3.
                Value::Null => assert!(found.is_none_or(|radius| radius >= 3.0), "{label}, share {share}: {found:?}"),
                wanted => hold(&label, &[found.expect("a radius")], &[number(wanted)], 1e-7),
            }
        }
    }
}
