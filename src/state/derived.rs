//! What follows from the document: runs, critical points, and the step in focus.

use super::circle::radius_of;
use super::creases::Creases;
use super::depths::Depths;
use super::graphing::Graphing;
use super::reaching::Reaching;
use super::sloping::Sloping;
use super::work::Work;
use super::{CardId, Document, Pane, Section, View};
use crate::analysis::{
    Around, AroundSearch, AtDepth, Cloud, CriticalPoint, Curvatures, EachWeight, Kink, PlaneBound, Region, Search,
};
use crate::drawing::FoldLine;
use crate::drawing::graph::Graph;
use crate::drawing::overlays::{CLOUD, FAN, FISHER, GAUSS_NEWTON};
use crate::drawing::promise_row::PromiseRow;
use crate::drawing::switching::lines_of;
use crate::landscapes::{CriticalSet, Fold, Landscape};
use crate::numbers::Point;
use crate::run::{Energy, Focus, Heard, Memory, Run, Slope, Slopes, SubStep, substeps};

/// What a step costs beside what its method asks: it is recorded, with the loss and the gradient where it leads.
const STEP: usize = 3;
/// Steps between two looks at what they have cost.
const AT_ONCE: usize = 16;
/// What a circle may cost in a frame, in evaluations of one sample each: a few milliseconds.
const CIRCLE_IN_FRAME: usize = 3_000_000;
/// Steps that are held to their promise in a frame, where that costs a Hessian each.
const ACCOUNTS_IN_FRAME: usize = 400;
/// So many samples make a step no dearer than a formula does.
const FEW: usize = 3;
/// Evaluations by which known critical points are followed onto a land that has just changed.
const FOLLOWING_IN_FRAME: usize = 60_000;
/// Evaluations that the search for critical points has in the frame in which the land changes, before it goes on beside the
/// frames: about a millisecond, which is enough for plain landscapes.
const SEARCH_IN_FRAME: usize = 10_000;

/// A run of a card, and what it was computed from.
struct CardRun {
    card: CardId,
    run: Run,
}

/// What was found out about a landscape.
struct Land {
    search: Search,
    /// Points of the land before, followed onto this one: until the search is finished they stand in for what it will find.
    followed: Vec<CriticalPoint>,
    points: Vec<CriticalPoint>,
    sets: Vec<CriticalSet>,
    notes: Vec<String>,
}

impl Land {
    fn new(search: Search, followed: Vec<CriticalPoint>) -> Self {
        let (sets, notes) = (search.sets(), search.landscape().notes());
        Self { points: search.points_among(&followed), sets, notes, search, followed }
    }
}

/// Everything recomputable.
#[derive(Default)]
pub struct Derived {
    runs: Vec<CardRun>,
    land: Option<Land>,
    focus: Option<Focus>,
    /// Of which run that is.
    focused: Option<u64>,
    promise_row: PromiseRow,
    weights: Option<EachWeight>,
    memory: Option<Memory>,
    energy: Option<Energy>,
    substeps: Vec<SubStep>,
    around: Option<AroundSearch>,
    cloud: Option<(Landscape, Point, Cloud)>,
    reaching: Reaching,
    creases: Creases,
    curvatures: Option<(Landscape, Curvatures)>,
    depths: Depths,
    sloping: Sloping,
    heard: Option<Heard>,
    graphing: Graphing,
    /// Which run is continued first; another one in every frame.
    turn: usize,
    /// What the runs may cost in a frame.
    work: Work,
}

/// Takes up to so many steps while their cost is within a budget; what is left of it.
fn advance(run: &mut Run, mut steps: usize, mut budget: usize) -> usize {
    while steps > 0 && budget > 0 && run.stop().is_none() {
        let few = steps.min(budget / (STEP * AT_ONCE)).clamp(1, AT_ONCE);
        let before = run.asked().total();
        run.advance(few);
        let asked = run.asked().total().saturating_sub(before) as usize;
        budget = budget.saturating_sub(STEP * few + asked);
        steps -= few;
    }
    budget
}

impl Derived {
    /// Brings everything up to date with the document; long runs are continued a slice a frame.
    ///
    /// True while there is more to compute.
    pub fn update(&mut self, document: &Document, view: &View, selected: CardId, playhead: usize) -> bool {
        self.update_land(&document.landscape);
        let old = std::mem::take(&mut self.runs);
        let mut old: Vec<Option<CardRun>> = old.into_iter().map(Some).collect();
        for card in &document.cards {
            let recipe = document.recipe(card);
            let kept = old
                .iter_mut()
                .find(|slot| {
                    slot.as_ref().is_some_and(|old| {
                        old.card == card.id && *old.run.recipe() == recipe && *old.run.landscape() == document.landscape
                    })
                })
                .and_then(Option::take);
            self.runs
                .push(kept.unwrap_or_else(|| CardRun { card: card.id, run: Run::begin(&document.landscape, &recipe) }));
        }
        let unfinished = !self.advance_runs(document, selected, playhead);
        self.update_focus(view, selected, playhead);
        self.update_promises(selected);
        self.update_circle(&document.landscape, view);
        self.update_cloud(&document.landscape, view);
        self.reaching.update(&document.landscape, view, self.focus.as_ref());
        self.update_memory(view, selected);
        let mut sloping = std::mem::take(&mut self.sloping);
        sloping.update(view, self.run(selected), self.focus.as_ref());
        self.sloping = sloping;
        self.heard = self.run(selected).filter(|_| view.in_fog()).map(|run| Heard::of(run, playhead));
        let at = self.focus.as_ref().map(|focus| focus.iterate.at);
        self.creases.update(&document.landscape, view, at);
        self.graphing.update(&document.landscape, view, at);
        self.update_curvatures(&document.landscape, view);
        let start = self.run(selected).and_then(|run| run.iterates().first()).map(|iterate| iterate.at);
        self.depths.update(&document.landscape, view, self.focus.as_ref(), start);
        unfinished
    }

    /// The step at the playhead is taken apart once, and again only when it has become another.
    fn update_focus(&mut self, view: &View, selected: CardId, playhead: usize) {
        let share = view.scene.share;
        let run = self.runs.iter().find(|run| run.card == selected).map(|run| &run.run);
        let serial = run.map(Run::serial);
        let last = run.and_then(|run| run.iterates().len().checked_sub(1));
        let index = last.map(|last| playhead.min(last));
        let is_same = |focus: &Focus| {
            let iterate = run.zip(index).and_then(|(run, index)| run.iterates().get(index));
            Some(focus.index) == index && iterate == Some(&focus.iterate) && focus.share == share
        };
        if self.focused == serial && self.focus.as_ref().is_some_and(is_same) {
            return;
        }
        let focus = run.and_then(|run| Focus::within(run, playhead, share));
        self.weights = focus
            .as_ref()
            .zip(run)
            .and_then(|(focus, run)| Some(EachWeight::of(run.landscape().loss(), &focus.model, focus.proposed()?)));
        (self.focus, self.focused) = (focus, serial);
    }

    /// The row of promises of the selected run, as far as a frame can pay for.
    fn update_promises(&mut self, selected: CardId) {
        let Some(run) = self.runs.iter().find(|run| run.card == selected).map(|run| &run.run) else {
            self.promise_row = PromiseRow::default();
            return;
        };
        let dear = run.recipe().optimizer.entry.second_order();
        let budget = if dear { (ACCOUNTS_IN_FRAME / run.landscape().cost().max(1)).max(1) } else { usize::MAX };
        self.promise_row.follow(run, run.recipe().steps, budget);
    }

    /// How much of its promise each step of the selected run kept, as far as is known.
    pub fn promise_row(&self) -> &PromiseRow {
        &self.promise_row
    }

    /// Continues the runs by what a frame can pay for: the selected one to the playhead first, so that its step can be told.
    ///
    /// Each gets its share; where a single step costs more than there is, the runs take turns. True once all have stopped.
    fn advance_runs(&mut self, document: &Document, selected: CardId, playhead: usize) -> bool {
        let mut budget = (self.work.evaluations() / (document.landscape.cost() / FEW).max(1)).max(1);
        if let Some(selected) = self.runs.iter_mut().find(|run| run.card == selected) {
            let missing = (playhead + 1).saturating_sub(selected.run.iterates().len());
            budget = advance(&mut selected.run, missing, budget);
        }
        self.turn = self.turn.wrapping_add(1);
        let count = self.runs.len();
        for place in 0..count {
            let share = budget.div_ceil(count - place);
            let run = &mut self.runs[self.turn.wrapping_add(place) % count].run;
            budget -= share - advance(run, usize::MAX, share);
        }
        self.runs.iter().all(|run| run.run.stop().is_some())
    }

    /// A frame in which runs were continued took so many seconds.
    pub(super) fn took(&mut self, seconds: f64) {
        self.work.took(seconds);
    }

    /// Carries the runs to their ends.
    pub(super) fn finish_runs(&mut self) {
        for run in &mut self.runs {
            run.run.advance(usize::MAX);
        }
    }

    /// The step at the playhead taken apart by its weights, if there is a step.
    pub fn weights(&self) -> Option<&EachWeight> {
        self.weights.as_ref()
    }

    /// The memory and the sub-steps of the step in focus, where they are shown.
    fn update_memory(&mut self, view: &View, selected: CardId) {
        (self.memory, self.energy, self.substeps) = (None, None, Vec::new());
        let (Some(run), Some(focus)) = (self.run(selected), self.focus.as_ref()) else { return };
        let is_open = view.has(Pane::Memory);
        let memory = (is_open || view.shows(FAN)).then(|| Memory::of(run, focus.index, &focus.moment));
        // The saddle ahead is in fog.
        let energy = (is_open && !view.in_fog()).then(|| Energy::of(run, focus, self.critical_points()));
        let told = view.scene.inside.map(|_| substeps(run.recipe().optimizer.entry, focus));
        (self.memory, self.energy) = (memory.flatten(), energy.flatten());
        self.substeps = told.unwrap_or_default();
    }

    /// The three curvatures of a network at the iterate in focus: always of few samples, of many where they are shown.
    fn update_curvatures(&mut self, landscape: &Landscape, view: &View) {
        const FEW: usize = 1000;
        let known = self.curvatures.take();
        let shown =
            view.scene.open.contains(&Section::Curvatures) || [GAUSS_NEWTON, FISHER].iter().any(|id| view.shows(id));
        let wanted = landscape.data().is_some_and(|data| shown || data.len() <= FEW) && !view.in_fog();
        let Some(focus) = self.focus.as_ref().filter(|_| wanted) else { return };
        let kept = known.filter(|(old, all)| all.at == focus.model.at && old == landscape);
        let found = || Some((landscape.clone(), Curvatures::of(landscape.loss(), &focus.model)?));
        self.curvatures = kept.or_else(found);
    }

    /// The circle is searched where it is looked at, and again only where it has become another.
    fn update_circle(&mut self, landscape: &Landscape, view: &View) {
        let known = self.around.take();
        let Some(focus) = self.focus.as_ref().filter(|_| view.shows_circle()) else { return };
        let radius = radius_of(view, focus, landscape);
        let search = known.filter(|old| old.is_of(landscape, focus.model.at, radius));
        let mut search = search.unwrap_or_else(|| AroundSearch::new(landscape, focus.model, radius));
        if search.cost() <= CIRCLE_IN_FRAME {
            search.advance(usize::MAX);
        }
        self.around = Some(search);
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

    /// The gradients of the samples are computed where they are drawn, and again only where they have become others.
    fn update_cloud(&mut self, landscape: &Landscape, view: &View) {
        let known = self.cloud.take();
        let Some(focus) = self.focus.as_ref().filter(|_| view.sees(CLOUD)) else { return };
        let at = focus.iterate.at;
        let is_same = |(land, place, _): &(Landscape, Point, Cloud)| *place == at && land == landscape;
        let found = || Some((landscape.clone(), at, Cloud::of(landscape.loss(), at)?));
        self.cloud = known.filter(is_same).or_else(found);
    }

    fn update_land(&mut self, landscape: &Landscape) {
        if self.land.as_ref().is_none_or(|land| land.search.landscape() != landscape) {
            let mut search = Search::new(landscape);
            if search.shortest() <= SEARCH_IN_FRAME {
                search.advance(SEARCH_IN_FRAME);
            }
            let before = self.land.take().filter(|land| land.search.landscape().entry().id == landscape.entry().id);
            let followed = match before {
                Some(before) if !search.is_finished() => search.followed(&before.points, FOLLOWING_IN_FRAME),
                _ => Vec::new(),
            };
            self.land = Some(Land::new(search, followed));
        }
    }

    /// The search for critical points that is to be continued, if there is more to find.
    pub fn wanted_search(&self) -> Option<&Search> {
        self.search().filter(|search| !search.is_finished())
    }

    /// The search for critical points, as far as it has come.
    pub fn search(&self) -> Option<&Search> {
        self.land.as_ref().map(|land| &land.search)
    }

    /// Takes a search that was continued elsewhere; false if another landscape has been chosen meanwhile.
    pub(super) fn take_search(&mut self, search: Search) -> bool {
        let is_wanted = self.wanted_search().is_some_and(|wanted| wanted.landscape() == search.landscape());
        if is_wanted {
            let followed = self.land.take().map_or_else(Vec::new, |land| land.followed);
            self.land = Some(Land::new(search, followed));
        }
        is_wanted
    }

    /// Carries the search to its end.
    pub(super) fn finish_search(&mut self) {
        if let Some(mut search) = self.wanted_search().cloned() {
            while !search.advance(usize::MAX) {}
            self.land = Some(Land::new(search, Vec::new()));
        }
    }

    /// The run of a card.
    pub fn run(&self, card: CardId) -> Option<&Run> {
        self.runs.iter().find(|run| run.card == card).map(|run| &run.run)
    }

    /// The runs in the order of their cards.
    pub fn runs(&self) -> impl Iterator<Item = (CardId, &Run)> {
        self.runs.iter().map(|run| (run.card, &run.run))
    }

    /// The isolated critical points of the landscape, as many as have been found.
    pub fn critical_points(&self) -> &[CriticalPoint] {
        self.land.as_ref().map_or(&[], |land| &land.points)
    }

    /// Its lines and areas of critical points.
    pub fn critical_sets(&self) -> &[CriticalSet] {
        self.land.as_ref().map_or(&[], |land| &land.sets)
    }

    /// What must be known of the landscape: what was taken for what in its file, and what is unusual about it.
    pub fn notes(&self) -> &[String] {
        self.land.as_ref().map_or(&[], |land| &land.notes)
    }

    /// The memory with which the step at the playhead was made; `None` unless it is shown and the method has one.
    pub fn memory(&self) -> Option<&Memory> {
        self.memory.as_ref()
    }

    /// The energy of the ball at the playhead; `None` unless it is shown and the method is a ball.
    pub fn energy(&self) -> Option<&Energy> {
        self.energy.as_ref()
    }

    /// The sub-steps of the step at the playhead; none unless it is looked at from inside.
    pub fn substeps(&self) -> &[SubStep] {
        &self.substeps
    }

    /// The loss around the iterate at the playhead, while the circle is looked at.
    pub fn around(&self) -> Option<&Around> {
        self.around.as_ref().and_then(AroundSearch::found)
    }

    /// What each sample alone wants at the iterate in focus; `None` unless it is shown and there are samples.
    pub fn cloud(&self) -> Option<&Cloud> {
        self.cloud.as_ref().map(|(_, _, cloud)| cloud)
    }

    /// The step at the playhead.
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }

    /// Where the sheets are good around the iterate in focus, the one believed in first; none unless they are shown.
    pub fn regions(&self) -> &[Region] {
        &self.reaching.regions
    }

    /// How wrong the plane is at the end of the step, and can be at most; `None` unless it is shown and can be told.
    pub fn plane_bound(&self) -> Option<PlaneBound> {
        self.reaching.bound
    }

    /// Whether the plane's region has no width across the gradient; false unless it is shown.
    pub fn pinches(&self) -> bool {
        self.reaching.pinches
    }

    /// Where the landscape's formula switches.
    pub fn folds(&self) -> &[Fold] {
        self.creases.folds()
    }

    /// The lines on which the slope jumps, around what the map shows.
    pub fn fold_lines(&self) -> &[FoldLine] {
        self.creases.lines()
    }

    /// Which of these lines are those on which a sample switches, by their places in the list.
    pub fn lit_lines(&self, landscape: &Landscape, sample: Option<usize>) -> Vec<usize> {
        sample.map_or_else(Vec::new, |sample| lines_of(landscape, self.folds(), self.fold_lines(), sample))
    }

    /// Slope and error of a network with one hidden unit, at the iterate in focus.
    pub fn slope(&self) -> Option<&Slope> {
        self.sloping.here.as_ref()
    }

    /// The same along the selected run, while it is looked at.
    pub fn slopes(&self) -> Option<&Slopes> {
        self.sloping.slopes()
    }

    /// The kink at the playhead, if there is no tangent plane.
    pub fn kink(&self) -> Option<&Kink> {
        self.creases.kink()
    }

    /// The three curvatures of a network at the playhead; `None` where nobody looks, and where they are not finite.
    pub fn curvatures(&self) -> Option<&Curvatures> {
        self.curvatures.as_ref().map(|(_, curvatures)| curvatures)
    }

    /// How far the sheets are good at each depth of a network, as many as are known; none unless that is shown.
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

    /// Whether something that is shown is not whole yet, though nothing else moves.
    pub(super) fn has_more(&self) -> bool {
        self.depths.has_more() || self.promise_row.is_behind()
    }

    /// Goes on with it, by what a frame can pay for.
    pub(super) fn go_on(&mut self, selected: CardId) {
        self.depths.look_on();
        if self.promise_row.is_behind() {
            self.update_promises(selected);
        }
    }

    /// The graph of the network at the iterate in focus; `None` unless it is shown.
    pub fn graph(&self) -> Option<&Graph> {
        self.graphing.graph()
    }

    /// In fog, what the method of the selected run has asked up to the playhead.
    pub fn heard(&self) -> Option<&Heard> {
        self.heard.as_ref()
    }
}
