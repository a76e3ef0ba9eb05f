//! What the loss does in a step, in the words of a question, each decided from the step's numbers.

use crate::numbers::Vector;
use crate::run::explain::{Explanation, PathFeature, StepCase};
use crate::run::{Run, StepAnalysis, StopReason};

/// The slope at the landing, as a share of the first one, from which a step has crossed the bottom of a valley.
const BEYOND: f64 = 0.1;
/// A prediction is never kept by what is further off than this share of it.
const WIDEST: f64 = 0.5;

/// An answer to what the loss does. More than one can be true of a step: a step that crosses a valley may land lower or higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepOutcome {
    /// The loss changes by what the method's model predicted, within the validity tolerance.
    AsPredicted,
    /// The loss falls by less than predicted, beyond the tolerance, or stays.
    Less,
    /// The loss falls by more than predicted, beyond the tolerance.
    More,
    /// The loss rises.
    Rises,
    /// The step goes over the bottom of a valley: it begins downhill and ends uphill.
    CrossesValley,
    /// The run, continued as it is, leaves the numbers.
    Diverges,
}

impl StepOutcome {
    /// Every answer, in the order of the buttons.
    pub const ALL: [Self; 6] =
        [Self::AsPredicted, Self::Less, Self::More, Self::Rises, Self::CrossesValley, Self::Diverges];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsPredicted => "as_predicted",
            Self::Less => "less",
            Self::More => "more",
            Self::Rises => "rises",
            Self::CrossesValley => "crosses_valley",
            Self::Diverges => "diverges",
        }
    }

    /// The answer with this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.id() == id)
    }

    /// What stands on its button.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AsPredicted => "as predicted",
            Self::Less => "falls less",
            Self::More => "falls more",
            Self::Rises => "rises",
            Self::CrossesValley => "crosses the valley",
            Self::Diverges => "diverges",
        }
    }

    /// When it is true, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::AsPredicted => {
                "The loss changes by what the method’s model predicted, within the validity tolerance (10 % unless changed)."
            }
            Self::Less => "The loss falls by less than predicted, beyond the tolerance, or does not change.",
            Self::More => "The loss falls by more than predicted, beyond the tolerance.",
            Self::Rises => "The loss is higher after the step than before it.",
            Self::CrossesValley => {
                "The step begins downhill and ends uphill, with more than a tenth of the first slope, or has gone over a whole valley."
            }
            Self::Diverges => {
                "The run, continued as it is, diverges, or the loss has no finite value where the step ends."
            }
        }
    }

    /// All that is true of a step that has been taken, in the order of [`Self::ALL`]; none only where there is no step, or no
    /// prediction.
    pub fn true_of(analysis: &StepAnalysis, explanation: &Explanation, run: &Run) -> Vec<Self> {
        let mut found = Self::changes(analysis).map_or_else(Vec::new, |[predicted, actual]| {
            Self::of_change(predicted, actual, analysis.share, |by| analysis.is_lost(by))
        });
        let ends = analysis.change.is_some_and(|change| change.actual.is_finite());
        if ends && analysis.proposed().is_some_and(|step| crosses(analysis, explanation, run, step)) {
            found.push(Self::CrossesValley);
        }
        let leaves =
            run.stop().is_some_and(|stop| [StopReason::Diverged, StopReason::NotFinite].contains(&stop.reason));
        if leaves || analysis.change.is_some_and(|change| !change.actual.is_finite()) {
            found.push(Self::Diverges);
        }
        found
    }

    /// The predicted and the actual change of the loss in a step.
    pub(super) fn changes(analysis: &StepAnalysis) -> Option<[f64; 2]> {
        let change = analysis.change?;
        let predicted = analysis.batch.as_ref().map_or(change.prediction(analysis.order), |batch| batch.predicted);
        Some([predicted, change.actual])
    }

    /// What is true of a change of the loss beside the predicted one; `is_lost` says what is rounding.
    fn of_change(predicted: f64, actual: f64, share: f64, is_lost: impl Fn(f64) -> bool) -> Vec<Self> {
        if !predicted.is_finite() || !actual.is_finite() {
            return Vec::new();
        }
        let error = actual - predicted;
        let is_kept = error.abs() <= share.min(WIDEST) * predicted.abs() || is_lost(predicted) && is_lost(actual);
        let rises = actual > 0.0 && !is_lost(actual);
        let mut found = Vec::new();
        if is_kept {
            found.push(Self::AsPredicted);
        } else if !rises {
            found.push(if error > 0.0 { Self::Less } else { Self::More });
        }
        if rises {
            found.push(Self::Rises);
        }
        found
    }
}

/// Whether a step goes over the bottom of a valley.
fn crosses(analysis: &StepAnalysis, explanation: &Explanation, run: &Run, step: Vector) -> bool {
    let is_over = matches!(
        &explanation.step,
        StepCase::Model(step) if matches!(step.path, PathFeature::Over { valleys: 1.., .. })
    );
    let first = analysis.model.linear(step);
    let last = run.landscape().loss().first_order(analysis.model.at + step).gradient.dot(&step);
    is_over || first < 0.0 && last > -BEYOND * first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::Point;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::Recipe;
    use crate::run::explain::Agreement;

    fn outcomes(landscape: &str, method: &str, start: [f64; 2]) -> Vec<StepOutcome> {
        let landscape = Landscape::parse(landscape).unwrap();
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), 50);
        let run = Run::of(&landscape, &Recipe { goes_on_diverged: false, ..recipe });
        let analysis = StepAnalysis::of(&run, 0).unwrap();
        StepOutcome::true_of(&analysis, &Explanation::of(&analysis, &run, None, None), &run)
    }

    /// f = 5x² from x = 1: the slope is 10, and λ is 10. A step of η goes to 1 − 10η, the loss there is 5(1 − 10η)², and the line
    /// predicts −100η.
    #[test]
    fn each_answer_is_true_where_arithmetic_says_so() {
        use StepOutcome::{AsPredicted, CrossesValley, Diverges, Less, Rises};
        for (rate, answers) in [
            // actual/predicted is 1 − 5η: within 10 % up to η = 0.02.
            (0.019, &[AsPredicted][..]),
            (0.021, &[Less]),
            (0.099, &[Less]),
            // The bottom is at η = 0.1; beyond it by more than a tenth of the first slope from 0.11 on.
            (0.109, &[Less]),
            (0.111, &[Less, CrossesValley]),
            (0.199, &[Less, CrossesValley]),
            (0.201, &[Rises, CrossesValley]),
            (0.25, &[Rises, CrossesValley, Diverges]),
        ] {
            assert_eq!(outcomes("formula:5x^2+5y^2", &format!("gd:lr={rate}"), [1.0, 0.0]), answers, "η = {rate}");
        }
        assert_eq!(
            outcomes("saddle", "gd:lr=0.3", [0.0, 0.5]),
            [StepOutcome::More, Diverges],
            "down a ridge the loss falls away, and the run with it"
        );
        assert_eq!(outcomes("quad:kappa=10", "newton", [1.0, 1.0]), [AsPredicted], "on a quadratic Newton is right");
        assert_eq!(outcomes("formula:ln(x)+x^2+y^2", "gd:lr=1", [0.5, 0.0])[..], [Diverges], "no value where it ends");
    }

    /// Over every landscape and method: one of the first four is true where there are numbers, and it agrees with the explanation.
    #[test]
    fn some_answer_is_true_of_every_step_and_agrees_with_the_explanation() {
        use StepOutcome::{AsPredicted, Less, More, Rises};
        let mut seen = std::collections::BTreeSet::new();
        for landscape in entries().map(Landscape::of) {
            for method in ENTRIES.iter().copied() {
                let mut choice = Choice::of(method);
                for factor in [1.0, 20.0] {
                    if let Some(index) = method.rate_index() {
                        choice.parameters[index] *= factor;
                    }
                    let start = Point::from(landscape.suggestion().start);
                    let run = Run::of(&landscape, &Recipe::new(choice.clone(), start, 3));
                    let Some(analysis) = StepAnalysis::of(&run, 0) else { continue };
                    let explanation = Explanation::of(&analysis, &run, None, None);
                    let found = StepOutcome::true_of(&analysis, &explanation, &run);
                    seen.extend(found.iter().copied());
                    let StepCase::Model(step) = &explanation.step else { continue };
                    let name = format!("{} on {landscape} × {factor}: {found:?}, {:?}", method.name, step.agreement);
                    let expected: &[StepOutcome] = match step.agreement {
                        Agreement::Equal
                        | Agreement::Exact
                        | Agreement::About
                        | Agreement::Within(_)
                        | Agreement::BelowRounding => &[AsPredicted],
                        Agreement::RisesInstead => &[Rises],
                        Agreement::FallsInstead => &[More],
                        Agreement::Unchanged => &[Less, More],
                        Agreement::Less | Agreement::More => &[Less, More, Rises],
                        Agreement::Unpredicted => &[More, Rises],
                        Agreement::NoPrediction | Agreement::NoValue => continue,
                    };
                    assert!(found.iter().any(|outcome| expected.contains(outcome)), "{name}");
                    let of_change = [AsPredicted, Less, More].iter().filter(|outcome| found.contains(outcome)).count();
                    assert!(of_change <= 1, "{name}: no two of them at once");
                }
            }
        }
        assert_eq!(seen.len(), StepOutcome::ALL.len(), "each of them is true somewhere: {seen:?}");
    }
}
