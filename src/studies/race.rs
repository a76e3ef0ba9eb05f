//! A race: methods walk from their starts until each meets a criterion, and what that took of each.

mod criterion;
mod ending;
mod entrant;
mod flips;
mod needle;
mod rate_trial;
mod rates;
mod resolution;
mod rested;
mod spread;
mod step_time;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tuning_tests;
mod verdict;
mod walk;

pub use criterion::{Criterion, Finish};
pub use ending::RaceEnd;
pub use entrant::{Entrant, Row};
pub use flips::{Flip, flips};
pub use needle::{beside_in_words, needles};
pub use rate_trial::RateTrial;
use rates::Rates;
pub use spread::Spread;
pub use verdict::{SAME_STEPS, in_passing, unbounded, verdict, winner};
pub use walk::{Clock, Limit, RaceWalk};

use crate::analysis::{CriticalPoint, KnownMinima};
use crate::landscapes::Landscape;
use crate::run::Recipe;

/// Which parameters are tuned before the race.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tune {
    /// None: the methods race as they are set up.
    #[default]
    Nothing,
    /// The learning rate of every method that has one.
    Rate,
    /// The learning rate, and the momentum coefficient of every method that has one.
    RateAndMomentum,
}

/// What is asked: who races, where, how far, and when a walk has finished.
#[derive(Clone, Debug, PartialEq)]
pub struct RaceQuestion {
    /// Where they walk.
    pub landscape: Landscape,
    /// Who walks; steps and tolerances of the recipes do not count.
    pub recipes: Vec<Recipe>,
    /// For the last of the recipes, those that are further seeds of runs, the places of these runs.
    pub further: Vec<usize>,
    /// The critical points that are known.
    pub critical: Vec<CriticalPoint>,
    /// The minima that are known.
    pub minima: KnownMinima,
    /// How far a walk may go.
    pub limit: Limit,
    /// What is tuned first.
    pub tune: Tune,
    /// By what a tuned rate is judged; where nothing is tuned, it does not count.
    pub finish: Finish,
}

impl RaceQuestion {
    /// The run of which a recipe is another seed, or the recipe itself; by their places.
    fn leader(&self, place: usize) -> usize {
        let own = self.recipes.len().saturating_sub(self.further.len());
        place.checked_sub(own).map_or(place, |index| self.further[index])
    }

    /// The recipes of a run, one for each of its seeds, its own first.
    fn seeds_of(&self, leader: usize) -> impl Iterator<Item = &Recipe> {
        let of_leader = move |place: &usize| self.leader(*place) == leader;
        (0..self.recipes.len()).filter(of_leader).map(|place| &self.recipes[place])
    }
}

/// The race as far as it has come.
#[derive(Clone)]
pub struct Race {
    question: RaceQuestion,
    entrants: Vec<Entrant>,
    clock: Option<Clock>,
}

impl Race {
    /// No step is taken yet; `clock` measures what their steps take, if there is one.
    pub fn new(question: RaceQuestion, clock: Option<Clock>) -> Self {
        let entrants = (0..question.recipes.len()).map(|place| Entrant::new(&question, place)).collect();
        Self { question, entrants, clock }
    }

    /// The race for another question: who walks just as before is not walked again.
    #[must_use]
    pub fn renewed(self, question: RaceQuestion) -> Self {
        let is_same_ground = question.landscape == self.question.landscape
            && question.critical == self.question.critical
            && question.minima == self.question.minima
            && question.limit == self.question.limit;
        let mut race = Self::new(question, self.clock);
        if is_same_ground {
            let mut known = self.entrants;
            for entrant in &mut race.entrants {
                if let Some(place) = known.iter().position(|known| known.is_same(entrant)) {
                    *entrant = known.swap_remove(place);
                }
            }
        }
        race
    }

    /// What is asked.
    pub fn question(&self) -> &RaceQuestion {
        &self.question
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.question == other.question
    }

    /// Whether everyone has finished, and all steps are timed.
    pub fn is_finished(&self) -> bool {
        let is_timed = |entrant: &Entrant| self.clock.is_none() || entrant.rounds_left() == 0;
        self.entrants.iter().all(|entrant| entrant.is_finished() && is_timed(entrant))
    }

    /// Goes on until about this many evaluations of one sample each are spent; true once everyone has finished and is timed.
    pub fn advance(&mut self, budget: usize) -> bool {
        let mut left = budget;
        for place in 0..self.entrants.len() {
            if self.entrants[place].waits() {
                // The run stands before its further seeds, and is tuned by now or has used up the budget.
                let Some(leader) = self.entrants[self.question.leader(place)].optimizer() else { continue };
                self.entrants[place].follow(&self.question, &leader);
            }
            let entrant = &mut self.entrants[place];
            while left > 0 && !entrant.is_finished() {
                left = left.saturating_sub(entrant.advance(&self.question, left));
            }
        }
        // In turn, so that what disturbs the machine for a while disturbs a round of each.
        while let Some(clock) = self.clock.filter(|_| left > 0) {
            let timed = self.entrants.iter_mut().max_by_key(|entrant| entrant.rounds_left());
            let Some(entrant) = timed.filter(|entrant| entrant.rounds_left() > 0) else { break };
            left = left.saturating_sub(entrant.time(&self.question, clock).max(1));
        }
        self.is_finished()
    }

    /// Carries it to its end.
    pub fn finish(&mut self) {
        while !self.advance(usize::MAX) {}
    }

    /// Whether this entrant goes back and forth around a minimum that lies on a kink, where no gradient shrinks and no fixed rate comes to
    /// rest.
    pub fn is_kept_off_by_kink(&self, place: usize) -> bool {
        /// The largest distance of such a minimum, as a share of the region.
        const NEAR: f64 = 0.05;
        let walk = self.entrants.get(place).and_then(Entrant::walk);
        let restless = walk.filter(|walk| matches!(walk.end(), Some(RaceEnd::Cycle | RaceEnd::NotYet)));
        let Some(at) = restless.and_then(RaceWalk::place) else { return false };
        let away = |point: &CriticalPoint| self.question.landscape.dimension().part(point.at - at).norm();
        let nearest = self.question.critical.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
        let near = NEAR * self.question.landscape.domain().size();
        nearest.is_some_and(|point| point.is_kink_minimum() && away(point) <= near)
    }

    /// Whether a run has a learning rate, which stays as long as it is however near a kink is.
    pub fn has_rate(&self, place: usize) -> bool {
        self.question.recipes.get(place).is_some_and(|recipe| recipe.optimizer.entry.rate_index().is_some())
    }

    /// Who races, in the order of the recipes.
    pub fn entrants(&self) -> &[Entrant] {
        &self.entrants
    }
}
