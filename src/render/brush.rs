//! From primitives to the shapes of the screen: lines thinned and clipped, marks, arrows, and words that keep apart.

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Mesh, Pos2, Rect, Shape, Stroke, TextStyle, Ui, Vec2, pos2, vec2,
};

use super::color::{color, line, stroke};
use super::flat::Mapping;
use crate::drawing::ink::{Dash, Ink, MarkerShape, Theme};
use crate::drawing::primitive::{Anchor, Pen, Places, Primitive};
use crate::numbers::Point;

/// Beyond the frame by this many points nothing is drawn: farther corners would overflow the rasterizer.
const MARGIN: f32 = 60.0;
/// Corners nearer to the last one than this, in points, do not change a line's shape.
const FINEST: f32 = 0.6;
/// A line with more corners than this on the screen, or longer than this in points, is drawn unbroken: its dashes could not be
/// told apart.
const MANY_CORNERS: usize = 4000;
const LONG: f32 = 12_000.0;
/// More marks than this at once are squares in one shape: they lie on each other.
const MANY_MARKS: usize = 600;
/// A line in more pieces than this is one shape.
const MANY_PIECES: usize = 64;
/// A line that turns back so far that the cosine of its turn is below this has no join there: it would be a spike.
const BACK: f32 = -0.9;

/// By how many rows words may give way: what matters less rather is left away than read at something else.
const NEAR: &[f32] = &[0.0, 1.0, -1.0];
const FAR: &[f32] = &[0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0];

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

    fn line(&self, places: &Places<'_>, pen: Pen, out: &mut Vec<Shape>) {
        let pieces = self.visible_pieces(places);
        let corners: usize = pieces.iter().map(Vec::len).sum();
        let lengths = pieces.iter().flat_map(|piece| piece.windows(2)).map(|edge| edge[0].distance(edge[1]));
        let is_crowded = corners > MANY_CORNERS || pen.dash != Dash::Solid && lengths.sum::<f32>() > LONG * self.scale;
        let pen = if is_crowded { pen.dashed(Dash::Solid) } else { pen };
        if pieces.len() > MANY_PIECES && pen.dash == Dash::Solid && !pen.hollow {
            return self.stroke_all(&pieces, pen, out);
        }
        for piece in pieces {
            self.stroke_piece(&piece, pen, out);
        }
    }

    /// Very many pieces in one shape, each edge by itself.
    fn stroke_all(&self, pieces: &[Vec<Pos2>], pen: Pen, out: &mut Vec<Shape>) {
        let soft = 0.5 / self.ui.pixels_per_point();
        let halo = self.halo(pen);
        if halo > 0.0 {
            let rim = Stroke::new((pen.width + 2.0 * halo) * self.scale, self.ground(pen.opacity));
            out.push(Shape::mesh(edges(pieces, rim, soft)));
        }
        out.push(Shape::mesh(edges(pieces, stroke(self.theme, pen, self.scale), soft)));
    }

    fn halo(&self, pen: Pen) -> f32 {
        if pen.ink.needs_halo(self.theme) { pen.halo.max(1.2) } else { pen.halo }
    }

    fn stroke_piece(&self, piece: &[Pos2], pen: Pen, out: &mut Vec<Shape>) {
        let halo = self.halo(pen);
        if halo > 0.0 {
            out.extend(unbroken(piece, Stroke::new((pen.width + 2.0 * halo) * self.scale, self.ground(pen.opacity))));
        }
        let stroke = stroke(self.theme, pen, self.scale);
        let unit = pen.width.max(1.0) * self.scale;
        match pen.dash {
            Dash::Solid => out.extend(unbroken(piece, stroke)),
            Dash::Dashed => out.extend(Shape::dashed_line(piece, stroke, 4.0 * unit, 2.5 * unit)),
            Dash::Dotted => out.extend(Shape::dashed_line(piece, stroke, 1.2 * unit, 1.8 * unit)),
            Dash::DashDot => {
                let (dashes, gaps) = ([5.0 * unit, 1.3 * unit], [2.0 * unit, 2.0 * unit]);
                out.extend(Shape::dashed_line_with_offset(piece, stroke, &dashes, &gaps, 0.0));
            }
        }
        if pen.hollow {
            out.extend(unbroken(piece, Stroke::new(0.5 * stroke.width, self.core(pen))));
        }
    }

    /// What fills a hollow line.
    fn core(&self, pen: Pen) -> Color32 {
        color(Ink::Ground.fill(self.theme)).gamma_multiply(pen.opacity)
    }

    fn ground(&self, opacity: f32) -> Color32 {
        color(Ink::Ground.fill(self.theme)).gamma_multiply(0.85 * opacity)
    }

    /// The parts of a path on and near the screen, without corners that cannot be told apart.
    fn visible_pieces(&self, places: &Places<'_>) -> Vec<Vec<Pos2>> {
        let rect = self.mapping.frame().expand(MARGIN);
        let mut pieces: Vec<Vec<Pos2>> = Vec::new();
        let mut open = false;
        let mut last = None;
        for index in 0..places.len() {
            let here = self.mapping.position(places.get(index));
            let Some(before) = last.replace(here) else { continue };
            let Some([enter, leave]) = clip(before, here, rect) else {
                open = false;
                continue;
            };
            if !open || enter != before {
                pieces.push(vec![enter]);
            }
            if let Some(piece) = pieces.last_mut() {
                let near = piece.last().is_some_and(|end| piece.len() > 1 && end.distance_sq(leave) < FINEST * FINEST);
                if !near || index + 1 == places.len() {
                    piece.push(leave);
                }
            }
            open = leave == here;
        }
        pieces
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

    /// On a translucent patch of ground, held inside the frame and off the words already placed.
    fn text(&self, words: Words<'_>, placed: &mut Vec<Rect>, out: &mut Vec<Shape>) {
        let frame = self.mapping.frame();
        let galley = self.ui.painter().layout_no_wrap(
            words.text.to_owned(),
            self.font(words.strong),
            color(words.ink.text(self.theme)),
        );
        let at = words.places.iter().map(|(at, anchor)| (self.mapping.position(*at), *anchor));
        let seen: Vec<Rect> = at
            .filter(|(position, _)| frame.expand(4.0).contains(*position))
            .map(|(position, anchor)| beside(position, anchor, galley.size()).expand2(vec2(3.0, 0.0)))
            .collect();
        let Some(patch) = free_place(&seen, frame.shrink(2.0), placed, if words.strong { FAR } else { NEAR }) else {
            return;
        };
        placed.push(patch);
        out.push(Shape::rect_filled(
            patch,
            CornerRadius::same(3),
            color(Ink::Ground.fill(self.theme)).gamma_multiply(0.8),
        ));
        out.push(Shape::galley(patch.min + vec2(3.0, 0.0), galley, Color32::PLACEHOLDER));
    }

    fn font(&self, strong: bool) -> FontId {
        let style = if strong { TextStyle::Body } else { TextStyle::Small };
        let mut font: FontId = style.resolve(self.ui.style());
        if strong {
            font.family = FontFamily::Name("strong".into());
        }
        font
    }
}

/// A word or two, as [`Primitive::Text`] and [`Primitive::Name`] have them.
#[derive(Clone, Copy)]
struct Words<'a> {
    places: &'a [(Point, Anchor)],
    text: &'a str,
    ink: Ink,
    strong: bool,
}

/// The box of words of some size at a place.
fn beside(position: Pos2, anchor: Anchor, size: Vec2) -> Rect {
    let corner = match anchor {
        Anchor::Left => position - vec2(0.0, size.y / 2.0),
        Anchor::Right => position - vec2(size.x, size.y / 2.0),
        Anchor::Below => position - vec2(size.x / 2.0, size.y),
        Anchor::Above => position - vec2(size.x / 2.0, 0.0),
        Anchor::Center => position - size / 2.0,
    };
    Rect::from_min_size(corner, size)
}

/// The first of the wanted places that is free inside the room, or else the first so many `rows` below one of them; `None` if
/// all are taken.
fn free_place(wanted: &[Rect], room: Rect, placed: &[Rect], rows: &[f32]) -> Option<Rect> {
    let inside = |rect: Rect| {
        let x = rect.left().min(room.right() - rect.width()).max(room.left());
        let y = rect.top().min(room.bottom() - rect.height()).max(room.top());
        Rect::from_min_size(pos2(x, y), rect.size())
    };
    rows.iter()
        .flat_map(|rows| wanted.iter().map(move |wanted| wanted.translate(vec2(0.0, rows * (wanted.height() + 1.0)))))
        .map(inside)
        .find(|candidate| !placed.iter().any(|other| other.intersects(*candidate)))
}

/// The part of a segment inside a rectangle (Liang and Barsky); `None` if there is none or an end is not finite.
fn clip(from: Pos2, to: Pos2, rect: Rect) -> Option<[Pos2; 2]> {
    if !from.is_finite() || !to.is_finite() {
        return None;
    }
    if rect.contains(from) && rect.contains(to) {
        return Some([from, to]);
    }
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let way = [f64::from(to.x) - f64::from(from.x), f64::from(to.y) - f64::from(from.y)];
    let sides = [(from.x, rect.left(), rect.right(), way[0]), (from.y, rect.top(), rect.bottom(), way[1])];
    for (start, low, high, way) in sides {
        let (start, low, high) = (f64::from(start), f64::from(low), f64::from(high));
        if way == 0.0 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (a, b) = ((low - start) / way, (high - start) / way);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    let at =
        |share: f64| pos2((f64::from(from.x) + way[0] * share) as f32, (f64::from(from.y) + way[1] * share) as f32);
    (enter <= leave).then(|| [if enter == 0.0 { from } else { at(enter) }, if leave == 1.0 { to } else { at(leave) }])
}

/// A solid line, in as many shapes as it turns back: the rasterizer joins edges to a spike where one lies upon the last.
fn unbroken(corners: &[Pos2], stroke: Stroke) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let (mut begin, mut way) = (0, Vec2::ZERO);
    for (index, edge) in corners.windows(2).enumerate() {
        let next = (edge[1] - edge[0]).normalized();
        if way.dot(next) < BACK {
            shapes.push(Shape::line(corners[begin..=index].to_vec(), stroke));
            begin = index;
        }
        // An edge without a length turns nowhere.
        if next != Vec2::ZERO {
            way = next;
        }
    }
    shapes.push(Shape::line(corners[begin..].to_vec(), stroke));
    shapes
}

/// The edges of all pieces as bars with soft sides, the color fading to nothing within `soft` of where it ends.
fn edges(pieces: &[Vec<Pos2>], stroke: Stroke, soft: f32) -> Mesh {
    let (inner, outer) = ((stroke.width / 2.0 - soft).max(0.0), stroke.width / 2.0 + soft);
    let sides =
        [(-outer, Color32::TRANSPARENT), (-inner, stroke.color), (inner, stroke.color), (outer, Color32::TRANSPARENT)];
    let mut mesh = Mesh::default();
    let edges = pieces.iter().map(|piece| piece.len() - 1).sum::<usize>();
    mesh.reserve_vertices(8 * edges);
    mesh.reserve_triangles(6 * edges);
    for edge in pieces.iter().flat_map(|piece| piece.windows(2)) {
        let across = (edge[1] - edge[0]).normalized().rot90();
        let first = mesh.vertices.len() as u32;
        for end in edge {
            for (away, color) in sides {
                mesh.colored_vertex(*end + across * away, color);
            }
        }
        for side in first..first + 3 {
            mesh.add_triangle(side, side + 1, side + 5);
            mesh.add_triangle(side, side + 5, side + 4);
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use egui::epaint::{TessellationOptions, Tessellator};

    use super::*;

    /// However a line turns, exactly back as well, nothing of it is farther from its corners' box than its width.
    #[test]
    fn no_turn_makes_a_spike() {
        let stroke = Stroke::new(4.0, color(Ink::Truth.fill(Theme::Light)));
        let mut tessellator = Tessellator::new(1.0, TessellationOptions::default(), [1, 1], Vec::new());
        for degree in 0..360_u16 {
            let (sine, cosine) = libm::sincosf(f32::from(degree).to_radians());
            for off in [0.0, 1e-7, 1e-5, 1e-3] {
                let way = vec2(cosine, sine) * 37.3;
                let foot = pos2(211.7, 105.3);
                let turn = foot + way;
                let corners = [foot, turn, turn, foot + way * off + vec2(off, -off), turn, foot];
                let mut mesh = Mesh::default();
                for shape in unbroken(&corners, stroke) {
                    tessellator.tessellate_shape(shape, &mut mesh);
                }
                let room = Rect::from_points(&corners).expand(stroke.width);
                let out = mesh.vertices.iter().find(|vertex| !room.contains(vertex.pos));
                assert!(out.is_none() && !mesh.is_empty(), "{degree}°, {off}: {out:?} out of {room:?}");
            }
        }
    }

    /// Bars are as wide as their stroke, soft sides included, and nothing of them is anywhere else.
    #[test]
    fn many_pieces_are_one_shape_of_bars() {
        let stroke = Stroke::new(3.0, color(Ink::Truth.fill(Theme::Light)));
        let pieces = vec![vec![pos2(10.0, 10.0), pos2(50.0, 10.0), pos2(50.0, 40.0)], vec![pos2(5.0, 5.0); 2]];
        let mesh = edges(&pieces, stroke, 0.5);
        assert_eq!((mesh.vertices.len(), mesh.indices.len()), (3 * 8, 3 * 18), "three edges");
        assert!(mesh.is_valid(), "every corner is there");
        let room = Rect::from_min_max(pos2(5.0, 5.0), pos2(52.0, 40.0));
        assert!(mesh.vertices.iter().all(|vertex| room.contains(vertex.pos)), "within half a width and the soft side");
        let solid = mesh.vertices.iter().filter(|vertex| vertex.color == stroke.color).count();
        assert_eq!(solid, 12, "the middle of every bar");
    }

    #[test]
    fn words_keep_out_of_each_others_way() {
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let word = Rect::from_min_size(pos2(80.0, 40.0), vec2(40.0, 10.0));
        let first = free_place(&[word], room, &[], NEAR).unwrap();
        assert_eq!(first.min, pos2(60.0, 40.0), "held inside");
        let second = free_place(&[word], room, &[first], NEAR).unwrap();
        assert!(!second.intersects(first), "beside the first");
        assert_eq!(free_place(&[word], room, &[room], FAR), None, "no place left");
    }

    #[test]
    fn segments_are_clipped_exactly_and_nothing_infinite_is_drawn() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        assert_eq!(clip(pos2(-10.0, 5.0), pos2(30.0, 5.0), rect), Some([pos2(0.0, 5.0), pos2(10.0, 5.0)]), "through");
        assert_eq!(clip(pos2(2.0, 2.0), pos2(3.0, 3.0), rect), Some([pos2(2.0, 2.0), pos2(3.0, 3.0)]), "inside");
        assert_eq!(clip(pos2(-5.0, -1.0), pos2(20.0, -1.0), rect), None, "beside");
        assert_eq!(clip(pos2(5.0, 5.0), pos2(f32::INFINITY, 5.0), rect), None, "infinite");
    }
}
