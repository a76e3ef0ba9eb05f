//! How finely a criterion can be met with numbers of 64 bits: beside a minimum losses, gradients and distances change in steps.

use super::{Criterion, Finish, Race, Row};

/// A run that ends no further than this share of the region from a minimum is beside it.
const NEAR: f64 = 1e-3;

impl Race {
    /// The step in which what the criterion is of changes beside the minimum where runs end, if a tolerance is finer than that and no
    /// one has met it; `None` where nothing speaks against it.
    pub fn too_fine(&self, finish: &Finish) -> Option<f64> {
        let tolerance = finish.criterion.tolerance()?;
        let rows: Vec<Row> = self.entrants().iter().filter_map(|entrant| entrant.row(finish)).collect();
        if rows.iter().any(|row| row.reached.is_some()) {
            return None;
        }
        let steps = rows.iter().filter_map(|row| self.step_beside(row, finish));
        steps.reduce(f64::min).filter(|step| tolerance < *step)
    }

    /// The step beside the minimum at which a run ends.
    fn step_beside(&self, row: &Row, finish: &Finish) -> Option<f64> {
        let landscape = &self.question().landscape;
        let at = row.end_at?;
        let minimum = self.question().minima.nearest(at)?;
        let near = NEAR * landscape.domain().size();
        if landscape.dimension().part(minimum - at).norm() > near {
            return None;
        }
        // The nearest number to the minimum is up to half a unit in its last place away.
        let apart = 0.5 * landscape.dimension().part(minimum.coords).iter().copied().map(unit).fold(0.0, f64::max);
        let steepest = landscape.loss().second_order(minimum).hessian.eigen().values[1].abs();
        match finish.criterion {
            Criterion::Loss(_) => Some((0.5 * unit(finish.f_star?)).max(0.5 * steepest * apart * apart)),
            Criterion::Gradient(_) => Some(steepest * apart),
            Criterion::Distance(_) => Some(apart),
            Criterion::Budget(_) => None,
        }
    }
}

/// A unit in the last place of a number.
fn unit(value: f64) -> f64 {
    value.abs().next_up() - value.abs()
}
