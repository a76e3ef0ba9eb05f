//! The digits of the predictions and of the actual change; in fog, those that the method knows.

use egui::Ui;

use super::row;
use crate::drawing::reduction_bars::ReductionBars;
use crate::numbers::numerals::number;
use crate::run::{KnownOfStep, StepAnalysis};
use crate::state::State;
use crate::ui::theme;

const RATIO: &str = "ρ = actual/predicted change of the loss. 1: the model was exact; below 0 the loss changed in the other direction. A trust region method is controlled by ρ of the quadratic model.";

pub(super) fn predictions_ui(state: &State, analysis: &StepAnalysis, known: KnownOfStep, ui: &mut Ui) {
    let is_end = state.stop_here().is_some();
    let Some(bars) = ReductionBars::of(analysis, known, state.view.in_fog(), is_end) else { return };
    let theme = state.view.chrome.theme;
    for change in &bars.rows {
        let digits = theme::strong(&change.text).color(theme::color(change.ink.text(theme)));
        row(ui, &change.name, digits, &change.help);
    }
    for change in &bars.rows {
        if let Some(ratio) = change.ratio {
            let model = change.name.rsplit_once(' ').map_or(change.name.as_str(), |(model, _)| model);
            row(ui, format!("ρ = actual/{model}"), theme::strong(number(ratio)), RATIO);
        }
    }
}
