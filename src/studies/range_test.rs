//! The learning-rate range test: one run whose rate grows with every step, and the loss after each.
//!
//! Source: L. N. Smith, Cyclical learning rates for training neural networks (2017), section 3.3.

use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::{Choice, SCHEDULE};
use crate::run::{ParameterChange, Recipe, Walker};

/// The test as far as it has come.
#[derive(Clone)]
pub struct RangeTest {
    landscape: Landscape,
    recipe: Recipe,
    rates: Vec<f64>,
    walker: Walker,
    losses: Vec<f64>,
}

impl RangeTest {
    /// No step is taken yet: the one of a number takes the rate of that place. `None` for a method without a rate, and for one that
    /// cannot walk on the landscape.
    pub fn new(landscape: &Landscape, optimizer: &Choice, start: Point, rates: Vec<f64>) -> Option<Self> {
        let entry = optimizer.entry;
        let rate = entry.rate_index().filter(|_| entry.unsupported_reason(landscape).is_none())?;
        let mut optimizer = optimizer.clone();
        if let Some(schedule) = entry.index_of(SCHEDULE) {
            // The rates are those of the test alone.
            optimizer.parameters[schedule] = entry.parameters[schedule].default;
        }
        optimizer.parameters[rate] = *rates.first()?;
        let change = |(step, value): (usize, &f64)| ParameterChange { step, parameter: rate, value: *value };
        let recipe = Recipe {
            goes_on_diverged: false,
            changes: rates.iter().enumerate().skip(1).map(change).collect(),
            ..Recipe::new(optimizer, start, rates.len())
        };
        let walker = Walker::new(landscape, &recipe);
        Some(Self { landscape: landscape.clone(), recipe, rates, walker, losses: Vec::new() })
    }

    /// Whether it is the same test, however far either has come.
    pub fn is_same(&self, other: &Self) -> bool {
        self.landscape == other.landscape && self.recipe == other.recipe
    }

    /// Whether the run has ended.
    pub fn is_finished(&self) -> bool {
        self.walker.end().is_some()
    }

    /// Goes on until about this many evaluations of one sample each are spent; true once the run has ended.
    pub fn advance(&mut self, budget: usize) -> bool {
        let entry = self.recipe.optimizer.entry;
        let cost = entry.evaluations_per_step.max(1).saturating_mul(self.landscape.cost());
        for _ in 0..(budget / cost).max(1) {
            if self.is_finished() {
                break;
            }
            let before = self.walker.reached();
            self.walker.step(|_, _| {});
            let place =
                self.walker.place().filter(|_| self.walker.reached() > before && self.walker.crossing().is_none());
            self.losses.extend(place.map(|place| place.loss));
        }
        self.is_finished()
    }

    /// Each rate with the loss after the step that it made, as far as they are finite and the weights have not left for infinity.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.rates.iter().copied().zip(self.losses.iter().copied())
    }

    /// The rates, rising.
    pub fn rates(&self) -> &[f64] {
        &self.rates
    }

    /// Whether the run left for infinity, or its numbers ended.
    pub fn has_diverged(&self) -> bool {
        self.is_finished() && self.losses.len() < self.rates.len()
    }

    /// The rate after which the loss was lowest; `None` before the first step.
    pub fn lowest(&self) -> Option<f64> {
        self.points().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(rate, _)| rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::ENTRIES;
    use crate::run::Run;

    fn rates(low: f64, high: f64) -> Vec<f64> {
        (0..80).map(|place| low * libm::pow(high / low, f64::from(place) / 79.0)).collect()
    }

    /// On a quadratic the loss falls while η < 2/λmax, and rises beyond along the steepest direction.
    #[test]
    fn the_loss_turns_at_the_limit_of_the_theorem() {
        let landscape = Landscape::parse("bowl:a=4").unwrap();
        let optimizer = Choice::parse("gd:lr=7,schedule=cosine").unwrap();
        let mut test = RangeTest::new(&landscape, &optimizer, Point::new(1.0, 0.5), rates(1e-3, 8.0)).unwrap();
        while !test.advance(7) {}
        let limit = 2.0 / 4.0;
        let points: Vec<(f64, f64)> = test.points().collect();
        for pair in points.windows(2) {
            let (rate, falls) = (pair[1].0, pair[1].1 < pair[0].1);
            assert_eq!(falls, rate < limit, "η = {rate}, limit {limit}: {pair:?}");
        }
        assert!(test.has_diverged() || points.len() == 80);
        let lowest = test.lowest().unwrap();
        assert!(lowest < limit && lowest > 0.8 * limit, "{lowest}");
    }

    #[test]
    fn a_test_is_the_run_with_those_rates_whoever_walks() {
        for (entry, network) in ENTRIES.iter().flat_map(|entry| [(entry, "himmelblau"), (entry, "tanh2")]) {
            let landscape = Landscape::parse(network).unwrap();
            let start = Point::new(0.7, -1.3);
            let test = RangeTest::new(&landscape, &Choice::of(entry), start, rates(1e-4, 1e-2));
            let able = entry.rate_index().is_some() && entry.unsupported_reason(&landscape).is_none();
            assert_eq!(test.is_some(), able, "{} on {network}", entry.id);
            let Some(mut test) = test else { continue };
            test.advance(usize::MAX);
            let run = Run::of(&landscape, &test.recipe);
            let losses: Vec<f64> = run.iterates().iter().skip(1).map(|iterate| iterate.loss).collect();
            let seen: Vec<f64> = test.points().map(|(_, loss)| loss).collect();
            assert_eq!(seen, losses[..seen.len()], "{} on {network}", entry.id);
            assert!(seen.len() == losses.len() || test.has_diverged());
        }
    }
}
