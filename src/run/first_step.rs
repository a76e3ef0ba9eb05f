//! The first step of a method from a point: how far it leads, and what is predicted for it and comes of it.

use super::{Recipe, Run};
use crate::analysis::{LocalModel, ModelOrder};
use crate::landscapes::Landscape;
use crate::numbers::{Point, Vector};
use crate::optimizers::{Choice, Method, Verdict};

/// The most evaluations of one sample each that a method may ask for in its step.
const MOST: usize = 200_000;

/// The first step of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstStep {
    /// The method.
    pub method: &'static Method,
    /// The step, or in a few words why there is none.
    pub step: Result<ProposedStep, String>,
}

/// A step with its prediction and its result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProposedStep {
    /// The displacement that the method proposes.
    pub displacement: Vector,
    /// Whether the method rejects it.
    pub is_rejected: bool,
    /// The local model on which it rests.
    pub order: ModelOrder,
    /// The change of the loss by that model.
    pub predicted: f64,
    /// The actual change; NaN where the loss has no value.
    pub actual: f64,
}

impl FirstStep {
    /// The first step of a method started at a point.
    pub fn of(landscape: &Landscape, choice: Choice, at: Point) -> Self {
        let method = choice.entry;
        let cost = method.evaluations_per_step.saturating_mul(landscape.cost());
        let step = match method.unsupported_reason(landscape) {
            Some(reason) => Err(reason.to_owned()),
            None if cost > MOST => Err("costs too much to be tried here".to_owned()),
            None => proposed(landscape, choice, at),
        };
        Self { method, step }
    }
}

fn proposed(landscape: &Landscape, choice: Choice, at: Point) -> Result<ProposedStep, String> {
    let method = choice.entry;
    let run = Run::of(landscape, &Recipe::new(choice, at, 1));
    let replayed = run.replayed(0).ok_or_else(|| "the loss has no value here".to_owned())?;
    let step = replayed.step.as_ref().map_err(ToString::to_string)?;
    let displacement = step.proposed;
    if !displacement.iter().all(|component| component.is_finite()) {
        return Err("its step is not finite".to_owned());
    }
    let model = LocalModel::new(landscape.loss(), at);
    let assumed = replayed.own_curvature().map_or(model, |(_, hessian)| LocalModel { hessian, ..model });
    let (change, order) = (assumed.change(landscape.loss(), displacement), replayed.order(method));
    Ok(ProposedStep {
        displacement,
        is_rejected: step.verdict == Verdict::Rejected,
        order,
        predicted: change.prediction(order),
        actual: change.actual,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::ENTRIES;
    use crate::run::StepAnalysis;

    /// It is the step that a run of the method begins with, analyzed in the same way.
    #[test]
    fn it_is_the_first_step_of_a_run() {
        let mut counts = [0; 2];
        for text in ["himmelblau", "tanh2", "logistic", "trough", "parabola"] {
            let landscape = Landscape::parse(text).unwrap();
            let at = if text == "parabola" { Point::new(0.7, 0.0) } else { Point::new(0.7, -0.3) };
            for method in ENTRIES {
                let found = FirstStep::of(&landscape, Choice::of(method), at);
                let run = Run::of(&landscape, &Recipe::new(Choice::of(method), at, 5));
                let analysis = StepAnalysis::of(&run, 0).unwrap();
                match (&found.step, &analysis.replayed.step) {
                    (Ok(step), Ok(own)) => {
                        assert_eq!(step.displacement, own.proposed, "{} on {text}", method.id);
                        assert_eq!(Some(step.predicted), analysis.prediction(), "{} on {text}", method.id);
                        assert_eq!(step.actual, analysis.change.unwrap().actual, "{} on {text}", method.id);
                        counts[0] += 1;
                    }
                    (Err(why), Err(_)) => {
                        assert!(!why.is_empty(), "{} on {text}", method.id);
                        counts[1] += 1;
                    }
                    (Err(why), Ok(_)) => assert!(why.contains("costs"), "{} on {text}: {why}", method.id),
                    (Ok(_), Err(why)) => panic!("{} on {text}: {why}", method.id),
                }
            }
        }
        assert!(counts[0] > 100 && counts[1] > 5, "steps and reasons: {counts:?}");
    }

    #[test]
    fn what_cannot_step_says_why() {
        let trough = Landscape::parse("trough").unwrap();
        let of = |method: &str| FirstStep::of(&trough, Choice::parse(method).unwrap(), Point::new(1.0, 0.0)).step;
        assert!(of("newton").is_err_and(|why| why.contains("singular")), "the Hessian has no inverse");
        assert!(of("sgd").is_err_and(|why| why.contains("needs samples")), "no samples");
        assert!(of("gd").is_ok(), "descent goes on");
    }
}
