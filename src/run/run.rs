//! From a recipe to its iterates: fixed-size records, the optimizer's state every few hundred steps, the rest replayed.

mod replay;
#[cfg(test)]
mod scales;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

pub use replay::Moment;
pub(super) use replay::Told;

use super::extremes::{Extreme, Extremes};
use super::{Recipe, Stop, StopReason, edge};
use crate::landscapes::{Evaluations, Landscape, Oracle};
use crate::numbers::{Point, Vector, length};
use crate::optimizers::{Family, Method, Optimizer, Step, Undefined};

/// Steps between two kept states: replaying at most this many is unnoticeable, keeping them costs little.
const CHECKPOINT: usize = 256;
/// A way shorter than this share of the region is less than a pixel of any screen.
const UNSEEN: f64 = 1e-5;

/// What is recorded of every iterate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterate {
    /// w.
    pub at: Point,
    /// f(w), finite.
    pub loss: f64,
    /// ∇f(w), finite.
    pub gradient: Vector,
    /// The displacement taken from here, finite; zero in the last iterate and where a step was rejected.
    pub taken: Vector,
    /// What the method has asked for, the step from here included.
    pub asked: Evaluations,
}

/// The optimizer as it stood before a step, its count, and the largest |f| up to there.
struct Checkpoint {
    optimizer: Box<dyn Optimizer>,
    asked: Evaluations,
    scale: f64,
}

/// The serial number of the next run.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A run, whole or under way: [`Run::advance`] continues it.
pub struct Run {
    serial: u64,
    landscape: Landscape,
    recipe: Recipe,
    iterates: Vec<Iterate>,
    extremes: Extremes,
    /// What the method's own quadratic promised for each step, NaN where it has none; for methods without a matrix of their
    /// own it stays empty.
    own_promises: Vec<f64>,
    checkpoints: Vec<Checkpoint>,
    optimizer: Box<dyn Optimizer>,
    asked: Evaluations,
    /// The largest |f| of an iterate so far.
    scale: f64,
    /// What the method lacks on this landscape, if it cannot walk here at all.
    lack: Option<&'static str>,
    crossing: Option<usize>,
    /// ‖w‖ beyond which the run counts as diverged.
    horizon: f64,
    stop: Option<Stop>,
}

impl Run {
    /// A run that has only its start.
    pub fn begin(landscape: &Landscape, recipe: &Recipe) -> Self {
        let mut run = Self {
            serial: NEXT.fetch_add(1, Ordering::Relaxed),
            landscape: landscape.clone(),
            optimizer: recipe.optimizer.build(),
            recipe: recipe.clone(),
            iterates: Vec::with_capacity(recipe.steps + 1),
            extremes: Extremes::default(),
            own_promises: Vec::new(),
            checkpoints: Vec::with_capacity(recipe.steps / CHECKPOINT + 1),
            asked: Evaluations::default(),
            scale: 0.0,
            lack: recipe.optimizer.entry.unsuited(landscape),
            crossing: None,
            horizon: 1e6 * (1.0 + recipe.start.coords.norm() + landscape.view().size()),
            stop: None,
        };
        run.arrive(run.recipe.start);
        run
    }

    /// A whole run.
    pub fn of(landscape: &Landscape, recipe: &Recipe) -> Self {
        let mut run = Self::begin(landscape, recipe);
        run.advance(usize::MAX);
        run
    }

    /// Takes up to `budget` further steps; true once the run has stopped.
    pub fn advance(&mut self, budget: usize) -> bool {
        for _ in 0..budget {
            if self.stop.is_some() {
                break;
            }
            self.take_step();
        }
        self.stop.is_some()
    }

    fn take_step(&mut self) {
        let index = self.iterates.len() - 1;
        self.tune_for(index);
        if index.is_multiple_of(CHECKPOINT) {
            let (optimizer, asked, scale) = (self.optimizer.boxed(), self.asked, self.scale);
            self.checkpoints.push(Checkpoint { optimizer, asked, scale });
        }
        let here = &mut self.iterates[index];
        let mut oracle = Oracle::new(self.landscape.loss(), self.asked);
        oracle.remember(here.at, here.loss, here.gradient);
        oracle.set_scale(self.scale);
        let step = match self.lack {
            Some(lack) => Err(unsuited(self.recipe.optimizer.entry, lack)),
            None => self.optimizer.step(here.at, &mut oracle).map_err(|why| why.on(&self.landscape)),
        };
        self.asked = oracle.asked();
        here.asked = self.asked;
        match step {
            Ok(step) => {
                // An endless step is none that could be recorded; where it leads the run ends.
                if step.taken.iter().all(|component| component.is_finite()) {
                    here.taken = step.taken;
                    let promise = own_promise(self.optimizer.as_ref(), self.recipe.optimizer.entry, here, &step);
                    if let Some(promise) = promise {
                        self.own_promises.resize(index, f64::NAN);
                        self.own_promises.push(promise);
                    }
                }
                let target = here.at + step.taken;
                self.arrive(target);
            }
            Err(why) => self.finish(Stop::undefined(index, &why)),
        }
    }

    fn tune_for(&mut self, step: usize) {
        if self.recipe.changes.iter().any(|change| change.step == step) {
            let method = self.recipe.optimizer.entry;
            self.optimizer.tune(method.values(&self.recipe.knobs_at(step)));
        }
    }

    /// Records the iterate, unless the loss has no finite value and slope there, and stops where there is cause.
    fn arrive(&mut self, at: Point) {
        let index = self.iterates.len();
        let first = self.landscape.loss().first_order(at);
        let finite = at.coords.iter().chain(first.gradient.iter()).all(|number| number.is_finite());
        if !(finite && first.value.is_finite()) {
            return self.lose(index, at);
        }
        self.iterates.push(Iterate {
            at,
            loss: first.value,
            gradient: first.gradient,
            taken: Vector::zeros(),
            asked: self.asked,
        });
        self.scale = self.scale.max(first.value.abs());
        self.extremes.follow(&self.iterates);
        if self.crossing.is_none() && at.coords.norm() > self.horizon {
            self.crossing = Some(index);
        }
        let norm = length(first.gradient);
        if self.recipe.tolerance.is_some_and(|tolerance| norm <= tolerance) {
            self.finish(Stop::converged(&self.landscape, index, at, norm));
        } else if index >= self.recipe.steps || self.crossing.is_some() && !self.recipe.goes_on_diverged {
            let stop = Stop::step_limit(self.recipe.steps, self.idle(), self.unseen_way(), norm);
            self.finish(stop.held_by(edge::ahead(&self.landscape, &self.iterates)));
        }
    }

    /// How far the run has led, if that is too little to be seen in the region.
    fn unseen_way(&self) -> Option<f64> {
        let way = (self.iterates.last()?.at - self.iterates.first()?.at).norm();
        (way < UNSEEN * self.landscape.view().size()).then_some(way)
    }

    /// How many of the last steps left the weights where they were.
    fn idle(&self) -> usize {
        self.iterates.windows(2).rev().take_while(|step| step[0].at == step[1].at).count()
    }

    /// No finite numbers at the next point: an overflow after growth is a divergence, anything else a hole in the land.
    fn lose(&mut self, index: usize, at: Point) {
        let grown = match (self.iterates.first(), self.iterates.last()) {
            (Some(first), Some(last)) => grew(first, last) || last.at.coords.norm() > 1e-3 * self.horizon,
            _ => false,
        };
        if grown && self.crossing.is_none() {
            self.crossing = Some(index);
        }
        self.finish(Stop::not_finite(index, at, self.landscape.hole(at)));
    }

    fn finish(&mut self, stop: Stop) {
        let stop = match self.crossing {
            Some(step) if stop.reason != StopReason::Converged => {
                let before = self.iterates[step.saturating_sub(1).min(self.iterates.len() - 1)].at;
                Stop::diverged(&self.landscape, &self.recipe, step, before)
            }
            _ => stop,
        };
        self.stop = Some(stop);
    }

    /// The iterates so far; none only if the loss has no value at the start.
    pub fn iterates(&self) -> &[Iterate] {
        &self.iterates
    }

    /// Tells it from every other run of the program: what is found out about it is kept under this number.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// What the method has asked for so far.
    pub fn asked(&self) -> Evaluations {
        self.asked
    }

    /// Where in a range of steps its loss is least and greatest; `None` if none of them was reached.
    pub fn extremes(&self, steps: Range<usize>) -> Option<Extreme> {
        let end = steps.end.min(self.iterates.len());
        self.extremes.within(&self.iterates, steps.start..end)
    }

    /// Why it stopped; `None` while it is under way.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// What the method's own quadratic promised for the displacement of a step; `None` where it has none but the Hessian's.
    pub(super) fn own_promise(&self, step: usize) -> Option<f64> {
        self.own_promises.get(step).copied().filter(|promise| !promise.is_nan())
    }

    /// Whether a step of the method depends on the steps before it.
    pub(super) fn remembers(&self) -> bool {
        self.optimizer.remembers()
    }

    /// Where it ran.
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// What it was made from.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }
}

/// Whether the loss has grown a thousandfold from one iterate to another, at any scale of it; from a loss of zero, the slope.
fn grew(first: &Iterate, last: &Iterate) -> bool {
    let [before, after] = if first.loss == 0.0 {
        [first, last].map(|iterate| length(iterate.gradient))
    } else {
        [first, last].map(|iterate| iterate.loss.abs())
    };
    after > 1e3 * before
}

/// What a method's own quadratic promised for a step that was taken; only these families have a matrix to ask for.
fn own_promise(optimizer: &dyn Optimizer, entry: &Method, here: &Iterate, step: &Step) -> Option<f64> {
    if !matches!(entry.family, Family::SecondOrder | Family::QuasiNewton) {
        return None;
    }
    let (_, matrix) = optimizer.ball(step).curvature.filter(|(_, matrix)| matrix.is_finite())?;
    Some(here.gradient.dot(&step.taken) + 0.5 * matrix.form(step.taken))
}

/// That a method cannot walk on a landscape, in its name.
fn unsuited(entry: &Method, lack: &'static str) -> Undefined {
    Undefined::Unsuited { name: entry.name, lack }
}
