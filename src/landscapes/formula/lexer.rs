//! The text of a formula cut into tokens, each with its place.

use std::ops::Range;

use winnow::combinator::{alt, opt};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, one_of, take_while};

use super::error::{FormulaError, short};
use super::names::{self, Function};
use super::tree::{Comparison, Unary};
use crate::landscapes::Parameter;

/// The smallest part of a formula that means something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// `²`, `⁻¹`: an integral exponent.
    Superscript(f64),
    /// The variable of this index.
    Variable(usize),
    /// `π` or `e`.
    Constant(f64),
    Parameter(Parameter),
    Function(&'static str, Function),
    /// `√` or `∛`.
    Root(Unary),
    Plus,
    Minus,
    Star,
    Slash,
    Caret,
    Bar,
    Comma,
    /// An opening bracket, and the one that closes it.
    Open(char),
    Close(char),
    Compare(Comparison),
    And,
    Or,
    Not,
}

/// A token and its bytes in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

/// What the characters say before names are looked up.
#[derive(Clone, Copy)]
enum Raw<'a> {
    Number(f64),
    Word(&'a str),
    Symbol(Token),
}

type Input<'a> = LocatingSlice<&'a str>;
type Lexed<T> = Result<T, EmptyError>;

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
const FRACTIONS: [(char, f64); 5] = [('½', 0.5), ('¼', 0.25), ('¾', 0.75), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0)];

/// Cuts the text into tokens.
///
/// # Errors
/// [`FormulaError`] for a character or a word that means nothing, and for a number too large.
pub(super) fn tokens(text: &str, variables: &[&str]) -> Result<Vec<Spanned>, FormulaError> {
    let mut input = LocatingSlice::new(text);
    let mut tokens = Vec::new();
    loop {
        let space: Lexed<&str> = take_while(0.., char::is_whitespace).parse_next(&mut input);
        debug_assert!(space.is_ok(), "no space is space enough");
        let start = input.current_token_start();
        let Some(first) = text[start..].chars().next() else { return Ok(tokens) };
        let raw = raw(&mut input).map_err(|_| foreign(first, start))?;
        let span = start..input.current_token_start();
        match raw {
            Raw::Number(value) if value.is_finite() => tokens.push(Spanned { token: Token::Number(value), span }),
            Raw::Number(_) => return Err(FormulaError::new("this number is too large: the largest is 1.8e308", span)),
            Raw::Symbol(token) => tokens.push(Spanned { token, span }),
            Raw::Word(word) => tokens.extend(named(word, start, variables)?),
        }
    }
}

fn raw<'a>(input: &mut Input<'a>) -> Lexed<Raw<'a>> {
    alt((number.map(Raw::Number), superscript.map(Raw::Symbol), word.map(Raw::Word), symbol.map(Raw::Symbol)))
        .parse_next(input)
}

fn digits<'a>(input: &mut Input<'a>) -> Lexed<&'a str> {
    take_while(1.., '0'..='9').parse_next(input)
}

/// `2`, `.5`, `5.`, `1e-3`, `½`; an `e` without digits behind it is Euler's number.
fn number(input: &mut Input<'_>) -> Lexed<f64> {
    let mantissa = alt(((digits, opt(('.', opt(digits)))).void(), ('.', digits).void()));
    let exponent = (one_of(['e', 'E']), opt(one_of(['+', '-', '−'])), digits);
    let decimal = (mantissa, opt(exponent)).take().verify_map(|text: &str| text.replace('−', "-").parse().ok());
    let fraction = any.verify_map(|c| FRACTIONS.iter().find(|(sign, _)| *sign == c).map(|(_, value)| *value));
    alt((decimal, fraction)).parse_next(input)
}

fn superscript(input: &mut Input<'_>) -> Lexed<Token> {
    (opt(one_of(['⁻', '⁺'])), take_while(1.., SUPERSCRIPTS))
        .verify_map(|(sign, digits): (Option<char>, &str)| {
            let magnitude: f64 = plain(digits, SUPERSCRIPTS).parse().ok()?;
            Some(Token::Superscript(if sign == Some('⁻') { -magnitude } else { magnitude }))
        })
        .parse_next(input)
}

/// Letters with the digits behind them: `log10`, `w₁`; a Greek letter is a word of its own.
fn word<'a>(input: &mut Input<'a>) -> Lexed<&'a str> {
    let greek = one_of(is_greek).void();
    let latin = take_while(1.., |c: char| c.is_alphabetic() && !is_greek(c) && !is_raised(c)).void();
    let index = take_while(0.., |c: char| c.is_ascii_digit() || SUBSCRIPTS.contains(&c));
    (alt((greek, latin)), index).take().parse_next(input)
}

fn is_greek(c: char) -> bool {
    matches!(c, 'Α'..='Ω' | 'α'..='ω')
}

/// Letters that are written as exponents, such as ⁿ, are no names.
fn is_raised(c: char) -> bool {
    matches!(c, 'ª' | 'º' | 'ʰ'..='ˣ' | 'ᴬ'..='ᵪ' | 'ⁱ' | 'ⁿ')
}

fn symbol(input: &mut Input<'_>) -> Lexed<Token> {
    let two = alt((
        "**".value(Token::Caret),
        "<=".value(Token::Compare(Comparison::LessOrEqual)),
        ">=".value(Token::Compare(Comparison::GreaterOrEqual)),
        "==".value(Token::Compare(Comparison::Equal)),
        "!=".value(Token::Compare(Comparison::NotEqual)),
    ));
    alt((two, any.verify_map(single))).parse_next(input)
}

fn single(c: char) -> Option<Token> {
    Some(match c {
        '+' => Token::Plus,
        '-' | '−' | '–' => Token::Minus,
        '*' | '·' | '×' | '⋅' | '∙' => Token::Star,
        '/' | '÷' | '∕' => Token::Slash,
        '^' => Token::Caret,
        '|' => Token::Bar,
        ',' => Token::Comma,
        '(' => Token::Open(')'),
        '[' => Token::Open(']'),
        '{' => Token::Open('}'),
        ')' | ']' | '}' => Token::Close(c),
        '√' => Token::Root(Unary::Sqrt),
        '∛' => Token::Root(Unary::Cbrt),
        '<' => Token::Compare(Comparison::Less),
        '>' => Token::Compare(Comparison::Greater),
        '≤' => Token::Compare(Comparison::LessOrEqual),
        '≥' => Token::Compare(Comparison::GreaterOrEqual),
        '≠' => Token::Compare(Comparison::NotEqual),
        _ => return None,
    })
}

/// Ordinary digits for raised or lowered ones.
fn plain(text: &str, digits: [char; 10]) -> String {
    let ordinary = |c| digits.iter().position(|digit| *digit == c).map_or(c, |value| char::from(b'0' + value as u8));
    text.chars().map(ordinary).collect()
}

/// The names in a word: one, or letters that multiply, a parameter or `e` before variables: `xy`, `ax`.
fn named(word: &str, start: usize, variables: &[&str]) -> Result<Vec<Spanned>, FormulaError> {
    let span = start..start + word.len();
    let name = plain(word, SUBSCRIPTS);
    if let Some(token) = name_token(&name, variables) {
        return Ok(vec![Spanned { token, span }]);
    }
    let letters: Option<Vec<Spanned>> = word
        .char_indices()
        .map(|(at, letter)| {
            let token = name_token(letter.encode_utf8(&mut [0; 4]), variables)?;
            let fits = matches!(token, Token::Variable(_))
                || at == 0 && matches!(token, Token::Parameter(_) | Token::Constant(_));
            fits.then(|| Spanned { token, span: start + at..start + at + letter.len_utf8() })
        })
        .collect();
    letters.ok_or_else(|| FormulaError::new(names::unknown(&name, variables), span))
}

fn name_token(name: &str, variables: &[&str]) -> Option<Token> {
    if let Some(index) = variables.iter().position(|variable| *variable == name) {
        return Some(Token::Variable(index));
    }
    if let Some((name, function)) = names::FUNCTIONS.iter().find(|(known, _)| *known == name) {
        return Some(Token::Function(name, *function));
    }
    let connective = [Token::And, Token::Or, Token::Not];
    if let Some(index) = names::CONNECTIVES.iter().position(|known| *known == name) {
        return Some(connective[index]);
    }
    // X beside the variable x would be a slider that nobody meant.
    let shouted = variables.contains(&name.to_lowercase().as_str());
    let reserved = names::is_reserved(name, variables);
    names::constant(name).map(Token::Constant).or_else(|| {
        let parameter = if shouted || reserved { None } else { names::parameter(name) };
        parameter.map(Token::Parameter)
    })
}

/// What to say of a character that is no part of the language.
fn foreign(c: char, start: usize) -> FormulaError {
    let message = match c {
        '=' => "'=' has no place here: write only what stands right of it, or == to compare inside if".to_owned(),
        '%' => "'%' is not known: write mod(a, b)".to_owned(),
        '!' => "'!' is not known: write not to negate a condition".to_owned(),
        '&' => "'&' is not known: write and".to_owned(),
        ';' => "';' is not known: separate arguments by commas".to_owned(),
        '.' => "a point alone is no number: write for example 0.5".to_owned(),
        c if is_raised(c) || "⁺⁻⁽⁾".contains(c) => {
            format!("'{c}' cannot stand here: write the exponent after ^, for example x^n")
        }
        c if c.is_control() => format!("the character {} is no part of a formula", c.escape_unicode()),
        c => format!("'{}' is no part of a formula", short(&c.to_string())),
    };
    FormulaError::new(message, start..start + c.len_utf8())
}
