//! Formulas whose parts leave the range of a number, or agree in their digits, where the whole is ordinary: against numbers of
//! 1500 digits.

use super::at;
use super::cancelling::{Row, compare};
use crate::landscapes::formula::Expression;
use crate::numbers::Point;

#[test]
fn powers_of_powers_roots_and_quotients_are_right_at_any_size() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/ranges.json")).unwrap();
    assert!(rows.len() >= 215, "the table is whole");
    compare(&rows);
}

#[test]
fn what_settles_has_a_value_and_derivatives_where_what_enters_overflows() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/settling.json")).unwrap();
    assert!(rows.len() >= 160, "the table is whole");
    compare(&rows);
}

#[test]
fn remainders_of_taylor_polynomials_keep_their_digits() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/remainders.json")).unwrap();
    assert!(rows.len() >= 225, "the table is whole");
    compare(&rows);
}

#[test]
fn a_power_of_a_power_is_defined_where_both_are() {
    let nan = f64::NAN;
    for (text, x, expected) in [
        ("(x^3)^0.1", -2.0, nan),
        ("(x^3)^(2/3)", -8.0, nan),
        ("(x^3)^(2/3)", 8.0, 64.0),
        ("((x^2)^100)^0.005", 1e-3, 1e-3),
        ("((x^2)^100)^0.005", -1e80, 1e80),
        ("sqrt(1+x^2)-1", 1e200, 1e200),
        ("1/(1+x^2)", 1e200, 0.0),
        ("x^2/(1+x^2)", 1e200, 1.0),
        ("x^2/(1+x^2)", 0.0, 0.0),
        ("(x^0.5)^2", -4.0, nan),
        ("(x^0.5)^0.5", -16.0, nan),
        ("(x^2)^0.3", 0.0, 0.0),
        ("(x^2)^-0.3", 0.0, f64::INFINITY),
        ("(x^40)^0.025", -3.0, 3.0),
        ("cbrt(x^3)", -3.0, -3.0),
        ("sqrt(x^6)", -2.0, 8.0),
        ("sqrt(x^3)", -4.0, nan),
        ("sqrt(x^3)", 4.0, 8.0),
        ("(x^2*y^2)^0.25", 0.0, 0.0),
        ("(x^4+x^2)^0.25", 0.0, 0.0),
        ("(x^2)^y", 3.0, 81.0),
        ("ln(x^3)", -1.0, nan),
        ("ln(x^3*y)", -1.0, nan),
        ("ln(x^3*y)", 0.0, f64::NEG_INFINITY),
        ("log10(x^40*y)", 0.0, f64::NEG_INFINITY),
        ("ln(x^3*y*x)", -1.0, libm::log(2.0)),
        ("x^40/x^40", 0.0, nan),
        ("x^40/(x^40+x^20)", 0.0, nan),
        ("x^40/(x^40+y)", 0.0, 0.0),
        ("(x*y)^0.5", -2.0, nan),
        ("x^40*exp(-x^2)", 0.0, 0.0),
    ] {
        for value in at(text, [x, 2.0]).map(|there| there[0]) {
            let is_close = value == expected || (value - expected).abs() <= 1e-14 * expected.abs();
            assert!(is_close || value.is_nan() && expected.is_nan(), "{text} at {x}: {value}, not {expected}");
        }
    }
}

/// A sum of parts of both signs that overflow is not known: it has no value, never a wrong one.
#[test]
fn what_cannot_be_known_far_out_has_no_value() {
    for (text, x) in [("x^40/(1+x^39)", 1e10), ("(x^40-x^20)/(x^40+1)", 1e10), ("(x^40-x^38)^0.01", 1e10)] {
        for value in at(text, [x, 2.0]).map(|there| there[0]) {
            assert!(!value.is_finite(), "{text} at {x}: {value}");
        }
    }
}

#[test]
fn parts_in_range_keep_their_bits() {
    for (text, [x, y]) in [
        ("sqrt(x*y)", [2.0, 8.0]),
        ("sqrt(2*(x^2+y^2))", [1.1, 0.3]),
        ("x^40/(1+y^40)", [1.1, 0.3]),
        ("ln(x^3*y)", [1.1, 0.3]),
        ("(x^4+y^4)^0.25", [1.1, 0.3]),
        ("x^9*exp(-x^2)", [1.1, 0.3]),
    ] {
        let expression = Expression::parse(text).unwrap();
        let [alone, many] = at(text, [x, y]).map(|there| there[0]);
        let graph = super::super::graph::Graph::shown(&expression.tree, &[]);
        let plain = super::super::tape::Tape::of(&graph, 2).at([x, y]);
        assert_eq!(alone.to_bits(), f64::to_bits(plain), "{text}");
        assert!((many - plain).abs() <= 1e-13 * plain.abs(), "{text}: {many}");
    }
}

#[test]
fn a_coefficient_that_is_not_that_of_the_series_stays() {
    for (text, x, expected) in [
        ("sin(x)-x+0.17*x^3", 1e-3, (0.17 - 1.0 / 6.0) * 1e-9),
        ("cos(x)-1+x^2/3", 1e-3, -1e-6 / 6.0),
        ("exp(x)-1-2*x", 1e-9, -1e-9),
        ("exp(x)-2-x", 1e-9, -1.0),
        ("sin(x)-x+y", 1e-3, 0.5),
    ] {
        let value = Expression::parse(text).unwrap().loss(&[]).value(Point::new(x, 0.5));
        assert!((value - expected).abs() <= 1e-5 * expected.abs(), "{text}: {value:e}, not {expected:e}");
    }
}

/// Beyond the range of a number all derivatives of an order are infinite, or all are unknown.
#[test]
fn no_derivative_is_infinite_beside_one_that_is_unknown() {
    for text in
        ["ln(x^2+y^2)", "x/(x+y)", "atan(y/x)", "tanh(x/y)", "1/sqrt(x^2+y^2)", "(x-y)/(x+y)", "sqrt(x*y)", "exp(x/y)"]
    {
        let loss = Expression::parse(text).unwrap().loss(&[]);
        for at in [[2e-200, 1e-200], [1e-170, -3e-170], [-4e-300, 4e-300], [2e200, 1e-200]] {
            let there = loss.second_order(Point::from(at));
            let [second, first] =
                [vec![there.hessian.xx, there.hessian.xy, there.hessian.yy], vec![there.gradient.x, there.gradient.y]];
            for derivatives in [second, first] {
                let has = |kind: fn(f64) -> bool| derivatives.iter().any(|derivative| kind(*derivative));
                assert!(!(has(f64::is_nan) && has(f64::is_infinite)), "{text} at {at:?}: {derivatives:?}");
            }
        }
    }
}

#[test]
fn deep_and_long_formulas_are_read_soon() {
    let mut power = "x^3".to_owned();
    let mut root = "x".to_owned();
    for _ in 0..150 {
        power = format!("({power}*y^3)^0.3");
        root = format!("sqrt({root}^2+y^4*x^3)");
    }
    let quotients: Vec<String> = (1..=400).map(|k| format!("x^9/({k}+x^8*y^2)")).collect();
    for text in [power, root, quotients.join("+")] {
        let value = Expression::parse(&text).unwrap().loss(&[]).value(Point::new(0.3, 0.7));
        assert!(value.is_finite(), "{value}");
    }
}
