//! The text of a formula cut into its smallest parts, each with its place; names are not looked up here.

use std::ops::Range;

use winnow::combinator::{alt, delimited, opt, peek, preceded, repeat};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, one_of, take_while};

use super::error::{FormulaError, short};
use super::latex::{self, Command};
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
    /// `\frac`, with two pairs of braces behind it.
    Fraction,
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
    /// `else`, of `a if condition else b`.
    Else,
    /// `?` and `:`, of `condition ? a : b`.
    Question,
    Colon,
}

/// A token and its bytes in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

/// A name as it is written: `np.log10`, `x_{1}`, `\theta`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word<'a> {
    /// What stands before it with a point: `np.`; mostly nothing.
    pub(super) modules: &'a str,
    pub(super) base: &'a str,
    /// Digits behind it, raised or lowered ones too.
    pub(super) index: &'a str,
    /// Whether the index is lowered: `x_1`, `x₁`.
    pub(super) lowered: bool,
}

impl Word<'_> {
    /// The name without modules, its index in ordinary digits.
    pub(super) fn name(&self) -> String {
        format!("{}{}", self.base, self.digits())
    }

    /// The index in ordinary digits.
    pub(super) fn digits(&self) -> String {
        plain(self.index, SUBSCRIPTS)
    }

    /// Whether it is a name alone.
    pub(super) fn is_bare(&self) -> bool {
        self.modules.is_empty() && self.index.is_empty()
    }
}

/// What the characters say before names are looked up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Raw<'a> {
    Word(Word<'a>),
    Symbol(Token),
    /// A character that has a meaning around a formula, not in it: `=`, `;`, a quotation mark; `→` for every arrow.
    Mark(char),
    /// Something that means nothing: space, `\left`.
    Nothing,
}

/// A part with its bytes in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lexeme<'a> {
    pub(super) raw: Raw<'a>,
    pub(super) span: Range<usize>,
}

type Input<'a> = LocatingSlice<&'a str>;
type Lexed<T> = Result<T, EmptyError>;

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
const FRACTIONS: [(char, f64); 5] = [('½', 0.5), ('¼', 0.25), ('¾', 0.75), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0)];

/// Cuts the text.
///
/// # Errors
/// [`FormulaError`] for a character that means nothing, and for a number that is too large or can be read in two ways.
pub(super) fn lexemes(text: &str) -> Result<Vec<Lexeme<'_>>, FormulaError> {
    let mut input = LocatingSlice::new(text);
    let mut lexemes = Vec::new();
    loop {
        let space: Lexed<&str> = take_while(0.., char::is_whitespace).parse_next(&mut input);
        debug_assert!(space.is_ok(), "no space is space enough");
        let start = input.current_token_start();
        let Some(first) = text[start..].chars().next() else { return Ok(lexemes) };
        if text[start..].starts_with("//") {
            return Err(foreign(first, &text[start..], start));
        }
        let raw = raw(&mut input).map_err(|_| foreign(first, &text[start..], start))?;
        let span = start..input.current_token_start();
        if let Raw::Symbol(Token::Number(value)) = raw {
            refuse_number(value, text, &span)?;
        }
        if !matches!(raw, Raw::Nothing) {
            lexemes.push(Lexeme { raw, span });
        }
    }
}

/// A number that overflows, one with the exponent of Fortran, which may be a product, `1d-3`, or an imaginary one, `2j`.
fn refuse_number(value: f64, text: &str, span: &Range<usize>) -> Result<(), FormulaError> {
    if !value.is_finite() {
        return Err(FormulaError::new("this number is too large: the largest is 1.8e308", span.clone()));
    }
    match unclear_letter(&short(&text[span.clone()]), &text[span.end..]) {
        Some(message) => Err(FormulaError::new(message, span.start..span.end + 1)),
        None => Ok(()),
    }
}

/// What is to be written instead of a number and the letter behind it, if that may be an imaginary unit or an exponent.
fn unclear_letter(number: &str, rest: &str) -> Option<String> {
    if let Some(unit @ ('i' | 'j')) = rest.chars().next()
        && !rest[1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '²' | '³' | '₁' | '₂'))
    {
        return Some(format!(
            "{number}{unit} is an imaginary number, but a loss is real: write {number}·{unit} for a slider called {unit}"
        ));
    }
    let exponent = rest.trim_start_matches(['d', 'D']);
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_exponent = exponent.len() + 1 == rest.len() && digits.starts_with(|c: char| c.is_ascii_digit());
    is_exponent
        .then(|| format!("the exponent is unclear: write {number}e3 for a power of ten, {number}·d for a product"))
}

fn raw<'a>(input: &mut Input<'a>) -> Lexed<Raw<'a>> {
    alt((number.map(Token::Number).map(Raw::Symbol), superscript.map(Raw::Symbol), latex, word.map(Raw::Word), symbol))
        .parse_next(input)
}

fn digits<'a>(input: &mut Input<'a>) -> Lexed<&'a str> {
    take_while(1.., '0'..='9').parse_next(input)
}

fn space<'a>(input: &mut Input<'a>) -> Lexed<&'a str> {
    take_while(0.., ' ').parse_next(input)
}

/// `2`, `.5`, `5.`, `1e-3`, `½`; an `e` without digits behind it is Euler's number.
fn number(input: &mut Input<'_>) -> Lexed<f64> {
    let mantissa = alt(((digits, opt(('.', opt(digits)))).void(), ('.', digits).void()));
    let exponent = (one_of(['e', 'E']), opt(one_of(['+', '-'])), digits);
    let decimal = (mantissa, opt(exponent)).take().verify_map(|text: &str| text.parse().ok());
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

/// A name with the modules before it and the index behind it; a Greek letter is a name of its own.
fn word<'a>(input: &mut Input<'a>) -> Lexed<Word<'a>> {
    let module = (latin, alt((".", "::")), peek(one_of(char::is_alphabetic))).void();
    let modules = repeat::<_, _, (), _, _>(0.., module).take().parse_next(input)?;
    let base = alt(("log1p", one_of(is_greek).take(), identifier)).parse_next(input)?;
    let word = indexed(modules, base, input)?;
    // Julia applies a function to each element by a point, exp.(x); Mathematica marks the names of a left side, f[x_, y_].
    let is_function = names::function(word.base).is_some();
    let by_element = ('.', peek('(')).verify(|_| is_function).void();
    opt(alt((by_element, ('_', peek((space, one_of([',', ']'])))).void()))).parse_next(input)?;
    Ok(word)
}

fn indexed<'a>(modules: &'a str, base: &'a str, input: &mut Input<'a>) -> Lexed<Word<'a>> {
    let braced = delimited(("_{", space), digits, (space, '}'));
    let lowered = alt((braced, preceded('_', digits), take_while(1.., SUBSCRIPTS)));
    let mut index = opt(alt((digits.map(|digits| (digits, false)), lowered.map(|digits| (digits, true)))));
    let (index, lowered) = index.parse_next(input)?.unwrap_or_default();
    Ok(Word { modules, base, index, lowered })
}

fn latin<'a>(input: &mut Input<'a>) -> Lexed<&'a str> {
    take_while(1.., |c: char| c.is_alphabetic() && !is_greek(c) && !is_raised(c)).parse_next(input)
}

/// Letters, with more of them behind `_`: `leaky_relu`.
fn identifier<'a>(input: &mut Input<'a>) -> Lexed<&'a str> {
    (latin, repeat::<_, _, (), _, _>(0.., ('_', latin).void())).take().parse_next(input)
}

/// `\frac`, `\sin`, `\operatorname{relu}`, `\left`, and what else begins with a backslash.
fn latex<'a>(input: &mut Input<'a>) -> Lexed<Raw<'a>> {
    '\\'.parse_next(input)?;
    let mark = alt((
        "{".value(Raw::Symbol(Token::Open('}'))),
        "}".value(Raw::Symbol(Token::Close('}'))),
        "|".value(Raw::Symbol(Token::Bar)),
        one_of([' ', ',', ';', ':', '!', '(', ')', '[', ']']).value(Raw::Nothing),
    ));
    if let Some(raw) = opt(mark).parse_next(input)? {
        return Ok(raw);
    }
    let name = take_while(1.., |c: char| c.is_ascii_alphabetic()).parse_next(input)?;
    match latex::command(name) {
        Command::Nothing => Ok(Raw::Nothing),
        Command::Symbol(token) => Ok(Raw::Symbol(token)),
        Command::Arrow => Ok(Raw::Mark('→')),
        Command::Word => indexed("", latex::letter(name), input).map(Raw::Word),
        Command::Vector => {
            let vector = delimited((space, '{', space), any, (space, '}'));
            if opt(peek(vector)).parse_next(input)?.is_some_and(char::is_alphabetic) {
                return Err(EmptyError);
            }
            named(input)
        }
        Command::Name => named(input),
        Command::Root => {
            let degree = opt(delimited('[', take_while(1.., |c| c != ']'), ']')).parse_next(input)?;
            let root = degree.map_or(Some(Unary::Sqrt), latex::root).ok_or(EmptyError)?;
            Ok(Raw::Symbol(Token::Root(root)))
        }
    }
}

/// The name in the braces behind a command, or nothing.
fn named<'a>(input: &mut Input<'a>) -> Lexed<Raw<'a>> {
    let braced = opt(delimited((space, '{', space), identifier, (space, '}'))).parse_next(input)?;
    braced.map_or(Ok(Raw::Nothing), |name| indexed("", name, input).map(Raw::Word))
}

fn is_greek(c: char) -> bool {
    matches!(c, 'Α'..='Ω' | 'α'..='ω')
}

/// Whether a letter is written as an exponent, such as ⁿ: these are not names.
fn is_raised(c: char) -> bool {
    matches!(c, 'ª' | 'º' | 'ʰ'..='ˣ' | 'ᴬ'..='ᵪ' | 'ⁱ' | 'ⁿ')
}

fn symbol<'a>(input: &mut Input<'a>) -> Lexed<Raw<'a>> {
    let compare = alt((
        "<=".value(Comparison::LessOrEqual),
        ">=".value(Comparison::GreaterOrEqual),
        alt(("===", "==")).value(Comparison::Equal),
        alt(("!==", "!=", "~=", "<>")).value(Comparison::NotEqual),
    ));
    let several = alt((
        alt(("**", ".^", ".**")).value(Raw::Symbol(Token::Caret)),
        ".*".value(Raw::Symbol(Token::Star)),
        "./".value(Raw::Symbol(Token::Slash)),
        ".+".value(Raw::Symbol(Token::Plus)),
        ".-".value(Raw::Symbol(Token::Minus)),
        "&&".value(Raw::Symbol(Token::And)),
        ":=".value(Raw::Mark('=')),
        alt(("=>", "->")).value(Raw::Mark('→')),
        compare.map(Token::Compare).map(Raw::Symbol),
    ));
    alt((several, any.verify_map(single))).parse_next(input)
}

fn single<'a>(c: char) -> Option<Raw<'a>> {
    Some(Raw::Symbol(match c {
        '+' => Token::Plus,
        '-' => Token::Minus,
        '*' | '·' => Token::Star,
        '/' => Token::Slash,
        '^' => Token::Caret,
        '|' | '‖' => Token::Bar,
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
        '∧' => Token::And,
        '∨' => Token::Or,
        '¬' => Token::Not,
        '?' => Token::Question,
        ':' => Token::Colon,
        '=' | ';' | '.' | '@' | '→' | '"' | '\'' | '`' | '$' => return Some(Raw::Mark(c)),
        _ => return None,
    }))
}

/// Ordinary digits for raised or lowered ones.
fn plain(text: &str, digits: [char; 10]) -> String {
    let ordinary = |c| digits.iter().position(|digit| *digit == c).map_or(c, |value| char::from(b'0' + value as u8));
    text.chars().map(ordinary).collect()
}

/// What to say of a vector in a formula of numbers.
fn vector(command: &str, rest: &str) -> String {
    let name: String = rest.chars().skip_while(|c| *c != '{').skip(1).take_while(|c| *c != '}').take(8).collect();
    let name = name.trim();
    format!(
        "'\\{command}{{{name}}}' is a vector, but a loss is of two numbers: write x and y, so ‖{name}‖² is x^2 + y^2"
    )
}

/// What to say of a character that is not a part of the language, with what follows it.
pub(super) fn foreign(c: char, rest: &str, start: usize) -> FormulaError {
    let command: String = rest.chars().skip(1).take_while(char::is_ascii_alphabetic).collect();
    let message = match c {
        '=' => "'=' has no place here: write only what stands right of it, or == to compare inside if".to_owned(),
        '%' if ["pi", "e"].contains(&command.as_str()) => format!("'%' has no place here: write {command} alone"),
        '%' => "'%' is not known: write mod(a, b)".to_owned(),
        '!' => "'!' is not known: write not to negate a condition, and a factorial as a number".to_owned(),
        '&' => "'&' is not known: write and; cases are written if(x > 0, a, b)".to_owned(),
        ';' => "';' is not known: separate arguments by commas".to_owned(),
        '.' => "a point alone is no number: write for example 0.5".to_owned(),
        '@' => "'@' is not known: write · for a product".to_owned(),
        '/' => "'//' is not known: write floor(a/b) for a whole quotient, a/b for a quotient, and leave comments out"
            .to_owned(),
        '_' => "'_' can only stand before an index, as in x_1: a number is written without it".to_owned(),
        '"' | '\'' | '`' => "a quotation mark is no part of a formula: leave it out".to_owned(),
        '⌊' | '⌋' => "this bracket is not known: write floor(x)".to_owned(),
        '⌈' | '⌉' => "this bracket is not known: write ceil(x)".to_owned(),
        '∑' | '∏' => format!("'{c}' is not known: write the terms one by one"),
        '∞' => "infinity is no number here: write a large one, such as 1e300".to_owned(),
        '′' | '″' | '∂' | '∇' => {
            "derivatives are computed by the program: write the formula of the loss alone".to_owned()
        }
        '$' => "'$' can only stand around the whole formula".to_owned(),
        '→' => "an arrow can only stand behind the names of the weights: (x, y) → x² + y²".to_owned(),
        '#' => "'#' is no part of a formula: leave comments out".to_owned(),
        '\\' if latex::is_vector(&command) => vector(&command, rest),
        '\\' if command == "sqrt" => "this root is not known: write x^(1/4) for the fourth root of x".to_owned(),
        '\\' => format!("the command '\\{}' is not known here", short(&command)),
        c if is_raised(c) || "⁺⁻⁽⁾".contains(c) => {
            format!("'{c}' cannot stand here: write the exponent after ^, for example x^n")
        }
        c if SUBSCRIPTS.contains(&c) => {
            format!("'{c}' is an index, which only a name can have: write the exponent of a power after ^, as in x^2")
        }
        c if c.is_control() => format!("the character {} is no part of a formula", c.escape_unicode()),
        c => format!("'{c}' is no part of a formula"),
    };
    FormulaError::new(message, start..start + c.len_utf8())
}
