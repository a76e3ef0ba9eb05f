//! What to say of a token that cannot stand where it does.

use super::super::error::{FormulaError, short};
use super::super::lexer::{Spanned, Token};
use super::{Parser, Part};

impl Parser<'_> {
    /// What to say of a token that cannot stand where it does.
    pub(super) fn misplaced(&self, found: &Spanned) -> FormulaError {
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
                match decimal_comma(self.text, around) {
                    _ if self.text.contains('‖') || self.text.contains("Vert") => {
                        "the length of several numbers is written sqrt(x^2 + y^2)".to_owned()
                    }
                    Some(number) if is_thousand(&number) => {
                        format!("write {}, or with a decimal point {number}", number.replace('.', ""))
                    }
                    Some(number) => format!("write a decimal point: {number}"),
                    None if depth <= 0 => {
                        "a comma may only separate the arguments of a function; the value of a letter is set by its slider, or on the command line written a=2 behind a comma"
                            .to_owned()
                    }
                    None => "a comma may only separate the arguments of a function".to_owned(),
                }
            }
            Token::Else => "else belongs to an if before it: write a if x > 0 else b, or if(x > 0, a, b)".to_owned(),
            Token::Question | Token::Colon => {
                let sign = if found.token == Token::Colon { ':' } else { '?' };
                format!("'{sign}' belongs to a condition: write x > 0 ? a : b, or if(x > 0, a, b)")
            }
            Token::Not => "not can only begin a condition".to_owned(),
            Token::Bar => "something is missing before this bar".to_owned(),
            Token::Superscript(_) | Token::Caret => "an exponent needs something before it, for example x²".to_owned(),
            Token::And | Token::Or | Token::Compare(_) => "a number is missing before this comparison".to_owned(),
            _ => "a number, a letter or a bracket is missing before this".to_owned(),
        };
        FormulaError::new(message, found.span.clone())
    }

    /// Both ways to read a quotient with a factor behind it, `(x/2)·y or x/(2·y)`.
    pub(super) fn quotients(&self, quotient: &Part) -> String {
        let text = &self.text[quotient.span.clone()];
        let factor = self.peek().map_or("x", |next| match next.token {
            Token::Variable(_) | Token::Parameter(_) | Token::Constant(_) => &self.text[next.span.clone()],
            _ => "(…)",
        });
        let mut parts = text.split(['/', '÷']);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(above), Some(below), None) if text.chars().count() <= 24 => {
                let (above, below) = (above.trim(), below.trim());
                format!("({above}/{below})·{factor} or {above}/({below}·{factor})")
            }
            _ => "(1/2)·x or 1/(2·x)".to_owned(),
        }
    }

    /// Whether a bar touches another.
    pub(super) fn is_double_bar(&self, index: usize) -> bool {
        let is_bar = |index: usize| self.tokens.get(index).filter(|token| token.token == Token::Bar);
        match (is_bar(index), is_bar(index + 1), is_bar(index.wrapping_sub(1))) {
            (Some(bar), Some(next), _) if bar.span.end == next.span.start => true,
            (Some(bar), _, Some(before)) => before.span.end == bar.span.start,
            _ => false,
        }
    }
}

/// Whether a comma may have stood before three digits, as in a thousand.
fn is_thousand(number: &str) -> bool {
    number.split_once('.').is_some_and(|(before, after)| after.len() == 3 && before.len() <= 3 && before != "0")
}

/// `1.05` for the first `1,05`.
pub(super) fn decimal_comma(text: &str, tokens: &[Spanned]) -> Option<String> {
    tokens.windows(3).find_map(|three| match three {
        [
            Spanned { token: Token::Number(_), span: a },
            Spanned { token: Token::Comma, span: comma },
            Spanned { token: Token::Number(_), span: b },
        ] if a.end == comma.start && comma.end == b.start && text[b.clone()].chars().all(|c| c.is_ascii_digit()) => {
            Some(format!("{}.{}", short(&text[a.clone()]), short(&text[b.clone()])))
        }
        _ => None,
    })
}
