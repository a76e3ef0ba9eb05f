//! Which slopes an interpolant may have, so that it makes no hills and dips that the values do not have.
//!
//! A cell whose ends rise (or are level) keeps its cubic between them: both slopes lie between 0 and three times that of its
//! chord. Only where a smooth function turns (`trend.rs`) the slopes are free: a bowl keeps its bottom. In two dimensions the
//! same is asked of the sixteen Bézier points of a cell.
//! J. M. Hyman, Accurate monotonicity preserving cubic interpolation, SIAM Journal on Scientific and Statistical Computing
//! 4 (1983); F. N. Fritsch and R. E. Carlson, Monotone piecewise cubic interpolation, SIAM Journal on Numerical Analysis 17
//! (1980).

use super::trend::{Row, opposite};

/// A slope opposite to both chords is replaced by at most this share of the flatter one, so that a rise is level nowhere.
const AROUND: f64 = 0.1;

fn ordered(a: f64, b: f64) -> [f64; 2] {
    [a.min(b), a.max(b)]
}

/// Limits the slopes along a row; where nothing is limited they keep their bits.
pub(super) fn limit_row(row: &Row<'_>, is_free: &[bool], slopes: &mut [f64]) {
    for (index, slope) in slopes.iter_mut().enumerate() {
        if is_free[index] {
            let [low, high] = row.parabolas(index);
            *slope = slope.max(low).min(high);
            continue;
        }
        let chords = || {
            [index.checked_sub(1), Some(index)].into_iter().map(|cell| row.chord(cell)).filter(|chord| !chord.is_nan())
        };
        if let Some(flatter) = chords().reduce(flatter).filter(|chord| opposite(*chord, *slope)) {
            *slope = flatter.signum() * slope.abs().min(AROUND * flatter.abs());
        }
        for chord in chords() {
            let [low, high] = ordered(0.0, 3.0 * chord);
            *slope = slope.max(low).min(high);
        }
    }
}

/// The chord nearer to level; 0 where one rises and one falls.
fn flatter(a: f64, b: f64) -> f64 {
    if opposite(a, b) {
        0.0
    } else if a.abs() < b.abs() {
        a
    } else {
        b
    }
}

/// A cell that a node is a corner of: on which side of the node it lies, and how far its values lie below and above the
/// node's.
#[derive(Clone, Copy)]
pub(super) struct Neighbor {
    /// ±1 along x and along y.
    pub(super) side: [f64; 2],
    /// The least and the greatest value that its Bézier points may have, less that of the node: at most 0 and at least 0.
    pub(super) room: [f64; 2],
}

/// Limits the slopes along x and y and the mixed derivative of a node, in units of steps, so that its Bézier points stay
/// within the values of each of these cells.
///
/// The Bézier point next to the node is `sx·fx/3 + sy·fy/3 + sx·sy·fxy/9` above it. The mixed derivative is brought into
/// the range that all cells leave; where they leave none, the slopes are made smaller until they do.
pub(super) fn limit_node(cells: &[Neighbor], [dx, dy, dxy]: [f64; 3]) -> [f64; 3] {
    // Each cell allows mixed parts from `low` to `high`, both less `tilt` times the share of the slopes that is kept.
    let ranges = cells.iter().map(|cell| {
        let [sx, sy] = cell.side;
        let sign = sx * sy;
        let [low, high] = ordered(sign * cell.room[0], sign * cell.room[1]);
        (low, high, sign * (sx * dx + sy * dy) / 3.0)
    });
    let mut kept = 1.0_f64;
    for (low, _, tilt) in ranges.clone() {
        for (_, high, other) in ranges.clone() {
            let gap = other - tilt;
            if gap > 0.0 {
                kept = kept.min((high - low) / gap);
            }
        }
    }
    let widest = [f64::NEG_INFINITY, f64::INFINITY];
    let [low, high] = ranges
        .fold(widest, |[most, least], (low, high, tilt)| [most.max(low - kept * tilt), least.min(high - kept * tilt)]);
    let mixed = if dxy < 9.0 * low {
        9.0 * low
    } else if dxy > 9.0 * high {
        9.0 * high
    } else {
        dxy
    };
    if kept < 1.0 { [kept * dx, kept * dy, mixed] } else { [dx, dy, mixed] }
}
