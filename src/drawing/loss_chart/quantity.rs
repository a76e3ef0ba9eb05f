//! The quantities of a step that the chart can draw: a new one is an entry here.

#[cfg(test)]
mod tests;

use super::ChartScale;
use crate::analysis::{Curvature, KnownMinima, LocalModel};
use crate::numbers::length;
use crate::optimizers::Choice;
use crate::run::{Iterate, ReplayFacts, Run};

/// What one value of a quantity costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Nothing: the run has recorded what it follows from.
    Recorded,
    /// A Hessian.
    Hessian,
    /// The step has to be taken once more, and a Hessian.
    Replay,
}

/// The limit of a value for the step from an iterate, and how it is written.
type LimitOf = fn(&Run, usize) -> Option<(f64, String)>;

/// All that is known of a quantity.
struct Facts {
    /// Its name in files.
    id: &'static str,
    /// Its name in the menu.
    title: &'static str,
    /// Its name beside the axis.
    axis: &'static str,
    /// What it is, in one sentence.
    help: &'static str,
    /// If it is usually negative: the name of its negative, which a logarithmic axis shows instead.
    negative: Option<&'static str>,
    /// For a run that never has this quantity: what it lacks, as the end of "it has …", and why.
    missing: [&'static str; 2],
    /// The scale on which it is seen best.
    usual_scale: ChartScale,
    /// Whether f* can be taken from it.
    is_loss: bool,
    /// The range of values that is shown: what lies beyond leaves the frame. `None` for all.
    band: Option<[f64; 2]>,
    /// Whether the method knows it: then it is seen in fog.
    in_fog: bool,
    /// Whether it depends on the minima that are known.
    needs_minima: bool,
    cost: fn(&Run) -> Cost,
    /// The value at an iterate, or of the step from it; `None` where there is none.
    value: fn(&Run, usize, &KnownMinima) -> Option<f64>,
    /// Its value from a replayed step, if it needs a replay.
    replayed: Option<fn(&ReplayFacts) -> Option<f64>>,
    /// The value beyond which a step makes the distance to a level point grow, and how that is written.
    limit: Option<LimitOf>,
}

/// The enum of the quantities and all lists of them, from one entry each.
macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident: $facts:expr,)*) => {
        /// A quantity of every step, or of every iterate.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum StepQuantity {
            $($(#[$doc])* $name,)*
        }

        impl StepQuantity {
            /// Every one, in the order of the menu.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => $facts,)*
                }
            }
        }
    };
}

/// What most quantities have in common.
const USUAL: Facts = Facts {
    id: "",
    title: "",
    axis: "",
    help: "",
    negative: None,
    missing: ["no step", "It has not moved."],
    usual_scale: ChartScale::Log,
    is_loss: false,
    band: None,
    in_fog: true,
    needs_minima: false,
    cost: |_| Cost::Recorded,
    value: |_, _, _| None,
    replayed: None,
    limit: None,
};

quantities! {
    /// f.
    #[default]
    Loss: Facts {
        id: "loss",
        title: "Loss",
        axis: "loss",
        help: "The loss at every iterate.",
        missing: ["no loss", "The loss has no value at its start."],
        usual_scale: ChartScale::LogAbove,
        is_loss: true,
        value: |run, step, _| Some(at(run, step)?.loss),
        ..USUAL
    },
    /// ‖∇f‖.
    GradientNorm: Facts {
        id: "gradient_norm",
        title: "Gradient ‖∇f‖",
        axis: "‖∇f‖",
        help: "The length of the gradient at every iterate: 0 at a critical point.",
        missing: ["no gradient", "The loss has no value at its start."],
        value: |run, step, _| Some(length(at(run, step)?.gradient)),
        ..USUAL
    },
    /// ‖w − w*‖.
    Distance: Facts {
        id: "distance",
        title: "Distance to a minimum",
        axis: "distance",
        help: "The distance from every iterate to the nearest minimum that is known.",
        missing: ["no known minimum", "No minimum of this loss is known that could be measured from."],
        in_fog: false,
        needs_minima: true,
        value: |run, step, minima| minima.distance(at(run, step)?.at),
        ..USUAL
    },
    /// What the method's model predicted for the step.
    Predicted: Facts {
        id: "predicted",
        title: "Predicted change",
        axis: "predicted change",
        help: "The change of the loss that the method's model predicted for every step: the plane, or its quadratic.",
        negative: Some("predicted decrease"),
        missing: ["no prediction", "What is predicted is lost in the rounding of the loss, or there is no step."],
        cost: of_prediction,
        value: |run, step, _| Some(run.step_report(step)?.predicted),
        ..USUAL
    },
    /// f(w + d) − f(w).
    Actual: Facts {
        id: "actual",
        title: "Actual change",
        axis: "actual change",
        help: "The change of the loss in every step.",
        negative: Some("actual decrease"),
        value: |run, step, _| Some(at(run, step + 1)?.loss - at(run, step)?.loss),
        ..USUAL
    },
    /// ρ.
    Ratio: Facts {
        id: "ratio",
        title: "ρ = actual / predicted",
        axis: "ρ",
        help: "The actual change as a share of the predicted one: 1 where the model is right, below 0 where the loss went the other way.",
        missing: ["no prediction", "What is predicted is lost in the rounding of the loss, or there is no step."],
        usual_scale: ChartScale::Linear,
        band: Some([-2.0, 3.0]),
        cost: of_prediction,
        value: |run, step, _| Some(run.step_report(step)?.share()),
        ..USUAL
    },
    /// ‖d‖.
    StepLength: Facts {
        id: "step_length",
        title: "Step length",
        axis: "step length",
        help: "How far every step leads: 0 where it was rejected.",
        value: |run, step, _| at(run, step + 1).and(Some(length(at(run, step)?.taken))),
        ..USUAL
    },
    /// α.
    Multiple: Facts {
        id: "alpha",
        title: "Accepted α",
        axis: "α",
        help: "The multiple of its direction that a line search accepted in every step.",
        missing: ["no line search", "It accepts no α: it searches along no line."],
        cost: |_| Cost::Replay,
        value: |run, step, _| run.replay_facts(step)?.multiple,
        replayed: Some(|facts| facts.multiple),
        ..USUAL
    },
    /// λmax.
    LargestEigenvalue: Facts {
        id: "lambda_max",
        title: "Largest curvature λmax",
        axis: "λmax",
        help: "The larger eigenvalue of the Hessian at every iterate, with the limit of the method: above 2/η gradient descent grows along its eigenvector.",
        missing: ["no Hessian", "The loss has no finite Hessian where it was."],
        usual_scale: ChartScale::Linear,
        in_fog: false,
        cost: |_| Cost::Hessian,
        value: |run, step, _| Some(eigenvalues(run, step)?[1]),
        limit: Some(limit),
        ..USUAL
    },
    /// λmin.
    SmallestEigenvalue: Facts {
        id: "lambda_min",
        title: "Smallest curvature λmin",
        axis: "λmin",
        help: "The smaller eigenvalue of the Hessian at every iterate: below 0 the loss curves down along its eigenvector.",
        missing: ["no Hessian", "The loss has no finite Hessian where it was."],
        usual_scale: ChartScale::Linear,
        in_fog: false,
        cost: |_| Cost::Hessian,
        value: |run, step, _| Some(eigenvalues(run, step)?[0]),
        ..USUAL
    },
    /// ‖B − H‖.
    MatrixError: Facts {
        id: "matrix_error",
        title: "Matrix error ‖B − H‖",
        axis: "‖B − H‖",
        help: "How far B, the method's estimate of the Hessian, is from the Hessian H: the larger size of an eigenvalue of B − H. BFGS carries its inverse, the B⁻¹ of the Rule tab.",
        missing: ["no B", "It has no matrix of its own in the place of the Hessian."],
        in_fog: false,
        cost: |_| Cost::Replay,
        value: |run, step, _| run.replay_facts(step)?.matrix_error,
        replayed: Some(|facts| facts.matrix_error),
        ..USUAL
    },
}

impl StepQuantity {
    /// Its name in files.
    pub const fn id(self) -> &'static str {
        self.facts().id
    }

    /// The one with this name in files.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quantity| quantity.id() == id)
    }

    /// Its name in the menu.
    pub const fn title(self) -> &'static str {
        self.facts().title
    }

    /// What it is, in one sentence.
    pub const fn help(self) -> &'static str {
        self.facts().help
    }

    /// Its name beside the axis.
    pub const fn axis(self) -> &'static str {
        self.facts().axis
    }

    /// The name of its negative, which a logarithmic axis shows in its place.
    pub const fn negative(self) -> Option<&'static str> {
        self.facts().negative
    }

    /// What a run lacks that never has it, after "has", and why, as a sentence.
    pub const fn missing(self) -> [&'static str; 2] {
        self.facts().missing
    }

    /// The scale on which it is seen best.
    pub const fn usual_scale(self) -> ChartScale {
        self.facts().usual_scale
    }

    /// Whether it is the loss, from which f* can be taken.
    pub const fn is_loss(self) -> bool {
        self.facts().is_loss
    }

    /// The range of values that is shown; `None` for all.
    pub const fn band(self) -> Option<[f64; 2]> {
        self.facts().band
    }

    /// Whether it is seen in fog.
    pub const fn is_seen_in_fog(self) -> bool {
        self.facts().in_fog
    }

    /// Whether it depends on the minima that are known.
    pub const fn needs_minima(self) -> bool {
        self.facts().needs_minima
    }

    /// What a value of it costs.
    pub fn cost(self, run: &Run) -> Cost {
        (self.facts().cost)(run)
    }

    /// The finite value at an iterate, or of the step from it; `None` where there is none.
    pub fn value(self, run: &Run, step: usize, minima: &KnownMinima) -> Option<f64> {
        (self.facts().value)(run, step, minima).filter(|value| value.is_finite())
    }

    /// The finite value of a step that was taken again; `None` where there is none.
    pub(super) fn value_of(self, facts: &ReplayFacts) -> Option<f64> {
        (self.facts().replayed?)(facts).filter(|value| value.is_finite())
    }

    /// The limit of its value for the step from an iterate, and how it is written: "2/η"; `None` where there is none.
    pub fn limit(self, run: &Run, step: usize) -> Option<(f64, String)> {
        (self.facts().limit?)(run, step).filter(|(limit, _)| limit.is_finite())
    }
}

fn at(run: &Run, step: usize) -> Option<&Iterate> {
    run.iterates().get(step)
}

/// A prediction costs a Hessian where the method goes by the quadratic of the loss.
fn of_prediction(run: &Run) -> Cost {
    if run.recipe().optimizer.entry.second_order() { Cost::Hessian } else { Cost::Recorded }
}

fn eigenvalues(run: &Run, step: usize) -> Option<[f64; 2]> {
    let model = LocalModel::new(run.landscape().loss(), at(run, step)?.at);
    Some(Curvature::of(&model)?.eigen.values)
}

/// The theorem says η < c/λmax; the same for λmax is c/η.
fn limit(run: &Run, step: usize) -> Option<(f64, String)> {
    let recipe = run.recipe();
    let choice = Choice { parameters: recipe.parameters_at(step), ..recipe.optimizer.clone() };
    let bound = choice.stability_bound().ok()?;
    let rate = choice.rate_at(step).filter(|rate| *rate > 0.0)?;
    Some((bound.recursion.limit() / rate, bound.words.replace("λmax", "η")))
}
