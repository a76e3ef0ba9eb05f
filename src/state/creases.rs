//! The folds of the land around what the map shows, and the kink at the playhead.

use super::{MapFrame, View};
use crate::analysis::Kink;
use crate::drawing::folds::{FoldLine, MOST, fold_lines, sample_lines};
use crate::drawing::overlays::FOLDS;
use crate::landscapes::{Fold, Landscape, ViewBox};
use crate::numbers::Point;

/// How much more than its frame the map may show, since it fills its rectangle with the surroundings; and how much more
/// is computed, so that not every movement of the map computes it anew.
const SHOWN: f64 = 2.2;
const COMPUTED: f64 = 3.4;
/// Lines of a box this much larger than what is shown are too coarse.
const COARSE: f64 = 4.0;

/// What is known of the folds of a landscape.
#[derive(Default)]
pub(super) struct Creases {
    land: Option<(Landscape, Vec<Fold>)>,
    /// The lines, and the box they were found in; of very many only those of this sample.
    lines: Option<(ViewBox, Vec<FoldLine>)>,
    sample: Option<usize>,
    kink: Option<Kink>,
}

/// Whether lines over a box are good enough where less is shown.
fn suits(known: ViewBox, shown: ViewBox) -> bool {
    let corners = [Point::new(shown.x[0], shown.y[0]), Point::new(shown.x[1], shown.y[1])];
    corners.into_iter().all(|corner| known.contains(corner)) && known.size() < COARSE * shown.size()
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
        let frame = view.scene.map.unwrap_or_else(|| MapFrame::of(landscape.view()));
        let around = |factor: f64| frame.zoomed(1.0 / factor, frame.center).view_box();
        let sample = view.scene.sample.filter(|_| folds.len() > MOST);
        let suit = |(known, _): &(ViewBox, Vec<FoldLine>)| suits(*known, around(SHOWN));
        if view.shows(FOLDS) && !(self.sample == sample && self.lines.as_ref().is_some_and(suit)) {
            let computed = around(COMPUTED);
            let lines = match sample {
                Some(sample) => sample_lines(landscape, folds, sample, computed, size),
                None => fold_lines(landscape, folds, computed, size),
            };
            self.lines = Some((computed, lines));
            self.sample = sample;
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
