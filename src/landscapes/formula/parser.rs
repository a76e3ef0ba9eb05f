//! Tokens become a tree, by precedence climbing (V. R. Pratt, Top down operator precedence, POPL 1973).
//!
//! The loop is our own, on tokens from a parser crate: implicit products, the bars of |x| and the refusal of what can
//! be read in two ways all depend on what stands left, and every error names its place.

mod calls;

use std::ops::Range;

use super::error::FormulaError;
use super::lexer::{Spanned, Token, tokens};
use super::tree::{Binary, Comparison, Id, Node, Tree, Unary};
use crate::landscapes::Parameter;

/// The longest formula, in characters.
pub(super) const LONGEST: usize = 10_000;

/// How deep brackets, powers and signs may stand in each other, and how many conditions may be joined.
pub(super) const DEEPEST: usize = 200;

/// How tightly operators bind, the loosest first.
mod binding {
    pub(super) const ANY: u8 = 0;
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const COMPARISON: u8 = 4;
    pub(super) const SUM: u8 = 5;
    pub(super) const PRODUCT: u8 = 6;
    pub(super) const SIGN: u8 = 7;
    pub(super) const POWER: u8 = 8;
}

/// What was read: the tree, and its parameters in order of first appearance.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) tree: Tree,
    pub(super) parameters: Vec<Parameter>,
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
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        return Err(FormulaError::new(format!("a formula may have at most {LONGEST} characters"), end..text.len()));
    }
    let tokens = tokens(text, variables)?;
    if tokens.is_empty() {
        let example = if variables.contains(&"y") { "x² + y²" } else { "w2·tanh(w1·x)" };
        return Err(FormulaError::new(format!("there is no formula yet: write for example {example}"), 0..text.len()));
    }
    let mut parser = Parser {
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
    Ok(Parsed { tree: parser.tree, parameters: parser.parameters })
}

struct Parser {
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

impl Parser {
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
            Token::Or => binding::OR,
            Token::And => binding::AND,
            Token::Compare(_) => binding::COMPARISON,
            Token::Plus | Token::Minus => binding::SUM,
            Token::Star | Token::Slash => binding::PRODUCT,
            Token::Caret | Token::Superscript(_) => binding::POWER,
            Token::Bar if self.bars > 0 => binding::ANY,
            Token::Comma | Token::Close(_) | Token::Not => binding::ANY,
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
            _ => {
                let level = if token == Token::And { binding::AND } else { binding::OR };
                let right = self.expression(level + 1)?;
                self.expect_condition(&left)?;
                self.expect_condition(&right)?;
                self.join(token == Token::And, &left, &right)
            }
        }
    }

    /// x²: an exponent that is itself clearly set off.
    fn superscript(&mut self, base: &Part, exponent: f64, span: Range<usize>) -> Read<Part> {
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
    fn power(&mut self, base: &Part) -> Read<Part> {
        refuse_power_of_bare_root(base, &self.here())?;
        let exponent = self.expression(binding::POWER)?;
        let counted = exponent.shape == Shape::Literal && !matches!(base.shape, Shape::Literal | Shape::Constant);
        let clear = counted || exponent.shape == Shape::Bracket;
        self.binary(Binary::Power, base, &exponent, if clear { Tail::Clear } else { Tail::Exponent })
    }

    /// a < b, or a chain a < b < c, which is a < b and b < c.
    fn comparison(&mut self, left: Part, first: Comparison) -> Read<Part> {
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

    fn join(&mut self, both: bool, left: &Part, right: &Part) -> Read<Part> {
        self.joined += 1;
        let span = left.span.start..right.span.end;
        if self.joined > DEEPEST {
            return Err(FormulaError::new(format!("a formula may join at most {DEEPEST} conditions"), span));
        }
        let node = if both { Node::And(left.id, right.id) } else { Node::Or(left.id, right.id) };
        Ok(self.push(node, span, Shape::Other, Tail::Clear))
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
                let message = "a factor behind a quotient can be meant in two ways: write (1/2)·x or 1/(2·x)";
                return Err(FormulaError::new(message, around));
            }
            Tail::Exponent if self.touches(left) => {
                let message = "what belongs to the exponent is unclear: write e^(2·x) or e^2·x";
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

    /// What stands between brackets, the first of which is read.
    fn bracket(&mut self, close: char, open: Range<usize>) -> Read<Part> {
        let bars = std::mem::take(&mut self.bars);
        let inside = self.expression(binding::ANY)?;
        self.bars = bars;
        let end = self.close(close, &open)?;
        Ok(Part { span: open.start..end, shape: Shape::Bracket, tail: Tail::Clear, ..inside })
    }

    /// The closing bracket; where it ends.
    fn close(&mut self, close: char, open: &Range<usize>) -> Read<usize> {
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
    fn absolute(&mut self, open: Range<usize>) -> Read<Part> {
        self.bars += 1;
        let inside = self.expression(binding::ANY)?;
        self.bars -= 1;
        self.expect_number(&inside)?;
        let Some(close) = self.next_if(Token::Bar) else {
            return Err(FormulaError::new("this bar is never closed: '|' is missing", open));
        };
        Ok(self.push(Node::Unary(Unary::Abs, inside.id), open.start..close.end, Shape::Bracket, Tail::Clear))
    }

    /// √x of a single factor, or of what stands in brackets.
    fn root(&mut self, root: Unary, sign: &Range<usize>) -> Read<Part> {
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

    /// What to say of a token that cannot stand where it does.
    fn misplaced(&self, found: &Spanned) -> FormulaError {
        let index = self.tokens.iter().position(|token| token.span == found.span).unwrap_or(0);
        let depth: i32 = self.tokens[..index]
            .iter()
            .map(|before| match before.token {
                Token::Open(_) => 1,
                Token::Close(_) => -1,
                _ => 0,
            })
            .sum();
        let message = match found.token {
            Token::Close(close) if depth <= 0 => format!("nothing is open that '{close}' could close"),
            Token::Close(_) => "something is missing before this bracket".to_owned(),
            Token::Comma => {
                let around = &self.tokens[index.saturating_sub(1)..self.tokens.len().min(index + 2)];
                match decimal_comma(around) {
                    Some(number) => format!("write a decimal point: {number}"),
                    None => "a comma may only separate the arguments of a function".to_owned(),
                }
            }
            Token::Not => "not can only begin a condition".to_owned(),
            Token::Bar => "something is missing before this bar".to_owned(),
            Token::Superscript(_) | Token::Caret => "an exponent needs something before it, for example x²".to_owned(),
            Token::And | Token::Or | Token::Compare(_) => "a number is missing before this comparison".to_owned(),
            _ => "a number, a letter or a bracket is missing before this".to_owned(),
        };
        FormulaError::new(message, found.span.clone())
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

/// `1.5` for the first `1,5`.
fn decimal_comma(tokens: &[Spanned]) -> Option<String> {
    tokens.windows(3).find_map(|three| match three {
        [
            Spanned { token: Token::Number(whole), span: a },
            Spanned { token: Token::Comma, span: comma },
            Spanned { token: Token::Number(decimals), span: b },
        ] if a.end == comma.start && comma.end == b.start && decimals.fract() == 0.0 => {
            Some(format!("{whole}.{decimals}"))
        }
        _ => None,
    })
}
