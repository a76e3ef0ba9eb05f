//! On which variables a formula depends for these values of its letters: `0·x + 3` and `a·x` with a = 0 on none.

use super::range::same;
use super::tree::{Binary, Id, Node, Tree, Unary};

/// Whether a variable stands in each node.
pub(super) fn depends_on(tree: &Tree, variable: usize) -> Vec<bool> {
    let mut depends: Vec<bool> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let here = match *node {
            Node::Variable(index) => index == variable,
            Node::Number(_) | Node::Parameter(_) => false,
            Node::Unary(_, a) | Node::Not(a) => depends[a],
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::And(a, b) | Node::Or(a, b) => {
                depends[a] || depends[b]
            }
            Node::If(condition, a, b) => depends[condition] || depends[a] || depends[b],
        };
        depends.push(here);
    }
    depends
}

/// Whether each node depends on a variable, as far as its form tells: what is multiplied by 0, raised to 0 or subtracted from
/// itself does not count.
pub(super) fn acting(tree: &Tree, variable: usize, parameters: &[f64]) -> Vec<bool> {
    let constants = constants(tree, parameters);
    let is = |id: Id, number: f64| constants[id] == Some(number);
    let mut acts: Vec<bool> = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.nodes.iter().enumerate() {
        let either = |a: Id, b: Id| acts[a] || acts[b];
        let here = constants[id].is_none()
            && match *node {
                Node::Number(_) | Node::Parameter(_) => false,
                Node::Variable(index) => index == variable,
                Node::Unary(_, a) | Node::Not(a) => acts[a],
                Node::Binary(Binary::Multiply, a, b) => either(a, b) && !is(a, 0.0) && !is(b, 0.0),
                Node::Binary(Binary::Divide, a, b) => either(a, b) && !is(a, 0.0) && !same(tree, a, b),
                Node::Binary(Binary::Power, a, b) => either(a, b) && !is(b, 0.0) && !is(a, 1.0),
                Node::Binary(Binary::Subtract, a, b) => either(a, b) && !same(tree, a, b),
                Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::And(a, b) | Node::Or(a, b) => either(a, b),
                Node::If(condition, a, b) => either(a, b) || acts[condition] && !same(tree, a, b),
            };
        acts.push(here);
    }
    acts
}

/// The value of every node that is a number whatever the variables are, as far as its form tells.
fn constants(tree: &Tree, parameters: &[f64]) -> Vec<Option<f64>> {
    let mut known: Vec<Option<f64>> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let value = match *node {
            Node::Number(value) => Some(value),
            Node::Parameter(index) => Some(parameters.get(index).copied().unwrap_or(1.0)),
            Node::Unary(Unary::Negate, a) => known[a].map(|a| -a),
            Node::Binary(function, a, b) => {
                let is_zero = || function == Binary::Subtract && same(tree, a, b);
                combined(function, known[a], known[b]).or_else(|| is_zero().then_some(0.0))
            }
            _ => None,
        };
        known.push(value);
    }
    known
}

/// What a function of two nodes is that are numbers, or of which one decides alone.
fn combined(function: Binary, a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (function, a, b) {
        (Binary::Add, Some(a), Some(b)) => Some(a + b),
        (Binary::Subtract, Some(a), Some(b)) => Some(a - b),
        (Binary::Multiply, Some(a), Some(b)) => Some(a * b),
        (Binary::Divide, Some(a), Some(b)) => Some(a / b),
        (Binary::Multiply | Binary::Divide, Some(0.0), _) | (Binary::Multiply, _, Some(0.0)) => Some(0.0),
        (Binary::Power, _, Some(0.0)) | (Binary::Power, Some(1.0), _) => Some(1.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    #[test]
    fn what_does_nothing_is_seen_through() {
        for (text, values, expected) in [
            ("0*x+3", &[][..], [false, false]),
            ("0*(x+ln(y))+x", &[], [true, false]),
            ("a x + b y", &[0.0, 1.0], [false, true]),
            ("a x + b y", &[1.0, 1.0], [true, true]),
            ("(a-1) x + y", &[1.0], [false, true]),
            ("x - x + y", &[], [false, true]),
            ("x^0 + y", &[], [false, true]),
            ("1^x + y", &[], [false, true]),
            ("x/x + 0/y", &[], [false, false]),
            ("y^(0*x)", &[], [false, false]),
            ("if(x > 0, y, y)", &[], [false, true]),
            ("if(x > 0, y, 2y)", &[], [true, true]),
            ("0*sin(x)^2+exp(0*y)", &[], [false, false]),
            ("x - y", &[], [true, true]),
        ] {
            let expression = Expression::parse(text).unwrap();
            let acts = [0, 1].map(|weight| expression.acts(weight, values));
            assert_eq!(acts, expected, "{text} with {values:?}");
        }
    }
}
