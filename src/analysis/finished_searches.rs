//! Searches for critical points that were carried to their end, kept for whoever asks for the same landscape again:
//! the pages of a lesson, the slides of a deck, the windows of the tests.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Search;
use crate::landscapes::Landscape;

/// Searches that are kept, the latest ones.
const KEPT: usize = 64;
/// A search with more points is not kept: it is a landscape of noise, and its memory is worth more than its repetition.
const MOST_POINTS: usize = 500;

/// The latest search at the end.
static FINISHED: Mutex<Vec<Search>> = Mutex::new(Vec::new());

fn finished() -> MutexGuard<'static, Vec<Search>> {
    // What was kept before a panic elsewhere is as right as ever: a search is put in whole.
    FINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The finished search of this landscape, if it is among the latest.
pub(super) fn recall(landscape: &Landscape) -> Option<Search> {
    finished().iter().find(|search| search.landscape() == landscape).cloned()
}

/// Keeps a search that is finished.
pub(super) fn remember(search: &Search) {
    if search.points().len() > MOST_POINTS {
        return;
    }
    let mut kept = finished();
    if kept.iter().any(|other| other.landscape() == search.landscape()) {
        return;
    }
    if kept.len() == KEPT {
        kept.remove(0);
    }
    kept.push(search.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_carried_out_once_and_of_another_landscape_anew() {
        let [one, other] = ["formula:(x^2-1)^2+y^2+0.1234*x", "formula:(x^2-1)^2+y^2+0.1235*x"]
            .map(|text| Landscape::parse(text).unwrap());
        assert!(recall(&one).is_none());
        let first = Search::finished(&one);
        assert_eq!(recall(&one).map(|search| search.points()), Some(first.points()));
        assert!(recall(&other).is_none(), "a parameter that differs is another landscape");
        assert_ne!(Search::finished(&other).points(), first.points());
    }
}
