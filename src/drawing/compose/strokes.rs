//! Lines: clipped to the frame, thinned, and broken by their dashes.

use emath::{Pos2, Rect, Vec2, pos2};

use super::{Brush, Layer, Outline, Tint};
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::primitive::{Pen, Places};
use crate::numbers::clipping;

/// Beyond the frame by this many points nothing is drawn: farther corners would overflow the rasterizer.
pub(super) const MARGIN: f32 = 60.0;
/// Corners nearer to the last one than this, in points, do not change a line's shape.
pub(super) const FINEST: f32 = 0.6;
/// Corners this near to the straight line between others, in points, do not bend it: enlarged four times, a quarter of a pixel.
const STRAIGHT: f32 = 0.06;
/// A line with more corners than this on the screen is drawn unbroken: its dashes would run into each other.
const MANY_CORNERS: usize = 4000;
/// A line longer than this, in points, has no more dashes: they are longer, so that it is never taken for an unbroken one.
const LONG: f32 = 12_000.0;
/// A line in more pieces than this is one shape.
const MANY_PIECES: usize = 64;

impl Brush<'_> {
    pub(super) fn line(&self, places: &Places<'_>, pen: Pen, out: &mut Vec<Layer>) {
        let pieces = self.visible_pieces(places);
        let corners: usize = pieces.iter().map(Vec::len).sum();
        let lengths = pieces.iter().flat_map(|piece| piece.windows(2)).map(|edge| edge[0].distance(edge[1]));
        let pen = if corners > MANY_CORNERS { pen.dashed(Dash::Solid) } else { pen };
        let longer = if pen.dash == Dash::Solid { 1.0 } else { (lengths.sum::<f32>() / (LONG * self.scale)).max(1.0) };
        if pieces.len() > MANY_PIECES && pen.dash == Dash::Solid && !pen.hollow {
            return self.stroke_all(&pieces, pen, out);
        }
        for piece in pieces {
            self.stroke_broken(&piece, pen, longer, out);
        }
    }

    /// Very many pieces in one layer.
    fn stroke_all(&self, pieces: &[Vec<Pos2>], pen: Pen, out: &mut Vec<Layer>) {
        let lines = |line: Outline| Layer::Strokes { pieces: pieces.to_vec(), line };
        out.extend(self.rim(pen).map(lines));
        out.push(lines(self.stroke(pen)));
    }

    /// What a pen leaves.
    fn stroke(&self, pen: Pen) -> Outline {
        Outline { width: pen.width * self.scale, tint: self.line_tint(pen.ink, pen.opacity) }
    }

    /// The rim in ground color that keeps a line apart from what it crosses.
    fn rim(&self, pen: Pen) -> Option<Outline> {
        let halo = if pen.ink.needs_halo(self.theme) { pen.halo.max(1.2) } else { pen.halo };
        let width = (pen.width + 2.0 * halo) * self.scale;
        (halo > 0.0).then(|| Outline { width, tint: self.ground(pen.opacity) })
    }

    pub(super) fn stroke_piece(&self, piece: &[Pos2], pen: Pen, out: &mut Vec<Layer>) {
        self.stroke_broken(piece, pen, 1.0, out);
    }

    /// A piece whose dashes are `longer` times as long as usual.
    fn stroke_broken(&self, piece: &[Pos2], pen: Pen, longer: f32, out: &mut Vec<Layer>) {
        let unbroken = |line: Outline| Layer::Stroke { corners: piece.to_vec(), line, dashes: Vec::new() };
        out.extend(self.rim(pen).map(unbroken));
        let line = self.stroke(pen);
        let unit = pen.width.max(1.0) * self.scale * longer;
        let pattern: &[f32] = match pen.dash {
            Dash::Solid => &[],
            Dash::Dashed => &[4.0, 2.5],
            Dash::Dotted => &[1.2, 1.8],
            Dash::DashDot => &[5.0, 2.0, 1.3, 2.0],
        };
        let dashes = pattern.iter().map(|length| length * unit).collect();
        out.push(Layer::Stroke { corners: piece.to_vec(), line, dashes });
        if pen.hollow {
            out.push(unbroken(Outline { width: 0.5 * line.width, tint: self.core(pen) }));
        }
    }

    /// What fills a hollow line.
    pub(super) fn core(&self, pen: Pen) -> Tint {
        self.fill(Ink::Ground, pen.opacity)
    }

    pub(super) fn ground(&self, opacity: f32) -> Tint {
        self.fill(Ink::Ground, 0.85 * opacity)
    }

    /// The parts of a path on and near the screen, without corners that cannot be distinguished.
    fn visible_pieces(&self, places: &Places<'_>) -> Vec<Vec<Pos2>> {
        let rect = self.page.frame().expand(MARGIN);
        let mut pieces: Vec<Vec<Pos2>> = Vec::new();
        let mut open = false;
        let mut last = None;
        for index in 0..places.len() {
            let here = self.page.position(places.get(index));
            let Some(before) = last.replace(here) else { continue };
            let Some([enter, leave]) = clip(before, here, rect) else {
                open = false;
                continue;
            };
            if !open || enter != before {
                pieces.push(vec![enter]);
            }
            if let Some(piece) = pieces.last_mut() {
                let near = piece.last().is_some_and(|end| piece.len() > 1 && end.distance_sq(leave) < FINEST * FINEST);
                if !near || index + 1 == places.len() {
                    piece.push(leave);
                }
            }
            open = leave == here;
        }
        pieces.iter().map(|piece| straightened(piece)).collect()
    }
}

/// A line without the corners that lie within [`STRAIGHT`] of those kept.
///
/// From a corner that is kept, the directions that pass every later one closely enough are a cone; the next is kept where the cone
/// is left, or where the line turns back (Williams, Computer Graphics and Image Processing 8, 1978). The usual method by
/// bisection takes n log n, and the crates for it another type of point.
fn straightened(corners: &[Pos2]) -> Vec<Pos2> {
    let Some((first, rest)) = corners.split_first() else { return Vec::new() };
    let mut kept = vec![*first];
    let (mut from, mut end) = (*first, *first);
    let mut cone: Option<[Vec2; 2]> = None;
    for &corner in rest {
        let is_passed = |[left, right]: [Vec2; 2]| {
            let way = corner - from;
            cross(left, way) <= 0.0 && cross(right, way) >= 0.0 && way.length_sq() >= (end - from).length_sq()
        };
        if !cone.is_none_or(is_passed) {
            kept.push(end);
            (from, cone) = (end, None);
        }
        cone = narrowed(cone, corner - from);
        end = corner;
    }
    kept.push(end);
    kept
}

/// What is left of a cone of directions, each given by its left and its right edge, behind a corner in this direction.
fn narrowed(cone: Option<[Vec2; 2]>, way: Vec2) -> Option<[Vec2; 2]> {
    let aside = way.rot90().normalized() * STRAIGHT;
    if way.length_sq() <= STRAIGHT * STRAIGHT {
        return cone;
    }
    let [left, right] = [way - aside, way + aside];
    let Some([old_left, old_right]) = cone else { return Some([left, right]) };
    let nearer = |old: Vec2, new: Vec2, sign: f32| if sign * cross(old, new) > 0.0 { new } else { old };
    Some([nearer(old_left, left, -1.0), nearer(old_right, right, 1.0)])
}

fn cross(a: Vec2, b: Vec2) -> f32 {
    a.x * b.y - a.y * b.x
}

/// The part of a segment inside a rectangle; `None` if there is none or an end is not finite.
pub(super) fn clip(from: Pos2, to: Pos2, rect: Rect) -> Option<[Pos2; 2]> {
    if rect.contains(from) && rect.contains(to) {
        return Some([from, to]);
    }
    let place = |at: Pos2| [f64::from(at.x), f64::from(at.y)];
    let [start, end] = [place(from), place(to)];
    let [enter, leave] = clipping::in_box(start, end, place(rect.min), place(rect.max))?;
    let along = |share: f64, axis: usize| (start[axis] + (end[axis] - start[axis]) * share) as f32;
    let at = |share: f64| pos2(along(share, 0), along(share, 1));
    Some([if enter == 0.0 { from } else { at(enter) }, if leave == 1.0 { to } else { at(leave) }])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The distance of a point from a line of corners.
    fn distance(corners: &[Pos2], at: Pos2) -> f32 {
        let from_edge = |edge: &[Pos2]| {
            let (way, offset) = (edge[1] - edge[0], at - edge[0]);
            let share = if way == Vec2::ZERO { 0.0 } else { (offset.dot(way) / way.length_sq()).clamp(0.0, 1.0) };
            (offset - way * share).length()
        };
        corners.windows(2).map(from_edge).fold(f32::INFINITY, f32::min)
    }

    proptest! {
        /// A walk with small and large steps, whose direction changes little, much or not at all.
        #[test]
        fn a_straightened_line_passes_every_corner(
            walk in proptest::collection::vec((0.01_f32..40.0, prop_oneof![Just(0.0), -0.05_f32..0.05, -3.2_f32..3.2]), 1..60),
        ) {
            let (mut at, mut direction) = (pos2(300.0, 200.0), 0.3);
            let mut corners = vec![at];
            for (length, turn) in walk {
                direction += turn;
                at += Vec2::angled(direction) * length;
                corners.push(at);
            }
            let kept = straightened(&corners);
            prop_assert_eq!([kept.first(), kept.last()], [corners.first(), corners.last()]);
            for corner in &corners {
                prop_assert!(distance(&kept, *corner) <= 1.05 * STRAIGHT, "{corner} is {} off", distance(&kept, *corner));
            }
        }
    }

    #[test]
    fn a_straight_line_has_two_corners_and_a_circle_far_fewer_than_it_was_given() {
        let straight: Vec<Pos2> = (0..50).map(|index| pos2(index as f32, 3.0 * index as f32)).collect();
        assert_eq!(straightened(&straight).len(), 2);
        let circle: Vec<Pos2> =
            (0..1000).map(|index| pos2(300.0, 300.0) + 100.0 * Vec2::angled(index as f32 / 159.0)).collect();
        assert!((40..150).contains(&straightened(&circle).len()), "{}", straightened(&circle).len());
    }

    #[test]
    fn segments_are_clipped_exactly_and_nothing_infinite_is_drawn() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        assert_eq!(clip(pos2(-10.0, 5.0), pos2(30.0, 5.0), rect), Some([pos2(0.0, 5.0), pos2(10.0, 5.0)]), "through");
        assert_eq!(clip(pos2(2.0, 2.0), pos2(3.0, 3.0), rect), Some([pos2(2.0, 2.0), pos2(3.0, 3.0)]), "inside");
        assert_eq!(clip(pos2(-5.0, -1.0), pos2(20.0, -1.0), rect), None, "beside");
        assert_eq!(clip(pos2(5.0, 5.0), pos2(f32::INFINITY, 5.0), rect), None, "infinite");
    }
}
