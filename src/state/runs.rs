//! The runs of the document, continued a slice a frame.

use super::work::Work;
use super::{CardId, Document};
use crate::run::Run;

/// What a step costs beside what its method asks: it is recorded, with the loss and the gradient where it leads.
const STEP: usize = 3;
/// Steps between two looks at what they have cost.
const AT_ONCE: usize = 16;
/// So many samples make a step no dearer than a formula does.
const FEW: usize = 3;

/// A run of a card.
struct CardRun {
    card: CardId,
    run: Run,
}

/// The runs, in the order of their cards.
#[derive(Default)]
pub(super) struct Runs {
    runs: Vec<CardRun>,
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

impl Runs {
    /// Those of the document: a run whose recipe and landscape are as they were is kept.
    pub(super) fn follow(&mut self, document: &Document) {
        let mut old: Vec<Option<CardRun>> = std::mem::take(&mut self.runs).into_iter().map(Some).collect();
        for card in &document.cards {
            let recipe = document.recipe(card);
            let is_same = |old: &CardRun| {
                old.card == card.id && *old.run.recipe() == recipe && *old.run.landscape() == document.landscape
            };
            let kept = old.iter_mut().find(|slot| slot.as_ref().is_some_and(is_same)).and_then(Option::take);
            let begin = || CardRun { card: card.id, run: Run::begin(&document.landscape, &recipe) };
            self.runs.push(kept.unwrap_or_else(begin));
        }
    }

    /// Continues them by what a frame can pay for: the selected one to the playhead first, so that its step can be shown.
    ///
    /// Each gets its share; where a single step costs more than there is, the runs take turns. True once all have stopped.
    pub(super) fn advance(&mut self, document: &Document, selected: CardId, playhead: usize) -> bool {
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
    pub(super) fn finish(&mut self) {
        for run in &mut self.runs {
            run.run.advance(usize::MAX);
        }
    }

    /// The run of a card.
    pub(super) fn get(&self, card: CardId) -> Option<&Run> {
        self.iter().find(|(id, _)| *id == card).map(|(_, run)| run)
    }

    /// The runs in the order of their cards.
    pub(super) fn iter(&self) -> impl Iterator<Item = (CardId, &Run)> {
        self.runs.iter().map(|run| (run.card, &run.run))
    }
}
