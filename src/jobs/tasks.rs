//! The computations of the background, each with the budget of a slice.

use super::worker::{Progress, Task};
use crate::analysis::{BridgeSearch, CircleProfileSearch, Search};
use crate::run::{DeferredStepAnalysis, Replays, StepsAhead};
use crate::studies::{Basins, Escapes, LineBasins, ProductCost, Race, RangeTest, Restarts, Sweep, Tournament};

/// Evaluations of the loss in a slice of a search: a few milliseconds.
const SLICE: usize = 30_000;

/// Evaluations of one sample each, many at once, in a slice of a circle or of steps: some milliseconds.
const SAMPLES_IN_SLICE: usize = 10_000_000;

/// A search is continued a slice at a time, and shown after every round.
impl Task for Search {
    fn is_same(&self, other: &Self) -> bool {
        self.landscape() == other.landscape()
    }

    fn advance(&mut self) -> Progress {
        let rounds = self.rounds();
        match (Self::advance(self, SLICE), self.rounds() > rounds) {
            (true, _) => Progress::Done,
            (false, true) => Progress::News,
            (false, false) => Progress::Going,
        }
    }
}

/// A circle is of use only when it is whole.
impl Task for CircleProfileSearch {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, SAMPLES_IN_SLICE) { Progress::Done } else { Progress::Going }
    }
}

/// The curve is seen as it grows.
impl Task for BridgeSearch {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, SAMPLES_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// Every step of a run can be shown.
impl Task for StepsAhead {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, SAMPLES_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// Evaluations of one sample each in a slice of walks: some milliseconds.
const WALKS_IN_SLICE: usize = 30_000;

/// Evaluations of one sample each in a slice of a race: more, since a copy of all walks is handed over after each slice.
const RACE_IN_SLICE: usize = 300_000;

/// The strip is seen as it becomes finer.
impl Task for LineBasins {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, WALKS_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// Evaluations of one sample each in a slice in which sixteen starts walk at a time, which is as much faster.
const WALKS_IN_LANES: usize = 3_000_000;

/// The picture is seen as it becomes finer.
impl Task for Basins {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        let slice = if self.is_in_lanes() { WALKS_IN_LANES } else { WALKS_IN_SLICE };
        if Self::advance(self, slice) { Progress::Done } else { Progress::News }
    }
}

/// The picture of a sweep, too, is seen as it becomes finer.
impl Task for Sweep {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        let is_in_lanes = self.question().optimizer.in_lanes(1).is_some();
        let slice = if is_in_lanes { WALKS_IN_LANES } else { WALKS_IN_SLICE };
        if Self::advance(self, slice) { Progress::Done } else { Progress::News }
    }
}

/// Every start is seen as it ends.
impl Task for Restarts {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, WALKS_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// The runs are seen as their races end: the rest of it is of no use to who looks.
impl Task for Tournament {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        let known = self.games().len();
        match (Self::advance(self, RACE_IN_SLICE), self.games().len() > known) {
            (true, _) => Progress::Done,
            (false, true) => Progress::News,
            (false, false) => Progress::Going,
        }
    }
}

/// Every step is a point of its curve.
impl Task for RangeTest {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, SAMPLES_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// Every step that is taken again is a point of the chart.
impl Task for Replays {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, SAMPLES_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// The interval is seen as its edges become sharper.
impl Task for Escapes {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, WALKS_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// The rows are seen as they are known.
impl Task for Race {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, RACE_IN_SLICE) { Progress::Done } else { Progress::News }
    }
}

/// Reports only when it is complete.
impl Task for ProductCost {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self) { Progress::Done } else { Progress::Going }
    }
}

/// Done in one slice: a step is one call of its rule.
impl Task for DeferredStepAnalysis {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        self.finish();
        Progress::Done
    }
}
