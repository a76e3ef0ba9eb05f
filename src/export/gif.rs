//! A moving picture as a GIF: it loops forever, has one palette, so that nothing flickers, and no transparency.

use std::io::{self, Write};

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

use super::palette::Palette;
use super::sequence::{Page, Pixels, Sequence};
use super::spool::Spool;

/// A GIF in the making.
pub struct Gif {
    encoder: Option<Encoder<Spool>>,
    palette: Palette,
    before: Option<Pixels>,
}

impl Gif {
    /// One of this many pixels, in these colors.
    ///
    /// # Errors
    /// If it is too large for the format, or the disk refuses.
    pub fn begin(size: [u32; 2], palette: Palette) -> io::Result<Self> {
        let [width, height] = [side(size[0])?, side(size[1])?];
        let mut encoder = Encoder::new(Spool::new(), width, height, palette.bytes()).map_err(refused)?;
        encoder.set_repeat(Repeat::Infinite).map_err(refused)?;
        Ok(Self { encoder: Some(encoder), palette, before: None })
    }
}

/// A length as the format has it.
fn side(pixels: u32) -> io::Result<u16> {
    u16::try_from(pixels).map_err(|_| io::Error::other("a GIF has at most 65535 pixels along a side"))
}

fn refused(error: EncodingError) -> io::Error {
    match error {
        EncodingError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

impl Sequence for Gif {
    fn add(&mut self, page: &Page) -> io::Result<()> {
        let Some(encoder) = &mut self.encoder else { return Ok(()) };
        let pixels = &page.pixels;
        // What stays as it was is not written again.
        let whole = [0, 0, pixels.size[0], pixels.size[1]];
        let changed = self.before.as_ref().map_or(whole, |before| pixels.changed_since(before));
        let places: Vec<u8> = pixels.within(changed).map(|color| self.palette.place(color)).collect();
        let [left, top, width, height] = changed;
        let frame = Frame {
            delay: page.hundredths,
            dispose: DisposalMethod::Keep,
            transparent: None,
            left: side(left)?,
            top: side(top)?,
            width: side(width)?,
            height: side(height)?,
            buffer: places.into(),
            ..Frame::default()
        };
        encoder.write_frame(&frame).map_err(refused)?;
        self.before = Some(pixels.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(encoder) = self.encoder.take() else { return Ok(()) };
        encoder.into_inner().map_err(refused)?.copy_to(out)
    }
}

#[cfg(test)]
mod tests {
    use gif::{ColorOutput, DecodeOptions};

    use super::*;
    use crate::export::palette::Colors;
    use crate::export::sequence::hundredths;

    /// A square that walks to the right over paper.
    fn pages(count: usize) -> Vec<Page> {
        let page = |place: usize| {
            let ink = |at: usize| if at % 16 / 3 == place && at / 16 < 3 { [213, 94, 0] } else { [250, 250, 248] };
            let pixels = Pixels { size: [16, 9], rgb: (0..16 * 9).map(ink).collect() };
            Page { pixels, title: String::new(), notes: String::new(), hundredths: hundredths(count, 3.0)[place] }
        };
        (0..count).map(page).collect()
    }

    fn written(pages: &[Page]) -> Vec<u8> {
        let mut colors = Colors::default();
        for page in pages {
            colors.count(&page.pixels);
        }
        let mut gif = Gif::begin(pages[0].pixels.size, colors.palette()).unwrap();
        for page in pages {
            gif.add(page).unwrap();
        }
        let mut bytes = Vec::new();
        gif.finish(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn every_frame_reads_back_with_its_time() {
        let pages = pages(4);
        let bytes = written(&pages);
        assert!(bytes == written(&pages), "the same bytes each time");
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::Indexed);
        let mut reader = options.read_info(bytes.as_slice()).unwrap();
        assert_eq!(reader.repeat(), Repeat::Infinite, "it loops forever");
        let palette: Vec<[u8; 3]> = reader.global_palette().unwrap().as_chunks().0.to_vec();
        let mut canvas = vec![[0; 3]; 16 * 9];
        let mut seen = Vec::new();
        while let Some(frame) = reader.read_next_frame().unwrap() {
            assert_eq!((frame.transparent, frame.dispose), (None, DisposalMethod::Keep), "frame {}", seen.len());
            let width = usize::from(frame.width);
            for (place, index) in frame.buffer.iter().enumerate() {
                let at = (usize::from(frame.top) + place / width) * 16 + usize::from(frame.left) + place % width;
                canvas[at] = palette[usize::from(*index)];
            }
            assert!(canvas == pages[seen.len()].pixels.rgb, "frame {}", seen.len());
            seen.push(frame.delay);
        }
        assert_eq!(seen, [33, 34, 33, 200], "and the last is held");
    }

    #[test]
    fn what_the_format_has_no_room_for_is_refused() {
        let error = Gif::begin([70_000, 9], Colors::default().palette()).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("a GIF has at most 65535 pixels along a side"));
    }
}
