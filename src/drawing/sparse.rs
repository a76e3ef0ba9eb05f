//! Thins long strokes that lie side by side, as in a zigzag, to as many as can be seen apart, and marks to few enough that each is
//! seen.
//!
//! All of them would be a solid band, and no longer an oscillation. Before it, `thinning.rs` has left out of a very long run
//! what no pixel shows.

use std::collections::HashSet;
use std::ops::Range;

use super::page_scale::PageScale;
use super::primitive::Places;
use crate::numbers::Point;

/// Strokes shorter than this hide nothing, in points.
const LONG: f64 = 30.0;
/// Strokes whose ends are nearer to each other than this are not distinguished, in points.
pub(super) const BESIDE: f64 = 7.0;

/// The path in pieces, without strokes that lie nearer than `apart` beside one that is drawn; those of `whole`, by the index of their
/// beginning, are drawn in any case.
pub(super) fn sparse<'a>(places: Places<'a>, scale: PageScale, apart: f64, whole: &Range<usize>) -> Vec<Places<'a>> {
    let strokes = places.len().saturating_sub(1);
    let mut drawn: Option<[Point; 2]> = None;
    let mut is_drawn = |index: usize| {
        let stroke = [places.get(index), places.get(index + 1)];
        if scale.distance(stroke[0], stroke[1]) < LONG {
            return true;
        }
        let is_beside = drawn.is_some_and(|drawn| are_beside(scale, apart, drawn, stroke));
        if is_beside && !whole.contains(&index) {
            return false;
        }
        drawn = Some(stroke);
        true
    };
    let kept: Vec<bool> = (0..strokes).map(&mut is_drawn).collect();
    if kept.iter().all(|kept| *kept) {
        return vec![places];
    }
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut is_open = false;
    for (index, kept) in kept.into_iter().enumerate() {
        if kept && !is_open {
            pieces.push(vec![places.get(index)]);
        }
        if let Some(piece) = pieces.last_mut().filter(|_| kept) {
            piece.push(places.get(index + 1));
        }
        is_open = kept;
    }
    pieces.into_iter().map(Places::Own).collect()
}

/// The first place in each square of a grid on the page, `apart` points wide: however long a path is, its marks do not run into each
/// other.
pub(super) fn spaced(places: &Places<'_>, scale: PageScale, apart: f64) -> Vec<Point> {
    let side = scale.units() * apart;
    let mut taken = HashSet::new();
    let all =
        (0..places.len()).map(|index| places.get(index)).filter(|at| at.coords.iter().all(|side| side.is_finite()));
    all.filter(|at| taken.insert([(at.x / side.x).floor() as i64, (at.y / side.y).floor() as i64])).collect()
}

/// Whether both ends of a stroke are nearer than `apart` to those of another, in whichever direction.
fn are_beside(scale: PageScale, apart: f64, [a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    let near = |one: Point, other: Point| scale.distance(one, other) < apart;
    near(a, c) && near(b, d) || near(a, d) && near(b, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// To and fro across a valley, each stroke this much beside the one before.
    fn oscillation(step: f64) -> Vec<Point> {
        (0..60).map(|index| Point::new(f64::from(index) * step, if index % 2 == 0 { 0.0 } else { 100.0 })).collect()
    }

    #[test]
    fn of_strokes_side_by_side_some_are_drawn_and_others_are_left_as_they_are() {
        let scale = PageScale::equal(1.0);
        let dense = oscillation(0.5);
        let pieces = sparse(Places::Lent(&dense), scale, BESIDE, &(0..4));
        let strokes: usize = pieces.iter().map(|piece| piece.len() - 1).sum();
        assert!((6..14).contains(&strokes), "{strokes} of 59");
        assert!(pieces[0].len() >= 5, "the first ones are whole");
        for whole in [oscillation(20.0), dense.iter().map(|at| at * 0.2).collect()] {
            let pieces = sparse(Places::Lent(&whole), scale, BESIDE, &(0..0));
            assert_eq!((pieces.len(), pieces[0].len()), (1, 60), "far apart, or short");
        }
    }

    #[test]
    fn marks_do_not_run_into_each_other_and_none_is_lost_where_they_are_apart() {
        let scale = PageScale::new(0.5, 2.0);
        let dense: Vec<Point> = (0..4000).map(|index| Point::new(f64::from(index) * 0.01, 3.0)).collect();
        let marks = spaced(&Places::Lent(&dense), scale, 14.0);
        assert!((5..8).contains(&marks.len()), "80 points: {marks:?}");
        let few: Vec<Point> = (0..9).map(|index| Point::new(f64::from(index) * 7.1, 3.0)).collect();
        assert_eq!(spaced(&Places::Lent(&few), scale, 14.0), few);
    }
}
