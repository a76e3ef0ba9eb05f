//! The basins of a method: from every start of a grid, where it ends and after how many steps.
//!
//! The grid is walked coarse to fine, in lanes where the method fits into them; what is found depends neither on how it is divided into
//! slices nor on the number of cores.

mod order;
mod parts;
mod patience;
mod step_range;
mod targets;
mod unit;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::Arc;

pub(super) use order::Order;
pub use parts::LargestPart;
use patience::Patience;
pub use step_range::StepRange;
pub(super) use targets::Targets;
pub use targets::{TARGET_COLORS, Target, TargetKind};
use unit::Unit;
pub(super) use unit::{Ended, end_and_steps};

use super::units;
use crate::analysis::CriticalPoint;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::run::{Recipe, Walker};

/// ‖∇f‖ at which a walk has arrived, by default.
pub const TOLERANCE: f64 = 1e-6;
// Pairs are of methods that walk from sixteen starts at a time (in lanes), and of those that walk from one after the other.

/// Steps of the first pass where nothing else is asked, after which the starts that have arrived nowhere take more; also the least
/// limit of a walk.
const STEPS: [usize; 2] = [1000, 200];
/// The largest limit of a walk where nothing else is asked, in steps.
const MOST_STEPS: [usize; 2] = [30_000, 2_000];
/// What all walks together may cost then, in evaluations of one sample each: it may lower the limit of a walk.
const EVALUATIONS: [usize; 2] = [4_000_000_000, 100_000_000];
/// Starts on a side at most.
pub const MOST_STARTS: usize = 8192;
/// Units that are walked between two looks at the budget: several for each core, so that none waits long for another.
const UNITS: usize = 16;
/// Starts on the longer side of the coarsest grid, about.
const COARSEST: usize = 32;

/// What is asked: a method, a region, and how finely.
#[derive(Clone, Debug, PartialEq)]
pub struct BasinQuestion {
    /// Where it walks.
    pub landscape: Landscape,
    /// The method.
    pub optimizer: Choice,
    /// The largest number of steps.
    pub steps: usize,
    /// Steps of the first pass: starts that have arrived nowhere by then wait until every start has had its first pass, so that the
    /// picture is there sooner.
    pub first: usize,
    /// ‖∇f‖ at which a walk has arrived.
    pub tolerance: f64,
    /// The region from which it starts.
    pub view: ViewBox,
    /// Starts along x and along y, at the centers of their cells.
    pub size: [usize; 2],
}

impl BasinQuestion {
    /// The steps of the first pass and the limit of a walk where nothing else is asked, for so large a grid.
    pub fn usual_steps(landscape: &Landscape, optimizer: &Choice, size: [usize; 2]) -> [usize; 2] {
        let one_by_one = usize::from(optimizer.in_lanes(1).is_none());
        let each = optimizer.entry.evaluations_per_step.max(1).saturating_mul(landscape.cost());
        let affordable = EVALUATIONS[one_by_one] / size[0].saturating_mul(size[1]).saturating_mul(each).max(1);
        [STEPS[one_by_one], affordable.clamp(STEPS[one_by_one], MOST_STEPS[one_by_one])]
    }
}

/// Why there are no basins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoBasins {
    /// The method lacks something on this landscape.
    #[error("{0} {1}")]
    Unsupported(&'static str, &'static str),
    /// No starts, or too many.
    #[error("a grid has from 1 to {MOST_STARTS} starts on a side")]
    Size,
    /// The region is narrower than the numbers can tell its starts from each other.
    #[error("the box is too narrow: neighboring starts would be the same number")]
    TooNarrow,
}

/// The end of the walk from a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BasinEnd {
    /// It came to a target, by its place among them.
    Target(usize),
    /// The weights left for infinity.
    Diverged,
    /// It came to no critical point: its steps were too few.
    Undecided,
    /// It alternates between two points.
    Cycle,
    /// A step was not defined, or the loss had no value where it led.
    Undefined,
}

/// A walk from a single start, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct WalkedStart {
    /// Its iterates.
    pub path: Vec<Point>,
    /// What it came to.
    pub end: BasinEnd,
    /// After how many steps.
    pub steps: usize,
}

/// The end of the walk from a start, and its number of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasinCell {
    /// What.
    pub end: BasinEnd,
    /// After how many steps; all of them where it is undecided.
    pub steps: usize,
}

/// Walks from a grid of starts, as many as have been taken.
#[derive(Clone)]
pub struct Basins {
    question: Arc<BasinQuestion>,
    targets: Targets,
    cells: Vec<Option<BasinCell>>,
    order: Order,
    units: Vec<Unit>,
    walked: usize,
    /// Cells that have come nowhere after the first steps, in their order; they walk again with all steps.
    open: VecDeque<usize>,
    /// Whether they do.
    is_second: bool,
    /// How many those are.
    walking_on: usize,
    /// How far they walk.
    patience: Patience,
    in_lanes: bool,
}

impl BasinQuestion {
    /// The start at the center of a cell, counted from the lower left.
    pub fn start(&self, column: usize, row: usize) -> Point {
        let center = |[low, high]: [f64; 2], place: usize, count: usize| {
            low + (high - low) * ((place as f64 + 0.5) / count as f64)
        };
        Point::new(center(self.view.x, column, self.size[0]), center(self.view.y, row, self.size[1]))
    }

    /// The cell in which a point lies.
    pub fn cell_of(&self, at: Point) -> Option<[usize; 2]> {
        let place = |[low, high]: [f64; 2], at: f64, count: usize| {
            let share = (at - low) / (high - low);
            (0.0..1.0).contains(&share).then(|| ((share * count as f64) as usize).min(count - 1))
        };
        Some([place(self.view.x, at.x, self.size[0])?, place(self.view.y, at.y, self.size[1])?])
    }

    /// The recipe of the walk from a start.
    pub fn recipe(&self, start: Point) -> Recipe {
        Recipe {
            tolerance: Some(self.tolerance),
            goes_on_diverged: false,
            ..Recipe::new(self.optimizer.clone(), start, self.steps)
        }
    }

    fn refusal(&self) -> Option<NoBasins> {
        let method = self.optimizer.entry;
        if let Some(reason) = method.unsupported_reason(&self.landscape) {
            return Some(NoBasins::Unsupported(method.name, reason));
        }
        if self.size.iter().any(|count| !(1..=MOST_STARTS).contains(count)) {
            return Some(NoBasins::Size);
        }
        // Neighbors differ for certain where they are further apart than the numbers around them.
        let is_narrow = |[low, high]: [f64; 2], count: usize| {
            let largest = low.abs().max(high.abs());
            count > 1 && (high - low) / (count as f64) < largest.next_up() - largest
        };
        let sides = [(self.view.x, self.size[0]), (self.view.y, self.size[1])];
        sides.into_iter().any(|(side, count)| is_narrow(side, count)).then_some(NoBasins::TooNarrow)
    }

    /// How much a step of one start is, in evaluations of one sample each.
    fn cost_of_step(&self) -> usize {
        self.optimizer.entry.evaluations_per_step.max(1).saturating_mul(self.landscape.cost())
    }
}

impl Basins {
    /// Nothing is walked yet; `known` are the critical points of the landscape. Others that starts come to join them.
    ///
    /// # Errors
    /// Why there are none.
    pub fn new(question: BasinQuestion, known: &[CriticalPoint]) -> Result<Self, NoBasins> {
        if let Some(refusal) = question.refusal() {
            return Err(refusal);
        }
        let [width, height] = question.size;
        Ok(Self {
            targets: Targets::new(known),
            cells: vec![None; width * height],
            order: Order::new(question.size, COARSEST),
            units: Vec::new(),
            walked: 0,
            open: VecDeque::new(),
            is_second: false,
            walking_on: 0,
            patience: Patience::default(),
            in_lanes: !question.landscape.dimension().is_one() && question.optimizer.in_lanes(1).is_some(),
            question: Arc::new(question),
        })
    }

    /// All of it at once.
    ///
    /// # Errors
    /// As [`Basins::new`].
    pub fn finished(question: BasinQuestion, known: &[CriticalPoint]) -> Result<Self, NoBasins> {
        let mut basins = Self::new(question, known)?;
        basins.advance(usize::MAX);
        Ok(basins)
    }

    /// What was asked.
    pub fn question(&self) -> &BasinQuestion {
        &self.question
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.question == other.question && self.targets.known() == other.targets.known()
    }

    /// Whether it answers a question.
    pub fn is_of(&self, question: &BasinQuestion, known: &[CriticalPoint]) -> bool {
        *self.question == *question && self.targets.known() == known
    }

    /// Whether every start has been walked from, as far as it may take.
    pub fn is_finished(&self) -> bool {
        self.walked == self.cells.len() && self.open.is_empty() && self.units.is_empty()
    }

    /// The steps that walks take now.
    fn limit(&self) -> usize {
        if self.is_second { self.most_steps() } else { self.question.steps.min(self.question.first) }
    }

    /// The steps that a walk may take, if it needs them: all that were asked for, or fewer once the first of those that walked on have
    /// shown that more lead nowhere.
    fn most_steps(&self) -> usize {
        self.patience.most(self.question.steps, self.question.first)
    }

    /// The largest number of steps that every start has been given so far.
    pub fn allowed(&self) -> usize {
        if self.is_finished() { self.most_steps() } else { self.question.steps.min(self.question.first) }
    }

    /// The starts that took all steps that were asked for, and showed that the others need not; `None` where every start was given as
    /// many.
    pub fn forerunners(&self) -> Option<usize> {
        (self.is_finished() && self.allowed() < self.question.steps).then_some(patience::FORERUNNERS)
    }

    /// How many starts are done with, of how many: of the first pass, then of those that walk on.
    pub fn progress(&self) -> [usize; 2] {
        let waiting = self.open.len() + self.units.iter().map(Unit::len).sum::<usize>();
        if self.is_second {
            [self.walking_on.saturating_sub(waiting), self.walking_on]
        } else {
            [self.walked, self.cells.len()]
        }
    }

    /// How many starts have been walked from.
    pub fn walked(&self) -> usize {
        self.walked
    }

    /// Walks on until about this many evaluations of one sample each are spent; true once all is done.
    pub fn advance(&mut self, budget: usize) -> bool {
        let cost = self.question.cost_of_step();
        let mut left = budget / cost;
        while !self.is_finished() {
            if self.units.is_empty() {
                self.begin(left);
            }
            let limit = self.limit();
            left = units::advance(&mut self.units, left, limit);
            if self.units.iter().all(units::Unit::is_finished) {
                self.take_in();
            }
            if left == 0 {
                break;
            }
        }
        self.is_finished()
    }

    /// Units for the next starts: no more than can be walked for the rest of the budget, in steps.
    fn begin(&mut self, left: usize) {
        let affordable = (left / self.limit().max(1) / unit::STARTS).clamp(1, UNITS);
        for _ in 0..affordable {
            let mut cells: Vec<usize> = self.order.by_ref().take(unit::STARTS).collect();
            if cells.is_empty() && self.units.is_empty() {
                self.walking_on = if self.is_second { self.walking_on } else { self.open.len() };
                self.is_second = true;
            }
            if self.is_second {
                let most = self.patience.next(unit::STARTS.min(self.open.len()));
                cells.extend(self.open.drain(..most));
            }
            if cells.is_empty() {
                break;
            }
            self.units.push(Unit::new(Arc::clone(&self.question), cells, self.limit()));
        }
    }

    /// Takes in what the units have found, in the order of the starts.
    fn take_in(&mut self) {
        for unit in std::mem::take(&mut self.units) {
            for (cell, ended, steps) in unit.ended() {
                let end = match ended {
                    Ended::Arrived(at) => self.targets.of(&self.question.landscape, at),
                    Ended::Diverged => BasinEnd::Diverged,
                    Ended::Undecided => BasinEnd::Undecided,
                    Ended::Cycle => BasinEnd::Cycle,
                    Ended::Undefined => BasinEnd::Undefined,
                };
                if self.is_second {
                    self.patience.take(end, steps);
                } else if ended == Ended::Undecided && self.limit() < self.question.steps {
                    self.open.push_back(cell);
                }
                self.walked += usize::from(self.cells[cell].is_none());
                self.cells[cell] = Some(BasinCell { end, steps });
            }
        }
        if self.is_second && self.most_steps() <= self.question.first {
            self.open.clear();
        }
    }

    /// How the walk from a cell's start ended; where there was none yet, how that from a start close by did. `None` before the first.
    pub fn cell(&self, column: usize, row: usize) -> Option<BasinCell> {
        let width = self.question.size[0];
        let mut near = self.order.near([column, row]).map(|[column, row]| row * width + column);
        near.find_map(|cell| self.cells[cell])
    }

    /// Whether sixteen starts walk at a time.
    pub fn is_in_lanes(&self) -> bool {
        self.in_lanes
    }

    /// The walk from any start, by a walker; `None` where it costs more than this many evaluations of one sample each.
    pub fn walk_from(&self, start: Point, most: usize) -> Option<WalkedStart> {
        let recipe = Recipe { steps: self.most_steps(), ..self.question.recipe(start) };
        let mut walker = Walker::new(&self.question.landscape, &recipe);
        let mut path: Vec<Point> = walker.place().map(|place| place.at).into_iter().collect();
        let cost = self.question.cost_of_step();
        while walker.end().is_none() {
            if path.len().saturating_mul(cost) > most {
                return None;
            }
            walker.step(|_, _| {});
            path.extend(walker.place().map(|place| place.at).filter(|at| path.last() != Some(at)));
        }
        let (ended, steps) = end_and_steps(&walker);
        let end = match ended {
            Ended::Arrived(at) => self.targets.nearest(at).map_or(BasinEnd::Undecided, BasinEnd::Target),
            Ended::Diverged => BasinEnd::Diverged,
            Ended::Undecided => BasinEnd::Undecided,
            Ended::Cycle => BasinEnd::Cycle,
            Ended::Undefined => BasinEnd::Undefined,
        };
        Some(WalkedStart { path, end, steps })
    }

    /// The critical points and other sets at which starts end: those of the landscape first, then those that were found on the way.
    pub fn targets(&self) -> &[Target] {
        self.targets.all()
    }

    /// The numbers of steps after which starts come to their targets.
    pub fn step_range(&self) -> StepRange {
        let arrived = self.cells.iter().flatten().filter(|cell| matches!(cell.end, BasinEnd::Target(_)));
        StepRange::of(arrived.map(|cell| cell.steps).collect())
    }

    /// Whether every start has been walked from, and none of them has come to any end.
    pub fn are_all_undecided(&self) -> bool {
        self.is_finished() && self.cells.iter().flatten().all(|cell| cell.end == BasinEnd::Undecided)
    }

    /// Whether every start has been walked from, and all of them diverge.
    pub fn do_all_diverge(&self) -> bool {
        self.is_finished() && self.cells.iter().flatten().all(|cell| cell.end == BasinEnd::Diverged)
    }

    /// The share of each target among the starts that were walked from, then those of the starts that diverged, that are undecided,
    /// that hop between two points, and that came to where nothing is defined; all 0 before the first.
    pub fn shares(&self) -> (Vec<f64>, [f64; 4]) {
        let mut counts = vec![0_usize; self.targets().len()];
        let mut others = [0_usize; 4];
        for cell in self.cells.iter().flatten() {
            match cell.end {
                BasinEnd::Target(target) => counts[target] += 1,
                BasinEnd::Diverged => others[0] += 1,
                BasinEnd::Undecided => others[1] += 1,
                BasinEnd::Cycle => others[2] += 1,
                BasinEnd::Undefined => others[3] += 1,
            }
        }
        let share = |count: usize| count as f64 / self.walked.max(1) as f64;
        (counts.into_iter().map(share).collect(), others.map(share))
    }
}
