//! The tree as a graph of elementary operations: parameters filled in, constants computed, nothing computed twice.

mod cancelling;
mod complements;
mod conditions;
mod conjugates;
mod hyperbolics;
mod identities;
mod logarithms;
mod overflow;
mod poles;
mod powers;
mod remainders;
mod roots;
mod settled;
mod sizes;
mod taylor;

use std::collections::HashMap;
use std::f64::consts::E;

use super::machine;
use super::tree::{Binary, Id, Node, Tree, Unary};
use crate::numbers::Quotient;

/// An elementary function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::landscapes) enum One {
    Negate,
    Abs,
    Sign,
    Floor,
    Square,
    Recip,
    Sqrt,
    Cbrt,
    Exp,
    /// eˣ − 1
    ExpM1,
    Ln,
    /// ln(1 + x)
    Ln1p,
    Log10,
    Log2,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Relu,
    Sigmoid,
    Softplus,
    /// f(x)/x, or what follows its first terms.
    OverArgument(Quotient),
    /// x, with slope 0 where it is infinite.
    Settled,
}

/// An elementary function of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::landscapes) enum Two {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Atan2,
    /// √(a² + b²)
    Hypot,
    Min,
    Max,
}

/// An operation of a number and a constant, which costs no register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::landscapes) enum Mixed {
    /// x + c
    Plus,
    /// c − x
    From,
    /// x·c
    Times,
    /// x/c
    Over,
    /// xᶜ
    Power,
}

/// How a selection compares its first two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::landscapes) enum Test {
    Less,
    Equal,
}

/// A constant that is distinguished from others by its bits.
#[derive(Clone, Copy, Debug)]
pub(in crate::landscapes) struct Exact(pub(in crate::landscapes) f64);

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Exact {}

impl std::hash::Hash for Exact {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// An operation whose operands are named by `R`: nodes of the graph, or registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::landscapes) enum Operation<R> {
    Constant(Exact),
    Input(usize),
    One(One, R),
    Two(Two, R, R),
    Mixed(Mixed, R, Exact),
    /// The third operand where the test of the first two holds, else the fourth.
    Select(Test, [R; 4]),
}

impl<R: Copy> Operation<R> {
    /// The same operation of other operands.
    pub(in crate::landscapes) fn map<S>(self, mut operand: impl FnMut(R) -> S) -> Operation<S> {
        match self {
            Self::Constant(value) => Operation::Constant(value),
            Self::Input(index) => Operation::Input(index),
            Self::One(function, a) => Operation::One(function, operand(a)),
            Self::Two(function, a, b) => Operation::Two(function, operand(a), operand(b)),
            Self::Mixed(function, a, constant) => Operation::Mixed(function, operand(a), constant),
            Self::Select(test, operands) => Operation::Select(test, operands.map(operand)),
        }
    }
}

/// The operations, operands before what uses them, and the one that is the result.
pub(super) struct Graph {
    pub(super) operations: Vec<Operation<Id>>,
    pub(super) known: HashMap<Operation<Id>, Id>,
    pub(super) result: Id,
    /// Whether parts that may leave the range of a number have a second form there.
    has_far_forms: bool,
}

/// The largest exponent whose power is multiplied out.
pub(super) const MULTIPLIED_OUT: f64 = 64.0;

impl Graph {
    /// The graph of a tree for these values of its parameters; what is missing is 1.
    pub(super) fn of(tree: &Tree, parameters: &[f64]) -> Self {
        Self::built(tree, parameters, true).smooth_at_roots().settled()
    }

    /// As [`Self::of`], without what is needed only where a part leaves the range of a number: the operations as one would
    /// show them.
    pub(super) fn shown(tree: &Tree, parameters: &[f64]) -> Self {
        Self::built(tree, parameters, false)
    }

    fn built(tree: &Tree, parameters: &[f64], has_far_forms: bool) -> Self {
        let mut graph = Self { operations: Vec::new(), known: HashMap::new(), result: 0, has_far_forms };
        let mut of_node: Vec<Id> = Vec::with_capacity(tree.nodes.len());
        let hidden = poles::hidden(tree, parameters);
        let whole_sums = taylor::whole_sums(tree);
        for (index, (node, is_hidden)) in tree.nodes.iter().zip(hidden).enumerate() {
            let id = match *node {
                Node::Number(value) => graph.constant(value),
                Node::Variable(index) => graph.add(Operation::Input(index)),
                Node::Parameter(index) => graph.constant(parameters.get(index).copied().unwrap_or(1.0)),
                Node::Unary(function, a) => graph.unary(function, of_node[a]),
                Node::Binary(function, a, b) => {
                    let remainder = if whole_sums[index] { graph.without_series(tree, index, &of_node) } else { None };
                    remainder.unwrap_or_else(|| graph.binary(function, of_node[a], of_node[b]))
                }
                Node::If(condition, a, b) => graph.choose(tree, &of_node, condition, of_node[a], of_node[b]),
                // Conditions become selections where they are used.
                Node::Compare(..) | Node::And(..) | Node::Or(..) | Node::Not(_) => Id::MAX,
            };
            let id = if is_hidden { graph.without_pole(node, id, &of_node) } else { id };
            of_node.push(id);
        }
        graph.result = of_node.last().copied().unwrap_or(0);
        graph
    }

    /// The node of an operation: the one there is, or a new one; constants are computed.
    fn add(&mut self, operation: Operation<Id>) -> Id {
        if let Some(known) = self.known.get(&operation) {
            return *known;
        }
        let mut constant = true;
        let values = operation.map(|id| {
            let value = self.value(id);
            constant &= value.is_some();
            value.unwrap_or(0.0)
        });
        if constant && !matches!(operation, Operation::Constant(_) | Operation::Input(_)) {
            return self.constant(machine::value(values));
        }
        self.operations.push(operation);
        self.known.insert(operation, self.operations.len() - 1);
        self.operations.len() - 1
    }

    fn constant(&mut self, value: f64) -> Id {
        self.add(Operation::Constant(Exact(value)))
    }

    /// The value of a node, if it is a constant.
    fn value(&self, id: Id) -> Option<f64> {
        match self.operations[id] {
            Operation::Constant(Exact(value)) => Some(value),
            _ => None,
        }
    }

    fn one(&mut self, function: One, a: Id) -> Id {
        let better = if self.value(a).is_none() { self.better(function, a) } else { None };
        better.unwrap_or_else(|| self.add(Operation::One(function, a)))
    }

    fn mixed(&mut self, function: Mixed, a: Id, constant: f64) -> Id {
        self.add(Operation::Mixed(function, a, Exact(constant)))
    }

    fn unary(&mut self, function: Unary, a: Id) -> Id {
        let one = match function {
            Unary::Negate => return self.negate(a),
            Unary::Gauss => {
                let square = self.one(One::Square, a);
                let falling = self.negate(square);
                return self.one(One::Exp, falling);
            }
            Unary::Step => {
                let sign = self.one(One::Sign, a);
                return self.one(One::Relu, sign);
            }
            Unary::Abs => One::Abs,
            Unary::Sign => One::Sign,
            Unary::Floor => One::Floor,
            Unary::Sqrt => One::Sqrt,
            Unary::Cbrt => One::Cbrt,
            Unary::Exp => One::Exp,
            Unary::ExpM1 => One::ExpM1,
            Unary::Ln => One::Ln,
            Unary::Ln1p => One::Ln1p,
            Unary::Log10 => One::Log10,
            Unary::Log2 => One::Log2,
            Unary::Sin => One::Sin,
            Unary::Cos => One::Cos,
            Unary::Tan => One::Tan,
            Unary::Asin => One::Asin,
            Unary::Acos => One::Acos,
            Unary::Atan => One::Atan,
            Unary::Sinh => One::Sinh,
            Unary::Cosh => One::Cosh,
            Unary::Tanh => One::Tanh,
            Unary::Relu => One::Relu,
            Unary::Sigmoid => One::Sigmoid,
            Unary::Softplus => One::Softplus,
        };
        self.one(one, a)
    }

    fn negate(&mut self, a: Id) -> Id {
        match self.operations[a] {
            Operation::One(One::Negate, inner) => inner,
            Operation::Mixed(Mixed::Times, inner, Exact(factor)) => self.mixed(Mixed::Times, inner, -factor),
            _ => self.one(One::Negate, a),
        }
    }

    fn binary(&mut self, function: Binary, a: Id, b: Id) -> Id {
        match function {
            Binary::Add => self.sum(a, b),
            Binary::Subtract => self.difference(a, b),
            Binary::Multiply => self.product(a, b),
            Binary::Divide => self.quotient(a, b),
            Binary::Power => self.power(a, b),
            Binary::Atan2 => self.add(Operation::Two(Two::Atan2, a, b)),
            Binary::Min => self.add(Operation::Two(Two::Min, a, b)),
            Binary::Max => self.add(Operation::Two(Two::Max, a, b)),
            Binary::Mod => {
                let quotient = self.quotient(a, b);
                let whole = self.one(One::Floor, quotient);
                let multiple = self.product(b, whole);
                self.difference(a, multiple)
            }
        }
    }

    fn sum(&mut self, a: Id, b: Id) -> Id {
        match (self.value(a), self.value(b)) {
            (Some(a), Some(b)) => self.constant(a + b),
            (None, Some(0.0)) => a,
            (Some(0.0), None) => b,
            (None, Some(constant)) => self.plus(a, constant),
            (Some(constant), None) => self.plus(b, constant),
            (None, None) => {
                let better = self.better_pair(a, b);
                better.unwrap_or_else(|| self.add(Operation::Two(Two::Add, a.min(b), a.max(b))))
            }
        }
    }

    fn difference(&mut self, a: Id, b: Id) -> Id {
        match (self.value(a), self.value(b)) {
            (Some(a), Some(b)) => self.constant(a - b),
            (None, Some(0.0)) => a,
            (Some(0.0), None) => self.negate(b),
            (None, Some(constant)) => self.plus(a, -constant),
            (Some(constant), None) => {
                let better = self.better_rest(constant, b);
                better.unwrap_or_else(|| self.mixed(Mixed::From, b, constant))
            }
            (None, None) => {
                let better = self.better_difference(a, b);
                better.unwrap_or_else(|| self.add(Operation::Two(Two::Subtract, a, b)))
            }
        }
    }

    /// a + c for a constant that is not 0.
    fn plus(&mut self, a: Id, constant: f64) -> Id {
        let better = self.better_sum(a, constant);
        better.unwrap_or_else(|| self.mixed(Mixed::Plus, a, constant))
    }

    fn product(&mut self, a: Id, b: Id) -> Id {
        match (self.value(a), self.value(b)) {
            (Some(a), Some(b)) => self.constant(a * b),
            (Some(constant), None) => self.multiple(b, constant),
            (None, Some(constant)) => self.multiple(a, constant),
            (None, None) if a == b => self.one(One::Square, a),
            (None, None) => {
                let better = self.better_product(a, b).or_else(|| self.product_in_range(a, b));
                better.unwrap_or_else(|| self.add(Operation::Two(Two::Multiply, a.min(b), a.max(b))))
            }
        }
    }

    fn multiple(&mut self, a: Id, factor: f64) -> Id {
        match factor {
            1.0 => a,
            -1.0 => self.negate(a),
            _ => self.mixed(Mixed::Times, a, factor),
        }
    }

    fn quotient(&mut self, a: Id, b: Id) -> Id {
        match (self.value(a), self.value(b)) {
            (Some(a), Some(b)) => self.constant(a / b),
            (None, Some(1.0)) => a,
            (None, Some(divisor)) => self.mixed(Mixed::Over, a, divisor),
            (Some(1.0), None) => self.one(One::Recip, b),
            _ => {
                let better = self.better_quotient(a, b).or_else(|| self.without_cancellation(a, b));
                let better = better.or_else(|| self.quotient_in_range(a, b)).or_else(|| self.share(a, b));
                better.unwrap_or_else(|| self.add(Operation::Two(Two::Divide, a, b)))
            }
        }
    }

    /// aᵇ: small positive integral powers multiplied out, x⁰ = 1 also for x = 0, but not where x has no value.
    fn power(&mut self, a: Id, b: Id) -> Id {
        if self.value(a) == Some(E) {
            return self.one(One::Exp, b);
        }
        match self.value(b) {
            Some(0.0) if matches!(self.operations[a], Operation::Input(_)) => self.constant(1.0),
            Some(0.5) => self.one(One::Sqrt, a),
            Some(-1.0) => self.one(One::Recip, a),
            Some(n) if n.fract() == 0.0 && (1.0..=MULTIPLIED_OUT).contains(&n) => self.multiplied_out(a, n as u32),
            Some(exponent) => {
                let better = self.better_power(a, b).or_else(|| self.power_in_range(a, exponent));
                better.unwrap_or_else(|| self.mixed(Mixed::Power, a, exponent))
            }
            None => {
                let better = self.better_power(a, b).or_else(|| self.power_of_wide_base(a, b));
                better.unwrap_or_else(|| self.add(Operation::Two(Two::Power, a, b)))
            }
        }
    }

    /// aⁿ by repeated squaring, n ≥ 1.
    fn multiplied_out(&mut self, a: Id, n: u32) -> Id {
        if let Some(power) = self.power_of_power(a, powers::Raised::To(f64::from(n))).filter(|_| n > 1) {
            return power;
        }
        let (mut square, mut remaining, mut power) = (a, n, None);
        loop {
            if remaining & 1 == 1 {
                power = Some(power.map_or(square, |power| self.product(power, square)));
            }
            remaining >>= 1;
            match power {
                Some(power) if remaining == 0 => return power,
                _ => square = self.one(One::Square, square),
            }
        }
    }
}
