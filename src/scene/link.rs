//! A scene as a link: its text, deflated, in letters that addresses, messages and codes leave alone.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::VERSION;
use crate::landscapes::excerpt::excerpt;

/// How links begin; the version of the scene and its text follow.
const SCHEME: &str = "taylorscope:";
/// No longer link is read, and no longer text out of one, in bytes.
const LONGEST: [usize; 2] = [1 << 20, 4 << 20];

/// The link of a text.
pub fn link(text: &str) -> String {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
    // Memory refuses nothing.
    let _ = deflated.write_all(text.as_bytes());
    format!("{SCHEME}{VERSION}:{}", URL_SAFE_NO_PAD.encode(deflated.finish().unwrap_or_default()))
}

/// Whether a text is meant as a link.
pub fn is_link(text: &str) -> bool {
    text.trim_start().starts_with(SCHEME)
}

/// The text of a link, which may have been broken into lines.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn text_of_link(link: &str) -> Result<String, String> {
    let [most, most_text] = LONGEST;
    if link.len() > most {
        return Err("this link is longer than 1 MB\nopen a file instead".to_owned());
    }
    let letters: String = link.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (version, letters) = letters
        .strip_prefix(SCHEME)
        .and_then(|rest| rest.split_once(':'))
        .ok_or_else(|| format!("'{}' is no link of a scene: it begins with {SCHEME}{VERSION}:", excerpt(link)))?;
    if version != VERSION.to_string() {
        return Err(format!(
            "this link has version '{}', and this program reads version {VERSION}\nopen it with a newer Taylorscope",
            excerpt(version)
        ));
    }
    let broken = || "this link is broken\ncopy it again, from its first letter to its last".to_owned();
    let text = inflated(letters, most_text).ok_or_else(broken)?;
    if text.len() > most_text {
        return Err("this link holds more than 4 MB\nopen a file instead".to_owned());
    }
    String::from_utf8(text).map_err(|_| broken())
}

/// What the letters of a link hold, at most a byte more than `most`.
fn inflated(letters: &str, most: usize) -> Option<Vec<u8>> {
    let deflated = URL_SAFE_NO_PAD.decode(letters).ok()?;
    let mut text = Vec::new();
    DeflateDecoder::new(deflated.as_slice()).take(most as u64 + 1).read_to_end(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_its_text_in_letters_that_no_address_changes() {
        for text in ["", "landscape = \"bowl\"\nruns = [\"gd\"]", &"η = 1\n".repeat(10_000)] {
            let link = link(text);
            assert!(link.chars().all(|letter| letter.is_ascii_alphanumeric() || ":-_".contains(letter)), "{link}");
            assert_eq!(text_of_link(&link).as_deref(), Ok(text));
            let broken: String = link.chars().flat_map(|letter| [letter, '\n']).collect();
            assert_eq!(text_of_link(&broken).as_deref(), Ok(text), "in lines");
        }
    }

    #[test]
    fn what_is_wrong_with_a_link_is_said_and_none_grows_beyond_its_bound() {
        let bomb = link(&"0".repeat(5 << 20));
        assert!(bomb.len() < 10_000, "short, and inflated more than is read");
        let whole = link("landscape = \"bowl\"");
        for (text, words) in [
            (bomb.as_str(), "more than 4 MB"),
            (&whole[..whole.len() - 6], "broken"),
            ("taylorscope:1:!!", "broken"),
            ("taylorscope:7:abc", "newer Taylorscope"),
            ("taylorscope:", "no link"),
            (&format!("taylorscope:1:{}", "A".repeat(2 << 20)), "longer than 1 MB"),
        ] {
            let said = text_of_link(text).unwrap_err();
            assert!(said.contains(words), "{}: {said}", excerpt(text));
        }
    }
}
