//! A sweep: the same walk with one or two of the method's parameters varied, and how each ends.
//!
//! Walks that fit into lanes are taken sixteen at a time; what is found depends neither on slices nor on the number of cores.

mod axis;
mod limits;
mod unit;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use axis::{SweepAxis, SweepKey, SweepParameter};
pub use limits::StabilityLimits;
use unit::Unit;

use super::basins::{BasinEnd, Order, TargetKind, Targets};
use super::race::RaceEnd;
use super::units;
use crate::analysis::{CriticalPoint, Kind, KnownMinima};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::{Choice, RATE_RATIO, SEED};
use crate::run::ConvergenceTest;

/// Values along an axis at most.
pub const MOST_VALUES: usize = 8192;
/// Walks in all, at most.
const MOST_WALKS: usize = 1 << 26;
/// Units that are walked between two looks at the budget.
const UNITS: usize = 16;
/// Values along the longer axis that are tried first, about.
const COARSEST: usize = 32;

/// When a walk has arrived.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// ‖∇f‖ is at most this.
    Gradient(f64),
    /// The loss is at most this: f* and the tolerance together.
    Loss(f64),
    /// The nearest known minimum is at most this far.
    Distance(f64),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepQuestion {
    /// Where it walks.
    pub landscape: Landscape,
    /// The critical points that are known.
    pub critical: Vec<CriticalPoint>,
    /// The minima that are known.
    pub minima: KnownMinima,
    /// The method, with the parameters that are not varied.
    pub optimizer: Choice,
    /// Where every walk begins.
    pub start: Point,
    /// The largest number of steps.
    pub steps: usize,
    /// When a walk has arrived.
    pub tolerance: Tolerance,
    /// The first parameter.
    pub x: SweepAxis,
    /// The second one, if two are varied.
    pub y: Option<SweepAxis>,
    /// A walk for each of these seeds; none for the method's own.
    pub seeds: Vec<u32>,
}

/// Why there is no sweep.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSweep {
    /// The method lacks something on this landscape.
    #[error("{0} {1}")]
    Unsupported(&'static str, &'static str),
    /// No rate for each weight can be given.
    #[error("{0}")]
    NoWeightRates(String),
    /// Too many walks.
    #[error("these are {0} walks: at most {MOST_WALKS} are taken")]
    TooMany(usize),
    /// Seeds of a method without chance.
    #[error("'{0}' draws no random numbers, so every seed gives the same walk")]
    NoChance(&'static str),
}

/// The result of a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweptWalk {
    /// The loss where it ended; NaN where it diverged or has none.
    pub loss: f64,
    /// The step at which it had arrived, if it did.
    pub reached: Option<usize>,
    /// What it ended at.
    pub end: RaceEnd,
}

/// The result of the walks with one setting of the parameters: of one, or of one per seed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweptCell {
    /// The least, the median and the largest final loss; NaN where walks diverged.
    pub losses: [f64; 3],
    /// The median step of arrival, counting walks that do not arrive as the longest; `None` where the median does not.
    pub reached: Option<usize>,
    /// What most of them ended at.
    pub end: RaceEnd,
}

/// The sweep as far as it has come.
#[derive(Clone)]
pub struct Sweep {
    question: Arc<SweepQuestion>,
    targets: Targets,
    order: Order,
    /// For every setting, x running fastest, the walks with each seed.
    walks: Vec<Vec<SweptWalk>>,
    units: Vec<Unit>,
    walked: usize,
}

impl SweepQuestion {
    /// Values along x and along y.
    pub fn size(&self) -> [usize; 2] {
        [self.x.values.len(), self.y.as_ref().map_or(1, |axis| axis.values.len())]
    }

    /// The axes.
    pub fn axes(&self) -> impl Iterator<Item = &SweepAxis> {
        std::iter::once(&self.x).chain(&self.y)
    }

    /// The method with its parameters at a setting.
    fn varied(&self, cell: usize, seed: Option<u32>) -> Choice {
        let width = self.x.values.len();
        let places = [cell % width, cell / width];
        let mut optimizer = self.optimizer.clone();
        let method = optimizer.entry;
        if let (Some(seed), Some(place)) = (seed, method.index_of(SEED)) {
            optimizer.parameters[place] = f64::from(seed);
        }
        let mut rates = optimizer.rates_of_weights();
        for (axis, place) in self.axes().zip(places) {
            match axis.key {
                SweepKey::Parameter(parameter) => optimizer.parameters[parameter] = axis.values[place],
                SweepKey::WeightRate(weight) => rates[weight] = axis.values[place],
            }
        }
        if self.has_weight_rates() {
            optimizer.set_rates_of_weights(rates);
        }
        optimizer
    }

    /// The tolerance, as a walk watches it.
    fn convergence_test(&self) -> ConvergenceTest {
        match self.tolerance {
            Tolerance::Gradient(most) => ConvergenceTest::Gradient(most),
            Tolerance::Loss(most) => ConvergenceTest::Loss(most),
            Tolerance::Distance(most) => ConvergenceTest::Near(self.minima.clone(), most),
        }
    }

    fn has_weight_rates(&self) -> bool {
        self.axes().any(|axis| matches!(axis.key, SweepKey::WeightRate(_)))
    }

    fn refusal(&self) -> Option<NoSweep> {
        let method = self.optimizer.entry;
        if let Some(reason) = method.unsupported_reason(&self.landscape) {
            return Some(NoSweep::Unsupported(method.name, reason));
        }
        if self.has_weight_rates() {
            let fits = method.index_of(RATE_RATIO).is_some();
            let words = if !fits {
                format!(
                    "lr1, lr2: '{}' does not move by −η times a direction, so it has no rate for each weight",
                    method.id
                )
            } else if self.landscape.dimension().is_one() {
                "lr1, lr2: this is a loss of one weight, which has one rate: vary lr".to_owned()
            } else {
                String::new()
            };
            if !words.is_empty() {
                return Some(NoSweep::NoWeightRates(words));
            }
        }
        if !(self.seeds.is_empty() || self.optimizer.is_random() || self.varies_noise()) {
            return Some(NoSweep::NoChance(method.id));
        }
        let [width, height] = self.size();
        let walks = width.saturating_mul(height).saturating_mul(self.seeds.len().max(1));
        (walks > MOST_WALKS).then_some(NoSweep::TooMany(walks))
    }

    /// Whether the noise is one of what is varied: then the seed may act though it does not for the method as it is.
    fn varies_noise(&self) -> bool {
        let noise = self.optimizer.entry.index_of(crate::optimizers::NOISE);
        self.axes().any(|axis| noise.is_some_and(|noise| axis.key == SweepKey::Parameter(noise)))
    }

    /// How much a step of one walk is, in evaluations of one sample each.
    fn cost_of_step(&self) -> usize {
        self.optimizer.entry.evaluations_per_step.max(1).saturating_mul(self.landscape.cost())
    }
}

impl Sweep {
    /// Nothing is walked yet.
    ///
    /// # Errors
    /// Why there is no such sweep.
    pub fn new(question: SweepQuestion) -> Result<Self, NoSweep> {
        if let Some(refusal) = question.refusal() {
            return Err(refusal);
        }
        let size = question.size();
        Ok(Self {
            targets: Targets::new(&question.critical),
            order: Order::new(size, COARSEST),
            walks: vec![Vec::new(); size[0] * size[1]],
            units: Vec::new(),
            walked: 0,
            question: Arc::new(question),
        })
    }

    /// All of it at once.
    ///
    /// # Errors
    /// As [`Sweep::new`].
    pub fn finished(question: SweepQuestion) -> Result<Self, NoSweep> {
        let mut sweep = Self::new(question)?;
        sweep.advance(usize::MAX);
        Ok(sweep)
    }

    /// What was asked.
    pub fn question(&self) -> &SweepQuestion {
        &self.question
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.question == other.question
    }

    /// Whether every setting has been tried.
    pub fn is_finished(&self) -> bool {
        self.walked == self.walks.len()
    }

    /// How many settings have been tried.
    pub fn walked(&self) -> usize {
        self.walked
    }

    /// Goes on until about this many evaluations of one sample each are spent; true once all is done.
    pub fn advance(&mut self, budget: usize) -> bool {
        let mut left = budget / self.question.cost_of_step();
        while !self.is_finished() {
            if self.units.is_empty() {
                self.begin(left);
            }
            left = units::advance(&mut self.units, left, self.question.steps);
            if self.units.iter().all(units::Unit::is_finished) {
                self.take_in();
            }
            if left == 0 {
                break;
            }
        }
        self.is_finished()
    }

    /// Units for the next settings: no more than can be walked for the rest of the budget, in steps.
    fn begin(&mut self, left: usize) {
        let seeds: Vec<Option<u32>> = match &self.question.seeds[..] {
            [] => vec![None],
            seeds => seeds.iter().copied().map(Some).collect(),
        };
        let steps = self.question.steps.max(1);
        let affordable = (left / steps / unit::WALKS / seeds.len()).clamp(1, UNITS.div_ceil(seeds.len()));
        for _ in 0..affordable {
            let cells: Vec<usize> = self.order.by_ref().take(unit::WALKS).collect();
            if cells.is_empty() {
                break;
            }
            // The walks with one seed share their noise, and so their unit.
            let of_seed = |seed: &Option<u32>| Unit::new(Arc::clone(&self.question), cells.clone(), *seed);
            self.units.extend(seeds.iter().map(of_seed));
        }
    }

    /// Takes in what the units have found, in the order of the settings and the seeds.
    fn take_in(&mut self) {
        let seeds = self.question.seeds.len().max(1);
        for unit in std::mem::take(&mut self.units) {
            for (cell, walk) in unit.into_walks() {
                let walk = walk.settled(|at| end_at(&mut self.targets, &self.question.landscape, at));
                self.walks[cell].push(walk);
                self.walked += usize::from(self.walks[cell].len() == seeds);
            }
        }
    }

    /// The result of the walks with the values at these places of the axes; for one that was not tried, that of one close by
    /// that was. `None` before the first.
    pub fn cell(&self, column: usize, row: usize) -> Option<SweptCell> {
        let width = self.question.size()[0];
        let seeds = self.question.seeds.len().max(1);
        let near = self.order.near([column, row]).map(|[column, row]| row * width + column);
        near.map(|cell| &self.walks[cell]).find(|walks| walks.len() == seeds).map(|walks| SweptCell::of(walks))
    }
}

/// What a walk that rests at a point has come to.
fn end_at(targets: &mut Targets, landscape: &Landscape, at: Point) -> RaceEnd {
    let BasinEnd::Target(place) = targets.of(landscape, at) else { return RaceEnd::NotYet };
    match targets.all()[place].kind {
        TargetKind::Point(Kind::Minimum) => RaceEnd::Minimum,
        TargetKind::Point(Kind::Saddle) => RaceEnd::Saddle,
        TargetKind::Point(Kind::Maximum) => RaceEnd::Maximum,
        TargetKind::Kink => RaceEnd::Kink,
        TargetKind::Flat => RaceEnd::Flat,
        // A line: by the curvature across it.
        TargetKind::Line if landscape.loss().second_order(at).hessian.trace() > 0.0 => RaceEnd::Minimum,
        TargetKind::Point(Kind::Degenerate) | TargetKind::Line => RaceEnd::Degenerate,
    }
}

impl SweptCell {
    fn of(walks: &[SweptWalk]) -> Self {
        let mut losses: Vec<f64> = walks.iter().map(|walk| walk.loss).collect();
        losses.sort_by(f64::total_cmp);
        let mut steps: Vec<usize> = walks.iter().map(|walk| walk.reached.unwrap_or(usize::MAX)).collect();
        steps.sort_unstable();
        let middle = (walks.len() - 1) / 2;
        let count = |end: RaceEnd| walks.iter().filter(|walk| walk.end == end).count();
        let most =
            walks.iter().map(|walk| walk.end).reduce(|best, end| if count(end) > count(best) { end } else { best });
        Self {
            losses: [losses[0], losses[middle], losses[walks.len() - 1]],
            reached: Some(steps[middle]).filter(|steps| *steps < usize::MAX),
            end: most.unwrap_or(RaceEnd::NotYet),
        }
    }
}
