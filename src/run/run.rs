//! From a recipe to its iterates: a walker takes the steps, a record keeps what views need, the rest is replayed.

mod replay;
#[cfg(test)]
mod scale_tests;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) use replay::GradientHistory;
pub use replay::{Replay, StepReplay};

use super::extremes::Extreme;
use super::record::{Leg, Record};
use super::walker::Walker;
use super::{Recipe, Stop};
use crate::landscapes::{Evaluations, Landscape};
use crate::numbers::{Point, Vector};

/// What is recorded of every iterate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterate {
    /// w.
    pub at: Point,
    /// f(w), finite.
    pub loss: f64,
    /// ∇f(w), finite.
    pub gradient: Vector,
    /// The displacement of the step from here, finite. Zero while no step has been taken and where it was rejected. The last
    /// iterate has one if the loss has no value where the step led.
    pub taken: Vector,
    /// Whether the step from here was proposed and not taken.
    pub rejected: bool,
    /// What the method has asked for, the step from here included.
    pub evaluations: Evaluations,
}

/// The serial number of the next run.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A run, whole or under way: [`Run::advance`] continues it.
pub struct Run {
    serial: u64,
    walker: Walker,
    record: Record,
    stop: Option<Stop>,
}

impl Run {
    /// A run that has only its start.
    pub fn begin(landscape: &Landscape, recipe: &Recipe) -> Self {
        Self::begin_in(Record::for_recipe(recipe), landscape, recipe)
    }

    /// A run that has only its start, reusing the memory of this one if its size is suitable.
    #[must_use]
    pub fn start_over(self, landscape: &Landscape, recipe: &Recipe) -> Self {
        Self::begin_in(self.record.emptied_for(recipe), landscape, recipe)
    }

    fn begin_in(mut record: Record, landscape: &Landscape, recipe: &Recipe) -> Self {
        let walker = Walker::new(landscape, recipe);
        if let Some(place) = walker.place() {
            record.arrive(place, walker.evaluations());
        }
        let stop = Stop::of(&walker);
        Self { serial: NEXT.fetch_add(1, Ordering::Relaxed), walker, record, stop }
    }

    /// A whole run.
    pub fn of(landscape: &Landscape, recipe: &Recipe) -> Self {
        let mut run = Self::begin(landscape, recipe);
        run.advance(usize::MAX);
        run
    }

    /// Takes up to `budget` further steps; true once the run has stopped.
    pub fn advance(&mut self, budget: usize) -> bool {
        if self.stop.is_some() {
            return true;
        }
        for _ in 0..budget {
            self.record.mark(&self.walker);
            self.record.follow(&Leg::walk(&mut self.walker));
            if self.walker.end().is_some() {
                break;
            }
        }
        self.stop = Stop::of(&self.walker);
        self.stop.is_some()
    }

    /// Appends steps taken by a copy of the walker that was at the same point.
    pub(super) fn follow(&mut self, legs: &[Leg], walker: &Walker) {
        for leg in legs {
            self.record.mark(&self.walker);
            self.record.follow(leg);
        }
        self.walker = walker.clone();
        self.stop = Stop::of(&self.walker);
    }

    /// The iterates so far; none only if the loss has no value at the start.
    pub fn iterates(&self) -> &[Iterate] {
        &self.record.iterates
    }

    /// Unique id; caches about this run use it as their key.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The walker that takes its steps.
    pub fn walker(&self) -> &Walker {
        &self.walker
    }

    /// What the method has asked for so far.
    pub fn evaluations(&self) -> Evaluations {
        self.walker.evaluations()
    }

    /// Where in a range of steps its loss is least and greatest; `None` if none of them was reached.
    pub fn extremes(&self, steps: Range<usize>) -> Option<Extreme> {
        self.record.extremes(steps)
    }

    /// Why it stopped; `None` while it is under way.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// What the method's own quadratic predicted for the displacement of a step; `None` where it has none but the Hessian's.
    pub(super) fn own_prediction(&self, step: usize) -> Option<f64> {
        self.record.own_prediction(step)
    }

    /// Whether a step of the method depends on the steps before it.
    pub fn remembers(&self) -> bool {
        self.walker.optimizer().remembers()
    }

    /// Its landscape.
    pub fn landscape(&self) -> &Landscape {
        self.walker.landscape()
    }

    /// Its recipe.
    pub fn recipe(&self) -> &Recipe {
        self.walker.recipe()
    }
}
