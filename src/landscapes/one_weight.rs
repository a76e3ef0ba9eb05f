//! A loss of x alone, with dimension 1.

use std::sync::Arc;

use super::{FirstOrder, Loss, SecondOrder};
use crate::numbers::{Dimension, Point, Symmetric2, Vector};

/// A function of x alone. y may be anything and changes nothing.
pub(super) struct OneWeight(pub(super) Arc<dyn Loss>);

/// The slope along x, beside which there is none.
fn along_x(gradient: Vector) -> Vector {
    Vector::new(gradient.x, 0.0)
}

impl Loss for OneWeight {
    fn dimension(&self) -> Dimension {
        Dimension::One
    }

    fn effort(&self) -> usize {
        self.0.effort()
    }

    fn value(&self, at: Point) -> f64 {
        self.0.value(at)
    }

    fn ends_along(&self, from: Point, unit: Vector, limit: f64) -> Option<f64> {
        self.0.ends_along(from, unit, limit)
    }

    fn hessian_noise(&self) -> Symmetric2 {
        Symmetric2::of_one_weight(self.0.hessian_noise().xx)
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        let first = self.0.first_order(at);
        FirstOrder { gradient: along_x(first.gradient), ..first }
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        let SecondOrder { value, gradient, hessian } = self.0.second_order(at);
        SecondOrder { value, gradient: along_x(gradient), hessian: Symmetric2::of_one_weight(hessian.xx) }
    }

    fn roundings(&self, at: Point) -> Option<[f64; 6]> {
        self.0.roundings(at)
    }

    fn is_level(&self, at: Point) -> bool {
        self.0.is_level(at)
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        self.0.value_row(xs, y, out);
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.0.values(xs, ys, out);
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        self.0.second_orders(xs, ys, out);
        for [_, _, dy, _, xy, yy] in out {
            [*dy, *xy, *yy] = [0.0; 3];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, entries};

    #[test]
    fn a_formula_in_x_alone_and_the_parabola_have_one_weight() {
        for (text, dimension) in [
            ("parabola", Dimension::One),
            ("formula:2x^2", Dimension::One),
            ("formula:x^3/3-x", Dimension::One),
            ("formula:a x^2 + b", Dimension::One),
            ("formula:f(t) = t^2", Dimension::One),
            ("formula:max(x,-x)", Dimension::One),
            ("formula:y^2", Dimension::Two),
            ("formula:x^2+0*y", Dimension::Two),
            ("formula:3", Dimension::Two),
            ("formula:x^2+y^2", Dimension::Two),
            ("trough", Dimension::Two),
        ] {
            assert_eq!(Landscape::parse(text).unwrap().dimension(), dimension, "{text}");
        }
        let single = entries().map(Landscape::of).filter(|landscape| landscape.dimension().is_one());
        assert_eq!(single.map(|landscape| landscape.entry().id).collect::<Vec<_>>(), ["parabola"], "of the catalog");
    }

    #[test]
    fn it_has_neither_slope_nor_curvature_along_y() {
        let landscape = Landscape::parse("formula:ln(x)+x^3").unwrap();
        for (x, y) in [(0.5, 0.0), (2.0, -3.0), (-1.0, 1.0)] {
            let here = landscape.loss().second_order(Point::new(x, y));
            assert_eq!((here.gradient.y, here.hessian.xy, here.hessian.yy), (0.0, 0.0, 0.0), "at ({x}, {y})");
            assert_eq!(landscape.loss().first_order(Point::new(x, y)).gradient.y, 0.0, "at ({x}, {y})");
        }
        let here = landscape.loss().second_order(Point::new(2.0, 7.0));
        assert_eq!((here.gradient.x, here.hessian.xx), (12.5, 11.75), "1/x + 3x² and −1/x² + 6x");
    }
}
