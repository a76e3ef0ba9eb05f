//! PNG: the pixels of a picture that stands still.

use anyhow::Context as _;
use image::RgbaImage;

use super::{Made, Make, Still};
use crate::export::png::encode;
use crate::jobs::Parts;

/// Paints the picture, then packs its pixels.
pub(super) fn make(still: Still) -> Make {
    let mut painted = None;
    Box::new(move || match painted.take() {
        None => {
            painted = Some(still.picture()?);
            Ok(Made::Parts(Parts { made: 1, all: 2 }))
        }
        Some(picture) => Ok(Made::Whole(encoded(&picture)?)),
    })
}

/// The bytes of a PNG file with these pixels.
pub(in crate::app) fn encoded(picture: &RgbaImage) -> anyhow::Result<Vec<u8>> {
    let pixels = picture.as_raw().as_chunks().0;
    encode([picture.width(), picture.height()], pixels).context("the picture could not be encoded as PNG")
}
