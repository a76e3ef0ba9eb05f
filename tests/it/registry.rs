//! Every landscape of the catalog: derivatives against differences, lanes against points.

use proptest::prelude::*;
use taylorscope::landscapes::{Entry, Group, Landscape, entries};
use taylorscope::numbers::{Point, Vector};

/// A point of the landscape's box, by fractions.
fn inside(landscape: &Landscape, [fx, fy]: [f64; 2]) -> Point {
    let view = landscape.domain();
    Point::new(view.x[0] + fx * view.width(), view.y[0] + fy * view.height())
}

/// How far a difference reaches, h.
const REACH: f64 = 1e-5;

/// (f(w + hu) − f(w − hu)) / 2h, with an error of order h².
fn difference(f: impl Fn(Point) -> f64, at: Point, along: Vector) -> f64 {
    (f(at + along * REACH) - f(at - along * REACH)) / (2.0 * REACH)
}

/// Whether the loss is folded along lines.
fn is_kinked(entry: &Entry) -> bool {
    entry.group == Group::Kinks || ["relu", "relu2"].contains(&entry.id)
}

/// Whether the slope jumps within the reach of a difference, which then knows neither side.
fn is_on_kink_line(landscape: &Landscape, at: Point, along: Vector, scale: f64) -> bool {
    let [ahead, behind] = [REACH, -REACH].map(|h| landscape.loss().first_order(at + along * h).gradient);
    is_kinked(landscape.entry()) && (ahead - behind).norm() > 1e-3 * scale
}

/// Whether a minimum on a kink is so near that curvature changes much within the reach of a difference.
fn is_at_corner(landscape: &Landscape, at: Point) -> bool {
    let entry = landscape.entry();
    let corners = (entry.corners)(landscape.values(), landscape.data());
    corners.iter().any(|corner| (corner - at).norm() < 0.01 * entry.domain.size())
}

proptest! {
    #[test]
    fn derivatives_are_those_of_the_value(fractions in [0.0..1.0, 0.0..1.0]) {
        for entry in entries() {
            let landscape = Landscape::of(entry);
            let at = inside(&landscape, fractions);
            let loss = landscape.loss();
            let second = loss.second_order(at);
            prop_assert_eq!(second.value, loss.value(at), "{}: one value", entry.id);
            prop_assert_eq!(second.gradient, loss.first_order(at).gradient, "{}: one gradient", entry.id);
            let kinked = is_kinked(entry);
            if is_at_corner(&landscape, at) {
                continue;
            }
            for (index, along) in [Vector::x(), Vector::y()].into_iter().enumerate() {
                let scale = 1.0 + second.gradient.norm() + second.hessian.norm();
                if is_on_kink_line(&landscape, at, along, scale) {
                    continue;
                }
                let slope = difference(|w| loss.value(w), at, along);
                let error = (slope - second.gradient[index]).abs() / scale;
                prop_assert!(error < 1e-5 || kinked && error < 1e-3, "{} at {at}: slope {index} is {error:e} off", entry.id);
                if !kinked {
                    let bend = difference(|w| loss.first_order(w).gradient.dot(&along), at, along);
                    let error = (bend - second.hessian.form(along)).abs() / scale;
                    prop_assert!(error < 1e-5, "{} at {at}: curvature {index} is {error:e} off", entry.id);
                }
            }
        }
    }

    #[test]
    fn pictures_and_numbers_agree(fractions in [0.0..1.0, 0.0..1.0]) {
        for entry in entries() {
            let landscape = Landscape::of(entry);
            let points: Vec<Point> = (0..19).map(|k| inside(&landscape, [fractions[0] * f64::from(k) / 18.0, fractions[1]])).collect();
            let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().map(|point| (point.x, point.y)).unzip();
            let (mut values, mut rows, mut orders) = (vec![0.0; 19], vec![0.0; 19], vec![[0.0; 6]; 19]);
            landscape.loss().values(&xs, &ys, &mut values);
            landscape.loss().value_row(&xs, ys[0], &mut rows);
            landscape.loss().second_orders(&xs, &ys, &mut orders);
            for (index, point) in points.iter().enumerate() {
                let exact = landscape.loss().second_order(*point);
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-11 * (1.0 + b.abs() + exact.hessian.norm());
                prop_assert!(near(values[index], exact.value) && near(rows[index], exact.value), "{} at {point}: value", entry.id);
                let lanes = orders[index];
                let numbers = [exact.value, exact.gradient.x, exact.gradient.y, exact.hessian.xx, exact.hessian.xy, exact.hessian.yy];
                for (lane, number) in std::iter::zip(lanes, numbers) {
                    prop_assert!(near(lane, number), "{} at {point}: {lane} instead of {number}", entry.id);
                }
            }
        }
    }
}

#[test]
fn gauss_newton_is_never_indefinite() {
    for entry in entries() {
        let landscape = Landscape::of(entry);
        let at = inside(&landscape, [0.37, 0.81]);
        let Some(matrix) = landscape.loss().gauss_newton(at) else { continue };
        let eigenvalues = matrix.eigen().values;
        assert!(eigenvalues[0] >= -1e-12 * eigenvalues[1], "{}: {eigenvalues:?}", entry.id);
    }
}
