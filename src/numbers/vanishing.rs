//! Functions that vanish at 0 like their argument, divided by it: sin(x)/x, (eˣ − 1)/x, ln(1 + x)/x.
//!
//! The quotient itself keeps its digits however small x is; of its derivatives by the quotient rule nothing is left near 0,
//! where f′ − f/x cancels. There they come from the power series.

use super::Real;

/// A function f with f(0) = 0 and f′(0) = 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vanishing {
    /// sin x
    Sin,
    /// tan x
    Tan,
    /// asin x
    Asin,
    /// atan x
    Atan,
    /// sinh x
    Sinh,
    /// tanh x
    Tanh,
    /// eˣ − 1
    ExpM1,
    /// ln(1 + x)
    Ln1p,
}

/// Up to this size of x the series is taken; beyond, cancellation costs a digit or two.
const SERIES_REACH: f64 = 0.25;

/// Terms of the series of f(x)/x: the last of the slowest, that of ln(1 + x), is 4⁻²⁹ of the first.
const TERMS: usize = 30;

/// The power series of f(x)/x for each function, in the order of [`Vanishing`].
static SERIES: [[f64; TERMS]; 8] = [
    series(Vanishing::Sin),
    series(Vanishing::Tan),
    series(Vanishing::Asin),
    series(Vanishing::Atan),
    series(Vanishing::Sinh),
    series(Vanishing::Tanh),
    series(Vanishing::ExpM1),
    series(Vanishing::Ln1p),
];

/// f(x)/x in powers of x: each coefficient from those before it, by the differential equation of f.
const fn series(f: Vanishing) -> [f64; TERMS] {
    let mut terms = [0.0; TERMS];
    terms[0] = 1.0;
    let mut k = 1;
    while k < TERMS {
        let n = k as f64;
        let second = if k < 2 { 0.0 } else { terms[k - 2] };
        terms[k] = match f {
            Vanishing::Sin => -second / (n * (n + 1.0)),
            Vanishing::Sinh => second / (n * (n + 1.0)),
            Vanishing::Asin => second * ((n - 1.0) * (n - 1.0)) / (n * (n + 1.0)),
            Vanishing::Atan => -second * (n - 1.0) / (n + 1.0),
            Vanishing::Tan => square_term(&terms, k) / (n + 1.0),
            Vanishing::Tanh => -square_term(&terms, k) / (n + 1.0),
            Vanishing::ExpM1 => terms[k - 1] / (n + 1.0),
            Vanishing::Ln1p => -terms[k - 1] * n / (n + 1.0),
        };
        k += 1;
    }
    terms
}

/// The coefficient of xᵏ in f²: of tan it is that of f′ − 1.
const fn square_term(terms: &[f64; TERMS], k: usize) -> f64 {
    let (mut sum, mut i) = (0.0, 0);
    while i + 2 <= k {
        sum += terms[i] * terms[k - 2 - i];
        i += 1;
    }
    sum
}

/// f(x)
fn value(f: Vanishing, x: f64) -> f64 {
    match f {
        Vanishing::Sin => libm::sin(x),
        Vanishing::Tan => libm::tan(x),
        Vanishing::Asin => libm::asin(x),
        Vanishing::Atan => libm::atan(x),
        Vanishing::Sinh => libm::sinh(x),
        Vanishing::Tanh => libm::tanh(x),
        Vanishing::ExpM1 => libm::expm1(x),
        Vanishing::Ln1p => libm::log1p(x),
    }
}

/// f′(x) and f″(x), where f(x) is `y`; 0 where the slope is infinite.
fn slopes(f: Vanishing, x: f64, y: f64) -> [f64; 2] {
    match f {
        Vanishing::Sin => [libm::cos(x), -y],
        Vanishing::Tan => {
            let first = 1.0 + y * y;
            [first, 2.0 * y * first]
        }
        Vanishing::Asin => {
            let square = (1.0 - x) * (1.0 + x);
            let first = if square == 0.0 { 0.0 } else { 1.0 / square.sqrt() };
            [first, x * first * first * first]
        }
        Vanishing::Atan => {
            let first = 1.0 / (1.0 + x * x);
            [first, -2.0 * x * first * first]
        }
        Vanishing::Sinh => [libm::cosh(x), y],
        Vanishing::Tanh => {
            let (_, first) = x.tanh_and_slope();
            [first, -2.0 * y * first]
        }
        Vanishing::ExpM1 => [libm::exp(x); 2],
        Vanishing::Ln1p => {
            let first = if x == -1.0 { 0.0 } else { 1.0 / (1.0 + x) };
            [first, -first * first]
        }
    }
}

/// f(x)/x, and 1 at 0.
#[inline(never)]
pub fn over_argument(f: Vanishing, x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { value(f, x) / x }
}

/// f(x)/x and its first two derivatives.
#[inline(never)]
pub fn over_argument_slopes(f: Vanishing, x: f64) -> [f64; 3] {
    let whole = over_argument(f, x);
    if x.abs() < SERIES_REACH {
        let [mut first, mut second] = [0.0; 2];
        let terms = &SERIES[f as usize];
        for k in (1..TERMS).rev() {
            let n = k as f64;
            first = first * x + n * terms[k];
            second = if k > 1 { second * x + n * (n - 1.0) * terms[k] } else { second };
        }
        return [whole, first, second];
    }
    let [slope, bend] = slopes(f, x, value(f, x));
    let first = (slope - whole) / x;
    [whole, first, (bend - 2.0 * first) / x]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Vanishing; 8] = [
        Vanishing::Sin,
        Vanishing::Tan,
        Vanishing::Asin,
        Vanishing::Atan,
        Vanishing::Sinh,
        Vanishing::Tanh,
        Vanishing::ExpM1,
        Vanishing::Ln1p,
    ];

    /// The quotient rule, apart from that above: for arguments whose quotient does not cancel.
    fn by_the_quotient_rule(f: Vanishing, x: f64) -> [f64; 3] {
        let y = value(f, x);
        let [first, second] = slopes(f, x, y);
        [y / x, first / x - y / (x * x), second / x - 2.0 * first / (x * x) + 2.0 * y / (x * x * x)]
    }

    #[test]
    fn series_and_quotient_rule_meet() {
        for f in ALL {
            assert_eq!(f as usize, ALL.iter().position(|other| *other == f).unwrap(), "the order of the series");
            for x in [0.15, 0.2, 0.249, 0.251, 0.5, 0.9] {
                for x in [x, -x] {
                    let (found, expected) = (over_argument_slopes(f, x), by_the_quotient_rule(f, x));
                    for (found, expected) in found.into_iter().zip(expected) {
                        assert!((found - expected).abs() <= 1e-12, "{f:?} at {x}: {found}, not {expected}");
                    }
                }
            }
        }
    }

    #[test]
    fn at_zero_stand_the_first_terms_of_the_series() {
        for (f, first, second) in [
            (Vanishing::Sin, 0.0, -1.0 / 3.0),
            (Vanishing::Tan, 0.0, 2.0 / 3.0),
            (Vanishing::Asin, 0.0, 1.0 / 3.0),
            (Vanishing::Atan, 0.0, -2.0 / 3.0),
            (Vanishing::Sinh, 0.0, 1.0 / 3.0),
            (Vanishing::Tanh, 0.0, -2.0 / 3.0),
            (Vanishing::ExpM1, 0.5, 1.0 / 3.0),
            (Vanishing::Ln1p, -0.5, 2.0 / 3.0),
        ] {
            for x in [0.0, 1e-300, -1e-20] {
                let [whole, slope, bend] = over_argument_slopes(f, x);
                assert_eq!(whole, 1.0, "{f:?} at {x}");
                let close = |a: f64, b: f64| (a - b).abs() < 1e-15;
                assert!(close(slope, first) && close(bend, second), "{f:?} at {x}: {slope}, {bend}");
            }
        }
    }

    #[test]
    fn the_value_is_that_of_the_quotient_to_the_last_bit() {
        for (x, f, quotient) in [
            (0.3, Vanishing::Sin, libm::sin(0.3) / 0.3),
            (-7.0, Vanishing::Tanh, libm::tanh(-7.0) / -7.0),
            (1e300, Vanishing::Sin, libm::sin(1e300) / 1e300),
            (800.0, Vanishing::ExpM1, f64::INFINITY),
            (-1.0, Vanishing::Ln1p, f64::INFINITY),
        ] {
            assert_eq!([over_argument(f, x), over_argument_slopes(f, x)[0]], [quotient; 2], "{f:?} at {x}");
        }
        assert!(over_argument(Vanishing::Sin, f64::INFINITY).is_nan(), "no angle");
        assert!(over_argument(Vanishing::Ln1p, -2.0).is_nan(), "outside the domain");
    }
}
