//! Where a formula switches: the arguments of its absolute values, cases, jumps and roots, as functions of their own.

use std::f64::consts::PI;
use std::sync::Arc;

use super::dependence::depends_on;
use super::graph::{Graph, Operation};
use super::letters::{INPUT, SYMBOLS};
use super::network::NetworkFormula;
use super::pretty::pretty;
use super::tape::Tape;
use super::tree::{Binary, Comparison, Id, Node, Tree, Unary};
use super::{Expression, VARIABLES};
use crate::landscapes::networks::Data;
use crate::landscapes::networks::criterion::Judge;
use crate::landscapes::{Argument, KinkLine, Parameter, Switch};

/// A formula that switches more often than this shows its first kink lines only.
pub(crate) const MOST: usize = 64;

/// What switches where two parts of the formula are equal; the second is zero if there is none.
struct Border {
    sides: [Option<Id>; 2],
    switch: Switch,
    /// It switches wherever the first part is a whole number.
    at_whole_numbers: bool,
    /// It switches where the first part is 1 or −1.
    at_ends_of_sine: bool,
}

impl Border {
    fn zero(of: Id, switch: Switch) -> Self {
        Self { sides: [Some(of), None], switch, at_whole_numbers: false, at_ends_of_sine: false }
    }

    fn equal(a: Id, b: Id, switch: Switch) -> Self {
        Self { sides: [Some(a), Some(b)], switch, at_whole_numbers: false, at_ends_of_sine: false }
    }

    /// The border of a node, if its value or slope may jump.
    fn of(tree: &Tree, node: &Node) -> Option<Self> {
        Some(match *node {
            Node::Unary(Unary::Abs, a) => Self::zero(a, Switch::Absolute),
            Node::Unary(Unary::Relu, a) => Self::zero(a, Switch::Rectifier),
            Node::Unary(Unary::Sign | Unary::Step, a) | Node::Binary(Binary::Atan2, a, _) => {
                Self::zero(a, Switch::Jump)
            }
            Node::Unary(Unary::Sqrt | Unary::Cbrt, a) => Self::zero(root_of(tree, a), Switch::Root),
            Node::Unary(Unary::Asin | Unary::Acos, a) => Self { at_ends_of_sine: true, ..Self::zero(a, Switch::Root) },
            Node::Unary(Unary::Floor, a) => Self { at_whole_numbers: true, ..Self::zero(a, Switch::Jump) },
            Node::Binary(Binary::Min | Binary::Max, a, b) => Self::equal(a, b, Switch::Tie),
            Node::Binary(Binary::Power, a, b) if is_root(tree, b) => Self::zero(root_of(tree, a), Switch::Root),
            Node::Binary(Binary::Mod, a, b) => Self { at_whole_numbers: true, ..Self::equal(a, b, Switch::Jump) },
            Node::Compare(comparison, a, b) => match comparison {
                Comparison::Less | Comparison::LessOrEqual => Self::equal(b, a, Switch::Case),
                _ => Self::equal(a, b, Switch::Case),
            },
            _ => return None,
        })
    }
}

impl Border {
    /// The borders of the factors where what switches is a product, whose sign does not matter: |x y| on x = 0 and on y = 0.
    fn of_factors(self, tree: &Tree) -> Vec<Self> {
        let Self {
            sides: [Some(whole), None],
            switch: switch @ (Switch::Absolute | Switch::Root),
            at_ends_of_sine: false,
            ..
        } = self
        else {
            return vec![self];
        };
        let (mut waiting, mut factors) = (vec![whole], Vec::new());
        while let Some(id) = waiting.pop() {
            match tree.nodes[id] {
                Node::Binary(Binary::Multiply, a, b) if waiting.len() < MOST => waiting.extend([b, a]),
                Node::Unary(Unary::Negate, a) => waiting.push(a),
                _ if root_of(tree, id) != id => waiting.push(root_of(tree, id)),
                _ => factors.push(Self::zero(id, switch)),
            }
        }
        factors
    }
}

/// Whether an exponent is no whole number from 0 on: at a base of 0 the power is then not smooth.
fn is_root(tree: &Tree, exponent: Id) -> bool {
    !matches!(tree.nodes[exponent], Node::Number(n) if n >= 0.0 && n.fract() == 0.0)
}

/// u for the root of |u|, uⁿ or √u, which has a kink line where the root of what is never negative has none.
fn root_of(tree: &Tree, mut a: Id) -> Id {
    loop {
        a = match tree.nodes[a] {
            Node::Unary(Unary::Abs | Unary::Sqrt | Unary::Cbrt, inner) => inner,
            Node::Binary(Binary::Power, inner, n) if matches!(tree.nodes[n], Node::Number(n) if n > 0.0) => inner,
            _ => return a,
        };
    }
}

/// The part of the formula that ends with a node: its children all stand before it.
fn part(tree: &Tree, end: Id) -> Tree {
    Tree { nodes: tree.nodes[..=end].to_vec() }
}

/// A formula whose kink lines are sought.
#[derive(Clone, Copy)]
struct Sought<'a> {
    tree: &'a Tree,
    symbols: &'a [&'a str],
    parameters: &'a [Parameter],
    values: &'a [f64],
    /// The sample whose input stands in the formula, and whether each node depends on it; further nodes do.
    sample: Option<(usize, &'a [bool])>,
}

impl Expression {
    /// Where the formula switches, for these values of its parameters.
    pub fn kink_lines(&self, values: &[f64]) -> Vec<KinkLine> {
        let mut known = Vec::new();
        let sought =
            Sought { tree: &self.tree, symbols: &VARIABLES, parameters: &self.parameters, values, sample: None };
        sought.add_all(&mut known);
        known
    }
}

impl NetworkFormula {
    /// The output for a sample, a formula in the weights; with an absolute error, that error.
    fn of_sample(&self, [x, y]: [f64; 2], judge: Judge) -> Tree {
        let mut tree = self.tree.clone();
        for node in tree.nodes.iter_mut().filter(|node| **node == Node::Variable(INPUT)) {
            *node = Node::Number(x);
        }
        if judge == Judge::Mae {
            let output = tree.nodes.len() - 1;
            let wanted = tree.push(Node::Number(y));
            let error = tree.push(Node::Binary(Binary::Subtract, output, wanted));
            tree.push(Node::Unary(Unary::Abs, error));
        }
        tree
    }
    /// Where the output switches for one of the samples, and where a loss with a corner meets it, for these values of the
    /// parameters.
    pub(in crate::landscapes) fn kink_lines(&self, values: &[f64], judge: Judge, data: &Data) -> Vec<KinkLine> {
        let mut known = Vec::new();
        let depends = depends_on(&self.tree, INPUT);
        for (index, [x, y]) in data.samples().iter().enumerate() {
            let tree = self.of_sample([*x, *y], judge);
            let sample = Some((index, &depends[..]));
            let sought = Sought { tree: &tree, symbols: &SYMBOLS, parameters: self.parameters(), values, sample };
            sought.add_all(&mut known);
            if known.len() >= MOST {
                break;
            }
        }
        known
    }
}

impl Sought<'_> {
    /// Adds the kink lines that are not yet known.
    fn add_all(self, known: &mut Vec<KinkLine>) {
        let borders = self.tree.nodes.iter().filter_map(|node| Border::of(self.tree, node));
        let borders = borders.flat_map(|border| border.of_factors(self.tree));
        for kink_line in borders.filter_map(|border| self.kink_line(&border)) {
            if known.len() < MOST && known.iter().all(|other| other.equation != kink_line.equation) {
                known.push(kink_line);
            }
        }
    }

    /// The sample that switches at a border, if it is not all of them.
    fn sample_of(self, border: &Border) -> Option<usize> {
        let (index, depends) = self.sample?;
        let is_its = |id: &Id| depends.get(*id).copied().unwrap_or(true);
        border.sides.iter().flatten().any(is_its).then_some(index)
    }

    /// The kink line at a border; `None` where nothing there depends on a variable.
    fn kink_line(self, border: &Border) -> Option<KinkLine> {
        let [a, b] = border.sides;
        let a = a?;
        let mut tree = part(self.tree, b.map_or(a, |b| a.max(b)));
        let text = |id: Id| pretty(&part(self.tree, id), self.symbols, self.parameters);
        let equation = if border.at_whole_numbers {
            let quotient = b.map_or_else(|| text(a), |b| format!("({})/({})", text(a), text(b)));
            [quotient, "a whole number".to_owned()]
        } else if border.at_ends_of_sine {
            [format!("|{}|", text(a)), "1".to_owned()]
        } else {
            [text(a), b.map_or_else(|| "0".to_owned(), text)]
        };
        let mut last = a;
        if let Some(b) = b {
            let joined = if border.at_whole_numbers { Binary::Divide } else { Binary::Subtract };
            last = tree.push(Node::Binary(joined, a, b));
        }
        if border.at_ends_of_sine {
            // u² − 1 is 0 at both.
            let [two, one] = [2.0, 1.0].map(|number| tree.push(Node::Number(number)));
            let square = tree.push(Node::Binary(Binary::Power, last, two));
            tree.push(Node::Binary(Binary::Subtract, square, one));
        }
        if border.at_whole_numbers {
            // sin πu changes its sign at every whole number u.
            let pi = tree.push(Node::Number(PI));
            let turned = tree.push(Node::Binary(Binary::Multiply, last, pi));
            tree.push(Node::Unary(Unary::Sin, turned));
        }
        let graph = Graph::of(&tree, self.values);
        if matches!(graph.operations[graph.result], Operation::Constant(_)) {
            return None;
        }
        let tape = Tape::of(&graph, VARIABLES.len());
        Some(KinkLine {
            argument: Argument::Curve(Arc::new(tape)),
            equation,
            switch: border.switch,
            sample: self.sample_of(border),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::landscapes::Landscape;
    use crate::numbers::Point;

    #[test]
    fn a_network_switches_for_each_of_its_samples() {
        let samples = vec![[0.5, 1.0], [-2.0, 0.25]];
        for (text, kink_lines, on) in [
            ("network:relu(w1 x + w2)", &["w₁·0.5+w₂=0", "w₁·(−2)+w₂=0"][..], [[2.0, -1.0], [1.0, 2.0]]),
            ("network:relu(w1) x + w2", &["w₁=0"], [[0.0, 3.0]; 2]),
            ("network:w1 x + w2,loss=mae", &["w₁·0.5+w₂−1=0", "w₁·(−2)+w₂−0.25=0"], [[2.0, 0.0], [1.0, 2.25]]),
            ("network:w2 tanh(w1 x)", &[], [[0.0; 2]; 2]),
        ] {
            let landscape = Landscape::parse(text).unwrap().with_samples(samples.clone()).unwrap();
            let found = landscape.kink_lines();
            let texts: Vec<String> = found.iter().map(|kink_line| kink_line.text().replace(' ', "")).collect();
            assert_eq!(texts, kink_lines, "{text}");
            for (kink_line, at) in found.iter().zip(on) {
                assert!(kink_line.passes_through(Point::from(at)), "{text}: {} at {at:?}", kink_line.text());
            }
            let of_samples: Vec<Option<usize>> = found.iter().map(|kink_line| kink_line.sample).collect();
            let expected = if kink_lines.len() == 2 { vec![Some(0), Some(1)] } else { vec![None; kink_lines.len()] };
            assert_eq!(of_samples, expected, "{text}");
        }
    }

    #[test]
    fn a_formula_tells_where_it_switches() {
        for (formula, kink_lines, on) in [
            ("a|x - 1| + |y|", &["x − 1 = 0", "y = 0"][..], [1.0, 0.0]),
            ("relu(1 - x y) + x^2", &["1 − x·y = 0"], [2.0, 0.5]),
            ("max(x, 2y, 0.5)", &["x = 2y", "max(x, 2y) = 0.5"], [0.5, 0.25]),
            ("if(x < y, x^2, y^2)", &["y = x"], [0.7, 0.7]),
            ("floor(x) + y^2", &["x = a whole number"], [0.0, 3.0]),
            ("√|y - x²| + x²", &["y − x² = 0"], [2.0, 4.0]),
            ("|x y|", &["x = 0", "y = 0"], [0.0, 0.0]),
            ("√((x - 1)^4 y^2)", &["x − 1 = 0", "y = 0"], [1.0, 0.0]),
            ("(x^40)^0.01", &["x = 0"], [0.0, 2.0]),
            ("√(x² + y²)", &["x² + y² = 0"], [0.0, 0.0]),
            ("x^2 + y^2 + |a|", &[], [0.0, 0.0]),
            ("(x^2 + y - 11)^2", &[], [0.0, 0.0]),
        ] {
            let found = Landscape::of_formula(formula).unwrap().kink_lines();
            let texts: Vec<String> = found.iter().map(|kink_line| kink_line.text().replace(' ', "")).collect();
            let expected: Vec<String> = kink_lines.iter().map(|kink_line| kink_line.replace(' ', "")).collect();
            assert_eq!(texts, expected, "{formula}");
            assert!(found.iter().all(|kink_line| kink_line.passes_through(Point::from(on))), "{formula} at {on:?}");
        }
    }
}
