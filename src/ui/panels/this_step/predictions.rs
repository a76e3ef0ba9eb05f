//! Predictions beside the result: plane, quadratic, what happened, and their ratio; in fog, those that the method knows.

use egui::Ui;

use super::row;
use crate::analysis::ModelOrder;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{changes, grouped, number};
use crate::optimizers::Verdict;
use crate::run::{Known, StepAnalysis};
use crate::state::State;
use crate::ui::panels::status::stop_here;
use crate::ui::theme;

pub(super) fn predictions_ui(state: &State, analysis: &StepAnalysis, known: Known, ui: &mut Ui) {
    let (Some(predicted), Ok(step)) = (analysis.change, &analysis.replayed.step) else { return };
    let theme = state.view.chrome.theme;
    let land = analysis.model.quadratic(step.proposed);
    let [linear, own, quadratic, actual] =
        texts(analysis, [predicted.linear, predicted.quadratic, land, predicted.actual]);
    let inked = |text: String, ink: Ink| theme::strong(text).color(theme::color(ink.text(theme)));
    let result = match (stop_here(state).is_some(), step.verdict) {
        (true, _) => "what would happen",
        (false, Verdict::Rejected) => "what would have happened",
        (false, _) => "what happened",
    };
    let plane = if analysis.model.hessian.dimension.is_one() { "tangent line" } else { "plane" };
    let verb = if known.landing { "promised" } else { "promises" };
    // In fog a method that asked a batch knows the plane of that alone.
    if known.slope && (analysis.batch.is_none() || !state.view.in_fog()) {
        let of_all = analysis.batch.as_ref().map_or_else(String::new, |batch| format!(" of all {}", grouped(batch.of)));
        row(
            ui,
            theme::muted(format!("{plane}{of_all} {verb}")).small(),
            inked(linear, Ink::Plane),
            "The change of the loss by the tangent plane at w: the gradient times the step.",
        );
    }
    // In fog a method knows its own quadratic, though it has not asked for the loss's.
    if let Some(matrix) = analysis.own {
        row(
            ui,
            theme::muted(format!("its own quadratic {verb}")).small(),
            inked(own, Ink::Quadratic),
            &format!(
                "The change of the loss by the quadratic that the method took for the land: the gradient at w, with {matrix} in the place of the Hessian. The sentence, the sheet and the gap are of this one."
            ),
        );
    }
    if known.curvature {
        row(
            ui,
            theme::muted(format!("quadratic {verb}")).small(),
            inked(quadratic, Ink::Quadratic),
            "The change of the loss by the quadratic at w, which knows the curvature too.",
        );
    }
    if !known.landing {
        return;
    }
    row(ui, theme::strong(result).small(), theme::strong(actual), "The true change of the loss from w to the landing.");
    let kept = |order: ModelOrder| analysis.kept(order).map_or_else(str::to_owned, number);
    let (name, ratio) = match (analysis.order, analysis.own) {
        (ModelOrder::Linear, _) if !known.curvature => ("kept", kept(ModelOrder::Linear)),
        (ModelOrder::Linear, _) => {
            let [plane, quadratic] = [ModelOrder::Linear, ModelOrder::Quadratic].map(kept);
            // A reason that holds for both is said once: twice it would not fit.
            let same_reason = plane == quadratic && analysis.kept(ModelOrder::Linear).is_err();
            ("kept; ρ", if same_reason { plane } else { format!("{plane}; ρ {quadratic}") })
        }
        (ModelOrder::Quadratic, None) => ("ρ, happened ÷ quadratic", kept(ModelOrder::Quadratic)),
        (ModelOrder::Quadratic, Some(_)) => ("happened ÷ its own", kept(ModelOrder::Quadratic)),
    };
    row(
        ui,
        theme::muted(name).small(),
        theme::strong(ratio),
        "How much of a promise was kept: what happened divided by it. 1 is all of it, below 0 the loss went the other way. First of the plane, in which the method believes; ρ is the same of the quadratic: a trust region lives by it.",
    );
}

/// Changes side by side; digits of what the loss cannot show would mean nothing.
fn texts<const N: usize>(analysis: &StepAnalysis, values: [f64; N]) -> [String; N] {
    let mut texts = changes(values);
    for (text, value) in std::iter::zip(&mut texts, values) {
        if value != 0.0 && analysis.is_lost(value) {
            "below rounding".clone_into(text);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::explain::tests::of_every_method;

    #[test]
    fn no_digits_are_shown_of_what_is_below_rounding() {
        let seen = of_every_method(|seen| {
            let Some(change) = seen.analysis.change else { return Vec::new() };
            let values = [change.linear, change.quadratic, change.actual];
            let texts = texts(seen.analysis, values);
            let loss = seen.analysis.iterate.loss.abs();
            let lost = values.map(|value| value != 0.0 && value.abs() < 1e-14 * loss);
            (0..3).map(|index| (values[index], lost[index], texts[index].clone())).collect()
        });
        let mut found = 0;
        for (step, rows) in seen {
            for (value, is_lost, text) in rows {
                assert!(!is_lost || text == "below rounding", "{step}: {value:e} is shown as {text}");
                found += usize::from(is_lost);
            }
        }
        assert!(found > 10, "{found} changes below rounding");
    }
}
