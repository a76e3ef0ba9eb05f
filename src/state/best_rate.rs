//! The best of the learning rates that were tried for a run.

use super::{CardId, Document};
use crate::landscapes::Landscape;
use crate::run::{Recipe, Run, StopReason};

/// Number of tried runs that are remembered, the latest ones.
const REMEMBERED: usize = 16;

/// Final losses that differ by no more than this are those of one minimum.
const SAME: f64 = 1e-9;

/// The best of the learning rates that were tried for a run: the one that comes lowest, and of those at one minimum the first to
/// meet the tolerance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BestRate {
    /// The rate.
    pub rate: f64,
    /// The loss with which it ended.
    pub loss: f64,
    /// The tolerance for ‖∇f‖ that it met, and after how many steps; `None` where it met none.
    pub met: Option<(f64, usize)>,
    /// The steps of the run.
    pub steps: usize,
}

impl BestRate {
    fn is_better_than(&self, other: &Self) -> bool {
        let same = SAME * (1.0 + self.loss.abs().max(other.loss.abs()));
        if (self.loss - other.loss).abs() > same {
            return self.loss < other.loss;
        }
        let steps = |best: &Self| best.met.map_or(usize::MAX, |(_, steps)| steps);
        (steps(self), self.loss) < (steps(other), other.loss)
    }
}

/// The rates of each run that were tried.
#[derive(Default)]
pub(super) struct BestRates {
    /// The last added is last.
    known: Vec<Tried>,
}

/// What is known of the rates that were tried for one run.
struct Tried {
    landscape: Landscape,
    /// Without its rate.
    recipe: Recipe,
    /// The rate that was tried first.
    first: f64,
    /// Whether another one was tried, too: of a single rate nobody knows whether it is good.
    has_several: bool,
    /// The best one; `None` while all of them diverged.
    best: Option<BestRate>,
}

/// A recipe without its rate, and the rate; `None` for a method without one, and where it changes on the way.
fn without_rate(mut recipe: Recipe) -> Option<(Recipe, f64)> {
    let index = recipe.optimizer.entry.first_rate_index().filter(|_| recipe.changes.is_empty())?;
    let rate = std::mem::replace(&mut recipe.optimizer.parameters[index], 0.0);
    Some((recipe, rate))
}

impl BestRates {
    /// Takes notice of the runs that have ended.
    pub(super) fn follow<'a>(&mut self, document: &Document, runs: impl Iterator<Item = (CardId, &'a Run)>) {
        for (_, run) in runs {
            let (Some(stop), Some(end)) = (run.stop(), run.iterates().last()) else { continue };
            let Some((recipe, rate)) = without_rate(run.recipe().clone()) else { continue };
            let met = (stop.reason == StopReason::Converged).then_some(stop.step);
            let met = met.and_then(|step| Some((recipe.tolerance?, step)));
            let arrives = stop.reason != StopReason::Diverged && end.loss.is_finite();
            let new = arrives.then_some(BestRate { rate, loss: end.loss, met, steps: recipe.steps });
            if let Some(tried) = self.known.iter_mut().find(|tried| tried.is_of(&document.landscape, &recipe)) {
                tried.has_several |= tried.first != rate;
                if new.is_some_and(|new| tried.best.is_none_or(|best| new.is_better_than(&best))) {
                    tried.best = new;
                }
            } else {
                let landscape = document.landscape.clone();
                self.remember(Tried { landscape, recipe, first: rate, has_several: false, best: new });
            }
        }
    }

    /// Adds a run; of too many the oldest is forgotten.
    fn remember(&mut self, tried: Tried) {
        if self.known.len() == REMEMBERED {
            self.known.remove(0);
        }
        self.known.push(tried);
    }

    /// The best rate of a run that is set up like this, whatever its rate is; `None` until two rates were tried.
    pub(super) fn of(&self, landscape: &Landscape, recipe: Recipe) -> Option<BestRate> {
        let (recipe, _) = without_rate(recipe)?;
        self.known.iter().find(|tried| tried.is_of(landscape, &recipe) && tried.has_several)?.best
    }
}

impl Tried {
    fn is_of(&self, landscape: &Landscape, recipe: &Recipe) -> bool {
        self.recipe == *recipe && self.landscape == *landscape
    }
}

#[cfg(test)]
mod tests {
    use crate::state::{Command, DocumentCommand, RunCommand, State};

    #[test]
    fn the_best_of_the_tried_rates_is_remembered_for_each_start() {
        let mut state = State::opening();
        let card = state.selected;
        let set = |value: f64| Command::Runs(RunCommand::SetParameter { card, parameter: 0, value });
        let best = |state: &State| state.best_rate(card).map(|best| best.rate);
        let losses: Vec<(f64, f64)> = [0.004, 0.01, 0.016, 0.3, 0.001]
            .into_iter()
            .map(|rate| {
                state.apply(vec![set(rate)]);
                (rate, state.derived.run(card).unwrap().iterates().last().unwrap().loss)
            })
            .collect();
        let first = state.derived.run(card).unwrap().iterates()[0].loss;
        let lowest = losses.iter().filter(|(_, loss)| *loss < first).min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let known = best(&state).unwrap();
        assert!(known == lowest.0 || known == 0.012, "the best of {losses:?} and of the first: {known}");
        state.apply(vec![Command::Document(DocumentCommand::MoveStart(crate::numbers::Point::new(-3.0, 2.0)))]);
        assert_eq!(best(&state), None, "from another start one was tried, and nobody knows whether it is good");
        state.apply(vec![set(0.3)]);
        assert_eq!(
            best(&state),
            Some(0.001),
            "the better one of the two that were tried there: with the other it diverges"
        );
    }

    #[test]
    fn one_rate_that_was_tried_is_not_the_best_and_none_is_marked_where_it_is_set() {
        let mut state = State::opening();
        let card = state.selected;
        let set = |value: f64| Command::Runs(RunCommand::SetParameter { card, parameter: 0, value });
        state.apply(vec![]);
        assert_eq!((state.best_rate(card), state.better_rate(card)), (None, None), "the first");
        let first = state.document.cards[0].optimizer.parameters[0];
        state.apply(vec![set(first / 100.0)]);
        let best = state.better_rate(card).map(|best| best.rate);
        assert_eq!(best, Some(first), "with a hundredth of it the run comes nowhere");
        state.apply(vec![set(first)]);
        assert_eq!(state.best_rate(card).map(|best| best.rate), Some(first), "known");
        assert_eq!(state.better_rate(card), None, "and set");
    }

    /// Of rates that arrive at the same minimum the best one is first there, whatever rounding leaves of the loss.
    #[test]
    fn of_rates_that_arrive_the_best_one_is_first_there() {
        let mut state = State::opening();
        let card = state.selected;
        state.apply(vec![Command::Document(DocumentCommand::SetSteps(400))]);
        let steps: Vec<(usize, f64)> = [0.01, 0.012, 0.014, 0.016, 0.018]
            .into_iter()
            .filter_map(|value| {
                state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value })]);
                state.finish();
                let stop = state.derived.run(card)?.stop()?;
                (stop.reason == super::StopReason::Converged).then_some((stop.step, value))
            })
            .collect();
        let first = steps.iter().min_by_key(|(step, _)| *step).expect("some rate arrives");
        let best = state.best_rate(card).unwrap();
        assert_eq!((best.rate, best.met.map(|(_, step)| step)), (first.1, Some(first.0)), "{steps:?}");
        assert!(steps.len() > 2, "{steps:?}");
    }
}
