//! How far starts walk that have come nowhere in the first pass: the first of them, all over the grid, show how many steps are of use.

use super::BasinEnd;

/// The starts that walk on before the others, from coarse to fine.
pub(super) const FORERUNNERS: usize = 256;
/// So few of them that come to an end later than all others do not count: the others of their kind are not worth the walks that come to
/// none.
const FEW: usize = 8;
/// How much further the others may go than the slowest of these that count.
const FURTHER: usize = 2;

/// What is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patience {
    /// How many of them have not set out yet.
    waiting: usize,
    /// How many are still on their way, or have not set out.
    missing: usize,
    /// After how many steps each came to an end that did.
    ended: Vec<usize>,
}

impl Default for Patience {
    fn default() -> Self {
        Self { waiting: FORERUNNERS, missing: FORERUNNERS, ended: Vec::new() }
    }
}

impl Patience {
    /// How many of some starts set out next: no others together with the forerunners.
    pub(super) fn next(&mut self, starts: usize) -> usize {
        let found = if self.missing == 0 { starts } else { starts.min(self.waiting) };
        self.waiting -= found.min(self.waiting);
        found
    }

    /// Takes in what became of one.
    pub(super) fn take(&mut self, end: BasinEnd, steps: usize) {
        if self.missing > 0 {
            self.missing -= 1;
            if end != BasinEnd::Undecided {
                self.ended.push(steps);
            }
            if self.missing == 0 {
                self.ended.sort_unstable_by(|a, b| b.cmp(a));
            }
        }
    }

    /// The steps that are of use, of those that were asked for; no fewer than those of the first pass.
    pub(super) fn most(&self, asked: usize, first: usize) -> usize {
        if self.missing > 0 {
            return asked;
        }
        let slowest = self.ended.get(FEW).copied().unwrap_or(0);
        FURTHER.saturating_mul(slowest).clamp(first.min(asked), asked)
    }
}
