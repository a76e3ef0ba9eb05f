//! Triangles to rows of pixels. Every quantity is linear on the screen because the projection is parallel.

use std::ops::Range;

use nalgebra::Point3;

use crate::numbers::clipping;
use crate::render::spans::{Corner, spans};

/// A corner of a triangle: the place on the screen in pixels, and three quantities that are interpolated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Vertex {
    pub x: f32,
    pub y: f32,
    /// Pixels away from the eye.
    pub depth: f32,
    /// Scene units over the floor; NaN makes a hole.
    pub height: f32,
    /// Extra interpolated value: for the loss how squarely it faces the light, from -1 to 1, for a local model its height over the loss.
    pub extra: f32,
}

impl Vertex {
    /// The vertex at a place on the screen, of this height and extra value.
    #[inline]
    pub(super) fn on_screen(place: &Point3<f64>, height: f64, extra: f64) -> Self {
        let [x, y, depth] = [place.x, place.y, place.z].map(|side| side as f32);
        Self { x, y, depth, height: height as f32, extra: extra as f32 }
    }

    /// The vertex between two others, at the share `t` of the way.
    fn between(&self, other: &Self, t: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * t;
        Self {
            x: mix(self.x, other.x),
            y: mix(self.y, other.y),
            depth: mix(self.depth, other.depth),
            height: mix(self.height, other.height),
            extra: mix(self.extra, other.extra),
        }
    }
}

/// Hands out the triangles that remain of one between the floor (height 0) and the ceiling, so that what is too high ends in a clean open edge.
pub(super) fn clipped(corners: [Vertex; 3], ceiling: f32, mut triangle: impl FnMut(&[Vertex; 3])) {
    if corners.iter().all(|corner| (0.0..=ceiling).contains(&corner.height)) {
        return triangle(&corners);
    }
    if corners.iter().any(|corner| !corner.height.is_finite() || !corner.x.is_finite() || !corner.y.is_finite()) {
        return;
    }
    let mut polygon = Polygon { corners: [Vertex::default(); 5], len: 3 };
    polygon.corners[..3].copy_from_slice(&corners);
    let polygon = polygon.cut(|corner| corner.height).cut(|corner| ceiling - corner.height);
    for last in 2..polygon.len {
        triangle(&[polygon.corners[0], polygon.corners[last - 1], polygon.corners[last]]);
    }
}

/// A triangle cut twice has at most five corners.
struct Polygon {
    corners: [Vertex; 5],
    len: usize,
}

impl Polygon {
    /// What lies where `inside` is not negative.
    fn cut(&self, inside: impl Fn(&Vertex) -> f32) -> Self {
        let mut kept = Self { corners: [Vertex::default(); 5], len: 0 };
        let between = |from: &Vertex, to: &Vertex, share: f64| from.between(to, share as f32);
        clipping::polygon(&self.corners[..self.len], |at| inside(at).into(), between, |corner| kept.push(corner));
        kept
    }

    fn push(&mut self, corner: Vertex) {
        if self.len < self.corners.len() {
            self.corners[self.len] = corner;
            self.len += 1;
        }
    }
}

/// A quantity that is linear on the screen, kept within its values at the corners, because slivers amplify rounding.
/// Where it is not a number it stays so, and then fails every comparison that would make it ink.
#[derive(Clone, Copy)]
pub(super) struct Linear {
    origin: f32,
    across: f32,
    down: f32,
    least: f32,
    most: f32,
}

impl Linear {
    /// The value at the place (x, y), pixels.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        // What does not change along a row comes first, so that it is added up once.
        let value = self.origin + self.down * y + self.across * x;
        if value < self.least {
            self.least
        } else if value > self.most {
            self.most
        } else {
            value
        }
    }

    /// The change per pixel along the gradient.
    pub(super) fn slope(&self) -> f32 {
        (self.across * self.across + self.down * self.down).sqrt()
    }

    /// The least and the largest value on the triangle.
    pub(super) fn range(&self) -> (f32, f32) {
        (self.least, self.most)
    }
}

/// Triangles of less than twice this many square pixels are left out.
const SLIVER: f32 = 1e-6;

/// A triangle made ready for filling.
pub(super) struct Triangle {
    /// In pixels.
    corners: [Corner; 3],
    /// Where linear quantities are counted from, so that large coordinates cost no digits.
    from: (f32, f32),
    pub depth: Linear,
    pub height: Linear,
    pub extra: Linear,
    /// Whether its corners go around clockwise on the screen.
    pub clockwise: bool,
}

impl Triangle {
    /// None if the triangle covers no pixel's middle in the given rows.
    pub(super) fn new(corners: &[Vertex; 3], rows: &Range<usize>) -> Option<Self> {
        let [a, b, c] = corners;
        let (top, bottom) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
        if bottom <= rows.start as f32 || top >= rows.end as f32 {
            return None;
        }
        let (ux, uy, vx, vy) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y);
        let area = ux * vy - uy * vx;
        if area.abs() < SLIVER || !area.is_finite() {
            return None;
        }
        let share = 1.0 / area;
        let linear = |p: f32, q: f32, r: f32| {
            let (along_u, along_v) = ((q - p) * share, (r - p) * share);
            let (across, down) = (along_u * vy - along_v * uy, along_v * ux - along_u * vx);
            let (least, most) = (p.min(q).min(r), p.max(q).max(r));
            Linear { origin: p, across, down, least, most }
        };
        let place = |corner: &Vertex| [f64::from(corner.x), f64::from(corner.y)];
        Some(Self {
            corners: [place(a), place(b), place(c)],
            from: (a.x, a.y),
            depth: linear(a.depth, b.depth, c.depth),
            height: linear(a.height, b.height, c.height),
            extra: linear(a.extra, b.extra, c.extra),
            clockwise: area > 0.0,
        })
    }

    /// Calls `paint(row, columns, x, y)` for every row with pixels whose middles lie inside; (x, y) is the first middle, counted as the linear quantities want it.
    pub(super) fn spans(
        &self,
        rows: &Range<usize>,
        width: usize,
        mut paint: impl FnMut(usize, Range<usize>, f32, f32),
    ) {
        spans(self.corners, rows, &(0..width), |row, columns| {
            let (x, y) = (columns.start as f32 + 0.5, row as f32 + 0.5);
            paint(row, columns, x - self.from.0, y - self.from.1);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vertex(x: f32, y: f32, height: f32) -> Vertex {
        Vertex { x, y, height, ..Vertex::default() }
    }

    #[test]
    fn two_triangles_fill_a_square_once_and_completely() {
        let corners = [vertex(1.3, 2.7, 0.1), vertex(17.9, 1.2, 0.2), vertex(19.1, 18.4, 0.3), vertex(2.2, 15.5, 0.4)];
        let mut hits = [0; 400];
        for [i, j, k] in [[0, 1, 2], [0, 2, 3]] {
            let triangle = Triangle::new(&[corners[i], corners[j], corners[k]], &(0..20)).expect("a proper triangle");
            triangle.spans(&(0..20), 20, |row, columns, _, _| {
                columns.for_each(|column| hits[row * 20 + column] += 1);
            });
        }
        assert!(hits.iter().all(|&hit| hit <= 1));
        for row in 4..14 {
            assert!((4..17).all(|column| hits[row * 20 + column] == 1), "a crack in row {row}");
        }
    }

    #[test]
    fn a_triangle_is_cut_at_floor_and_ceiling() {
        let mut area = 0.0;
        clipped([vertex(0.0, 0.0, -1.0), vertex(4.0, 0.0, 3.0), vertex(0.0, 2.0, -1.0)], 1.0, |[a, b, c]| {
            area += ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs() / 2.0;
            assert!([a, b, c].iter().all(|corner| (-1e-6..=1.0 + 1e-6).contains(&corner.height)));
        });
        // The height is x - 1, and the triangle is 2 - x/2 wide there: what remains is 1 < x < 2.
        assert!((area - 1.25).abs() < 1e-5, "{area}");
    }
}
