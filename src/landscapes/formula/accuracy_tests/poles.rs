//! Poles inside a formula: where a part has no value, the whole has none, however an infinity would be passed on.

use super::at;

#[test]
fn a_pole_inside_is_no_value() {
    for text in [
        "1/(1/x)",
        "y/(1/x)",
        "1/(y/x^2)",
        "sigmoid(1/x)",
        "sigmoid(-1/x)",
        "tanh(1/x)",
        "atan(1/x)",
        "atan2(1/x, 1)",
        "exp(-1/x^2)",
        "e^(-1/x^2)",
        "2^(-1/|x|)",
        "gauss(1/x)",
        "softplus(-1/x^2)",
        "relu(-1/x^2)",
        "step(1/x)",
        "sign(1/x)",
        "min(1/x, 1)",
        "max(-1/x^2, 1)",
        "exp(ln(x))",
        "exp(3ln(x^2)+1)",
        "1/ln(x)",
        "1/log10(x)",
        "1/(x^-2)",
        "1/(x^(y-1))",
        "1/ln(1+x-1)",
        "exp(log1p(x-1))",
        "1/(1+1/x)",
        "tanh(y + 3/x)",
        "1/sec(x + pi/0)",
    ] {
        let values = at(text, [0.0, 0.5]).map(|there| there[0]);
        assert!(values.iter().all(|value| value.is_nan()), "{text}: {values:?}");
    }
}

#[test]
fn what_only_overflows_or_is_the_end_is_passed_on() {
    for (text, [x, y], expected) in [
        ("1/x", [0.0, 0.0], f64::INFINITY),
        ("1/x + y", [0.0, 0.0], f64::INFINITY),
        ("ln(1/x^2)", [0.0, 0.0], f64::INFINITY),
        ("-ln(x)", [0.0, 0.0], f64::INFINITY),
        ("1/(1+exp(x)^2)", [800.0, 0.0], 0.0),
        ("1/(1+x^2)", [1e200, 0.0], 0.0),
        ("tanh(1/x^2)", [1e-200, 0.0], 1.0),
        ("sigmoid(1/(x y))", [1e-200, 1e-200], 1.0),
        ("sigmoid(1/exp(x))", [-800.0, 0.0], 1.0),
        ("tanh(1/gauss(x))", [40.0, 0.0], 1.0),
        ("if(x == 0, 0, exp(-1/x^2))", [0.0, 0.0], 0.0),
        ("if(x > 0, 1/(1/x), 7)", [0.0, 0.0], 7.0),
        ("exp(x^y)", [0.0, 2.0], 1.0),
        ("tanh(x^y)", [0.0, 0.0], libm::tanh(1.0)),
        ("1/(1/x)", [4.0, 0.0], 4.0),
    ] {
        for value in at(text, [x, y]).map(|there| there[0]) {
            assert_eq!(value, expected, "{text} at ({x}, {y})");
        }
    }
}
