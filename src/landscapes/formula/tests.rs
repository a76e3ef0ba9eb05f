//! The language as a whole: a table of what formulas mean.

mod calls;
mod foreign;
mod mistakes;
mod random;
mod suggested;
mod weights;

use super::*;
use crate::numbers::Point;

#[track_caller]
fn read(text: &str) -> Expression {
    Expression::parse(text).unwrap_or_else(|error| panic!("{}", error.marked(text)))
}

#[track_caller]
fn value(text: &str, x: f64, y: f64) -> f64 {
    read(text).loss(&[]).value(Point::new(x, y))
}

/// Equal up to the rounding of another order of operations; NaN is NaN.
fn close(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1e-300)
}

/// What each formula is at x = 3, y = −2, with every parameter 1.
const MEANINGS: &[(&str, f64)] = &[
    // Precedence.
    ("1+2*3", 7.0),
    ("-x^2", -9.0),
    ("(-x)^2", 9.0),
    ("2^-x", 0.125),
    ("2^3^2", 512.0),
    ("x**2", 9.0),
    ("10-4-3", 3.0),
    ("16/4/2", 2.0),
    ("x--y", 1.0),
    ("+x", 3.0),
    ("2*-x", -6.0),
    ("-x*y", 6.0),
    ("-2^2", -4.0),
    ("2^-1^2", 0.5),
    // Products without a sign.
    ("2x", 6.0),
    ("2(x+1)", 8.0),
    ("(x+1)(y-1)", -12.0),
    ("x y", -6.0),
    ("xy", -6.0),
    ("xy^2", 12.0),
    ("2x^2y", -36.0),
    ("ax", 3.0),
    ("3axy", -18.0),
    ("λx", 3.0),
    ("2πx", 6.0 * std::f64::consts::PI),
    ("2ex", 6.0 * std::f64::consts::E),
    ("2^3 x", 24.0),
    ("x^2(y)", -18.0),
    ("[x+1]{y}", -8.0),
    ("½x²", 4.5),
    // Numbers.
    ("1e-3", 0.001),
    ("1E2", 100.0),
    (".5", 0.5),
    ("5.", 5.0),
    ("2e", 2.0 * std::f64::consts::E),
    ("2e−1", 0.2),
    // Raised digits and other signs.
    ("x²", 9.0),
    ("x³", 27.0),
    ("x⁻¹", 1.0 / 3.0),
    ("1²³", 1.0),
    ("2¹⁰", 1024.0),
    ("x²y", -18.0),
    ("-x²", -9.0),
    ("x^y²", 81.0),
    ("x·y − 1", -7.0),
    ("x × y", -6.0),
    ("x÷2", 1.5),
    ("√4", 2.0),
    ("√(x+1)", 2.0),
    ("2√4", 4.0),
    ("√4·x", 6.0),
    ("∛(x+5)", 2.0),
    ("π", std::f64::consts::PI),
    // Bars.
    ("|y|", 2.0),
    ("|x|+|y|", 5.0),
    ("|x||y|", 6.0),
    ("||y|-3|", 1.0),
    ("|x-|y||", 1.0),
    ("2|y|", 4.0),
    ("|y|²", 4.0),
    ("|y|^2x", 12.0),
    ("(|y|)|y|", 4.0),
    ("|(|y|-5)|", 3.0),
    ("|max(|y|, 1)|", 2.0),
    // Functions with and without brackets.
    ("sin(0)", 0.0),
    ("2sin(0)+1", 1.0),
    ("cos 0", 1.0),
    ("sin²(x)+cos²(x)", 1.0),
    ("sin^2(x)+cos^2 x", 1.0),
    ("ln e", 1.0),
    ("ln e²", 2.0),
    ("sqrt(x+1)", 2.0),
    ("cbrt(-8)", -2.0),
    ("log2(8)", 3.0),
    ("log₁₀(100)", 2.0),
    ("log10(100)", 2.0),
    ("abs(y)", 2.0),
    ("sign(y)", -1.0),
    ("floor(y/3)", -1.0),
    ("mod(y, 3)", 1.0),
    ("mod(7, 3)", 1.0),
    ("min(x, y)", -2.0),
    ("max(x, y, 7, 1)", 7.0),
    ("relu(y)+relu(x)", 3.0),
    ("sigmoid(0)", 0.5),
    ("gauss(0)", 1.0),
    ("step(x)+step(0)+step(y)", 1.0),
    ("atan2(0, -1)", std::f64::consts::PI),
    ("exp(0)", 1.0),
    ("sin(x)^2+cos(x)^2", 1.0),
    // Conditions.
    ("if(x > y, 1, 2)", 1.0),
    ("if(x <= 3, 1, 2)", 1.0),
    ("if(x ≥ 4, 1, 2)", 2.0),
    ("if(x == 3, 1, 2)", 1.0),
    ("if(x != 3, 1, 2)", 2.0),
    ("if(0 < x < 4, 1, 2)", 1.0),
    ("if(0 < x < 3, 1, 2)", 2.0),
    ("if(x < 0 or y < 0, 1, 2)", 1.0),
    ("if(x < 0 and y < 0, 1, 2)", 2.0),
    ("if(not x < 0 and not (y > 0), 1, 2)", 1.0),
    ("if(x < 0 or x > 1 and y < 0, 1, 2)", 1.0),
    ("if(ln(y) < 1, 1, 2)", 2.0),
    ("if(x > 0, x, ln(y))", 3.0),
    // Edges.
    ("0^0", 1.0),
    ("(x-3)^0", 1.0),
    ("(x-3)^(y+2)", 1.0),
    ("y^3", -8.0),
    ("y^-3", -0.125),
    ("y^101/2^101", -1.0),
    ("4^0.5", 2.0),
    ("e^x", 20.085_536_923_187_668),
];

#[test]
fn formulas_mean_what_a_book_would_mean() {
    for (text, expected) in MEANINGS {
        let actual = value(text, 3.0, -2.0);
        assert!(close(actual, *expected), "{text} = {actual}, not {expected}");
    }
    for text in ["y^0.5", "ln(y)", "y^(1/3)", "asin(x)", "0/0", "if(y < 0, ln(y), 1)"] {
        assert!(value(text, 3.0, -2.0).is_nan(), "{text} has no value");
    }
}

#[test]
fn letters_become_parameters_in_order_of_appearance() {
    let expression = read("k x^2 + λ y^2 + a k + alpha");
    let names: Vec<_> = expression.parameters().iter().map(|known| (known.name, known.symbol, known.default)).collect();
    assert_eq!(names, [("k", "k", 1.0), ("lambda", "λ", 1.0), ("a", "a", 1.0), ("alpha", "α", 1.0)], "in order");
    let at = Point::new(2.0, 1.0);
    assert_eq!(expression.loss(&[3.0, 5.0, 7.0, 0.5]).value(at), 38.5, "values given");
    assert_eq!(expression.loss(&[3.0]).value(at), 12.0 + 1.0 + 3.0 + 1.0, "defaults for what is missing");
}

#[test]
fn derivatives_follow_the_conventions_at_kinks_and_poles() {
    let second = |text: &str, x: f64, y: f64| {
        let there = read(text).loss(&[]).second_order(Point::new(x, y));
        [there.value, there.gradient.x, there.gradient.y, there.hessian.xx, there.hessian.xy, there.hessian.yy]
    };
    for (text, expected) in [
        ("|x|", [0.0; 6]),
        ("relu(x)", [0.0; 6]),
        ("√x", [0.0; 6]),
        ("√(x²+y²)", [0.0; 6]),
        ("x^0.5", [0.0; 6]),
        ("x^1.5", [0.0; 6]),
        ("x^y", [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("step(x)", [0.0; 6]),
        ("x^2", [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("x^3", [0.0; 6]),
        ("if(x > 0, ln(x), 3y)", [0.0, 0.0, 3.0, 0.0, 0.0, 0.0]),
        ("if(x == 0, y^2, 1/x)", [0.0, 0.0, 0.0, 0.0, 0.0, 2.0]),
        ("if(x ≤ 0, x y, √(x-1))", [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
        ("1/x", [f64::INFINITY, 0.0, 0.0, 0.0, 0.0, 0.0]),
    ] {
        assert_eq!(second(text, 0.0, 0.0), expected, "{text} at the origin");
    }
}
