//! What a file of measured losses holds, whatever its format.

use super::axis::Axis;
use super::fault::Fault;

/// Losses at every crossing of two axes.
#[derive(Debug)]
pub(super) struct Samples {
    /// Where the columns are.
    pub(super) x: Axis,
    /// Where the rows are.
    pub(super) y: Axis,
    /// Row after row, ny × nx.
    pub(super) losses: Vec<f64>,
}

impl Samples {
    /// The least and the greatest loss.
    ///
    /// # Errors
    /// [`Fault::Loss`] for the first that is not finite.
    pub(super) fn range(&self) -> Result<[f64; 2], Fault> {
        if let Some(index) = self.losses.iter().position(|loss| !loss.is_finite()) {
            let columns = self.x.count();
            return Err(Fault::Loss { row: index / columns, column: index % columns, value: self.losses[index] });
        }
        let widen = |[low, high]: [f64; 2], loss: &f64| [low.min(*loss), high.max(*loss)];
        Ok(self.losses.iter().fold([f64::INFINITY, f64::NEG_INFINITY], widen))
    }
}
