//! Slope and error: a weight's derivative is the mean of error × slope × input; how the two go along the run.

use egui::{Label, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::row;
use crate::drawing::primitive::{Pen, Primitive};
use crate::drawing::slopes::{pens, slopes_chart};
use crate::landscapes::networks::OneUnit;
use crate::landscapes::{Landscape, SampledLoss, ViewBox};
use crate::numbers::Point;
use crate::numbers::numerals::{brief, grouped, number, significant};
use crate::render::flat::paint_sample;
use crate::run::{Slope, Slopes, StepAnalysis};
use crate::state::State;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// A saturated unit has less than this share of its steepest slope.
const SATURATED: f64 = 0.15;
/// What changed by less than this share stayed about the same.
const SAME: f64 = 0.05;
/// The height of the chart, in points.
const HEIGHT: f32 = 84.0;

/// Slope and error in a few words: `slope 1, error 0.12`.
pub(super) fn aside(here: &Slope) -> String {
    match here.on {
        _ if !here.is_finite() => "undefined".to_owned(),
        0 => "slope 0: dead".to_owned(),
        _ => format!("slope {}, error {}", few(here.slope), few(here.error)),
    }
}

pub(super) fn slope_ui(state: &State, analysis: &StepAnalysis, here: &Slope, ui: &mut Ui) {
    let landscape = &state.document.landscape;
    let Some(pieces) = landscape.sampled_loss().and_then(SampledLoss::one_unit) else { return };
    let small = |ui: &mut Ui, text: String| ui.add(Label::new(theme::muted(text).small()).wrap());
    if !here.is_finite() {
        small(ui, "Slope and error have no finite values here.".to_owned());
        return;
    }
    let along = state.derived.slopes();
    let start = along.and_then(|along| along.steps.first()).map(|(_, slope)| slope).filter(|_| analysis.index > 0);
    ui.add(Label::new(theme::strong(description(&Unit::of(landscape, &pieces), start, here)).small()).wrap());
    if let Some(along) = along {
        chart_ui(state, along, analysis.index, here, ui);
    }
    let gradient = analysis.model.gradient;
    for (weight, slope) in [gradient.x, gradient.y].into_iter().enumerate() {
        row(
            ui,
            rule(&pieces, landscape, weight),
            theme::strong(number(slope)),
            "The chain rule: every sample's error, times the slope φ′ of the activation at the sample, times the input of the weight.",
        );
    }
    row(
        ui,
        "slope φ′",
        theme::strong(few(here.slope)),
        "The mean slope of the activation over the samples for which it is not 0; its absolute value, where it may be negative.",
    );
    row(
        ui,
        "error",
        theme::strong(few(here.error)),
        "The mean absolute error over the samples for which the slope is not 0: output minus target, or probability minus class.",
    );
    let counted = format!("{} of {}", grouped(here.on), grouped(here.samples));
    row(
        ui,
        "slope not 0 for",
        theme::strong(counted),
        "The samples that contribute to the gradient; where the unit is off, a sample contributes nothing, however large its error.",
    );
}

/// `∂f/∂w₁ = 2·mean(error·φ′·x)`.
fn rule(pieces: &OneUnit, landscape: &Landscape, weight: usize) -> String {
    let times = if pieces.factor == 1.0 { "" } else { "2·" };
    let whole = if pieces.mean { "mean" } else { "sum" };
    let product = match (pieces.two_layers, weight) {
        (true, 0) => "error·w₂·φ′·x",
        (true, _) => "error·φ",
        (false, 0) => "error·φ′·x",
        (false, _) => "error·φ′",
    };
    format!("∂f/∂{} = {times}{whole}({product})", landscape.weights()[weight])
}

/// What the slope of a unit can be.
struct Unit {
    /// It is 1, or 0 where the unit is off.
    is_constant: bool,
    /// It is 0 for some samples at least where the unit is off.
    switches: bool,
    /// At most.
    steepest: f64,
}

impl Unit {
    fn of(landscape: &Landscape, pieces: &OneUnit) -> Self {
        let switches = landscape.sampled_loss().and_then(|loss| loss.switched_on(Point::origin())).is_some();
        let is_constant = switches || pieces.is_linear;
        Self { is_constant, switches, steepest: if is_constant { 1.0 } else { pieces.unit_slope(0.0) } }
    }
}

/// Why the gradient is as long as it is, in one sentence; `start` is what there was at the first step.
fn description(unit: &Unit, start: Option<&Slope>, here: &Slope) -> String {
    if here.on == 0 {
        return "The slope is 0 for every sample: nothing moves.".to_owned();
    }
    let whose = if unit.switches { "wherever the unit is on" } else { "everywhere" };
    let went = |from: f64, to: f64| format!("{} → {}", few(from), few(to));
    match start {
        None if unit.is_constant => {
            format!("The slope is 1 {whose}: only the errors determine the length of the gradient.")
        }
        Some(start) if unit.is_constant => {
            let (errors, gradients) = (went(start.error, here.error), went(start.gradient, here.gradient));
            let [error, gradient] = [here.error / start.error, here.gradient / start.gradient];
            let stays = if start.on == 0 { "The slope is 1" } else { "The slope stays 1" };
            if gradient.is_nan() || gradient > 1.0 - SAME {
                format!("{stays} {whose}; the errors went {errors}, and ‖∇f‖ went {gradients}.")
            } else if error < 1.0 - SAME {
                let rest = if gradient < 0.5 * error { "; the remaining errors cancel out" } else { "" };
                format!("{stays}; the errors shrink ({errors}), so the gradient does: ‖∇f‖ {gradients}{rest}.")
            } else {
                format!("{stays}; the errors are no smaller ({errors}), but cancel each other: ‖∇f‖ {gradients}.")
            }
        }
        _ if here.slope < SATURATED * unit.steepest => format!(
            "Saturated: the slope is only {} of at most {}, so the gradient is short, ‖∇f‖ = {}, though the error is {}.",
            few(here.slope),
            few(unit.steepest),
            few(here.gradient),
            few(here.error)
        ),
        None => format!(
            "The slope is {} in the mean, of at most {}: it multiplies every error in the gradient.",
            few(here.slope),
            few(unit.steepest)
        ),
        Some(start) => format!(
            "Slope and error multiply: the slope went {}, the error {}, and ‖∇f‖ {}.",
            went(start.slope, here.slope),
            went(start.error, here.error),
            went(start.gradient, here.gradient)
        ),
    }
}

/// Few digits; a slope of 1 is just 1.
fn few(value: f64) -> String {
    if value == 1.0 || value == 0.0 {
        format!("{value}")
    } else if (1e-3..1e4).contains(&value) {
        significant(value, 2)
    } else {
        brief(value)
    }
}

/// Both along the run.
fn chart_ui(state: &State, along: &Slopes, index: usize, here: &Slope, ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT * k), Sense::hover());
    let (primitives, view) = slopes_chart(along, index);
    paint_sample(ui, rect, view, state.view.chrome.theme, k, &primitives);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Canvas, true, format!("Slope and gradient along the run: {}", ends(along)))
    });
    response.hint("The mean slope of the activation and ‖∇f‖, step by step, each as a share of its maximum.");
    let names = [("slope φ′", here.slope), ("‖∇f‖", here.gradient)];
    ui.horizontal(|ui| {
        for ((name, value), pen) in names.into_iter().zip(pens()) {
            sample_ui(state, pen, ui);
            ui.label(theme::role(state.view.chrome.theme, format!("{name} {}", few(value)), pen.ink).small());
        }
    });
}

/// Slope and gradient at the first step and at the last.
fn ends(along: &Slopes) -> String {
    let at = |(step, slope): &(usize, Slope)| {
        format!("at step {step} slope {}, ‖∇f‖ {}", few(slope.slope), few(slope.gradient))
    };
    along.steps.first().into_iter().chain(along.steps.last()).map(at).collect::<Vec<_>>().join(", ")
}

/// A stroke of a pen, beside its name.
fn sample_ui(state: &State, pen: Pen, ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let (rect, _) = ui.allocate_exact_size(vec2(24.0 * k, 10.0 * k), Sense::hover());
    let rect = Rect::from_min_max(pos2(rect.left(), rect.top()), rect.max);
    let line = Primitive::line(vec![Point::new(0.0, 0.5), Point::new(1.0, 0.5)], pen);
    paint_sample(ui, rect, ViewBox::new(0.0, 1.0, 0.0, 1.0), state.view.chrome.theme, k, &[line]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(on: usize, slope: f64, error: f64, gradient: f64) -> Slope {
        Slope { samples: 16, on, slope, error, gradient }
    }

    #[test]
    fn one_sentence_says_why_the_gradient_is_as_long_as_it_is() {
        let relu = Unit { is_constant: true, switches: true, steepest: 1.0 };
        let line = Unit { switches: false, ..relu };
        let tanh = Unit { is_constant: false, switches: false, steepest: 1.0 };
        let start = slope(9, 1.0, 0.8, 1.6);
        for (unit, start, here, words) in [
            (
                &relu,
                None,
                start,
                "The slope is 1 wherever the unit is on: only the errors determine the length of the gradient.",
            ),
            (&line, None, start, "The slope is 1 everywhere: only the errors determine the length of the gradient."),
            (&relu, Some(&start), slope(0, 0.0, 0.0, 0.0), "The slope is 0 for every sample: nothing moves."),
            (
                &relu,
                Some(&start),
                slope(9, 1.0, 0.4, 0.8),
                "The slope stays 1; the errors shrink (0.80 → 0.40), so the gradient does: ‖∇f‖ 1.6 → 0.80.",
            ),
            (
                &relu,
                Some(&start),
                slope(8, 1.0, 0.08, 0.0016),
                "The slope stays 1; the errors shrink (0.80 → 0.080), so the gradient does: ‖∇f‖ 1.6 → 0.0016; the remaining errors cancel out.",
            ),
            (
                &relu,
                Some(&start),
                slope(9, 1.0, 0.9, 0.2),
                "The slope stays 1; the errors are no smaller (0.80 → 0.90), but cancel each other: ‖∇f‖ 1.6 → 0.20.",
            ),
            (
                &relu,
                Some(&start),
                slope(4, 1.0, 2.0, 3.2),
                "The slope stays 1 wherever the unit is on; the errors went 0.80 → 2.0, and ‖∇f‖ went 1.6 → 3.2.",
            ),
            (
                &tanh,
                Some(&start),
                slope(16, 0.05, 0.9, 0.01),
                "Saturated: the slope is only 0.050 of at most 1, so the gradient is short, ‖∇f‖ = 0.010, though the error is 0.90.",
            ),
            (
                &tanh,
                None,
                slope(16, 0.5, 0.9, 1.0),
                "The slope is 0.50 in the mean, of at most 1: it multiplies every error in the gradient.",
            ),
            (
                &tanh,
                Some(&slope(16, 0.9, 0.5, 1.0)),
                slope(16, 0.5, 0.25, 0.2),
                "Slope and error multiply: the slope went 0.90 → 0.50, the error 0.50 → 0.25, and ‖∇f‖ 1 → 0.20.",
            ),
        ] {
            assert_eq!(description(unit, start, &here), words);
        }
    }
}
