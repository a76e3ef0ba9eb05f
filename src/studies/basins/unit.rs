//! Starts that are walked from together: in lanes where the method fits into them, else each by a walker.

use std::sync::Arc;

use super::BasinQuestion;
use crate::numbers::Point;
use crate::numbers::lanes::WIDTH;
use crate::run::{ConvergenceTest, End, LaneEnd, LaneWalk, LaneWalked, Recipe, TOGETHER, Walker};
use crate::studies::units;

/// Starts in a unit.
pub(super) const STARTS: usize = TOGETHER;

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::studies) enum Ended {
    /// ‖∇f‖ fell to the tolerance here.
    Arrived(Point),
    /// The weights left for infinity.
    Diverged,
    /// Neither, after all of its steps.
    Undecided,
    /// Neither, and further steps change nothing: it oscillates between two points.
    Cycle,
    /// A step is not defined, or the loss has no value where it leads.
    Undefined,
}

/// Walks from some cells.
#[derive(Clone)]
pub(super) struct Unit {
    question: Arc<BasinQuestion>,
    cells: Vec<usize>,
    /// Steps of a walk.
    limit: usize,
    has_begun: bool,
    lanes: Option<LaneWalk>,
    /// With their places among the cells.
    walkers: Vec<(usize, Walker)>,
    ended: Vec<(Ended, usize)>,
}

impl Unit {
    /// Nothing is walked yet.
    pub(super) fn new(question: Arc<BasinQuestion>, cells: Vec<usize>, limit: usize) -> Self {
        let ended = vec![(Ended::Undecided, limit); cells.len()];
        Self { question, cells, limit, has_begun: false, lanes: None, walkers: Vec::new(), ended }
    }

    /// How many starts it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Sets the walks up: the first work of a unit, so that it is spread over the cores.
    fn begin(&mut self) {
        self.has_begun = true;
        let question = &self.question;
        let starts: Vec<Point> = self.cells.iter().map(|cell| start(question, *cell)).collect();
        self.lanes = question.optimizer.in_lanes(starts.len().div_ceil(WIDTH)).and_then(|rule| {
            LaneWalk::new(&question.landscape, rule, &starts, self.limit, ConvergenceTest::Gradient(question.tolerance))
        });
        if self.lanes.is_none() {
            (0..self.cells.len()).for_each(|place| self.walk_alone(place));
        }
    }

    /// Takes what became of the walks in lanes; where that is not clear, a walker takes over.
    fn take_lanes(&mut self) {
        let walked = self.lanes.take().map(LaneWalk::into_walked).unwrap_or_default();
        for (place, walked) in walked.into_iter().enumerate() {
            let Some(LaneWalked { end, at, steps, is_two_cycle, .. }) = walked else { continue };
            let ended = match end {
                LaneEnd::Converged => Ended::Arrived(at),
                LaneEnd::Left => Ended::Diverged,
                LaneEnd::StepLimit if is_two_cycle => Ended::Cycle,
                LaneEnd::StepLimit => Ended::Undecided,
                LaneEnd::Unclear => {
                    self.walk_alone(place);
                    continue;
                }
            };
            self.ended[place] = (ended, steps);
        }
    }

    /// Hands a start to a walker.
    fn walk_alone(&mut self, place: usize) {
        let recipe = self.question.recipe(start(&self.question, self.cells[place]));
        let recipe = Recipe { steps: self.limit, ..recipe };
        self.walkers.push((place, Walker::new(&self.question.landscape, &recipe)));
    }

    /// Every cell with what became of its start, and after how many steps.
    pub(super) fn ended(&self) -> impl Iterator<Item = (usize, Ended, usize)> {
        self.cells.iter().zip(&self.ended).map(|(cell, (ended, steps))| (*cell, *ended, *steps))
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
        let ended = &mut self.ended;
        self.walkers.retain_mut(|(place, walker)| {
            let has_ended = walker.advance(steps);
            if has_ended {
                ended[*place] = end_and_steps(walker);
            }
            !has_ended
        });
    }
}

fn start(question: &BasinQuestion, cell: usize) -> Point {
    let width = question.size[0];
    question.start(cell % width, cell / width)
}

/// The result of a walk that has ended.
pub(in crate::studies) fn end_and_steps(walker: &Walker) -> (Ended, usize) {
    let steps = walker.reached().saturating_sub(1);
    match (walker.end(), walker.place()) {
        (Some(End::Converged), Some(place)) => (Ended::Arrived(place.at), steps),
        _ if walker.crossing().is_some() => (Ended::Diverged, steps),
        (Some(End::StepLimit), _) if !walker.is_two_cycle() => (Ended::Undecided, walker.recipe().steps),
        (Some(End::StepLimit), _) => (Ended::Cycle, walker.recipe().steps),
        _ => (Ended::Undefined, walker.recipe().steps),
    }
}
