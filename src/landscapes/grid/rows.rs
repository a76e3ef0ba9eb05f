//! Losses listed with their coordinates, a row for every point in any order, made into a grid.

use super::MAX_SIDE;
use super::axis::{Axis, Precision, TOLERANCE};
use super::fault::Fault;
use super::grid_losses::GridLosses;

/// x, y and loss of many points.
pub(super) struct Rows<'a> {
    /// How many there are.
    pub(super) count: usize,
    /// x, y and loss of a point; the loss is NaN where there is none.
    pub(super) point: &'a dyn Fn(usize) -> [f64; 3],
    /// The line or the index by which errors call a point.
    pub(super) line: &'a dyn Fn(usize) -> usize,
    /// How precisely x and y are known.
    pub(super) precision: [Precision; 2],
}

impl Rows<'_> {
    /// The grid of which these are all points.
    pub(super) fn grid_losses(&self, notes: Vec<String>) -> Result<GridLosses, Fault> {
        if self.count > MAX_SIDE * MAX_SIDE {
            return Err(Fault::TooManyLines);
        }
        let [columns, rows] =
            [0, 1].map(|axis| coordinates((0..self.count).map(|row| (self.point)(row)[axis]).collect()));
        for (axis, count) in [("x", columns.len()), ("y", rows.len())] {
            if count > MAX_SIDE {
                return Err(Fault::TooMany { axis, count });
            }
        }
        let losses = self.place(&columns, &rows)?;
        let x = Axis::through("x", &columns, self.precision[0])?;
        let y = Axis::through("y", &rows, self.precision[1])?;
        Ok(GridLosses::new(x, y, losses, notes))
    }

    /// The losses row by row.
    fn place(&self, columns: &[f64], rows: &[f64]) -> Result<Vec<f64>, Fault> {
        let below = |coordinates: &[f64], at: f64| coordinates.partition_point(|known| *known <= at).saturating_sub(1);
        let index = |[x, y, _]: [f64; 3]| below(rows, y) * columns.len() + below(columns, x);
        let cells = columns.len().saturating_mul(rows.len());
        // Points all over, as of a cloud that is not a grid, would ask for the square of their number.
        if cells > 4 * self.count.max(1000) {
            return Err(Fault::Scattered { points: self.count, columns: columns.len(), rows: rows.len() });
        }
        let mut losses = vec![f64::NAN; cells];
        let mut first = vec![u32::MAX; cells];
        for row in 0..self.count {
            let point = (self.point)(row);
            let place = index(point);
            if first[place] != u32::MAX {
                let [x, y, _] = point;
                return Err(Fault::Twice { line: (self.line)(row), first: (self.line)(first[place] as usize), x, y });
            }
            first[place] = row as u32;
            losses[place] = point[2];
        }
        match first.iter().position(|row| *row == u32::MAX) {
            None => Ok(losses),
            Some(hole) => Err(Fault::Missing {
                x: columns[hole % columns.len()],
                y: rows[hole / columns.len()],
                columns: columns.len(),
                rows: rows.len(),
                points: self.count,
            }),
        }
    }
}

/// The different coordinates, ascending; those that differ by rounding alone are one.
fn coordinates(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_unstable_by(f64::total_cmp);
    let width = match (all.first(), all.last()) {
        (Some(low), Some(high)) => high / MAX_SIDE as f64 - low / MAX_SIDE as f64,
        _ => 0.0,
    };
    // Even the closest coordinates there can be are a thousand times farther apart.
    all.dedup_by(|next, kept| *next - *kept <= TOLERANCE * width);
    all
}
