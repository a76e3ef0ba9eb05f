//! Quotes of what was typed or read: short, on one line, and harmless to a terminal.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The most characters that a message quotes of a text.
pub const MOST: usize = 80;

/// What messages call the file `-`.
pub const STANDARD_INPUT: &str = "standard input";

/// The text itself, or its two ends with `…` between them where it has more than [`MOST`] characters.
///
/// What would move a terminal's cursor, break the line or turn its direction is escaped as in Rust: `\n`, `\u{1b}`.
pub fn excerpt(text: &str) -> String {
    short(text, MOST)
}

/// As [`excerpt`], at most `most` characters.
pub fn short(text: &str, most: usize) -> String {
    if let Some(whole) = whole(text, most) {
        return whole;
    }
    let half = most / 2;
    let head = fitting(text.chars(), most - half - 1);
    let tail: Vec<String> = fitting(text.chars().rev(), half);
    format!("{}…{}", head.concat(), tail.into_iter().rev().collect::<String>())
}

/// As [`excerpt`], of a file's name.
pub fn of_path(path: &Path) -> String {
    excerpt(&path_text(path))
}

/// A file's name as text: bytes that are not UTF-8 are written `\xff`, and [`path_of`] reads them again.
pub fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// The file whose name is written with bytes that are not text; `None` where there are none in it.
#[cfg(unix)]
pub fn path_of(text: &str) -> Option<PathBuf> {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;
    let byte = |rest: &str| rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let mut parts = text.split("\\x");
    let mut name = parts.next()?.as_bytes().to_vec();
    let mut has_byte = false;
    for part in parts {
        match byte(part).filter(|byte| !byte.is_ascii()) {
            Some(byte) => {
                name.push(byte);
                name.extend(&part.as_bytes()[2..]);
                has_byte = true;
            }
            None => name.extend([b"\\x", part.as_bytes()].concat()),
        }
    }
    has_byte.then(|| PathBuf::from(OsString::from_vec(name)))
}

/// `None`: on this system every name is text.
#[cfg(not(unix))]
pub fn path_of(_: &str) -> Option<PathBuf> {
    None
}

/// A text of any length, escaped as in [`excerpt`] but for its line breaks.
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' { shown.push(c) } else { push(&mut shown, c) }
    }
    shown
}

/// The part of a text around `place` (bytes), `message` behind it, and on the next line carets under the place; the
/// column where the text had to be cut. Only the message where there is no text.
///
/// The text comes first, so that a line broken by a narrow terminal leaves the carets where they belong.
pub fn marked(text: &str, place: Range<usize>, message: &str) -> String {
    if text.trim().is_empty() {
        return message.to_owned();
    }
    let start = text.floor_char_boundary(place.start);
    let end = text.floor_char_boundary(place.end.max(start));
    let Some(shown) = whole(text, MOST) else { return cut(text, start..end, message) };
    let indent = 1 + width(&text[..start]);
    format!("'{shown}': {message}\n{}", carets(indent, width(&text[start..end])))
}

fn cut(text: &str, place: Range<usize>, message: &str) -> String {
    let (left, right) = text.split_at(place.start);
    let mut before = fitting(left.chars().rev(), MOST / 2 - 1);
    before.reverse();
    let after = fitting(right.chars(), MOST / 2 - 1);
    let is_cut = |shown: &[String], all: &str| if shown.len() < all.chars().take(MOST).count() { "…" } else { "" };
    let (head, tail) = (is_cut(&before, left), is_cut(&after, right));
    let (before, indent) = (before.concat(), 1 + head.chars().count() + count(&before));
    let meant = after.len().min(text[place].chars().take(MOST).count());
    let carets = carets(indent, count(&after[..meant]));
    let column = left.chars().count() + 1;
    format!("'{head}{before}{}{tail}', column {column}: {message}\n{carets}", after.concat())
}

/// How many characters there are in all.
fn count(pieces: &[String]) -> usize {
    pieces.iter().map(|piece| piece.chars().count()).sum()
}

/// At least one caret, behind this many spaces.
fn carets(indent: usize, width: usize) -> String {
    " ".repeat(indent) + &"^".repeat(width.max(1))
}

/// The whole text as it is shown, if it has no more than `most` characters.
fn whole(text: &str, most: usize) -> Option<String> {
    let pieces = fitting(text.chars(), most);
    (pieces.len() == text.chars().take(most + 1).count()).then(|| pieces.concat())
}

/// How many characters a text has where it is shown.
fn width(text: &str) -> usize {
    text.chars().map(|c| shown(c).chars().count()).sum()
}

/// Characters as they are shown, as many as fit into `most`.
fn fitting(text: impl Iterator<Item = char>, most: usize) -> Vec<String> {
    let mut room = most;
    text.map_while(|c| {
        let piece = shown(c);
        room = room.checked_sub(piece.chars().count())?;
        Some(piece)
    })
    .collect()
}

fn shown(c: char) -> String {
    let mut text = String::new();
    push(&mut text, c);
    text
}

/// Appends a character, escaped where it has no shape of its own.
fn push(text: &mut String, c: char) {
    match c {
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        _ if is_harmful(c) => {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
        }
        _ => text.push(c),
    }
}

/// Whether a character would move a terminal's cursor, break the line, or change how others are shown.
pub fn is_harmful(c: char) -> bool {
    c.is_control() || is_formatting(c)
}

/// Whether a character only says how others are shown: marks of direction, separators of lines, joiners, a byte order
/// mark, tags. The joiners of emoji are among them: in a file's name they are more often a trap than a picture.
fn is_formatting(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_long_keeps_its_ends_and_what_is_harmful_is_escaped() {
        for (text, expected) in [
            ("bowl", "bowl"),
            ("", ""),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("1\n2\r\t\u{7}\u{9b}", "1\\n2\\r\\t\\u{7}\\u{9b}"),
            ("\u{202e}vsc.\u{2066}\u{200f}", "\\u{202e}vsc.\\u{2066}\\u{200f}"),
            ("caf\u{e9} e\u{301} 損失 D:\\a", "caf\u{e9} e\u{301} 損失 D:\\a"),
        ] {
            assert_eq!(excerpt(text), expected, "{text:?}");
        }
        let long = format!("a{}z", "7".repeat(100_000));
        let shown = excerpt(&long);
        assert!(shown.starts_with("a777") && shown.contains("7…7") && shown.ends_with("777z"), "{shown}");
        assert_eq!(shown.chars().count(), MOST, "no longer than that");
        assert_eq!(short("abcdefghij", 5), "ab…ij", "both ends");
        assert_eq!(escaped("a\nb\u{1b}c"), "a\nb\\u{1b}c", "line breaks stay");
        assert_eq!(of_path(Path::new("a\u{8}.csv")), "a\\u{8}.csv", "a file");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_written_and_read_again() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        for (bytes, written) in [
            (&b"a\xff.csv"[..], "a\\xff.csv"),
            (b"\xe9\xfe", "\\xe9\\xfe"),
            (b"caf\xc3\xa9 \xc3.npz", "caf\u{e9} \\xc3.npz"),
        ] {
            let path = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(path_text(path), written);
            assert_eq!(path_of(written).as_deref(), Some(path), "{written}");
        }
        for text in ["a.csv", "\\x41.csv", "\\xg0", "a\\x", "\\x\u{e9}"] {
            assert_eq!(path_of(text), None, "{text} is its own name");
        }
    }

    #[test]
    fn carets_stand_under_what_is_meant() {
        for (text, place, expected) in [
            ("1,abc", 2..5, "'1,abc': no\n   ^^^"),
            ("é,ö", 3..5, "'é,ö': no\n   ^"),
            ("1,2", 3..3, "'1,2': no\n    ^"),
            ("1\t,x", 3..4, "'1\\t,x': no\n     ^"),
            ("  ", 0..1, "no"),
        ] {
            assert_eq!(marked(text, place, "no"), expected, "{text:?}");
        }
        let far = format!("{}§{}", "1".repeat(70_000), "2".repeat(9));
        let said = marked(&far, 70_000..70_002, "no");
        assert!(said.starts_with("'…111") && said.contains("1§222222222', column 70001: no\n"), "{said}");
    }

    proptest! {
        #[test]
        fn quotes_are_one_harmless_line_and_carets_stand_below_the_place(text in any::<String>(), at in 0..300_usize, times in 1..40_usize) {
            let text = text.repeat(times);
            let shown = excerpt(&text);
            prop_assert!(shown.chars().count() <= MOST && !shown.contains(char::is_control), "{shown:?}");
            let said = marked(&text, at..at + 1, "no");
            if let Some((line, carets)) = said.split_once('\n') {
                prop_assert!(line.chars().count() <= MOST + 40 && carets.trim_start().starts_with('^'), "{said}");
                let below: String = line.chars().skip(carets.find('^').unwrap()).collect();
                let start = text.floor_char_boundary(at);
                let meant = text[start..].chars().next().map_or_else(|| "'".to_owned(), super::shown);
                prop_assert!(below.starts_with(&meant), "{said}: {meant}");
            }
        }
    }
}
