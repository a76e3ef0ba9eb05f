//! Tokens become a tree, by precedence climbing (V. R. Pratt, Top down operator precedence, POPL 1973).
//!
//! The loop is our own, on tokens from a parser crate: implicit products, the bars of |x| and the refusal of what can
//! be read in two ways all depend on what stands left, and every error names its place.

mod brackets;
mod calls;
mod conditions;
mod misplaced;
mod powers;

use std::ops::Range;

use super::error::FormulaError;
use super::lexer::{Spanned, Token};
use super::names::Function;
use super::tree::{Binary, Id, Node, Tree, Unary};
use super::words::{Tokens, tokens};
use crate::landscapes::Parameter;

/// The longest formula, in characters.
pub(super) const LONGEST: usize = 10_000;

/// Deepest nesting of brackets, powers and signs, and the most conditions that may be joined.
pub(super) const DEEPEST: usize = 200;

/// How tightly operators bind, the loosest first.
mod binding {
    pub(super) const ANY: u8 = 0;
    pub(super) const CHOICE: u8 = 1;
    pub(super) const OR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const NOT: u8 = 4;
    pub(super) const COMPARISON: u8 = 5;
    pub(super) const SUM: u8 = 6;
    pub(super) const PRODUCT: u8 = 7;
    pub(super) const SIGN: u8 = 8;
    pub(super) const POWER: u8 = 9;
}

/// What was read: the tree, its parameters in order of first appearance, and what was taken for what.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) tree: Tree,
    pub(super) parameters: Vec<Parameter>,
    pub(super) notes: Vec<String>,
}

type Read<T> = Result<T, FormulaError>;

/// A part that was read.
#[derive(Clone)]
struct Part {
    id: Id,
    span: Range<usize>,
    shape: Shape,
    tail: Tail,
}

/// What a part looks like.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// A number of digits.
    Literal,
    /// π or e.
    Constant,
    /// Anything in brackets.
    Bracket,
    Other,
}

/// Why a factor right behind a part could be meant in two ways.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    Clear,
    /// 1/2x
    Quotient,
    /// e^2x
    Exponent,
    /// sin x y
    Bare(&'static str),
}

/// Reads a formula in these variables.
///
/// # Errors
/// [`FormulaError`] with the place of the first mistake.
pub(super) fn parse(text: &str, variables: &[&str]) -> Read<Parsed> {
    read(text, variables).map_err(|error| error.tightened(text))
}

fn read(text: &str, variables: &[&str]) -> Read<Parsed> {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        return Err(FormulaError::new(format!("a formula may have at most {LONGEST} characters"), end..text.len()));
    }
    let Tokens { tokens, notes } = tokens(text, variables)?;
    if tokens.is_empty() {
        let example = if variables.contains(&"y") { "x² + y²" } else { "w2·tanh(w1·x)" };
        return Err(FormulaError::new(format!("there is no formula yet: write for example {example}"), 0..text.len()));
    }
    let mut parser = Parser {
        text,
        tokens,
        end: text.trim_end().len(),
        at: 0,
        tree: Tree::default(),
        parameters: Vec::new(),
        depth: 0,
        bars: 0,
        joined: 0,
    };
    let whole = parser.expression(binding::ANY)?;
    if let Some(rest) = parser.peek() {
        let rest = rest.clone();
        return Err(parser.misplaced(&rest));
    }
    parser.expect_number(&whole)?;
    Ok(Parsed { tree: parser.tree, parameters: parser.parameters, notes })
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Spanned>,
    /// Where the text ends.
    end: usize,
    at: usize,
    tree: Tree,
    parameters: Vec<Parameter>,
    depth: usize,
    /// Bars opened since the last bracket.
    bars: usize,
    /// Conditions joined so far.
    joined: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Spanned> {
        self.tokens.get(self.at)
    }

    fn token(&self) -> Option<Token> {
        self.peek().map(|next| next.token)
    }

    fn next_if(&mut self, wanted: Token) -> Option<Range<usize>> {
        let span = self.peek().filter(|next| next.token == wanted)?.span.clone();
        self.at += 1;
        Some(span)
    }

    /// The next token's place, or the end of the text.
    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |next| next.span.clone())
    }

    /// Whether the next token touches the part before it.
    fn touches(&self, part: &Part) -> bool {
        self.here().start == part.span.end
    }

    fn push(&mut self, node: Node, span: Range<usize>, shape: Shape, tail: Tail) -> Part {
        Part { id: self.tree.push(node), span, shape, tail }
    }

    /// A node over two numbers.
    fn binary(&mut self, operation: Binary, left: &Part, right: &Part, tail: Tail) -> Read<Part> {
        self.expect_number(left)?;
        self.expect_number(right)?;
        let span = left.span.start..right.span.end;
        Ok(self.push(Node::Binary(operation, left.id, right.id), span, Shape::Other, tail))
    }

    fn expect_number(&self, part: &Part) -> Read<()> {
        if self.tree.nodes[part.id].is_condition() {
            let message = "a comparison is no number: write for example if(x > 0, 1, 0)";
            return Err(FormulaError::new(message, part.span.clone()));
        }
        Ok(())
    }

    fn expect_condition(&self, part: &Part) -> Read<()> {
        if self.tree.nodes[part.id].is_condition() {
            return Ok(());
        }
        Err(FormulaError::new("a comparison is expected here, for example x > 0", part.span.clone()))
    }

    /// Everything that binds at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Read<Part> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("brackets, powers and signs stand in each other more than {DEEPEST} deep");
            return Err(FormulaError::new(message, self.here()));
        }
        let mut left = self.operand()?;
        while let Some(next) = self.token() {
            let (level, implicit) = self.infix(next);
            if level < least || level == binding::ANY {
                break;
            }
            left = if implicit { self.implicit_product(&left)? } else { self.operation(next, left)? };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// How tightly a token binds what stands left of it, and whether it begins a factor; `ANY` where it binds nothing.
    fn infix(&self, token: Token) -> (u8, bool) {
        let level = match token {
            Token::Question => binding::CHOICE,
            Token::Function(_, Function::If) if !self.is_call_of_if() => binding::CHOICE,
            Token::Or => binding::OR,
            Token::And => binding::AND,
            Token::Compare(_) => binding::COMPARISON,
            Token::Plus | Token::Minus => binding::SUM,
            Token::Star | Token::Slash => binding::PRODUCT,
            Token::Caret | Token::Superscript(_) => binding::POWER,
            Token::Bar if self.bars > 0 => binding::ANY,
            Token::Comma | Token::Close(_) | Token::Not | Token::Else | Token::Colon => binding::ANY,
            _ => return (binding::PRODUCT, true),
        };
        (level, false)
    }

    /// An operator between two parts, or an exponent behind one.
    fn operation(&mut self, token: Token, left: Part) -> Read<Part> {
        let operator = self.here();
        self.at += 1;
        match token {
            Token::Plus | Token::Minus => {
                let right = self.expression(binding::SUM + 1)?;
                let operation = if token == Token::Plus { Binary::Add } else { Binary::Subtract };
                self.binary(operation, &left, &right, Tail::Clear)
            }
            Token::Star => {
                let right = self.expression(binding::PRODUCT + 1)?;
                self.binary(Binary::Multiply, &left, &right, right.tail)
            }
            Token::Slash => {
                let right = self.expression(binding::PRODUCT + 1)?;
                self.binary(Binary::Divide, &left, &right, Tail::Quotient)
            }
            Token::Superscript(exponent) => self.superscript(&left, exponent, operator),
            Token::Caret => self.power(&left),
            Token::Compare(comparison) => self.comparison(left, comparison),
            Token::Question => self.conditional(&left, &operator),
            Token::Function(..) => self.conditional_behind(&left, &operator),
            _ => {
                let level = if token == Token::And { binding::AND } else { binding::OR };
                let right = self.expression(level + 1)?;
                self.expect_condition(&left)?;
                self.expect_condition(&right)?;
                self.join(token == Token::And, &left, &right)
            }
        }
    }

    /// A factor right behind another.
    fn implicit_product(&mut self, left: &Part) -> Read<Part> {
        let here = self.here();
        let next = self.token();
        let around = left.span.start..here.end;
        if let Some(Token::Number(_)) = next {
            let message = "a number cannot stand right behind a factor: write · to multiply or ^ for a power";
            return Err(FormulaError::new(message, here));
        }
        match left.tail {
            Tail::Quotient => {
                let message =
                    format!("a factor behind a quotient can be meant in two ways: write {}", self.quotients(left));
                return Err(FormulaError::new(message, around));
            }
            Tail::Exponent if self.touches(left) => {
                let [power, factor] = [left.span.clone(), here].map(|span| self.text[span].trim());
                let caret = power.rfind('^').or_else(|| power.rfind("**"));
                let message = match caret.map(|at| power.split_at(at)) {
                    Some((base, exponent)) if power.chars().count() + factor.chars().count() < 24 => {
                        let exponent = exponent.trim_start_matches(['^', '*']).trim();
                        format!(
                            "what belongs to the exponent is unclear: write {base}^({exponent}·{factor}) or {base}^({exponent})·{factor}"
                        )
                    }
                    _ => "what belongs to the exponent is unclear: write e^(2·x) or e^2·x".to_owned(),
                };
                return Err(FormulaError::new(message, around));
            }
            Tail::Bare(name) if !matches!(next, Some(Token::Function(..))) => {
                let message = format!("where the argument of {name} ends is unclear: write {name}(…)");
                return Err(FormulaError::new(message, around));
            }
            _ => {}
        }
        let right = self.expression(binding::PRODUCT + 1)?;
        self.binary(Binary::Multiply, left, &right, right.tail)
    }

    /// A number, a name, a call, something in brackets, or a sign with what follows it.
    fn operand(&mut self) -> Read<Part> {
        let Some(Spanned { token, span }) = self.peek().cloned() else {
            let message = "the formula ends too early: a number, a letter or a bracket is missing";
            return Err(FormulaError::new(message, self.here()));
        };
        self.at += 1;
        match token {
            Token::Number(value) => Ok(self.push(Node::Number(value), span, Shape::Literal, Tail::Clear)),
            Token::Constant(value) => Ok(self.push(Node::Number(value), span, Shape::Constant, Tail::Clear)),
            Token::Variable(index) => Ok(self.push(Node::Variable(index), span, Shape::Other, Tail::Clear)),
            Token::Parameter(parameter) => {
                let index = self.parameter(parameter);
                Ok(self.push(Node::Parameter(index), span, Shape::Other, Tail::Clear))
            }
            Token::Function(name, function) => self.call(name, function, span),
            Token::Root(root) => self.root(root, &span),
            Token::Fraction => self.fraction(&span),
            Token::Open(close) => self.bracket(close, span),
            Token::Bar => self.absolute(span),
            Token::Plus => {
                let part = self.expression(binding::SIGN)?;
                self.expect_number(&part)?;
                Ok(Part { span: span.start..part.span.end, shape: Shape::Other, ..part })
            }
            Token::Minus => {
                let part = self.expression(binding::SIGN)?;
                self.expect_number(&part)?;
                let span = span.start..part.span.end;
                Ok(self.push(Node::Unary(Unary::Negate, part.id), span, Shape::Other, part.tail))
            }
            Token::Not => {
                let part = self.expression(binding::NOT)?;
                self.expect_condition(&part)?;
                let span = span.start..part.span.end;
                Ok(self.push(Node::Not(part.id), span, Shape::Other, Tail::Clear))
            }
            _ => Err(self.misplaced(&Spanned { token, span })),
        }
    }

    fn parameter(&mut self, parameter: Parameter) -> usize {
        let known = self.parameters.iter().position(|known| known.name == parameter.name);
        known.unwrap_or_else(|| {
            self.parameters.push(parameter);
            self.parameters.len() - 1
        })
    }
}
