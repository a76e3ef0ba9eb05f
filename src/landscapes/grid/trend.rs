//! Where the values of a row are those of a smooth function, and where they turn: there, and only there, an interpolant may
//! leave them, as a bowl has its bottom between its two lowest values.
//!
//! A value belongs to a smooth function if its neighbors predict it. Two equal values are the flat top of something cut off,
//! unless the row bends on both sides of them as steadily as a parabola does.
//! H. T. Huynh, Accurate monotone cubic interpolation, SIAM Journal on Numerical Analysis 30 (1993), relaxes the limits of a
//! slope beside an extremum for the same reason.

use crate::numbers::extremes;

/// The error of a value foretold by the cubic through its four neighbors, as a share of the range of all five, in a smooth
/// row.
const SMOOTH: f64 = 0.2;
/// What a second difference is of the one beside it, as a share, where a row bends steadily.
const STEADY: [f64; 2] = [0.4, 2.5];
/// That share at the end of a row of a table in which no row turns.
const VERY_STEADY: [f64; 2] = [2.0 / 3.0, 1.5];
/// That share beyond the cell in which a row turns: a hill levels off, and what was cut off does not.
const OUTER: [f64; 2] = [0.25, 2.5];
/// What the terms of higher order may make of a slope, as a share of it.
const HIGHER: f64 = 0.15;
/// A parabola turns in the cell at the end of a row if the chord there is less than this share of the one before.
const TURNING_END: f64 = 1.0 / 3.0;

/// Values at whole numbers; NaN where there is none.
pub(super) struct Row<'a> {
    values: &'a [f64],
    /// How alike second differences are, the least and the greatest ratio, where a row turns in the cell at its end, which only
    /// what is before it tells.
    at_ends: [f64; 2],
    /// Whether three second differences are needed there.
    is_strict: bool,
}

/// What a row does at a value, and in the cell after it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trend {
    /// Whether the value is one of a smooth function.
    pub(super) is_smooth: bool,
    /// Whether a smooth function turns in the cell or at one of its ends.
    pub(super) turns: bool,
}

/// Whether one of two chords rises and the other falls.
pub(super) fn opposite(a: f64, b: f64) -> bool {
    a < 0.0 && b > 0.0 || a > 0.0 && b < 0.0
}

/// Whether the values of a row rise and fall, holes aside.
pub(super) fn rises_and_falls(values: &[f64]) -> bool {
    let chords = || values.windows(2).map(|ends| ends[1] - ends[0]);
    chords().any(|chord| chord > 0.0) && chords().any(|chord| chord < 0.0)
}

impl<'a> Row<'a> {
    /// `others_turn`: whether any row of the table rises and falls. Where none does, a row turns at its end only if it bends
    /// very steadily.
    pub(super) fn of(values: &'a [f64], others_turn: bool) -> Self {
        Self { values, at_ends: if others_turn { STEADY } else { VERY_STEADY }, is_strict: !others_turn }
    }

    pub(super) fn trend(&self, index: usize) -> Trend {
        Trend { is_smooth: self.is_smooth(index), turns: self.turns(index) }
    }

    /// The chord from a value to the next.
    pub(super) fn chord(&self, from: Option<usize>) -> f64 {
        let ends = from.and_then(|from| Some([*self.values.get(from)?, *self.values.get(from + 1)?]));
        ends.map_or(f64::NAN, |[from, to]| to - from)
    }

    /// The second difference at a value.
    fn bend(&self, index: usize) -> f64 {
        self.chord(Some(index)) - self.chord(index.checked_sub(1))
    }

    /// The slopes at a value that parabolas through it and its neighbors have: that through both, and of those through two on
    /// one side the one nearer to it. The slope of a smooth function lies between, but for terms of higher order.
    pub(super) fn parabolas(&self, index: usize) -> [f64; 2] {
        let middle = 0.5 * (self.chord(index.checked_sub(1)) + self.chord(Some(index)));
        if middle.is_nan() {
            return [f64::NEG_INFINITY, f64::INFINITY];
        }
        let left = self.chord(index.checked_sub(1)) + 0.5 * index.checked_sub(1).map_or(f64::NAN, |at| self.bend(at));
        let right = self.chord(Some(index)) - 0.5 * self.bend(index + 1);
        let other = if (left - middle).abs() <= (right - middle).abs() || right.is_nan() { left } else { right };
        let beyond = HIGHER * middle.abs();
        [middle.min(other) - beyond, middle.max(other) + beyond]
    }

    /// Whether the neighbors of a value predict it; near an end or a hole, those of the nearest value that has four, and
    /// among four values alone whether they lie near a parabola.
    fn is_smooth(&self, index: usize) -> bool {
        let Self { values, .. } = self;
        if let Some([a, b, c, d, e]) = nearest(values, index, [-2, -3, -1, -4, 0]) {
            let error = ((a - b) + 3.0 * (c - b) + 3.0 * (c - d) + (e - d)) / 6.0;
            error.abs() <= SMOOTH * range(&[a, b, c, d, e])
        } else if let Some([a, b, c, d]) = nearest(values, index, [-1, -2, 0, -3]) {
            let error = ((d - c) - 2.0 * (c - b) + (b - a)) / 6.0;
            error.abs() <= SMOOTH * range(&[a, b, c, d])
        } else {
            false
        }
    }

    /// Whether a smooth function turns in the cell from an index to the next, or at one of its ends.
    pub(super) fn turns(&self, index: usize) -> bool {
        let [before, own, after] = [index.checked_sub(1), Some(index), Some(index + 1)].map(|from| self.chord(from));
        // Beyond an end goes on the parabola through the last three values.
        let turns_beyond = |other: f64| own.abs() < TURNING_END * other.abs() && self.bends_steadily(index);
        let is_turning = opposite(before, own)
            || opposite(own, after)
            || opposite(before, after)
            || before.is_nan() && turns_beyond(after)
            || after.is_nan() && turns_beyond(before);
        is_turning && self.is_smooth(index) && self.is_smooth(index + 1) && (own != 0.0 || self.bends_steadily(index))
    }

    /// Whether second differences agree around a cell; at an end of the row, the three next to it. As those of x⁴ do, they
    /// may also change so that the parabola through three on each side predicts those at the ends of the cell.
    fn bends_steadily(&self, index: usize) -> bool {
        let bend = |away: isize| index.checked_add_signed(away).map_or(f64::NAN, |at| self.bend(at));
        let is_like = |of: f64, other: f64, [least, most]: [f64; 2]| (least..=most).contains(&(other / of));
        let agree = |bends: [isize; 3]| {
            let [a, b, c] = bends.map(bend);
            is_like(a, b, self.at_ends) && (c.is_nan() && !self.is_strict || is_like(b, c, self.at_ends))
        };
        if bend(0).is_nan() {
            return agree([1, 2, 3]);
        }
        if bend(1).is_nan() {
            return agree([0, -1, -2]);
        }
        let beyond = |own: isize, outer: isize| bend(outer).is_nan() || is_like(bend(own), bend(outer), OUTER);
        let foretold = |[own, a, b, c]: [isize; 4]| is_like(bend(own), 3.0 * (bend(a) - bend(b)) + bend(c), STEADY);
        is_like(bend(0), bend(1), STEADY)
            && (beyond(0, -1) && beyond(1, 2) || foretold([0, -1, -2, -3]) && foretold([1, 2, 3, 4]))
    }
}

/// The first run of values without a hole that begins at one of these places beside an index.
fn nearest<const N: usize, const M: usize>(values: &[f64], index: usize, places: [isize; M]) -> Option<[f64; N]> {
    places.into_iter().find_map(|place| {
        let run: &[f64; N] = values.get(index.checked_add_signed(place)?..)?.first_chunk()?;
        (!run.iter().any(|value| value.is_nan())).then_some(*run)
    })
}

fn range(values: &[f64]) -> f64 {
    let [low, high] = extremes(values.iter().copied());
    high - low
}
