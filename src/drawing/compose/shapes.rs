//! Everything but words: lines thinned and clipped, areas, marks and arrows, as layers.

use emath::{Pos2, Rect, Vec2, vec2};

use super::strokes::{FINEST, MARGIN, clip};
use super::{Brush, Layer, Outline, Tint};
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::primitive::{Pen, Places, Primitive};
use crate::numbers::Point;

/// More marks than this at once are squares in one layer: they lie on each other.
const MANY_MARKS: usize = 600;

impl Brush<'_> {
    /// Everything but words.
    pub fn shapes(&self, primitives: &[Primitive<'_>]) -> Vec<Layer> {
        let mut layers = Vec::new();
        for primitive in primitives {
            self.draw(primitive, &mut layers);
        }
        layers
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
            Primitive::Figure { at, text, on } => {
                let patch = Rect::from_center_size(self.page.position(*at), self.measure.size(text, true));
                if self.page.frame().contains(patch.center()) {
                    let (ground, color) = (self.fill(*on, 0.0), on.on_fill(self.theme));
                    let (text, strong, upward) = (text.clone(), true, false);
                    out.push(Layer::Words { patch, ground, at: patch.min, text, color, strong, upward });
                }
            }
            Primitive::Text { .. } | Primitive::Name { .. } | Primitive::Label(_) => {}
        }
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
        let mut last = Pos2::new(f32::INFINITY, f32::INFINITY);
        let is_seen = |at: &Pos2| {
            let is_seen = rect.contains(*at) && at.distance_sq(last) >= FINEST * FINEST;
            last = if is_seen { *at } else { last };
            is_seen
        };
        let centers = (0..places.len()).map(|index| self.page.position(places.get(index))).filter(is_seen);
        if places.len() > MANY_MARKS && filled {
            let fill = self.line_tint(pen.ink, pen.opacity);
            out.push(Layer::Squares { centers: centers.collect(), side: 1.8 * radius, fill, outline: None });
            return;
        }
        for at in centers {
            self.mark(at, shape, radius, pen, filled, out);
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
