//! Minima, saddles and maxima on kinks, and kinks along which the loss is level.

use super::*;
use crate::analysis::Search;

#[test]
fn points_on_kinks_of_formulas_are_found() {
    for (formula, expected) in [
        ("|x|+|y|", &[[0.0, 0.0]][..]),
        ("|x-1|+2|y+0.5|", &[[1.0, -0.5]]),
        ("max(|x|,|y|)", &[[0.0, 0.0]]),
        ("|x|+y^2", &[[0.0, 0.0]]),
        ("|y-x^2|+(1-x)^2", &[[1.0, 1.0]]),
        ("sqrt(x^2+y^2)", &[[0.0, 0.0]]),
        ("sqrt((x-1)^2+(y+1)^2)", &[[1.0, -1.0]]),
        ("sqrt(|x|)+|y|", &[[0.0, 0.0]]),
        ("|x+y|+|x-y-1|", &[[0.5, -0.5]]),
        ("||x|-1|+|y|", &[[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]),
        ("relu(x)-0.5x+y^2", &[[0.0, 0.0]]),
        ("if(x<y, y-x, 2x-2y)+(x+y-1)^2", &[[0.5, 0.5]]),
        ("10|y-sin(x)|+(x-0.3)^2", &[[0.3, 0.295_520_206_661_339_57]]),
        ("|x|", &[[0.0, 0.0]]),
        ("(x^40)^0.01+y^2", &[[0.0, 0.0]]),
        ("cbrt(x)^2+|y|", &[[0.0, 0.0]]),
        // Saddles and maxima.
        ("|x|-y^2", &[[0.0, 0.0]]),
        ("y^2-|x|", &[[0.0, 0.0]]),
        ("-|x|-|y|", &[[0.0, 0.0]]),
        ("|x|-|y|", &[[0.0, 0.0]]),
        ("-sqrt(x^2+y^2)", &[[0.0, 0.0]]),
        ("x y-|x-y|", &[[0.0, 0.0]]),
        // None, or none on a kink.
        ("|x|+0y", &[]),
        ("|x|^3+y^2", &[]),
        ("y^2-|x|^3", &[]),
        ("|x|+y", &[]),
        ("max(x,y)", &[]),
        ("relu(x)-y^2", &[]),
        ("relu(x)+relu(y)", &[]),
        ("|x^2+y^2-1|", &[]),
        ("x^2+y^2", &[]),
    ] {
        let landscape = Landscape::of_formula(formula).unwrap();
        let points = Search::finished(&landscape).points();
        let mut found: Vec<[f64; 2]> =
            points.iter().filter(|point| point.eigenvalues.is_none()).map(|point| [point.at.x, point.at.y]).collect();
        found.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(found.len(), expected.len(), "{formula}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            let away = libm::hypot(found[0] - expected[0], found[1] - expected[1]);
            assert!(away < 1e-8, "{formula}: {found:?}, not {expected:?}");
        }
    }
}

#[test]
fn each_has_its_kind() {
    for (formula, name) in [
        ("|x|+|y|", "minimum on a kink"),
        ("|x|-y^2", "saddle on a kink"),
        ("y^2-|x|", "saddle on a kink"),
        ("|x|-|y|", "saddle on a kink"),
        ("-|x|-|y|", "maximum on a kink"),
        ("-sqrt(x^2+y^2)", "maximum on a kink"),
    ] {
        let points = Search::finished(&Landscape::of_formula(formula).unwrap()).points();
        assert_eq!(points.iter().map(CriticalPoint::name).collect::<Vec<_>>(), [name], "{formula}");
    }
}

/// The minimum of a sum of distances is where the lines of two samples cross, or anywhere between.
#[test]
fn a_network_with_absolute_errors_has_its_minimum() {
    for (samples, expected) in [
        (vec![[0.0, 1.0], [1.0, 3.0], [2.0, 5.5]], [2.25, 1.0]),
        (vec![[-1.0, 0.0], [0.0, 0.5], [1.0, 1.0], [2.0, 9.0], [3.0, 2.0]], [0.5, 0.5]),
    ] {
        let landscape = Landscape::parse("network:w1 x + w2,loss=mae").unwrap().with_samples(samples).unwrap();
        let points = Search::finished(&landscape).points();
        let least = points.iter().min_by(|a, b| a.value.total_cmp(&b.value)).expect("a minimum");
        let away = (least.at - Point::from(expected)).norm();
        assert!(least.kind == Kind::Minimum && away < 1e-8, "{least:?}, not {expected:?}");
    }
}

#[test]
fn level_kinks_are_lines_of_critical_points() {
    for (formula, expected) in [
        ("|x-y|", &["minimum: every point of the line from (−3.0000, −3.0000) to (3.0000, 3.0000)"][..]),
        ("|x|+0y", &["minimum: every point of the line x = 0"]),
        ("|x y|", &["minimum: every point of the line x = 0", "minimum: every point of the line y = 0"]),
        ("-|x-1|+0y", &["maximum: every point of the line x = 1"]),
        ("|x^2+y^2-1|", &["minimum: every point of a closed curve through"]),
        ("|y-x^2|", &["minimum: every point of the curve from (−1.7321, 3.0000) to (1.7321, 3.0000)"]),
        ("sqrt(x^2 y^2)", &["minimum: every point of the line x = 0", "minimum: every point of the line y = 0"]),
        ("|sin(x) sin(y)|", &["minimum: every point of the line x = 0", "minimum: every point of the line y = 0"]),
        ("|x|+|y|", &[]),
        ("|x-y|+1e-5 x", &[]),
        ("max(x,y)", &[]),
        ("x^2+y^2", &[]),
    ] {
        let landscape = Landscape::of_formula(formula).unwrap().with_domain(Some(ViewBox::square(3.0)));
        let search = Search::finished(&landscape);
        let mut found: Vec<String> = search.sets().iter().map(|set| format!("{}: {}", set.kind, set.text)).collect();
        found.sort();
        assert_eq!(found.len(), expected.len(), "{formula}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{formula}: {found}, not {expected}");
        }
        let is_of_line = |point: &CriticalPoint| point.kind != Kind::Maximum;
        let points = search.points();
        assert!(
            expected.is_empty() || !points.iter().any(is_of_line),
            "{formula}: no point of a line by itself: {points:?}"
        );
    }
}

/// Of more samples than kinks are followed the minimum is found all the same, and it is one: the loss is convex.
#[test]
fn absolute_errors_of_many_samples_have_one_minimum() {
    let samples: Vec<[f64; 2]> = (0..81_i32)
        .map(|k| {
            let x = f64::from(k) / 20.0 - 2.0;
            [x, 0.5 * x + 0.3 * libm::sin(7.0 * f64::from(k))]
        })
        .collect();
    let landscape = Landscape::parse("network:w1 x + w2,loss=mae").unwrap().with_samples(samples.clone()).unwrap();
    // The lowest line goes through two of the samples.
    let lines = samples.iter().enumerate().flat_map(|(index, a)| samples[..index].iter().map(move |b| [*a, *b]));
    let through = lines.map(|[a, b]| {
        let slope = (a[1] - b[1]) / (a[0] - b[0]);
        landscape.loss().value(Point::new(slope, a[1] - slope * a[0]))
    });
    let lowest = through.fold(f64::INFINITY, f64::min);
    let points = Search::finished(&landscape).points();
    let [point] = &points[..] else { panic!("{points:?}") };
    assert!(point.kind == Kind::Minimum && (point.value - lowest).abs() < 1e-9, "{point:?}, not {lowest}");
}
