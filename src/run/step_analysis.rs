//! The analysis of one step of a run: the local model, the prediction, the actual change.

use super::step_report::RESOLUTION;
use super::{Batch, Iterate, Replay, Run, StepReplay};
use crate::analysis::{Curvature, LocalModel, ModelOrder, PredictedAndActual, linear_validity_radius, reach};
use crate::landscapes::Landscape;
use crate::numbers::{Symmetric2, Vector, length, tolerance};

/// One step of a run with everything derived from it.
pub struct StepAnalysis {
    /// The index of the iterate.
    pub index: usize,
    /// The iterate.
    pub iterate: Iterate,
    /// The step from it, replayed, with its parts and the method's state.
    pub replayed: StepReplay,
    /// The two local models at the iterate.
    pub model: LocalModel,
    /// The local models that the method used: as `model`, but with the method's own matrix for the Hessian, if it has one.
    pub assumed: LocalModel,
    /// Name of the matrix used instead of the Hessian, if it differs from it.
    pub own_matrix_name: Option<&'static str>,
    /// The local model on which the method rests this step.
    pub order: ModelOrder,
    /// The samples that the method asked for this step, if it draws them.
    pub batch: Option<Batch>,
    /// The change of the loss that the assumed models predict for the proposed step, and the actual one; `None` where there is no step.
    pub change: Option<PredictedAndActual>,
    /// What the Hessian says; `None` where it is not finite.
    pub curvature: Option<Curvature>,
    /// The share of its prediction within which a local model counts as valid: 0.1 is 10 %.
    pub share: f64,
    /// How far along the step the plane is valid, as a length; `None` where it holds further than is searched.
    pub reach: Option<f64>,
    /// How far along the step the assumed quadratic is valid, as a length; `None` where it holds further than is searched.
    pub quadratic_reach: Option<f64>,
    /// How far the loss has fallen since the start of the run.
    pub decrease: f64,
}

/// The share of the decrease of a run so far below which a change of the loss is negligible.
const NEGLIGIBLE: f64 = tolerance::ROUNDED;
/// The share of it below which a change matters no more: it stands in digits at its bar, but not in a sentence.
pub(super) const LITTLE: f64 = tolerance::UNSEEN;

/// Within this share of its prediction a local model is valid, unless the user chooses another.
pub const SHARE: f64 = 0.1;
/// How many lengths of the step are searched for the place where a local model stops being valid.
pub const SEARCHED: f64 = 4.0;

impl StepAnalysis {
    /// The proposed displacement, if there is one.
    pub fn proposed(&self) -> Option<Vector> {
        self.replayed.step.as_ref().ok().map(|step| step.proposed)
    }

    /// If a local model stops being valid along the step because the loss has no value beyond: the distance to that place, and what
    /// the step does there, as in "enters a hole of the measured grid".
    pub fn ends_at_gap(&self, landscape: &Landscape) -> Option<(f64, &'static str)> {
        /// Look this share beyond the reach.
        const BEYOND: f64 = 1e-6;
        let step = self.proposed()?;
        let unit = step / length(step);
        [self.reach, self.quadratic_reach].into_iter().flatten().find_map(|reach| {
            let beyond = self.model.at + unit * (reach * (1.0 + BEYOND));
            let enters = landscape.hole(beyond).map_or("leads where the loss has no value", |gap| gap.enters);
            (!landscape.loss().value(beyond).is_finite()).then_some((reach, enters))
        })
    }

    /// What the method's model predicted for the step.
    pub fn prediction(&self) -> Option<f64> {
        self.change.map(|change| change.prediction(self.order))
    }

    /// actual / predicted.
    ///
    /// # Errors
    /// In a few words why there is none: a prediction that is lost in the rounding of the loss is none.
    pub fn kept(&self, order: ModelOrder) -> Result<f64, &'static str> {
        let change = self.change.ok_or("undefined")?;
        let share = change.actual / change.prediction(order);
        match change.prediction(order) {
            0.0 => Err("nothing was predicted"),
            _ if !share.is_finite() => Err("undefined"),
            prediction if self.is_lost(prediction) => Err("below rounding"),
            _ if self.is_lost(change.actual) => Ok(0.0),
            _ => Ok(share),
        }
    }

    /// Whether a change of the loss is too small to distinguish from its rounding.
    pub fn is_lost(&self, change: f64) -> bool {
        change.abs() <= RESOLUTION * self.iterate.loss.abs()
    }

    /// Whether a change of the loss is negligible beside the decrease of the run so far.
    pub fn is_negligible(&self, change: f64) -> bool {
        change != 0.0 && change.abs() < NEGLIGIBLE * self.decrease
    }

    /// Whether a change of the loss matters no more, beside its rounding or the decrease of the run so far.
    pub fn is_little(&self, change: f64) -> bool {
        self.is_lost(change) || change.abs() < LITTLE * self.decrease
    }

    /// How far along the step a local model is valid, in lengths of the step; infinite where it is further than [`SEARCHED`].
    ///
    /// `None` where there is no step, or where the local model predicts nothing along it.
    pub fn good_for(&self, order: ModelOrder) -> Option<f64> {
        let step = self.proposed()?;
        let parts = [self.model.linear(step), self.assumed.hessian.form(step)];
        let (reach, predicts) = match order {
            ModelOrder::Linear => (self.reach, parts[0] != 0.0),
            ModelOrder::Quadratic => (self.quadratic_reach, parts != [0.0; 2]),
        };
        let length = step.norm();
        let sound = length > 0.0 && length.is_finite() && predicts && self.assumed.is_finite();
        sound.then(|| reach.map_or(f64::INFINITY, |reach| reach / length))
    }

    /// How many times further the step goes than the plane is valid, within the share.
    pub fn overreach(&self) -> Option<f64> {
        let ratio = self.proposed()?.norm() / self.reach?;
        ratio.is_finite().then_some(ratio)
    }

    /// The step from an iterate of a run, or from its last; `None` if it has no iterate.
    pub fn of(run: &Run, index: usize) -> Option<Self> {
        Self::within(run, index, SHARE)
    }

    /// As [`Self::of`], with another share of its prediction within which a local model counts as valid.
    pub fn within(run: &Run, index: usize, share: f64) -> Option<Self> {
        let index = index.min(run.iterates().len().checked_sub(1)?);
        let replay = run.replay_at(index)?;
        let replayed = replay.replayed().0;
        Some(Self::of_replay(&replay, replayed, share))
    }

    /// The iterate with its local models, and nothing of the step from it: for those who are to predict it.
    pub fn withheld(run: &Run, index: usize, share: f64) -> Option<Self> {
        let index = index.min(run.iterates().len().checked_sub(1)?);
        let replay = run.replay_at(index)?;
        let mut analysis = Self::of_replay(&replay, replay.withheld(), share);
        // What the step will have asked for is part of it.
        analysis.iterate = Iterate { taken: Vector::zeros(), rejected: false, ..analysis.iterate };
        Some(analysis)
    }

    /// The analysis of a step that has been replayed.
    pub(super) fn of_replay(replay: &Replay, replayed: StepReplay, share: f64) -> Self {
        let (index, iterate, landscape) = (replay.index(), replay.iterate(), replay.landscape());
        let loss = landscape.loss();
        let model = LocalModel::new(loss, iterate.at);
        let own = replayed.own_curvature();
        let assumed = own.map_or(model, |(_, hessian)| LocalModel { hessian, ..model });
        let proposed = replayed.step.as_ref().ok().map(|step| step.proposed);
        let length = proposed.map_or(0.0, |step| step.norm());
        let along = proposed.filter(|_| length > 0.0 && length.is_finite()).map(|step| step / length);
        let limit = SEARCHED * length;
        Self {
            index,
            iterate,
            decrease: replay.start_loss() - iterate.loss,
            order: replayed.order(replay.recipe().optimizer.entry),
            change: proposed.map(|step| assumed.change(loss, step)),
            curvature: Curvature::of(&model),
            own_matrix_name: own.filter(|(_, matrix)| differ(*matrix, model.hessian)).map(|(name, _)| name),
            batch: Batch::of(landscape, iterate.at, &replayed),
            replayed,
            model,
            assumed,
            share,
            reach: along.and_then(|unit| linear_validity_radius(loss, &model, unit, share, limit)),
            quadratic_reach: along.and_then(|unit| reach(loss, &assumed, ModelOrder::Quadratic, unit, share, limit)),
        }
    }
}

/// Whether two matrices are more than rounding apart.
fn differ(a: Symmetric2, b: Symmetric2) -> bool {
    const ROUNDING: f64 = tolerance::UNSEEN;
    let apart = (a - b).norm();
    // Not finite counts as different.
    apart.is_nan() || apart > ROUNDING * a.norm().max(b.norm())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    /// x² + 2y² on [−1, 1]², measured everywhere but around its minimum.
    fn ring() -> Landscape {
        let line = |index: u32| {
            let [x, y] = [index % 21, index / 21].map(|place| 0.1 * (f64::from(place) - 10.0));
            let loss = if x * x + y * y < 0.05 { f64::NAN } else { x * x + 2.0 * y * y };
            format!("{x:.1},{y:.1},{loss}\n")
        };
        let text = (0..441).map(line).fold("x,y,loss\n".to_owned(), |text, line| text + &line);
        Landscape::parse_with("grid:ring.csv", None, &|_: &Path| Ok(text.clone().into_bytes())).unwrap()
    }

    #[test]
    fn what_ends_a_model_is_named_where_it_is_a_gap() {
        let bowl = Landscape::parse("bowl").unwrap();
        let half = Landscape::of_formula("x^2+y^2+1e-9ln(x)").unwrap();
        for (landscape, method, start, enters) in [
            (&ring(), "newton", [0.6, 0.0], Some("enters a hole of the measured grid")),
            (&ring(), "newton:scale=0.5", [-0.5, -0.6], Some("enters a hole of the measured grid")),
            (&half, "newton", [0.6, 0.0], Some("leads where the loss has no value")),
            (&bowl, "newton", [0.6, 0.0], None),
            (&bowl, "gd", [0.0, 0.0], None),
        ] {
            let run = Run::of(landscape, &Recipe::new(Choice::parse(method).unwrap(), Point::from(start), 1));
            let found = StepAnalysis::of(&run, 0).unwrap().ends_at_gap(landscape);
            assert_eq!(found.map(|(_, enters)| enters), enters, "{method} on {landscape}: {found:?}");
        }
    }
}
