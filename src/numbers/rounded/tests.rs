//! The bits of the plain numbers, and bounds that hold.

use std::f64::consts::{FRAC_PI_2, PI};

use proptest::prelude::*;

use super::*;
use crate::numbers::{Jet2, Real};

/// A formula in which digits are lost, over any kind of number.
fn lossy<T: Real>(x: T, y: T) -> T {
    (x + 1.0).square() - x * 2.0 - 1.0 + (y.exp() - 1.0 - y) * x.sin()
}

#[test]
fn exact_arithmetic_has_no_error() {
    let [three, four] = [3.0, 4.0].map(Rounded::exact);
    for exact in [three * four + 1.0, three.hypot(four) - 5.0, (three.square() + four.square()).sqrt(), four / 2.0] {
        assert!(exact.error <= ULP * 5.0, "{exact:?}");
    }
    assert_eq!((three * four + 1.0).error, 0.0, "whole numbers");
    assert!((Rounded::exact(0.1) + 0.2).error > 0.0, "a rounded sum");
}

#[test]
fn a_root_of_zero_and_a_pole_know_nothing_wrong() {
    let zero = Rounded::exact(0.0);
    assert_eq!(zero.sqrt(), zero, "a root");
    assert_eq!(zero.recip(), Rounded::exact(f64::INFINITY), "a pole");
}

/// A function over numbers with errors and over plain ones, and places at which it is flat, steep, kinked or jumps.
type Function = (&'static str, fn(Rounded) -> Rounded, fn(f64) -> f64, &'static [f64]);

macro_rules! functions {
    ($($name:ident at $places:expr),* $(,)?) => {
        &[$((stringify!($name), <Rounded as Real>::$name, <f64 as Real>::$name, &$places)),*]
    };
}

const FUNCTIONS: &[Function] = functions![
    sqrt at [0.0, 1e-20, 2.0],
    cbrt at [0.0, -1e-20, 2.0],
    exp at [0.0, -3.0, 300.0],
    exp_m1 at [0.0, -3.0],
    ln at [1.0, 1e-3, 1e10],
    ln_1p at [0.0, -0.9, 1e10],
    log10 at [1.0, 1e-3],
    log2 at [1.0, 8.0],
    sin at [0.0, FRAC_PI_2, 1e6],
    cos at [0.0, PI, 1e6],
    tan at [0.0, 1.5, -0.3],
    asin at [0.0, 1.0, -1.0, 0.999_999],
    acos at [0.0, 1.0, -1.0, 0.999_999],
    atan at [0.0, 3.0, -1e10],
    sinh at [0.0, 3.0],
    cosh at [0.0, -3.0],
    tanh at [0.0, 0.5, 20.0],
    abs at [0.0, -2.0],
    sign at [0.0, 1e-3],
    floor at [0.0, 0.5, 2.0, -1.0],
    relu at [0.0, -0.1, 0.2],
    sigmoid at [0.0, -30.0, 40.0],
    softplus at [0.0, -30.0, 40.0],
    square at [0.0, -1.5],
    recip at [2.0, -1e-3],
];

fn cube_root_as_power<T: Real>(x: T) -> T {
    x.powc(1.0 / 3.0)
}

fn slope_of_root<T: Real>(x: T) -> T {
    Jet2::x(x).sqrt().dx
}

const OTHERS: &[Function] = &[
    ("x^(1/3)", cube_root_as_power, cube_root_as_power, &[0.0, 1e-3]),
    ("the slope of a root", slope_of_root, slope_of_root, &[0.0, 1e-3]),
    ("max(x, -x)", |x| x.max(-x), |x| Real::max(x, -x), &[0.0, 1e-3]),
    ("min(x, 0)", |x| x.min(Rounded::exact(0.0)), |x| Real::min(x, 0.0), &[0.0, 1e-3]),
    ("the slope of relu", |x| Jet2::x(x).relu().dx, |x| Jet2::x(x).relu().dx, &[0.0, 1e-3]),
    ("hypot(x, 3e-4)", |x| x.hypot(Rounded::exact(3e-4)), |x| Real::hypot(x, 3e-4), &[0.0, 1.0]),
    ("atan2(x, 1e-3)", |x| x.atan2(Rounded::exact(1e-3)), |x| Real::atan2(x, 1e-3), &[0.0, 1.0]),
];

#[test]
fn a_number_that_is_off_by_its_error_stays_within_the_bound_of_a_function() {
    const SHARES: [f64; 7] = [-1.0, -0.6, -1e-3, 0.0, 1e-3, 0.6, 1.0];
    for (name, rounded, plain, places) in FUNCTIONS.iter().chain(OTHERS) {
        for at in *places {
            for error in [1e-14, 1e-9, 1e-5, 1e-2, 0.7, 5.0] {
                // The place that is off is rounded, too.
                let found = rounded(Rounded { value: *at, error: error + ULP * at.abs() });
                assert_eq!(found.value.to_bits(), plain(*at).to_bits(), "{name}: the bits of the plain number");
                for there in SHARES.map(|share| plain(at + share * error)).into_iter().filter(|there| !there.is_nan()) {
                    let own = 2.0 * ULP * (there.abs() + found.value.abs()) + ULP * at.abs().max(1.0);
                    let off = (there - found.value).abs();
                    assert!(
                        off <= found.error + own,
                        "{name} at {at} ± {error:e}: off by {off:e}, not {:e}",
                        found.error
                    );
                }
            }
        }
    }
}

#[test]
fn an_error_that_a_function_takes_away_is_gone() {
    for (name, found, most) in [
        ("tanh far out", Rounded { value: 400.0, error: 1.0 }.tanh(), 1e-15),
        ("sigmoid far out", Rounded { value: -700.0, error: 1e-3 }.sigmoid(), 1e-300),
        ("atan far out", Rounded { value: 1e10, error: 1e3 }.atan(), 1e-15),
        ("a unit that is off", Rounded { value: -1.0, error: 0.5 }.relu(), 0.0),
        ("a floor", Rounded { value: 2.5, error: 0.25 }.floor(), 0.0),
        ("a sign", Rounded { value: 2.5, error: 0.25 }.sign(), 0.0),
        ("the greater", Rounded { value: 2.5, error: 0.25 }.max(Rounded { value: -1.0, error: 1.0 }), 0.25),
    ] {
        assert!(found.error <= most, "{name}: {found:?}");
    }
}

proptest! {
    /// Values and derivatives have the bits of the plain jets.
    #[test]
    fn the_value_is_that_of_the_plain_number(x in -5.0..5.0, y in -5.0..5.0) {
        let plain = lossy(Jet2::x(x), Jet2::y(y));
        let rounded = lossy(Jet2::x(Rounded::exact(x)), Jet2::y(Rounded::exact(y)));
        for (plain, rounded) in [(plain.value, rounded.value), (plain.dx, rounded.dx), (plain.dyy, rounded.dyy)] {
            prop_assert_eq!(plain.to_bits(), rounded.value.to_bits());
        }
    }

    /// (1 + x)² − 1 − 2x is x².
    #[test]
    fn the_bound_holds(exponent in -9.0..3.0) {
        let x = libm::exp10(exponent);
        let rounded = lossy(Rounded::exact(x), Rounded::exact(0.0));
        let off = (rounded.value - x * x).abs();
        prop_assert!(off <= rounded.error + 2.0 * ULP * x * x, "{} is off by {}", rounded.error, off);
        prop_assert!(rounded.error <= 4.0 * ULP * (1.0 + x) * (1.0 + x), "too wide: {}", rounded.error);
    }
}
