//! The least and the greatest loss of a run in blocks of steps, so that its curve is drawn without reading all of it.

use std::ops::Range;

use super::Iterate;

/// Steps in the smallest blocks; those of each further level are twice as long.
pub const BLOCK: usize = 16;

/// Where in a range of steps the loss is least and greatest, the earliest of equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extreme {
    /// The step with the least loss.
    pub least: usize,
    /// The step with the greatest.
    pub most: usize,
}

impl Extreme {
    fn joined(self, later: Self, iterates: &[Iterate]) -> Self {
        let loss = |step: usize| iterates[step].loss;
        Self {
            least: if loss(later.least) < loss(self.least) { later.least } else { self.least },
            most: if loss(later.most) > loss(self.most) { later.most } else { self.most },
        }
    }

    fn of_each(iterates: &[Iterate], steps: Range<usize>) -> Option<Self> {
        let first = steps.start;
        let block = iterates.get(steps)?;
        let mut found = Self { least: first, most: first };
        let [mut low, mut high] = [block.first()?.loss; 2];
        for (step, iterate) in (first..).zip(block) {
            if iterate.loss < low {
                (low, found.least) = (iterate.loss, step);
            }
            if iterate.loss > high {
                (high, found.most) = (iterate.loss, step);
            }
        }
        Some(found)
    }
}

/// Extremes of complete blocks, a pyramid: each level's blocks are twice as long as those of the level below.
#[derive(Default)]
pub(super) struct Extremes {
    levels: Vec<Vec<[u32; 2]>>,
}

impl Extremes {
    /// Updates the blocks after a new iterate.
    #[inline]
    pub(super) fn follow(&mut self, iterates: &[Iterate]) {
        if iterates.len().is_multiple_of(BLOCK) {
            self.close_block(iterates);
        }
    }

    /// Completes the last block and those above it.
    #[inline(never)]
    fn close_block(&mut self, iterates: &[Iterate]) {
        let count = iterates.len();
        let mut block = Extreme::of_each(iterates, count.saturating_sub(BLOCK)..count);
        for level in 0.. {
            let Some(extreme) = block else { return };
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let blocks = &mut self.levels[level];
            blocks.push([extreme.least as u32, extreme.most as u32]);
            let [.., first, second] = blocks.as_slice() else { return };
            let is_pair = blocks.len().is_multiple_of(2);
            block = is_pair.then(|| from(*first).joined(from(*second), iterates));
        }
    }

    /// The memory it takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.levels.iter().map(|level| level.capacity() * size_of::<[u32; 2]>()).sum()
    }

    /// The extremes in a range of steps, which must be recorded; `None` if it is empty.
    ///
    /// Costs O(log n), and two short blocks at its ends.
    pub(super) fn within(&self, iterates: &[Iterate], steps: Range<usize>) -> Option<Extreme> {
        let mut found: Option<Extreme> = None;
        let mut next = steps.start;
        while next < steps.end {
            let (extreme, end) = self.largest_block(next, steps.end).or_else(|| {
                let end = (next + 1).next_multiple_of(BLOCK).min(steps.end);
                Some((Extreme::of_each(iterates, next..end)?, end))
            })?;
            found = Some(found.map_or(extreme, |found| found.joined(extreme, iterates)));
            next = end;
        }
        found
    }

    /// The longest block that begins at a step and ends no later than another.
    fn largest_block(&self, start: usize, end: usize) -> Option<(Extreme, usize)> {
        let fits = |level: usize| {
            let length = BLOCK << level;
            let extremes = *self.levels[level].get(start / length)?;
            (start.is_multiple_of(length) && start + length <= end).then_some((from(extremes), start + length))
        };
        (0..self.levels.len()).rev().find_map(fits)
    }
}

fn from([least, most]: [u32; 2]) -> Extreme {
    Extreme { least: least as usize, most: most as usize }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Evaluations;
    use crate::numbers::{Point, Vector};

    fn iterates(losses: &[f64]) -> Vec<Iterate> {
        let iterate = |loss: &f64| Iterate {
            at: Point::origin(),
            loss: *loss,
            gradient: Vector::zeros(),
            taken: Vector::zeros(),
            rejected: false,
            evaluations: Evaluations::default(),
        };
        losses.iter().map(iterate).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn blocks_tell_what_every_step_tells(
            losses in prop::collection::vec((0..40_u8).prop_map(f64::from), 1..2000),
            ends in [0..2000_usize, 0..2000_usize],
        ) {
            let all = iterates(&losses);
            let mut extremes = Extremes::default();
            for count in 1..=all.len() {
                extremes.follow(&all[..count]);
            }
            let [from, to] = ends.map(|end| end.min(all.len()));
            let steps = from.min(to)..from.max(to);
            prop_assert_eq!(extremes.within(&all, steps.clone()), Extreme::of_each(&all, steps));
        }
    }
}
