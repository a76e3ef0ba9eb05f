//! One step of a run taken apart: what was believed, what was promised, what happened.

use super::{Iterate, Moment, Run};
use crate::analysis::{Belief, Change, Curvature, LocalModel, linear_reach};
use crate::numbers::Vector;

/// The step at the playhead of the selected run, with everything that is said about it.
pub struct Focus {
    /// Which iterate.
    pub index: usize,
    /// The iterate.
    pub iterate: Iterate,
    /// The step from it, replayed, with its parts and the method's state.
    pub moment: Moment,
    /// The two sheets at the iterate.
    pub model: LocalModel,
    /// The sheet on which the method rests this step.
    pub belief: Belief,
    /// What the proposed step promised and did; `None` where there is no step.
    pub change: Option<Change>,
    /// What the Hessian says; `None` where it is not finite.
    pub curvature: Option<Curvature>,
    /// How far along the step the plane is within 10 %, as a length; `None` where it holds further than is searched.
    pub reach: Option<f64>,
}

impl Focus {
    /// The proposed displacement, if there is one.
    pub fn proposed(&self) -> Option<Vector> {
        self.moment.step.as_ref().ok().map(|step| step.proposed)
    }

    /// What the sheet that the method believes in promised for the step.
    pub fn promise(&self) -> Option<f64> {
        self.change.map(|change| change.promise(self.belief))
    }

    /// How many times further the step goes than the plane is within 10 %.
    pub fn overreach(&self) -> Option<f64> {
        let ratio = self.proposed()?.norm() / self.reach?;
        ratio.is_finite().then_some(ratio)
    }

    /// The step from an iterate of a run, or from its last; `None` if it has no iterate.
    pub fn of(run: &Run, playhead: usize) -> Option<Self> {
        let index = playhead.min(run.iterates().len().checked_sub(1)?);
        let iterate = run.iterates()[index];
        let moment = run.moment(index)?;
        let loss = run.landscape().loss();
        let model = LocalModel::new(loss, iterate.at);
        let proposed = moment.step.as_ref().ok().map(|step| step.proposed);
        let length = proposed.map_or(0.0, |step| step.norm());
        let reach = proposed
            .filter(|_| length > 0.0 && length.is_finite())
            .and_then(|step| linear_reach(loss, &model, step / length, 0.1, 4.0 * length));
        Some(Self {
            index,
            iterate,
            belief: moment.belief(run.recipe().optimizer.entry),
            change: proposed.map(|step| model.change(loss, step)),
            curvature: Curvature::of(&model),
            moment,
            model,
            reach,
        })
    }
}
