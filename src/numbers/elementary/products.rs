//! Powers, and products of several factors that leave the range of a number only where the result does.

/// 2⁵³: whole numbers up to here are exact.
const TWO_53: f64 = 9_007_199_254_740_992.0;

/// aᵇ as `libm` has it, except that NaN is never swallowed: a⁰ and 1ᵇ are 1 for finite numbers only.
///
/// An infinite exponent of 1 or of a negative number, and an infinite base of the exponent 0, have no value. One over a power
/// that is a whole number is correctly rounded.
#[inline(always)]
pub fn pow(a: f64, b: f64) -> f64 {
    if !(a.is_finite() && b.is_finite()) {
        return pow_of_infinite(a, b);
    }
    if b < 0.0 && a.floor() == a && b.floor() == b {
        let inverse = libm::pow(a, -b);
        if inverse.abs() <= TWO_53 {
            return 1.0 / inverse;
        }
    }
    libm::pow(a, b)
}

/// As [`pow`], where one of the two is infinite or NaN.
#[cold]
fn pow_of_infinite(a: f64, b: f64) -> f64 {
    let undefined = a.is_nan() || b.is_nan();
    let indefinite = b.is_infinite() && (a < 0.0 || a == 1.0) || b == 0.0;
    if undefined || indefinite { f64::NAN } else { libm::pow(a, b) }
}

/// a·b·c, which is in range if the result is.
#[inline(always)]
pub fn triple_product(a: f64, b: f64, c: f64) -> f64 {
    let first = a * b;
    if first.is_normal() { first * c } else { triple_product_in_order(a, b, c) }
}

/// As [`triple_product`]: what is large is multiplied by what is small.
#[cold]
#[inline(never)]
fn triple_product_in_order(a: f64, b: f64, c: f64) -> f64 {
    let (small, large) = if b.abs() < c.abs() { (b, c) } else { (c, b) };
    if a.abs() < 1.0 { (a * large) * small } else { (a * small) * large }
}

/// The product of many factors, which is in range if the result is: mantissas and exponents apart. 0 if one factor is 0.
#[cold]
pub fn wide_product<const N: usize>(factors: [f64; N]) -> f64 {
    let (mut product, mut exponent) = (1.0, 0);
    for factor in factors {
        if factor == 0.0 && !factors.iter().any(|other| other.is_nan()) {
            return 0.0;
        }
        let (mantissa, more) = libm::frexp(factor);
        let (mantissa, again) = libm::frexp(product * mantissa);
        (product, exponent) = (mantissa, exponent + more + again);
    }
    libm::scalbn(product, exponent)
}
