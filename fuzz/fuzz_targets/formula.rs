//! Any text, read as a formula and asked everything: nothing panics, errors lie in the text, all ways to ask agree.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taylorscope::landscapes::formula::{Expression, NetworkFormula};
use taylorscope::numbers::Point;

/// The bits of a number, with one NaN for all.
fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

fuzz_target!(|input: (f64, f64, f64, &str)| {
    let (x, y, parameter, text) = input;
    if let Err(error) = NetworkFormula::parse(text) {
        assert!(text.get(error.span.clone()).is_some(), "the span {:?} is no part of the text", error.span);
    }
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some(), "the span {:?} is no part of the text", error.span);
            let lines = if text.trim().is_empty() { 1 } else { 2 };
            assert_eq!(error.marked(text).lines().count(), lines, "text and message, and carets below");
            return;
        }
    };
    let again = Expression::parse(&expression.pretty());
    assert!(again.is_ok() || text.chars().count() > 1000, "what is set reads back: {}", expression.pretty());
    let loss = expression.loss(&vec![parameter; expression.parameters().len()]);
    let at = Point::new(x, y);
    let (value, first, second) = (loss.value(at), loss.first_order(at), loss.second_order(at));
    assert_eq!(bits(value), bits(first.value), "value and first order");
    assert_eq!(bits(value), bits(second.value), "value and second order");
    for axis in 0..2 {
        assert_eq!(bits(first.gradient[axis]), bits(second.gradient[axis]), "gradients");
    }
    let (mut row, mut values, mut orders) = ([0.0; 17], [0.0; 17], [[0.0; 6]; 17]);
    loss.value_row(&[x; 17], y, &mut row);
    loss.values(&[x; 17], &[y; 17], &mut values);
    loss.second_orders(&[x; 17], &[y; 17], &mut orders);
    for index in 0..17 {
        assert_eq!(bits(row[index]), bits(values[index]), "row and points");
        assert_eq!(bits(row[index]), bits(orders[index][0]), "row and second orders");
    }
    let view = expression.view(&[]);
    let start = expression.suggestion(&[], &view);
    assert!(view.width() > 0.0 && view.height() > 0.0 && start.rate > 0.0, "something to show");
});
