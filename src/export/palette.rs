//! The 256 colors of a GIF: what is often seen keeps its color, and the rest is shared among what is left of them.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use quantette::deps::palette::{FromColor as _, Oklab, Srgb};
use quantette::wu::{BinnerF32x3, WuF32x3};
use quantette::{PaletteCounts, PaletteSize};

use super::sequence::Pixels;

/// Colors that a GIF can have.
const MOST: usize = 256;
/// Colors that are kept as they are: grounds, inks and letters, and not the shades of a heat map.
const KEPT: usize = 64;
/// The share of the pixels that makes a color one of them.
const OFTEN: f64 = 1e-3;

/// Counts the colors of pictures.
#[derive(Default)]
pub struct Colors(HashMap<[u8; 3], u32, FixedState>);

impl Colors {
    /// Counts those of one more.
    pub fn count(&mut self, pixels: &Pixels) {
        // Most of a picture is areas of one color.
        for same in pixels.rgb.chunk_by(|a, b| a == b) {
            let count = self.0.entry(same[0]).or_default();
            *count = count.saturating_add(u32::try_from(same.len()).unwrap_or(u32::MAX));
        }
    }

    /// The colors that show them best.
    pub fn palette(&self) -> Palette {
        let mut colors: Vec<([u8; 3], u32)> = self.0.iter().map(|(color, count)| (*color, *count)).collect();
        colors.sort_unstable();
        if colors.len() <= MOST {
            return Palette::of(colors.into_iter().map(|(color, _)| color).collect());
        }
        let all: f64 = colors.iter().map(|(_, count)| f64::from(*count)).sum();
        colors.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
        let kept = colors.iter().take(KEPT).take_while(|(_, count)| f64::from(*count) >= OFTEN * all).count();
        let (kept, others) = colors.split_at(kept);
        let mut chosen: Vec<[u8; 3]> = kept.iter().map(|(color, _)| *color).collect();
        chosen.extend(shared(others, MOST - chosen.len()));
        Palette::of(chosen)
    }
}

/// At most `most` colors for all of these. A color counts by the root of how often it is seen, so that a marker of a few
/// pixels is not lost among the shades of the ground.
fn shared(colors: &[([u8; 3], u32)], most: usize) -> Vec<[u8; 3]> {
    let places = colors.iter().map(|(color, _)| oklab(*color)).collect();
    let weights = colors.iter().map(|(_, count)| f64::from(*count).sqrt().ceil() as u32).collect();
    let Ok(counts) = PaletteCounts::new(places, weights) else { return Vec::new() };
    let Some(quantized) = WuF32x3::run_palette_counts(&counts, BinnerF32x3::oklab_from_srgb8()) else {
        return Vec::new();
    };
    let found = quantized.palette(PaletteSize::from_usize_clamped(most));
    found.into_vec().into_iter().map(|place| Srgb::from_color(place).into_format().into()).collect()
}

fn oklab(color: [u8; 3]) -> Oklab {
    Oklab::from_color(Srgb::from(color).into_format::<f32>())
}

/// At most 256 colors, and for every color the nearest of them.
pub struct Palette {
    colors: Vec<[u8; 3]>,
    places: Vec<Oklab>,
    nearest: HashMap<[u8; 3], u8, FixedState>,
    /// The color that was asked for last, and its place.
    last: Option<([u8; 3], u8)>,
}

impl Palette {
    fn of(mut colors: Vec<[u8; 3]>) -> Self {
        colors.truncate(MOST);
        let places = colors.iter().map(|color| oklab(*color)).collect();
        let nearest = colors.iter().zip(0..=u8::MAX).map(|(color, place)| (*color, place)).rev().collect();
        Self { colors, places, nearest, last: None }
    }

    /// The colors, three bytes each.
    pub(super) fn bytes(&self) -> &[u8] {
        self.colors.as_flattened()
    }

    /// The place of the color that is nearest to this one; of several, the first.
    pub(super) fn place(&mut self, color: [u8; 3]) -> u8 {
        if let Some((_, place)) = self.last.filter(|(known, _)| *known == color) {
            return place;
        }
        let places = &self.places;
        let place = *self.nearest.entry(color).or_insert_with(|| {
            let wanted = oklab(color);
            let distance = |place: &Oklab| {
                (place.l - wanted.l).powi(2) + (place.a - wanted.a).powi(2) + (place.b - wanted.b).powi(2)
            };
            let nearest = (0..=u8::MAX).zip(places).min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
            nearest.map_or(0, |(place, _)| place)
        });
        self.last = Some((color, place));
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colors(pixels: Vec<[u8; 3]>) -> Colors {
        let mut colors = Colors::default();
        colors.count(&Pixels { size: [pixels.len() as u32, 1], rgb: pixels });
        colors
    }

    #[test]
    fn few_colors_stay_as_they_are() {
        let mut palette = colors(vec![[255, 0, 0], [1, 2, 3], [255, 0, 0]]).palette();
        assert_eq!(palette.bytes(), [1, 2, 3, 255, 0, 0]);
        assert_eq!([palette.place([255, 0, 0]), palette.place([0, 0, 0])], [1, 0], "itself, or the nearest");
    }

    #[test]
    fn what_is_seen_often_stays_and_a_marker_is_not_lost_among_shades() {
        let mut pixels = vec![[250, 250, 248]; 60_000];
        // The shades of a heat map, none of them quite like another.
        let shade = |shade: u32| [20 + shade % 230, 30 + shade % 230 * 9 / 10, 60 + shade % 230 / 2 + shade / 230 % 8];
        pixels.extend((0..40_000).map(|number| shade(number).map(|part| part as u8)));
        let marker = [213, 94, 0];
        pixels.extend([marker; 12]);
        let mut palette = colors(pixels.clone()).palette();
        assert!(palette.bytes().len() <= 3 * MOST, "no more than there is room for");
        let shown = |palette: &mut Palette, color| {
            let place = palette.place(color);
            palette.colors[usize::from(place)]
        };
        assert_eq!(shown(&mut palette, pixels[0]), pixels[0], "the ground to the bit");
        let off = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0);
        assert!(off(shown(&mut palette, marker), marker) <= 8, "the marker: {:?}", shown(&mut palette, marker));
        let worst = pixels.iter().map(|color| off(shown(&mut palette, *color), *color)).max().unwrap_or(0);
        assert!(worst <= 8, "no shade is far off: {worst}");
        assert_eq!(colors(pixels).palette().bytes(), palette.bytes(), "the same each time");
    }
}
