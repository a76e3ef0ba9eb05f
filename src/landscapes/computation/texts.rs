//! How operations and their derivatives are written: `w₁ · x + w₂`, `1 − h²`.

use super::words::{Hold, Text, constant};
use super::{Mixed, One, Operation, Two};
use crate::landscapes::formula::graph::{Exact, Test};
use crate::numbers::{Quotient, Vanishing};

pub(super) fn name(function: One) -> &'static str {
    match function {
        One::Negate => "−",
        One::Abs => "abs",
        One::Sign => "sign",
        One::Floor => "floor",
        One::Square => "square",
        One::Recip => "1/",
        One::Sqrt => "√",
        One::Cbrt => "cbrt",
        One::Exp => "exp",
        One::ExpM1 => "expm1",
        One::Ln => "ln",
        One::Ln1p => "log1p",
        One::Log10 => "log₁₀",
        One::Log2 => "log₂",
        One::Sin => "sin",
        One::Cos => "cos",
        One::Tan => "tan",
        One::Asin => "asin",
        One::Acos => "acos",
        One::Atan => "atan",
        One::Sinh => "sinh",
        One::Cosh => "cosh",
        One::Tanh => "tanh",
        One::Relu => "relu",
        One::Sigmoid => "σ",
        One::Softplus => "softplus",
        One::Settled => "a",
        One::OverArgument(Quotient { order: 1.., .. }) => "(f(a) − T(a))/aⁿ",
        One::OverArgument(Quotient { function, .. }) => match function {
            Vanishing::Sin => "sin(a)/a",
            Vanishing::Tan => "tan(a)/a",
            Vanishing::Asin => "asin(a)/a",
            Vanishing::Atan => "atan(a)/a",
            Vanishing::Sinh => "sinh(a)/a",
            Vanishing::Tanh => "tanh(a)/a",
            Vanishing::ExpM1 => "(eᵃ − 1)/a",
            Vanishing::Ln1p => "ln(1 + a)/a",
            Vanishing::Cos => "(cos(a) − 1)/a",
            Vanishing::Cosh => "(cosh(a) − 1)/a",
            Vanishing::Root => "(√(1 + a) − 1)/a",
        },
    }
}

/// An operation of texts.
pub(super) fn written(operation: Operation<&Text>) -> Text {
    match operation {
        Operation::Constant(Exact(value)) => Text::number(constant(value)),
        Operation::Input(_) => Text::name(""),
        Operation::One(function, a) => one(function, a),
        Operation::Two(function, a, b) => two(function, a, b),
        Operation::Mixed(function, a, Exact(c)) => mixed(function, a, c),
        Operation::Select(test, [a, b, then, otherwise]) => {
            let sign = if test == Test::Less { "<" } else { "=" };
            let [a, b, then, otherwise] = [a, b, then, otherwise].map(|text| &text.text);
            Text::name(format!("if({a} {sign} {b}, {then}, {otherwise})"))
        }
    }
}

fn mixed(function: Mixed, a: &Text, c: f64) -> Text {
    let number = Text::number(constant(c));
    match function {
        Mixed::Plus if c < 0.0 => two(Two::Subtract, a, &Text::number(constant(-c))),
        Mixed::Plus => two(Two::Add, a, &number),
        Mixed::From => two(Two::Subtract, &number, a),
        Mixed::Times => two(Two::Multiply, &number, a),
        Mixed::Over => two(Two::Divide, a, &number),
        Mixed::Power => two(Two::Power, a, &number),
    }
}

pub(super) fn one(function: One, a: &Text) -> Text {
    match function {
        One::Negate => Text::new(format!("−{}", a.within(Hold::Product)), Hold::Signed),
        One::Abs => Text::name(format!("|{}|", a.text)),
        One::Floor => Text::name(format!("⌊{}⌋", a.text)),
        One::Square => Text::new(format!("{}²", a.within(Hold::Atom)), Hold::Power),
        One::Recip => Text::new(format!("1/{}", a.within(Hold::Power)), Hold::Product),
        One::Sqrt => Text::new(format!("√{}", a.within(Hold::Atom)), Hold::Power),
        One::OverArgument(Quotient { function, order, .. }) => {
            let (argument, above, a) = (a.within(Hold::Product), &a.text, a.within(Hold::Power));
            let above = match function {
                Vanishing::Sin => format!("sin({above})"),
                Vanishing::Tan => format!("tan({above})"),
                Vanishing::Asin => format!("asin({above})"),
                Vanishing::Atan => format!("atan({above})"),
                Vanishing::Sinh => format!("sinh({above})"),
                Vanishing::Tanh => format!("tanh({above})"),
                Vanishing::ExpM1 => format!("expm1({above})"),
                Vanishing::Ln1p => format!("log1p({above})"),
                Vanishing::Cos => format!("cos({above})"),
                Vanishing::Cosh => format!("cosh({above})"),
                Vanishing::Root => format!("√(1 + {above})"),
            };
            let text = match (order, function) {
                (0, _) => format!("{above}/{a}"),
                (
                    1 | 2,
                    Vanishing::Sin
                    | Vanishing::Tan
                    | Vanishing::Asin
                    | Vanishing::Atan
                    | Vanishing::Sinh
                    | Vanishing::Tanh,
                ) => {
                    format!("({above} − {argument})/{a}{}", superscript(order + 1))
                }
                (1, Vanishing::ExpM1 | Vanishing::Ln1p) => format!("({above} − {argument})/{a}²"),
                // T is the beginning of the Taylor series.
                _ => format!("({above} − T({argument}))/{a}{}", superscript(order + 1)),
            };
            Text::new(text, Hold::Product)
        }
        _ => Text::name(format!("{}({})", name(function), a.text)),
    }
}

pub(super) fn two(function: Two, a: &Text, b: &Text) -> Text {
    match function {
        Two::Add => Text::new(format!("{} + {}", a.first(Hold::Sum), b.within(Hold::Product)), Hold::Sum),
        Two::Subtract => Text::new(format!("{} − {}", a.first(Hold::Sum), b.within(Hold::Product)), Hold::Sum),
        Two::Multiply => Text::new(format!("{} · {}", a.first(Hold::Product), b.within(Hold::Product)), Hold::Product),
        Two::Divide => Text::new(format!("{}/{}", a.first(Hold::Product), b.within(Hold::Power)), Hold::Product),
        Two::Power => Text::new(format!("{}^{}", a.within(Hold::Atom), b.within(Hold::Atom)), Hold::Power),
        Two::Atan2 => Text::name(format!("atan2({}, {})", a.text, b.text)),
        Two::Hypot => Text::new(format!("√({}² + {}²)", a.within(Hold::Atom), b.within(Hold::Atom)), Hold::Power),
        Two::Min => Text::name(format!("min({}, {})", a.text, b.text)),
        Two::Max => Text::name(format!("max({}, {})", a.text, b.text)),
    }
}

/// The derivative of an operation by one of its operands, in their texts and in that of the result; empty if it has no
/// short form.
pub(super) fn slope(operation: Operation<&Text>, position: usize, own: &Text) -> Vec<Text> {
    let product = |text: String| vec![Text::new(text, Hold::Product)];
    let sum = |text: String| vec![Text::new(text, Hold::Sum)];
    let named = |text: String| vec![Text::name(text)];
    let one = || vec![Text::name("1")];
    let atom = |text: &Text| text.within(Hold::Atom);
    match operation {
        Operation::One(function, a) => match function {
            One::Negate => vec![Text::number("−1".to_owned())],
            One::Abs => named(format!("sign({})", a.text)),
            One::Sign | One::Floor => named("0".to_owned()),
            One::Square => product(format!("2 · {}", a.within(Hold::Product))),
            One::Recip => vec![Text::new(format!("−{}²", atom(own)), Hold::Signed)],
            One::Sqrt => product(format!("0.5/{}", atom(own))),
            One::Cbrt => product(format!("1/(3 · {}²)", atom(own))),
            One::Exp => vec![own.clone()],
            One::ExpM1 => named(format!("exp({})", a.text)),
            One::Ln1p => product(format!("1/(1 + {})", a.within(Hold::Product))),
            One::OverArgument(_) | One::Settled => Vec::new(),
            One::Ln => product(format!("1/{}", a.within(Hold::Power))),
            One::Log10 => product(format!("1/({} · ln 10)", a.within(Hold::Product))),
            One::Log2 => product(format!("1/({} · ln 2)", a.within(Hold::Product))),
            One::Sin => named(format!("cos({})", a.text)),
            One::Cos => vec![Text::new(format!("−sin({})", a.text), Hold::Signed)],
            One::Tan => sum(format!("1 + {}²", atom(own))),
            One::Asin => product(format!("1/√(1 − {}²)", atom(a))),
            One::Acos => vec![Text::new(format!("−1/√(1 − {}²)", atom(a)), Hold::Signed)],
            One::Atan => product(format!("1/(1 + {}²)", atom(a))),
            One::Sinh => named(format!("cosh({})", a.text)),
            One::Cosh => named(format!("sinh({})", a.text)),
            One::Tanh => sum(format!("1 − {}²", atom(own))),
            // The result is positive where the operand is, and shorter to name.
            One::Relu => sum(format!("1 if {} > 0, else 0", if a.hold == Hold::Atom { &a.text } else { &own.text })),
            One::Sigmoid => product(format!("{}(1 − {})", atom(own), own.within(Hold::Product))),
            One::Softplus => named(format!("σ({})", a.text)),
        },
        Operation::Two(function, a, b) => match (function, position) {
            (Two::Add, _) | (Two::Subtract, 0) => one(),
            (Two::Subtract, _) => vec![Text::number("−1".to_owned())],
            (Two::Multiply, 0) => vec![b.clone()],
            (Two::Multiply, _) => vec![a.clone()],
            (Two::Divide, 0) => product(format!("1/{}", b.within(Hold::Power))),
            (Two::Divide, _) => {
                vec![Text::new(format!("−{}/{}", own.within(Hold::Power), b.within(Hold::Power)), Hold::Signed)]
            }
            (Two::Hypot, 0) => product(format!("{}/{}", a.within(Hold::Product), own.within(Hold::Power))),
            (Two::Hypot, _) => product(format!("{}/{}", b.within(Hold::Product), own.within(Hold::Power))),
            (Two::Min, 0) => sum(format!("1 if {} ≤ {}, else 0", a.text, b.text)),
            (Two::Min, _) => sum(format!("1 if {} < {}, else 0", b.text, a.text)),
            (Two::Max, 0) => sum(format!("1 if {} ≥ {}, else 0", a.text, b.text)),
            (Two::Max, _) => sum(format!("1 if {} > {}, else 0", b.text, a.text)),
            (Two::Power | Two::Atan2, _) => Vec::new(),
        },
        Operation::Mixed(function, a, Exact(c)) => {
            let number = Text::number(constant(c));
            match function {
                Mixed::Plus => one(),
                Mixed::From => vec![Text::number("−1".to_owned())],
                Mixed::Times => vec![number],
                Mixed::Over => product(format!("1/{}", number.within(Hold::Power))),
                Mixed::Power => product(format!(
                    "{} · {}^{}",
                    number.first(Hold::Product),
                    atom(a),
                    Text::number(constant(c - 1.0)).within(Hold::Atom)
                )),
            }
        }
        Operation::Select(test, [a, b, ..]) => {
            let [is, is_not] = if test == Test::Less { ["<", "≥"] } else { ["=", "≠"] };
            match position {
                2 => sum(format!("1 if {} {is} {}, else 0", a.text, b.text)),
                3 => sum(format!("1 if {} {is_not} {}, else 0", a.text, b.text)),
                _ => named("0".to_owned()),
            }
        }
        Operation::Constant(_) | Operation::Input(_) => Vec::new(),
    }
}

/// The superscript of a power.
fn superscript(n: u8) -> String {
    n.to_string()
        .bytes()
        .map(|digit| ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][usize::from(digit - b'0')])
        .collect()
}

/// Factors as a product, of which ones are left out.
pub(super) fn product(factors: &[Text]) -> Text {
    let factors: Vec<&Text> = factors.iter().filter(|factor| !factor.is("1")).collect();
    match factors.as_slice() {
        [] => Text::name("1"),
        [one] => (*one).clone(),
        [first, rest @ ..] => {
            let rest = rest.iter().map(|factor| format!(" · {}", factor.within(Hold::Product)));
            Text::new(first.first(Hold::Product) + &rest.collect::<String>(), Hold::Product)
        }
    }
}
