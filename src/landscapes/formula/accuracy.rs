//! Formulas whose parts overflow, vanish or cancel where the whole does not: their derivatives, and where they have no value.

mod cancelling;
mod exponentials;
mod poles;

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2};

use super::*;
use crate::numbers::Point;

const INFINITY: f64 = f64::INFINITY;

/// A formula, a point, and there the value, the gradient and the Hessian, from 1500 digits.
///
/// Where one of them is beyond the range of a number, it has to be infinite or NaN.
const HARD: &[(&str, [f64; 2], [f64; 6])] = &[
    ("ln(1+exp(x))", [400.0, 0.0], [400.0, 1.0, 0.0, 1.915_169_596_714_005_7e-174, 0.0, 0.0]),
    ("ln(1+exp(x))", [800.0, 0.0], [800.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
    ("ln(2+exp(x))", [400.0, 0.0], [400.0, 1.0, 0.0, 3.830_339_193_428_011_4e-174, 0.0, 0.0]),
    (
        "x/(1+exp(x))",
        [400.0, 0.0],
        [7.660_678_386_856_023e-172, -7.641_526_690_888_882e-172, 0.0, 7.622_374_994_921_742e-172, 0.0, 0.0],
    ),
    ("x/(1+exp(x))", [800.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    (
        "x/(2+exp(x))",
        [400.0, 0.0],
        [7.660_678_386_856_023e-172, -7.641_526_690_888_882e-172, 0.0, 7.622_374_994_921_742e-172, 0.0, 0.0],
    ),
    (
        "exp(x)/(1+exp(x))",
        [400.0, 0.0],
        [1.0, 1.915_169_596_714_005_7e-174, 0.0, -1.915_169_596_714_005_7e-174, 0.0, 0.0],
    ),
    ("exp(x)/(3+exp(x))", [400.0, 0.0], [1.0, 5.745_508_790_142_017e-174, 0.0, -5.745_508_790_142_017e-174, 0.0, 0.0]),
    ("exp(x)/(1+exp(x))", [800.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    (
        "exp(x)/(exp(x)+exp(y))",
        [400.0, 401.0],
        [
            0.268_941_421_369_995_1,
            0.196_611_933_241_481_85,
            -0.196_611_933_241_481_85,
            0.090_857_747_672_948_41,
            -0.090_857_747_672_948_41,
            0.090_857_747_672_948_41,
        ],
    ),
    (
        "ln(exp(x)+exp(y))",
        [400.0, 401.0],
        [
            401.313_261_687_518_2,
            0.268_941_421_369_995_1,
            0.731_058_578_630_004_9,
            0.196_611_933_241_481_85,
            -0.196_611_933_241_481_85,
            0.196_611_933_241_481_85,
        ],
    ),
    (
        "exp(-x)/(1+exp(-x))^2",
        [-400.0, 0.0],
        [1.915_169_596_714_005_7e-174, 1.915_169_596_714_005_7e-174, 0.0, 1.915_169_596_714_005_7e-174, 0.0, 0.0],
    ),
    (
        "1/(1+exp(-x))",
        [-400.0, 0.0],
        [1.915_169_596_714_005_7e-174, 1.915_169_596_714_005_7e-174, 0.0, 1.915_169_596_714_005_7e-174, 0.0, 0.0],
    ),
    (
        "sqrt(x^2+y^2)",
        [1e200, 1e200],
        [
            1.414_213_562_373_095e200,
            FRAC_1_SQRT_2,
            FRAC_1_SQRT_2,
            3.535_533_905_932_737_5e-201,
            -3.535_533_905_932_737_5e-201,
            3.535_533_905_932_737_5e-201,
        ],
    ),
    ("sqrt(x^2+y^2)", [3e-200, -4e-200], [5e-200, 0.6, -0.8, 1.28e199, 9.6e198, 7.2e198]),
    ("sqrt(1+x^2)", [1e200, 0.0], [1e200, 1.0, 0.0, 0.0, 0.0, 0.0]),
    ("sqrt(x^2)", [-1e200, 0.0], [1e200, -1.0, 0.0, 0.0, 0.0, 0.0]),
    ("atan2(y,x)", [3e-200, 4e-200], [0.927_295_218_001_612_2, -1.6e199, 1.2e199, INFINITY, INFINITY, -INFINITY]),
    ("atan2(y,x)", [3e200, 4e200], [0.927_295_218_001_612_2, -1.6e-201, 1.2e-201, 0.0, 0.0, 0.0]),
    (
        "(y^64)^y/abs(atan(y))",
        [1.0, 0.000_327_854_220_665_660_04],
        [2_577.560_784_994_45, 0.0, -9_020_442.434_496_41, 0.0, 0.0, 56_051_041_322.539_8],
    ),
    ("(x^65)^-2", [400.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    (
        "(((8x/softplus(4.31))^65)^2)^-1",
        [15.665_650_571_073_911, 0.0],
        [8.157_925_766_982_99e-191, -6.769_781_726_563_095e-190, 0.0, 5.661_056_986_789_223e-189, 0.0, 0.0],
    ),
    ("x^-64", [1e10, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    ("x^-3", [1e-90, 0.0], [1e270, -INFINITY, 0.0, INFINITY, 0.0, 0.0]),
    ("1/(x^65)", [100.0, 0.0], [1e-130, -6.5e-131, 0.0, 4.29e-131, 0.0, 0.0]),
    (
        "ln(sigmoid(-((y*y)^3)))",
        [1.0, 2.911_818],
        [-609.516_347_841_855_8, 0.0, -1_255.950_092_708_794, 0.0, 0.0, -2_156.642_504_285_628_5],
    ),
    (
        "ln(0.5sigmoid(-((y*y)^3)))",
        [1.0, 2.911_818],
        [-610.209_495_022_415_7, 0.0, -1_255.950_092_708_794, 0.0, 0.0, -2_156.642_504_285_628_5],
    ),
    (
        "tan(gauss(x))^-0.5",
        [19.782_439_366_355_02, 0.0],
        [9.538_209_937_320_117e84, 1.886_890_597_486_001_3e86, 0.0, 3.742_268_093_508_542e87, 0.0, 0.0],
    ),
    ("ln(gauss(x))", [20.0, 0.0], [-400.0, -40.0, 0.0, -2.0, 0.0, 0.0]),
    ("ln(gauss(x))", [30.0, 0.0], [-900.0, -60.0, 0.0, -2.0, 0.0, 0.0]),
    ("ln(3gauss(x))", [20.0, 0.0], [-398.901_387_711_331_9, -40.0, 0.0, -2.0, 0.0, 0.0]),
    (
        "log10(gauss(x))",
        [20.0, 0.0],
        [-173.717_792_761_300_73, -17.371_779_276_130_074, 0.0, -0.868_588_963_806_503_6, 0.0, 0.0],
    ),
    (
        "log2(gauss(x))",
        [20.0, 0.0],
        [-577.078_016_355_585_4, -57.707_801_635_558_54, 0.0, -2.885_390_081_777_926_8, 0.0, 0.0],
    ),
    (
        "sqrt(gauss(x))",
        [20.0, 0.0],
        [1.383_896_526_736_737_6e-87, -2.767_793_053_473_475e-86, 0.0, 5.521_747_141_679_583e-85, 0.0, 0.0],
    ),
    (
        "cbrt(gauss(x))",
        [20.0, 0.0],
        [1.241_849_822_478_211_8e-58, -1.655_799_763_304_282_5e-57, 0.0, 2.199_454_018_922_522e-56, 0.0, 0.0],
    ),
    (
        "gauss(x)^1.5",
        [15.0, 0.0],
        [2.664_479_343_197_479e-147, -1.199_015_704_438_865_7e-145, 0.0, 5.387_577_231_945_303e-144, 0.0, 0.0],
    ),
    (
        "gauss(x)^y",
        [20.0, 0.01],
        [
            0.018_315_638_888_734_18,
            -0.007_326_255_555_493_671,
            -7.326_255_555_493_671,
            0.002_564_189_444_422_785,
            2.197_876_666_648_101_6,
            2_930.502_222_197_468_7,
        ],
    ),
    (
        "1/gauss(x)",
        [20.0, 0.0],
        [5.221_469_689_764_144e173, 2.088_587_875_905_657_7e175, 0.0, 8.364_794_443_002_158e176, 0.0, 0.0],
    ),
    (
        "y/gauss(x)",
        [20.0, 2.0],
        [
            1.044_293_937_952_828_9e174,
            4.177_175_751_811_315_4e175,
            5.221_469_689_764_144e173,
            1.672_958_888_600_431_6e177,
            2.088_587_875_905_657_7e175,
            0.0,
        ],
    ),
    ("gauss(x)/gauss(y)", [20.0, 20.0], [1.0, -40.0, 40.0, 1_598.0, -1_600.0, 1_602.0]),
    ("-ln(sigmoid(-x))", [400.0, 0.0], [400.0, 1.0, 0.0, 1.915_169_596_714_005_7e-174, 0.0, 0.0]),
    ("-ln(1-sigmoid(x))", [50.0, 0.0], [50.0, 1.0, 0.0, 1.928_749_847_963_917_8e-22, 0.0, 0.0]),
    ("-ln(0.5gauss(x-10)+0.5gauss(y))", [-10.0, 20.0], [400.0, -20.0, 20.0, -399.0, -400.0, -399.0]),
    ("tanh(x)", [30.0, 0.0], [1.0, 3.502_604_305_078_608e-26, 0.0, -7.005_208_610_157_216e-26, 0.0, 0.0]),
    ("sigmoid(x)", [50.0, 0.0], [1.0, 1.928_749_847_963_917_8e-22, 0.0, -1.928_749_847_963_917_8e-22, 0.0, 0.0]),
    ("atan(1e200x)", [1.0, 0.0], [FRAC_PI_2, 1e-200, 0.0, -2e-200, 0.0, 0.0]),
];

/// What a loss says at one point: alone, and as one of many.
fn at(text: &str, [x, y]: [f64; 2]) -> [[f64; 6]; 2] {
    let loss = Expression::parse(text).unwrap().loss(&[]);
    let there = loss.second_order(Point::new(x, y));
    let alone = [there.value, there.gradient.x, there.gradient.y, there.hessian.xx, there.hessian.xy, there.hessian.yy];
    let mut many = [[0.0; 6]; 17];
    loss.second_orders(&[x; 17], &[y; 17], &mut many);
    [alone, many[16]]
}

/// The size of the numbers that may cancel in each derivative: those of its order, and (∇f)²/f for the second.
fn scales([value, gradient @ .., xx, xy, yy]: [f64; 6]) -> [f64; 6] {
    let first = gradient.iter().fold(0.0, |size: f64, slope| size.max(slope.abs()));
    let bent = (first * first).min(first / value.abs() * first);
    let second = [xx, xy, yy, bent].iter().fold(0.0, |size: f64, bend| size.max(bend.abs()));
    [value.abs(), first, first, second, second, second]
}

#[test]
fn derivatives_survive_what_their_parts_do_not() {
    for (text, point, expected) in HARD {
        for actual in at(text, *point) {
            for ((actual, expected), scale) in actual.into_iter().zip(*expected).zip(scales(*expected)) {
                let close = (actual - expected).abs() <= 1e-11 * scale + 1e-306;
                assert!(
                    if expected.is_finite() { close } else { !actual.is_finite() },
                    "{text} at {point:?}: {actual:e}, not {expected:e}"
                );
            }
        }
    }
}

#[test]
fn what_cancels_in_full_leaves_nothing() {
    // Newton's method divides by it.
    for (text, point) in
        [("-ln(sigmoid(-x))", [400.0, 0.0]), ("ln(1+exp(x))", [400.0, 0.0]), ("ln(2+exp(x))", [400.0, 0.0])]
    {
        assert!(at(text, point).iter().all(|f| f[3].abs() < 1e-15), "{text}: {:?}", at(text, point));
    }
}

/// Formulas of which a part has no value at (−1, 0).
const UNDEFINED: &[&str] = &[
    "1^ln(x)",
    "abs(y^0*floor(x))^ln(-y^2)",
    "abs(y^0*floor(x))^ln(x)",
    "ln(x)^0",
    "(ln(x)+1)^0",
    "(0/0)^0",
    "(1/y)^0",
    "1^(1/y)",
    "(-0.5)^(1/y)",
    "0*ln(x)",
    "0*(1/y)",
    "0^ln(x)",
    "ln(x)-ln(x)",
    "ln(x)/ln(x)",
    "exp(ln(x))",
    "exp(-1/ln(x)^2)",
    "1/(1+exp(ln(x)))",
    "ln(1+exp(ln(x)))",
    "sqrt(ln(x)^2)",
    "sqrt(ln(x)^2+y^2)",
    "sqrt(1+ln(x)^2)",
    "min(1, ln(x))",
    "min(ln(x), 1)",
    "max(1, asin(x-1))",
    "max(asin(x-1), 1)",
    "sign(ln(x))",
    "step(ln(x))",
    "relu(ln(x))",
    "|ln(x)|",
    "floor(ln(x))",
    "mod(ln(x), 2)",
    "mod(2, ln(x))",
    "mod(x, y)",
    "atan2(ln(x), 1)",
    "atan2(1, ln(x))",
    "atan(ln(x))",
    "tanh(ln(x))",
    "sigmoid(ln(x))",
    "softplus(ln(x))",
    "gauss(ln(x))",
    "cosh(ln(x))",
    "cbrt(ln(x))",
    "log10(x)",
    "1/(1/y)",
    "exp(-1/y^2)",
    "sigmoid(1/y)",
    "log2(x)",
    "floor(log10(x))",
    "if(x < 0, ln(x), 1)",
];

#[test]
fn an_undefined_part_is_not_hidden() {
    for text in UNDEFINED {
        let loss = Expression::parse(text).unwrap().loss(&[]);
        let mut row = [0.0; 20];
        loss.value_row(&[-1.0; 20], 0.0, &mut row);
        let [alone, many] = at(text, [-1.0, 0.0]);
        let values = [loss.value(Point::new(-1.0, 0.0)), alone[0], many[0], row[19]];
        assert!(values.iter().all(|value| value.is_nan()), "{text} is {values:?}");
    }
}

#[test]
fn what_is_a_whole_number_is_exactly_that() {
    for (text, x, expected) in [
        ("floor(log10(x))", 1000.0, 3.0),
        ("floor(log10(x))", 1e15, 15.0),
        ("floor(log10(x))", 1e-5, -5.0),
        ("log2(x)", 8.0, 3.0),
        ("log2(x)", 0.125, -3.0),
        ("cbrt(x)", 27.0, 3.0),
        ("cbrt(x)", -1000.0, -10.0),
        ("x^0.5", 49.0, 7.0),
        ("x^-0.5", 0.25, 2.0),
        ("x^1.5", 4.0, 8.0),
        ("x^-2", 0.5, 4.0),
        ("x^65", -1.0, -1.0),
        ("10^x", 3.0, 1000.0),
        ("10^x", 22.0, 1e22),
        ("10^x", -3.0, 1e-3),
        ("2^x", 10.0, 1024.0),
        ("exp(x)", 0.0, 1.0),
        ("ln(exp(x))", 3.0, 3.0),
        ("ln(e^x)", 3.0, 3.0),
        ("sqrt(x^2)", 0.1, 0.1),
        ("sqrt(x^2+y^2)", 3.0, 5.0),
        ("mod(x, 0.5)", 3.0, 0.0),
        ("floor(x/0.1)", 0.3, 2.0),
    ] {
        let y = 4.0;
        let loss = Expression::parse(text).unwrap().loss(&[]);
        let mut row = [0.0; 20];
        loss.value_row(&[x; 20], y, &mut row);
        let [alone, many] = at(text, [x, y]);
        let values =
            [loss.value(Point::new(x, y)), loss.first_order(Point::new(x, y)).value, alone[0], many[0], row[3]];
        assert_eq!(values, [expected; 5], "{text} at {x}");
    }
}

#[test]
fn parts_are_written_in_the_form_that_keeps_their_digits() {
    for (text, same) in [
        ("ln(1+exp(x))", "softplus(x)"),
        ("ln(exp(x y)+1)", "softplus(x y)"),
        ("1/(1+exp(-x))", "sigmoid(x)"),
        ("exp(x)/(1+exp(x))", "sigmoid(x)"),
        ("x/(1+exp(x))", "x sigmoid(-x)"),
        ("1-sigmoid(x)", "sigmoid(-x)"),
        ("-ln(1-1/(1+exp(-x)))", "softplus(x)"),
        ("ln(gauss(x))", "-x^2"),
        ("sqrt(x^2)", "|x|"),
        ("exp(x)/(exp(x)+exp(2x))", "sigmoid(-x)"),
        ("1/(2+2exp(-x))", "sigmoid(x)/2"),
        ("ln(1+x^2+y^2)", "log1p(x^2+y^2)"),
    ] {
        let [tape, expected] = [text, same].map(|text| Expression::parse(text).unwrap().loss(&[]));
        for x in [-800.0, -40.0, -1.5, 0.0, 0.3, 7.0, 40.0, 800.0] {
            let [a, b] = [&tape, &expected].map(|loss| loss.second_order(Point::new(x, 0.7)));
            assert_eq!(a, b, "{text} at {x}");
        }
    }
}
