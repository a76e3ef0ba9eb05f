//! The elementary functions against those of `libm`, and where they are exact.

use proptest::prelude::*;

use super::*;

/// Within 1e-14 of `expected`, relative, or of the least normal number; infinities and NaN alike.
#[track_caller]
fn assert_close(name: &str, x: f64, actual: f64, expected: f64) {
    let tolerance = 1e-14 * expected.abs().max(f64::MIN_POSITIVE);
    let same = actual.to_bits() == expected.to_bits() || actual.is_nan() && expected.is_nan();
    let close = (actual - expected).abs() <= tolerance && expected.is_finite();
    assert!(same || close, "{name}({x:e}) = {actual:e}, libm has {expected:e}");
}

fn libm_sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

fn libm_softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// Every function that is defined on the whole line.
fn assert_all_close(x: f64) {
    assert_close("exp", x, exp(x), libm::exp(x));
    assert_close("ln", x, ln(x), libm::log(x));
    assert_close("log10", x, log10(x), libm::log10(x));
    assert_close("log2", x, log2(x), libm::log2(x));
    assert_close("the tangent beside its slope", x, tanh_and_slope(x).0, tanh(x));
    assert_close("the sigmoid beside its slope", x, sigmoid_and_slope(x).0, sigmoid(x));
    assert_close("tanh", x, tanh(x), libm::tanh(x));
    assert_close("sinh", x, sinh(x), libm::sinh(x));
    assert_close("cosh", x, cosh(x), libm::cosh(x));
    assert_close("sigmoid", x, sigmoid(x), libm_sigmoid(x));
    assert_close("exp_m1", x, exp_m1(x), libm::expm1(x));
    assert_close("ln_1p", x, ln_1p(x), libm::log1p(x));
    if !x.is_nan() {
        assert_close("softplus", x, softplus(x), libm_softplus(x));
    }
}

#[test]
fn special_values_as_in_libm() {
    for x in [0.0, 5e-324, 1e-310, f64::MIN_POSITIVE, 1e-20, 1e-8, 0.5, 1.0, 20.0, 700.0, 709.7, 709.79] {
        assert_all_close(x);
        assert_all_close(-x);
    }
    for x in [710.4, 710.5, 745.1, 745.2, 1e5, 1e300, f64::MAX, f64::INFINITY, f64::NAN] {
        assert_all_close(x);
        assert_all_close(-x);
    }
    assert!(softplus(f64::NAN).is_nan(), "softplus of NaN");
    assert_eq!(exp(0.0), 1.0, "exp at 0");
    assert_eq!(sin_cos(0.0), (0.0, 1.0), "sine and cosine at 0");
    assert!(sin(f64::INFINITY).is_nan() && cos(f64::NAN).is_nan(), "no angle");
}

#[test]
fn whole_numbers_come_out_whole() {
    for n in -307..=308 {
        let power: f64 = format!("1e{n}").parse().unwrap();
        assert_eq!([log10(power), libm::log10(power)], [f64::from(n); 2], "log10 of 1e{n}");
    }
    for n in -1074..1024 {
        let power = libm::ldexp(1.0, n);
        assert_eq!([log2(power), libm::log2(power)], [f64::from(n); 2], "log2 of 2^{n}");
    }
    for n in 0..=22 {
        assert_eq!(pow(10.0, f64::from(n)), format!("1e{n}").parse::<f64>().unwrap(), "10^{n}");
    }
    for n in 1..2000 {
        let n = f64::from(n);
        assert_eq!([libm::cbrt(n * n * n), (n * n).sqrt(), pow(n * n, 0.5)], [n; 3], "roots of powers of {n}");
        assert_eq!([pow(n, 3.0), pow(n, -2.0)], [n * n * n, 1.0 / (n * n)], "powers of {n}");
        assert_eq!([pow(-n, -1.0), pow(-n, -3.0)], [-1.0 / n, -1.0 / (n * n * n)], "inverse powers of −{n}");
    }
}

#[test]
fn a_power_swallows_nothing() {
    let (nan, infinity) = (f64::NAN, f64::INFINITY);
    for [a, b] in [[nan, 0.0], [1.0, nan], [1.0, infinity], [1.0, -infinity], [-1.0, infinity], [-0.5, infinity]] {
        assert!(pow(a, b).is_nan(), "{a}^{b}");
    }
    assert!([infinity, -infinity].iter().all(|a| pow(*a, 0.0).is_nan()), "∞^0");
    assert_eq!([pow(0.0, 0.0), pow(-2.0, 3.0), pow(0.5, infinity)], [1.0, -8.0, 0.0], "others");
}

#[test]
fn a_distance_needs_no_squares() {
    for (a, b, expected) in [
        (3e200, 4e200, 5e200),
        (-3e-200, 4e-200, 5e-200),
        (3.0, -4.0, 5.0),
        (0.0, -2e-320, 2e-320),
        (1e308, 1.0, 1e308),
        (0.0, 0.0, 0.0),
        (f64::INFINITY, 1.0, f64::INFINITY),
    ] {
        assert!((hypot(a, b) - expected).abs() <= 1e-15 * expected || hypot(a, b) == expected, "{a}, {b}");
    }
    assert!(hypot(f64::NAN, f64::INFINITY).is_nan(), "a part is undefined");
    assert_eq!(hypot(0.1, 0.7), (0.1 * 0.1 + 0.7 * 0.7_f64).sqrt(), "the bits of the formula");
}

#[test]
fn angles_next_to_quarter_turns() {
    for quarter in [1.0, 2.0, 3.0, 4.0, 1e3, 65_537.0, 1_018_590.0] {
        let x = quarter * std::f64::consts::FRAC_PI_2;
        for x in [x.next_down(), x, x.next_up(), -x] {
            assert_close("sin", x, sin(x), libm::sin(x));
            assert_close("cos", x, cos(x), libm::cos(x));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn agrees_with_libm_where_it_matters(x in -50.0..50.0, wide in -750.0..750.0) {
        assert_all_close(x);
        assert_all_close(wide);
        assert_close("ln_1p", x, ln_1p(x.abs()), libm::log1p(x.abs()));
    }

    #[test]
    fn agrees_with_libm_at_every_magnitude(x: f64) {
        assert_all_close(x);
    }

    #[test]
    fn angles_within_reach(x in -ANGLE_REACH..ANGLE_REACH, small in -10.0..10.0, tiny in -1e-3..1e-3) {
        for x in [x, small, tiny] {
            assert_close("sin", x, sin(x), libm::sin(x));
            assert_close("cos", x, cos(x), libm::cos(x));
        }
    }
}

#[test]
fn a_product_leaves_the_range_only_with_its_result() {
    for (factors, expected) in [
        ([1e-200, 1e-200, 1e300], 1e-100),
        ([1e200, 1e200, 1e-300], 1e100),
        ([1e-300, 1e300, 1e300], 1e300),
        ([-1e200, 1e-250, 1e200], -1e150),
        ([0.0, 1e300, 1e300], 0.0),
        ([1e300, 0.0, 1e300], 0.0),
        ([1e-200, 1e-200, 1e-200], 0.0),
        ([1e200, 1e200, 1e200], f64::INFINITY),
    ] {
        let [a, b, c] = factors;
        let mut wide = [1.0; 9];
        wide[3..6].copy_from_slice(&factors);
        for found in [triple_product(a, b, c), wide_product(wide)] {
            let is_right = found == expected || (found - expected).abs() <= 1e-15 * expected.abs();
            assert!(is_right, "{factors:?}: {found:e}, not {expected:e}");
        }
    }
    assert_eq!(wide_product([1e300, 1e300, 0.0, 1e300]), 0.0, "nothing of much");
    assert!(wide_product([0.0, f64::NAN]).is_nan() && triple_product(0.0, f64::NAN, 1.0).is_nan(), "NaN stays");
    assert_eq!(wide_product([1e-200, 1e-123]), 1e-323, "among the least numbers");
}

/// A value has the same bits whether its slope was asked for or not.
#[test]
fn tanh_is_the_same_beside_its_slope() {
    for index in 0..40_000 {
        let x = 0.01 * f64::from(index);
        assert_eq!(tanh(x).to_bits(), tanh_and_slope(x).0.to_bits(), "at {x}");
    }
}
