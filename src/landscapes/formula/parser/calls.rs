//! Functions and their arguments: in brackets, or bare as in sin 2x, and with an exponent as in sin²(x).

use std::ops::Range;

use super::super::error::FormulaError;
use super::super::lexer::{Spanned, Token};
use super::super::names::{Derived, Function};
use super::super::tree::{Binary, Id, Node, Unary};
use super::misplaced::decimal_comma;
use super::{Parser, Part, Read, Shape, Tail, binding};

impl Parser<'_> {
    /// A function, whose name is read, with its arguments; sin²(x) is (sin x)².
    pub(super) fn call(&mut self, name: &'static str, function: Function, span: Range<usize>) -> Read<Part> {
        let exponent = self.exponent_of_function(name, function)?;
        let part = match self.token() {
            Some(Token::Open(close)) => {
                let open = self.here();
                self.at += 1;
                self.arguments(name, function, close, &open, span.start)?
            }
            _ => self.bare_argument(name, function, &span)?,
        };
        match exponent {
            Some(exponent) => {
                let exponent = self.push(Node::Number(exponent), part.span.clone(), Shape::Bracket, Tail::Clear);
                let tail = part.tail;
                self.binary(Binary::Power, &part, &exponent, tail)
            }
            None => Ok(part),
        }
    }

    /// The 2 of sin²(x) or sin^2(x), if there is one.
    fn exponent_of_function(&mut self, name: &str, function: Function) -> Read<Option<f64>> {
        let from = self.here();
        let exponent = match self.token() {
            Some(Token::Superscript(exponent)) => Some(exponent),
            Some(Token::Caret) => {
                self.at += 1;
                match self.tokens[self.at..] {
                    // As LaTeX writes it: \sin^{2} x.
                    [
                        Spanned { token: Token::Open(open), .. },
                        Spanned { token: Token::Number(exponent), .. },
                        Spanned { token: Token::Close(close), .. },
                        ..,
                    ] if open == close => {
                        self.at += 2;
                        Some(exponent)
                    }
                    [Spanned { token: Token::Number(exponent), .. }, ..] => Some(exponent),
                    _ => Some(f64::NAN),
                }
            }
            _ => return Ok(None),
        };
        let span = from.start..self.here().end;
        self.at += 1;
        let counted = exponent.filter(|exponent| *exponent >= 1.0 && exponent.fract() == 0.0);
        if counted.is_none() || !matches!(function, Function::One(_) | Function::Derived(_)) {
            let message = format!(
                "this exponent of {name} can be meant in two ways: write ({name}(x))^n, or the inverse by name"
            );
            return Err(FormulaError::new(message, span));
        }
        Ok(counted)
    }

    /// sin x, sin 2x, sin xy, sin x²: one factor, with numbers before it and letters that touch it.
    fn bare_argument(&mut self, name: &'static str, function: Function, span: &Range<usize>) -> Read<Part> {
        let Function::One(operation) = function else {
            return Err(FormulaError::new(format!("{name} needs brackets: {}", usage(name, function)), span.clone()));
        };
        let starts = matches!(
            self.token(),
            Some(
                Token::Number(_)
                    | Token::Constant(_)
                    | Token::Variable(_)
                    | Token::Parameter(_)
                    | Token::Function(..)
                    | Token::Root(_)
            )
        ) || self.token() == Some(Token::Bar) && self.bars == 0;
        if !starts {
            return Err(FormulaError::new(format!("{name} needs an argument in brackets: {name}(x)"), span.clone()));
        }
        let mut part = self.expression(binding::SIGN)?;
        loop {
            let letter = matches!(self.token(), Some(Token::Variable(_) | Token::Parameter(_) | Token::Constant(_)));
            let numeral = matches!(part.shape, Shape::Literal | Shape::Constant);
            if !letter || part.tail != Tail::Clear || !(numeral || self.touches(&part)) {
                break;
            }
            let right = self.expression(binding::SIGN)?;
            let product = self.binary(Binary::Multiply, &part, &right, right.tail)?;
            let shape = if numeral { right.shape } else { Shape::Other };
            part = Part { shape, ..product };
        }
        let node = Node::Unary(operation, part.id);
        Ok(self.push(node, span.start..part.span.end, Shape::Other, Tail::Bare(name)))
    }

    /// The arguments between brackets, the first of which is read.
    fn arguments(
        &mut self,
        name: &'static str,
        function: Function,
        close: char,
        open: &Range<usize>,
        start: usize,
    ) -> Read<Part> {
        let bars = std::mem::take(&mut self.bars);
        let mut arguments = Vec::new();
        let first = self.at;
        if self.token() != Some(Token::Close(close)) {
            arguments.push(self.expression(binding::ANY)?);
            while self.next_if(Token::Comma).is_some() {
                arguments.push(self.expression(binding::ANY)?);
            }
        }
        self.bars = bars;
        let end = self.close(close, open)?;
        let wrong = || {
            let hint = decimal_comma(self.text, &self.tokens[first..self.at])
                .map(|number| format!("; for a decimal write {number}"))
                .or_else(|| (name == "log").then(|| "; of another base it is ln(x)/ln(b)".to_owned()))
                .unwrap_or_default();
            let message = format!(
                "{name} takes {}, here {} {}: {}{hint}",
                wanted(function),
                if arguments.len() == 1 { "is" } else { "are" },
                arguments.len(),
                usage(name, function)
            );
            FormulaError::new(message, start..end)
        };
        let conditions = usize::from(function == Function::If);
        let node = match (function, &arguments[..]) {
            (Function::One(operation), [a]) => Node::Unary(operation, a.id),
            (Function::Derived(derived), [a]) => {
                self.expect_number(a)?;
                self.derived(derived, a.id)
            }
            (Function::Two(operation), [a, b]) => Node::Binary(operation, a.id, b.id),
            (Function::If, [condition, a, b]) => Node::If(condition.id, a.id, b.id),
            (Function::Many(operation), [a, middle @ .., last]) => {
                for part in &arguments {
                    self.expect_number(part)?;
                }
                let left = middle.iter().fold(a.id, |left, b| self.tree.push(Node::Binary(operation, left, b.id)));
                Node::Binary(operation, left, last.id)
            }
            _ => return Err(wrong()),
        };
        for (index, part) in arguments.iter().enumerate() {
            if index < conditions { self.expect_condition(part)? } else { self.expect_number(part)? }
        }
        Ok(self.push(node, start..end, Shape::Bracket, Tail::Clear))
    }

    /// The expression that a function stands for; its last node is not in the tree yet.
    fn derived(&mut self, function: Derived, a: Id) -> Node {
        let mut number = |value: f64| self.tree.push(Node::Number(value));
        match function {
            Derived::Square => Node::Binary(Binary::Power, a, number(2.0)),
            Derived::Exp2 => Node::Binary(Binary::Power, number(2.0), a),
            Derived::Exp10 => Node::Binary(Binary::Power, number(10.0), a),
            Derived::Ceil => {
                let negative = self.tree.push(Node::Unary(Unary::Negate, a));
                Node::Unary(Unary::Negate, self.tree.push(Node::Unary(Unary::Floor, negative)))
            }
            Derived::Sec => self.inverse(Unary::Cos, a),
            Derived::Csc => self.inverse(Unary::Sin, a),
            Derived::Cot => self.inverse(Unary::Tan, a),
        }
    }

    fn inverse(&mut self, function: Unary, a: Id) -> Node {
        let one = self.tree.push(Node::Number(1.0));
        Node::Binary(Binary::Divide, one, self.tree.push(Node::Unary(function, a)))
    }
}

/// "2 arguments".
fn wanted(function: Function) -> &'static str {
    match function {
        Function::One(_) | Function::Derived(_) => "1 argument",
        Function::Two(_) => "2 arguments",
        Function::Many(_) => "2 arguments or more",
        Function::If => "3 arguments",
    }
}

/// How a function is written.
fn usage(name: &str, function: Function) -> String {
    match function {
        Function::One(_) | Function::Derived(_) => format!("{name}(x)"),
        Function::Two(_) | Function::Many(_) => format!("{name}(a, b)"),
        Function::If => format!("{name}(x > 0, a, b)"),
    }
}
