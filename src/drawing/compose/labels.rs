//! The words: which names stand on the picture, where they do not overlap, and which are left for the legend line.

use std::collections::HashSet;

use emath::{Pos2, Rect, Vec2};

use super::strokes::{MARGIN, clip};
use super::words::{Taken, Words};
use super::{Brush, Layer};
use crate::drawing::label::{Label, Rank};
use crate::drawing::primitive::{Pen, Places, Primitive};

/// More names than this would hide the loss; what has happened to the runs is said of each of them.
const MOST_LABELS: usize = 2;

impl Brush<'_> {
    /// The words, which keep out of each other's way.
    pub fn words(&self, primitives: &[Primitive<'_>]) -> Vec<Layer> {
        self.words_beside(primitives, None).0
    }

    /// As [`Self::words`], but none lies over a rectangle of the page; with them the names that found no place, once each, which
    /// stand in the legend line.
    pub fn words_beside<'p>(
        &self,
        primitives: &'p [Primitive<'_>],
        covered: Option<Rect>,
    ) -> (Vec<Layer>, Vec<&'p Label>) {
        let mut taken = self.taken(primitives);
        taken.places.extend(covered);
        let (mut layers, legend) = self.labels(primitives, &mut taken);
        let arrows = std::mem::take(&mut taken.arrows);
        taken.lines.extend(arrows);
        // What is drawn last matters most: its words choose their place first.
        for primitive in primitives.iter().rev() {
            match primitive {
                Primitive::Text { at, text, ink, anchor, strong } => {
                    let words = Words { places: &[(*at, *anchor)], text, ink: *ink, strong: *strong };
                    layers.extend(self.text(words, &mut taken));
                }
                Primitive::Name { places, text, ink, strong } => {
                    layers.extend(self.text(Words { places, text, ink: *ink, strong: *strong }, &mut taken));
                }
                _ => {}
            }
        }
        (layers, legend)
    }

    /// The names that stand in the legend where those that matter most find a place on the picture.
    pub fn legend_at_most<'p>(&self, primitives: &'p [Primitive<'_>]) -> Vec<&'p Label> {
        let (all, wanted) = ranked(primitives);
        let mut named: HashSet<&str> = HashSet::new();
        for index in wanted.into_iter().filter(|index| is_counted(all[*index].rank)) {
            if named.len() < MOST_LABELS {
                named.insert(all[index].text.as_str());
            }
        }
        others(all.into_iter().filter(|label| !label.is_passing).collect(), named)
    }

    /// The few names that matter most and find a place, and the others.
    fn labels<'p>(&self, primitives: &'p [Primitive<'_>], taken: &mut Taken) -> (Vec<Layer>, Vec<&'p Label>) {
        let (all, wanted) = ranked(primitives);
        let (mut layers, mut placed, mut count) = (Vec::new(), HashSet::new(), 0);
        for index in wanted {
            let Label { places, text, ink, strong, rank, .. } = all[index];
            let is_named = all.iter().enumerate().any(|(other, label)| placed.contains(&other) && label.text == *text);
            if is_named || *rank > Rank::Event && is_counted(*rank) && count >= MOST_LABELS {
                continue;
            }
            if let Some(layer) = self.text(Words { places, text, ink: *ink, strong: *strong }, taken) {
                layers.push(layer);
                placed.insert(index);
                count += usize::from(is_counted(*rank));
            }
        }
        let named = placed.iter().map(|index| all[*index].text.as_str()).collect();
        (layers, others(all, named))
    }

    /// What no words lie over: single hollow marks (start, iterate, landing), and lines that are kept clear; and lines that they
    /// avoid.
    fn taken(&self, primitives: &[Primitive<'_>]) -> Taken {
        let Taken { places: mut clear, mut arrows, lines: mut avoided } = Taken::default();
        for primitive in primitives {
            match primitive {
                Primitive::Marks { places, radius, pen, filled, .. } if pen.clear || !filled && places.len() == 1 => {
                    let size = Vec2::splat((2.0 * (radius + pen.halo) + pen.width) * self.scale);
                    let around = |index| Rect::from_center_size(self.page.position(places.get(index)), size);
                    clear.extend((0..places.len()).map(around));
                }
                Primitive::Line { places, pen } if pen.clear => self.cover(places, *pen, &mut clear),
                Primitive::Arrow { from, to, pen } if pen.clear => {
                    self.cover(&Places::Own(vec![*from, *to]), *pen, &mut arrows);
                }
                Primitive::Line { places, pen } if pen.avoided => self.cover(places, *pen, &mut avoided),
                _ => {}
            }
        }
        Taken { places: clear, arrows, lines: avoided }
    }

    /// Adds the boxes that a line runs through, as far as it is seen.
    fn cover(&self, places: &Places<'_>, pen: Pen, boxes: &mut Vec<Rect>) {
        let ends = (0..places.len()).map(|index| self.page.position(places.get(index)));
        let ends: Vec<Pos2> = ends.filter(|end| end.is_finite()).collect();
        let (seen, half) = (self.page.frame().expand(MARGIN), 0.5 * pen.width + pen.halo);
        let pieces = ends.windows(2).filter_map(|ends| clip(ends[0], ends[1], seen)).flat_map(boxes_along);
        boxes.extend(pieces.map(|piece| piece.expand(half * self.scale)));
    }
}

/// Boxes in a row that a segment runs through, none of them much larger than what it covers.
fn boxes_along([from, to]: [Pos2; 2]) -> impl Iterator<Item = Rect> {
    /// The shorter side of a box is at most this, in points.
    const SIDE: f32 = 6.0;
    let way = to - from;
    let count = (way.abs().min_elem() / SIDE).ceil().max(1.0);
    (0..count as usize).map(move |index| {
        let [start, end] = [index as f32, index as f32 + 1.0].map(|place| from + way * (place / count));
        Rect::from_two_pos(start, end)
    })
}

/// Whether a name of this rank counts toward the limit of names.
fn is_counted(rank: Rank) -> bool {
    !matches!(rank, Rank::Pointer | Rank::Key)
}

/// The names beside those that are taken, each once, what matters most first.
fn others<'p>(mut all: Vec<&'p Label>, mut named: HashSet<&'p str>) -> Vec<&'p Label> {
    all.sort_by_key(|label| label.legend_order());
    all.into_iter().filter(|label| label.rank != Rank::Pointer && named.insert(label.text.as_str())).collect()
}

/// All names, and the places of those that may stand on the picture: what matters most comes first.
fn ranked<'p>(primitives: &'p [Primitive<'_>]) -> (Vec<&'p Label>, Vec<usize>) {
    let label = |primitive: &'p Primitive<'_>| if let Primitive::Label(label) = primitive { Some(label) } else { None };
    let all: Vec<&Label> = primitives.iter().filter_map(label).collect();
    let mut wanted: Vec<usize> = (0..all.len()).rev().filter(|index| !all[*index].places.is_empty()).collect();
    // Among equals what is drawn last matters most.
    wanted.sort_by_key(|index| all[*index].rank);
    (all, wanted)
}

#[cfg(test)]
mod tests {
    use emath::{pos2, vec2};

    use super::super::{Measure, Page};
    use super::*;
    use crate::drawing::ink::{Ink, MarkerShape, Theme};
    use crate::drawing::label::Swatch;
    use crate::drawing::primitive::Anchor;
    use crate::numbers::Point;

    /// A page of 200 × 200 points whose letters are 7 points wide.
    struct Paper;

    impl Page for Paper {
        fn frame(&self) -> Rect {
            Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 200.0))
        }

        fn position(&self, at: Point) -> Pos2 {
            pos2(at.x as f32, at.y as f32)
        }
    }

    impl Measure for Paper {
        fn size(&self, text: &str, _: bool) -> Vec2 {
            vec2(7.0 * text.chars().count() as f32, 16.0)
        }
    }

    /// What a page looks at stands before what is drawn lower, and before what comes and goes; then places of the step, and signs that
    /// everybody knows last.
    #[test]
    fn what_is_noted_comes_first_in_the_legend() {
        let brush = Brush { page: &Paper, measure: &Paper, theme: Theme::Light, scale: 1.0 };
        let label = |text: &str| Label::new(text, Ink::Truth, Swatch::None);
        let region = Label { is_noted: true, ..label("region") };
        let landing = label("landing").ranked(Rank::Place);
        let sign = label("minimum").ranked(Rank::Sign);
        let primitives = [sign, label("plane"), label("drag").passing(), landing, region].map(Primitive::from);
        let names: Vec<&str> =
            brush.words_beside(&primitives, None).1.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(names, ["region", "drag", "landing", "plane", "minimum"]);
    }

    /// Whatever the corner: words at a mark leave all of it to be seen, its rim and its halo as well.
    #[test]
    fn words_keep_off_whole_marks() {
        let brush = Brush { page: &Paper, measure: &Paper, theme: Theme::Light, scale: 1.0 };
        let pen = Pen::new(Ink::Truth, 2.0).with_halo(1.5);
        for (x, y) in [(100.0, 100.0), (8.0, 8.0), (192.0, 8.0), (8.0, 192.0), (192.0, 192.0), (100.0, 8.0)] {
            let [left, right, low] = [(-6.0, -4.0), (6.0, -4.0), (0.0, 6.0)].map(|(dx, dy)| Point::new(x + dx, y + dy));
            let triangle = Primitive::line(vec![left, right, low, left], pen.kept_clear());
            let circle = Primitive::mark(Point::new(x, y), MarkerShape::Circle, 6.0, pen, false);
            for (mark, reach) in [(circle, 8.5), (triangle, 4.0)] {
                for anchor in [Anchor::Left, Anchor::Right, Anchor::Top, Anchor::Bottom, Anchor::Center] {
                    let text = Primitive::text(Point::new(x + 4.0, y), "start: drag me", Ink::Truth, anchor);
                    let words = brush.words(&[mark.clone(), text]);
                    for layer in &words {
                        let Layer::Words { patch, .. } = layer else { panic!("words alone") };
                        let seen = Rect::from_center_size(pos2(x as f32, y as f32), Vec2::splat(2.0 * reach - 0.1));
                        assert!(!patch.intersects(seen), "{anchor:?} at ({x}, {y}): {patch:?} lies over {seen:?}");
                    }
                    assert!(x != 100.0 || y != 100.0 || words.len() == 1, "{anchor:?}: in the open there is room");
                }
            }
        }
    }
}
