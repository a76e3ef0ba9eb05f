//! Moments of a run: steps taken once more from the last state that was kept, to tell what was not recorded.

use std::ops::Range;

use super::{CHECKPOINT, Iterate, Run, unsuited};
use crate::analysis::Belief;
use crate::landscapes::{Answer, Evaluations, Oracle, Question};
use crate::numbers::{Symmetric2, Vector};
use crate::optimizers::{
    Ball, Carried, Method, Optimizer, Quantities, Role, Step, Undefined, playing, sum_of_gradients,
};

/// One moment of a run, replayed: the step from an iterate and the state around it.
pub struct Moment {
    /// The step, or why there is none.
    pub step: Result<Step, Undefined>,
    /// The optimizer's state before the step, what the step was made with.
    pub before: Quantities,
    /// The optimizer's state after the step.
    pub state: Quantities,
    /// What the step computed on its way.
    pub working: Quantities,
    /// What the step was measured by; `None` where there is no step.
    pub ball: Option<Ball>,
    /// The knobs with which the step was taken.
    pub knobs: Vec<f64>,
    /// The gradient at the iterate as the method was told it: with its noise, over its batch.
    pub gradient: Vector,
}

impl Moment {
    /// The matrix in the place of the Hessian in the quadratic that the method took for the land, and its name.
    pub fn own_curvature(&self) -> Option<(&'static str, Symmetric2)> {
        self.ball.and_then(|ball| ball.curvature).filter(|(_, matrix)| matrix.is_finite())
    }

    /// The sheet on which the step rests: the quadratic for methods of second order, unless they fell back on −∇f, and
    /// for those that have learned one of their own.
    pub fn belief(&self, entry: &Method) -> Belief {
        let fell_back = self.step.as_ref().is_ok_and(|step| step.fell_back);
        let has_quadratic = entry.second_order() || self.own_curvature().is_some();
        if has_quadratic && !fell_back { Belief::Quadratic } else { Belief::Plane }
    }

    /// Whether the method carries a sum of the gradients it has met: a velocity or an average.
    pub fn remembers_gradients(&self) -> bool {
        sum_of_gradients(&self.state).is_some()
    }

    /// The learning rate of the step, by its schedule; `None` for methods without one.
    pub fn rate(&self, entry: &Method) -> Option<f64> {
        match playing(&self.working, Role::Rate) {
            Some(Carried::Number(rate)) => Some(*rate),
            _ => entry.rate_index().map(|index| self.knobs[index]),
        }
    }
}

/// What a method was told in some steps.
pub(in crate::run) struct Told {
    /// The gradient at each of the iterates, with its noise, over its batch.
    pub(in crate::run) gradients: Vec<Vector>,
    /// The method's state before the first of the steps.
    pub(in crate::run) before: Quantities,
}

/// A step that was taken again.
struct Replayed {
    step: Result<Step, Undefined>,
    /// What the method has asked for, this step included.
    asked: Evaluations,
    /// The questions and answers of the step, if they were kept.
    heard: Vec<Question>,
}

impl Replayed {
    /// The gradient at the iterate as the method was told it: with its noise, over its batch.
    fn gradient_at(&self, here: &Iterate) -> Vector {
        let told = self.heard.iter().filter(|question| question.at == here.at);
        let gradients = told.filter_map(|question| match question.answer {
            Answer::Gradient(_, gradient) => Some(gradient),
            _ => None,
        });
        gradients.into_iter().next().unwrap_or(here.gradient)
    }
}

impl Run {
    /// The step from iterate `index`, replayed with its parts, trials and state; `None` past the end.
    ///
    /// In the last iterate of a run this is the step that would come next.
    pub fn moment(&self, index: usize) -> Option<Moment> {
        let here = *self.iterates.get(index)?;
        let (mut optimizer, asked) =
            if self.optimizer.remembers() { self.replayed_to(index) } else { self.fresh_at(index) };
        self.retune(optimizer.as_mut(), index);
        let before = optimizer.state();
        let replayed = self.replay(optimizer.as_mut(), index, asked, true);
        let gradient = replayed.gradient_at(&here);
        let step = replayed.step;
        debug_assert!(
            step.as_ref().is_ok_and(|step| here.taken == Vector::zeros() || step.taken == here.taken) || step.is_err(),
            "a replay gives the recorded step"
        );
        let (state, working) = (optimizer.state(), optimizer.working());
        let ball = step.as_ref().ok().map(|step| optimizer.ball(step));
        Some(Moment { step, before, state, working, ball, knobs: self.recipe.knobs_at(index), gradient })
    }

    /// What the method was told in the steps from `first` to `last`; `None` past the end.
    pub(in crate::run) fn told(&self, first: usize, last: usize) -> Option<Told> {
        self.iterates.get(last)?;
        let (mut optimizer, mut asked) = self.replayed_to(first);
        let mut gradients = Vec::with_capacity(last + 1 - first.min(last));
        let before = optimizer.state();
        for index in first..=last {
            self.retune(optimizer.as_mut(), index);
            let replayed = self.replay(optimizer.as_mut(), index, asked, true);
            asked = replayed.asked;
            gradients.push(replayed.gradient_at(&self.iterates[index]));
        }
        Some(Told { gradients, before })
    }

    /// The optimizer as it stood before a step, from the last one that was kept, and its count.
    fn replayed_to(&self, index: usize) -> (Box<dyn Optimizer>, Evaluations) {
        let Some(checkpoint) = self.checkpoints.get(index / CHECKPOINT) else {
            return (self.optimizer.boxed(), self.asked);
        };
        let (mut optimizer, mut asked) = (checkpoint.optimizer.boxed(), checkpoint.asked);
        for past in index - index % CHECKPOINT..index {
            self.retune(optimizer.as_mut(), past);
            asked = self.replay(optimizer.as_mut(), past, asked, false).asked;
        }
        (optimizer, asked)
    }

    /// The same for a rule that remembers nothing: a fresh one is as good.
    fn fresh_at(&self, index: usize) -> (Box<dyn Optimizer>, Evaluations) {
        let mut optimizer = self.recipe.optimizer.build();
        optimizer.tune(self.recipe.optimizer.entry.values(&self.recipe.knobs_at(index)));
        let asked = index.checked_sub(1).map_or_else(Evaluations::default, |before| self.iterates[before].asked);
        (optimizer, asked)
    }

    /// What the method asked in some steps, replayed.
    pub(in crate::run) fn overheard(&self, steps: Range<usize>) -> Vec<Question> {
        if steps.is_empty() || self.lack.is_some() {
            return Vec::new();
        }
        let first = steps.start;
        let (mut optimizer, _) =
            if self.optimizer.remembers() { self.replayed_to(first) } else { self.fresh_at(first) };
        let ask = |index: usize| {
            self.retune(optimizer.as_mut(), index);
            // A step that is undefined has asked, too.
            self.replay(optimizer.as_mut(), index, Evaluations::default(), true).heard
        };
        steps.flat_map(ask).collect()
    }

    /// The largest |f| of the iterates up to this one, as the run itself knew it there.
    pub(super) fn scale_at(&self, index: usize) -> f64 {
        let first = index - index % CHECKPOINT;
        let before = self.checkpoints.get(index / CHECKPOINT).map_or(self.scale, |checkpoint| checkpoint.scale);
        self.iterates[first..=index].iter().map(|iterate| iterate.loss.abs()).fold(before, f64::max)
    }

    fn retune(&self, optimizer: &mut dyn Optimizer, index: usize) {
        if self.recipe.changes.iter().any(|change| change.step == index) {
            optimizer.tune(self.recipe.optimizer.entry.values(&self.recipe.knobs_at(index)));
        }
    }

    /// Takes the step from an iterate once more, and keeps what is asked on the way if it `listens`.
    fn replay(&self, optimizer: &mut dyn Optimizer, index: usize, asked: Evaluations, listens: bool) -> Replayed {
        if let Some(lack) = self.lack {
            let step = Err(unsuited(self.recipe.optimizer.entry, lack));
            return Replayed { step, asked, heard: Vec::new() };
        }
        let here = &self.iterates[index];
        let mut oracle = Oracle::new(self.landscape.loss(), asked);
        oracle.remember(here.at, here.loss, here.gradient);
        oracle.set_scale(self.scale_at(index));
        if listens {
            oracle.listen();
        }
        let step = optimizer.step(here.at, &mut oracle).map_err(|why| why.on(&self.landscape));
        Replayed { step, asked: oracle.asked(), heard: oracle.heard() }
    }
}
