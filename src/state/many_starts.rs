//! Many random starts: those of the selected run, walked in the background while it is on the screen, and the tournament of methods.

mod choice;
mod spec;
mod tournament;

pub use choice::{
    BUDGETS, MOST_RESTART_STEPS, MOST_STARTS, StartsChange, StartsChoice, StartsLandscapes, StartsMethods, StartsMode,
    StartsRates,
};
pub(super) use spec::{of_spec, spec_of};
pub use tournament::{KeptTournament, ShownTournament, TournamentCell, Visit};

use super::critical::Critical;
use super::{CardId, Document, Pane, View};
use crate::studies::{RestartGroup, RestartQuestion, Restarts, TOLERANCE};

/// Evaluations of one sample each in the frame in which the starts change.
const IN_FRAME: usize = 20_000;

/// The restarts of the selected run, as far as they have come, or why there are none.
#[derive(Default)]
pub(super) struct Restarting {
    known: Option<Restarts>,
    groups: Vec<RestartGroup>,
    refusal: Option<String>,
}

impl Restarting {
    /// Starts over if the method or the starts have changed; there is nothing while it is not on the screen, nor while the
    /// critical points are still searched.
    pub(super) fn update(&mut self, document: &Document, view: &View, selected: CardId, critical: &Critical) {
        let choice = &view.scene.starts;
        let is_shown = view.has(Pane::Starts) && choice.mode == StartsMode::Restarts && !view.in_fog();
        let card = document.card(selected).filter(|_| is_shown && critical.wanted().is_none());
        let Some(card) = card else {
            (self.known, self.refusal) = (None, None);
            return;
        };
        let question = RestartQuestion {
            landscape: document.landscape.clone(),
            critical: critical.points().to_vec(),
            optimizer: card.optimizer.clone(),
            steps: choice.steps,
            tolerance: TOLERANCE,
            count: choice.restarts,
            seed: choice.seed,
        };
        if self.known.as_ref().is_some_and(|known| *known.question() == question) {
            return;
        }
        match Restarts::new(question) {
            Ok(mut restarts) => {
                restarts.advance(IN_FRAME);
                self.put(restarts);
            }
            Err(why) => (self.known, self.refusal) = (None, Some(why)),
        }
    }

    fn put(&mut self, restarts: Restarts) {
        self.groups = restarts.groups();
        (self.known, self.refusal) = (Some(restarts), None);
    }

    /// The walks that are to be taken in the background.
    pub(super) fn wanted(&self) -> Option<&Restarts> {
        self.known.as_ref().filter(|known| !known.is_finished())
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take(&mut self, restarts: Restarts) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&restarts));
        is_wanted.then(|| self.put(restarts)).is_some()
    }

    /// Takes all walks at once.
    pub(super) fn finish(&mut self) {
        if let Some(mut restarts) = self.wanted().cloned() {
            restarts.advance(usize::MAX);
            self.put(restarts);
        }
    }

    /// The walks with the starts by their ends; `None` while they are not on the screen, and where there are none.
    pub(super) fn shown(&self) -> Option<(&Restarts, &[RestartGroup])> {
        Some((self.known.as_ref()?, &self.groups))
    }

    /// Why there are none, where they were asked for.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }
}
