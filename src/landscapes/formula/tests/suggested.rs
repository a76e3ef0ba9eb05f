//! The region and the start that are suggested for a formula.

use super::*;

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
        let view = read(text).view(&[]);
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
        let (loss, view) = (expression.loss(&[]), expression.view(&[]));
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
