//! A loss as an expression that the user types: `(x^2+y-11)^2 + (x+y^2-7)^2`.
//!
//! Variables are x and y. Every other letter, Latin or Greek, is a parameter with a slider, except e and π; Greek ones
//! may be spelled (`lambda`). `names.rs` lists the functions and what other tools call them (`np.`, `sgn`, `log` for ln).
//!
//! - Two names with an index are the two weights of a formula without an x and y of its own: `x[0]` and `x[1]`, `x_1` and
//!   `x_2`, `w1` and `w2`, `θ₀` and `θ₁`; the indices count from 0 or from 1 (`naming.rs`). A left side is taken off, and its
//!   names are the weights: `f(u, v) = …` (`heading.rs`).
//! - Signs bind as in a book: `-x^2` is −(x²), `2^-x`, and `x^y^z` is x^(y^z). `x²`, `x⁻¹`, `√x`, `|x|`, `·`, `≤` may be
//!   typed as they are.
//! - A product needs no sign: `2x`, `2(x+1)`, `x y`, `xy`, `3π`. Variables may be joined in one word, with one parameter or
//!   e before them: `axy`, and with a function behind them: `xsin(y)`. Any other word is a name or a mistake.
//! - A single letter before a bracket multiplies it, `a(x+1)`, unless it reads like a function: `σ(…)` is the sigmoid;
//!   `f(x)`, `φ(…)`, a name of several letters such as `lambda(…)`, and any letter in a network are refused (`words.rs`).
//! - A function of one number needs no brackets around one factor, the numbers before it and the letters that touch it:
//!   `sin x²` is sin(x²), `sin 2x`, `sin xy`; `sin x / 2` is (sin x)/2. `sin²(x)` is (sin x)².
//! - What could be meant in two ways is refused: `1/2x`, `e^2x`, `sin x y`, `√x²`, `sin⁻¹(x)`, `lg`, `E^x`.
//! - `if(condition, then, otherwise)` takes comparisons, chains `0 < x < 1`, and, or, not; `a if c else b` and `c ? a : b`
//!   are the same. A comparison with NaN is false.
//! - Hyphens of every kind, full-width and mathematical characters, and Cyrillic letters that look Latin are read as the
//!   usual ones (`characters.rs`), commands of LaTeX as what they set: `\frac{x}{y}` (`latex.rs`).
//! - Where a reader might have meant something else, a note says how the input was interpreted.
//! - 0⁰ = 1; a negative base has integral powers only. A formula has no value where a part of it has none, `1^ln(-1)`,
//!   `0·ln(-1)` or `σ(1/x)` at 0, unless it is in the case of an `if` that is not taken. Slopes at kinks are those of [`Real`](crate::numbers::Real).
//!
//! The way of a formula: text, parts (`lexer.rs`), tokens (`words.rs`), tree (`parser.rs`), graph without repetitions and
//! with the parameters filled in (`graph.rs`), instructions (`tape.rs`), which a small machine carries out over any kind of
//! number.

#[cfg(test)]
mod accuracy_tests;
mod characters;
mod dependence;
mod domain;
mod error;
pub(super) mod graph;
mod heading;
mod kink_lines;
mod latex;
mod letters;
mod lexer;
mod logit;
mod loss;
pub(super) mod machine;
mod names;
mod naming;
mod network;
mod network_loss;
mod notes;
mod parser;
mod pretty;
mod range;
mod tape;
mod tree;
mod unknown;
mod words;

use std::sync::Arc;

pub(super) use domain::{domain, goes_down, rate_from, suggestion};
pub use error::FormulaError;
pub(crate) use kink_lines::MOST as MOST_KINK_LINES;
pub(super) use letters::VARIABLES as NETWORK_VARIABLES;
pub use network::NetworkFormula;

use crate::landscapes::one_weight::OneWeight;
use crate::landscapes::{Loss, Parameter, Suggestion, ViewBox};

/// A formula that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    tree: tree::Tree,
    parameters: Vec<Parameter>,
    notes: Vec<String>,
}

/// The variables of a loss.
pub const VARIABLES: [&str; 2] = ["x", "y"];

impl Expression {
    /// Reads a formula in x and y.
    ///
    /// # Errors
    /// [`FormulaError`] with what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let parser::Parsed { tree, parameters, notes } = parser::parse(text, &VARIABLES)?;
        Ok(Self { text: text.to_owned(), tree, parameters, notes })
    }

    /// Whether a variable, 0 for x or 1 for y, stands in it.
    pub fn mentions(&self, variable: usize) -> bool {
        dependence::depends_on(&self.tree, variable).last() == Some(&true)
    }

    /// Whether it is a function of x alone: x stands in it, and y does not.
    fn has_one_weight(&self) -> bool {
        self.mentions(0) && !self.mentions(1)
    }

    /// Whether the loss depends on a variable for these values of the parameters, as far as its form tells.
    pub fn acts(&self, variable: usize, values: &[f64]) -> bool {
        dependence::acting(&self.tree, variable, values).last() == Some(&true)
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the input was interpreted, where that is not obvious: a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The letters that are not variables, in order of first appearance.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The loss for these values of the parameters, in their order; what is missing has its default.
    pub fn loss(&self, values: &[f64]) -> Arc<dyn Loss> {
        let tape = Arc::new(self.tape(values));
        if self.has_one_weight() { Arc::new(OneWeight(tape)) } else { tape }
    }

    /// The formula typeset in Unicode mathematics: `x²`, `√x`, `|x|`, `−`, `·`. It reads back as the same formula.
    pub fn pretty(&self) -> String {
        pretty::pretty(&self.tree, &VARIABLES, &self.parameters)
    }

    /// A region that shows what is interesting, for these values of the parameters.
    pub fn domain(&self, values: &[f64]) -> ViewBox {
        domain(self.loss(values).as_ref())
    }

    /// Where to begin in a region, and a rate with which gradient descent is stable there.
    pub fn suggestion(&self, values: &[f64], view: &ViewBox) -> Suggestion {
        suggestion(self.loss(values).as_ref(), view)
    }

    fn tape(&self, values: &[f64]) -> tape::Tape {
        tape::Tape::of(&graph::Graph::of(&self.tree, values), VARIABLES.len())
    }
}

#[cfg(test)]
mod tests;
