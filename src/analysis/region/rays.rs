//! The lengths of rays: how far a local model is right in many directions at once, in lanes and on all cores.

use super::super::reach::{GROWTH, Prediction, first_sample, further, reach};
use super::super::{LocalModel, ModelOrder};
use super::Ray;
use crate::landscapes::Loss;
use crate::numbers::{Point, Vector, parallel};

/// The first length that is tried in every direction, as a share of the limit.
pub(super) const FIRST: f64 = 1.0 / 2048.0;
/// The largest gap between two lengths that are tried, as a share of the limit.
pub(super) const COARSEST: f64 = 1.0 / 256.0;
/// Bisections of a length between two samples: to a millionth of their gap.
const BISECTIONS: usize = 22;
/// Directions that one core takes at a time.
const CHUNK: usize = 64;

/// What is searched for.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) loss: &'a dyn Loss,
    pub(super) model: &'a LocalModel,
    pub(super) order: ModelOrder,
    pub(super) share: f64,
    pub(super) limit: f64,
}

impl Search<'_> {
    /// The lengths along some directions, in their order.
    pub(super) fn rays(self, directions: Vec<(f64, Vector)>) -> Vec<Ray> {
        let units: Vec<Vector> = directions.iter().map(|(_, unit)| *unit).collect();
        let chunks: Vec<&[Vector]> = units.chunks(CHUNK).collect();
        let radii = parallel::map(&chunks, |chunk| self.radii(chunk));
        let ray = |((angle, unit), radius)| Ray { unit, radius, angle };
        directions.into_iter().zip(radii.into_iter().flatten()).map(ray).collect()
    }

    /// The length of a ray to the last digit, as it is shown in numbers.
    pub(super) fn exact(self, ray: Option<&Ray>) -> f64 {
        let unit = ray.filter(|ray| ray.radius < self.limit).map(|ray| ray.unit);
        let found = unit.and_then(|unit| reach(self.loss, self.model, self.order, unit, self.share, self.limit));
        found.unwrap_or(self.limit)
    }

    fn prediction(self, unit: Vector) -> Prediction {
        Prediction::new(self.model, self.order, unit, self.share).on(self.loss, self.model, unit, self.limit)
    }

    /// Walks outward in all directions at once; who has met the first broken prediction stays behind.
    fn radii(self, units: &[Vector]) -> Vec<f64> {
        let predictions: Vec<Prediction> = units.iter().map(|unit| self.prediction(*unit)).collect();
        let mut samples = ProbedPoints::default();
        let mut walking: Vec<usize> = (0..units.len()).collect();
        let mut brackets = vec![[self.limit; 2]; units.len()];
        let mut good = 0.0;
        for t in std::iter::once(FIRST * self.limit).chain(further(FIRST * self.limit, COARSEST, self.limit)) {
            samples.take(self.loss, walking.iter().map(|index| self.model.at + units[*index] * t));
            let mut values = samples.values.iter();
            walking.retain(|index| {
                let kept = values.next().is_some_and(|value| predictions[*index].kept(t, *value));
                if !kept {
                    brackets[*index] = [good, t];
                }
                kept
            });
            if walking.is_empty() {
                break;
            }
            good = t;
        }
        self.walk_near(units, &predictions, &mut brackets, &mut samples);
        for _ in 0..BISECTIONS {
            let middles = brackets.iter().map(|[good, bad]| f64::midpoint(*good, *bad));
            samples.take(self.loss, units.iter().zip(middles).map(|(unit, t)| self.model.at + unit * t));
            for ((bracket, prediction), value) in brackets.iter_mut().zip(&predictions).zip(&samples.values) {
                let middle = f64::midpoint(bracket[0], bracket[1]);
                bracket[usize::from(!prediction.kept(middle, *value))] = middle;
            }
        }
        // Rounding must not make an open ray look as if it ended.
        let radius = |[good, bad]: [f64; 2]| if good == bad { bad } else { f64::midpoint(good, bad) };
        brackets.into_iter().map(radius).collect()
    }

    /// Walks to the first length again, from well inside, where it is beyond the first broken prediction: halving alone may
    /// end behind another one.
    fn walk_near(
        self,
        units: &[Vector],
        predictions: &[Prediction],
        brackets: &mut [[f64; 2]],
        samples: &mut ProbedPoints,
    ) {
        let edge = FIRST * self.limit;
        let mut walking: Vec<(usize, f64)> = (0..units.len())
            .filter(|index| brackets[*index] == [0.0, edge])
            .map(|index| (index, first_sample(self.model, units[index], self.share, self.limit)))
            .filter(|(_, t)| *t > 0.0 && *t < edge)
            .collect();
        while !walking.is_empty() {
            samples.take(self.loss, walking.iter().map(|(index, t)| self.model.at + units[*index] * *t));
            let mut values = samples.values.iter();
            walking.retain_mut(|(index, t)| {
                let is_kept = values.next().is_some_and(|value| predictions[*index].kept(*t, *value));
                brackets[*index][usize::from(!is_kept)] = *t;
                *t *= GROWTH;
                is_kept && *t < edge
            });
        }
    }
}

/// Places and the losses there, kept from one batch to the next.
#[derive(Default)]
struct ProbedPoints {
    xs: Vec<f64>,
    ys: Vec<f64>,
    values: Vec<f64>,
}

impl ProbedPoints {
    fn take(&mut self, loss: &dyn Loss, places: impl Iterator<Item = Point>) {
        self.xs.clear();
        self.ys.clear();
        for at in places {
            self.xs.push(at.x);
            self.ys.push(at.y);
        }
        self.values.resize(self.xs.len(), 0.0);
        loss.values(&self.xs, &self.ys, &mut self.values);
    }
}
