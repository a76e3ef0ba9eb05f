//! The loss of a mini-batch beside that of all samples: sampled coarsely, and scaled so that the two can be compared.

use super::isolines::{SampledGrid, isolines};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;
use crate::run::Batch;

/// Samples along each side, at most.
const SIDE: usize = 48;
/// Samples along each side, at least.
const LEAST_SIDE: usize = 16;
/// Evaluations that the samples may ask for: about 10 ms. A large batch has fewer samples for it.
const EVALUATIONS: usize = 2_500_000;
/// Lines of the wire frame in each direction.
const WIRES: usize = 12;

/// The loss of a batch over a box; where the landscape is a sum n/B times that, so that it is about as high as the whole.
#[derive(Clone, Debug)]
pub struct BatchSurface {
    landscape: Landscape,
    samples: Vec<usize>,
    grid: SampledGrid,
}

impl BatchSurface {
    /// `None` where the landscape has no such samples.
    fn of(landscape: &Landscape, batch: &Batch, view: ViewBox) -> Option<Self> {
        let loss = landscape.network()?.batch_loss(&batch.samples)?;
        let (factor, side) = (batch.to_whole(), side(batch.samples.len()));
        let grid = SampledGrid::sample(view, [side; 2], |xs, y, out| {
            loss.value_row(xs, y, out);
            for value in out {
                *value *= factor;
            }
        });
        Some(Self { landscape: landscape.clone(), samples: batch.samples.clone(), grid })
    }

    /// Brings a kept surface up to date with what is wanted, sampling again only if that has changed; true if it has.
    pub fn renew(kept: &mut Option<Self>, landscape: &Landscape, batch: Option<&Batch>, view: ViewBox) -> bool {
        let is_same = match (&kept, batch) {
            (Some(surface), Some(batch)) => {
                surface.grid.view == view && surface.samples == batch.samples && surface.landscape == *landscape
            }
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            *kept = batch.and_then(|batch| Self::of(landscape, batch, view));
        }
        !is_same
    }

    /// Its contour lines, at the heights of every second one of the whole.
    pub fn contours(&self, levels: &[f64]) -> Vec<Vec<Point>> {
        let levels: Vec<f64> = levels.iter().step_by(2).copied().collect();
        isolines(&self.grid, &levels)
    }

    /// A net of lines over it, each with its heights.
    pub fn wires(&self) -> Vec<Vec<(Point, f64)>> {
        let SampledGrid { size: [columns, rows], values, .. } = &self.grid;
        let place =
            |column: usize, row: usize| (self.grid.point(column as f64, row as f64), values[row * columns + column]);
        let lines = |count: usize| (0..=WIRES).map(move |index| index * (count - 1) / WIRES);
        let along_x = lines(*rows).map(|row| (0..*columns).map(|column| place(column, row)).collect());
        let along_y = lines(*columns).map(|column| (0..*rows).map(|row| place(column, row)).collect());
        along_x.chain(along_y).collect()
    }
}

fn side(samples: usize) -> usize {
    let affordable = ((EVALUATIONS / samples.max(1)) as f64).sqrt() as usize;
    affordable.clamp(LEAST_SIDE, SIDE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run, StepAnalysis};

    /// A batch of all samples, each once, is the whole loss, whether that is a sum or a mean.
    #[test]
    fn the_loss_of_a_batch_is_as_high_as_the_loss() {
        for network in ["linreg", "tanh2", "logistic"] {
            let landscape = Landscape::parse(network).unwrap();
            let count = landscape.data().unwrap().len();
            let recipe = Recipe::new(Choice::parse("sgd").unwrap(), Point::new(0.4, 0.3), 3);
            let drawn = StepAnalysis::of(&Run::of(&landscape, &recipe), 1).unwrap().batch.unwrap();
            let half = Batch { samples: (0..count / 2).collect(), ..drawn.clone() };
            let other = Batch { samples: (count / 2..count).collect(), ..drawn };
            let view = landscape.domain();
            let values = |batch: &Batch| BatchSurface::of(&landscape, batch, view).unwrap();
            let [first, second] = [values(&half), values(&other)];
            for line in std::iter::zip(first.wires(), second.wires()) {
                for ((at, one), (_, other)) in std::iter::zip(line.0, line.1) {
                    let whole = landscape.loss().value(at);
                    assert!(
                        (0.5 * (one + other) - whole).abs() <= 1e-12 * whole,
                        "{network} at {at}: both halves make it up"
                    );
                }
            }
        }
    }

    #[test]
    fn it_is_sampled_again_only_where_something_changed() {
        let landscape = Landscape::parse("tanh2").unwrap();
        let run = |steps| Run::of(&landscape, &Recipe::new(Choice::parse("sgd").unwrap(), Point::new(0.4, 0.3), steps));
        let run = run(5);
        let batch = |step| StepAnalysis::of(&run, step).unwrap().batch.unwrap();
        let (view, mut kept) = (landscape.domain(), None);
        assert!(BatchSurface::renew(&mut kept, &landscape, Some(&batch(0)), view));
        assert!(!BatchSurface::renew(&mut kept, &landscape, Some(&batch(0)), view), "the same");
        assert!(BatchSurface::renew(&mut kept, &landscape, Some(&batch(1)), view), "another batch");
        assert!(BatchSurface::renew(&mut kept, &landscape, Some(&batch(1)), ViewBox::square(1.0)), "another box");
        assert!(BatchSurface::renew(&mut kept, &landscape, None, view) && kept.is_none(), "and none");
        assert_eq!([1, 500, 5000, 10_000].map(side), [48, 48, 22, 16], "coarser for large batches");
    }
}
