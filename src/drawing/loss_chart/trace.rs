//! A quantity along a run, as far as a chart can show it: found a little at a time, and continued as the run grows.
//!
//! What the run has recorded is evaluated at every step, and so is a Hessian of a run that is not too long; of the steps in a
//! column of the picture the least and the greatest value are kept.
//! What costs more Hessians or a replayed step is computed at some steps, evenly along the axis, from coarse to fine.
//! Where a step costs more than a frame, this is done in the background.

#[cfg(test)]
mod tests;

use super::columns::Columns;
use super::{Cost, StepQuantity};
use crate::analysis::KnownMinima;
use crate::run::{Replays, Run};

/// Columns of what is recorded: more than a wide screen has.
const COLUMNS: usize = 1400;
/// The most steps at which costly quantities are computed.
pub(super) const SAMPLES: usize = 400;
/// A Hessian is computed in every step of a run that asks for no more than this many evaluations of one sample each, of a longer
/// one in some.
const EVERY: usize = 20_000;
/// What a Hessian or a replayed step costs, in recorded values.
const HESSIAN: usize = 30;
/// Steps between two states from which a run is replayed.
const REPLAYED: usize = 256;
/// The number of minima whose distances cost as much as a recorded value.
const MINIMA: usize = 4;

/// What is asked of a trace.
pub struct Wanted<'a> {
    /// The quantity.
    pub quantity: StepQuantity,
    /// Whether the steps are even in their logarithm.
    pub log_x: bool,
    /// The step that is shown: there the value is exact.
    pub playhead: usize,
    /// The minima that are known, and a number that changes with them.
    pub minima: (&'a KnownMinima, u64),
    /// Whether a step of the run costs more than fits into a frame.
    pub exceeds_frame: bool,
}

/// A quantity along a run.
#[derive(Default)]
pub struct Trace {
    key: Option<Key>,
    values: Values,
    limits: Vec<(usize, f64)>,
    limit_text: String,
    is_behind: bool,
}

/// Everything that the values depend on.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    run: u64,
    quantity: StepQuantity,
    columns: Columns,
    minima: Option<u64>,
    exceeds_frame: bool,
}

/// The values that are known.
enum Values {
    /// A value of every step so far, thinned to two of each column.
    Recorded { cells: Vec<Cell>, seen: usize },
    /// Values of some steps, in their order, and of the step that is shown.
    Sampled { samples: Vec<Sample>, shown: Option<(usize, Option<f64>)> },
    /// Values of some steps, in their order, that are replayed in the background because one costs more than a frame.
    Beside(Vec<Sample>),
}

impl Default for Values {
    fn default() -> Self {
        Self::Recorded { cells: Vec::new(), seen: 0 }
    }
}

/// A step at which the value is computed.
struct Sample {
    step: usize,
    value: Sampled,
}

/// What is known of its value.
#[derive(Clone, Copy, PartialEq)]
enum Sampled {
    /// Nothing yet.
    Pending,
    /// That there is none.
    None,
    /// What it is.
    Value(f64),
}

impl Sample {
    /// Its step and value, if it is computed.
    fn known(&self) -> Option<(usize, Option<f64>)> {
        match self.value {
            Sampled::Pending => None,
            Sampled::None => Some((self.step, None)),
            Sampled::Value(value) => Some((self.step, Some(value))),
        }
    }
}

/// The values of the steps in a column; `None` where none of them has one.
struct Cell {
    column: usize,
    first: usize,
    extremes: Option<[(usize, f64); 2]>,
}

impl Trace {
    /// All of it for a whole run.
    pub fn of(run: &Run, wanted: &Wanted<'_>) -> Self {
        let mut trace = Self::default();
        let mut budget = usize::MAX;
        trace.follow(run, wanted, &mut budget);
        trace
    }

    /// Brings it up to date, as far as a budget reaches, in looks at recorded values.
    pub fn follow(&mut self, run: &Run, wanted: &Wanted<'_>, budget: &mut usize) {
        let taken = run.iterates().len().saturating_sub(1);
        let quantity = wanted.quantity;
        let cost = quantity.cost(run);
        let span = if run.stop().is_some() { taken } else { run.recipe().steps.max(taken) };
        let is_looked_at = is_looked_at(run, cost, span);
        let count = if is_looked_at { COLUMNS } else { SAMPLES };
        let key = Key {
            run: run.serial(),
            quantity,
            columns: Columns { span, log: wanted.log_x, count },
            minima: quantity.needs_minima().then_some(wanted.minima.1),
            exceeds_frame: wanted.exceeds_frame && cost == Cost::Replay,
        };
        if self.key != Some(key) {
            *self = Self::begun(run, key, is_looked_at);
        }
        let minima = wanted.minima.0;
        self.is_behind = match &mut self.values {
            Values::Beside(_) => false,
            Values::Recorded { cells, seen } => {
                let of_minima = if quantity.needs_minima() { minima.len() / MINIMA } else { 0 };
                let price = price(run, cost, 0) + of_minima;
                while *seen < run.iterates().len() && *budget > 0 {
                    look(cells, key.columns.of(*seen), *seen, quantity.value(run, *seen, minima));
                    *seen += 1;
                    *budget = budget.saturating_sub(price);
                }
                *seen < run.iterates().len()
            }
            Values::Sampled { samples, shown } => {
                let playhead = wanted.playhead.min(taken);
                if shown.is_none_or(|(step, _)| step != playhead) {
                    *shown = Some((playhead, quantity.value(run, playhead, minima)));
                    *budget = budget.saturating_sub(price(run, cost, playhead));
                }
                sample(samples, run, cost, budget, |step| quantity.value(run, step, minima))
            }
        };
    }

    fn begun(run: &Run, key: Key, is_looked_at: bool) -> Self {
        let steps = Columns { count: SAMPLES, ..key.columns }.samples();
        let limits = steps.iter().filter_map(|step| Some((*step, key.quantity.limit(run, *step)?)));
        let limits: Vec<(usize, (f64, String))> = limits.collect();
        let samples = || steps.into_iter().map(|step| Sample { step, value: Sampled::Pending }).collect();
        let values = match is_looked_at {
            _ if key.exceeds_frame => Values::Beside(samples()),
            true => Values::default(),
            false => Values::Sampled { samples: samples(), shown: None },
        };
        Self {
            key: Some(key),
            values,
            limit_text: limits.first().map_or_else(String::new, |(_, (_, text))| text.clone()),
            limits: limits.into_iter().map(|(step, (limit, _))| (step, limit)).collect(),
            is_behind: false,
        }
    }

    /// Whether there is more to find of what the run has recorded.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// The steps of a run that are to be taken again for it, from coarse to fine; none where that is done within the frames.
    pub fn wanted_steps(&self, run: &Run) -> Vec<usize> {
        let Values::Beside(samples) = &self.values else { return Vec::new() };
        let mut stride = samples.len().next_power_of_two();
        let mut steps = Vec::new();
        while stride > 0 {
            let odd = |index: &usize| index / stride % 2 == 1 || *index == 0 && stride >= samples.len();
            let level = (0..samples.len()).step_by(stride).filter(odd).map(|index| &samples[index]);
            steps.extend(level.filter(|sample| sample.value == Sampled::Pending).map(|sample| sample.step));
            stride /= 2;
        }
        steps.retain(|step| *step < run.iterates().len());
        steps
    }

    /// Takes what was found of steps that were taken again; what is of another run changes nothing.
    pub fn take(&mut self, replays: &Replays, run: &Run) {
        let (Values::Beside(samples), Some(key)) = (&mut self.values, self.key) else { return };
        if key.run != run.serial() || !replays.is_of(run) {
            return;
        }
        for (step, facts) in replays.found() {
            let place = samples.binary_search_by_key(step, |sample| sample.step);
            if let Some(sample) = place.ok().and_then(|place| samples.get_mut(place)) {
                sample.value = key.quantity.value_of(facts).map_or(Sampled::None, Sampled::Value);
            }
        }
    }

    /// Whether it waits for steps that are taken again in the background: how many are known, and of how many.
    pub fn waits(&self) -> Option<[usize; 2]> {
        let Values::Beside(samples) = &self.values else { return None };
        let known = samples.iter().filter(|sample| sample.value != Sampled::Pending).count();
        (known < samples.len()).then_some([known, samples.len()])
    }

    /// Whether it is known at some steps only: how many of those up to a last one, of how many.
    pub fn sampled(&self, last: usize) -> Option<[usize; 2]> {
        let (Values::Sampled { samples, .. } | Values::Beside(samples)) = &self.values else { return None };
        let taken = samples.iter().filter(|sample| sample.step <= last).count();
        Some([taken, last + 1])
    }

    /// Whether every step that was taken is among those that are drawn, each with its value.
    pub(super) fn is_exact(&self) -> bool {
        self.key.is_some_and(|key| key.columns.are_single())
    }

    /// The steps that are drawn, in their order, up to a last one, with their values; `None` where there is none.
    pub(super) fn points(&self, last: usize) -> Vec<(usize, Option<f64>)> {
        let mut points = match &self.values {
            Values::Beside(samples) => samples.iter().filter_map(Sample::known).collect(),
            Values::Recorded { cells, .. } => cells.iter().flat_map(Cell::points).collect(),
            Values::Sampled { samples, shown } => {
                let known = samples.iter().filter_map(Sample::known);
                let mut points: Vec<(usize, Option<f64>)> = known.chain(*shown).collect();
                points.sort_by_key(|(step, _)| *step);
                points.dedup_by_key(|(step, _)| *step);
                points
            }
        };
        points.retain(|(step, _)| *step <= last);
        points
    }

    /// The value at a step of its run or, where that is not known, at the nearest step where it is; and which step that is.
    pub fn read(&self, run: &Run, step: usize, minima: &KnownMinima) -> Option<(usize, Option<f64>)> {
        let step = step.min(run.iterates().len().checked_sub(1)?);
        match &self.values {
            Values::Beside(samples) => {
                samples.iter().filter_map(Sample::known).min_by_key(|(known, _)| known.abs_diff(step))
            }
            Values::Recorded { .. } => Some((step, self.key?.quantity.value(run, step, minima))),
            Values::Sampled { samples, shown } => {
                let known = samples.iter().filter_map(Sample::known).chain(*shown);
                known.min_by_key(|(known, _)| known.abs_diff(step))
            }
        }
    }

    /// The limit of the method at some steps; empty where there is none.
    pub(super) fn limits(&self) -> &[(usize, f64)] {
        &self.limits
    }

    /// How the limit is written: "2/η".
    pub(super) fn limit_text(&self) -> &str {
        &self.limit_text
    }
}

impl Cell {
    /// Its extremes in the order of their steps.
    fn points(&self) -> impl Iterator<Item = (usize, Option<f64>)> {
        let points = match self.extremes {
            None => [Some((self.first, None)), None],
            Some([least, most]) => {
                let [a, b] = if least.0 <= most.0 { [least, most] } else { [most, least] };
                [Some((a.0, Some(a.1))), (b.0 != a.0).then_some((b.0, Some(b.1)))]
            }
        };
        points.into_iter().flatten()
    }
}

/// Whether a quantity is evaluated in every step: what is recorded, and a Hessian where all of them are affordable.
fn is_looked_at(run: &Run, cost: Cost, span: usize) -> bool {
    match cost {
        Cost::Recorded => true,
        Cost::Hessian => span.saturating_mul(run.landscape().cost()) <= EVERY,
        Cost::Replay => false,
    }
}

/// Takes a value into the cell of its column.
fn look(cells: &mut Vec<Cell>, column: usize, step: usize, value: Option<f64>) {
    if cells.last().is_none_or(|cell| cell.column != column) {
        cells.push(Cell { column, first: step, extremes: None });
    }
    let (Some(cell), Some(value)) = (cells.last_mut(), value) else { return };
    let here = (step, value);
    let [least, most] = cell.extremes.unwrap_or([here; 2]);
    cell.extremes = Some([if value < least.1 { here } else { least }, if value > most.1 { here } else { most }]);
}

/// Computes samples from coarse to fine while a budget lasts; whether some are left of the steps that were taken.
fn sample(
    samples: &mut [Sample],
    run: &Run,
    cost: Cost,
    budget: &mut usize,
    value: impl Fn(usize) -> Option<f64>,
) -> bool {
    let taken = run.iterates().len();
    let mut stride = samples.len().next_power_of_two();
    loop {
        let wanted = |sample: &&mut Sample| sample.step < taken && sample.value == Sampled::Pending;
        for sample in samples.iter_mut().step_by(stride).filter(wanted) {
            if *budget == 0 {
                return true;
            }
            sample.value = value(sample.step).map_or(Sampled::None, Sampled::Value);
            *budget = budget.saturating_sub(price(run, cost, sample.step));
        }
        if stride <= 1 {
            return false;
        }
        stride /= 2;
    }
}

/// What a value at a step costs, in looks at recorded ones.
fn price(run: &Run, cost: Cost, step: usize) -> usize {
    let before = if run.remembers() { step % REPLAYED } else { 0 };
    let evaluations = match cost {
        Cost::Recorded => return 1,
        Cost::Hessian => 1,
        Cost::Replay => 1 + (before + 1) * run.recipe().optimizer.entry.evaluations_per_step,
    };
    HESSIAN * evaluations * run.landscape().cost()
}
