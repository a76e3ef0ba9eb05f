//! A moving picture as an animated PNG: every color as it is; it loops forever.

use std::io::{self, Write};

use png::{BitDepth, BlendOp, ColorType, DisposeOp, Encoder, Filter, Writer};

use super::png::refused;
use super::sequence::{Page, Pixels, Sequence};
use super::spool::Spool;

/// An animated PNG in the making.
pub struct Apng {
    writer: Option<Writer<Spool>>,
    /// What is written so far.
    bytes: Spool,
    before: Option<Pixels>,
}

impl Apng {
    /// One of this many pixels and frames.
    ///
    /// # Errors
    /// If it has none, or the disk refuses.
    pub fn begin([width, height]: [u32; 2], frames: usize) -> io::Result<Self> {
        let bytes = Spool::new();
        let mut encoder = Encoder::new(bytes.clone(), width, height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        // As in a single picture.
        encoder.set_filter(Filter::NoFilter);
        encoder.set_animated(u32::try_from(frames).unwrap_or(u32::MAX), 0).map_err(refused)?;
        encoder.set_blend_op(BlendOp::Source).map_err(refused)?;
        encoder.set_dispose_op(DisposeOp::None).map_err(refused)?;
        Ok(Self { writer: Some(encoder.write_header().map_err(refused)?), bytes, before: None })
    }
}

impl Sequence for Apng {
    fn add(&mut self, page: &Page) -> io::Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let pixels = &page.pixels;
        writer.set_frame_delay(page.hundredths, 100).map_err(refused)?;
        let mut changed = [0, 0, pixels.size[0], pixels.size[1]];
        if let Some(before) = &self.before {
            // What stays as it was is not written again.
            changed = pixels.changed_since(before);
            let [left, top, width, height] = changed;
            writer.reset_frame_position().map_err(refused)?;
            writer.set_frame_dimension(width, height).map_err(refused)?;
            writer.set_frame_position(left, top).map_err(refused)?;
        }
        let colors: Vec<[u8; 3]> = pixels.within(changed).collect();
        writer.write_image_data(colors.as_flattened()).map_err(refused)?;
        self.before = Some(pixels.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(writer) = self.writer.take() else { return Ok(()) };
        writer.finish().map_err(refused)?;
        self.bytes.copy_to(out)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use png::Decoder;

    use super::*;

    fn page(place: usize, hundredths: u16) -> Page {
        let ink = |at: usize| if at % 16 == 2 * place { [place as u8, 200, 7] } else { [250; 3] };
        let pixels = Pixels { size: [16, 9], rgb: (0..16 * 9).map(ink).collect() };
        Page { pixels, title: String::new(), notes: String::new(), hundredths }
    }

    #[test]
    fn every_frame_reads_back_with_its_time() {
        let pages = [page(0, 20), page(1, 20), page(1, 20), page(7, 200)];
        let mut apng = Apng::begin([16, 9], pages.len()).unwrap();
        for page in &pages {
            apng.add(page).unwrap();
        }
        let mut bytes = Vec::new();
        apng.finish(&mut bytes).unwrap();
        let mut reader = Decoder::new(Cursor::new(bytes)).read_info().unwrap();
        let control = *reader.info().animation_control().unwrap();
        assert_eq!((control.num_frames, control.num_plays), (4, 0), "it loops forever");
        let mut canvas = vec![[0; 3]; 16 * 9];
        for (place, page) in pages.iter().enumerate() {
            let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut buffer).unwrap();
            let frame = *reader.info().frame_control().unwrap();
            assert_eq!((frame.delay_num, frame.delay_den), (page.hundredths, 100), "frame {place}");
            assert_eq!((frame.blend_op, frame.dispose_op), (BlendOp::Source, DisposeOp::None), "frame {place}");
            for (at, color) in buffer.as_chunks::<3>().0.iter().take((frame.width * frame.height) as usize).enumerate()
            {
                let (x, y) = (at as u32 % frame.width + frame.x_offset, at as u32 / frame.width + frame.y_offset);
                canvas[(y * 16 + x) as usize] = *color;
            }
            assert!(canvas == page.pixels.rgb, "frame {place}");
        }
    }
}
