//! The loss as a mesh: heights of the grid, its corners on the screen, and the height between them.

use super::raster::Vertex;
use super::scene::HeightMap;
use crate::drawing::camera::Projection;
use crate::drawing::height_scale::HeightScale;
use crate::numbers::parallel::for_each_row;
use crate::numbers::{Point, Vector, tolerance};
use nalgebra::Vector3;
use std::ops::Range;

/// Cells per side of a block, the unit that is skipped as a whole when it lies outside of a band.
const BLOCK: usize = 8;
/// Where the light comes from, as shares of right, up and toward the eye: it turns with the eye, so that the shading stays calm.
const LIGHT: [f64; 3] = [-0.5, 0.62, 0.6];

/// The mesh of the loss surface. Its buffers are used again for the next picture.
#[derive(Default)]
pub(super) struct Relief {
    grid: (usize, usize),
    low: Point,
    step: (f64, f64),
    heights: Vec<f64>,
    vertices: Vec<Vertex>,
    blocks: Vec<Block>,
    /// The lowest and the highest height that is seen.
    pub seen: (f32, f32),
}

/// A rectangle of cells and the rows of the picture that it can touch.
struct Block {
    columns: Range<usize>,
    rows: Range<usize>,
    top: f32,
    bottom: f32,
}

impl Relief {
    /// Puts the loss on the screen. A surface without a single cell is empty.
    pub(super) fn build(&mut self, height_map: &HeightMap<'_>, projection: &Projection) {
        let (nx, ny) = height_map.grid;
        let sound = nx > 1 && ny > 1 && nx.checked_mul(ny).is_some_and(|count| count <= height_map.values.len());
        self.grid = if sound { height_map.grid } else { (0, 0) };
        let (nx, ny) = self.grid;
        let (low, high) = projection.stage().corners();
        self.low = low;
        self.step = ((high.x - low.x) / (nx.max(2) - 1) as f64, (high.y - low.y) / (ny.max(2) - 1) as f64);
        let rule = projection.stage().heights();
        self.heights.resize(nx * ny, 0.0);
        for_each_row(&mut self.heights, nx, |iy, row| {
            row.iter_mut().zip(&height_map.values[iy * nx..]).for_each(|(height, &loss)| *height = rule.of(loss));
        });
        let heights = self.heights.iter().map(|&height| height as f32);
        let seen = heights.filter(|height| (0.0..=HeightScale::TOP as f32).contains(height));
        self.seen =
            seen.fold((HeightScale::TOP as f32, 0.0), |(least, most), height| (least.min(height), most.max(height)));
        self.place(projection);
        self.collect_blocks();
    }

    fn place(&mut self, projection: &Projection) {
        let (nx, ny) = self.grid;
        let mut vertices = std::mem::take(&mut self.vertices);
        vertices.resize(nx * ny, Vertex::default());
        let light: Vector3<f64> =
            projection.axes().iter().zip(LIGHT).map(|(axis, share)| axis * share).sum::<Vector3<f64>>().normalize();
        for_each_row(&mut vertices, nx, |iy, row| {
            for (ix, vertex) in row.iter_mut().enumerate() {
                let height = self.heights[iy * nx + ix];
                let at = Point::new(self.low.x + ix as f64 * self.step.0, self.low.y + iy as f64 * self.step.1);
                let screen = projection.screen(&projection.stage().raised(at, height));
                let normal = self.normal(ix, iy, projection.stage().scale().units());
                *vertex = Vertex::on_screen(&screen, height, normal.dot(&light));
            }
        });
        self.vertices = vertices;
    }

    /// The upward unit normal at a grid point; straight up where a neighbor is a hole.
    fn normal(&self, ix: usize, iy: usize, units: Vector) -> Vector3<f64> {
        let (nx, ny) = self.grid;
        let (left, right) = (ix.saturating_sub(1), (ix + 1).min(nx - 1));
        let (front, back) = (iy.saturating_sub(1), (iy + 1).min(ny - 1));
        let rise = |to: usize, from: usize, cells: usize, step: f64, unit: f64| {
            (self.heights[to] - self.heights[from]) * unit / (cells as f64 * step)
        };
        let across = rise(iy * nx + right, iy * nx + left, right - left, self.step.0, units.x);
        let along = rise(back * nx + ix, front * nx + ix, back - front, self.step.1, units.y);
        let normal = Vector3::new(-across, -along, 1.0).normalize();
        if normal.z.is_nan() { Vector3::z() } else { normal }
    }

    fn collect_blocks(&mut self) {
        let (nx, ny) = (self.grid.0.max(1) - 1, self.grid.1.max(1) - 1);
        self.blocks.clear();
        for (row, column) in
            (0..ny).step_by(BLOCK).flat_map(|row| (0..nx).step_by(BLOCK).map(move |column| (row, column)))
        {
            let (columns, rows) = (column..(column + BLOCK).min(nx), row..(row + BLOCK).min(ny));
            let across = rows.start..=rows.end;
            let corners = across.flat_map(|iy| &self.vertices[iy * self.grid.0..][columns.start..=columns.end]);
            // `f32::min` passes over a hole's NaN.
            let (top, bottom) = corners.fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), corner| {
                (top.min(corner.y), bottom.max(corner.y))
            });
            self.blocks.push(Block { columns, rows, top, bottom });
        }
    }

    /// Hands out the triangles that can touch some rows of the picture.
    pub(super) fn triangles(&self, rows: &Range<usize>, mut triangle: impl FnMut([Vertex; 3])) {
        for block in self.blocks.iter().filter(|block| block.top < rows.end as f32 && block.bottom > rows.start as f32)
        {
            for iy in block.rows.clone() {
                cells(&self.vertices, self.grid.0, iy, block.columns.clone(), &mut triangle);
            }
        }
    }

    /// The height of the mesh at a point, exactly as it is drawn; NaN outside of the box and in holes.
    pub(super) fn height_at(&self, at: Point) -> f64 {
        let (nx, ny) = self.grid;
        let (x, y) = ((at.x - self.low.x) / self.step.0, (at.y - self.low.y) / self.step.1);
        // A rounding error beyond the edge is still the edge.
        let inside = |place: f64, count: usize| {
            count > 1 && place > -tolerance::ON_EDGE && place < (count - 1) as f64 + tolerance::ON_EDGE
        };
        if !inside(x, nx) || !inside(y, ny) {
            return f64::NAN;
        }
        let (ix, iy) = ((x as usize).min(nx - 2), (y as usize).min(ny - 2));
        let (u, v) = (x - ix as f64, y - iy as f64);
        let corner = |dx: usize, dy: usize| self.heights[(iy + dy) * nx + ix + dx];
        if u + v <= 1.0 {
            corner(0, 0) * (1.0 - u - v) + corner(1, 0) * u + corner(0, 1) * v
        } else {
            corner(1, 1) * (u + v - 1.0) + corner(0, 1) * (1.0 - u) + corner(1, 0) * (1.0 - v)
        }
    }
}

/// Hands out the two triangles of each cell in a row of a grid that is `width` points wide.
pub(super) fn cells(
    grid: &[Vertex],
    width: usize,
    row: usize,
    columns: Range<usize>,
    triangle: &mut impl FnMut([Vertex; 3]),
) {
    let (near, far) = (&grid[row * width..], &grid[(row + 1) * width..]);
    for column in columns {
        let [a, b, c, d] = [near[column], near[column + 1], far[column], far[column + 1]];
        triangle([a, b, c]);
        triangle([d, c, b]);
    }
}
