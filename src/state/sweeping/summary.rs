//! The summary of a sweep over all settings.

use crate::numbers::extremes;
use crate::studies::{RaceEnd, Sweep, SweptCell, Tolerance};

/// A loss below this share of the largest is shown as zero.
const NOTHING: f64 = 1e-16;
/// Losses above this many times the initial one are drawn as that: on the way to infinity a loss can be anything.
const WORSE: f64 = 10.0;
/// A short gradient is one at the lowest minimum where no more than this share is left of the loss above f*.
const LOWEST: f64 = 1e-3;

/// The setting that does best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BestSetting {
    /// Its values along x and along y; with one parameter the second is 0.
    pub values: [f64; 2],
    /// The result of the walk.
    pub cell: SweptCell,
}

/// All settings together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepSummary {
    /// How many have been tried.
    pub tried: usize,
    /// f*, above which losses are drawn; `None` where no minimum is known.
    pub floor: Option<f64>,
    /// The largest loss that is drawn.
    ceiling: Option<f64>,
    /// Above f* the largest loss with which a walk has arrived at the lowest minimum; `None` where the criterion says it already,
    /// or no minimum is known.
    lowest: Option<f64>,
    /// The ends that occur with how many of them, the commonest first.
    pub ends: Vec<(RaceEnd, usize)>,
    /// The one that arrives at the lowest minimum after the fewest steps, or else comes lowest; `None` where every one diverges.
    pub best: Option<BestSetting>,
    /// Why no setting has a step, where none has.
    pub no_step: Option<String>,
    /// Whether the best arrives there.
    pub arrives: bool,
    /// Whether some setting arrives at a minimum that is higher.
    pub arrives_higher: bool,
    /// The least and the largest loss at the stop as it is drawn; `None` where there is none.
    pub losses: Option<[f64; 2]>,
    /// The least and the largest number of steps of those that arrive.
    pub steps: Option<[f64; 2]>,
}

impl SweepSummary {
    /// The summary of a sweep as far as it has come; losses are drawn above the floor where there is one.
    pub(super) fn of(sweep: &Sweep, floor: Option<f64>) -> Self {
        let question = sweep.question();
        let [width, height] = question.size();
        let first = question.landscape.loss().value(question.start) - floor.unwrap_or(0.0);
        let ceiling = floor.map(|_| WORSE * first).filter(|ceiling| *ceiling > 0.0);
        let lowest = ceiling.and(Some(LOWEST * first)).filter(|_| matches!(question.tolerance, Tolerance::Gradient(_)));
        let mut summary = Self { tried: sweep.walked(), floor, ceiling, lowest, ..Self::default() };
        for (row, column) in (0..height).flat_map(|row| (0..width).map(move |column| (row, column))) {
            let Some(cell) = sweep.cell(column, row) else { continue };
            let second = question.y.as_ref().map_or(0.0, |y| y.values[row]);
            summary.take([question.x.values[column], second], cell);
        }
        summary.ends.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if let [(RaceEnd::Undefined, _)] = summary.ends[..] {
            summary.no_step = question.why_no_step();
            summary.best = summary.best.filter(|_| summary.no_step.is_none());
        }
        summary
    }

    fn take(&mut self, values: [f64; 2], cell: SweptCell) {
        match self.ends.iter_mut().find(|(end, _)| *end == cell.end) {
            Some((_, count)) => *count += 1,
            None => self.ends.push((cell.end, 1)),
        }
        let widened = |known: Option<[f64; 2]>, value: f64| Some(extremes(known.into_iter().flatten().chain([value])));
        if let Some(loss) = self.drawn_loss(&cell, 1) {
            self.losses = widened(self.losses, loss);
        }
        if let Some(steps) = cell.reached {
            self.steps = widened(self.steps, steps.max(1) as f64);
        }
        let is_lowest = self.lowest.is_none_or(|most| cell.losses[1] - self.floor.unwrap_or(0.0) <= most);
        let arrives = is_arrived(&cell) && is_lowest;
        self.arrives_higher |= is_arrived(&cell) && !is_lowest;
        if self.is_better(&cell, arrives) && cell.losses[1].is_finite() {
            (self.best, self.arrives) = (Some(BestSetting { values, cell }), arrives);
        }
    }

    /// Whether a setting does better than the best so far.
    fn is_better(&self, cell: &SweptCell, arrives: bool) -> bool {
        self.best.is_none_or(|best| match (arrives, self.arrives) {
            (true, true) => (cell.reached, cell.losses[1]) < (best.cell.reached, best.cell.losses[1]),
            (false, false) => cell.losses[1] < best.cell.losses[1],
            (arrives, _) => arrives,
        })
    }

    /// How many end there.
    pub fn count(&self, end: RaceEnd) -> usize {
        self.ends.iter().find(|(known, _)| *known == end).map_or(0, |(_, count)| *count)
    }

    /// The least, median or largest loss at the stop as it is drawn: above f* where that is known; `None` where it diverged or has none.
    pub fn drawn_loss(&self, cell: &SweptCell, which: usize) -> Option<f64> {
        let above = cell.losses[which] - self.floor.unwrap_or(0.0);
        let is_there = above.is_finite() && cell.end != RaceEnd::Diverged;
        let within = above.min(self.ceiling.unwrap_or(f64::INFINITY));
        is_there.then(|| if self.floor.is_some() { within.max(0.0) } else { above })
    }

    /// The smallest loss shown as different from zero.
    pub fn least(&self) -> f64 {
        self.losses.map_or(0.0, |[_, high]| NOTHING * high)
    }
}

fn is_arrived(cell: &SweptCell) -> bool {
    cell.reached.is_some() && cell.end == RaceEnd::Minimum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(loss: f64, reached: Option<usize>, end: RaceEnd) -> SweptCell {
        SweptCell { losses: [loss; 3], reached, end }
    }

    #[test]
    fn the_best_setting_arrives_first_or_comes_lowest() {
        let mut summary = SweepSummary::default();
        let best = |summary: &SweepSummary| summary.best.map(|best| best.values[0]);
        for (value, cell, expected) in [
            (1.0, cell(f64::NAN, None, RaceEnd::Diverged), None),
            (2.0, cell(3.0, None, RaceEnd::NotYet), Some(2.0)),
            (3.0, cell(2.0, None, RaceEnd::NotYet), Some(3.0)),
            (4.0, cell(1.0, Some(2), RaceEnd::Saddle), Some(4.0)),
            (5.0, cell(1.5, Some(40), RaceEnd::Minimum), Some(5.0)),
            (6.0, cell(0.0, None, RaceEnd::NotYet), Some(5.0)),
            (7.0, cell(1.5, Some(30), RaceEnd::Minimum), Some(7.0)),
        ] {
            summary.take([value, 0.0], cell);
            assert_eq!(best(&summary), expected, "{value}");
        }
        assert_eq!((summary.count(RaceEnd::NotYet), summary.count(RaceEnd::Kink)), (3, 0));
        assert_eq!((summary.losses, summary.steps), (Some([0.0, 3.0]), Some([2.0, 40.0])));
    }

    /// A short gradient at a higher minimum is no victory over a run on its way to the lowest one.
    #[test]
    fn who_arrives_at_a_higher_minimum_is_not_the_best() {
        let mut summary = SweepSummary { floor: Some(0.0), lowest: Some(0.01), ..SweepSummary::default() };
        let best = |summary: &SweepSummary| (summary.best.map(|best| best.values[0]), summary.arrives);
        summary.take([1.0, 0.0], cell(0.6, Some(5), RaceEnd::Minimum));
        summary.take([2.0, 0.0], cell(0.2, None, RaceEnd::NotYet));
        assert_eq!((best(&summary), summary.arrives_higher), ((Some(2.0), false), true));
        summary.take([3.0, 0.0], cell(1e-9, Some(50), RaceEnd::Minimum));
        summary.take([4.0, 0.0], cell(0.6, Some(2), RaceEnd::Minimum));
        assert_eq!(best(&summary), (Some(3.0), true));
    }
}
