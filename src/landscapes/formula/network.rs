//! A network as an expression that the user types: its output o in the weights w₁, w₂ and the input x.

use std::sync::Arc;

use super::dependence::{acting, depends_on};
use super::graph::Operation;
use super::letters::{INPUT, SYMBOLS, VARIABLES};
use super::network_loss::TypedLoss;
use super::{FormulaError, graph, parser, pretty, tape, tree};
use crate::landscapes::computation::Computation;
use crate::landscapes::networks::Data;
use crate::landscapes::networks::criterion::Judge;
use crate::landscapes::{Loss, Parameter};

/// An output that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkFormula {
    text: String,
    pub(super) tree: tree::Tree,
    parameters: Vec<Parameter>,
    notes: Vec<String>,
}

impl NetworkFormula {
    /// Reads an output in w1, w2 and x, in the language of [`Expression`](super::Expression).
    ///
    /// # Errors
    /// [`FormulaError`] with what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let parser::Parsed { tree, parameters, notes } = parser::parse(text, &VARIABLES)?;
        Ok(Self { text: text.to_owned(), tree, parameters, notes })
    }

    /// Whether a variable, 0 for w₁ or 1 for w₂, stands in it.
    pub fn mentions(&self, variable: usize) -> bool {
        depends_on(&self.tree, variable).last() == Some(&true)
    }

    /// Whether the output depends on a variable for these values of the parameters, as far as its form tells.
    pub fn acts(&self, variable: usize, values: &[f64]) -> bool {
        acting(&self.tree, variable, values).last() == Some(&true)
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the input was interpreted, where that is not obvious: a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The letters that are neither weights nor input, in order of first appearance.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The output typeset in Unicode mathematics. It reads back as the same output.
    pub fn pretty(&self) -> String {
        pretty::pretty(&self.tree, &SYMBOLS, &self.parameters)
    }

    /// The loss on these samples, for these values of the parameters, in their order; what is missing is 1.
    pub(in crate::landscapes) fn loss(&self, values: &[f64], judge: Judge, data: Arc<Data>) -> Arc<dyn Loss> {
        let graph = graph::Graph::of(&self.tree, values);
        let tape = tape::Tape::varying(&graph, VARIABLES.len(), INPUT);
        let shown = graph::Graph::shown(&self.tree, values);
        let (computation, entering) = (computation(&shown, judge), self.entering(values));
        Arc::new(TypedLoss { tape, entering, computation, judge, data })
    }

    /// What enters relu, where the output has one of them and what enters it depends on the input.
    fn entering(&self, values: &[f64]) -> Option<tape::Tape> {
        let mut rectified = self.tree.nodes.iter().filter_map(|node| match node {
            tree::Node::Unary(tree::Unary::Relu, inner) => Some(*inner),
            _ => None,
        });
        let (inner, None) = (rectified.next()?, rectified.next()) else { return None };
        let entering = tree::Tree { nodes: self.tree.nodes[..=inner].to_vec() };
        if !depends_on(&entering, INPUT)[inner] {
            return None;
        }
        let graph = graph::Graph::of(&entering, values);
        Some(tape::Tape::varying(&graph, VARIABLES.len(), INPUT))
    }
}

/// The operations on which the output depends, each under a name of its own.
fn computation(graph: &graph::Graph, judge: Judge) -> Computation {
    let needed = tape::needed(graph);
    let mut computation = Computation::begin(judge);
    let mut place = Vec::with_capacity(needed.len());
    for (operation, needed) in graph.operations.iter().zip(needed) {
        place.push(match *operation {
            // The weights and the input stand first, in this order.
            Operation::Input(index) => index,
            _ if needed => computation.add(operation.map(|operand| place[operand])),
            _ => 0,
        });
    }
    let output = place.get(graph.result).copied().unwrap_or(0);
    computation.finish_numbered(output)
}
