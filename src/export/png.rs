//! Pictures that are a grid of colors, as PNG files: no color is changed, and few of them become a palette.

use std::collections::BTreeSet;
use std::io;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

/// Colors that a palette has room for.
const MOST: usize = 256;
/// How hard it is packed, from 1 to 9: more takes several times as long for a fiftieth.
const LEVEL: u8 = 6;

/// The bytes of a PNG file with these pixels: red, green, blue and opacity, not premultiplied, the uppermost row first.
///
/// # Errors
/// If there are more or fewer pixels than the size says, or none.
pub fn encode([width, height]: [u32; 2], pixels: &[[u8; 4]]) -> io::Result<Vec<u8>> {
    if pixels.len() as u64 != u64::from(width) * u64::from(height) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the picture has another size"));
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    // Drawn areas repeat themselves to the bit, which differences to neighbors would hide.
    encoder.set_filter(Filter::NoFilter);
    let is_opaque = pixels.iter().all(|pixel| pixel[3] == u8::MAX);
    let rows = if let Some(palette) = palette(pixels) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette.iter().flat_map(|color| [color[0], color[1], color[2]]).collect::<Vec<u8>>());
        if !is_opaque {
            encoder.set_trns(palette.iter().map(|color| color[3]).collect::<Vec<u8>>());
        }
        places(pixels, &palette)
    } else if is_opaque {
        encoder.set_color(ColorType::Rgb);
        pixels.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]).collect()
    } else {
        encoder.set_color(ColorType::Rgba);
        pixels.as_flattened().to_vec()
    };
    let mut writer = encoder.write_header().map_err(refused)?;
    writer.write_image_data(&rows).map_err(refused)?;
    writer.finish().map_err(refused)?;
    Ok(bytes)
}

/// What the encoder says, as an error of the disk where it is one.
pub(super) fn refused(error: EncodingError) -> io::Error {
    match error {
        EncodingError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// The colors in order, if a palette has room for all of them.
fn palette(pixels: &[[u8; 4]]) -> Option<Vec<[u8; 4]>> {
    let mut colors = BTreeSet::new();
    let mut last = None;
    for pixel in pixels {
        if last.replace(pixel) != Some(pixel) && colors.insert(*pixel) && colors.len() > MOST {
            return None;
        }
    }
    Some(colors.into_iter().collect())
}

/// The place of every color in the palette.
fn places(pixels: &[[u8; 4]], palette: &[[u8; 4]]) -> Vec<u8> {
    let (mut last, mut place) = (None, 0);
    let place_of = |pixel: &[u8; 4]| {
        if last.replace(*pixel) != Some(*pixel) {
            // Every one of them is in it, and there are no more than a byte can count.
            place = palette.binary_search(pixel).unwrap_or_default() as u8;
        }
        place
    };
    pixels.iter().map(place_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What another reader makes of it, and how its colors are kept.
    fn read(bytes: &[u8]) -> (Vec<[u8; 4]>, ColorType) {
        let pixels = image::load_from_memory(bytes).unwrap().into_rgba8();
        let reader = png::Decoder::new(io::Cursor::new(bytes)).read_info().unwrap();
        (pixels.into_raw().as_chunks().0.to_vec(), reader.info().color_type)
    }

    #[test]
    fn a_picture_reads_back_in_the_shortest_form_that_has_its_colors() {
        let shades = |count: u32, opacity: u8| -> Vec<[u8; 4]> {
            (0..2 * count).map(|at| [(at % count) as u8, (at % count / 256) as u8, 7, opacity]).collect()
        };
        let mut with_a_hole = shades(20, 255);
        with_a_hole[3] = [1, 2, 3, 0];
        for (pixels, form) in [
            (shades(2, 255), ColorType::Indexed),
            (shades(256, 255), ColorType::Indexed),
            (shades(257, 255), ColorType::Rgb),
            (with_a_hole, ColorType::Indexed),
            (shades(257, 128), ColorType::Rgba),
        ] {
            let bytes = encode([pixels.len() as u32 / 2, 2], &pixels).unwrap();
            assert!(read(&bytes) == (pixels.clone(), form), "{form:?} of {}", pixels.len());
        }
    }

    #[test]
    fn a_wrong_size_is_refused() {
        for size in [[3, 2], [0, 0], [0, 4]] {
            assert!(encode(size, &[[0; 4]; 4]).is_err(), "{size:?}");
        }
        assert!(encode([0, 4], &[]).is_err(), "no picture at all");
    }
}
