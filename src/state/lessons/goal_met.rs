//! Whether the goal of a task is met: held against the state.

use super::super::{Card, State};
use super::goal::{Goal, Range};
use crate::analysis::KnownMinima;
use crate::landscapes::Parameter;
use crate::numbers::Point;
use crate::run::{Run, StepAnalysis, StopReason};
use crate::studies::{Outcome, RaceEnd};

/// Relative tolerance at interval ends: a slider and a typed number may differ in the last digit.
const SLACK: f64 = 1e-9;

fn lies_in(value: f64, min: f64, max: f64) -> bool {
    let slack = SLACK * value.abs();
    value >= min - slack && value <= max + slack
}

/// Whether a requirement is met; one that is not made is.
fn holds<T>(wanted: Option<T>, is_so: impl FnOnce(T) -> bool) -> bool {
    wanted.is_none_or(is_so)
}

impl Range {
    fn holds(&self, parameters: &[Parameter], values: &[f64]) -> bool {
        let place = parameters.iter().position(|parameter| parameter.name == self.name);
        let value = place.and_then(|place| values.get(place));
        let (min, max) = (self.min.unwrap_or(f64::NEG_INFINITY), self.max.unwrap_or(f64::INFINITY));
        value.is_some_and(|value| lies_in(*value, min, max))
    }
}

impl Goal {
    /// Whether it is met; what is still being computed is not.
    pub fn is_met(&self, state: &State) -> bool {
        self.view_holds(state) && self.run_holds(state)
    }

    /// What is asked of the view and of the landscape.
    fn view_holds(&self, state: &State) -> bool {
        let landscape = &state.document.landscape;
        let scene = &state.view.scene;
        let runs = state.document.cards.iter().filter(|card| !card.ghost).count();
        self.landscape_parameters.iter().all(|range| range.holds(landscape.parameters(), landscape.values()))
            && holds(self.tab, |tab| state.presented_tab() == Some(tab))
            && self.show.iter().all(|id| state.view.shows(*id))
            && !self.hide.iter().any(|id| state.view.shows(*id))
            && holds(self.picture, |picture| scene.picture == picture)
            && holds(self.playhead, |[from, to]| lies_in(state.shown_step() as f64, from, to))
            && holds(self.stage, |[from, to]| scene.network.stage.is_some_and(|stage| lies_in(stage as f64, from, to)))
            && holds(self.weights, |[from, to]| lies_in(scene.compare.model.weights, from, to))
            && holds(self.runs, |least| runs >= least)
    }

    /// The run that it speaks of.
    pub(super) fn run_of<'a>(&self, state: &'a State) -> Option<(&'a Card, &'a Run)> {
        let card = match self.run {
            Some(number) => state.document.cards.get(number.checked_sub(1)?),
            None => state.document.card(state.selected),
        }?;
        Some((card, state.derived.run(card.id)?))
    }

    /// What is asked of the run.
    fn run_holds(&self, state: &State) -> bool {
        let Some((card, run)) = self.run_of(state) else { return false };
        let entry = card.optimizer.entry;
        let start = state.document.start_of(card);
        (self.methods.is_empty() || self.methods.contains(&entry.id))
            && self
                .parameters
                .iter()
                .all(|range| range.holds(entry.parameters, &state.document.parameters_at(card, state.shown_step())))
            && holds(self.start_near, |(at, within)| distance(run, start, at) <= within)
            && self.step_holds(state, card, run)
            && self.end_holds(state, run)
    }

    /// What is asked of the step that is shown.
    fn step_holds(&self, state: &State, card: &Card, run: &Run) -> bool {
        if self.rate_times_curvature.is_none() && self.ratio.is_none() {
            return true;
        }
        let holds_at = |analysis: &StepAnalysis| {
            let product = rate_times_curvature(card, analysis);
            holds(self.rate_times_curvature, |[from, to]| product.is_some_and(|product| lies_in(product, from, to)))
                && holds(self.ratio, |[from, to]| {
                    analysis.kept(analysis.order).is_ok_and(|ratio| lies_in(ratio, from, to))
                })
        };
        at_shown_step(state, card, run, holds_at).unwrap_or(false)
    }

    /// What is asked of the end of the run, once it is there.
    fn end_holds(&self, state: &State, run: &Run) -> bool {
        let asks = !self.ends.is_empty()
            || self.near.is_some()
            || self.loss_below.is_some()
            || self.loss_above.is_some()
            || self.gradient_below.is_some()
            || self.steps_at_most.is_some();
        if !asks {
            return true;
        }
        let Some((stop, last)) = run.stop().zip(run.iterates().last()) else { return false };
        let steps = run.iterates().len().saturating_sub(1);
        holds(self.near, |(at, within)| distance(run, last.at, at) <= within)
            && holds(self.loss_below, |bound| last.loss < bound)
            && holds(self.loss_above, |bound| last.loss > bound)
            && holds(self.gradient_below, |bound| last.gradient.norm() < bound)
            && holds(self.steps_at_most, |most| steps <= most && stop.reason != StopReason::StepLimit)
            && (self.ends.is_empty() || self.ends.contains(&end(state, run)))
    }
}

/// What is read off the step of a run that is shown; `None` where there is none.
pub(super) fn at_shown_step<T>(
    state: &State,
    card: &Card,
    run: &Run,
    read: impl FnOnce(&StepAnalysis) -> T,
) -> Option<T> {
    if card.id == state.selected {
        state.derived.analysis().map(read)
    } else {
        StepAnalysis::of(run, state.step_of(card.id)).as_ref().map(read)
    }
}

/// η·λmax of a step; `None` without a rate or a curvature.
pub(super) fn rate_times_curvature(card: &Card, analysis: &StepAnalysis) -> Option<f64> {
    let largest = analysis.curvature.as_ref()?.eigen.values[1];
    Some(analysis.replayed.rate(card.optimizer.entry)? * largest)
}

/// From one point of a run to another.
pub(super) fn distance(run: &Run, from: Point, to: Point) -> f64 {
    run.landscape().dimension().part(from - to).norm()
}

/// What a run ended at.
pub(super) fn end(state: &State, run: &Run) -> RaceEnd {
    let outcome = Outcome::of(run.walker(), state.derived.critical_points());
    let landscape = run.landscape();
    let found = KnownMinima::among(
        state.derived.critical_points(),
        state.derived.critical_sets(),
        landscape.loss(),
        landscape.domain(),
    );
    RaceEnd::of(outcome.destination, run.walker(), &found)
}
