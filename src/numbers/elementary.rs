//! Elementary functions without a branch or a table, so that a loop over lanes becomes vector code.
//!
//! Each is arithmetic, selects and bit operations only. They agree with the `libm` crate to 1e-14
//! relative, not to the last bit: pictures may come from here, printed numbers come from `libm`.
//! Rust never fuses a multiplication with an addition, so the bits are the same on every processor.

mod products;
#[cfg(test)]
mod tests;

use std::f64::consts::{FRAC_2_PI, LOG2_E};

pub use products::{pow, triple_product, wide_product};

/// 1.5 · 2⁵²: adding it rounds a number below 2⁵¹ to an integer, left in the sum's lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

const TWO_52: f64 = 4_503_599_627_370_496.0;
const TWO_54: f64 = 18_014_398_509_481_984.0;

/// From here on tanh differs from 1 by less than rounding.
const TANH_IS_ONE: f64 = 20.0;

/// The bits of a number below its sign and exponent.
const MANTISSA: u64 = (1 << 52) - 1;

/// The leading bits of √½.
const SQRT_HALF: u64 = 0x3fe6_a09e_0000_0000;

/// ln 2 in two parts; the first ends in zeros, so its product with a small integer is exact.
const LN_2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];

/// log₁₀ 2 in two parts, as [`LN_2`].
const LOG10_2: [f64; 2] = [0.301_029_995_663_611_77, 3.694_239_077_158_931e-13];

/// 1/ln 10 in two parts; the first has half the bits.
const PER_LN_10: [f64; 2] = [0.434_294_481_878_168_9, 2.508_294_671_164_527_5e-11];

/// 1/ln 2 in two parts; the first has half the bits.
const PER_LN_2: [f64; 2] = [1.442_695_040_721_446_3, 1.675_171_316_488_651_2e-10];

/// The upper half of a number's bits.
const HIGH_HALF: u64 = u64::MAX << 32;

/// π/2 in three parts; the first two have 33 bits, so their products with 20-bit integers are exact.
const HALF_PI: [f64; 3] = [1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_795_950_6e-21];

/// [`sin_cos`] is accurate for angles up to this magnitude: 2²⁰ quarter turns, rounded down.
pub const ANGLE_REACH: f64 = 1.6e6;

/// The series of (eʳ − 1 − r)/r², its even terms and its odd ones, both in powers of r²: two short
/// chains of operations run side by side.
const EXP_EVEN: [f64; 6] = [1.0 / 2.0, 1.0 / 24.0, 1.0 / 720.0, 1.0 / 40_320.0, 1.0 / 3_628_800.0, 1.0 / 479_001_600.0];
const EXP_ODD: [f64; 6] =
    [1.0 / 6.0, 1.0 / 120.0, 1.0 / 5_040.0, 1.0 / 362_880.0, 1.0 / 39_916_800.0, 1.0 / 6_227_020_800.0];

/// (2 artanh s − 2 s)/s³ in powers of s² for |s| < 0.172, minimax; from fdlibm's `e_log.c`.
const LN: [f64; 7] = [
    0.666_666_666_666_673_5,
    0.399_999_999_994_094_2,
    0.285_714_287_436_623_9,
    0.222_221_984_321_497_84,
    0.181_835_721_616_180_5,
    0.153_138_376_992_093_73,
    0.147_981_986_051_165_86,
];

/// (sin r − r)/r³ in powers of r² for |r| ≤ π/4, minimax; from fdlibm's `k_sin.c`.
const SIN: [f64; 6] = [
    -0.166_666_666_666_666_32,
    0.008_333_333_333_322_49,
    -0.000_198_412_698_298_579_5,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];

/// (cos r − 1 + r²/2)/r⁴ in powers of r² for |r| ≤ π/4, minimax; from fdlibm's `k_cos.c`.
const COS: [f64; 6] = [
    0.041_666_666_666_666_6,
    -0.001_388_888_888_887_411,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// c₀ + c₁x + c₂x² + …
///
/// A bare loop: the tests run with little optimization, where each step of an iterator is a call.
#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut degree = N - 1;
    let mut sum = coefficients[degree];
    while degree > 0 {
        degree -= 1;
        sum = sum * x + coefficients[degree];
    }
    sum
}

/// `x` between two bounds; NaN stays NaN.
#[inline(always)]
fn clamp(x: f64, low: f64, high: f64) -> f64 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// 2ⁿ for an integral `n` in −1022 ..= 1023: its last bits, moved into the exponent.
#[inline(always)]
fn power_of_two(n: f64) -> f64 {
    f64::from_bits(((n + ROUNDER).to_bits() << 52).wrapping_add(1.0_f64.to_bits()))
}

/// The integer n nearest x/ln 2, and eʳ − 1 of the remainder r = x − n ln 2.
///
/// The remainder is at most 0.35, where the Taylor series to r¹³ is good to 1e-17 relative.
#[inline(always)]
fn reduced_exp_m1(x: f64) -> (f64, f64) {
    let n = (x * LOG2_E + ROUNDER) - ROUNDER;
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    let r2 = r * r;
    let rest = polynomial(r2, EXP_EVEN) + r * polynomial(r2, EXP_ODD);
    (n, r + r2 * rest)
}

/// eˣ − 1 for |x| ≤ 700, without the cancellation near 0.
#[inline(always)]
fn exp_m1_within_reach(x: f64) -> f64 {
    let (n, grown) = reduced_exp_m1(x);
    let scale = power_of_two(n);
    (scale - 1.0) + scale * grown
}

/// eˣ − 1, without the cancellation near 0.
#[inline(always)]
pub fn exp_m1(x: f64) -> f64 {
    let small = exp_m1_within_reach(clamp(x, -700.0, 700.0));
    if x > 700.0 { exp(x) } else { small }
}

/// eˣ: ∞ above 709.8, gradually 0 below −708.4, NaN for NaN.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let (n, grown) = reduced_exp_m1(clamp(x, -746.0, 710.0));
    // 2ⁿ may lie outside the normal range, its two halves do not.
    let half = (n * 0.5 + ROUNDER) - ROUNDER;
    (1.0 + grown) * power_of_two(half) * power_of_two(n - half)
}

/// x = 2ᵏ(1 + f) with 1 + f between √½ and √2: k, f, f²/2, and s(f²/2 + R), by which ln(1 + f) exceeds f − f²/2.
#[inline(always)]
fn reduced_ln(x: f64) -> [f64; 4] {
    let tiny = x < f64::MIN_POSITIVE;
    let normal = if tiny { x * TWO_54 } else { x };
    let bits = normal.to_bits().wrapping_add(1.0_f64.to_bits() - SQRT_HALF);
    let mantissa = f64::from_bits((bits & MANTISSA).wrapping_add(SQRT_HALF));
    let biased = f64::from_bits((bits >> 52) | TWO_52.to_bits()) - TWO_52;
    let k = biased - if tiny { 1023.0 + 54.0 } else { 1023.0 };
    let f = mantissa - 1.0;
    // ln(1 + f) = 2 artanh(s) is a series in s².
    let s = f / (2.0 + f);
    let half_square = 0.5 * f * f;
    let s2 = s * s;
    let series = s2 * polynomial(s2, LN);
    [k, f, half_square, s * (half_square + series)]
}

/// A logarithm that was computed for positive finite numbers, at every other x.
#[inline(always)]
fn logarithm_at(x: f64, log: f64) -> f64 {
    let log = if x < f64::INFINITY { log } else { x };
    if x > 0.0 {
        log
    } else if x == 0.0 {
        f64::NEG_INFINITY
    } else {
        f64::NAN
    }
}

/// The natural logarithm: −∞ at zero, NaN below it; subnormal numbers included.
///
/// Source: fdlibm's `e_log.c`, with its cases turned into selects.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let [k, f, half_square, rest] = reduced_ln(x);
    logarithm_at(x, rest + k * LN_2[1] - half_square + f + k * LN_2[0])
}

/// ln(1 + f) in two parts; the first has half the bits, so that its products are exact.
#[inline(always)]
fn split_ln(f: f64, half_square: f64, rest: f64) -> [f64; 2] {
    let high = f64::from_bits((f - half_square).to_bits() & HIGH_HALF);
    [high, (f - high) - half_square + rest]
}

/// The sum of three numbers of falling size, the first two of them without an error.
#[inline(always)]
fn sum_of(large: f64, middle: f64, small: f64) -> f64 {
    let sum = large + middle;
    small + ((large - sum) + middle) + sum
}

/// The logarithm to base 10, exact at powers of ten; −∞ at zero, NaN below it.
///
/// Source: FreeBSD's `e_log10.c`, with its cases turned into selects.
#[inline(always)]
pub fn log10(x: f64) -> f64 {
    let [k, f, half_square, rest] = reduced_ln(x);
    let [high, low] = split_ln(f, half_square, rest);
    let small = k * LOG10_2[1] + (low + high) * PER_LN_10[1] + low * PER_LN_10[0];
    logarithm_at(x, sum_of(k * LOG10_2[0], high * PER_LN_10[0], small))
}

/// The logarithm to base 2, exact at powers of two; −∞ at zero, NaN below it.
///
/// Source: FreeBSD's `e_log2.c`, with its cases turned into selects.
#[inline(always)]
pub fn log2(x: f64) -> f64 {
    let [k, f, half_square, rest] = reduced_ln(x);
    let [high, low] = split_ln(f, half_square, rest);
    let small = (low + high) * PER_LN_2[1] + low * PER_LN_2[0];
    logarithm_at(x, sum_of(k, high * PER_LN_2[0], small))
}

/// ln(1 + x): what rounding 1 + x lost is put back to first order; −∞ at −1, NaN below it.
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    let sum = 1.0 + x;
    let lost = (x - (sum - 1.0)) / sum;
    ln(sum) + if lost.abs() < 1.0 { lost } else { 0.0 }
}

/// Sine and cosine for |x| up to [`ANGLE_REACH`]; worthless beyond, where callers go elsewhere.
///
/// Cody and Waite's reduction to a quarter turn around zero, then fdlibm's two polynomials.
#[inline(always)]
pub fn sin_cos(x: f64) -> (f64, f64) {
    let shifted = x * FRAC_2_PI + ROUNDER;
    let n = shifted - ROUNDER;
    let r = ((x - n * HALF_PI[0]) - n * HALF_PI[1]) - n * HALF_PI[2];
    let r2 = r * r;
    let sin = r + r * r2 * polynomial(r2, SIN);
    let half = 0.5 * r2;
    // 1 − half loses its last bits; (1 − (1 − half)) − half are they.
    let cos = (1.0 - half) + ((1.0 - (1.0 - half)) - half + r2 * r2 * polynomial(r2, COS));
    let quadrant = shifted.to_bits();
    let odd = quadrant & 1 == 1;
    let (s, c) = if odd { (cos, sin) } else { (sin, cos) };
    (flip(s, quadrant), flip(c, quadrant.wrapping_add(1)))
}

/// `x` with its sign changed in the quadrants 2 and 3.
#[inline(always)]
fn flip(x: f64, quadrant: u64) -> f64 {
    f64::from_bits(x.to_bits() ^ ((quadrant & 2) << 62))
}

/// The sine, see [`sin_cos`].
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    sin_cos(x).0
}

/// The cosine, see [`sin_cos`].
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    sin_cos(x).1
}

/// The hyperbolic tangent, accurate also near 0: m·(1/(m + 2)) with m = e^2|x| − 1.
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    let size = x.abs();
    let m = exp_m1_within_reach(2.0 * clamp(size, 0.0, TANH_IS_ONE));
    let tanh = m * (1.0 / (m + 2.0));
    (if size >= TANH_IS_ONE { 1.0 } else { tanh }).copysign(x)
}

/// The hyperbolic sine, accurate also near 0.
///
/// 2 sinh(x/2) cosh(x/2), because half the argument overflows only where the result does.
#[inline(always)]
pub fn sinh(x: f64) -> f64 {
    let m = exp_m1_within_reach(0.5 * clamp(x.abs(), 0.0, 712.0));
    let d = m / (m + 1.0);
    ((m + d) * (1.0 + 0.5 * m * d)).copysign(x)
}

/// The hyperbolic cosine, 1 + 2 sinh²(x/2).
#[inline(always)]
pub fn cosh(x: f64) -> f64 {
    let m = exp_m1_within_reach(0.5 * clamp(x.abs(), 0.0, 712.0));
    let twice_sinh = m + m / (m + 1.0);
    1.0 + (0.5 * twice_sinh) * twice_sinh
}

/// [`tanh`] and its slope 1 − tanh² = (1 − tanh)(1 + tanh), in which nothing cancels.
#[inline(always)]
pub fn tanh_and_slope(x: f64) -> (f64, f64) {
    let size = x.abs();
    let m = exp_m1_within_reach(2.0 * clamp(size, 0.0, 350.0));
    let half = 1.0 / (m + 2.0);
    let slope = 4.0 * half * (1.0 - half);
    let tanh = if size >= TANH_IS_ONE { 1.0 } else { m * half };
    (tanh.copysign(x), if size > 350.0 { 0.0 } else { slope })
}

/// The sigmoid of x and its slope, where e⁻ˣ is `e`.
#[inline(always)]
pub fn sigmoid_and_slope_of(e: f64) -> (f64, f64) {
    let p = 1.0 / (1.0 + e);
    // Where e overflows p is 0, and so is the slope.
    let finite = if e > f64::MAX { f64::MAX } else { e };
    (p, (finite * p) * p)
}

/// [`sigmoid`] and its slope.
#[inline(always)]
pub fn sigmoid_and_slope(x: f64) -> (f64, f64) {
    sigmoid_and_slope_of(exp(-x))
}

/// 1/(1 + e⁻ˣ).
#[inline(always)]
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// max(x, 0); NaN stays NaN.
#[inline(always)]
pub fn positive_part(x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { x }
}

/// ln(1 + eˣ) as max(x, 0) + ln(1 + e^−|x|).
#[inline(always)]
pub fn softplus(x: f64) -> f64 {
    positive_part(x) + ln_1p(exp(-x.abs()))
}

/// The first two derivatives of softplus at x, where e^−|x| is `e`: one exponential does for all of them.
#[inline(always)]
pub fn softplus_slopes_of(x: f64, e: f64) -> [f64; 2] {
    let share = 1.0 / (1.0 + e);
    let rest = e * share;
    [if x < 0.0 { rest } else { share }, rest * share]
}

/// [`softplus`] and its first two derivatives.
#[inline(always)]
pub fn softplus_and_slopes(x: f64) -> [f64; 3] {
    let e = exp(-x.abs());
    let [slope, bend] = softplus_slopes_of(x, e);
    [positive_part(x) + ln_1p(e), slope, bend]
}

/// Within these bounds a sum of two squares has lost nothing.
const SAFE_SQUARES: [f64; 2] = [1e-270, 1e300];

/// Whether [`hypot`] may take the root of the sum of the squares.
#[inline(always)]
pub fn is_safe_sum(squares: f64) -> bool {
    (SAFE_SQUARES[0]..=SAFE_SQUARES[1]).contains(&squares)
}

/// √(a² + b²): where the squares are in range the very bits of this, and right where they are not.
#[inline(always)]
pub fn hypot(a: f64, b: f64) -> f64 {
    let squares = a * a + b * b;
    if is_safe_sum(squares) { squares.sqrt() } else { hypot_by_scaling(a, b) }
}

/// As [`hypot`], the numbers being brought near 1 by a power of two.
#[cold]
fn hypot_by_scaling(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    let scale = power_of_two(if a.abs().max(b.abs()) > 1.0 { -600.0 } else { 600.0 });
    let (a, b) = (a * scale, b * scale);
    (a * a + b * b).sqrt() / scale
}
