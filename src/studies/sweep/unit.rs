//! Settings that are walked together: in lanes where that is possible, else each by a walker.

use std::sync::Arc;

use super::{RaceEnd, SweepQuestion, SweptWalk, Tolerance};
use crate::numbers::tolerance::AT_POINT;
use crate::numbers::{Point, length};
use crate::optimizers::{Choice, ManyStarts, NOISE, SEED};
use crate::run::{End, LaneEnd, LaneWalk, LaneWalked, Place, Recipe, TOGETHER, Walker};
use crate::studies::{Destination, Outcome, units};

/// Walks in a unit.
pub(super) const WALKS: usize = TOGETHER;

/// The result of a walk; the point at which it rests is not classified yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    loss: f64,
    reached: Option<usize>,
    end: Option<RaceEnd>,
    at: Point,
}

impl Found {
    /// With what the walk has come to where it rests.
    pub(super) fn settled(self, end_at: impl FnOnce(Point) -> RaceEnd) -> SweptWalk {
        let end = self.end.unwrap_or_else(|| end_at(self.at));
        SweptWalk { loss: if end == RaceEnd::Diverged { f64::NAN } else { self.loss }, reached: self.reached, end }
    }
}

/// The walks with some settings and one seed.
#[derive(Clone)]
pub(super) struct Unit {
    question: Arc<SweepQuestion>,
    cells: Vec<usize>,
    seed: Option<u32>,
    has_begun: bool,
    lanes: Option<LaneWalk>,
    /// With their places among the cells.
    walkers: Vec<(usize, Walker)>,
    found: Vec<Found>,
}

impl Unit {
    /// Nothing is walked yet.
    pub(super) fn new(question: Arc<SweepQuestion>, cells: Vec<usize>, seed: Option<u32>) -> Self {
        let nothing = Found { loss: f64::NAN, reached: None, end: Some(RaceEnd::Undefined), at: question.start };
        let found = vec![nothing; cells.len()];
        Self { question, cells, seed, has_begun: false, lanes: None, walkers: Vec::new(), found }
    }

    /// Sets the walks up: the first work of a unit, so that it is spread over the cores.
    fn begin(&mut self) {
        self.has_begun = true;
        self.lanes = in_lanes(&self.question, &self.cells, self.seed);
        if self.lanes.is_none() {
            (0..self.cells.len()).for_each(|place| self.walk_alone(place));
        }
    }

    /// Takes what became of the walks in lanes; where that is not clear, a walker takes over.
    fn take_lanes(&mut self) {
        let walked = self.lanes.take().map(LaneWalk::into_walked).unwrap_or_default();
        for (place, walked) in walked.into_iter().enumerate() {
            match walked {
                Some(walked) if walked.end != LaneEnd::Unclear => {
                    self.found[place] = of_lane(&self.question, &walked);
                }
                _ => self.walk_alone(place),
            }
        }
    }

    fn walk_alone(&mut self, place: usize) {
        let question = &self.question;
        let tolerance = if let Tolerance::Gradient(tolerance) = question.tolerance { Some(tolerance) } else { None };
        let optimizer = question.varied(self.cells[place], self.seed);
        let recipe =
            Recipe { tolerance, goes_on_diverged: false, ..Recipe::new(optimizer, question.start, question.steps) };
        self.walkers.push((place, Walker::new(&question.landscape, &recipe)));
    }

    /// Every setting with what became of its walk.
    pub(super) fn into_walks(self) -> impl Iterator<Item = (usize, Found)> {
        self.cells.into_iter().zip(self.found)
    }
}

impl SweepQuestion {
    /// Why the method has no step where the walk of the first setting ends; `None` if it ends otherwise.
    pub fn why_no_step(&self) -> Option<String> {
        let optimizer = self.varied(0, self.seeds.first().copied());
        let recipe = Recipe { goes_on_diverged: false, ..Recipe::new(optimizer, self.start, self.steps) };
        let mut walker = Walker::new(&self.landscape, &recipe);
        walker.advance(usize::MAX);
        match walker.end() {
            Some(End::Undefined(why)) => Some(why.to_string()),
            Some(End::NotFinite(_)) => Some("the loss has no finite value and slope where it leads".to_owned()),
            _ => None,
        }
    }
}

impl units::Unit for Unit {
    fn going(&self) -> usize {
        match &self.lanes {
            Some(lanes) => lanes.evaluations_per_step(),
            None if self.has_begun => self.walkers.len(),
            None => self.cells.len(),
        }
    }

    fn is_finished(&self) -> bool {
        self.has_begun && self.lanes.is_none() && self.walkers.is_empty()
    }

    fn advance(&mut self, steps: usize) {
        if !self.has_begun {
            self.begin();
        }
        if let Some(lanes) = &mut self.lanes {
            if lanes.advance(steps) {
                self.take_lanes();
            }
            return;
        }
        let (question, found) = (&self.question, &mut self.found);
        self.walkers.retain_mut(|(place, walker)| {
            let has_ended = walk(question, walker, steps);
            if has_ended {
                found[*place] = of_walker(question, walker);
            }
            !has_ended
        });
    }
}

/// The walks in lanes; `None` where they do not fit.
fn in_lanes(question: &SweepQuestion, cells: &[usize], seed: Option<u32>) -> Option<LaneWalk> {
    let varied: Vec<Choice> = cells.iter().map(|cell| question.varied(*cell, seed)).collect();
    // Walks in lanes share their noise.
    let noise = |varied: &Choice| {
        let values = varied.values();
        (values.find(NOISE).map(f64::to_bits), values.find(SEED))
    };
    if varied.iter().any(|other| noise(other) != noise(&varied[0])) {
        return None;
    }
    let values = varied.into_iter().map(|varied| varied.parameters).collect();
    let rule = ManyStarts::each(question.optimizer.entry, values)?;
    let starts = vec![question.start; cells.len()];
    LaneWalk::new(&question.landscape, rule, &starts, question.steps, question.convergence_test())
}

fn of_lane(question: &SweepQuestion, walked: &LaneWalked) -> Found {
    let LaneWalked { end, at, loss, steps, is_two_cycle } = *walked;
    let is_slope = matches!(question.tolerance, Tolerance::Gradient(_));
    let (reached, end) = match end {
        LaneEnd::Converged if !is_slope && is_at_minimum(question, at) => (Some(steps), Some(RaceEnd::Minimum)),
        LaneEnd::Converged => (Some(steps), None),
        LaneEnd::StepLimit if is_two_cycle => (None, Some(RaceEnd::Cycle)),
        LaneEnd::StepLimit => (None, Some(RaceEnd::NotYet)),
        LaneEnd::Left => (None, Some(RaceEnd::Diverged)),
        LaneEnd::Unclear => (None, Some(RaceEnd::Undefined)),
    };
    Found { loss, reached, end, at }
}

/// Takes up to `steps` further steps; true once the walk has ended or arrived.
fn walk(question: &SweepQuestion, walker: &mut Walker, steps: usize) -> bool {
    for _ in 0..steps {
        if walker.end().is_some() || walker.place().is_some_and(|place| has_arrived(question, place)) {
            return true;
        }
        walker.advance(1);
    }
    walker.end().is_some()
}

fn has_arrived(question: &SweepQuestion, place: &Place) -> bool {
    match question.tolerance {
        Tolerance::Gradient(tolerance) => length(place.gradient) <= tolerance,
        Tolerance::Loss(bound) => place.loss <= bound,
        Tolerance::Distance(most) => question.minima.distance(place.at).is_some_and(|distance| distance <= most),
    }
}

/// Whether a walk that has arrived by its loss or its distance is at a minimum.
fn is_at_minimum(question: &SweepQuestion, at: Point) -> bool {
    let near = AT_POINT * question.landscape.domain().size();
    let near = if let Tolerance::Distance(most) = question.tolerance { near.max(most) } else { near };
    question.minima.distance(at).is_some_and(|distance| distance <= near)
}

fn of_walker(question: &SweepQuestion, walker: &Walker) -> Found {
    let Some(place) = walker.place() else {
        return Found { loss: f64::NAN, reached: None, end: Some(RaceEnd::Undefined), at: question.start };
    };
    let reached = has_arrived(question, place).then(|| walker.reached() - 1);
    let end = match (walker.end(), Outcome::of(walker, &[]).destination) {
        (Some(End::Converged), _) => None,
        // It met the criterion before it came to rest.
        _ if reached.is_some() && is_at_minimum(question, place.at) => Some(RaceEnd::Minimum),
        _ if reached.is_some() => None,
        (_, Destination::Diverged) => Some(RaceEnd::Diverged),
        (_, Destination::NoStep | Destination::NoValue) => Some(RaceEnd::Undefined),
        (_, Destination::TwoCycle) => Some(RaceEnd::Cycle),
        _ => Some(RaceEnd::NotYet),
    };
    Found { loss: place.loss, reached, end, at: place.at }
}
