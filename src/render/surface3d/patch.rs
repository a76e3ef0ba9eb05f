//! A local model as a mesh, sampled finely and mapped to the height scale of the picture: with logarithmic heights a plane is curved.

use super::raster::Vertex;
use super::relief::{Relief, cells};
use super::scene::{Footprint, ModelPatch};
use crate::drawing::camera::Projection;
use crate::drawing::height_scale::HeightScale;
use crate::drawing::page_scale::PageScale;
use crate::numbers::parallel::for_each_row;
use crate::numbers::{Point, Vector, direction};
use std::f64::consts::TAU;
use std::ops::Range;

/// Cells per side of a local model's grid.
const CELLS: usize = 48;
/// Corners per side of a local model's grid.
const SIDE: usize = CELLS + 1;
/// How much a local model is raised where it coincides with the loss, in scene units: about a pixel, so that the two do not flicker
/// through each other.
const LIFT: f64 = 0.006 * HeightScale::TOP;
/// The distance from the loss from which on a local model is not raised, in the same unit.
const APART: f64 = 0.1 * LIFT;

/// The meshes of all local models. The buffer is used again for the next picture.
#[derive(Default)]
pub(super) struct Patches {
    vertices: Vec<Vertex>,
}

impl Patches {
    /// Puts the local models on the screen.
    pub(super) fn build(&mut self, local_models: &[ModelPatch<'_>], relief: &Relief, projection: &Projection) {
        self.vertices.resize(local_models.len() * SIDE * SIDE, Vertex::default());
        for_each_row(&mut self.vertices, SIDE, |line, row| {
            let local_model = &local_models[line / SIDE];
            for (column, vertex) in row.iter_mut().enumerate() {
                let stage = projection.stage();
                let at = local_model.footprint.point(
                    stage.scale(),
                    column as f64 / CELLS as f64,
                    (line % SIDE) as f64 / CELLS as f64,
                );
                let mut scene = stage.scene(at, (local_model.function)(at));
                let ground = relief.height_at(at);
                scene.z += lift(scene.z - ground);
                *vertex = Vertex::on_screen(&projection.screen(&scene), scene.z, scene.z - ground);
            }
        });
    }

    /// Hands out the triangles of one local model.
    pub(super) fn triangles(&self, local_model: usize, rows: &Range<usize>, mut triangle: impl FnMut([Vertex; 3])) {
        let grid = &self.vertices[local_model * SIDE * SIDE..][..SIDE * SIDE];
        for row in 0..CELLS {
            let line = &grid[row * SIDE..(row + 2) * SIDE];
            let (top, bottom) = line.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), corner| {
                (top.min(corner.y), bottom.max(corner.y))
            });
            if top < rows.end as f32 && bottom > rows.start as f32 {
                cells(line, SIDE, 0, 0..CELLS, &mut triangle);
            }
        }
    }
}

/// By how much a local model is raised that lies so far above the loss surface; not at all where there is no surface.
fn lift(above: f64) -> f64 {
    LIFT * (1.0 - above.abs() / APART).max(0.0)
}

impl Footprint {
    /// The point at the shares `u` and `v` from 0 to 1 of its two coordinates: along two sides of a square, or around and outward in a disc.
    fn point(&self, scale: PageScale, u: f64, v: f64) -> Point {
        match *self {
            Self::Disc { center, radius } => {
                let (sin, cos) = (u * TAU).sin_cos();
                center + scale.way(cos * radius * v, sin * radius * v)
            }
            Self::Square { center, half, along } => {
                let along = direction(scale.on_page(along)).unwrap_or_else(Vector::x);
                let side = Vector::new(-along.y, along.x);
                let scene = (along * (2.0 * u - 1.0) + side * (2.0 * v - 1.0)) * half;
                center + scale.way(scene.x, scene.y)
            }
        }
    }

    /// The outline, closed, in steps as fine as the mesh.
    pub(super) fn outline(&self, scale: PageScale) -> impl Iterator<Item = Point> {
        let sides = if matches!(self, Self::Disc { .. }) { 1 } else { 4 };
        (0..=sides * CELLS).map(move |step| {
            let share = (step % CELLS) as f64 / CELLS as f64;
            match (sides, step / CELLS) {
                (1, turn) => self.point(scale, share + turn as f64, 1.0),
                (_, 1) => self.point(scale, 1.0, share),
                (_, 2) => self.point(scale, 1.0 - share, 1.0),
                (_, 3) => self.point(scale, 0.0, 1.0 - share),
                _ => self.point(scale, share, 0.0),
            }
        })
    }
}
