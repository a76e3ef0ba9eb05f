//! Charts as large as a page of text has room for, and nothing of them far outside of their frames: `TeX` knows no length above 16383 points.

use emath::{Pos2, Rect, pos2};

use crate::drawing::compose::{DrawnChart, Outline};
use crate::numbers::clipping;

/// What all charts together are at most as wide and as high as, in points: a column of text, and a page without its margins.
pub(super) const ROOM: [f32; 2] = [420.0, 560.0];
/// What is farther from the frame than this is not written, in points of the drawing.
const AROUND: f32 = 40.0;
/// No letter is smaller, in points.
const LEAST_LETTER: f32 = 7.0;
/// No line that is seen is thinner, in points, unless it is drawn so.
const LEAST_LINE: f32 = 0.3;

/// How much smaller the charts are written than they are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale(pub(super) f32);

impl Scale {
    /// That by which all frames have room.
    pub(super) fn of(charts: &[DrawnChart]) -> Self {
        let all = charts.iter().fold(Rect::NOTHING, |all, chart| all.union(chart.page.frame()));
        let fitting = [ROOM[0] / all.width(), ROOM[1] / all.height()];
        Self(fitting.into_iter().filter(|share| *share > 0.0).fold(1.0, f32::min))
    }

    /// The size of letters that are drawn so high.
    pub(super) fn letters(self, figure: f32) -> [f32; 2] {
        let size = 0.75 * figure;
        let size = (self.0 * size).max(LEAST_LETTER.min(size));
        [size, size / 0.75]
    }

    /// The width of a line.
    pub(super) fn width(self, line: &Outline) -> f32 {
        (self.0 * line.width).max(LEAST_LINE.min(line.width))
    }
}

/// The frame with what is close around it.
fn around(frame: Rect) -> Rect {
    frame.expand(AROUND)
}

/// Whether a place is so near to the frame that it is written.
pub(super) fn is_near(at: Pos2, frame: Rect) -> bool {
    around(frame).contains(at)
}

/// The pieces of a line that are near the frame.
pub(super) fn pieces(corners: &[Pos2], frame: Rect) -> Vec<Vec<Pos2>> {
    let near = around(frame);
    let [low, high] = [near.min, near.max].map(wide);
    let mut pieces: Vec<Vec<Pos2>> = Vec::new();
    let mut goes_on = false;
    for ends in corners.windows(2) {
        let [from, to] = [ends[0], ends[1]];
        let Some([enter, leave]) = clipping::in_box(wide(from), wide(to), low, high) else {
            goes_on = false;
            continue;
        };
        let first = between(from, to, enter);
        match pieces.last_mut() {
            Some(piece) if goes_on && enter <= 0.0 => piece.push(between(from, to, leave)),
            _ => pieces.push(vec![first, between(from, to, leave)]),
        }
        goes_on = leave >= 1.0;
    }
    pieces
}

/// The part of an area that is near the frame.
pub(super) fn area(corners: &[Pos2], frame: Rect) -> Vec<Pos2> {
    let near = around(frame);
    let sides: [&dyn Fn(&Pos2) -> f64; 4] = [
        &|at| f64::from(at.x) - f64::from(near.left()),
        &|at| f64::from(near.right()) - f64::from(at.x),
        &|at| f64::from(at.y) - f64::from(near.top()),
        &|at| f64::from(near.bottom()) - f64::from(at.y),
    ];
    if !corners.iter().all(|corner| corner.is_finite()) {
        return Vec::new();
    }
    sides.into_iter().fold(corners.to_vec(), |corners, side| {
        let mut kept = Vec::new();
        clipping::polygon(&corners, side, |from, to, share| between(*from, *to, share), |corner| kept.push(corner));
        kept
    })
}

fn wide(at: Pos2) -> [f64; 2] {
    [f64::from(at.x), f64::from(at.y)]
}

/// The place at a share of the way, exactly at its ends.
fn between(from: Pos2, to: Pos2, share: f64) -> Pos2 {
    if share <= 0.0 {
        return from;
    }
    if share >= 1.0 {
        return to;
    }
    let [from, to] = [from, to].map(wide);
    let [x, y] = [0, 1].map(|side| from[side] + (to[side] - from[side]) * share);
    pos2(x as f32, y as f32)
}
