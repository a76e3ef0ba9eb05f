//! Lines: clipped to the frame, thinned, broken by their dashes, and joined without spikes.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Vec2, pos2};

use super::Brush;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::primitive::{Pen, Places};
use crate::render::color::{color, stroke};

/// Beyond the frame by this many points nothing is drawn: farther corners would overflow the rasterizer.
pub(super) const MARGIN: f32 = 60.0;
/// Corners nearer to the last one than this, in points, do not change a line's shape.
pub(super) const FINEST: f32 = 0.6;
/// A line with more corners than this on the screen, or longer than this in points, is drawn unbroken: its dashes could not be
/// told apart.
const MANY_CORNERS: usize = 4000;
const LONG: f32 = 12_000.0;
/// A line in more pieces than this is one shape.
const MANY_PIECES: usize = 64;
/// A line that turns back so far that the cosine of its turn is below this has no join there: it would be a spike.
const BACK: f32 = -0.9;

impl Brush<'_> {
    pub(super) fn line(&self, places: &Places<'_>, pen: Pen, out: &mut Vec<Shape>) {
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

    pub(super) fn halo(&self, pen: Pen) -> f32 {
        if pen.ink.needs_halo(self.theme) { pen.halo.max(1.2) } else { pen.halo }
    }

    pub(super) fn stroke_piece(&self, piece: &[Pos2], pen: Pen, out: &mut Vec<Shape>) {
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
    pub(super) fn core(&self, pen: Pen) -> Color32 {
        color(Ink::Ground.fill(self.theme)).gamma_multiply(pen.opacity)
    }

    pub(super) fn ground(&self, opacity: f32) -> Color32 {
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
}

/// The part of a segment inside a rectangle (Liang and Barsky); `None` if there is none or an end is not finite.
pub(super) fn clip(from: Pos2, to: Pos2, rect: Rect) -> Option<[Pos2; 2]> {
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
    use egui::vec2;

    use super::*;
    use crate::drawing::ink::Theme;

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
    fn segments_are_clipped_exactly_and_nothing_infinite_is_drawn() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        assert_eq!(clip(pos2(-10.0, 5.0), pos2(30.0, 5.0), rect), Some([pos2(0.0, 5.0), pos2(10.0, 5.0)]), "through");
        assert_eq!(clip(pos2(2.0, 2.0), pos2(3.0, 3.0), rect), Some([pos2(2.0, 2.0), pos2(3.0, 3.0)]), "inside");
        assert_eq!(clip(pos2(-5.0, -1.0), pos2(20.0, -1.0), rect), None, "beside");
        assert_eq!(clip(pos2(5.0, 5.0), pos2(f32::INFINITY, 5.0), rect), None, "infinite");
    }
}
