//! Pictures that follow each other in one file: the frames of a moving picture, the pages of a deck.

use std::io::{self, Write};

use super::png;
use crate::drawing::FrameChoice;

/// The pixels of a picture, without transparency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width and height.
    pub size: [u32; 2],
    /// Red, green and blue of each, the uppermost row first.
    pub rgb: Vec<[u8; 3]>,
}

impl Pixels {
    /// The bytes of a PNG file with them.
    ///
    /// # Errors
    /// If there are more or fewer pixels than the size says.
    pub(super) fn png(&self) -> io::Result<Vec<u8>> {
        let opaque: Vec<[u8; 4]> = self.rgb.iter().map(|&[red, green, blue]| [red, green, blue, u8::MAX]).collect();
        png::encode(self.size, &opaque)
    }

    /// The smallest rectangle, as its left, top, width and height, outside of which a picture of the same size is the same;
    /// one pixel where it is the same everywhere.
    pub(super) fn changed_since(&self, before: &Self) -> [u32; 4] {
        let width = self.size[0].max(1) as usize;
        let rows = || self.rgb.chunks(width).zip(before.rgb.chunks(width)).enumerate();
        let differing = || rows().filter(|(_, (new, old))| new != old);
        let (Some((top, _)), Some((bottom, _))) = (differing().next(), differing().next_back()) else {
            return [0, 0, 1, 1];
        };
        let [mut left, mut right] = [width, 0];
        for (_, (new, old)) in differing() {
            let is_other = |(new, old): (&[u8; 3], &[u8; 3])| new != old;
            left = left.min(new.iter().zip(old).position(is_other).unwrap_or(width));
            right = right.max(new.iter().zip(old).rposition(is_other).unwrap_or(0));
        }
        [left, top, right + 1 - left, bottom + 1 - top].map(|number| number as u32)
    }

    /// The pixels within a rectangle: its left, top, width and height.
    pub(super) fn within(&self, [left, top, width, height]: [u32; 4]) -> impl Iterator<Item = [u8; 3]> + '_ {
        let rows = self.rgb.chunks(self.size[0].max(1) as usize);
        let columns = left as usize..(left + width) as usize;
        rows.skip(top as usize).take(height as usize).flat_map(move |row| row[columns.clone()].iter().copied())
    }
}

/// One of the pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What is seen.
    pub pixels: Pixels,
    /// What it shows, in a line.
    pub title: String,
    /// The notes on it, a paragraph per line.
    pub notes: String,
    /// How long it is seen, in hundredths of a second, where it moves.
    pub hundredths: u16,
}

/// A file that is made of pictures, one after another; it holds no more of them than it must.
pub trait Sequence: Send {
    /// The next picture; all are of one size.
    ///
    /// # Errors
    /// What the disk says.
    fn add(&mut self, page: &Page) -> io::Result<()>;

    /// Writes the file; nothing is added after that.
    ///
    /// # Errors
    /// What the disk or the writer says.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// For how long each of `count` frames is seen at this many a second, in hundredths of a second; the last for two seconds.
///
/// What is rounded off one frame the next ones have more, so that a second lasts a second.
pub fn hundredths(count: usize, per_second: f64) -> Vec<u16> {
    let held = (100.0 * FrameChoice::HELD) as u16;
    let until = |frame: usize| (100.0 * frame as f64 / per_second).round();
    let seen = |frame: usize| if frame + 1 < count { (until(frame + 1) - until(frame)) as u16 } else { held };
    (0..count).map(seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_changed_is_kept() {
        let paper = Pixels { size: [4, 3], rgb: vec![[255; 3]; 12] };
        assert_eq!(paper.changed_since(&paper), [0, 0, 1, 1], "nothing");
        let mut drawn = paper.clone();
        drawn.rgb[6] = [0; 3];
        assert_eq!(drawn.changed_since(&paper), [2, 1, 1, 1], "one pixel");
        drawn.rgb[9] = [9; 3];
        let changed = drawn.changed_since(&paper);
        assert_eq!(changed, [1, 1, 2, 2], "the rectangle around two");
        assert_eq!(drawn.within(changed).collect::<Vec<_>>(), [[255; 3], [0; 3], [9; 3], [255; 3]], "its pixels");
    }

    #[test]
    fn a_second_lasts_a_second() {
        assert_eq!(hundredths(4, 3.0), [33, 34, 33, 200]);
        assert_eq!(hundredths(1, 5.0), [200]);
        for per_second in [0.1, 0.7, 3.0, 7.0, 24.0, 50.0] {
            let seen = hundredths(301, per_second);
            let whole: u32 = seen[..300].iter().copied().map(u32::from).sum();
            assert!((f64::from(whole) - 30_000.0 / per_second).abs() <= 0.5, "{per_second} a second: {whole}");
            assert!(
                seen.iter().all(|hundredths| *hundredths >= 2),
                "{per_second}: a browser slows down what is faster"
            );
        }
    }
}
