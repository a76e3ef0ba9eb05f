//! Steps taken again from the last checkpoint, for what was not recorded of them.

use std::ops::Range;

use super::{Iterate, Run};
use crate::analysis::ModelOrder;
use crate::landscapes::{Evaluation, Evaluations, Landscape, Oracle, Query};
use crate::numbers::{Symmetric2, Vector};
use crate::optimizers::{
    Ball, Carried, Method, Optimizer, Quantities, Role, Step, Undefined, playing, sum_of_gradients,
};
use crate::run::Recipe;
use crate::run::record::{CHECKPOINT, Checkpoint};
use crate::run::walker::unsupported;

/// One replayed step with the optimizer's state before and after it.
pub struct StepReplay {
    /// The step, or why there is none.
    pub step: Result<Step, Undefined>,
    /// The optimizer's state before the step, from which it was computed.
    pub before: Quantities,
    /// The optimizer's state after the step.
    pub state: Quantities,
    /// What the step computed on its way.
    pub working: Quantities,
    /// What the step was measured by; `None` where there is no step.
    pub ball: Option<Ball>,
    /// The parameters with which the step was taken.
    pub parameters: Vec<f64>,
    /// The gradient at the iterate as the method received it: with its noise, over its batch.
    pub gradient: Vector,
}

impl StepReplay {
    /// The matrix that the method used instead of the Hessian, and its name; `None` if there is none, or if it is not finite.
    pub fn own_curvature(&self) -> Option<(&'static str, Symmetric2)> {
        self.ball.and_then(|ball| ball.curvature).filter(|(_, matrix)| matrix.is_finite())
    }

    /// The local model on which the step rests: the quadratic for methods of second order and for those that have learned one of their
    /// own, unless the step fell back on −∇f.
    pub fn order(&self, entry: &Method) -> ModelOrder {
        let fell_back = self.step.as_ref().is_ok_and(|step| step.fell_back);
        let has_quadratic = entry.second_order() || self.own_curvature().is_some();
        if has_quadratic && !fell_back { ModelOrder::Quadratic } else { ModelOrder::Linear }
    }

    /// Whether the method carries a sum of the gradients it has met: a velocity or an average.
    pub fn remembers_gradients(&self) -> bool {
        sum_of_gradients(&self.state).is_some()
    }

    /// The learning rate of the step, by its schedule; `None` for methods without one.
    pub fn rate(&self, entry: &Method) -> Option<f64> {
        match playing(&self.working, Role::Rate) {
            Some(Carried::Number(rate)) => Some(*rate),
            _ => entry.rate_index().map(|index| self.parameters[index]),
        }
    }
}

/// What a method received in some steps.
pub(in crate::run) struct GradientHistory {
    /// The gradient at each of the iterates, with its noise, over its batch.
    pub(in crate::run) gradients: Vec<Vector>,
    /// The method's state before the first of the steps.
    pub(in crate::run) before: Quantities,
}

/// A step that was taken again.
struct Replayed {
    step: Result<Step, Undefined>,
    /// What the method has asked for, this step included.
    evaluations: Evaluations,
    /// The queries of the step, if they were recorded.
    queries: Vec<Query>,
}

impl Replayed {
    /// The gradient at the iterate as the method received it: with its noise, over its batch.
    fn gradient_at(&self, here: &Iterate) -> Vector {
        let at_iterate = self.queries.iter().filter(|query| query.at == here.at);
        let gradients = at_iterate.filter_map(|query| match query.answer {
            Evaluation::Gradient(_, gradient) => Some(gradient),
            _ => None,
        });
        gradients.into_iter().next().unwrap_or(here.gradient)
    }
}

/// A step to replay, self-contained, so that another thread can do it.
pub struct Replay {
    landscape: Landscape,
    recipe: Recipe,
    optimizer: Box<dyn Optimizer>,
    evaluations: Evaluations,
    /// The largest |f| before the first of the iterates.
    scale: f64,
    /// The loss at the start of the run.
    start_loss: f64,
    /// The iterates from where the optimizer stands to that of the step.
    iterates: Vec<Iterate>,
    /// The index of the last of them.
    index: usize,
}

impl Replay {
    /// The iterate from which the step is taken.
    pub fn iterate(&self) -> Iterate {
        self.iterates[self.iterates.len() - 1]
    }

    /// The loss at the start of its run.
    pub fn start_loss(&self) -> f64 {
        self.start_loss
    }

    /// The index of that iterate.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The landscape of its run.
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// The recipe of its run.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The optimizer as it stands before the step, what the method has asked for by then, and the largest |f| so far.
    fn before_step(&self) -> (Box<dyn Optimizer>, Evaluations, f64) {
        let course = Course { landscape: &self.landscape, recipe: &self.recipe };
        let (mut optimizer, mut evaluations, mut scale) = (self.optimizer.boxed(), self.evaluations, self.scale);
        let first = self.index + 1 - self.iterates.len();
        for (past, here) in self.iterates.iter().enumerate() {
            scale = scale.max(here.loss.abs());
            course.tune(optimizer.as_mut(), first + past);
            if first + past < self.index {
                evaluations = course.replay(optimizer.as_mut(), here, scale, evaluations, false).evaluations;
            }
        }
        (optimizer, evaluations, scale)
    }

    /// The state before the step, without the step: for a class that is to predict it.
    pub(in crate::run) fn withheld(&self) -> StepReplay {
        let before = self.before_step().0.state();
        StepReplay {
            step: Err(Undefined::Withheld),
            state: before.clone(),
            before,
            working: Quantities::default(),
            ball: None,
            parameters: self.recipe.parameters_at(self.index),
            gradient: self.iterate().gradient,
        }
    }

    /// The step, and what the method asked for it.
    pub fn replayed(&self) -> (StepReplay, Vec<Query>) {
        let course = Course { landscape: &self.landscape, recipe: &self.recipe };
        let (mut optimizer, evaluations, scale) = self.before_step();
        let (here, before) = (self.iterate(), optimizer.state());
        let replayed = course.replay(optimizer.as_mut(), &here, scale, evaluations, true);
        let gradient = replayed.gradient_at(&here);
        let Replayed { step, queries, .. } = replayed;
        debug_assert!(
            step.as_ref().is_ok_and(|step| here.taken == Vector::zeros() || step.taken == here.taken) || step.is_err(),
            "a replay gives the recorded step"
        );
        let (state, working) = (optimizer.state(), optimizer.working());
        let ball = step.as_ref().ok().map(|step| optimizer.ball(step));
        let parameters = self.recipe.parameters_at(self.index);
        (StepReplay { step, before, state, working, ball, parameters, gradient }, queries)
    }
}

/// A replay can be handed over as it is.
impl Clone for Replay {
    fn clone(&self) -> Self {
        Self {
            landscape: self.landscape.clone(),
            recipe: self.recipe.clone(),
            optimizer: self.optimizer.boxed(),
            iterates: self.iterates.clone(),
            ..*self
        }
    }
}

/// Landscape and recipe of the steps to replay.
struct Course<'a> {
    landscape: &'a Landscape,
    recipe: &'a Recipe,
}

impl Course<'_> {
    fn tune(&self, optimizer: &mut dyn Optimizer, index: usize) {
        if self.recipe.changes.iter().any(|change| change.step == index) {
            optimizer.tune(self.recipe.optimizer.entry.values(&self.recipe.parameters_at(index)));
        }
    }

    /// Replays the step from an iterate, and records its queries if `records`.
    fn replay(
        &self,
        optimizer: &mut dyn Optimizer,
        here: &Iterate,
        scale: f64,
        evaluations: Evaluations,
        records: bool,
    ) -> Replayed {
        if let Some(reason) = self.recipe.optimizer.entry.unsupported_reason(self.landscape) {
            let step = Err(unsupported(self.recipe, reason));
            return Replayed { step, evaluations, queries: Vec::new() };
        }
        let mut oracle = Oracle::new(self.landscape.loss(), evaluations);
        oracle.remember(here.at, here.loss, here.gradient);
        oracle.set_scale(scale);
        if records {
            oracle.record_queries();
        }
        let step = optimizer.step(here.at, &mut oracle).map_err(|why| why.on(self.landscape));
        Replayed { step, queries: oracle.take_queries(), evaluations: oracle.finish() }
    }
}

impl Run {
    /// The step from iterate `index`, replayed with its parts, trials and state; `None` past the end.
    ///
    /// In the last iterate of a run this is the step that would come next.
    pub fn replayed(&self, index: usize) -> Option<StepReplay> {
        self.replay_at(index).map(|replay| replay.replayed().0)
    }

    /// The step from iterate `index`, not replayed yet; `None` past the end.
    pub fn replay_at(&self, index: usize) -> Option<Replay> {
        self.iterates().get(index)?;
        let (first, optimizer, evaluations) = match self.checkpoint(index) {
            _ if !self.remembers() => {
                let (optimizer, evaluations) = self.fresh_at(index);
                (index, optimizer, evaluations)
            }
            Some(checkpoint) => (index - index % CHECKPOINT, checkpoint.optimizer.boxed(), checkpoint.evaluations),
            None => (index, self.walker.optimizer().boxed(), self.evaluations()),
        };
        Some(Replay {
            landscape: self.landscape().clone(),
            recipe: self.recipe().clone(),
            optimizer,
            evaluations,
            scale: self.scale_at(first),
            start_loss: self.iterates().first()?.loss,
            iterates: self.iterates()[first..=index].to_vec(),
            index,
        })
    }

    /// What the method received in the steps from `first` to `last`; `None` past the end.
    pub(in crate::run) fn gradient_history(&self, first: usize, last: usize) -> Option<GradientHistory> {
        self.iterates().get(last)?;
        let (mut optimizer, mut evaluations) = self.replayed_to(first);
        let mut gradients = Vec::with_capacity(last + 1 - first.min(last));
        let before = optimizer.state();
        for index in first..=last {
            let replayed = self.replay(optimizer.as_mut(), index, evaluations, true);
            evaluations = replayed.evaluations;
            gradients.push(replayed.gradient_at(&self.iterates()[index]));
        }
        Some(GradientHistory { gradients, before })
    }

    /// The last checkpoint before a step, if the step from there was taken.
    fn checkpoint(&self, index: usize) -> Option<&Checkpoint> {
        self.record.checkpoints.get(index / CHECKPOINT)
    }

    /// The optimizer as it stood before a step, from the last one that was kept, and its count.
    fn replayed_to(&self, index: usize) -> (Box<dyn Optimizer>, Evaluations) {
        let Some(checkpoint) = self.checkpoint(index) else {
            return (self.walker.optimizer().boxed(), self.evaluations());
        };
        let (mut optimizer, mut evaluations) = (checkpoint.optimizer.boxed(), checkpoint.evaluations);
        for past in index - index % CHECKPOINT..index {
            evaluations = self.replay(optimizer.as_mut(), past, evaluations, false).evaluations;
        }
        (optimizer, evaluations)
    }

    /// Rule and evaluations before a step, for a rule that remembers nothing: a fresh one is as good.
    fn fresh_at(&self, index: usize) -> (Box<dyn Optimizer>, Evaluations) {
        let choice = &self.recipe().optimizer;
        let mut optimizer = choice.build();
        optimizer.tune(choice.entry.values(&self.recipe().parameters_at(index)));
        let evaluations =
            index.checked_sub(1).map_or_else(Evaluations::default, |before| self.iterates()[before].evaluations);
        (optimizer, evaluations)
    }

    /// What the method asked in some steps, replayed.
    pub(in crate::run) fn queries_of(&self, steps: Range<usize>) -> Vec<Query> {
        if steps.is_empty() || self.walker.unsupported_reason().is_some() {
            return Vec::new();
        }
        let first = steps.start;
        let (mut optimizer, _) = if self.remembers() { self.replayed_to(first) } else { self.fresh_at(first) };
        // A step that is undefined has asked, too.
        let ask = |index: usize| self.replay(optimizer.as_mut(), index, Evaluations::default(), true).queries;
        steps.flat_map(ask).collect()
    }

    /// The largest |f| of the iterates up to this one, as the run itself knew it there.
    pub(super) fn scale_at(&self, index: usize) -> f64 {
        let first = index - index % CHECKPOINT;
        let before = self.checkpoint(index).map_or(self.walker.scale(), |checkpoint| checkpoint.scale);
        self.iterates()[first..=index].iter().map(|iterate| iterate.loss.abs()).fold(before, f64::max)
    }

    /// Takes the step from an iterate once more, with the parameters it was taken with.
    fn replay(&self, optimizer: &mut dyn Optimizer, index: usize, evaluations: Evaluations, records: bool) -> Replayed {
        let course = Course { landscape: self.landscape(), recipe: self.recipe() };
        course.tune(optimizer, index);
        course.replay(optimizer, &self.iterates()[index], self.scale_at(index), evaluations, records)
    }
}
