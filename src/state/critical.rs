//! The search for the landscape's critical points, as far as it has come.

use crate::analysis::{CriticalPoint, Search};
use crate::landscapes::{CriticalSet, Landscape};

/// Evaluations by which known critical points are followed onto a landscape that has just changed.
const FOLLOWING_IN_FRAME: usize = 60_000;
/// Evaluations that the search for critical points has in the frame in which the landscape changes, before it goes on in the
/// background: about a millisecond, which is enough for plain landscapes.
const SEARCH_IN_FRAME: usize = 10_000;

/// The search for critical points of the landscape that is shown, as far as it has come.
#[derive(Default)]
pub(super) struct Critical {
    known: Option<Searched>,
    generation: u64,
}

struct Searched {
    search: Search,
    /// The old points moved to this landscape by Newton's method, shown until the search ends.
    followed: Vec<CriticalPoint>,
    points: Vec<CriticalPoint>,
    sets: Vec<CriticalSet>,
    notes: Vec<String>,
}

impl Critical {
    /// Starts over if the landscape has changed.
    pub(super) fn follow(&mut self, landscape: &Landscape) {
        if self.known.as_ref().is_some_and(|known| known.search.landscape() == landscape) {
            return;
        }
        let mut search = Search::new(landscape);
        if search.shortest() <= SEARCH_IN_FRAME {
            search.advance(SEARCH_IN_FRAME);
        }
        let before = self.known.take().filter(|known| known.search.landscape().entry().id == landscape.entry().id);
        let followed = match before {
            Some(before) if !search.is_finished() => search.followed(&before.points, FOLLOWING_IN_FRAME),
            _ => Vec::new(),
        };
        self.put(search, followed);
    }

    fn put(&mut self, search: Search, followed: Vec<CriticalPoint>) {
        let (sets, notes) = (search.sets(), search.landscape().notes());
        self.known = Some(Searched { points: search.points_among(&followed), sets, notes, search, followed });
        self.generation += 1;
    }

    /// The search that is to be continued, if there is more to find.
    pub(super) fn wanted(&self) -> Option<&Search> {
        self.search().filter(|search| !search.is_finished())
    }

    /// The search, as far as it has come.
    pub(super) fn search(&self) -> Option<&Search> {
        self.known.as_ref().map(|known| &known.search)
    }

    /// Takes a search that was continued elsewhere; false if another landscape has been chosen meanwhile.
    pub(super) fn take(&mut self, search: Search) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.landscape() == search.landscape());
        if is_wanted {
            let followed = self.known.take().map_or_else(Vec::new, |known| known.followed);
            self.put(search, followed);
        }
        is_wanted
    }

    /// Carries the search to its end.
    pub(super) fn finish(&mut self) {
        if let Some(search) = self.wanted() {
            let search = Search::finished(search.landscape());
            self.put(search, Vec::new());
        }
    }

    /// Changes with every new result.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// The isolated critical points, as many as have been found.
    pub(super) fn points(&self) -> &[CriticalPoint] {
        self.known.as_ref().map_or(&[], |known| &known.points)
    }

    /// Lines and areas of critical points.
    pub(super) fn sets(&self) -> &[CriticalSet] {
        self.known.as_ref().map_or(&[], |known| &known.sets)
    }

    /// Remarks on the landscape, which are collected anew with it: how its file was interpreted, and warnings.
    pub(super) fn notes(&self) -> &[String] {
        self.known.as_ref().map_or(&[], |known| &known.notes)
    }
}
