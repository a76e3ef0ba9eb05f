//! Jets against an independent implementation of dual numbers, and their conventions.

use nalgebra::vector;
use num_dual::DualNum;
use proptest::prelude::*;

use super::*;
use crate::numbers::{Lanes, ScalarField};

/// What a jet knows, in the order value, gradient, Hessian.
fn components<T: Real>(jet: Jet2<T>) -> [T; 6] {
    [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy]
}

fn jet2(field: &impl ScalarField, x: f64, y: f64) -> [f64; 6] {
    components(field.value(Jet2::x(x), Jet2::y(y)))
}

#[track_caller]
fn assert_close(what: &str, actual: [f64; 6], expected: [f64; 6], tolerance: f64) {
    let scale = expected.iter().fold(1.0, |scale: f64, c| scale.max(c.abs()));
    let close = |(a, e): (&f64, &f64)| (a - e).abs() <= tolerance * scale;
    assert!(actual.iter().zip(&expected).all(close), "{what}: {actual:?}, not {expected:?}");
}

/// A jet's value is the plain number's and its orders agree, to the last bit; so do lanes, nearly.
#[track_caller]
fn assert_invariants(field: &impl ScalarField, x: f64, y: f64) {
    let first = field.value(Jet1::x(x), Jet1::y(y));
    let second = field.value(Jet2::x(x), Jet2::y(y)).first_order();
    let bits = |jet: Jet1<f64>| [jet.value, jet.dx, jet.dy].map(f64::to_bits);
    assert_eq!(first.value.to_bits(), field.value(x, y).to_bits(), "the value of a jet");
    assert_eq!(bits(first), bits(second), "the first order of a jet");

    let place = |x: f64| Lanes(std::array::from_fn(|i| x + 0.01 * i as f64));
    let (xs, ys) = (place(x), place(y));
    let lanes = components(field.value(Jet2::x(xs), Jet2::y(ys)));
    assert_eq!(lanes[0], field.value(xs, ys), "the value of a jet of lanes");
    for i in [0, 7, 15] {
        let scalar = jet2(field, xs.0[i], ys.0[i]);
        assert_close("a lane", lanes.map(|pack| pack.0[i]), scalar, 1e-12);
    }
}

/// A formula that is the same text for us and for num-dual, or one text for each.
macro_rules! formulas {
    ($($name:ident($x:ident, $y:ident) = $ours:expr $(, oracle $theirs:expr)?;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            $(
                #[test]
                fn $name(x in -3.0..3.0, y in -3.0..3.0) {
                    struct Ours;
                    impl ScalarField for Ours {
                        // Compiled once for each kind of number.
                        #[inline(never)]
                        fn value<T: Real>(&self, $x: T, $y: T) -> T {
                            $ours
                        }
                    }
                    fn theirs<D: DualNum<Primitive = f64> + Copy>($x: D, $y: D) -> D {
                        formulas!(@oracle $ours $(, $theirs)?)
                    }
                    let (value, gradient, hessian) = num_dual::hessian(|v| theirs(v[0], v[1]), &vector![x, y]);
                    let expected = [value, gradient[0], gradient[1], hessian[(0, 0)], hessian[(0, 1)], hessian[(1, 1)]];
                    assert_close("num-dual's", jet2(&Ours, x, y), expected, 1e-11);
                    assert_invariants(&Ours, x, y);
                }
            )*
        }
    };
    (@oracle $ours:expr) => { $ours };
    (@oracle $ours:expr, $theirs:expr) => { $theirs };
}

formulas! {
    arithmetic(x, y) = x * x * y - y * y * 3.0 + -x / 2.0 - 1.0;
    a_quotient(x, y) = x * x / (y * y + 1.5 - x * 0.3);
    a_reciprocal(x, y) = (x * y + 11.0).recip();
    a_square(x, y) = (x - y * x).square(), oracle (x - y * x) * (x - y * x);
    square_root(x, y) = (x * x + y * y + x * y + 0.5).sqrt();
    cube_root(x, y) = (x + y * 0.5 + 5.0).cbrt() - (x * x + 1.0 + y * y).cbrt();
    exponential(x, y) = (x * y * 0.5).exp();
    logarithm(x, y) = (x * x + y * y + x * y + 0.5).ln();
    decimal_logarithm(x, y) = (x * x + y * y + x * y + 0.5).log10();
    binary_logarithm(x, y) = (x * x + y * y + x * y + 0.5).log2();
    distance(x, y) = (x + 4.0).hypot(x * y - 1.0), oracle ((x + 4.0) * (x + 4.0) + (x * y - 1.0) * (x * y - 1.0)).sqrt();
    sine(x, y) = (x * y + x).sin();
    cosine(x, y) = (x * y + x).cos();
    tangent(x, y) = (x * 0.3 + x * y * 0.05).tan();
    arc_sine(x, y) = (x * 0.2 + x * y * 0.03).asin();
    arc_cosine(x, y) = (x * 0.2 + x * y * 0.03).acos();
    arc_tangent(x, y) = (x * y + x).atan();
    angle(x, y) = (y + 4.0).atan2(x * y);
    hyperbolic_sine(x, y) = (x * y * 0.3 + x).sinh();
    hyperbolic_cosine(x, y) = (x * y * 0.3 + x).cosh();
    hyperbolic_tangent(x, y) = (x * y * 0.3 + x).tanh();
    integral_powers(x, y) = (x * y).powi(5) * 0.01 + (y + x * 0.1 + 4.0).powi(-3) + x.powi(1) + y.powi(0);
    constant_power(x, y) = (x + y * 0.5 + 5.0).powc(1.7), oracle (x + y * 0.5 + 5.0).powf(1.7);
    real_power(x, y) = (x + 4.0).powf(y * 0.5 + x), oracle (x + 4.0).powd(y * 0.5 + x);
    sigmoid(x, y) = (x * y + x).sigmoid(), oracle ((-(x * y + x)).exp() + 1.0).recip();
    softplus(x, y) = (x * y + x).softplus(), oracle ((x * y + x).exp() + 1.0).ln();
    both_of_sine_and_cosine(x, y) = { let (s, c) = (x * y).sin_cos(); s * c + c };
}

/// `f` of the variable x at `x`, with y at 1: its value and first two derivatives.
fn along(x: f64, f: impl Fn(Jet2<f64>, Jet2<f64>) -> Jet2<f64>) -> [f64; 3] {
    let jet = f(Jet2::x(x), Jet2::y(1.0));
    [jet.value, jet.dx, jet.dxx]
}

#[test]
fn kinks_have_slope_zero() {
    assert_eq!(along(0.0, |x, _| x.abs()), [0.0; 3], "abs at 0");
    assert_eq!(along(-2.0, |x, _| x.abs()), [2.0, -1.0, 0.0], "abs below 0");
    assert_eq!(along(0.0, |x, _| x.relu()), [0.0; 3], "relu at 0");
    assert_eq!(along(2.0, |x, _| x.relu()), [2.0, 1.0, 0.0], "relu above 0");
    assert_eq!(along(2.0, |x, _| x.sign()), [1.0, 0.0, 0.0], "sign");
    assert_eq!(along(2.0, |x, _| x.floor()), [2.0, 0.0, 0.0], "floor");
    let one = Jet2::constant(1.0);
    assert_eq!(along(1.0, |x, _| x.max(one)), [1.0, 0.5, 0.0], "max at a tie: the mean of both");
    assert_eq!(along(1.0, |x, _| one.max(x)), [1.0, 0.5, 0.0], "max at a tie, the other way round");
    assert_eq!(along(1.0, |x, _| one.max(x) + one.min(x)), [2.0, 1.0, 0.0], "the sum of both");
    assert_eq!(along(2.0, |x, _| (x * x).min(one)), [1.0, 0.0, 0.0], "min");
    assert_eq!(along(2.0, |x, y| y.select_less(x, x * x, y)), [4.0, 4.0, 2.0], "select");
    assert_eq!(along(2.0, |x, y| (y * 2.0).select_equal(x, x * x, y)), [4.0, 4.0, 2.0], "select where equal");
}

#[test]
fn infinite_slopes_are_zero() {
    assert_eq!(along(0.0, |x, _| x.sqrt()), [0.0; 3], "sqrt at 0");
    assert_eq!(along(0.0, |x, y| (x * x + (y - 1.0).square()).sqrt()), [0.0; 3], "distance at 0");
    assert_eq!(along(0.0, |x, y| x.hypot(y - 1.0)), [0.0; 3], "distance at 0, by name");
    assert_eq!(along(0.0, |x, _| x.cbrt()), [0.0; 3], "cbrt at 0");
    assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(0.5))), [0.0; 3], "x^0.5 at 0");
    assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(1.0))), [0.0, 1.0, 0.0], "x^1 at 0");
    assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(2.0))), [0.0, 0.0, 2.0], "x^2 at 0");
    assert_eq!(along(0.0, |x, _| x.powf(Jet2::constant(0.0))), [1.0, 0.0, 0.0], "x^0 at 0");
    assert_eq!(along(-2.0, |x, _| x.powf(Jet2::constant(3.0))), [-8.0, 12.0, -12.0], "x^3 below 0");
    assert_eq!(along(0.0, |x, _| x.powc(0.5)), [0.0; 3], "x^½ at 0");
    assert_eq!(along(0.0, |x, _| x.powi(1)), [0.0, 1.0, 0.0], "x at 0");
    assert_eq!(along(0.0, |x, _| x.atan2(Jet2::constant(0.0))), [0.0; 3], "angle of the origin");
    let pole = [f64::INFINITY, 0.0, 0.0];
    assert_eq!(along(0.0, |x, y| y / x), pole, "1/x at 0");
    assert_eq!(along(0.0, |x, _| x.recip()), pole, "the reciprocal at 0");
    assert_eq!(along(0.0, |x, _| x.powi(-1)), pole, "x^-1 at 0");
    assert_eq!(along(0.0, |x, _| x.powc(-0.5)), pole, "x^-½ at 0");
    assert_eq!(along(0.0, |x, y| x.powf(-y)), pole, "x^-y at 0");
    assert_eq!(along(0.0, |x, _| x.ln()), [f64::NEG_INFINITY, 0.0, 0.0], "ln at 0");
    assert_eq!(along(0.0, |x, _| x.log10()), [f64::NEG_INFINITY, 0.0, 0.0], "log10 at 0");
    assert_eq!(along(0.0, |x, _| x.log2()), [f64::NEG_INFINITY, 0.0, 0.0], "log2 at 0");
    assert_eq!(along(0.0, |x, _| x.powi(-2)), pole, "x^-2 at 0");
    assert_eq!(along(1.0, |x, _| x.asin())[1..], [0.0, 0.0], "asin at 1");
    assert_eq!(along(-1.0, |x, _| x.acos())[1..], [0.0, 0.0], "acos at -1");
}

#[test]
fn a_slope_that_is_only_too_large_is_not_zero() {
    for (what, [_, first, second]) in [
        ("1/x", along(1e-200, |x, _| x.recip())),
        ("y/x", along(1e-200, |x, y| y / x)),
        ("x^-2", along(1e-150, |x, _| x.powi(-2))),
        ("x^-1.5", along(1e-150, |x, _| x.powc(-1.5))),
        ("x^-y", along(1e-200, |x, y| x.powf(-y))),
    ] {
        assert!(!first.is_finite() && !second.is_finite(), "{what}: {first}, {second}");
    }
    for (what, [_, first, second]) in [
        ("ln", along(1e-200, |x, _| x.ln())),
        ("sqrt", along(1e-250, |x, _| x.sqrt())),
        ("cbrt", along(1e-250, |x, _| x.cbrt())),
    ] {
        assert!(first.is_finite() && first > 1e100 && second == f64::NEG_INFINITY, "{what}: {first}, {second}");
    }
}

#[test]
fn nothing_is_learned_from_nan() {
    assert!(along(-1.0, |x, _| x.sqrt()).iter().all(|c| c.is_nan()), "sqrt below 0");
    assert!(along(0.0, |x, _| x / x).iter().all(|c| c.is_nan()), "0/0");
    assert!(along(f64::NAN, |x, _| x.relu())[0].is_nan(), "relu of NaN");
}
