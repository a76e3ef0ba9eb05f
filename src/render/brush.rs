//! From primitives to the shapes of the screen: lines thinned and clipped, marks, arrows, and words that keep apart.

mod strokes;
mod words;

use egui::{Color32, CornerRadius, Mesh, Pos2, Rect, Shape, Stroke, Ui, Vec2, vec2};

use super::color::{color, line};
use super::flat::Mapping;
use crate::drawing::ink::{Ink, MarkerShape, Theme};
use crate::drawing::primitive::{Pen, Places, Primitive};
use crate::numbers::Point;
use strokes::{FINEST, MARGIN, clip};
use words::Words;

/// More marks than this at once are squares in one shape: they lie on each other.
const MANY_MARKS: usize = 600;
/// Turns primitives into shapes.
pub(super) struct Brush<'a> {
    /// For its fonts.
    pub(super) ui: &'a Ui,
    /// Where things are on the screen.
    pub(super) mapping: Mapping,
    /// Light or dark.
    pub(super) theme: Theme,
    /// What widths and marks are multiplied with.
    pub(super) scale: f32,
}

impl Brush<'_> {
    /// All of a picture: words come last, so that no line crosses them.
    pub(super) fn draw_all(&self, primitives: &[Primitive<'_>], out: &mut Vec<Shape>) {
        out.extend(self.shapes(primitives));
        self.draw_words(primitives, out);
    }

    /// Everything but words.
    pub(super) fn shapes(&self, primitives: &[Primitive<'_>]) -> Vec<Shape> {
        let mut shapes = Vec::new();
        for primitive in primitives {
            self.draw(primitive, &mut shapes);
        }
        shapes
    }

    /// The words, which keep out of each other's way.
    pub(super) fn draw_words(&self, primitives: &[Primitive<'_>], out: &mut Vec<Shape>) {
        let mut taken = self.kept_clear(primitives);
        // What is drawn last matters most: its words choose their place first.
        for primitive in primitives.iter().rev() {
            match primitive {
                Primitive::Text { at, text, ink, anchor, strong } => {
                    let words = Words { places: &[(*at, *anchor)], text, ink: *ink, strong: *strong };
                    self.text(words, &mut taken, out);
                }
                Primitive::Name { places, text, ink, strong } => {
                    self.text(Words { places, text, ink: *ink, strong: *strong }, &mut taken, out);
                }
                _ => {}
            }
        }
    }

    /// What no words lie over: single hollow marks (start, iterate, landing), and lines that are kept clear.
    fn kept_clear(&self, primitives: &[Primitive<'_>]) -> Vec<Rect> {
        let mut clear = Vec::new();
        for primitive in primitives {
            match primitive {
                Primitive::Marks { places, radius, filled: false, .. } if places.len() == 1 => {
                    let size = Vec2::splat(2.0 * radius * self.scale);
                    clear.push(Rect::from_center_size(self.mapping.position(places.get(0)), size));
                }
                Primitive::Line { places, pen } if pen.clear => {
                    let ends = (0..places.len()).map(|index| self.mapping.position(places.get(index)));
                    let ends: Vec<Pos2> = ends.filter(|end| end.is_finite()).collect();
                    let edge =
                        |ends: &[Pos2]| Rect::from_two_pos(ends[0], ends[1]).expand(0.5 * pen.width * self.scale);
                    clear.extend(ends.windows(2).map(edge));
                }
                _ => {}
            }
        }
        clear
    }

    /// Everything but words.
    fn draw(&self, primitive: &Primitive<'_>, out: &mut Vec<Shape>) {
        match primitive {
            Primitive::Line { places, pen } => self.line(places, *pen, out),
            Primitive::Arrow { from, to, pen } => self.arrow(*from, *to, *pen, out),
            Primitive::Marks { places, shape, radius, pen, filled } => {
                self.marks(places, *shape, *radius, *pen, *filled, out);
            }
            Primitive::Area { corners, ink, opacity } => {
                let corners = corners.iter().map(|corner| self.mapping.position(*corner)).collect();
                let fill = color(ink.fill(self.theme)).gamma_multiply(*opacity);
                out.push(Shape::convex_polygon(corners, fill, Stroke::NONE));
            }
            Primitive::Star { center, rim, ink, opacity } => {
                out.push(Shape::mesh(self.star(*center, rim, color(ink.fill(self.theme)).gamma_multiply(*opacity))));
            }
            Primitive::Text { .. } | Primitive::Name { .. } => {}
        }
    }

    /// Triangles from the center to all edges of the rim: without soft edges, which would be seen between neighbors.
    fn star(&self, center: Point, rim: &[Point], fill: Color32) -> Mesh {
        let mut mesh = Mesh::default();
        for at in std::iter::once(&center).chain(rim) {
            mesh.colored_vertex(self.mapping.position(*at), fill);
        }
        let count = rim.len() as u32;
        for index in 0..count {
            mesh.add_triangle(0, 1 + index, 1 + (index + 1) % count);
        }
        mesh
    }

    fn arrow(&self, from: Point, to: Point, pen: Pen, out: &mut Vec<Shape>) {
        let (foot, tip) = (self.mapping.position(from), self.mapping.position(to));
        let length = foot.distance(tip);
        if !length.is_finite() || length < 1.0 {
            return;
        }
        let way = (tip - foot) / length;
        let head = (4.0 * pen.width * self.scale).min(0.6 * length);
        let neck = tip - way * head * 0.8;
        let rect = self.mapping.frame().expand(MARGIN);
        if let Some([start, end]) = clip(foot, neck, rect) {
            self.stroke_piece(&[start, end], pen, out);
        }
        if rect.contains(tip) {
            let across = way.rot90() * head * 0.45;
            let base = tip - way * head;
            let rim = Stroke::new(pen.halo * self.scale, self.ground(pen.opacity));
            let ink = line(self.theme, pen.ink, pen.opacity);
            let corners = vec![tip, base + across, base - across];
            out.push(Shape::convex_polygon(corners, ink, rim));
            if pen.hollow {
                // As far from every side as the shaft's core is from its edges.
                let middle = tip - way * head * 0.71;
                let inner = [tip, base + across, base - across].map(|corner| middle + (corner - middle) * 0.6);
                out.push(Shape::convex_polygon(inner.to_vec(), self.core(pen), Stroke::NONE));
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
        out: &mut Vec<Shape>,
    ) {
        let radius = radius * self.scale;
        let rect = self.mapping.frame().expand(radius + 2.0);
        if places.len() > MANY_MARKS && filled {
            let seen = (0..places.len()).map(|index| self.mapping.position(places.get(index)));
            let mut mesh = Mesh::default();
            for at in seen.filter(|at| rect.contains(*at)) {
                let square = Rect::from_center_size(at, Vec2::splat(1.8 * radius));
                mesh.add_colored_rect(square, line(self.theme, pen.ink, pen.opacity));
            }
            out.push(Shape::mesh(mesh));
            return;
        }
        let mut last = Pos2::new(f32::INFINITY, f32::INFINITY);
        for index in 0..places.len() {
            let at = self.mapping.position(places.get(index));
            if rect.contains(at) && at.distance_sq(last) >= FINEST * FINEST {
                last = at;
                self.mark(at, shape, radius, pen, filled, out);
            }
        }
    }

    fn mark(&self, at: Pos2, shape: MarkerShape, radius: f32, pen: Pen, filled: bool, out: &mut Vec<Shape>) {
        let ink = line(self.theme, pen.ink, pen.opacity);
        let fill = if filled { ink } else { color(Ink::Ground.fill(self.theme)) };
        let rim = if filled { Stroke::NONE } else { Stroke::new(pen.width * self.scale, ink) };
        if pen.halo > 0.0 && shape == MarkerShape::Circle {
            out.push(Shape::circle_filled(
                at,
                radius + (pen.halo + pen.width / 2.0) * self.scale,
                self.ground(pen.opacity),
            ));
        }
        let polygon = |corners: &[[f32; 2]]| {
            let corners = corners.iter().map(|[x, y]| at + vec2(*x, *y) * radius).collect();
            Shape::convex_polygon(corners, fill, rim)
        };
        match shape {
            MarkerShape::Circle => {
                out.push(Shape::Circle(egui::epaint::CircleShape { center: at, radius, fill, stroke: rim }));
            }
            MarkerShape::Square => {
                let square = Rect::from_center_size(at, Vec2::splat(1.8 * radius));
                out.push(Shape::rect_filled(square, CornerRadius::ZERO, fill));
                out.push(Shape::rect_stroke(square, CornerRadius::ZERO, rim, egui::StrokeKind::Middle));
            }
            MarkerShape::Triangle => out.push(polygon(&[[0.0, -1.2], [1.05, 0.75], [-1.05, 0.75]])),
            MarkerShape::Diamond => out.push(polygon(&[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]])),
            MarkerShape::Cross | MarkerShape::Plus | MarkerShape::Star => {
                self.strokes_mark(at, shape, radius, pen, out);
            }
        }
    }

    /// Marks made of strokes through their middle.
    fn strokes_mark(&self, at: Pos2, shape: MarkerShape, radius: f32, pen: Pen, out: &mut Vec<Shape>) {
        let diagonal = [vec2(0.8, 0.8), vec2(0.8, -0.8)];
        let upright = [vec2(1.1, 0.0), vec2(0.0, 1.1)];
        let arms: Vec<Vec2> = match shape {
            MarkerShape::Cross => diagonal.to_vec(),
            MarkerShape::Plus => upright.to_vec(),
            _ => diagonal.into_iter().chain(upright).collect(),
        };
        let width = pen.width.max(1.6) * self.scale;
        let lines = |width: f32, color: Color32, out: &mut Vec<Shape>| {
            for arm in &arms {
                let (a, b) = (at - *arm * radius, at + *arm * radius);
                out.push(Shape::line_segment([a, b], Stroke::new(width, color)));
            }
        };
        if pen.halo > 0.0 {
            lines(width + 2.0 * pen.halo * self.scale, self.ground(pen.opacity), out);
        }
        lines(width, line(self.theme, pen.ink, pen.opacity), out);
    }
}
