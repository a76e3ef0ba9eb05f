//! What can be wrong with a typed formula, and the place in the text where it is.

use std::ops::Range;

/// A formula that cannot be read: what is wrong, and which part of the text to underline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    /// What is wrong and what to do, in one sentence that ends without a full stop.
    pub message: String,
    /// The bytes of the text that are meant; empty at its end where something is missing.
    pub span: Range<usize>,
}

/// As much of a long formula as stands in one line of a terminal.
const WINDOW: usize = 60;

impl FormulaError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span }
    }

    /// The text and the message, and below it carets under what is meant: two lines for the command line, one where nothing was
    /// typed.
    ///
    /// The text comes first, so that a line that is broken by a narrow terminal leaves the carets at their place.
    /// A long formula is cut to the neighborhood of the mistake.
    pub fn marked(&self, text: &str) -> String {
        if text.trim().is_empty() {
            return self.message.clone();
        }
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let column = |byte: usize| characters.partition_point(|(at, _)| *at < byte);
        let [first, last] = [self.span.start, self.span.end].map(column);
        let from = if characters.len() <= WINDOW { 0 } else { first.saturating_sub(WINDOW / 2) };
        let to = characters.len().min(from + WINDOW);
        // A line break or a tab would move the caret away.
        let shown: String = characters[from..to].iter().map(|(_, c)| if c.is_control() { ' ' } else { *c }).collect();
        let [head, tail] = [from > 0, to < characters.len()].map(|cut| if cut { "…" } else { "" });
        let indent = 1 + head.chars().count() + first - from;
        let carets = "^".repeat(last.min(to).saturating_sub(first).max(1));
        format!("'{head}{shown}{tail}': {}\n{:indent$}{carets}", self.message, "")
    }
}

/// A word as it stands in a message: not longer than a line can bear, and in one line.
pub(super) fn short(word: &str) -> String {
    let is_long = word.chars().nth(24).is_some();
    let shown = word.chars().take(if is_long { 23 } else { 24 }).map(|c| if c.is_control() { ' ' } else { c });
    shown.chain(is_long.then_some('…')).collect()
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
            ("x\n§", 2..4, "'x §': no\n   ^"),
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
        assert!(line.chars().count() < 70 && below == Some('§'), "{marked}");
    }
}
