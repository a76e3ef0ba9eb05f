//! A triangle of an interface: its corners snapped to a grid finer than pixels, as a graphics card does.

use egui::Pos2;

use crate::render::spans::Corner;

/// Subpixel steps a vertex snaps to.
const SUBPIXELS: f64 = 256.0;

/// The farthest a corner may be, in pixels: beyond nothing is distinguished.
const FARTHEST: f64 = (1_u64 << 40) as f64;

/// A triangle whose corners lie on the subpixel grid, turning clockwise on the screen.
pub(super) struct Triangle {
    /// In pixels.
    pub(super) corners: [Corner; 3],
    /// Which of the given corners are these, for their colors.
    pub(super) order: [usize; 3],
}

impl Triangle {
    /// `None` if it has no area, or a corner is nowhere.
    pub(super) fn new(points: [Pos2; 3], pixels_per_point: f32) -> Option<Self> {
        if !points.iter().all(|point| point.is_finite()) {
            return None;
        }
        let mut corners = points.map(|point| [point.x, point.y].map(|at| snap(at * pixels_per_point)));
        let mut order = [0, 1, 2];
        if doubled_area(&corners) < 0.0 {
            corners.swap(1, 2);
            order.swap(1, 2);
        }
        (doubled_area(&corners) > 0.0).then_some(Self { corners, order })
    }
}

fn snap(pixels: f32) -> f64 {
    ((f64::from(pixels) * SUBPIXELS).round() / SUBPIXELS).clamp(-FARTHEST, FARTHEST)
}

fn doubled_area([a, b, c]: &[Corner; 3]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
