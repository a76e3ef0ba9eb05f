//! Which pixels a triangle holds: corners on a grid finer than pixels, and three half planes.

use std::ops::Range;

use egui::Pos2;

/// Subpixel steps a vertex snaps to.
pub(super) const SUBPIXELS: f64 = 256.0;

/// [`SUBPIXELS`] as an integer, and half of it: the center of a pixel.
const PIXEL: i128 = 256;
const CENTER: i128 = PIXEL / 2;

/// The farthest a corner may be, in subpixels.
const FARTHEST: f64 = (1_u64 << 56) as f64;

/// A triangle whose corners lie on the subpixel grid, turning clockwise on the screen.
pub(super) struct Triangle {
    pub(super) corners: [[i128; 2]; 3],
    /// Which of the given corners are these, for their colors.
    pub(super) order: [usize; 3],
    edges: [Edge; 3],
}

impl Triangle {
    /// `None` if it has no area, or a corner is nowhere.
    pub(super) fn new(points: [Pos2; 3], pixels_per_point: f32) -> Option<Self> {
        if !points.iter().all(|point| point.is_finite()) {
            return None;
        }
        let mut corners = points.map(|point| [point.x, point.y].map(|at| snap(at * pixels_per_point)));
        let mut order = [0, 1, 2];
        if doubled_area(&corners) < 0 {
            corners.swap(1, 2);
            order.swap(1, 2);
        }
        let [a, b, c] = corners;
        (doubled_area(&corners) > 0).then(|| Self {
            corners,
            order,
            edges: [Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)],
        })
    }

    /// The rows whose centers it may hold.
    pub(super) fn rows(&self, clip: &Range<i64>) -> Range<i64> {
        let [a, b, c] = self.corners.map(|[_, y]| y);
        let (top, bottom) = (a.min(b).min(c), a.max(b).max(c));
        let first = (top - CENTER).div_euclid(PIXEL) as i64;
        let last = (bottom - CENTER).div_euclid(PIXEL) as i64;
        first.max(clip.start)..(last + 1).min(clip.end)
    }

    /// The pixels of row `y` whose centers it holds.
    pub(super) fn span(&self, y: i64, clip: &Range<i64>) -> Range<i64> {
        self.edges.iter().fold(clip.clone(), |span, edge| edge.narrow(span, y))
    }
}

fn snap(pixels: f32) -> i128 {
    // Beyond 2⁴⁸ pixels nothing is told apart, and products of coordinates would overflow.
    (f64::from(pixels) * SUBPIXELS).round().clamp(-FARTHEST, FARTHEST) as i128
}

fn doubled_area([a, b, c]: &[[i128; 2]; 3]) -> i128 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// A half plane: `slope_x`·x + `slope_y`·y + `offset` ≥ 0 at the centers of the pixels inside.
///
/// 128 bits, because a deeply zoomed plot has corners millions of pixels away.
struct Edge {
    slope_x: i128,
    slope_y: i128,
    offset: i128,
}

impl Edge {
    fn new(from: [i128; 2], to: [i128; 2]) -> Self {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let is_top_or_left = dy < 0 || (dy == 0 && dx > 0);
        let at_first_center = dx * (CENTER - from[1]) - dy * (CENTER - from[0]);
        Self { slope_x: -dy * PIXEL, slope_y: dx * PIXEL, offset: at_first_center - i128::from(!is_top_or_left) }
    }

    /// The part of `span` in row `y` that lies on the inner side.
    fn narrow(&self, span: Range<i64>, y: i64) -> Range<i64> {
        let start = self.slope_y * i128::from(y) + self.offset;
        let within = |x: i128| x.clamp(span.start.into(), span.end.into()) as i64;
        match self.slope_x {
            0 if start < 0 => span.start..span.start,
            0 => span,
            slope @ 1.. => within(-start.div_euclid(slope))..span.end,
            slope => span.start..within(start.div_euclid(-slope) + 1),
        }
    }
}
