//! What stands between two signs: brackets, bars, the radicand of a root, the halves of `\frac`.

use std::ops::Range;

use super::super::error::FormulaError;
use super::super::lexer::{Spanned, Token};
use super::super::tree::{Binary, Node, Unary};
use super::{Parser, Part, Read, Shape, Tail, binding};

impl Parser<'_> {
    /// What stands between brackets, the first of which is read.
    pub(super) fn bracket(&mut self, close: char, open: Range<usize>) -> Read<Part> {
        let bars = std::mem::take(&mut self.bars);
        let inside = self.expression(binding::ANY)?;
        self.bars = bars;
        let end = self.close(close, &open)?;
        Ok(Part { span: open.start..end, shape: Shape::Bracket, tail: Tail::Clear, ..inside })
    }

    /// The closing bracket; where it ends.
    pub(super) fn close(&mut self, close: char, open: &Range<usize>) -> Read<usize> {
        if let Some(span) = self.next_if(Token::Close(close)) {
            return Ok(span.end);
        }
        match self.peek().cloned() {
            None => Err(FormulaError::new(format!("this bracket is never closed: '{close}' is missing"), open.clone())),
            Some(Spanned { token: Token::Close(_), span }) => {
                Err(FormulaError::new(format!("another kind of bracket is open here: '{close}' is expected"), span))
            }
            Some(other) => Err(self.misplaced(&other)),
        }
    }

    /// |x|, the first bar of which is read. The next bar behind an operand closes it.
    pub(super) fn absolute(&mut self, open: Range<usize>) -> Read<Part> {
        self.bars += 1;
        let inside = self.expression(binding::ANY)?;
        self.bars -= 1;
        self.expect_number(&inside)?;
        let Some(close) = self.next_if(Token::Bar) else {
            let is_or =
                self.tokens.iter().position(|token| token.span == open).is_some_and(|at| self.is_double_bar(at));
            let message = if is_or {
                "'||' is a bar twice: write or between conditions"
            } else {
                "this bar is never closed: '|' is missing"
            };
            return Err(FormulaError::new(message, open));
        };
        Ok(self.push(Node::Unary(Unary::Abs, inside.id), open.start..close.end, Shape::Bracket, Tail::Clear))
    }

    /// √x of a single factor, or of what stands in brackets.
    pub(super) fn root(&mut self, root: Unary, sign: &Range<usize>) -> Read<Part> {
        let bracket = matches!(self.token(), Some(Token::Open(_)));
        let part = if bracket {
            self.operand()?
        } else {
            // Nothing binds as tightly as this: one operand alone.
            self.expression(u8::MAX)?
        };
        self.expect_number(&part)?;
        let (shape, tail) = if bracket { (Shape::Bracket, Tail::Clear) } else { (Shape::Other, Tail::Bare("√")) };
        Ok(self.push(Node::Unary(root, part.id), sign.start..part.span.end, shape, tail))
    }

    /// `\frac{a}{b}`, the command of which is read.
    pub(super) fn fraction(&mut self, command: &Range<usize>) -> Read<Part> {
        let mut half = || match self.peek().cloned() {
            Some(Spanned { token: Token::Open(close), span }) => {
                self.at += 1;
                let part = self.bracket(close, span)?;
                self.expect_number(&part)?;
                Ok(part)
            }
            _ => Err(FormulaError::new("two pairs of braces are missing here: write \\frac{a}{b}", command.clone())),
        };
        let (above, below) = (half()?, half()?);
        let node = Node::Binary(Binary::Divide, above.id, below.id);
        Ok(self.push(node, command.start..below.span.end, Shape::Bracket, Tail::Clear))
    }
}
