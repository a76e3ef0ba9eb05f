//! Powers of powers and differences of nearly equal numbers: against numbers of 1500 digits, and at 0 against their limits.

use super::at;
use super::cancelling::{Row, compare};

#[test]
fn powers_of_powers_are_one_power() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/powers.json")).unwrap();
    assert!(rows.len() >= 100, "the table is whole");
    compare(&rows);
}

#[test]
fn differences_keep_their_digits() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../../tests/reference/differences.json")).unwrap();
    assert!(rows.len() > 270, "the table is whole");
    compare(&rows);
}

/// At 0 a chain of powers has the derivatives of the one power that it is.
#[test]
fn at_zero_stand_the_derivatives_of_the_whole_power() {
    for (text, [x, y], expected) in [
        ("sqrt(x^4)", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("(x^40)^0.05", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("(x^30)^0.1", [0.0, 0.0], [0.0; 6]),
        ("cbrt(x^6)", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("cbrt(x^3)", [0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("cbrt(x)^3", [0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("cbrt(x)^6", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("(x^4)^0.5", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("sqrt(|x|)^4", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("|x|^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("|x^2|", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("|-x^2 y^2|", [0.0, 1.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("sqrt(x^4 y^4)", [0.0, 1.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("sqrt(9x^4 y^2)", [0.0, 2.0], [0.0, 0.0, 0.0, 12.0, 0.0, 0.0]),
        ("sqrt((x-y)^4)", [1.0, 1.0], [0.0, 0.0, 0.0, 2.0, -2.0, 2.0]),
        ("sqrt((x^2+y^2)^2)", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("(x^3)^(2/3)", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("sqrt(x^4)+y^2", [0.0, 0.5], [0.25, 0.0, 1.0, 2.0, 0.0, 2.0]),
        // No whole power: a slope that is infinite there counts as 0.
        ("(x^40)^0.01", [0.0, 0.0], [0.0; 6]),
        ("sqrt(x^2)", [0.0, 0.0], [0.0; 6]),
    ] {
        for actual in at(text, [x, y]) {
            assert_eq!(actual.map(|number| number + 0.0), expected, "{text} at ({x}, {y})");
        }
    }
}

/// A chain has no value where one of its powers has none.
#[test]
fn a_power_of_a_power_is_not_more_than_its_parts() {
    for (text, x) in [
        ("sqrt(x)^2", -1.0),
        ("sqrt(x)^4", -1.0),
        ("(x^0.5)^4", -2.0),
        ("(x^3)^(2/3)", -1.0),
        ("exp(2*ln(x))", -1.0),
        ("exp(ln(x)/2)", -1.0),
        ("exp(0.2*ln(x^2))", 0.0),
        ("exp(2*ln(x))", 0.0),
        ("(x^-4)^-0.5", 0.0),
        ("(1/x^2)^-1", 0.0),
        ("sqrt(x^3)", -1.0),
    ] {
        for value in at(text, [x, 0.5]).map(|there| there[0]) {
            assert!(value.is_nan(), "{text} at {x}: {value}");
        }
    }
}
