//! Lines, discs, rectangles and curves as paths.

use egui::emath::GuiRounding as _;
use egui::epaint::{CircleShape, ColorMode, PathShape, PathStroke, RectShape};
use egui::{Color32, CornerRadius, Rect, Shape, Stroke, StrokeKind, Vec2, vec2};

use super::straight;
use crate::drawing::vector_page::{Mark, Rgba, Segment, VectorStroke, all_corners, ellipse, polyline, rounded};

/// The marks of a shape that has neither letters nor textures.
pub(super) fn marks(shape: Shape, pixels_per_point: f32) -> Vec<Mark> {
    match shape {
        Shape::Circle(circle) => disc(circle),
        Shape::Ellipse(shape) => {
            let path = ellipse(shape.center, shape.radius);
            vec![Mark::Path { path, fill: filled(shape.fill), stroke: line(shape.stroke) }]
        }
        Shape::LineSegment { points, stroke } => {
            vec![Mark::Path { path: polyline(&points, false), fill: None, stroke: line(stroke) }]
        }
        Shape::Path(path) => along(path),
        Shape::Rect(rect) => rectangle(&rect, pixels_per_point),
        Shape::QuadraticBezier(curve) => {
            let [from, control, to] = curve.points;
            let toward = |end: egui::Pos2| end + (control - end) * (2.0 / 3.0);
            curved([from, toward(from), toward(to), to], curve.closed, curve.fill, &curve.stroke)
        }
        Shape::CubicBezier(curve) => curved(curve.points, curve.closed, curve.fill, &curve.stroke),
        _ => Vec::new(),
    }
}

fn curved(points: [egui::Pos2; 4], is_closed: bool, fill: Color32, stroke: &PathStroke) -> Vec<Mark> {
    let [from, a, b, to] = points;
    let mut path = vec![Segment::Move(from), Segment::Cubic([a, b, to])];
    path.extend(is_closed.then_some(Segment::Close));
    vec![Mark::Path { path, fill: filled(fill), stroke: solid(stroke) }]
}

fn along(shape: PathShape) -> Vec<Mark> {
    let PathShape { points, closed, fill, stroke } = shape;
    vec![Mark::Path { path: polyline(&points, closed), fill: filled(fill), stroke: solid(&stroke) }]
}

/// A disc: its edge lies outside of its radius.
fn disc(CircleShape { center, radius, fill, stroke }: CircleShape) -> Vec<Mark> {
    let circle = |radius: f32| ellipse(center, Vec2::splat(radius));
    let mut marks = Vec::new();
    if let Some(fill) = filled(fill) {
        marks.push(Mark::Path { path: circle(radius), fill: Some(fill), stroke: None });
    }
    if let Some(edge) = line(stroke) {
        marks.push(Mark::Path { path: circle(radius + edge.width / 2.0), fill: None, stroke: Some(edge) });
    }
    marks
}

/// A rectangle, on whole pixels as on the screen; its edge lies inside, along or outside of it.
fn rectangle(shape: &RectShape, pixels_per_point: f32) -> Vec<Mark> {
    let mut rect = shape.rect;
    if shape.round_to_pixels.unwrap_or(true) {
        match shape.stroke_kind {
            StrokeKind::Middle if !shape.stroke.is_empty() => on_pixels(&mut rect, shape.stroke, pixels_per_point),
            _ => rect = rect.round_to_pixels(pixels_per_point),
        }
    }
    let mut marks = Vec::new();
    let (fill, edge) = (filled(shape.fill), line(shape.stroke));
    if let Some(fill) = fill {
        marks.push(Mark::Path {
            path: rounded(rect, radii(shape.corner_radius, 0.0, rect)),
            fill: Some(fill),
            stroke: None,
        });
    }
    if let Some(edge) = edge {
        let out = edge.width / 2.0
            * match shape.stroke_kind {
                StrokeKind::Inside => -1.0,
                StrokeKind::Middle => 0.0,
                StrokeKind::Outside => 1.0,
            };
        let rect = rect.expand(out);
        marks.push(Mark::Path {
            path: rounded(rect, radii(shape.corner_radius, out, rect)),
            fill: None,
            stroke: Some(edge),
        });
    }
    marks
}

/// Aligns a rectangle with pixels: the middle of a line of odd width lies in the middle of a pixel, that of an even one between two.
fn on_pixels(rect: &mut Rect, stroke: Stroke, pixels_per_point: f32) {
    for corner in [&mut rect.min, &mut rect.max] {
        stroke.round_center_to_pixel(pixels_per_point, &mut corner.x);
        stroke.round_center_to_pixel(pixels_per_point, &mut corner.y);
    }
}

/// The radii of the corners, of a line that lies this much outside; none is larger than half a side.
fn radii(corners: CornerRadius, out: f32, rect: Rect) -> [Vec2; 4] {
    let most = rect.size() / 2.0;
    let [nw, ne, se, sw] = [corners.nw, corners.ne, corners.se, corners.sw].map(f32::from);
    if [nw, ne, se, sw] == [0.0; 4] {
        return all_corners(0.0);
    }
    [nw, ne, se, sw].map(|radius| {
        let radius = (radius + out).clamp(0.0, most.min_elem().max(0.0));
        vec2(radius, radius)
    })
}

fn filled(color: Color32) -> Option<Rgba> {
    (color.a() > 0).then(|| straight(color))
}

fn line(stroke: Stroke) -> Option<VectorStroke> {
    (stroke.width > 0.0 && stroke.color.a() > 0)
        .then(|| VectorStroke { width: stroke.width, color: straight(stroke.color) })
}

/// The line of a path, if it has one color.
fn solid(stroke: &PathStroke) -> Option<VectorStroke> {
    match stroke.color {
        ColorMode::Solid(color) => line(Stroke::new(stroke.width, color)),
        ColorMode::UV(_) => None,
    }
}
