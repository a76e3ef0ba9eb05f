//! View settings that a lesson overrides, restored when its landscape is left.

use std::collections::BTreeSet;

use super::super::{Pane, SceneView, Section};
use crate::drawing::overlays::OverlayId;

/// What a lesson shows beside its landscape.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::state) struct LentView {
    pub(in crate::state) overlays: BTreeSet<OverlayId>,
    pub(in crate::state) open: BTreeSet<Section>,
    pub(in crate::state) tab: Pane,
}

/// What was shown before a lesson, and what it shows instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Borrowed {
    pub(in crate::state) before: LentView,
    pub(in crate::state) set: LentView,
}

/// What was there before, but what the user has changed since `set` stays as it is `now`.
fn given_back<T: Ord + Copy>(now: &BTreeSet<T>, set: &BTreeSet<T>, before: &BTreeSet<T>) -> BTreeSet<T> {
    let all: BTreeSet<T> = [now, set, before].into_iter().flatten().copied().collect();
    let is_on = |id: &T| if now.contains(id) == set.contains(id) { before.contains(id) } else { now.contains(id) };
    all.into_iter().filter(is_on).collect()
}

impl SceneView {
    /// Takes away what a lesson has brought, and brings back what it has taken away.
    pub(in crate::state) fn give_back(&mut self) {
        let Some(borrowed) = self.borrowed.take() else { return };
        let Borrowed { before, set } = *borrowed;
        self.overlays = given_back(&self.overlays, &set.overlays, &before.overlays);
        self.open = given_back(&self.open, &set.open, &before.open);
        self.tab = if self.tab == set.tab { before.tab } else { self.tab };
    }

    /// What is shown beside the landscape.
    fn shown(&self) -> LentView {
        LentView { overlays: self.overlays.clone(), open: self.open.clone(), tab: self.tab }
    }

    /// Replaces this view by the lesson's, and remembers the old one until the landscape is left.
    pub(super) fn lent_to(&self, lesson: Self) -> Self {
        // After one lesson comes the next: what was there before the first is what is given back.
        let mut before = self.clone();
        before.give_back();
        let borrowed = Some(Box::new(Borrowed { before: before.shown(), set: lesson.shown() }));
        Self { borrowed, ..lesson }
    }
}
