//! Epochs: an epoch of a method with mini-batches is n draws with replacement from n samples.

use super::Run;
use crate::optimizers::BATCH;

/// The epochs of a run. An epoch is n draws with replacement (n/B steps with batches of B): some samples repeat, others
/// are missed.
#[derive(Clone, Debug, PartialEq)]
pub struct Epochs {
    /// How many samples there are, n.
    pub samples: usize,
    /// From which step on the batches have which size B: rising steps, the first of them 0.
    stages: Vec<(usize, usize)>,
}

impl Epochs {
    /// The epochs of a run; `None` where its method draws no batches.
    pub fn of(run: &Run) -> Option<Self> {
        let recipe = run.recipe();
        let samples = run.landscape().data()?.len();
        let parameter = recipe.optimizer.entry.index_of(BATCH)?;
        let size = |step: usize| (recipe.parameters_at(step)[parameter] as usize).max(1);
        let mut stages: Vec<(usize, usize)> = std::iter::once(0)
            .chain(recipe.changes.iter().map(|change| change.step))
            .map(|step| (step, size(step)))
            .collect();
        stages.sort_unstable();
        stages.dedup_by(|later, earlier| later.1 == earlier.1);
        Some(Self { samples, stages })
    }

    /// How many samples a batch has in a step.
    pub fn batch(&self, step: usize) -> usize {
        let stage = self.stages.partition_point(|(from, _)| *from <= step);
        self.stages[stage.max(1) - 1].1
    }

    /// Epochs before a step: k·B/n where the size of the batches has not changed.
    pub fn at(&self, step: usize) -> f64 {
        self.drawn(step) as f64 / self.samples as f64
    }

    /// Number of draws before a step, repeats included.
    fn drawn(&self, step: usize) -> usize {
        let ends = self.stages.iter().skip(1).map(|(from, _)| *from).chain([usize::MAX]);
        let drawn = std::iter::zip(&self.stages, ends)
            .map(|((from, size), end)| step.min(end).saturating_sub(*from).saturating_mul(*size));
        drawn.fold(0, usize::saturating_add)
    }

    /// Where epochs end up to a step, in steps and parts of a step; thinned to no more than `most`.
    pub fn ends(&self, last: usize, most: usize) -> Vec<(usize, f64)> {
        let count = self.drawn(last) / self.samples;
        let every = every(count, most);
        (1..=count / every).map(|index| (index * every, self.step_of(index * every))).collect()
    }

    /// The step, and the part of it, after which this many epochs are over.
    fn step_of(&self, epoch: usize) -> f64 {
        let mut left = epoch.saturating_mul(self.samples);
        for (index, (from, size)) in self.stages.iter().enumerate() {
            let room = self.stages.get(index + 1).map_or(usize::MAX, |(end, _)| (end - from).saturating_mul(*size));
            if left <= room {
                return *from as f64 + left as f64 / *size as f64;
            }
            left -= room;
        }
        f64::INFINITY
    }

    /// The share of the samples that is not drawn in an epoch, on average: (1 − 1/n)ⁿ.
    pub fn left_out(&self) -> f64 {
        let n = self.samples as f64;
        libm::pow(1.0 - 1.0 / n, n)
    }
}

/// The least of 1, 2, 5, 10, 20 … of which no more than `most` fit into a count.
fn every(count: usize, most: usize) -> usize {
    let mut ten = 1;
    loop {
        for digit in [1, 2, 5] {
            if count / (digit * ten) <= most.max(1) {
                return digit * ten;
            }
        }
        ten *= 10;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::{ParameterChange, Recipe};

    fn epochs(landscape: &str, optimizer: &str, changes: &[(usize, f64)]) -> Option<Epochs> {
        let optimizer = Choice::parse(optimizer).unwrap();
        let parameter = optimizer.entry.parameter_index("batch").unwrap_or(0);
        let mut recipe = Recipe::new(optimizer, Point::new(0.4, 0.3), 0);
        recipe.changes =
            changes.iter().map(|(step, value)| ParameterChange { step: *step, parameter, value: *value }).collect();
        Epochs::of(&Run::of(&Landscape::parse(landscape).unwrap(), &recipe))
    }

    proptest! {
        #[test]
        fn an_epoch_is_n_over_b_steps(n in 1..=300_usize, size in 1..=400_usize, step in 0..5000_usize) {
            let epochs = epochs(&format!("tanh2:n={n}"), &format!("sgd:batch={size}"), &[]).unwrap();
            let expected = step as f64 * size as f64 / n as f64;
            prop_assert!((epochs.at(step) - expected).abs() <= 1e-12 * expected, "{} for {expected}", epochs.at(step));
            let ends = epochs.ends(step, 60);
            prop_assert!(ends.len() <= 60 && (expected < 1.0 || !ends.is_empty() || expected as usize > 60));
            for (epoch, end) in ends {
                prop_assert!((end - epoch as f64 * n as f64 / size as f64).abs() <= 1e-9 * end, "epoch {epoch} ends at {end}");
                prop_assert!(end <= step as f64);
            }
        }
    }

    #[test]
    fn a_batch_that_grows_on_the_way_is_counted_as_it_was() {
        let epochs = epochs("tanh2:n=12", "sgd:batch=2", &[(6, 4.0), (9, 12.0)]).unwrap();
        for (step, expected) in [(0, 0.0), (3, 0.5), (6, 1.0), (9, 2.0), (10, 3.0), (12, 5.0)] {
            assert_eq!(epochs.at(step), expected, "at step {step}");
        }
        assert_eq!([0, 5, 6, 8, 9, 50].map(|step| epochs.batch(step)), [2, 2, 4, 4, 12, 12]);
        assert_eq!(epochs.ends(11, 60), [(1, 6.0), (2, 9.0), (3, 10.0), (4, 11.0)]);
        assert_eq!(epochs.ends(11, 2), [(2, 9.0), (4, 11.0)], "thinned");
    }

    #[test]
    fn only_what_draws_has_epochs() {
        assert_eq!(epochs("tanh2", "gd", &[]), None);
        assert_eq!(epochs("bowl", "sgd", &[]), None);
        let one = epochs("tanh2:n=1", "sgd:batch=1", &[]).unwrap();
        assert_eq!((one.at(7), one.left_out()), (7.0, 0.0), "one sample is drawn always");
        assert!((epochs("tanh2:n=10000", "sgd", &[]).unwrap().left_out() - 0.3679).abs() < 1e-3, "about 1/e");
    }
}
