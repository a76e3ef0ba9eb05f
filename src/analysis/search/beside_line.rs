//! Whether a start of the search lies beside a line of critical points.

use super::{FIRST, REACH, Search};
use crate::analysis::critical_points::{Units, least_step};
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// An eigenvalue below this share of the other is rounding, where the loss bends along one direction alone.
const SINGULAR: f64 = tolerance::SINGULAR;
/// From this ratio of the curvatures on the loss counts as bent along one direction alone.
const STIFF: f64 = 4.0;
/// Steps across by which the slope has to shrink.
const STEPS: usize = 3;
/// What each of them has to leave of the slope, at most.
const SHRINKS: f64 = 0.25;
/// A search follows no more guesses than this.
const GUESSES: usize = 60;

impl Search {
    /// Where the shortest step from a start leads, if the loss there bends along one direction alone: Newton's step is
    /// then along the other as long as roundings make it.
    pub(super) fn perhaps_on_line(&self, at: Point, order: [f64; 6]) -> Option<Point> {
        let [_, gx, gy, xx, xy, yy] = order;
        let view = self.landscape.domain();
        let unit = Units::of(view);
        let (hessian, gradient) = (unit.hessian(Symmetric2::new(xx, xy, yy)), unit.gradient(Vector::new(gx, gy)));
        if !self.looks_for_lines || !hessian.is_finite() {
            return None;
        }
        let [low, high] = hessian.eigen().values.map(f64::abs);
        if low.min(high) > SINGULAR * low.max(high) || low.max(high) == 0.0 {
            return None;
        }
        let step = least_step(hessian, gradient, SINGULAR)?;
        let landing = at + unit.way(step);
        let is_short = step.norm() <= REACH * view.size() / self.side as f64;
        (is_short && view.contains(landing) && !self.lines.hold(landing, view)).then_some(landing)
    }

    /// Where steps across the direction in which the loss bends least lead from a start, if the slope vanishes on the way: a line
    /// along which Newton's method runs away, as it does where the loss depends on the direction alone.
    pub(super) fn perhaps_across(&mut self, at: Point, order: [f64; 6]) -> Option<Point> {
        let view = self.landscape.domain();
        let unit = Units::of(view);
        if !self.looks_for_lines || self.side > FIRST || self.guesses >= GUESSES || !order[0].is_finite() {
            return None;
        }
        let [_, gx, gy, xx, xy, yy] = order;
        let mut here = (Symmetric2::new(xx, xy, yy), Vector::new(gx, gy));
        let mut place = at;
        for _ in 0..STEPS {
            let (hessian, gradient) = (unit.hessian(here.0), unit.gradient(here.1));
            let step = least_step(hessian, gradient, 1.0 / STIFF)?;
            let [low, high] = hessian.eigen().values.map(f64::abs);
            let is_across = low.min(high) * STIFF < low.max(high);
            place += unit.way(step);
            if !is_across || step.norm() > REACH * view.size() / self.side as f64 || !view.contains(place) {
                return None;
            }
            let there = self.landscape.loss().second_order(place);
            self.evaluations += 1;
            let shrinks = unit.gradient(there.gradient).norm() <= SHRINKS * gradient.norm();
            if !shrinks {
                return None;
            }
            here = (there.hessian, there.gradient);
        }
        if self.lines.hold(place, view) {
            return None;
        }
        self.guesses += 1;
        Some(place)
    }
}
