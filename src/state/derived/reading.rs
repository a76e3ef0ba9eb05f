//! What views read of `Derived`: the runs, the step at the playhead, and what is shown of both.

use super::Derived;
use crate::analysis::{
    AtDepth, Bridge, BridgeSearch, BridgeStep, CircleProfile, CircleProfileSearch, Cloud, CriticalPoint,
    CurvatureMatrices, EachWeight, Kink, KnownMinima, PlaneBound, Search, ValidityInterval, ValidityRegion,
};
use crate::drawing::KinkPath;
use crate::drawing::curve::BasinStretch;
use crate::drawing::graph::Graph;
use crate::drawing::loss_chart::{Floor, Premise, Trace};
use crate::drawing::prediction_row::PredictionRow;
use crate::drawing::switching::lines_of;
use crate::landscapes::{CriticalSet, KinkLine, Landscape};
use crate::run::explain::Explanation;
use crate::run::{
    Energy, EnergyPath, FirstStep, Memory, QueryLog, Run, Slope, Slopes, StepAnalysis, StepReplay, SubStep,
};
use crate::state::{AxesRun, BasinFacts, CardId, Comparison, Par, PilotGoal, ShownTournament, Swept, View, traces};
use crate::studies::{self, Escapes, LineBasins, NoBasins, NoEscape, RangeTest, RestartGroup, Restarts, Stretch};

impl Derived {
    /// How much of its prediction each step of the selected run kept, as far as is known.
    pub fn prediction_row(&self) -> &PredictionRow {
        &self.prediction_row
    }

    /// What the chart shows along the run of a card; `None` while the chart is not on the screen.
    pub fn trace(&self, card: CardId) -> Option<&Trace> {
        self.traces.get(card)
    }

    /// Where theorems hold along the selected run; `None` where no guide lines are asked for.
    pub fn premise(&self) -> Option<&Premise> {
        self.traces.premise()
    }

    /// The minima that are known; `None` while the chart is not on the screen.
    pub fn minima(&self) -> Option<&KnownMinima> {
        self.traces.minima()
    }

    /// f* of the chart: as it was typed, or that of the lowest known minimum.
    ///
    /// # Errors
    /// Why there is none, as it follows "No f*: ".
    pub fn floor(&self, view: &View) -> Result<Floor, String> {
        let is_one = self.runs().next().is_some_and(|(_, run)| run.landscape().dimension().is_one());
        traces::floor(view, (self.traces.minima(), is_one), self.critical.wanted().is_some())
    }

    /// The step at the playhead weight by weight, if there is a step.
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

    /// A step of a card's run, replayed; `None` past its end, and where replaying costs more than fits into a frame.
    pub fn replayed(&self, card: CardId, step: usize) -> Option<StepReplay> {
        self.run(card).filter(|run| !self.runs.exceeds_frame(run))?.replayed(step)
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

    /// Notes on the landscape: how its file was interpreted, and warnings.
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

    /// Seconds that a step of a run takes on average; `None` while it is not on the screen, and without a clock.
    pub fn seconds_per_step(&self, card: CardId) -> Option<f64> {
        self.comparing.seconds_per_step(card)
    }

    /// The race of the runs; `None` while it is not on the screen.
    pub fn comparison(&self) -> Option<Comparison<'_>> {
        self.comparing.shown()
    }

    /// The sweep of the selected run; `None` while it is not on the screen, and where there is none.
    pub fn sweep(&self) -> Option<Swept<'_>> {
        self.sweeping.shown()
    }

    /// The range test of the selected run with f*, where one is known; `None` while it is not on the screen, and where there is none.
    pub fn range_test(&self) -> Option<(&RangeTest, Option<f64>)> {
        self.sweeping.shown_test()
    }

    /// The restarts of the selected run with the starts by their ends; `None` while they are not on the screen, and where there are none.
    pub fn restarts(&self) -> Option<(&Restarts, &[RestartGroup])> {
        self.restarting.shown()
    }

    /// Why there are no restarts, where they were asked for.
    pub fn no_restarts(&self) -> Option<&str> {
        self.restarting.refusal()
    }

    /// The runs on the loss in its own axes and in those it is seen in; none while they are not on the screen.
    pub fn axes_runs(&self) -> &[AxesRun] {
        self.own_axes.runs()
    }

    /// What a Hessian–vector product costs on this machine, in gradients; `None` until it is measured.
    pub fn product_cost(&self) -> Option<f64> {
        self.comparing.product_cost()
    }

    /// The tournament; `None` before the first.
    pub fn tournament(&self) -> Option<ShownTournament<'_>> {
        self.tournament.shown()
    }

    /// Why there is no sweep or no test, where one was asked for.
    pub fn no_sweep(&self) -> Option<&str> {
        self.sweeping.refusal()
    }

    /// What the best method needs from the start of the run that is flown by hand; `None` where none is.
    pub fn par(&self) -> Option<Par> {
        self.par.par()
    }

    /// What the run flown by hand is to reach; `None` until the minima are known.
    pub fn goal(&self) -> Option<PilotGoal> {
        self.par.goal()
    }

    /// The ends of the selected run with other momentum coefficients, as far as they have been tried.
    pub fn escapes(&self) -> &[Stretch] {
        self.momentum.stretches()
    }

    /// Why no coefficients are tried, where none are.
    pub fn no_escapes(&self) -> Option<NoEscape> {
        self.momentum.escapes()?.as_ref().err().copied()
    }

    /// From all over a region, where the selected run's method ends; `None` where that is not looked at, and where there are none.
    pub fn basin_map(&self) -> Option<&studies::Basins> {
        self.basin_map.walks()
    }

    /// What follows from the walks of the basins together.
    pub fn basin_facts(&self) -> &BasinFacts {
        self.basin_map.facts()
    }

    /// Why there are no basins; `None` if there are.
    pub fn no_basin_map(&self) -> Option<NoBasins> {
        self.basin_map.refusal()
    }

    /// Grows with every change of the basins.
    pub fn basin_generation(&self) -> u64 {
        self.basin_map.generation()
    }

    /// Whether the selected run's start lies in no known basin.
    pub fn has_no_basin(&self) -> bool {
        self.momentum.escapes().is_some_and(|found| found.as_ref().is_ok_and(Escapes::has_no_basin))
    }

    /// The first step of every method from the iterate at the playhead, the largest decrease first; none unless they are shown.
    pub fn first_steps(&self) -> &[FirstStep] {
        self.first_steps.steps()
    }

    /// The sub-steps of the step at the playhead; none unless it is shown from inside.
    pub fn substeps(&self) -> &[SubStep] {
        self.step.substeps()
    }

    /// The loss around the iterate at the playhead, while the circle is on the screen.
    pub fn circle_profile(&self) -> Option<&CircleProfile> {
        self.circle_profile.as_ref().and_then(CircleProfileSearch::found)
    }

    /// The curve from −∇f to Newton's step at the playhead, while it is on the screen.
    pub fn bridge(&self) -> Option<&Bridge> {
        self.bridge.as_ref().map(BridgeSearch::bridge)
    }

    /// The bridge's step of the circle's radius with its actual change; `None` if the bridge is not shown.
    pub fn bridge_step(&self) -> Option<&BridgeStep> {
        self.bridge.as_ref().and(self.bridge_step.value())
    }

    /// The gradient of each sample at the iterate in focus; `None` unless it is shown and there are samples.
    pub fn cloud(&self) -> Option<&Cloud> {
        self.cloud.value()?.as_ref()
    }

    /// The explanation of the step at the playhead.
    pub fn explanation(&self) -> Option<&Explanation> {
        self.step.explanation()
    }

    /// The step at the playhead.
    pub fn analysis(&self) -> Option<&StepAnalysis> {
        self.step.analysis()
    }

    /// Where the local models are valid around the selected iterate, the method's model first; none unless they are shown.
    pub fn regions(&self) -> &[ValidityRegion] {
        self.reaching.regions()
    }

    /// With one weight, where the local models are valid along the axis, the method's model first; none unless they are shown.
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

    /// The kink lines of the landscape.
    pub fn kink_lines(&self) -> &[KinkLine] {
        self.kink_lines.kink_lines()
    }

    /// The lines on which the slope jumps, around what the map shows.
    pub fn kink_paths(&self) -> &[KinkPath] {
        self.kink_lines.paths()
    }

    /// Which of these lines are those on which a sample switches, by their places in the list.
    pub fn lit_lines(&self, landscape: &Landscape, sample: Option<usize>) -> Vec<usize> {
        sample.map_or_else(Vec::new, |sample| lines_of(landscape, self.kink_lines(), self.kink_paths(), sample))
    }

    /// Slope and error of a network with one hidden unit, at the iterate in focus.
    pub fn slope(&self) -> Option<&Slope> {
        self.step.slope()
    }

    /// Slopes and errors along the selected run, while they are shown.
    pub fn slopes(&self) -> Option<&Slopes> {
        self.step.slopes()
    }

    /// The kink at the playhead, if there is no tangent plane.
    pub fn kink(&self) -> Option<&Kink> {
        self.step.kink()
    }

    /// The three curvatures of a network at the playhead; `None` while they are not on the screen, and where they are not finite.
    pub fn curvature_matrices(&self) -> Option<&CurvatureMatrices> {
        self.curvatures.value()?.as_ref()
    }

    /// How far the local models are valid at each depth of a network, as many as are known; none unless that is shown.
    pub fn depths(&self) -> impl Iterator<Item = &AtDepth> {
        self.depths.known()
    }

    /// Whether the plane's radius at the run's start, if that is elsewhere, is known to shrink with every layer.
    pub fn shrinks_at_start(&self) -> bool {
        self.depths.shrinks_at_start()
    }

    /// Whether there are depths left to look at.
    pub fn has_more_depths(&self) -> bool {
        self.depths.has_more()
    }

    /// With one weight, where the selected run's method ends from each start: neighbors with the same end together.
    pub fn line_basins(&self) -> &[BasinStretch] {
        self.strip.stretches()
    }

    /// The walks from these starts, as many as have been taken.
    pub fn basin_walks(&self) -> Option<&LineBasins> {
        self.strip.walks()
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
