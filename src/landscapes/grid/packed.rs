//! The losses of a grid in the text of a scene: a list while they are few, else their count and compressed bytes,
//! written as letters.

use std::fmt;
use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serialize as _, Serializer};

use super::MAX_SIDE;

/// Nobody reads more of them, as a list.
const LISTED: usize = 4096;
/// Bytes of the largest grid, and of its number.
const MOST: u64 = 8 + 8 * (MAX_SIDE * MAX_SIDE) as u64;

/// Writes losses.
pub(super) fn serialize<S: Serializer>(losses: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    if losses.len() <= LISTED {
        return losses.serialize(serializer);
    }
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Memory refuses nothing. A text that is cut off holds fewer than it says.
    let _ = deflated.write_all(&(losses.len() as u64).to_le_bytes());
    let _ = losses.iter().try_for_each(|loss| deflated.write_all(&loss.to_le_bytes()));
    serializer.serialize_str(&STANDARD.encode(deflated.finish().unwrap_or_default()))
}

/// Reads them, in either form.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
    deserializer.deserialize_any(Losses)
}

struct Losses;

impl<'de> Visitor<'de> for Losses {
    type Value = Vec<f64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of losses, or the text in which they were written")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<f64>, A::Error> {
        let mut losses = Vec::new();
        while let Some(loss) = list.next_element()? {
            losses.push(loss);
        }
        Ok(losses)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<f64>, E> {
        let broken =
            || E::custom("the text of these losses is broken: save the scene again, or open the file of the grid");
        let deflated = STANDARD.decode(text).map_err(|_| broken())?;
        let mut bytes = Vec::new();
        let inflated = ZlibDecoder::new(deflated.as_slice()).take(MOST + 1).read_to_end(&mut bytes);
        let (words, rest) = bytes.as_chunks::<8>();
        let Some((count, losses)) = words.split_first() else { return Err(broken()) };
        let is_whole = inflated.is_ok() && rest.is_empty() && u64::from_le_bytes(*count) == losses.len() as u64;
        if !is_whole || bytes.len() as u64 > MOST {
            return Err(broken());
        }
        Ok(losses.iter().copied().map(f64::from_le_bytes).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::GridSpec;
    use super::*;

    fn spec(side: usize) -> GridSpec {
        let loss = |place: usize| if place % 97 == 5 { f64::NAN } else { 0.1 * place as f64 };
        let (x, y) = ([0.0, 1.0], [-1.0, 0.5]);
        GridSpec {
            file: "a.npy".into(),
            x,
            y,
            columns: side,
            losses: (0..side * side).map(loss).collect(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn losses_read_back_to_the_bit_in_either_form() {
        for (side, is_list) in [(4, true), (64, true), (65, false)] {
            let text = toml::to_string(&spec(side)).unwrap();
            assert_eq!(text.contains("losses = ["), is_list, "{side}");
            assert_eq!(toml::from_str::<GridSpec>(&text).unwrap(), spec(side), "{side}");
        }
        assert_eq!(
            toml::from_str::<GridSpec>(&toml::to_string(&spec(4)).unwrap().replace("0.1,", "1,")).unwrap().columns,
            4
        );
    }

    #[test]
    fn a_broken_text_is_refused_and_none_grows_beyond_its_bound() {
        let packed = |bytes: &[u8]| {
            let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
            deflated.write_all(bytes).unwrap();
            STANDARD.encode(deflated.finish().unwrap())
        };
        let bomb = packed(&vec![0; MOST as usize + 8]);
        let words =
            |words: &[u64]| packed(words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>().as_slice());
        let whole = toml::to_string(&spec(65)).unwrap();
        let whole = whole.split("losses = \"").nth(1).unwrap().split('"').next().unwrap();
        for text in
            ["?", "AAAA", &packed(&[1, 2, 3]), &words(&[7, 1]), &bomb, &whole[..whole.len() / 8 * 4], &whole[4..]]
        {
            let whole = format!("file = \"a\"\nx = [0, 1]\ny = [0, 1]\ncolumns = 4\nlosses = \"{text}\"\n");
            let said = toml::from_str::<GridSpec>(&whole).unwrap_err().to_string();
            assert!(said.contains("the text of these losses is broken"), "{said:.300}");
        }
    }
}
