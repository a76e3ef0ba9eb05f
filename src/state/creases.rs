//! The folds of the land around what the map shows, and the kink at the playhead.

use super::{MapFrame, View};
use crate::analysis::Kink;
use crate::drawing::folds::{FoldLine, fold_lines};
use crate::drawing::overlays::FOLDS;
use crate::landscapes::{Fold, Landscape, ViewBox};
use crate::numbers::Point;

/// How much more than its frame is computed, since the map fills its rectangle with the surroundings.
const AROUND: f64 = 3.0;

/// What is known of the folds of a landscape.
#[derive(Default)]
pub(super) struct Creases {
    land: Option<(Landscape, Vec<Fold>)>,
    /// The lines, and the box they were found in.
    lines: Option<(ViewBox, Vec<FoldLine>)>,
    kink: Option<Kink>,
}

impl Creases {
    /// Brings everything up to date; `at` is the iterate at the playhead.
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, at: Option<Point>) {
        if self.land.as_ref().is_none_or(|(known, _)| known != landscape) {
            self.land = Some((landscape.clone(), landscape.folds()));
            self.lines = None;
        }
        let Some((_, folds)) = &self.land else { return };
        let size = landscape.view().size();
        let frame = view.map.unwrap_or_else(|| MapFrame::of(landscape.view()));
        let around = frame.zoomed(1.0 / AROUND, frame.center).view_box();
        if view.shows(FOLDS) && self.lines.as_ref().is_none_or(|(known, _)| *known != around) {
            self.lines = Some((around, fold_lines(landscape, folds, around, size)));
        }
        self.kink = at.and_then(|at| Kink::of(landscape.loss(), folds, at, size));
    }

    /// Where the formula switches.
    pub(super) fn folds(&self) -> &[Fold] {
        self.land.as_ref().map_or(&[], |(_, folds)| folds)
    }

    /// The lines on which the slope jumps.
    pub(super) fn lines(&self) -> &[FoldLine] {
        self.lines.as_ref().map_or(&[], |(_, lines)| lines)
    }

    /// The kink at the playhead.
    pub(super) fn kink(&self) -> Option<&Kink> {
        self.kink.as_ref()
    }
}
