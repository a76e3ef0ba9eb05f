//! Triangles of one color as one area without seams.

use std::collections::BTreeMap;

use egui::epaint::WHITE_UV;
use egui::{Mesh, TextureId};

use super::straight;
use crate::drawing::vector_page::{Mark, Segment};

/// The outline of triangles that have one color and no texture; `None` of all others.
///
/// An edge that two triangles have in opposite directions lies inside; the others are the outline.
pub(super) fn outline(mesh: &Mesh) -> Option<Mark> {
    let color = mesh.vertices.first()?.color;
    let is_plain = mesh.texture_id == TextureId::default()
        && mesh.vertices.iter().all(|vertex| vertex.color == color && vertex.uv == WHITE_UV);
    if !is_plain {
        return None;
    }
    let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for corners in mesh.indices.as_chunks::<3>().0 {
        let turned = oriented(mesh, *corners);
        for (from, to) in [(turned[0], turned[1]), (turned[1], turned[2]), (turned[2], turned[0])] {
            let back = next.get_mut(&to).and_then(|ends| Some((ends.iter().position(|end| *end == from)?, ends)));
            match back {
                Some((index, ends)) => {
                    ends.swap_remove(index);
                }
                None => next.entry(from).or_default().push(to),
            }
        }
    }
    let mut path = Vec::new();
    while let Some(start) = next.iter().find(|(_, ends)| !ends.is_empty()).map(|(start, _)| *start) {
        path.push(Segment::Move(mesh.vertices[start as usize].pos));
        let mut at = start;
        while let Some(to) = next.get_mut(&at).and_then(Vec::pop).filter(|to| *to != start) {
            path.push(Segment::Line(mesh.vertices[to as usize].pos));
            at = to;
        }
        next.retain(|_, ends| !ends.is_empty());
        path.push(Segment::Close);
    }
    Some(Mark::Path { path, fill: Some(straight(color)), stroke: None })
}

/// The corners of a triangle, all triangles in the same sense.
fn oriented(mesh: &Mesh, [a, b, c]: [u32; 3]) -> [u32; 3] {
    let [p, q, r] = [a, b, c].map(|index| mesh.vertices[index as usize].pos);
    let (along, across) = (q - p, r - p);
    if along.x * across.y - along.y * across.x < 0.0 { [a, c, b] } else { [a, b, c] }
}
