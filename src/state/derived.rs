//! What follows from the document: runs, critical points, and the step in focus.

use super::circle::radius_of;
use super::creases::Creases;
use super::graphing::Graphing;
use super::reaching::Reaching;
use super::{CardId, Document, Pane, View};
use crate::analysis::{Around, CriticalPoint, EachWeight, Kink, PlaneBound, Region, Search};
use crate::drawing::FoldLine;
use crate::drawing::graph::Graph;
use crate::drawing::overlays::FAN;
use crate::landscapes::{CriticalSet, Fold, Landscape};
use crate::run::{Energy, Focus, Heard, Memory, Run, SubStep, substeps};

/// Steps computed in one frame before the rest waits for the next: about two milliseconds.
const STEPS_PER_FRAME: usize = 40_000;
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
    points: Vec<CriticalPoint>,
    sets: Vec<CriticalSet>,
}

impl Land {
    fn new(search: Search) -> Self {
        let sets = search.landscape().critical_sets();
        Self { points: search.points(), sets, search }
    }
}

/// Everything recomputable.
#[derive(Default)]
pub struct Derived {
    runs: Vec<CardRun>,
    land: Option<Land>,
    focus: Option<Focus>,
    weights: Option<EachWeight>,
    memory: Option<Memory>,
    energy: Option<Energy>,
    substeps: Vec<SubStep>,
    around: Option<(Landscape, Around)>,
    reaching: Reaching,
    creases: Creases,
    heard: Option<Heard>,
    graphing: Graphing,
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
        let budget = STEPS_PER_FRAME / self.runs.len().max(1);
        let mut unfinished = false;
        for run in &mut self.runs {
            unfinished |= !run.run.advance(budget);
        }
        self.focus = self.run(selected).and_then(|run| Focus::within(run, playhead, view.share));
        self.weights = self
            .focus
            .as_ref()
            .and_then(|focus| Some(EachWeight::of(document.landscape.loss(), &focus.model, focus.proposed()?)));
        self.update_circle(&document.landscape, view);
        self.reaching.update(&document.landscape, view, self.focus.as_ref());
        self.update_memory(view, selected);
        self.heard = self.run(selected).filter(|_| view.in_fog()).map(|run| Heard::of(run, playhead));
        let at = self.focus.as_ref().map(|focus| focus.iterate.at);
        self.creases.update(&document.landscape, view, at);
        self.graphing.update(&document.landscape, view, at);
        unfinished
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
        let told = view.inside.map(|_| substeps(run.recipe().optimizer.entry, focus));
        (self.memory, self.energy) = (memory.flatten(), energy.flatten());
        self.substeps = told.unwrap_or_default();
    }

    /// The circle is searched where it is looked at, and again only where it has become another.
    fn update_circle(&mut self, landscape: &Landscape, view: &View) {
        let known = self.around.take();
        let Some(focus) = self.focus.as_ref().filter(|_| view.shows_circle()) else { return };
        let radius = radius_of(view, focus, landscape);
        let is_same =
            |old: &(Landscape, Around)| old.1.at == focus.model.at && old.1.radius == radius && old.0 == *landscape;
        self.around = Some(known.filter(is_same).unwrap_or_else(|| {
            let model = focus.model;
            (landscape.clone(), Around::of(landscape.loss(), model.at, model.value, model.gradient, radius))
        }));
    }

    fn update_land(&mut self, landscape: &Landscape) {
        if self.land.as_ref().is_none_or(|land| land.search.landscape() != landscape) {
            let mut search = Search::new(landscape);
            search.advance(SEARCH_IN_FRAME);
            self.land = Some(Land::new(search));
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
            self.land = Some(Land::new(search));
        }
        is_wanted
    }

    /// Carries the search to its end.
    pub(super) fn finish_search(&mut self) {
        if let Some(mut search) = self.wanted_search().cloned() {
            while !search.advance(usize::MAX) {}
            self.land = Some(Land::new(search));
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
        self.around.as_ref().map(|(_, around)| around)
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

    /// The kink at the playhead, if there is no tangent plane.
    pub fn kink(&self) -> Option<&Kink> {
        self.creases.kink()
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
