//! The basins of a method on a loss of one weight: where it ends from each start along the interval.

use super::Outcome;
use crate::analysis::CriticalPoint;
use crate::landscapes::Landscape;
use crate::numbers::{Dimension, Point};
use crate::run::{End, Recipe, Walker};

/// Starts along the interval.
const STARTS: usize = 256;
/// Steps that a walk may take, and evaluations: fewer steps where each asks for many.
const STEPS: [usize; 2] = [200, 2000];
const EVALUATIONS: usize = 8000;
/// ‖∇f‖ at which a walk has arrived, where its recipe does not say.
const TOLERANCE: f64 = 1e-6;
/// The distances of the starts in the order in which they are walked from: coarse to fine.
const STRIDES: [usize; 6] = [32, 16, 8, 4, 2, 1];

/// Where a walk came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walked {
    /// What it came to, and what that took.
    pub outcome: Outcome,
    /// The last x that it reached.
    pub last: f64,
    /// Whether it has stopped for good: its gradient has fallen to the tolerance.
    pub has_stopped: bool,
}

/// Walks from starts along the interval, as many as have been taken.
///
/// Every walk is that of a run with the same recipe and another start, long enough to arrive.
#[derive(Clone)]
pub struct LineBasins {
    landscape: Landscape,
    recipe: Recipe,
    /// The critical points among which the ends are found.
    known: Vec<CriticalPoint>,
    walked: Vec<Option<Walked>>,
    /// How many starts have been walked from.
    done: usize,
}

impl LineBasins {
    /// Nothing is walked yet. `recipe` is that of a run; its start does not matter. `None` for a landscape of two weights, and for a
    /// method that cannot walk there.
    pub fn new(landscape: &Landscape, recipe: &Recipe, known: &[CriticalPoint]) -> Option<Self> {
        let is_possible =
            landscape.dimension() == Dimension::One && recipe.optimizer.entry.unsupported_reason(landscape).is_none();
        let tolerance = recipe.tolerance.filter(|tolerance| *tolerance > 0.0).unwrap_or(TOLERANCE);
        let recipe = Recipe {
            start: Point::origin(),
            steps: (EVALUATIONS / recipe.optimizer.entry.evaluations_per_step.max(1)).clamp(STEPS[0], STEPS[1]),
            tolerance: Some(tolerance),
            goes_on_diverged: false,
            ..recipe.clone()
        };
        is_possible.then(|| Self {
            landscape: landscape.clone(),
            recipe,
            known: known.to_vec(),
            walked: vec![None; STARTS],
            done: 0,
        })
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.landscape == other.landscape && self.recipe == other.recipe && self.known == other.known
    }

    /// Whether every start has been walked from.
    pub fn is_finished(&self) -> bool {
        self.done == STARTS
    }

    /// Walks on until about this many evaluations of one sample each are spent; true once all is done.
    pub fn advance(&mut self, budget: usize) -> bool {
        let mut spent = 0;
        while !self.is_finished() && spent < budget {
            let index = place(self.done);
            let mut walker = Walker::new(&self.landscape, &Recipe { start: self.start(index), ..self.recipe.clone() });
            walker.advance(usize::MAX);
            let outcome = Outcome::of(&walker, &self.known);
            spent += (outcome.evaluations.total() as usize).max(1).saturating_mul(self.landscape.cost());
            let last = walker.place().map_or(f64::NAN, |place| place.at.x);
            let has_stopped = walker.end() == Some(&End::Converged);
            self.walked[index] = Some(Walked { outcome, last, has_stopped });
            self.done += 1;
        }
        self.is_finished()
    }

    /// The middle of a cell.
    fn start(&self, index: usize) -> Point {
        let [low, high] = self.landscape.domain().x;
        Point::new(low + (high - low) * (index as f64 + 0.5) / STARTS as f64, 0.0)
    }

    /// The edges of the cells and what the walk from each came to; from a start that has not been walked from as from the nearest one on
    /// its left that has. None before the first walk.
    pub fn cells(&self) -> impl Iterator<Item = ([f64; 2], Walked)> {
        let [low, high] = self.landscape.domain().x;
        let edge = move |index: usize| low + (high - low) * index as f64 / STARTS as f64;
        let mut last = None;
        self.walked.iter().enumerate().filter_map(move |(index, walked)| {
            last = walked.or(last);
            last.map(|walked| ([edge(index), edge(index + 1)], walked))
        })
    }

    /// The result of the start nearest to a place, if it has been walked from.
    pub fn walked_from(&self, x: f64) -> Option<Walked> {
        let [low, high] = self.landscape.domain().x;
        let share = (x - low) / (high - low);
        let index = (0.0..1.0).contains(&share).then_some((share * STARTS as f64) as usize)?;
        self.walked.get(index).copied().flatten()
    }
}

/// The start that is walked from in this turn: coarse to fine, each once.
fn place(turn: usize) -> usize {
    let mut before = 0;
    for (level, stride) in STRIDES.into_iter().enumerate() {
        // Every second place of this stride has been walked from already, but at the coarsest.
        let [first, step] = if level == 0 { [0, stride] } else { [stride, 2 * stride] };
        let count = (STARTS - first).div_ceil(step);
        if turn < before + count {
            return first + (turn - before) * step;
        }
        before += count;
    }
    STARTS - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Search;
    use crate::optimizers::Choice;
    use crate::run::Run;
    use crate::studies::Destination;

    fn basins(formula: &str, method: &str) -> LineBasins {
        let landscape = Landscape::of_formula(formula).unwrap();
        let recipe =
            Recipe { tolerance: Some(1e-8), ..Recipe::new(Choice::parse(method).unwrap(), Point::origin(), 60) };
        let known = Search::finished(&landscape).points();
        let mut basins = LineBasins::new(&landscape, &recipe, &known).unwrap();
        basins.advance(usize::MAX);
        basins
    }

    /// Neighbors with the same end together.
    fn stretches(basins: &LineBasins) -> Vec<Destination> {
        let mut ends: Vec<Destination> = basins.cells().map(|(_, walked)| walked.outcome.destination).collect();
        ends.dedup();
        ends
    }

    #[test]
    fn every_start_is_walked_from_once() {
        let mut places: Vec<usize> = (0..STARTS).map(place).collect();
        assert_eq!(places[..3], [0, 32, 64], "coarse first");
        places.sort_unstable();
        assert_eq!(places, (0..STARTS).collect::<Vec<_>>());
    }

    #[test]
    fn descent_divides_the_interval_at_the_maximum_and_newton_goes_to_it() {
        let descent = basins("(x^2-1)^2", "gd:lr=0.02");
        let [left, right] = [Destination::Minimum(Some(0)), Destination::Minimum(Some(1))];
        assert_eq!(stretches(&descent), [left, right], "one basin each");
        let newton = stretches(&basins("(x^2-1)^2", "newton"));
        assert!(newton.contains(&Destination::Maximum(Some(2))), "{newton:?}");
        assert!(newton.len() > 3, "Newton's basins are many: {newton:?}");
        let cubic = stretches(&basins("x^3/3-x", "gd:lr=0.1"));
        assert_eq!(cubic.first(), Some(&Destination::Diverged), "{cubic:?}");
        assert_eq!(cubic.last(), Some(&Destination::Minimum(Some(0))), "{cubic:?}");
    }

    /// A basin is the run: the same walker, the same recipe.
    #[test]
    fn a_walk_ends_where_the_run_from_there_does() {
        let basins = basins("cos(x)", "newton");
        for index in [0, 50, 100, 200, 255] {
            let recipe = Recipe { start: basins.start(index), ..basins.recipe.clone() };
            let run = Run::of(&basins.landscape, &recipe);
            let Walked { outcome, last, .. } = basins.walked[index].unwrap();
            assert_eq!(Outcome::of(run.walker(), &basins.known), outcome, "start {index}");
            assert_eq!(run.iterates().last().map(|last| last.at.x), Some(last), "start {index}");
            assert_eq!(run.walker().end() == Some(&End::Converged), outcome.destination != Destination::Diverged);
        }
    }

    #[test]
    fn how_it_is_divided_into_slices_changes_nothing() {
        let whole = basins("x^4/4-x^2+0.1x", "momentum:lr=0.02");
        let mut parts = LineBasins::new(&whole.landscape, &whole.recipe, &whole.known).unwrap();
        while !parts.advance(100) {}
        assert_eq!(parts.walked, whole.walked);
        assert!(parts.is_same(&whole));
    }

    #[test]
    fn there_are_none_of_two_weights_and_of_methods_that_cannot_walk() {
        let two = Landscape::parse("bowl").unwrap();
        let one = Landscape::parse("parabola").unwrap();
        let recipe = |method: &str| Recipe::new(Choice::parse(method).unwrap(), Point::origin(), 60);
        assert!(LineBasins::new(&two, &recipe("gd"), &[]).is_none());
        assert!(LineBasins::new(&one, &recipe("sgd"), &[]).is_none());
        assert!(LineBasins::new(&one, &recipe("gd"), &[]).is_some());
    }
}
