//! What views need of a run: its iterates, their extremes, the predictions of the method's own quadratic, and states to replay from.

use std::ops::Range;

use super::extremes::{Extreme, Extremes};
use super::walker::{Place, Walker};
use super::{Iterate, Recipe};
use crate::landscapes::Evaluations;
use crate::numbers::Vector;
use crate::optimizers::{Family, Method, Optimizer, Step, Verdict};

/// Steps between two kept states: replaying at most this many is unnoticeable, keeping them costs little.
pub(super) const CHECKPOINT: usize = 512;

/// Optimizer state, evaluation count and largest |f| before a step.
pub(super) struct Checkpoint {
    pub(super) optimizer: Box<dyn Optimizer>,
    pub(super) evaluations: Evaluations,
    pub(super) scale: f64,
}

/// What is recorded of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Leg {
    /// The displacement; zero where there was no step, and where it was not finite.
    taken: Vector,
    /// Whether it was proposed and not taken.
    rejected: bool,
    /// What the method's own quadratic predicted for it.
    own_prediction: Option<f64>,
    /// What the method had asked for after it.
    evaluations: Evaluations,
    /// Where it led, if the loss has a value there.
    to: Option<Place>,
}

impl Leg {
    /// Steps the walker and returns what to record. Never a call of its own: what it returns would be a tenth of a step's time.
    #[inline(always)]
    pub(super) fn walk(walker: &mut Walker) -> Self {
        let (reached, method) = (walker.reached(), walker.recipe().optimizer.entry);
        let gradient = walker.place().map_or_else(Vector::zeros, |place| place.gradient);
        let mut kept = (Vector::zeros(), None);
        let mut rejected = false;
        walker.step(|step, optimizer| {
            rejected = step.verdict == Verdict::Rejected;
            // An infinite step cannot be recorded; the run ends with it.
            if step.taken.x.is_finite() && step.taken.y.is_finite() {
                kept = (step.taken, own_prediction(optimizer, method, gradient, step));
            }
        });
        let to = walker.place().filter(|_| walker.reached() > reached).copied();
        Self { taken: kept.0, rejected, own_prediction: kept.1, evaluations: walker.evaluations(), to }
    }
}

/// The steps of a walk, each in less than a hundred bytes.
pub(super) struct Record {
    pub(super) iterates: Vec<Iterate>,
    pub(super) extremes: Extremes,
    /// NaN where there is no prediction; for methods without a matrix of their own it stays empty.
    pub(super) own_predictions: Vec<f64>,
    pub(super) checkpoints: Vec<Checkpoint>,
}

impl Record {
    /// Room for the steps of a recipe.
    pub(super) fn for_recipe(recipe: &Recipe) -> Self {
        Self {
            iterates: Vec::with_capacity(recipe.steps + 1),
            extremes: Extremes::default(),
            own_predictions: Vec::new(),
            checkpoints: Vec::with_capacity(recipe.steps / CHECKPOINT + 1),
        }
    }

    /// An empty record for a recipe, in the memory of this one unless that is too little, or far too much.
    pub(super) fn emptied_for(mut self, recipe: &Recipe) -> Self {
        let needed = recipe.steps + 1;
        if !(needed..=2 * needed).contains(&self.iterates.capacity()) {
            return Self::for_recipe(recipe);
        }
        self.iterates.clear();
        self.checkpoints.clear();
        Self { extremes: Extremes::default(), own_predictions: Vec::new(), ..self }
    }

    /// Keeps the state of a walk before its next step, if it is time for that.
    #[inline(always)]
    pub(super) fn mark(&mut self, walker: &Walker) {
        if self.iterates.len() % CHECKPOINT == 1 {
            let optimizer = walker.optimizer().boxed();
            self.checkpoints.push(Checkpoint { optimizer, evaluations: walker.evaluations(), scale: walker.scale() });
        }
    }

    /// Records a step from the last iterate.
    #[inline(always)]
    pub(super) fn follow(&mut self, leg: &Leg) {
        let index = self.iterates.len() - 1;
        let here = &mut self.iterates[index];
        (here.taken, here.rejected, here.evaluations) = (leg.taken, leg.rejected, leg.evaluations);
        if let Some(prediction) = leg.own_prediction {
            self.own_predictions.resize(index, f64::NAN);
            self.own_predictions.push(prediction);
        }
        if let Some(place) = &leg.to {
            self.arrive(place, leg.evaluations);
        }
    }

    /// Records a point.
    #[inline(always)]
    pub(super) fn arrive(&mut self, place: &Place, evaluations: Evaluations) {
        let Place { at, loss, gradient } = *place;
        self.iterates.push(Iterate { at, loss, gradient, taken: Vector::zeros(), rejected: false, evaluations });
        self.extremes.follow(&self.iterates);
    }

    /// Where in a range of steps the loss is least and greatest; `None` if none of them was reached.
    pub(super) fn extremes(&self, steps: Range<usize>) -> Option<Extreme> {
        let end = steps.end.min(self.iterates.len());
        self.extremes.within(&self.iterates, steps.start..end)
    }

    /// What the method's own quadratic predicted for a step.
    pub(super) fn own_prediction(&self, step: usize) -> Option<f64> {
        self.own_predictions.get(step).copied().filter(|prediction| !prediction.is_nan())
    }
}

/// What a method's own quadratic predicted for a step that was taken; only these families have a matrix to ask for.
fn own_prediction(optimizer: &dyn Optimizer, entry: &Method, gradient: Vector, step: &Step) -> Option<f64> {
    if !matches!(entry.family, Family::SecondOrder | Family::QuasiNewton) {
        return None;
    }
    let (_, matrix) = optimizer.ball(step).curvature.filter(|(_, matrix)| matrix.is_finite())?;
    Some(gradient.dot(&step.taken) + 0.5 * matrix.form(step.taken))
}
