//! Promises beside the result: plane, quadratic, what happened, and their ratio; in fog, those that the method knows.

use egui::Ui;

use super::row;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{changes, number};
use crate::optimizers::Verdict;
use crate::run::{Focus, Known};
use crate::state::State;
use crate::ui::panels::status::stop_here;
use crate::ui::theme;

pub(super) fn promises_ui(state: &State, focus: &Focus, known: Known, ui: &mut Ui) {
    let (Some(promised), Ok(step)) = (focus.change, &focus.moment.step) else { return };
    let theme = state.view.theme;
    let [linear, quadratic, actual] = changes([promised.linear, promised.quadratic, promised.actual]);
    let inked = |text: String, ink: Ink| theme::strong(text).color(theme::color(ink.text(theme)));
    let result = match (stop_here(state).is_some(), step.verdict) {
        (true, _) => "what would happen",
        (false, Verdict::Rejected) => "what would have happened",
        (false, _) => "what happened",
    };
    let verb = if known.landing { "promised" } else { "promises" };
    if known.slope {
        row(
            ui,
            theme::muted(format!("plane {verb}")).small(),
            inked(linear, Ink::Plane),
            "The change of the loss by the tangent plane at w: the gradient times the step.",
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
    if !known.curvature {
        return;
    }
    let ratio = promised.trust_ratio().map_or_else(|| "undefined".to_owned(), number);
    row(
        ui,
        theme::muted("ρ, happened ÷ quadratic").small(),
        theme::strong(ratio),
        "How much of the quadratic's promise was kept: 1 is all of it, below 0 the loss went the other way. A trust region lives by it.",
    );
}
