//! Formulas that are nearly 0/0: their derivatives, against numbers of a hundred digits, and where they still have no value.

use serde::Deserialize;

use super::{at, scales};
use crate::landscapes::formula::Expression;
use crate::numbers::Point;

/// A formula, a point, and there the value, the gradient and the Hessian.
#[derive(Deserialize)]
pub(super) struct Row {
    formula: String,
    at: [f64; 2],
    expected: [f64; 6],
}

/// Holds formulas against their rows, alone and as one of many points.
pub(super) fn compare(rows: &[Row]) {
    let mut wrong = Vec::new();
    for Row { formula, at: point, expected } in rows {
        for actual in at(formula, *point) {
            for ((actual, expected), scale) in actual.into_iter().zip(*expected).zip(scales(*expected)) {
                let is_close = (actual - expected).abs() <= 1e-11 * scale + 1e-306;
                if !is_close {
                    wrong.push(format!("{formula} at {point:?}: {actual:e}, not {expected:e}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong numbers:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn quotients_keep_their_digits_near_nothing_over_nothing() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/quotients.json")).unwrap();
    assert!(rows.len() > 340, "the table is whole");
    compare(&rows);
}

#[test]
fn nothing_over_nothing_itself_has_no_value() {
    for (text, [x, y]) in [
        ("sin(x)/x", [0.0, 0.0]),
        ("sin(2x)/(3x)", [0.0, 0.0]),
        ("(1-cos x)/x^2", [0.0, 0.0]),
        ("x/(exp(x)-1)", [0.0, 0.0]),
        ("ln(x)/(x-1)", [1.0, 0.0]),
        ("(sqrt(1+x)-1)/x", [0.0, 0.0]),
        ("sin(x y)/x", [0.0, 3.0]),
        ("sin(x)/(x y)", [0.0, 3.0]),
        ("sin(x)sin(y)/(x y)", [0.0, 3.0]),
        ("sin(x-y)/(y-x)", [2.0, 2.0]),
        ("tanh(sqrt(x^2+y^2))/sqrt(x^2+y^2)", [0.0, 0.0]),
    ] {
        let values = at(text, [x, y]).map(|there| there[0]);
        assert!(values.iter().all(|value| value.is_nan()), "{text} at ({x}, {y}): {values:?}");
    }
}

#[test]
fn what_is_not_nothing_over_nothing_has_its_value() {
    for (text, [x, y], expected) in [
        ("sin(x y)/x", [2.0, 0.0], 0.0),
        ("sin(x)/(x y)", [2.0, 0.0], f64::INFINITY),
        ("sin(0x)/x", [2.0, 0.0], 0.0),
        ("(exp(x)-1)/x", [800.0, 0.0], f64::INFINITY),
        ("(exp(x)-1)/x", [-1000.0, 0.0], 1e-3),
        ("(1-cos(x))/x", [1e200, 0.0], 0.0),
        ("x/(exp(x)-1)", [800.0, 0.0], 0.0),
        ("tanh(x)/x", [1e300, 0.0], 1e-300),
        ("ln(1+x)/x", [-1.0, 0.0], f64::INFINITY),
        ("sin(x y)/sin(x y)", [1.0, 2.0], 1.0),
    ] {
        for value in at(text, [x, y]).map(|there| there[0]) {
            let is_close = value == expected || (value - expected).abs() <= 1e-12 * expected.abs().max(1e-100);
            assert!(is_close, "{text} at ({x}, {y}): {value}, not {expected}");
        }
    }
}

#[test]
fn small_differences_are_those_of_the_books() {
    for (text, x, expected) in [
        ("exp(x)-1", 1e-12, 1.000_000_000_000_5e-12),
        ("expm1(x)", 1e-12, 1.000_000_000_000_5e-12),
        ("1-exp(-x)", 1e-12, 9.999_999_999_995e-13),
        ("1-gauss(x)", 1e-9, 1e-18),
        ("ln(1+x)", 1e-12, 9.999_999_999_995e-13),
        ("log1p(x)", 1e-12, 9.999_999_999_995e-13),
        ("ln(1-x)", 1e-12, -1.000_000_000_000_5e-12),
        ("1-cos(x)", 1e-9, 5e-19),
        ("cosh(x)-1", 1e-9, 5e-19),
    ] {
        let loss = Expression::parse(text).unwrap().loss(&[]);
        let mut row = [0.0; 20];
        loss.value_row(&[x; 20], 0.0, &mut row);
        for value in [loss.value(Point::new(x, 0.0)), row[0], row[19]] {
            assert!((value - expected).abs() <= 1e-14 * expected.abs(), "{text}: {value:e}, not {expected:e}");
        }
    }
}

#[test]
fn a_long_quotient_is_left_as_it_is() {
    let product = vec!["x"; 1500].join("*");
    for text in [format!("sin({product})/({product})"), format!("({product})/({product}*y)")] {
        assert!(Expression::parse(&text).unwrap().loss(&[]).value(Point::new(1.0, 1.0)).is_finite(), "a long one");
    }
}
