//! Thins long strokes that lie side by side, as in a zigzag, to as many as can be seen apart.
//!
//! All of them would be a solid band, and no longer an oscillation. Before it, `thinning.rs` has left out of a very long run
//! what no pixel shows.

use std::ops::Range;

use super::page_scale::PageScale;
use super::primitive::Places;
use crate::numbers::Point;

/// Strokes shorter than this hide nothing, in points.
const LONG: f64 = 30.0;
/// Strokes whose ends are nearer to each other than this are not distinguished, in points.
const APART: f64 = 7.0;

/// The path in pieces, without strokes that lie beside one that is drawn; those of `whole`, by the index of their beginning, are
/// drawn in any case.
pub(super) fn sparse<'a>(places: Places<'a>, scale: PageScale, whole: &Range<usize>) -> Vec<Places<'a>> {
    let strokes = places.len().saturating_sub(1);
    let mut drawn: Option<[Point; 2]> = None;
    let mut is_drawn = |index: usize| {
        let stroke = [places.get(index), places.get(index + 1)];
        if scale.distance(stroke[0], stroke[1]) < LONG {
            return true;
        }
        let is_beside = drawn.is_some_and(|drawn| are_beside(scale, drawn, stroke));
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

/// Whether both ends of a stroke are near those of another, in whichever direction.
fn are_beside(scale: PageScale, [a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    let near = |one: Point, other: Point| scale.distance(one, other) < APART;
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
        let pieces = sparse(Places::Lent(&dense), scale, &(0..4));
        let strokes: usize = pieces.iter().map(|piece| piece.len() - 1).sum();
        assert!((6..14).contains(&strokes), "{strokes} of 59");
        assert!(pieces[0].len() >= 5, "the first ones are whole");
        for whole in [oscillation(20.0), dense.iter().map(|at| at * 0.2).collect()] {
            let pieces = sparse(Places::Lent(&whole), scale, &(0..0));
            assert_eq!((pieces.len(), pieces[0].len()), (1, 60), "far apart, or short");
        }
    }
}
