//! Lines and areas of a picture as triangles, kept from frame to frame: an unchanged picture costs only a copy.
//!
//! Words are not kept: their letters lie in a texture that may be rebuilt at any time.

use std::sync::Arc;

use egui::epaint::Tessellator;
use egui::{Context, Id, Mesh, Rect, Shape};

use super::vector::wants_paths;

/// The shapes of a picture, and what they were made for.
#[derive(Clone)]
struct Kept {
    key: u64,
    shapes: Arc<Vec<Shape>>,
}

/// The shapes of the picture with this name, made only where those of the last frame were made for another key.
///
/// Whatever the shapes depend on is in the key; what lies wholly outside of `frame` may be left out.
pub(super) fn kept(
    context: &Context,
    name: Id,
    key: u64,
    frame: Rect,
    make: impl FnOnce() -> Vec<Shape>,
) -> Arc<Vec<Shape>> {
    if wants_paths(context) {
        return Arc::new(make());
    }
    let name = name.with("kept shapes");
    let known = context.data(|data| data.get_temp::<Kept>(name)).filter(|kept| kept.key == key);
    let kept = known.unwrap_or_else(|| Kept { key, shapes: Arc::new(triangles(context, frame, make())) });
    let shapes = Arc::clone(&kept.shapes);
    context.data_mut(|data| data.insert_temp(name, kept));
    shapes
}

/// Paths as triangles, neighbors in one mesh; everything else as it is.
fn triangles(context: &Context, frame: Rect, shapes: Vec<Shape>) -> Vec<Shape> {
    let options = context.options(|options| options.tessellation_options);
    // Neither letters nor small discs are asked for, which lie in the texture of the fonts.
    let mut tessellator = Tessellator::new(context.pixels_per_point(), options, [1, 1], Vec::new());
    tessellator.set_clip_rect(frame);
    let (mut all, mut mesh) = (Vec::new(), Mesh::default());
    for shape in shapes {
        match shape {
            Shape::Path(path) => tessellator.tessellate_path(&path, &mut mesh),
            Shape::LineSegment { points, stroke } => tessellator.tessellate_line_segment(points, stroke, &mut mesh),
            other => {
                push(&mut all, &mut mesh);
                all.push(other);
            }
        }
    }
    push(&mut all, &mut mesh);
    all
}

fn push(all: &mut Vec<Shape>, mesh: &mut Mesh) {
    if !mesh.is_empty() {
        all.push(Shape::mesh(std::mem::take(mesh)));
    }
}
