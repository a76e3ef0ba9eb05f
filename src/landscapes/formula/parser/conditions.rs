//! Comparisons, what joins them, and what is chosen by them: `c ? a : b`, `a if c else b`.

use std::ops::Range;

use super::super::error::{FormulaError, short};
use super::super::lexer::{Spanned, Token};
use super::super::names::Function;
use super::super::tree::{Comparison, Node};
use super::{DEEPEST, Parser, Part, Read, Shape, Tail, binding};

impl Parser<'_> {
    /// a < b, or a chain a < b < c, which is a < b and b < c.
    pub(super) fn comparison(&mut self, left: Part, first: Comparison) -> Read<Part> {
        let start = left.span.start;
        let mut whole: Option<Part> = None;
        let (mut left, mut comparison) = (left, first);
        loop {
            let right = self.expression(binding::COMPARISON + 1)?;
            self.expect_number(&left)?;
            self.expect_number(&right)?;
            let span = start..right.span.end;
            let link = self.push(Node::Compare(comparison, left.id, right.id), span, Shape::Other, Tail::Clear);
            let joined = match &whole {
                Some(before) => self.join(true, before, &link)?,
                None => link,
            };
            let Some(Token::Compare(next)) = self.token() else { return Ok(joined) };
            self.at += 1;
            (left, comparison, whole) = (right, next, Some(joined));
        }
    }

    pub(super) fn join(&mut self, both: bool, left: &Part, right: &Part) -> Read<Part> {
        self.joined += 1;
        let span = left.span.start..right.span.end;
        if self.joined > DEEPEST {
            return Err(FormulaError::new(format!("a formula may join at most {DEEPEST} conditions"), span));
        }
        let node = if both { Node::And(left.id, right.id) } else { Node::Or(left.id, right.id) };
        Ok(self.push(node, span, Shape::Other, Tail::Clear))
    }

    /// `c ? a : b`, the question mark of which is read.
    pub(super) fn conditional(&mut self, condition: &Part, question: &Range<usize>) -> Read<Part> {
        let then = self.expression(binding::CHOICE)?;
        if self.next_if(Token::Colon).is_none() {
            let message = "':' is missing behind this '?': write c ? a : b, or if(c, a, b)";
            return Err(FormulaError::new(message, question.clone()));
        }
        let otherwise = self.expression(binding::CHOICE)?;
        self.choice(condition, &then, &otherwise, condition.span.start)
    }

    /// `a if c else b`, the `if` of which is read.
    pub(super) fn conditional_behind(&mut self, then: &Part, word: &Range<usize>) -> Read<Part> {
        let condition = self.expression(binding::OR)?;
        if self.next_if(Token::Else).is_none() {
            let name = short(&self.text[word.clone()]);
            let message = if name == "if" {
                "'else' is missing behind this 'if': write a if c else b, or if(c, a, b)".to_owned()
            } else {
                format!(
                    "'{name}' cannot stand behind a formula: write if(x > 0, a, b) for a choice; the value of a letter is set by its slider"
                )
            };
            return Err(FormulaError::new(message, word.clone()));
        }
        let otherwise = self.expression(binding::CHOICE)?;
        self.choice(&condition, then, &otherwise, then.span.start)
    }

    fn choice(&mut self, condition: &Part, then: &Part, otherwise: &Part, start: usize) -> Read<Part> {
        self.expect_condition(condition)?;
        self.expect_number(then)?;
        self.expect_number(otherwise)?;
        let node = Node::If(condition.id, then.id, otherwise.id);
        Ok(self.push(node, start..otherwise.span.end, Shape::Other, Tail::Clear))
    }

    /// Whether the next token begins `if(condition, a, b)`, rather than standing in `a if (condition) else b`.
    pub(super) fn is_call_of_if(&self) -> bool {
        let [
            Spanned { token: Token::Function(name, Function::If), .. },
            Spanned { token: Token::Open(_), .. },
            rest @ ..,
        ] = &self.tokens[self.at.min(self.tokens.len())..]
        else {
            return false;
        };
        let end = end_of_argument(rest);
        let first = end.map(|end| &rest[end].token);
        let is_followed = end.and_then(|end| rest.get(end + 1)).is_some();
        *name != "if" || first == Some(&Token::Comma) || !is_followed
    }
}

/// Where the first argument of a call ends, at a comma or at the closing bracket.
fn end_of_argument(tokens: &[Spanned]) -> Option<usize> {
    let mut open = 1_usize;
    tokens.iter().position(|next| {
        match next.token {
            Token::Open(_) => open += 1,
            Token::Close(_) => open -= 1,
            _ => {}
        }
        open == 0 || open == 1 && next.token == Token::Comma
    })
}
