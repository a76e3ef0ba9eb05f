//! Exponents, raised or behind `^`.

use std::ops::Range;

use super::super::error::FormulaError;
use super::super::lexer::Token;
use super::super::tree::{Binary, Node};
use super::{Parser, Part, Read, Shape, Tail, binding};

impl Parser<'_> {
    /// x²: an exponent that is itself clearly set off.
    pub(super) fn superscript(&mut self, base: &Part, exponent: f64, span: Range<usize>) -> Read<Part> {
        refuse_power_of_bare_root(base, &span)?;
        let end = span.end;
        let exponent = self.push(Node::Number(exponent), span, Shape::Bracket, Tail::Clear);
        if let Some(Token::Caret | Token::Superscript(_)) = self.token() {
            let message = "a power of a power needs brackets: (x²)^3 or x^(2^3)";
            return Err(FormulaError::new(message, base.span.start..self.here().end));
        }
        let tail = if matches!(base.tail, Tail::Bare(_)) { base.tail } else { Tail::Clear };
        let power = self.binary(Binary::Power, base, &exponent, tail)?;
        Ok(Part { span: base.span.start..end, ..power })
    }

    /// x^y; powers associate to the right, and -x in the exponent needs no brackets.
    pub(super) fn power(&mut self, base: &Part) -> Read<Part> {
        refuse_power_of_bare_root(base, &self.here())?;
        let exponent = self.expression(binding::POWER)?;
        let counted = exponent.shape == Shape::Literal && !matches!(base.shape, Shape::Literal | Shape::Constant);
        let clear = counted || exponent.shape == Shape::Bracket;
        self.binary(Binary::Power, base, &exponent, if clear { Tail::Clear } else { Tail::Exponent })
    }
}

/// √x² might be √(x²) or (√x)².
fn refuse_power_of_bare_root(base: &Part, exponent: &Range<usize>) -> Read<()> {
    if let Tail::Bare("√") = base.tail {
        let message = "a power behind a root can be meant in two ways: write √(x²) or (√x)²";
        return Err(FormulaError::new(message, base.span.start..exponent.end));
    }
    Ok(())
}
