//! A rectangle of weight space: a domain, a frame, what a picture shows.

use crate::numbers::{Point, clipping};

/// A rectangle of weight space, \[x0, x1\] × \[y0, y1\].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewBox {
    /// Lower and upper x.
    pub x: [f64; 2],
    /// Lower and upper y.
    pub y: [f64; 2],
}

impl ViewBox {
    /// The box \[x0, x1\] × \[y0, y1\].
    pub const fn new(x0: f64, x1: f64, y0: f64, y1: f64) -> Self {
        Self { x: [x0, x1], y: [y0, y1] }
    }

    /// The square of half side `half` about the origin.
    pub const fn square(half: f64) -> Self {
        Self::new(-half, half, -half, half)
    }

    /// Whether it is a rectangle that can be drawn: its sides positive, and neither too small nor too large for floats.
    pub fn is_sane(&self) -> bool {
        [self.x, self.y].into_iter().all(|[low, high]| {
            let largest = low.abs().max(high.abs());
            low < high && largest < 1e100 && high - low > 1e-9 * largest && high - low > 1e-100
        })
    }

    /// Width.
    pub fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.y[1] - self.y[0]
    }

    /// The longer side.
    pub fn size(&self) -> f64 {
        self.width().max(self.height())
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(f64::midpoint(self.x[0], self.x[1]), f64::midpoint(self.y[0], self.y[1]))
    }

    /// Its corners, counter-clockwise from the lower left one.
    pub fn corners(&self) -> [Point; 4] {
        let ([x0, x1], [y0, y1]) = (self.x, self.y);
        [[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(Point::from)
    }

    /// The closed line around it, counter-clockwise from its lower left corner.
    pub fn outline(&self) -> [Point; 5] {
        let [a, b, c, d] = self.corners();
        [a, b, c, d, a]
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, at: Point) -> bool {
        (self.x[0]..=self.x[1]).contains(&at.x) && (self.y[0]..=self.y[1]).contains(&at.y)
    }

    /// The ends of the part of a segment that lies inside, if any does.
    pub fn cut(&self, from: Point, to: Point) -> Option<[Point; 2]> {
        let corner = |end: usize| [self.x[end], self.y[end]];
        let shares = clipping::in_box(from.into(), to.into(), corner(0), corner(1))?;
        Some(shares.map(|share| from + (to - from) * share))
    }
}
