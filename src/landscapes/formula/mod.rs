//! A loss as an expression that somebody types.
mod error;
mod graph;
mod lexer;
mod loss;
mod machine;
mod names;
mod parser;
mod pretty;
mod tape;
mod tree;
mod view;

use std::sync::Arc;

pub use error::FormulaError;

use crate::landscapes::{Loss, Parameter, Suggestion, ViewBox};

/// A formula that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    tree: tree::Tree,
    parameters: Vec<Parameter>,
}

/// The variables of a loss.
pub const VARIABLES: [&str; 2] = ["x", "y"];

impl Expression {
    /// Reads a formula in x and y.
    ///
    /// # Errors
    /// [`FormulaError`] with what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let parser::Parsed { tree, parameters } = parser::parse(text, &VARIABLES)?;
        Ok(Self { text: text.to_owned(), tree, parameters })
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The letters that are no variables, in order of first appearance.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The loss for these values of the parameters, in their order; what is missing has its default.
    pub fn loss(&self, values: &[f64]) -> Arc<dyn Loss> {
        Arc::new(self.tape(values))
    }

    /// The formula as it is set in a book: `x²`, `√x`, `|x|`, `−`, `·`. It reads back as the same formula.
    pub fn pretty(&self) -> String {
        pretty::pretty(&self.tree, &VARIABLES, &self.parameters)
    }

    /// A region that shows what is interesting, for these values of the parameters.
    pub fn view(&self, values: &[f64]) -> ViewBox {
        view::view(&self.tape(values))
    }

    /// Where to begin in a region, and a rate with which gradient descent is stable there.
    pub fn suggestion(&self, values: &[f64], view: &ViewBox) -> Suggestion {
        view::suggestion(&self.tape(values), view)
    }

    fn tape(&self, values: &[f64]) -> tape::Tape {
        tape::Tape::of(&graph::Graph::of(&self.tree, values), VARIABLES.len())
    }
}

#[cfg(test)]
mod tests;
