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

/// Refuses what is not a table but a text of another form under a wrong name.
pub(super) fn refuse_other_forms(text: &str) -> Result<(), TableFault> {
    let begin = text.trim_start();
    let is_page = |begin: &str| {
        let begin: String = begin.chars().take(16).collect::<String>().to_lowercase();
        ["<!doctype", "<html", "<?xml", "<table", "<svg"].iter().any(|tag| begin.starts_with(tag))
    };
    // A list or an object of JSON: no line of numbers begins so.
    let is_json = begin.starts_with('{')
        || begin.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"']));
    let form = match () {
        () if is_json => "JSON",
        () if is_page(begin) => "a page in HTML or XML",
        () if begin.starts_with("%PDF-") => "a document in PDF",
        () => return Ok(()),
    };
    Err(TableFault::OtherForm { form })
}

/// The text with `#` before each comment: `%`, `//` and `!` mean the same at the beginning of a line.
pub(super) fn with_one_comment_sign(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_comment = |line: &str| ["%", "//", "!"].iter().any(|sign| line.trim_start().starts_with(sign));
    if !text.lines().any(is_comment) {
        return text;
    }
    let mut plain = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        if is_comment(line) {
            plain.push('#');
            plain.push_str(line.trim_start());
        } else {
            plain.push_str(line);
        }
    }
    Cow::Owned(plain)
}
