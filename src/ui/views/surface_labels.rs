//! Words on the surface: names of local models and figures of the axes. None lies over another, over the gap, or across the edge.

use egui::{Rect, Vec2, pos2, vec2};

use crate::drawing::eye::Projection;
use crate::render::surface3d::frame::{Axis, label};

/// Free on either side of a word, in points.
const APART: f32 = 3.0;
/// Between a word and the edge of the view, in points.
const EDGE: f32 = 2.0;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) rect: Rect,
}

/// A view whose words are being placed.
pub(super) struct Labels<'a> {
    pub(super) rect: Rect,
    pub(super) pixels_per_point: f32,
    /// How large a text is.
    pub(super) measure: &'a dyn Fn(&str) -> Vec2,
    /// Where no more words go.
    pub(super) taken: Vec<Rect>,
}

impl Labels<'_> {
    /// The figures of the axes: of each the densest even choice for which there is room.
    pub(super) fn figures(&mut self, projection: &Projection, ticks: &[Vec<(f64, String)>; 3]) -> Vec<Word> {
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
        let rect = Rect::from_center_size(center, (self.measure)(text));
        Some(rect).filter(|rect| rect.is_finite() && self.rect.shrink(EDGE).contains_rect(*rect))
    }

    /// A name above the first of its pixels where it is free; else some rows below one of them. `None` if there is no room.
    pub(super) fn name(&mut self, text: &str, pixels: &[(f64, f64)]) -> Option<Word> {
        const ROWS: u8 = 8;
        let size = (self.measure)(text);
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
    fn within(&self, corner: egui::Pos2, size: Vec2) -> Rect {
        let room = self.rect.shrink(EDGE + APART);
        Rect::from_min_size(corner.clamp(room.min, (room.max - size).max(room.min)), size)
    }

    /// A pixel of the picture as a place on the screen.
    pub(super) fn position(&self, x: f64, y: f64) -> egui::Pos2 {
        pos2(x as f32, y as f32) / self.pixels_per_point + self.rect.min.to_vec2()
    }
}

/// Every so many of the boxes, from such a first one that most of them are left, none over another or over what is taken.
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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::drawing::eye::{Eye, Stage};
    use crate::drawing::isolines::Grid;
    use crate::landscapes::{Landscape, ViewBox, entries};
    use crate::numbers::{Point, SplitMix64};
    use crate::render::surface_scene::{heights, labeled_ticks};
    use crate::state::{Document, State};

    /// About as large as the program's small type writes it.
    fn measure(text: &str) -> Vec2 {
        vec2(7.0 * text.chars().count() as f32, 15.0)
    }

    fn labels(width: f32, height: f32) -> Labels<'static> {
        let rect = Rect::from_min_size(pos2(11.0, 7.0), vec2(width, height));
        Labels { rect, pixels_per_point: 1.0, measure: &measure, taken: Vec::new() }
    }

    fn check(words: &[Word], rect: Rect, description: &str) {
        for (index, word) in words.iter().enumerate() {
            assert!(rect.contains_rect(word.rect), "{description}: '{}' stays inside", word.text);
            for other in &words[..index] {
                let lies_over = other.rect.intersects(word.rect);
                assert!(!lies_over, "{description}: '{}' lies over '{}'", word.text, other.text);
            }
        }
    }

    /// Every landscape, and boxes far out and far from square, whose figures are long.
    fn landscapes() -> Vec<Landscape> {
        let far = [
            ViewBox::new(-35.0, 455.0, -60_000.0, 40_000.0),
            ViewBox::new(1e6, 1e6 + 1.0, -1e-7, 1e-7),
            ViewBox::new(-1e12, 1e12, -3.0, 3.0),
        ];
        let bowl = Landscape::of_formula("x^2+y^2").unwrap();
        entries().map(Landscape::of).chain(far.map(|view| bowl.with_view(Some(view)))).collect()
    }

    #[test]
    fn no_figure_lies_over_another_on_any_landscape_from_any_side() {
        for landscape in landscapes() {
            let view = landscape.view();
            let grid = Grid::sample(view, [33, 33], |xs, y, out| landscape.loss().value_row(xs, y, out));
            let state = State::new(Document::new(landscape.clone()));
            for heights in [heights(&state, &grid), heights(&state, &grid).in_log()] {
                let corners = [[0, 0], [1, 1]].map(|[i, j]: [usize; 2]| Point::new(view.x[i], view.y[j]));
                let stage = Stage::new(corners[0], corners[1], heights);
                let ticks = labeled_ticks(&grid, &heights);
                let mut random = SplitMix64::of_names(&[&landscape.to_string(), "eye"]);
                let mut eyes = vec![Eye::default()];
                eyes.extend(
                    (0..24)
                        .map(|_| Eye::looking(std::f64::consts::TAU * random.uniform(), 0.1 + 1.4 * random.uniform())),
                );
                for eye in eyes {
                    for (width, height) in [(340.0, 240.0), (700.0, 420.0), (160.0, 120.0)] {
                        let mut labels = labels(width, height);
                        let projection = Projection::new(&eye, stage, width as usize, height as usize);
                        let words = labels.figures(&projection, &ticks);
                        check(&words, labels.rect, &format!("{landscape}, {width}×{height}, {eye:?}"));
                        let first = eye == Eye::default() && width > 300.0;
                        assert!(!first || words.len() >= 4, "{landscape}: {} figures at {width}×{height}", words.len());
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn names_keep_apart_and_inside(places in prop::collection::vec((0.0..400.0_f64, 0.0..300.0_f64), 1..12)) {
            let mut labels = labels(400.0, 300.0);
            let names = ["Gauss–Newton", "Fisher", "the parabola"];
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
