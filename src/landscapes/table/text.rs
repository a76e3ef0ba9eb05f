//! Text out of bytes: UTF-8, or UTF-16 that says so; every line ends with a line feed.

use std::borrow::Cow;

use super::TableFault;

/// The text, and what is to be said of its encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), TableFault> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.map(Cow::Owned).map_err(|_| TableFault::NotText)
    };
    let (text, note) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (wide(rest, u16::from_le_bytes)?, Some("the text was read as UTF-16")),
        [0xFE, 0xFF, rest @ ..] => (wide(rest, u16::from_be_bytes)?, Some("the text was read as UTF-16")),
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            (Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| TableFault::NotText)?), None)
        }
    };
    // A zero is in no text that the user wrote.
    if text.contains('\0') {
        return Err(TableFault::NotText);
    }
    let text = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text };
    Ok((text, note))
}
