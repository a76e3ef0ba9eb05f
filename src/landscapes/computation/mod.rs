//! A network as a graph of elementary operations: what is computed from what, from the weights to the loss.
//!
//! Each network says once what its operations are; values, local derivatives and what comes back follow from that, and are
//! those of the loss to the last bits.

mod cone;
mod pass;
#[cfg(test)]
mod tests;
mod texts;
mod words;

pub use cone::Cone;
pub use pass::Pass;
pub use words::{Hold, Text};

use super::formula::graph::{Exact, Mixed, One, Operation, Two};
use super::networks::criterion::Judge;

/// The index of a node.
pub type Id = usize;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A weight: 0 is w₁, 1 is w₂.
    Weight(usize),
    /// The input x of a sample.
    Input,
    /// A number of the formula.
    Constant,
    /// What is computed on the way.
    Computed,
    /// The wanted output y of a sample.
    Wanted,
    /// What a sample adds to the loss.
    Loss,
}

/// Where a node's value comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    /// w₁, w₂, x or y, in this order.
    Given(usize),
    Operation(Operation<Id>),
    /// The loss of an output where another is wanted.
    Loss([Id; 2]),
}

/// A node: operands stand before what is computed from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// What it is called; empty for a step on the way to something that has a name.
    pub name: String,
    source: Source,
    operands: Vec<Id>,
}

/// The graph of computations of a network, from w₁, w₂ and x (nodes 0, 1, 2) to what a sample adds to the loss (the last).
///
/// Source: A. Griewank and A. Walther, Evaluating Derivatives (2008), chapter 3.
#[derive(Clone, Debug, PartialEq)]
pub struct Computation {
    nodes: Vec<Node>,
    judge: Judge,
    /// The outputs of its layers, if all of them have the same weights.
    layers: Vec<Id>,
}

/// The node of the first weight.
pub(super) const W1: Id = 0;
/// The node of the second weight.
pub(super) const W2: Id = 1;
/// The node of the input.
pub(super) const X: Id = 2;

impl Computation {
    /// The weights and the input, and nothing computed from them yet.
    pub(super) fn begin(judge: Judge) -> Self {
        let given = [(Role::Weight(0), "w₁"), (Role::Weight(1), "w₂"), (Role::Input, "x")];
        let nodes = given.into_iter().enumerate().map(|(index, (role, name))| Node {
            role,
            name: name.to_owned(),
            source: Source::Given(index),
            operands: Vec::new(),
        });
        Self { nodes: nodes.collect(), judge, layers: Vec::new() }
    }

    /// Computes a further node.
    pub(super) fn add(&mut self, operation: Operation<Id>) -> Id {
        let mut operands = Vec::new();
        operation.map(|operand| operands.push(operand));
        let (role, name) = match operation {
            Operation::Constant(Exact(value)) => (Role::Constant, words::constant(value)),
            _ => (Role::Computed, String::new()),
        };
        self.nodes.push(Node { role, name, source: Source::Operation(operation), operands });
        self.nodes.len() - 1
    }

    pub(super) fn one(&mut self, function: One, a: Id) -> Id {
        self.add(Operation::One(function, a))
    }

    pub(super) fn two(&mut self, function: Two, a: Id, b: Id) -> Id {
        self.add(Operation::Two(function, a, b))
    }

    /// Gives a computed node a name, with which it is seen.
    pub(super) fn name(&mut self, id: Id, name: impl Into<String>) {
        if self.nodes[id].role == Role::Computed {
            self.nodes[id].name = name.into();
        }
    }

    /// Says that a node is the output of the next of many layers with the same weights.
    pub(super) fn layer(&mut self, id: Id) {
        self.layers.push(id);
        self.name(id, format!("h{}", words::lowered(self.layers.len())));
    }

    /// Judges an output, which ends the graph.
    pub(super) fn finish(mut self, output: Id) -> Self {
        self.name(output, "o");
        let given = Node { role: Role::Wanted, name: "y".to_owned(), source: Source::Given(3), operands: Vec::new() };
        self.nodes.push(given);
        let operands = [output, self.nodes.len() - 1];
        let source = Source::Loss(operands);
        self.nodes.push(Node { role: Role::Loss, name: "L".to_owned(), source, operands: operands.to_vec() });
        self
    }

    /// As [`Self::finish`], with a name for every step on the way to the output: v₁, v₂ …
    pub(super) fn finish_numbered(mut self, output: Id) -> Self {
        self.name(output, "o");
        let steps = self.nodes.iter_mut().filter(|node| node.role == Role::Computed && node.name.is_empty());
        for (index, node) in steps.enumerate() {
            node.name = format!("v{}", words::lowered(index + 1));
        }
        self.finish(output)
    }

    /// Its nodes, operands before what is computed from them.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The output, which the loss judges.
    pub fn output(&self) -> Id {
        self.nodes.last().and_then(|loss| loss.operands.first()).copied().unwrap_or(X)
    }

    /// The node of the loss.
    pub fn loss(&self) -> Id {
        self.nodes.len() - 1
    }

    /// The outputs of its layers, if there are several with the same weights; else none.
    pub fn layers(&self) -> &[Id] {
        &self.layers
    }

    /// Whether the network's loss is the mean of the samples' losses, rather than their sum.
    pub fn is_mean(&self) -> bool {
        self.judge.is_mean()
    }

    /// Whether the output is itself a probability.
    pub fn tells_probability(&self) -> bool {
        matches!(self.nodes[self.output()].source, Source::Operation(Operation::One(One::Sigmoid, _)))
    }
}

impl Node {
    /// What it is computed from, in order; empty for what is given.
    pub fn operands(&self) -> &[Id] {
        &self.operands
    }

    /// Whether it only changes one number by a constant, or by its sign: the least of steps.
    pub fn is_slight(&self) -> bool {
        matches!(self.source, Source::Operation(Operation::Mixed(..) | Operation::One(One::Negate | One::Square, _)))
    }

    /// Whether it hands on nothing of what enters it at some places and everything at others.
    pub fn rectifies(&self) -> bool {
        matches!(self.source, Source::Operation(Operation::One(One::Relu, _)))
    }
}
