//! How far the local models are valid: along the step in lengths and in shares of it, a bound of the plane's error, and the waist.

use egui::{Label, RichText, Ui};

use super::row;
use crate::analysis::{ModelOrder, ValidityInterval, ValidityRegion};
use crate::drawing::ink::Ink;
use crate::landscapes::Parameter;
use crate::numbers::Vector;
use crate::numbers::numerals::{brief, number, percent};
use crate::run::{SEARCHED, StepAnalysis};
use crate::state::{Command, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::parameter_control::ParameterControl;

/// The share of its prediction within which a local model counts as valid, in percent.
const SHARE: Parameter = Parameter::log("tolerance", "", 10.0, [1.0, 100.0]).described(
    "tolerance, %",
    "The model error that is tolerated, as a share of the predicted change, on the map and in every number here.",
);

/// An error above its bound by more than this share is no rounding.
const ROUNDING: f64 = 1e-6;

/// The most telling number, for the heading.
pub(super) fn brief_reach(analysis: &StepAnalysis) -> String {
    match analysis.good_for(analysis.order) {
        Some(good) if good < 1.0 => format!("{} of the step", brief(good)),
        Some(_) => "all the way".to_owned(),
        None => String::new(),
    }
}

pub(super) fn reach_ui(state: &State, analysis: &StepAnalysis, ui: &mut Ui, commands: &mut Vec<Command>) {
    let parameter =
        ParameterControl { parameter: &SHARE, value: rounded(100.0 * analysis.share), owner: "the prediction" };
    parameter.show(ui, commands, |value| Command::View(ViewCommand::SetShare(value / 100.0)));
    along_the_step(state, analysis, ui);
    if let Some(words) = gap(state, analysis) {
        ui.add(Label::new(theme::muted(words).small()).wrap());
    }
    bound(state, analysis, ui);
    for region in state.derived.regions() {
        around(state, region, ui);
    }
    for interval in state.derived.intervals() {
        along_the_axis(state, interval, ui);
    }
    if let Some(words) = waist(state, analysis) {
        ui.add(Label::new(theme::muted(words).small()).wrap());
    }
}

/// Percent without what is left by a multiplication.
fn rounded(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

/// What a local model is called; of one weight the plane is a line.
fn local_model(state: &State, order: ModelOrder) -> (&'static str, Ink) {
    match order {
        ModelOrder::Linear if is_one(state) => ("tangent line", Ink::Plane),
        ModelOrder::Linear => ("plane", Ink::Plane),
        ModelOrder::Quadratic => ("quadratic", Ink::Quadratic),
    }
}

fn is_one(state: &State) -> bool {
    state.document.landscape.dimension().is_one()
}

fn inked(state: &State, text: String, ink: Ink) -> RichText {
    theme::strong(text).color(theme::color(ink.text(state.view.chrome.theme)))
}

fn along_the_step(state: &State, analysis: &StepAnalysis, ui: &mut Ui) {
    let Some(length) = analysis.proposed().map(|step| step.norm()).filter(|length| *length > 0.0) else { return };
    for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
        let (name, ink) = local_model(state, order);
        let good = match analysis.good_for(order) {
            None => "predicts no change".to_owned(),
            Some(good) if good.is_infinite() => format!("over {SEARCHED} steps"),
            Some(good) => format!("{}, {} steps", number(good * length), brief(good)),
        };
        let help = format!(
            "The validity radius along the step: up to there the {name} is right within {} of the predicted change, as a length and in lengths of the step.",
            percent(analysis.share)
        );
        row(ui, format!("{name} valid up to"), inked(state, good, ink), &help);
    }
    let times = analysis.good_for(analysis.order).map(|good| 1.0 / good);
    if let Some(times) = times.filter(|times| (1.0..1e300).contains(times)) {
        const HELP: &str = "The length of the step divided by the validity radius of the method's model.";
        row(ui, "step / validity radius", theme::strong(brief(times)), HELP);
    }
}

/// What ends the local models along the step, where it is that the loss has no value.
fn gap(state: &State, analysis: &StepAnalysis) -> Option<String> {
    let (reach, enters) = analysis.ends_at_gap(&state.document.landscape)?;
    Some(format!("The step's direction {enters} {} ahead: no local model is valid beyond.", number(reach)))
}

/// Largest curvature, bound and error: one below the other, so that the last is seen to be smaller.
fn bound(state: &State, analysis: &StepAnalysis, ui: &mut Ui) {
    let moves = analysis.proposed().is_some_and(|step| step.norm() > 0.0);
    let Some(found) = state.derived.plane_bound() else {
        if moves {
            ui.label(theme::muted("No bound: on the way a curvature is not finite.").small());
        }
        return;
    };
    if !moves {
        return;
    }
    let [largest, bound, error_name] = if is_one(state) {
        ["L, estimate: largest |f″|", "line's error ≤ ½Ld²", "line's error |Δf − f′d|"]
    } else {
        ["L, estimate: largest ‖H‖", "plane error ≤ ½L‖d‖²", "plane error |Δf − g·d|"]
    };
    let plane = if is_one(state) { "tangent line" } else { "tangent plane" };
    row(
        ui,
        largest,
        theme::strong(number(found.steepest)),
        "The largest curvature on the step: the maximum of 65 samples. An estimate, since between two samples it may be larger.",
    );
    row(
        ui,
        bound,
        theme::strong(number(found.bound)),
        &format!("An upper bound of the {plane}'s error after a step d, if the curvature is at most L."),
    );
    let exceeded = found.error > (1.0 + ROUNDING) * found.bound;
    let none = found.error == 0.0;
    let error = theme::strong(if none { "0, to rounding".to_owned() } else { number(found.error) });
    row(
        ui,
        error_name,
        if exceeded { error.color(theme::color(Ink::Gap.text(state.view.chrome.theme))) } else { error },
        &format!("The error of the {plane} at the end of the step: actual minus predicted change."),
    );
    if exceeded {
        let slope = if is_one(state) { "slope" } else { "gradient" };
        let words = format!(
            "More than the bound: the {slope} jumps on the step, or the curvature is largest between the samples."
        );
        ui.add(Label::new(theme::muted(words).small()).wrap());
    }
}

/// The shortest and the longest way from the point to the rim.
fn around(state: &State, region: &ValidityRegion, ui: &mut Ui) {
    let (name, ink) = local_model(state, region.order);
    let [least, most] = region.extent;
    let open = |length: f64| length >= region.limit;
    let text = match (open(least), open(most)) {
        (true, _) => "everywhere on the map".to_owned(),
        (false, true) => format!("{} to beyond the map", number(least)),
        (false, false) => format!("{} to {}", number(least), number(most)),
    };
    row(
        ui,
        format!("{name}, all directions"),
        inked(state, text, ink),
        "The validity radius in the worst and in the best direction.",
    );
}

/// From where to where a local model of one weight is right.
fn along_the_axis(state: &State, interval: &ValidityInterval, ui: &mut Ui) {
    let (name, ink) = local_model(state, interval.order);
    let text = match interval.ends {
        [None, None] => "everywhere on the curve".to_owned(),
        [Some(left), None] => format!("x ≥ {}", number(left)),
        [None, Some(right)] => format!("x ≤ {}", number(right)),
        [Some(left), Some(right)] => format!("{} ≤ x ≤ {}", number(left), number(right)),
    };
    row(
        ui,
        format!("{name}, both directions"),
        inked(state, text, ink),
        "The interval around the point in which it is right.",
    );
}

/// What is to be known of the direction in which the plane predicts nothing.
fn waist(state: &State, analysis: &StepAnalysis) -> Option<String> {
    let share = percent(analysis.share);
    if analysis.model.gradient == Vector::zeros() {
        let words = if is_one(state) {
            "The slope is zero here: the tangent line predicts no change and is valid nowhere."
        } else {
            "The gradient is zero here: the plane predicts no change and is valid nowhere."
        };
        return Some(words.to_owned());
    }
    state.derived.pinches().then(|| {
        format!("The region where the plane is right within {share} is narrow across the gradient, where the plane predicts no change.")
    })
}
