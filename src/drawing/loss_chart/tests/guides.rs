//! Guide lines are those of the theorems, name their formulas, and say why where there are none.

use super::*;

/// The guide lines, from where they begin to where they leave.
fn guide_lines(chart: &LossChart) -> Vec<[Point; 2]> {
    let line = |primitive: &Primitive<'_>| match primitive {
        Primitive::Line { places, pen } if pen.ink == Ink::Muted && places.len() >= 2 => {
            Some([0, 1].map(|index| places.get(index)))
        }
        _ => None,
    };
    chart.primitives.iter().filter_map(line).collect()
}

/// Their slopes, in powers of ten a step.
fn guide_slopes(chart: &LossChart) -> Vec<f64> {
    guide_lines(chart).iter().map(|[from, to]| (to.y - from.y) / (to.x - from.x)).collect()
}

/// On a quadratic the loss falls by the square of the factor that the theorem says, at the best rate from the first step on; the
/// heavy ball's line is the steepest, and Newton's digits double.
#[test]
fn guide_lines_are_those_of_the_theorems() {
    let choice = ChartChoice { guides: true, ..on(ChartScale::LogAbove) };
    for kappa in [5.0, 20.0, 200.0] {
        let spelled = format!("quad:kappa={kappa}");
        let landscape = Landscape::parse(&spelled).unwrap();
        let [low, high] = landscape.loss().second_order(Point::origin()).hessian.eigen().values;
        let best = 2.0 / (low + high);
        let scene = Scene::of(&spelled, &[&format!("gd:lr={best}")], [-2.1, 1.7], 60);
        let slopes = guide_slopes(&scene.chart_at(10, choice, &[]));
        let losses = [10, 50].map(|step: usize| libm::log10(scene.runs[0].iterates()[step].loss));
        let measured = (losses[1] - losses[0]) / 40.0;
        assert_eq!(slopes.len(), 4, "its own, descent's, Nesterov's, the heavy ball's");
        for slope in &slopes[..2] {
            assert!((slope / measured - 1.0).abs() < 1e-6, "κ = {kappa}: {slopes:?} for {measured}");
        }
        assert!(slopes.is_sorted_by(|a, b| a >= b), "each steeper than the one before: {slopes:?}");
    }
    let newton = Scene::of("rosenbrock", &["newton"], [-1.2, 1.0], 60);
    let tail = guide_slopes(&newton.chart_at(5, choice, &[]));
    assert!(tail.len() == 1 && tail[0] < -3.0, "{tail:?}");
    assert!(guide_slopes(&newton.chart_at(4, on(ChartScale::LogAbove), &[])).is_empty(), "by choice");
}

/// They begin where the premise of their theorem holds, and do not move with the playhead.
#[test]
fn guide_lines_stay_where_they_begin() {
    let choice = ChartChoice { guides: true, ..on(ChartScale::LogAbove) };
    for (landscape, method, start, begin) in [
        ("quad", "gd:lr=0.01", [-2.1, 1.7], 0..=0),
        ("himmelblau", "gd:lr=0.01", [0.5, 0.5], 5..=20),
        ("rosenbrock", "newton", [-1.2, 1.0], 3..=5),
    ] {
        let scene = Scene::of(landscape, &[method], start, 60);
        let lines = [0, 3, 30, 60].map(|now| guide_lines(&scene.chart_at(now, choice, &[])));
        assert!(lines.iter().all(|known| *known == lines[0] && !known.is_empty()), "{landscape}: {lines:?}");
        assert!(begin.contains(&(lines[0][0][0].x as usize)), "{landscape}: {:?}", lines[0][0]);
    }
    let far = Scene::of("rosenbrock", &["gd:lr=0.001"], [-1.2, 1.0], 60).chart(choice, &[]);
    assert!(
        guide_lines(&far).is_empty() && far.notes.iter().any(|note| note.starts_with("No guides")),
        "{:?}",
        far.notes
    );
}

/// Powers of the step stand where a theorem has one: on a convex loss, for descent and for a growing momentum coefficient.
#[test]
fn a_power_of_the_step_is_drawn_where_a_theorem_has_one() {
    let choice = ChartChoice { guides: true, log_x: true, ..on(ChartScale::LogAbove) };
    let smooth = "formula:x^4+y^4";
    for (landscape, method, expected) in [
        (smooth, "gd:lr=0.004", Some(-1.0)),
        (smooth, "nesterov:lr=0.004,form=fista", Some(-2.0)),
        (smooth, "momentum:lr=0.01", None),
        (smooth, "gd:lr=0.01,noise=0.1", None),
        (smooth, "gd:lr=10", None),
        ("rosenbrock", "gd:lr=0.001", None),
        ("himmelblau", "nesterov:lr=0.001,form=fista", None),
        ("formula:abs(x)+y^2", "gd:lr=0.01", None),
    ] {
        let chart = Scene::of(landscape, &[method], [1.0, 0.7], 60).chart_at(5, choice, &[]);
        let slopes = guide_slopes(&chart);
        assert_eq!(
            slopes.len(),
            usize::from(expected.is_some()),
            "{method} on {landscape}: {slopes:?}, {:?}",
            chart.notes
        );
        let agrees = slopes.first().zip(expected).is_none_or(|(slope, power)| (slope - power).abs() < 1e-9);
        assert!(agrees, "{method} on {landscape}: {slopes:?}");
        assert!(
            expected.is_some() || chart.notes.iter().any(|note| note.starts_with("No theorem")),
            "{:?}",
            chart.notes
        );
    }
}

/// Each line is named by its formula, so that a class can check it.
#[test]
fn a_guide_line_names_its_formula() {
    let choice = ChartChoice { guides: true, ..on(ChartScale::LogAbove) };
    let names = |scene: &Scene| -> Vec<String> {
        let chart = scene.chart_at(10, choice, &[]);
        let name = |primitive: &Primitive<'_>| match primitive {
            Primitive::Name { text, .. } => Some(text.clone()),
            _ => None,
        };
        chart.primitives.iter().filter_map(name).collect()
    };
    // λ = 1 and 20: at η = 0.04 the slow mode falls by 0.96 a step, the loss by its square.
    let descent = names(&Scene::of("quad", &["gd:lr=0.04"], [-2.1, 1.7], 60));
    for formula in ["η = 0.04", "×0.9216 a step", "((κ−1)/(κ+1))²", "(1−2/√(3κ+1))²", "((√κ−1)/(√κ+1))²"]
    {
        assert!(descent.iter().any(|name| name.contains(formula)), "{formula}: {descent:?}");
    }
    let newton = names(&Scene::of("rosenbrock", &["newton"], [-1.2, 1.0], 60));
    assert!(newton.iter().any(|name| name.contains("(f − f*)²")), "{newton:?}");
}

/// On a logarithmic x axis a geometric rate is no straight line: that is said, and stays in little room.
#[test]
fn why_log_x_has_no_line_of_a_rate_is_said() {
    let scene = Scene::of("quad", &["gd:lr=0.04"], [-2.1, 1.7], 60);
    for (log_x, is_said) in [(true, true), (false, false)] {
        let chart = scene.chart_at(10, ChartChoice { guides: true, log_x, ..on(ChartScale::LogAbove) }, &[]);
        let words = "no straight line on log x";
        assert_eq!(chart.notes[..chart.lasting].iter().any(|note| note.contains(words)), is_said, "{:?}", chart.notes);
    }
    let none = Scene::of("rosenbrock", &["gd:lr=0.001"], [-1.2, 1.0], 60);
    let chart = none.chart_at(10, ChartChoice { guides: true, log_x: true, ..on(ChartScale::LogAbove) }, &[]);
    assert!(chart.notes[..chart.lasting].iter().any(|note| note.contains("no straight line")), "{:?}", chart.notes);
}
