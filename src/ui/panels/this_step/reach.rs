//! How far the local models are good: along the step in lengths and in shares of it, a bound of the plane's error, and the waist.

use egui::{Label, RichText, Ui};

use super::row;
use crate::analysis::{ModelOrder, ValidityRegion};
use crate::drawing::ink::Ink;
use crate::landscapes::Parameter;
use crate::numbers::Vector;
use crate::numbers::numerals::{brief, number, percent};
use crate::run::{SEARCHED, StepAnalysis};
use crate::state::{Command, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::parameter_control::ParameterControl;

/// The share of its prediction within which a local model counts as good, in percent.
const SHARE: Parameter = Parameter::log("tolerance", "", 10.0, [1.0, 100.0]).described(
    "tolerance, %",
    "How wrong a sheet may be and still count as good: a share of what it promises, on the map and in every number here.",
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
        ParameterControl { parameter: &SHARE, value: rounded(100.0 * analysis.share), owner: "the promise" };
    parameter.show(ui, commands, |value| Command::View(ViewCommand::SetShare(value / 100.0)));
    along_the_step(state, analysis, ui);
    if let Some(words) = gap(state, analysis) {
        ui.add(Label::new(theme::muted(words).small()).wrap());
    }
    bound(state, analysis, ui);
    for region in state.derived.regions() {
        around(state, region, ui);
    }
    if let Some(words) = waist(state, analysis) {
        ui.add(Label::new(theme::muted(words).small()).wrap());
    }
}

/// Percent without what is left by a multiplication.
fn rounded(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

fn local_model(order: ModelOrder) -> (&'static str, Ink) {
    match order {
        ModelOrder::Linear => ("plane", Ink::Plane),
        ModelOrder::Quadratic => ("quadratic", Ink::Quadratic),
    }
}

fn inked(state: &State, text: String, ink: Ink) -> RichText {
    theme::strong(text).color(theme::color(ink.text(state.view.chrome.theme)))
}

fn along_the_step(state: &State, analysis: &StepAnalysis, ui: &mut Ui) {
    let Some(length) = analysis.proposed().map(|step| step.norm()).filter(|length| *length > 0.0) else { return };
    for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
        let (name, ink) = local_model(order);
        let good = match analysis.good_for(order) {
            None => "promises nothing".to_owned(),
            Some(good) if good.is_infinite() => format!("over {SEARCHED} steps"),
            Some(good) => format!("{}, {} steps", number(good * length), brief(good)),
        };
        row(
            ui,
            theme::muted(format!("{name} good up to")).small(),
            inked(state, good, ink),
            &format!(
                "How far along the step the {name} is right within {} of what it promises: as a distance, and in lengths of the step.",
                percent(analysis.share)
            ),
        );
    }
    if let Some(times) =
        analysis.good_for(analysis.order).map(|good| 1.0 / good).filter(|times| (1.0..1e300).contains(times))
    {
        row(
            ui,
            theme::muted("the step goes").small(),
            theme::strong(format!("{} times as far", brief(times))),
            "How many times further the step goes than the sheet the method believes in is good.",
        );
    }
}

/// What ends the local models along the step, where it is that the loss has no value.
fn gap(state: &State, analysis: &StepAnalysis) -> Option<String> {
    let (reach, enters) = analysis.ends_at_gap(&state.document.landscape)?;
    Some(format!("The step's direction {enters} {} ahead: no sheet is good beyond.", number(reach)))
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
    row(
        ui,
        theme::muted("L, estimate: largest ‖H‖").small(),
        theme::strong(number(found.steepest)),
        "How strongly the land curves between the point and the landing: the largest of 65 samples of ‖H‖. An estimate, since between two samples it may be larger.",
    );
    row(
        ui,
        theme::muted("plane wrong at most ½L‖d‖²").small(),
        theme::strong(number(found.bound)),
        "No plane is more wrong than this after a step d on land that curves by L at most.",
    );
    let exceeded = found.error > (1.0 + ROUNDING) * found.bound;
    let none = found.error == 0.0;
    let error = theme::strong(if none { "0, to rounding".to_owned() } else { number(found.error) });
    row(
        ui,
        theme::muted("plane wrong by |Δf − g·d|").small(),
        if exceeded { error.color(theme::color(Ink::Gap.text(state.view.chrome.theme))) } else { error },
        "How wrong the plane is at the landing: what happened, less what it promised.",
    );
    if exceeded {
        let words = "More than the bound: the slope jumps on the way, or the land curves most between the samples.";
        ui.add(Label::new(theme::muted(words).small()).wrap());
    }
}

/// The shortest and the longest way from the point to the rim.
fn around(state: &State, region: &ValidityRegion, ui: &mut Ui) {
    let (name, ink) = local_model(region.order);
    let [least, most] = region.extent;
    let open = |length: f64| length >= region.limit;
    let text = match (open(least), open(most)) {
        (true, _) => "everywhere on the map".to_owned(),
        (false, true) => format!("{} to off the map", number(least)),
        (false, false) => format!("{} to {}", number(least), number(most)),
    };
    row(
        ui,
        theme::muted(format!("{name}, all around")).small(),
        inked(state, text, ink),
        "The distance to which the sheet is good in its worst direction and in its best.",
    );
}

/// What is to be known of the direction in which the plane predicts nothing.
fn waist(state: &State, analysis: &StepAnalysis) -> Option<String> {
    let share = percent(analysis.share);
    if analysis.model.gradient == Vector::zeros() {
        return Some("The gradient is zero here: the plane promises nothing, and is good nowhere.".to_owned());
    }
    state.derived.pinches().then(|| {
        format!("Where the plane is good within {share} has a waist: it pinches across the gradient, where the plane promises nothing.")
    })
}
