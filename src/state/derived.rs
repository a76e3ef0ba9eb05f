//! What follows from the document: runs, critical points, and the step in focus.

use std::sync::Arc;

use super::{CardId, Document};
use crate::analysis::{CriticalPoint, critical_points};
use crate::landscapes::{CriticalSet, Landscape};
use crate::run::{Focus, Run};

/// Steps computed in one frame before the rest waits for the next: about two milliseconds.
const STEPS_PER_FRAME: usize = 40_000;

/// A run of a card, and what it was computed from.
struct CardRun {
    card: CardId,
    run: Run,
}

/// A landscape and what was found out about it.
type KnownLand = (Landscape, Arc<Vec<CriticalPoint>>, Arc<Vec<CriticalSet>>);

/// Everything recomputable.
#[derive(Default)]
pub struct Derived {
    runs: Vec<CardRun>,
    land: Option<KnownLand>,
    focus: Option<Focus>,
}

impl Derived {
    /// Brings everything up to date with the document; long runs are continued a slice a frame.
    ///
    /// True while there is more to compute.
    pub fn update(&mut self, document: &Document, selected: CardId, playhead: usize) -> bool {
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
        self.focus = self.run(selected).and_then(|run| Focus::of(run, playhead));
        unfinished
    }

    fn update_land(&mut self, landscape: &Landscape) {
        if self.land.as_ref().is_none_or(|(known, ..)| known != landscape) {
            let sets = Arc::new(landscape.critical_sets());
            self.land = Some((landscape.clone(), Arc::new(critical_points(landscape)), sets));
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

    /// The isolated critical points of the landscape.
    pub fn critical_points(&self) -> &[CriticalPoint] {
        self.land.as_ref().map_or(&[], |(_, points, _)| points)
    }

    /// Its lines and areas of critical points.
    pub fn critical_sets(&self) -> &[CriticalSet] {
        self.land.as_ref().map_or(&[], |(_, _, sets)| sets)
    }

    /// The step at the playhead.
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }
}
