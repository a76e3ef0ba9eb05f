//! JSON with our numbers: shortest digits, and `null` where a number is not finite.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::push_number;
use crate::landscapes::excerpt::is_harmful;

/// Writes one JSON document on one line.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Shortest))?;
    Ok(())
}

/// The compact format, with numbers spelled as in every other output.
struct Shortest;

impl Formatter for Shortest {
    /// Finite numbers only: the serializer itself writes `null` for the others.
    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        let mut text = Vec::with_capacity(24);
        // A zero without its sign, which would only be asked about.
        push_number(&mut text, value + 0.0);
        out.write_all(&text)
    }

    /// JSON itself escapes only some of what a terminal would obey.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for part in fragment.split_inclusive(is_harmful) {
            let last = part.chars().next_back().filter(|last| is_harmful(*last));
            out.write_all(&part.as_bytes()[..part.len() - last.map_or(0, char::len_utf8)])?;
            for unit in last.iter().flat_map(|last| last.encode_utf16(&mut [0; 2]).to_vec()) {
                write!(out, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_back_and_is_harmless_to_a_terminal() {
        for text in ["", "x²+y", "a\u{1b}[31m\n\"\\", "\u{9b}2J\u{7f}", "a\u{202e}b\u{2066}", "\u{e0041}\u{1f4a5}é"] {
            let mut written = Vec::new();
            write(&mut written, &text).unwrap();
            let written = String::from_utf8(written).unwrap();
            assert!(!written.contains(is_harmful), "{text:?}: {written:?}");
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text, "{written}");
        }
    }
}
