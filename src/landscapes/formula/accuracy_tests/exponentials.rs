//! Formulas of exponentials, which overflow where the whole does not: against numbers of two thousand digits.

use super::cancelling::{Row, compare};
use crate::landscapes::formula::Expression;
use crate::numbers::Point;

#[test]
fn what_is_built_of_exponentials_is_right_far_out() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/exponentials.json")).unwrap();
    assert!(rows.len() > 250, "the table is whole");
    compare(&rows);
}

#[test]
fn logarithms_are_written_in_the_form_that_keeps_their_digits() {
    for (text, same) in [
        ("log1p(exp(x))", "softplus(x)"),
        ("ln(1+exp(x y))", "softplus(x y)"),
        ("ln(exp(x)*exp(y))", "x+y"),
        ("ln(exp(x)^3)", "3x"),
        ("ln(2exp(x))", "x+ln(2)"),
        ("exp(x)/exp(y)", "exp(x-y)"),
        ("sinh(x)/cosh(x)", "tanh(x)"),
        ("(1-exp(x))/(1+exp(x))", "-tanh(x/2)"),
        ("sqrt(exp(x))", "exp(x/2)"),
        ("1/exp(x)", "exp(-x)"),
    ] {
        let [loss, expected] = [text, same].map(|text| Expression::parse(text).unwrap().loss(&[]));
        for x in [-800.0, -40.0, -1.5, 0.0, 0.3, 7.0, 40.0, 800.0] {
            let [a, b] = [&loss, &expected].map(|loss| loss.second_order(Point::new(x, 0.7)));
            // As texts, in which NaN is like NaN.
            assert_eq!(format!("{a:?}"), format!("{b:?}"), "{text} at {x}");
        }
    }
}

#[test]
fn long_sums_of_exponentials_are_read_and_end() {
    let sum: Vec<String> = (0..400).map(|k| format!("exp(x*{k}/100)")).collect();
    for (terms, is_finite) in [(20, true), (400, false)] {
        let text = format!("ln({})", sum[..terms].join("+"));
        let value = Expression::parse(&text).unwrap().loss(&[]).value(Point::new(5000.0, 0.0));
        assert_eq!(value.is_finite(), is_finite, "{terms} terms: {value}");
    }
}
