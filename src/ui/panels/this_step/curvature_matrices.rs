//! Three curvatures of a network side by side: the Hessian, Gauss–Newton and Fisher, and what they say of each other.

use egui::{Label, RichText, Ui};

use super::row;
use crate::drawing::ink::Ink;
use crate::drawing::network_models::description;
use crate::numbers::Symmetric2;
use crate::numbers::numerals::{number, significant};
use crate::state::State;
use crate::ui::theme;

pub(super) fn curvature_matrices_ui(state: &State, ui: &mut Ui) {
    let Some(all) = state.derived.curvature_matrices() else {
        ui.label(theme::muted("A curvature is not finite here").small());
        return;
    };
    let fisher = all.fisher.map(|fisher| fisher.matrix);
    let inked = |text: String, ink: Ink| theme::strong(text).color(theme::color(ink.text(state.view.chrome.theme)));
    for (name, matrix, ink, help) in [
        (
            "Hessian H",
            Some(all.hessian),
            Ink::Quadratic,
            "The curvature of the loss: the eigenvalues λ₁ and λ₂ of H. Below 0 the loss curves down.",
        ),
        (
            "Gauss–Newton G",
            Some(all.parts.gauss_newton),
            Ink::GaussNewton,
            "λ₁ and λ₂ of G = k Σ l″ J Jᵀ, with J the gradient of an output by the weights: the curvature of the loss in the outputs. Never below 0.",
        ),
        (
            "Fisher F",
            fisher,
            Ink::Fisher,
            "λ₁ and λ₂ of F: the information of the samples about the weights, if y has the distribution that the loss assumes. Never below 0.",
        ),
    ] {
        let values = matrix.map_or_else(|| "none".to_owned(), eigenvalues);
        row(ui, format!("{name}: λ₁, λ₂"), inked(values, ink), help);
    }
    let rows = entries(all.parts.residual);
    row(
        ui,
        "H − G",
        theme::strong(rows).small(),
        "What Gauss–Newton omits, row by row, k Σ l′ K: each sample's residual times the curvature K of its output.",
    );
    for words in description(all) {
        ui.add(Label::new(RichText::new(words).small()).wrap());
    }
}

/// λ₁ and λ₂, the lesser first.
fn eigenvalues(matrix: Symmetric2) -> String {
    let [low, high] = matrix.eigen().values;
    // What is rounding of the larger one has no digits of its own.
    let low = if low.abs() <= 1e-14 * high.abs() { 0.0 } else { low };
    format!("{}, {}", number(low), number(high))
}

/// The entries of a matrix, row by row.
fn entries(Symmetric2 { xx, xy, yy, .. }: Symmetric2) -> String {
    let [xx, xy, yy] = [xx, xy, yy].map(|entry| significant(if entry == 0.0 { 0.0 } else { entry }, 3));
    format!("{xx}, {xy}; {xy}, {yy}")
}
