//! The kink lines of the landscape, and their paths in the frame of the map.

use super::memo::Memo;
use super::{MapFrame, View};
use crate::drawing::kink_paths::{KinkPath, MOST, kink_paths_over, sample_lines};
use crate::drawing::overlays::KINKS;
use crate::landscapes::{KinkLine, Landscape, ViewBox};
use crate::numbers::Point;

/// How much more than its frame the map may show, as a factor: it fills its rectangle with the surroundings.
const SHOWN: f64 = 2.2;
/// How much more than the frame is computed, as a factor, so that a movement of the map rarely computes the paths again.
const COMPUTED: f64 = 3.4;
/// Paths of a box this much larger than what is shown are too coarse.
const COARSE: f64 = 4.0;

/// What is known of the kink lines of a landscape.
#[derive(Default)]
pub(super) struct KinkLines {
    all: Memo<Landscape, Vec<KinkLine>>,
    generation: u64,
    paths: Memo<PathsKey, Vec<KinkPath>>,
}

/// What the paths depend on.
#[derive(PartialEq)]
struct PathsKey {
    /// The generation of the kink lines.
    kink_lines: u64,
    /// Where they are found.
    within: ViewBox,
    /// Where they are seen.
    shown: ViewBox,
    /// Of very many kink lines only those of this sample.
    sample: Option<usize>,
}

/// Whether paths over a box are good enough where less is shown.
fn suits(known: ViewBox, shown: ViewBox) -> bool {
    let corners = [Point::new(shown.x[0], shown.y[0]), Point::new(shown.x[1], shown.y[1])];
    corners.into_iter().all(|corner| known.contains(corner)) && known.size() < COARSE * shown.size()
}

impl KinkLines {
    /// Finds the kink lines of the landscape.
    pub(super) fn update_kink_lines(&mut self, landscape: &Landscape) {
        let generation = &mut self.generation;
        self.all.update(Some(landscape.clone()), |landscape| {
            *generation += 1;
            landscape.kink_lines()
        });
    }

    /// Finds the paths of the kink lines around what the map shows, if they are drawn.
    pub(super) fn update_paths(&mut self, landscape: &Landscape, view: &View) {
        let kink_lines = self.all.value().map_or(&[][..], Vec::as_slice);
        let size = landscape.domain().size();
        let frame = MapFrame::of(view.scene.frame(landscape));
        let around = |factor: f64| frame.zoomed(1.0 / factor, frame.center).view_box();
        let key = view.shows(KINKS).then(|| PathsKey {
            kink_lines: self.generation,
            within: around(COMPUTED),
            shown: around(SHOWN),
            sample: view.scene.network.sample.filter(|_| kink_lines.len() > MOST),
        });
        let suit = |known: &PathsKey, wanted: &PathsKey| {
            known.kink_lines == wanted.kink_lines && known.sample == wanted.sample && suits(known.within, wanted.shown)
        };
        self.paths.update_unless(key, suit, |key| match key.sample {
            Some(sample) => sample_lines(landscape, kink_lines, sample, key.within, size),
            None => kink_paths_over(landscape, kink_lines, key.within, size),
        });
    }

    /// Changes with the kink lines.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// The kink lines of the landscape.
    pub(super) fn kink_lines(&self) -> &[KinkLine] {
        self.all.value().map_or(&[], Vec::as_slice)
    }

    /// Their paths: the lines on which the slope jumps.
    pub(super) fn paths(&self) -> &[KinkPath] {
        self.paths.value().map_or(&[], Vec::as_slice)
    }
}
