//! Formulas at random, against an evaluation apart from the one under test.

use proptest::prelude::*;

use super::*;
use crate::landscapes::networks::Data;
use crate::landscapes::networks::criterion::Judge;
use crate::numbers::Real;

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
    /// Whether something is divided by 0 in it.
    fn divides_by_zero(&self, x: f64, y: f64) -> bool {
        match self {
            Self::Number(_) | Self::X | Self::Y => false,
            Self::Negative(a) | Self::Called(_, a) | Self::Raised(a, _) => a.divides_by_zero(x, y),
            Self::Infix(sign, a, b) => {
                *sign == '/' && b.value(x, y) == 0.0 || a.divides_by_zero(x, y) || b.divides_by_zero(x, y)
            }
            Self::Choice(parts) => parts.iter().any(|part| part.divides_by_zero(x, y)),
        }
    }

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
        // Where a pole is hidden there is no value, though an infinity passed on gives one.
        let is_hidden_pole = actual.is_nan() && formula.divides_by_zero(x, y);
        prop_assert!(is_hidden_pole || close(actual, expected) || (actual - expected).abs() <= slack || !slack.is_finite(), "{} = {}, not {}", text, actual, expected);
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

/// The weights instead of x and y.
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

/// The first and the last caret are under a character of the formula; a single one may be directly behind its last.
fn stands_under_something(error: &FormulaError, text: &str) -> Result<(), TestCaseError> {
    let said = format!("{:?} of {text:?}: {error}", error.span);
    let Some(meant) = text.get(error.span.clone()) else { return Err(TestCaseError::fail(said)) };
    if text.trim().is_empty() {
        return Ok(());
    }
    prop_assert!(meant.trim() == meant, "a caret is under a blank: {}", said);
    if meant.is_empty() {
        let before = text[..error.span.start].chars().next_back();
        prop_assert!(before.is_some_and(|last| !last.is_whitespace()), "nothing is there: {}", said);
    }
    let marked = error.marked(text);
    let Some((line, carets)) = marked.split_once('\n') else { return Err(TestCaseError::fail(said)) };
    let shown = line.strip_suffix(&format!(": {}", error.message)).unwrap_or(line);
    prop_assert!(carets.chars().count() <= shown.chars().count(), "beyond the formula: {}", marked);
    Ok(())
}

/// Nothing panics, errors lie within the text, and what is read can be asked everything.
fn survives(text: &str) -> Result<(), TestCaseError> {
    match Expression::parse(text) {
        Err(error) => {
            stands_under_something(&error, text)?;
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
            let view = expression.domain(&[]);
            let rate = expression.suggestion(&[], &view).rate;
            prop_assert!(view.is_sane() && rate > 0.0 && rate.is_finite(), "{}: {:?}, η = {}", text, view, rate);
            prop_assert!(Expression::parse(&expression.pretty()).is_ok(), "{} is set as {}", text, expression.pretty());
        }
    }
    let data = || Arc::new(Data::edited(vec![[0.5, 1.0], [-3.0, 0.0]]).unwrap());
    match NetworkFormula::parse(text) {
        Err(error) => stands_under_something(&error, text)?,
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
