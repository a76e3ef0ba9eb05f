//! What follows from the document: runs, critical points, and what is shown of the step at the playhead.

use super::basins::Basins;
use super::circle::radius_of;
use super::critical::Critical;
use super::depths::Depths;
use super::document::first_affected_step;
use super::first_steps::FirstSteps;
use super::graphing::Graphing;
use super::kink_lines::KinkLines;
use super::memo::Memo;
use super::momentum::Momentum;
use super::reaching::Reaching;
use super::runs::{Remaining, Runs};
use super::selected_step::SelectedStep;
use super::traces::{self, Traces};
use super::{CardId, Document, Section, View};
use crate::analysis::{
    Around, AroundSearch, AtDepth, Cloud, CriticalPoint, Curvatures, EachWeight, Kink, KnownMinima, PlaneBound, Search,
    ValidityInterval, ValidityRegion,
};
use crate::drawing::KinkPath;
use crate::drawing::curve::BasinStretch;
use crate::drawing::graph::Graph;
use crate::drawing::loss_chart::{Floor, Trace};
use crate::drawing::overlays::{CLOUD, FISHER, GAUSS_NEWTON};
use crate::drawing::prediction_row::PromiseRow;
use crate::drawing::switching::lines_of;
use crate::landscapes::{CriticalSet, KinkLine, Landscape};
use crate::numbers::Point;
use crate::run::explain::Explanation;
use crate::run::{
    Ahead, DeferredStepAnalysis, Energy, EnergyPath, FirstStep, Memory, QueryLog, Replays, Run, Slope, Slopes,
    StepAnalysis, StepReplay, SubStep,
};
use crate::studies::{Escapes, LineBasins, NoEscape, Stretch};

/// What a circle may cost in a frame, in evaluations of one sample each: a few milliseconds.
const CIRCLE_IN_FRAME: usize = 3_000_000;
/// Steps that are held to their prediction in a frame, where that costs a Hessian each.
const ACCOUNTS_IN_FRAME: usize = 400;
/// The three curvatures of a network of no more samples than these are always known.
const FEW_SAMPLES: usize = 1000;

/// Everything recomputable.
#[derive(Default)]
pub struct Derived {
    pub(super) runs: Runs,
    critical: Critical,
    step: SelectedStep,
    prediction_row: PromiseRow,
    around: Option<AroundSearch>,
    cloud: Memo<(Landscape, Point), Option<Cloud>>,
    reaching: Reaching,
    kink_lines: KinkLines,
    curvatures: Memo<(Landscape, Point), Option<Curvatures>>,
    depths: Depths,
    graphing: Graphing,
    basins: Basins,
    traces: Traces,
    momentum: Momentum,
    first_steps: FirstSteps,
}

impl Derived {
    /// Brings everything up to date with the document; long runs are continued a slice a frame.
    ///
    /// What is left of the runs.
    pub(super) fn update(&mut self, document: &Document, view: &View, selected: CardId, playhead: usize) -> Remaining {
        let landscape = &document.landscape;
        self.critical.follow(landscape);
        self.runs.follow(document);
        let remaining = self.runs.advance(document, selected, playhead);
        self.kink_lines.update_kink_lines(landscape);
        let run = self.runs.get(selected);
        let is_dear = run.is_some_and(|run| self.runs.is_dear(run));
        self.step.update(run, view, playhead, is_dear, (&self.kink_lines, &self.critical));
        let (analysis, start) =
            (self.step.analysis(), run.and_then(|run| run.iterates().first()).map(|iterate| iterate.at));
        let at = analysis.map(|analysis| analysis.iterate.at);
        self.reaching.update(landscape, view, analysis);
        self.first_steps.update(document, view, at);
        self.kink_lines.update_lines(landscape, view);
        self.graphing.update(landscape, view, at);
        self.depths.update(landscape, view, analysis, start);
        self.basins.update(landscape, view, self.runs.get(selected), &self.critical);
        let from = first_affected_step(document, view, selected, self.runs.get(selected), playhead);
        self.momentum.update(self.runs.get(selected), view, from, &self.critical);
        let critical = &self.critical;
        let known = traces::Critical {
            landscape,
            points: critical.points(),
            sets: critical.sets(),
            generation: critical.generation(),
        };
        self.traces.update(&self.runs, view, playhead, &known);
        self.update_predictions(selected);
        self.update_circle(landscape, view);
        self.update_cloud(landscape, view);
        self.update_curvatures(landscape, view);
        remaining
    }

    /// The row of predictions of the selected run, as far as a frame can pay for.
    fn update_predictions(&mut self, selected: CardId) {
        let Some(run) = self.runs.get(selected) else {
            self.prediction_row = PromiseRow::default();
            return;
        };
        let dear = run.recipe().optimizer.entry.second_order();
        let budget = if dear { (ACCOUNTS_IN_FRAME / run.landscape().cost().max(1)).max(1) } else { usize::MAX };
        self.prediction_row.follow(run, run.recipe().steps, budget);
    }

    /// The three curvatures of a network at the iterate in focus: always of few samples, of many where they are shown.
    fn update_curvatures(&mut self, landscape: &Landscape, view: &View) {
        let shown = view.scene.open.contains(&Section::Curvatures)
            || [GAUSS_NEWTON, FISHER].into_iter().any(|id| view.shows(id));
        let wanted = landscape.data().is_some_and(|data| shown || data.len() <= FEW_SAMPLES) && !view.in_fog();
        let analysis = self.step.analysis().filter(|_| wanted);
        self.curvatures.update(analysis.map(|analysis| (landscape.clone(), analysis.model.at)), |_| {
            analysis.and_then(|analysis| Curvatures::of(landscape.loss(), &analysis.model))
        });
    }

    /// The circle is searched where it is looked at, and again only where it has become another.
    fn update_circle(&mut self, landscape: &Landscape, view: &View) {
        let known = self.around.take();
        let Some(analysis) = self.step.analysis().filter(|_| view.shows_circle()) else { return };
        let radius = radius_of(view, analysis, landscape);
        let search = known.filter(|old| old.is_of(landscape, analysis.model.at, radius));
        let mut search = search.unwrap_or_else(|| AroundSearch::new(landscape, analysis.model, radius));
        if search.cost() <= CIRCLE_IN_FRAME {
            search.advance(usize::MAX);
        }
        self.around = Some(search);
    }

    /// The gradients of the samples are computed where they are drawn, and again only where they have become others.
    fn update_cloud(&mut self, landscape: &Landscape, view: &View) {
        let analysis = self.step.analysis().filter(|_| view.sees(CLOUD));
        self.cloud.update(analysis.map(|analysis| (landscape.clone(), analysis.iterate.at)), |(_, at)| {
            Cloud::of(landscape.loss(), *at)
        });
    }

    /// Continuing the runs took so many seconds of a frame of this many.
    pub(super) fn took(&mut self, seconds: f64, frame: f64) {
        self.runs.took(seconds, frame);
    }

    /// Carries the runs to their ends.
    pub(super) fn finish_runs(&mut self) {
        self.runs.finish();
    }

    /// The next steps of a run that are to be taken beside the frames: one of them costs more than a frame can pay for.
    pub fn wanted_steps(&self) -> Option<&Ahead> {
        self.runs.wanted()
    }

    /// Takes steps that were taken elsewhere; false if they are not those that come next.
    pub(super) fn take_steps(&mut self, ahead: &Ahead) -> bool {
        self.runs.take(ahead)
    }

    /// The step at the playhead that is to be taken apart beside the frames, for the same reason.
    pub fn wanted_focus(&self) -> Option<&DeferredStepAnalysis> {
        self.step.wanted()
    }

    /// Takes a step that was taken apart elsewhere; false if another one is wanted now.
    pub(super) fn take_focus(&mut self, found: DeferredStepAnalysis) -> bool {
        self.step.take(found)
    }

    /// Takes the step at the playhead apart if it is wanted; false if it is not.
    pub(super) fn finish_focus(&mut self) -> bool {
        self.step.finish()
    }

    /// The circle that is to be searched beside the frames: it costs more than a frame can pay for.
    pub fn wanted_circle(&self) -> Option<&AroundSearch> {
        self.around.as_ref().filter(|search| search.found().is_none())
    }

    /// Takes a circle that was searched elsewhere; false if another one is wanted now.
    pub(super) fn take_circle(&mut self, search: AroundSearch) -> bool {
        let is_wanted = self.wanted_circle().is_some_and(|wanted| wanted.is_same(&search));
        if is_wanted {
            self.around = Some(search);
        }
        is_wanted
    }

    /// Searches the circle to its end.
    pub(super) fn finish_circle(&mut self) {
        if let Some(search) = &mut self.around {
            while !search.advance(usize::MAX) {}
        }
    }

    /// The walks from starts along the interval that are to be taken beside the frames.
    pub fn wanted_basins(&self) -> Option<&LineBasins> {
        self.basins.wanted()
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take_basins(&mut self, walks: LineBasins) -> bool {
        self.basins.take(walks, &self.critical)
    }

    /// Takes the walks at once.
    pub(super) fn finish_basins(&mut self) {
        self.basins.finish(&self.critical);
    }

    /// Steps that are to be taken again beside the frames for the chart.
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

    /// The trials of momentum coefficients that are to go on beside the frames.
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

/// What views read.
impl Derived {
    /// How much of its prediction each step of the selected run kept, as far as is known.
    pub fn prediction_row(&self) -> &PromiseRow {
        &self.prediction_row
    }

    /// What the chart shows along the run of a card; `None` where no one looks at the chart.
    pub fn trace(&self, card: CardId) -> Option<&Trace> {
        self.traces.get(card)
    }

    /// The minima that are known; `None` where no one looks at the chart.
    pub fn minima(&self) -> Option<&KnownMinima> {
        self.traces.minima()
    }

    /// f* of the chart: as it was typed, or that of the lowest known minimum.
    ///
    /// # Errors
    /// Why there is none, as it follows "No f*: ".
    pub fn floor(&self, view: &View) -> Result<Floor, String> {
        traces::floor(view, self.traces.minima(), self.critical.wanted().is_some())
    }

    /// The step at the playhead taken apart by its weights, if there is a step.
    pub fn weights(&self) -> Option<&EachWeight> {
        self.step.weights()
    }

    /// The search for critical points that is to be continued, if there is more to find.
    pub fn wanted_search(&self) -> Option<&Search> {
        self.critical.wanted()
    }

    /// The search for critical points, as far as it has come.
    pub fn search(&self) -> Option<&Search> {
        self.critical.search()
    }

    /// The run of a card.
    pub fn run(&self, card: CardId) -> Option<&Run> {
        self.runs.get(card)
    }

    /// A step of a card's run, replayed; `None` past its end, and where replaying costs more than a frame can pay for.
    pub fn replayed(&self, card: CardId, step: usize) -> Option<StepReplay> {
        self.run(card).filter(|run| !self.runs.is_dear(run))?.replayed(step)
    }

    /// The runs in the order of their cards.
    pub fn runs(&self) -> impl Iterator<Item = (CardId, &Run)> {
        self.runs.iter()
    }

    /// The isolated critical points of the landscape, as many as have been found.
    pub fn critical_points(&self) -> &[CriticalPoint] {
        self.critical.points()
    }

    /// Its lines and areas of critical points.
    pub fn critical_sets(&self) -> &[CriticalSet] {
        self.critical.sets()
    }

    /// What must be known of the landscape: what was taken for what in its file, and what is unusual about it.
    pub fn notes(&self) -> &[String] {
        self.critical.notes()
    }

    /// The memory with which the step at the playhead was made; `None` unless it is shown and the method has one.
    pub fn memory(&self) -> Option<&Memory> {
        self.step.memory()
    }

    /// The energy of the ball at the playhead; `None` unless it is shown and the method is a ball.
    pub fn energy(&self) -> Option<&Energy> {
        self.step.energy()
    }

    /// The kinetic energy at every iterate of the selected run, as far as it is known; empty unless it is shown.
    pub fn energy_path(&self) -> &EnergyPath {
        self.momentum.energy()
    }

    /// What becomes of the selected run with other momentum coefficients, as far as they have been tried.
    pub fn escapes(&self) -> &[Stretch] {
        self.momentum.stretches()
    }

    /// Why no coefficients are tried, where none are.
    pub fn no_escapes(&self) -> Option<NoEscape> {
        self.momentum.escapes()?.as_ref().err().copied()
    }

    /// Whether it was looked for in vain in which basin the selected run starts.
    pub fn has_no_basin(&self) -> bool {
        self.momentum.escapes().is_some_and(|found| found.as_ref().is_ok_and(Escapes::has_no_basin))
    }

    /// The first step of every method from the iterate at the playhead, the largest decrease first; none unless they are shown.
    pub fn first_steps(&self) -> &[FirstStep] {
        self.first_steps.steps()
    }

    /// The sub-steps of the step at the playhead; none unless it is looked at from inside.
    pub fn substeps(&self) -> &[SubStep] {
        self.step.substeps()
    }

    /// The loss around the iterate at the playhead, while the circle is looked at.
    pub fn around(&self) -> Option<&Around> {
        self.around.as_ref().and_then(AroundSearch::found)
    }

    /// What each sample alone wants at the iterate in focus; `None` unless it is shown and there are samples.
    pub fn cloud(&self) -> Option<&Cloud> {
        self.cloud.value()?.as_ref()
    }

    /// What there is to say of the step at the playhead.
    pub fn explanation(&self) -> Option<&Explanation> {
        self.step.explanation()
    }

    /// The step at the playhead.
    pub fn analysis(&self) -> Option<&StepAnalysis> {
        self.step.analysis()
    }

    /// Where the local models are good around the selected iterate, the method's model first; none unless they are shown.
    pub fn regions(&self) -> &[ValidityRegion] {
        self.reaching.regions()
    }

    /// Of one weight, where the local models are good along the axis, the method's model first; none unless they are shown.
    pub fn intervals(&self) -> &[ValidityInterval] {
        self.reaching.intervals()
    }

    /// How wrong the plane is at the end of the step, and can be at most; `None` unless it is shown and can be known.
    pub fn plane_bound(&self) -> Option<PlaneBound> {
        self.reaching.bound()
    }

    /// Whether the plane's region has no width across the gradient; false unless it is shown.
    pub fn pinches(&self) -> bool {
        self.reaching.pinches()
    }

    /// Where the landscape's formula switches.
    pub fn kink_lines(&self) -> &[KinkLine] {
        self.kink_lines.kink_lines()
    }

    /// The lines on which the slope jumps, around what the map shows.
    pub fn kink_paths_over(&self) -> &[KinkPath] {
        self.kink_lines.lines()
    }

    /// Which of these lines are those on which a sample switches, by their places in the list.
    pub fn lit_lines(&self, landscape: &Landscape, sample: Option<usize>) -> Vec<usize> {
        sample.map_or_else(Vec::new, |sample| lines_of(landscape, self.kink_lines(), self.kink_paths_over(), sample))
    }

    /// Slope and error of a network with one hidden unit, at the iterate in focus.
    pub fn slope(&self) -> Option<&Slope> {
        self.step.slope()
    }

    /// The same along the selected run, while it is looked at.
    pub fn slopes(&self) -> Option<&Slopes> {
        self.step.slopes()
    }

    /// The kink at the playhead, if there is no tangent plane.
    pub fn kink(&self) -> Option<&Kink> {
        self.step.kink()
    }

    /// The three curvatures of a network at the playhead; `None` where no one looks, and where they are not finite.
    pub fn curvatures(&self) -> Option<&Curvatures> {
        self.curvatures.value()?.as_ref()
    }

    /// How far the local models are good at each depth of a network, as many as are known; none unless that is shown.
    pub fn depths(&self) -> impl Iterator<Item = &AtDepth> {
        self.depths.known()
    }

    /// Whether where the run began, which is elsewhere, the plane's radius is known to shrink with every layer.
    pub fn shrinks_at_start(&self) -> bool {
        self.depths.shrinks_at_start()
    }

    /// Whether there are depths left to look at.
    pub fn is_sounding(&self) -> bool {
        self.depths.has_more()
    }

    /// Of one weight, where the selected run's method ends from each start: neighbors with the same end together.
    pub fn basins(&self) -> &[BasinStretch] {
        self.basins.stretches()
    }

    /// The walks from these starts, as many as have been taken.
    pub fn basin_walks(&self) -> Option<&LineBasins> {
        self.basins.walks()
    }

    /// The graph of the network at the iterate in focus; `None` unless it is shown.
    pub fn graph(&self) -> Option<&Graph> {
        self.graphing.graph()
    }

    /// In fog, what the method of the selected run has asked up to the playhead.
    pub fn queries(&self) -> Option<&QueryLog> {
        self.step.queries()
    }
}
