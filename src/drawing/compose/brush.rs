//! From primitives to layers: lines thinned and clipped, marks, arrows, and words that do not overlap.

use std::collections::HashSet;

use emath::{Pos2, Rect, Vec2, vec2};

use super::strokes::{FINEST, MARGIN, clip};
use super::words::{Taken, Words};
use super::{Layer, Measure, Outline, Page, Tint};
use crate::drawing::ink::{Ink, MarkerShape, Theme};
use crate::drawing::label::{Label, Rank};
use crate::drawing::primitive::{Pen, Places, Primitive};
use crate::numbers::Point;

/// More marks than this at once are squares in one layer: they lie on each other.
const MANY_MARKS: usize = 600;
/// More names than this would hide the loss; what has happened to the runs is said of each of them.
const MOST_LABELS: usize = 2;

/// Turns primitives into layers.
pub struct Brush<'a> {
    /// Where things are.
    pub page: &'a dyn Page,
    /// How large words are.
    pub measure: &'a dyn Measure,
    /// Light or dark.
    pub theme: Theme,
    /// What widths and marks are multiplied with.
    pub scale: f32,
}

impl Brush<'_> {
    /// Everything but words.
    pub fn shapes(&self, primitives: &[Primitive<'_>]) -> Vec<Layer> {
        let mut layers = Vec::new();
        for primitive in primitives {
            self.draw(primitive, &mut layers);
        }
        layers
    }

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
        for index in wanted.into_iter().filter(|index| all[*index].rank != Rank::Pointer) {
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
            if is_named || *rank > Rank::Event && count >= MOST_LABELS {
                continue;
            }
            if let Some(layer) = self.text(Words { places, text, ink: *ink, strong: *strong }, taken) {
                layers.push(layer);
                placed.insert(index);
                count += usize::from(*rank != Rank::Pointer);
            }
        }
        let named = placed.iter().map(|index| all[*index].text.as_str()).collect();
        (layers, others(all, named))
    }

    /// What no words lie over: single hollow marks (start, iterate, landing), and lines that are kept clear; and lines that they
    /// avoid.
    fn taken(&self, primitives: &[Primitive<'_>]) -> Taken {
        let Taken { places: mut clear, lines: mut avoided } = Taken::default();
        for primitive in primitives {
            match primitive {
                Primitive::Marks { places, radius, pen, filled, .. } if pen.clear || !filled && places.len() == 1 => {
                    let size = Vec2::splat((2.0 * (radius + pen.halo) + pen.width) * self.scale);
                    let around = |index| Rect::from_center_size(self.page.position(places.get(index)), size);
                    clear.extend((0..places.len()).map(around));
                }
                Primitive::Line { places, pen } if pen.clear => self.cover(places, *pen, &mut clear),
                Primitive::Line { places, pen } if pen.avoided => self.cover(places, *pen, &mut avoided),
                _ => {}
            }
        }
        Taken { places: clear, lines: avoided }
    }

    /// Adds the boxes that a line runs through, as far as it is seen.
    fn cover(&self, places: &Places<'_>, pen: Pen, boxes: &mut Vec<Rect>) {
        let ends = (0..places.len()).map(|index| self.page.position(places.get(index)));
        let ends: Vec<Pos2> = ends.filter(|end| end.is_finite()).collect();
        let (seen, half) = (self.page.frame().expand(MARGIN), 0.5 * pen.width + pen.halo);
        let pieces = ends.windows(2).filter_map(|ends| clip(ends[0], ends[1], seen)).flat_map(boxes_along);
        boxes.extend(pieces.map(|piece| piece.expand(half * self.scale)));
    }

    /// Everything but words.
    fn draw(&self, primitive: &Primitive<'_>, out: &mut Vec<Layer>) {
        match primitive {
            Primitive::Line { places, pen } => self.line(places, *pen, out),
            Primitive::Arrow { from, to, pen } => self.arrow(*from, *to, *pen, out),
            Primitive::Marks { places, shape, radius, pen, filled } => {
                self.marks(places, *shape, *radius, *pen, *filled, out);
            }
            Primitive::Area { corners, ink, opacity } => {
                let corners = corners.iter().map(|corner| self.page.position(*corner)).collect();
                out.push(Layer::Area { corners, fill: self.fill(*ink, *opacity), outline: None });
            }
            Primitive::Star { center, rim, ink, opacity } => {
                let rim = rim.iter().map(|at| self.page.position(*at)).collect();
                out.push(Layer::Star { center: self.page.position(*center), rim, fill: self.fill(*ink, *opacity) });
            }
            Primitive::Text { .. } | Primitive::Name { .. } | Primitive::Label(_) => {}
        }
    }

    /// An area in an ink.
    pub(super) fn fill(&self, ink: Ink, opacity: f32) -> Tint {
        Tint { color: ink.fill(self.theme), opacity }
    }

    /// A line in an ink.
    pub(super) fn line_tint(&self, ink: Ink, opacity: f32) -> Tint {
        Tint { color: ink.line(self.theme), opacity }
    }

    fn arrow(&self, from: Point, to: Point, pen: Pen, out: &mut Vec<Layer>) {
        let rect = self.page.frame().expand(MARGIN);
        self.arrow_between([self.page.position(from), self.page.position(to)], rect, pen, out);
    }

    /// An arrow on the page, as far as it lies in a rectangle.
    pub(super) fn arrow_between(&self, [foot, tip]: [Pos2; 2], rect: Rect, pen: Pen, out: &mut Vec<Layer>) {
        let length = foot.distance(tip);
        if !length.is_finite() || length < 1.0 {
            return;
        }
        let way = (tip - foot) / length;
        let head = (4.0 * pen.width * self.scale).min(0.6 * length);
        let neck = tip - way * head * 0.8;
        if let Some([start, end]) = clip(foot, neck, rect) {
            self.stroke_piece(&[start, end], pen, out);
        }
        if rect.contains(tip) {
            let across = way.rot90() * head * 0.45;
            let base = tip - way * head;
            let rim = Outline { width: pen.halo * self.scale, tint: self.ground(pen.opacity) };
            let fill = self.line_tint(pen.ink, pen.opacity);
            let corners = vec![tip, base + across, base - across];
            out.push(Layer::Area { corners, fill, outline: Some(rim).filter(|rim| rim.width > 0.0) });
            if pen.hollow {
                // As far from every side as the shaft's core is from its edges.
                let middle = tip - way * head * 0.71;
                let inner = [tip, base + across, base - across].map(|corner| middle + (corner - middle) * 0.6);
                out.push(Layer::Area { corners: inner.to_vec(), fill: self.core(pen), outline: None });
            }
        }
    }

    fn marks(
        &self,
        places: &Places<'_>,
        shape: MarkerShape,
        radius: f32,
        pen: Pen,
        filled: bool,
        out: &mut Vec<Layer>,
    ) {
        let radius = radius * self.scale;
        let rect = self.page.frame().expand(radius + 2.0);
        if places.len() > MANY_MARKS && filled {
            let seen = (0..places.len()).map(|index| self.page.position(places.get(index)));
            let centers = seen.filter(|at| rect.contains(*at)).collect();
            let fill = self.line_tint(pen.ink, pen.opacity);
            out.push(Layer::Squares { centers, side: 1.8 * radius, fill, outline: None });
            return;
        }
        let mut last = Pos2::new(f32::INFINITY, f32::INFINITY);
        for index in 0..places.len() {
            let at = self.page.position(places.get(index));
            if rect.contains(at) && at.distance_sq(last) >= FINEST * FINEST {
                last = at;
                self.mark(at, shape, radius, pen, filled, out);
            }
        }
    }

    pub(super) fn mark(&self, at: Pos2, shape: MarkerShape, radius: f32, pen: Pen, filled: bool, out: &mut Vec<Layer>) {
        let ink = self.line_tint(pen.ink, pen.opacity);
        let fill = if filled { ink } else { self.fill(Ink::Ground, 1.0) };
        let outline = (!filled).then_some(Outline { width: pen.width * self.scale, tint: ink });
        if pen.halo > 0.0 && shape == MarkerShape::Circle {
            out.push(self.halo(at, radius, pen));
        }
        let polygon = |corners: &[[f32; 2]]| {
            let corners = corners.iter().map(|[x, y]| at + vec2(*x, *y) * radius).collect();
            Layer::Area { corners, fill, outline }
        };
        match shape {
            MarkerShape::Circle => out.push(Layer::Disc { center: at, radius, fill, outline }),
            MarkerShape::Square => out.push(Layer::Squares { centers: vec![at], side: 1.8 * radius, fill, outline }),
            MarkerShape::Triangle => out.push(polygon(&[[0.0, -1.2], [1.05, 0.75], [-1.05, 0.75]])),
            MarkerShape::Diamond => out.push(polygon(&[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]])),
            MarkerShape::Cross | MarkerShape::Plus | MarkerShape::Star => {
                self.strokes_mark(at, shape, radius, pen, out);
            }
        }
    }

    /// What sets a round mark off from the picture.
    fn halo(&self, center: Pos2, radius: f32, pen: Pen) -> Layer {
        let radius = radius + (pen.halo + pen.width / 2.0) * self.scale;
        Layer::Disc { center, radius, fill: self.ground(pen.opacity), outline: None }
    }

    /// Marks made of strokes through their middle.
    fn strokes_mark(&self, at: Pos2, shape: MarkerShape, radius: f32, pen: Pen, out: &mut Vec<Layer>) {
        let diagonal = [vec2(0.8, 0.8), vec2(0.8, -0.8)];
        let upright = [vec2(1.1, 0.0), vec2(0.0, 1.1)];
        let arms: Vec<Vec2> = match shape {
            MarkerShape::Cross => diagonal.to_vec(),
            MarkerShape::Plus => upright.to_vec(),
            _ => diagonal.into_iter().chain(upright).collect(),
        };
        let width = pen.width.max(1.6) * self.scale;
        let lines = |width: f32, tint: Tint, out: &mut Vec<Layer>| {
            for arm in &arms {
                let corners = vec![at - *arm * radius, at + *arm * radius];
                out.push(Layer::Stroke { corners, line: Outline { width, tint }, dashes: Vec::new() });
            }
        };
        if pen.halo > 0.0 {
            lines(width + 2.0 * pen.halo * self.scale, self.ground(pen.opacity), out);
        }
        lines(width, self.line_tint(pen.ink, pen.opacity), out);
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

/// The names beside those that are taken, each once. What a page looks at comes first; then what comes and goes with a drag: the
/// legend does not grow for it.
fn others<'p>(mut all: Vec<&'p Label>, mut named: HashSet<&'p str>) -> Vec<&'p Label> {
    all.sort_by_key(|label| (!label.is_noted, !label.is_passing));
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
    use emath::pos2;

    use super::*;
    use crate::drawing::label::Sample;
    use crate::drawing::primitive::Anchor;

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

    /// What a page looks at stands before what is drawn lower, and before what comes and goes.
    #[test]
    fn what_is_noted_comes_first_in_the_legend() {
        let brush = Brush { page: &Paper, measure: &Paper, theme: Theme::Light, scale: 1.0 };
        let label = |text: &str| Label::new(text, Ink::Truth, Sample::None);
        let region = Label { is_noted: true, ..label("region") };
        let primitives = [label("plane"), label("drag").passing(), region].map(Primitive::from);
        let names: Vec<&str> =
            brush.words_beside(&primitives, None).1.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(names, ["region", "drag", "plane"]);
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
