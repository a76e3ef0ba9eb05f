//! A walk: a rule takes steps from a start, and no list of them is kept.

use super::Recipe;
use crate::landscapes::{Evaluations, Landscape, Oracle};
use crate::numbers::{Point, Vector, length};
use crate::optimizers::{Optimizer, Step, Undefined, Verdict};

/// A distance below this share of the region is under a pixel.
const INVISIBLE: f64 = 1e-5;
/// Two steps return to where they began if their sum is at most this share of their length.
const RETURNED: f64 = 1e-6;

/// A walk has arrived where the slope is at most this share of that at the start.
const ARRIVED: f64 = 1e-3;

/// A point that was reached, with the loss and the gradient there, all of them finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// w.
    pub at: Point,
    /// f(w).
    pub loss: f64,
    /// ∇f(w).
    pub gradient: Vector,
}

/// The step with which a walk left the radius beyond which it counts as diverged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The index of the first point beyond.
    pub step: usize,
    /// The last point within the radius, or the start if already the start lies outside.
    pub before: Point,
    /// The displacement from there; zero where it is not finite.
    pub taken: Vector,
}

/// Why a walk takes no further step.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// All steps were taken.
    StepLimit,
    /// ‖∇f‖ fell to the tolerance.
    Converged,
    /// The weights left for infinity, and the recipe does not go on from there.
    Left,
    /// The method has no step here.
    Undefined(Undefined),
    /// The loss has no finite value and gradient at the next point, which is this.
    NotFinite(Point),
}

/// A walk in progress: recipe, optimizer state and current point. It allocates nothing in a step beyond what the rule itself does.
///
/// [`Run`](super::Run) is a walker and a record of its steps; a walker alone is enough to find out where a walk leads.
pub struct Walker {
    landscape: Landscape,
    recipe: Recipe,
    optimizer: Box<dyn Optimizer>,
    /// The number of points reached, including the start.
    reached: usize,
    first: Place,
    here: Place,
    /// The two points before the last, the later one first; the start where there are fewer.
    before: [Point; 2],
    /// How many of the last steps left the weights where they were.
    idle: usize,
    /// How many steps were proposed and not taken.
    rejected: usize,
    evaluations: Evaluations,
    /// The largest |f| of a point so far.
    scale: f64,
    /// What the method lacks on this landscape, if it cannot walk here at all.
    unsupported_reason: Option<&'static str>,
    /// The step with which the loss began to rise without falling since, and where that step began.
    climb: Option<(usize, Point)>,
    /// ‖w‖ beyond which the walk counts as diverged.
    divergence_radius: f64,
    crossing: Option<Crossing>,
    end: Option<End>,
}

impl Walker {
    /// A walk that has reached its start, if the loss has a value there.
    pub fn new(landscape: &Landscape, recipe: &Recipe) -> Self {
        let start = Place { at: recipe.start, loss: 0.0, gradient: Vector::zeros() };
        let mut walker = Self {
            landscape: landscape.clone(),
            optimizer: recipe.optimizer.build(),
            recipe: recipe.clone(),
            reached: 0,
            first: start,
            here: start,
            before: [recipe.start; 2],
            idle: 0,
            rejected: 0,
            evaluations: Evaluations::default(),
            scale: 0.0,
            climb: None,
            unsupported_reason: recipe.optimizer.entry.unsupported_reason(landscape),
            divergence_radius: divergence_radius(distance(landscape, recipe.start), landscape.domain().size()),
            crossing: None,
            end: None,
        };
        walker.arrive(recipe.start);
        walker.first = walker.here;
        walker
    }

    /// ‖w‖ over the landscape's weights (one or two).
    fn distance(&self, at: Point) -> f64 {
        distance(&self.landscape, at)
    }

    /// Takes up to `budget` further steps; true once the walk has ended.
    pub fn advance(&mut self, budget: usize) -> bool {
        for _ in 0..budget {
            if self.end.is_some() {
                break;
            }
            self.step(|_, _| {});
        }
        self.end.is_some()
    }

    /// Takes one step. Before the walk moves, `see` is called with the step and with the rule's state after it.
    ///
    /// Nothing happens once the walk has ended, and `see` is not called if the method has no step.
    #[inline(always)]
    pub fn step(&mut self, see: impl FnOnce(&Step, &dyn Optimizer)) {
        if self.end.is_some() {
            return;
        }
        if !self.recipe.changes.is_empty() {
            self.tune();
        }
        if let Some(reason) = self.unsupported_reason {
            self.end = Some(End::Undefined(unsupported(&self.recipe, reason)));
            return;
        }
        let Place { at, loss, gradient } = self.here;
        let mut oracle = Oracle::new(self.landscape.loss(), self.evaluations);
        oracle.remember(at, loss, gradient);
        oracle.set_scale(self.scale);
        let step = self.optimizer.step(at, &mut oracle);
        self.evaluations = oracle.finish();
        match &step {
            Ok(step) => {
                self.rejected += usize::from(step.verdict == Verdict::Rejected);
                see(step, self.optimizer.as_ref());
                self.arrive(at + step.taken);
            }
            Err(why) => self.end = Some(End::Undefined(why.clone().on(&self.landscape))),
        }
    }

    /// Hands the rule the parameters that change with the next step.
    fn tune(&mut self) {
        let step = self.reached - 1;
        if self.recipe.changes.iter().any(|change| change.step == step) {
            let method = self.recipe.optimizer.entry;
            self.optimizer.tune(method.values(&self.recipe.parameters_at(step)));
        }
    }

    /// Moves to a point, unless the loss has no finite value and slope there, and ends the walk if it is to end there.
    #[inline(always)]
    fn arrive(&mut self, at: Point) {
        let first = self.landscape.loss().first_order(at);
        let numbers = [at.x, at.y, first.value, first.gradient.x, first.gradient.y];
        if !numbers.iter().all(|number| number.is_finite()) {
            return self.end_not_finite(at);
        }
        let index = self.reached;
        let last = self.here.at;
        self.climb = match self.climb {
            climb if self.crossing.is_some() => climb,
            climb if index > 0 && first.value > self.here.loss => climb.or(Some((index - 1, last))),
            _ => None,
        };
        self.idle = if index > 0 && last == at { self.idle + 1 } else { 0 };
        self.before = [last, self.before[0]];
        self.here = Place { at, loss: first.value, gradient: first.gradient };
        self.reached += 1;
        self.scale = self.scale.max(first.value.abs());
        // The norm is taken only where it may be that large.
        let is_far =
            at.x.abs().max(at.y.abs()) > 0.5 * self.divergence_radius && self.distance(at) > self.divergence_radius;
        if is_far && self.crossing.is_none() {
            self.crossing = Some(Crossing { step: index, before: last, taken: at - last });
        }
        if self.recipe.tolerance.is_some_and(|tolerance| length(first.gradient) <= tolerance) {
            self.end = Some(End::Converged);
        } else if self.crossing.is_some() && !self.recipe.goes_on_diverged {
            self.end = Some(End::Left);
        } else if index >= self.recipe.steps {
            self.end = Some(End::StepLimit);
        }
    }

    /// Ends the walk where the next point is not finite: divergence if the loss has grown, otherwise a hole.
    fn end_not_finite(&mut self, at: Point) {
        let has_grown = grew(&self.first, &self.here) || self.distance(self.here.at) > 1e-3 * self.divergence_radius;
        if self.reached > 0 && has_grown && self.crossing.is_none() {
            let taken = at - self.here.at;
            let taken = if taken.iter().all(|component| component.is_finite()) { taken } else { Vector::zeros() };
            self.crossing = Some(Crossing { step: self.reached, before: self.here.at, taken });
        }
        self.end = Some(End::NotFinite(at));
    }

    /// The current point; `None` if the loss has no value at the start.
    pub fn place(&self) -> Option<&Place> {
        (self.reached > 0).then_some(&self.here)
    }

    /// The number of points reached, including the start. A rejected step reaches its point again.
    pub fn reached(&self) -> usize {
        self.reached
    }

    /// Whether the last step led back to where the one before it began: the run oscillates between two points.
    pub fn is_two_cycle(&self) -> bool {
        let [before, first] = self.before;
        self.reached > 2 && is_two_cycle(first, before, self.here.at)
    }

    /// The length of the last step; `None` before the first.
    pub(super) fn last_step_length(&self) -> Option<f64> {
        (self.reached > 1).then(|| (self.here.at - self.before[0]).norm())
    }

    /// Whether it converged, or the gradient is at most a thousandth of that at the start: then the walk was not too slow.
    pub fn arrived(&self) -> bool {
        self.end == Some(End::Converged) || length(self.here.gradient) <= ARRIVED * length(self.first.gradient)
    }

    /// Whether the loss is lower than at the start.
    pub(super) fn fell(&self) -> bool {
        self.here.loss < self.first.loss
    }

    /// How many of the last steps left the weights where they were.
    pub fn idle(&self) -> usize {
        self.idle
    }

    /// How many steps the method has proposed and not taken.
    pub fn rejected(&self) -> usize {
        self.rejected
    }

    /// The distance from the start, if that is too short to be seen in the region.
    pub(super) fn invisible_distance(&self) -> Option<f64> {
        let way = (self.place()?.at - self.first.at).norm();
        (way < INVISIBLE * self.landscape.domain().size()).then_some(way)
    }

    /// Why it has ended; `None` while it is under way.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// Where the weights left for infinity, if they have.
    pub fn crossing(&self) -> Option<Crossing> {
        self.crossing
    }

    /// The step with which the loss began to rise that has risen in every step since, and where that step began.
    pub(super) fn climb(&self) -> Option<(usize, Point)> {
        self.climb
    }

    /// What the method has asked for so far.
    pub fn evaluations(&self) -> Evaluations {
        self.evaluations
    }

    /// The largest |f| of a point so far.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// The rule in its current state.
    pub(super) fn optimizer(&self) -> &dyn Optimizer {
        self.optimizer.as_ref()
    }

    /// What the method lacks on this landscape, if it cannot walk here at all.
    pub(super) fn unsupported_reason(&self) -> Option<&'static str> {
        self.unsupported_reason
    }

    /// Its landscape.
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// Its recipe.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }
}

/// Whether the step to a point leads back to where the step before it began.
pub(super) fn is_two_cycle(first: Point, before: Point, at: Point) -> bool {
    let [there, back] = [before - first, at - before];
    back.norm() > 0.0 && (there + back).norm() <= RETURNED * back.norm()
}

/// ‖w‖ beyond which a walk counts as diverged, from a start at this distance from the origin on a domain of this size.
pub(super) fn divergence_radius(start: f64, domain: f64) -> f64 {
    1e6 * (1.0 + start + domain)
}

/// ‖w‖ over the landscape's weights (one or two).
fn distance(landscape: &Landscape, at: Point) -> f64 {
    landscape.dimension().part(at.coords).norm()
}

/// A copy goes on exactly as the walker itself.
impl Clone for Walker {
    fn clone(&self) -> Self {
        Self {
            landscape: self.landscape.clone(),
            recipe: self.recipe.clone(),
            optimizer: self.optimizer.boxed(),
            end: self.end.clone(),
            ..*self
        }
    }
}

/// Whether the loss has grown a thousandfold from one point to another, at any scale of it; from a loss of zero, the slope.
fn grew(first: &Place, last: &Place) -> bool {
    let [before, after] = if first.loss == 0.0 {
        [first, last].map(|place| length(place.gradient))
    } else {
        [first, last].map(|place| place.loss.abs())
    };
    after > 1e3 * before
}

/// The error that says a method does not work on this landscape.
pub(super) fn unsupported(recipe: &Recipe, reason: &'static str) -> Undefined {
    Undefined::Unsupported { name: recipe.optimizer.entry.name, reason }
}
