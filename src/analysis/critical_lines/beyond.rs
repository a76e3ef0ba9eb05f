//! Lines of critical points beyond the box in which they were found: a picture shows more of the loss than that.

use super::super::critical_points::Ground;
use super::walk::Walk;
use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// How often the box is doubled: a picture that shows a box 32 times as large shows nothing of the first one.
const DOUBLINGS: u32 = 5;
/// A line has left the box where it ends this near to the edge, as a share of the box.
const AT_EDGE: f64 = 1e-6;

/// A line of this kind with what follows at those of its ends that lie on the edge of the box, and how often the loss was
/// asked for.
pub(super) fn continued(ground: Ground<'_>, mut polyline: Vec<Point>, kind: &'static str) -> (Vec<Point>, usize) {
    let mut evaluations = 0;
    for _ in 0..2 {
        polyline.reverse();
        let mut view = ground.view;
        for _ in 0..DOUBLINGS {
            let [.., before, last] = polyline[..] else { break };
            if !is_on_edge(view, last) {
                break;
            }
            view = doubled(view);
            // The steps grow with the box.
            let mut walk = Walk::new(Ground { view, ..ground });
            let mut piece = vec![last];
            if let Some(next) = walk.next(before, last) {
                walk.follow(&mut piece, next);
            }
            let is_same = piece.len() > 1 && walk.kind(&piece).is_some_and(|found| found.is(kind));
            evaluations += walk.evaluations;
            if !is_same {
                break;
            }
            polyline.extend_from_slice(&piece[1..]);
        }
    }
    (polyline, evaluations)
}

fn is_on_edge(view: ViewBox, at: Point) -> bool {
    let near = AT_EDGE * view.size();
    let is_at = |at: f64, sides: [f64; 2]| sides.into_iter().any(|side| (at - side).abs() < near);
    is_at(at.x, view.x) || is_at(at.y, view.y)
}

fn doubled(view: ViewBox) -> ViewBox {
    let wider = |[low, high]: [f64; 2]| {
        let half = 0.5 * (high - low);
        [low - half, high + half]
    };
    ViewBox { x: wider(view.x), y: wider(view.y) }
}
