//! The region and the start that are suggested for a formula.

use super::*;
use crate::numbers::Dimension;

#[test]
fn boxes_show_what_is_interesting() {
    for (text, expected) in [
        ("(x^2+y-11)^2+(x+y^2-7)^2", [-6.0, 6.0, -6.0, 6.0]),
        ("x^2+y^2", [-3.0, 3.0, -3.0, 3.0]),
        ("(1-x)^2+100(y-x^2)^2", [-3.0, 3.0, -3.0, 3.0]),
        ("sin(x)cos(y)", [-6.0, 6.0, -6.0, 6.0]),
        ("ln(x)+ln(y)", [0.0, 5.0, 0.0, 5.0]),
        ("(x-100)^2+(y-50)^2", [97.0, 103.0, 47.0, 53.0]),
        ("|x|+|y|", [-3.0, 3.0, -3.0, 3.0]),
        ("√(0.011-x²-y²)", [-0.125, 0.125, -0.125, 0.125]),
        ("√(-x²)", [-0.25, 0.25, -5.0, 5.0]),
        ("ln(-1)", [-3.0, 3.0, -3.0, 3.0]),
    ] {
        let view = read(text).domain(&[]);
        assert_eq!([view.x[0], view.x[1], view.y[0], view.y[1]], expected, "{text}");
    }
}

#[test]
fn from_the_suggested_start_descent_goes_down() {
    for text in [
        "(x^2+y-11)^2+(x+y^2-7)^2",
        "x^2+y^2",
        "(1-x)^2+100(y-x^2)^2",
        "sin(x)cos(y)",
        "20+x^2+y^2-10cos(2πx)-10cos(2πy)",
        "|x|+|y|",
        "x+y",
        "(ln x)²+(ln y)²",
        "x^4-y^2",
        "exp(-x^2-y^2)",
        "1e6(x^2+y^2)",
    ] {
        let expression = read(text);
        let (loss, view) = (expression.loss(&[]), expression.domain(&[]));
        let Suggestion { start: [x, y], rate } = expression.suggestion(&[], &view);
        let mut at = Point::new(x, y);
        let before = loss.first_order(at);
        assert!(view.contains(at) && before.gradient.norm() > 0.0 && rate > 0.0, "{text}: {at} {rate}");
        for _ in 0..20 {
            at -= loss.first_order(at).gradient * rate;
        }
        assert!(loss.value(at) < before.value, "{text} from {x}, {y} with {rate}");
    }
}

/// Where a loss curves up somewhere in the box so that a path is seen, that is where it begins: there rates have a limit, and
/// Newton's step leads down.
#[test]
fn a_start_is_where_the_loss_curves_up() {
    for text in [
        "cos(x)",
        "cos(x)+x^2/20",
        "sin(3x)+x^2/4",
        "x^3/3-x",
        "-exp(-x^2)",
        "1-1/(1+x^2)",
        "(x^2-1)^2",
        "x^4-3x^2+x",
        "√(1+x^2)",
        "sin(x)cos(y)",
        "-exp(-x^2-y^2)",
        "(x^2-1)^2+y^2",
        "x^4-2x^2+y^4-2y^2",
        "(x^2+y-11)^2+(x+y^2-7)^2",
    ] {
        let expression = read(text);
        let (loss, view) = (expression.loss(&[]), expression.domain(&[]));
        let Suggestion { start: [x, y], rate } = expression.suggestion(&[], &view);
        let at = Point::new(x, y);
        let there = loss.second_order(at);
        let [low, high] = match loss.dimension() {
            Dimension::One => [there.hessian.xx; 2],
            Dimension::Two => there.hessian.eigen().values,
        };
        assert!(low > 0.0, "{text}: curvatures {low}, {high} at {x}, {y}");
        assert!(rate * high < 1.0, "{text}: {rate} is a rate that does not oscillate there");
        // It is on a slope: the way down is seen, and it is not almost straight beside the valley where it ends.
        let mut last = at;
        for _ in 0..60 {
            last -= loss.first_order(last).gradient * rate;
        }
        let [begins, ends] = [at, last].map(|at| loss.second_order(at).hessian.norm());
        assert!(begins > 0.2 * ends, "{text}: {begins} at {at}, {ends} at {last}");
        let way = (last - at).abs();
        assert!(way.x > 0.035 * view.width() || way.y > 0.035 * view.height(), "{text} from {at} to {last}");
    }
}

/// Of x alone: the valleys are no flat strip below steep walls, every minimum is seen, and so is the start.
#[test]
fn a_curve_opens_no_higher_than_its_valleys_ask_for() {
    for (text, minima) in [
        ("(x-1)^2(x+2)^2", &[-2.0, 1.0][..]),
        ("x^6-5x^4+x", &[-1.85, 1.80]),
        ("x^4-3x^2+x", &[-1.301, 1.131]),
        ("x^3/3-x", &[1.0]),
        ("(x^2-4)^2", &[-2.0, 2.0]),
        ("x^8-x^2", &[-0.79, 0.79]),
    ] {
        let expression = read(text);
        let (loss, view) = (expression.loss(&[]), expression.domain(&[]));
        let value = |x: f64| loss.value(Point::new(x, 0.0));
        let places = (0..=400).map(|index| view.x[0] + view.width() * f64::from(index) / 400.0);
        let heights: Vec<f64> = places.map(value).collect();
        let range = |values: &[f64]| {
            let [low, high] = values
                .iter()
                .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(*value), high.max(*value)]);
            high - low
        };
        let turns = heights.windows(3).filter(|three| (three[1] - three[0]) * (three[2] - three[1]) < 0.0);
        let turning: Vec<f64> = turns.map(|three| three[1]).collect();
        assert!(range(&heights) <= 4.5 * range(&turning), "{text}: {} of {}", range(&turning), range(&heights));
        for minimum in minima {
            assert!(view.x[0] < *minimum && *minimum < view.x[1], "{text}: {minimum} in {:?}", view.x);
        }
        let start = expression.suggestion(&[], &view).start[0];
        assert!(view.x[0] < start && start < view.x[1], "{text}: {start}");
    }
}
