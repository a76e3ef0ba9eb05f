//! A walk of a race, with the quantities of its criteria at every step.

use super::step_time::StepTime;
use super::{RaceEnd, RaceQuestion};
use crate::landscapes::{Evaluations, ViewBox};
use crate::numbers::{Point, length};
use crate::optimizers::Choice;
use crate::run::{Recipe, Walker};
use crate::studies::{Destination, Outcome};

/// Seconds since some moment.
pub type Clock = fn() -> f64;

/// Steps after which it is checked whether a walk oscillates between two points.
const LOOK: usize = 64;

/// Steps that leave the weights where they are, after which a walk has ended: a rule that rejects steps may do that for a while.
const IDLE: usize = 100;

/// How far a walk may go, and when it rests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// Steps.
    pub steps: usize,
    /// Values, gradients and Hessians together.
    pub evaluations: usize,
    /// ‖∇f‖ at which it has come to rest.
    pub rest: f64,
    /// The region that it must not leave, as if it diverged; a tolerance then counts from where on it is kept. `None` where it may go
    /// anywhere, and the first iterate within the tolerance counts.
    pub within: Option<ViewBox>,
}

/// A walk as far as it has come.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any of them may hold")]
pub struct RaceWalk {
    walker: Walker,
    /// The walker at its start, from where steps are timed.
    first: Walker,
    end: Option<RaceEnd>,
    rests: bool,
    /// It is far outside the domain of a loss without a known minimum, and lower than at its start.
    escapes: bool,
    /// Its last step led out of the region that it must not leave.
    left: bool,
    /// Whether a tolerance counts from where on it is kept.
    is_to_stay: bool,
    losses: Vec<f64>,
    slopes: Vec<f64>,
    /// To the nearest known minimum; empty where none is known.
    distances: Vec<f64>,
    /// What was asked before an iterate was reached.
    evaluations: Vec<Evaluations>,
    time: StepTime,
}

impl RaceWalk {
    /// Nothing but the start.
    pub(super) fn new(question: &RaceQuestion, optimizer: &Choice, recipe: &Recipe) -> Self {
        let recipe = Recipe {
            optimizer: optimizer.clone(),
            steps: question.limit.steps,
            tolerance: Some(question.limit.rest),
            goes_on_diverged: false,
            ..recipe.clone()
        };
        let walker = Walker::new(&question.landscape, &recipe);
        let mut walk = Self {
            first: walker.clone(),
            walker,
            end: None,
            rests: false,
            escapes: false,
            left: false,
            is_to_stay: question.limit.within.is_some(),
            losses: Vec::new(),
            slopes: Vec::new(),
            distances: Vec::new(),
            evaluations: Vec::new(),
            time: StepTime::default(),
        };
        walk.note(question);
        if walk.walker.end().is_some() {
            walk.stop(question);
        }
        walk
    }

    /// Takes note of the iterate at which it stands.
    fn note(&mut self, question: &RaceQuestion) {
        let Some(place) = self.walker.place().filter(|_| self.walker.reached() > self.losses.len()) else { return };
        self.left = question.limit.within.is_some_and(|region| !region.contains(place.at));
        if self.left {
            return;
        }
        self.losses.push(place.loss);
        self.slopes.push(length(place.gradient));
        if let Some(distance) = question.minima.distance(place.at) {
            // Of a line of minima only what lies in the domain is known.
            let is_known = !question.minima.has_lines() || question.landscape.domain().contains(place.at);
            self.distances.push(if is_known { distance } else { f64::NAN });
        }
        self.evaluations.push(self.walker.evaluations());
    }

    /// Takes steps for about this many evaluations of one sample each; how many those were.
    pub(super) fn advance(&mut self, question: &RaceQuestion, budget: usize) -> usize {
        let cost = question.landscape.cost();
        let before = self.walker.evaluations().total() as usize;
        let mut spent = 0;
        while self.end.is_none() && spent < budget {
            for _ in 0..LOOK {
                self.walker.step(|_, _| {});
                self.note(question);
                if self.walker.end().is_some() || self.left {
                    break;
                }
            }
            let asked = self.walker.evaluations().total() as usize;
            let stays = self.walker.is_two_cycle() || self.walker.idle() >= IDLE;
            if self.walker.end().is_some() || self.left || stays || asked >= question.limit.evaluations {
                self.stop(question);
            }
            spent = (asked - before).max(1).saturating_mul(cost);
        }
        spent.max(1)
    }

    /// How often its steps are still to be timed.
    pub(super) fn rounds_left(&self) -> usize {
        if self.len() > 1 { self.time.rounds_left() } else { 0 }
    }

    /// Times its steps once more; what that took, in evaluations of one sample each.
    pub(super) fn time(&mut self, question: &RaceQuestion, clock: Clock) -> usize {
        let (evaluations, cost) = (&self.evaluations, question.landscape.cost());
        let asked = |step: usize| evaluations[step].total() as usize * cost;
        self.time.round(&self.first, evaluations.len() - 1, &asked, clock)
    }

    fn stop(&mut self, question: &RaceQuestion) {
        if self.left {
            self.end = Some(RaceEnd::Diverged);
            return;
        }
        let outcome = if self.walker.end().is_none() && self.walker.idle() >= IDLE {
            Outcome::at_rest(&self.walker, &question.critical)
        } else {
            Outcome::of(&self.walker, &question.critical)
        };
        self.rests = outcome.destination != Destination::NotYet;
        self.escapes = !self.rests && self.is_away(question);
        self.end = Some(RaceEnd::of(outcome.destination, &self.walker, &question.minima));
    }

    /// Whether it has left a landscape without a known minimum, downward.
    fn is_away(&self, question: &RaceQuestion) -> bool {
        /// The distance from the middle of the domain, in sizes of it.
        const FAR: f64 = 100.0;
        let domain = question.landscape.domain();
        let is_far = |at: Point| question.landscape.dimension().part(at - domain.center()).norm() > FAR * domain.size();
        let is_lower = self.losses.last().zip(self.losses.first()).is_some_and(|(last, first)| last < first);
        question.minima.is_empty() && is_lower && self.place().is_some_and(is_far)
    }

    /// Whether it is on its way to infinity, downward, on a loss without a known minimum.
    pub(super) fn escapes(&self) -> bool {
        self.escapes
    }

    /// Whether a tolerance counts from where on it is kept, and not where it is first met.
    pub(super) fn is_to_stay(&self) -> bool {
        self.is_to_stay
    }

    /// What it ended at; `None` while it is under way.
    pub fn end(&self) -> Option<RaceEnd> {
        self.end
    }

    /// Whether it went on to its end, and was not cut off by its limit of steps.
    pub(super) fn rests(&self) -> bool {
        self.rests
    }

    /// How many iterates there are, the start among them; 0 where the loss has no value at the start.
    pub fn len(&self) -> usize {
        self.losses.len()
    }

    /// Whether the loss has no value at the start.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }

    /// f at an iterate.
    pub fn loss(&self, step: usize) -> f64 {
        self.losses[step]
    }

    /// ‖∇f‖ at an iterate.
    pub fn slope(&self, step: usize) -> f64 {
        self.slopes[step]
    }

    /// The distance of an iterate to the nearest known minimum; `None` where none is known, and outside the domain where minima
    /// are lines.
    pub fn distance(&self, step: usize) -> Option<f64> {
        self.distances.get(step).copied().filter(|distance| distance.is_finite())
    }

    /// What was asked before an iterate was reached.
    pub fn evaluations(&self, step: usize) -> Evaluations {
        self.evaluations.get(step).copied().unwrap_or_default()
    }

    /// Where it stands; `None` where the loss has no value at the start.
    pub fn place(&self) -> Option<Point> {
        self.walker.place().map(|place| place.at)
    }

    /// Seconds that a step takes on average; `None` without a clock, and until it is measured.
    pub fn seconds_per_step(&self) -> Option<f64> {
        Some(self.time.seconds()?[0])
    }

    /// Seconds a step in half of the measurements at most, against which the noise is held.
    pub(super) fn usual_seconds_per_step(&self) -> Option<f64> {
        Some(self.time.seconds()?[1])
    }
}
