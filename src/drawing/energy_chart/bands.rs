//! The iterates that are drawn, and what is filled between two heights of theirs.

use super::super::ink::Ink;
use super::super::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::Run;

/// No more columns than this: of several iterates in one the one with the most energy of motion stands for all.
const COLUMNS: usize = 240;
/// How much paler what lies after the playhead is.
const FUTURE: f32 = 0.42;

/// An iterate with its energy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) step: usize,
    pub(super) loss: f64,
    /// Loss and kinetic energy.
    pub(super) total: f64,
}

impl Column {
    /// The column of an iterate; `None` where it has no finite energy.
    pub(super) fn of(run: &Run, kinetic: &[f64], step: usize) -> Option<Self> {
        let loss = run.iterates().get(step)?.loss;
        let total = loss + kinetic.get(step)?;
        total.is_finite().then_some(Self { step, loss, total })
    }

    pub(super) fn kinetic(self) -> f64 {
        self.total - self.loss
    }
}

/// The iterates that are drawn of those whose kinetic energy is given.
pub(super) fn columns(run: &Run, kinetic: &[f64]) -> Vec<Column> {
    let stride = kinetic.len().div_ceil(COLUMNS).max(1);
    let fastest = |from: usize| {
        let steps = (from..kinetic.len().min(from + stride)).filter_map(|step| Column::of(run, kinetic, step));
        steps.max_by(|a, b| a.kinetic().total_cmp(&b.kinetic()))
    };
    // The start is always among them: what is lost is measured from there.
    let rest = (1..kinetic.len()).step_by(stride).filter_map(fastest);
    Column::of(run, kinetic, 0).into_iter().chain(rest).collect()
}

/// What is filled between a height of the columns and another one.
pub(super) struct Band {
    pub(super) lower: fn(&Column) -> f64,
    /// The upper edge, the same for all; `None` for the sum of the energies.
    pub(super) upper: Option<f64>,
    pub(super) ink: Ink,
    pub(super) opacity: f32,
}

impl Band {
    pub(super) fn draw(&self, columns: &[Column], now: usize, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
        let at = |column: &Column, height: f64| Point::new(column.step as f64, height.clamp(view.y[0], view.y[1]));
        for pair in columns.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let lower = [a, b].map(|column| (self.lower)(column));
            let upper = [a, b].map(|column| self.upper.unwrap_or(column.total));
            // Where the sum is above that of the start, nothing is lost.
            let upper = [0, 1].map(|end| upper[end].max(lower[end]));
            if upper == lower {
                continue;
            }
            let rim = vec![at(a, lower[0]), at(b, lower[1]), at(b, upper[1]), at(a, upper[0])];
            let center = Point::from(rim.iter().map(|corner| corner.coords / 4.0).sum::<crate::numbers::Vector>());
            let strength = if b.step <= now { 1.0 } else { FUTURE };
            out.push(Primitive::Star { center, rim, ink: self.ink, opacity: self.opacity * strength });
        }
    }
}

/// A line through a height of the columns, paler after the playhead.
pub(super) fn line(
    columns: &[Column],
    height: fn(&Column) -> f64,
    now: usize,
    view: ViewBox,
    pen: Pen,
    out: &mut Vec<Primitive<'static>>,
) {
    let beyond = 0.5 * view.height();
    let at =
        |column: &Column| Point::new(column.step as f64, height(column).clamp(view.y[0] - beyond, view.y[1] + beyond));
    let past = columns.partition_point(|column| column.step <= now);
    let parts = [(&columns[past.saturating_sub(1)..], FUTURE), (&columns[..past], 1.0)];
    for (part, strength) in parts.into_iter().filter(|(part, _)| part.len() > 1) {
        out.push(Primitive::line(part.iter().map(at).collect(), pen.pale(strength)));
    }
}
