//! The language as a whole: tables of what formulas mean and what is wrong with others, and formulas at random.

mod calls;
mod foreign;
mod weights;

use proptest::prelude::*;

use super::*;
use crate::landscapes::networks::Data;
use crate::landscapes::networks::criterion::Judge;
use crate::numbers::{Point, Real};

#[track_caller]
fn read(text: &str) -> Expression {
    Expression::parse(text).unwrap_or_else(|error| panic!("{}", error.marked(text)))
}

#[track_caller]
fn value(text: &str, x: f64, y: f64) -> f64 {
    read(text).loss(&[]).value(Point::new(x, y))
}

/// Equal up to the rounding of another order of operations; NaN is NaN.
fn close(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1e-300)
}

/// What each formula is at x = 3, y = −2, with every parameter 1.
const MEANINGS: &[(&str, f64)] = &[
    // Precedence.
    ("1+2*3", 7.0),
    ("-x^2", -9.0),
    ("(-x)^2", 9.0),
    ("2^-x", 0.125),
    ("2^3^2", 512.0),
    ("x**2", 9.0),
    ("10-4-3", 3.0),
    ("16/4/2", 2.0),
    ("x--y", 1.0),
    ("+x", 3.0),
    ("2*-x", -6.0),
    ("-x*y", 6.0),
    ("-2^2", -4.0),
    ("2^-1^2", 0.5),
    // Products without a sign.
    ("2x", 6.0),
    ("2(x+1)", 8.0),
    ("(x+1)(y-1)", -12.0),
    ("x y", -6.0),
    ("xy", -6.0),
    ("xy^2", 12.0),
    ("2x^2y", -36.0),
    ("ax", 3.0),
    ("3axy", -18.0),
    ("λx", 3.0),
    ("2πx", 6.0 * std::f64::consts::PI),
    ("2ex", 6.0 * std::f64::consts::E),
    ("2^3 x", 24.0),
    ("x^2(y)", -18.0),
    ("[x+1]{y}", -8.0),
    ("½x²", 4.5),
    // Numbers.
    ("1e-3", 0.001),
    ("1E2", 100.0),
    (".5", 0.5),
    ("5.", 5.0),
    ("2e", 2.0 * std::f64::consts::E),
    ("2e−1", 0.2),
    // Raised digits and other signs.
    ("x²", 9.0),
    ("x³", 27.0),
    ("x⁻¹", 1.0 / 3.0),
    ("1²³", 1.0),
    ("2¹⁰", 1024.0),
    ("x²y", -18.0),
    ("-x²", -9.0),
    ("x^y²", 81.0),
    ("x·y − 1", -7.0),
    ("x × y", -6.0),
    ("x÷2", 1.5),
    ("√4", 2.0),
    ("√(x+1)", 2.0),
    ("2√4", 4.0),
    ("√4·x", 6.0),
    ("∛(x+5)", 2.0),
    ("π", std::f64::consts::PI),
    // Bars.
    ("|y|", 2.0),
    ("|x|+|y|", 5.0),
    ("|x||y|", 6.0),
    ("||y|-3|", 1.0),
    ("|x-|y||", 1.0),
    ("2|y|", 4.0),
    ("|y|²", 4.0),
    ("|y|^2x", 12.0),
    ("(|y|)|y|", 4.0),
    ("|(|y|-5)|", 3.0),
    ("|max(|y|, 1)|", 2.0),
    // Functions with and without brackets.
    ("sin(0)", 0.0),
    ("2sin(0)+1", 1.0),
    ("cos 0", 1.0),
    ("sin²(x)+cos²(x)", 1.0),
    ("sin^2(x)+cos^2 x", 1.0),
    ("ln e", 1.0),
    ("ln e²", 2.0),
    ("sqrt(x+1)", 2.0),
    ("cbrt(-8)", -2.0),
    ("log2(8)", 3.0),
    ("log₁₀(100)", 2.0),
    ("log10(100)", 2.0),
    ("abs(y)", 2.0),
    ("sign(y)", -1.0),
    ("floor(y/3)", -1.0),
    ("mod(y, 3)", 1.0),
    ("mod(7, 3)", 1.0),
    ("min(x, y)", -2.0),
    ("max(x, y, 7, 1)", 7.0),
    ("relu(y)+relu(x)", 3.0),
    ("sigmoid(0)", 0.5),
    ("gauss(0)", 1.0),
    ("step(x)+step(0)+step(y)", 1.0),
    ("atan2(0, -1)", std::f64::consts::PI),
    ("exp(0)", 1.0),
    ("sin(x)^2+cos(x)^2", 1.0),
    // Conditions.
    ("if(x > y, 1, 2)", 1.0),
    ("if(x <= 3, 1, 2)", 1.0),
    ("if(x ≥ 4, 1, 2)", 2.0),
    ("if(x == 3, 1, 2)", 1.0),
    ("if(x != 3, 1, 2)", 2.0),
    ("if(0 < x < 4, 1, 2)", 1.0),
    ("if(0 < x < 3, 1, 2)", 2.0),
    ("if(x < 0 or y < 0, 1, 2)", 1.0),
    ("if(x < 0 and y < 0, 1, 2)", 2.0),
    ("if(not x < 0 and not (y > 0), 1, 2)", 1.0),
    ("if(x < 0 or x > 1 and y < 0, 1, 2)", 1.0),
    ("if(ln(y) < 1, 1, 2)", 2.0),
    ("if(x > 0, x, ln(y))", 3.0),
    // Edges.
    ("0^0", 1.0),
    ("(x-3)^0", 1.0),
    ("(x-3)^(y+2)", 1.0),
    ("y^3", -8.0),
    ("y^-3", -0.125),
    ("y^101/2^101", -1.0),
    ("4^0.5", 2.0),
    ("e^x", 20.085_536_923_187_668),
];

#[test]
fn formulas_mean_what_a_book_would_mean() {
    for (text, expected) in MEANINGS {
        let actual = value(text, 3.0, -2.0);
        assert!(close(actual, *expected), "{text} = {actual}, not {expected}");
    }
    for text in ["y^0.5", "ln(y)", "y^(1/3)", "asin(x)", "0/0", "if(y < 0, ln(y), 1)"] {
        assert!(value(text, 3.0, -2.0).is_nan(), "{text} has no value");
    }
}

/// What is wrong: the text, the part to underline, and words of the message.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("", "", "no formula yet"),
    ("  ", "  ", "no formula yet"),
    ("x + sni(y)", "sni", "did you mean 'sin'?"),
    ("x + Sin y", "Sin", "write sin"),
    ("sinx", "sinx", "did you mean 'sin(x)'?"),
    ("X^2", "X", "write x, in small letters"),
    ("ab", "ab", "a·b"),
    ("x2", "x2", "x^2 for a power"),
    ("x + x2", "x2", "x^2 for a power"),
    ("foobarbaz(x)", "foobarbaz", "'foobarbaz' is not known"),
    ("1,5x", ",", "write a decimal point: 1.5"),
    ("sin(1,5)", "sin(1,5)", "for a decimal write 1.5"),
    ("(x, y)", ",", "separate the arguments"),
    ("x § y", "§", "'§' is no part"),
    ("if(f(x) = x^2, 1, 2)", "=", "write only what stands right"),
    ("x % 2", "%", "mod(a, b)"),
    ("x ! ", "!", "not"),
    ("x;y", ";", "commas"),
    ("xⁿ", "ⁿ", "after ^"),
    ("1e999", "1e999", "too large"),
    ("2 3", "3", "a number cannot stand right behind"),
    ("1.2.3", ".3", "a number cannot stand right behind"),
    ("(x+1)2", "2", "a number cannot stand right behind"),
    ("1/2x", "1/2x", "two ways: write (1/2)·x or 1/(2·x)"),
    ("x/2y", "x/2y", "write (x/2)·y or x/(2·y)"),
    ("x^2 / a y", "x^2 / a y", "write (x^2/a)·y or x^2/(a·y)"),
    ("x/y/2x", "x/y/2x", "two ways"),
    ("1/2(x+y)", "1/2(", "two ways"),
    ("e^2x", "e^2x", "exponent"),
    ("x^ay", "x^ay", "exponent"),
    ("e^-2x", "e^-2x", "exponent"),
    ("sin x y", "sin x y", "sin(…)"),
    ("sin -x", "sin", "in brackets"),
    ("sin 2(x+1)", "sin 2(", "sin(…)"),
    ("√x²", "√x²", "√(x²) or (√x)²"),
    ("√2x", "√2x", "√(…)"),
    ("x²^3", "x²^", "brackets"),
    ("sin⁻¹(x)", "⁻¹", "the inverse by name"),
    ("sin^x(y)", "^x", "two ways"),
    ("x +", "", "ends too early"),
    ("(x + 1", "(", "never closed"),
    ("(x + 1]", "]", "')' is expected"),
    ("x + 1)", ")", "nothing is open"),
    (")", ")", "nothing is open"),
    ("()", ")", "missing before this bracket"),
    ("|x", "|", "never closed"),
    ("x + |y", "|", "never closed"),
    ("x + * y", "*", "missing before this"),
    ("^2", "^", "something before it"),
    ("sin", "sin", "sin(x)"),
    ("max(x)", "max(x)", "2 arguments or more"),
    ("sin(x, y)", "sin(x, y)", "1 argument"),
    ("atan2(y)", "atan2(y)", "2 arguments"),
    ("if(x > 0, 1)", "if(x > 0, 1)", "3 arguments"),
    ("sin()", "sin()", "1 argument"),
    ("max x", "max", "brackets"),
    ("x < 1", "x < 1", "if(x > 0, 1, 0)"),
    ("(x < 1) x", "(x < 1)", "no number"),
    ("if(x, 1, 2)", "x", "comparison is expected"),
    ("if(x > 0, x > 1, 2)", "x > 1", "no number"),
    ("if(x > 0 and y, 1, 2)", "y", "comparison is expected"),
    ("x and y", "x", "comparison is expected"),
];

#[test]
fn what_is_wrong_is_named_and_underlined() {
    for (text, underlined, words) in MISTAKES {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(&text[error.span.clone()], *underlined, "{text}: {error}");
        assert!(error.message.contains(words), "{text}: {error}");
    }
}

#[test]
fn nothing_is_too_deep_or_too_long_to_be_refused() {
    for part in ["(", "-", "2^", "|", "√", "sin ", "sin(", "not ", "if(x<", "x^(", "[", "max(1,"] {
        for length in [150, 9_000, 100_000] {
            let text: String = part.chars().cycle().take(length).collect();
            let error = Expression::parse(&text).expect_err("never finished");
            assert!(text.is_char_boundary(error.span.start) && error.span.end <= text.len(), "{part}: {error}");
        }
    }
    let deep = |n: usize| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert!(Expression::parse(&deep(199)).is_ok(), "as deep as may be");
    assert!(Expression::parse(&deep(200)).unwrap_err().message.contains("200 deep"), "one deeper");
    let long = vec!["x*y"; 2500].join("+");
    assert!(close(value(&long, 3.0, 2.0), 15_000.0), "a long sum");
    let conditions = format!("if({}, 1, 2)", vec!["x<1"; 150].join(" and "));
    assert_eq!(value(&conditions, 0.0, 0.0), 1.0, "many conditions");
}

#[test]
fn letters_become_parameters_in_order_of_appearance() {
    let expression = read("k x^2 + λ y^2 + a k + alpha");
    let names: Vec<_> = expression.parameters().iter().map(|known| (known.name, known.symbol, known.default)).collect();
    assert_eq!(names, [("k", "k", 1.0), ("lambda", "λ", 1.0), ("a", "a", 1.0), ("alpha", "α", 1.0)], "in order");
    let at = Point::new(2.0, 1.0);
    assert_eq!(expression.loss(&[3.0, 5.0, 7.0, 0.5]).value(at), 38.5, "values given");
    assert_eq!(expression.loss(&[3.0]).value(at), 12.0 + 1.0 + 3.0 + 1.0, "defaults for what is missing");
}

#[test]
fn derivatives_follow_the_conventions_at_kinks_and_poles() {
    let second = |text: &str, x: f64, y: f64| {
        let there = read(text).loss(&[]).second_order(Point::new(x, y));
        [there.value, there.gradient.x, there.gradient.y, there.hessian.xx, there.hessian.xy, there.hessian.yy]
    };
    for (text, expected) in [
        ("|x|", [0.0; 6]),
        ("relu(x)", [0.0; 6]),
        ("√x", [0.0; 6]),
        ("√(x²+y²)", [0.0; 6]),
        ("x^0.5", [0.0; 6]),
        ("x^1.5", [0.0; 6]),
        ("x^y", [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("step(x)", [0.0; 6]),
        ("x^2", [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("x^3", [0.0; 6]),
        ("if(x > 0, ln(x), 3y)", [0.0, 0.0, 3.0, 0.0, 0.0, 0.0]),
        ("if(x == 0, y^2, 1/x)", [0.0, 0.0, 0.0, 0.0, 0.0, 2.0]),
        ("if(x ≤ 0, x y, √(x-1))", [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
        ("1/x", [f64::INFINITY, 0.0, 0.0, 0.0, 0.0, 0.0]),
    ] {
        assert_eq!(second(text, 0.0, 0.0), expected, "{text} at the origin");
    }
}

/// A formula at random, apart from the one under test.
#[derive(Clone, Debug)]
enum Random {
    Number(f64),
    X,
    Y,
    Negative(Box<Self>),
    Called(&'static str, Box<Self>),
    Infix(char, Box<Self>, Box<Self>),
    Raised(Box<Self>, u8),
    Choice(Box<[Self; 4]>),
}

const CALLED: [&str; 13] =
    ["sin", "cos", "tan", "atan", "exp", "tanh", "abs", "cbrt", "sigmoid", "softplus", "gauss", "relu", "sqrt"];

impl Random {
    fn value(&self, x: f64, y: f64) -> f64 {
        match self {
            Self::Number(value) => *value,
            Self::X => x,
            Self::Y => y,
            Self::Negative(a) => -a.value(x, y),
            Self::Called(name, a) => {
                let a = a.value(x, y);
                match *name {
                    "sin" => libm::sin(a),
                    "cos" => libm::cos(a),
                    "tan" => libm::tan(a),
                    "atan" => libm::atan(a),
                    "exp" => libm::exp(a),
                    "tanh" => libm::tanh(a),
                    "abs" => a.abs(),
                    "cbrt" => libm::cbrt(a),
                    "sigmoid" => 1.0 / (1.0 + libm::exp(-a)),
                    "softplus" => Real::relu(a) + libm::log1p(libm::exp(-a.abs())),
                    "gauss" => libm::exp(-(a * a)),
                    "relu" => Real::relu(a),
                    _ => a.sqrt(),
                }
            }
            Self::Infix(sign, a, b) => {
                let (a, b) = (a.value(x, y), b.value(x, y));
                match sign {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    _ => a / b,
                }
            }
            // What has no value has none when it is raised to 0.
            Self::Raised(a, n) => crate::numbers::elementary::pow(a.value(x, y), f64::from(*n)),
            Self::Choice(parts) => {
                let [a, b, then, otherwise] = parts.each_ref().map(|part| part.value(x, y));
                if a < b { then } else { otherwise }
            }
        }
    }

    /// How tightly the text holds together: 1 sum, 2 product, 3 sign, 4 power, 5 atom.
    fn hold(&self) -> u8 {
        match self {
            Self::Infix('+' | '-', ..) => 1,
            Self::Infix(..) => 2,
            Self::Negative(_) => 3,
            Self::Raised(..) => 4,
            _ => 5,
        }
    }

    /// The text with no more brackets than needed.
    fn text(&self, least: u8) -> String {
        let text = match self {
            Self::Number(value) => value.to_string(),
            Self::X => "x".to_owned(),
            Self::Y => "y".to_owned(),
            Self::Negative(a) => format!("-{}", a.text(3)),
            Self::Called(name, a) => format!("{name}({})", a.text(0)),
            Self::Infix(sign, a, b) => {
                let hold = self.hold();
                format!("{} {sign} {}", a.text(hold), b.text(hold + 1))
            }
            Self::Raised(a, n) => format!("{}^{n}", a.text(5)),
            Self::Choice(parts) => {
                let [a, b, then, otherwise] = parts.each_ref().map(|part| part.text(0));
                format!("if({a} < {b}, {then}, {otherwise})")
            }
        };
        if self.hold() < least { format!("({text})") } else { text }
    }
}

fn random() -> impl Strategy<Value = Random> {
    let number = prop_oneof![(0..20_u32).prop_map(f64::from), 0.0..10.0];
    let leaf = prop_oneof![number.prop_map(Random::Number), Just(Random::X), Just(Random::Y)];
    leaf.prop_recursive(6, 40, 4, |part| {
        let boxed = || part.clone().prop_map(Box::new);
        prop_oneof![
            boxed().prop_map(Random::Negative),
            (0..CALLED.len(), boxed()).prop_map(|(index, a)| Random::Called(CALLED[index], a)),
            (prop::sample::select(vec!['+', '-', '*', '/']), boxed(), boxed())
                .prop_map(|(sign, a, b)| Random::Infix(sign, a, b)),
            (boxed(), 0..7_u8).prop_map(|(a, n)| Random::Raised(a, n)),
            [part.clone(), part.clone(), part.clone(), part.clone()].prop_map(|parts| Random::Choice(Box::new(parts))),
        ]
    })
}

/// For comparisons to the last bit; the bits of a NaN mean nothing.
fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

proptest! {
    #[test]
    fn formulas_at_random_have_their_value(formula in random(), x in -3.0..3.0, y in -3.0..3.0) {
        let text = formula.text(0);
        let loss = read(&text).loss(&[]);
        let (actual, expected) = (loss.value(Point::new(x, y)), formula.value(x, y));
        // Rounding differs where a power is multiplied out, and some formulas magnify that.
        let magnified = (formula.value(x * (1.0 + 1e-15), y) - expected).abs() + (formula.value(x, y * (1.0 + 1e-15)) - expected).abs();
        let slack = 1e-9 * expected.abs().max(1.0) + 1e3 * magnified;
        prop_assert!(close(actual, expected) || (actual - expected).abs() <= slack || !slack.is_finite(), "{} = {}, not {}", text, actual, expected);
    }

    /// One point, in every way there is to ask.
    #[test]
    fn all_ways_to_ask_agree(formula in random(), x in -3.0..3.0, y in -3.0..3.0) {
        let text = formula.text(0);
        let loss = read(&text).loss(&[]);
        let at = Point::new(x, y);
        let (value, first, second) = (loss.value(at), loss.first_order(at), loss.second_order(at));
        prop_assert_eq!(bits(value), bits(first.value), "value of first order, {}", &text);
        prop_assert_eq!(bits(value), bits(second.value), "value of second order, {}", &text);
        prop_assert_eq!([first.gradient.x, first.gradient.y].map(bits), [second.gradient.x, second.gradient.y].map(bits), "gradient, {}", &text);

        // More points than a strip holds, and the last strip not full.
        let xs: Vec<f64> = (0..300).map(|i| x + 0.001 * f64::from(i)).collect();
        let ys = vec![y; xs.len()];
        let (mut row, mut values, mut orders) = (vec![0.0; 300], vec![0.0; 300], vec![[0.0; 6]; 300]);
        loss.value_row(&xs, y, &mut row);
        loss.values(&xs, &ys, &mut values);
        loss.second_orders(&xs, &ys, &mut orders);
        for index in 0..300 {
            prop_assert_eq!(bits(row[index]), bits(values[index]), "row and points, {}", &text);
            prop_assert_eq!(bits(row[index]), bits(orders[index][0]), "row and second orders, {}", &text);
        }
    }

    #[test]
    fn what_is_set_reads_back(formula in random(), x in -3.0..3.0, y in -3.0..3.0) {
        let text = formula.text(0);
        let expression = read(&text);
        let pretty = expression.pretty();
        let again = Expression::parse(&pretty);
        prop_assert!(again.is_ok(), "{} is set as {}", text, pretty);
        let values = [expression, again.unwrap()].map(|expression| expression.loss(&[]).value(Point::new(x, y)));
        prop_assert!(close(values[0], values[1]), "{} is set as {}: {:?}", text, pretty, values);
    }

    /// Central differences of the value, where they converge.
    #[test]
    fn derivatives_are_slopes(formula in random(), x in -3.0..3.0, y in -3.0..3.0) {
        let loss = read(&formula.text(0)).loss(&[]);
        let there = loss.second_order(Point::new(x, y));
        let along = |h: f64| {
            let f = |dx: f64, dy: f64| loss.first_order(Point::new(x + dx, y + dy));
            let [east, west, north, south] = [f(h, 0.0), f(-h, 0.0), f(0.0, h), f(0.0, -h)];
            [
                (east.value - west.value) / (2.0 * h),
                (north.value - south.value) / (2.0 * h),
                (east.gradient.x - west.gradient.x) / (2.0 * h),
                (north.gradient.x - south.gradient.x) / (2.0 * h),
                (north.gradient.y - south.gradient.y) / (2.0 * h),
            ]
        };
        let (coarse, fine) = (along(1e-4), along(5e-5));
        let exact = [there.gradient.x, there.gradient.y, there.hessian.xx, there.hessian.xy, there.hessian.yy];
        for index in 0..5 {
            let scale = 1.0 + exact[index].abs() + there.value.abs();
            let converged = (coarse[index] - fine[index]).abs() <= 1e-6 * scale;
            let agrees = (fine[index] - exact[index]).abs() <= 1e-4 * scale;
            prop_assert!(agrees || !converged || scale > 1e6, "{}: {:?}, differences {:?}", formula.text(0), exact, fine);
        }
    }

    /// The output x·E(w₁, w₂) + x of a formula E on two samples, in every way there is to ask.
    #[test]
    fn a_network_at_random_is_the_sum_of_its_samples(formula in random(), w1 in -3.0..3.0, w2 in -3.0..3.0) {
        let text = formula.text(0);
        let inner = read(&text).loss(&[]).value(Point::new(w1, w2));
        let network = format!("x·({}) + x", renamed(&text));
        let samples = [[1.5, 0.5], [-2.0, 1.0]];
        let data = Arc::new(Data::edited(samples.to_vec()).unwrap());
        let output = NetworkFormula::parse(&network).unwrap();
        prop_assert!(NetworkFormula::parse(&output.pretty()).is_ok(), "{} is set as {}", network, output.pretty());
        for word in 0..5_u8 {
            let judge = Judge::of(f64::from(word));
            let loss = output.loss(&[], judge, Arc::clone(&data));
            let share = if judge.is_mean() { 0.5 } else { 1.0 };
            let expected = samples.iter().map(|[x, y]| judge.loss(x * inner + x, *y)).sum::<f64>() * share;
            let at = Point::new(w1, w2);
            let (value, first, second) = (loss.value(at), loss.first_order(at), loss.second_order(at));
            prop_assert!(close(value, expected) || (value - expected).abs() <= 1e-12 * inner.abs(), "{}: {}, not {}", network, value, expected);
            prop_assert_eq!([bits(value); 2], [bits(first.value), bits(second.value)], "values, {}", &network);
            prop_assert_eq!(first.gradient.map(bits), second.gradient.map(bits), "gradients, {}", &network);

            let xs: Vec<f64> = (0..300).map(|i| w1 + 0.001 * f64::from(i)).collect();
            let (mut row, mut values, mut orders) = (vec![0.0; 300], vec![0.0; 300], vec![[0.0; 6]; 300]);
            loss.value_row(&xs, w2, &mut row);
            loss.values(&xs, &[w2; 300], &mut values);
            loss.second_orders(&xs, &[w2; 300], &mut orders);
            for index in 0..300 {
                prop_assert_eq!(bits(row[index]), bits(values[index]), "row and points, {}", &network);
                prop_assert_eq!(bits(row[index]), bits(orders[index][0]), "row and second orders, {}", &network);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        survives(&text)?;
    }

    #[test]
    fn any_soup_of_tokens_is_read_or_refused(tokens in prop::collection::vec(prop::sample::select(SOUP.to_vec()), 0..30)) {
        survives(&tokens.concat())?;
    }
}

/// The weights in the place of x and y.
fn renamed(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphabetic());
    let weight = |word: &str| {
        let name = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let weight = if name == "x" {
            "w1"
        } else if name == "y" {
            "w2"
        } else {
            name
        };
        format!("{weight}{}", &word[name.len()..])
    };
    words.map(weight).collect()
}

const SOUP: [&str; 96] = [
    "x", "y", "a", "λ", "e", "π", "2", "0", ".5", "1e3", "1e-300", "²", "⁻¹", "+", "-", "*", "/", "^", "**", "|", "|",
    "(", "(", ")", ")", "[", "]", ",", ",", "√", "∛", "<", "<=", "==", "≠", " ", " ", "sin", "cos", "ln", "log2",
    "max(", "min(", "if(", "atan2(", "mod(", "and", "or", "not", "relu(", "step(", "x<1", "½", ".", "=", "é", "w₁",
    "exp", "w1", "w2 ", "x1", "x2", "x[0]", "x[1]", "w_1", "x_{2}", "θ₀", "f(x,y)=", "z = ", ":", "?", "else", " if ",
    "np.", "log(", "\\frac", "{", "}", "\\left", "\\sqrt", "\\theta", "σ(", "φ(", "х", "−", "（", "）", ";", "\"",
    "lambda ", "→", "log1p", "1d3", "E^", "&&", "$",
];

/// Nothing panics, errors lie within the text, and what is read can be asked everything.
fn survives(text: &str) -> Result<(), TestCaseError> {
    match Expression::parse(text) {
        Err(error) => {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?} of {:?}", error.span, text);
            let lines = if text.trim().is_empty() { 1 } else { 2 };
            prop_assert!(error.marked(text).lines().count() == lines, "{:?}", error.marked(text));
        }
        Ok(expression) => {
            let loss = expression.loss(&[]);
            for [x, y] in [[0.0, 0.0], [1.5, -2.0], [f64::NAN, 1.0], [f64::INFINITY, -1e300]] {
                let at = Point::new(x, y);
                let (first, second) = (loss.first_order(at), loss.second_order(at));
                prop_assert_eq!(bits(loss.value(at)), bits(second.value), "{}", text);
                prop_assert_eq!(first.gradient.map(bits), second.gradient.map(bits), "{}", text);
                let (mut row, mut values, mut orders) = ([0.0; 17], [0.0; 17], [[0.0; 6]; 17]);
                loss.value_row(&[x; 17], y, &mut row);
                loss.values(&[x; 17], &[y; 17], &mut values);
                loss.second_orders(&[x; 17], &[y; 17], &mut orders);
                prop_assert_eq!(row.map(bits), values.map(bits), "row and points, {}", text);
                prop_assert_eq!(row.map(bits), orders.map(|order| bits(order[0])), "row and second orders, {}", text);
            }
            let view = expression.view(&[]);
            let rate = expression.suggestion(&[], &view).rate;
            prop_assert!(view.is_sane() && rate > 0.0 && rate.is_finite(), "{}: {:?}, η = {}", text, view, rate);
            prop_assert!(Expression::parse(&expression.pretty()).is_ok(), "{} is set as {}", text, expression.pretty());
        }
    }
    let data = || Arc::new(Data::edited(vec![[0.5, 1.0], [-3.0, 0.0]]).unwrap());
    match NetworkFormula::parse(text) {
        Err(error) => prop_assert!(text.get(error.span.clone()).is_some(), "{:?} of {:?}", error.span, text),
        Ok(output) => {
            let loss = output.loss(&[], Judge::CrossEntropy, data());
            for [w1, w2] in [[0.0, 0.0], [1.5, -2.0], [f64::NAN, 1.0], [f64::INFINITY, -1e300]] {
                let (first, second) = (loss.first_order(Point::new(w1, w2)), loss.second_order(Point::new(w1, w2)));
                prop_assert_eq!(bits(first.value), bits(second.value), "{}", text);
            }
        }
    }
    Ok(())
}

#[test]
fn boxes_show_what_is_interesting() {
    for (text, expected) in [
        ("(x^2+y-11)^2+(x+y^2-7)^2", [-6.0, 6.0, -6.0, 6.0]),
        ("x^2+y^2", [-3.0, 3.0, -3.0, 3.0]),
        ("(1-x)^2+100(y-x^2)^2", [-3.0, 3.0, -3.0, 3.0]),
        ("sin(x)cos(y)", [-6.0, 6.0, -6.0, 6.0]),
        ("ln(x)+ln(y)", [0.0, 5.0, 0.0, 5.0]),
        ("(x-100)^2+(y-50)^2", [97.0, 103.0, 47.0, 53.0]),
        ("|x|+|y|", [-3.0, 3.0, -3.0, 3.0]),
        ("√(0.011-x²-y²)", [-0.125, 0.125, -0.125, 0.125]),
        ("√(-x²)", [-0.25, 0.25, -5.0, 5.0]),
        ("ln(-1)", [-3.0, 3.0, -3.0, 3.0]),
    ] {
        let view = read(text).view(&[]);
        assert_eq!([view.x[0], view.x[1], view.y[0], view.y[1]], expected, "{text}");
    }
}

#[test]
fn from_the_suggested_start_descent_goes_down() {
    for text in [
        "(x^2+y-11)^2+(x+y^2-7)^2",
        "x^2+y^2",
        "(1-x)^2+100(y-x^2)^2",
        "sin(x)cos(y)",
        "20+x^2+y^2-10cos(2πx)-10cos(2πy)",
        "|x|+|y|",
        "x+y",
        "(ln x)²+(ln y)²",
        "x^4-y^2",
        "exp(-x^2-y^2)",
        "1e6(x^2+y^2)",
    ] {
        let expression = read(text);
        let (loss, view) = (expression.loss(&[]), expression.view(&[]));
        let Suggestion { start: [x, y], rate } = expression.suggestion(&[], &view);
        let mut at = Point::new(x, y);
        let before = loss.first_order(at);
        assert!(view.contains(at) && before.gradient.norm() > 0.0 && rate > 0.0, "{text}: {at} {rate}");
        for _ in 0..20 {
            at -= loss.first_order(at).gradient * rate;
        }
        assert!(loss.value(at) < before.value, "{text} from {x}, {y} with {rate}");
    }
}
