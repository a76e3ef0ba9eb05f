//! View settings that a lesson overrides, restored when its landscape is left.

use std::collections::BTreeSet;

use super::super::{Pane, Section};
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

impl Borrowed {
    /// What is shown once the lesson takes away what it has brought, and brings back what it has taken away.
    pub(in crate::state) fn given_back(self, now: &LentView) -> LentView {
        let Self { before, set } = self;
        LentView {
            overlays: given_back(&now.overlays, &set.overlays, &before.overlays),
            open: given_back(&now.open, &set.open, &before.open),
            tab: if now.tab == set.tab { before.tab } else { now.tab },
        }
    }
}
