//! Where a line of words may end: not within (1, −0.5) or η/(1 − β), nor before a sign, and after one only where it must.

use super::Bond;

/// Words in parentheses that are no longer than this, in characters, are not torn apart if they are mathematics.
const LONGEST: usize = 32;
/// Words of mathematics with more letters than a name has.
const FUNCTIONS: [&str; 8] = ["max", "min", "tanh", "exp", "log", "sin", "cos", "sign"];

/// How firmly the words hold together at each of the spaces between them.
pub(super) fn bonds(text: &str) -> Vec<Bond> {
    let mut bonds = Vec::new();
    let mut from = 0;
    let end_of = |from: usize| text[from..].find(|c: char| c.is_ascii_whitespace()).map_or(text.len(), |to| from + to);
    while end_of(from) < text.len() {
        let end = end_of(from);
        let (before, after) = (&text[from..end], &text[end + 1..end_of(end + 1)]);
        let is_enclosed = is_enclosed(text, end);
        bonds.push(match before {
            _ if is_enclosed || sign(after).is_some() || is_unit(after) => Bond::Enclosed,
            before => sign(before).unwrap_or(Bond::Free),
        });
        from = end + 1;
    }
    bonds
}

/// Whether a word stands with the number before it.
fn is_unit(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| ",.:;)".contains(c));
    word.starts_with('%') || ["kB", "MB", "GB", "TB", "EB"].contains(&word)
}

/// How firmly a word that is a sign holds to what follows.
fn sign(word: &str) -> Option<Bond> {
    match word {
        "=" | "<" | ">" | "≈" | "≤" | "≥" => Some(Bond::Relation),
        "+" | "−" | "·" | "×" | "/" => Some(Bond::Operation),
        _ => None,
    }
}

/// Whether a place lies within parentheses around mathematics.
fn is_enclosed(text: &str, at: usize) -> bool {
    let Some(open) = text[..at].rfind(['(', ')']).filter(|open| text[*open..].starts_with('(')) else { return false };
    let Some(close) = text[at..].find(['(', ')']).map(|close| at + close) else { return false };
    let inside = &text[open + 1..close];
    let words = inside.split(|c: char| !c.is_alphabetic());
    let is_prose = |word: &str| word.chars().count() > 2 && !FUNCTIONS.contains(&word);
    text[close..].starts_with(')') && inside.chars().count() <= LONGEST && !words.into_iter().any(is_prose)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with ~ where a line should not end.
    fn tied(text: &str) -> String {
        let mut bonds = bonds(text).into_iter();
        let tie = |c: char| match c {
            ' ' => match bonds.next().unwrap() {
                Bond::Free => ' ',
                Bond::Enclosed => '~',
                Bond::Relation => '=',
                Bond::Operation => '-',
            },
            c => c,
        };
        text.chars().map(tie).collect()
    }

    #[test]
    fn mathematics_in_words_holds_together() {
        for (text, expected) in [
            ("from (1, −0.5) to", "from (1,~−0.5) to"),
            ("to η/(1 − β), ten times", "to η/(1~−~β), ten times"),
            ("with η = 0.05 it is", "with η~==0.05 it is"),
            ("falls by 4 · 0.8 = 3.2. Will", "falls by 4~·-0.8~==3.2. Will"),
            ("within 10 % of it", "within 10~% of it"),
            ("anywhere: 4 TB, where", "anywhere: 4~TB, where"),
            ("methods (sign descent, Adam) help", "methods (sign descent, Adam) help"),
            ("max(0, w₁x) is", "max(0,~w₁x) is"),
            ("", ""),
        ] {
            assert_eq!(tied(text), expected);
        }
    }
}
