//! Walks that are taken on all cores, some units of them at a time.

use crate::numbers::parallel;

/// Walks that belong together.
pub(super) trait Unit: Send {
    /// How many still walk, about.
    fn going(&self) -> usize;

    /// Whether every one has ended.
    fn is_finished(&self) -> bool;

    /// Takes up to `steps` further steps of each.
    fn advance(&mut self, steps: usize);
}

/// Takes the walks of all units further, for a budget in steps of one walk each, of which a walk takes at most `limit`; what is left of
/// the budget.
pub(super) fn advance<U: Unit>(units: &mut [U], budget: usize, limit: usize) -> usize {
    let going: usize = units.iter().map(Unit::going).sum();
    let steps = (budget / going.max(1)).max(1);
    parallel::for_each_row(units, 1, |_, units| {
        for unit in units {
            unit.advance(steps);
        }
    });
    budget.saturating_sub(going.saturating_mul(steps.min(limit)).max(1))
}
