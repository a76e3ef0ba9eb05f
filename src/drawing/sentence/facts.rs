//! What a sentence is made from: the facts of one step.

use super::lead::Lead;
use crate::analysis::{Belief, Change, Jump, Passage};
use crate::numbers::{Point, Vector};
use crate::optimizers::{Carried, NOISE, Quantity, Role, Step, Trial, Verdict, playing};
use crate::run::{Focus, Moment, Run};

/// Changes of the loss below this share of it are lost in rounding.
const RESOLUTION: f64 = 1e-13;
/// An eigenvalue below this share of the other is zero but for rounding.
const FLAT: f64 = 1e-9;
/// A result further off than this share of the promise never keeps it.
const WIDEST: f64 = 0.5;
/// A slope below this share of the first one is level.
const LEVEL: f64 = 0.02;
/// A slope beyond a valley below this share of the first one is not worth a word where the promise is kept.
const GENTLE: f64 = 0.1;

/// The facts of one step.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) change: Change,
    pub(super) second_order: bool,
    /// Whether the quadratic is one of the method's own.
    pub(super) own: bool,
    pub(super) lead: Option<Lead>,
    pub(super) way: Way,
    /// A promise counts as kept when the result is within this share of it.
    pub(super) share: f64,
    pub(super) overreach: Option<f64>,
    pub(super) verdict: Verdict,
    pub(super) trust: Option<Trust>,
    /// How often a line search halved the step.
    pub(super) halvings: usize,
    /// Weights that pass through zero, and whether they turn positive.
    pub(super) flips: [Option<(&'static str, bool)>; 2],
    /// How much of the step is old velocity, and what that is called.
    pub(super) kept: Option<(f64, &'static str)>,
    pub(super) ends_here: bool,
    /// Changes of the loss up to this size are rounding.
    pub(super) resolution: f64,
}

/// What the step goes over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Way {
    /// Nothing worth a word.
    Straight,
    /// To where the land along it is level.
    Level,
    /// To the other side of one valley.
    Across,
    /// Over so many valleys and ridges.
    Over { valleys: usize, ridges: usize },
    /// A fold at this share of it, which explains most of the gap.
    Fold(f64),
    /// The same where the fold is the bottom of the valley.
    BottomFold,
}

/// What bounds the steps of a method, and is changed by how well they do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trust {
    pub(super) name: &'static str,
    pub(super) before: f64,
    pub(super) after: f64,
}

impl Facts {
    pub(super) fn gather(focus: &Focus, run: &Run, step: &Step, change: Change, ends_here: bool) -> Self {
        Self {
            change,
            second_order: focus.belief == Belief::Quadratic,
            own: focus.own.is_some(),
            lead: Lead::of(focus, run, step),
            way: Way::gone(focus, run, step.proposed, change),
            share: share(focus),
            overreach: focus.overreach(),
            verdict: step.verdict,
            trust: trust_radius(&focus.moment).or_else(|| damping(&focus.moment)),
            halvings: halvings(focus, &step.trials),
            flips: flips(focus, run, step.proposed),
            kept: kept(focus, run, step),
            ends_here,
            resolution: RESOLUTION * focus.iterate.loss.abs(),
        }
    }
}

/// Whether the method's gradients have noise added.
pub(super) fn noisy(focus: &Focus, run: &Run) -> bool {
    let values = run.recipe().optimizer.entry.values(&focus.moment.knobs);
    values.find(NOISE).is_some_and(|noise| noise > 0.0)
}

/// Within which share of it a promise counts as kept: the one the sheets are measured by, up to a half.
fn share(focus: &Focus) -> f64 {
    focus.share.min(WIDEST)
}

impl Way {
    /// A promise that is kept needs no explanation: then only the other side of a valley is worth a look.
    fn gone(focus: &Focus, run: &Run, step: Vector, change: Change) -> Self {
        let loss = run.landscape().loss();
        let slope = |at: Point| loss.first_order(at).gradient.dot(&step);
        let (promise, gap) = (change.promise(focus.belief), change.gap(focus.belief));
        let first = focus.model.linear(step);
        let crosses = || first < 0.0 && slope(focus.model.at + step) > -GENTLE * first;
        if gap.abs() <= share(focus) * promise.abs() && !crosses() {
            return Self::Straight;
        }
        Passage::of(loss, &focus.model, step).map_or(Self::Straight, |passage| Self::of(&passage, gap))
    }

    /// `gap` is what the land adds to the promise, which a fold may explain.
    pub(super) fn of(passage: &Passage, gap: f64) -> Self {
        let lifted: f64 = passage.folds.iter().map(Jump::lift).sum();
        let largest = passage.folds.iter().max_by(|a, b| a.lift().abs().total_cmp(&b.lift().abs()));
        if let Some(fold) = largest.filter(|_| lifted / gap >= 0.5) {
            return if fold.is_bottom() { Self::BottomFold } else { Self::Fold(fold.share) };
        }
        let Passage { first_slope, last_slope, valleys, ridges, .. } = *passage;
        match (valleys, ridges) {
            (0 | 1, 0) if first_slope < 0.0 && last_slope.abs() <= LEVEL * first_slope.abs() => Self::Level,
            (0, 0) => Self::Straight,
            (1, 0) if first_slope < 0.0 => Self::Across,
            _ => Self::Over { valleys, ridges },
        }
    }
}

/// Whether the quadratic at the point falls without end, rounding apart.
pub(super) fn indefinite(focus: &Focus) -> bool {
    focus.curvature.is_some_and(|curvature| {
        let [low, high] = curvature.eigen.values;
        low < 0.0 && low.abs() > FLAT * high.abs()
    })
}

/// The trust radius that bound the step, and the one after it.
pub(super) fn trust_radius(moment: &Moment) -> Option<Trust> {
    let find = |state: &[(Quantity, Carried)]| {
        state.iter().find_map(|(_, carried)| if let Carried::Radius(radius) = carried { Some(*radius) } else { None })
    };
    Some(Trust { name: "the trust radius Δ", before: find(&moment.before)?, after: find(&moment.state)? })
}

/// The damping with which the step was made, and the one after it.
pub(super) fn damping(moment: &Moment) -> Option<Trust> {
    let find = |state: &[(Quantity, Carried)]| match playing(state, Role::Damping) {
        Some(Carried::Number(damping)) => Some(*damping),
        _ => None,
    };
    Some(Trust { name: "the damping μ", before: find(&moment.before)?, after: find(&moment.state)? })
}

/// The damping of a step that was not even tried, since the damped quadratic, too, falls without end.
pub(super) fn untried(focus: &Focus, step: &Step) -> Option<Trust> {
    damping(&focus.moment).filter(|_| step.verdict == Verdict::Rejected && step.trials.is_empty())
}

/// How often the step was halved, if halving is what its trials do.
fn halvings(focus: &Focus, trials: &[Trial]) -> usize {
    let far = |trial: &Trial| (trial.at - focus.iterate.at).norm();
    match trials {
        [first, second, ..] if (far(second) / far(first) - 0.5).abs() < 1e-6 => trials.len() - 1,
        _ => 0,
    }
}

/// How much of the lengths of its parts a step owes to the velocity it began with.
fn kept(focus: &Focus, run: &Run, step: &Step) -> Option<(f64, &'static str)> {
    let entry = run.recipe().optimizer.entry;
    let sum = entry.gradient_sum.filter(|sum| sum.old_is_first_part)?;
    let name = (sum.recurrence)(entry.values(&focus.moment.knobs), focus.index == 0).kind.old();
    let [old, new] = step.parts.as_slice() else { return None };
    let [old, new] = [old, new].map(|part| part.displacement().norm());
    let share = old / (old + new);
    share.is_finite().then_some((share, name))
}

/// Weights that pass through zero, where zero means something: in networks and in formulas.
fn flips(focus: &Focus, run: &Run, step: Vector) -> [Option<(&'static str, bool)>; 2] {
    let landscape = run.landscape();
    if landscape.data().is_none() && landscape.typed().is_none() {
        return [None; 2];
    }
    let (from, to) = (focus.iterate.at, focus.iterate.at + step);
    [0, 1].map(|axis| (from[axis] * to[axis] < 0.0).then(|| (landscape.weights()[axis], to[axis] > 0.0)))
}
