//! Lengths on a page whose axes may have different scales.

use crate::landscapes::ViewBox;
use crate::numbers::{Point, Symmetric2, Vector};

/// A box more than this many times as long as wide is shown with a scale for each axis. With one scale for both it would be
/// narrower than 10 points in a view of 300, less than the mark of an iterate.
const SLIMMEST: f64 = 30.0;

/// Whether a box would be a line if both axes had one scale.
pub fn is_slim(view: ViewBox) -> bool {
    let aspect = view.width() / view.height();
    !(1.0 / SLIMMEST..=SLIMMEST).contains(&aspect)
}

/// Landscape units in one point of a page, along each axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageScale {
    across: f64,
    up: f64,
}

impl PageScale {
    /// The same scale for both axes.
    pub const fn equal(unit: f64) -> Self {
        Self { across: unit, up: unit }
    }

    /// A scale for each axis.
    pub const fn new(across: f64, up: f64) -> Self {
        Self { across, up }
    }

    /// The scale at which a box fills this width and height, in points.
    pub fn filling(view: ViewBox, [width, height]: [f64; 2]) -> Self {
        Self::new(view.width() / width, view.height() / height)
    }

    /// A page whose points are this many times as large.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self::new(self.across * factor, self.up * factor)
    }

    /// Landscape units in a point along x and along y.
    pub fn units(self) -> Vector {
        Vector::new(self.across, self.up)
    }

    /// A displacement in points.
    pub fn on_page(self, way: Vector) -> Vector {
        Vector::new(way.x / self.across, way.y / self.up)
    }

    /// A displacement of this many points to the right and up, in landscape units.
    pub fn way(self, right: f64, up: f64) -> Vector {
        Vector::new(right * self.across, up * self.up)
    }

    /// How long a displacement is, in points.
    pub fn length(self, way: Vector) -> f64 {
        self.on_page(way).norm()
    }

    /// How far apart two points are, in points of the page.
    pub fn distance(self, a: Point, b: Point) -> f64 {
        self.length(b - a)
    }

    /// A displacement of this length in points, in the direction of another; not finite where that has no direction.
    pub fn of_length(self, way: Vector, points: f64) -> Vector {
        way * (points / self.length(way))
    }

    /// A displacement of this length in points that looks perpendicular to another, to its left.
    pub fn across(self, way: Vector, points: f64) -> Vector {
        let page = self.on_page(way);
        let unit = Vector::new(-page.y, page.x) / page.norm() * points;
        self.way(unit.x, unit.y)
    }

    /// The longer side of a box, in points.
    pub fn size(self, view: ViewBox) -> f64 {
        let sides = self.on_page(Vector::new(view.width(), view.height()));
        sides.x.max(sides.y)
    }

    /// A box without a rim of this many points.
    pub fn inset(self, view: ViewBox, right: f64, up: f64) -> ViewBox {
        let by = self.way(right, up);
        ViewBox::new(view.x[0] + by.x, view.x[1] - by.x, view.y[0] + by.y, view.y[1] - by.y)
    }

    /// A quadratic form of displacements as one of displacements in points.
    pub fn form(self, matrix: Symmetric2) -> Symmetric2 {
        let Self { across, up } = self;
        Symmetric2 { xx: matrix.xx * across * across, xy: matrix.xy * across * up, yy: matrix.yy * up * up, ..matrix }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn boxes_beyond_thirty_to_one_are_slim() {
        for (sides, slim) in [
            ([1.0, 1.0], false),
            ([30.0, 1.0], false),
            ([31.0, 1.0], true),
            ([1.0, 31.0], true),
            ([1.0, 1e6], true),
            ([1e6, 1.0], true),
            ([2e-7, 1e-8], false),
        ] {
            assert_eq!(is_slim(ViewBox::new(0.0, sides[0], 5.0, 5.0 + sides[1])), slim, "{sides:?}");
        }
    }

    proptest! {
        #[test]
        fn lengths_and_right_angles_are_those_of_the_page(
            [x, y] in prop::array::uniform2(-3.0..3.0_f64), [p, q] in prop::array::uniform2(-6.0..6.0_f64),
        ) {
            prop_assume!(x.hypot(y) > 1e-3);
            let scale = PageScale::new(10_f64.powf(p), 10_f64.powf(q));
            let way = scale.way(x, y);
            let page = Vector::new(x, y);
            prop_assert!((scale.length(way) / page.norm() - 1.0).abs() < 1e-12);
            let across = scale.on_page(scale.across(way, 7.0));
            prop_assert!((across.norm() - 7.0).abs() < 1e-12 && across.dot(&page).abs() < 1e-9, "{across}");
            prop_assert!((scale.length(scale.of_length(way, 5.0)) - 5.0).abs() < 1e-12);
            let matrix = Symmetric2::new(2.0, -1.0, 3.0);
            let form = scale.form(matrix).form(page);
            prop_assert!((form - matrix.form(way)).abs() <= 1e-12 * scale.form(matrix).norm() * page.norm_squared());
        }
    }
}
