//! Bounds of a formula for all values of its variables, by interval arithmetic over its tree.

use std::f64::consts::{E, FRAC_PI_2, PI};

use super::tree::{Binary, Id, Node, Tree, Unary};
use crate::numbers::extremes;

/// The least and the largest value; infinite where nothing is known.
pub(super) type Range = [f64; 2];

const ANYTHING: Range = [f64::NEG_INFINITY, f64::INFINITY];

/// The range of every node for these values of the parameters; that of the whole formula is the last.
///
/// It may be wider than the values that occur.
pub(super) fn ranges(tree: &Tree, parameters: &[f64]) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let range = match *node {
            Node::Number(value) => [value, value],
            Node::Parameter(index) => [parameters.get(index).copied().unwrap_or(1.0); 2],
            Node::Unary(function, a) => unary(function, ranges[a]),
            Node::Binary(Binary::Divide, a, b) if is_share(tree, &ranges, a, b) => [0.0, 1.0],
            Node::Binary(function, a, b) => binary(function, ranges[a], ranges[b]),
            Node::If(_, a, b) => [ranges[a][0].min(ranges[b][0]), ranges[a][1].max(ranges[b][1])],
            Node::Variable(_) | Node::Compare(..) | Node::And(..) | Node::Or(..) | Node::Not(_) => ANYTHING,
        };
        ranges.push(if range.iter().any(|end| end.is_nan()) { ANYTHING } else { range });
    }
    ranges
}

fn unary(function: Unary, [low, high]: Range) -> Range {
    let rising = |f: fn(f64) -> f64| [f(low), f(high)];
    match function {
        Unary::Negate => [-high, -low],
        Unary::Abs => [if low > 0.0 { low } else { (-high).max(0.0) }, low.abs().max(high.abs())],
        Unary::Sign | Unary::Sin | Unary::Cos => [-1.0, 1.0],
        Unary::Floor => rising(libm::floor),
        Unary::Sqrt => [libm::sqrt(low.max(0.0)), libm::sqrt(high.max(0.0))],
        Unary::Cbrt => rising(libm::cbrt),
        Unary::Exp => rising(libm::exp),
        Unary::ExpM1 => rising(libm::expm1),
        Unary::Ln1p => [libm::log1p(low.max(-1.0)), libm::log1p(high.max(-1.0))],
        Unary::Ln => [libm::log(low.max(0.0)), libm::log(high.max(0.0))],
        Unary::Log10 => [libm::log10(low.max(0.0)), libm::log10(high.max(0.0))],
        Unary::Log2 => [libm::log2(low.max(0.0)), libm::log2(high.max(0.0))],
        Unary::Tan => ANYTHING,
        Unary::Asin => [-FRAC_PI_2, FRAC_PI_2],
        Unary::Acos => [0.0, PI],
        Unary::Atan => rising(libm::atan),
        Unary::Sinh => rising(libm::sinh),
        Unary::Cosh => [1.0, libm::cosh(low).max(libm::cosh(high))],
        Unary::Tanh => rising(libm::tanh),
        Unary::Relu => rising(|a| a.max(0.0)),
        Unary::Sigmoid => rising(|a| 1.0 / (1.0 + libm::exp(-a))),
        Unary::Softplus => rising(|a| a.max(0.0) + libm::log1p(libm::exp(-a.abs()))),
        Unary::Gauss | Unary::Step => [0.0, 1.0],
    }
}

fn binary(function: Binary, a: Range, b: Range) -> Range {
    match function {
        Binary::Add => [a[0] + b[0], a[1] + b[1]],
        Binary::Subtract => [a[0] - b[1], a[1] - b[0]],
        Binary::Multiply => product(a, b),
        Binary::Divide if b[0] >= 0.0 => product(a, [1.0 / b[1], 1.0 / b[0].abs()]),
        Binary::Divide if b[1] < 0.0 => product(a, [1.0 / b[1], 1.0 / b[0]]),
        Binary::Power if a == [E, E] => unary(Unary::Exp, b),
        Binary::Power if is_even(b) => [0.0, f64::INFINITY],
        Binary::Power if a[0] >= 0.0 => [0.0, f64::INFINITY],
        Binary::Divide | Binary::Power => ANYTHING,
        Binary::Atan2 => [-PI, PI],
        Binary::Mod => [b[0].min(0.0), b[1].max(0.0)],
        Binary::Min => [a[0].min(b[0]), a[1].min(b[1])],
        Binary::Max => [a[0].max(b[0]), a[1].max(b[1])],
    }
}

fn is_even([low, high]: Range) -> bool {
    low == high && libm::fmod(low, 2.0) == 0.0
}

/// Zero times infinity is zero here: an end that is infinite is never reached.
fn product(a: Range, b: Range) -> Range {
    let times = |x: f64, y: f64| if x == 0.0 || y == 0.0 { 0.0 } else { x * y };
    extremes([times(a[0], b[0]), times(a[0], b[1]), times(a[1], b[0]), times(a[1], b[1])])
}

/// Whether a/b is a share, a/(a + c) with a and c never negative: e^u/(1 + e^u), a softmax.
fn is_share(tree: &Tree, ranges: &[Range], a: Id, b: Id) -> bool {
    let Node::Binary(Binary::Add, c, d) = tree.nodes[b] else { return false };
    ranges[a][0] >= 0.0 && ranges[c][0] >= 0.0 && ranges[d][0] >= 0.0 && (same(tree, a, c) || same(tree, a, d))
}

/// Whether two parts of the tree are written alike.
pub(super) fn same(tree: &Tree, a: Id, b: Id) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        match (tree.nodes[a], tree.nodes[b]) {
            (Node::Unary(f, a), Node::Unary(g, b)) if f == g => pairs.push((a, b)),
            (Node::Binary(f, a, c), Node::Binary(g, b, d)) if f == g => pairs.extend([(a, b), (c, d)]),
            (a @ (Node::Number(_) | Node::Variable(_) | Node::Parameter(_)), b) if a == b => {}
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::Expression;
    use super::*;

    fn range(text: &str) -> Range {
        let expression = Expression::parse(text).expect(text);
        *ranges(&expression.tree, &[]).last().expect("a formula has nodes")
    }

    #[test]
    fn values_lie_within_the_range() {
        for (text, [low, high]) in [
            ("sigmoid(x + y)", [0.0, 1.0]),
            ("1/(1+exp(-x))", [0.0, 1.0]),
            ("1/(1+e^(-x))", [0.0, 1.0]),
            ("exp(x)/(1+exp(x))", [0.0, 1.0]),
            ("e^x/(e^x+e^y)", [0.0, 1.0]),
            ("(1+tanh(x))/2", [0.0, 1.0]),
            ("0.5tanh(x)+0.5", [0.0, 1.0]),
            ("2sigmoid(x)-1", [-1.0, 1.0]),
            ("tanh(tanh(x)+y)", [-1.0, 1.0]),
            ("min(max(x, 0), 1)", [0.0, 1.0]),
            ("if(x > 0, 1, 0)", [0.0, 1.0]),
            ("gauss(x y)", [0.0, 1.0]),
            ("relu(x)", [0.0, f64::INFINITY]),
            ("x^2+y^2+1", [1.0, f64::INFINITY]),
            ("-softplus(-x)", [f64::NEG_INFINITY, 0.0]),
            ("1/(1+x^2)", [0.0, 1.0]),
            ("x tanh(y)", ANYTHING),
            ("x/y", ANYTHING),
            ("ln(x)", ANYTHING),
        ] {
            let [found_low, found_high] = range(text);
            let near = |a: f64, b: f64| a == b || (a - b).abs() < 1e-12;
            assert!(near(found_low, low) && near(found_high, high), "{text}: {found_low} to {found_high}");
        }
    }
}
