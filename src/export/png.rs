//! Pictures that are a grid of colors, as PNG files.

use std::io::{self, Cursor};

use image::{ImageFormat, RgbImage};

/// The bytes of a PNG file with these pixels, three bytes each, the uppermost row first.
///
/// # Errors
/// If there are more or fewer bytes than the size says, or the picture cannot be encoded.
pub fn encode(width: u32, height: u32, pixels: Vec<u8>) -> io::Result<Vec<u8>> {
    let picture = RgbImage::from_raw(width, height, pixels)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the picture has another size"))?;
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_reads_back_and_a_wrong_size_is_refused() {
        let pixels = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
        let bytes = encode(2, 2, pixels.clone()).unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().into_rgb8().into_raw(), pixels);
        assert!(encode(3, 2, vec![0; 12]).is_err());
    }
}
