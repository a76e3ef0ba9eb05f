//! The mini-batch of one step: which samples it asked, and what their own surface predicted and did.

use super::StepReplay;
use crate::landscapes::Landscape;
use crate::numbers::numerals::grouped;
use crate::numbers::{Point, Vector};
use crate::optimizers::Carried;

/// A batch with more different samples than this is described by their number.
const FEW: usize = 12;

/// The samples that one step asked, drawn with replacement, and the change of their own loss.
///
/// Their loss is the landscape's own over the batch: the sum over it where the landscape is a sum, so that it is B/n of the
/// whole on average, and the mean over it where the landscape is a mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The samples in the order in which they were drawn, from 0; one may stand there twice.
    pub samples: Vec<usize>,
    /// How many there are to draw from, n.
    pub of: usize,
    /// Whether its loss is a sum over the samples.
    pub is_sum: bool,
    /// The gradient of the batch's loss, as the method received it: with its noise, if it has some.
    pub gradient: Vector,
    /// What the batch's plane predicted for the step.
    pub predicted: f64,
    /// The change of the batch's loss along the step.
    pub actual: f64,
}

impl Batch {
    /// The batch of a replayed step from an iterate; `None` where the method draws none.
    pub(super) fn of(landscape: &Landscape, at: Point, replayed: &StepReplay) -> Option<Self> {
        let step = replayed.step.as_ref().ok()?;
        let samples = replayed.state.iter().find_map(|(_, carried)| match carried {
            Carried::Samples(samples) => Some(samples.clone()),
            _ => None,
        })?;
        let loss = landscape.sampled_loss()?;
        let [before, after] = [at, at + step.proposed].map(|place| loss.batch(place, &samples).value);
        Some(Self {
            of: loss.count(),
            is_sum: loss.is_sum(),
            gradient: replayed.gradient,
            predicted: replayed.gradient.dot(&step.proposed),
            actual: after - before,
            samples,
        })
    }

    /// Its samples, each once, by rising number, and how often each was drawn.
    pub fn counts(&self) -> Vec<(usize, usize)> {
        let mut sorted = self.samples.clone();
        sorted.sort_unstable();
        sorted.chunk_by(|one, next| one == next).map(|same| (same[0], same.len())).collect()
    }

    /// The factor that brings its loss to the size of the whole: n/B for a sum, 1 for a mean.
    pub fn to_whole(&self) -> f64 {
        if self.is_sum { self.of as f64 / self.samples.len() as f64 } else { 1.0 }
    }

    /// The samples by their numbers from 1, `1, 5 ×2, 9`; of many how many different ones they are.
    pub fn members(&self) -> String {
        let counts = self.counts();
        if counts.len() > FEW {
            return format!("{} different ones", grouped(counts.len()));
        }
        let members = counts.iter().map(|(sample, count)| match count {
            1 => grouped(sample + 1),
            count => format!("{} ×{count}", grouped(sample + 1)),
        });
        members.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run, StepAnalysis};

    fn run(landscape: &str, optimizer: &str, start: Point) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), start, 12);
        Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Without a velocity the step is −η times the gradient of the batch, a sum or a mean as the landscape's loss.
        #[test]
        fn the_step_goes_down_the_batch(
            w1 in -1.5..1.5_f64,
            w2 in -1.5..1.5_f64,
            count in 1..40_u32,
            seed in 0..1000_u32,
            network in prop::sample::select(vec!["linreg", "tanh2", "logistic", "relu2", "network:w2*tanh(w1*x),loss=sse"]),
        ) {
            let optimizer = format!("sgd:lr=0.01,batch={count},seed={seed}");
            let run = run(network, &optimizer, Point::new(w1, w2));
            for index in 0..run.iterates().len() {
                let analysis = StepAnalysis::of(&run, index).unwrap();
                let (Some(batch), Some(step)) = (&analysis.batch, analysis.proposed()) else { continue };
                prop_assert_eq!(batch.samples.len(), count as usize);
                prop_assert!(batch.samples.iter().all(|sample| *sample < batch.of), "each is one of them");
                let own = run.landscape().sampled_loss().unwrap().batch(analysis.iterate.at, &batch.samples);
                prop_assert_eq!(batch.gradient, own.gradient, "{} step {}", network, index);
                let size = 0.01 * own.gradient.norm();
                prop_assert!((step + own.gradient * 0.01).norm() <= 1e-14 * size, "{step} for {}", own.gradient);
                prop_assert!(batch.predicted <= 0.0, "down its own plane: {}", batch.predicted);
                // Every sample's gradient is n k times its own, so that their mean over the batch is ∇f(B) brought to the whole.
                let gradients = run.landscape().sampled_loss().unwrap().sample_gradients(analysis.iterate.at);
                let mean = batch.samples.iter().map(|sample| gradients[*sample]).sum::<Vector>() / f64::from(count);
                let scale = gradients.iter().map(Vector::norm).fold(0.0, f64::max);
                prop_assert!((mean - batch.gradient * batch.to_whole()).norm() <= 1e-12 * scale, "{network}: {mean}");
            }
        }
    }

    #[test]
    fn its_land_is_the_loss_over_the_batch_alone() {
        for network in ["linreg", "tanh2", "relu", "logistic", "network:w2*tanh(w1*x),loss=mae", "depth:layers=3"] {
            let run = run(network, "sgd:lr=0.01,batch=5,seed=3", Point::new(0.4, 0.3));
            for index in [0, 3, 7] {
                let analysis = StepAnalysis::of(&run, index).unwrap();
                let batch = analysis.batch.as_ref().unwrap();
                let surface = run.landscape().network().unwrap().batch_loss(&batch.samples).unwrap();
                for at in [Point::new(0.4, 0.3), Point::new(-1.0, 0.7), Point::new(1.2, -2.0)] {
                    let own = run.landscape().sampled_loss().unwrap().batch(at, &batch.samples).value;
                    assert!((surface.value(at) - own).abs() <= 1e-13 * own.abs(), "{network} at {at}");
                }
            }
            assert!(run.landscape().network().unwrap().batch_loss(&[]).is_none(), "{network}: none is no batch");
            assert!(
                run.landscape().network().unwrap().batch_loss(&[10_000]).is_none(),
                "{network}: there is no such sample"
            );
        }
    }

    #[test]
    fn repeats_are_described_and_counted() {
        let batch = |samples: Vec<usize>| Batch {
            of: 4,
            is_sum: true,
            gradient: Vector::zeros(),
            predicted: 0.0,
            actual: 0.0,
            samples,
        };
        let three = batch(vec![3, 0, 3]);
        assert_eq!((three.members().as_str(), three.to_whole()), ("1, 4 ×2", 4.0 / 3.0));
        assert_eq!(batch((0..40).map(|index| index % 20).collect()).members(), "20 different ones");
    }
}
