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

/// Even functions of a root are smooth where the root is 0.
#[test]
fn even_functions_of_a_root_have_their_curvature_at_zero() {
    for (text, [x, y], expected) in [
        ("cos(sqrt(x^2+y^2))", [0.0, 0.0], [1.0, 0.0, 0.0, -1.0, 0.0, -1.0]),
        ("cos(2sqrt(x^2+y^2))", [0.0, 0.0], [1.0, 0.0, 0.0, -4.0, 0.0, -4.0]),
        ("cosh(-sqrt(x^2+y^2)/2)", [0.0, 0.0], [1.0, 0.0, 0.0, 0.25, 0.0, 0.25]),
        ("cos(sqrt(x))", [0.0, 0.0], [1.0, -0.5, 0.0, 1.0 / 12.0, 0.0, 0.0]),
        ("cos(sqrt(x^4+y^2))", [0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, -1.0]),
        ("cos(sqrt(x^2+2y^2))", [0.0, 0.0], [1.0, 0.0, 0.0, -1.0, 0.0, -2.0]),
        ("1-cos(sqrt(x^2+y^2))", [0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0, 1.0]),
        ("exp(cos(sqrt(x^2+y^2))-1)", [0.0, 0.0], [1.0, 0.0, 0.0, -1.0, 0.0, -1.0]),
        ("ln(cosh(sqrt(x^2+y^2)))", [0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0, 1.0]),
        ("sqrt(x^2+y^2)^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("(3sqrt(x^2+y^2))^2", [0.0, 0.0], [0.0, 0.0, 0.0, 18.0, 0.0, 18.0]),
        ("sqrt(x^2+2y^2)^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 4.0]),
        ("sqrt(x^2+y^2)^4", [0.0, 0.0], [0.0; 6]),
        ("1/(1+sqrt(x^2+y^2)^2)", [0.0, 0.0], [1.0, 0.0, 0.0, -2.0, 0.0, -2.0]),
        ("gauss(sqrt(x^2+y^2))", [0.0, 0.0], [1.0, 0.0, 0.0, -2.0, 0.0, -2.0]),
        ("sqrt(x^2+y^2)^3", [0.0, 0.0], [0.0; 6]),
        ("sin(sqrt(x^2+y^2))^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("tanh(sqrt(x^2+y^2))^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("sqrt(x^2+y^2)*sin(sqrt(x^2+y^2))", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("sqrt(x^2+y^2)*tanh(sqrt(x^2+y^2))", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("acos(cos(x))^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("acos(1-x^2)^2", [0.0, 0.0], [0.0, 0.0, 0.0, 4.0, 0.0, 0.0]),
        ("acos(1-x)^2", [0.0, 0.0], [0.0, 2.0, 0.0, 2.0 / 3.0, 0.0, 0.0]),
        ("asin(sqrt(x^2+y^2))^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 2.0]),
        ("max(x,y)+min(x,y)", [0.5, 0.5], [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]),
        ("max(x,0)+min(x,0)", [0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("max(x,0)-max(-x,0)", [0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("relu(x)-relu(-x)", [0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("relu(x-y)-relu(y-x)", [1.0, 1.0], [0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        ("relu(2x)-relu(-2x)", [0.0, 0.0], [0.0, 2.0, 0.0, 0.0, 0.0, 0.0]),
    ] {
        for actual in at(text, [x, y]) {
            let close = actual.iter().zip(expected).all(|(actual, expected)| (actual - expected).abs() < 1e-14);
            assert!(close, "{text} at ({x}, {y}): {actual:?}, not {expected:?}");
        }
    }
    for (text, same) in [
        ("cos(sqrt(x^2+y^2))", "sin(sqrt(x^2+y^2)+1.5707963267948966)"),
        ("acos(cos(x))^2", "x^2"),
        ("sqrt(x^2+y^2)*sin(sqrt(x^2+y^2))", "sqrt(x^2+y^2)*cos(sqrt(x^2+y^2)-1.5707963267948966)"),
    ] {
        for [x, y] in [[0.3, -0.2], [0.99, 0.1], [-2.0, 0.7], [1e-3, 1e-4]] {
            let ([found, _], [expected, _]) = (at(text, [x, y]), at(same, [x, y]));
            let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
            assert!(close, "{text} at ({x}, {y}): {found:?}, not {expected:?}");
        }
    }
    for text in ["cos(sqrt(x))", "cosh(sqrt(x))", "sqrt(x)*sin(sqrt(x))", "sin(sqrt(x))^2", "(3sqrt(x))^2"] {
        assert!(at(text, [-1e-3, 0.0]).iter().all(|there| there[0].is_nan()), "{text}: no root");
    }
}
