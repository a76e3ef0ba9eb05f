//! Functions that vanish at 0, divided by their argument: sin(x)/x, (eˣ − 1)/x, ln(1 + x)/x; and what is left of these
//! quotients without their first terms, again divided by x: (eˣ − 1 − x)/x², (sin x − x)/x³, (cos x − 1 + x²/2)/x⁴.
//!
//! The first quotient keeps its digits however small x is; of the others and of the derivatives nothing is left near 0, where
//! f′ − f/x cancels. There they come from the power series.

use super::Real;

/// A function f with f(0) = 0.
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
    /// cos x − 1
    Cos,
    /// cosh x − 1
    Cosh,
    /// √(1 + x) − 1
    Root,
}

impl Vanishing {
    /// Whether the power series converges everywhere.
    fn is_entire(self) -> bool {
        matches!(self, Self::Sin | Self::Sinh | Self::Cos | Self::Cosh | Self::ExpM1)
    }
}

/// f(x)/x, or what follows its first terms: for f(x)/x = c₀ + c₁x + c₂x² + … the quotient of order k is cₖ + cₖ₊₁x + ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotient {
    /// f
    pub function: Vanishing,
    /// How many terms are left out, at most `MOST_LEFT_OUT`.
    pub order: u8,
    /// Whether it is taken at the root of the argument, q(√u): of an even quotient that is smooth at 0, where the root is not.
    pub at_root: bool,
}

impl Quotient {
    /// f(x)/x
    pub const fn of(function: Vanishing) -> Self {
        Self::without(function, 0)
    }

    /// What follows the first terms, as many as `order`.
    pub const fn without(function: Vanishing, order: u8) -> Self {
        Self { function, order, at_root: false }
    }

    /// An even quotient as a function of its argument squared: sin(√u)/√u, and (cos √u − 1)/u, of which the first is without
    /// a term left out and the second without one; `None` for other functions.
    pub const fn of_root(function: Vanishing) -> Option<Self> {
        let order = match function {
            Vanishing::Cos | Vanishing::Cosh => 1,
            Vanishing::ExpM1 | Vanishing::Ln1p | Vanishing::Root => return None,
            _ => 0,
        };
        Some(Self { function, order, at_root: true })
    }

    /// (q(x) − q(0))/x, as far as it is known.
    pub fn next(self) -> Option<Self> {
        (self.order < MOST_LEFT_OUT).then_some(Self { order: self.order + 1, ..self })
    }

    /// q(0)
    pub fn at_zero(self) -> f64 {
        SERIES[self.function as usize][usize::from(self.order)]
    }
}

/// The most terms that are left out of a quotient.
const MOST_LEFT_OUT: u8 = 12;

/// Up to this size of x the series is taken; beyond, cancellation costs a digit or two.
const SERIES_REACH: f64 = 0.5;

/// Terms of the series of f(x)/x: the last of the slowest, that of ln(1 + x), is 2⁻⁶³ of the first.
const TERMS: usize = 64;

/// The power series of f(x)/x for each function, in the order of [`Vanishing`].
static SERIES: [[f64; TERMS]; 11] = [
    series(Vanishing::Sin),
    series(Vanishing::Tan),
    series(Vanishing::Asin),
    series(Vanishing::Atan),
    series(Vanishing::Sinh),
    series(Vanishing::Tanh),
    series(Vanishing::ExpM1),
    series(Vanishing::Ln1p),
    series(Vanishing::Cos),
    series(Vanishing::Cosh),
    series(Vanishing::Root),
];

/// f(x)/x in powers of x: each coefficient from those before it, by the differential equation of f.
const fn series(f: Vanishing) -> [f64; TERMS] {
    let mut terms = [0.0; TERMS];
    terms[0] = match f {
        Vanishing::Cos | Vanishing::Cosh => 0.0,
        Vanishing::Root => 0.5,
        _ => 1.0,
    };
    let mut k = 1;
    while k < TERMS {
        let n = k as f64;
        let second = if k < 2 { 0.0 } else { terms[k - 2] };
        terms[k] = match f {
            Vanishing::Cos if k == 1 => -0.5,
            Vanishing::Cosh if k == 1 => 0.5,
            Vanishing::Sin | Vanishing::Cos => -second / (n * (n + 1.0)),
            Vanishing::Sinh | Vanishing::Cosh => second / (n * (n + 1.0)),
            Vanishing::Asin => second * ((n - 1.0) * (n - 1.0)) / (n * (n + 1.0)),
            Vanishing::Atan => -second * (n - 1.0) / (n + 1.0),
            Vanishing::Tan => square_term(&terms, k) / (n + 1.0),
            Vanishing::Tanh => -square_term(&terms, k) / (n + 1.0),
            Vanishing::ExpM1 => terms[k - 1] / (n + 1.0),
            Vanishing::Ln1p => -terms[k - 1] * n / (n + 1.0),
            Vanishing::Root => terms[k - 1] * (0.5 - n) / (n + 1.0),
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
        Vanishing::Cos => {
            let sin = libm::sin(0.5 * x);
            -2.0 * sin * sin
        }
        Vanishing::Cosh => {
            let sinh = libm::sinh(0.5 * x);
            2.0 * sinh * sinh
        }
        Vanishing::Root => x / ((1.0 + x).sqrt() + 1.0),
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
        Vanishing::Cos => [-libm::sin(x), -libm::cos(x)],
        Vanishing::Cosh => [libm::sinh(x), libm::cosh(x)],
        Vanishing::Root => {
            let first = if x == -1.0 { 0.0 } else { 0.5 / (1.0 + x).sqrt() };
            [first, -2.0 * first * first * first]
        }
    }
}

/// A quotient; its value at 0 is that of the series.
#[inline(never)]
pub fn over_argument(q: Quotient, x: f64) -> f64 {
    if q.at_root {
        return at_root(q, x)[0];
    }
    match q.order {
        _ if x == 0.0 => q.at_zero(),
        0 => value(q.function, x) / x,
        _ => over_argument_slopes(q, x)[0],
    }
}

/// A quotient and its first two derivatives.
#[inline(never)]
pub fn over_argument_slopes(q: Quotient, x: f64) -> [f64; 3] {
    if q.at_root {
        return at_root(q, x);
    }
    let reach = if q.function.is_entire() { f64::from(q.order).max(SERIES_REACH) } else { SERIES_REACH };
    if x.abs() < reach {
        let [whole, first, second] = by_series(q, x);
        return [if q.order == 0 { over_argument(q, x) } else { whole }, first, second];
    }
    let y = value(q.function, x);
    let [slope, bend] = slopes(q.function, x, y);
    // q = (p − p(0))/x of the quotient p before it, and f itself is before the first.
    let mut known = [y, slope, bend];
    for order in 0..=usize::from(q.order) {
        let left_out = if order == 0 { 0.0 } else { SERIES[q.function as usize][order - 1] };
        let whole = (known[0] - left_out) / x;
        let first = (known[1] - whole) / x;
        known = [whole, first, (known[2] - 2.0 * first) / x];
    }
    known
}

/// q(√u) and its first two derivatives, for an even q; NaN below 0.
fn at_root(q: Quotient, u: f64) -> [f64; 3] {
    /// Up to this u the series is taken: beyond, the difference of the slopes costs a digit or two.
    const REACH: f64 = SERIES_REACH * SERIES_REACH;
    if (0.0..REACH).contains(&u) {
        return by_series(q, u);
    }
    let root = u.sqrt();
    let [whole, first, second] = over_argument_slopes(Quotient { at_root: false, ..q }, root);
    let slope = first / root;
    [whole, 0.5 * slope, 0.25 * (second - slope) / u]
}

/// The sum of the series, and of its derivatives.
fn by_series(q: Quotient, x: f64) -> [f64; 3] {
    let terms = &SERIES[q.function as usize][usize::from(q.order)..];
    let [mut whole, mut first, mut second] = [0.0; 3];
    // An even series has no other terms.
    for (k, term) in terms.iter().step_by(if q.at_root { 2 } else { 1 }).enumerate().rev() {
        let n = k as f64;
        whole = whole * x + term;
        first = if k > 0 { first * x + n * term } else { first };
        second = if k > 1 { second * x + n * (n - 1.0) * term } else { second };
    }
    [whole, first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Vanishing; 11] = [
        Vanishing::Sin,
        Vanishing::Tan,
        Vanishing::Asin,
        Vanishing::Atan,
        Vanishing::Sinh,
        Vanishing::Tanh,
        Vanishing::ExpM1,
        Vanishing::Ln1p,
        Vanishing::Cos,
        Vanishing::Cosh,
        Vanishing::Root,
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
            for x in [0.25, 0.4, 0.499, 0.501, 0.7, 0.9] {
                for x in [x, -x] {
                    let (found, expected) = (over_argument_slopes(Quotient::of(f), x), by_the_quotient_rule(f, x));
                    for (found, expected) in found.into_iter().zip(expected) {
                        assert!((found - expected).abs() <= 1e-12, "{f:?} at {x}: {found}, not {expected}");
                    }
                }
            }
        }
    }

    #[test]
    fn each_quotient_is_what_is_left_of_the_one_before() {
        for f in ALL {
            for x in [-0.9, -0.51, -0.49, -0.3, 0.3, 0.49, 0.51, 0.9] {
                let mut q = Quotient::of(f);
                while let Some(next) = q.next() {
                    let [before, _, _] = over_argument_slopes(q, x);
                    let [whole, first, second] = over_argument_slopes(next, x);
                    assert!((whole - (before - q.at_zero()) / x).abs() < 1e-13, "{next:?} at {x}: {whole}");
                    let h = 1e-5;
                    let [low, high] = [-h, h].map(|h| over_argument_slopes(next, x + h));
                    let slopes = [(high[0] - low[0]) / (2.0 * h), (high[1] - low[1]) / (2.0 * h)];
                    let off = (slopes[0] - first).abs() + (slopes[1] - second).abs();
                    assert!(off < 1e-6, "{next:?} at {x}: {first}, {second}, not {slopes:?}");
                    q = next;
                }
            }
        }
    }

    #[test]
    fn an_even_quotient_of_a_root_is_smooth() {
        for f in ALL {
            let Some(q) = Quotient::of_root(f) else { continue };
            for u in [1e-3, 0.1, 0.249, 0.251, 0.6, 0.95] {
                let r = u.sqrt();
                let expected = match f {
                    Vanishing::Cos | Vanishing::Cosh => value(f, r) / u,
                    _ => value(f, r) / r,
                };
                let [whole, first, second] = over_argument_slopes(q, u);
                assert!((whole - expected).abs() < 1e-14, "{f:?} at {u}: {whole}, not {expected}");
                let h = 1e-5;
                let [low, high] = [-h, h].map(|h| over_argument_slopes(q, u + h));
                let off =
                    ((high[0] - low[0]) / (2.0 * h) - first).abs() + ((high[1] - low[1]) / (2.0 * h) - second).abs();
                assert!(off < 1e-5 * (1.0 + second.abs()), "{f:?} at {u}: {first}, {second}");
            }
            assert!(over_argument_slopes(q, -1e-9).iter().all(|part| part.is_nan()), "{f:?} of no root");
        }
        let [whole, first, second] = over_argument_slopes(Quotient::of_root(Vanishing::Cos).unwrap(), 0.0);
        assert_eq!([whole, first], [-0.5, 1.0 / 24.0], "(cos √u − 1)/u at 0");
        assert!((second + 2.0 / 720.0).abs() < 1e-17, "its curvature: {second}");
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
            (Vanishing::Cos, -0.5, 0.0),
            (Vanishing::Cosh, 0.5, 0.0),
            (Vanishing::Root, -0.125, 0.125),
        ] {
            let at_zero = match f {
                Vanishing::Cos | Vanishing::Cosh => 0.0,
                Vanishing::Root => 0.5,
                _ => 1.0,
            };
            for x in [0.0, 1e-300, -1e-20] {
                let [whole, slope, bend] = over_argument_slopes(Quotient::of(f), x);
                assert!((whole - at_zero).abs() <= x.abs(), "{f:?} at {x}: {whole}");
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
            let q = Quotient::of(f);
            assert_eq!([over_argument(q, x), over_argument_slopes(q, x)[0]], [quotient; 2], "{f:?} at {x}");
        }
        assert!(over_argument(Quotient::of(Vanishing::Sin), f64::INFINITY).is_nan(), "no angle");
        assert!(over_argument(Quotient::of(Vanishing::Ln1p), -2.0).is_nan(), "outside the domain");
    }
}
