//! The question of the sweep: the selected run's method, and the values of the varied parameters.

use super::{SweepUntil, Swept};
use crate::analysis::{CriticalPoint, Curvature, Kind, KnownMinima, LocalModel};
use crate::landscapes::Parameter;
use crate::numbers::Point;
use crate::optimizers::{Choice, RATE_RATIO, StepScale};
use crate::state::{Card, Document, View};
use crate::studies::{SweepAxis, SweepKey, SweepQuestion, Tolerance};

/// Steps of a walk at most: a run may be longer.
const MOST_STEPS: usize = 2000;
/// A rate that is measured by the curvature is examined between these shares of 2/λmax.
const BY_CURVATURE: [f64; 2] = [1e-2, 3.0];
/// The step to the minimum along the steepest direction, as a share of 2/λmax: η = 1/λmax.
const WHOLE_STEP: f64 = 0.5;
/// Any other rate is examined between these shares of the usual one.
const BY_USUAL: [f64; 2] = [1e-2, 30.0];
/// Rates to which one can zoom.
const RATES: [f64; 2] = [1e-12, 1e9];

/// What is known of the landscape.
pub(super) struct KnownPoints<'a> {
    pub(super) points: &'a [CriticalPoint],
    pub(super) minima: &'a KnownMinima,
}

/// The question, or the reason why there is none.
pub(super) fn question(
    document: &Document,
    view: &View,
    card: &Card,
    known: &KnownPoints<'_>,
) -> Result<SweepQuestion, String> {
    let (choice, method) = (&view.scene.sweep, card.optimizer.entry);
    let Some([Some(x), y]) = choice.keys(method) else {
        return Err(format!("{} has no parameter that is a number, so there is nothing to vary", method.name));
    };
    let start = document.start_of(card);
    let first = document.landscape.loss().first_order(start);
    if !(first.value.is_finite() && first.gradient.iter().all(|slope| slope.is_finite())) {
        return Err("the loss has no finite value and gradient at the start".to_owned());
    }
    let tolerance = match choice.until {
        SweepUntil::Gradient => Tolerance::Gradient(choice.tolerance),
        SweepUntil::Loss => match known.minima.lowest() {
            Some(lowest) => Tolerance::Loss(lowest.value + choice.tolerance),
            None => return Err("no minimum of this loss is known, so no loss is near f*: choose ‖∇f‖".to_owned()),
        },
        SweepUntil::Distance if known.minima.is_empty() => {
            return Err("no minimum of this loss is known, so none is near: choose ‖∇f‖".to_owned());
        }
        SweepUntil::Distance => Tolerance::Distance(choice.tolerance),
    };
    let optimizer = unvaried(&card.optimizer, [Some(x), y]);
    let counts = SweepAxis::usual_counts(&optimizer, y.is_some());
    let region = choice.region.map_or([None; 2], |sides| sides.map(Some));
    let axis = |key: SweepKey, place: usize| {
        let usual = usual_values(document, &optimizer, key, known.points, start);
        let range = within(&optimizer, key, region[place], usual.range);
        let axis = SweepAxis::spaced(key, range, counts[place], key.is_log(method)).through(usual.natural);
        let is_whole = matches!(key, SweepKey::Parameter(place) if method.parameters[place].is_whole());
        if is_whole { axis.whole() } else { axis }
    };
    Ok(SweepQuestion {
        landscape: document.landscape.clone(),
        critical: known.points.to_vec(),
        minima: known.minima.clone(),
        start,
        steps: document.steps.clamp(1, MOST_STEPS),
        tolerance,
        x: axis(x, 0),
        y: y.map(|y| axis(y, 1)),
        seeds: if choice.seeds > 1 && optimizer.is_random() { (1..=choice.seeds).collect() } else { Vec::new() },
        optimizer,
    })
}

/// The method with the varied parameters set to their defaults, so that they do not change the question.
fn unvaried(optimizer: &Choice, keys: [Option<SweepKey>; 2]) -> Choice {
    let method = optimizer.entry;
    let mut unvaried = optimizer.clone();
    for key in keys.into_iter().flatten() {
        let places = match key {
            SweepKey::Parameter(place) => [Some(place), None],
            SweepKey::WeightRate(_) => [method.rate_index(), method.index_of(RATE_RATIO)],
        };
        for place in places.into_iter().flatten() {
            unvaried.parameters[place] = method.parameters[place].default;
        }
    }
    unvaried
}

/// The values that suit a parameter of a method on a loss.
pub(super) struct UsualValues {
    pub(super) range: [f64; 2],
    /// The value of the textbook: it is among those that are tried.
    natural: f64,
}

impl UsualValues {
    /// Rates by the curvature that limits them.
    fn by_curvature(largest: f64) -> Self {
        let limit = 2.0 / largest;
        Self { range: BY_CURVATURE.map(|share| share * limit), natural: WHOLE_STEP * limit }
    }
}

/// Those of what is varied.
fn usual_values(
    document: &Document,
    optimizer: &Choice,
    key: SweepKey,
    points: &[CriticalPoint],
    start: Point,
) -> UsualValues {
    let method = optimizer.entry;
    match key {
        SweepKey::Parameter(place) if Some(place) != method.rate_index() => {
            let parameter = &method.parameters[place];
            UsualValues { range: [parameter.min, parameter.max], natural: parameter.default }
        }
        SweepKey::Parameter(_) => rates(document, optimizer, points, start),
        SweepKey::WeightRate(weight) => {
            let hessian = decisive(document, points, start).hessian;
            let own = if weight == 0 { hessian.xx } else { hessian.yy };
            if own > 0.0 && own.is_finite() {
                UsualValues::by_curvature(own)
            } else {
                rates(document, optimizer, points, start)
            }
        }
    }
}

/// The local model whose curvature decides which rates suit: at the nearest known minimum, or at the start.
fn decisive(document: &Document, points: &[CriticalPoint], start: Point) -> LocalModel {
    let minima = points.iter().filter(|point| point.kind == Kind::Minimum).map(|point| point.at);
    let nearest = minima.min_by(|a, b| (a - start).norm().total_cmp(&(b - start).norm()));
    LocalModel::new(document.landscape.loss(), nearest.unwrap_or(start))
}

/// Rates around the limit of gradient descent at the nearest minimum, or around the rate that is suggested.
pub(super) fn rates(document: &Document, optimizer: &Choice, points: &[CriticalPoint], start: Point) -> UsualValues {
    let usual = document.suggested_rate(optimizer).map(|(_, rate)| rate);
    let usual = usual.or_else(|| optimizer.entry.rate_index().map(|place| optimizer.entry.parameters[place].default));
    let usual = usual.unwrap_or(1.0);
    let by_usual = UsualValues { range: BY_USUAL.map(|share| share * usual), natural: usual };
    if !matches!(optimizer.step_scale(), StepScale::Gradient(_)) {
        return by_usual;
    }
    let model = decisive(document, points, start);
    let largest = Curvature::of(&model).map(|curvature| curvature.eigen.values[1]);
    largest.filter(|largest| *largest > 0.0).map_or(by_usual, UsualValues::by_curvature)
}

/// The chosen range clamped to the parameter's; the usual one if nothing is left.
fn within(optimizer: &Choice, key: SweepKey, chosen: Option<[f64; 2]>, usual: [f64; 2]) -> [f64; 2] {
    let method = optimizer.entry;
    let [least, most] = match key {
        SweepKey::Parameter(place) if Some(place) != method.rate_index() => {
            [method.parameters[place].min, method.parameters[place].max]
        }
        _ => RATES,
    };
    let chosen = chosen.map(|[low, high]| [low.max(least), high.min(most)]);
    chosen.filter(|[low, high]| low < high && !(key.is_log(method) && *low <= 0.0)).unwrap_or(usual)
}

impl Swept<'_> {
    /// The parameters of a run at a place of the axes, each with its position in the method: rates of each weight are its rate and the
    /// ratio of both.
    pub fn parameters_at(&self, run: &Choice, values: [f64; 2]) -> Vec<(usize, f64)> {
        let question = self.sweep.question();
        let method = question.optimizer.entry;
        let mut rates = run.rates_of_weights();
        let mut found = Vec::new();
        for (axis, value) in question.axes().zip(values) {
            match axis.key {
                SweepKey::Parameter(place) => found.push((place, value)),
                SweepKey::WeightRate(weight) => rates[weight] = value,
            }
        }
        if let (Some(rate), Some(ratio), true) =
            (method.rate_index(), method.index_of(RATE_RATIO), rates != run.rates_of_weights())
        {
            found.extend([(rate, rates[0]), (ratio, rates[1] / rates[0])]);
        }
        let of = |(place, value): (usize, f64)| Some((place, possible(&method.parameters[place], value)?));
        found.into_iter().filter_map(of).collect()
    }
}

/// A value that a parameter can have: the nearest whole number where it needs one.
fn possible(parameter: &Parameter, value: f64) -> Option<f64> {
    let value = if parameter.is_whole() { value.round() } else { value };
    parameter.check(value).is_ok().then_some(value)
}

#[cfg(test)]
mod tests {
    use crate::landscapes::Landscape;
    use crate::numbers::some::{is_all, some};
    use crate::optimizers::{Choice, ENTRIES};
    use crate::state::{Command, Document, Pane, RunCommand, State, SweepChange, SweepOver, ViewCommand, sweeps_of};
    use crate::studies::SweepKey;
    use crate::studies::SweepParameter;

    /// Wherever a press is on the map of the rates of each weight, the run has both of them.
    #[test]
    fn a_place_far_from_the_diagonal_sets_both_rates() {
        let mut state = State::new(Document::new(Landscape::parse("himmelblau").unwrap()));
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Sweep))]);
        let method = state.document.card(state.selected).unwrap().optimizer.entry;
        assert_eq!(method.id, "gd");
        let is_of_weights = |over: &SweepOver| Some(over.x) == SweepParameter::find("lr1") && over.y.is_some();
        let over = sweeps_of(method).into_iter().find(is_of_weights).unwrap();
        state.apply(vec![Command::View(ViewCommand::Sweep(SweepChange::Over(over)))]);
        state.finish();
        for values in [[0.0003, 0.1], [0.08, 0.0006], [0.01, 0.011], [0.08, 0.17], [0.0003, 0.0006]] {
            let run = state.document.card(state.selected).unwrap().optimizer.clone();
            let found = state.derived.sweep().unwrap().parameters_at(&run, values);
            let mut set = found.iter().copied();
            let set = [set.next(), set.next()];
            state.apply(vec![Command::Runs(RunCommand::SetParameters { card: state.selected, values: set })]);
            state.finish();
            let rates = state.document.card(state.selected).unwrap().optimizer.rates_of_weights();
            let is_set = rates.iter().zip(values).all(|(rate, value)| (rate / value - 1.0).abs() < 1e-12);
            assert!(is_set, "{values:?}: {rates:?}");
            let swept = state.derived.sweep().unwrap();
            assert!(swept.sweep.is_finished(), "the sweep itself stays what it is");
        }
    }
    /// Newton's step with α = 1, not the neighbor of it; of every method, whatever is varied.
    #[test]
    fn the_value_of_the_textbook_is_among_those_that_are_tried() {
        let mut tried = 0;
        for entry in some(ENTRIES.iter(), 3) {
            let mut document = Document::new(Landscape::parse("bowl").unwrap());
            document.cards.clear();
            document.add(Choice::of(entry)).unwrap();
            document.steps = 1;
            let mut state = State::new(document);
            state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Sweep))]);
            state.finish_search();
            for over in sweeps_of(entry) {
                state.apply(vec![Command::View(ViewCommand::Sweep(SweepChange::Over(over)))]);
                let Some(swept) = state.derived.sweep() else { continue };
                for axis in swept.sweep.question().axes() {
                    let SweepKey::Parameter(place) = axis.key else { continue };
                    assert!(axis.values.is_sorted_by(|a, b| a < b), "{}: {axis:?}", entry.id);
                    if Some(place) != entry.rate_index() {
                        let default = entry.parameters[place].default;
                        assert!(axis.values.contains(&default), "{}, {}", entry.id, entry.parameters[place].name);
                        tried += 1;
                    }
                }
            }
        }
        assert!(tried > if is_all() { 20 } else { 6 }, "{tried}");
    }
}
