//! Characters that are written in many ways: hyphens, full-width forms, mathematical alphabets, letters of other alphabets
//! that look like Latin ones.

use std::ops::Range;

/// A text in the characters of the language, and where each of its bytes stands in the text as it was typed.
pub(super) struct Usual {
    pub(super) text: String,
    origins: Vec<usize>,
    /// Letters that were read as others, a sentence.
    pub(super) note: Option<String>,
}

impl Usual {
    /// Replaces characters that mean the same as others.
    pub(super) fn of(typed: &str) -> Self {
        let mut usual =
            Self { text: String::with_capacity(typed.len()), origins: Vec::with_capacity(typed.len() + 1), note: None };
        let mut replaced: Vec<(char, char)> = Vec::new();
        let mut start = 0;
        // Letters of one word are of one alphabet: a Cyrillic word is replaced as a whole or not at all.
        for run in typed.split_inclusive(|c: char| !c.is_alphabetic()) {
            let readable = run.chars().filter(|c| is_cyrillic(*c)).all(|c| look_alike(c).is_some());
            for (at, c) in run.char_indices() {
                let latin = look_alike(c).filter(|_| readable);
                replaced.extend(latin.map(|latin| (c, latin)).filter(|pair| !replaced.contains(pair)));
                let plain = latin.unwrap_or_else(|| plain(c));
                usual.text.push(plain);
                usual.origins.extend(std::iter::repeat_n(start + at, plain.len_utf8()));
            }
            start += run.len();
        }
        usual.origins.push(typed.len());
        usual.note = note(&replaced);
        usual
    }

    /// The bytes of the typed text that a part of this text stands for.
    pub(super) fn origin(&self, span: &Range<usize>) -> Range<usize> {
        let origin = |byte: usize| self.origins.get(byte).or(self.origins.last()).copied().unwrap_or(0);
        origin(span.start)..origin(span.end)
    }
}

/// "The letters х and у are Cyrillic: they were read as the Latin x and y".
fn note(replaced: &[(char, char)]) -> Option<String> {
    let pairs: Vec<String> = replaced
        .iter()
        .map(|(c, latin)| format!("the {} {c} as {latin}", if is_cyrillic(*c) { "Cyrillic" } else { "Greek" }))
        .collect();
    (!pairs.is_empty()).then(|| format!("Letters that look like Latin ones were read as these: {}.", pairs.join(", ")))
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// Cyrillic and Greek letters with the shape of a Latin one, which no formula means as letters of their own.
fn look_alike(c: char) -> Option<char> {
    const CYRILLIC: &str = "аaеeоoрpсcуyхxіiјjѕsһhԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅS";
    const GREEK: &str = "οoΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";
    let in_table = |table: &str| {
        let mut letters = table.chars();
        while let (Some(letter), Some(latin)) = (letters.next(), letters.next()) {
            if letter == c {
                return Some(latin);
            }
        }
        None
    };
    in_table(CYRILLIC).or_else(|| in_table(GREEK))
}

/// The character of the language that another one is only a form of, or the character itself.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '−' | '﹣' | '➖' | '˗' | '⁃' => '-',
        '﹢' | '➕' => '+',
        '∗' | '⁎' | '﹡' => '*',
        '×' | '⋅' | '∙' | '•' | '✕' | '✖' | '⨯' | '●' | '・' => '·',
        '÷' | '∕' | '⁄' | '➗' => '/',
        'ˆ' | '↑' => '^',
        '∣' | '❘' | 'ǀ' => '|',
        '⩽' | '≦' => '≤',
        '⩾' | '≧' => '≥',
        '、' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '⟼' | '↦' | '⇒' => '→',
        // Invisible: joiners, marks of direction, the invisible product.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2062}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => ' ',
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{1d400}'..='\u{1d7ff}' => mathematical(c).map_or(c, greek_form),
        _ => greek_form(c),
    }
}

/// The usual form of a Greek letter, and of a letter with a sign of its own.
fn greek_form(c: char) -> char {
    match c {
        'µ' => 'μ',
        '∆' => 'Δ',
        '\u{2126}' => 'Ω',
        'ϵ' => 'ε',
        'ϕ' => 'φ',
        'ϑ' => 'θ',
        'ϱ' => 'ρ',
        'ϰ' => 'κ',
        'ϖ' => 'π',
        'ς' => 'σ',
        'ϴ' => 'Θ',
        'ℯ' | 'ⅇ' => 'e',
        'ℎ' => 'h',
        'ℓ' => 'l',
        _ => c,
    }
}

/// The letter or digit of a mathematical alphabet: italic, bold, script.
fn mathematical(c: char) -> Option<char> {
    const LATIN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const GREEK: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";
    let code = u32::from(c);
    match code {
        0x1d400..=0x1d6a3 => LATIN.get((code - 0x1d400) as usize % LATIN.len()).map(|letter| char::from(*letter)),
        0x1d6a8..=0x1d7c9 => {
            let letter = GREEK.chars().nth((code - 0x1d6a8) as usize % 58)?;
            Some(look_alike(letter).unwrap_or(letter))
        }
        0x1d7ce..=0x1d7ff => char::from_digit((code - 0x1d7ce) % 10, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_become_the_usual_characters() {
        for (typed, usual) in [
            ("x‐y‑z‒a–b—c−d﹣e－f", "x-y-z-a-b-c-d-e-f"),
            ("（ｘ＋１）＊２", "(x+1)*2"),
            ("𝑥²+𝐲+𝜃+𝟚", "x²+y+θ+2"),
            ("a∗b⋅c•d×e÷f", "a*b·c·d·e/f"),
            ("х+у", "x+y"),
            ("сила", "сила"),
            ("µ+ϵ+ϕ", "μ+ε+φ"),
        ] {
            assert_eq!(Usual::of(typed).text, usual, "{typed}");
        }
    }

    #[test]
    fn places_are_those_of_the_typed_text() {
        let typed = "（𝑥−§）";
        let usual = Usual::of(typed);
        let at = usual.text.find('§').expect("kept");
        assert_eq!(&typed[usual.origin(&(at..at + 2))], "§", "after longer characters");
        assert_eq!(usual.origin(&(usual.text.len()..usual.text.len())), typed.len()..typed.len(), "the end");
    }

    #[test]
    fn only_letters_of_other_alphabets_are_noted() {
        assert_eq!(Usual::of("x − ｙ").note, None, "forms of the same letter");
        let note = Usual::of("х² + Αх").note.expect("two letters");
        assert!(note.contains("the Cyrillic х as x, the Greek Α as A"), "{note}");
    }
}
