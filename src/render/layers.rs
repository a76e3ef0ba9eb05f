//! Layers as egui shapes: without spikes where a line turns back, and very many lines as one mesh.

use std::f32::consts::FRAC_PI_2;

use egui::epaint::{CircleShape, TextShape};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Mesh, Pos2, Rect, Shape, Stroke, StrokeKind, TextStyle, Ui, Vec2,
};

use super::color::color;
use super::vector::wants_paths;
use crate::drawing::compose::{Layer, Measure, Outline, Tint};

/// A turn sharper than this (its cosine) gets no join, which would be a spike.
const BACK: f32 = -0.9;

/// The shapes of layers, in their order.
pub fn shapes(layers: Vec<Layer>, ui: &Ui) -> Vec<Shape> {
    let mut out = Vec::with_capacity(layers.len());
    for layer in layers {
        push(layer, ui, &mut out);
    }
    out
}

fn push(layer: Layer, ui: &Ui, out: &mut Vec<Shape>) {
    match layer {
        Layer::Stroke { corners, line, dashes } => out.extend(dashed(&corners, stroke(line), &dashes)),
        Layer::Strokes { pieces, line } if wants_paths(ui.ctx()) => {
            out.extend(pieces.iter().flat_map(|piece| unbroken(piece, stroke(line))));
        }
        Layer::Strokes { pieces, line } => {
            out.push(Shape::mesh(edges(&pieces, stroke(line), 0.5 / ui.pixels_per_point())));
        }
        Layer::Area { corners, fill, outline } => {
            out.push(Shape::convex_polygon(corners, tinted(fill), outline.map_or(Stroke::NONE, stroke)));
        }
        Layer::Star { center, rim, fill } => out.push(Shape::mesh(star(center, &rim, tinted(fill)))),
        Layer::Disc { center, radius, fill, outline } => {
            let (fill, stroke) = (tinted(fill), outline.map_or(Stroke::NONE, stroke));
            out.push(Shape::Circle(CircleShape { center, radius, fill, stroke }));
        }
        Layer::Squares { centers, side, fill, outline } => squares(&centers, side, tinted(fill), outline, out),
        Layer::Words { patch, ground, at, text, color: ink, strong, upward } => {
            if ground.opacity > 0.0 {
                out.push(Shape::rect_filled(patch, CornerRadius::same(3), tinted(ground)));
            }
            let galley = ui.painter().layout_no_wrap(text, font(ui, strong), color(ink));
            let angle = if upward { -FRAC_PI_2 } else { 0.0 };
            out.push(TextShape::new(at, galley, Color32::PLACEHOLDER).with_angle(angle).into());
        }
    }
}

/// Texts as egui lays them out.
pub struct Fonts<'a>(pub &'a Ui);

impl Measure for Fonts<'_> {
    fn size(&self, text: &str, strong: bool) -> Vec2 {
        let font = font(self.0, strong);
        self.0.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size()
    }
}

fn font(ui: &Ui, strong: bool) -> FontId {
    let style = if strong { TextStyle::Body } else { TextStyle::Small };
    let mut font: FontId = style.resolve(ui.style());
    if strong {
        font.family = FontFamily::Name("strong".into());
    }
    font
}

fn tinted(tint: Tint) -> Color32 {
    color(tint.color).gamma_multiply(tint.opacity)
}

fn stroke(line: Outline) -> Stroke {
    Stroke::new(line.width, tinted(line.tint))
}

fn dashed(corners: &[Pos2], stroke: Stroke, dashes: &[f32]) -> Vec<Shape> {
    match *dashes {
        [] => unbroken(corners, stroke),
        [dash, gap] => Shape::dashed_line(corners, stroke, dash, gap),
        _ => {
            let every = |first: usize| dashes.iter().skip(first).step_by(2).copied().collect::<Vec<f32>>();
            Shape::dashed_line_with_offset(corners, stroke, &every(0), &every(1), 0.0)
        }
    }
}

fn squares(centers: &[Pos2], side: f32, fill: Color32, outline: Option<Outline>, out: &mut Vec<Shape>) {
    let square = |at: Pos2| Rect::from_center_size(at, Vec2::splat(side));
    if let [at] = *centers {
        out.push(Shape::rect_filled(square(at), CornerRadius::ZERO, fill));
        let rim = outline.map_or(Stroke::NONE, stroke);
        out.push(Shape::rect_stroke(square(at), CornerRadius::ZERO, rim, StrokeKind::Middle));
        return;
    }
    let mut mesh = Mesh::default();
    for at in centers {
        mesh.add_colored_rect(square(*at), fill);
    }
    out.push(Shape::mesh(mesh));
}

/// Triangles from the center to all edges of the rim: without soft edges, which would be seen between neighbors.
fn star(center: Pos2, rim: &[Pos2], fill: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for at in std::iter::once(&center).chain(rim) {
        mesh.colored_vertex(*at, fill);
    }
    let count = rim.len() as u32;
    for index in 0..count {
        mesh.add_triangle(0, 1 + index, 1 + (index + 1) % count);
    }
    mesh
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
    use egui::{pos2, vec2};

    use super::*;
    use crate::drawing::ink::{Ink, Theme};

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
}
