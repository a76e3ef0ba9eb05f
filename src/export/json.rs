//! JSON with our numbers: shortest digits, and `null` where a number is not finite.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::push_number;

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
        push_number(&mut text, value);
        out.write_all(&text)
    }
}
