//! Everything that follows from the document and the view, brought up to date once a frame.

mod reading;

use super::basin_map::BasinMap;
use super::basin_strip::BasinStrip;
use super::circle_radius::radius_of;
use super::comparing::Comparing;
use super::critical::Critical;
use super::depths::Depths;
use super::document::first_affected_step;
use super::first_steps::FirstSteps;
use super::kink_lines::KinkLines;
use super::known_validity::KnownValidity;
use super::many_starts::{KeptTournament, Restarting};
use super::memo::Memo;
use super::momentum_tab::MomentumTab;
use super::network_graph::NetworkGraph;
use super::own_axes::OwnAxes;
use super::par::ParRace;
use super::runs::{Remaining, Runs};
use super::selected_step::SelectedStep;
use super::sweeping::Sweeping;
use super::traces::{self, Traces};
use super::{CardId, Document, Section, View};
use crate::analysis::{BridgeSearch, BridgeStep, CircleProfileSearch, Cloud, CurvatureMatrices, LocalModel, Search};
use crate::drawing::overlays::{BRIDGE, CLOUD, FISHER, GAUSS_NEWTON};
use crate::drawing::prediction_row::PredictionRow;
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::run::{DeferredStepAnalysis, Replays, StepsAhead};
use crate::studies::{self, Clock, Escapes, LineBasins, ProductCost, Race, RangeTest, Restarts, Sweep, Tournament};

/// What a circle may cost in a frame, in evaluations of one sample each: a few milliseconds.
const CIRCLE_IN_FRAME: usize = 3_000_000;
/// What the curve of the true best steps may cost in a frame, in the same unit: a millisecond or two.
const BRIDGE_IN_FRAME: usize = 200_000;
/// Steps that are compared with their prediction in a frame, where each comparison costs a Hessian.
const REPORTS_IN_FRAME: usize = 400;
/// The three curvatures of a network of no more samples than these are always known.
const FEW_SAMPLES: usize = 1000;

/// Everything recomputable.
#[derive(Default)]
pub struct Derived {
    pub(super) runs: Runs,
    critical: Critical,
    step: SelectedStep,
    prediction_row: PredictionRow,
    circle_profile: Option<CircleProfileSearch>,
    bridge: Option<BridgeSearch>,
    bridge_step: Memo<(Landscape, LocalModel, f64), BridgeStep>,
    cloud: Memo<(Landscape, Point), Option<Cloud>>,
    reaching: KnownValidity,
    kink_lines: KinkLines,
    curvatures: Memo<(Landscape, Point), Option<CurvatureMatrices>>,
    depths: Depths,
    graphing: NetworkGraph,
    strip: BasinStrip,
    basin_map: BasinMap,
    traces: Traces,
    momentum: MomentumTab,
    first_steps: FirstSteps,
    comparing: Comparing,
    sweeping: Sweeping,
    restarting: Restarting,
    own_axes: OwnAxes,
    pub(super) tournament: KeptTournament,
    par: ParRace,
}

impl Derived {
    /// Brings everything up to date with the document; long runs are continued by a slice in each frame.
    ///
    /// Returns where the remaining steps are taken: nowhere, in the next frames, or in the background. While the runs are `held` at
    /// an iterate, nothing is known of what comes after it, nor of what other methods would do from there.
    pub(super) fn update(
        &mut self,
        document: &Document,
        view: &View,
        selected: CardId,
        playhead: usize,
        held: Option<usize>,
    ) -> Remaining {
        let landscape = &document.landscape;
        let is_free = held.is_none();
        self.critical.follow(landscape);
        self.runs.follow(document, held);
        let remaining = self.runs.advance(document, selected, playhead);
        self.kink_lines.update_kink_lines(landscape);
        let run = self.runs.get(selected);
        let exceeds_frame = run.is_some_and(|run| self.runs.exceeds_frame(run));
        self.step.update(run, view, playhead, (exceeds_frame, !is_free), (&self.kink_lines, &self.critical));
        let (analysis, start) =
            (self.step.analysis(), run.and_then(|run| run.iterates().first()).map(|iterate| iterate.at));
        let at = analysis.map(|analysis| analysis.iterate.at);
        self.reaching.update(landscape, view, analysis);
        self.first_steps.update(document, view, at.filter(|_| is_free));
        self.kink_lines.update_paths(landscape, view);
        self.graphing.update(landscape, view, at);
        self.depths.update(landscape, view, analysis, start);
        let run = self.runs.get(selected).filter(|_| is_free);
        self.strip.update(landscape, view, run, &self.critical);
        self.basin_map.update(landscape, view, run, &self.critical);
        let from = first_affected_step(document, view.scene.slider.from_here_on, selected, run, playhead);
        self.momentum.update(run, view, from, &self.critical);
        let critical = &self.critical;
        let known = traces::CriticalFacts {
            landscape,
            points: critical.points(),
            sets: critical.sets(),
            generation: critical.generation(),
        };
        self.traces.update(&self.runs, view, (playhead, selected), &known);
        self.comparing.update(document, view, selected, &known, critical.wanted().is_some());
        self.restarting.update(document, view, selected, critical);
        self.sweeping.update(document, view, selected, &known, critical.wanted().is_some());
        self.own_axes.update(document, view, &self.runs);
        self.update_predictions(selected);
        self.update_circle(landscape, view, is_free);
        self.update_bridge(landscape, view, is_free);
        self.update_cloud(landscape, view);
        self.update_curvatures(landscape, view);
        remaining
    }

    /// Searches par while a run is flown by hand.
    pub(super) fn update_par(&mut self, document: &Document, flown: Option<CardId>) {
        let run = flown.and_then(|card| self.runs.get(card));
        self.par.update(document, flown, run, &self.critical);
    }

    /// The row of predictions of the selected run, as far as a frame can pay for.
    fn update_predictions(&mut self, selected: CardId) {
        let Some(run) = self.runs.get(selected) else {
            self.prediction_row = PredictionRow::default();
            return;
        };
        let is_costly = run.recipe().optimizer.entry.second_order();
        let budget = if is_costly { (REPORTS_IN_FRAME / run.landscape().cost().max(1)).max(1) } else { usize::MAX };
        self.prediction_row.follow(run, run.recipe().steps, budget);
    }

    /// The three curvatures of a network at the iterate in focus: always of few samples, of many where they are shown.
    fn update_curvatures(&mut self, landscape: &Landscape, view: &View) {
        let shown = view.scene.open.contains(&Section::Curvatures)
            || [GAUSS_NEWTON, FISHER].into_iter().any(|id| view.shows(id));
        let wanted = landscape.data().is_some_and(|data| shown || data.len() <= FEW_SAMPLES) && !view.in_fog();
        let analysis = self.step.analysis().filter(|_| wanted);
        self.curvatures.update(analysis.map(|analysis| (landscape.clone(), analysis.model.at)), |_| {
            analysis.and_then(|analysis| CurvatureMatrices::of(landscape.loss(), &analysis.model))
        });
    }

    /// Searches the circle while it is on the screen, and again only when it has changed.
    fn update_circle(&mut self, landscape: &Landscape, view: &View, is_free: bool) {
        let known = self.circle_profile.take();
        let Some(analysis) = self.step.analysis().filter(|_| is_free && view.shows_circle()) else { return };
        let radius = radius_of(&view.scene.circle, analysis, landscape);
        let search = known.filter(|old| old.is_of(landscape, analysis.model.at, radius));
        let mut search = search.unwrap_or_else(|| CircleProfileSearch::new(landscape, analysis.model, radius));
        if search.cost() <= CIRCLE_IN_FRAME {
            search.advance(usize::MAX);
        }
        self.circle_profile = Some(search);
    }

    /// Finds the bridge while it is on the screen, and again only when it has changed.
    fn update_bridge(&mut self, landscape: &Landscape, view: &View, is_free: bool) {
        let known = self.bridge.take();
        let is_two = !landscape.dimension().is_one();
        let Some(analysis) = self.step.analysis().filter(|_| is_free && is_two && view.sees(BRIDGE)) else { return };
        let (model, reach) = (analysis.model, landscape.domain().size());
        let search = known.filter(|old| old.is_of(landscape, &model, reach));
        let mut search = search.or_else(|| BridgeSearch::new(landscape, model, reach));
        if let Some(search) = search.as_mut().filter(|search| search.cost() <= BRIDGE_IN_FRAME) {
            search.advance(usize::MAX);
        }
        self.bridge = search;
        let radius = radius_of(&view.scene.circle, analysis, landscape);
        let key = self.bridge.as_ref().map(|search| (landscape.clone(), search.bridge().model, radius));
        let bridge = self.bridge.as_ref().map(BridgeSearch::bridge);
        match (key, bridge) {
            (Some(key), Some(bridge)) => {
                self.bridge_step.update(Some(key), |_| bridge.held(landscape.loss(), radius));
            }
            _ => self.bridge_step = Memo::default(),
        }
    }

    /// Computes the gradients of the samples while they are drawn, and again only when they have changed.
    fn update_cloud(&mut self, landscape: &Landscape, view: &View) {
        let analysis = self.step.analysis().filter(|_| view.sees(CLOUD));
        self.cloud.update(analysis.map(|analysis| (landscape.clone(), analysis.iterate.at)), |(_, at)| {
            Cloud::of(landscape.loss(), *at)
        });
    }

    /// Reports how long continuing the runs took and how long the whole frame was, in seconds.
    pub(super) fn took(&mut self, seconds: f64, frame: f64) {
        self.runs.took(seconds, frame);
    }

    /// Carries the runs to their ends.
    pub(super) fn finish_runs(&mut self) {
        self.runs.finish();
    }

    /// The next steps of a run that are to be taken in the background: one of them costs more than a frame can pay for.
    pub fn wanted_steps(&self) -> Option<&StepsAhead> {
        self.runs.wanted()
    }

    /// Takes steps that were taken elsewhere; false if they are not those that come next.
    pub(super) fn take_steps(&mut self, ahead: &StepsAhead) -> bool {
        self.runs.take(ahead)
    }

    /// The step at the playhead that is to be analyzed in the background, for the same reason.
    pub fn wanted_focus(&self) -> Option<&DeferredStepAnalysis> {
        self.step.wanted()
    }

    /// Takes a step that was analyzed elsewhere; false if another one is wanted now.
    pub(super) fn take_focus(&mut self, found: DeferredStepAnalysis) -> bool {
        self.step.take(found)
    }

    /// Analyzes the step at the playhead if that is wanted; false if it is not.
    pub(super) fn finish_focus(&mut self) -> bool {
        self.step.finish()
    }

    /// The circle that is to be searched in the background: it costs more than a frame can pay for.
    pub fn wanted_circle(&self) -> Option<&CircleProfileSearch> {
        self.circle_profile.as_ref().filter(|search| search.found().is_none())
    }

    /// Takes a circle that was searched elsewhere; false if another one is wanted now.
    pub(super) fn take_circle(&mut self, search: CircleProfileSearch) -> bool {
        let is_wanted = self.wanted_circle().is_some_and(|wanted| wanted.is_same(&search));
        is_wanted.then(|| self.circle_profile = Some(search)).is_some()
    }

    /// Searches the circle to its end.
    pub(super) fn finish_circle(&mut self) {
        if let Some(search) = &mut self.circle_profile {
            while !search.advance(usize::MAX) {}
        }
    }

    /// The bridge whose true curve is to be found in the background.
    pub fn wanted_bridge(&self) -> Option<&BridgeSearch> {
        self.bridge.as_ref().filter(|search| !search.is_finished())
    }

    /// Takes a bridge that was continued elsewhere; false if another one is wanted now.
    pub(super) fn take_bridge(&mut self, search: BridgeSearch) -> bool {
        let is_wanted = self.wanted_bridge().is_some_and(|wanted| wanted.is_same(&search));
        is_wanted.then(|| self.bridge = Some(search)).is_some()
    }

    /// Follows the true curve to its end.
    pub(super) fn finish_bridge(&mut self) {
        if let Some(search) = &mut self.bridge {
            search.advance(usize::MAX);
        }
    }

    /// The walks from starts along the interval that are to be taken in the background.
    pub fn wanted_line_basins(&self) -> Option<&LineBasins> {
        self.strip.wanted()
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take_line_basins(&mut self, walks: LineBasins) -> bool {
        self.strip.take(walks, &self.critical)
    }

    /// Finishes the basins, with one weight and with two.
    pub(super) fn finish_line_basins(&mut self) {
        self.strip.finish(&self.critical);
        self.basin_map.finish();
    }

    /// The walks from all over a region that are to be taken in the background.
    pub fn wanted_basin_map(&self) -> Option<&studies::Basins> {
        self.basin_map.wanted()
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take_basin_map(&mut self, walks: studies::Basins) -> bool {
        self.basin_map.take(walks)
    }

    /// Steps that are to be taken again in the background for the chart.
    pub fn wanted_replays(&self) -> Option<&Replays> {
        self.traces.wanted()
    }

    /// Takes steps that were taken again elsewhere; false if others are wanted now.
    pub(super) fn take_replays(&mut self, replays: Replays) -> bool {
        self.traces.take(replays, &self.runs)
    }

    /// Takes them again at once.
    pub(super) fn finish_replays(&mut self) {
        self.traces.finish(&self.runs);
    }

    /// The trials of momentum coefficients that are to go on in the background.
    pub fn wanted_escapes(&self) -> Option<&Escapes> {
        self.momentum.wanted()
    }

    /// Takes trials that went on elsewhere; false if others are wanted now.
    pub(super) fn take_escapes(&mut self, escapes: Escapes) -> bool {
        self.momentum.take(escapes)
    }

    /// Carries the trials to their end.
    pub(super) fn finish_escapes(&mut self) {
        self.momentum.finish();
    }

    /// The race of the runs that is to go on in the background.
    pub fn wanted_race(&self) -> Option<&Race> {
        self.comparing.wanted().or_else(|| self.par.wanted())
    }

    /// Takes a race that went on elsewhere; false if another one is wanted now.
    pub(super) fn take_race(&mut self, race: Race) -> bool {
        let is_compared = self.comparing.wanted().is_some_and(|wanted| wanted.is_same(&race));
        if is_compared { self.comparing.take(race) } else { self.par.take(race) }
    }

    /// Shows a race instead of that of the runs.
    pub(super) fn show_race(&mut self, race: Race, cards: Vec<CardId>) {
        self.comparing.show(race, cards);
    }

    /// Finishes the race of the runs and the race for par.
    pub(super) fn finish_race(&mut self) {
        self.comparing.finish();
        self.par.finish();
    }

    /// The sweep of the selected run that is to go on in the background.
    pub fn wanted_sweep(&self) -> Option<&Sweep> {
        self.sweeping.wanted()
    }

    /// Takes a sweep that went on elsewhere; false if another one is wanted now.
    pub(super) fn take_sweep(&mut self, sweep: Sweep) -> bool {
        self.sweeping.take(sweep)
    }

    /// The range test that is to go on in the background.
    pub fn wanted_range_test(&self) -> Option<&RangeTest> {
        self.sweeping.wanted_test()
    }

    /// Takes a test that went on elsewhere; false if another one is wanted now.
    pub(super) fn take_range_test(&mut self, test: RangeTest) -> bool {
        self.sweeping.take_test(test)
    }

    /// Carries sweep and test to their ends.
    pub(super) fn finish_sweep(&mut self) {
        self.sweeping.finish();
    }

    /// The measurement of a Hessian–vector product that is to be made in the background.
    pub fn wanted_product_cost(&self) -> Option<&ProductCost> {
        self.comparing.wanted_product_cost()
    }

    /// Takes a measurement; false if it is of another loss.
    pub(super) fn take_product_cost(&mut self, cost: ProductCost) -> bool {
        self.comparing.take_product_cost(cost)
    }

    /// The restarts of the selected run that are to be walked in the background.
    pub fn wanted_restarts(&self) -> Option<&Restarts> {
        self.restarting.wanted()
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take_restarts(&mut self, restarts: Restarts) -> bool {
        self.restarting.take(restarts)
    }

    /// The tournament that is to go on in the background.
    pub fn wanted_tournament(&self) -> Option<&Tournament> {
        self.tournament.wanted()
    }

    /// Takes a tournament that went on elsewhere; false if another one is wanted now, or none.
    pub(super) fn take_tournament(&mut self, tournament: Tournament) -> bool {
        self.tournament.take(tournament)
    }

    /// Carries restarts and tournament to their ends.
    pub(super) fn finish_starts(&mut self) {
        self.restarting.finish();
        self.tournament.finish();
    }

    /// Measures the walks of races that begin from now on.
    pub(super) fn set_clock(&mut self, clock: Clock) {
        self.comparing.set_clock(clock);
    }

    /// Takes a search that was continued elsewhere; false if another landscape has been chosen meanwhile.
    pub(super) fn take_search(&mut self, search: Search) -> bool {
        self.critical.take(search)
    }

    /// Carries the search for critical points to its end.
    pub(super) fn finish_search(&mut self) {
        self.critical.finish();
    }

    /// Whether something that is shown is not whole yet, though nothing else moves.
    pub(super) fn has_more(&self) -> bool {
        self.depths.has_more() || self.prediction_row.is_behind() || self.traces.has_more() || self.momentum.has_more()
    }

    /// Goes on with it, by what a frame can pay for.
    pub(super) fn go_on(&mut self, selected: CardId) {
        self.depths.look_on();
        if self.traces.has_more() {
            self.traces.go_on(&self.runs);
        }
        if self.momentum.has_more() {
            self.momentum.go_on(self.runs.get(selected));
        }
        if self.prediction_row.is_behind() {
            self.update_predictions(selected);
        }
    }
}
