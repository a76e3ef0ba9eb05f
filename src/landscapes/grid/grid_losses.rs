//! What a file of measured losses holds, whatever its format.

use super::axis::Axis;
use super::fault::Fault;
use crate::numbers::extremes;
use crate::numbers::numerals::{counted, grouped};

/// Losses at every crossing of two axes.
#[derive(Debug)]
pub(super) struct GridLosses {
    /// Where the columns are.
    pub(super) x: Axis,
    /// Where the rows are.
    pub(super) y: Axis,
    /// Row after row, ny × nx; NaN where there is none.
    pub(super) losses: Vec<f64>,
    /// How the input was interpreted.
    pub(super) notes: Vec<String>,
}

impl GridLosses {
    /// The losses at the crossings; what is infinite is missing, too.
    pub(super) fn new(x: Axis, y: Axis, mut losses: Vec<f64>, mut notes: Vec<String>) -> Self {
        let mut missing = 0;
        for loss in losses.iter_mut().filter(|loss| !loss.is_finite()) {
            *loss = f64::NAN;
            missing += 1;
        }
        notes.extend(
            match (x.is_rounded(), y.is_rounded()) {
                (true, true) => {
                    Some("x and y were taken to be evenly spaced: their numbers are as even as their last digits show")
                }
                (true, false) => {
                    Some("x was taken to be evenly spaced: its numbers are as even as their last digits show")
                }
                (false, true) => {
                    Some("y was taken to be evenly spaced: its numbers are as even as their last digits show")
                }
                (false, false) => None,
            }
            .map(str::to_owned),
        );
        if missing > 0 {
            notes.push(format!(
                "{} of {} {}: the cells around {} are holes, without a value",
                grouped(missing),
                counted(losses.len(), "loss"),
                if missing == 1 { "is not finite" } else { "are not finite" },
                if missing == 1 { "it" } else { "them" }
            ));
        }
        Self { x, y, losses, notes }
    }

    /// The least and the greatest loss.
    ///
    /// # Errors
    /// [`Fault::Empty`] where there is none, or not even one cell has a loss at all four corners.
    pub(super) fn range(&self) -> Result<[f64; 2], Fault> {
        let columns = self.x.count();
        let is_whole = |corner: usize| {
            let corners = [corner, corner + 1, corner + columns, corner + columns + 1];
            !(corner + 1).is_multiple_of(columns)
                && corners.iter().all(|at| self.losses.get(*at).is_some_and(|f| !f.is_nan()))
        };
        if !(0..self.losses.len()).any(is_whole) {
            return Err(Fault::Empty);
        }
        Ok(extremes(self.losses.iter().copied()))
    }
}
