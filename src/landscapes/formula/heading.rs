//! What stands around a formula: quotation marks, a semicolon at its end, and a left side such as `f(x, y) =`, which names
//! the variables.

use std::ops::Range;

use super::error::{FormulaError, short};
use super::letters::is_of_network;
use super::lexer::{Lexeme, Raw, Token, Word, foreign};
use super::unknown::behind_point;

/// A formula without what stands around it.
pub(super) struct Headed<'a, 'b> {
    pub(super) body: &'b [Lexeme<'a>],
    /// The variables that the left side names, in order, each with its place.
    pub(super) declared: Vec<Declared<'a>>,
}

/// Removes what is around the formula.
///
/// # Errors
/// [`FormulaError`] for an invalid left side, and for a mark within the formula.
pub(super) fn headed<'a, 'b>(
    text: &str,
    lexemes: &'b [Lexeme<'a>],
    variables: &[&str],
) -> Result<Headed<'a, 'b>, FormulaError> {
    let (mut body, mut declared) = (lexemes, Vec::new());
    // Every round takes something off.
    loop {
        body = unquoted(body);
        let Some((names, rest)) = heading(body, variables)? else { break };
        if !names.is_empty() {
            declared = names;
        }
        body = rest;
    }
    refuse_marks(text, body)?;
    Ok(Headed { body, declared })
}

/// The formula without quotation marks around it, and without `;` or a full stop behind it.
fn unquoted<'a, 'b>(mut body: &'b [Lexeme<'a>]) -> &'b [Lexeme<'a>] {
    loop {
        body = match body {
            [first, inner @ .., last]
                if first.raw == last.raw && matches!(first.raw, Raw::Mark('"' | '\'' | '`' | '$')) =>
            {
                inner
            }
            [inner @ .., last] if matches!(last.raw, Raw::Mark(';' | '.')) => inner,
            _ => return body,
        }
    }
}

/// A name that the left side declares, and its place.
pub(super) type Declared<'a> = (Word<'a>, Range<usize>);

/// The variables of a left side, and what stands behind it.
type Left<'a, 'b> = (Vec<Declared<'a>>, &'b [Lexeme<'a>]);

/// Words before a name in other languages, which say its type.
const TYPES: [&str; 12] =
    ["double", "float", "auto", "const", "let", "var", "real", "val", "final", "static", "local", "constexpr"];

/// Takes off words that say the type of what is defined: `double z =`, `const float f(double x, double y) =`.
fn untyped<'a, 'b>(mut body: &'b [Lexeme<'a>]) -> &'b [Lexeme<'a>] {
    while let [Lexeme { raw: Raw::Word(first), .. }, rest @ ..] = body
        && matches!(rest.first(), Some(Lexeme { raw: Raw::Word(_), .. }))
        && first.is_bare()
        && TYPES.contains(&first.base)
    {
        body = rest;
    }
    body
}

/// Takes off one left side, if there is one: `f(x, y) =`, `z =`, `lambda x, y:`, `@(x, y)`, `(x, y) →`, `return`.
fn heading<'a, 'b>(body: &'b [Lexeme<'a>], variables: &[&str]) -> Result<Option<Left<'a, 'b>>, FormulaError> {
    let body = untyped(body);
    if let Some(left) = assigned(body) {
        let ([named, ..], Raw::Word(name)) = (body, body[0].raw) else { return Ok(None) };
        if name.is_bare() && variables.contains(&name.base) {
            let name = short(name.base);
            let message = if is_of_network(variables) {
                format!("'{name}' cannot be the output: write the output alone, such as w2·tanh(w1·x)")
            } else {
                format!("'{name}' is one of the two weights: write only what stands right of =, or (left − right)^2")
            };
            return Err(FormulaError::new(message, named.span.clone()));
        }
        return Ok(Some(left));
    }
    Ok(function(body))
}

/// `z =`, `f(x, y) =`.
fn assigned<'a, 'b>(body: &'b [Lexeme<'a>]) -> Option<Left<'a, 'b>> {
    let [Lexeme { raw: Raw::Word(_), .. }, rest @ ..] = body else { return None };
    let (names, rest) = bracketed(rest).unwrap_or((Vec::new(), rest));
    match rest {
        [Lexeme { raw: Raw::Mark('='), .. }, rest @ ..] => Some((names, rest)),
        // As C writes it, f(x, y) { return x*x; }
        [
            Lexeme { raw: Raw::Symbol(Token::Open('}')), .. },
            inner @ ..,
            Lexeme { raw: Raw::Symbol(Token::Close('}')), .. },
        ] if matches!(inner.first(), Some(Lexeme { raw: Raw::Word(word), .. }) if word.base == "return") => {
            Some((names, inner))
        }
        _ => None,
    }
}

/// `lambda x, y:`, `def f(x, y):`, `@(x, y)`, `x, y →`, `(x, y) →`, `return`.
fn function<'a, 'b>(body: &'b [Lexeme<'a>]) -> Option<Left<'a, 'b>> {
    let is_word = |lexeme: &Lexeme<'_>, word: &str| matches!(lexeme.raw, Raw::Word(known) if known.is_bare() && known.base == word);
    let ends = |(names, rest): Left<'a, 'b>, end: Raw<'_>| match rest {
        [last, rest @ ..] if last.raw == end => Some((names, rest)),
        _ => None,
    };
    match body {
        [first, rest @ ..] if is_word(first, "return") => Some((Vec::new(), rest)),
        [first, rest @ ..] if is_word(first, "lambda") => ends(listed(rest)?, Raw::Symbol(Token::Colon)),
        [first, Lexeme { raw: Raw::Word(_), .. }, rest @ ..] if is_word(first, "def") => {
            ends(bracketed(rest)?, Raw::Symbol(Token::Colon))
        }
        [Lexeme { raw: Raw::Mark('@'), .. }, rest @ ..] => bracketed(rest),
        [Lexeme { raw: Raw::Symbol(Token::Open(_)), .. }, ..] => ends(bracketed(body)?, Raw::Mark('→')),
        _ => ends(listed(body)?, Raw::Mark('→')),
    }
}

/// Names in brackets, one pair or two: `f((x, y)) =` takes a pair.
fn bracketed<'a, 'b>(body: &'b [Lexeme<'a>]) -> Option<Left<'a, 'b>> {
    let [Lexeme { raw: Raw::Symbol(Token::Open(close)), .. }, rest @ ..] = body else { return None };
    let (names, rest) = listed(rest).or_else(|| in_one_pair(rest))?;
    match rest {
        [Lexeme { raw: Raw::Symbol(Token::Close(found)), .. }, rest @ ..] if found == close => Some((names, rest)),
        _ => None,
    }
}

/// Names in one pair of brackets.
fn in_one_pair<'a, 'b>(body: &'b [Lexeme<'a>]) -> Option<Left<'a, 'b>> {
    let [Lexeme { raw: Raw::Symbol(Token::Open(close)), .. }, rest @ ..] = body else { return None };
    let (names, rest) = listed(rest)?;
    match rest {
        [Lexeme { raw: Raw::Symbol(Token::Close(found)), .. }, rest @ ..] if found == close => Some((names, rest)),
        _ => None,
    }
}

/// Names with commas or semicolons between them, at least one. What stands behind a semicolon after two names, `f(x, y; a)`,
/// are letters that the formula may use, no variables.
fn listed<'a, 'b>(mut body: &'b [Lexeme<'a>]) -> Option<Left<'a, 'b>> {
    let (mut names, mut variables) = (Vec::new(), usize::MAX);
    loop {
        body = untyped(body);
        let [Lexeme { raw: Raw::Word(name), span }, rest @ ..] = body else { return None };
        names.push((*name, span.clone()));
        match rest {
            [Lexeme { raw: Raw::Symbol(Token::Comma), .. }, more @ ..] => body = more,
            [Lexeme { raw: Raw::Mark(';'), .. }, more @ ..] => {
                variables = if names.len() == 2 { 2 } else { variables };
                body = more;
            }
            _ => break,
        }
    }
    let rest = &body[1..];
    names.truncate(variables);
    Some((names, rest))
}

/// Refuses what may only stand around a formula.
fn refuse_marks(text: &str, body: &[Lexeme<'_>]) -> Result<(), FormulaError> {
    let Some((at, lexeme)) = body.iter().enumerate().find(|(_, lexeme)| matches!(lexeme.raw, Raw::Mark(_))) else {
        return Ok(());
    };
    let Raw::Mark(mark) = lexeme.raw else { return Ok(()) };
    let open = body[..at].iter().fold(0_i32, |open, lexeme| match lexeme.raw {
        Raw::Symbol(Token::Open(_)) => open + 1,
        Raw::Symbol(Token::Close(_)) => open - 1,
        _ => open,
    });
    let message = match (mark, &body[..at], &body[at + 1..]) {
        ('=', [.., Lexeme { raw: before, .. }, Lexeme { raw: Raw::Word(letter), .. }], _)
            if open == 0 && joins_value(*before) =>
        {
            set_otherwise(letter)
        }
        (';', _, [Lexeme { raw: Raw::Word(letter), .. }, Lexeme { raw: Raw::Mark('='), .. }, ..]) if open == 0 => {
            set_otherwise(letter)
        }
        ('=', [.., Lexeme { raw: Raw::Symbol(Token::Plus | Token::Minus | Token::Star | Token::Slash), .. }], _)
            if open == 0 =>
        {
            "an assignment is no loss: write the formula of the loss alone".to_owned()
        }
        ('=', [first, .., last], [right, .., end]) if open == 0 => {
            equation(&text[first.span.start..last.span.end], &text[right.span.start..end.span.end])
        }
        ('=', [left], [right, ..]) if open == 0 => {
            let end = body.last().map_or(right.span.end, |last| last.span.end);
            equation(&text[left.span.clone()], &text[right.span.start..end])
        }
        ('=', [first, .., last], [right]) if open == 0 => {
            equation(&text[first.span.start..last.span.end], &text[right.span.clone()])
        }
        ('.', _, [Lexeme { raw: Raw::Word(name), .. }, ..]) => behind_point("(…)", &name.name()),
        (mark, ..) => {
            return Err(FormulaError { span: lexeme.span.clone(), ..foreign(mark, &text[lexeme.span.start..], 0) });
        }
    };
    Err(FormulaError::new(message, lexeme.span.clone()))
}

/// Whether a word or a comma before `a=2` says that the letter is given a value: `a x^2, a=2`, `a x^2 where a=2`.
fn joins_value(before: Raw<'_>) -> bool {
    match before {
        Raw::Symbol(Token::Comma) => true,
        Raw::Word(word) => ["where", "with", "when", "for", "at", "and", "let", "if"].contains(&word.base),
        _ => false,
    }
}

/// What to say of a value that stands in a formula.
fn set_otherwise(letter: &Word<'_>) -> String {
    let letter = short(letter.base);
    format!(
        "the value of {letter} is no part of the formula: set it by its slider, or on the command line by formula:EXPR,{letter}=2 or --set {letter}=2"
    )
}

/// What to say of an equation.
fn equation(left: &str, right: &str) -> String {
    if right.trim() == "0" {
        return format!("an equation is no loss: write {} alone", short(left.trim()));
    }
    let [left, right] = [left, right].map(|side| short(side.trim()));
    format!("an equation is no loss: write ({left} − ({right}))^2, which is 0 where both sides are equal")
}
