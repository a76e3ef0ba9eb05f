//! A formula typeset in Unicode mathematics: x², √x, |x|, −, ·; the text reads back as the same formula.

use std::f64::consts::{E, PI};

use super::names::{FUNCTIONS, Function};
use super::tree::{Binary, Comparison, Id, Node, Tree, Unary};
use crate::landscapes::Parameter;

/// How tightly a text holds together, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Power,
    Atom,
}

/// A text and how tightly it holds together.
struct Text(String, Hold);

impl Text {
    /// The text, in brackets where it holds less tightly than its place needs.
    fn within(self, least: Hold) -> String {
        if self.1 >= least { self.0 } else { format!("({})", self.0) }
    }
}

/// Sets a tree, from the leaves to the whole, so that nothing recurses.
pub(super) fn pretty(tree: &Tree, variables: &[&str], parameters: &[Parameter]) -> String {
    let mut texts: Vec<Text> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        // Every node has one parent, which takes its text.
        let mut take = |id: Id| std::mem::replace(&mut texts[id], Text(String::new(), Hold::Atom));
        let text = match *node {
            Node::Number(value) => number(value),
            Node::Variable(index) => atom(variables.get(index).copied().unwrap_or_default()),
            Node::Parameter(index) => atom(parameters.get(index).map_or("", |parameter| parameter.symbol)),
            Node::Unary(function, a) => unary(function, take(a)),
            Node::Binary(Binary::Power, a, b) => power(take(a), take(b), &tree.nodes[b]),
            Node::Binary(function, a, b) => binary(function, take(a), take(b), &tree.nodes[a]),
            Node::If(condition, a, b) => {
                let [condition, a, b] = [condition, a, b].map(|id| take(id).0);
                atom(format!("if({condition}, {a}, {b})"))
            }
            Node::Compare(comparison, a, b) => {
                let [a, b] = [a, b].map(|id| take(id).within(Hold::Sum));
                Text(format!("{a} {} {b}", sign(comparison)), Hold::Comparison)
            }
            Node::And(a, b) => joined(take(a), "and", take(b), [Hold::And, Hold::Comparison]),
            Node::Or(a, b) => joined(take(a), "or", take(b), [Hold::Or, Hold::And]),
            Node::Not(a) => Text(format!("not ({})", take(a).0), Hold::Comparison),
        };
        texts.push(text);
    }
    texts.pop().map_or_else(String::new, |whole| whole.0)
}

fn atom(text: impl Into<String>) -> Text {
    Text(text.into(), Hold::Atom)
}

fn number(value: f64) -> Text {
    if value == PI {
        return atom("π");
    }
    if value == E {
        return atom("e");
    }
    let magnitude = value.abs();
    let usual = value == 0.0 || (1e-4..1e7).contains(&magnitude);
    let text = if usual { format!("{value}") } else { format!("{value:e}") }.replace('-', "−");
    if value < 0.0 { Text(text, Hold::Sum) } else { atom(text) }
}

fn unary(function: Unary, a: Text) -> Text {
    match function {
        Unary::Negate => Text(format!("−{}", a.within(Hold::Product)), Hold::Sum),
        Unary::Abs => atom(format!("|{}|", a.0)),
        Unary::Sqrt if a.0.chars().count() == 1 => Text(format!("√{}", a.0), Hold::Power),
        Unary::Sqrt => atom(format!("√({})", a.0)),
        Unary::Log10 => atom(format!("log₁₀({})", a.0)),
        Unary::Log2 => atom(format!("log₂({})", a.0)),
        _ => atom(format!("{}({})", name(Function::One(function)), a.0)),
    }
}

fn name(function: Function) -> &'static str {
    FUNCTIONS.iter().find(|(_, known)| *known == function).map_or("", |(name, _)| name)
}

fn power(base: Text, exponent: Text, node: &Node) -> Text {
    let base = base.within(Hold::Atom);
    let text = match *node {
        Node::Number(n) if n.fract() == 0.0 && n.abs() < 1e6 => format!("{base}{}", raised(n)),
        // E^x alone would be taken for a power of Euler's number that was miswritten.
        _ if base == "E" => format!("({base})^{}", exponent.within(Hold::Atom)),
        _ => format!("{base}^{}", exponent.within(Hold::Atom)),
    };
    Text(text, Hold::Power)
}

/// ⁻¹²
fn raised(n: f64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).map_or('⁻', |digit| DIGITS[digit as usize]);
    format!("{}", n as i64).chars().map(digit).collect()
}

fn binary(function: Binary, a: Text, b: Text, left: &Node) -> Text {
    match function {
        Binary::Add => joined(a, "+", b, [Hold::Sum, Hold::Product]),
        Binary::Subtract => joined(a, "−", b, [Hold::Sum, Hold::Product]),
        Binary::Multiply => {
            let (a, b) = (a.within(Hold::Product), b.within(Hold::Power));
            let numeral = matches!(left, Node::Number(value) if *value != E && *value != PI);
            let touches = numeral && !b.starts_with(|c: char| c.is_ascii_digit() || "|−e".contains(c));
            Text(format!("{a}{}{b}", if touches { "" } else { "·" }), Hold::Product)
        }
        Binary::Divide => Text(format!("{}/{}", a.within(Hold::Product), b.within(Hold::Power)), Hold::Product),
        Binary::Power => Text(format!("{}^{}", a.within(Hold::Atom), b.within(Hold::Atom)), Hold::Power),
        Binary::Atan2 | Binary::Mod => atom(format!("{}({}, {})", name(Function::Two(function)), a.0, b.0)),
        Binary::Min | Binary::Max => atom(format!("{}({}, {})", name(Function::Many(function)), a.0, b.0)),
    }
}

fn joined(a: Text, sign: &str, b: Text, [left, right]: [Hold; 2]) -> Text {
    let mut text = a.within(left);
    // Appended, so that a long sum is copied once.
    for part in [" ", sign, " ", &b.within(right)] {
        text.push_str(part);
    }
    Text(text, left)
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "≤",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => "≥",
        Comparison::Equal => "==",
        Comparison::NotEqual => "≠",
    }
}
