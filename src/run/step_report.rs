//! Every step of a run compared with its prediction: what the method's model said, and what the loss did.

use super::Run;
use crate::analysis::{LocalModel, ModelOrder};
use crate::numbers::{Point, tolerance};

/// Changes of the loss below this share of it are lost in rounding.
pub(super) const RESOLUTION: f64 = tolerance::LOST;
/// A prediction counts as kept when the result is within this share of it.
const KEPT: f64 = 0.1;

/// A step compared with its prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepReport {
    /// The number of the step.
    pub step: usize,
    /// Where it landed.
    pub landing: Point,
    /// The loss there.
    pub loss: f64,
    /// The change of the loss that the local model predicted.
    pub predicted: f64,
    /// The actual change.
    pub actual: f64,
    /// Which local model it was.
    pub order: ModelOrder,
}

/// How a step came out beside its prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictionOutcome {
    /// Within a tenth of the prediction.
    AsPredicted,
    /// The loss is lower than predicted.
    Better,
    /// The loss is higher than predicted.
    Worse,
}

impl StepReport {
    /// How far the truth lies above the prediction.
    pub fn gap(&self) -> f64 {
        self.actual - self.predicted
    }

    /// The gap as a share of the larger of prediction and result, from −2 (lower than predicted) to 2 (higher).
    pub fn relative_gap(&self) -> f64 {
        let scale = self.predicted.abs().max(self.actual.abs());
        if scale > 0.0 { self.gap() / scale } else { 0.0 }
    }

    /// actual / predicted: 1 is as predicted, below 0 the loss went the other way.
    pub fn share(&self) -> f64 {
        self.actual / self.predicted
    }

    /// How it came out.
    pub fn outcome(&self) -> PredictionOutcome {
        match self.gap() {
            gap if gap.abs() <= KEPT * self.predicted.abs() => PredictionOutcome::AsPredicted,
            gap if gap < 0.0 => PredictionOutcome::Better,
            _ => PredictionOutcome::Worse,
        }
    }
}

impl Run {
    /// The report of a step; `None` if no step was taken from that iterate, or if the prediction is lost in rounding.
    ///
    /// It costs a Hessian if the method's model is the quadratic of the loss surface, and nothing if it is the plane, or a
    /// quadratic that the method keeps itself.
    pub fn step_report(&self, step: usize) -> Option<StepReport> {
        let here = self.iterates().get(step)?;
        let next = self.iterates().get(step + 1)?;
        let actual = next.loss - here.loss;
        let own = self.own_prediction(step);
        let order = if own.is_some() { ModelOrder::Quadratic } else { self.order(step) };
        let predicted = match (own, order) {
            (Some(own), _) => own,
            (None, ModelOrder::Linear) => here.gradient.dot(&here.taken),
            (None, ModelOrder::Quadratic) => LocalModel::new(self.landscape().loss(), here.at).quadratic(here.taken),
        };
        let tells = predicted.abs() > RESOLUTION * here.loss.abs() && predicted.is_finite() && actual.is_finite();
        tells.then_some(StepReport { step, landing: next.at, loss: next.loss, predicted, actual, order })
    }

    /// The local model on which a step without a quadratic of its own rests; only a rule without memory may fall back on the plane, so no long replay is needed.
    fn order(&self, step: usize) -> ModelOrder {
        let entry = self.recipe().optimizer.entry;
        match entry.second_order() {
            false => ModelOrder::Linear,
            true if self.remembers() => ModelOrder::Quadratic,
            true => self.replayed(step).map_or(ModelOrder::Quadratic, |replayed| replayed.order(entry)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, StepAnalysis};

    fn run(landscape: &str, optimizer: &str, start: [f64; 2]) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), 30);
        Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
    }

    #[test]
    fn the_account_of_a_step_is_what_its_focus_says() {
        for (landscape, optimizer, start) in [
            ("himmelblau", "gd:lr=0.036", [0.15, 0.35]),
            ("rosenbrock", "newton_damped", [-1.2, 1.0]),
            ("camel6", "newton_damped", [1.1, 0.9]),
            ("himmelblau", "levenberg_marquardt", [-0.5, -1.4]),
            ("tanh2", "adam", [0.4, 0.3]),
            ("rosenbrock", "bfgs", [-1.2, 1.0]),
            ("rosenbrock", "lbfgs", [-1.2, 1.0]),
            ("himmelblau", "saddle_free", [-0.5, -1.4]),
            ("tanh2", "levenberg_marquardt:matrix=gauss_newton", [0.4, 0.3]),
        ] {
            let run = run(landscape, optimizer, start);
            let mut count = 0;
            for step in 0..run.iterates().len() - 1 {
                let analysis = StepAnalysis::of(&run, step).unwrap();
                let Some(step_report) = run.step_report(step) else { continue };
                count += 1;
                assert_eq!(step_report.order, analysis.order, "{landscape} {optimizer} step {step}");
                let prediction = analysis.prediction().unwrap();
                assert!(
                    (step_report.predicted - prediction).abs() <= 1e-12 * prediction.abs(),
                    "{landscape} {optimizer} step {step}"
                );
                let actual = analysis.change.unwrap().actual;
                let lost = 1e-12 * (1.0 + analysis.model.value.abs());
                assert!((step_report.actual - actual).abs() <= lost, "{landscape} {optimizer} step {step}");
            }
            assert!(count > 3, "{landscape} {optimizer}: {count} reports");
        }
    }

    #[test]
    fn on_a_quadratic_the_plane_predicts_too_much_and_the_quadratic_is_right() {
        let descent = run("quad", "gd:lr=0.08", [-2.1, 1.7]);
        let outcomes: Vec<PredictionOutcome> =
            (0..30).filter_map(|step| Some(descent.step_report(step)?.outcome())).collect();
        assert!(
            outcomes[0] == PredictionOutcome::Worse && !outcomes.contains(&PredictionOutcome::Better),
            "{outcomes:?}"
        );
        let newton = run("quad", "newton", [-2.1, 1.7]);
        assert_eq!(
            newton.step_report(0).map(|step_report| step_report.outcome()),
            Some(PredictionOutcome::AsPredicted),
            "Newton"
        );
        let rejecting = run("himmelblau", "trust_region:radius0=100,radius_max=1000", [-0.5, -1.4]);
        let stays = rejecting.iterates().iter().position(|iterate| iterate.taken.norm() == 0.0).unwrap();
        assert_eq!(rejecting.step_report(stays), None, "a rejected step lands nowhere");
    }

    #[test]
    fn the_relative_gap_has_a_sign_and_ends() {
        let step_report = |predicted, actual| StepReport {
            step: 0,
            landing: Point::origin(),
            loss: 0.0,
            predicted,
            actual,
            order: ModelOrder::Linear,
        };
        for (predicted, actual, gap, outcome) in [
            (-4.0, -4.0, 0.0, PredictionOutcome::AsPredicted),
            (-4.0, -1.0, 0.75, PredictionOutcome::Worse),
            (-4.0, 4.0, 2.0, PredictionOutcome::Worse),
            (-1.0, -4.0, -0.75, PredictionOutcome::Better),
            (4.0, -4.0, -2.0, PredictionOutcome::Better),
        ] {
            let step_report = step_report(predicted, actual);
            assert_eq!((step_report.relative_gap(), step_report.outcome()), (gap, outcome), "{predicted} and {actual}");
        }
    }
}
