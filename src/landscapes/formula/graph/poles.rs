//! Poles whose infinity would be hidden by what follows: 1/(1/x), σ(1/x) and exp(ln x) have no value at 0, though an infinity
//! passed on gives a finite number.
//!
//! A number that merely overflows is another matter: 1/exp(800) is nearly 0.

use super::{Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::range::{Range, ranges};
use crate::landscapes::formula::tree::{Binary, Id, Node, Tree, Unary};

/// Which nodes of a tree may have a pole that a part further out hides.
pub(super) fn hidden(tree: &Tree, parameters: &[f64]) -> Vec<bool> {
    let may_hide = may_hide(tree);
    if !tree.nodes.iter().zip(&may_hide).any(|(node, hides)| *hides && pole(node).is_some()) {
        return may_hide.into_iter().map(|_| false).collect();
    }
    let ranges = ranges(tree, parameters);
    let never_zero = never_zero(tree, &ranges);
    let is_hidden = |(node, hides): (&Node, bool)| {
        hides
            && pole(node).is_some_and(|(part, at)| if at == 0.0 { !never_zero[part] } else { ranges[part][0] <= at })
            && !matches!(*node, Node::Binary(Binary::Power, _, exponent) if ranges[exponent][0] >= 0.0)
    };
    tree.nodes.iter().zip(may_hide).map(is_hidden).collect()
}

/// The part of a node whose value makes it infinite, and that value.
fn pole(node: &Node) -> Option<(Id, f64)> {
    match *node {
        Node::Binary(Binary::Divide, _, b) => Some((b, 0.0)),
        Node::Binary(Binary::Power, a, _) | Node::Unary(Unary::Ln | Unary::Log10 | Unary::Log2, a) => Some((a, 0.0)),
        Node::Unary(Unary::Ln1p, a) => Some((a, -1.0)),
        _ => None,
    }
}

/// Which nodes pass through a function that makes a finite number of an infinite one.
fn may_hide(tree: &Tree) -> Vec<bool> {
    let mut hides = vec![false; tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate().rev() {
        let here = hides[id];
        match *node {
            // An infinity compares as what it is.
            Node::Number(_)
            | Node::Variable(_)
            | Node::Parameter(_)
            | Node::Compare(..)
            | Node::And(..)
            | Node::Or(..)
            | Node::Not(_) => {}
            Node::Unary(function, a) => hides[a] |= here || is_bounded(function),
            Node::Binary(function, a, b) => {
                let [first, second] = match function {
                    Binary::Add | Binary::Subtract | Binary::Multiply => [false, false],
                    Binary::Divide => [false, true],
                    Binary::Power => [!matches!(tree.nodes[b], Node::Number(n) if n > 0.0), true],
                    Binary::Atan2 | Binary::Mod | Binary::Min | Binary::Max => [true, true],
                };
                hides[a] |= here || first;
                hides[b] |= here || second;
            }
            Node::If(_, a, b) => {
                hides[a] |= here;
                hides[b] |= here;
            }
        }
    }
    hides
}

/// Whether a function is finite at one of the infinities.
fn is_bounded(function: Unary) -> bool {
    matches!(
        function,
        Unary::Exp
            | Unary::ExpM1
            | Unary::Tanh
            | Unary::Atan
            | Unary::Sigmoid
            | Unary::Softplus
            | Unary::Relu
            | Unary::Gauss
            | Unary::Step
            | Unary::Sign
    )
}

/// Which nodes are 0 nowhere, though they may be rounded to it.
fn never_zero(tree: &Tree, ranges: &[Range]) -> Vec<bool> {
    let mut never: Vec<bool> = Vec::with_capacity(tree.nodes.len());
    for (node, [low, high]) in tree.nodes.iter().zip(ranges) {
        let by_parts = match *node {
            Node::Unary(Unary::Exp | Unary::Gauss | Unary::Sigmoid | Unary::Softplus | Unary::Cosh, _) => true,
            Node::Unary(Unary::Negate | Unary::Abs | Unary::Sqrt | Unary::Cbrt, a)
            | Node::Binary(Binary::Divide, a, _) => never[a],
            Node::Binary(Binary::Power, a, _) => never[a] || matches!(tree.nodes[a], Node::Number(n) if n > 0.0),
            Node::Binary(Binary::Multiply, a, b) => never[a] && never[b],
            Node::Binary(Binary::Add, a, b) => ranges[a][0] >= 0.0 && ranges[b][0] >= 0.0 && (never[a] || never[b]),
            _ => false,
        };
        never.push(by_parts || *low > 0.0 || *high < 0.0);
    }
    never
}

impl Graph {
    /// What a node of the tree became, without a value at its pole.
    pub(super) fn without_pole(&mut self, node: &Node, id: Id, of_node: &[Id]) -> Id {
        let Some((part, at)) = pole(node) else { return id };
        let mut parts = Vec::new();
        if at == 0.0 {
            self.factors(of_node[part], &mut parts);
        } else {
            parts.push(of_node[part]);
        }
        let [at, undefined] = [at, f64::NAN].map(|value| self.constant(value));
        parts.into_iter().fold(id, |whole, part| {
            // With a positive exponent there is no pole.
            let Node::Binary(Binary::Power, _, exponent) = *node else {
                return self.select(Test::Equal, [part, at, undefined, whole]);
            };
            let inner = self.select(Test::Less, [of_node[exponent], at, undefined, whole]);
            self.select(Test::Equal, [part, at, inner, whole])
        })
    }

    /// The parts of a product one of which is 0 where it is, so that a power that is only rounded to 0 is none.
    fn factors(&mut self, product: Id, parts: &mut Vec<Id>) {
        let mut waiting = vec![product];
        while let Some(id) = waiting.pop() {
            match self.operations[id] {
                Operation::One(One::Square | One::Negate | One::Abs | One::Sqrt | One::Cbrt, u)
                | Operation::Mixed(Mixed::Times | Mixed::Over, u, _) => waiting.push(u),
                Operation::Two(Two::Multiply, u, v) if waiting.len() < 16 => waiting.extend([u, v]),
                _ => {
                    // A sum of squares may be rounded to 0, the distance is not.
                    let id = self.distance(id).unwrap_or(id);
                    if !parts.contains(&id) {
                        parts.push(id);
                    }
                }
            }
        }
    }
}
