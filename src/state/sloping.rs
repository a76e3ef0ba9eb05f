//! Slope and error of a network at the iterate in focus, and along the selected run where that is looked at.

use super::{Section, View};
use crate::landscapes::Landscape;
use crate::run::{Focus, Recipe, Run, Slope, Slopes};

/// What was found, and along which run.
#[derive(Default)]
pub(super) struct Sloping {
    pub(super) here: Option<Slope>,
    along: Option<Along>,
}

/// A run as far as it was looked at.
struct Along {
    landscape: Landscape,
    recipe: Recipe,
    iterates: usize,
    slopes: Slopes,
}

impl Sloping {
    pub(super) fn update(&mut self, view: &View, run: Option<&Run>, focus: Option<&Focus>) {
        self.here = run.zip(focus).and_then(|(run, focus)| Slope::of(run.landscape(), focus.iterate.at));
        let Some(run) = run.filter(|_| self.here.is_some() && view.scene.open.contains(&Section::Slope)) else {
            self.along = None;
            return;
        };
        let is_same = |old: &Along| {
            old.iterates == run.iterates().len() && old.recipe == *run.recipe() && old.landscape == *run.landscape()
        };
        if !self.along.as_ref().is_some_and(is_same) {
            self.along = Some(Along {
                landscape: run.landscape().clone(),
                recipe: run.recipe().clone(),
                iterates: run.iterates().len(),
                slopes: Slopes::of(run),
            });
        }
    }

    /// Along the selected run, where it is looked at.
    pub(super) fn slopes(&self) -> Option<&Slopes> {
        self.along.as_ref().map(|along| &along.slopes)
    }
}
