//! What can be wrong with a typed formula, and the place in the text where it is.

use std::ops::Range;

use crate::landscapes::excerpt;

/// A formula that cannot be read: what is wrong, and which part of the text to underline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    /// What is wrong and what to do, in one sentence that ends without a full stop.
    pub message: String,
    /// The bytes of the text that are meant; empty at its end where something is missing.
    pub span: Range<usize>,
}

impl FormulaError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span }
    }

    /// The same without the blanks at the ends of its place: where something is missing, directly behind the last character before it.
    #[must_use]
    pub(super) fn tightened(self, text: &str) -> Self {
        let Some(meant) = text.get(self.span.clone()).filter(|_| !text.trim().is_empty()) else { return self };
        let span = if meant.trim().is_empty() {
            // What is missing behind a blank is missing behind what stands before the blank; at the beginning, before the first character.
            let before = text[..self.span.start].trim_end().len();
            let first = text.len() - text.trim_start().len();
            let at = if before == 0 { first } else { before };
            at..at
        } else {
            let start = self.span.start + (meant.len() - meant.trim_start().len());
            start..start + meant.trim().len()
        };
        Self { span, ..self }
    }

    /// The text and the message, and below it carets under what is meant, as [`excerpt::marked`] sets them.
    pub fn marked(&self, text: &str) -> String {
        excerpt::marked(text, self.span.clone(), &self.message)
    }
}

/// A word as it stands in a message: not longer than a line can bear, and in one line.
pub(super) fn short(word: &str) -> String {
    excerpt::short(word, 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carets_stand_under_what_is_meant() {
        for (text, span, shown) in [
            ("x + sni(y)", 4..7, "'x + sni(y)': no\n     ^^^"),
            ("π + §", 5..7, "'π + §': no\n     ^"),
            ("x +", 3..3, "'x +': no\n    ^"),
            ("x\n§", 2..4, "'x\\n§': no\n    ^"),
            ("", 0..0, "no"),
        ] {
            assert_eq!(FormulaError::new("no", span).marked(text), shown, "{text:?}");
        }
    }

    #[test]
    fn a_long_formula_is_cut_around_its_mistake() {
        let text = format!("{}§{}", "x+".repeat(100), "+x".repeat(100));
        let marked = FormulaError::new("no", 200..202).marked(&text);
        let [line, carets] = marked.lines().collect::<Vec<_>>()[..] else { panic!("two lines: {marked}") };
        let below = line.chars().nth(carets.chars().count() - 1);
        assert!(line.chars().count() < 110 && below == Some('§'), "{marked}");
    }
}
