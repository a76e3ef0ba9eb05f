//! The surface as a loss: one formula for values and derivatives, and no value outside the measured rectangle or in its
//! holes.

use super::Grid;
use super::axis::Axis;
use super::surface::Weights;
use crate::landscapes::{FirstOrder, Loss, SecondOrder};
use crate::numbers::{Jet1, Jet2, Point, Real, Symmetric2, Vector};

impl Grid {
    /// The loss at a point, `x` and `y` being its coordinates with or without derivatives; `None` outside and in holes.
    #[inline(always)]
    fn at<T: Real>(&self, at: Point, x: T, y: T) -> Option<T> {
        let (column, row) = (self.x.cell(at.x)?, self.y.cell(at.y)?);
        let [across, up] = [Weights::at(self.x.within(column, x)), Weights::at(self.y.within(row, y))];
        self.surface.weighted([column, row], &across, &up)
    }
}

impl Loss for Grid {
    fn value(&self, at: Point) -> f64 {
        self.at(at, at.x, at.y).unwrap_or(f64::NAN)
    }

    fn ends_along(&self, from: Point, unit: Vector, limit: f64) -> Option<f64> {
        self.end_along(from, unit, limit)
    }

    fn hessian_noise(&self) -> Symmetric2 {
        /// Roundings of the values that an entry is made of.
        const ROUNDINGS: f64 = 64.0;
        let largest = self.range[0].abs().max(self.range[1].abs());
        let [x, y] = [&self.x, &self.y].map(Axis::step);
        let noise = ROUNDINGS * f64::EPSILON * largest;
        Symmetric2::new(noise / (x * x), noise / (x * y), noise / (y * y))
    }

    fn first_order(&self, at: Point) -> FirstOrder {
        let nowhere = Jet1 { value: f64::NAN, dx: f64::NAN, dy: f64::NAN };
        self.at(at, Jet1::x(at.x), Jet1::y(at.y)).unwrap_or(nowhere).into()
    }

    fn second_order(&self, at: Point) -> SecondOrder {
        let [value, dx, dy, xx, xy, yy] = self.second(at);
        SecondOrder { value, gradient: Vector::new(dx, dy), hessian: Symmetric2::new(xx, xy, yy) }
    }

    fn is_level(&self, at: Point) -> bool {
        self.is_on_level(at)
    }

    fn value_row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        let Some(row) = self.y.cell(y) else {
            out.fill(f64::NAN);
            return;
        };
        let up = Weights::at(self.y.within(row, y));
        for (x, out) in xs.iter().zip(out) {
            let value = self
                .x
                .cell(*x)
                .and_then(|column| self.surface.weighted([column, row], &Weights::at(self.x.within(column, *x)), &up));
            *out = value.unwrap_or(f64::NAN);
        }
    }

    fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        for ((x, y), out) in xs.iter().zip(ys).zip(out) {
            *out = self.value(Point::new(*x, *y));
        }
    }

    fn second_orders(&self, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
        for ((x, y), out) in xs.iter().zip(ys).zip(out) {
            *out = self.second(Point::new(*x, *y));
        }
    }
}

impl Grid {
    /// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy.
    #[inline(always)]
    fn second(&self, at: Point) -> [f64; 6] {
        let jet = self.at(at, Jet2::x(at.x), Jet2::y(at.y));
        jet.map_or([f64::NAN; 6], |f| [f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy])
    }
}
