//! How far the surface between measured values may be from what was measured, estimated by fourth differences of the values.
//!
//! A cubic spline with the step h differs from a smooth function f by h⁴f⁗/384 between its values, and its second derivative
//! by h²f⁗/12; a fourth difference of the values is h⁴f⁗.
//!
//! Source: C. de Boor, A Practical Guide to Splines (2001), chapter V.

use super::Grid;
use crate::numbers::Point;

/// What the estimate is multiplied by: the fourth derivative is known as roughly as the values lie apart.
const SAFETY: f64 = 2.0;

/// About how far a surface may be from what was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InterpolationError {
    /// In its value.
    pub value: f64,
    /// In its second derivatives along x and along y.
    pub curvature: [f64; 2],
}

impl Grid {
    /// From one coordinate to the next, along x and along y.
    pub fn steps(&self) -> [f64; 2] {
        [self.x.step(), self.y.step()]
    }

    /// The error of interpolation near a point; `None` outside, and where too few values lie around it.
    pub fn interpolation_error(&self, at: Point) -> Option<InterpolationError> {
        let (column, row) = (self.x.cell(at.x)?, self.y.cell(at.y)?);
        let fourth = |axis: usize| {
            let lines = [0, 1].map(|side| if axis == 0 { [column, row + side] } else { [column + side, row] });
            let all = lines.into_iter().flat_map(|node| (-1..=2).map(move |away| (node, away)));
            let known = all.filter_map(|(node, away)| self.fourth_difference(node, axis, away));
            known.map(f64::abs).reduce(f64::max)
        };
        let fourth = [fourth(0)?, fourth(1)?];
        let steps = self.steps();
        Some(InterpolationError {
            value: SAFETY * (fourth[0] + fourth[1]) / 384.0,
            curvature: [0, 1].map(|axis| SAFETY * fourth[axis] / (12.0 * steps[axis] * steps[axis])),
        })
    }

    /// The fourth difference of five values along an axis, about one beside a point of the grid.
    fn fourth_difference(&self, node: [usize; 2], axis: usize, away: isize) -> Option<f64> {
        let middle = node[axis].checked_add_signed(away)?;
        let value = |offset: isize| {
            let mut place = node;
            place[axis] = middle.checked_add_signed(offset).filter(|index| *index < self.size()[axis])?;
            Some(self.surface.node(place)[0]).filter(|value| value.is_finite())
        };
        let [a, b, c, d, e] = [value(-2)?, value(-1)?, value(0)?, value(1)?, value(2)?];
        Some(a - 4.0 * b + 6.0 * c - 4.0 * d + e)
    }
}
