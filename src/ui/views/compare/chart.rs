//! The chart below the table: work, a step's cost or memory against the number of weights, or steps against the rate.

use egui::Ui;

use super::names::short_names_of;
use crate::analysis::{Bound, Curvature, LocalModel};
use crate::drawing::ink::{Ink, MarkerShape, run_style};
use crate::drawing::log_chart::{LogBand, LogCurve, LogLevel, LogMark, draw_levels, log_chart};
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{bytes, number, parameter, rough, seconds};
use crate::optimizers::{Choice, CostModel, Method, YARDSTICKS, short_name};
use crate::render::flat::{Axes, FlatResponse, FlatView, LegendRow};
use crate::state::{Command, CompareChange, CompareChart, Comparison, State, Until, ViewCommand};
use crate::studies::Flip;
use crate::ui::theme;
use crate::ui::views::chart_legend::{Entry, Legend, Sample};
use crate::ui::widgets::hint::Hint as _;

/// Numbers of weights at which costs are drawn.
const PLACES: usize = 97;

/// The chart as it is shown.
pub(super) struct Chart {
    /// Without and with the names of the curves.
    primitives: [Vec<Primitive<'static>>; 2],
    view: ViewBox,
    names: [&'static str; 2],
    pub(super) description: String,
    /// Whether a press chooses the number of weights.
    is_of_weights: bool,
    /// What is read off at a place: the name of each curve with its places.
    read: Vec<(String, Vec<[f64; 2]>)>,
    pub(super) legend: Legend,
}

/// Operations a second of a large accelerator.
const SPEED: f64 = 1e14;
/// Times that people know, in seconds, those that say most first.
const TIMES: [(f64, &str); 6] = [
    (1.0, "1 s"),
    (31_557_600.0, "a year"),
    (4.35e17, "age of the universe"),
    (86_400.0, "a day"),
    (1e-3, "1 ms"),
    (1e-9, "1 ns"),
];
/// Memories that people know, in bytes, likewise.
const MEMORIES: [(f64, &str); 4] = [(16e9, "a laptop"), (8e14, "10 000 accelerators"), (1e21, "1 ZB"), (1e6, "1 MB")];
/// Marks of anything but a run.
const MARKS: [MarkerShape; 4] = [MarkerShape::Diamond, MarkerShape::Plus, MarkerShape::Square, MarkerShape::Cross];
/// With less width or height, in points at normal type, an axis has no name.
const ROOM_FOR_NAMES: [f32; 2] = [230.0, 130.0];
/// The width of the chart with which the names of the flips have room, in points at normal type.
const ROOM_FOR_FLIPS: f32 = 260.0;
/// Places of a curve from one mark to the next.
const MARKED: usize = 16;

/// The chosen chart in a room of this width, in points at normal type, or why there is none.
pub(super) fn chart(state: &State, comparison: &Comparison<'_>, width: f32) -> Result<Chart, String> {
    match state.view.scene.compare.chart {
        CompareChart::Rates => rates(state, comparison),
        CompareChart::Work => work(state, comparison, Legend::leaves(width) >= ROOM_FOR_FLIPS),
        CompareChart::Step => step(state, comparison),
        CompareChart::Memory => memory(state, comparison),
    }
}

impl Chart {
    /// Shows it; the curves have their names where no legend has them.
    pub(super) fn show(&self, state: &State, has_legend: bool, ui: &mut Ui) -> FlatResponse {
        FlatView {
            id: "compare",
            view: self.view,
            equal_scales: false,
            background: None,
            primitives: self.primitives[usize::from(!has_legend)].clone(),
            theme: state.view.chrome.theme,
            scale: theme::factor_in(ui),
            axes: Axes::Named { log: [true, true], names: self.shown_names(ui) },
            has_words: true,
            covered: None,
            legend: LegendRow::None,
            setup: None,
        }
        .show(ui)
    }

    /// The names of the axes where there is room beside the curves: the controls and the line at n say the same.
    fn shown_names(&self, ui: &Ui) -> [&'static str; 2] {
        let room = ui.available_size() / theme::factor_in(ui);
        let [x, y] = self.names;
        // That the steps are the same is in the help, too.
        let x = if x == WORK_AXIS && room.x < ROOM_FOR_NAMES[0] { WEIGHTS_AXIS } else { x };
        [if room.y < ROOM_FOR_NAMES[1] { "" } else { x }, if room.x < ROOM_FOR_NAMES[0] { "" } else { y }]
    }

    /// A press chooses the number of weights, and the pointer reads off what each curve has there.
    pub(super) fn interact(&self, shown: &FlatResponse, ui: &Ui, commands: &mut Vec<Command>) {
        let response = &shown.response;
        if let Some(at) = response.hover_pos() {
            let frame = shown.mapping.frame();
            let theme = theme::theme_of(ui.style());
            ui.painter().vline(at.x, frame.y_range(), theme::stroke(theme, Ink::Muted, 1.0));
            let x = libm::pow(10.0, shown.mapping.point(at).x);
            response.clone().hint_at_pointer(self.reading(x));
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

/// A chart against the number of weights while its parts come together.
struct OverWeights {
    model: CostModel,
    curves: Vec<LogCurve>,
    bands: Vec<LogBand>,
    entries: Vec<Entry>,
    /// What stands beside a name in the legend.
    value: fn(f64) -> String,
}

impl OverWeights {
    fn new(model: CostModel, value: fn(f64) -> String) -> Self {
        Self { model, curves: Vec::new(), bands: Vec::new(), entries: Vec::new(), value }
    }

    /// A curve of what something costs with n weights.
    fn curve(
        &mut self,
        names: Vec<String>,
        (ink, shape, width): (Ink, MarkerShape, f32),
        cost: impl Fn(&CostModel) -> f64,
    ) {
        let model = self.model;
        let places = weights().map(|weights| [weights, cost(&CostModel { weights, ..model })]).collect();
        let marked = [MARKED, 3 + 5 * self.curves.len() % MARKED];
        let size = cost(&model);
        let value = (self.value)(size);
        let name = names.first().cloned().unwrap_or_default();
        self.entries.push(Entry { names, ink, sample: Sample::Line(width, shape), size, value });
        self.curves.push(LogCurve { name, ink, marker: Some(shape), marked, width, places });
    }

    /// A band between what something costs with the cheapest and the most expensive product of the Hessian with a vector.
    fn band(&mut self, name: &str, cost: impl Fn(&CostModel) -> f64) {
        let with = |weights: f64, hessian_vector: f64| cost(&CostModel { weights, hessian_vector });
        let [least, most] = CostModel::HESSIAN_VECTOR;
        let places = weights().map(|weights| [weights, with(weights, least), with(weights, most)]).collect();
        let ink = Ink::Quadratic;
        self.bands.push(LogBand { places, ink });
        let places = weights().map(|weights| [weights, with(weights, self.model.hessian_vector)]).collect();
        let size = cost(&self.model);
        let name = name.to_owned();
        let names = vec![name.clone()];
        self.entries.push(Entry { names, ink, sample: Sample::Band, size, value: (self.value)(size) });
        self.curves.push(LogCurve { name, ink, marker: None, marked: [1, 0], width: 1.2, places });
    }

    fn built(
        mut self,
        marks: Vec<LogMark>,
        levels: &[(f64, &'static str)],
        (weights, axis, heading, help): (&'static str, &'static str, String, &'static str),
        description: String,
    ) -> Result<Chart, String> {
        self.entries.sort_by(|a, b| b.size.total_cmp(&a.size));
        let legend = Legend { heading, help, entries: self.entries };
        let levels: Vec<LogLevel> = levels.iter().map(|(y, name)| LogLevel { y: *y, name }).collect();
        built((self.curves, self.bands, marks), &levels, [weights, axis], description, legend)
    }
}

/// How long operations take.
fn duration(operations: f64) -> String {
    seconds(operations / SPEED)
}

/// What stands above the times of a legend, and what that means.
fn of_times(state: &State) -> (String, &'static str) {
    let n = rough(state.view.scene.compare.model.weights);
    (format!("n = {n}, 10¹⁴ operations/s"), "How long it takes at 10¹⁴ operations a second, as of a large accelerator.")
}

/// Times as operations.
fn times() -> Vec<(f64, &'static str)> {
    TIMES.map(|(time, name)| (time * SPEED, name)).to_vec()
}

fn built(
    (curves, bands, marks): (Vec<LogCurve>, Vec<LogBand>, Vec<LogMark>),
    levels: &[LogLevel],
    names: [&'static str; 2],
    description: String,
    legend: Legend,
) -> Result<Chart, String> {
    let unnamed: Vec<LogCurve> = curves.iter().map(|curve| LogCurve { name: String::new(), ..curve.clone() }).collect();
    let drawn = |curves: &[LogCurve]| {
        let mut drawn = log_chart(curves, &bands, &marks)?;
        draw_levels(levels, &mut drawn);
        Some(drawn)
    };
    let both = drawn(&unnamed).zip(drawn(&curves)).ok_or_else(|| "There is nothing to draw".to_owned())?;
    let (view, primitives) = (both.0.view, [both.0.primitives, both.1.primitives]);
    let is_of_weights = [WEIGHTS_AXIS, WORK_AXIS].contains(&names[0]);
    let read = curves.into_iter().map(|curve| (curve.name, curve.places)).collect();
    Ok(Chart { primitives, view, names, description, is_of_weights, read, legend })
}

const WEIGHTS_AXIS: &str = "weights n";
/// Where the price of a whole run is drawn: its steps are those that were counted.
const WORK_AXIS: &str = "weights n, same steps";

/// The operations until a run has finished, with the flips, whose names say that they are where there is room.
fn work(state: &State, comparison: &Comparison<'_>, is_roomy: bool) -> Result<Chart, String> {
    let mut parts = OverWeights::new(comparison.finish.model, duration);
    for (place, row) in comparison.rows.iter().enumerate() {
        let Some(row) = row.as_ref().filter(|row| row.can_win()) else { continue };
        let cost = comparison.race.entrants()[place].cost();
        let operations = |model: &CostModel| model.operations(cost, row.evaluations, row.steps);
        parts.curve(short_names_of(state, comparison, place), style(state, comparison, place), operations);
    }
    if parts.curves.is_empty() {
        let why = if state.view.scene.compare.until == Until::Budget {
            "With a budget every run does the same work: choose the chart of a step"
        } else if comparison.race.is_finished() {
            "No run meets the criterion at a minimum: choose another, or the chart of a step"
        } else {
            "No run has met the criterion yet"
        };
        return Err(why.to_owned());
    }
    // The winner first: where not all of them have room, it is among those that are seen.
    parts.entries.iter_mut().for_each(|entry| entry.size = -entry.size);
    let names = flip_names(comparison.flips, if is_roomy { "flips at n =" } else { "flip at" });
    let flip = |(found, name): (&Flip, String)| LogMark { x: found.weights, name, ink: Ink::Muted, width: 1.0 };
    let marks = comparison.flips.iter().zip(names).map(flip).chain([now(state)]).collect();
    let description = format!(
        "Operations until the criterion is met against the number of weights, the same steps at each, {} runs",
        parts.curves.len()
    );
    let (heading, help) = of_times(state);
    parts.built(marks, &times(), (WORK_AXIS, "operations", heading, help), description)
}

/// What the flips are called after a word: each by the last number of weights before it, those that are too near for two names by one.
fn flip_names(flips: &[Flip], word: &str) -> Vec<String> {
    /// A factor between two numbers of weights at which their names stand on each other.
    const NEAR: f64 = 30.0;
    let mut names: Vec<String> = Vec::new();
    let mut first = 0;
    for (place, flip) in flips.iter().enumerate() {
        let last = rough(flip.last_before());
        if place > 0 && flip.weights < NEAR * flips[first].weights {
            names[first] = format!("{}, {last}", names[first]);
            names.push(String::new());
        } else {
            first = place;
            names.push(format!("{word} {last}"));
        }
    }
    names
}

/// The operations of a step, those of a gradient by both ways, and products of the Hessian with a vector as bands.
fn step(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let mut parts = OverWeights::new(comparison.finish.model, duration);
    let mut seen = Vec::new();
    for (place, row) in comparison.rows.iter().enumerate() {
        let entry = comparison.race.question().recipes[place].optimizer.entry;
        let Some(row) = row.as_ref().filter(|row| row.steps > 0 && !seen.contains(&entry.id)) else { continue };
        seen.push(entry.id);
        let cost = comparison.race.entrants()[place].cost();
        // On average: line searches and rejected steps ask for more in one step than in another.
        let operations = |model: &CostModel| model.operations(cost, row.evaluations, row.steps) / row.steps as f64;
        parts.curve(names_of(entry), style(state, comparison, place), operations);
    }
    for (yardstick, shape) in YARDSTICKS.iter().zip(MARKS) {
        parts.curve(vec![yardstick.name.to_owned()], (Ink::Muted, shape, 1.2), yardstick.operations);
    }
    parts.band("Hv, 2 to 5 ∇f", |model| model.hessian_vector * model.gradient());
    parts.band("Hessian, n products Hv", |model| model.hessian() * model.gradient());
    let description = "Operations of one step of every method against the number of weights".to_owned();
    let (heading, help) = of_times(state);
    parts.built(vec![now(state)], &times(), (WEIGHTS_AXIS, "operations a step", heading, help), description)
}

/// What a method may be called, the longest first.
fn names_of(method: &Method) -> Vec<String> {
    vec![short_name(method.name), method.brief.to_owned()]
}

/// The memory of a step.
fn memory(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let mut parts = OverWeights::new(comparison.finish.model, bytes);
    let mut seen = Vec::new();
    for (place, entrant) in comparison.race.entrants().iter().take(comparison.rows.len()).enumerate() {
        let entry = comparison.race.question().recipes[place].optimizer.entry;
        if !seen.contains(&entry.id) {
            seen.push(entry.id);
            let memory = |model: &CostModel| model.memory(entrant.cost());
            parts.curve(names_of(entry), style(state, comparison, place), memory);
        }
    }
    // What keeps vectors alone, between that of a gradient and that of a matrix.
    for (yardstick, shape) in YARDSTICKS[1..3].iter().zip(MARKS) {
        parts.curve(vec![yardstick.name.to_owned()], (Ink::Muted, shape, 1.2), yardstick.memory);
    }
    let heading = format!("n = {}", rough(state.view.scene.compare.model.weights));
    let help = "What a step needs beside the weights, in numbers of eight bytes.";
    let description = "Bytes of a step of every method against the number of weights".to_owned();
    parts.built(vec![now(state)], &MEMORIES, (WEIGHTS_AXIS, "bytes", heading, help), description)
}

/// The steps of every run that was tuned against its rate with the best one, and the limit of each method at the lowest minimum.
fn rates(state: &State, comparison: &Comparison<'_>) -> Result<Chart, String> {
    let mut curves = Vec::new();
    let (mut marks, mut entries) = (Vec::new(), Vec::new());
    for (place, entrant) in comparison.race.entrants().iter().take(comparison.rows.len()).enumerate() {
        let trials = entrant.trials();
        if trials.is_empty() {
            continue;
        }
        let (ink, shape, width) = style(state, comparison, place);
        let steps = |reached: Option<usize>| reached.map_or(f64::NAN, |step| step.max(1) as f64);
        let places = trials.iter().map(|trial| [trial.rate, steps(trial.reached)]).collect();
        // The best rate stands out, with nothing written over it.
        let chosen = entrant.optimizer().and_then(|choice| Some(choice.parameters[choice.entry.rate_index()?]));
        let best = trials.iter().find(|trial| trial.reached.is_some() && Some(trial.rate) == chosen);
        let best = best.map(|trial| [trial.rate, steps(trial.reached)]);
        let names = short_names_of(state, comparison, place);
        let name = names.first().cloned().unwrap_or_default();
        let value = best.map_or_else(|| "–".to_owned(), |[rate, _]| format!("η {}", parameter(few(rate))));
        let size = -(place as f64);
        entries.push(Entry { names, ink, sample: Sample::Line(width, shape), size, value });
        curves.push(LogCurve { name, ink, marker: Some(shape), marked: [1, 0], width, places });
        if let Some(at) = best {
            let (name, marker) = (String::new(), Some(MarkerShape::Star));
            curves.push(LogCurve { name, ink, marker, marked: [1, 0], width: 3.0 * width, places: vec![at] });
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
    let help = "The rate with which each needs the fewest steps, the star of its curve.";
    let legend = Legend { heading: "★ best rate".to_owned(), help, entries };
    built((curves, Vec::new(), marks), &[], ["learning rate η", "steps"], description, legend)
}

/// To three digits.
fn few(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
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

/// "limit, Momentum".
fn limit_name(optimizer: &Choice) -> String {
    format!("limit, {}", optimizer.entry.brief)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Flips that are near each other on the axis have one name, which has all of their numbers.
    #[test]
    fn names_of_near_flips_do_not_stand_on_each_other() {
        let named = |weights: &[f64]| {
            let flips: Vec<Flip> =
                weights.iter().map(|weights| Flip { weights: *weights, before: 0, after: 1 }).collect();
            flip_names(&flips, "flips at n =")
        };
        assert_eq!(named(&[33.2, 35.9]), ["flips at n = 33, 35", ""]);
        assert_eq!(named(&[33.2, 5000.5]), ["flips at n = 33", "flips at n = 5000"]);
        assert_eq!(named(&[]), Vec::<String>::new());
    }
}
