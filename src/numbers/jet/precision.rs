//! Every rule of the jets at random arguments of any size, against derivatives computed with exponents without a limit.

mod wide;

use self::wide::Wide;
use super::{Jet1, Jet2};
use crate::numbers::{Real, SplitMix64};

/// How many arguments each rule is tried at.
const TRIALS: usize = 4000;

/// The largest error, as a share of the largest term of a sum.
const TOLERANCE: f64 = 2e-12;

/// Errors below 2 to this power are allowed: a few units of the least number, 2⁻¹⁰⁷⁴, in the result; none of what vanishes on
/// the way.
const SMALLEST: i64 = -1060;

/// Where a function is tried.
#[derive(Clone, Copy)]
enum Domain {
    /// Any number, of any size.
    All,
    /// A number up to 2 to this power, or down to one over it.
    Sized(f64),
    /// Any positive number.
    Positive,
    /// Between −1 and 1.
    Unit,
    /// Between −R and R.
    Within(f64),
}

/// A number whose logarithm is uniform, of either sign.
fn of_any_size(chance: &mut SplitMix64, largest_exponent: f64) -> f64 {
    let size = libm::exp2((2.0 * chance.uniform() - 1.0) * largest_exponent);
    if chance.uniform() < 0.5 { -size } else { size }
}

impl Domain {
    fn draw(self, chance: &mut SplitMix64) -> f64 {
        match self {
            Self::All => of_any_size(chance, 1020.0),
            Self::Sized(largest_exponent) => of_any_size(chance, largest_exponent),
            Self::Positive => of_any_size(chance, 1020.0).abs(),
            Self::Unit => 2.0 * chance.uniform() - 1.0,
            Self::Within(reach) => (2.0 * chance.uniform() - 1.0) * reach,
        }
    }
}

/// A jet with this value and derivatives of any size, of which some are 0.
fn jet(chance: &mut SplitMix64, value: f64) -> Jet2<f64> {
    let mut slope = || if chance.uniform() < 0.2 { 0.0 } else { of_any_size(chance, 300.0) };
    let [dx, dy, dxx, dxy, dyy] = [slope(), slope(), slope(), slope(), slope()];
    Jet2 { value, dx, dy, dxx, dxy, dyy }
}

/// dx, dy, dxx, dxy, dyy.
fn derivatives(jet: Jet2<f64>) -> [f64; 5] {
    [jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy]
}

/// The terms of dx, dy, dxx, dxy, dyy of a function of some jets, given its partial derivatives.
fn terms(jets: &[Jet2<f64>], first: &[Wide], second: &[Vec<Wide>]) -> [Vec<Wide>; 5] {
    let along = |index: usize, jet: &Jet2<f64>| Wide::of(derivatives(*jet)[index]);
    [[0, 5], [1, 5], [0, 0], [0, 1], [1, 1]].map(|[a, b]| {
        let component = if b == 5 { a } else { 2 + a + b };
        let mut terms: Vec<Wide> = jets.iter().zip(first).map(|(jet, slope)| *slope * along(component, jet)).collect();
        if b < 5 {
            for (row, left) in second.iter().zip(jets) {
                terms.extend(row.iter().zip(jets).map(|(bend, right)| *bend * along(a, left) * along(b, right)));
            }
        }
        terms
    })
}

/// Each derivative is right up to rounding, or not finite where one of them or the value cannot be represented.
///
/// `lost` is what an exponential loses that is too small for a number, per slope and per square of slopes.
fn assert_right(name: &str, jets: &[Jet2<f64>], actual: Jet2<f64>, terms: &[Vec<Wide>; 5], lost: &[Vec<Wide>; 5]) {
    let zero = Wide::of(0.0);
    let sum = |terms: &[Wide]| terms.iter().fold(zero, |sum, term| sum + *term);
    let size = |terms: &[Wide]| terms.iter().fold(zero, |sum, term| sum + term.abs());
    let overflows = !actual.value.is_finite() || terms.iter().any(|terms| size(terms).is_above(Wide::new(1.0, 1015)));
    for (index, (actual, (terms, lost))) in derivatives(actual).into_iter().zip(terms.iter().zip(lost)).enumerate() {
        let right = if actual.is_finite() {
            let slack = size(terms) * Wide::of(TOLERANCE) + size(lost) + Wide::new(1.0, SMALLEST);
            !(Wide::of(actual) + -sum(terms)).abs().is_above(slack)
        } else {
            overflows
        };
        assert!(right, "{name}, derivative {index} is {actual:e}, not {:e}: {jets:?}", sum(terms).number());
    }
}

/// The first order alone agrees to the last bit, and the value is the plain number's.
fn assert_alike(name: &str, u: &[Jet2<f64>], one: Jet1<f64>, two: Jet2<f64>, plain: f64) {
    let bits = |x: f64| if x.is_nan() { 0 } else { x.to_bits() };
    assert_eq!([one.value, one.dx, one.dy].map(bits), [two.value, two.dx, two.dy].map(bits), "{name}: {u:?}");
    assert_eq!(bits(two.value), bits(plain), "the value of {name}: {u:?}");
}

/// A rule of one number: its derivatives, and the size of the parts of the second that cancel in it.
struct Rule {
    name: &'static str,
    domain: Domain,
    two: fn(Jet2<f64>) -> Jet2<f64>,
    one: fn(Jet1<f64>) -> Jet1<f64>,
    plain: fn(f64) -> f64,
    expected: fn(f64) -> [Wide; 2],
    /// 2 to this power is what the result loses where it is too small for a number, per slope.
    lost: Option<i64>,
}

/// Rules by name, domain, what is computed, and the derivatives in wide numbers.
macro_rules! rules {
    ($($name:literal, $domain:expr, |$x:ident| $value:expr, |$u:ident| $expected:expr $(, $lost:literal)?;)*) => {
        vec![$({
            fn rule<T: Real>($x: T) -> T {
                $value
            }
            Rule {
                name: $name,
                domain: $domain,
                two: rule,
                one: rule,
                plain: rule,
                expected: |$u| $expected,
                lost: rules!(@lost $($lost)?),
            }
        }),*]
    };
    (@lost) => { None };
    (@lost $lost:literal) => { Some($lost) };
}

/// c·|u|ᵇ with the sign of uⁿ.
fn power(c: f64, u: f64, b: f64, n: i32) -> Wide {
    Wide::of(if n % 2 == 0 { c } else { c.copysign(c * u) }) * Wide::pow(u.abs(), b)
}

/// The first two derivatives of uᵇ for u > 0.
fn power_slopes(u: f64, b: f64) -> [Wide; 2] {
    [power(b, u, b - 1.0, 0), power(b * (b - 1.0), u, b - 2.0, 0)]
}

/// The first two derivatives of uⁿ.
fn integral_slopes(u: f64, n: i32) -> [Wide; 2] {
    let b = f64::from(n);
    [power(b, u, b - 1.0, n - 1), power(b * (b - 1.0), u, b - 2.0, n)]
}

/// The first two derivatives of c ln u.
fn logarithm_slopes(u: f64, c: f64) -> [Wide; 2] {
    let first = Wide::of(c) / Wide::of(u);
    [first, -(first / Wide::of(u))]
}

fn twice(x: Wide) -> Wide {
    x + x
}

/// 1/cosh².
fn hyperbolic_secant_squared(u: f64) -> Wide {
    (twice(Wide::of(1.0)) / (Wide::exp(u) + Wide::exp(-u))).square()
}

/// The slope of the sigmoid.
fn logistic(u: f64) -> Wide {
    hyperbolic_secant_squared(u / 2.0) / Wide::of(4.0)
}

fn algebraic_rules() -> Vec<Rule> {
    use Domain::{All, Positive};
    rules! {
        "square", All, |x| x.square(), |u| integral_slopes(u, 2);
        "reciprocal", All, |x| x.recip(), |u| integral_slopes(u, -1);
        "third power", Domain::Sized(200.0), |x| x.powi(3), |u| integral_slopes(u, 3);
        "tenth power", Domain::Sized(60.0), |x| x.powi(10), |u| integral_slopes(u, 10);
        "power -2", All, |x| x.powi(-2), |u| integral_slopes(u, -2);
        "power -5", All, |x| x.powi(-5), |u| integral_slopes(u, -5);
        "power -64", All, |x| x.powi(-64), |u| integral_slopes(u, -64);
        "square root", Positive, |x| x.sqrt(), |u| power_slopes(u, 0.5);
        "cube root", All, |x| x.cbrt(), |u| {
            let root = Wide::of(libm::cbrt(u));
            let first = Wide::of(3.0) * root.square();
            [Wide::of(1.0) / first, Wide::of(-2.0) / (Wide::of(3.0) * first * Wide::of(u))]
        };
        "power 0.01", Positive, |x| x.powc(0.01), |u| power_slopes(u, 0.01);
        "power 1.25", Positive, |x| x.powc(1.25), |u| power_slopes(u, 1.25);
        "power 2.5", Positive, |x| x.powc(2.5), |u| power_slopes(u, 2.5);
        "power -0.5", Positive, |x| x.powc(-0.5), |u| power_slopes(u, -0.5);
        "power 7.75", Positive, |x| x.powc(7.75), |u| power_slopes(u, 7.75);
        "power -2.75", Positive, |x| x.powc(-2.75), |u| power_slopes(u, -2.75);
        "power 65", All, |x| x.powc(65.0), |u| integral_slopes(u, 65);
        "power -65", All, |x| x.powc(-65.0), |u| integral_slopes(u, -65);
        "ln", Positive, |x| x.ln(), |u| logarithm_slopes(u, 1.0);
        "log10", Positive, |x| x.log10(), |u| logarithm_slopes(u, std::f64::consts::LOG10_E);
        "log2", Positive, |x| x.log2(), |u| logarithm_slopes(u, std::f64::consts::LOG2_E);
    }
}

fn transcendental_rules() -> Vec<Rule> {
    use Domain::{All, Unit, Within};
    rules! {
        "exp", Within(745.0), |x| x.exp(), |u| [Wide::exp(u); 2], -1073;
        "exp - 1", Within(709.0), |x| x.exp_m1(), |u| [Wide::exp(u); 2], -1073;
        "ln(1 + x)", Domain::Positive, |x| x.ln_1p(), |u| {
            let first = Wide::of(1.0) / (Wide::of(1.0) + Wide::of(u));
            [first, -first.square()]
        };
        "ln(1 - x)", Unit, |x| (-x).ln_1p(), |u| {
            let first = Wide::of(-1.0) / Wide::of(1.0 - u);
            [first, -first.square()]
        };
        "sin", Within(1e6), |x| x.sin(), |u| [libm::cos(u), -libm::sin(u)].map(Wide::of);
        "cos", Within(1e6), |x| x.cos(), |u| [-libm::sin(u), -libm::cos(u)].map(Wide::of);
        "tan", Within(1e3), |x| x.tan(), |u| {
            let first = Wide::of(1.0) / Wide::of(libm::cos(u)).square();
            [first, twice(first * Wide::of(libm::sin(u) / libm::cos(u)))]
        };
        "tan of any size", All, |x| x.tan(), |u| {
            let first = Wide::of(1.0) / Wide::of(libm::cos(u)).square();
            [first, twice(first * Wide::of(libm::sin(u)) / Wide::of(libm::cos(u)))]
        };
        "asin", Unit, |x| x.asin(), |u| {
            let rest = Wide::of(1.0 - u) * Wide::of(1.0 + u);
            [Wide::of(1.0) / rest.sqrt(), Wide::of(u) / (rest * rest.sqrt())]
        };
        "acos", Unit, |x| x.acos(), |u| {
            let rest = Wide::of(1.0 - u) * Wide::of(1.0 + u);
            [Wide::of(-1.0) / rest.sqrt(), Wide::of(-u) / (rest * rest.sqrt())]
        };
        "atan", All, |x| x.atan(), |u| {
            let first = Wide::of(1.0) / (Wide::of(1.0) + Wide::of(u).square());
            [first, -twice(Wide::of(u) * first.square())]
        };
        "sinh", Within(709.0), |x| x.sinh(), |u| [libm::cosh(u), libm::sinh(u)].map(Wide::of);
        "cosh", Within(709.0), |x| x.cosh(), |u| [libm::sinh(u), libm::cosh(u)].map(Wide::of);
        "tanh", Within(400.0), |x| x.tanh(), |u| {
            let first = hyperbolic_secant_squared(u);
            [first, -twice(first * Wide::of(libm::tanh(u)))]
        }, -1071;
        "tanh of any size", All, |x| x.tanh(), |u| {
            let first = hyperbolic_secant_squared(u);
            [first, -twice(first * Wide::of(libm::tanh(u)))]
        }, -1071;
        "sigmoid", Within(800.0), |x| x.sigmoid(), |u| {
            [logistic(u), -(logistic(u) * Wide::of(libm::tanh(u / 2.0)))]
        }, -1021;
        "softplus", Within(800.0), |x| x.softplus(), |u| {
            [Wide::of(1.0) / (Wide::of(1.0) + Wide::exp(-u)), logistic(u)]
        }, -1071;
    }
}

#[test]
fn rules_of_one_number_are_right_at_any_size() {
    let rules = algebraic_rules().into_iter().chain(transcendental_rules());
    for rule in rules {
        let mut chance = SplitMix64::new(rule.name.bytes().map(u64::from).sum());
        for _ in 0..TRIALS {
            let value = rule.domain.draw(&mut chance);
            let u = jet(&mut chance, value);
            let two = (rule.two)(u);
            assert_alike(rule.name, &[u], (rule.one)(u.first_order()), two, (rule.plain)(u.value));
            let [first, second] = (rule.expected)(u.value);
            let tiny = rule.lost.map_or(Wide::of(0.0), |exponent| Wide::new(1.0, exponent));
            let lost = terms(&[u], &[tiny], &[vec![tiny]]);
            assert_right(rule.name, &[u], two, &terms(&[u], &[first], &[vec![second]]), &lost);
        }
    }
}

/// The first derivatives of a function of two numbers, and the second ones: by a twice, by both, by b twice.
type Slopes = ([Wide; 2], [Wide; 3]);

/// A rule of two numbers: the powers of two within which both lie, and the derivatives, first and second.
struct PairRule {
    name: &'static str,
    largest_exponent: f64,
    two: fn([Jet2<f64>; 2]) -> Jet2<f64>,
    one: fn([Jet1<f64>; 2]) -> Jet1<f64>,
    plain: fn([f64; 2]) -> f64,
    expected: fn([Wide; 2]) -> Slopes,
}

macro_rules! pair_rules {
    ($($name:literal, $exponent:expr, |$a:ident, $b:ident| $value:expr, |$u:ident, $v:ident| $expected:expr;)*) => {
        [$({
            fn rule<T: Real>([$a, $b]: [T; 2]) -> T {
                $value
            }
            PairRule {
                name: $name,
                largest_exponent: $exponent,
                two: rule,
                one: rule,
                plain: rule,
                expected: |[$u, $v]| $expected,
            }
        }),*]
    };
}

#[test]
fn rules_of_two_numbers_are_right_at_any_size() {
    let rules = pair_rules! {
        "product", 1000.0, |a, b| a * b, |a, b| ([b, a], [Wide::of(0.0), Wide::of(1.0), Wide::of(0.0)]);
        "quotient", 500.0, |a, b| a / b, |a, b| {
            let inverse = Wide::of(1.0) / b;
            let by_b = -(a * inverse.square());
            ([inverse, by_b], [Wide::of(0.0), -inverse.square(), -twice(by_b * inverse)])
        };
        "angle", 400.0, |b, a| b.atan2(a), |b, a| {
            let square = a.square() + b.square();
            let (by_b, by_a) = (a / square, -(b / square));
            let twist = (b.square() + -a.square()) / square.square();
            ([by_b, by_a], [twice(by_b * by_a), twist, -twice(by_b * by_a)])
        };
        "distance", 400.0, |a, b| a.hypot(b), |a, b| {
            let r = (a.square() + b.square()).sqrt();
            let (x, y) = (a / r, b / r);
            ([x, y], [y.square() / r, -(x * y / r), x.square() / r])
        };
    };
    for rule in rules {
        let mut chance = SplitMix64::new(rule.name.bytes().map(u64::from).sum());
        for _ in 0..TRIALS {
            let pair = [(); 2].map(|()| {
                let value = of_any_size(&mut chance, rule.largest_exponent);
                jet(&mut chance, value)
            });
            let two = (rule.two)(pair);
            let one = (rule.one)(pair.map(Jet2::first_order));
            assert_alike(rule.name, &pair, one, two, (rule.plain)(pair.map(|u| u.value)));
            let (first, [aa, ab, bb]) = (rule.expected)(pair.map(|u| Wide::of(u.value)));
            let expected = terms(&pair, &first, &[vec![aa, ab], vec![ab, bb]]);
            assert_right(rule.name, &pair, two, &expected, &[const { Vec::new() }; 5]);
        }
    }
}

#[test]
fn powers_of_two_jets_are_right_at_any_size() {
    let mut chance = SplitMix64::new(7);
    for _ in 0..TRIALS {
        let base = Domain::Positive.draw(&mut chance);
        let exponent = (Domain::Within(640.0).draw(&mut chance)).round() / 8.0;
        let [a, b] = [base, exponent].map(|value| jet(&mut chance, value));
        let two = a.powf(b);
        assert_alike("power", &[a, b], a.first_order().powf(b.first_order()), two, Real::powf(base, exponent));
        let power = Wide::pow(base, exponent);
        let (inverse, ln) = (Wide::of(1.0) / Wide::of(base), libm::log(base));
        let [first_a, first_b] = [Wide::of(exponent) * power * inverse, Wide::of(ln) * power];
        let aa = Wide::of(exponent * (exponent - 1.0)) * power * inverse.square();
        let ab = Wide::of(1.0 + exponent * ln) * power * inverse;
        let expected = terms(&[a, b], &[first_a, first_b], &[vec![aa, ab], vec![ab, first_b * Wide::of(ln)]]);
        assert_right("power", &[a, b], two, &expected, &[const { Vec::new() }; 5]);
    }
}
