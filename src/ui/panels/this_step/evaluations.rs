//! What the method has asked of the landscape so far, and what one such question costs with a million weights.

use egui::{RichText, Ui};

use crate::numbers::numerals::plural;
use crate::optimizers::{Matrix, Method, Storage, Values};
use crate::run::StepAnalysis;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// What was asked, without what was not: "3 gradients, 12 values".
pub(super) fn aside(analysis: &StepAnalysis) -> String {
    let counted: Vec<String> =
        counts(analysis).into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    if counted.is_empty() { "nothing".to_owned() } else { counted.join(", ") }
}

/// Gradients, Hessians and values, each with its count in words.
fn counts(analysis: &StepAnalysis) -> [(u32, String); 3] {
    let evaluations = analysis.iterate.evaluations;
    [(evaluations.gradients, "gradient"), (evaluations.hessians, "Hessian"), (evaluations.values, "value")]
        .map(|(count, name)| (count, format!("{count} {}", plural(count as usize, name))))
}

/// What is kept from step to step with a million weights of eight bytes.
fn storage_text(storage: Storage) -> String {
    match storage {
        Storage::Vectors(0) => "memory O(1)".to_owned(),
        Storage::Vectors(count) => format!("{} MB stored", 8 * count),
        Storage::Matrix => "4 TB stored".to_owned(),
    }
}

/// What is kept from step to step with n weights, as a sentence.
fn storage_help(storage: Storage) -> String {
    match storage {
        Storage::Vectors(0) => "Memory O(1): from step to step the method stores only the weights.".to_owned(),
        Storage::Vectors(1) => "Memory O(n): from step to step the method stores one more number for each weight.".to_owned(),
        Storage::Vectors(count) => {
            format!("Memory O(n): from step to step the method stores {count} more numbers for each weight.")
        }
        Storage::Matrix => "Memory O(n²): the method stores a matrix of n(n+1)/2 numbers, 4 TB at n = 10⁶, and updates it in about n² operations instead of the n³/3 of solving. L-BFGS stores 2m vectors instead.".to_owned(),
    }
}

/// What one step costs with a million weights, and how that is known.
fn cost(method: &Method, values: Values<'_>) -> (String, String) {
    if let Some(matrix) = method.matrix(values) {
        let name = matrix.title();
        let costs = if matrix == Matrix::Hessian { " and costs about n gradients" } else { "" };
        return (
            format!("With a million weights: 4 TB a {name}"),
            format!(
                "The {name} of n weights is n(n+1)/2 numbers{costs}; solving with it takes n³/3 operations. At n = 10⁶ that is 4 TB and 3·10¹⁷ operations a step. It is not stored from step to step."
            ),
        );
    }
    let kept = (method.storage)(values);
    (
        format!("With a million weights: 8 MB a gradient, {}", storage_text(kept)),
        format!(
            "The gradient of n weights is n numbers and costs about as much as four or five values of the loss, however large n is. That is why large networks are trained by methods of first order. {}",
            storage_help(kept)
        ),
    )
}

pub(super) fn evaluations_ui(analysis: &StepAnalysis, method: &Method, ui: &mut Ui) {
    let counts = counts(analysis).map(|(_, words)| words);
    ui.label(RichText::new(counts.join(", ")).small())
        .hint("The method's evaluations of the loss up to this step. Those of the drawing are not counted.");
    let (line, help) = cost(method, method.values(&analysis.replayed.parameters));
    ui.label(theme::muted(line).small()).hint(help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::{Carried, Choice, ENTRIES, Role};
    use crate::run::{Recipe, Run};

    /// The stated memory is what the rule carries: a vector for each, or a matrix.
    #[test]
    fn what_is_kept_is_what_the_rule_carries() {
        for network in ["tanh2", "logistic"] {
            let landscape = Landscape::parse(network).unwrap();
            for entry in ENTRIES.iter().filter(|entry| entry.unsupported_reason(&landscape).is_none()) {
                let mut choice = Choice::of(entry);
                // Without β a velocity is the gradient, and nothing is kept.
                if let Some(beta) = entry.parameter_index("beta") {
                    choice.parameters[beta] = 0.9;
                }
                let run = Run::of(&landscape, &Recipe::new(choice.clone(), Point::new(0.7, -1.3), 8));
                let state = run.replayed(7.min(run.iterates().len() - 1)).unwrap().state;
                let count = |kind: fn(&Carried) -> bool| state.iter().filter(|(_, carried)| kind(carried)).count();
                let vectors = count(|carried| matches!(carried, Carried::Vector(_)));
                // A rule that keeps pairs keeps as many as there is room for, once it has made enough steps.
                let pairs = state.iter().find(|(quantity, _)| quantity.role == Role::Pairs);
                let expected = match pairs {
                    _ if count(|carried| matches!(carried, Carried::InverseHessian(_))) > 0 => Storage::Matrix,
                    Some((_, pairs)) => Storage::Vectors(2 * pairs.numbers()[0] as usize),
                    None => Storage::Vectors(vectors),
                };
                assert_eq!((entry.storage)(choice.values()), expected, "{}: {state:?}", entry.id);
            }
        }
    }

    #[test]
    fn a_million_weights_cost_what_the_method_keeps() {
        for (optimizer, description) in [
            ("gd", "8 MB a gradient, memory O(1)"),
            ("momentum", "8 MB a gradient, 8 MB stored"),
            ("sgd:beta=0", "8 MB a gradient, memory O(1)"),
            ("adam", "8 MB a gradient, 16 MB stored"),
            ("amsgrad", "8 MB a gradient, 24 MB stored"),
            ("bfgs", "8 MB a gradient, 4 TB stored"),
            ("lbfgs:m=5", "8 MB a gradient, 80 MB stored"),
            ("newton", "4 TB a Hessian"),
            ("newton:matrix=gauss_newton", "4 TB a Gauss–Newton matrix"),
        ] {
            let choice = Choice::parse(optimizer).unwrap();
            let (line, _) = cost(choice.entry, choice.values());
            assert_eq!(line, format!("With a million weights: {description}"), "{optimizer}");
        }
    }
}
