//! Words on the surface: names of local models and figures of the axes. None lies over another, over the gap, or across the
//! edge.

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::{Layer, Measure, Tint};
use crate::drawing::box_axes::{Axis, label};
use crate::drawing::camera::Projection;
use crate::drawing::ink::{Ink, Theme};

/// Padding on either side of a word, in points.
const APART: f32 = 3.0;
/// Between a word and the edge of the view, in points.
const EDGE: f32 = 2.0;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    rect: Rect,
}

/// A picture of the surface whose words are being placed.
pub struct SurfaceWords<'a> {
    /// The picture on the page, in points.
    pub rect: Rect,
    /// Pixels of the picture in a point.
    pub pixels_per_point: f32,
    /// How large a text is.
    pub measure: &'a dyn Measure,
    /// Light or dark.
    pub theme: Theme,
    /// Where no more words go.
    pub taken: Vec<Rect>,
}

impl SurfaceWords<'_> {
    /// A name at the first of its pixels where it is free, on a patch of ground.
    pub fn named(&mut self, text: &str, ink: Ink, pixels: &[(f64, f64)]) -> Option<Layer> {
        let word = self.name(text, pixels)?;
        Some(self.layer(word, ink, 0.8))
    }

    /// The figures of the axes.
    pub fn figured(&mut self, projection: &Projection, ticks: &[Vec<(f64, String)>; 3]) -> Vec<Layer> {
        let words = self.figures(projection, ticks);
        words.into_iter().map(|word| self.layer(word, Ink::Muted, 0.0)).collect()
    }

    fn layer(&self, Word { text, rect }: Word, ink: Ink, opacity: f32) -> Layer {
        Layer::Words {
            patch: rect.expand2(vec2(APART, 0.0)),
            ground: Tint { color: Ink::Panel.fill(self.theme), opacity },
            at: rect.min,
            text,
            color: ink.text(self.theme),
            strong: false,
            upward: false,
        }
    }

    /// The figures of the axes: of each the densest even choice for which there is room.
    fn figures(&mut self, projection: &Projection, ticks: &[Vec<(f64, String)>; 3]) -> Vec<Word> {
        let mut words = Vec::new();
        for (axis, ticks) in std::iter::zip([Axis::Loss, Axis::X, Axis::Y], [&ticks[2], &ticks[0], &ticks[1]]) {
            let boxes: Vec<Option<Rect>> =
                ticks.iter().map(|(value, text)| self.around(label(projection, axis, *value)?, text)).collect();
            for index in densest(&boxes, &self.taken) {
                let Some(rect) = boxes[index] else { continue };
                words.push(Word { text: ticks[index].1.clone(), rect });
                self.taken.push(rect.expand2(vec2(APART, 0.0)));
            }
        }
        words
    }

    /// The box of a text around a pixel; `None` where it would cross the edge.
    fn around(&self, (x, y): (f64, f64), text: &str) -> Option<Rect> {
        let center = self.position(x, y);
        let rect = Rect::from_center_size(center, self.measure.size(text, false));
        Some(rect).filter(|rect| rect.is_finite() && self.rect.shrink(EDGE).contains_rect(*rect))
    }

    /// A name above the first of its pixels where it is free; else some rows below one of them. `None` if there is no room.
    fn name(&mut self, text: &str, pixels: &[(f64, f64)]) -> Option<Word> {
        const ROWS: u8 = 8;
        let size = self.measure.size(text, false);
        let below = |(x, y): (f64, f64), row: u8| {
            // A row is a little higher than a word, so that neighbors do not touch.
            let down = (size.y + 1.0) * f32::from(row);
            self.within(self.position(x, y) - vec2(size.x / 2.0, size.y - down), size)
        };
        let is_free = |rect: &Rect| !self.taken.iter().any(|other| other.intersects(*rect));
        let mut places = (0..ROWS).flat_map(|row| pixels.iter().map(move |pixel| (*pixel, row)));
        let rect = places.find_map(|(pixel, row)| Some(below(pixel, row)).filter(is_free))?;
        self.taken.push(rect.expand2(vec2(APART, 0.0)));
        Some(Word { text: text.to_owned(), rect })
    }

    /// A box moved into the view.
    fn within(&self, corner: Pos2, size: Vec2) -> Rect {
        let room = self.rect.shrink(EDGE + APART);
        Rect::from_min_size(corner.clamp(room.min, (room.max - size).max(room.min)), size)
    }

    /// A pixel of the picture as a place on the screen.
    fn position(&self, x: f64, y: f64) -> Pos2 {
        pos2(x as f32, y as f32) / self.pixels_per_point + self.rect.min.to_vec2()
    }
}

/// The boxes at a stride and from a first one that leave most of them, none over another or over what is taken.
fn densest(boxes: &[Option<Rect>], taken: &[Rect]) -> Vec<usize> {
    let is_free = |index: &usize| boxes[*index].is_some_and(|rect| !taken.iter().any(|other| other.intersects(rect)));
    let every = |stride: usize, first: usize| -> Vec<usize> {
        (first..boxes.len()).step_by(stride).filter(|index| is_free(index)).collect()
    };
    let is_apart = |chosen: &Vec<usize>| {
        let chosen: Vec<Rect> = chosen.iter().filter_map(|index| boxes[*index]).collect();
        let wide = |rect: &Rect| rect.expand2(vec2(APART, 0.0));
        chosen
            .iter()
            .enumerate()
            .all(|(index, rect)| !chosen[..index].iter().any(|other| wide(other).intersects(*rect)))
    };
    let choices = (1..=boxes.len()).flat_map(|stride| (0..stride).map(move |first| (stride, first)));
    // Of equals the first, which is the densest.
    choices
        .map(|(stride, first)| every(stride, first))
        .filter(is_apart)
        .fold(Vec::new(), |best, next| if next.len() > best.len() { next } else { best })
}

#[cfg(test)]
impl SurfaceWords<'static> {
    /// Nothing yet, in a room of this size, with words about as large as the program's small type.
    pub(crate) fn tried(width: f32, height: f32) -> Self {
        struct Small;

        impl Measure for Small {
            fn size(&self, text: &str, _strong: bool) -> Vec2 {
                vec2(7.0 * text.chars().count() as f32, 15.0)
            }
        }

        let rect = Rect::from_min_size(pos2(11.0, 7.0), vec2(width, height));
        Self { rect, pixels_per_point: 1.0, measure: &Small, theme: Theme::Light, taken: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_keep_apart_and_inside(places in prop::collection::vec((0.0..400.0_f64, 0.0..300.0_f64), 1..12)) {
            let mut labels = SurfaceWords::tried(400.0, 300.0);
            let names = ["Gauss–Newton", "Fisher", "the quadratic"];
            let words: Vec<Word> = names.iter().filter_map(|name| labels.name(name, &places)).collect();
            for (index, word) in words.iter().enumerate() {
                prop_assert!(words[..index].iter().all(|other| !other.rect.intersects(word.rect)), "{words:?}");
            }
        }

        #[test]
        fn the_densest_choice_is_free(lefts in prop::collection::vec(0.0..200.0_f32, 0..9), taken in 0.0..200.0_f32) {
            let box_at = |left: f32| Rect::from_min_size(pos2(left, 0.0), vec2(20.0, 10.0));
            let boxes: Vec<Option<Rect>> = lefts.iter().map(|left| Some(box_at(*left))).collect();
            let chosen = densest(&boxes, &[box_at(taken)]);
            for (place, index) in chosen.iter().enumerate() {
                let rect = boxes[*index].unwrap();
                prop_assert!(!rect.intersects(box_at(taken)));
                prop_assert!(chosen[..place].iter().all(|other| !boxes[*other].unwrap().intersects(rect)));
            }
        }
    }
}
