//! The chart below the table: work, a step's cost or memory against the number of weights, or steps against the rate.

use egui::Ui;

use super::{name_of, whole};
use crate::analysis::{Bound, Curvature, LocalModel};
use crate::drawing::ink::{Ink, MarkerShape, run_style};
use crate::drawing::log_chart::{LogBand, LogCurve, LogMark, log_chart};
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{number, rough};
use crate::optimizers::{Choice, CostModel, short_name};
use crate::render::flat::{Axes, FlatView, LegendRow, Shown};
use crate::state::{Command, CompareChange, CompareChart, Comparison, State, ViewCommand};
use crate::ui::theme;

/// Numbers of weights at which costs are drawn.
const PLACES: usize = 97;

/// The chart as it is shown.
pub(super) struct Chart {
    primitives: Vec<Primitive<'static>>,
    view: ViewBox,
    names: [&'static str; 2],
    pub(super) description: String,
    /// Whether a press chooses the number of weights.
    is_of_weights: bool,
    /// What is read off at a place: the name of each curve with its places.
    read: Vec<(String, Vec<[f64; 2]>)>,
}

/// The chosen chart, or why there is none.
pub(super) fn chart(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    match state.view.scene.compare.chart {
        CompareChart::Rates => rates(state, comparison),
        CompareChart::Work => work(state, comparison),
        CompareChart::Step => step(state, comparison),
        CompareChart::Memory => memory(state, comparison),
    }
}

impl Chart {
    pub(super) fn show(&self, state: &State, ui: &mut Ui) -> Shown {
        FlatView {
            id: "compare",
            view: self.view,
            equal_scales: false,
            background: None,
            primitives: self.primitives.clone(),
            theme: state.view.chrome.theme,
            scale: state.view.chrome.type_scale.factor(),
            axes: Axes::Named { log: [true, true], names: self.names },
            has_words: true,
            covered: None,
            legend: LegendRow::None,
        }
        .show(ui)
    }

    /// A press chooses the number of weights, and the pointer reads off what each curve has there.
    pub(super) fn interact(&self, shown: &Shown, ui: &Ui, commands: &mut Vec<Command>) {
        let response = &shown.response;
        if let Some(at) = response.hover_pos() {
            let frame = shown.mapping.frame();
            let theme = theme::theme_of(ui.style());
            ui.painter().vline(at.x, frame.y_range(), theme::stroke(theme, Ink::Muted, 1.0));
            let x = libm::pow(10.0, shown.mapping.point(at).x);
            response.clone().on_hover_text_at_pointer(self.reading(x));
        }
        let pressed = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on());
        if let Some(at) = pressed.filter(|_| self.is_of_weights) {
            let weights = libm::pow(10.0, shown.mapping.point(at).x);
            commands.push(Command::View(ViewCommand::Compare(CompareChange::Weights(weights))));
        }
    }
}

impl Chart {
    /// "n 10⁴", and a line for each curve: at the nearest of its places, where it has one there.
    fn reading(&self, x: f64) -> String {
        let head = if self.is_of_weights { format!("n {}", rough(x)) } else { format!("η {}", rough(x)) };
        let nearest = |places: &Vec<[f64; 2]>| {
            let away = |place: &[f64; 2]| libm::log10(place[0] / x).abs();
            let within = |place: &&[f64; 2]| away(place) < AWAY;
            places.iter().filter(within).min_by(|a, b| away(a).total_cmp(&away(b))).map(|place| place[1])
        };
        let line = |(name, places): &(String, Vec<[f64; 2]>)| {
            let value = nearest(places).filter(|_| !name.is_empty())?;
            Some(format!("{name}: {}", if value.is_finite() { number(value) } else { "–".to_owned() }))
        };
        std::iter::once(head).chain(self.read.iter().filter_map(line)).collect::<Vec<_>>().join("\n")
    }
}

/// A place of a curve is read from this near, in powers of ten.
const AWAY: f64 = 0.1;

fn weights() -> impl Iterator<Item = f64> {
    let [low, high] = CostModel::WEIGHTS.map(libm::log10);
    (0..PLACES).map(move |index| libm::pow(10.0, low + (high - low) * index as f64 / (PLACES - 1) as f64))
}

fn style(state: &State, comparison: &Comparison<'_>, place: usize) -> (Ink, MarkerShape, f32) {
    let id = comparison.cards.get(place).copied();
    let card = id.and_then(|id| state.document.card(id));
    let (ink, shape) = run_style(card.map_or(0, |card| card.style));
    (ink, shape, if id == Some(state.selected) { 2.4 } else { 1.8 })
}

/// The line at the chosen number of weights.
fn now(state: &State) -> LogMark {
    let weights = state.view.scene.compare.model.weights;
    LogMark { x: weights, name: format!("n = {}", rough(weights)), ink: Ink::Truth, width: 1.6 }
}

/// A curve of what something costs with n weights.
fn against_weights(name: String, (ink, _, width): (Ink, MarkerShape, f32), cost: impl Fn(f64) -> f64) -> LogCurve {
    let places = weights().map(|weights| [weights, cost(weights)]).collect();
    LogCurve { name, ink, marker: None, width, places }
}

fn built(
    (curves, bands, marks): (Vec<LogCurve>, Vec<LogBand>, Vec<LogMark>),
    names: [&'static str; 2],
    description: String,
) -> Result<Chart, String> {
    let drawn = log_chart(&curves, &bands, &marks).ok_or_else(|| "There is nothing to draw".to_owned())?;
    let is_of_weights = names[0] == WEIGHTS_AXIS;
    let read = curves.into_iter().map(|curve| (curve.name, curve.places)).collect();
    Ok(Chart { primitives: drawn.primitives, view: drawn.view, names, description, is_of_weights, read })
}

const WEIGHTS_AXIS: &str = "weights n";

/// The operations until a run has finished, with the flips.
fn work(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let model = comparison.finish.model;
    let mut curves = Vec::new();
    for (place, row) in comparison.rows.iter().enumerate() {
        let Some(row) = row.as_ref().filter(|row| row.can_win()) else { continue };
        let cost = comparison.race.entrants()[place].cost();
        let operations = |weights| CostModel { weights, ..model }.operations(cost, row.evaluations, row.steps);
        curves.push(against_weights(name_of(comparison, place), style(state, comparison, place), operations));
    }
    if curves.is_empty() {
        return Err("No run has met the criterion yet".to_owned());
    }
    let flip = |weights: f64| LogMark { x: weights, name: rough(whole(weights)), ink: Ink::Muted, width: 1.0 };
    let marks = comparison.flips.iter().map(|found| flip(found.weights)).chain([now(state)]).collect();
    let description =
        format!("Operations until the criterion is met against the number of weights, {} runs", curves.len());
    built((curves, Vec::new(), marks), [WEIGHTS_AXIS, "operations"], description)
}

/// The operations of a step, those of a gradient by finite differences, and a Hessian by products with vectors as a band.
fn step(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let model = comparison.finish.model;
    let mut curves = Vec::new();
    let mut seen = Vec::new();
    for (place, row) in comparison.rows.iter().enumerate() {
        let entry = comparison.race.question().recipes[place].optimizer.entry;
        let Some(row) = row.as_ref().filter(|row| row.steps > 0 && !seen.contains(&entry.id)) else { continue };
        seen.push(entry.id);
        let cost = comparison.race.entrants()[place].cost();
        // On average: line searches and rejected steps ask for more in one step than in another.
        let operations =
            |weights| CostModel { weights, ..model }.operations(cost, row.evaluations, row.steps) / row.steps as f64;
        let name = entry.name.to_owned();
        curves.push(against_weights(name, style(state, comparison, place), operations));
    }
    let muted = (Ink::Muted, MarkerShape::Circle, 1.2);
    let differences = |weights| CostModel { weights, ..model }.gradient_by_differences();
    curves.push(against_weights("∇f by finite differences".to_owned(), muted, differences));
    let of_hessian = |weights: f64, factor: f64| {
        let model = CostModel { weights, hessian_vector: factor };
        model.hessian() * model.gradient()
    };
    let [least, most] = CostModel::HESSIAN_VECTOR;
    let places = weights().map(|weights| [weights, of_hessian(weights, least), of_hessian(weights, most)]).collect();
    let band = LogBand { places, ink: Ink::Quadratic };
    let name = "H by n products Hv of 2 to 5 ∇f".to_owned();
    let middle = |weights| of_hessian(weights, model.hessian_vector);
    curves.push(against_weights(name, (Ink::Quadratic, MarkerShape::Circle, 1.2), middle));
    let description = "Operations of one step of every method against the number of weights".to_owned();
    built((curves, vec![band], vec![now(state)]), [WEIGHTS_AXIS, "operations a step"], description)
}

/// The memory of a step.
fn memory(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let mut curves: Vec<LogCurve> = Vec::new();
    for (place, entrant) in comparison.race.entrants().iter().take(comparison.rows.len()).enumerate() {
        let bytes = |weights| CostModel { weights, ..comparison.finish.model }.memory(entrant.cost());
        curves.push(against_weights(name_of(comparison, place), style(state, comparison, place), bytes));
    }
    let description = "Bytes of a step of every method against the number of weights".to_owned();
    built((curves, Vec::new(), vec![now(state)]), [WEIGHTS_AXIS, "bytes"], description)
}

/// The steps of every run that was tuned against its rate with the best one, and the limit of each method at the lowest minimum.
fn rates(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let mut curves = Vec::new();
    let mut marks = Vec::new();
    for (place, entrant) in comparison.race.entrants().iter().take(comparison.rows.len()).enumerate() {
        let trials = entrant.trials();
        if trials.is_empty() {
            continue;
        }
        let (ink, shape, width) = style(state, comparison, place);
        let steps = |reached: Option<usize>| reached.map_or(f64::NAN, |step| step.max(1) as f64);
        let places = trials.iter().map(|trial| [trial.rate, steps(trial.reached)]).collect();
        // The best rate stands out, with nothing written over it.
        let best = trials.iter().filter(|trial| trial.reached.is_some()).min_by_key(|trial| trial.reached);
        let best = best.map(|trial| [trial.rate, steps(trial.reached)]);
        curves.push(LogCurve { name: name_of(comparison, place), ink, marker: Some(shape), width, places });
        if let Some(at) = best {
            let (name, marker) = (String::new(), Some(MarkerShape::Star));
            curves.push(LogCurve { name, ink, marker, width: 3.0 * width, places: vec![at] });
        }
        let optimizer = &comparison.race.question().recipes[place].optimizer;
        if let Some(limit) = limit_at_minimum(comparison, optimizer) {
            marks.push(LogMark { x: limit, name: limit_name(optimizer), ink, width: 1.2 });
        }
    }
    if curves.is_empty() {
        return Err("Choose the rates “best η”: then what is tried is drawn here".to_owned());
    }
    let description = "Steps until the criterion is met against the learning rate".to_owned();
    built((curves, Vec::new(), marks), ["learning rate η", "steps"], description)
}

/// The largest stable rate of a method by the curvature of the lowest known minimum; `None` where there is none.
fn limit_at_minimum(comparison: &Comparison<'_>, optimizer: &Choice) -> Option<f64> {
    let lowest = comparison.minima.lowest()?;
    let model = LocalModel::new(comparison.race.question().landscape.loss(), lowest.at);
    match optimizer.stability_bound().ok()?.bound(&Curvature::of(&model)?) {
        Bound::Limit { limit, .. } => Some(limit),
        Bound::Flat | Bound::CurvesDown { .. } => None,
    }
}

/// "limit of Momentum".
fn limit_name(optimizer: &Choice) -> String {
    format!("limit of {}", short_name(optimizer.entry.name))
}
